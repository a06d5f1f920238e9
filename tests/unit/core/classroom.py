"""A class of a school, its director, and everything between asking for passwords and holding the slips."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import partial

from bot.core.actors.model import Actor, Role
from bot.core.handover.model import Recipient
from bot.core.passwords.class_lists import ListStudents
from bot.core.passwords.follow import CancelJob, Progress, ReadJob
from bot.core.passwords.model import RESET, AccountFacts, Failure, SetTimes, Timing
from bot.core.passwords.ports import Operations
from bot.core.passwords.request_many import ManyWish, RequestMany
from bot.core.passwords.secret import Secret
from bot.core.passwords.slips import CollectSlips, OfferSlips, SlipTokens
from bot.core.people.free_text import NO_WORDS, FreeText
from bot.core.people.model import AccountState, Kind, Person, School, SchoolClass
from bot.core.tasks import TaskQueue
from tests.fakes import NOON, FakeAuditLog, FakeClock
from tests.fakes_passwords import FakeAccounts, FakeActors, FakeOperations, FakeQueue, FakeRosters
from tests.properties.strategies import egn_of

TENANT = "tenant"
CHAT = "a:chat"
OURS = School("school-1", "299001", "СУ „Измислено“")
THEIRS = School("school-2", "299002", "ОУ „Друго“")
ANA = Actor("ana", TENANT, Role.DIRECTOR, OURS, name="Ана")
IVO = Actor("ivo", TENANT, Role.DIRECTOR, OURS, name="Иво")
CLASS = "5 б"
MADE = NOON - timedelta(days=60)


def student(number: int, *, born: date | None = date(2044, 5, 5), **other: object) -> Person:
    """A student of 5 б; `born` as the identifier tells it, 30 years later than it counts (None: a service number)."""
    facts: dict[str, object] = {
        "id": f"student-{number}",
        "name": f"Ученик {chr(0x410 + number)}",
        "username": f"uc7505941{number}@edu.mon.bg",
        "kind": Kind.STUDENT,
        "state": AccountState.ACTIVE,
        "schools": (OURS,),
        "grade": "5",
        "identifier": "" if born is None else egn_of(born, 100 + number),
    }
    return Person(**(facts | other))  # type: ignore[arg-type]


class Classroom:
    """The use cases; the directory holds the students of one class. Everything is an honest fake, unless a real
    `operations` and `queue` are given.
    """

    def __init__(
        self,
        students: Iterable[Person] = (),
        *,
        timing: Timing | None = None,
        operations: Operations | None = None,
        queue: TaskQueue | None = None,
    ) -> None:
        self.timing = timing or Timing()
        self.clock = FakeClock()
        self.audit = FakeAuditLog()
        self.queue = FakeQueue(self.clock)
        self.operations = FakeOperations(self.audit, self.queue, yields=True)
        self._store = operations or self.operations
        self._tasks = queue or self.queue
        self.accounts = FakeAccounts(clock=self.clock)
        self.rosters = FakeRosters({OURS.id: (SchoolClass("5 а", ()), SchoolClass(CLASS, ("team",)))})
        self.actors = FakeActors({ANA.object_id: ANA, IVO.object_id: IVO})
        self.noted: set[str] = set()
        """Whose account the boards say was handed over."""
        self.put(students)
        self.students = ListStudents(
            rosters=self.rosters,
            reader=self.accounts,
            operations=self._store,
            received=self._received,
            clock=self.clock,
            timing=self.timing,
            admit_synthetic=True,
        )
        self.many = RequestMany(
            actors=self.actors,
            students=self.students,
            operations=self._store,
            audit=self.audit,
            clock=self.clock,
            timing=self.timing,
        )
        self.cancel = CancelJob(operations=self._store, clock=self.clock)
        self.read = ReadJob(operations=self._store)
        made = iter(f"{number:043}" for number in range(1_000))
        self.tokens = SlipTokens(b"k" * 32, lambda: next(made))
        ways = {
            "actors": self.actors,
            "operations": self._store,
            "tokens": self.tokens,
            "clock": self.clock,
            "timing": self.timing,
        }
        self.offer = OfferSlips(**ways)  # type: ignore[arg-type]
        self.sentence = NO_WORDS

        async def sentence(school_id: str) -> FreeText:
            assert school_id == OURS.id
            return self.sentence

        self.collect = CollectSlips(**ways, sentence=sentence)  # type: ignore[arg-type]

    async def _received(self, person_ids: Collection[str]) -> Collection[str]:
        return self.noted & set(person_ids)

    def put(self, students: Iterable[Person]) -> None:
        """The class is these from now on."""
        people = tuple(students)
        self.rosters.students[OURS.id, CLASS] = people
        for person in people:
            self.accounts.put(AccountFacts(person, "6", False, False, False, MADE, MADE))

    def wish(self, *persons: str, job: str = "job-1", **other: object) -> ManyWish:
        """A wish that is granted unless `other` spoils it."""
        facts: dict[str, object] = {
            "job": job,
            "class_name": CLASS,
            "persons": persons,
            "school": OURS.id,
            "conversation": CHAT,
            "recipient": Recipient.STUDENT,
            "identity": True,
        }
        return ManyWish(**(facts | other))  # type: ignore[arg-type]

    async def begun(self, *persons: str, **other: object) -> Progress:
        """The job of a wish that is granted."""
        progress = await self.many(ANA, self.wish(*persons, **other))  # type: ignore[arg-type]
        assert isinstance(progress, Progress), progress
        return progress

    async def work(self, *, failing: dict[str, tuple[Failure, str]] | None = None, most: int = 100) -> None:
        """What the worker does with the waiting tasks, without a directory: `failing` by person."""
        for task in await self._tasks.claim([RESET], most, timedelta(minutes=1)):
            operation = await self._store.one(task.payload["operation"])
            assert operation is not None
            failure = (failing or {}).get(operation.asked.person)
            if failure is not None:
                await self._store.fail(task, operation.asked.id, *failure, entries=(), tasks=())
                continue
            await self._store.candidate(
                task, operation.asked.id, partial(Secret, password_of(operation.asked.person))
            )
            now = self.clock()
            times = SetTimes(
                now,
                now + timedelta(minutes=self.timing.works_after_minutes),
                now + timedelta(minutes=self.timing.unseen_minutes_many),
                now + timedelta(hours=self.timing.life_hours),
            )
            await self._store.ready(task, operation.asked.id, times, entries=(), tasks=())


def password_of(person: str) -> str:
    """The password the worker makes for this student."""
    return f"Zegegosati{person.removeprefix('student-').zfill(4)}"
