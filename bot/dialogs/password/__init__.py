"""Парола: a temporary password for one person or for a class."""

from operator import attrgetter

from bot.conversation import Action, Reply
from bot.core.actors.permits import may_reset_passwords
from bot.core.passwords.model import Refused, Stage
from bot.dialogs.dialog import Dialog, Gate, Scene
from bot.dialogs.password import one_person, whole_class
from bot.dialogs.password.cases import SLIPS, PasswordCases, build_web, build_worker
from bot.dialogs.password.operation_screens import operation_state
from bot.dialogs.password.recognised import RECOGNISED
from bot.dialogs.search import INPUTS

_GUARDED = {
    "password.state": one_person.state,
    "password.reveal": one_person.reveal,
    "password.handed": one_person.handed,
    "password.slips": one_person.slips,
    "class.progress": whole_class.progress,
    "class.cancel": whole_class.cancel,
    "class.retry": whole_class.retry,
}
"""Presses about a password that was made, or a class's: whoever tries them on another person's card is noted."""


async def _stolen(cases: PasswordCases, presser: str, action: Action) -> None:
    """Notes who tried another person's card, and tells its owner. Errors: StoreUnavailable."""
    operation, job = action.id("operation"), action.id("job")
    if action.verb in _GUARDED and (operation or job):
        await cases.report_theft(presser, action.verb, operation, job_id=job)


async def _expired(cases: PasswordCases, scene: Scene) -> Reply | None:
    """When a password was shown, or why it was not: once it cannot be shown any more. Errors: StoreUnavailable."""
    if scene.action.verb not in _GUARDED:
        return None
    operation = await cases.follow(scene.actor, scene.conversation, scene.action.id("operation"))
    if isinstance(operation, Refused) or operation.stage is Stage.REQUESTED or operation.can_be_shown(scene.now):
        return None
    return operation_state(scene, operation, await cases.afterwards(operation), slips=False)


DIALOG = Dialog(
    name="password",
    may=may_reset_passwords,
    opens="password.open",
    handlers={
        "password.open": one_person.open_,
        "password.find": one_person.search,
        "password.pick": one_person.pick,
        "password.listed": one_person.listed,
        "password.person": one_person.person,
        "password.recipient": one_person.recipient,
        "password.confirm": one_person.confirm,
        "password.check": one_person.check,
        "class.open": whole_class.open_,
        "class.students": whole_class.students,
        "class.choose": whole_class.choose,
        "class.confirm": whole_class.confirm,
        **_GUARDED,
    },
    entries={"password.person", "class.students"},
    shows_nobody={"password.open"},
    follows=whole_class.follows,
    inputs={
        **INPUTS,
        "recipient": Gate.CHOICE,
        "birth": Gate.DATE,
        "sen": Gate.STATEMENT,
        "identity": Gate.STATEMENT,
        "compromised": Gate.STATEMENT,
        "class": Gate.CHOICE,
        "students": Gate.CHOICE,
    },
    takes_identifier=one_person.SEARCH.opened_after_identifier,
    stolen=_stolen,
    expired=_expired,
    pages={SLIPS: attrgetter("collect")},
    recognised=RECOGNISED,
    build_web=build_web,
    build_worker=build_worker,
)
