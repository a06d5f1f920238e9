"""The ways between the states of a request: every one that there is, and no other."""

from collections.abc import Mapping
from enum import StrEnum

from bot.core.transfers.model import OPEN, State


class Act(StrEnum):
    """What happens to a request: by people, by time, by the worker."""

    REMIND = "remind"
    FALL_DUE = "fall-due"
    ESCALATE = "escalate"
    EXPIRE = "expire"
    GO_STALE = "go-stale"
    """The student was found in another school than the one that is asked."""
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REFUSE = "refuse"
    NOT_OURS = "not-ours"
    APPEAL = "appeal"
    """The receiving director brings a refusal before the regional office."""
    RETURN = "return"
    """The regional office gives it back to the school that is asked: its time begins again."""
    BEGIN = "begin"
    FINISH = "finish"
    """Reading shows it, whoever has done it."""
    STUMBLE = "stumble"
    RETRY = "retry"
    TAKE_BACK = "take-back"
    """Who may approve takes back an approval that could not be carried out."""
    UNDO = "undo"
    """Somebody else has undone what was done."""


_DECIDED = {
    Act.APPROVE: State.APPROVED,
    Act.REFUSE: State.REFUSED,
    Act.NOT_OURS: State.NOT_OURS,
    Act.WITHDRAW: State.WITHDRAWN,
    Act.GO_STALE: State.STALE,
    Act.EXPIRE: State.EXPIRED,
}

WAYS: Mapping[tuple[State, Act], State] = {
    **{(state, act): after for state in OPEN for act, after in _DECIDED.items()},
    (State.REQUESTED, Act.REMIND): State.REMINDED,
    (State.REQUESTED, Act.FALL_DUE): State.OVERDUE,
    (State.REMINDED, Act.FALL_DUE): State.OVERDUE,
    (State.REQUESTED, Act.ESCALATE): State.ESCALATED,
    (State.REMINDED, Act.ESCALATE): State.ESCALATED,
    (State.OVERDUE, Act.ESCALATE): State.ESCALATED,
    (State.ESCALATED, Act.RETURN): State.REQUESTED,
    (State.REFUSED, Act.APPEAL): State.ESCALATED,
    (State.NOT_OURS, Act.APPEAL): State.ESCALATED,
    (State.APPROVED, Act.BEGIN): State.CARRYING_OUT,
    (State.APPROVED, Act.GO_STALE): State.STALE,
    (State.APPROVED, Act.STUMBLE): State.NEEDS_ATTENTION,
    (State.APPROVED, Act.FINISH): State.DONE,
    (State.CARRYING_OUT, Act.FINISH): State.DONE,
    (State.CARRYING_OUT, Act.GO_STALE): State.STALE,
    (State.CARRYING_OUT, Act.STUMBLE): State.NEEDS_ATTENTION,
    (State.NEEDS_ATTENTION, Act.RETRY): State.APPROVED,
    (State.NEEDS_ATTENTION, Act.FINISH): State.DONE,
    (State.NEEDS_ATTENTION, Act.GO_STALE): State.STALE,
    (State.NEEDS_ATTENTION, Act.WITHDRAW): State.WITHDRAWN,
    (State.NEEDS_ATTENTION, Act.TAKE_BACK): State.REFUSED,
    (State.NEEDS_ATTENTION, Act.EXPIRE): State.EXPIRED,
    (State.DONE, Act.UNDO): State.NEEDS_ATTENTION,
}


def after(state: State, act: Act) -> State | None:
    """The state that follows; None where the act has no place."""
    return WAYS.get((state, act))
