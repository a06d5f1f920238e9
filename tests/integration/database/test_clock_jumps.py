"""Every promise that is kept by time, while the machine's clock jumps: back, ahead, ahead and back, also across a
restart. Nothing lasts longer by the jump, nothing is given anew, nothing is removed, and nothing waits for years.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.clock import STEP, SteadyClock
from bot.core.decision import Decision, Reason
from bot.core.passwords.ports import SlipLink
from bot.core.tasks import NewTask
from bot.core.transfers.limits import AskLimits, may_ask_again
from bot.core.transfers.model import State, Transfer
from bot.core.transfers.ports import Kept, Released
from bot.core.usernames.model import Attempt, LookupLimits, Outcome, Reach
from bot.core.usernames.policy import judge
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.runtime.housekeeping import housekeep, keep_mark
from tests.fakes import NOON
from tests.fakes_transfers import unlimited
from tests.integration.database.owner import MASTER_KEY, as_owner
from tests.promises.store import CONVERSATION, DIRECTOR, LEASE, Store, ready, reveal
from tests.promises.transfers_promises import asked_for, deadlines, kept_at_first, verdict

SOFIA = ZoneInfo("Europe/Sofia")
KEYS = DatabaseKeys.derive(MASTER_KEY)
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
SLOWER = 12 / 11
"""By so much longer may last what lasted while the clock was behind."""


class Machine:
    """A bot on a machine: time goes by as it does, the clock is set wrong by `wrong`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.true, self.wrong = NOON, timedelta(0)
        self.database: Database
        self.clock: SteadyClock

    def elapsed(self) -> float:
        return (self.true - NOON).total_seconds()

    async def start(self) -> None:
        self.clock = SteadyClock(lambda: self.true + self.wrong, self.elapsed)
        self.database = await Database.open(self.url, KEYS, self.clock)
        self.clock.resume(await self.database.high_water.read())
        await keep_mark(self.database, self.clock)

    async def restart(self) -> None:
        await self.database.close()
        await self.start()

    async def passes(self, by: timedelta) -> None:
        self.true += by
        await keep_mark(self.database, self.clock)

    @property
    def store(self) -> Store:
        database = self.database

        async def entries():
            return []

        return Store(database.operations, database.queue, database.rate_limit, self.clock, entries)  # type: ignore[arg-type]


Jump = Callable[[Machine], Awaitable[None]]


def jump(*wrong: timedelta, restart: bool = False) -> Jump:
    async def jumped(machine: Machine) -> None:
        for one in wrong:
            machine.wrong = one
            if restart:
                await machine.restart()
            await keep_mark(machine.database, machine.clock)
            machine.clock()

    return jumped


BACK = {
    "back an hour": jump(-HOUR),
    "back a day": jump(-DAY),
    "back an hour, restarted": jump(-HOUR, restart=True),
    "back a day, restarted": jump(-DAY, restart=True),
    "back two years, restarted": jump(-2 * YEAR, restart=True),
}
AHEAD = {
    "ahead two days": jump(STEP),
    "ahead two years": jump(2 * YEAR),
    "ahead two years, restarted": jump(2 * YEAR, restart=True),
    "ahead seventy days, restarted": jump(70 * DAY, restart=True),
}
AND_BACK = {
    "ahead an hour and back": jump(HOUR, timedelta(0)),
    "ahead two days and back": jump(STEP, timedelta(0)),
    "ahead two days and back, restarted": jump(STEP, timedelta(0), restart=True),
    "ahead two years and back": jump(2 * YEAR, timedelta(0)),
    "ahead two years and back, restarted": jump(2 * YEAR, timedelta(0), restart=True),
}
ALL = BACK | AHEAD | AND_BACK
UNMOVED = {name: ALL[name] for name in (*BACK, "ahead two years", *(name for name in AND_BACK if "years" in name))}
"""After these time is what it was: what lasts, lasts on."""


@pytest.fixture
async def machine(database_url: str) -> AsyncIterator[Machine]:
    made = Machine(database_url)
    await made.start()
    yield made
    await made.database.close()


