"""What should exist beside what does: the state of every link. A pure function over two lists."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

from bot.core.class_links.expected import ExpectedClass, ExpectedList
from bot.core.class_links.model import Existing, Flag, Link, LinkState
from bot.core.people.usernames import is_students

NIGHT, MORNING = time(0, 15), time(6)
"""НЕИСПУО synchronises at night: what the register has learnt by day is in Teams in the morning. Its published code
runs its repair jobs from 00:15 to 01:30; six o'clock leaves room for Teams.
"""

FRESH = timedelta(hours=24)
"""How long after its creation a class may still be on its way: Teams takes over members from the group within a day
(support.microsoft.com, School Data Sync: "up to 24 hours").
"""

_WORDS: Mapping[str, LinkState] = {
    "изчаква създаване": LinkState.WAITING,
    "в процес на създаване": LinkState.BEING_CREATED,
    "създаден": LinkState.CREATED,
    "синхронизиран": LinkState.SYNCED,
    "в безкраен цикъл": LinkState.LOOPING,
}
_ERROR = "грешка"


def morning_after(moment: datetime, zone: tzinfo) -> datetime:
    """When the first whole night after this moment is over (in UTC)."""
    local = moment.astimezone(zone)
    day = local.date() if local.time() < NIGHT else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, zone).astimezone(UTC)


def said_by_register(status: str) -> LinkState | None:
    """The state that the register's own word names; None for no word, or one we do not know."""
    word = " ".join(status.split()).casefold()
    return LinkState.FAILED if word.startswith(_ERROR) else _WORDS.get(word)


def compare(
    expected: ExpectedList | None,
    existing: Iterable[Existing],
    *,
    now: datetime,
    zone: tzinfo,
    unread: frozenset[str] = frozenset(),
    of_teacher: str | None = None,
    alone: frozenset[str] = frozenset(),
) -> tuple[Link, ...]:
    """Every link, sorted by title. `unread`: ids of expected classes of which it is not known whether they exist.
    `alone`: directory ids of classes with which the list, though there is one, has nothing to do.

    `of_teacher`: only that teacher's links (a username). `existing` must then hold the classes they own, and those
    of their expected ones.
    """
    existing = tuple(existing)
    by_id: dict[str, list[Existing]] = defaultdict(list)
    rowless: list[Existing] = []
    for each in existing:
        (by_id[each.external_id] if each.external_id else rowless).append(each)
    rows = {} if expected is None else {each.id: each for each in expected.classes}
    judged = _Judge(expected, now, zone, alone, members_too=any(_owned_by_member(each) for each in existing))
    links: list[Link] = []
    for class_id in sorted({*rows, *by_id}):
        found = sorted(by_id.get(class_id, ()), key=lambda each: each.id)
        if (row := rows.get(class_id)) is not None:
            links += judged.listed(row, found, known=class_id not in unread)
        else:
            links += [link for each in found for link in judged.unlisted(each)]
    links += [link for each in rowless for link in judged.unlisted(each)]
    if of_teacher is not None:
        links = [link for link in links if link.teacher == of_teacher]
    return tuple(sorted(links, key=lambda link: (link.title, link.class_id, link.teacher, link.existing)))


