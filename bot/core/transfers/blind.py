"""A request without its student: what the regional office knows of one before it has said why it must know more.

The types have no place for whom it is about, nor for anything that somebody wrote in words of their own: a note or a
reason may name the child. What has no place cannot be shown by a view that forgot to ask.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from bot.core.people.model import School
from bot.core.transfers.model import OPEN, Basis, Deadlines, Problem, Remark, Side, State, Transfer


@dataclass(frozen=True, slots=True)
class BlindAsked:
    """Of what was asked: who asked whom, when, and on which ground of the three."""

    at: datetime
    actor_name: str = field(repr=False)
    receiving: School
    releasing: School
    basis: Basis
    office_only: bool


@dataclass(frozen=True, slots=True)
class BlindVerdict:
    """Of a decision: who made it, for whom, when. Not why: that is for who has opened the request."""

    by_name: str = field(repr=False)
    as_: Side
    at: datetime


@dataclass(frozen=True, slots=True)
class BlindAppeal:
    """Of a refusal brought before the office: by whom, when, and what it is against. Not why."""

    by_name: str = field(repr=False)
    at: datetime
    against: State


@dataclass(frozen=True, slots=True)
class BlindTransfer:
    """A request as it is, without its student. The fields are those of `Transfer`."""

    id: str
    number: int
    state: State
    version: int
    asked: BlindAsked
    deadlines: Deadlines
    last_reminded_at: datetime | None
    verdict: BlindVerdict | None
    appeal: BlindAppeal | None
    started_at: datetime | None
    problem: Problem | None
    remark: Remark
    ended_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether somebody is to decide."""
        return self.state in OPEN


WholeTransfer = NewType("WholeTransfer", Transfer)
"""A request with its student that was judged to be for whoever it is given to. Only `policy.as_seen_by` makes one."""

SeenTransfer = WholeTransfer | BlindTransfer
"""All that leaves the core: a bare `Transfer` was judged for nobody."""


def blind(transfer: Transfer) -> BlindTransfer:
    """The request without its student."""
    asked, verdict, appeal = transfer.asked, transfer.verdict, transfer.appeal
    return BlindTransfer(
        id=transfer.id,
        number=transfer.number,
        state=transfer.state,
        version=transfer.version,
        asked=BlindAsked(
            at=asked.at,
            actor_name=asked.actor_name,
            receiving=asked.receiving,
            releasing=asked.releasing,
            basis=asked.basis,
            office_only=asked.office_only,
        ),
        deadlines=transfer.deadlines,
        last_reminded_at=transfer.last_reminded_at,
        verdict=None if verdict is None else BlindVerdict(verdict.by_name, verdict.as_, verdict.at),
        appeal=None if appeal is None else BlindAppeal(appeal.by_name, appeal.at, appeal.against),
        started_at=transfer.started_at,
        problem=transfer.problem,
        remark=transfer.remark,
        ended_at=transfer.ended_at,
    )
