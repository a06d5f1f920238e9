from datetime import UTC, datetime, timedelta

import pytest

from bot.core.memory import Memory

NOW = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MOMENT = timedelta(microseconds=1)


def test_a_value_lives_for_its_lifetime_and_no_longer():
    memory: Memory[str, int] = Memory(MINUTE, 10)
    memory.put("a", 0, NOW)
    assert memory.get("a", NOW + MINUTE - MOMENT) == 0
    assert memory.get("a", NOW + MINUTE) is None
    assert memory.get("b", NOW) is None


def test_a_clock_set_back_does_not_prolong_a_life():
    memory: Memory[str, int] = Memory(MINUTE, 10)
    memory.put("a", 1, NOW)
    assert memory.get("a", NOW - MOMENT) is None


def test_the_longest_unused_value_goes_first():
    memory: Memory[int, int] = Memory(MINUTE, 3)
    for key in (1, 2, 3):
        memory.put(key, key, NOW)
    memory.get(1, NOW)
    memory.put(4, 4, NOW)
    assert [key for key in (1, 2, 3, 4) if memory.get(key, NOW)] == [1, 3, 4]
    assert len(memory) == 3


def test_a_dropped_value_is_gone():
    memory: Memory[int, int] = Memory(MINUTE, 3)
    memory.put(1, 1, NOW)
    memory.drop(1)
    memory.drop(1)
    assert memory.get(1, NOW) is None


def test_what_nobody_asks_for_again_goes_when_its_time_is_over():
    memory: Memory[int, int] = Memory(MINUTE, 10_000)
    for second in range(600):
        memory.put(second, second, NOW + timedelta(seconds=second))
        assert len(memory) <= 60
    assert [memory.get(second, NOW + timedelta(seconds=599)) for second in (539, 540, 599)] == [None, 540, 599]


@pytest.mark.parametrize("lifetime", [timedelta(0), MOMENT])
def test_the_shortest_lifetimes_end_nothing_badly(lifetime: timedelta):
    memory: Memory[int, int] = Memory(lifetime, 2)
    memory.put(1, 1, NOW)
    memory.put(2, 2, NOW + MINUTE)
    assert memory.get(1, NOW + MINUTE) is None
    assert len(memory) <= 1
