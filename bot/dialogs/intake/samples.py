"""Small invented schools for the gallery: what intake shows of them. Nothing in the product imports this."""

from datetime import UTC, datetime
from functools import partial

from bot.conversation import Reply
from bot.core.accounts.board import Board
from bot.core.accounts.board import board as board_of
from bot.core.accounts.model import Account, BoardRow, BoardTiming, Receipt
from bot.core.handover.model import Recipient
from bot.core.intake.model import IntakeFault, LeftOut, Newcomer, TakenIn
from bot.core.intake.season import DayOfYear, Season
from bot.core.people.model import AccountState, Kind, School
from bot.dialogs.dialog import Scene
from bot.dialogs.intake import others, own

_AT = datetime(2056, 11, 24, 8, 5, tzinfo=UTC)
_SCHOOL = School("school-1", "2990001", "СУ „Свети Климент“", "гр. Примерово")
_TIMING = BoardTiming()
_OPEN, _CLOSED = Season(DayOfYear(1, 1), DayOfYear(12, 31)), Season(DayOfYear(6, 1), DayOfYear(9, 14))
_LONG = "Александра-Виктория Примерова-Образцова"


def _row(number: int, class_: str) -> BoardRow:
    name = _LONG if number % 7 == 0 else f"Ученик Пробен Примеров {number}"
    username = f"ab{number:08}@edu.mon.bg"
    account = Account(f"person-{number}", name, username, Kind.STUDENT, class_, number % 11 != 0, _AT, _AT)
    return BoardRow(
        account, receipt=Receipt("receipt", _AT, Recipient.STUDENT, _SCHOOL.id) if number % 3 == 0 else None
    )


def _board(*rows: BoardRow) -> Board:
    return board_of(_SCHOOL, _AT, rows, _TIMING)


_CLASSES = ("1 а", "5 б", "8 а", "8 б", "11 в", "3 а", "")
_SEEN = _board(*(_row(number, _CLASSES[number % len(_CLASSES)]) for number in range(1, 120)))
_FOUND = TakenIn(
    "8",
    (
        Newcomer(1, "Калина Примерова Образцова", "ko01460540@edu.mon.bg", AccountState.ACTIVE, own=False),
        Newcomer(2, _LONG, "ap02460540@edu.mon.bg", AccountState.BEING_CREATED, own=False),
        Newcomer(4, "Иво Пробен Образцов", "io03460540@edu.mon.bg", AccountState.ACTIVE, own=True),
    ),
    (
        *(
            LeftOut(5 + number, fault)
            for number, fault in enumerate(IntakeFault)
            if fault is not IntakeFault.REPEATED
        ),
        LeftOut(20, IntakeFault.NOT_FOUND),
        LeftOut(21, IntakeFault.REPEATED, 1),
    ),
    391,
)
_WHOLE_CLASS = TakenIn(
    "8",
    tuple(
        Newcomer(number, _LONG, f"ab{number:09}@edu.mon.bg", AccountState.BEING_CREATED, own=False)
        for number in range(1, 31)
    ),
    (),
    0,
)
_NOBODY = TakenIn("1", (), (LeftOut(1, IntakeFault.NOT_FOUND),), 399)


def _form(scene: Scene, grade: str = "") -> Reply:
    return others.of_form(scene, _OPEN, grade, 400)


SAMPLES = (
    ("intake-overview", partial(own.overview, seen=_SEEN, season=_OPEN)),
    ("intake-overview-closed", partial(own.overview, seen=_SEEN, season=_CLOSED)),
    ("intake-overview-nobody", partial(own.overview, seen=_board(), season=_OPEN)),
    ("intake-grade", partial(own.of_grade, seen=_SEEN, timing=_TIMING, season=_OPEN, chosen="8", number=1)),
    ("intake-grade-nobody", partial(own.of_grade, seen=_board(), timing=_TIMING, season=_CLOSED, chosen="5")),
    ("intake-form", _form),
    ("intake-form-grade", partial(_form, grade="8")),
    ("intake-closed", partial(others.closed, season=_CLOSED)),
    ("intake-answer", partial(others.answer, taken=_FOUND)),
    ("intake-answer-class", partial(others.answer, taken=_WHOLE_CLASS)),
    ("intake-answer-nobody", partial(others.answer, taken=_NOBODY)),
)
