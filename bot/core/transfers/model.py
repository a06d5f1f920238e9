"""A transfer request (искане за профил на преместен ученик): what is asked, where it is, what came of it, and the
steps that move the student in the directory.

Law: Наредба № 10 от 01.09.2016, чл. 101–108 (the student moves); letter РУО1-29389/21.10.2020 (the account is
released at once when the receiving director asks).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.core.people.free_text import NO_WORDS, FreeText
from bot.core.people.model import Person, School

LONGEST_NOTE, LONGEST_CERTIFICATE, LONGEST_REASON = 300, 40, 300
"""Characters of what people write: a note or a basis, the number of a certificate, a reason or a place."""

CLOCK = "transfer.clock"
"""Task kinds: what time does to an open request."""
TELL = "transfer.tell"
"""Find out whom a change concerns, and have each of them told."""
CARD = "transfer.card"
"""Bring one person's card of one request to its present state."""
NOTICE = "transfer.notice"
"""One message about one event to one person."""
REMINDER = "transfer.reminder"
"""The same, where nothing has happened but that time has passed."""
CARRY_OUT = "transfer.carry-out"
"""Do in the directory what was approved."""
RECHECK = "transfer.recheck"
"""The morning after: has НЕИСПУО's nightly synchronisation left it so?"""


class State(StrEnum):
    """Where a request is. See `states.py` for the ways between them."""

    REQUESTED = "requested"
    REMINDED = "reminded"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    """The regional office is to decide; the school asked still may."""
    APPROVED = "approved"
    CARRYING_OUT = "carrying-out"
    DONE = "done"
    NEEDS_ATTENTION = "needs-attention"
    """Approved, but not (or no longer) as approved in the directory: people must look."""
    REFUSED = "refused"
    NOT_OURS = "not-ours"
    WITHDRAWN = "withdrawn"
    STALE = "stale"
    """The student attends another school than the one asked: nothing is to be decided any more."""
    EXPIRED = "expired"


OPEN = frozenset({State.REQUESTED, State.REMINDED, State.OVERDUE, State.ESCALATED})
"""Somebody is to decide."""
UNDER_WAY = frozenset({State.APPROVED, State.CARRYING_OUT, State.NEEDS_ATTENTION})
"""Decided and not yet done."""
UNFINISHED = OPEN | UNDER_WAY
"""Of each student at most one request is in one of these."""
CLOSED = frozenset(State) - UNFINISHED


class Side(StrEnum):
    """In whose name somebody deals with a request."""

    RECEIVING = "receiving"
    """Приемащо училище: it asked."""
    RELEASING = "releasing"
    """Училището, в което се е обучавал ученикът: it is asked."""
    OFFICE = "office"
    """The regional office (РУО) of the school that is asked."""


class Basis(StrEnum):
    """Why the receiving school asks."""

    APPLICATION = "application"
    """A written application for a place (Наредба № 10, чл. 108, ал. 1)."""
    ENROLLED = "enrolled"
    """The student is enrolled already."""
    OTHER = "other"


class Group(StrEnum):
    """The lists, by НЕИСПУО's own names: Изпратени, Получени, Приключени; and what a regional office sees."""

    SENT = "sent"
    RECEIVED = "received"
    CLOSED = "closed"
    OFFICE = "office"


class Event(StrEnum):
    """What has happened to a request, as far as people are to be told of it."""

    SUBMITTED = "submitted"
    REMINDED = "reminded"
    CHANGED = "changed"
    """Nothing that anybody is told of by a message: cards show it."""
    ESCALATED = "escalated"
    RETURNED = "returned"
    APPEALED = "appealed"
    """A refusal was brought before the regional office."""
    APPROVED = "approved"
    REFUSED = "refused"
    NOT_OURS = "not-ours"
    WITHDRAWN = "withdrawn"
    STALE = "stale"
    EXPIRED = "expired"
    DONE = "done"
    ATTENTION = "attention"
    RETRIED = "retried"
    OPENED = "opened"
    """An expert of the regional office was shown whom it is about."""


class Problem(StrEnum):
    """Why an approved request needs attention."""

    FORBIDDEN = "forbidden"
    """Microsoft does not let the bot change this (403)."""
    NOT_GRANTED = "not-granted"
    """Nor anybody else's: a permission or directory role is missing."""
    PROTECTED = "protected"
    """The account has become one that no school may move (a role, a guest, synchronised)."""
    MISSING = "missing"
    """There is no such account, or no such school, any more (404)."""
    NOT_UNDERSTOOD = "not-understood"
    """Microsoft refused the request itself (400)."""
    UNAVAILABLE = "unavailable"
    """Microsoft did not answer for too long."""
    NOT_VISIBLE = "not-visible"
    """All was accepted, but reading does not show it."""
    UNDONE = "undone"
    """It was done, and the next day the student was in the school before again: НЕИСПУО says something else."""
    NOWHERE = "nowhere"
    """It was done, and the next day the student was in no school: discharged, and not enrolled yet, in НЕИСПУО."""


