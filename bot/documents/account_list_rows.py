"""The people of one sheet: which row is which, and who stands in it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from bot.core.lists.class_cells import class_in_title, is_class, joined_class, names_several_classes
from bot.core.lists.model import (
    BadListRow,
    ColumnMeaning,
    ColumnQuestion,
    Columns,
    ListedAt,
    ListKind,
    ListRemark,
    ListRowFault,
)
from bot.core.lists.policy import tells_who
from bot.core.people.identifiers import Identifier
from bot.core.people.model import Kind
from bot.core.people.usernames import is_students, read_username
from bot.documents.account_list_cells import Cells, ListSheet
from bot.documents.account_list_columns import (
    KNOW_BY,
    OF_ROWS,
    Below,
    SheetOf,
    columns_of,
    first_row,
    is_sum,
    known_heads,
)
from bot.documents.account_list_guess import (
    CellShape,
    exchange_columns,
    is_username,
    names_somebody,
    read_number,
    shape_of,
)
from bot.documents.account_list_heads import are_heads, kind_of, meanings
from bot.documents.account_list_people import RowPerson
from bot.documents.letters import DAMAGED
from bot.documents.limits import LONGEST_TEXT, MOST_USERNAMES

M = ColumnMeaning
_CYRILLIC = re.compile(r"[А-Яа-яѝѐЁёЍ'’ .–-]+")
_NAMES = frozenset({CellShape.NAME, CellShape.WORD})
_SHAPES = {
    M.USERNAME: frozenset({CellShape.USERNAME}),
    M.IDENTIFIER: frozenset({CellShape.IDENTIFIER}),
    M.CLASS: frozenset({CellShape.CLASS}),
    **dict.fromkeys((M.NAME, M.FIRST, M.MIDDLE, M.LAST), _NAMES),
}
"""What stands under a head when the cells of a row are where they belong."""
_HEADS_AGAIN = 3
"""Heads that must be known to be taken for heads below others: a row may have "ученик" and "група" in its cells."""
_ASIDE = re.compile(r"родител|настойни|бележк|телефон|контакт|parent", re.IGNORECASE)
_CODE = re.compile(r"код\w*\D{0,40}\b0?([1-9]\d{5,6})\b", re.IGNORECASE)
_ACCOUNTS_APART = re.compile(r"[|;,\n]")
_NONE = frozenset({"", "-", "–", "—", "няма", "не", "n/a", "без", "null", "none"})
_STUDENTS = re.compile(r"учени\w*|student\w*|у", re.IGNORECASE)
_STAFF = re.compile(
    r"\w*учител\w*|teacher\w*|т|директор\w*|зам\W.*|педагог\w*|психолог\w*|възпитател\w*|staff|служител\w*"
    r"|administrator|principal|faculty|aide|proctor",
    re.IGNORECASE,
)


@dataclass(slots=True)
class SheetRead:
    """What one sheet says. `asked`: it has people, and which column is which must be told first."""

    people: list[RowPerson] = field(default_factory=list)
    bad: list[BadListRow] = field(default_factory=list)
    kind: ListKind = ListKind.TABLE
    asked: ColumnQuestion | None = None
    secrets: bool = False


def read_sheet(sheet: ListSheet, of: SheetOf) -> SheetRead:
    """What the sheet says; nothing when it names nobody. Rows are of another school when they say so, or a title
    above them does.
    """
    whole = [(number, cells) for number, cells in sheet.rows if cells is not None]
    reading = _SheetReading(sheet, of)
    reading.bad_quotes()
    if not whole or reading.aside():
        return reading.read
    above, start, heads = known_heads(whole, of.by)
    reading.titles([cells for _, cells in whole[:above]])
    columns: Columns | ColumnQuestion | None
    if not heads and (columns := exchange_columns([cells for _, cells in whole], of.by)):
        reading.read.kind = ListKind.EXCHANGE
    else:
        if heads:
            reading.read.kind = kind_of(heads)
        else:
            start, heads = first_row(whole, of.by)
            reading.titles([cells for _, cells in whole[: max(start - bool(heads), 0)]])
        columns = columns_of(Below(whole, start, heads, sheet.name, bool(reading.class_)), of)
    if isinstance(columns, ColumnQuestion):
        reading.read.asked = columns
    elif columns is not None:
        reading.take(columns, heads)
        for number, cells in whole[start:]:
            reading.row(number, cells)
    return reading.read


class _SheetReading:
    """Goes through the rows of a sheet, under the heads and titles that stand above each."""

    def __init__(self, sheet: ListSheet, of: SheetOf) -> None:
        self.read = SheetRead()
        self.sheet = sheet.name
        bare = of.file.rpartition("/")[2]
        stem = bare.rpartition(".")[0] or bare
        self.class_ = class_in_title(sheet.name)
        if not self.class_ and not names_several_classes(sheet.name):
            self.class_ = class_in_title(stem)
        self._rows = sheet.rows
        self._usual, _ = max(
            Counter(len(cells or ()) for _, cells in sheet.rows).items(), key=itemgetter(1), default=(0, 0)
        )
        self._of = of
        self._columns: Columns = ()
        self._heads: Cells = []
        self._others = False

    def aside(self) -> bool:
        """Whether the name of the sheet says that it is not about students and staff."""
        return bool(_ASIDE.search(self.sheet))

    def bad_quotes(self) -> None:
        """Rows whose quotation marks do not fit."""
        self.read.bad += [
            BadListRow(self._place(number), ListRowFault.QUOTES) for number, cells in self._rows if cells is None
        ]

    def titles(self, rows: Sequence[Cells]) -> None:
        """What stands above the heads: a class, the code of a school."""
        for cells in rows:
            for cell in filter(None, cells):
                self._title(cell)

    def take(self, columns: Columns, heads: Cells) -> None:
        """The rows that follow have these columns."""
        self._columns, self._heads = columns, heads
        self.read.secrets |= M.SECRET in columns

    def row(self, number: int, cells: Cells) -> None:
        """One row below the heads: a person, heads again, a title, a sum, or nothing."""
        filled = [cell for cell in cells if cell]
        if cells == self._heads or self._again(cells):
            return
        if is_sum(cells):
            return
        if len(filled) > 1 and self._slipped(cells):
            self.read.bad.append(BadListRow(self._place(number), ListRowFault.QUOTES))
            return
        if len(filled) == 1 and self._title(filled[0]):
            return
        cell_of = self._cells(cells)
        if any(cell_of[meaning] for meaning in (M.NAME, M.FIRST, M.LAST, M.USERNAME, M.IDENTIFIER)):
            self._person(number, cell_of, alone=len(filled) == 1)
        elif len(filled) > 1 and not tells_who(self._columns):
            self.read.bad.append(BadListRow(self._place(number), ListRowFault.LACKS))

    def _slipped(self, cells: Cells) -> bool:
        """Whether a row of a text has more or fewer cells than its heads: the password may stand in any of them. Some
        programs put a delimiter at the end of each row but the first; Excel leaves out those behind the last cell
        with something in it.
        """
        if self.sheet or M.SECRET not in self._columns:
            return False
        width = len(self._heads or self._columns)
        if len(cells) >= width:
            return len(cells) > width and (len(cells) != self._usual or any(cells[width:]))
        left_out = set(self._columns[len(cells) :]) <= {M.NOTHING}
        return not left_out or not (len(cells) == self._usual or self._fit(cells))

    def _fit(self, cells: Cells) -> bool:
        """Whether each cell that is read is one of its head, and somebody can be known by one of them."""
        known = [
            meaning
            for meaning, cell in zip(self._columns, cells, strict=False)
            if meaning in KNOW_BY and shape_of(cell, self._of.by) in _SHAPES[meaning]
        ]
        return bool(known) and all(
            not cell or meaning not in _SHAPES or self._is(meaning, cell)
            for meaning, cell in zip(self._columns, cells, strict=False)
        )

    def _is(self, meaning: ColumnMeaning, cell: str) -> bool:
        fits = shape_of(cell, self._of.by) in _SHAPES[meaning]
        return fits and (meaning in KNOW_BY or meaning is M.CLASS or _CYRILLIC.fullmatch(cell) is not None)

    def _again(self, cells: Cells) -> bool:
        """Whether these are heads of another table below the first. One of passwords is told by less."""
        known = meanings(cells)
        secret = M.SECRET in known
        if not secret and any(char.isdigit() for cell in cells for char in cell):
            return False
        if secret:
            again = self._about_nobody(cells) and (are_heads(known) or self._starts_secrets(cells, known))
        else:
            again = are_heads(known) and len([one for one in known if one is not None]) >= _HEADS_AGAIN
        if again:
            self.take(tuple(one or M.NOTHING for one in known), cells)
        return again

    def _about_nobody(self, cells: Cells) -> bool:
        """A password may have the word of a head in it: such a row has somebody's name or number, too."""
        shapes = [shape_of(cell, self._of.by) for cell in cells]
        return OF_ROWS.isdisjoint(shapes) and not any(
            shape is CellShape.NAME and names_somebody(cell, like_below=True)
            for cell, shape in zip(cells, shapes, strict=True)
        )

    def _starts_secrets(self, cells: Cells, known: Sequence[ColumnMeaning | None]) -> bool:
        """Whether a head of passwords stands over a column that is being read."""
        unread = [one in {M.SECRET, M.NOTHING} for one in self._columns]
        over = any(one is M.SECRET and not before for one, before in zip(known, unread, strict=False))
        return over and sum(map(bool, cells)) > 1

    def _title(self, text: str) -> bool:
        """Whether it is one that tells something."""
        if code := _CODE.search(text):
            self._others = code[1].lstrip("0") != self._of.school_code.lstrip("0")
        told = bool(found := class_in_title(text)) or names_several_classes(text)
        if told:
            self.class_ = found
        return bool(code or told)

    def _cells(self, cells: Cells) -> dict[ColumnMeaning, list[str]]:
        found: dict[ColumnMeaning, list[str]] = {meaning: [] for meaning in M}
        for meaning, cell in zip(self._columns, cells, strict=False):
            if cell and meaning is not M.SECRET and meaning is not M.NOTHING:
                found[meaning].append(cell)
        return found

    def _person(self, number: int, cell_of: dict[ColumnMeaning, list[str]], *, alone: bool) -> None:
        place = self._place(number)
        name = " ".join(cell_of[M.NAME][:1] or [*cell_of[M.FIRST], *cell_of[M.MIDDLE], *cell_of[M.LAST]])
        remarks: list[ListRemark] = []
        usernames = self._usernames(cell_of[M.USERNAME], remarks)
        identifiers, rounded = self._identifiers(cell_of[M.IDENTIFIER], remarks)
        class_ = self._class(cell_of, remarks)
        why: ListRowFault | None = None
        written = cell_of[M.SCHOOL][:1]
        kind = self._kind_of(cell_of[M.KIND], usernames)
        if any(DAMAGED in cell for each in cell_of.values() for cell in each):
            why = ListRowFault.LETTERS
        elif self._others or (written and written[0].lstrip("0") != self._of.school_code.lstrip("0")):
            why = ListRowFault.OTHER_SCHOOL
        elif kind is None:
            why = ListRowFault.ROLE
        elif not usernames and not identifiers:
            named = shape_of(name, self._of.by) in {CellShape.NAME, CellShape.WORD}
            if alone and not named:
                return  # a note
            # A name alone where others have more may be that of who has signed the list.
            if not (named and class_) or (alone and KNOW_BY & set(self._columns)):
                why = _why(remarks, rounded=rounded)
        if why is not None or kind is None:
            self.read.bad.append(BadListRow(place, why or ListRowFault.ROLE))
            return
        self.read.people.append(
            RowPerson(name[:LONGEST_TEXT], class_, usernames, identifiers, kind, place, tuple(dict.fromkeys(remarks)))
        )

    def _usernames(self, cells: Sequence[str], remarks: list[ListRemark]) -> tuple[str, ...]:
        """Of a cell with several words only what looks like a username: beside it the password may stand."""
        found: list[str] = []
        doubts: list[ListRemark] = []
        for cell in cells:
            parts = self._parts(cell)
            for part in parts:
                username = read_username(part, self._of.by.domain)
                if username and (len(parts) == 1 or is_username(part, self._of.by.domain)):
                    found.append(username)
                else:
                    doubts.append(ListRemark.USERNAME if username or "@" not in part else ListRemark.DOMAIN)
        if not found or ListRemark.USERNAME in doubts:
            remarks += doubts
        return tuple(dict.fromkeys(found))[:MOST_USERNAMES]

    def _parts(self, cell: str) -> list[str]:
        """The words of a cell but for those that say that there is none."""
        apart = [part.strip() for part in _ACCOUNTS_APART.split(cell)]
        words = [
            word for part in apart for word in ([part] if is_username(part, self._of.by.domain) else part.split())
        ]
        return [word for word in words if word.casefold() not in _NONE]

    def _identifiers(self, cells: Sequence[str], remarks: list[ListRemark]) -> tuple[tuple[Identifier, ...], bool]:
        written = [cell for cell in cells if cell.casefold() not in _NONE]
        if not written:
            return (), False
        read = read_number(written[0], self._of.by)
        if not read.identifiers:
            remarks.append(ListRemark.IDENTIFIER)
        if read.lost_zero:
            remarks.append(ListRemark.LOST_ZERO)
        if read.doubtful:
            remarks.append(ListRemark.CHECK_DIGIT)
        return read.identifiers, read.rounded

    def _class(self, cell_of: dict[ColumnMeaning, list[str]], remarks: list[ListRemark]) -> str:
        class_, letter = (" ".join(cell_of[meaning][:1]) for meaning in (M.CLASS, M.LETTER))
        if not class_ and not letter:
            return self.class_
        found, remark = joined_class(class_, letter)
        if not is_class(found) and is_class(self.class_) and self.class_.startswith(f"{found} "):
            return self.class_  # the cell has the grade alone, the title the whole
        if remark is not None:
            remarks.append(remark)
        return found

    @staticmethod
    def _kind_of(cells: Sequence[str], usernames: Sequence[str]) -> Kind | None:
        if cells:
            word = cells[0]
            if _STUDENTS.fullmatch(word):
                return Kind.STUDENT
            return Kind.TEACHER if _STAFF.fullmatch(word) else None
        locals_ = [one.partition("@")[0] for one in usernames]
        staff = any("." in one for one in locals_) and not any(is_students(one) for one in locals_)
        return Kind.TEACHER if staff else Kind.STUDENT

    def _place(self, number: int) -> ListedAt:
        return ListedAt(self._of.file, self.sheet, number)


def _why(remarks: Sequence[ListRemark], *, rounded: bool) -> ListRowFault:
    if rounded:
        return ListRowFault.ROUNDED
    for remark, fault in (
        (ListRemark.IDENTIFIER, ListRowFault.IDENTIFIER),
        (ListRemark.USERNAME, ListRowFault.USERNAME),
        (ListRemark.DOMAIN, ListRowFault.DOMAIN),
    ):
        if remark in remarks:
            return fault
    return ListRowFault.LACKS