def each(jumps: dict[str, Jump]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("jump", jumps.values(), ids=jumps.keys())


@each(ALL)
async def test_a_secret_is_not_shown_after_its_lease(machine, jump):
    await ready(machine.store)
    assert len(await reveal(machine.store)) == 1
    await machine.passes(MINUTE)
    await jump(machine)

    await machine.passes((LEASE - MINUTE) * SLOWER + SECOND)

    assert await reveal(machine.store) == ()


@each(UNMOVED)
async def test_a_secret_is_shown_again_within_its_lease(machine, jump):
    await ready(machine.store)
    await reveal(machine.store)
    await jump(machine)
    await machine.passes(MINUTE)

    assert len(await reveal(machine.store)) == 1


async def charged(machine: Machine, operation: str, outcome: Outcome, limits: LookupLimits) -> Decision:
    at = machine.clock()

    def within(attempts: Sequence[Attempt]) -> Decision:
        return judge(attempts, Reach.OTHER, at, limits, SOFIA)

    decision = await machine.database.ledger.reserve(DIRECTOR, operation, Reach.OTHER, at, within)
    if decision.allowed:
        await machine.database.ledger.settle(DIRECTOR, operation, Reach.OTHER, outcome, [])
    return decision


@each(BACK)
async def test_a_budget_is_not_renewed(machine, jump):
    limits = LookupLimits(other_per_day=3)
    assert all([(await charged(machine, f"{n}", Outcome.HIT, limits)).allowed for n in range(3)])
    await jump(machine)

    assert (await charged(machine, "late", Outcome.HIT, limits)).denied_because is Reason.OTHER_BUDGET_SPENT
    await machine.passes(DAY * SLOWER)
    assert (await charged(machine, "next day", Outcome.HIT, limits)).allowed


@each(ALL)
async def test_a_pause_after_misses_is_an_hour(machine, jump):
    for number in range(5):
        assert (await charged(machine, f"{number}", Outcome.MISS, LookupLimits())).allowed
    await jump(machine)
    if jump in UNMOVED.values():
        await machine.passes(50 * MINUTE)
        assert (await charged(machine, "early", Outcome.HIT, LookupLimits())).denied_because is Reason.TOO_MANY_MISSES
    await machine.passes(HOUR * SLOWER)

    assert (await charged(machine, "late", Outcome.HIT, LookupLimits())).allowed


@each(ALL)
async def test_whoever_waits_for_a_turn_waits_as_long_as_the_turn_takes(machine, jump):
    for _ in range(3):
        assert await machine.database.rate_limit.take("teams", SECOND, 3) == timedelta(0)
    await jump(machine)
    await machine.passes(2 * SECOND)

    assert await machine.database.rate_limit.take("teams", SECOND, 3) == timedelta(0)


@each(ALL)
async def test_a_task_that_is_due_is_done_now_and_one_that_is_not_in_its_time(machine, jump):
    now = machine.clock()
    await machine.database.queue.add([NewTask("now", "a", now), NewTask("later", "b", now + HOUR)])
    await jump(machine)

    assert await machine.database.queue.claim(["now"], 1, MINUTE)
    if jump in UNMOVED.values():
        await machine.passes(50 * MINUTE)
        assert not await machine.database.queue.claim(["later"], 1, MINUTE)
    await machine.passes(HOUR * SLOWER)
    assert await machine.database.queue.claim(["later"], 1, MINUTE)


@each(ALL)
async def test_what_a_dead_worker_held_is_taken_over_in_time(machine, jump):
    await machine.database.queue.add([NewTask("kind", "a", machine.clock())])
    assert await machine.database.queue.claim(["kind"], 1, MINUTE)
    await jump(machine)
    await machine.passes(MINUTE * SLOWER)

    assert await machine.database.queue.claim(["kind"], 1, MINUTE)


@each(ALL)
async def test_a_link_to_slips_ends_in_time(machine, jump):
    link = SlipLink(b"d" * 32, DIRECTOR, CONVERSATION, "operation", "", machine.clock() + 10 * MINUTE)
    await machine.database.operations.offer_link(link, ())
    await jump(machine)
    if jump in UNMOVED.values():
        await machine.passes(5 * MINUTE)
        assert await machine.database.operations.link(link.digest, machine.clock()) is not None
    await machine.passes(10 * MINUTE * SLOWER)

    now = machine.clock()
    assert await machine.database.operations.use_link(link.digest, now, now + MINUTE, lambda *_: ()) is None


@each(BACK | AND_BACK)
async def test_a_right_that_has_ended_does_not_come_back(machine, jump):
    now = machine.clock()
    asked = asked_for("request", at=now)
    asking = await machine.database.transfers.submit(asked, deadlines(now), State.REQUESTED, kept_at_first, unlimited)
    assert isinstance(asking, Transfer)
    approved = replace(asking, state=State.APPROVED, verdict=verdict(at=now), started_at=now)
    released = Kept(release=Released(asked.person, asked.receiving.id, now + HOUR))
    assert await machine.database.transfers.change(asking, approved, released)
    assert await machine.database.releases.released_by(asked.person, asked.receiving.id, now) == asked.releasing.id
    await machine.passes(HOUR)
    assert not await machine.database.releases.released_by(asked.person, asked.receiving.id, machine.clock())
    await jump(machine)

    assert not await machine.database.releases.released_by(asked.person, asked.receiving.id, machine.clock())


@each(ALL)
async def test_after_a_withdrawal_is_not_asked_again_and_not_never(machine: Machine, jump: Jump):
    async def ask(id_: str) -> Transfer | Decision:
        now = machine.clock()
        asked = asked_for(id_, at=now)
        return await machine.database.transfers.submit(
            asked, deadlines(now), State.REQUESTED, kept_at_first, lambda past: may_ask_again(past, now, AskLimits())
        )

    first = await ask("one")
    assert isinstance(first, Transfer)
    ended = machine.clock()
    withdrawn = replace(first, state=State.WITHDRAWN, verdict=verdict(at=ended), ended_at=ended)
    assert await machine.database.transfers.change(first, withdrawn, Kept())
    await jump(machine)

    if jump in UNMOVED.values():
        assert isinstance(await ask("two"), Decision)
    await machine.passes(4 * HOUR * SLOWER)
    assert isinstance(await ask("three"), Transfer)


async def rows(machine: Machine) -> list[int]:
    counted = "SELECT count(*) FROM "
    return [
        (await as_owner(machine.url, counted + table))[0][0]
        for table in ("transfer", "password_operation", "secret", "seen_activity", "lookup_attempt", "task")
    ]


@each({name: one for name, one in (AHEAD | AND_BACK).items() if "years" in name or "seventy" in name})
async def test_a_clock_that_is_ahead_removes_nothing(machine, jump, caplog):
    await ready(machine.store)
    await charged(machine, "one", Outcome.HIT, LookupLimits())
    now = machine.clock()
    first = await machine.database.transfers.submit(
        asked_for("one", at=now), deadlines(now), State.REQUESTED, kept_at_first, unlimited
    )
    assert isinstance(first, Transfer)
    await machine.database.transfers.change(
        first, replace(first, state=State.WITHDRAWN, verdict=verdict(at=now), ended_at=now), Kept()
    )
    machine.database.seen.mark("conversation", "activity")
    await machine.database.seen.flush()
    before = await rows(machine)
    await jump(machine)

    await housekeep(machine.database, machine.clock)

    assert await rows(machine) == before
    if machine.wrong:
        assert "python app.py clock" in caplog.text
    assert (await machine.database.audit.verify()).intact


async def test_what_was_written_two_years_ahead_holds_nothing_up_when_the_clock_is_right_again(machine):
    machine.wrong = 2 * YEAR
    await machine.restart()
    database, ahead = machine.database, machine.clock()
    assert ahead == machine.true + 2 * YEAR
    await database.queue.add([NewTask("kind", "new", ahead), NewTask("kind", "later", ahead + HOUR)])
    for _ in range(3):
        await database.rate_limit.take("teams", SECOND, 3)
    await database.rate_limit.pause("graph-writes", ahead + MINUTE)
    for number in range(5):
        await charged(machine, f"{number}", Outcome.MISS, LookupLimits())
    await ready(machine.store, "shown")
    await reveal(machine.store, "shown")

    machine.wrong = timedelta(0)
    await machine.restart()
    await machine.passes(6 * SECOND)

    assert machine.clock() == machine.true
    assert {task.key for task in await machine.database.queue.claim(["kind"], 9, MINUTE)} == {"new", "later"}
    assert await machine.database.rate_limit.take("teams", SECOND, 3) == timedelta(0)
    assert await machine.database.rate_limit.take("graph-writes", SECOND, 3) == timedelta(0)
    assert (await charged(machine, "now", Outcome.HIT, LookupLimits())).allowed
    assert await reveal(machine.store, "shown") == (), "rather lost than shown for two years"


async def test_housekeeping_says_that_the_bots_own_time_is_ahead_and_for_how_long(machine, caplog):
    await housekeep(machine.database, machine.clock)
    assert "ahead of the machine's clock" not in caplog.text
    await jump(HOUR, timedelta(0))(machine)

    await housekeep(machine.database, machine.clock)

    assert "1:00 ahead of the machine's clock" in caplog.text
    assert "until about 2026-11-23T22:00" in caplog.text, "eleven twelfths of the speed: twelve hours"


async def test_after_ten_weeks_the_word_is_enough(machine, caplog):
    machine.database.seen.mark("conversation", "activity")
    await machine.database.seen.flush()
    await machine.database.close()
    machine.true += 70 * DAY
    await machine.start()
    await housekeep(machine.database, machine.clock)
    assert (await rows(machine))[3] == 1
    assert "70 days ahead" in caplog.text

    await machine.database.high_water.confirm(machine.clock())
    await machine.passes(6 * SECOND)
    await housekeep(machine.database, machine.clock)

    assert not machine.clock.in_doubt
    assert (await rows(machine))[3] == 0
    assert (await machine.database.audit.verify()).intact


async def test_a_word_given_wrongly_is_taken_back_with_another(machine):
    await machine.database.high_water.confirm(NOON + 2 * YEAR)
    await machine.database.queue.add([NewTask("kind", "a", NOON + 2 * YEAR)])

    await machine.database.high_water.confirm(machine.true)
    await machine.restart()

    assert machine.clock() == machine.true
    assert await machine.database.queue.claim(["kind"], 1, MINUTE)


async def test_two_replicas_go_by_the_one_that_has_come_further(postgres_url):
    one, other = Machine(postgres_url), Machine(postgres_url)
    await one.start()
    await other.start()
    try:
        one.wrong = HOUR
        await one.passes(timedelta(0))
        await other.passes(timedelta(0))
        assert other.clock() >= one.true + HOUR

        one.wrong = 2 * YEAR
        await one.passes(timedelta(0))
        mark = await other.database.high_water.read()
        assert mark is not None
        assert mark < other.true + 2 * DAY
        assert not other.clock.in_doubt
    finally:
        await one.database.close()
        await other.database.close()
