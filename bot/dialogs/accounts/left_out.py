"""Who was left out of a closing of accounts, and why."""

from collections.abc import Iterator

from bot.core.accounts.close import NOTED, Closed
from bot.core.accounts.model import ReceiptOutcome
from bot.core.decision import Decision, Reason
from bot.dialogs.dialog import Scene
from bot.refusals import refusal

_WHY_NOT = {
    ReceiptOutcome.GONE: "closing-gone",
    ReceiptOutcome.NOTHING: "closing-nothing-to-hand",
    ReceiptOutcome.UNSEEN: "closing-unseen",
    ReceiptOutcome.REPLACED: "closing-replaced",
    ReceiptOutcome.OTHERWISE: "closing-otherwise",
    ReceiptOutcome.TAKEN_BACK: "closing-noted-and-taken-back",
    ReceiptOutcome.ELSEWHERE: "closing-elsewhere",
    ReceiptOutcome.NEWER: "closing-newer",
}
_REFUSED = {
    Reason.FOURTEEN: "closing-fourteen",
    Reason.AGE_UNKNOWN: "closing-age-unknown",
    Reason.BIRTH_IMPLAUSIBLE: "closing-birth",
    Reason.NOT_OURS: "closing-gone",
}


def left_out(scene: Scene, closed: Closed) -> Iterator[tuple[str, str]]:
    """The name and why, of each."""
    t = scene.t
    for person, reason in closed.refused.items():
        known = _REFUSED.get(reason)
        why = t(known) if known else refusal(Decision(reason), t, scene.language)
        yield closed.names.get(person) or t("closing-somebody"), why
    for person, outcome in closed.noted.items():
        if outcome not in NOTED:
            yield closed.names.get(person) or t("closing-somebody"), t(_WHY_NOT[outcome])
