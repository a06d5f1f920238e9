"""What is to be done in the directory for an approved request, and whether it has been done.

Order: joining before leaving, so that the student is never nowhere (facts: education users, "move pupil").
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.people.model import AccountState
from bot.core.transfers.model import Asked, Placement, Remark, State, Step, StepKind, Team, Transfer

ORDER = (
    StepKind.JOIN_SCHOOL,
    StepKind.JOIN_TEAM,
    StepKind.LEAVE_TEAM,
    StepKind.LEAVE_SCHOOL,
    StepKind.ENABLE,
)
MOST_TOGETHER = 20


def plan(asked: Asked, placement: Placement, joins: Sequence[Team], old_teams: Sequence[Team]) -> tuple[Step, ...]:
    """The steps, in order. `joins` are the teams of the new class, `old_teams` all teams of the school that is left.

    What is so already is done again: a repeat leads to the same state, and reading may lag behind writing.
    """
    join = {team.id for team in joins}
    leave = {team.id for team in old_teams} - join
    steps = [Step(StepKind.JOIN_SCHOOL, asked.receiving.id)]
    steps += [Step(StepKind.JOIN_TEAM, team.id) for team in joins]
    steps += [Step(StepKind.LEAVE_TEAM, team.id) for team in placement.teams if team.id in leave]
    steps.append(Step(StepKind.LEAVE_SCHOOL, asked.releasing.id))
    if placement.person.state is AccountState.DISABLED:
        steps.append(Step(StepKind.ENABLE, asked.person))
    return tuple(steps)


def next_together(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps that go together next: of the first kind of which any is not done, at most 20. Empty: all done."""
    for kind in ORDER:
        waiting = [step for step in steps if step.kind is kind and step.done_at is None]
        if waiting:
            return tuple(waiting[:MOST_TOGETHER])
    return ()


def shows(asked: Asked, placement: Placement, steps: Sequence[Step]) -> bool:
    """Whether reading shows what was done: in the new school and not in the old, in the new teams and in none of the
    old ones, the account enabled.
    """
    person = placement.person
    teams = {team.id for team in placement.teams}
    joined = {step.target for step in steps if step.kind is StepKind.JOIN_TEAM}
    left = {step.target for step in steps if step.kind is StepKind.LEAVE_TEAM}
    return (
        person.attends(asked.receiving.id)
        and not person.attends(asked.releasing.id)
        and joined <= teams
        and not left & teams
        and person.state is not AccountState.DISABLED
    )


def has_arrived(asked: Asked, placement: Placement) -> bool:
    """Whether the student is where the request wanted, with an account that works. Of the teams it says nothing."""
    person = placement.person
    there = person.attends(asked.receiving.id) and not person.attends(asked.releasing.id)
    return there and person.state is not AccountState.DISABLED


def remark_of(transfer: Transfer, placement: Placement, steps: Sequence[Step]) -> Remark:
    """What is to be known of a student who has arrived: whether what was planned has been done, by us."""
    if transfer.remark is Remark.CLASS_GONE:
        steps = [step for step in steps if step.kind is not StepKind.JOIN_TEAM]
    ours = bool(steps) and not next_together(steps) and shows(transfer.asked, placement, steps)
    return transfer.remark if ours else Remark.ARRIVED


def closed_as_moved(transfer: Transfer, placement: Placement | None, now: datetime) -> Transfer:
    """The request of a student whom somebody else has moved; `remark` tells whether to the school that asked."""
    arrived = placement is not None and placement.person.attends(transfer.asked.receiving.id)
    remark = Remark.ARRIVED if arrived else Remark.NONE
    return replace(transfer, state=State.STALE, problem=None, remark=remark, ended_at=now)


def stands(asked: Asked, placement: Placement) -> bool:
    """Whether the student is still where the request brought them, or has moved on since (which undoes nothing)."""
    return bool(placement.person.schools) and not placement.person.attends(asked.releasing.id)
