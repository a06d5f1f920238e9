"""`python app.py audit --since DAY`: the audit log read back, for whoever has to answer who did what, or to whom.

Whom it is about is looked for by all that stands for a person in the log: object ids, and the pseudonyms of the
number and the username. A number is typed when asked for: others on the machine can read a command line.
"""

import getpass
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

import aiohttp

from bot.core.audit import AuditEntry
from bot.core.clock import sofia
from bot.core.errors import DirectoryError
from bot.core.people.identifier_shapes import bare_number
from bot.core.people.identifier_traces import hold_identifier
from bot.core.people.identifiers import IdentifierKind
from bot.core.people.model import Person
from bot.core.people.ports import Directory
from bot.core.people.usernames import read_username
from bot.core.pseudonyms import Pseudonyms
from bot.database.chain import RecordedEntry
from bot.database.high_water import OPERATOR
from bot.graph.directory import GraphDirectory
from bot.graph.identities import is_object_id, normal
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from bot.graph.ways import SAFE, TenantWays
from bot.runtime.commands import CANNOT, opened_database
from bot.runtime.now import utc_now
from bot.runtime.options import graph_options
from bot.runtime.settings import Settings, SettingsError

READ = "audit.read"
ASKED_FOR = "-"
"""In the place of a person: whoever it is, is typed when asked for."""

_EGN_DIGITS = 10
_MOST_LOST = 2
"""Zeros an ЕГН can have lost: 00 and 01–12, 21–32 or 41–52 begin it."""

_HEAD = "time (Sofia)         entry    actor                                 action, outcome, subject, details"
_NOT_AS_WRITTEN = "<-- NOT AS IT WAS WRITTEN"
_BY_NUMBER_REFUSED = (
    f"A number does not belong on the command line, which others on this machine can read: give {ASKED_FOR} and type"
    " it when asked."
)
_NUMBER_ALONE = "There is a number among other words. Type the number alone."
_NOBODY = "The directory has no such account: found is only what was recorded under the number or username itself."
_LISTS = "What was shown of a whole school, class or region is recorded under that, and not under each person."

Directories = Callable[[Settings], AbstractAsyncContextManager[Directory]]
"""Opened only where somebody has to be looked for: the log can be read while the directory does not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditWish:
    """Which entries: days in Sofia, both included; `actor` and `subject` are a username, an object id or any other
    word that the log has there, `-` for one that is asked for, or "" for all.
    """

    since: date
    until: date | None = None
    actor: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)
    as_json: bool = False


def typed_when_asked(what: str) -> str:
    """What the operator types, not shown; or the next line of what is fed to the program."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{what} (username, object id or number; not shown): ")
    return sys.stdin.readline()


@asynccontextmanager
async def directory_of(settings: Settings) -> AsyncIterator[Directory]:
    """The tenant's directory, with the identity that reads. Errors: SettingsError."""
    options = graph_options(settings)
    try:
        options.check()
    except ValueError as error:
        raise SettingsError(f"The directory cannot be asked: {error}") from error
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        ways = TenantWays(options, SAFE)
        yield GraphDirectory(GraphTransport(session, MsalTokens(options), options, ways=ways), options, utc_now)


async def read_audit(
    environment: Mapping[str, str],
    wish: AuditWish,
    database_name: str | None = None,
    *,
    ask: Callable[[str], str] = typed_when_asked,
    directories: Directories = directory_of,
) -> int:
    """Prints the entries, oldest first: 0 when all are as they were written, 1 when one is not, 2 when it cannot be
    done. That the log is read is itself recorded in it, before anything is shown.
    """
    try:
        settings = Settings.read(environment)
        actor, subject = (
            _given(word, what, ask) for word, what in ((wish.actor, "actor"), (wish.subject, "subject"))
        )
        async with opened_database(environment, database_name) as database:
            meant = _Meant(partial(directories, settings), database.pseudonyms, settings.account_domain)
            actors, subjects = await meant(actor), await meant(subject)
            last = (await database.audit.anchor()).seq
            await database.audit.append(_entry(wish, actors, subjects))
            end = None if wish.until is None else _begin(wish.until + timedelta(days=1))
            every = database.audit.entries(_begin(wish.since), end, actors=actors, subjects=subjects)
            return await _printed(every, last, as_json=wish.as_json, of_person=bool(subjects))
    except BrokenPipeError:  # who read along has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except (*CANNOT, _NotMeant) as error:
        return _cannot(str(error))
    except DirectoryError as error:
        return _cannot(f"The directory does not say whose object id that is ({error}). Give the object id itself.")


class _NotMeant(Exception):
    """Nobody can be meant by what was given."""


def _given(word: str, what: str, ask: Callable[[str], str]) -> str:
    """What is meant is recorded as it was given, unless it is a number or a username: so no number among words."""
    if word != ASKED_FOR:
        if _number(word) or _holds_number(word):
            raise _NotMeant(_BY_NUMBER_REFUSED)
        return word.strip()
    typed = ask(what).strip()
    if not typed:
        raise _NotMeant(f"No {what} was given.")
    if _holds_number(typed) and not _number(typed) and "@" not in typed:
        raise _NotMeant(_NUMBER_ALONE)
    return typed


