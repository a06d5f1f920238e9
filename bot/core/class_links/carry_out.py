"""The worker mends a link. Every attempt reads again what there is and does what is still missing."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.core.actors.ports import FreshActors
from bot.core.class_links.cases import MEND, NEWS, CaseStage, LinkCase, LinkCases, Matter, Trouble
from bot.core.class_links.compare import compare
from bot.core.class_links.expected import ExpectedClass, ExpectedList
from bot.core.class_links.half_made import PATIENCE, FindClass, new_class
from bot.core.class_links.list_year import day_of
from bot.core.class_links.model import Existing
from bot.core.class_links.policy import local_part, may_be_asked_about, may_mend
from bot.core.class_links.ports import ClassReader, ClassWriter, ExpectedLists
from bot.core.class_links.record import WORKER, case_entry
from bot.core.clock import Clock, lead
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    StoreUnavailable,
)
from bot.core.people.model import Kind, Person
from bot.core.people.ports import PeopleOfSchool
from bot.core.tasks import NewTask, RateLimit, Task, TaskHandler, TaskLost, TryAgain
from bot.core.turns import MOST_MISSED, Turns, put_off

_Mended = tuple[Trouble | None, int, Existing | None]
"""What stood in the way, how many people were added, and the class as it is now."""

_TOGETHER = 20
_TEAM_LATER = timedelta(seconds=10)
_CLASS_LATER = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOutMend(TaskHandler):
    """Task handler of `MEND`. Payload: `case`."""

    kind = MEND
    most_failures = 200

    actors: FreshActors
    cases: LinkCases
    lists: ExpectedLists
    reader: ClassReader
    writer: ClassWriter
    people: PeopleOfSchool
    rate_limit: RateLimit
    clock: Clock
    writes_per_second: float

    @property
    def _class(self) -> FindClass:
        return FindClass(cases=self.cases, reader=self.reader, clock=self.clock)

    @property
    def _turns(self) -> Turns:
        return Turns(self.rate_limit, self.clock, self.writes_per_second)

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        case = await self.cases.one(task.payload["case"])
        if case is None or case.stage is not CaseStage.OPEN:
            return
        try:
            trouble, count, there = await self._try(case)
        except (TryAgain, TaskLost, StoreUnavailable):
            raise
        except (DirectoryForbidden, DirectoryMisunderstood):
            trouble, count, there = Trouble.REFUSED, 0, None
        except AccountMissing as error:
            if task.failures < MOST_MISSED:
                raise put_off(error, task.failures) from error
            trouble, count, there = Trouble.NOBODY, 0, None
        except DirectoryError as error:
            await self._later(task, case, error)
            return
        await self._end(task, case, trouble, count, there)

    async def on_dead_letter(self, task: Task, error: Exception) -> None:  # noqa: ARG002 -- whatever it was, it is over
        """See `TaskHandler`."""
        case = await self.cases.one(task.payload["case"])
        if case is not None and case.stage is CaseStage.OPEN:
            await self._end(task, case, Trouble.UNAVAILABLE, 0)

    async def _listed(self, case: LinkCase) -> tuple[ExpectedList, ExpectedClass] | None:
        """The school's list, and the row of it that the case is about."""
        kept = await self.lists.of_school(case.school.code)
        listed = kept.on(self.clock()) if kept is not None else None
        if listed is None:
            return None
        row = next((one for one in listed.classes if one.id == case.class_id), None)
        return None if row is None else (listed, row)

    async def _try(self, case: LinkCase) -> _Mended:
        actor = await self.actors.fresh(case.actor, case.tenant)
        if not may_mend(actor, case.school.id).allowed:
            return Trouble.NOT_ANY_MORE, 0, None
        found_row = await self._listed(case)
        if found_row is None or (case.teacher and case.teacher not in found_row[1].teachers):
            return Trouble.NOT_ANY_MORE, 0, None
        listed, row = found_row
        people = {local_part(one.username): one for one in await self.people.people_of_school(case.school)}
        case = await self._class.remembered(case)
        found = await self._class.found(case, row)
        if found is None and case.matter is not Matter.CREATE:
            return Trouble.NOT_ANY_MORE, 0, None
        if found is not None and not await self._class.is_ours(case, found):
            return Trouble.OTHER_SCHOOL, 0, None
        match case.matter:
            case Matter.ADD_OWNER if found is not None:
                return await self._teachers(found, (case.teacher,), people)
            case Matter.ADD_STUDENTS if found is not None:
                return await self._students(found, row, people)
            case Matter.CREATE:
                return await self._create(case, listed, row, found, people)
            case _:
                return Trouble.NOT_ANY_MORE, 0, None

    async def _teachers(self, found: Existing, usernames: Sequence[str], people: dict[str, Person]) -> _Mended:
        """Owners first: who is a member alone cannot open the team to students. Office asks for both
        (learn.microsoft.com, educationClass); of whom it is not known whether they are, they are made so again.
        """
        owners, members = found.owners or frozenset(), found.members or frozenset()
        missing = [each for each in usernames if each not in owners or each not in members]
        ids = {each: people[each].id for each in missing if each in people and people[each].kind is Kind.TEACHER}
        if missing and not ids:
            return Trouble.NOBODY, 0, None
        await self._added(found.id, [ids[each] for each in ids if each not in owners], self.writer.add_teachers)
        await self._added(found.id, [ids[each] for each in ids if each not in members], self.writer.add_members)
        return None, len(ids), replace(found, owners=owners | {*ids}, members=members | {*ids})

    async def _added(
        self, class_id: str, people: Sequence[str], add: Callable[[str, Sequence[str]], Awaitable[None]]
    ) -> None:
        for start in range(0, len(people), _TOGETHER):
            some = people[start : start + _TOGETHER]
            await self._turns.take_together(len(some))
            await add(class_id, some)

    async def _students(self, found: Existing, row: ExpectedClass, people: dict[str, Person]) -> _Mended:
        if found.members is None:
            raise DirectoryError("members-unread")
        missing = [each for each in row.students if each not in found.members]
        ids = {each: people[each].id for each in missing if each in people and people[each].kind is Kind.STUDENT}
        if missing and not ids:
            return Trouble.NOBODY, 0, None
        await self._added(found.id, [*ids.values()], self.writer.add_members)
        return None, len(ids), replace(found, members=found.members | {*ids})

    async def _create(
        self,
        case: LinkCase,
        listed: ExpectedList,
        row: ExpectedClass,
        found: Existing | None,
        people: dict[str, Person],
    ) -> _Mended:
        """Class, school, owner and member, team, students: each only if it is not there."""
        teachers = [each for each in row.teachers if each in people and people[each].kind is Kind.TEACHER]
        if not teachers and not (found is not None and found.owners):
            return Trouble.NOBODY, 0, None
        if found is None:
            day = await day_of(listed, row, self.reader)
            await self._turns.take(urgent=True)
            found = new_class(await self.writer.create(row.id, row.title, day), row)
            case = replace(case, made=found.id, made_at=self.clock())
            await self.cases.note(case)
        try:
            return await self._completed(case, row, found, (teachers, people))
        except (AccountMissing, DirectoryMisunderstood) as error:
            told = None if found.created is None else found.created + lead(self.clock)
            if not self._class.is_young(case.made_at if found.id == case.made else told):
                raise
            raise TryAgain(_CLASS_LATER, error.code or "class-too-new") from error

    async def _completed(
        self,
        case: LinkCase,
        row: ExpectedClass,
        found: Existing,
        whom: tuple[Sequence[str], dict[str, Person]],
    ) -> _Mended:
        """Of whom it is not known whether they are in the class, they are added again: no error, and a team without
        its students would be.
        """
        teachers, people = whom
        await self._turns.take(urgent=True)
        await self.writer.to_school(case.school.id, found.id)
        _, _, there = await self._teachers(found, teachers, people)
        found = there or replace(found, members=found.members or frozenset())
        if found.has_team is not True:
            await self._turns.take(urgent=True)
            if not await self.writer.make_team(found.id):
                if self.clock() - self._since(case) < PATIENCE:
                    raise TryAgain(_TEAM_LATER, "group-too-new")
                return Trouble.UNAVAILABLE, 0, None
            found = replace(found, has_team=True)
        _, count, there = await self._students(found, row, people)  # that they have no accounts is no failure here
        return None, count, there or found

    async def _later(self, task: Task, case: LinkCase, error: DirectoryError) -> None:
        """Trying again, until nobody waits for it any more."""
        case = await self.cases.one(case.id) or case  # what this attempt has made is in it
        if self.clock() - self._since(case) >= PATIENCE:
            await self._end(task, case, Trouble.UNAVAILABLE, 0)
            return
        if isinstance(error, DirectoryBusy):
            await self._turns.throttled(error)
        raise put_off(error, task.failures) from error

    @staticmethod
    def _since(case: LinkCase) -> datetime:
        return case.at if case.made_at is None else max(case.at, case.made_at)

    async def _answer_questions(self, case: LinkCase, there: Existing) -> None:
        """Whoever asked about this class and has nothing to ask any more has the answer with it."""
        now = self.clock()
        asked = [
            one
            for one in await self.cases.of_school(case.school.id, now)
            if one.class_id == case.class_id and one.matter is Matter.QUESTION and one.stage is CaseStage.OPEN
        ]
        if not asked or (found := await self._listed(case)) is None:
            return
        settled = _settled(*found, there, now)
        for one in asked:
            if one.teacher in settled:
                ended = replace(one, stage=CaseStage.DONE, ended_at=now, by=case.actor, by_name=case.actor_name)
                news = NewTask(NEWS, f"{one.id}:answered", now, {"case": one.id})
                await self.cases.end(ended, (case_entry(ended, now, case.actor, ended.stage.value),), (news,))

    async def _end(
        self, task: Task, case: LinkCase, trouble: Trouble | None, count: int, there: Existing | None = None
    ) -> None:
        now = self.clock()
        ended = replace(
            await self.cases.one(case.id) or case,
            stage=CaseStage.DONE if trouble is None else CaseStage.FAILED,
            ended_at=now,
            by=WORKER,
            trouble=trouble,
            count=count,
        )
        if trouble is None and there is not None:
            await self._answer_questions(case, there)
        news = NewTask(NEWS, f"{case.id}:ended", now, {"case": case.id})
        await self.cases.end(ended, (case_entry(ended, now, WORKER, ended.stage.value),), (news,), task=task)


def _settled(listed: ExpectedList, row: ExpectedClass, there: Existing, now: datetime) -> frozenset[str]:
    """The teachers (usernames) of whose link to the class nothing is left that a director is asked about. Only what
    was read or written counts as there, and that it is new excuses nothing.
    """
    certain = replace(
        there,
        has_team=there.has_team is True,
        created=None,
        owners=there.owners or frozenset(),
        members=there.members or frozenset(),
        unread=frozenset(),
    )
    # The zone is for what is not there yet.
    links = compare(replace(listed, classes=(row,)), (certain,), now=now, zone=UTC)
    return frozenset(
        link.teacher
        for link in links
        if not any(may_be_asked_about(replace(link, state=each)) for each in (link.state, *link.also))
    )
