"""Reads lists of accounts, whatever they look like. Takes seconds and memory: only for the child, see
`bot.documents.account_list_reading`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from bot.core.class_links.expected import RosterUnusable
from bot.core.lists.model import (
    BadListRow,
    ColumnQuestion,
    Columns,
    ListFault,
    ListFileFault,
    ListFileNote,
    ListNote,
    ListRowFault,
    ListUnusable,
)
from bot.core.people.identifiers import IdentifierKind
from bot.core.people.spelling import words
from bot.documents.account_list_cells import FileUnread, sheets_of
from bot.documents.account_list_columns import SheetOf
from bot.documents.account_list_guess import Judging
from bot.documents.account_list_people import (
    MOST_NOTES,
    MOST_QUESTIONS,
    ListsRead,
    RowPerson,
    check_list_sizes,
    list_fault,
)
from bot.documents.account_list_rosters import FILES, is_part, is_roster, read_people
from bot.documents.account_list_rows import SheetRead, read_sheet
from bot.documents.limits import LIST_ENDINGS, LONGEST_FILE_NAME, MOST_BAD_ROWS, MOST_LISTED, MOST_USERNAMES
from bot.documents.packages import LEFT_BESIDE, unpacked

_OTHERS_OF = 20
"""More than one row in so many of another school: the whole file is another school's."""


def read_account_lists(
    files: Mapping[str, bytes], *, school_code: str, by: Judging, answers: Mapping[str, Columns]
) -> ListsRead:
    """What the files, or packages of them, say of the school with this code. Errors: ListUnusable."""
    flat = _flat(files)
    if not flat:
        raise ListUnusable(ListFileFault(ListFault.NO_FILES))
    read = ListsRead()
    together = _Together(read)
    if is_roster(flat):
        _roster(flat, school_code, by, read, together)
        for name in sorted(flat):
            if name.lower().endswith(".csv") and not is_part(name.lower()):
                _note(read, ListNote.NOT_READ, name)
        flat = {name: raw for name, raw in flat.items() if not name.lower().endswith(".csv")}
    for name, raw in sorted(flat.items()):
        try:
            _file(name, raw, SheetOf(name, school_code, by, dict(answers)), read, together)
        except FileUnread as error:
            read.faults.append(ListFileFault(error.fault, name))
    together.close()
    if not read.people and not read.questions:
        faults = read.faults or [ListFileFault(ListFault.NOBODY)]
        raise ListUnusable(*faults, bad=tuple(read.bad[:MOST_BAD_ROWS]))
    return read


