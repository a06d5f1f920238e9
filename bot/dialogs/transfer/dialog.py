"""Искане: from a student's number to a request that is on its way."""

from collections.abc import Mapping
from datetime import date

from bot.conversation import Action, Reply
from bot.core.decision import Decision
from bot.core.errors import OutsideError
from bot.core.people.identifiers import IdentifierKind
from bot.core.people.model import Kind
from bot.core.transfers.model import Basis
from bot.core.transfers.request import AlreadyAsked, NotAsked, Prepared, RequestTransfer, Sent, TransferWish
from bot.core.usernames.find import FindUsername
from bot.core.usernames.model import (
    Answer,
    ByIdentifier,
    Denied,
    Found,
    NotFound,
    Purpose,
    PurposeKind,
    Several,
    TooMany,
    Unreadable,
)
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import way_forward
from bot.dialogs.search import Sought, chosen, press_digest, unreadable, who_is_meant
from bot.dialogs.transfer import view
from bot.dialogs.transfer.view import Filled
from bot.refusals import failure, refusal

_MOVED = Purpose(PurposeKind.MOVED)


class TransferDialog:
    """Number → form → sent. The look-up is charged and recorded like any other, with the reason "moved student"."""

    verbs = (
        "transfer.open",
        "transfer.find",
        "transfer.pick",
        "transfer.person",
        "transfer.submit",
    )

    def __init__(self, find: FindUsername, request: RequestTransfer) -> None:
        self._find = find
        self._request = request

    async def open(self, scene: Scene) -> Reply:
        """Whose account?"""
        return view.find(scene, Sought())

    async def pressed(self, scene: Scene) -> Reply:
        """The answer to one of `verbs`."""
        return await self.press(scene, scene.action, scene.action.inputs)

    async def press(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        """Finds the student, asks what is needed, sends."""
        match action.verb:
            case "transfer.find":
                return await self._search(scene, action, Sought.of(inputs, action))
            case "transfer.pick":
                one = chosen(action, inputs)
                if not one:
                    return view.find(scene, Sought(), problem=scene.t("lookup-choice-missing"))
                return await self._form(scene, one)
            case "transfer.person":
                return await self._form(scene, action.ids.get("person", ""))
            case "transfer.submit":
                return await self._submit(scene, action, Filled.of(inputs))
            case _:
                return await self.open(scene)

    async def _search(self, scene: Scene, action: Action, sought: Sought) -> Reply:
        if sought.kind not in set(IdentifierKind) or not sought.typed.strip():
            return view.find(scene, sought, problem=scene.t("identifier-empty"))
        query = ByIdentifier(IdentifierKind(sought.kind), sought.typed, sought.again)
        try:
            answer = await self._find(scene.actor, query, _MOVED, press_digest(action, sought.kind, sought.typed))
            if isinstance(answer, Found):
                return await self._found(scene, answer)
        except OutsideError as error:
            return view.find(scene, sought, notice=failure(error, scene.t))  # nothing typed is lost
        return _not_found(scene, query, sought, answer)

    async def _found(self, scene: Scene, found: Found) -> Reply:
        students = [one for one in found.accounts if one.kind is Kind.STUDENT] or list(found.accounts)
        if len(students) == 1 or found.current is not None:
            current = next((one for one in students if one.id == found.current), students[0])
            return await self._form(scene, current.id)
        notes = {one.id: one.username for one in students}
        return who_is_meant(scene, "transfer.pick", students, view.another(scene), notes)

    async def _form(
        self,
        scene: Scene,
        person: str,
        filled: Filled | None = None,
        denied: Decision | None = None,
    ) -> Reply:
        prepared = await self._request.prepare(scene.actor, person)
        match prepared:
            case AlreadyAsked():
                return view.already(scene, prepared)
            case NotAsked(decision, placement):
                return view.not_asked(scene, decision, placement)
            case Prepared():
                return view.form(scene, prepared, filled or Filled(), denied=denied)

    async def _submit(self, scene: Scene, action: Action, filled: Filled) -> Reply:
        wish = TransferWish(
            id=press_digest(action),
            person=action.ids.get("person", ""),
            school=action.ids.get("school", ""),
            conversation=scene.turn.reference.conversation_id,
            releasing=filled.releasing,
            to_class=filled.to_class,
            basis=Basis(filled.basis) if filled.basis in set(Basis) else None,
            basis_text=filled.basis_text,
            certificate=filled.certificate,
            certificate_date=_date(filled.certificate_date),
            note=filled.note,
        )
        try:
            sent = await self._request(scene.actor, wish)
        except OutsideError as error:
            # As an error: the pressed card stays, with what was filled in, and may be pressed again.
            return Reply(text=failure(error, scene.t), refused=True)
        match sent:
            case AlreadyAsked():
                return view.already(scene, sent)
            case NotAsked(decision, placement):
                if decision.denied_because in view.ON_THE_FORM:
                    return await self._form(scene, wish.person, filled, decision)
                return view.not_asked(scene, decision, placement)
            case Sent(transfer):
                return view.sent(scene, transfer)


def _not_found(scene: Scene, query: ByIdentifier, sought: Sought, answer: Answer) -> Reply:
    match answer:
        case Denied(decision):
            return way_forward(scene, refusal(decision, scene.t, scene.language))
        case Unreadable(invalid):
            words = unreadable(scene, query, answer)
            if invalid is not None and invalid.suggestion:
                return view.find(scene, Sought(sought.kind, invalid.suggestion), notice=words)
            return view.find(scene, Sought(sought.kind, sought.typed, answer.again), problem=words)
        case Several(people):
            notes = {one.id: one.username for one in people}
            return who_is_meant(scene, "transfer.pick", people, view.another(scene), notes)
        case NotFound() | TooMany() | Found():
            return view.find(scene, sought, notice=scene.t("lookup-not-found"))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
