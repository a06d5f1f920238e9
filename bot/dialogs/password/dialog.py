"""Парола: whom it is for, by one's name or by the class. What follows is in `one_person.py` and `whole_class.py`."""

from collections.abc import Mapping

from bot.conversation import Action, Reply
from bot.core.errors import OutsideError
from bot.core.passwords.slips import CollectSlips
from bot.core.usernames.model import (
    Answer,
    ByName,
    Denied,
    Found,
    NotFound,
    Query,
    Several,
    TooMany,
    Unreadable,
)
from bot.dialogs.dialog import Handler, Scene
from bot.dialogs.password import view
from bot.dialogs.password.cases import PasswordCases, SlipUrl
from bot.dialogs.password.one_person import OnePerson
from bot.dialogs.password.whole_class import WholeClass
from bot.dialogs.search import Sought, chosen, press_digest, query_of, unreadable, who_is_meant
from bot.refusals import failure

_GUARDED = frozenset(
    {
        "password.state",
        "password.reveal",
        "password.handed",
        "password.slips",
        "class.progress",
        "class.cancel",
        "class.retry",
    }
)
"""Presses about a password that was made, or a class's: whoever tries them with another's card is noted."""


class PasswordDialog:
    """A temporary password for one person or for a class."""

    verbs = (
        "password.open",
        "password.find",
        "password.pick",
        *OnePerson.verbs,
        *WholeClass.verbs,
    )

    def __init__(self, cases: PasswordCases, collect: CollectSlips, slip_url: SlipUrl | None = None) -> None:
        """Without `slip_url` (the bot has no address of its own that a browser could open) nothing is printed."""
        self.collect = collect
        self._cases = cases
        self._one_person = OnePerson(cases, slip_url)
        self._whole_class = WholeClass(cases, slips=slip_url is not None)

    async def open(self, scene: Scene) -> Reply:
        """For whom?"""
        return view.start(scene, Sought())

    async def open_after_identifier(self, scene: Scene) -> Reply:
        """For whom?, after an identifier was typed into the chat: it is not repeated, not even here."""
        notice = f"{scene.t('lookup-identifier-in-chat')}\n{scene.t('lookup-identifier-in-form')}"
        return view.start(scene, Sought(), notice=notice)

    async def pressed(self, scene: Scene) -> Reply:
        """The answer to one of `verbs`."""
        return await self.press(scene, scene.action, scene.action.inputs)

    async def press(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        """Finds whom it is for, or leads on from there."""
        if action.verb in WholeClass.verbs:
            return await self._whole_class.press(scene, action, inputs)
        match action.verb:
            case "password.open":
                return await self.open(scene)
            case "password.find":
                return await self._search(scene, action, Sought.of(inputs, action))
            case "password.pick":
                return await self._pick(scene, action, inputs)
            case _:
                return await self._one_person.press(scene, action, inputs)

    async def class_later(self, scene: Scene) -> Reply:
        """The classes; of students that their list is ready, with a button that shows it."""
        return await self._whole_class.later(scene)

    async def pressed_late(self, scene: Scene) -> Reply | None:
        """What became of a password that is over. Errors: StoreUnavailable."""
        action = scene.action
        if action.verb not in _GUARDED:
            return None
        return await self._one_person.over(scene, action.ids.get("operation", ""))

    async def pressed_elsewhere(self, presser: str, action: Action) -> None:
        """Somebody tried another's card: noted, and its owner is told. Errors: StoreUnavailable."""
        operation, job = action.ids.get("operation", ""), action.ids.get("job", "")
        if action.verb in _GUARDED and (operation or job):
            await self._cases.report_theft(presser, action.verb, operation, job_id=job)

    async def _search(self, scene: Scene, action: Action, sought: Sought) -> Reply:
        query = query_of(sought.kind, sought.typed, sought.again)
        if query is None or not sought.typed.strip():
            problem = scene.t("identifier-empty" if query else "lookup-kind-missing")
            return view.start(scene, sought, problem=problem)
        operation = press_digest(action, sought.kind, sought.typed)
        try:
            answer = await self._cases.find(scene.actor, query, None, operation)
        except OutsideError as error:
            return view.start(scene, sought, notice=failure(error, scene.t))  # nothing typed is lost
        if isinstance(answer, Found):
            return await self._found(scene, answer)
        return _not_found(scene, query, sought, answer)

    async def _found(self, scene: Scene, found: Found) -> Reply:
        if len(found.accounts) == 1:
            return await self._one_person.person(scene, found.accounts[0].id)
        notes = {one.id: one.username for one in found.accounts}
        if found.current is not None:
            notes[found.current] += f", {scene.t('card-result-current')}"
        return who_is_meant(scene, "password.pick", found.accounts, view.another(scene), notes)

    async def _pick(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        one = chosen(action, inputs)
        if not one:
            return view.start(scene, Sought("name"), problem=scene.t("lookup-choice-missing"))
        return await self._one_person.person(scene, one)


def follows(action: Action) -> Handler[PasswordDialog] | None:
    """The classes of the school, and the students of one."""
    return PasswordDialog.class_later if action.verb in {"class.open", "class.students"} else None


def _not_found(scene: Scene, query: Query, sought: Sought, answer: Answer) -> Reply:
    match answer:
        case Several(people):
            notes = {one.id: one.username for one in people}  # all of one school: the name of it tells nothing
            return who_is_meant(scene, "password.pick", people, view.another(scene), notes)
        case TooMany(count):
            return view.start(scene, sought, notice=scene.t("lookup-too-many", count=count))
        case Denied(decision):
            return view.denied(scene, decision)
        case Unreadable(invalid):
            words = unreadable(scene, query, answer)
            if invalid is not None and invalid.suggestion:
                return view.start(scene, Sought(sought.kind, invalid.suggestion), notice=words)
            return view.start(scene, Sought(sought.kind, sought.typed, answer.again), problem=words)
        case NotFound() | Found():
            words = "password-name-not-found" if isinstance(query, ByName) else "password-not-found"
            return view.start(scene, sought, notice=scene.t(words))
