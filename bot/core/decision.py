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

    # Passwords: who may be given a new one.
    NOT_OURS = "not-ours"
    """Neither of the own school nor released to it."""
    SELF = "self"
    PROTECTED = "protected"
    """A director, an administrator, an account of the ministry or a service, a guest, or no person at all."""
    ACCOUNT_OFF = "account-off"
    """The account itself is disabled: a password would open nothing."""
    NOBODY = "nobody"
    """There is no such account (any more)."""
    THIRD_RESET = "third-reset"
    RESET_RUNNING = "reset-running"
    SCHOOL_CHANGED = "school-changed"
    """The director's school is not the one the card was made for."""

    # Handing over: who may receive it.
    NO_RECIPIENT = "no-recipient"
    ONLY_OWNER = "only-owner"
    """A teacher's account goes to the teacher, and nobody's to anybody else."""
    FOURTEEN = "fourteen"
    AGE_UNKNOWN = "age-unknown"
    BIRTH_IMPLAUSIBLE = "birth-implausible"
    IDENTITY_NOT_ATTESTED = "identity-not-attested"

    # Showing it.
    NOT_YOURS = "not-yours"
    """Another person's operation, or one begun in another conversation."""
    NO_OPERATION = "no-operation"


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