def _flat(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """By bare names, of two alike by the path, too; those of an export in small letters, as they are asked for."""
    check_list_sizes(files)
    try:
        given = unpacked(files, LIST_ENDINGS)
    except RosterUnusable as error:
        raise ListUnusable(list_fault(error.faults[0])) from None
    check_list_sizes(given)
    found: dict[str, bytes] = {}
    for path, raw in given.items():
        whole = "".join(char for char in path.replace("\\", "/") if char.isprintable())
        name = whole.rpartition("/")[2][-LONGEST_FILE_NAME:]
        if not name.lower().endswith(LIST_ENDINGS) or name.startswith(LEFT_BESIDE):
            continue
        if name.lower() in FILES:
            name = name.lower()
        if name in found:
            name = whole[-LONGEST_FILE_NAME:]
        found[name if name not in found else f"{len(found)}/{name}"[-LONGEST_FILE_NAME:]] = raw
    return found


def _roster(flat: Mapping[str, bytes], school_code: str, by: Judging, read: ListsRead, together: "_Together") -> None:
    try:
        roster = read_people(flat, school_code, by)
    except FileUnread as error:
        read.faults.append(ListFileFault(error.fault, "users.csv"))
        return
    read.kinds.add(roster.kind)
    if roster.secrets:
        read.notes.append(ListFileNote(ListNote.SECRETS, "users.csv"))
    _take("users.csv", roster.people, roster.bad, read, together)


def _file(name: str, raw: bytes, of: SheetOf, read: ListsRead, together: "_Together") -> None:
    """Errors: FileUnread."""
    sheets = sheets_of(name, raw)
    people: list[RowPerson] = []
    bad: list[BadListRow] = []
    silent: list[str] = []
    asked = False
    for sheet in sheets:
        if sheet.hidden:
            _note(read, ListNote.HIDDEN, name, sheet.name)
            continue
        said = read_sheet(sheet, of)
        people += said.people
        bad += said.bad
        if said.asked:
            asked = True
            _ask(said.asked, read)
        elif not said.people and not said.bad and sheet.rows:
            silent.append(sheet.name)
        _noted(said, name, sheet.name, read)
    if len(people) > MOST_LISTED:
        raise FileUnread(ListFault.TOO_LARGE)
    if not people and not bad and not asked:
        raise FileUnread(ListFault.NOBODY)
    for one in silent:
        _note(read, ListNote.NO_PEOPLE, name, one)
    _take(name, people, bad, read, together)


def _ask(asked: ColumnQuestion, read: ListsRead) -> None:
    """One question for all tables with the same heads: the answer is for each, and two may contradict each other."""
    file = asked.place.file
    for number, one in enumerate(read.questions):
        if one.fingerprint == asked.fingerprint:
            named = (one.place.file, *one.also)
            also = one.also if named[-1] == file else (*one.also, file)  # files are read one after the other
            read.questions[number] = replace(one, tables=one.tables + 1, also=also)
            return
    fault = ListFileFault(ListFault.NOT_ASKED, file)
    if len(read.questions) < MOST_QUESTIONS:
        read.questions.append(asked)
    elif fault not in read.faults[-1:]:
        read.faults.append(fault)


def _noted(said: SheetRead, name: str, sheet: str, read: ListsRead) -> None:
    if said.people:
        read.kinds.add(said.kind)
    if said.secrets:
        _note(read, ListNote.SECRETS, name, sheet)


def _note(read: ListsRead, note: ListNote, name: str, sheet: str = "", count: int = 1) -> None:
    if len(read.notes) < MOST_NOTES:
        read.notes.append(ListFileNote(note, name, sheet, count))


def _take(name: str, people: list[RowPerson], bad: list[BadListRow], read: ListsRead, together: "_Together") -> None:
    read.bad += bad
    others = sum(one.why is ListRowFault.OTHER_SCHOOL for one in bad)
    if others * _OTHERS_OF > others + len(people):
        read.faults.append(ListFileFault(ListFault.OTHER_SCHOOL, name))
        return
    for one in people:
        together.add(one)


class _Together:
    """Everybody once, whichever sheets and files name them."""

    def __init__(self, read: ListsRead) -> None:
        self._read = read
        self._at: dict[object, int] = {}
        self._repeated: Counter[str] = Counter()

    def add(self, one: RowPerson) -> None:
        """Somebody new, or more of somebody who was named before; another name or number for the same account is a
        conflict.
        """
        people = self._read.people
        keys: list[object] = [*one.usernames, *one.identifiers]
        known = sorted({self._at[key] for key in keys if key in self._at})
        by_name = (one.name.casefold(), one.class_)
        if not keys and by_name in self._at:
            before = people[self._at[by_name]]
            if (before.place.file, before.place.sheet) != (one.place.file, one.place.sheet):
                known = [self._at[by_name]]
        if len(known) > 1 or (known and not _one_person(people[known[0]], one)):
            self._read.bad.append(BadListRow(one.place, ListRowFault.CONFLICT))
            return
        if known:
            people[known[0]] = _joined(people[known[0]], one)
            self._repeated[one.place.file] += 1
        else:
            if len(people) >= MOST_LISTED:
                raise ListUnusable(ListFileFault(ListFault.TOO_LARGE, one.place.file))
            people.append(one)
        at = known[0] if known else len(people) - 1
        for key in keys:
            self._at[key] = at
        self._at.setdefault(by_name, at)

    def close(self) -> None:
        """Says how many rows said again what others say."""
        for name, count in sorted(self._repeated.items()):
            _note(self._read, ListNote.REPEATED, name, count=count)


def _one_person(one: RowPerson, other: RowPerson) -> bool:
    """Whether two rows with the same account or number are about one person. A name may leave out the middle one, or
    be absent; but not where only a служебен номер is the same: schools number their people, too.
    """
    some, more = sorted((set(words(one.name)), set(words(other.name))), key=len)
    if not some <= more:
        return False
    numbers, others = set(one.identifiers), set(other.identifiers)
    if numbers and others and numbers.isdisjoint(others):
        return False
    sure = not numbers.isdisjoint(each for each in others if each.kind is not IdentifierKind.SERVICE)
    return (
        sure or not set(one.usernames).isdisjoint(other.usernames) or len(some) > 1 or (some == more and bool(some))
    )


def _joined(one: RowPerson, more: RowPerson) -> RowPerson:
    return replace(
        one,
        name=max(one.name, more.name, key=len),
        class_=one.class_ or more.class_,
        usernames=tuple(dict.fromkeys((*one.usernames, *more.usernames)))[:MOST_USERNAMES],
        identifiers=one.identifiers or more.identifiers,
        remarks=tuple(dict.fromkeys((*one.remarks, *more.remarks))),
    )
