"""Passwords for a class or a selection of its students."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.core.actors.directors import DIRECTORS_SINCE
from bot.core.actors.model import Actor
from bot.core.actors.permits import directs
from bot.core.actors.ports import FreshActors
from bot.core.audit import AuditLog
from bot.core.clock import Clock, day_in_sofia
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.handover.model import Ground, Handing, Recipient
from bot.core.handover.policy import may_receive
from bot.core.passwords.class_lists import ListStudents, StudentRow
from bot.core.passwords.follow import Progress, own_progress
from bot.core.passwords.job_verdicts import JobVerdicts, refused_job_entry
from bot.core.passwords.model import (
    Failure,
    Job,
    NewOperation,
    PasswordStatus,
    Refused,
    Timing,
)
from bot.core.passwords.policy import by_another, form_for
from bot.core.passwords.ports import Operations
from bot.core.people.classes import class_of
from bot.core.people.model import AccountState, Kind, Person

_MOST_OTHERS = 20
"""So many ids that are not in the class are recorded as refused; whoever sends more is not asking for a class."""


@dataclass(frozen=True, slots=True)
class ManyWish:
    """What the director chose. `job` identifies the confirming press. A parent may receive only what a student under
    14 is given; СОП is attested for one student at a time, never for a class.
    """

    job: str
    class_name: str
    persons: tuple[str, ...]
    school: str
    conversation: str
    recipient: Recipient | None = None
    identity: bool = False
    message: str = ""
    """The message whose button was pressed: it goes on showing how far the job is. Empty: a new one does."""
    among: tuple[str, ...] = ()
    """Of a selection the people it was offered for, whose name is `class_name`. Empty: of a class."""
    lost: bool = False
    """They have slips: chosen is whose slip is lost, and that is asked about."""
    knows: datetime | None = None
    """The director was told what other directors had made until then."""

    @property
    def class_(self) -> str:
        """The class; "" for a selection."""
        return "" if self.among else self.class_name

    @property
    def group(self) -> str:
        """What a selection is called; "" for a class."""
        return self.class_name if self.among else ""


@dataclass(frozen=True, slots=True)
class MadeBefore:
    """That another director has made passwords within the day for `count` of those chosen, the last one `at`."""

    by: str
    """The name, as the directory has it; "" of another school's director."""
    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class ManyChecked:
    """Who may be given a password, and who not and why. Of those not in the class (any more) only the id is known.

    `working`: of how many allowed ones the present password was changed since it was made, so that it is in use and
    would end; `unknown`: of how many that cannot be told. `anew`: of nobody allowed a password ends that anybody is
    known to use or to wait for. `before`: what the director must be told first.
    """

    allowed: tuple[Person, ...]
    refused: tuple[tuple[Person, Reason], ...]
    working: int = 0
    unknown: int = 0
    anew: bool = False
    before: MadeBefore | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMany:
    """Writes a job and its operations down, in one transaction; the worker carries them out one by one, each judged
    again by what the directory says then.
    """

    actors: FreshActors
    students: ListStudents
    operations: Operations
    audit: AuditLog
    clock: Clock
    timing: Timing

    async def check(self, actor: Actor, wish: ManyWish) -> ManyChecked | Refused:
        """Everything but the day's limit, without writing anything. Errors: DirectoryError, StoreUnavailable."""
        judged = await self._judged(actor, wish)
        if isinstance(judged, Refused):
            return judged
        allowed = tuple(person for person, verdict in judged if isinstance(verdict, Handing))
        rows = await self.students.rows(allowed)
        return ManyChecked(
            allowed,
            tuple((person, because) for person, verdict in judged if (because := _denied(verdict)) is not None),
            working=sum(row.status is PasswordStatus.CHANGED for row in rows),
            unknown=sum(row.status is PasswordStatus.UNKNOWN for row in rows),
            anew=not wish.lost and all(row.anew for row in rows),
            before=await self._before(actor, rows),
        )

    async def __call__(self, actor: Actor, wish: ManyWish) -> Progress | Refused:
        """The job, begun (or begun before, by the same press). Refused when nobody of the selection is allowed;
        refusals are in the audit log.
        """
        if await self.operations.job(wish.job) is not None:
            return await own_progress(self.operations, actor, wish.conversation, wish.job)
        judged = await self._judged(actor, wish)
        if isinstance(judged, Refused):
            await self.audit.append(
                refused_job_entry(
                    self.clock(),
                    actor.object_id,
                    wish.job,
                    school=wish.school,
                    chosen=len(wish.persons),
                    decision=judged.decision,
                )
            )
            return judged
        if not judged or wish.recipient is None:
            return Refused(Decision(Reason.NOBODY))
        now = self.clock()
        job = Job(
            wish.job, now, actor.object_id, actor.tenant_id, wish.conversation, wish.school, wish.class_name,
            wish.recipient, selected=bool(wish.among),
        )  # fmt: skip
        new = [_operation(job, person, verdict) for person, verdict in judged]
        refused = {
            one.id: verdict for one, (_, verdict) in zip(new, judged, strict=True) if isinstance(verdict, Decision)
        }
        directors = await self.operations.directors(job.school, now - DIRECTORS_SINCE)
        told = [director for director in directors if director != job.actor]
        judge = JobVerdicts(job, new, refused, told=told, timing=self.timing, message=wish.message, knows=wish.knows)
        begun = await self.operations.begin(new, judge, job, unreadable=judge.unreadable)
        if all(one.operation is None for one in begun):
            # Before the others, wherever it stands in the class: it is the one about which the director can be asked.
            unaware_of = (one for one in begun if one.decision.denied_because is Reason.GIVEN_BY_ANOTHER)
            return Refused(next(unaware_of, begun[0]).decision)
        return await own_progress(self.operations, actor, wish.conversation, wish.job)

    async def again(
        self, actor: Actor, conversation: str, job_id: str, new_job: str, message: str = ""
    ) -> Progress | Refused:
        """A new job for those of this one that failed, in the same way and for the same recipient.

        Not for those whom the directory's answer denied: that was a decision, and trying again does not change it.
        Nor for those who were given another one since: an old card must not undo what a newer one did.
        """
        if await self.operations.job(new_job) is not None:
            return await own_progress(self.operations, actor, conversation, new_job)
        before = await own_progress(self.operations, actor, conversation, job_id)
        if isinstance(before, Refused):
            return before
        failed = [one for one in before.failed if one.failure is not Failure.DENIED]
        newest = await self.operations.newest([one.asked.person for one in failed])
        persons = tuple(
            one.asked.person
            for one in failed
            if one.asked.person not in newest.unreadable
            and newest.operations.get(one.asked.person, one).asked.at <= one.asked.at
        )
        if not persons:
            return Refused(Decision(Reason.NO_OPERATION))
        job = before.job
        wish = ManyWish(
            new_job, job.label, persons, job.school, conversation, job.recipient, identity=True, message=message,
            among=persons if job.selected else (),
        )  # fmt: skip
        return await self(actor, wish)

    async def _before(self, actor: Actor, rows: Sequence[StudentRow]) -> MadeBefore | None:
        now = self.clock()
        others = [row.given for row in rows if row.given and by_another(row.given, actor.object_id, now)]
        if not others:
            return None
        last = max(others, key=lambda asked: asked.at)
        by = await self.actors.fresh(last.actor, last.tenant) if last.school == actor.school_id else None
        return MadeBefore("" if by is None else by.name, last.at, len(others))

    async def _judged(self, actor: Actor, wish: ManyWish) -> tuple[tuple[Person, Handing | Decision], ...] | Refused:
        """Each of the chosen, in the order of the class, then those who are not in it."""
        actor = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = _may_ask(actor, wish)
        if not permit.allowed:
            return Refused(permit)
        roster = await self.students.roster(actor, wish.class_name, wish.among)
        if isinstance(roster, Refused):
            return roster
        wished = frozenset(wish.persons)
        chosen = [person for person in roster if person.id in wished]
        unreadable = (await self.operations.newest([person.id for person in chosen])).unreadable
        return (
            *((person, self._may_have(person, wish, unreadable)) for person in chosen),
            *((person, Decision(Reason.NOT_OURS)) for person in _others(wish, roster)),
        )

    def _may_have(self, person: Person, wish: ManyWish, unreadable: Collection[str]) -> Handing | Decision:
        if person.id in unreadable:
            return Decision(Reason.NOT_READABLE)
        if person.kind is not Kind.STUDENT:
            return Decision(Reason.PROTECTED)
        if person.state is AccountState.DISABLED:
            return Decision(Reason.ACCOUNT_OFF)
        today = day_in_sofia(self.clock())
        birth = self.students.birth(person, today)
        return may_receive(person.kind, wish.recipient, birth=birth, today=today, sen=False, identity=wish.identity)


