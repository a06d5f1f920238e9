"""A temporary password: the operation that sets it, its stages, and what is known of the account it is for."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.decision import Decision
from bot.core.handover.model import Ground, Recipient
from bot.core.passwords.secret import Secret
from bot.core.people.model import Person

RESET = "password.reset"
"""Task kinds: set the password in the directory."""
BURN = "password.burn"
"""Destroy the key of a secret whose time is over."""
EXPIRE = "password.expire"
"""The temporary password's life is over."""
SETTLE = "password.settle"
"""See whether one that was never clearly answered was set."""
NOTICE = "password.notice"
"""Tell directors and class teacher, without the password."""
ALARM = "password.alarm"
"""Tell who asked for a password that somebody else has tried to have it."""
PROGRESS = "password.progress"
"""Keep the progress card of a class moving."""


class Form(StrEnum):
    """How a password is made; see `generator.py`."""

    GRADE_ONE = "grade-one"
    PUPIL = "pupil"
    STAFF = "staff"
    BULK = "bulk"


class Stage(StrEnum):
    """Where an operation is. REQUESTED → READY → SHOWN → CLOSED is the whole way; UNSEEN is READY whose secret was
    destroyed before anybody saw it; FAILED and CANCELLED end it from REQUESTED.
    """

    REQUESTED = "requested"
    READY = "ready"
    SHOWN = "shown"
    CLOSED = "closed"
    UNSEEN = "unseen"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Failure(StrEnum):
    """Why an operation failed, as the director is told."""

    DENIED = "denied"
    """No longer permitted when it was to be done; `Operation.reason` says why."""
    FORBIDDEN, NOT_GRANTED = "forbidden", "not-granted"
    """Microsoft does not let the bot change (403) this account; any here: a permission or role is missing."""
    REFUSED = "refused"
    """Three passwords in a row did not satisfy the tenant's password policy."""
    MISSING = "missing"
    """There is no such account any more (404)."""
    NOT_UNDERSTOOD = "not-understood"
    """Microsoft refused the request itself (400): a synchronised account, or a changed interface."""
    UNAVAILABLE = "unavailable"
    """It was not done in time: Microsoft did not answer, or no worker was there."""


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What decides whether an account's password may be set, read fresh. `person` comes with schools and teams.

    `extension_role` is НЕИСПУО's role number, None where absent; `privileged` whether the account holds a directory
    role (tenant-wide or for an administrative unit) or is in a group that can hold one.
    """

    person: Person
    extension_role: str | None
    privileged: bool
    guest: bool
    synchronised: bool
    password_changed_at: datetime | None
    created_at: datetime | None = None

    @property
    def dates(self) -> "PasswordDates":
        """When account and password came to be."""
        return PasswordDates(self.created_at, self.password_changed_at)


@dataclass(frozen=True, slots=True)
class PasswordDates:
    """When an account was made, and its password last changed, by whomever. None: the directory does not tell."""

    created: datetime | None
    changed: datetime | None


@dataclass(frozen=True, slots=True)
class NewOperation:
    """What was asked for; it does not change. `id` identifies the press that asked. `name`, `username`, `class_`, the
    ground and the conversation are stored encrypted.
    """

    id: str
    at: datetime
    actor: str
    tenant: str
    conversation: str
    school: str
    """The directory id of the school in whose name the director acts."""
    person: str
    name: str = field(repr=False)
    username: str = field(repr=False)
    class_: str
    is_student: bool
    recipient: Recipient
    ground: Ground
    form: Form
    revoke: bool = False
    job: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as it is. Times are None until they came."""

    asked: NewOperation
    stage: Stage
    in_doubt: bool = False
    """A request to set the password was sent and not clearly answered: it may have been set."""
    set_at: datetime | None = None
    """By the directory's clock."""
    works_from: datetime | None = None
    unseen_until: datetime | None = None
    """When the secret is destroyed if nobody looks."""
    shown_at: datetime | None = None
    lease_until: datetime | None = None
    """Until then the same director may see it again in the same conversation."""
    expires_at: datetime | None = None
    handed_at: datetime | None = None
    ended_at: datetime | None = None
    """When its life was found to be over (`ending` says how)."""
    ending: str = ""
    """"", `changed` (by its owner), `expired`, `replaced` (by a password nobody knows)."""
    failure: Failure | None = None
    reason: str = ""
    """With DENIED: the `Reason`."""
    revoked: bool = False
    """All sessions were ended; asked for by `asked.revoke`."""

    @property
    def counts(self) -> bool:
        """Whether it changed the password, may have, or is about to."""
        return self.stage not in {Stage.FAILED, Stage.CANCELLED} or self.in_doubt

    @property
    def secret_until(self) -> datetime | None:
        """Until when there is a secret to show: not yet seen and in time, or within its lease."""
        return {Stage.READY: self.unseen_until, Stage.SHOWN: self.lease_until}.get(self.stage)

    def can_be_shown(self, now: datetime) -> bool:
        """Whether there is still a secret to show."""
        return self.secret_until is not None and now < self.secret_until


