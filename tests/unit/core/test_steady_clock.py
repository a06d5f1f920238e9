"""The clock of the process: never back, never by more than two days ahead unless somebody gave the word."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.clock import STEP, SteadyClock, in_doubt
from tests.fakes import NOON

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


class Machine:
    """A machine whose clock is set wrong by `wrong`, while time goes by as it does."""

    def __init__(self, now: datetime = NOON) -> None:
        self.true, self.wrong = now, timedelta(0)
        self.clock = self.started()

    def started(self, mark: datetime | None = None) -> SteadyClock:
        self.clock = SteadyClock(self.wall, self.elapsed)
        self.clock.resume(mark)
        return self.clock

    def elapsed(self) -> float:
        return (self.true - datetime(2026, 1, 1, tzinfo=UTC)).total_seconds()

    def wall(self) -> datetime:
        return self.true + self.wrong

    def passes(self, by: timedelta) -> datetime:
        self.true += by
        return self.clock()


@pytest.fixture
def machine():
    return Machine()


def test_a_right_clock_is_what_it_says(machine):
    for by in (SECOND, HOUR, 30 * DAY, YEAR):
        assert machine.passes(by) == machine.true
    assert not machine.clock.in_doubt


@pytest.mark.parametrize("back", [HOUR, DAY, 30 * DAY, 2 * YEAR])
def test_a_clock_that_jumps_back_stops_nothing_and_prolongs_nothing_but_by_a_twelfth(machine, back):
    before = machine.clock()
    machine.wrong = -back

    assert machine.clock() >= before
    assert before + 11 * MINUTE <= machine.passes(12 * MINUTE) <= before + 12 * MINUTE
    assert not machine.clock.in_doubt


def test_the_lead_over_a_clock_that_was_put_right_is_lost_again(machine):
    machine.wrong = 3 * HOUR  # local time taken for UTC
    machine.clock()
    machine.wrong = timedelta(0)

    leads = []
    for _ in range(40):
        leads.append(machine.passes(HOUR) - machine.true)

    assert leads == sorted(leads, reverse=True)
    assert leads[0] > timedelta(hours=2)
    assert leads[-1] == timedelta(0)


@pytest.mark.parametrize("ahead", [HOUR, DAY, STEP])
def test_a_step_ahead_of_two_days_is_believed(machine, ahead):
    machine.clock()
    machine.wrong = ahead

    assert machine.clock() == machine.true + ahead
    assert not machine.clock.in_doubt


@pytest.mark.parametrize("ahead", [STEP + SECOND, 70 * DAY, 2 * YEAR])
def test_a_running_process_does_not_believe_a_longer_one(machine, ahead):
    machine.clock()
    machine.wrong = ahead

    assert machine.passes(HOUR) == machine.true
    assert in_doubt(machine.clock)

    machine.wrong = timedelta(0)
    assert machine.passes(HOUR) == machine.true
    assert not in_doubt(machine.clock)


def test_a_start_two_years_ahead_serves_people_moves_no_mark_and_freezes_nothing_after(machine):
    machine.wrong = 2 * YEAR
    machine.started(mark=NOON - MINUTE)

    assert machine.clock() == machine.true + 2 * YEAR
    assert machine.clock.in_doubt
    assert machine.clock.mark == NOON - MINUTE
    at = machine.passes(10 * MINUTE)
    machine.wrong -= HOUR  # in doubt, too, it does not go back
    assert machine.passes(MINUTE) >= at

    machine.wrong = timedelta(0)
    assert machine.clock() == machine.true
    assert not machine.clock.in_doubt


def test_ten_weeks_of_holiday_need_the_word_and_then_all_is_well(machine):
    machine.true += 70 * DAY
    machine.started(mark=NOON)
    assert machine.clock() == machine.true
    assert machine.clock.in_doubt

    machine.clock.follow(machine.true)  # the operator's word, read from the database

    assert machine.passes(HOUR) == machine.true
    assert not machine.clock.in_doubt


def test_a_weekend_with_the_machine_off_needs_none(machine):
    machine.true += timedelta(hours=47)
    assert machine.started(mark=NOON)() == machine.true
    assert not machine.clock.in_doubt


@pytest.mark.parametrize("back", [HOUR, DAY, 2 * YEAR])
def test_a_start_with_a_clock_that_was_put_back_goes_on_from_the_mark(machine, back):
    machine.wrong = -back
    clock = machine.started(mark=NOON)

    assert clock() == NOON
    assert machine.passes(12 * MINUTE) >= NOON + 11 * MINUTE


JUMPS = st.lists(
    st.tuples(
        st.integers(0, 7 * 24 * 3600),
        st.sampled_from([timedelta(0), -HOUR, -DAY, HOUR, STEP, STEP + SECOND, 2 * YEAR, -2 * YEAR]),
        st.booleans(),
    ),
    max_size=25,
)


@given(JUMPS)
def test_whatever_the_machine_says_vouched_time_goes_on_as_time_does(jumps):
    """The mark never goes back, never by more than two days beyond the time that has passed, and never past both the
    time that has passed and the machine's clock; what is told is never before it.
    """
    machine = Machine()
    mark = machine.clock.mark
    for seconds, wrong, restarts in jumps:
        before, passed = mark, timedelta(seconds=seconds)
        machine.true += passed
        machine.wrong = wrong
        if restarts:
            machine.started(mark=before)
        told, mark = machine.clock(), machine.clock.mark

        assert mark >= before
        assert mark <= max(before + passed, machine.wall())
        assert mark - before <= passed + STEP
        assert told >= mark
        assert told in {mark, machine.wall()} or machine.clock.in_doubt
        if not restarts:
            assert mark - before >= passed * 11 / 12 - SECOND


@pytest.mark.parametrize("far", [HOUR, DAY, 2 * DAY])
def test_after_a_jump_and_back_it_is_said_how_far_it_is_ahead_of_the_machine(machine, far):
    machine.clock()
    assert machine.clock.lead == timedelta(0)
    machine.wrong = far
    machine.passes(5 * SECOND)
    assert machine.clock.lead == timedelta(0), "as far as anybody can tell"

    machine.wrong = timedelta(0)

    assert machine.clock.lead == machine.clock() - machine.true == far
    machine.passes(12 * MINUTE)
    assert machine.clock.lead == far - MINUTE
    machine.passes(25 * DAY)
    assert machine.clock.lead == timedelta(0)
