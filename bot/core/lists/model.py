"""What a list of accounts says. A column of passwords or codes is discarded while a file is read: no type has it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.people.model import Kind


class ColumnMeaning(StrEnum):
    """What stands in a column."""

    NAME = "name"
    """The whole name in one cell."""
    FIRST = "first-name"
    MIDDLE = "middle-name"
    LAST = "last-name"
    CLASS = "class"
    """The class, or its grade alone where the letter has a column of its own."""
    LETTER = "letter"
    """The letter of the class, or the class."""
    USERNAME = "username"
    IDENTIFIER = "identifier"
    KIND = "kind"
    """Student or teacher."""
    SCHOOL = "school"
    """The code of the school."""
    SECRET = "secret"  # noqa: S105 -- the name of a column that is never read
    """Passwords, or the codes of parents: discarded."""
    NOTHING = "nothing"
    """Of no use here."""


class ListKind(StrEnum):
    """By what a list was recognised."""

    CLASS_PAGE = "class-page"
    """НЕИСПУО's page of a class: its name is in the names of file and sheet only."""
    PEOPLE_PAGE = "people-page"
    """НЕИСПУО's "Ученици" or "Моите класове": its Идентификатор is none of a person."""
    EXCHANGE = "exchange"
    """What programs of schools hand in to НЕИСПУО: no heads."""
    SDS = "sds-2.1"
    ONEROSTER_1_1 = "oneroster-1.1"
    ONEROSTER_1_2 = "oneroster-1.2"
    TABLE = "table"
    """Anything else with heads that are known, or were told."""


class ListFault(StrEnum):
    """Why nothing could be read of a file, or of all of them."""

    NO_FILES = "no-files"
    """Nothing with a name or content of ours: .xlsx, .csv, .txt, .zip."""
    TOO_LARGE = "too-large"
    ALL_TOO_LARGE = "all-too-large"
    """With those of the school that are kept already."""
    TOO_MANY = "too-many"
    """Files at once, or in one package."""
    LOCKED = "locked"
    """A file of the folder that is open in Excel, or held by somebody else."""
    REFUSED = "refused"
    """A file of the folder that Microsoft does not give away, as a rule because of malware."""
    NOT_TEXT = "not-text"
    """In no alphabet we know, or damaged."""
    OLD_FORMAT = "old-format"
    """An .xls, or a file with a password: Excel writes both alike. To be saved anew as .xlsx."""
    MACROS = "macros"
    """A workbook with macros, to be saved anew as .xlsx."""
    NOBODY = "nobody"
    """No row names a person."""
    NOT_ASKED = "not-asked"
    """It has a table of unknown columns, and so many others are asked about first."""
    OTHER_SCHOOL = "other-school"
    """More than one row in twenty is of another school."""
    NOT_A_FORM = "not-a-form"
    BUSY = "busy"
    """Others are being read; to be tried again in a minute."""
    TOO_SLOW = "too-slow"
    TOO_MUCH_MEMORY = "too-much-memory"
    BROKEN = "broken"
    """Reading ended without an answer. Like TOO_SLOW, it may go better another time."""


class ListRowFault(StrEnum):
    """Why a row is not counted."""

    LACKS = "lacks"
    """Neither username nor identifier, nor name and class."""
    IDENTIFIER = "identifier"
    """There is nothing but an identifier to know the person by, and it is none."""
    ROUNDED = "rounded"
    """The same, and the spreadsheet has lost its digits."""
    USERNAME = "username"
    """Nothing but a username that no account can have."""
    DOMAIN = "domain"
    """Nothing but a username of another domain."""
    OTHER_SCHOOL = "other-school"
    CONFLICT = "conflict"
    """Its username or identifier was in an earlier row, with another name or another identifier."""
    LETTERS = "letters"
    """Letters that are damaged."""
    QUOTES = "quotes"
    """Quotation marks that do not fit; or cells that do not fit the heads, one of which is of passwords."""
    ROLE = "role"
    """Neither staff nor student."""


