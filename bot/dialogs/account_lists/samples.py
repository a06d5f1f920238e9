"""A small invented school and its list for the gallery. Nothing in the product imports this."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.conversation import Reply
from bot.core.accounts.board import board
from bot.core.accounts.model import Account, BoardRow, BoardTiming
from bot.core.intake.season import DayOfYear, Season
from bot.core.lists.hold import HeldPerson, HeldState, hold
from bot.core.lists.kept import ElsewhereAccount, FolderTrouble, KeptAccountList, Resolved
from bot.core.lists.model import (
    BadListRow,
    ListedAt,
    ListedPerson,
    ListFault,
    ListFileFault,
    ListRemark,
    ListRowFault,
)
from bot.core.lists.show import SeenList
from bot.core.one_time_links import Offered
from bot.core.people.model import Kind, School
from bot.dialogs.account_lists import files, people, screens
from bot.dialogs.account_lists.cases import HeldBoard
from bot.dialogs.dialog import Scene

_AT = datetime(2056, 11, 24, 8, 5, tzinfo=UTC)
_SCHOOL = School("school-1", "2990001", "СУ „Свети Климент“", "гр. Примерово")
_FOLDER = "НЕИСПУО/Профили"
_LONG = "Александра-Виктория Примерова-Образцова"


def _account(number: int, name: str, username: str, *, enabled: bool | None = True) -> BoardRow:
    upn = f"{username}@edu.mon.bg"
    return BoardRow(Account(f"person-{number}", name, upn, Kind.STUDENT, "5 б", enabled, _AT, _AT))


def _listed(
    name: str, *usernames: str, number: str = "", row: int = 2, remark: ListRemark | None = None
) -> ListedPerson:
    return ListedPerson(
        name,
        "5 б",
        tuple(f"{one}@edu.mon.bg" for one in usernames),
        (number,) if number else (),
        Kind.STUDENT,
        ListedAt("5 б клас.xlsx", "5 б клас", row),
        (remark,) if remark else (),
    )


_ROWS = (
    _account(1, "Ива Пробна Брезова", "ib012345601"),
    _account(2, "Рада Пробна Вихрова", "rv012345602"),
    _account(3, "Мая Пробна Спряна", "ms012345603", enabled=False),
    _account(4, "Иво Пробен Липов", "il012345604"),
    _account(5, "Иво Пробен Липов", "il012345605"),
    _account(6, "Друг Човек", "dc012345606"),
    _account(8, "Сменила Пробна Името", "sp012345610"),
    _account(9, "Вяра Пробна Новачка", "vn012345611"),
    _account(7, "Извън Списъка Пробен", "ip012345607"),
)
_PEOPLE = (
    _listed("Ива Пробна Брезова", "ib012345601"),
    _listed("Рада Вихрова", "r012345602", row=3, remark=ListRemark.LOST_ZERO),
    _listed("Мая Спряна", "ms012345603", row=4),
    _listed("Иво Липов", number="two", row=5),
    _listed("Сава Несъвпадащ", "dc012345606", row=6),
    _listed("Цвета Пробна Преместена", "cp012345608", row=7),
    *(_listed(f"{_LONG} {number}", row=10 + number, remark=ListRemark.CLASS) for number in range(20)),
    replace(_listed("", "nn012345609", row=40), class_=""),
    replace(_listed("Учител Нов Пробен", row=41), kind=Kind.TEACHER, class_=""),
    _listed("Сменила Пробна Името", "si012345600", number="ten", row=42),
    _listed("Вяра Пробна Новачка", number="nine", row=43),
)
_RESOLVED = Resolved(
    _AT,
    {"two": ("person-4", "person-5"), "ten": ("person-8",)},
    {},
    (ElsewhereAccount("away", "Цвета Пробна Преместена", "cp012345608@edu.mon.bg", enabled=True),),
)
_KEPT = KeptAccountList(
    _SCHOOL.id, _AT, _AT - timedelta(days=2), _PEOPLE, checked_at=_AT - timedelta(hours=1), resolved=_RESOLVED
)
_BAD = replace(
    _KEPT,
    bad=(BadListRow(ListedAt("5 б клас.xlsx", "", 9), ListRowFault.LACKS),),
    bad_rows=3,
    faults=(ListFileFault(ListFault.MACROS, f"{_LONG}.xlsm"), ListFileFault(ListFault.OLD_FORMAT, "стар.xls")),
    asked=2,
    trouble=FolderTrouble.LOCKED,
    resolved=None,
)

_MANY = replace(
    _KEPT,
    bad=tuple(BadListRow(ListedAt(f"{_LONG} {number}.xlsx", "", 9), ListRowFault.LACKS) for number in range(1, 20)),
)


def _seen(kept: KeptAccountList | None) -> HeldBoard:
    seen = board(_SCHOOL, _AT, _ROWS, BoardTiming())
    if kept is None or not kept.people:
        return HeldBoard(seen, SeenList(kept))
    accounts = [one.row.account for one in seen.people]
    resolved = kept.resolved or Resolved(_AT)
    held = hold(kept.people, accounts, numbers=resolved.numbers, elsewhere=resolved.elsewhere)
    return HeldBoard(seen, SeenList(kept, held.people, len(held.unlisted)))


def _overview(
    scene: Scene, kept: KeptAccountList | None = _KEPT, *, woken: bool = False, pages: bool = True
) -> Reply:
    return screens.overview(scene, _seen(kept), folder=_FOLDER, woken=woken, pages=pages)


def _trouble(scene: Scene, trouble: FolderTrouble) -> Reply:
    kept = KeptAccountList(_SCHOOL.id, _AT, _AT, checked_at=_AT, trouble=trouble)
    return screens.overview(scene, _seen(kept), folder=_FOLDER)


def _file(scene: Scene, fault: ListFault) -> Reply:
    """A file of the folder that Microsoft does not give."""
    return _overview(scene, replace(_KEPT, faults=(ListFileFault(fault, "нови.xlsx"),)))


def _state(scene: Scene, state: HeldState, number: int = 0) -> Reply:
    return people.listed(scene, _seen(_KEPT), state, number)


def _person(scene: Scene, state: HeldState) -> Reply:
    seen = _seen(_KEPT)
    row, mine = _OF[state]
    accounts = [one.row.account for one in seen.board.people if one.id in mine]
    return people.of_person(scene, seen, HeldPerson(row, state, tuple(accounts)), Season())


def _files(scene: Scene, kept: KeptAccountList | None = _KEPT, said: str = "") -> Reply:
    return files.listed(scene, _seen(kept), scene.t(said) if said else "")


def _removing(scene: Scene, kept: KeptAccountList = _KEPT) -> Reply:
    return files.sure(scene, _seen(kept), kept, "5 б клас.xlsx", _FOLDER)


def _entering(scene: Scene) -> Reply:
    """Somebody of a grade of intake, in its time."""
    row = replace(_listed("Постъпваща Пробна Ученичка", number="eight", row=8), class_="8 б")
    always = Season(DayOfYear(1, 1), DayOfYear(12, 31))
    return people.of_person(scene, _seen(_KEPT), HeldPerson(row, HeldState.ONLY_LISTED), always)


_OF: Mapping[HeldState, tuple[ListedPerson, tuple[str, ...]]] = {
    HeldState.ONLY_LISTED: (_PEOPLE[6], ()),
    HeldState.FOUND: (_PEOPLE[0], ("person-1",)),
    HeldState.FORMER_USERNAME: (_PEOPLE[1], ("person-2",)),
    HeldState.OTHER_USERNAME: (_PEOPLE[-2], ("person-8",)),
    HeldState.BY_NAME: (_PEOPLE[-1], ("person-9",)),
    HeldState.DISABLED: (_PEOPLE[2], ("person-3",)),
    HeldState.TWO: (_PEOPLE[3], ("person-4", "person-5")),
    HeldState.UNSURE: (_PEOPLE[4], ("person-6",)),
    HeldState.OTHER_SCHOOL: (_PEOPLE[5], ()),
}
"""The row of each state, and ids of the accounts in the school."""


def _way_out(scene: Scene) -> Reply:
    address = f"https://bot.example/links/people/{'t' * 43}"
    return screens.way_out(scene, address, Offered("t" * 43, _AT + timedelta(minutes=30)))


SAMPLES = (
    ("account-lists", _overview),
    ("account-lists-amiss", partial(_overview, kept=_BAD)),
    *(
        (f"account-lists-file-{fault}", partial(_file, fault=fault))
        for fault in (ListFault.LOCKED, ListFault.REFUSED)
    ),
    ("account-lists-none", partial(_overview, kept=None, woken=True)),
    ("account-lists-no-pages", partial(_overview, kept=None, pages=False)),
    *((f"account-lists-trouble-{trouble}", partial(_trouble, trouble=trouble)) for trouble in FolderTrouble),
    *((f"account-lists-state-{state}", partial(_state, state=state)) for state in HeldState),
    ("account-lists-person-entering", _entering),
    ("account-lists-state-second-page", partial(_state, state=HeldState.ONLY_LISTED, number=2)),
    *((f"account-lists-person-{state}", partial(_person, state=state)) for state in HeldState),
    ("account-lists-upload", _way_out),
    ("account-lists-files", _files),
    ("account-lists-files-removed", partial(_files, kept=None, said="listed-file-removed")),
    ("account-lists-files-many", partial(_files, kept=_MANY)),
    ("account-lists-removing", _removing),
    ("account-lists-in-folder", partial(_removing, kept=replace(_KEPT, from_folder=frozenset({"5 б клас.xlsx"})))),
)
