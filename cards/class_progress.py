"""How far the passwords of a class are. Also a message that moves: it holds names of who failed, and no password."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cards.account_lines import by_reason, class_fact
from cards.actions import Button, offered
from cards.checked import CardError
from cards.columns import ColumnSet, bar
from cards.lines import aside, box, fact, heading, paragraphs, sentence
from cards.strict import Card, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate, data


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """`failed` are (name, why in words). `cancelled` were taken back; `printable` is how many slips can be had until
    `printable_until` (words). `state`: `running`, `cancelling`, `finished`. Counts, not colours, tell the story.
    """

    class_: str
    total: int
    done: int
    left: int
    cancelled: int
    failed: tuple[tuple[str, str], ...] = field(repr=False)
    state: str
    waits: str = ""
    """Why it stands still for the moment, in words."""
    printable: int = 0
    printable_until: str = ""
    at: str = ""
    notice: str = ""
    buttons: tuple[Button, ...] = ()
    recipient: str = ""
    """`student` or `parent`; empty: not said."""
    moves: bool = False
    """Whether it is the message that updates itself, not the answer to a press."""
    retry: bool = True
    """Whether a button offers to try the failed ones again."""


_TITLES: Mapping[str, str] = {
    "running": "card-class-progress-running-title",
    "cancelling": "card-class-progress-cancelling-title",
    "finished": "card-class-progress-finished-title",
}
_MOVING_TITLES: Mapping[str, str] = {
    **_TITLES,
    "running": "card-class-progress-moves-title",
    "cancelling": "card-class-progress-moves-cancelling-title",
}
_HANDED: Mapping[str, str] = {"student": "card-class-handed-student", "parent": "card-class-handed-parent"}


@total
def class_progress_card(card: ClassProgress, t: Translate) -> dict[str, Any]:
    """No inputs."""
    if card.state not in _TITLES:
        raise CardError("no such state of a job", card.state)
    title = t((_MOVING_TITLES if card.moves else _TITLES)[card.state])
    counts = t(
        "card-class-progress-counts", done=card.done, total=card.total, left=card.left, failed=len(card.failed)
    )
    taken_back = t("card-class-progress-cancelled", count=card.cancelled) if card.cancelled else ""
    return Card(
        heading(title),
        *([class_fact(card.class_, t)] if card.class_ else []),
        *([fact(t("card-class-handed-to"), t(_HANDED[card.recipient]))] if card.recipient else []),
        *([box("", card.notice, "emphasis")] if card.notice else []),
        RichTextBlock(TextRun(" ".join(filter(None, (counts, taken_back))), weight="bolder"), spacing="medium"),
        *(_bar(card) if card.total and (card.moves or card.state == "finished") else ()),
        *paragraphs(card.waits),
        *(sentence(said) for said in _next(card, t)),
        *([_printable(card, t)] if card.printable else []),
        *(
            [by_reason(t("card-class-progress-failed", count=len(card.failed)), card.failed, t)]
            if card.failed
            else []
        ),
        *([aside(t("card-class-progress-at", at=data(card.at)), "medium")] if card.at else []),
        lang=t("card-lang"),
        fallback_text=title,
        actions=offered(*card.buttons),
    ).to_dict()


def _bar(card: ClassProgress) -> tuple[ColumnSet, ...]:
    """Done, failed, and what is not done (or was taken back). Only where it moves or is over: one that stands
    still would look like work that does.
    """
    rest = card.left + card.cancelled
    return (bar((card.done, "good"), (len(card.failed), "attention"), (rest, "emphasis")),)


def _next(card: ClassProgress, t: Translate) -> Iterator[str]:
    """What the director can do now."""
    if card.state == "running":
        yield t("card-class-progress-moves" if card.moves else "card-class-progress-running")
    elif card.state == "cancelling":
        yield t("card-class-progress-cancelling")
    else:
        if card.done and not card.printable:
            yield t("card-class-progress-gone")
        if card.failed and card.retry:
            yield t("card-class-progress-retry")


def _printable(card: ClassProgress, t: Translate) -> RichTextBlock:
    count = str(card.printable)
    until = card.printable_until
    words = t("card-class-progress-printable-until", count=count, at=data(until)) if until else count
    return fact(t("card-class-progress-printable"), words)
