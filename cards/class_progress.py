"""How far the passwords of a class are. Also a message that moves: it holds names of who failed, and no password."""

from collections.abc import Iterator, Mapping

from cards.account_lines import by_reason, class_fact, handed_fact
from cards.actions import Button, offered
from cards.card import CardJson, card, never_fails
from cards.checked import CardError
from cards.columns import bar
from cards.lines import aside, bold, fact, notice_box, paragraphs_of, sentence
from cards.strict import RichTextBlock
from cards.words import TextOf, data

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


@never_fails
def class_progress_card(
    t: TextOf,
    *,
    class_: str,
    total: int,
    done: int,
    left: int,
    cancelled: int,
    failed: tuple[tuple[str, str], ...],
    state: str,
    waits: str = "",
    printable: int = 0,
    printable_until: str = "",
    at: str = "",
    notice: str = "",
    buttons: tuple[Button, ...] = (),
    recipient: str = "",
    moves: bool = False,
    retry: bool = True,
) -> CardJson:
    """`failed` are (name, why in words). `cancelled` were taken back; `printable` is how many slips can be had until
    `printable_until` (words). `state`: `running`, `cancelling`, `finished`. Counts, not colours, tell the story.
    `waits`: why it stands still for the moment, in words. `recipient`: `student` or `parent`; empty: not said.
    `moves`: it is the message that updates itself, not the answer to a press. `retry`: a button offers to try the
    failed ones again. No inputs.
    """
    if state not in _TITLES:
        raise CardError("no such state of a job", state)
    title = t((_MOVING_TITLES if moves else _TITLES)[state])
    counts = t("card-class-progress-counts", done=done, total=total, left=left, failed=len(failed))
    taken_back = t("card-class-progress-cancelled", count=cancelled) if cancelled else ""
    steps = _next(state, t, moves=moves, gone=bool(done) and not printable, retry=bool(failed) and retry)
    # A bar only where it moves or is over: one that stands still would look like work that does.
    parts = ((done, "good"), (len(failed), "attention"), (left + cancelled, "emphasis"))
    return card(
        t,
        title,
        *([class_fact(class_, t)] if class_ else []),
        *([handed_fact(recipient, t)] if recipient else []),
        *notice_box(notice),
        bold(" ".join(filter(None, (counts, taken_back))), spacing="medium"),
        *([bar(*parts)] if total and (moves or state == "finished") else []),
        *paragraphs_of(waits),
        *map(sentence, steps),
        *([_printable(printable, printable_until, t)] if printable else []),
        *([by_reason(t("card-class-progress-failed", count=len(failed)), failed, t)] if failed else []),
        *([aside(t("card-class-progress-at", at=data(at)), "medium")] if at else []),
        actions=offered(*buttons),
    )


def _next(state: str, t: TextOf, *, moves: bool, gone: bool, retry: bool) -> Iterator[str]:
    """What the director can do now. `gone`: no password can be printed any more; `retry`: the failed ones again."""
    if state == "running":
        yield t("card-class-progress-moves" if moves else "card-class-progress-running")
    elif state == "cancelling":
        yield t("card-class-progress-cancelling")
    else:
        if gone:
            yield t("card-class-progress-gone")
        if retry:
            yield t("card-class-progress-retry")


def _printable(count: int, until: str, t: TextOf) -> RichTextBlock:
    words = t("card-class-progress-printable-until", count=str(count), at=data(until)) if until else str(count)
    return fact(t("card-class-progress-printable"), words)
