"""What the password service shows, for the gallery. The people are invented."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from bot.conversation import Reply
from bot.core.decision import Decision, Reason
from bot.core.handover.model import Ground, Handing, Recipient
from bot.core.handover.policy import recipients
from bot.core.passwords.class_lists import ClassList, StudentRow
from bot.core.passwords.follow import PasswordState, Progress
from bot.core.passwords.model import (
    NOTHING_YET,
    AccountFacts,
    Afterwards,
    Failure,
    Form,
    Handed,
    Job,
    Newer,
    NewOperation,
    Operation,
    PasswordStatus,
    Refused,
    Shown,
    Stage,
)
from bot.core.passwords.request import Checked, PreparedReset, Wish
from bot.core.passwords.request_many import MadeBefore, ManyChecked, ManyWish
from bot.core.passwords.secret import Secret
from bot.core.passwords.slips import SlipOffer
from bot.core.people.identifiers import IdentifierKind, IdentifierProblem, InvalidIdentifier
from bot.core.people.model import AccountState, Kind, Person, School, SchoolClass
from bot.core.usernames.model import NotFound
from bot.dialogs.dialog import Scene
from bot.dialogs.password import class_screens, news, person_screens
from bot.dialogs.password.one_person import SEARCH
from bot.dialogs.password.operation_screens import checked, operation_state, revealed, slip_offered
from bot.dialogs.password.person_screens import start
from bot.dialogs.password.progress import emptied, progress_reply
from bot.dialogs.search import Sought
from bot.presser import STEP_LIFETIME
from bot.refusals import problem
from cards.password_class import MOST_STUDENTS

Screen = Callable[[Scene], Reply]

_OURS = School("school-1", "2990001", "СУ „Свети Климент“", "гр. Примерово")
_LONGEST_NAME = "Александър-Константин Димитров Образцов-Примерски"
_APOSTROPHE = "Д'Артанян О’Образцов-Примерски"
_NAMES = ("Калина Примерова Образцова", "Иво Пробен Образцов", _APOSTROPHE, _LONGEST_NAME, "Ян Ли")
_PUPIL = Person(
    "pupil",
    _NAMES[0],
    "ko01460540@edu.mon.bg",
    Kind.STUDENT,
    AccountState.ACTIVE,
    (_OURS,),
    "5",
    ("Музика - 5 б - ООП",),
)
_OLDER = replace(_PUPIL, grade="9", teams=("Музика - 9 в - ООП",))
_TEACHER = Person("teacher", "Иво Пробен", "ivo.proben@edu.mon.bg", Kind.TEACHER, AccountState.ACTIVE, (_OURS,))
_WISH = Wish("press", _PUPIL.id, _OURS.id, "chat", Recipient.PARENT)
_WRONG = InvalidIdentifier(IdentifierKind.EGN, IdentifierProblem.CHECK_DIGIT)
_LINK = "https://bot.example.org/slips/" + "t" * 43


def _facts(person: Person) -> AccountFacts:
    return AccountFacts(
        person, extension_role=None, privileged=False, guest=False, synchronised=False, password_changed_at=None
    )


def _person(
    person: Person = _PUPIL,
    status: PasswordStatus = PasswordStatus.NEVER,
    *,
    young: bool | None = True,
    wish: Wish | None = None,
    denied: Reason | None = None,
    noted_by: str = _OURS.id,
    works: bool = False,
    **last: Any,
) -> Screen:
    """`noted_by`: the school whose receipt it is; `works`: the directory shows the password."""

    def screen(scene: Scene) -> Reply:
        operation = None if status in {PasswordStatus.NEVER, PasswordStatus.HANDED} else _operation(scene, **last)
        changed_at = operation.set_at if operation is not None and works else None
        prepared = PreparedReset(
            replace(_facts(person), password_changed_at=changed_at),
            status,
            operation,
            recipients(person.kind, young),
            asks_birth=person.kind is Kind.STUDENT and young is None,
            under_14=young,
            after=NOTHING_YET if operation is None else _after(operation, noted_by=noted_by),
        )
        return person_screens.person(scene, prepared, wish, Decision(denied) if denied else None)

    return screen


def _confirm(
    person: Person = _PUPIL, to: Recipient = Recipient.STUDENT, *, wish: Wish = _WISH, works: bool = False
) -> Screen:
    return lambda scene: person_screens.confirm(
        scene, Checked(_facts(person), Handing(to, Ground.OWNER), scene.now if works else None), wish
    )


def _operation(scene: Scene, *, shown: bool = False, handed: bool = False, **changes: Any) -> Operation:
    """Set a minute ago and ready to be shown, with `changes`."""
    at = scene.now - timedelta(minutes=1)
    new = NewOperation(
        "f" * 64, at, scene.actor.object_id, "tenant", scene.conversation, _OURS.id, _PUPIL.id, _PUPIL.name,
        _PUPIL.username, "5 б", True, Recipient.STUDENT, Ground.OWNER, Form.PUPIL,
    )  # fmt: skip
    asked = {each.name: changes.pop(each.name) for each in fields(NewOperation) if each.name in changes}
    operation = Operation(
        replace(new, **asked),
        Stage.READY,
        set_at=at,
        works_from=at + timedelta(minutes=2),
        unseen_until=at + timedelta(minutes=30),
        lease_until=at + timedelta(minutes=2),
        expires_at=at + timedelta(hours=72),
        shown_at=scene.now if shown else None,
        handed_at=scene.now if handed else None,
    )
    return replace(operation, **changes)


def _state(
    stage: Stage = Stage.READY,
    *,
    newer: Callable[[Scene], Newer] | None = None,
    taken_back: bool = False,
    noted_by: str = _OURS.id,
    **changes: Any,
) -> Screen:
    def screen(scene: Scene) -> Reply:
        operation = _operation(scene, stage=stage, **changes)
        noted = _after(operation, taken_back=taken_back, noted_by=noted_by)
        after = replace(noted, newer=newer(scene) if newer else None)
        return operation_state(scene, operation, after, slips=True)

    return screen


def _after(operation: Operation, *, taken_back: bool = False, noted_by: str = _OURS.id) -> Afterwards:
    """As it follows from the operation, unless what was noted was taken back."""
    asked, at = operation.asked, operation.handed_at
    if at is None or taken_back:
        return Afterwards(taken_back=taken_back)
    return Afterwards(handed=Handed(at, asked.recipient, asked.actor, noted_by))


def _newer(school: str = _OURS.id, *, in_doubt: bool = False) -> Callable[[Scene], Newer]:
    return lambda scene: Newer(scene.now, school, in_doubt)


def _revealed(password: str = "Zegegosa2399", **changes: Any) -> Screen:  # noqa: S107 -- invented
    def screen(scene: Scene) -> Reply:
        operation = _operation(scene, stage=Stage.SHOWN, shown=True, **changes)
        return revealed(scene, Shown(operation, Secret(password), again=False), slips=True)

    return screen


def _checked(
    status: PasswordStatus,
    *,
    accepted: bool | None = True,
    newer: Callable[[Scene], Newer] | None = None,
    **changes: Any,
) -> Screen:
    def screen(scene: Scene) -> Reply:
        after = Afterwards(newer(scene) if newer else None)
        return checked(scene, PasswordState(_operation(scene, **changes), status, accepted, after))

    return screen


def _offered(count: int) -> Screen:
    return lambda scene: slip_offered(
        scene,
        SlipOffer("t" * 43, "407192637418", scene.now + timedelta(minutes=10), count),
        _LINK,
        person_screens.another(scene),
    )


def _student(number: int, person_name: str = "") -> Person:
    name = person_name or _NAMES[number % len(_NAMES)]
    return replace(_PUPIL, id=f"00000000-0000-0000-0000-{number:012}", name=name)


def _students(
    rows: Callable[[Scene], tuple[StudentRow, ...]], class_: str = "5 б", wish: ManyWish | None = None, said: str = ""
) -> Screen:
    return lambda scene: class_screens.students(
        scene,
        ClassList(SchoolClass(class_, ()), rows(scene)),
        wish or replace(_many(), class_name=class_, recipient=None, identity=False),
        scene.t(said) if said else "",
        ticked=wish is not None,
    )


def _young_class(_: Scene) -> tuple[StudentRow, ...]:
    return tuple(StudentRow(_student(n), PasswordStatus.NEVER, under_14=True, anew=n % 3 > 0) for n in range(26))


def _mixed_class(scene: Scene) -> tuple[StudentRow, ...]:
    rows = (StudentRow(_student(n), one, (True, False, None)[n % 3]) for n, one in enumerate(PasswordStatus))
    return tuple(replace(row, changed_at=scene.now) if row.status is PasswordStatus.CHANGED else row for row in rows)


def _older_class(_: Scene) -> tuple[StudentRow, ...]:
    return tuple(StudentRow(_student(n), PasswordStatus.NEVER, under_14=False, anew=True) for n in range(4))


def _largest_class(_: Scene) -> tuple[StudentRow, ...]:
    long, status = f"{_LONGEST_NAME} младши от Примерово", PasswordStatus.DOUBTFUL
    return tuple(StudentRow(_student(n, long), status, n == 0 or None, anew=True) for n in range(MOST_STUDENTS + 5))


def _many(to: Recipient = Recipient.STUDENT, *, identity: bool = True) -> ManyWish:
    return ManyWish("press", "5 б", (_student(1).id,), _OURS.id, "chat", to, identity=identity)


def _confirm_many(
    count: int,
    refused: Mapping[str, Reason] | None = None,
    *,
    to: Recipient = Recipient.STUDENT,
    working: int = 0,
    unknown: int = 0,
    before: str | None = None,
    group: str = "",
) -> Screen:
    left_out = tuple((_student(90 + n, name), reason) for n, (name, reason) in enumerate((refused or {}).items()))
    people = tuple(map(_student, range(count)))
    screen = class_screens.confirm if count else class_screens.nobody
    wish = replace(_many(to), class_name=group, among=tuple(one.id for one in people)) if group else _many(to)

    def shown(scene: Scene) -> Reply:
        made = None if before is None else MadeBefore(before, scene.now, count)
        return screen(scene, ManyChecked(people, left_out, working, unknown, before=made), wish)

    return shown


def _progress(
    done: int,
    left: int = 0,
    failed: Mapping[str, Failure] | None = None,
    *,
    cancelled: int = 0,
    stopped: bool = False,
    moves: bool = False,
    stage: Stage = Stage.READY,
    in_doubt: bool = False,
    retried: str = "",
    group: bool = False,
) -> Screen:
    def screen(scene: Scene) -> Reply:
        job = replace((_group if group else _job)(scene), cancelled_at=scene.now if stopped else None)
        waiting: dict[str, Any] = {"stage": Stage.REQUESTED, "set_at": None, "in_doubt": in_doubt}
        operations = (
            *(_operation(scene, stage=stage) for _ in range(done)),
            *(_operation(scene, **waiting) for _ in range(left)),
            *(_operation(scene, stage=Stage.CANCELLED, set_at=None) for _ in range(cancelled)),
            *(
                _operation(scene, stage=Stage.FAILED, set_at=None, name=name, failure=failure)
                for name, failure in (failed or {}).items()
            ),
        )
        return progress_reply(scene, Progress(job, operations), slips=True, moves=moves, retried=retried)

    return screen


def _job(scene: Scene) -> Job:
    return Job("job", scene.now, "director", "tenant", scene.conversation, _OURS.id, "5 б", Recipient.STUDENT)


def _group(scene: Scene) -> Job:
    return replace(_job(scene), label=_GROUP, selected=True)


def _given_up(scene: Scene, **changes: Any) -> Operation:
    return _operation(scene, stage=Stage.FAILED, set_at=None, failure=Failure.UNAVAILABLE, **changes)


def _told(job: Callable[[Scene], Job]) -> Screen:
    def screen(scene: Scene) -> Reply:
        operations = tuple(_operation(scene) for _ in range(26))
        return news.job_notice(scene, Progress(job(scene), operations), "Мира Образцова")

    return screen


_GROUP = "Клуб по роботика и програмиране за всички"
_CLASSES = [SchoolClass(f"{grade} {letter}", ()) for grade in range(1, 13) for letter in "абвг"]
_ONE = {_NAMES[1]: Failure.UNAVAILABLE}
_SIX = {
    **_ONE,
    _NAMES[0]: Failure.FORBIDDEN,
    _APOSTROPHE: Failure.UNAVAILABLE,
    _LONGEST_NAME: Failure.REFUSED,
    "Ян Ли": Failure.MISSING,
    "Мира Образцова": Failure.DENIED,
}
_ALL = {f"{_LONGEST_NAME} {n}": (*Failure,)[n % 3] for n in range(40)}
_LEFT_OUT = {
    _NAMES[0]: Reason.FOURTEEN,
    _LONGEST_NAME: Reason.PROTECTED,
    _APOSTROPHE: Reason.FOURTEEN,
    "Иво Пробен": Reason.AGE_UNKNOWN,
}

_FORTY = tuple(_student(number).id for number in range(MOST_STUDENTS))

SAMPLES: tuple[tuple[str, Screen], ...] = (
    ("password-start", lambda scene: start(scene, Sought())),
    (
        "password-start-problem",
        lambda scene: start(scene, Sought("egn", "4146054047"), problem=problem(_WRONG, scene.t)),
    ),
    (
        "password-start-notice",
        lambda scene: SEARCH.not_found(scene, Sought("name", "Калина"), NotFound(only_own_school=True)),
    ),
    (
        "password-which-account",
        lambda scene: SEARCH.which(scene, (_PUPIL, replace(_PUPIL, id="old", username="ko1@edu.mon.bg")), _PUPIL.id),
    ),
    ("password-person-young", _person()),
    ("password-person-older", _person(_OLDER, young=False)),
    ("password-person-no-birth", _person(_PUPIL, PasswordStatus.EXPIRED, young=None, conversation="another")),
    ("password-person-teacher", _person(_TEACHER, PasswordStatus.CHANGED, conversation="another")),
    ("password-person-bare", _person(replace(_PUPIL, grade="8", teams=(), schools=()))),
    ("password-person-creating", _person(replace(_PUPIL, state=AccountState.BEING_CREATED))),
    ("password-person-pending", _person(_PUPIL, PasswordStatus.READY)),
    ("password-person-being-made", _person(_PUPIL, PasswordStatus.RUNNING, stage=Stage.REQUESTED)),
    ("password-person-nobody-chosen", _person(denied=Reason.NO_RECIPIENT, wish=replace(_WISH, recipient=None))),
    (
        "password-person-birth",
        _person(
            young=None, wish=replace(_WISH, birth=date(2036, 2, 29), identity=True), denied=Reason.BIRTH_IMPLAUSIBLE
        ),
    ),
    (
        "password-person-fourteen",
        _person(_OLDER, young=False, wish=replace(_WISH, identity=True), denied=Reason.FOURTEEN),
    ),
    (
        "password-person-identity",
        _person(
            _OLDER, young=False, wish=replace(_WISH, sen=True, compromised=True), denied=Reason.IDENTITY_NOT_ATTESTED
        ),
    ),
    (
        "password-person-longest",
        _person(
            replace(_PUPIL, name=_LONGEST_NAME),
            PasswordStatus.DOUBTFUL,
            young=None,
            stage=Stage.FAILED,
            in_doubt=True,
        ),
    ),
    *(
        (
            f"password-person-{status.value}",
            _person(replace(_PUPIL, name=_APOSTROPHE), status, conversation="another"),
        )
        for status in (PasswordStatus.UNSEEN, PasswordStatus.REPLACED, PasswordStatus.UNKNOWN)
    ),
    ("password-person-first-handed", _person(_PUPIL, PasswordStatus.HANDED, conversation="another")),
    ("password-person-given", _person(_PUPIL, PasswordStatus.GIVEN, shown=True)),
    (
        "password-person-handed-elsewhere",
        _person(_PUPIL, PasswordStatus.GIVEN, shown=True, handed=True, noted_by="school-2"),
    ),
    ("password-person-expired", _person(_PUPIL, PasswordStatus.EXPIRED, shown=True, handed=True, works=True)),
    ("password-person-expired-unknown", _person(_PUPIL, PasswordStatus.EXPIRED, shown=True)),
    (
        "password-person-handed",
        _person(_PUPIL, PasswordStatus.GIVEN, shown=True, handed=True, conversation="another"),
    ),
    ("password-confirm", _confirm()),
    (
        "password-confirm-parent",
        _confirm(
            replace(_PUPIL, name=_LONGEST_NAME),
            Recipient.PARENT,
            wish=replace(_WISH, compromised=True, identity=True),
        ),
    ),
    ("password-confirm-teacher", _confirm(replace(_TEACHER, name=_APOSTROPHE), Recipient.TEACHER)),
    ("password-confirm-works", _confirm(works=True)),
    ("password-confirm-class", _confirm_many(26)),
    ("password-confirm-class-working", _confirm_many(26, working=3, unknown=1)),
    ("password-confirm-class-before", _confirm_many(26, before="Ана Примерова")),
    ("password-confirm-class-before-one", _confirm_many(1, before="")),
    (
        "password-confirm-selection",
        _confirm_many(40, _LEFT_OUT, before=_LONGEST_NAME, group=_GROUP),
    ),
    ("password-confirm-one-of-class", _confirm_many(1, {_NAMES[0]: Reason.FOURTEEN})),
    ("password-confirm-left-out", _confirm_many(22, _LEFT_OUT, to=Recipient.PARENT)),
    ("password-confirm-nobody", _confirm_many(0, _LEFT_OUT, to=Recipient.PARENT)),
    ("password-reveal", _revealed()),
    ("password-reveal-signed-out", _revealed(revoke=True, revoked=True)),
    ("password-reveal-still-signed-in", _revealed(revoke=True)),
    ("password-reveal-parent", _revealed(recipient=Recipient.PARENT, name=_LONGEST_NAME)),
    ("password-reveal-teacher", _revealed("Zegegosatu239", recipient=Recipient.TEACHER, name=_APOSTROPHE, class_="")),
    ("password-state-making", _state(Stage.REQUESTED)),
    ("password-state-making-in-doubt", _state(Stage.REQUESTED, in_doubt=True)),
    ("password-state-ready", _state()),
    ("password-state-ready-still-signed-in", _state(revoke=True)),
    ("password-state-hidden", _state(Stage.SHOWN, shown=True)),
    ("password-state-shown", _state(Stage.CLOSED, shown=True)),
    ("password-state-unseen", _state(Stage.UNSEEN)),
    ("password-state-handed", _state(Stage.SHOWN, shown=True, handed=True, name=_LONGEST_NAME)),
    ("password-state-taken-back", _state(Stage.CLOSED, shown=True, handed=True, taken_back=True)),
    ("password-state-newer", _state(Stage.CLOSED, shown=True, newer=_newer())),
    ("password-state-newer-in-doubt", _state(Stage.CLOSED, shown=True, newer=_newer(in_doubt=True))),
    (
        "password-state-newer-in-doubt-elsewhere",
        _state(Stage.CLOSED, shown=True, newer=_newer("school-2", in_doubt=True)),
    ),
    ("password-state-newer-elsewhere", _state(Stage.CLOSED, shown=True, newer=_newer("school-2"))),
    ("password-state-handed-elsewhere", _state(Stage.CLOSED, shown=True, handed=True, noted_by="school-2")),
    ("password-state-handed-newer", _state(Stage.CLOSED, shown=True, handed=True, newer=_newer())),
    ("password-state-failed", _state(Stage.FAILED, failure=Failure.UNAVAILABLE)),
    ("password-state-in-doubt", _state(Stage.FAILED, failure=Failure.UNAVAILABLE, in_doubt=True)),
    ("password-state-cancelled", _state(Stage.CANCELLED)),
    ("password-check-works", _checked(PasswordStatus.GIVEN, works_from=None)),
    ("password-check-not-yet", _checked(PasswordStatus.GIVEN)),
    *(
        (f"password-check-{status.value}", _checked(status))
        for status in (PasswordStatus.CHANGED, PasswordStatus.EXPIRED, PasswordStatus.REPLACED)
    ),
    ("password-check-expired-unknown", _checked(PasswordStatus.EXPIRED, accepted=False, shown=True)),
    ("password-check-newer", _checked(PasswordStatus.GIVEN, newer=_newer())),
    ("password-check-newer-in-doubt", _checked(PasswordStatus.GIVEN, newer=_newer(in_doubt=True))),
    ("password-check-newer-elsewhere", _checked(PasswordStatus.GIVEN, newer=_newer("school-2"))),
    ("password-state-slip", _offered(1)),
    ("password-state-slips", _offered(26)),
    (
        "password-back-to-person",
        lambda scene: person_screens.back(
            scene,
            scene.t("refusal-reset-running"),
            scene.press("password.person", STEP_LIFETIME, ids={"person": _PUPIL.id}),
        ),
    ),
    ("password-denied", lambda scene: person_screens.denied(scene, Refused(Decision(Reason.PROTECTED)))),
    (
        "class-selection",
        _students(_largest_class, wish=replace(_many(), class_name=_APOSTROPHE, among=_FORTY, persons=_FORTY)),
    ),
    ("class-selection-gone", _students(lambda _: (), wish=replace(_many(), among=_FORTY))),
    ("class-pick", lambda scene: class_screens.pick(scene, _CLASSES)),
    ("class-pick-problem", lambda scene: class_screens.pick(scene, _CLASSES[:1], scene.t("class-missing"))),
    ("class-none", lambda scene: class_screens.pick(scene, [])),
    ("class-students", _students(_young_class)),
    (
        "class-students-mixed",
        _students(_mixed_class, wish=_many(Recipient.PARENT), said="refusal-identity-not-attested"),
    ),
    ("class-students-older", _students(_older_class, "11 в", said="class-nobody-chosen")),
    (
        "class-students-lost",
        _students(_young_class, wish=replace(_many(), persons=(), recipient=None, identity=False, lost=True)),
    ),
    ("class-students-largest", _students(_largest_class)),
    ("class-gone", _students(lambda _: ())),
    ("class-progress-begun", _progress(0, 26)),
    ("class-progress-running", _progress(12, 13, _ONE)),
    ("class-progress-moving", _progress(12, 13, _ONE, moves=True)),
    ("class-progress-waiting", _progress(12, 14, in_doubt=True)),
    ("class-progress-cancelling", _progress(12, 2, cancelled=12, stopped=True)),
    ("class-progress-finished", _progress(26)),
    ("class-progress-failures", _progress(20, 0, _SIX)),
    ("class-progress-emptied", emptied),
    ("class-progress-retried", _progress(20, 0, _SIX, retried="another")),
    ("class-progress-selection", _progress(20, 0, _SIX, group=True)),
    ("class-progress-gone", _progress(20, 0, _ONE, cancelled=4, stage=Stage.CLOSED)),
    ("class-progress-all-failed", _progress(0, 0, _ALL)),
    ("password-told-set", lambda scene: news.set_notice(scene, _operation(scene), "Мира Образцова")),
    ("password-told-receipt", lambda scene: news.set_notice(scene, _operation(scene), scene.actor.name, own=True)),
    ("password-told-alarm", lambda scene: news.alarm_notice(scene, _operation(scene), scene.now)),
    ("password-told-alarm-of-class", lambda scene: news.job_alarm_notice(scene, _job(scene), scene.now)),
    ("password-told-alarm-of-group", lambda scene: news.job_alarm_notice(scene, _group(scene), scene.now)),
    ("password-told-replaced", lambda scene: news.replaced_notice(scene, _operation(scene))),
    ("password-told-given-up", lambda scene: news.given_up_notice(scene, _given_up(scene))),
    ("password-told-given-up-in-doubt", lambda scene: news.given_up_notice(scene, _given_up(scene, in_doubt=True))),
    (
        "password-told-given-up-class",
        lambda scene: news.job_given_up_notice(scene, Progress(_job(scene), (_given_up(scene), _given_up(scene)))),
    ),
    ("password-told-class", _told(_job)),
    ("password-told-group", _told(_group)),
    ("password-told-teacher", lambda scene: news.class_teacher_notice(scene, name=_PUPIL.name, class_="5 б")),
    (
        "password-told-teacher-many",
        lambda scene: news.class_teacher_notice(scene, name="", class_="5 б", count=12),
    ),
)
