"""Small invented schools for the gallery: what each screen shows of them. Nothing in the product imports this."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.conversation import Action, Reply
from bot.core.accounts.board import Board
from bot.core.accounts.board import board as board_of
from bot.core.accounts.model import (
    Account,
    BoardRow,
    BoardTiming,
    Ending,
    GivenPassword,
    Receipt,
    View,
    Week,
)
from bot.core.handover.model import Recipient
from bot.core.one_time_links import Offered
from bot.core.people.model import Kind, School
from bot.dialogs.accounts import board, news, people, table
from bot.dialogs.accounts.selection import Selection
from bot.dialogs.dialog import Scene

_AT = datetime(2056, 11, 24, 8, 5, tzinfo=UTC)
_MADE, _OLD = _AT - timedelta(days=9), _AT - timedelta(days=700)
_SCHOOL = School("school-1", "2990001", "СУ „Свети Климент“", "гр. Примерово")
_TIMING = BoardTiming()
_LONG = "Александра-Виктория Примерова-Образцова"


def _row(number: int, class_: str = "1 а", **more: object) -> BoardRow:
    """Not handed over and new, unless changed."""
    kind = Kind.STUDENT if class_ else Kind.TEACHER
    name = _LONG if number % 7 == 0 else f"Ученик Пробен Примеров {number}"
    account = Account(f"person-{number}", name, f"ab{number:08}@edu.mon.bg", kind, class_, True, _MADE, _MADE)
    return BoardRow(replace(account, **more))  # type: ignore[arg-type]  # fields by name


def _given(row: BoardRow, **more: object) -> BoardRow:
    at = _AT - timedelta(days=1)
    given = GivenPassword(asked_at=at, set_at=at, shown_at=at + timedelta(minutes=1))
    return replace(row, given=replace(given, **more))  # type: ignore[arg-type]  # fields by name


def _handed(row: BoardRow, to: Recipient = Recipient.STUDENT) -> BoardRow:
    return replace(row, receipt=Receipt("receipt", _AT - timedelta(hours=3), to))


_ROWS = (
    _row(1),
    replace(_row(2), asked_at=_AT - timedelta(hours=2)),
    _given(_row(3, changed=_AT - timedelta(days=1))),
    _given(_row(4), shown_at=None),
    _given(_row(5), set_at=None, shown_at=None, failed=True),
    _given(_row(6), ending=Ending.REPLACED),
    _handed(_row(7)),
    _handed(_given(_row(8, changed=_AT - timedelta(days=1))), Recipient.PARENT),
    _handed(_row(9, changed=_AT - timedelta(hours=1))),
    _row(10, created=_OLD, changed=_OLD + timedelta(days=30)),
    _row(11, created=_OLD, changed=_OLD),
    _row(12, enabled=False),
    _row(13, enabled=None, created=None, changed=None),
    _row(14, twin=True),
    _row(15, class_=""),
    _handed(_row(16, class_="", signed_in=_AT), Recipient.TEACHER),
)
_WEEKS = tuple(
    Week(
        (datetime(2056, 9, 11, tzinfo=UTC) + timedelta(weeks=number)).date().isoformat(),
        90 * number,
        1500,
        40 * number,
    )
    for number in range(11)
)


def _board(*rows: BoardRow, at: datetime = _AT, weeks: tuple[Week, ...] = _WEEKS) -> Board:
    return board_of(_SCHOOL, at, rows, _TIMING, weeks)


def _of_the_country() -> Iterator[BoardRow]:
    """A school of 1,500 in 60 classes, half of it handed over, a quarter used."""
    for number in range(1, 1_501):
        row = _row(number + 100, f"{number % 12 + 1} {'абвгд'[number % 5]}")
        yield (row, _handed(row), _handed(_row(number + 100, row.account.class_, changed=_AT)), row)[number % 4]


_SEEN = _board(*_ROWS)
_LARGE = _board(*_of_the_country())
_CROWD = _board(*(_row(number, "5 б") for number in range(60)))
_DONE = _board(*(_handed(_row(number, changed=_AT)) for number in range(20)))
_WITHOUT_CLASS = _board(replace(_row(1), account=replace(_row(1).account, class_="")))


def _overview(scene: Scene, seen: Board = _SEEN, page: int = 0) -> Reply:
    return board.overview(scene, seen, _TIMING, page=page)


def _list(scene: Scene, view: View, seen: Board = _SEEN, class_: str = "", page: int = 0) -> Reply:
    return people.listed(scene, seen, _TIMING, Selection(view, class_), page)


def _person(scene: Scene, number: int) -> Reply:
    one = _SEEN.one(f"person-{number}")
    assert one is not None  # noqa: S101 -- of this file
    from_list = Action("accounts.person", {"what": "not-handed", "page": "0", "person": one.id})
    return people.of_person(replace(scene, action=from_list), _SEEN, _TIMING, one)


def _way_out(scene: Scene) -> Reply:
    address = f"https://bot.example/links/accounts/{'t' * 43}"
    return table.way_out(scene, address, Offered("t" * 43, _AT + timedelta(minutes=10)))


SAMPLES = (
    ("accounts-board", _overview),
    ("accounts-board-large", partial(_overview, seen=_LARGE)),
    ("accounts-board-large-second-page", partial(_overview, seen=_LARGE, page=1)),
    ("accounts-board-done", partial(_overview, seen=_DONE)),
    ("accounts-board-empty", partial(_overview, seen=_board(weeks=()))),
    ("accounts-board-old", partial(_overview, seen=_board(*_ROWS, at=_AT - timedelta(days=2)))),
    ("accounts-board-none-countable", partial(_overview, seen=_board(*_ROWS[11:14]))),
    ("accounts-board-without-class", partial(_overview, seen=_WITHOUT_CLASS)),
    *((f"accounts-list-{view}", partial(_list, view=view)) for view in View if view is not View.CLASS),
    ("accounts-list-class", partial(_list, view=View.CLASS, class_="1 а")),
    ("accounts-list-class-of-sixty", partial(_list, view=View.CLASS, seen=_CROWD, class_="5 б", page=3)),
    ("accounts-list-class-of-nobody", partial(_list, view=View.CLASS, class_="9 я")),
    *((f"accounts-person-{number}", partial(_person, number=number)) for number in range(1, 17)),
    ("accounts-weeks", partial(board.of_weeks, seen=_LARGE)),
    ("accounts-weeks-none", partial(board.of_weeks, seen=_board(weeks=()))),
    ("accounts-table", _way_out),
    ("accounts-told-new", partial(news.of_new, count=24)),
    ("accounts-told-new-one", partial(news.of_new, count=1)),
    ("accounts-told-week", partial(news.of_week, counts=_SEEN.counts)),
)
