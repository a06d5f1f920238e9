"""School Data Sync v2.1 and OneRoster 1.1 and 1.2 as lists of accounts: who is in the school, not who is in a class.

Formats: learn.microsoft.com/schooldatasync (SDS v2.1 CSV), 1EdTech OneRoster 1.1 and 1.2 CSV bindings. All three have
a column of passwords, which is not looked at.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.class_links.expected import RosterUnusable
from bot.core.lists.class_cells import class_in, is_class
from bot.core.lists.model import BadListRow, ListedAt, ListFault, ListKind, ListRemark, ListRowFault
from bot.core.people.classes import LONGEST_CLASS, classes_of_team, normalise_grade
from bot.core.people.identifiers import Identifier
from bot.core.people.model import Kind
from bot.core.people.usernames import read_username
from bot.documents.account_list_cells import Cells, FileUnread, text_rows
from bot.documents.account_list_guess import Judging, is_username, read_number
from bot.documents.account_list_people import RowPerson
from bot.documents.letters import DAMAGED, text_of
from bot.documents.limits import LONGEST_TEXT, MOST_LISTED, MOST_ROWS
from bot.documents.records import TooLong
from bot.documents.roster_people import PARTS, Part

_USERS, _ROLES, _ORGS, _CLASSES, _PLACES = "users.csv", "roles.csv", "orgs.csv", "classes.csv", "enrollments.csv"
FILES = frozenset({_USERS, _ROLES, _ORGS, _CLASSES, _PLACES})
_OTHER_PARTS = re.compile(
    r"(?:manifest|academicsessions|courses|demographics|relationships|categories|lineitems|results|scorescales"
    r"|(?:user|course|class)?resources|user(?:flags|profiles)|(?:lineitem|result)(?:learningobjectiveids|scorescales))\.csv"
)
"""What else belongs to an export."""
_GONE = frozenset({"tobedeleted", "inactive"})
_RELATIVES = frozenset({"parent", "guardian", "relative"})
_STATE_IDS = re.compile(r"\{[^:}]*:([^}]*)\}")


@dataclass(slots=True)
class RosterRead:
    """`left_out` are relatives, whom nobody counts."""

    kind: ListKind
    people: list[RowPerson] = field(default_factory=list)
    bad: list[BadListRow] = field(default_factory=list)
    secrets: bool = False


def is_roster(files: Mapping[str, bytes]) -> bool:
    """Whether these are files of an export; `files` by their own names in small letters."""
    return _USERS in files and b"sourcedid" in files[_USERS][:400].replace(b"\0", b"").lower()


def is_part(name: str) -> bool:
    """Whether a file of this name, in small letters, is of an export."""
    return name in FILES or bool(_OTHER_PARTS.fullmatch(name))


def read_people(files: Mapping[str, bytes], school_code: str, by: Judging) -> RosterRead:
    """Everybody of the school whom the files name. Errors: FileUnread."""
    tables = {name: _Rows(name, files[name]) for name in FILES if name in files}
    users = tables[_USERS]
    read = RosterRead(_kind(files, users), secrets="password" in users.heads)
    read.bad += [BadListRow(ListedAt(_USERS, "", number), ListRowFault.QUOTES) for number in users.unfit]
    orgs = _own(tables.get(_ORGS), school_code)
    roles = _roles(tables.get(_ROLES))
    classes = _class_names(tables)
    for number, row in users:
        place = ListedAt(_USERS, "", number)
        found = _person(row, roles.get(row["sourcedid"], []), orgs, by, place)
        if isinstance(found, ListRowFault):
            read.bad.append(BadListRow(place, found))
        elif found is not None:
            named = classes.get(row["sourcedid"]) if found.kind is Kind.STUDENT else None
            class_ = min(named, key=lambda one: (-named[one], one)) if named else found.class_
            read.people.append(
                RowPerson(found.name, class_, found.usernames, found.identifiers, found.kind, place, found.remarks)
            )
    return read


class _Rows:
    """The rows of one file by the heads of its columns in small letters, an absent one empty."""

    def __init__(self, name: str, raw: bytes) -> None:
        try:
            rows = text_rows(text_of(name, raw), MOST_ROWS if name == _PLACES else MOST_LISTED)
        except (RosterUnusable, TooLong) as error:
            raise FileUnread(ListFault.TOO_LARGE if isinstance(error, TooLong) else ListFault.NOT_TEXT) from None
        first = rows[0][1] if rows else None
        self.heads = [head.lower() for head in first or ()]
        width = len(self.heads) if "password" in self.heads else None
        self._rows: list[tuple[int, Cells]] = []
        self.unfit: list[int] = []
        """Rows whose quotation marks do not fit; beside passwords also cells: one may stand in any of them."""
        for number, cells in rows[1:]:
            if cells is None or len(cells) != (width or len(cells)):
                self.unfit.append(number)
            else:
                self._rows.append((number, cells))

    def __iter__(self) -> Iterator[tuple[int, defaultdict[str, str]]]:
        for number, cells in self._rows:
            row = defaultdict(str, zip(self.heads, cells, strict=False))
            row.pop("password", None)
            if row["status"].lower() not in _GONE:
                yield number, row


def _kind(files: Mapping[str, bytes], users: _Rows) -> ListKind:
    if "activedirectorymatchid" in users.heads or not {"userids", "role", "enableduser"} & set(users.heads):
        return ListKind.SDS
    return (
        ListKind.ONEROSTER_1_2
        if _ROLES in files or "usermasteridentifier" in users.heads
        else (ListKind.ONEROSTER_1_1)
    )


def _own(orgs: _Rows | None, school_code: str) -> frozenset[str] | None:
    """The ids under which the files know the school; None when they do not tell of schools."""
    if orgs is None:
        return None
    code = school_code.lstrip("0")
    return frozenset(
        row["sourcedid"] for _, row in orgs if code in {row[one].lstrip("0") for one in ("sourcedid", "identifier")}
    )


@dataclass(frozen=True, slots=True)
class _Role:
    role: str
    org: str
    grade: str


def _roles(rows: _Rows | None) -> dict[str, list[_Role]]:
    found: dict[str, list[_Role]] = defaultdict(list)
    for _, row in rows or ():
        found[row["usersourcedid"]].append(_Role(row["role"].lower(), row["orgsourcedid"], row["grade"]))
    return found


def _class_names(tables: Mapping[str, _Rows]) -> dict[str, Counter[str]]:
    """The classes that the titles of a student's curriculum rows name, with how often."""
    titles = {row["sourcedid"]: row["title"] for _, row in tables.get(_CLASSES, ())}
    named = {one: classes_of_team(title) or _bare(title) for one, title in titles.items()}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for _, row in tables.get(_PLACES, ()):
        if row["role"].lower() == "student":
            found[row["usersourcedid"]].update(named.get(row["classsourcedid"], ()))
    return {one: counted for one, counted in found.items() if counted}


