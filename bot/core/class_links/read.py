"""What a teacher or a director is shown of links: the list that was fetched beside what the directory says now."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from bot.core.actors.model import Actor, Role
from bot.core.class_links.by_hand import links_by_hand
from bot.core.class_links.cases import LIST, ByHand, LinkCases, Platform, about_school
from bot.core.class_links.compare import compare
from bot.core.class_links.expected import ExpectedList, RosterFault
from bot.core.class_links.model import ClassPart, Link, told_apart
from bot.core.class_links.policy import local_part, may_see_links
from bot.core.class_links.ports import ClassReader, ExpectedLists, KeptList, Reading
from bot.core.clock import Clock, lead
from bot.core.decision import Decision
from bot.core.errors import AccountMissing
from bot.core.memory import Memory
from bot.core.people.model import School
from bot.core.tasks import NewTask, Tasks

FRESH_FOR = timedelta(minutes=5)
"""As long an answer is shown again, with its time; "check now" asks again."""

NO_SOONER = timedelta(seconds=20)
"""Who presses "check now" again and again is shown the same."""

LIST_FRESH_FOR = timedelta(hours=6)
_PATIENCE, _LOOK = 3.0, 0.2
"""Seconds a person waits for a list that is being fetched, and between two looks. The directory is asked after that,
and a turn has nine seconds.
"""

_MOST_KEPT = 300


@dataclass(frozen=True, slots=True)
class ListSeen:
    """What is known of a school's list: how old it is (None: there is none), what is wrong with it. `rows` are its
    class ids: they tell whose a link is.
    """

    school_code: str
    dated: datetime | None
    uploaded: bool
    faults: tuple[RosterFault, ...]
    rows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LinksSeen:
    """`at`: when the directory was asked; `whole`: it answered everything. `names` are those of the people in the
    links, by username; `by_hand`: some live in Google Classroom (of a director all of the school's; a teacher can be
    at two schools). `checked`: when each school's list was looked for, None of one that is just being read.
    """

    links: tuple[Link, ...] = field(repr=False)
    at: datetime
    whole: bool
    lists: tuple[ListSeen, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    by_hand: bool = False
    checked: tuple[datetime | None, ...] = ()
    requests: int = 0
    items: int = 0

    def of(self, key: str) -> Link | None:
        """The link of this key; of one that has got a twin since, the first."""
        now = next((link for link in self.links if link.key == key), None)
        return now or next((link for link in self.links if key in link.keys), None)

    def school_of(self, link: Link, schools: Sequence[School]) -> School:
        """Whose of these the link is: the one whose list has it, otherwise the first. Of one that is made by hand,
        which a list always has; for others see `ReadLinks.whose`.
        """
        return (*self.listing(link, schools), schools[0])[0]

    def listing(self, link: Link, schools: Sequence[School]) -> list[School]:
        """Those of the schools whose lists have the link's row."""
        codes = {each.school_code for each in self.lists if link.class_id in each.rows}
        return [school for school in schools if school.code in codes]

    @property
    def listed(self) -> bool:
        """Whether there is a list to compare with."""
        return any(each.dated is not None for each in self.lists)

    @property
    def awaited(self) -> bool:
        """Whether a list is being read for the first time: whether there is one is not known yet."""
        return None in self.checked