def _may_ask(actor: Actor, wish: ManyWish) -> Decision:
    permit = directs(actor, wish.school)
    if not permit.allowed:
        return permit
    if wish.recipient is None:
        return Decision(Reason.NO_RECIPIENT)
    if wish.recipient is Recipient.TEACHER:
        return Decision(Reason.ONLY_OWNER)
    return ALLOWED if wish.identity else Decision(Reason.IDENTITY_NOT_ATTESTED)


def _denied(verdict: Handing | Decision) -> Reason | None:
    return verdict.denied_because if isinstance(verdict, Decision) else None


def _others(wish: ManyWish, roster: tuple[Person, ...]) -> Iterator[Person]:
    """Who was chosen and is not in the class now. The ids come from a card's input: they may be anything."""
    known = {person.id for person in roster}
    unknown = [one for one in dict.fromkeys(wish.persons) if one not in known]
    readable = [one for one in unknown if 0 < len(one) <= 64 and one.isascii() and one.isprintable()]
    for person_id in readable[:_MOST_OTHERS]:
        yield Person(person_id, "", "", Kind.OTHER, AccountState.ACTIVE)


def _operation(job: Job, person: Person, verdict: Handing | Decision) -> NewOperation:
    """The operation for one of them, also for who is refused: the refusal is recorded under its id."""
    handing = verdict if isinstance(verdict, Handing) else Handing(job.recipient, Ground.OWNER)
    return NewOperation(
        id=sha256(f"{job.id}\0{person.id}".encode()).hexdigest(),
        at=job.at,
        actor=job.actor,
        tenant=job.tenant,
        conversation=job.conversation,
        school=job.school,
        person=person.id,
        name=person.name,
        username=person.username,
        class_=class_of(person) if job.selected else job.class_,
        is_student=person.kind is Kind.STUDENT,
        recipient=handing.recipient,
        ground=handing.ground,
        form=form_for(person, many=True),
        job=job.id,
    )
