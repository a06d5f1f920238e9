"""Class links in memory: honest stand-ins for the directory's classes, the lists, the cases and the register."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.actors.model import Actor
from bot.core.audit import AuditEntry
from bot.core.class_links.cases import CaseStage, LinkCase, Mark, MarkedLink, Matter, Platform
from bot.core.class_links.limits import DAY, AskedBefore
from bot.core.class_links.model import Existing
from bot.core.class_links.ports import KeptList, Reading
from bot.core.decision import Decision
from bot.core.errors import AccountMissing, DirectoryError, DirectoryMisunderstood, DirectoryUnavailable
from bot.core.one_time_links import OneTimeLink
from bot.core.people.model import School
from bot.core.tasks import NewTask, Task
from tests.fakes import FakeClock


class FakeClasses:
    """`ClassReader` and `ClassWriter` over a list. `owners` and `members` are usernames; `ids` object ids of people."""

    def __init__(self, clock: FakeClock, classes: Sequence[Existing] = (), ids: dict[str, str] | None = None) -> None:
        self.clock = clock
        self.classes = {each.id: each for each in classes}
        self.ids = dict(ids or {})
        self.writes: list[tuple[str, ...]] = []
        self.error: DirectoryError | None = None
        self.unread: frozenset[str] = frozenset()
        self.readings = 0
        self.too_new = 0
        self.gone: set[str] = set()
        self.unseen = 0
        """So many reads and writes do not know a class that was made."""
        self.schools: dict[str, frozenset[str]] = {}
        self.schools_asked: list[tuple[str, ...]] = []

    def _username(self, person: str) -> str:
        return next(username for username, identifier in self.ids.items() if identifier == person)

    async def of_teacher(self, person_id: str, expected: Sequence[str]) -> Reading:
        if self.error:
            raise self.error
        self.readings += 1
        if person_id not in self.ids.values():  # of a person outside the roster Graph answers 404
            raise DirectoryMisunderstood("no-such-person")
        name = next(one for one, identifier in self.ids.items() if identifier == person_id)
        found = [
            each
            for each in self.classes.values()
            if each.external_id in expected or name in (each.owners or frozenset())
        ]
        return Reading(tuple(found), self.clock(), self.unread & {*expected})

    async def of_rows(self, expected: Sequence[str]) -> Reading:
        if self.error:
            raise self.error
        self.readings += 1
        found = [each for each in self.classes.values() if each.external_id in expected and not self._hidden(each.id)]
        return Reading(tuple(found), self.clock(), self.unread & {*expected})

    def _hidden(self, class_id: str) -> bool:
        if not class_id.startswith("new-") or not self.unseen:
            return False
        self.unseen -= 1
        return True

    def _known(self, class_id: str) -> None:
        if class_id in self.gone or self._hidden(class_id):
            raise AccountMissing("no-such-class")

    async def schools_of(self, class_id: str) -> frozenset[str]:
        if self.error:
            raise self.error
        self._known(class_id)
        return self.schools.get(class_id, frozenset({"school-1"}))

    async def schools_of_each(self, class_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        self.schools_asked.append(tuple(class_ids))
        known = [each for each in class_ids if each not in self.gone]
        return {each: self.schools.get(each, frozenset({"school-1"})) for each in known}

    async def of_school(self, school: School, expected: Sequence[str]) -> Reading:
        if self.error:
            raise self.error
        self.readings += 1
        return Reading(tuple(self.classes.values()), self.clock(), self.unread)

    def _wrote(self, *what: str) -> None:
        if self.error:
            raise self.error
        self.writes.append(what)

    async def add_teachers(self, class_id: str, people: Sequence[str]) -> None:
        self._known(class_id)
        self._wrote("add-teachers", class_id, *people)
        known = self.classes[class_id]
        names = frozenset(map(self._username, people))
        self.classes[class_id] = replace(known, owners=(known.owners or frozenset()) | names)

    async def add_members(self, class_id: str, people: Sequence[str]) -> None:
        self._known(class_id)
        self._wrote("add-members", class_id, *people)
        known = self.classes[class_id]
        self.classes[class_id] = replace(
            known, members=(known.members or frozenset()) | frozenset(map(self._username, people))
        )

    async def create(self, external_id: str, title: str, day: date) -> str:
        if [one for one in self.classes.values() if one.external_id == external_id]:
            raise DirectoryUnavailable("class-made-and-not-seen")  # the nickname is taken
        self._wrote("create", external_id)
        identifier = f"new-{external_id}"
        self.classes[identifier] = Existing(
            identifier, external_id, title, has_team=False, created=self.clock(), owners=frozenset(),
            members=frozenset(), archived=None, activated=None, year=day.year - ((day.month, day.day) < (9, 15)),
        )  # fmt: skip
        self.schools[identifier] = frozenset()
        return identifier

    async def to_school(self, school_id: str, class_id: str) -> None:
        self._known(class_id)
        self._wrote("to-school", school_id, class_id)
        self.schools[class_id] = frozenset({school_id})

    async def make_team(self, class_id: str) -> bool:
        self._wrote("make-team", class_id)
        if self.too_new or self._hidden(class_id):
            self.too_new = max(0, self.too_new - 1)
            return False
        self.classes[class_id] = replace(self.classes[class_id], has_team=True, archived=False, activated=False)
        return True


class FakeLists:
    """`ExpectedLists`."""

    def __init__(self, kept: dict[str, KeptList] | None = None) -> None:
        self.kept = dict(kept or {})
        self.entries: list[AuditEntry] = []
        self.fail_next: list[Exception] = []

    async def of_school(self, school_code: str) -> KeptList | None:
        return self.kept.get(school_code)

    async def checked_at(self, school_code: str) -> datetime | None:
        kept = self.kept.get(school_code)
        return kept.checked_at if kept is not None else None

    async def change(
        self,
        school_code: str,
        to: Callable[[KeptList | None], KeptList],
        entries: Sequence[AuditEntry] = (),
    ) -> KeptList:
        if self.fail_next:
            raise self.fail_next.pop(0)
        self.kept[school_code] = to(self.kept.get(school_code))
        self.entries += entries
        return self.kept[school_code]


class FakeCases:
    """`LinkCases`; tasks go to `tasks`, entries to `entries`."""

    def __init__(self) -> None:
        self.cases: dict[str, LinkCase] = {}
        self.entries: list[AuditEntry] = []
        self.tasks: list[NewTask] = []

    async def open(self, case: LinkCase, entries: Sequence[AuditEntry], tasks: Sequence[NewTask]) -> LinkCase:
        if (known := self._known(case)) is not None:
            return known
        self.cases[case.id] = case
        self.entries += entries
        self.tasks += tasks
        return case

    def _known(self, case: LinkCase) -> LinkCase | None:
        for known in self.cases.values():
            same = (known.school.id, known.class_id, known.teacher, known.matter) == (
                case.school.id,
                case.class_id,
                case.teacher,
                case.matter,
            )
            if known.id == case.id or (same and known.stage is CaseStage.OPEN):
                return known
        return None

    async def ask(
        self,
        case: LinkCase,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
        judge: Callable[[AskedBefore], Decision],
    ) -> LinkCase | Decision:
        before = [
            known
            for known in self.cases.values()
            if (known.actor, known.school.id, known.matter) == (case.actor, case.school.id, Matter.QUESTION)
            and known.at > case.at - DAY
        ]
        this = [known for known in before if (known.class_id, known.teacher) == (case.class_id, case.teacher)]
        if self._known(case) is None:
            decision = judge(AskedBefore(*(tuple(sorted(one.at for one in each)) for each in (before, this))))
            if not decision.allowed:
                return decision
        return await self.open(case, entries, tasks)

    async def one(self, case_id: str) -> LinkCase | None:
        return self.cases.get(case_id)

    async def of_school(self, school_id: str, since: datetime) -> tuple[LinkCase, ...]:
        return tuple(
            case
            for case in sorted(self.cases.values(), key=lambda case: case.at, reverse=True)
            if case.school.id == school_id and (case.ended_at is None or case.ended_at >= since)
        )

    async def ended_since(self, school_id: str, at: datetime) -> bool:
        ends = [case.ended_at for case in self.cases.values() if case.school.id == school_id]
        return any(end is not None and end >= at for end in ends)

    async def note(self, case: LinkCase) -> None:
        if self.cases[case.id].stage is CaseStage.OPEN:
            self.cases[case.id] = case

    async def end(
        self,
        case: LinkCase,
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
        *,
        task: Task | None = None,
    ) -> LinkCase | None:
        if self.cases[case.id].stage is not CaseStage.OPEN:
            return None
        self.cases[case.id] = case
        self.entries += entries
        self.tasks += tasks
        return case


class FakeByHand:
    """`ByHand`."""

    def __init__(self) -> None:
        self.platforms: dict[str, Platform] = {}
        self.chosen: dict[str, datetime] = {}
        self.kept: dict[tuple[str, str, str], Mark] = {}
        self.changed: list[tuple[str, datetime]] = []
        self.entries: list[AuditEntry] = []

    async def platform(self, school_id: str) -> Platform:
        return self.platforms.get(school_id, Platform.TEAMS)

    async def chosen_at(self, school_id: str) -> datetime | None:
        return self.chosen.get(school_id)

    async def choose(self, school_id: str, platform: Platform, entry: AuditEntry) -> None:
        self.platforms[school_id], self.chosen[school_id] = platform, entry.at
        self.changed.append((school_id, entry.at))
        self.entries.append(entry)

    async def changed_since(self, school_id: str, at: datetime) -> bool:
        return any(school == school_id and moment >= at for school, moment in self.changed)

    async def marks(self, school_id: str) -> tuple[Mark, ...]:
        return tuple(mark for mark in self.kept.values() if mark.school == school_id)

    async def mark(self, marks: Sequence[Mark], entries: Sequence[AuditEntry]) -> None:
        for mark in marks:
            self.kept[mark.link] = mark
            self.changed.append((mark.school, mark.at))
        self.entries += entries

    async def unmark(self, links: Sequence[MarkedLink], entries: Sequence[AuditEntry]) -> int:
        gone = [(link, entry) for link, entry in zip(links, entries, strict=True) if self.kept.pop(link, None)]
        self.changed += [(school, entry.at) for (school, _, _), entry in gone]
        self.entries += [entry for _, entry in gone]
        return len(gone)


class FakeTasks:
    """`AskedTasks`: what is added, by kind and key; which of it is over is said."""

    def __init__(self) -> None:
        self.added: dict[tuple[str, str], NewTask] = {}
        self.over: set[tuple[str, str]] = set()

    async def is_over(self, kind: str, key: str) -> bool:
        return (kind, key) in self.over

    async def add(self, tasks: Collection[NewTask]) -> None:
        for task in tasks:
            self.added.setdefault((task.kind, task.key), task)


class FakeFresh:
    """`FreshActors` over a table."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.actors = {actor.object_id: actor for actor in actors}

    async def fresh(self, object_id: str, tenant_id: str) -> Actor:
        return self.actors[object_id]


class FakeOneTimeLinks:
    """`OneTimeLinks`."""

    def __init__(self) -> None:
        self.links: dict[str, OneTimeLink] = {}
        self.entries: list[AuditEntry] = []

    async def offer(self, token: str, link: OneTimeLink, entries: Sequence[AuditEntry]) -> None:
        what = (link.actor, link.link_page, link.about)
        same = [one for one, known in self.links.items() if (known.actor, known.link_page, known.about) == what]
        for one in same:
            del self.links[one]
        self.links[token] = link
        self.entries += entries

    async def one(self, token: str, now: datetime) -> OneTimeLink | None:
        found = self.links.get(token)
        return found if found is not None and now < found.until else None

    async def use(self, token: str, now: datetime, entries: Sequence[AuditEntry]) -> bool:
        if await self.one(token, now) is None:
            return False
        del self.links[token]
        self.entries += entries
        return True
