"""Class links for the conversations: one school's list, what exists of it, and the worker that mends."""

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.actors.recognise import RecogniseActor
from bot.core.class_links.carry_out import CarryOutMend
from bot.core.class_links.cases import MEND
from bot.core.class_links.expected import Carrier, ExpectedClass, ExpectedList
from bot.core.class_links.model import Existing
from bot.core.class_links.one_time_links import OneTimePages
from bot.core.class_links.ports import KeptList, RosterFiles, UploadedForm
from bot.core.class_links.read import ReadLinks
from bot.core.clock import day_in_sofia
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.tasks import Task
from bot.documents.forms import form_files
from bot.documents.rosters import read_roster
from tests.fakes import FakeClock, FakeDirectory
from tests.fakes_links import FakeByHand, FakeCases, FakeClasses, FakeLists, FakeOneTimeLinks, FakeTasks
from tests.fakes_passwords import FakeRateLimit

SOFIA = ZoneInfo("Europe/Sofia")
FOLDER = "НЕИСПУО/Класове"
STUDENTS = ("ab12345671", "cd12345672", "ef12345673")
_OLD = datetime(2026, 9, 20, 8, 0, tzinfo=UTC)


def row(number: str, subject: str, status: str = "", *, teacher: str = "a.b") -> ExpectedClass:
    since = _OLD if status else None
    return ExpectedClass(number, f"{subject} - 5 а - ООП", (teacher,), STUDENTS, status, since)


ROWS = (
    row("101", "Български език"),
    row("102", "Математика", "Изчаква създаване"),
    row("103", "Музика"),
    row("104", "Химия"),
    row("105", "Физика"),
    row("106", "История", "Грешка при създаване"),
    row("107", "География"),
    row("108", "Биология", teacher="v.g"),
)


def there(number: str, subject: str, **over: object) -> Existing:
    known = {
        "has_team": True,
        "created": _OLD,
        "owners": frozenset({"a.b"}),
        "members": frozenset({"a.b", *STUDENTS}),
        "archived": False,
        "activated": True,
    }
    return Existing(f"class-{number}", number, f"{subject} - 5 а - ООП", **{**known, **over})  # type: ignore[arg-type]  # of a test's table


class LinkRoom:
    """What the conversations about links stand on. `work()` has the worker do what waits."""

    def __init__(self, clock: FakeClock, recognise: RecogniseActor, directory: FakeDirectory, school: School) -> None:
        people = tuple(
            Person(
                "teacher" if name == "a.b" else f"id-{name}",
                name,
                f"{name}@edu.mon.bg",
                kind,
                AccountState.ACTIVE,
                (school,),
            )
            for name, kind in (
                ("a.b", Kind.TEACHER),
                ("v.g", Kind.TEACHER),
                *((one, Kind.STUDENT) for one in STUDENTS),
            )
        )
        self.clock = clock
        ids = {person.username.partition("@")[0]: person.id for person in people}
        ids["z.d"] = "deputy"  # who decides for the director teaches at the school, and is in its roster
        self.classes = FakeClasses(
            clock,
            (
                there("101", "Български език"),
                there("104", "Химия", owners=frozenset()),
                there("105", "Физика", members=frozenset({"a.b", STUDENTS[0]})),
                there("107", "География", activated=False),
                there("108", "Биология", owners=frozenset({"v.g"}), members=frozenset({"v.g", *STUDENTS})),
                there("199", "Руски език"),
            ),
            ids,
        )
        expected = ExpectedList(
            school.code, Carrier.SDS, _OLD, ROWS, {one: f"Ученик {place}" for place, one in enumerate(STUDENTS)}
        )
        self.lists = FakeLists({school.code: KeptList(clock() + timedelta(days=1), expected)})
        self.cases, self.by_hand, self.tasks = FakeCases(), FakeByHand(), FakeTasks()
        self.one_time_links, numbers = FakeOneTimeLinks(), itertools.count(1)
        self.files, self.reader = NoFiles(), Reader()
        self.new_token = lambda: f"token-{next(numbers)}"
        self.use_cases: Any = None
        self.worker = CarryOutMend(
            actors=recognise,
            cases=self.cases,
            lists=self.lists,
            reader=self.classes,
            writer=self.classes,
            people=_People((*people, *directory.people)),
            rate_limit=FakeRateLimit(clock),
            clock=clock,
            writes_per_second=20.0,
        )

    @property
    def read(self) -> ReadLinks:
        """The dialog's: it remembers."""
        read: ReadLinks = self.use_cases.read
        return read

    @property
    def run(self) -> OneTimePages:
        """The dialog's."""
        run: OneTimePages = self.use_cases.run
        return run

    async def work(self) -> None:
        """Everything that is to be mended, once."""
        waiting = [task for task in self.cases.tasks if task.kind == MEND]
        for number, new in enumerate(waiting):
            await self.worker.carry_out(Task(number, new.kind, new.key, dict(new.payload), 1))
        self.cases.tasks = [task for task in self.cases.tasks if task.kind != MEND]


class NoFiles:
    """`SchoolFiles` of a school that has none."""

    async def export_of(self, school: School, known: str) -> RosterFiles | None:
        return None


class Reader:
    """`RosterReader` without a process."""

    async def read(
        self, files: Mapping[str, bytes] | UploadedForm, *, school_code: str, dated: datetime
    ) -> ExpectedList:
        if isinstance(files, UploadedForm):
            files.content.seek(0)
            files = form_files(files.content.read(), files.media_type)
        return read_roster(files, school_code=school_code, dated=dated, today=day_in_sofia(dated))


class _People:
    def __init__(self, people: tuple[Person, ...]) -> None:
        self._people = people

    async def people_of_school(self, school: School) -> tuple[Person, ...]:
        return tuple(person for person in self._people if person.attends(school.id))
