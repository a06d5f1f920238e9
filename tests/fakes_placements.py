"""One roster in memory: `Placements`, `EnrolmentWriter` and `Deciders` over it, with faults and a lag on demand."""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.core.errors import AccountMissing
from bot.core.people.model import AccountState, Person, School, SchoolClass
from bot.core.transfers.model import Placement, Step, StepKind, Team
from bot.core.transfers.ports import StepOutcome
from tests.fakes import FakeClock


@dataclass(frozen=True)
class Fault:
    """What the next write meets: `error`, before the effect or (`after`) with it done; `only`: one step of several."""

    error: Exception
    after: bool = False
    only: int | None = None


@dataclass
class Roster:
    """Schools, their class teams, people and who is where. Reads see what was written `lag` ago."""

    clock: FakeClock
    schools: Mapping[str, School]
    teams: dict[str, tuple[str, Team]] = field(default_factory=dict)
    """Team id → school id, team."""
    people: dict[str, Person] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    """Team id → people."""
    ended: set[str] = field(default_factory=set)
    """Teams whose lessons are over."""
    unordinary: set[str] = field(default_factory=set)
    lag: timedelta = timedelta(0)
    writes: list[tuple[StepKind, str, str]] = field(default_factory=list)
    """What took effect: kind, person, target."""
    faults: deque[Fault | None] = field(default_factory=deque)
    fail_reads_with: Exception | None = None
    reads: int = 0
    _waiting: list[tuple[datetime, StepKind, str, str]] = field(default_factory=list)

    def team(self, school: str, name: str) -> Team:
        """A new team of the school."""
        team = Team(f"team-{len(self.teams) + 1}", name)
        self.teams[team.id] = (school, team)
        self.members[team.id] = set()
        return team

    def add(self, person: Person, *teams: Team) -> None:
        self.people[person.id] = person
        for team in teams:
            self.members[team.id].add(person.id)

    def move(self, person_id: str, *schools: str) -> None:
        """Somebody else has moved the person."""
        self._catch_up(everything=True)
        person = self.people[person_id]
        self.people[person_id] = replace(person, schools=tuple(self.schools[one] for one in schools))

    def now_in(self, person_id: str) -> tuple[str, ...]:
        """The schools as they really are, lag or not."""
        person = self.people[person_id]
        ids = [school.id for school in person.schools]
        for _, kind, one, target in self._waiting:
            if one == person_id and kind is StepKind.JOIN_SCHOOL and target not in ids:
                ids.append(target)
            if one == person_id and kind is StepKind.LEAVE_SCHOOL and target in ids:
                ids.remove(target)
        return tuple(ids)

    # Placements

    async def of(self, person_id: str) -> Placement | None:
        await self._read()
        person = self.people.get(person_id)
        if person is None:
            return None
        teams = tuple(team for _, team in self.teams.values() if person_id in self.members[team.id])
        named = replace(person, teams=tuple(team.name for team in teams))
        return Placement(named, teams, ordinary=person_id not in self.unordinary)

    async def schools_of(self, person_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        if len(person_ids) > 20:
            raise AssertionError("schools_of is promised at most 20 people")
        await self._read()
        return {
            one: tuple(school.id for school in self.people[one].schools) if one in self.people else ()
            for one in person_ids
        }

    async def classes_of(self, school: School) -> tuple[SchoolClass, ...]:
        await self._read()
        names: dict[str, list[str]] = {}
        for owner, team in self.teams.values():
            if owner == school.id:
                names.setdefault(team.name.split(" - ")[1], []).append(team.id)
        return tuple(SchoolClass(name, tuple(ids)) for name, ids in sorted(names.items()))

    async def teams_of_class(self, school: School, class_name: str) -> tuple[Team, ...]:
        if not class_name:
            return ()
        await self._read()
        return tuple(
            team
            for owner, team in self.teams.values()
            if owner == school.id and team.name.split(" - ")[1] == class_name and team.id not in self.ended
        )

    async def class_is_over(self, school: School, class_name: str) -> bool:
        running = await self.teams_of_class(school, class_name)
        names = {team.name.split(" - ")[1] for owner, team in self.teams.values() if owner == school.id}
        return class_name in names and not running

    async def teams_of_school(self, school_id: str) -> tuple[Team, ...]:
        await self._read()
        return tuple(team for owner, team in self.teams.values() if owner == school_id)

    # EnrolmentWriter

    async def carry_out(self, person_id: str, steps: Sequence[Step]) -> tuple[StepOutcome, ...]:
        if len({step.kind for step in steps}) != 1 or len(steps) > 20:
            raise AssertionError("at most 20 steps of one kind go together")
        await asyncio.sleep(0)
        fault = self.faults.popleft() if self.faults else None
        if fault is not None and fault.only is None and not fault.after:
            raise fault.error
        outcomes = [
            StepOutcome(step, error=fault.error)
            if fault is not None and fault.only == place and not fault.after
            else self._write(person_id, step)
            for place, step in enumerate(steps)
        ]
        if fault is not None and fault.after:
            if fault.only is None:
                raise fault.error
            outcomes[fault.only] = replace(outcomes[fault.only], error=fault.error)
        return tuple(outcomes)

    def _write(self, person_id: str, step: Step) -> StepOutcome:
        if person_id not in self.people or (step.kind is StepKind.JOIN_SCHOOL and step.target not in self.schools):
            return StepOutcome(step, error=AccountMissing("Request_ResourceNotFound"))
        if step.kind in {StepKind.JOIN_TEAM, StepKind.LEAVE_TEAM} and step.target not in self.teams:
            return StepOutcome(step, gone=True)
        self.writes.append((step.kind, person_id, step.target))
        self._waiting.append((self.clock() + self.lag, step.kind, person_id, step.target))
        if not self.lag:
            self._catch_up()
        return StepOutcome(step)

    async def _read(self) -> None:
        await asyncio.sleep(0)
        self.reads += 1
        self._catch_up()
        if self.fail_reads_with is not None:
            raise self.fail_reads_with

    def _catch_up(self, *, everything: bool = False) -> None:
        now = self.clock()
        while self._waiting and (everything or self._waiting[0][0] <= now):
            _, kind, person_id, target = self._waiting.pop(0)
            self._apply(kind, self.people[person_id], target)

    def _apply(self, kind: StepKind, person: Person, target: str) -> None:
        match kind:
            case StepKind.JOIN_SCHOOL:
                if not person.attends(target):
                    person = replace(person, schools=(*person.schools, self.schools[target]))
            case StepKind.LEAVE_SCHOOL:
                person = replace(person, schools=tuple(one for one in person.schools if one.id != target))
            case StepKind.JOIN_TEAM:
                self.members[target].add(person.id)
            case StepKind.LEAVE_TEAM:
                self.members[target].discard(person.id)
            case StepKind.ENABLE:
                person = replace(person, state=AccountState.ACTIVE)
        self.people[person.id] = person


class FakeDeciders:
    """`Deciders` over three dictionaries."""

    def __init__(
        self,
        directors: Mapping[str, Iterable[str]] | None = None,
        deputies: Mapping[str, Iterable[str]] | None = None,
        experts: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self.of_school = {school: tuple(people) for school, people in (directors or {}).items()}
        self.for_school = {school: tuple(people) for school, people in (deputies or {}).items()}
        self.of_region = {region: tuple(people) for region, people in (experts or {}).items()}

    async def directors(self, school_id: str, since: datetime) -> tuple[str, ...]:
        await asyncio.sleep(0)
        return self.of_school.get(school_id, ())

    async def deputies(self, school_id: str, now: datetime) -> tuple[str, ...]:
        await asyncio.sleep(0)
        return self.for_school.get(school_id, ())

    async def experts(self, region: str) -> tuple[str, ...]:
        await asyncio.sleep(0)
        return self.of_region.get(region, ())
