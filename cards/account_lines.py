"""Lines about an account that several cards have."""

from collections.abc import Sequence

from cards.checked import NOTHING, CardError
from cards.lines import aside, copyable, fact
from cards.strict import Container, RichTextBlock, TextRun
from cards.words import Translate, data, prose, shortened, without_numbers

MOST_NAMES = 40
"""As many as a card of a whole class can name."""
_LONGEST_NAME = 60
_LONGEST_REASON = 200


def shown(text: str) -> str:
    """A name, class or place from the directory, without a number that could be somebody's identifier; a dash where
    there is nothing to read.
    """
    return without_numbers(data(text)) or NOTHING


def more(left_out: int, t: Translate) -> tuple[RichTextBlock, ...]:
    """„и още 12“, where something is left out."""
    return (aside(t("card-password-and-more", count=left_out)),) if left_out > 0 else ()


def class_fact(class_: str, t: Translate) -> RichTextBlock:
    """The class, or the grade: of a bare number the directory did not tell the class."""
    return fact(t("card-result-grade" if class_.isdecimal() else "card-result-class"), shown(class_))


def state_words(state: str, t: Translate) -> tuple[str, str]:
    """The state in words, and what it means for who wants to sign in. Raises CardError for an unknown one."""
    match state:
        case "active":
            return t("card-result-active"), ""
        case "disabled":
            return t("card-result-disabled"), t("card-result-disabled-advice")
        case "being-created":
            return t("card-result-being-created"), t("card-result-being-created-advice")
        case _:
            raise CardError("no such state of an account", state)


def person(name: str, class_: str, username: str, t: Translate, *more: RichTextBlock) -> Container:
    """Whom the card is about. What is empty is left out; `more` stands between the class and the username."""
    return Container(
        RichTextBlock(TextRun(shown(name), weight="bolder", size="medium")),
        *([class_fact(class_, t)] if class_ else []),
        *more,
        *(copyable(t("card-result-username"), username) if username else ()),
        spacing="medium",
    )


def by_reason(title: str, people: Sequence[tuple[str, str]], t: Translate) -> Container:
    """People and why, in words: each reason once, in the order met, and under it one name to a line."""
    reasons: dict[str, list[str]] = {}
    for name, reason in people[:MOST_NAMES]:
        reasons.setdefault(shortened(prose(reason), _LONGEST_REASON), []).append(
            shortened(shown(name), _LONGEST_NAME)
        )
    lines = [RichTextBlock(TextRun(prose(title), weight="bolder"))]
    for reason, names in reasons.items():
        lines.append(RichTextBlock(TextRun(reason)))
        lines += (RichTextBlock(TextRun(f"• {name}"), spacing="none") for name in names)
    lines += more(len(people) - MOST_NAMES, t)
    return Container(*lines, separator=True, spacing="medium")
