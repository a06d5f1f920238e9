from datetime import UTC, datetime, timedelta

from bot.database.recent import Recent

NOW = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_value_lives_for_its_lifetime_and_no_longer():
    recent: Recent[str, int | None] = Recent(10, MINUTE)
    recent.put("a", None, NOW)
    assert recent.get("a", NOW + MINUTE - timedelta(microseconds=1)) == (None,)
    assert recent.get("a", NOW + MINUTE) is None
    assert recent.get("b", NOW) is None


def test_a_clock_set_back_does_not_prolong_a_life():
    recent: Recent[str, int] = Recent(10, MINUTE)
    recent.put("a", 1, NOW)
    assert recent.get("a", NOW - timedelta(days=1)) is None


def test_the_longest_unused_value_goes_first():
    recent: Recent[int, int] = Recent(3, MINUTE)
    for key in (1, 2, 3):
        recent.put(key, key, NOW)
    recent.get(1, NOW)
    recent.put(4, 4, NOW)
    assert [key for key in (1, 2, 3, 4) if recent.get(key, NOW)] == [1, 3, 4]
    assert len(recent) == 3


def test_a_dropped_value_is_gone():
    recent: Recent[int, int] = Recent(3, MINUTE)
    recent.put(1, 1, NOW)
    recent.drop(1)
    recent.drop(1)
    assert recent.get(1, NOW) is None
