"""Who may see a school's board, close the handing over of a class, and ask for a password."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.accounts.model import (
    HANDED_OVER,
    TO_HAND_OVER,
    BoardPerson,
    BoardRow,
    BoardState,
    BoardTiming,
    Choices,
    Closers,
    Ending,
    GivenPassword,
    ReceiptOutcome,
)
from bot.core.accounts.ports import OwnClass
from bot.core.accounts.states import handed_over, state_of
from bot.core.actors.model import Actor, Role
from bot.core.actors.permits import may_look_up
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.handover.model import Handing, Recipient
from bot.core.handover.policy import may_receive
from bot.core.people.model import Kind

MOST_ASKS = 30
"""Questions of one class teacher within a day: a whole class."""


def may_see_board(actor: Actor) -> Decision:
    """Whether the actor may see a school's board: its director. An authority to decide about transfers is none."""
    return may_look_up(actor)


def may_have_own_class(actor: Actor) -> Decision:
    """Whether the actor can be a class teacher at all: a teacher of a school."""
    if not actor.enabled:
        return Decision(Reason.ACCOUNT_DISABLED)
    if actor.role is Role.TEACHER:
        return ALLOWED if actor.works_at else Decision(Reason.TEACHER_WITHOUT_SCHOOL)
    refused = may_look_up(actor)
    return refused if not refused.allowed else Decision(Reason.TEACHERS_OWN_CLASS)


def may_close(actor: Actor, own: Sequence[OwnClass], choices: Choices) -> Decision:
    """Whether the actor may note that accounts were handed over at all; for whom: `may_close_for`."""
    if actor.role is Role.TEACHER:
        permit = may_have_own_class(actor)
        if not permit.allowed:
            return permit
        if not own:
            return Decision(Reason.NOT_CLASS_TEACHER)
        return ALLOWED if choices.closers is Closers.CLASS_TEACHER else Decision(Reason.DIRECTOR_CLOSES)
    return may_look_up(actor)


def noted(row: BoardRow, timing: BoardTiming) -> ReceiptOutcome:
    """What a handing over can be noted for: who has nothing in the hands yet, or has changed or used a password
    nobody noted (the list is signed in class and closed in the evening).
    """
    state, given = state_of(row, timing), row.given
    if state not in TO_HAND_OVER | HANDED_OVER:
        return ReceiptOutcome.NOTHING
    if given is not None and given.elsewhere:
        return ReceiptOutcome.ELSEWHERE if handed_over(row) is None else ReceiptOutcome.BEFORE
    if given is not None and given.ending is Ending.REPLACED:
        return ReceiptOutcome.REPLACED
    unseen = given is not None and not _seen(given)
    if unseen and state in TO_HAND_OVER:
        return ReceiptOutcome.UNSEEN
    if handed_over(row) is not None:
        return ReceiptOutcome.BEFORE
    return ReceiptOutcome.UNSEEN if unseen and state is BoardState.IN_USE else ReceiptOutcome.DONE


def to_sign(one: BoardPerson) -> bool:
    """Whether a temporary password that this school had made was seen or printed, and its handing over can be noted
    and is not.
    """
    given = one.row.given
    seen = given is not None and not given.elsewhere and _seen(given)
    return seen and one.state in TO_HAND_OVER | HANDED_OVER and handed_over(one.row) is None


def is_ours_to_note(one: BoardPerson) -> bool:
    """Whether something is not handed over, or not noted, that this school can hand over and note. What another one
    had made is signed for there; whoever has not received it is given a new one here, which ends that one.
    """
    given = one.row.given
    return to_sign(one) or (one.state in TO_HAND_OVER and (given is None or not given.elsewhere))


def _seen(given: GivenPassword) -> bool:
    """Whether somebody may have it in the hands: one that was replaced opens nothing any more."""
    return given.shown_at is not None and given.ending is not Ending.REPLACED


@dataclass(frozen=True, slots=True)
class ToClose:
    """Whose handing over can be noted. `given`: they were given a temporary password; otherwise nobody was, and who
    is here may have been handed the account in another way. `left_out`: ours to hand over, and not among them.
    """

    people: tuple[BoardPerson, ...]
    given: bool
    left_out: int


def to_close(people: Sequence[BoardPerson], timing: BoardTiming) -> ToClose:
    """Of these, those who were given a temporary password; where nobody was, all who have not received their account.
    Who uses an account of long ago, or was given nothing while others were, has signed for nothing.
    """
    able = [one for one in people if noted(one.row, timing) is ReceiptOutcome.DONE]
    given = tuple(one for one in able if to_sign(one))
    found = given or tuple(one for one in able if one.state in TO_HAND_OVER)
    ours = [one for one in people if one.state in TO_HAND_OVER and is_ours_to_note(one)]
    return ToClose(found, bool(given), len(ours) - sum(one.state in TO_HAND_OVER for one in found))


def recipients_allowed(kind: Kind, birth: date | None, today: date, *, stated: bool) -> tuple[Recipient, ...]:
    """To whom the law lets an account be handed without anybody attesting СОП; the owner first. `stated`: the
    password was made for a parent by the day of birth that the director had stated.
    """
    every = (Recipient.STUDENT, Recipient.TEACHER, Recipient.PARENT)
    return tuple(
        one
        for one in every
        if (stated and one is Recipient.PARENT)
        or isinstance(may_receive(kind, one, birth=birth, today=today, sen=False, identity=True), Handing)
    )


def may_ask_again(before: Sequence[datetime]) -> Decision:
    """Whether a class teacher who has asked so often within a day may ask once more."""
    if len(before) < MOST_ASKS:
        return ALLOWED
    return Decision(Reason.QUESTION_ASKED_OFTEN, before[-MOST_ASKS] + timedelta(days=1))
