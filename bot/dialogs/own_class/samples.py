"""What a class teacher and the directors are shown, for the gallery. The people are invented."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from bot.conversation import Action, Reply
from bot.core.accounts.ask import ANSWERED, OVER
from bot.core.accounts.close import Closed
from bot.core.accounts.model import BoardState, ReceiptOutcome
from bot.core.accounts.ports import Ask
from bot.core.accounts.read import OwnBoard, Pupil
from bot.core.actors.model import Role
from bot.core.decision import Decision, Reason
from bot.core.people.model import School
from bot.dialogs.dialog import Scene
from bot.dialogs.own_class import asking, closing, lists, news
from cards.closing import MOST_SIGNERS

Screen = Callable[[Scene], Reply]

_AT = datetime(2056, 11, 24, 8, 0, tzinfo=UTC)
_OURS = School("school-1", "2990001", "СУ „Свети Климент“", "гр. Примерово")
_THEIRS = School("school-2", "2990002", "ОУ „Примерка Образцова“", "с. Образцово")
_NAMES = (
    "Калина Примерова Образцова",
    "Иво Пробен Образцов",
    "Д'Артанян О’Образцов-Примерски",
    "Александър-Константин Димитров Образцов-Примерски",
    "Ян Ли",
)
_STATES = tuple(BoardState)
_PUPILS = tuple(
    Pupil(
        f"pupil-{number}", _NAMES[number % len(_NAMES)], _STATES[number % len(_STATES)], None if number % 5 else _AT
    )
    for number in range(26)
)
_OWN = OwnBoard(
    _OURS,
    "5 б",
    _AT,
    _PUPILS,
    closes=True,
    unsigned=tuple(one for one in _PUPILS if one.state in {BoardState.NEW, BoardState.CHANGED}),
    given=True,
    marks={one.id: "5e9a1c" for one in _PUPILS},
)
_MANY = tuple(
    Pupil(f"00000000-0000-4000-8000-{number:012}", _NAMES[3], BoardState.NEW, _AT) for number in range(MOST_SIGNERS)
)
_MARKS = {one.id: "5e9a1c" for one in _MANY}
_LARGEST = replace(_OWN, class_="паралелка V-ХII Б", pupils=_MANY, unsigned=_MANY, left_out=4, marks=_MARKS)
_WELL = replace(_OWN, pupils=(replace(_PUPILS[0], state=BoardState.IN_USE),), unsigned=())
_ASK = Ask("ask", "school-1", "pupil-1", _AT, "teacher", "tenant", _NAMES[1], "Вера Пробна Колежка", "5 б", "2990001")
_CLOSED = Closed(
    {
        "pupil-0": ReceiptOutcome.DONE,
        "pupil-1": ReceiptOutcome.BEFORE,
        "pupil-2": ReceiptOutcome.UNSEEN,
        "pupil-5": ReceiptOutcome.NEWER,
        "pupil-6": ReceiptOutcome.OTHERWISE,
        "pupil-7": ReceiptOutcome.TAKEN_BACK,
        "pupil-8": ReceiptOutcome.REPLACED,
    },
    {"pupil-3": Reason.FOURTEEN, "pupil-4": Reason.AGE_UNKNOWN},
    {f"pupil-{number}": name for number, name in enumerate(_NAMES)},
)


def _by_teacher(screen: Screen) -> Screen:
    def shown(scene: Scene) -> Reply:
        actor = replace(scene.actor, role=Role.TEACHER, school=None)
        action = Action("own.class", {"class": lists.key_of(_OWN), "page": "1"})
        return screen(replace(scene, actor=actor, action=action))

    return shown


def _each_state() -> Iterator[tuple[str, Screen]]:
    for state in BoardState:
        one = Pupil("pupil-1", _NAMES[3], state, None)
        yield f"own-pupil-{state}", _by_teacher(partial(asking.pupil, own=_OWN, one=one))
    asked = Pupil("pupil-1", _NAMES[0], BoardState.NEW, _AT)
    yield "own-pupil-asked", _by_teacher(partial(asking.pupil, own=_OWN, one=asked))


SAMPLES: tuple[tuple[str, Screen], ...] = (
    ("own-class", _by_teacher(partial(lists.listed, own=_OWN, several=False))),
    ("own-class-everybody", _by_teacher(partial(lists.listed, own=_OWN, several=True, everybody=True, number=1))),
    ("own-class-largest", _by_teacher(partial(lists.listed, own=_LARGEST, several=True, number=3))),
    ("own-class-well", _by_teacher(partial(lists.listed, own=_WELL, several=False))),
    ("own-class-nobody", _by_teacher(partial(lists.listed, own=replace(_OWN, pupils=()), several=False))),
    (
        "own-class-several",
        _by_teacher(partial(lists.which, several=(_OWN, replace(_WELL, school=_THEIRS, class_="11 а")))),
    ),
    (
        "own-classes-nobody",
        _by_teacher(partial(lists.which, several=(_WELL, replace(_OWN, class_="6 а", pupils=())))),
    ),
    ("own-class-none", _by_teacher(partial(lists.refused, decision=Decision(Reason.NOT_CLASS_TEACHER)))),
    *_each_state(),
    ("own-ask-sent", _by_teacher(partial(asking.sent, one=_PUPILS[3], own=_OWN, at=""))),
    ("own-ask-before", _by_teacher(partial(asking.sent, one=_PUPILS[3], own=_OWN, at="24.11.2056 г., 10:00 ч."))),
    ("own-told-ask", partial(news.asked, ask=_ASK)),
    ("own-told-ask-nameless", partial(news.asked, ask=replace(_ASK, teacher_name=""))),
    ("own-told-ask-answered", partial(news.closed, ask=_ASK, ended=ANSWERED)),
    ("own-told-ask-over", partial(news.closed, ask=_ASK, ended=OVER)),
    ("own-told-ask-gone", news.gone),
    *(
        (f"own-told-teacher-{one}", partial(news.told, ask=_ASK, ended=one))
        for one in (ANSWERED, OVER, news.UNREACHED)
    ),
    ("own-closing", _by_teacher(partial(closing.form, own=_OWN))),
    ("own-closing-largest", _by_teacher(partial(closing.form, own=_LARGEST, problem="Моля, отбележете."))),
    ("own-closing-none-given", _by_teacher(partial(closing.form, own=replace(_OWN, given=False)))),
    ("own-closing-grown", _by_teacher(partial(closing.form, own=replace(_OWN, class_="11 а")))),
    ("own-closing-nobody", _by_teacher(partial(closing.form, own=replace(_OWN, unsigned=())))),
    ("own-closed", _by_teacher(partial(closing.noted, own=_OWN, closed=_CLOSED))),
)
