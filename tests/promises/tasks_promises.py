"""The promises of `bot.core.tasks.TaskQueue` and `Pace`."""

import random
from datetime import datetime, timedelta

import pytest

from bot.core.tasks import NewTask, TaskLost
from tests.promises.store import NOW, TASK_LEASE, Store, claimed, due

FAR = timedelta(days=30)


class QueuePromises:
    async def test_a_task_is_claimed_once_it_is_due_and_by_one_at_a_time(self, store: Store):
        await store.queue.add([NewTask("kind", "key", NOW + timedelta(seconds=5), {"operation": "дълго"})])
        assert await due(store, "kind") == []
        store.pass_by(seconds=5)

        task = await claimed(store, "kind")

        assert (task.kind, task.key, task.payload) == ("kind", "key", {"operation": "дълго"})
        assert (task.attempt, task.failures) == (1, 0)
        assert await due(store, "kind") == []

    async def test_the_longest_due_come_first_and_no_more_than_asked_for(self, store: Store):
        ages = {"a": 3, "b": 9, "c": 1, "d": 7, "e": -1}
        await store.queue.add([NewTask("kind", key, NOW - timedelta(seconds=age)) for key, age in ages.items()])
        await store.queue.add([NewTask("other", "x", NOW - timedelta(days=1))])

        assert [task.key for task in await store.queue.claim(["kind"], 2, TASK_LEASE)] == ["b", "d"]
        assert await store.queue.claim(["kind"], 0, TASK_LEASE) == ()
        assert await store.queue.claim([], 9, TASK_LEASE) == ()
        assert await due(store, "kind") == ["a", "c"]
        assert await due(store, "kind", "other") == ["x"]

    async def test_the_same_work_written_twice_is_done_once(self, store: Store):
        await store.queue.add([NewTask("kind", "key", NOW, {"n": "1"})])
        await store.queue.add([NewTask("kind", "key", NOW - timedelta(days=1), {"n": "2"})])
        await store.queue.add([])

        task = await claimed(store, "kind")
        assert task.payload == {"n": "1"}
        await store.queue.done(task)
        await store.queue.add([NewTask("kind", "key", NOW)])
        assert await due(store, "kind") == []

    async def test_two_kinds_of_work_may_have_one_key(self, store: Store):
        """One of three bugs made before: a key unique by itself, and a reminder swallowed the message it announced."""
        await store.queue.add([NewTask("reminder", "operation", NOW), NewTask("message", "operation", NOW)])

        assert await due(store, "reminder") == ["operation"]
        assert await due(store, "message") == ["operation"]

    async def test_a_task_whose_lease_is_over_is_the_next_ones(self, store: Store):
        await store.queue.add([NewTask("kind", "key", NOW)])
        first = await claimed(store, "kind")
        store.pass_by(seconds=TASK_LEASE.total_seconds())

        second = await claimed(store, "kind")

        assert (second.id, second.attempt) == (first.id, 2)
        assert second.failures == 0

    async def test_a_renewed_lease_keeps_the_task(self, store: Store):
        await store.queue.add([NewTask("kind", "key", NOW)])
        task = await claimed(store, "kind")
        store.pass_by(seconds=20)
        await store.queue.renew(task, TASK_LEASE)
        store.pass_by(seconds=20)
        assert await due(store, "kind") == []
        store.pass_by(seconds=10)
        assert await due(store, "kind") == ["key"]

    async def test_what_is_done_is_done(self, store: Store):
        await store.queue.add([NewTask("kind", "key", NOW)])
        task = await claimed(store, "kind")

        await store.queue.done(task)
        await store.queue.done(task)
        await store.queue.again(task, NOW, "late", failed=True)
        await store.queue.renew(task, TASK_LEASE)
        await store.queue.dead_letter(task, "late")

        store.clock.now += FAR
        assert await due(store, "kind") == []

    async def test_what_is_dead_stays_dead(self, store: Store):
        await store.queue.add([NewTask("kind", "key", NOW)])
        task = await claimed(store, "kind")

        await store.queue.dead_letter(task, "ZeroDivisionError")
        await store.queue.again(task, NOW, "late", failed=True)

        store.clock.now += FAR
        assert await due(store, "kind") == []

    async def test_again_is_later_and_only_failures_count(self, store: Store):
        await store.queue.add([NewTask("kind", "key", NOW)])
        failures = []
        for failed in (False, True, True, False):
            task = await claimed(store, "kind")
            failures.append(task.failures)
            await store.queue.again(task, store.clock() + timedelta(minutes=1), "busy", failed=failed)
            assert await due(store, "kind") == []
            store.pass_by(minutes=1)

        last = await claimed(store, "kind")
        assert [*failures, last.failures] == [0, 0, 1, 2, 2]
        assert last.attempt == 5

    async def test_whoever_lost_a_task_can_do_nothing_to_it(self, store: Store):
        await store.queue.add([NewTask("kind", "key", NOW)])
        lost = await claimed(store, "kind")
        store.pass_by(minutes=1)
        held = await claimed(store, "kind")

        for call in (
            store.queue.renew(lost, FAR),
            store.queue.done(lost),
            store.queue.again(lost, NOW, "late", failed=True),
            store.queue.dead_letter(lost, "late"),
        ):
            with pytest.raises(TaskLost):
                await call
        await store.queue.done(held)
        with pytest.raises(TaskLost):
            await store.queue.done(lost)
        store.clock.now += FAR
        assert await due(store, "kind") == []


