"""What an actor may do at all, before any object is looked at."""

from bot.core.actors.model import Actor, Role
from bot.core.decision import ALLOWED, Decision, Reason

_REFUSED = {
    Role.TEACHER: Reason.TEACHER,
    Role.STUDENT: Reason.STUDENT,
    Role.REGIONAL_OFFICE: Reason.REGIONAL_OFFICE,
    Role.NONE: Reason.STRANGER,
}


def may_look_up(actor: Actor) -> Decision:
    """Whether the actor may look up usernames: a director whose school is known."""
    if not actor.enabled:
        return Decision(Reason.ACCOUNT_DISABLED)
    if actor.role is not Role.DIRECTOR:
        return Decision(_REFUSED[actor.role])
    return ALLOWED if actor.school is not None else Decision(Reason.SCHOOL_UNKNOWN)


def directs(actor: Actor, school_id: str) -> Decision:
    """Whether the actor is the director of this school (its directory id)."""
    permit = may_look_up(actor)
    if not permit.allowed or actor.school is None:
        return permit
    return ALLOWED if actor.school.id == school_id else Decision(Reason.SCHOOL_CHANGED)


def may_reset_passwords(actor: Actor) -> Decision:
    """Whether the actor may set anybody's password: for now who may look up usernames. Whose password is for
    `bot.core.passwords.policy` to say.
    """
    return may_look_up(actor)


def may_request_transfers(actor: Actor) -> Decision:
    """Whether the actor may ask another school for a student's account: a director whose school is known."""
    return _about_requests(may_look_up(actor))


def may_see_requests(actor: Actor) -> Decision:
    """Whether the actor has to do with transfer requests at all: a director, who a director has authorised, or an
    expert of a regional office whose region is known.
    """
    if actor.enabled and (actor.deputy_of is not None or (actor.role is Role.REGIONAL_OFFICE and actor.region)):
        return ALLOWED
    if actor.enabled and actor.role is Role.REGIONAL_OFFICE:
        return Decision(Reason.REGION_UNKNOWN)
    return _about_requests(may_look_up(actor))


def may_authorise(actor: Actor) -> Decision:
    """Whether the actor may authorise others to decide about requests: the director alone."""
    return _about_requests(may_look_up(actor))


def _about_requests(permit: Decision) -> Decision:
    return Decision(Reason.TEACHER_REQUESTS) if permit.denied_because is Reason.TEACHER else permit


def works_at(actor: Actor, school_id: str) -> bool:
    """Whether the actor works at this school (its directory id) now; a director is at the one directed."""
    return actor.school_id == school_id or any(school.id == school_id for school in actor.works_at)