class ReadLinks:
    """Teachers see their own links, directors those of the school. Errors: DirectoryError and its kinds,
    StoreUnavailable.
    """

    def __init__(
        self,
        *,
        reader: ClassReader,
        lists: ExpectedLists,
        by_hand: ByHand,
        cases: LinkCases,
        tasks: Tasks,
        clock: Clock,
        zone: tzinfo,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._reader = reader
        self._lists = lists
        self._by_hand = by_hand
        self._cases = cases
        self._tasks = tasks
        self._clock = clock
        self._zone = zone
        self._sleep = sleep
        self._kept: Memory[str, LinksSeen] = Memory(FRESH_FOR, _MOST_KEPT)

    async def __call__(self, actor: Actor, *, anew: bool = False) -> LinksSeen | Decision:
        """What this person may see: a Decision when that is nothing."""
        decision = may_see_links(actor)
        if not decision.allowed:
            return decision
        own = actor.role is Role.TEACHER or actor.school is None
        schools = actor.works_at if own or actor.school is None else (actor.school,)
        # Of a school a teacher has left, nothing that was remembered is shown either.
        key = " ".join((actor.object_id, *(each.id for each in schools))) if own else _of(schools[0].id)
        known = self._kept.get(key, self._clock())
        if known is not None and not (anew and self._clock() - known.at >= NO_SOONER):
            if not await self._changed_since(schools, known):
                return known
            anew = False  # only the directory is asked again, the list is the same
        teacher = local_part(actor.username) if actor.role is Role.TEACHER else None
        seen = await self._read(schools, teacher, actor.object_id, anew=anew)
        self._kept.put(key, seen, seen.at)
        return seen

    async def of_school(self, school: School) -> LinksSeen:
        """All links of a school, for the worker. Of the list what is kept: only people have it fetched, so that a
        school at whose links nobody looks any more is forgotten.
        """
        return await self._read((school,), None, "", fetch=False)

    async def of_teacher(self, actor: Actor) -> LinksSeen:
        """The teacher's own links, for the worker; see `of_school`."""
        return await self._read(actor.works_at, local_part(actor.username), actor.object_id, fetch=False)

    async def in_classroom(self, school: School) -> tuple[Link, ...]:
        """Every link of the school as it is in Google Classroom, or would be if it were there."""
        kept = await self._lists.of_school(school.code)
        return links_by_hand(
            kept.on(self._clock()) if kept is not None else None, await self._by_hand.marks(school.id)
        )

    async def whose(self, seen: LinksSeen, link: Link, schools: Sequence[School]) -> School | None:
        """Whose of these a link of a teacher is, asked now: the school that the directory has the class in, or else
        that of the list. None where that does not tell one. Errors: DirectoryError and its kinds.
        """
        listing = seen.listing(link, schools)
        if len(schools) == 1 and listing:
            return schools[0]
        ids = frozenset[str]()
        for each in link.existing:
            with suppress(AccountMissing):
                ids |= await self._reader.schools_of(each)
        found = [school for school in schools if school.id in ids]
        both = [school for school in found if school in listing]
        told = (some[0] for some in (both, found, listing, () if ids else schools) if len(some) == 1)
        return next(told, None)

    async def _changed_since(self, schools: Sequence[School], seen: LinksSeen) -> bool:
        """Whether something was mended or marked after that, or a list looked for, by whichever process."""
        if seen.checked != tuple([await self._lists.checked_at(school.code) for school in schools]):
            return True
        if any([await self._cases.ended_since(school.id, seen.at) for school in schools]):
            return True
        return any([await self._by_hand.changed_since(school.id, seen.at) for school in schools])

    async def _read(
        self, schools: Sequence[School], teacher: str | None, person: str, *, anew: bool = False, fetch: bool = True
    ) -> LinksSeen:
        wanted = self._list_of if fetch else self._kept_of
        kept = [await wanted(school, anew=anew) for school in schools]
        told = tuple(_told(school, one) for school, one in zip(schools, kept, strict=True) if one is not None)
        now = self._clock()
        lists = {school.id: one.on(now) for school, one in zip(schools, kept, strict=True) if one is not None}
        in_classroom = [one for one in schools if await self._by_hand.platform(one.id) is Platform.CLASSROOM]
        links: tuple[Link, ...] = ()
        alone = frozenset[str]()
        for school in in_classroom:
            links += links_by_hand(
                lists.get(school.id),
                await self._by_hand.marks(school.id),
                of_teacher=teacher,
                chosen=await self._by_hand.chosen_at(school.id),
            )
        if in_classroom and len(in_classroom) == len(schools):
            reading = Reading((), now)
        else:
            others = {school.id: lists.get(school.id) for school in schools if school not in in_classroom}
            listed = {school_id: one for school_id, one in others.items() if one is not None}
            expected = merged(listed.values())
            reading = await self._ask(schools, teacher, person, expected)
            if expected is not None and len(listed) < len(schools):
                reading, alone = await self._of_no_list(reading, expected, frozenset(listed))
            made = {link.class_id for link in links}
            links += compare(
                expected,
                [each for each in reading.classes if not each.external_id or each.external_id not in made],
                now=now - lead(self._clock),  # held against what the directory and the list tell
                zone=self._zone,
                unread=reading.unread,
                of_teacher=teacher,
                alone=alone,
            )
        links = told_apart(links)
        return LinksSeen(
            links,
            reading.at,
            whole=reading.whole,
            lists=told,
            names=_names(merged(one for one in lists.values() if one is not None), links),
            by_hand=bool(in_classroom),
            checked=tuple(one.checked_at if one is not None else None for one in kept),
            requests=reading.requests,
            items=reading.items,
        )

    async def _of_no_list(
        self, reading: Reading, expected: ExpectedList, listed: frozenset[str]
    ) -> tuple[Reading, frozenset[str]]:
        """Of a teacher of several schools, of which only some have a list: the classes that no row names and that are
        not certainly of schools with one (`listed`, by directory id). That they are in no list says nothing. Of which
        school a class is may stay unread.
        """
        rows = {row.id for row in expected.classes}
        rowless = [each.id for each in reading.classes if each.external_id not in rows]
        if not rowless:
            return reading, frozenset()
        schools = await self._reader.schools_of_each(rowless)
        alone = frozenset(each for each in rowless if not frozenset() < schools.get(each, frozenset()) <= listed)
        classes = [
            replace(each, unread=each.unread | {ClassPart.SCHOOL})
            if each.id in alone and each.id not in schools
            else each
            for each in reading.classes
        ]
        return replace(reading, classes=tuple(classes)), alone

    async def _ask(
        self, schools: Sequence[School], teacher: str | None, person: str, expected: ExpectedList | None
    ) -> Reading:
        rows = () if expected is None else expected.classes
        if teacher is None:
            return await self._reader.of_school(schools[0], [row.id for row in rows])
        own = [row.id for row in rows if teacher in row.teachers]
        return await self._reader.of_teacher(person, own)

    async def _kept_of(self, school: School, *, anew: bool) -> KeptList | None:  # noqa: ARG002 -- as `_list_of`
        return await self._lists.of_school(school.code)

    async def _list_of(self, school: School, *, anew: bool) -> KeptList | None:
        """The list that is kept; a new one is waited for only when there is none, or somebody asks for it."""
        kept, now = await self._lists.of_school(school.code), self._clock()
        if kept is not None and not anew and timedelta(0) <= now - kept.checked_at < LIST_FRESH_FOR:
            return kept
        since = kept.checked_at if kept is not None else None
        if since is not None and timedelta(0) <= now - since < NO_SOONER:
            return kept
        # A list that was kept and does not open any more is none: fetching it then is another task than the first.
        mark = since.isoformat() if since is not None else f"never:{now:%Y-%m-%dT%H}"
        await self._tasks.add([NewTask(LIST, f"{school.code}:{mark}", now, about_school(school))])
        if kept is not None and not anew:
            return kept
        for _ in range(round(_PATIENCE / _LOOK)):
            await self._sleep(_LOOK)
            found = await self._lists.of_school(school.code)
            if found is not None and found.checked_at != since:
                return found
        return kept


def _of(school_id: str) -> str:
    return f"school {school_id}"


def _told(school: School, kept: KeptList) -> ListSeen:
    dated = kept.list.dated if kept.list is not None else None
    rows = frozenset(row.id for row in kept.list.classes) if kept.list is not None else frozenset()
    return ListSeen(school.code, dated, kept.uploaded, kept.faults, rows)


def _names(expected: ExpectedList | None, links: Iterable[Link]) -> Mapping[str, str]:
    """A list names everybody of a school; only who stands in a link is remembered."""
    names = expected.names if expected is not None else {}
    meant = {one for link in links for one in (link.teacher, *link.missing)}
    return {one: names[one] for one in meant if one in names}


def merged(lists: Iterable[ExpectedList]) -> ExpectedList | None:
    """One list of several schools', as old as the oldest; None for none."""
    lists = tuple(lists)
    if not lists:
        return None
    classes = {row.id: row for one in reversed(lists) for row in one.classes}
    names = {username: name for one in lists for username, name in one.names.items()}
    oldest = min(lists, key=lambda one: one.dated)
    return replace(oldest, classes=tuple(classes[each] for each in sorted(classes)), names=names)
