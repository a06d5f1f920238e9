"""Искания: what a school or a regional office has to decide, and whom a director lets decide."""

from bot.core.actors.permits import may_see_requests
from bot.dialogs.dialog import Dialog
from bot.dialogs.inputs import Gate
from bot.dialogs.requests.build import build_web, build_worker
from bot.dialogs.requests.dialog import RequestsDialog
from bot.dialogs.requests.recognised import RECOGNISED

DIALOG = Dialog(
    name="requests",
    may=may_see_requests,
    opens="requests.list",
    handlers=dict.fromkeys(RequestsDialog.verbs, RequestsDialog.pressed),
    entries={"requests.list", "request.open"},
    shows_nobody={"deputy.find"},
    by_message={
        "requests.list",
        "requests.approve",
        "request.open",
        "request.ask",
        "request.do",
        "deputies",
        "deputy.end",
        "deputy.ended",
    },
    unfilled={"request.do"},
    inputs={
        "choice": Gate.CHOICE,
        "ticked": Gate.CHOICE,
        "reason": Gate.FREE_TEXT,
        "where": Gate.FREE_TEXT,
        "typed": Gate.SOUGHT,
        "order": Gate.FREE_TEXT,
        "order_date": Gate.DATE,
        "until": Gate.DATE,
    },
    expired=RequestsDialog.pressed_late,
    recognised=RECOGNISED,
    build_web=build_web,
    build_worker=build_worker,
)
