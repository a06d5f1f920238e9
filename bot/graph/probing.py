"""Asks the tenant what it takes (`ways.py`): at start, every day, and when a request was refused that should not be.

Only reads: filters with a number nobody has, and the people and classes of a few schools, of whom nothing is kept.
What is asked is what the product asks, so that what is learnt is what it needs. Every process asks for itself; nobody
waits for it. What is not answered, or would be answered the same way either way, is not known: never a yes.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeVar

from bot.core.clock import Clock
from bot.core.errors import DirectoryError
from bot.graph import reading
from bot.graph.batch import MOST_ITEMS, Answer
from bot.graph.calls import Calls, RosterCalls
from bot.graph.calls_links import LinkCalls
from bot.graph.calls_school_accounts import SchoolAccountCalls
from bot.graph.describing import Call, warm
from bot.graph.identities import is_entity_id, is_object_id, is_username
from bot.graph.options import GraphOptions, Version
from bot.graph.paging import page_value
from bot.graph.reading_accounts import USER
from bot.graph.transport import GraphTransport
from bot.graph.ways import Members, Ways

NOBODY = "0" * 20
"""A stored form of an identifier that nobody has: as long as any, and nothing but zeros."""
NO_SCHOOL = "999999"
"""A code no school has (of no region), and short enough to be asked with its zero and without."""
_MEMBERS = 20
"""Of a unit or a group: the first need not be people."""
DAILY, SOON, AT_LEAST = 24 * 3600.0, 300.0, 60.0
"""Seconds between two times: as a rule, after one that learnt not everything, and whatever happens."""

Name = TypeVar("Name", bound=Hashable)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Sample:
    """Somebody of a school; `school` and `class_` are ids, `class_` empty where there is none."""

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
        self._of_accounts = replace(self._options, page_size=_MEMBERS)
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
        """Of a few people of a few schools one who is in a class, if anybody is. Who is in no school, as the staff of
        the ministry, would tell nothing of how schools and classes come.
        """
        calls = self._calls(Ways())
        (listed,) = (await self._ask({"": calls.some_schools()})).values()
        schools = [each for each in map(_id, _values(listed)) if is_entity_id(each)][:MOST_ITEMS]
        if not schools:
            return None
        answers = await self._ask({each: calls.some_people(each) for each in schools})
        people = [_people(school, answer) for school, answer in answers.items()]
        # One of each school, then another: a school of the first may have no classes yet.
        some = [one for turn in zip_longest(*people) for one in turn if one is not None][:MOST_ITEMS]
        if not some:
            return None
        classes = await self._ask({place: calls.classes_of(one.id, "probe", "low") for place, one in enumerate(some)})
        samples = [replace(one, class_=_first_id(classes[place])) for place, one in enumerate(some)]
        return max(samples, key=lambda one: bool(one.class_))

    async def _of(self, sample: _Sample | None) -> _Answered:
        """What is taken about somebody who is there."""
        if sample is None:
            return _Answered()
        asked = {
            "one": self._calls(Ways(expands=1)).person_by_id(sample.id, "probe"),
            "two": self._calls(Ways(expands=2)).person_by_id(sample.id, "probe"),
            "key": self._calls(Ways(expands=0)).person_by_username(sample.username),
            "unit": SchoolAccountCalls(self._of_accounts, Ways()).of_unit(sample.school),
            "sign-ins-of-unit": SchoolAccountCalls(self._of_accounts, Ways(sign_ins=True)).of_unit(sample.school),
            "school": self._calls(Ways(expands=1)).people_of_school(sample.school),
        }
        if sample.class_:
            with_sign_ins = SchoolAccountCalls(self._of_accounts, Ways(sign_ins=True))
            asked["members"] = RosterCalls(self._options).members(sample.class_)
            asked["sign-ins-of-class"] = with_sign_ins.of_class(sample.class_)
        answers = await self._ask(asked)
        units = _shows_dates(answers["unit"])
        # Asked of the list that will be asked: where the unit tells no dates, they come with the classes.
        sign_ins = answers.get("sign-ins-of-unit" if units else "sign-ins-of-class")
        return _Answered(
            one=_all(_expands(answers["one"], schools=sample.school), _taken(answers["school"])),
            two=_expands(answers["two"], schools=sample.school, classes=sample.class_),
            key=_is(answers["key"], sample.id),
            units=units,
            sign_ins=None if sign_ins is None else _shows_people(sign_ins),
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
    if not taken:
        return taken
    listed = _listed(answer)
    return None if listed is None else not listed


def _expands(answer: Answer, **expected: str) -> bool | None:
    """Whether each relation came expanded. Of one in which nothing need be it is not known."""
    taken = _taken(answer)
    if not taken:
        return taken
    body = _body(answer)
    return _all(*(bool(body.get(name)) if first else None for name, first in expected.items()))


def _is(answer: Answer, person_id: str) -> bool | None:
    """Whether it is about this person."""
    taken = _taken(answer)
    return reading.text(_body(answer).get("id")).lower() == person_id.lower() if taken else taken


def _shows_people(answer: Answer) -> bool | None:
    """Whether people are told of: an empty list, or a refusal for want of a permission, is a no. None: only of things
    that are no people, or it was not answered.
    """
    if answer.status != 200:
        return False if answer.status in {400, 403, 404} else None
    listed = _listed(answer)
    return bool(_accounts(listed)) or (None if listed else False)


def _shows_dates(answer: Answer) -> bool | None:
    """Whether it is told when people's passwords were set. Whom one may not read comes with an id and nulls
    (learn.microsoft.com/graph/api/administrativeunit-list-members, "limited information"), and every account has one.
    """
    shown = _shows_people(answer)
    dates = [one.get("lastPasswordChangeDateTime") for one in _accounts(_listed(answer))]
    return any(isinstance(each, str) for each in dates) if shown else shown


def _accounts(listed: Iterable[object] | None) -> list[Mapping[str, object]]:
    """The people among what a list of members shows."""
    records = [each for each in listed or () if isinstance(each, Mapping)]
    return [each for each in records if each.get("@odata.type", USER) == USER]


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


def _people(school: str, answer: Answer) -> list[_Sample]:
    """Who can be asked for by username among these."""
    records = [each for each in _values(answer) if isinstance(each, Mapping)]
    people = [_Sample(_id(each), reading.text(each.get("userPrincipalName")), school, "") for each in records]
    return [one for one in people if is_object_id(one.id) and is_username(one.username)]


def _values(answer: Answer) -> Sequence[object]:
    """What a list shows; nothing of what is none."""
    return _listed(answer) or ()


def _listed(answer: Answer) -> Sequence[object] | None:
    """None: no list that can be read."""
    try:
        return page_value(answer.value())
    except DirectoryError:
        return None
