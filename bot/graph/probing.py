"""Asks the tenant what it takes (`ways.py`): at start, every day, and when a request was refused that should not be.

Only reads: filters with a number nobody has, and the schools and classes of a few people of the roster, of whom
nothing is kept. What is asked is what the product asks, so that what is learnt is what it needs. Every process asks
for itself; nobody waits for it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.core.clock import Clock
from bot.core.errors import DirectoryError
from bot.graph import reading
from bot.graph.batch import Answer
from bot.graph.calls import Calls, RosterCalls
from bot.graph.calls_links import LinkCalls
from bot.graph.calls_school_accounts import SchoolAccountCalls
from bot.graph.describing import Call, warm
from bot.graph.identities import is_username
from bot.graph.options import GraphOptions, Version
from bot.graph.paging import page_value
from bot.graph.transport import GraphTransport
from bot.graph.ways import Members, Ways

NOBODY = "0" * 20
"""A stored form of an identifier that nobody has: as long as any, and nothing but zeros."""
NO_SCHOOL = "999999"
"""A code no school has (of no region), and short enough to be asked with its zero and without."""
DAILY, SOON, AT_LEAST = 24 * 3600.0, 300.0, 60.0
"""Seconds between two times: as a rule, after one that learnt not everything, and whatever happens."""

Name = TypeVar("Name", bound=Hashable)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Sample:
    """Somebody of the roster; `school` and `class_` are ids, empty where there is none."""

    id: str
    username: str
    school: str
    class_: str


@dataclass(frozen=True, slots=True)
class _Answered:
    """What was answered about somebody; None: nothing that tells."""

    one: bool | None = None
    two: bool | None = None
    key: bool | None = None
    units: bool | None = None
    sign_ins: bool | None = None
    members: Members = Members.UNKNOWN


class Probing:
    """One for a process, with the reader identity."""

    def __init__(
        self,
        transport: GraphTransport,
        options: GraphOptions,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._transport = transport
        self._options = replace(options, users_version="auto", expands=None, page_size=1)
        self._clock = clock
        self._sleep = sleep

    async def run(self) -> None:
        """Until cancelled. Whatever happens in it, the process goes on."""
        ways = self._transport.ways
        while True:
            ways.doubted.clear()
            whole = False
            try:
                whole = await self.once()
            except DirectoryError as error:
                _log.warning("the directory could not be asked what it takes: %s", error)
            except Exception:  # noqa: BLE001 -- an answer nobody thought of must not end the process
                _log.exception("asking the directory what it takes failed")
            await self._sleep(AT_LEAST)
            try:
                async with asyncio.timeout((DAILY if whole else SOON) - AT_LEAST):
                    await ways.doubted.wait()
            except TimeoutError:
                pass

    async def once(self) -> bool:
        """Asks, and has the transport's ways learn it. Whether everything was answered; what was not stays as it was.

        Errors: DirectoryError and its kinds, when nothing could be asked.
        """
        await warm()
        ways = self._transport.ways
        before = ways.known
        first = await self._filters("v1.0")
        second = await self._filters("beta")
        users, classes = _version(first, second, "plain"), _version(first, second, "classes")
        lists = second if (users or before.users_version) == "beta" else first
        joined = _all(lists["or"], first["schools"])
        person = await self._of(await self._sample())
        one = _all(lists["one"], person.one)
        two = _all(one, lists["two"], person.two)
        expands = 2 if two else None if two is None and one else None if one is None else int(one)
        ways.learn(
            Ways(
                users_version=users or before.users_version,
                classes_version=classes or before.classes_version,
                or_in_filter=before.or_in_filter if joined is None else joined,
                expands=before.expands if expands is None else expands,
                username_as_key=before.username_as_key if person.key is None else person.key,
                members=before.members if person.members is Members.UNKNOWN else person.members,
                units=before.units if person.units is None else person.units,
                sign_ins=before.sign_ins if person.sign_ins is None else person.sign_ins,
            ),
            self._clock(),
        )
        answered = None not in (users, classes, joined, expands, person.key)
        return answered and person.members is not Members.UNKNOWN

    async def _filters(self, version: Version) -> Mapping[str, bool | None]:
        """What lists take on this version: each filter, and the expansions beside it."""
        plain = Ways(version, version, or_in_filter=False, expands=0)
        asked: dict[str, Call] = {
            "plain": self._calls(plain).people_by_identifier([NOBODY])[0],
            "or": self._calls(replace(plain, or_in_filter=True)).people_by_identifier([NOBODY])[0],
            "one": self._calls(replace(plain, expands=1)).people_by_identifier([NOBODY])[0],
            "two": self._calls(replace(plain, expands=2)).people_by_identifier([NOBODY])[0],
            "classes": LinkCalls(self._options, "low", version).with_external_id(NOBODY),
        }
        if version == "v1.0":
            asked["schools"] = self._calls(Ways()).schools_by_code(NO_SCHOOL)[0]
        return {name: _finds_nobody(answer) for name, answer in (await self._ask(asked)).items()}

    async def _sample(self) -> _Sample | None:
        """Of a few people one who is in a class, else in a school."""
        (answer,) = (await self._ask({"": self._calls(Ways()).some_people()})).values()
        try:
            people = [reading.person(each, self._options) for each in page_value(answer.value())]
        except DirectoryError:
            return None
        calls = self._calls(Ways())
        schools = {one.id: calls.schools_of(one.id, "probe", "low") for one in people}
        classes = {one.id: calls.classes_of(one.id, "probe", "low") for one in people}
        asked = {(of, what): call for what, of_all in enumerate((schools, classes)) for of, call in of_all.items()}
        answers = await self._ask(asked) if asked else {}
        samples = [
            _Sample(one.id, one.username, _first_id(answers[one.id, 0]), _first_id(answers[one.id, 1]))
            for one in people
            if is_username(one.username)
        ]
        return max(samples, key=lambda one: (bool(one.class_), bool(one.school)), default=None)

    async def _of(self, sample: _Sample | None) -> _Answered:
        """What is taken about somebody who is there."""
        if sample is None:
            return _Answered()
        asked = {
            "one": self._calls(Ways(expands=1)).person_by_id(sample.id, "probe"),
            "two": self._calls(Ways(expands=2)).person_by_id(sample.id, "probe"),
            "key": self._calls(Ways(expands=0)).person_by_username(sample.username),
            "sign-ins": SchoolAccountCalls(self._options, Ways(sign_ins=True)).one(sample.id),
        }
        if sample.school:
            asked["unit"] = SchoolAccountCalls(self._options, Ways()).of_unit(sample.school)
            asked["school"] = self._calls(Ways(expands=1)).people_of_school(sample.school)
        if sample.class_:
            asked["members"] = RosterCalls(self._options).members(sample.class_)
        answers = await self._ask(asked)
        of_school = _taken(answers["school"]) if sample.school else True
        return _Answered(
            one=_all(_expands(answers["one"], schools=sample.school), of_school),
            two=_expands(answers["two"], schools=sample.school, classes=sample.class_),
            key=_is(answers["key"], sample.id),
            units=_shows_somebody(answers["unit"]) if sample.school else None,
            sign_ins=_shows_somebody(answers["sign-ins"]),
            members=_members(answers["members"]) if sample.class_ else Members.UNKNOWN,
        )

    async def _ask(self, calls: Mapping[Name, Call]) -> dict[Name, Answer]:
        return dict(zip(calls, await self._transport.batch(list(calls.values())), strict=True))

    def _calls(self, ways: Ways) -> Calls:
        return Calls(self._options, ways)


def _version(first: Mapping[str, bool | None], second: Mapping[str, bool | None], what: str) -> Version | None:
    """The first of the two versions that takes it; None when that is not certain."""
    if first[what]:
        return "v1.0"
    return "beta" if second[what] and first[what] is False else None


def _all(*taken: bool | None) -> bool | None:
    """Whether all are; one that is not decides, whatever was not answered."""
    if False in taken:
        return False
    return None if None in taken else True


def _taken(answer: Answer) -> bool | None:
    """Whether the form of the request was taken. None: the answer is about something else (403, 429, 5xx)."""
    return {200: True, 400: False, 404: False, 501: False}.get(answer.status)


def _finds_nobody(answer: Answer) -> bool | None:
    """Whether a filter was taken and obeyed: a service that ignores it answers with everybody."""
    taken = _taken(answer)
    return not _values(answer) if taken else taken


def _expands(answer: Answer, **expected: str) -> bool | None:
    """Whether each relation came expanded, of which something must have come."""
    taken = _taken(answer)
    body = _body(answer)
    return all(body.get(name) for name, first in expected.items() if first) if taken else taken


def _is(answer: Answer, person_id: str) -> bool | None:
    """Whether it is about this person."""
    taken = _taken(answer)
    return reading.text(_body(answer).get("id")).lower() == person_id.lower() if taken else taken


def _shows_somebody(answer: Answer) -> bool | None:
    """Whether accounts are told of: an empty list, or a refusal for want of a permission, is a no."""
    if answer.status == 200:
        return "value" not in _body(answer) or bool(_values(answer))
    return False if answer.status in {400, 403, 404} else None


def _members(answer: Answer) -> Members:
    """Of a class in which somebody is."""
    if answer.status == 200:
        return Members.SHOWN if _values(answer) else Members.EMPTY
    return Members.REFUSED if answer.status == 403 else Members.UNKNOWN


def _first_id(answer: Answer) -> str:
    return next((each for each in map(_id, _values(answer)) if each), "")


def _id(record: object) -> str:
    return reading.text(record.get("id")) if isinstance(record, Mapping) else ""


def _body(answer: Answer) -> Mapping[str, object]:
    return answer.body if isinstance(answer.body, Mapping) else {}


def _values(answer: Answer) -> Iterable[object]:
    try:
        return page_value(answer.value())
    except DirectoryError:
        return ()
