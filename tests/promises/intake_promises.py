"""What intake's ledger promises, whichever keeps it: `bot/core/intake/ports.py`."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.intake.model import Charged, IntakeLimits
from bot.core.intake.policy import within_budget
from bot.core.intake.ports import Follows, IntakeLedger
from bot.core.tasks import NewTask
from tests.promises.store import NOW

LIMITS = IntakeLimits(per_school=40, misses_within=1_000)
ENTRY = AuditEntry(NOW, "director", "intake.lookup", "alias", "not-found")
TASK = NewTask("username.alarm", "key", NOW)


@dataclass
class IntakeStore:
    """One implementation, empty. `entries` and `tasks` tell what was written beside it."""

    ledger: IntakeLedger
    entries: Callable[[], Awaitable[Sequence[AuditEntry]]]
    tasks: Callable[[], Awaitable[int]]

    async def reserves(self, operation: str, count: int, *, school: str = "school", season: int = 2026) -> Decision:
        def judge(charges: Sequence[Charged]) -> Decision:
            return within_budget(charges, count, NOW, LIMITS)

        return await self.ledger.reserve(
            school, operation, actor="director", at=NOW, season=season, count=count, judge=judge
        )

    async def settles(
        self, operation: str, count: int, missed: int = 0, follows: Follows | None = None
    ) -> tuple[Charged, ...]:
        return await self.ledger.settle(
            "school",
            operation,
            Charged(NOW, count, missed),
            actor="director",
            season=2026,
            entries=(ENTRY,),
            follows=lambda _: follows or Follows(),
        )


class IntakePromises:
    async def test_a_list_is_charged_once_however_often_it_is_sent(self, store: IntakeStore):
        assert await store.reserves("press", 30) == ALLOWED
        assert await store.reserves("press", 30) == ALLOWED
        assert await store.reserves("other", 11) == Decision(Reason.INTAKE_SPENT)
        assert await store.reserves("third", 10) == ALLOWED
        charged = await store.ledger.charges("school", 2026)
        assert sorted(one.count for one in charged) == [10, 30]

    async def test_schools_and_seasons_have_budgets_of_their_own(self, store: IntakeStore):
        assert await store.reserves("press", 40) == ALLOWED
        assert await store.reserves("press", 40, school="another") == ALLOWED
        assert await store.reserves("next year", 40, season=2027) == ALLOWED

    async def test_of_many_at_once_no_more_than_the_budget_are_allowed(self, store: IntakeStore):
        decisions = await asyncio.gather(*(store.reserves(f"press-{number}", 8) for number in range(12)))

        assert sum(one.allowed for one in decisions) == 5

    async def test_what_it_came_to_is_written_once_and_with_what_follows(self, store: IntakeStore):
        await store.reserves("press", 30)
        follows = Follows((ENTRY,), (TASK,))

        assert await store.settles("press", 25, 20, follows) == (Charged(NOW, 25, 20),)
        assert await store.settles("press", 30, 0, follows) == (Charged(NOW, 25, 20),)

        assert len(await store.entries()) == 3
        assert await store.tasks() == 1

    async def test_a_list_of_own_students_alone_is_charged_for_nobody(self, store: IntakeStore):
        await store.reserves("press", 3)

        assert [(one.count, one.missed) for one in await store.settles("press", 0)] == [(0, 0)]
        assert await store.reserves("other", 40) == ALLOWED

    async def test_what_was_not_answered_is_charged_to_nobody_and_recorded(self, store: IntakeStore):
        await store.reserves("press", 40)

        await store.ledger.release("school", "press", (ENTRY,))

        assert await store.ledger.charges("school", 2026) == ()
        assert len(await store.entries()) == 1
        assert await store.reserves("press", 40) == ALLOWED

    async def test_what_was_answered_once_stays_charged_if_it_fails_when_repeated(self, store: IntakeStore):
        await store.reserves("press", 40)
        await store.settles("press", 40, 1)

        await store.ledger.release("school", "press", (ENTRY,))

        assert await store.ledger.charges("school", 2026) == (Charged(NOW, 40, 1),)

    async def test_of_one_press_in_two_replicas_the_one_without_an_answer_makes_the_other_free_for_nobody(
        self, store: IntakeStore
    ):
        await store.reserves("press", 40)
        await store.reserves("press", 40)
        await store.ledger.release("school", "press", (ENTRY,))

        assert await store.settles("press", 40, 3, Follows((), (TASK,))) == (Charged(NOW, 40, 3),)

        assert await store.ledger.charges("school", 2026) == (Charged(NOW, 40, 3),)
        assert await store.tasks() == 1
        assert await store.reserves("other", 1) == Decision(Reason.INTAKE_SPENT)

    async def test_the_charges_come_in_the_order_of_time(self, store: IntakeStore):
        for number in (2, 0, 1):
            await store.ledger.reserve(
                "school",
                f"press-{number}",
                actor="director",
                at=NOW + timedelta(minutes=number),
                season=2026,
                count=number + 1,
                judge=lambda _: ALLOWED,
            )

        assert [one.count for one in await store.ledger.charges("school", 2026)] == [1, 2, 3]
