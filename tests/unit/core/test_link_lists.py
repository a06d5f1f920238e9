"""Fetching a school's list: what is kept when it changes, does not change, cannot be read, or was uploaded."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.calendar import WorkCalendar
from bot.core.class_links.cases import LIST, REMIND
from bot.core.class_links.expected import Carrier, ExpectedClass, ExpectedList, Fault, RosterFault, RosterUnusable
from bot.core.class_links.lists import FetchList
from bot.core.class_links.ports import UPLOADED, KeptList, RosterFiles
from bot.core.errors import DirectoryBusy, DirectoryForbidden, DirectoryUnavailable
from bot.core.people.model import School
from bot.core.tasks import Task, TryAgain
from bot.runtime.task_worker import attempt
from tests.fakes import FakeClock
from tests.fakes_links import FakeLists, FakeTasks

CODE = "2990001"
PAYLOAD = {"school": "school-1", "code": CODE, "name": "СУ „Измислено“"}
DAYS = WorkCalendar(lambda day: False, zone=ZoneInfo("Europe/Sofia"))


class Desk:
    """The folder of one school, and what is kept of it."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.lists, self.tasks = FakeLists(), FakeTasks()
        self.found: RosterFiles | Exception | None = None
        self.unusable: RosterUnusable | None = None
        self.asked: list[str] = []
        self.meanwhile: KeptList | None = None
        """What somebody uploads while the folder is asked, or read."""
        self.fetch = FetchList(
            files=self, reader=self, lists=self.lists, tasks=self.tasks, clock=self.clock, days=DAYS
        )

    async def export_of(self, school: School, known: str) -> RosterFiles | None:
        assert (school.id, school.code) == ("school-1", CODE)
        self.asked.append(known)
        if self.meanwhile is not None:
            self.lists.kept[CODE] = self.meanwhile
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    async def read(self, files, *, school_code: str, dated: datetime) -> ExpectedList:
        if self.unusable is not None:
            raise self.unusable
        return ExpectedList(school_code, Carrier.SDS, dated, (ExpectedClass(files["x"].decode(), "Клас"),))

    def lies(self, content: str, mark: str, age: timedelta = timedelta(days=1)) -> None:
        self.found = RosterFiles({"x": content.encode()}, self.clock() - age, mark)

    async def work(self, failures: int = 0) -> KeptList:
        await attempt(self.fetch, Task(1, LIST, "k", PAYLOAD, 1, failures))
        return self.kept

    @property
    def kept(self) -> KeptList:
        return self.lists.kept[CODE]

    @property
    def rows(self) -> list[str]:
        return [] if self.kept.list is None else [row.id for row in self.kept.list.classes]


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_list_is_fetched_replaced_and_left_when_nothing_changed(desk):
    desk.lies("101", "m1")
    first = await desk.work()
    assert (desk.rows, first.mark, first.checked_at, first.faults) == (["101"], "m1", desk.clock(), ())
    desk.clock.move(hours=7)
    desk.found = RosterFiles({}, desk.clock(), "m1")
    again = await desk.work()
    assert (desk.rows, again.checked_at) == (["101"], desk.clock())
    desk.lies("102", "m2")
    await desk.work()
    assert desk.rows == ["102"]
    assert desk.asked == ["", "m1", "m1"]


async def test_a_list_that_cannot_be_used_takes_nothing_away_and_is_said(desk):
    desk.lies("101", "m1")
    await desk.work()
    desk.lies("", "m2")
    desk.unusable = RosterUnusable(RosterFault(Fault.NO_COLUMN, "users.csv: sourcedid"))
    kept = await desk.work()
    assert (desk.rows, kept.faults, kept.mark) == (
        ["101"],
        (RosterFault(Fault.NO_COLUMN, "users.csv: sourcedid"),),
        "m2",
    )


async def test_a_folder_that_is_gone_takes_the_list_with_it(desk):
    desk.lies("101", "m1")
    await desk.work()
    desk.found = None
    kept = await desk.work()
    assert (kept.list, kept.faults, kept.mark) == (None, (RosterFault(Fault.NO_FILES),), "")


@pytest.mark.parametrize(("fault", "mark"), [(Fault.REFUSED, "m2"), (Fault.LOCKED, ""), (Fault.TOO_LARGE, "m2")])
async def test_a_file_that_cannot_be_had_is_named_and_the_list_stays(desk, fault: Fault, mark: str):
    """Without one of its files the export says something else."""
    desk.lies("101", "m1")
    await desk.work()
    desk.lies("102", "m2")
    desk.found = replace(desk.found, faults=(RosterFault(fault, "users.csv"),))
    if fault is Fault.LOCKED:
        with pytest.raises(TryAgain) as caught:
            await desk.work()
        assert (caught.value.after, caught.value.failed) == (timedelta(minutes=5), False)
        await desk.fetch.carry_out(Task(1, LIST, "k", PAYLOAD, 4, 0))
    else:
        await desk.work()
    assert (desk.rows, desk.kept.faults, desk.kept.mark) == (["101"], (RosterFault(fault, "users.csv"),), mark)


async def test_a_folder_that_may_not_be_read_is_said_and_the_list_stays(desk):
    desk.lies("101", "m1")
    await desk.work()
    desk.found = DirectoryForbidden("accessDenied")
    kept = await desk.work()
    assert (desk.rows, kept.faults) == (["101"], (RosterFault(Fault.FORBIDDEN),))


