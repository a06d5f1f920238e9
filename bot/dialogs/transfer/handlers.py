"""From a student's number to a request that is on its way. The look-up is charged and recorded like any other, with
the reason "moved student".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import Reply
from bot.core.decision import Decision
from bot.core.errors import OutsideError
from bot.core.intake.season import Season, grade_entered
from bot.core.people.model import Kind
from bot.core.transfers.model import Basis
from bot.core.transfers.request import AlreadyAsked, NotAsked, PreparedTransfer, RequestTransfer, Sent, TransferWish
from bot.core.usernames.find import FindUsername
from bot.core.usernames.model import NotFound, Purpose, PurposeKind
from bot.dialogs.dialog import Scene, day_of
from bot.dialogs.search import BY_NUMBER, Search, Sought, press_digest
from bot.dialogs.transfer import screens
from bot.refusals import failure

_MOVED = Purpose(PurposeKind.MOVED)


@dataclass(frozen=True, slots=True)
class TransferCases:
    """The use cases."""

    find: FindUsername
    request: RequestTransfer
    season: Season


async def find(cases: TransferCases, scene: Scene) -> Reply:
    """Looks for the student by number: the form of the request, or which account is meant."""
    sought = Sought.read(scene.action)
    found = await SEARCH(cases.find, scene, sought, _MOVED)
    if isinstance(found, Reply):
        return found
    if found.without_zero:
        return SEARCH.which(scene, found.accounts, lead="lookup-without-zero")
    students = [one for one in found.accounts if one.kind is Kind.STUDENT] or list(found.accounts)
    if len(students) > 1 and found.current is None:
        return SEARCH.which(scene, students)
    current = next((one for one in students if one.id == found.current), students[0])
    try:
        return await _form(cases, scene, current.id)
    except OutsideError as error:
        return screens.find(scene, sought, notice=failure(error, scene.t))  # nothing typed is lost


async def pick(cases: TransferCases, scene: Scene) -> Reply:
    """The form for the chosen one of several accounts."""
    one = SEARCH.picked(scene)
    return one if isinstance(one, Reply) else await _form(cases, scene, one)


async def person(cases: TransferCases, scene: Scene) -> Reply:
    """The form for the student of the card."""
    return await _form(cases, scene, scene.action.id("person"))


async def submit(cases: TransferCases, scene: Scene) -> Reply:
    """Sends the request."""
    ids, inputs = scene.action.ids, scene.action.inputs
    basis = inputs.get("basis", "")
    texts = ("releasing", "to_class", "basis_text", "certificate", "note")
    typed = (inputs.get(name, "") for name in ("basis", "certificate_date", *texts))
    wish = TransferWish(
        id=press_digest(scene.action, *typed),
        person=ids.get("person", ""),
        school=ids.get("school", ""),
        conversation=scene.turn.reference.conversation_id,
        basis=Basis(basis) if basis in set(Basis) else None,
        certificate_date=day_of(inputs.get("certificate_date", "")),
        **{name: inputs.get(name, "") for name in texts},
    )
    try:
        sent = await cases.request(scene.actor, wish)
    except OutsideError as error:
        # As an error: the pressed card stays, with what was filled in, and may be pressed again.
        return Reply(text=failure(error, scene.t), refused=True)
    match sent:
        case AlreadyAsked():
            return screens.already(scene, sent)
        case NotAsked(decision, placement):
            if decision.denied_because in screens.ON_THE_FORM:
                return await _form(cases, scene, wish.person, inputs, decision)
            return screens.not_asked(scene, decision, placement)
        case Sent(transfer):
            return screens.sent(scene, transfer)


async def _form(
    cases: TransferCases,
    scene: Scene,
    person_id: str,
    filled: Mapping[str, str] | None = None,
    denied: Decision | None = None,
) -> Reply:
    prepared = await cases.request.prepare(scene.actor, person_id)
    match prepared:
        case AlreadyAsked():
            return screens.already(scene, prepared)
        case NotAsked(decision, placement):
            return screens.not_asked(scene, decision, placement)
        case PreparedTransfer(placement):
            opens = cases.season.open_on(scene.today)
            entered = grade_entered(placement.person) if opens else ""
            return screens.form(scene, prepared, filled or {}, denied=denied, entered=entered)


def _not_found(scene: Scene, sought: Sought, _: NotFound) -> Reply:
    return screens.find(scene, sought, notice=scene.t("lookup-not-found"))


SEARCH = Search(
    form=screens.find,
    kinds=BY_NUMBER,
    pick="transfer.pick",
    new_search=screens.another,
    not_found=_not_found,
    no_number="transfer-no-number",
    which_lead="transfer-which-lead",
)
