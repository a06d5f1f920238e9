"""Who may ask, who may see, who may decide: pure questions over what was just read."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.core.actors.model import Actor, Role
from bot.core.actors.permits import may_request_transfers, may_see_requests
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.people.model import Kind, School
from bot.core.people.regions import region_key
from bot.core.transfers.blind import SeenTransfer, WholeTransfer, blind
from bot.core.transfers.model import OPEN, Asked, Basis, Placement, Side, State, Transfer
from bot.core.transfers.states import Act, after

RELEASED_FOR = timedelta(days=14)
"""How long an approval is worth something to the school that asked: it may set a password by the release alone, at
most until the student arrives, and have the request tried again.
"""

_NAMES_OF_A_PERSON = 3


class Choice(StrEnum):
    """What somebody may do with a request."""

    APPROVE = "approve"
    REFUSE = "refuse"
    NOT_OURS = "not-ours"
    RETURN = "return"
    WITHDRAW = "withdraw"
    RETRY = "retry"
    TAKE_BACK = "take-back"
    APPEAL = "appeal"


ACTS = {
    Choice.APPROVE: Act.APPROVE,
    Choice.REFUSE: Act.REFUSE,
    Choice.NOT_OURS: Act.NOT_OURS,
    Choice.RETURN: Act.RETURN,
    Choice.WITHDRAW: Act.WITHDRAW,
    Choice.RETRY: Act.RETRY,
    Choice.TAKE_BACK: Act.TAKE_BACK,
    Choice.APPEAL: Act.APPEAL,
}

OF_SIDE = {
    Side.RELEASING: frozenset({Choice.APPROVE, Choice.REFUSE, Choice.NOT_OURS, Choice.RETRY, Choice.TAKE_BACK}),
    Side.RECEIVING: frozenset({Choice.WITHDRAW, Choice.RETRY, Choice.APPEAL}),
    Side.OFFICE: frozenset({Choice.APPROVE, Choice.REFUSE, Choice.RETURN, Choice.RETRY, Choice.TAKE_BACK}),
}
_WITHOUT_REASON = frozenset({Choice.WITHDRAW, Choice.RETRY})
_OF_WHO_ASKED = frozenset({Choice.WITHDRAW, Choice.RETRY, Choice.APPEAL})
_REFUSED = frozenset({State.REFUSED, State.NOT_OURS})


def acts_for(actor: Actor) -> School | None:
    """The school in whose name the actor deals with requests: their own, or that which authorised them."""
    if not actor.enabled:
        return None
    return actor.school if actor.role is Role.DIRECTOR else actor.deputy_of


def side_of(actor: Actor, transfer: Transfer) -> Side | None:
    """The side the actor is on; None for whom it is no business of."""
    if not may_see_requests(actor).allowed:
        return None
    if actor.role is Role.REGIONAL_OFFICE:
        own = region_key(actor.region)
        return Side.OFFICE if own and own == region_key(transfer.asked.releasing.region) else None
    school = acts_for(actor)
    if school is None:
        return None
    if school.id == transfer.asked.receiving.id:
        return Side.RECEIVING
    return Side.RELEASING if school.id == transfer.asked.releasing.id else None


def may_do(actor: Actor, transfer: Transfer, choice: Choice, now: datetime, *, reason: str) -> Decision:
    """Whether it is for the actor to do this with the request as it is. Whether its state has a place for it is
    `states.after`'s to say.
    """
    side = side_of(actor, transfer)
    if side is None:
        return Decision(Reason.NO_REQUEST)
    # Whoever asked does not decide; who does is said with it: of some requests the regional office alone.
    own = Reason.OFFICE_ONLY if transfer.asked.office_only and side is not Side.OFFICE else Reason.OWN_REQUEST
    if choice not in OF_SIDE[side]:
        return Decision(own if side is Side.RECEIVING else Reason.NO_REQUEST)
    if choice not in _OF_WHO_ASKED and is_who_asked(actor, transfer.asked):
        return Decision(own)
    of_its_state = _as_it_stands(actor, transfer, side, choice, now)
    if not of_its_state.allowed:
        return of_its_state
    given = any(character.isalpha() for character in reason)
    if not given and choice not in _WITHOUT_REASON and not (side is Side.RELEASING and choice is Choice.APPROVE):
        return Decision(Reason.REASON_MISSING)
    return ALLOWED


def _as_it_stands(actor: Actor, transfer: Transfer, side: Side, choice: Choice, now: datetime) -> Decision:
    """What the request itself closes to somebody whose choice it is otherwise."""
    if choice is Choice.APPEAL:
        return _may_appeal(actor, transfer)
    if side is Side.OFFICE and transfer.state in OPEN - {State.ESCALATED}:
        return Decision(Reason.TOO_EARLY)
    if choice is Choice.RETRY:
        return _may_retry(actor, transfer, side, now)
    if side is Side.RELEASING:
        return _may_release(transfer, choice)
    return Decision(Reason.OFFICE_ONLY) if choice is Choice.RETURN and transfer.asked.office_only else ALLOWED


def choices_of(actor: Actor, transfer: Transfer, now: datetime) -> tuple[Choice, ...]:
    """What the actor may do with the request as it is, in the order it is offered. Rights and state are judged again
    when it is done.
    """
    have_a_place = (choice for choice in Choice if after(transfer.state, ACTS[choice]) is not None)
    return tuple(choice for choice in have_a_place if may_do(actor, transfer, choice, now, reason="?a").allowed)


def _may_appeal(actor: Actor, transfer: Transfer) -> Decision:
    """Whoever may ask may bring a refusal of the school before the regional office, once. What the office itself has
    refused, it has decided.
    """
    permit = may_request_transfers(actor)
    by_office = transfer.verdict is not None and transfer.verdict.as_ is Side.OFFICE
    if permit.allowed and transfer.state in _REFUSED and (transfer.appeal is not None or by_office):
        return Decision(Reason.APPEALED)
    return permit


def _may_retry(actor: Actor, transfer: Transfer, side: Side, now: datetime) -> Decision:
    """Both schools and the office may have it tried again as long as the approval is worth something to the school
    that asked; after that only who could approve it anew.
    """
    if transfer.verdict is None or now < transfer.verdict.at + RELEASED_FOR:
        return ALLOWED
    decides = side is Side.OFFICE or (side is Side.RELEASING and not transfer.asked.office_only)
    return ALLOWED if decides and not is_who_asked(actor, transfer.asked) else Decision(Reason.APPROVAL_OLD)


def _may_release(transfer: Transfer, choice: Choice) -> Decision:
    """What the request closes to the school that is asked. After a refusal that was brought before the office it may
    give way, not refuse again; an approval it takes back is its own.
    """
    by_office = transfer.verdict is not None and transfer.verdict.as_ is Side.OFFICE
    takes_back = choice is Choice.TAKE_BACK
    if transfer.asked.office_only or (takes_back and by_office):
        return Decision(Reason.OFFICE_ONLY)
    refuses = choice in {Choice.REFUSE, Choice.NOT_OURS} and transfer.state is State.ESCALATED
    return Decision(Reason.APPEALED) if transfer.appeal is not None and (refuses or takes_back) else ALLOWED


def is_who_asked(actor: Actor, asked: Asked) -> bool:
    """Whether the actor is the person who asked, perhaps with another account: the same account, or the same three
    names of a person.
    """
    if actor.object_id.casefold() == asked.actor.casefold():
        return True
    return not asked.receiving.is_called(asked.actor_name) and same_person(actor.own_name, asked.actor_name)


def same_person(one: str, other: str) -> bool:
    """Whether two names of people (`Actor.own_name`) are one person's three. Anything less (two names that many
    share) tells nothing.
    """
    names = one.casefold().split()
    return len(names) >= _NAMES_OF_A_PERSON and names == other.casefold().split()


def may_ask_for(actor: Actor, school_id: str, placement: Placement | None) -> Decision:
    """Whether the actor's school may ask for this student. `school_id`: the school the card was made for."""
    permit = may_request_transfers(actor)
    if not permit.allowed or actor.school is None:
        return permit
    if actor.school.id != school_id:
        return Decision(Reason.SCHOOL_CHANGED)
    if placement is None:
        return Decision(Reason.NOBODY)
    if placement.person.kind is not Kind.STUDENT:
        return Decision(Reason.NOT_A_STUDENT)
    if placement.person.attends(school_id):
        return Decision(Reason.ALREADY_HERE)
    if not placement.ordinary:
        return Decision(Reason.NOT_MOVABLE)
    return ALLOWED if placement.person.schools else Decision(Reason.NO_PRESENT_SCHOOL)


