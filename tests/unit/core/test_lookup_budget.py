from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.people.free_text import FreeText
from bot.core.usernames.model import Attempt, LookupLimits, Outcome, Purpose, PurposeKind, Reach
from bot.core.usernames.policy import judge, last_outside, stated
from tests.fakes import NOON

SOFIA = ZoneInfo("Europe/Sofia")
LIMITS = LookupLimits(own_per_day=4, other_per_day=6, misses=3, misses_within=6, pause_minutes=60)
HIT, MISS, PENDING, FAILED = Outcome.HIT, Outcome.MISS, Outcome.PENDING, Outcome.FAILED
OWN, OTHER = Reach
MIDNIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)  # of Sofia


def minutes_ago(*outcomes, reach=OTHER, now=NOON):
    """One attempt a minute, the last one a minute ago."""
    return [
        Attempt(now - timedelta(minutes=len(outcomes) - place), reach, outcome)
        for place, outcome in enumerate(outcomes)
    ]


def ask(attempts, reach=OTHER, now=NOON, limits=LIMITS):
    return judge(attempts, reach, now, limits, SOFIA)


@pytest.mark.parametrize(
    ("attempts", "reach", "expected"),
    [
        ([], OTHER, ALLOWED),
        (minutes_ago(*[HIT] * 5), OTHER, ALLOWED),
        (minutes_ago(*[HIT] * 6), OTHER, Decision(Reason.OTHER_BUDGET_SPENT, MIDNIGHT)),
        (minutes_ago(*[HIT] * 6), OWN, ALLOWED),
        (minutes_ago(*[MISS] * 3, reach=OWN), OWN, ALLOWED),
        (minutes_ago(*[MISS] * 4, reach=OWN), OWN, Decision(Reason.OWN_BUDGET_SPENT, MIDNIGHT)),
        (minutes_ago(*[MISS] * 4, reach=OWN), OTHER, ALLOWED),
        (minutes_ago(MISS, MISS), OTHER, ALLOWED),
        (minutes_ago(MISS, MISS, MISS), OTHER, Decision(Reason.TOO_MANY_MISSES, NOON + timedelta(minutes=59))),
        (minutes_ago(MISS, PENDING, PENDING), OTHER, Decision(Reason.TOO_MANY_MISSES, NOON + timedelta(minutes=59))),
        (minutes_ago(MISS, MISS, HIT, HIT, HIT, HIT, MISS), OTHER, Decision(Reason.OTHER_BUDGET_SPENT, MIDNIGHT)),
        (
            minutes_ago(MISS, HIT, MISS, HIT, MISS),
            OTHER,
            Decision(Reason.TOO_MANY_MISSES, NOON + timedelta(minutes=59)),
        ),
        (minutes_ago(MISS, MISS, MISS, HIT), OTHER, Decision(Reason.TOO_MANY_MISSES, NOON + timedelta(minutes=58))),
        (minutes_ago(MISS, MISS, HIT, HIT), OTHER, ALLOWED),
        (minutes_ago(MISS, MISS, MISS), OWN, ALLOWED),
        (minutes_ago(*[FAILED] * 50), OTHER, ALLOWED),
        (minutes_ago(MISS, FAILED, MISS, FAILED), OTHER, ALLOWED),
    ],
)
def test_budgets(attempts, reach, expected):
    assert ask(attempts, reach) == expected


def test_one_miss_pauses_where_one_is_too_many():
    strict = replace(LIMITS, misses=1)
    assert ask(minutes_ago(MISS), limits=strict) == Decision(Reason.TOO_MANY_MISSES, NOON + timedelta(minutes=59))
    assert ask(minutes_ago(HIT), limits=strict) == ALLOWED


@pytest.mark.parametrize(("pause", "reason"), [(-1, "other"), (0, "other"), (1, "misses")])
def test_of_two_limits_the_one_that_opens_later_is_told(pause, reason):
    """Six look-ups of the day, all missed; the pause ends a minute before midnight, at midnight, a minute after."""
    now = MIDNIGHT - timedelta(minutes=30)
    limits = replace(LIMITS, pause_minutes=31 + pause)

    decision = ask(minutes_ago(*[MISS] * 6, now=now), now=now, limits=limits)

    wanted = {"other": Reason.OTHER_BUDGET_SPENT, "misses": Reason.TOO_MANY_MISSES}[reason]
    assert decision == Decision(wanted, MIDNIGHT + timedelta(minutes=max(pause, 0)))


def test_what_a_clock_of_exactly_two_days_ahead_charged_counts_and_later_does_not():
    ahead = [Attempt(NOON + timedelta(days=2, seconds=late), OTHER, MISS) for late in (0, 1)]
    assert ask(ahead[:1], limits=replace(LIMITS, misses=1)).denied_because is Reason.TOO_MANY_MISSES
    assert ask(ahead[1:], limits=replace(LIMITS, misses=1)) == ALLOWED


def test_the_last_outside_are_as_many_as_asked_for():
    attempts = [*minutes_ago(MISS, HIT, FAILED, MISS), *minutes_ago(HIT, reach=OWN)]
    outside = (attempts[0], attempts[1], attempts[3])
    assert [last_outside(attempts, count) for count in (-1, 0, 1, 2, 9)] == [
        (),
        (),
        outside[2:],
        outside[1:],
        outside,
    ]