class PacePromises:
    EVERY = timedelta(milliseconds=100)

    async def _take(self, store: Store, burst: int = 1, name: str = "writes") -> timedelta:
        return await store.rate_limit.take(name, self.EVERY, burst)

    async def test_one_goes_per_interval_and_the_wait_is_told_exactly(self, store: Store):
        assert await self._take(store) == timedelta(0)
        assert await self._take(store) == self.EVERY
        store.pass_by(milliseconds=30)
        assert await self._take(store, 2) == timedelta(0)
        assert await self._take(store, 2) == timedelta(milliseconds=70)
        store.pass_by(milliseconds=170)
        assert await self._take(store) == timedelta(0)  # having asked in vain costs nothing

    async def test_who_is_refused_comes_one_after_the_other_and_then_goes(self, store: Store):
        assert [await self._take(store, 3) for _ in range(3)] == [timedelta(0)] * 3
        waits = [await self._take(store, 3) for _ in range(150)]
        assert waits == [self.EVERY * place for place in range(1, 151)]

        began = store.clock()
        for wait in waits:
            store.clock.now = began + wait
            assert await self._take(store, 3) == timedelta(0)

    async def test_who_is_refused_is_behind_those_who_were_refused_before_and_not_behind_those_who_come(
        self, store: Store
    ):
        await self._take(store)
        assert [await self._take(store) for _ in range(2)] == [self.EVERY, self.EVERY * 2]
        store.pass_by(milliseconds=100)
        assert await self._take(store) == timedelta(0)  # the first of them
        assert await self._take(store) == self.EVERY * 2  # the second has the next turn
        store.pass_by(seconds=1)
        assert [await self._take(store) for _ in range(2)] == [timedelta(0), self.EVERY]  # nobody is left

    @pytest.mark.parametrize("burst", [1, 2])
    async def test_who_comes_a_little_late_to_their_place_does_not_slow_the_others_down(
        self, store: Store, burst: int
    ):
        rng = random.Random(20261130)
        began, due = store.clock(), [(timedelta(0), number) for number in range(40)]
        while due:
            due.sort()
            moment, number = due.pop(0)
            store.clock.now = began + moment
            wait = await self._take(store, burst)
            if wait:
                due.append((moment + wait + timedelta(milliseconds=rng.randrange(2, 11)), number))
        assert store.clock() - began <= self.EVERY * (40 - burst) * 1.05

    async def test_a_line_of_those_who_may_not_come_is_not_waited_for_longer_than_twenty_seconds(self, store: Store):
        await self._take(store)
        waits = [await self._take(store) for _ in range(450)]
        assert waits == [self.EVERY * (1 + place % 200) for place in range(450)]

    async def test_each_burst_has_a_line_of_its_own(self, store: Store):
        """What is urgent does not queue behind what is not."""
        while await self._take(store, 8) == timedelta(0):
            pass
        for _ in range(100):
            await self._take(store, 2)
        assert await self._take(store, 8) == self.EVERY * 2

    async def test_those_who_go_together_take_as_many_places(self, store: Store):
        assert await store.rate_limit.take("writes", self.EVERY, 5, 5) == timedelta(0)
        waits = [await store.rate_limit.take("writes", self.EVERY, 5, 5) for _ in range(3)]
        assert waits == [self.EVERY * 5, self.EVERY * 10, self.EVERY * 15]

    async def test_a_burst_goes_at_once_and_is_earned_back_slowly(self, store: Store):
        assert [await self._take(store, 3) for _ in range(4)] == [timedelta(0)] * 3 + [self.EVERY]
        store.pass_by(milliseconds=100)
        assert await self._take(store, 3) == timedelta(0)
        assert await self._take(store, 3) > timedelta(0)
        store.pass_by(hours=1)
        assert [await self._take(store, 3) for _ in range(4)] == [timedelta(0)] * 3 + [self.EVERY]

    async def test_no_stretch_of_time_has_more_than_its_burst_and_its_rate(self, store: Store):
        rng = random.Random(20260915)
        burst = 4
        gone: list[datetime] = []
        for _ in range(400):
            if await self._take(store, burst) == timedelta(0):
                gone.append(store.clock())
            store.clock.now += timedelta(milliseconds=rng.choice((0, 0, 1, 20, 40, 150)))

        assert len(gone) > 50
        for first, start in enumerate(gone):
            for last in range(first, len(gone)):  # one more where somebody came late to a place in line
                assert last - first + 1 <= burst + 1 + (gone[last] - start) / self.EVERY

    async def test_limits_of_other_names_are_other_limits(self, store: Store):
        await self._take(store)
        assert await self._take(store, name="reads") == timedelta(0)

    async def test_nobody_goes_during_a_pause_whatever_the_burst(self, store: Store):
        await store.rate_limit.pause("writes", NOW + timedelta(seconds=10))
        await store.rate_limit.pause("writes", NOW + timedelta(seconds=2))  # a shorter one changes nothing

        assert await self._take(store, 50) == timedelta(seconds=10)
        assert await self._take(store, 50, name="reads") == timedelta(0)
        store.pass_by(seconds=9, milliseconds=999)
        assert await self._take(store, 50) > timedelta(0)
        store.pass_by(milliseconds=1)
        assert await self._take(store, 50) == timedelta(0)
