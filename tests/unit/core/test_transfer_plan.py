"""The steps of a move, written by hand: what is joined, what is left, and in which order."""

from dataclasses import replace

import pytest

from bot.core.people.model import AccountState
from bot.core.transfers.model import Placement, Remark, Step, StepKind, Team
from bot.core.transfers.plan import has_arrived, next_together, plan, remark_of, shows, stands
from tests.fakes import NOON
from tests.unit.core.transfer_world import ASKED, NEW, OLD, PUPIL, THIRD, TRANSFER, World, pupil

K = StepKind
OLDS, OTHER_OLD, NEWS, COMMON, THIRDS = (Team(one, one) for one in ("olds", "other-old", "news", "common", "thirds"))
TEAMS = (OLDS, COMMON, THIRDS)
"""The student is in a team of the old school, in one that both schools have, and in one of a third."""


def planned(**changed):
    placement = Placement(pupil(**changed), TEAMS, ordinary=True)
    return plan(ASKED, placement, (NEWS, COMMON), (OLDS, OTHER_OLD, COMMON))


def test_teams_of_the_new_class_are_joined_those_of_the_old_school_left_and_a_thirds_are_in_no_step():
    assert planned() == (
        Step(K.JOIN_SCHOOL, "school-1"),
        Step(K.JOIN_TEAM, "news"),
        Step(K.JOIN_TEAM, "common"),
        Step(K.LEAVE_TEAM, "olds"),
        Step(K.LEAVE_SCHOOL, "school-2"),
    )


def test_an_account_that_is_off_is_enabled_at_the_end():
    assert planned(state=AccountState.DISABLED) == (*planned(), Step(K.ENABLE, "pupil"))


async def test_who_is_in_a_team_of_a_third_school_stays_in_it():
    world = World()
    choir = world.roster.team(THIRD.id, "Хор - 6 а - ФУЧ")
    world.roster.members[choir.id].add(PUPIL)

    await world.done()

    assert world.placed()[1] == {"team-3", "team-4", choir.id}
    assert (K.LEAVE_TEAM, PUPIL, choir.id) not in world.roster.writes


def test_steps_go_together_by_kind_joining_before_leaving_and_what_is_done_is_not_done_again():
    done = replace(Step(K.JOIN_SCHOOL, "school-1"), done_at=NOON)
    enable, leave, leave_team, join = (
        Step(K.ENABLE, "pupil"),
        Step(K.LEAVE_SCHOOL, "school-2"),
        Step(K.LEAVE_TEAM, "olds"),
        Step(K.JOIN_TEAM, "news"),
    )
    order = []
    steps = [enable, leave, leave_team, join, done]
    while together := next_together(steps):
        order.append(together)
        steps = [replace(one, done_at=NOON) if one in together else one for one in steps]

    assert order == [(join,), (leave_team,), (leave,), (enable,)]


def test_at_most_twenty_steps_go_together():
    steps = [Step(K.JOIN_TEAM, f"team-{number}") for number in range(21)]

    assert next_together(steps) == tuple(steps[:20])
    assert next_together([*(replace(one, done_at=NOON) for one in steps[:20]), steps[20]]) == (steps[20],)


MOVED = pupil(schools=(NEW,))


@pytest.mark.parametrize(
    ("person", "teams", "expected"),
    [
        (MOVED, (NEWS, COMMON), True),
        (MOVED, (NEWS, COMMON, THIRDS), True),
        (pupil(schools=(NEW, THIRD)), (NEWS, COMMON), True),
        (pupil(schools=(NEW, OLD)), (NEWS, COMMON), False),
        (pupil(schools=(THIRD,)), (NEWS, COMMON), False),
        (MOVED, (NEWS,), False),
        (MOVED, (NEWS, COMMON, OLDS), False),
        (replace(MOVED, state=AccountState.DISABLED), (NEWS, COMMON), False),
    ],
)
def test_reading_shows_it_when_all_of_it_is_so(person, teams, expected):
    assert shows(ASKED, Placement(person, teams, ordinary=True), planned()) is expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (MOVED, True),
        (pupil(schools=(NEW, THIRD)), True),
        (replace(MOVED, state=AccountState.BEING_CREATED), True),
        (replace(MOVED, state=AccountState.DISABLED), False),
        (pupil(schools=(NEW, OLD)), False),
        (pupil(schools=(THIRD,)), False),
        (pupil(schools=()), False),
    ],
)
def test_who_is_in_the_new_school_alone_with_an_account_that_works_has_arrived(person, expected):
    assert has_arrived(ASKED, Placement(person, (), ordinary=True)) is expected


def test_whether_it_was_our_doing_is_told_by_the_plan():
    done = [replace(step, done_at=NOON) for step in planned()]
    there = Placement(MOVED, (NEWS, COMMON), ordinary=True)
    moved = replace(TRANSFER, remark=Remark.CLASS_OVER)

    assert remark_of(moved, there, done) is Remark.CLASS_OVER
    for placement, steps in (
        (there, ()),
        (there, planned()),
        (there, [*done[:-1], planned()[-1]]),
        (replace(there, teams=(NEWS,)), done),
        (replace(there, teams=TEAMS), done),
    ):
        assert remark_of(moved, placement, steps) is Remark.ARRIVED
    gone = replace(TRANSFER, remark=Remark.CLASS_GONE)
    assert remark_of(gone, replace(there, teams=()), done) is Remark.CLASS_GONE


@pytest.mark.parametrize(
    ("schools", "expected"),
    [((NEW,), True), ((THIRD,), True), ((NEW, OLD), False), ((OLD,), False), ((), False)],
)
def test_it_stands_unless_the_student_is_back_or_in_no_school(schools, expected):
    assert stands(ASKED, Placement(pupil(schools=schools), (), ordinary=True)) is expected
