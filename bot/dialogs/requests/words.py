"""Which text says what of a transfer request. Total by test: no state, choice, problem or reason is without words."""

from collections.abc import Mapping

from bot.core.transfers.deliveries import Reach
from bot.core.transfers.model import Basis, Event, Group, Problem, Side, State
from bot.core.transfers.policy import Choice

STATES: Mapping[State, str] = {
    State.REQUESTED: "transfer-state-requested",
    State.REMINDED: "transfer-state-reminded",
    State.OVERDUE: "transfer-state-overdue",
    State.ESCALATED: "transfer-state-escalated",
    State.APPROVED: "transfer-state-approved",
    State.CARRYING_OUT: "transfer-state-carrying-out",
    State.DONE: "transfer-state-done",
    State.NEEDS_ATTENTION: "transfer-state-needs-attention",
    State.REFUSED: "transfer-state-refused",
    State.NOT_OURS: "transfer-state-not-ours",
    State.WITHDRAWN: "transfer-state-withdrawn",
    State.STALE: "transfer-state-stale",
    State.EXPIRED: "transfer-state-expired",
}

TITLES: Mapping[tuple[Side, bool], str] = {
    (Side.RECEIVING, True): "transfer-title-sent",
    (Side.RELEASING, True): "transfer-title-received",
    (Side.OFFICE, True): "transfer-title-office",
}
"""Of open requests."""

_WAITING = {
    State.REQUESTED: "transfer-lead-waiting",
    State.REMINDED: "transfer-lead-waiting",
    State.OVERDUE: "transfer-lead-overdue",
    State.ESCALATED: "transfer-lead-escalated",
}
_TO_DECIDE = {
    State.REQUESTED: "transfer-lead-decide",
    State.REMINDED: "transfer-lead-decide",
    State.OVERDUE: "transfer-lead-decide-overdue",
    State.ESCALATED: "transfer-lead-decide-escalated",
}
_OF_OFFICE = {
    State.REQUESTED: "transfer-lead-office-waiting",
    State.REMINDED: "transfer-lead-office-waiting",
    State.OVERDUE: "transfer-lead-office-overdue",
    State.ESCALATED: "transfer-lead-office-decide",
}
_DECIDED = {
    State.APPROVED: "transfer-lead-approved",
    State.CARRYING_OUT: "transfer-lead-approved",
    State.NEEDS_ATTENTION: "transfer-lead-attention",
    State.REFUSED: "transfer-lead-refused",
    State.NOT_OURS: "transfer-lead-not-ours",
    State.WITHDRAWN: "transfer-lead-withdrawn",
    State.STALE: "transfer-lead-stale",
    State.EXPIRED: "transfer-lead-expired",
}
LEADS: Mapping[tuple[Side, State], str] = {
    **{(Side.RECEIVING, state): text for state, text in _WAITING.items()},
    **{(Side.RELEASING, state): text for state, text in _TO_DECIDE.items()},
    **{(Side.OFFICE, state): text for state, text in _OF_OFFICE.items()},
    **{(side, state): text for side in Side for state, text in _DECIDED.items()},
    (Side.RECEIVING, State.DONE): "transfer-lead-done-receiving",
    (Side.RELEASING, State.DONE): "transfer-lead-done-releasing",
    (Side.OFFICE, State.DONE): "transfer-lead-done-releasing",
}

NAME_THE_SCHOOL = frozenset(
    {
        "transfer-lead-waiting",
        "transfer-lead-overdue",
        "transfer-lead-office-waiting",
        "transfer-lead-office-overdue",
        "transfer-lead-office-decide",
    }
)
"""The leads that speak of the school that is asked."""

VERDICTS: Mapping[State, str] = {
    State.APPROVED: "transfer-verdict-approved",
    State.CARRYING_OUT: "transfer-verdict-approved",
    State.DONE: "transfer-verdict-approved",
    State.NEEDS_ATTENTION: "transfer-verdict-approved",
    State.REFUSED: "transfer-verdict-refused",
    State.NOT_OURS: "transfer-verdict-not-ours",
    State.WITHDRAWN: "transfer-verdict-withdrawn",
}

CHOICES: Mapping[Choice, str] = {
    Choice.APPROVE: "transfer-approve",
    Choice.REFUSE: "transfer-refuse",
    Choice.NOT_OURS: "transfer-not-ours",
    Choice.RETURN: "transfer-return",
    Choice.WITHDRAW: "transfer-withdraw",
    Choice.RETRY: "transfer-retry",
}

BASES: Mapping[Basis, str] = {
    Basis.APPLICATION: "card-transfer-basis-application",
    Basis.ENROLLED: "card-transfer-basis-enrolled",
    Basis.OTHER: "card-transfer-basis-other",
}

PROBLEMS: Mapping[Problem, str] = {
    Problem.FORBIDDEN: "transfer-problem-forbidden",
    Problem.NOT_GRANTED: "transfer-problem-not-granted",
    Problem.PROTECTED: "transfer-problem-protected",
    Problem.MISSING: "transfer-problem-missing",
    Problem.NOT_UNDERSTOOD: "transfer-problem-not-understood",
    Problem.UNAVAILABLE: "transfer-problem-unavailable",
    Problem.NOT_VISIBLE: "transfer-problem-not-visible",
    Problem.UNDONE: "transfer-problem-undone",
}

REACHES: Mapping[Reach, str] = {
    Reach.REACHED: "transfer-reach-reached",
    Reach.NOT_INSTALLED: "transfer-reach-not-installed",
    Reach.BLOCKED: "transfer-reach-blocked",
    Reach.WAITING: "transfer-reach-waiting",
    Reach.DISABLED: "transfer-reach-disabled",
    Reach.FAILED: "transfer-reach-failed",
}

GROUPS: Mapping[Group, str] = {
    Group.SENT: "requests-sent",
    Group.RECEIVED: "requests-received",
    Group.CLOSED: "requests-closed",
    Group.OFFICE: "requests-office",
}

EMPTY: Mapping[Group, str] = {
    Group.SENT: "requests-none-sent",
    Group.RECEIVED: "requests-none-received",
    Group.CLOSED: "requests-none-closed",
    Group.OFFICE: "requests-none-office",
}

OUTCOMES: Mapping[Event, tuple[str, str]] = {
    Event.REFUSED: ("transfer-outcome-refused-title", "transfer-outcome-refused"),
    Event.NOT_OURS: ("transfer-outcome-not-ours-title", "transfer-outcome-not-ours"),
    Event.STALE: ("transfer-outcome-stale-title", "transfer-outcome-stale"),
    Event.EXPIRED: ("transfer-outcome-expired-title", "transfer-outcome-expired"),
    Event.DONE: ("transfer-outcome-done-title", "transfer-outcome-done"),
    Event.ATTENTION: ("transfer-outcome-attention-title", "transfer-outcome-attention"),
    Event.RETURNED: ("transfer-outcome-returned-title", "transfer-outcome-returned"),
}
"""Of a message about an event: its title and its first sentence."""
