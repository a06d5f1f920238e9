"""What the health page says: to a machine that restarts, and to a person who looks."""

import json
from datetime import timedelta

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.core.errors import StoreUnavailable
from bot.database.queue import QueueCounts
from bot.runtime.health import Health, tasks
from tests.fakes import NOON, FakeClock

REQUEST = make_mocked_request("GET", "/health")


class Counting:
    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self):
        self.asked += 1
        answer = self.answers[min(self.asked, len(self.answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (QueueCounts(0, None, 0), ("running", 0, 0, 0)),
        (QueueCounts(3, NOON - timedelta(seconds=7.9), 0), ("running", 3, 7, 0)),
        (QueueCounts(3, NOON - timedelta(minutes=10), 0), ("running", 3, 600, 0)),
        (QueueCounts(3, NOON - timedelta(minutes=10, seconds=1), 0), ("late", 3, 601, 0)),
        (QueueCounts(0, None, 1), ("dead", 0, 0, 1)),
        (QueueCounts(3, NOON - timedelta(hours=1), 1), ("late", 3, 3600, 1)),
        (QueueCounts(1, NOON + timedelta(seconds=2), 0), ("running", 1, 0, 0)),
    ],
)
def test_what_is_said_of_the_tasks(counts, said):
    assert tuple(tasks(counts, NOON).values()) == said


@pytest.mark.parametrize("counts", [QueueCounts(9, NOON - timedelta(days=1), 4), QueueCounts(0, None, 0)])
async def test_late_and_dead_tasks_are_told_and_restart_nothing(counts):
    answer = await Health(Counting(counts), FakeClock())(REQUEST)

    assert answer.status == 200
    said = json.loads(answer.text or "")
    assert said["database"] == "available"
    assert said["tasks"] == tasks(counts, NOON)


@pytest.mark.parametrize("installs", [None, "refused", "allowed", "unknown"])
async def test_whether_the_bot_can_install_itself_is_told_where_it_tries(installs):
    tell = None if installs is None else lambda: installs
    answer = await Health(Counting(QueueCounts(0, None, 0)), FakeClock(), installs=tell)(REQUEST)

    assert answer.status == 200
    assert json.loads(answer.text or "").get("installs") == installs


@pytest.mark.parametrize("state", [None, "good", "soon", "now"])
async def test_whether_a_certificate_ends_soon_is_told_where_there_are_any(state):
    answer = await Health(Counting(QueueCounts(0, None, 0)), FakeClock(), certificates=lambda: state)(REQUEST)

    assert (answer.status, json.loads(answer.text or "").get("certificates")) == (200, state)


@pytest.mark.parametrize("unreached", [None, 0, 27])
async def test_in_how_many_regions_nobody_would_be_told_is_told_where_it_is_known(unreached):
    answer = await Health(Counting(QueueCounts(0, None, 0)), FakeClock(), offices=lambda: unreached)(REQUEST)

    page = json.loads(answer.text or "")
    assert (answer.status, page.get("offices_unreached")) == (200, unreached or None)


async def test_without_a_database_it_is_not_well_and_with_one_it_is_again():
    clock = FakeClock()
    counting = Counting(StoreUnavailable("x"), QueueCounts(0, None, 0))
    health = Health(counting, clock)

    assert (await health(REQUEST)).status == 503
    clock.move(seconds=2)
    assert (await health(REQUEST)).status == 200


async def test_a_thousand_visitors_cost_one_count():
    clock = FakeClock()
    counting = Counting(QueueCounts(0, None, 0))
    health = Health(counting, clock)
    for _ in range(1_000):
        await health(REQUEST)
    assert counting.asked == 1

    clock.move(seconds=2)
    await health(REQUEST)
    clock.move(seconds=-3600)  # set back by somebody
    await health(REQUEST)
    assert counting.asked == 3


@pytest.mark.parametrize(("in_doubt", "said"), [(False, "running"), (True, "in-doubt")])
async def test_a_clock_in_doubt_is_told_and_restarts_nothing(in_doubt, said):
    answer = await Health(Counting(QueueCounts(0, None, 0)), FakeClock(), in_doubt=lambda: in_doubt)(REQUEST)

    assert (answer.status, json.loads(answer.text or "")["clock"]) == (200, said)


async def test_what_the_directory_takes_is_shown():
    taken: dict[str, str | int | bool] = {"asked": "2026-11-23T12:00:00+00:00", "expands": 1}
    answer = await Health(Counting(QueueCounts(0, None, 0)), FakeClock(), directory=lambda: taken)(REQUEST)

    assert json.loads(answer.text or "")["directory"] == taken


@pytest.mark.parametrize(("lead", "said"), [(0, "running"), (300, "running"), (301, "ahead"), (90_000, "ahead")])
async def test_that_the_bots_own_time_is_ahead_of_the_machines_is_told(lead, said):
    answer = await Health(Counting(QueueCounts(0, None, 0)), FakeClock(), lead=lambda: timedelta(seconds=lead))(
        REQUEST
    )
    page = json.loads(answer.text or "")

    assert (answer.status, page["clock"]) == (200, said)
    assert page.get("clock_ahead_seconds") == (lead if said == "ahead" else None)
