import asyncio
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.tasks import NewTask
from bot.core.usernames.model import Attempt, Outcome, Reach
from bot.database.engine import Database
from tests.integration.database.conftest import MovableClock, Open
from tests.integration.database.owner import as_owner

NOW = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
REFUSED = Decision(Reason.OTHER_BUDGET_SPENT)


def at_most(budget: int) -> Callable[[Sequence[Attempt]], Decision]:
    """An honest judge: it counts what it is shown and nothing else."""
    return lambda attempts: ALLOWED if len(attempts) < budget else REFUSED


def entry(action: str = "username.lookup", at: datetime = NOW) -> AuditEntry:
    return AuditEntry(at, "director", action, "v1:subject", "hit", {"purpose": "moved"})


async def shown(database: Database, actor: str = "director", at: datetime = NOW) -> list[Attempt]:
    """What a judge is shown; refuses, so that asking leaves no trace."""
    seen: list[Attempt] = []

    def judge(attempts: Sequence[Attempt]) -> Decision:
        seen.extend(attempts)
        return REFUSED

    assert await database.ledger.reserve(actor, "just asking", Reach.OWN, at, judge) == REFUSED
    return seen


async def test_parallel_reservations_never_spend_more_than_the_budget(
    database: Database, rounds: Callable[[int], int]
):
    budget, presses = 3, 6
    for number in range(rounds(200)):
        decisions = await asyncio.gather(
            *(
                database.ledger.reserve(f"director {number}", f"press {press}", Reach.OTHER, NOW, at_most(budget))
                for press in range(presses)
            )
        )
        assert sum(decision.allowed for decision in decisions) == budget


async def test_two_replicas_spend_one_budget(open_database: Open, postgres_url: str, rounds: Callable[[int], int]):
    how_often = rounds(100)
    replicas = [await open_database(postgres_url) for _ in range(2)]
    budget = 5
    for number in range(how_often):
        decisions = await asyncio.gather(
            *(
                replicas[press % 2].ledger.reserve(f"d{number}", f"p{press}", Reach.OTHER, NOW, at_most(budget))
                for press in range(12)
            )
        )
        assert sum(decision.allowed for decision in decisions) == budget
    written = await as_owner(postgres_url, "SELECT count(*) FROM lookup_attempt GROUP BY actor")
    assert written == [(budget,)] * how_often


async def test_one_operation_is_charged_once_however_often_it_arrives_at_once(database: Database):
    for number in range(50):
        decisions = await asyncio.gather(
            *(database.ledger.reserve(f"d{number}", "same", Reach.OTHER, NOW, at_most(1)) for _ in range(4))
        )
        assert all(decision.allowed for decision in decisions)
        assert len(await shown(database, f"d{number}")) == 1


async def test_a_judge_that_fails_leaves_nothing_and_blocks_nobody(database: Database):
    def broken(attempts: Sequence[Attempt]) -> Decision:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.ledger.reserve("director", "op", Reach.OTHER, NOW, broken)
    assert await database.ledger.reserve("director", "op", Reach.OTHER, NOW, at_most(1)) == ALLOWED


async def test_attempts_of_one_moment_stay_in_the_order_they_were_made(database: Database):
    outcomes = random.Random(7).choices([Outcome.HIT, Outcome.MISS], k=12)
    for number, outcome in enumerate(outcomes):
        await database.ledger.reserve("director", f"{99 - number}", Reach.OTHER, NOW, at_most(99))
        await database.ledger.settle("director", f"{99 - number}", Reach.OTHER, outcome, [])

    assert [attempt.outcome for attempt in await shown(database)] == outcomes


async def test_a_hit_is_kept_with_its_schools_and_what_is_to_be_told_with_it(database: Database):
    await database.ledger.reserve("director", "op", Reach.OTHER, NOW, at_most(9))
    told = NewTask("alarm", "director:1", NOW, {"actor": "director"})

    await database.ledger.settle(
        "director", "op", Reach.OTHER, Outcome.HIT, [entry()], schools=frozenset({"s1", "s2"}), tasks=[told]
    )

    assert await shown(database) == [Attempt(NOW, Reach.OTHER, Outcome.HIT, frozenset({"s1", "s2"}))]
    (task,) = await database.queue.claim(["alarm"], 1, timedelta(minutes=1))
    assert task.payload == {"actor": "director"}


async def test_of_two_replicas_with_one_operation_the_one_that_answered_counts(database: Database):
    await database.ledger.reserve("director", "op", Reach.OTHER, NOW, at_most(9))
    await database.ledger.settle("director", "op", Reach.OTHER, Outcome.FAILED, [])
    await database.ledger.settle("director", "op", Reach.OTHER, Outcome.HIT, [])
    await database.ledger.settle("director", "op", Reach.OTHER, Outcome.FAILED, [])

    assert await shown(database) == [Attempt(NOW, Reach.OTHER, Outcome.HIT)]


async def test_settling_one_director_leaves_the_others_alone(database: Database):
    for actor in ("one", "two"):
        await database.ledger.reserve(actor, "op", Reach.OTHER, NOW, at_most(9))
    await database.ledger.settle("one", "op", Reach.OTHER, Outcome.MISS, [])

    assert [attempt.outcome for attempt in await shown(database, "two")] == [Outcome.PENDING]


async def test_an_outcome_without_its_audit_entry_is_not_kept(database: Database):
    await database.ledger.reserve("director", "op", Reach.OTHER, NOW, at_most(9))
    unwritable = entry(at=datetime(2026, 9, 15, 8, 30))  # noqa: DTZ001 -- that is what is wrong with it

    with pytest.raises(ValueError, match="time zone"):
        await database.ledger.settle("director", "op", Reach.OTHER, Outcome.HIT, [entry(), unwritable])

    assert [attempt.outcome for attempt in await shown(database)] == [Outcome.PENDING]
    assert (await database.audit.verify()).rows == 0


async def test_old_attempts_are_purged_and_young_ones_are_not(database: Database, clock: MovableClock):
    for days in (8, 7.01, 6.99, 0):
        await database.ledger.reserve("director", f"op{days}", Reach.OTHER, NOW - timedelta(days=days), at_most(99))

    assert await database.purge(NOW) == 2
    assert await database.purge(NOW) == 0
    assert await database.purge(NOW + timedelta(days=30)) == 2