def _holds_number(word: str) -> bool:
    return hold_identifier(word) and not is_object_id(word.strip())


def _number(word: str) -> str:
    """The digits, if it is a number and nothing else; an object id may be written in digits alone."""
    if is_object_id(word.strip()):
        return ""
    number = bare_number(word)
    return number if isinstance(number, str) and number.isascii() and number.isdigit() else ""


@dataclass(frozen=True, slots=True)
class _Meant:
    """What stands for a person in the log, object ids first. Errors: DirectoryError."""

    directory: Callable[[], AbstractAsyncContextManager[Directory]]
    pseudonyms: Pseudonyms
    domain: str

    async def __call__(self, word: str) -> tuple[str, ...]:
        if number := _number(word):
            forms = _forms(number)
            async with self.directory() as directory:
                people = [one for one in await directory.find_by_identifier(forms) if one.identifier in forms]
            return self._marks([one.id for one in people], people, numbers=forms)
        if "@" in word:
            username = read_username(word, self.domain) or word.lower()
            async with self.directory() as directory:
                person = await directory.find_by_username(username)
                # Who is not in the roster has an account all the same, as a school has.
                account = person.id if person is not None else await directory.account_id(username)
            return self._marks([account] if account else [], [person] if person else [], usernames=(username,))
        return (normal(word),) if word else ()

    def _marks(
        self,
        ids: Sequence[str],
        people: Sequence[Person],
        *,
        numbers: Sequence[str] = (),
        usernames: Sequence[str] = (),
    ) -> tuple[str, ...]:
        if not ids:
            _say(_NOBODY)
        digits = {form for one in people if one.identifier for form in _forms(one.identifier)} | {*numbers}
        names = {one.username.lower() for one in people} | {*usernames}
        return (
            *ids,
            *(self.pseudonyms.of(kind.value, form) for form in sorted(digits) for kind in IdentifierKind),
            *(self.pseudonyms.of("username", name) for name in sorted(names)),
        )


def _forms(number: str) -> tuple[str, ...]:
    """As it is, and as an ЕГН that has lost its leading zeros or has them still."""
    whole = number.zfill(_EGN_DIGITS) if len(number) >= _EGN_DIGITS - _MOST_LOST else number
    return tuple(dict.fromkeys((number, whole, whole.lstrip("0") or whole)))


def _entry(wish: AuditWish, actors: tuple[str, ...], subjects: tuple[str, ...]) -> AuditEntry:
    detail = {"since": wish.since.isoformat()}
    if wish.until is not None:
        detail["until"] = wish.until.isoformat()
    if actors:
        detail["actor"] = actors[0]
    return AuditEntry(utc_now(), OPERATOR, READ, subjects[0] if subjects else "audit", "read", detail)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, sofia())


async def _printed(every: AsyncIterator[RecordedEntry], last: int, *, as_json: bool, of_person: bool) -> int:
    count = changed = 0
    if not as_json:
        _print(_HEAD)
    async for one in every:
        if one.seq > last:  # this reading itself, and what happens meanwhile
            break
        count += 1
        changed += not one.intact
        _print(_json(one) if as_json else _line(one))
    _say(f"{count} entries." + (f" {_LISTS}" if of_person else ""))
    if changed:
        _say(f"{changed} of them are not as they were written. `audit` alone says where the chain breaks.")
    return 1 if changed else 0


def _json(one: RecordedEntry) -> str:
    entry = one.entry
    values = {
        "entry": one.seq,
        "at": entry.at.astimezone(sofia()).isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "outcome": entry.outcome,
        "detail": dict(entry.detail),
        "intact": one.intact,
    }
    # Half a character, as people paste them, is written as JSON writes it.
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def _line(one: RecordedEntry) -> str:
    entry = one.entry
    at = f"{entry.at.astimezone(sofia()):%Y-%m-%d %H:%M:%S}"
    subject = f"{entry.subject[:15]}…" if entry.subject.startswith("v1:") else entry.subject
    detail = (
        f"{name}={json.dumps(value, ensure_ascii=False) if ' ' in value else value}"
        for name, value in entry.detail.items()
        if value
    )
    parts = [f"{at}  {one.seq:<7}  {entry.actor:<36} ", entry.action, entry.outcome, subject, *detail]
    if not one.intact:
        parts.append(_NOT_AS_WRITTEN)
    # Whoever could write the database must not write on the operator's screen.
    return "".join(char if char.isprintable() else "�" for char in " ".join(parts))


def _cannot(why: str) -> int:
    _say(why)
    return 2


def _print(text: str) -> None:
    print(text)  # noqa: T201 -- its purpose


def _say(text: str) -> None:
    sys.stdout.flush()  # in their order, also where both are one file
    print(text, file=sys.stderr)  # noqa: T201 -- read by the operator who just started it