def _bare(title: str) -> tuple[str, ...]:
    found, _ = class_in(title)
    return (found,) if is_class(found) else ()


def _person(
    row: Mapping[str, str], roles: list[_Role], orgs: frozenset[str] | None, by: Judging, place: ListedAt
) -> RowPerson | ListRowFault | None:
    """None for relatives."""
    given = {row["role"].lower()} if row["role"] else {one.role for one in roles}
    if given and given <= _RELATIVES:
        return None
    at = {one.org for one in roles if one.org} | {
        one for one in (*row["orgsourcedids"].split(","), row["primaryorgsourcedid"]) if one
    }
    if any(DAMAGED in cell for cell in row.values()):
        return ListRowFault.LETTERS
    if orgs is not None and at and not at & orgs:
        return ListRowFault.OTHER_SCHOOL
    kind = _kind_of(given)
    if kind is None:
        return ListRowFault.ROLE
    name = " ".join(" ".join(row[part] for part in ("givenname", "middlename", "familyname")).split())
    written = [row[one] for one in ("activedirectorymatchid", "username", "email") if row[one]]
    usernames = [
        found
        for one in written
        if (found := read_username(one, by.domain)) and (len(one.split()) == 1 or is_username(one, by.domain))
    ]
    remarks: list[ListRemark] = []
    identifiers = _identifiers(row, by, remarks)
    if not usernames:
        if written:
            remarks.append(ListRemark.DOMAIN if "@" in written[0] else ListRemark.USERNAME)
        if not identifiers:
            faults = {ListRemark.DOMAIN: ListRowFault.DOMAIN, ListRemark.USERNAME: ListRowFault.USERNAME}
            return next((faults[one] for one in remarks if one in faults), ListRowFault.LACKS)
    grade = row["grades"] or next((one.grade for one in roles if one.grade), "")
    class_ = normalise_grade(grade.split(",")[0])[:LONGEST_CLASS] if kind is Kind.STUDENT else ""
    return RowPerson(
        name[:LONGEST_TEXT], class_, tuple(usernames[:1]), identifiers, kind, place, tuple(dict.fromkeys(remarks))
    )


def _kind_of(given: set[str]) -> Kind | None:
    """What the person is, in whichever of the roles. Nothing is said: most are students."""
    if not given or "student" in given:
        return Kind.STUDENT
    return Kind.TEACHER if any(PARTS.get(one) is Part.STAFF for one in given) else None


def _identifiers(row: Mapping[str, str], by: Judging, remarks: list[ListRemark]) -> tuple[Identifier, ...]:
    """Of the columns where programs put their own numbers, too: only what is a valid ЕГН or ЛНЧ counts."""
    for cell in (row["identifier"], *_STATE_IDS.findall(row["userids"])):
        read = read_number(cell, by) if cell else None
        valid = tuple(one for one in read.identifiers if len(one.digits) == 10) if read else ()
        if read and valid and not read.doubtful:
            if read.lost_zero:
                remarks.append(ListRemark.LOST_ZERO)
            return valid
    return ()
