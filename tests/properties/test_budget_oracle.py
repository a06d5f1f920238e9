"""`judge` against a second opinion that walks through time instead of counting backwards."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.decision import Reason
from bot.core.usernames.model import Attempt, LookupLimits, Outcome, Reach
from bot.core.usernames.policy import judge

SOFIA = ZoneInfo("Europe/Sofia")
LIMITS = LookupLimits(own_per_day=4, other_per_day=5, misses=3, misses_within=7, pause_minutes=45)
# Around both changes of the clock, a new year, and an ordinary day.
STARTS = st.sampled_from(
    (
        datetime(2026, 3, 28, 20, tzinfo=UTC),
        datetime(2026, 10, 24, 20, tzinfo=UTC),
        datetime(2026, 12, 31, 20, tzinfo=UTC),
        datetime(2026, 11, 23, 9, tzinfo=UTC),
    )
)
STEPS = st.lists(
    st.tuples(st.integers(0, 300), st.sampled_from(Reach), st.sampled_from(Outcome)), min_size=0, max_size=25
)


def history(start, steps):
    at, attempts = start, []
    for minutes, reach, outcome in steps:
        at += timedelta(minutes=minutes)
        attempts.append(Attempt(at, reach, outcome))
    return attempts


def second_opinion(attempts, reach, now):
    """Every instant from now on, in steps of a minute: when would nothing forbid it?"""

    def forbidden(moment):
        spent = 0
        looks, paused_until = [], None
        for attempt in attempts:
            if attempt.outcome is Outcome.FAILED or attempt.reach is not reach:
                continue
            here, there = attempt.at.astimezone(SOFIA), moment.astimezone(SOFIA)
            spent += (here.year, here.month, here.day) == (there.year, there.month, there.day)
            looks.append(attempt.outcome is not Outcome.HIT)
            if looks[-1] and looks[-7:].count(True) >= 3:
                paused_until = attempt.at + timedelta(minutes=45)
        reasons = set()
        if spent >= (LIMITS.own_per_day if reach is Reach.OWN else LIMITS.other_per_day):
            reasons.add(Reason.OWN_BUDGET_SPENT if reach is Reach.OWN else Reason.OTHER_BUDGET_SPENT)
        if reach is Reach.OTHER and paused_until is not None and moment < paused_until:
            reasons.add(Reason.TOO_MANY_MISSES)
        return reasons

    reasons, moment = forbidden(now), now
    told = set(reasons)
    while reasons:
        told = reasons
        moment += timedelta(minutes=1)
        reasons = forbidden(moment)
    return told, moment


@given(STARTS, STEPS, st.sampled_from(Reach), st.integers(0, 500))
@example(datetime(2026, 11, 23, 20, 30, tzinfo=UTC), [(1, Reach.OTHER, Outcome.MISS)] * 5, Reach.OTHER, 5)
def test_judge_agrees_with_a_second_opinion(start, steps, reach, later):
    attempts = history(start, steps)
    now = (attempts[-1].at if attempts else start) + timedelta(minutes=later)

    decision = judge(attempts, reach, now, LIMITS, SOFIA)
    last_reasons, opens = second_opinion(attempts, reach, now)

    assert decision.allowed == (opens == now)
    if not decision.allowed:
        assert decision.denied_because in last_reasons
        assert decision.until == opens


@given(STARTS, st.lists(st.tuples(st.integers(0, 90), st.booleans()), max_size=80))
def test_nobody_who_obeys_the_judge_overruns_a_budget(start, tries):
    at = start
    attempts: list[Attempt] = []
    for minutes, hit in tries:
        at += timedelta(minutes=minutes)
        if judge(attempts, Reach.OTHER, at, LIMITS, SOFIA).allowed:
            attempts.append(Attempt(at, Reach.OTHER, Outcome.HIT if hit else Outcome.MISS))

    days = [attempt.at.astimezone(SOFIA).date() for attempt in attempts]
    assert all(days.count(day) <= LIMITS.other_per_day for day in days)
    for place, missed in enumerate(attempts[:-1]):
        among = [attempt.outcome for attempt in attempts[max(0, place - 6) : place + 1]]
        if missed.outcome is Outcome.MISS and among.count(Outcome.MISS) >= 3:
            assert attempts[place + 1].at - missed.at >= timedelta(minutes=45)