@dataclass(frozen=True, slots=True)
class Newer:
    """A later password of the same person that was set; `in_doubt`: that may have been set. `at`: when, by the
    directory's clock; of one in doubt when it was asked for. `school` is the one in whose name.
    """

    at: datetime
    school: str
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """A receipt that stands: the password was handed over, as was noted on its own card or on the school's board.
    `actor` noted it, for this `school`.
    """

    at: datetime
    recipient: Recipient
    actor: str
    school: str


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What came after an operation and does not stand in it. `handed`: the newest receipt for its password, none for
    a newer one's; `taken_back`: what `Operation.handed_at` says was a mistake.
    """

    newer: Newer | None = None
    handed: Handed | None = None
    taken_back: bool = False


NOTHING_YET = Afterwards()


@dataclass(frozen=True, slots=True)
class SetTimes:
    """The times an operation gets when its password was set."""

    set_at: datetime
    works_from: datetime
    unseen_until: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """Passwords for a class or a selection. `label` and `conversation` are stored encrypted.

    How far it is follows from the stages of its operations and is never counted beside them.
    """

    id: str
    at: datetime
    actor: str
    tenant: str
    conversation: str
    school: str
    label: str
    """The class; `selected`: the name of a selection (a list, a group of the school's own). Read `class_` and
    `group`, which cannot take the one for the other.
    """
    recipient: Recipient
    cancelled_at: datetime | None = None
    selected: bool = False

    @property
    def class_(self) -> str:
        """The class; "" for a selection: each of its operations has its own."""
        return "" if self.selected else self.label

    @property
    def group(self) -> str:
        """What a selection is called: for directors alone, who may have written anything. "" for a class."""
        return self.label if self.selected else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A secret, for its director, until the lease ends."""

    operation: Operation
    secret: Secret
    again: bool
    """It had been shown before, within this lease."""


class PasswordStatus(StrEnum):
    """What became of the last temporary password of a person, and of the password the account was made with."""

    NEVER = "never"
    """None was given here, and the password is the one with which the account was made."""
    HANDED = "handed"
    """The same, and somebody noted that the account was handed over: that password is in its owner's hands."""
    UNKNOWN = "unknown"
    """None was given here, and whether the password was changed is not known."""
    RUNNING = "running"
    READY = "ready"
    UNSEEN = "unseen"
    GIVEN = "given"
    CHANGED = "changed"
    """Changed since then, by its owner or by somebody else's reset: the directory does not tell by whom."""
    EXPIRED = "expired"
    REPLACED = "replaced"
    DOUBTFUL = "doubtful"
    UNREADABLE = "unreadable"
    """Another release wrote what became of the last one, or somebody changed its row: here nobody can tell."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things last; times are in the unit the name says. Sources: SECURITY.md."""

    lease_seconds: int = 120
    unseen_minutes: int = 30
    unseen_minutes_many: int = 120
    works_after_minutes: int = 2
    """What is told as "works from": a 204 of Graph does not mean usable at once."""
    same_change_minutes: int = 10
    """A change so soon after the account was made, or after a password of ours that nobody had seen, is that one."""
    life_hours: int = 72
    life_hours_grade_one: int = 24
    link_minutes: int = 10
    give_up_minutes: int = 30
    """How long an operation may stay REQUESTED, whatever it waits for: Microsoft, a worker, its turn. One of a class:
    see `policy.awaited_for`.
    """
    most_per_day: int = 2
    """Resets of one person within 24 hours."""
    replace_unused: bool = False
    """Whether an unused temporary password is replaced by one nobody knows when its life is over."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Not permitted."""

    decision: Decision