class _Judge:
    """`members_too`: whether teachers of these classes are members of them as well as owners, as Microsoft asks
    (learn.microsoft.com/graph/api/educationclass-post-teachers). Where nobody is, a teacher who is none is no
    different from all the others: it is the way of the synchronisation, and no fault of one link.
    """

    def __init__(
        self, expected: ExpectedList | None, now: datetime, zone: tzinfo, alone: frozenset[str], *, members_too: bool
    ) -> None:
        self._members_too = members_too
        self._listed = expected is not None
        self._unlisted_alone = alone
        self._now = now
        self._waits_until = None if expected is None else morning_after(expected.dated, zone)
        self._dated = None if expected is None else expected.dated
        self._students = (
            frozenset(each for row in expected.classes for each in row.students) if expected else frozenset()
        )

    def listed(self, row: ExpectedClass, found: Sequence[Existing], *, known: bool) -> list[Link]:
        """The links of a row of the list, and of owners whom it does not name (any more)."""
        links = [self._of_row(row, teacher, found, known=known) for teacher in row.teachers or ("",)]
        owners = frozenset[str]().union(*(each.owners or () for each in found))
        links += [
            self._made((row.id, row.title), teacher, LinkState.UNEXPECTED, found)
            for teacher in sorted(owners - {*row.teachers})
            if not self._is_student(teacher) and not teacher.isdecimal()  # digits: the account of a school
        ]
        return links

    def unlisted(self, each: Existing) -> list[Link]:
        """The links of a class that no row names, or of which nobody has a list."""
        teachers = sorted(owner for owner in each.owners or () if not self._is_student(owner))
        compared = self._listed and each.id not in self._unlisted_alone
        state = LinkState.UNEXPECTED if compared else self._alone(each)
        return [self._made((each.external_id, each.title), teacher, state, (each,)) for teacher in teachers or ("",)]

    def _alone(self, each: Existing) -> LinkState:
        """Of a class with nothing to compare it with."""
        if each.archived:
            return LinkState.ARCHIVED
        if each.has_team is False:
            return LinkState.BEING_CREATED if self._is_fresh(each) else LinkState.NO_TEAM
        if each.activated is False:
            return LinkState.NOT_ACTIVATED
        return LinkState.UNREAD if each.unread else LinkState.FOUND

    def _of_row(self, row: ExpectedClass, teacher: str, found: Sequence[Existing], *, known: bool) -> Link:
        if not found:
            return self._made((row.id, row.title), teacher, self._absent(row, known=known), (), row=row)
        if len(found) > 1:
            return self._made((row.id, row.title), teacher, LinkState.DUPLICATE, found, row=row)
        wrong = self._wrong(row, teacher, found[0])
        state = wrong[0] if wrong else self._right(row, found[0])
        return self._made((row.id, row.title), teacher, state, found, row=row, also=wrong[1:])

    def _absent(self, row: ExpectedClass, *, known: bool) -> LinkState:
        said = said_by_register(row.status)
        if not known:
            return LinkState.UNREAD
        if said in {LinkState.FAILED, LinkState.LOOPING, LinkState.WAITING, LinkState.BEING_CREATED}:
            return said
        return (
            LinkState.WAITING
            if self._waits_until is not None and self._now < self._waits_until
            else LinkState.MISSING
        )

    def _wrong(self, row: ExpectedClass, teacher: str, each: Existing) -> tuple[LinkState, ...]:
        """Everything that is wrong with a class that is there, what must be settled first first."""
        fresh = self._is_fresh(each)
        said = said_by_register(row.status)
        wrong: list[LinkState] = []
        if said in {LinkState.FAILED, LinkState.LOOPING}:
            wrong.append(said)
        if each.archived:
            wrong.append(LinkState.ARCHIVED)
        if each.has_team is False:
            wrong.append(LinkState.BEING_CREATED if fresh else LinkState.NO_TEAM)
        if teacher and each.owners is not None and teacher not in each.owners:
            wrong.append(LinkState.CREATED if fresh else LinkState.NOT_OWNER)
        elif self._members_too and teacher and each.members is not None and teacher not in each.members:
            wrong.append(LinkState.CREATED if fresh else LinkState.NOT_MEMBER)
        if _missing(row, each):
            wrong.append(LinkState.CREATED if fresh else LinkState.STUDENTS_MISSING)
        if each.activated is False:
            wrong.append(LinkState.NOT_ACTIVATED)
        return tuple(dict.fromkeys(wrong))

    def _right(self, row: ExpectedClass, each: Existing) -> LinkState:
        if each.unread:
            return LinkState.UNREAD
        return LinkState.CREATED if said_by_register(row.status) is LinkState.CREATED else LinkState.SYNCED

    def _made(
        self,
        named: tuple[str, str],
        teacher: str,
        state: LinkState,
        found: Sequence[Existing],
        *,
        row: ExpectedClass | None = None,
        also: tuple[LinkState, ...] = (),
    ) -> Link:
        one = found[0] if len(found) == 1 else None
        waits = {LinkState.WAITING: self._waits_until, LinkState.MISSING: None}.get(state)
        if state in {LinkState.BEING_CREATED, LinkState.CREATED} and one is not None and one.created is not None:
            waits = one.created + FRESH
        return Link(
            class_id=named[0],
            title=named[1],
            teacher=teacher,
            state=state,
            since=self._since(state, one, row),
            until=waits if waits is not None and waits > self._now else None,
            status=row.status if row is not None else "",
            existing=tuple(each.id for each in found),
            missing=_missing(row, one) if row is not None and one is not None else (),
            students=len(row.students) if row is not None else 0,
            also=also,
            flags=tuple(self._flags(found)),
        )

    def _since(self, state: LinkState, one: Existing | None, row: ExpectedClass | None) -> datetime | None:
        if row is not None and row.since is not None and state is said_by_register(row.status):
            return row.since
        if one is not None and one.created is not None:
            return one.created
        return self._dated if row is not None else None

    def _flags(self, found: Sequence[Existing]) -> list[Flag]:
        owners = [each.owners for each in found if each.owners is not None and not self._is_fresh(each)]
        flags = [Flag.NO_OWNER] if any(not each for each in owners) else []
        if any(self._is_student(owner) for each in found for owner in each.owners or ()):
            flags.append(Flag.STUDENT_OWNER)
        return flags

    def _is_fresh(self, each: Existing) -> bool:
        return each.created is not None and self._now - each.created < FRESH

    def _is_student(self, username: str) -> bool:
        return username in self._students or is_students(username)


def _missing(row: ExpectedClass, each: Existing) -> tuple[str, ...]:
    members = each.members
    return () if members is None else tuple(one for one in row.students if one not in members)


def _owned_by_member(each: Existing) -> bool:
    teachers = (owner for owner in each.owners or () if not is_students(owner) and not owner.isdecimal())
    return any(owner in (each.members or ()) for owner in teachers)