async def test_while_others_are_read_it_waits_and_nothing_is_kept():
    desk = Desk()
    desk.lies("101", "m1")
    desk.unusable = RosterUnusable(RosterFault(Fault.BUSY))
    with pytest.raises(TryAgain) as caught:
        await desk.work()
    assert (caught.value.after, caught.value.failed, desk.lists.kept) == (timedelta(minutes=1), False, {})


@pytest.mark.parametrize(
    ("fault", "mark"),
    [(Fault.TOO_SLOW, ""), (Fault.BROKEN, ""), (Fault.TOO_MUCH_MEMORY, "m1"), (Fault.TOO_LARGE, "m1")],
)
async def test_what_may_go_better_another_time_is_read_again(fault: Fault, mark: str):
    desk = Desk()
    desk.lies("101", "m1")
    desk.unusable = RosterUnusable(RosterFault(fault))
    kept = await desk.work()
    assert (kept.faults, kept.mark) == ((RosterFault(fault),), mark)


@pytest.mark.parametrize(("error", "failed"), [(DirectoryBusy(30.0), False), (DirectoryUnavailable("x"), True)])
async def test_a_directory_that_does_not_answer_is_asked_again(desk, error, failed):
    desk.found = error
    with pytest.raises(TryAgain) as again:
        await desk.work(failures=1)
    assert again.value.failed is failed
    assert again.value.after > timedelta(0)
    assert desk.lists.kept == {}


async def test_after_the_last_failure_it_is_said(desk):
    desk.lies("101", "m1")
    await desk.work()
    await desk.fetch.on_dead_letter(Task(1, LIST, "k", PAYLOAD, 7, 6), DirectoryUnavailable("x"))
    assert (desk.rows, desk.kept.faults) == (["101"], (RosterFault(Fault.UNREACHABLE),))


def uploaded(desk: Desk) -> KeptList:
    now = desk.clock()
    listed = ExpectedList(CODE, Carrier.SDS, now, (ExpectedClass("uploaded", "Клас"),))
    return KeptList(now, listed, (), f"{UPLOADED}{now.isoformat()}")


@pytest.mark.parametrize("lies", [True, False])
async def test_an_uploaded_list_outlives_a_folder_that_is_older_or_empty(desk, lies):
    desk.lists.kept[CODE] = uploaded(desk)
    if lies:
        desk.lies("101", "m1", timedelta(minutes=1))
    desk.clock.move(hours=7)
    kept = await desk.work()
    assert (desk.rows, kept.checked_at, kept.faults) == (["uploaded"], desk.clock(), ())


@pytest.mark.parametrize("lies", ["nothing", "older", "same", "forbidden", "unusable"])
@pytest.mark.parametrize("known", [True, False])
async def test_what_is_uploaded_while_the_folder_is_asked_stays(desk, known, lies):
    if known:
        desk.lies("101", "m1", timedelta(days=2))
        await desk.work()
    desk.clock.move(hours=7)
    desk.meanwhile = uploaded(desk)
    match lies:
        case "older":
            desk.lies("102", "m2")
        case "same":
            desk.lies("101", "m1", timedelta(days=2))
        case "unusable":
            desk.lies("102", "m2")
            desk.unusable = RosterUnusable(RosterFault(Fault.NO_COLUMN, "users.csv: sourcedid"))
        case "forbidden":
            desk.found = DirectoryForbidden("accessDenied")
        case _:
            desk.found = None
    kept = await desk.work()
    assert (desk.rows, kept.uploaded) == (["uploaded"], True)


@pytest.mark.parametrize("trouble", ["dead letter", "forbidden", "unusable"])
async def test_what_is_uploaded_outlives_a_folder_that_cannot_be_used_and_then_is_gone(desk, trouble):
    desk.lists.kept[CODE] = uploaded(desk)
    desk.clock.move(hours=7)
    match trouble:
        case "dead letter":
            await desk.fetch.on_dead_letter(Task(1, LIST, "k", PAYLOAD, 7, 6), DirectoryUnavailable("x"))
        case "forbidden":
            desk.found = DirectoryForbidden("accessDenied")
            await desk.work()
        case _:
            desk.lies("102", "m2", timedelta(minutes=1))
            desk.unusable = RosterUnusable(RosterFault(Fault.NO_COLUMN, "users.csv: sourcedid"))
            await desk.work()
    assert len(desk.kept.faults) == 1
    desk.clock.move(hours=7)
    desk.found = None
    kept = await desk.work()
    assert (desk.rows, kept.uploaded, kept.faults) == (["uploaded"], True, ()), "and nothing is said any more"


async def test_a_newer_export_takes_the_place_of_an_uploaded_list(desk):
    desk.lists.kept[CODE] = uploaded(desk)
    desk.clock.move(hours=7)
    desk.lies("101", "m1", timedelta(minutes=1))
    await desk.work()
    assert (desk.rows, desk.kept.mark) == (["101"], "m1")


async def test_with_the_first_list_reminders_begin_once_a_morning(desk):
    desk.lies("101", "m1")
    await desk.work()
    await desk.work()
    (reminder,) = desk.tasks.added.values()
    assert reminder.kind == REMIND
    morning = DAYS.next_morning(desk.clock())
    assert morning <= reminder.run_at < morning + timedelta(hours=2)


async def test_without_working_days_nobody_is_reminded():
    desk = Desk()
    desk.fetch = FetchList(files=desk, reader=desk, lists=desk.lists, tasks=desk.tasks, clock=desk.clock, days=None)
    desk.lies("101", "m1")
    await desk.work()
    assert desk.tasks.added == {}