def test_a_pause_ends_to_the_minute_and_the_next_miss_begins_another():
    attempts = minutes_ago(MISS, MISS, MISS)
    end = attempts[-1].at + timedelta(minutes=60)

    assert not ask(attempts, now=end - timedelta(microseconds=1)).allowed
    assert ask(attempts, now=end).allowed
    assert ask([*attempts, Attempt(end, OTHER, MISS)], now=end + timedelta(minutes=1)) == Decision(
        Reason.TOO_MANY_MISSES, end + timedelta(minutes=60)
    )


def test_a_known_student_between_guesses_hides_no_guess():
    """Four guesses and one who is known, again and again: sixteen guesses a day without a pause, once."""
    limits = LookupLimits(other_per_day=100)
    attempts: list[Attempt] = []
    at, denied = NOON, 0
    for press in range(20):
        at += timedelta(minutes=1)
        if ask(attempts, now=at, limits=limits).allowed:
            attempts.append(Attempt(at, OTHER, HIT if press % 5 == 4 else MISS))
        else:
            denied += 1

    assert sum(one.outcome is MISS for one in attempts) == limits.misses
    assert denied == 14


def test_what_is_older_than_the_last_looks_counts_no_more():
    old = minutes_ago(MISS, MISS, HIT, HIT, HIT, HIT, now=NOON - timedelta(days=2))

    assert ask([*old, Attempt(NOON - timedelta(minutes=1), OTHER, MISS)]).allowed


def test_misses_of_a_clock_that_was_years_ahead_pause_nobody_until_then():
    attempts = minutes_ago(MISS, MISS, MISS, now=NOON + timedelta(days=730))

    assert ask(attempts).allowed
    assert not ask(minutes_ago(MISS, MISS, MISS, now=NOON + timedelta(hours=1))).allowed


def test_own_hits_do_not_reset_the_misses_elsewhere():
    attempts = [*minutes_ago(MISS, MISS, MISS), Attempt(NOON, OWN, HIT)]

    assert ask(attempts).denied_because is Reason.TOO_MANY_MISSES


def test_a_day_is_a_day_in_sofia():
    before, after = datetime(2026, 11, 22, 21, 59, tzinfo=UTC), datetime(2026, 11, 22, 22, 1, tzinfo=UTC)

    assert ask([Attempt(before, OTHER, HIT)] * 6, now=after).allowed
    assert not ask([Attempt(after, OTHER, HIT)] * 6, now=NOON).allowed
    assert not ask([Attempt(before, OTHER, HIT)] * 6, now=before).allowed


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        # The clock goes forward on 29 March 2026 and back on 25 October 2026, both at night.
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 28, 22, 0, tzinfo=UTC)),
        (datetime(2026, 3, 29, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 21, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), datetime(2026, 10, 24, 21, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 12, 0, tzinfo=UTC), datetime(2026, 10, 25, 22, 0, tzinfo=UTC)),
        (datetime(2026, 12, 31, 12, 0, tzinfo=UTC), datetime(2026, 12, 31, 22, 0, tzinfo=UTC)),
    ],
)
def test_it_opens_again_at_midnight_in_sofia(now, opens):
    assert ask([Attempt(now, OTHER, HIT)] * 6, now=now).until == opens


def test_of_two_reasons_the_one_that_lasts_longer_is_told():
    evening = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)  # 23:30 in Sofia

    late = ask(minutes_ago(*[MISS] * 6, now=evening), now=evening)
    early = ask(minutes_ago(*[MISS] * 6))

    assert late == Decision(Reason.TOO_MANY_MISSES, evening + timedelta(minutes=59))
    assert early == Decision(Reason.OTHER_BUDGET_SPENT, MIDNIGHT)


@pytest.mark.parametrize(
    ("purpose", "kept"),
    [
        (None, None),
        (Purpose(PurposeKind.MOVED), Purpose(PurposeKind.MOVED)),
        (Purpose(PurposeKind.OTHER), None),
        (Purpose(PurposeKind.OTHER, FreeText("  \n")), None),
        (Purpose(PurposeKind.OTHER, FreeText("4742080922")), None),
        (Purpose(PurposeKind.OTHER, FreeText("12 …")), None),
        (
            Purpose(PurposeKind.OTHER, FreeText("явяване\n на  НВО")),
            Purpose(PurposeKind.OTHER, FreeText("явяване на НВО")),
        ),
        (
            Purpose(PurposeKind.FORGOTTEN, FreeText("ЕГН 4742080922")),
            Purpose(PurposeKind.FORGOTTEN, FreeText("ЕГН ••••••")),
        ),
        (
            Purpose(PurposeKind.MOVED, FreeText("а" * 196 + "4742080922")),
            Purpose(PurposeKind.MOVED, FreeText("а" * 196 + "••••")),
        ),
        (Purpose(PurposeKind.OTHER, FreeText("а" * 500)), Purpose(PurposeKind.OTHER, FreeText("а" * 200))),
    ],
)
def test_reasons_as_they_are_kept(purpose, kept):
    assert stated(purpose) == kept
