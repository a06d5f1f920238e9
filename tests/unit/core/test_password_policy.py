"""How often, in which form and for how long; and what became of it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.passwords.model import Form, PasswordStatus, Stage, Timing
from bot.core.passwords.policy import form_for, life_of, unaware, unseen_for, within_day
from bot.core.passwords.status import status_of
from bot.core.people.model import AccountState, Kind, Person
from tests.unit.bot.operations import changed, operation

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
TIMING = Timing()

PLAIN = operation(
    at=NOW - HOUR,
    set_at=NOW - HOUR,
    works_from=NOW - HOUR + timedelta(minutes=2),
    unseen_until=NOW + HOUR,
    expires_at=NOW + 71 * HOUR,
)


def like(**over):
    return changed(PLAIN, **over)


def begun(ago, stage=Stage.CLOSED, **over):
    return like(at=NOW - ago, stage=stage, **over)


# What another director made, of which this one ("me") must have been told.


def theirs(ago, stage=Stage.CLOSED, **over):
    return begun(ago, stage, **({"actor": "another", "job": "theirs"} | over))


def mine(ago, stage=Stage.CLOSED, **over):
    return begun(ago, stage, **({"actor": "me", "job": "mine"} | over))


@pytest.mark.parametrize(
    ("past", "told", "refused"),
    [
        ([], None, False),
        ([theirs(HOUR)], None, True),
        ([theirs(HOUR)], NOW - HOUR, False),
        ([theirs(HOUR)], NOW - HOUR - SECOND, True),
        ([theirs(HOUR), theirs(2 * HOUR)], NOW - 2 * HOUR, True),
        ([theirs(24 * HOUR)], None, False),
        ([theirs(HOUR, Stage.FAILED), theirs(HOUR, Stage.CANCELLED)], None, False),
        ([theirs(HOUR, Stage.FAILED, in_doubt=True)], None, True),
        ([theirs(HOUR, job="")], None, False),  # of one person: their card says so
        # Printed by another, and ended by a newer one: no printed password would end.
        ([theirs(HOUR, job=""), theirs(2 * HOUR)], None, False),
        ([theirs(2 * HOUR), theirs(HOUR, job="")], None, False),
        ([mine(HOUR), theirs(2 * HOUR)], None, False),
        ([theirs(2 * HOUR), mine(HOUR)], None, False),
        ([theirs(HOUR), mine(2 * HOUR)], None, True),
        # Whoever went on after being told knows it also when nothing came of it.
        ([mine(HOUR, Stage.FAILED), theirs(2 * HOUR)], None, False),
        ([theirs(HOUR), mine(2 * HOUR, Stage.FAILED)], None, True),
    ],
)
def test_only_whoever_knows_of_anothers_password_ends_it(past, told, refused):
    expected = Decision(Reason.GIVEN_BY_ANOTHER) if refused else ALLOWED
    assert unaware(past, "me", NOW, told) == expected


# The day's limit.


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        ([], ALLOWED),
        ([begun(HOUR)], ALLOWED),
        ([begun(HOUR), begun(2 * HOUR)], Decision(Reason.THIRD_RESET, NOW + 22 * HOUR)),
        ([begun(2 * HOUR), begun(HOUR)], Decision(Reason.THIRD_RESET, NOW + 22 * HOUR)),
        ([begun(HOUR), begun(2 * HOUR), begun(3 * HOUR)], Decision(Reason.THIRD_RESET, NOW + 22 * HOUR)),
        ([begun(HOUR), begun(24 * HOUR)], ALLOWED),
        ([begun(HOUR), begun(24 * HOUR - SECOND)], Decision(Reason.THIRD_RESET, NOW + SECOND)),
        ([begun(HOUR), begun(HOUR, Stage.FAILED), begun(HOUR, Stage.CANCELLED)], ALLOWED),
        (
            [begun(HOUR), begun(3 * HOUR, Stage.FAILED, in_doubt=True)],
            Decision(Reason.THIRD_RESET, NOW + 21 * HOUR),
        ),
        *(([begun(HOUR, stage)], ALLOWED) for stage in Stage if stage is not Stage.REQUESTED),
        ([begun(HOUR, Stage.REQUESTED)], Decision(Reason.RESET_RUNNING)),
        ([begun(47 * HOUR, Stage.REQUESTED)], Decision(Reason.RESET_RUNNING)),
        ([begun(HOUR), begun(2 * HOUR), begun(3 * HOUR, Stage.REQUESTED)], Decision(Reason.RESET_RUNNING)),
    ],
)
def test_the_days_limit(past, expected):
    assert within_day(past, NOW, TIMING) == expected


@pytest.mark.parametrize(("ahead", "counts"), [(48 * HOUR, True), (48 * HOUR + SECOND, False)])
def test_what_a_clock_noted_that_was_two_days_ahead_counts_and_later_does_not(ahead, counts):
    past = [begun(HOUR), begun(-ahead)]
    assert within_day(past, NOW, TIMING).allowed != counts


@given(st.lists(st.integers(0, 48 * 3600), max_size=8), st.integers(1, 4))
def test_the_limit_opens_exactly_when_it_says(seconds, most):
    past = [begun(timedelta(seconds=ago)) for ago in seconds]
    timing = Timing(most_per_day=most)

    decision = within_day(past, NOW, timing)

    assert decision.allowed == (sum(ago < 24 * 3600 for ago in seconds) < most)
    if decision.until is not None:
        assert decision.until > NOW
        assert not within_day(past, decision.until - SECOND, timing).allowed
        assert within_day(past, decision.until, timing).allowed


@pytest.mark.parametrize(
    ("kind", "grade", "one", "many"),
    [
        (Kind.STUDENT, "1", Form.GRADE_ONE, Form.BULK),
        (Kind.STUDENT, "I", Form.GRADE_ONE, Form.BULK),
        (Kind.STUDENT, "01", Form.GRADE_ONE, Form.BULK),
        (Kind.STUDENT, "2", Form.PUPIL, Form.BULK),
        (Kind.STUDENT, "11", Form.PUPIL, Form.BULK),
        (Kind.STUDENT, "", Form.PUPIL, Form.BULK),
        (Kind.STUDENT, "подг", Form.PUPIL, Form.BULK),
        (Kind.TEACHER, "", Form.STAFF, Form.STAFF),
        (Kind.TEACHER, "1", Form.STAFF, Form.STAFF),
    ],
)
def test_the_form(kind, grade, one, many):
    person = Person("oid", "Ия", "i01234567@edu.mon.bg", kind, AccountState.ACTIVE, grade=grade)

    assert form_for(person, many=False) is one
    assert form_for(person, many=True) is many


def test_how_long_it_lives_and_waits():
    timing = Timing(life_hours=50, life_hours_grade_one=20, unseen_minutes=7, unseen_minutes_many=9)

    assert {form: life_of(form, timing) // HOUR for form in Form} == {
        Form.GRADE_ONE: 20, Form.PUPIL: 50, Form.STAFF: 50, Form.BULK: 50
    }  # fmt: skip
    assert unseen_for(many=False, timing=timing) == timedelta(minutes=7)
    assert unseen_for(many=True, timing=timing) == timedelta(minutes=9)


SET_AT = NOW - HOUR
JUST_AFTER, AFTER = SET_AT + 5 * SECOND, SET_AT + 6 * SECOND
LATE, LATER = SET_AT + 10 * MINUTE, SET_AT + 10 * MINUTE + SECOND
"""How late the directory may date our own setting, as long as nobody has seen the password."""
SEEN = {"shown_at": SET_AT + 6 * SECOND}
ENDED = {"ended_at": NOW}
OVER = {"expires_at": NOW}
SET_STAGES = (Stage.READY, Stage.UNSEEN, Stage.SHOWN, Stage.CLOSED)


@pytest.mark.parametrize(
    ("operation", "changed_at", "status"),
    [
        (None, AFTER, PasswordStatus.NEVER),
        (like(stage=Stage.CANCELLED), AFTER, PasswordStatus.NEVER),
        (like(stage=Stage.FAILED), AFTER, PasswordStatus.NEVER),
        (like(stage=Stage.FAILED, in_doubt=True), AFTER, PasswordStatus.DOUBTFUL),
        (like(stage=Stage.FAILED, in_doubt=True), None, PasswordStatus.DOUBTFUL),
        # Later than any attempt could be the cause of.
        (like(stage=Stage.FAILED, in_doubt=True, at=NOW - 4 * HOUR), NOW - HOUR, PasswordStatus.DOUBTFUL),
        (like(stage=Stage.FAILED, in_doubt=True, at=NOW - 4 * HOUR), NOW - HOUR + SECOND, PasswordStatus.CHANGED),
        (like(stage=Stage.FAILED, at=NOW - 2 * HOUR), NOW, PasswordStatus.NEVER),
        (like(stage=Stage.REQUESTED, set_at=None), AFTER, PasswordStatus.RUNNING),
        (like(stage=Stage.REQUESTED, set_at=None, in_doubt=True), AFTER, PasswordStatus.RUNNING),
        # The four stages in which it is set.
        (PLAIN, None, PasswordStatus.READY),
        (like(unseen_until=NOW), None, PasswordStatus.UNSEEN),
        (like(unseen_until=NOW + SECOND), None, PasswordStatus.READY),
        (like(stage=Stage.UNSEEN), JUST_AFTER, PasswordStatus.UNSEEN),
        (like(stage=Stage.SHOWN), JUST_AFTER, PasswordStatus.GIVEN),
        (like(stage=Stage.CLOSED), JUST_AFTER, PasswordStatus.GIVEN),
        *((like(stage=stage), LATER, PasswordStatus.CHANGED) for stage in SET_STAGES),
        *((like(stage=stage, **SEEN), AFTER, PasswordStatus.CHANGED) for stage in (Stage.SHOWN, Stage.CLOSED)),
        *((like(stage=stage, shown_at=LATER), LATE, PasswordStatus.GIVEN) for stage in (Stage.SHOWN, Stage.CLOSED)),
        (PLAIN, LATE, PasswordStatus.READY),
        (like(stage=Stage.UNSEEN), LATE, PasswordStatus.UNSEEN),
        *((like(stage=stage, ending="changed", **ENDED), None, PasswordStatus.CHANGED) for stage in SET_STAGES),
        # Nobody else has read it than who was shown it: without that there is nobody for whom it goes on working.
        *((like(stage=stage, **OVER), JUST_AFTER, PasswordStatus.UNSEEN) for stage in (Stage.READY, Stage.UNSEEN)),
        *((like(stage=stage, **OVER), JUST_AFTER, PasswordStatus.EXPIRED) for stage in (Stage.SHOWN, Stage.CLOSED)),
        *((like(stage=stage, **OVER), LATER, PasswordStatus.CHANGED) for stage in SET_STAGES),
        (like(stage=Stage.CLOSED, expires_at=NOW + SECOND), None, PasswordStatus.GIVEN),
        (like(stage=Stage.CLOSED, ending="expired", **ENDED), None, PasswordStatus.EXPIRED),
        (like(stage=Stage.CLOSED, ending="expired", **SEEN, **ENDED), AFTER, PasswordStatus.CHANGED),
        (like(stage=Stage.UNSEEN, ending="expired", **ENDED, **OVER), None, PasswordStatus.UNSEEN),
        # Replacing it is a change in the directory too, and not its owner's.
        (like(stage=Stage.CLOSED, ending="replaced", **ENDED), AFTER, PasswordStatus.REPLACED),
        (like(stage=Stage.UNSEEN, ending="replaced", **ENDED, **OVER), None, PasswordStatus.REPLACED),
    ],
)
def test_the_status(operation, changed_at, status):
    assert status_of(operation, changed_at, NOW, TIMING) is status


@pytest.mark.parametrize("stage", SET_STAGES)
def test_the_setting_itself_is_not_a_change_by_the_owner(stage):
    operation = like(stage=stage)

    for changed_at in (None, SET_AT - HOUR, SET_AT, JUST_AFTER):
        assert status_of(operation, changed_at, NOW, TIMING) is not PasswordStatus.CHANGED
