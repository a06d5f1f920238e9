"""What the look-up shows, for the gallery. The people are invented."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from bot.conversation import Reply
from bot.core.actors.model import Role
from bot.core.decision import Decision, Reason
from bot.core.people.identifiers import IdentifierKind, IdentifierProblem, InvalidIdentifier
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.people.spoken_of import spoken_of
from bot.core.usernames.model import Found, NotFound, Unreadable
from bot.dialogs.dialog import Scene
from bot.dialogs.lookup.alarm import Pause, guessing
from bot.dialogs.lookup.handlers import SEARCH
from bot.dialogs.lookup.screens import denied, form, result
from bot.dialogs.search import Sought
from bot.refusals import problem, refusal

Screen = Callable[[Scene], Reply]

_OURS = School("school-1", "2990001", "СУ „Свети Климент“", "гр. Примерово")
_THEIRS = School("school-2", "2990002", "ОУ „Примерка Образцова“", "с. Образцово")
_MIXED_LETTERS = replace(_OURS, name="СУ „Xенри Образцов“")
_STUDENT = Person(
    "student",
    "Калина Примерова Образцова",
    "ko01460540@edu.mon.bg",
    Kind.STUDENT,
    AccountState.ACTIVE,
    (_OURS,),
    grade="5",
    teams=("Музика - 5 б - ООП",),
)
_OLD = replace(_STUDENT, id="old", username="ko01460541@edu.mon.bg", state=AccountState.DISABLED, teams=())
_TEACHER = replace(_STUDENT, id="teacher", name="Калина Друга Образцова", kind=Kind.TEACHER)
_LONG_NAME = replace(_STUDENT, name="Александър-Константин Димитров Образцов-Примерски")
_SOUGHT = Sought("egn", "4146054047", purpose="moved")
_WRONG = InvalidIdentifier(IdentifierKind.EGN, IdentifierProblem.CHECK_DIGIT)
_LOST_ZERO = InvalidIdentifier(IdentifierKind.EGN, IdentifierProblem.LOST_ZERO, suggestion="0146054046")


def _found(*accounts: Person, asked: str = "4146054046", current: str | None = None) -> Screen:
    own = any(one.attends(_OURS.id) for one in accounts)
    return lambda scene: result(scene, Found(accounts, own, current, asked))


def _by_service_number(*accounts: Person, several: bool = False, without_zero: bool = False) -> Screen:
    found = Found(accounts, True, None, "0123456", several_people=several, without_zero=without_zero)
    return lambda scene: result(scene, found)


def _alarm(scene: Scene, of: str = "") -> Reply:
    """Guessing in intake, as who did it is told or, where it was somebody else, the director."""
    director = replace(scene.actor, role=Role.DIRECTOR, school=_OURS)
    who = replace(director, object_id="colleague", name=of) if of else director
    pause = Pause("24.11.2056 г., 10:00 ч.", "24.11.2056 г., 11:00 ч.", intake=True)
    told = guessing(scene.t, pause, who, director, _OURS)
    if told is None:
        raise LookupError("a director is told")
    return told


SAMPLES: tuple[tuple[str, Screen], ...] = (
    ("form-empty", lambda scene: form(scene, Sought())),
    ("form-problem", lambda scene: form(scene, _SOUGHT, problem=problem(_WRONG, scene.t))),
    ("form-lost-zero", lambda scene: SEARCH.unreadable(scene, _SOUGHT, Unreadable(_LOST_ZERO))),
    (
        "form-purpose-text",
        lambda scene: form(
            scene,
            replace(_SOUGHT, purpose="other"),
            problem=scene.t("lookup-purpose-text-missing"),
            concerns="purpose_text",
            asks_why=True,
        ),
    ),
    ("form-not-found", lambda scene: SEARCH.not_found(scene, _SOUGHT, NotFound(only_own_school=False))),
    (
        "form-reason-wanted",
        lambda scene: SEARCH.not_found(scene, replace(_SOUGHT, purpose=""), NotFound(only_own_school=True)),
    ),
    (
        "form-near-username",
        lambda scene: SEARCH.not_found(
            scene, Sought("username", "ko01460549"), NotFound(only_own_school=True, near=(_STUDENT, _OLD))
        ),
    ),
    (
        "form-near-name",
        lambda scene: SEARCH.not_found(
            scene, Sought("name", "Калина Примерва"), NotFound(only_own_school=True, near=(_STUDENT,))
        ),
    ),
    (
        "form-other-class",
        lambda scene: SEARCH.not_found(
            scene,
            Sought("name", "Калина 9 в"),
            NotFound(only_own_school=True, near=(_STUDENT, _OLD), not_in="9 в", left_out=3),
        ),
    ),
    ("form-after-identifier", SEARCH.after_identifier),
    (
        "form-filled-in",
        lambda scene: form(scene, Sought(**spoken_of("username of Калина Примерова 5б").inputs)),
    ),
    ("result-own", _found(_STUDENT)),
    ("result-by-name", _found(_STUDENT, asked="")),
    ("result-elsewhere", _found(replace(_STUDENT, schools=(_THEIRS,)))),
    ("result-two-schools", _found(replace(_STUDENT, schools=(_THEIRS, _OURS)))),
    ("result-disabled", _found(replace(_STUDENT, state=AccountState.DISABLED))),
    ("result-being-created", _found(replace(_STUDENT, state=AccountState.BEING_CREATED, grade="", teams=()))),
    ("result-elsewhere-disabled", _found(replace(_OLD, schools=(_THEIRS,)))),
    ("result-bare", _found(replace(_STUDENT, schools=(), grade="", teams=()))),
    ("result-nowhere", _found(replace(_STUDENT, schools=(), grade="8", teams=()))),
    ("result-several", _found(_STUDENT, _OLD, current=_STUDENT.id)),
    ("result-several-unclear", _found(_STUDENT, replace(_OLD, state=AccountState.ACTIVE))),
    ("result-several-people", _by_service_number(_STUDENT, replace(_OLD, name="Друга Примерова"), several=True)),
    ("result-without-zero", _by_service_number(_STUDENT, without_zero=True)),
    ("result-many", _found(*(replace(_STUDENT, username=f"ko0146054{n}@edu.mon.bg") for n in range(9)))),
    ("result-mixed-letters", _found(replace(_STUDENT, schools=(_MIXED_LETTERS,)))),
    (
        "choices-few",
        lambda scene: SEARCH.which(
            scene, (_STUDENT, replace(_STUDENT, id="other", username="ko01460542@edu.mon.bg"), _TEACHER)
        ),
    ),
    (
        "choices-many",
        lambda scene: SEARCH.which(
            scene, [replace(_LONG_NAME, id=str(UUID(int=n)), grade=f"{n}", teams=()) for n in range(1, 11)]
        ),
    ),
    ("lookup-told-alarm-intake-own", _alarm),
    ("lookup-told-alarm-intake-colleague", partial(_alarm, of="Вера Пробна Колежка")),
    (
        "lookup-denied",
        lambda scene: denied(scene, refusal(Decision(Reason.TOO_MANY_MISSES, scene.now), scene.t, scene.language)),
    ),
)
