"""A decision is a value: allowed, or denied for a reason. The words for a reason are in `bot/refusals.py`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why something was denied. Every reason has a text in every language (a test says so)."""

    STRANGER = "stranger"
    TEACHER = "teacher"
    STUDENT = "student"
    REGIONAL_OFFICE = "regional-office"
    ACCOUNT_DISABLED = "account-disabled"
    SCHOOL_UNKNOWN = "school-unknown"
    OWN_BUDGET_SPENT = "own-budget-spent"
    OTHER_BUDGET_SPENT = "other-budget-spent"
    TOO_MANY_MISSES = "too-many-misses"


@dataclass(frozen=True, slots=True)
class Decision:
    """`denied_because` is None when allowed; `until` says when a denied thing opens again, if it does by itself."""

    denied_because: Reason | None = None
    until: datetime | None = None

    @property
    def allowed(self) -> bool:
        """Whether it may be done."""
        return self.denied_because is None


ALLOWED = Decision()
