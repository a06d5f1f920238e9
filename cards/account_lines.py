"""Lines about an account that several cards have."""

import re
from collections.abc import Sequence

from cards.card import aside, bold, copyable, fact, line
from cards.checked import NOTHING, CardError
from cards.strict import Container, RichTextBlock, TextRun
from cards.words import TextOf, data, prose, shortened, without_numbers

MOST_NAMES = 40
"""As many as a card of a whole class can name."""
_LONGEST_NAME = 60
_MOST_IN_A_SENTENCE = 5
_LONGEST_REASON = 200
_WITHOUT_TIME = frozenset({"never", "handed", "unknown", "unreadable"})
_WITH_TIME = frozenset({"running", "ready", "unseen", "given", "changed", "expired", "past", "replaced", "doubtful"})


def shown(text: str) -> str:
    """A name, class or place from the directory, without a number that could be somebody's identifier; a dash where
    there is nothing to read.
    """
    return without_numbers(data(text)) or NOTHING


def more(left_out: int, t: TextOf) -> tuple[RichTextBlock, ...]:
    """„и още 12“, where something is left out."""
    return (aside(t("card-password-and-more", count=left_out)),) if left_out > 0 else ()


def several_names(names: Sequence[str], t: TextOf) -> str:
    """The names in a sentence, of many the first and how many more: „Ана Примерова, Боян Примеров и още 12“."""
    left_out = len(names) - _MOST_IN_A_SENTENCE
    some = ", ".join(shortened(shown(one), _LONGEST_NAME) for one in names[:_MOST_IN_A_SENTENCE])
    return f"{some} {t('card-password-and-more', count=left_out)}" if left_out > 0 else some


def class_fact(class_: str, t: TextOf) -> RichTextBlock:
    """The class, or the grade: of a bare number the directory did not tell the class."""
    return fact(*class_pair(class_, t))


def class_pair(class_: str, t: TextOf) -> tuple[str, str]:
    """The label and the value; the value is empty where there is none."""
    return t("card-result-grade" if class_.isdecimal() else "card-result-class"), shown(class_) if class_ else ""


def state_words(state: str, t: TextOf) -> tuple[str, str]:
    """The state in words, and what it means for who wants to sign in. Raises CardError for an unknown one."""
    if state not in {"active", "disabled", "being-created"}:
        raise CardError("no such state of an account", state)
    return t(f"card-result-{state}"), "" if state == "active" else t(f"card-result-{state}-advice")


def status_words(status: str, t: TextOf, at: str = "") -> str:
    """A word of `PasswordStatus` as it is told, with its hour if there is one: „дадена на 24.11.2026 г., 08:00 ч.“.
    And `past`: expired, and not known whether it still works.

    The hour of `running` and `doubtful` is when it was asked for; of `ready`, `unseen` and `given` when it was made
    or shown; of `changed`, `expired`, `past`, `replaced` when that happened. Raises CardError for an unknown word.
    """
    if status not in _WITH_TIME | _WITHOUT_TIME:
        raise CardError("no such state of a password", status)
    if at and status in _WITH_TIME:
        return t(f"card-password-status-{status}-at", at=data(at))
    return t(f"card-password-status-{status}")


def status_label(status: str) -> str:
    """The text id of what the words are about: a temporary password, or the one the account has."""
    return "card-password-status-own" if status in {"changed", "unknown"} else "card-password-status"


def recipient_word(recipient: str) -> str:
    """`student`, `parent` or `teacher`, as text ids have it. Raises CardError for anybody else."""
    if recipient not in {"student", "parent", "teacher"}:
        raise CardError("no such recipient", recipient)
    return recipient


def handed_fact(recipient: str, t: TextOf) -> RichTextBlock:
    """To whom the passwords of a class are handed: to the students themselves or to their parents."""
    parents = recipient_word(recipient) == "parent"
    return fact(t("card-class-handed-to"), t("card-class-handed-parent" if parents else "card-class-handed-student"))


def masked_fact(label: str, masked: str) -> tuple[RichTextBlock, ...]:
    """An identifier that is already masked, where there is one. Raises CardError when it is not masked."""
    return (fact(label, is_masked(masked)),) if masked else ()


def is_masked(masked: str) -> str:
    """The same. Raises CardError when it is not masked."""
    if re.search(r"\d{9}", masked):
        raise CardError("the identifier is not masked")
    return masked


def name_line(name: str) -> RichTextBlock:
    """Whom or what the lines below are about."""
    return RichTextBlock(TextRun(shown(name), weight="bolder", size="medium"))


def person(name: str, class_: str, username: str, t: TextOf, *more: RichTextBlock) -> Container:
    """Whom the card is about. What is empty is left out; `more` stands between the class and the username."""
    return Container(
        name_line(name),
        *([class_fact(class_, t)] if class_ else []),
        *more,
        *(copyable(t("card-result-username"), username) if username else ()),
        spacing="medium",
    )


def by_reason(title: str, people: Sequence[tuple[str, str]], t: TextOf) -> Container:
    """People and why, in words: each reason once, in the order met, and under it one name to a line."""
    reasons: dict[str, list[str]] = {}
    for name, reason in people[:MOST_NAMES]:
        reasons.setdefault(shortened(prose(reason), _LONGEST_REASON), []).append(
            shortened(shown(name), _LONGEST_NAME)
        )
    lines = [bold(prose(title))]
    for reason, names in reasons.items():
        lines.append(line(reason))
        lines += (line(f"• {name}", spacing="none") for name in names)
    lines += more(len(people) - MOST_NAMES, t)
    return Container(*lines, separator=True, spacing="medium")
