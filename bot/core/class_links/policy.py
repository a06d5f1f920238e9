"""Who may see and do what about links: pure questions over what was just read."""

from bot.core.actors.model import Actor, Role
from bot.core.actors.permits import directs, may_look_up
from bot.core.class_links.model import IN_ORDER, REMEDIES, Link, LinkState, Remedy, Who, who_acts
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.people.model import School


def may_see_links(actor: Actor) -> Decision:
    """Whether the actor may see links: teachers their own, directors those of their school."""
    if actor.role is Role.TEACHER and actor.enabled:
        return ALLOWED if actor.works_at and actor.username else Decision(Reason.TEACHER_WITHOUT_SCHOOL)
    if actor.role is Role.REGIONAL_OFFICE and actor.enabled:
        return Decision(Reason.OFFICE_CLASSROOMS)
    return may_look_up(actor)


def may_mend(actor: Actor, school_id: str) -> Decision:
    """Only this school's director may change a link."""
    return directs(actor, school_id)


def directed_school(actor: Actor) -> School | Decision:
    """The school in whose name this person may act."""
    decision = may_look_up(actor)
    return decision if not decision.allowed else actor.school or Decision(Reason.SCHOOL_UNKNOWN)


def remedy_for(link: Link) -> Remedy | None:
    """What the bot may do about the link. A class without a teacher in the list has nobody to be made its owner."""
    act = REMEDIES.get(link.state)
    return None if act is Remedy.ADD_OWNER and not link.teacher else act


def may_be_asked_about(link: Link) -> bool:
    """Whether a teacher asks the director: not about what is in order, what nobody can hasten, or their own to do."""
    return link.state not in {*IN_ORDER, LinkState.TO_BE_MADE} and who_acts(link) not in {Who.NOBODY, Who.TEACHER}


def local_part(username: str) -> str:
    """Of a user principal name, as lists of classes name people."""
    return username.partition("@")[0].lower()
