"""What asking for an account shows, for the gallery. The people are invented."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation import Reply
from bot.core.decision import Decision, Reason
from bot.core.people.model import AccountState, Kind, Person, School, SchoolClass
from bot.core.transfers.model import Asked, Basis, Deadlines, Placement, State, Transfer
from bot.core.transfers.request import AlreadyAsked, PreparedTransfer
from bot.core.usernames.model import NotFound
from bot.dialogs.dialog import Scene
from bot.dialogs.search import Sought
from bot.dialogs.transfer import screens
from bot.dialogs.transfer.handlers import SEARCH

Screen = Callable[[Scene], Reply]

_OURS = School("school-1", "2990001", "СУ „Свети Климент“", "гр. Примерово")
_THEIRS = School("school-2", "2990002", "ОУ „Примерка Образцова“", "с. Образцово")
_LOOKALIKE = School("school-3", "2990003", "СУ „Cвети Климент“", "гр. Примерово")
_STUDENT = Person(
    "student",
    "Калина Примерова Образцова",
    "ko01460540@edu.mon.bg",
    Kind.STUDENT,
    AccountState.ACTIVE,
    (_THEIRS,),
    grade="5",
    teams=("Музика - 5 а - ООП",),
    identifier="4146054046",
)
_CLASSES = (SchoolClass("5 а", ("t1",)), SchoolClass("5 б", ("t2",)))
_FILLED = {
    "to_class": "5 б",
    "basis": "other",
    "basis_text": "Ученикът е в болница",
    "certificate": "12",
    "certificate_date": "2057-01-01",
    "note": "Моля, обадете се.",
}


def _form(
    person: Person = _STUDENT,
    filled: Mapping[str, str] | None = None,
    denied: Reason | None = None,
    classes: tuple[SchoolClass, ...] = _CLASSES,
    entered: str = "",
) -> Screen:
    prepared = PreparedTransfer(Placement(person, (), ordinary=True), classes)
    wrong = Decision(denied) if denied else None
    return lambda scene: screens.form(scene, prepared, filled or {}, denied=wrong, entered=entered)


def _not_asked(reason: Reason, *schools: School) -> Screen:
    placement = Placement(replace(_STUDENT, schools=schools), (), ordinary=True)
    return lambda scene: screens.not_asked(scene, Decision(reason), placement)


def _sent(state: State, *, office_only: bool = False) -> Screen:
    def screen(scene: Scene) -> Reply:
        transfer = _request(scene, state)
        return screens.sent(scene, replace(transfer, asked=replace(transfer.asked, office_only=office_only)))

    return screen


def _request(scene: Scene, state: State) -> Transfer:
    asked = Asked(
        id="transfer",
        at=scene.now,
        actor="director",
        actor_name="Директор Едно",
        tenant="tenant",
        conversation="chat",
        receiving=_OURS,
        releasing=_THEIRS,
        person=_STUDENT.id,
        name=_STUDENT.name,
        username=_STUDENT.username,
        class_="5 а",
        masked="••••••4046",
        to_class="5 б",
        basis=Basis.APPLICATION,
    )
    deadlines = Deadlines(scene.now, scene.now, scene.now, scene.now)
    return Transfer(asked, 12, state, 1, deadlines)


SAMPLES: tuple[tuple[str, Screen], ...] = (
    ("transfer-find", lambda scene: screens.find(scene, Sought())),
    (
        "transfer-find-problem",
        lambda scene: SEARCH.not_found(scene, Sought("egn", "4146054047"), NotFound(only_own_school=False)),
    ),
    ("transfer-form", _form()),
    ("transfer-form-filled", _form(filled=_FILLED)),
    ("transfer-form-disabled", _form(replace(_STUDENT, state=AccountState.DISABLED, grade="", teams=()))),
    ("transfer-form-no-classes", _form(classes=())),
    ("transfer-form-intake", _form(replace(_STUDENT, grade="8", teams=("Музика - 8 а - ООП",)), entered="8")),
    (
        "transfer-form-several-schools",
        _form(replace(_STUDENT, schools=(_THEIRS, _LOOKALIKE)), _FILLED, Reason.WHICH_SCHOOL),
    ),
    ("transfer-form-class-missing", _form(denied=Reason.CLASS_MISSING)),
    ("transfer-form-basis-missing", _form(denied=Reason.REASON_MISSING)),
    (
        "transfer-form-basis-unsaid",
        _form(filled={**_FILLED, "basis_text": ""}, denied=Reason.REASON_MISSING),
    ),
    ("transfer-form-certificate", _form(filled=_FILLED, denied=Reason.CERTIFICATE_DATE)),
    ("transfer-which-account", lambda scene: SEARCH.which(scene, (_STUDENT, replace(_STUDENT, id="other")))),
    ("transfer-sent", _sent(State.REQUESTED)),
    ("transfer-sent-office-only", _sent(State.ESCALATED, office_only=True)),
    ("transfer-sent-before", _sent(State.WITHDRAWN)),
    ("transfer-already", lambda scene: screens.already(scene, AlreadyAsked(12, own=False, transfer_id=""))),
    ("transfer-already-own", lambda scene: screens.already(scene, AlreadyAsked(12, own=True, transfer_id="t"))),
    ("transfer-already-here", _not_asked(Reason.ALREADY_HERE, _OURS)),
    ("transfer-no-present-school", _not_asked(Reason.NO_PRESENT_SCHOOL)),
    ("transfer-not-a-student", _not_asked(Reason.NOT_A_STUDENT, _THEIRS)),
)