class ListRemark(StrEnum):
    """What is to be looked at in a row that counts."""

    LOST_ZERO = "lost-zero"
    """The identifier had lost zeros at its beginning; they were put back."""
    IDENTIFIER = "identifier"
    """The identifier is none, and was left out."""
    CHECK_DIGIT = "check-digit"
    """The identifier fails the checks of ЕГН and ЛНЧ: a служебен номер, or mistyped."""
    USERNAME = "username"
    """A username that no account can have was left out."""
    DOMAIN = "domain"
    """A username of another domain was left out."""
    CLASS_FROM_DATE = "class-from-date"
    """The spreadsheet had made a date of the class."""
    CLASS = "class"
    """Which class is meant is in doubt."""


class ListNote(StrEnum):
    """What else is said of a file."""

    SECRETS = "secrets"
    """A column of passwords or codes was discarded."""
    HIDDEN = "hidden"
    """A hidden sheet was not read."""
    NOT_READ = "not-read"
    """A .csv that came with School Data Sync or OneRoster and is no part of it was not read; to be brought alone."""
    NO_PEOPLE = "no-people"
    """A sheet names nobody: relatives, notes, sums."""
    REPEATED = "repeated"
    """`count` rows say again what another one says."""


@dataclass(frozen=True, slots=True)
class ListedAt:
    """Where something stands; `sheet` is empty for texts, `row` is counted from 1 as spreadsheets do."""

    file: str
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person of a list. `usernames` are whole and in small letters, several where the list has several accounts.
    `identifiers` are pseudonyms (`bot.core.pseudonyms.Pseudonyms`): of each kind that the number may be.
    """

    name: str = field(repr=False)
    class_: str
    usernames: tuple[str, ...] = field(repr=False)
    identifiers: tuple[str, ...] = field(repr=False)
    kind: Kind
    place: ListedAt
    remarks: tuple[ListRemark, ...] = ()


@dataclass(frozen=True, slots=True)
class BadListRow:
    """A row that does not count. It says where, never what stands there."""

    place: ListedAt
    why: ListRowFault


Columns = tuple[ColumnMeaning, ...]
"""The meaning of each column, from the left."""


@dataclass(frozen=True, slots=True)
class ColumnQuestion:
    """A table of which it is not known which column is which. `fingerprint` tells heads like these from others, and
    from no person; under it the answer may be remembered for the school. `guesses` has None where nobody knows;
    `rows` are the first ones; in them and in `heads` what may be an identifier or a password is dots.

    There is one for all `tables` with these heads: this one is the first, `also` are the other files that have some.
    """

    place: ListedAt
    fingerprint: str
    heads: tuple[str, ...] = field(repr=False)
    guesses: tuple[ColumnMeaning | None, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    tables: int = 1
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListFileFault:
    """A file of which nothing was read; `file` is empty when it is all of them."""

    fault: ListFault
    file: str = ""


@dataclass(frozen=True, slots=True)
class ListFileNote:
    """`count` for REPEATED."""

    note: ListNote
    file: str
    sheet: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class AccountList:
    """All that files brought at once say of a school. `bad` are the first of the `bad_rows` that do not count."""

    school_code: str
    dated: datetime
    kinds: frozenset[ListKind]
    people: tuple[ListedPerson, ...]
    bad: tuple[BadListRow, ...] = ()
    bad_rows: int = 0
    questions: tuple[ColumnQuestion, ...] = ()
    faults: tuple[ListFileFault, ...] = ()
    notes: tuple[ListFileNote, ...] = ()


class ListUnusable(Exception):
    """Nothing could be read and there is nothing to ask; `faults` has at least one. `bad` as in `AccountList`."""

    def __init__(self, *faults: ListFileFault, bad: tuple[BadListRow, ...] = ()) -> None:
        super().__init__(", ".join(one.fault for one in faults))
        self.faults = faults
        self.bad = bad