def school_asked(placement: Placement, chosen: str) -> School | Decision:
    """The school that is to be asked: the only one the student attends, else the chosen one of them."""
    schools = placement.person.schools
    if len(schools) == 1:
        return schools[0]
    found = next((school for school in schools if school.id == chosen), None)
    return found if found is not None else Decision(Reason.WHICH_SCHOOL)


def has_moved(asked: Asked, schools: Sequence[str]) -> bool:
    """Whether the student attends another school (`schools` are directory ids) and not the one that is asked. Who is
    in none has moved nowhere: whoever discharges a student in НЕИСПУО first still releases the account.
    """
    return bool(schools) and asked.releasing.id not in schools


def form_problem(
    *, basis: Basis | None, basis_text: str, to_class: str, classes: Sequence[str], issued: date | None, today: date
) -> Decision:
    """What is missing in the form. A school none of whose classes is known need not name one."""
    if classes and to_class not in classes:
        return Decision(Reason.CLASS_MISSING)
    if basis is None or (basis is Basis.OTHER and not any(character.isalpha() for character in basis_text)):
        return Decision(Reason.REASON_MISSING)
    return Decision(Reason.CERTIFICATE_DATE) if issued is not None and issued > today else ALLOWED


def as_seen_by(side: Side, transfer: Transfer, *, opened: bool = False) -> SeenTransfer:
    """The request as this side may see it: the regional office sees no student and no words written about one, unless
    it was `opened` with a reason.
    """
    return blind(transfer) if side is Side.OFFICE and not opened else WholeTransfer(transfer)
