"""Whose password may be set, how often, in which form, and for how long it lives."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.core.actors.model import Actor
from bot.core.actors.permits import may_reset_passwords
from bot.core.clock import STEP
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.passwords.model import AccountFacts, Form, NewOperation, Operation, Stage, Timing
from bot.core.people.classes import grade_of
from bot.core.people.model import AccountState, Kind, Person

_DAY = timedelta(days=1)
_ORDINARY_ROLES = frozenset({"", "5", "6", "8"})
"""SysRole of НЕИСПУО: teacher, student, class teacher, or none. Every other number is a director's, an office's, an
administrator's, or one we do not know.
"""


def may_reset(
    actor: Actor, facts: AccountFacts, *, released_by: str | None, decides_for: Collection[str]
) -> Decision:
    """Whether the actor may set this account's password. `released_by`: the school (its directory id) whose director
    has released this student to the actor's school; of one who is at a third school by now it had nothing to release.
    `decides_for`: the schools (their directory ids) whose director has authorised this
    person to decide; it holds for those they work at.

    Narrower than the letter РУО1-29389/21.10.2020, which names any student: only people of their school, or
    students released to it; and never an account that has power over others (SECURITY.md).
    """
    permit = may_reset_passwords(actor)
    if not permit.allowed or actor.school is None:
        return permit
    person = facts.person
    if person.id.casefold() == actor.object_id.casefold():
        return Decision(Reason.SELF)
    if not person.attends(actor.school.id) and not _released(person, released_by):
        return Decision(Reason.NOT_OURS)
    if _protected(facts):
        return Decision(Reason.PROTECTED)
    if any(school != actor.school.id and person.attends(school) for school in decides_for):
        return Decision(Reason.DECIDES_ELSEWHERE)
    return Decision(Reason.ACCOUNT_OFF) if person.state is AccountState.DISABLED else ALLOWED


def within_day(past: Sequence[Operation], now: datetime, timing: Timing) -> Decision:
    """Whether one more reset of the person is within the day's limit; `past` are the person's operations of the last
    48 hours in any order; one of days from now was noted by a clock that was wrong. With THIRD_RESET, `until` is when
    the limit opens again.
    """
    if any(one.stage is Stage.REQUESTED for one in past):
        return Decision(Reason.RESET_RUNNING)
    counted = sorted(
        (one.asked.at for one in past if one.counts and -STEP <= now - one.asked.at < _DAY), reverse=True
    )
    if len(counted) < timing.most_per_day:
        return ALLOWED
    return Decision(Reason.THIRD_RESET, counted[timing.most_per_day - 1] + _DAY)


def by_another(asked: NewOperation, actor: str, now: datetime) -> bool:
    """Whether it was made by another director as one of a class or a selection, within a day: the slip is printed or
    about to be, and whoever prints the same is told first.
    """
    return bool(asked.job) and asked.actor != actor and -STEP <= now - asked.at < _DAY


def unaware(past: Sequence[Operation], actor: str, now: datetime, told: datetime | None) -> Decision:
    """Whether one more is not refused because it would end what another director made and this one was not told of.
    `past` as for `within_day`; `told`: of all until then, as by every operation of the actor's own, whatever became
    of it. Only the newest that counts is asked about: it has ended the others.
    """
    newest = max((one for one in past if one.counts), key=lambda one: (one.asked.at, one.asked.id), default=None)
    if newest is None or not by_another(newest.asked, actor, now):
        return ALLOWED
    known = [one.asked.at for one in past if one.asked.actor == actor] + ([told] if told else [])
    return ALLOWED if known and newest.asked.at <= max(known) else Decision(Reason.GIVEN_BY_ANOTHER)


def form_for(person: Person, *, many: bool) -> Form:
    """How the person's password is made; `many`: as one of a class, so that many such passwords live at once."""
    if person.kind is Kind.TEACHER:
        return Form.STAFF
    if many:
        return Form.BULK
    return Form.GRADE_ONE if grade_of(person).number == "1" else Form.PUPIL


def life_of(form: Form, timing: Timing) -> timedelta:
    """How long an unused password of this form lives; the short one of grade I only for a day."""
    return timedelta(hours=timing.life_hours_grade_one if form is Form.GRADE_ONE else timing.life_hours)


def unseen_for(many: bool, timing: Timing) -> timedelta:
    """How long a password waits to be looked at before it is destroyed."""
    return timedelta(minutes=timing.unseen_minutes_many if many else timing.unseen_minutes)


def awaited_for(many: bool, timing: Timing) -> timedelta:
    """How long after it was asked for it is begun and tried: whoever stands before the director has gone by then. A
    class is waited for as long as its card lives, and its slips once they are there.
    """
    alone = timing.give_up_minutes
    return timedelta(minutes=max(alone, timing.unseen_minutes_many) if many else alone)


def _released(person: Person, by: str | None) -> bool:
    """Between two schools a student may be at none for some days."""
    return by is not None and person.kind is Kind.STUDENT and (not person.schools or person.attends(by))


def _protected(facts: AccountFacts) -> bool:
    person = facts.person
    return (
        person.kind is Kind.OTHER
        or (facts.extension_role or "").strip() not in _ORDINARY_ROLES
        or facts.privileged
        or facts.guest
        or facts.synchronised
        # Accounts of schools and offices: the code by НЕИСПУО.
        or person.username.partition("@")[0].isdecimal()
    )