class Remark(StrEnum):
    """What is to be known of a request that ended with the student in the school that asked."""

    NONE = ""
    CLASS_GONE = "class-gone"
    """The class was chosen but has no teams any more: the student is in the school, in no team."""
    CLASS_OVER = "class-over"
    """Its teams are there, and their lessons are over: those of the next year are not made yet."""
    ARRIVED = "arrived"
    """НЕИСПУО has moved the student: of the teams of the class the bot has seen to none, or not to all."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What time does to an open request, by the working calendar."""

    remind_at: datetime
    overdue_at: datetime
    escalate_at: datetime
    expire_at: datetime


@dataclass(frozen=True, slots=True)
class Clocks:
    """After how many working days each deadline comes. Sources: the letter (at once) and ADR 0024."""

    remind_days: int = 1
    overdue_days: int = 3
    escalate_days: int = 5
    expire_days: int = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What the receiving director asked for; it does not change. `id` identifies the press that asked.

    `person` is the student's object id; `class_` the class the student leaves, `to_class` the one that will receive
    them (empty where the school has no teams); `masked` the identifier as it may be shown (`••••••4046`). All that is
    not an id is stored encrypted.
    """

    id: str
    at: datetime
    actor: str
    actor_name: str = field(repr=False)
    tenant: str
    conversation: str
    receiving: School
    releasing: School
    person: str
    name: str = field(repr=False)
    username: str = field(repr=False)
    class_: str
    masked: str = field(repr=False)
    to_class: str
    basis: Basis
    basis_text: FreeText = field(default=NO_WORDS, repr=False)
    certificate: FreeText = NO_WORDS
    """Number of the transfer certificate (удостоверение за преместване), if issued."""
    certificate_date: date | None = None
    note: FreeText = field(default=NO_WORDS, repr=False)
    office_only: bool = False
    """Who asks also directs the school that is asked: only the regional office may decide."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision as it was made. `by_name` is stored encrypted, and so are the words."""

    by: str
    by_name: str = field(repr=False)
    as_: Side
    at: datetime
    reason: FreeText = field(default=NO_WORDS, repr=False)
    """Required unless the school that is asked approves; shown to the other side."""
    where: FreeText = field(default=NO_WORDS, repr=False)
    """Of "not with us": where the student is, if known."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """What the receiving director says against a refusal, before the regional office: once about a request.

    `against`: how the school that is asked had ended it. `by_name` and the words are stored encrypted.
    """

    by: str
    by_name: str = field(repr=False)
    at: datetime
    against: State
    reason: FreeText = field(repr=False)


@dataclass(frozen=True, slots=True)
class Transfer:
    """A request as it is. `number` is what people call it by; `version` grows with every change."""

    asked: Asked
    number: int
    state: State
    version: int
    deadlines: Deadlines
    last_reminded_at: datetime | None = None
    verdict: Verdict | None = None
    """Who approved, refused, withdrew or returned it."""
    appeal: Appeal | None = None
    """With the request from then on, whatever becomes of it."""
    returned: int = 0
    """How often its time has begun anew: the regional office returned it, or it was brought before the office."""
    started_at: datetime | None = None
    """When carrying out was begun, or begun again: of a request that has ended, that it was approved before."""
    problem: Problem | None = None
    remark: Remark = Remark.NONE
    ended_at: datetime | None = None

    @property
    def id(self) -> str:
        """`asked.id`."""
        return self.asked.id

    @property
    def open(self) -> bool:
        """Whether somebody is to decide."""
        return self.state in OPEN

    @property
    def finished(self) -> bool:
        """Whether nothing more is going to happen by itself."""
        return self.state in CLOSED


@dataclass(frozen=True, slots=True)
class Team:
    """A class team in the directory."""

    id: str
    name: str


class StepKind(StrEnum):
    """What is done in the directory, in this order."""

    JOIN_SCHOOL = "join-school"
    JOIN_TEAM = "join-team"
    LEAVE_TEAM = "leave-team"
    LEAVE_SCHOOL = "leave-school"
    ENABLE = "enable"


@dataclass(frozen=True, slots=True)
class Step:
    """One recorded, repeatable step. `target` is the directory id of the school or team, the person's of ENABLE."""

    kind: StepKind
    target: str
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a student is in the directory at this moment. `person` comes with schools; `teams` are all the person's.

    `ordinary`: a student's account without any power over others, mastered in the cloud.
    """

    person: Person
    teams: tuple[Team, ...]
    ordinary: bool
