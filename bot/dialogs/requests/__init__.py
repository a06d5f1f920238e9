"""Искания: what a school or a regional office has to decide, and whom a director lets decide."""

from bot.core.actors.model import Actor
from bot.core.actors.permits import may_request_transfers, may_see_requests
from bot.dialogs.dialog import Dialog, Gate
from bot.dialogs.requests import deputies, lists, one_request
from bot.dialogs.requests.cases import build_web, build_worker, starts
from bot.dialogs.requests.recognised import RECOGNISED


def _hint(actor: Actor) -> str:
    """Who only decides about requests is promised no new one."""
    return "command-requests-hint" if may_request_transfers(actor).allowed else "requests-hint-decides"


DIALOG = Dialog(
    name="requests",
    may=may_see_requests,
    hint=_hint,
    opens="requests.list",
    handlers={
        "requests.list": lists.show,
        "requests.open": lists.open_chosen,
        "requests.pick": lists.check_ticked,
        "requests.approve": lists.approve,
        "request.open": one_request.show,
        "request.ask": one_request.ask,
        "request.do": one_request.do,
        "request.reveal": one_request.ask_why_reveal,
        "request.revealed": one_request.reveal,
        "deputies": deputies.show,
        "deputy.find": deputies.SEARCH.opened,
        "deputy.search": deputies.search,
        "deputy.pick": deputies.pick,
        "deputy.authorise": deputies.authorise,
        "deputy.end": deputies.ask_end,
        "deputy.ended": deputies.end,
    },
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
    expired=one_request.what_became,
    recognised=RECOGNISED,
    build_web=build_web,
    build_worker=build_worker,
    starts=starts,
)
