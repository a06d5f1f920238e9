"""How long a press may be obeyed, at the longest: written by hand, and not what the screens say of themselves."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.dialogs import DIALOGS

STEP, FORM = timedelta(minutes=10), timedelta(hours=1)
JOB, RECEIPT, QUESTION = timedelta(hours=2), timedelta(hours=12), timedelta(days=14)
TERM = timedelta(days=90)

_ACTS = {
    STEP: """password.confirm password.reveal password.slips class.choose class.confirm request.do request.revealed
        requests.approve deputy.ended own.ask accounts.attested accounts.group-dropped listed.removed link.do links.mark-rest-do
        links.platform-set""",
    FORM: """lookup.search intake.ask request.do(reason) transfer.submit deputy.authorise accounts.choose
        accounts.closed accounts.closed-all accounts.reversed accounts.group-keep own.closed own.closed-all
        link.question link.mark link.unmark links.mark-chosen links.unmark-these""",
    JOB: "password.slips(class) class.cancel class.retry",
    RECEIPT: "password.handed",
    TERM: "request.ask link.answer language.set",
}
_OPENS = {
    STEP: "password.recipient password.state",
    FORM: """lookup.pick lookup.listed password.find password.pick password.listed class.students requests.pick
        deputy.search deputy.pick deputy.end transfer.find transfer.pick transfer.person accounts.close
        accounts.attest accounts.reverse accounts.group-edit accounts.group-pick accounts.group-drop listed.file intake.form
        links.group links.mark-rest link.names own.close""",
    JOB: "class.progress",
    RECEIPT: "password.check",
    QUESTION: "password.person",
    TERM: """more class.open new-accounts.open requests.open request.open request.reveal deputies deputy.find accounts.weeks accounts.table
        accounts.list accounts.person accounts.choices accounts.papers accounts.parents accounts.groups accounts.group
        listed.state listed.person listed.upload listed.files intake.grade region.table links.list links.check links.table
        links.upload links.platform links.several link.open own.class own.pupil""",
}


def _each(lives: Mapping[timedelta, str]) -> dict[str, timedelta]:
    return {kind: life for life, kinds in lives.items() for kind in kinds.split()}


ACTS: Mapping[str, timedelta] = _each(_ACTS)
"""Those after which something is not as it was."""

LIVES: Mapping[str, timedelta] = {
    **{verb: FORM if one.inputs else TERM for one in DIALOGS for verb in one.handlers},
    **{one.opens: TERM for one in DIALOGS},
    **_each(_OPENS),
    **ACTS,
}
"""All of them. What opens a service stands in the chat for a term, and so do offers of an address of a few minutes. A
verb that nobody has written down is no act (`test_what_is_no_act_changes_nothing`): it lives as long as what is typed
into the cards of its service, or for a term where nothing is.
"""


def kind_of(verb: str, ids: Mapping[str, Any], *, typed: bool) -> str:
    """What its life depends on. `typed`: something is typed into its card."""
    if verb == "request.do" and typed:
        return "request.do(reason)"
    return "password.slips(class)" if verb == "password.slips" and "job" in ids else verb
