"""Who may be handed a password. Source: the letter РУО1-29389/21.10.2020, which `model.py` tells."""

from datetime import date

from bot.core.decision import Decision, Reason
from bot.core.handover.model import Ground, Handing, Recipient
from bot.core.people.births import birth_of, birthday, possible_birth
from bot.core.people.model import Kind, Person

_OWNER = {Kind.STUDENT: Recipient.STUDENT, Kind.TEACHER: Recipient.TEACHER}


def under_14(birth: date, today: date) -> bool:
    """Whether somebody born then is not yet 14 on this day. The 14th birthday counts as 14."""
    return today < birthday(birth, 14)


def recipients(
    kind: Kind,
    under_14: bool | None,  # noqa: ARG001 -- СОП is attested, not known: a parent is asked about at every age
) -> tuple[Recipient, ...]:
    """Who can come into question at all: a teacher for their own account; a student or a parent for a student's."""
    match kind:
        case Kind.STUDENT:
            return (Recipient.STUDENT, Recipient.PARENT)
        case Kind.TEACHER:
            return (Recipient.TEACHER,)
        case Kind.OTHER:
            return ()


def student_birth(person: Person, today: date, admit_synthetic: bool, *, grade: str) -> date | None:
    """The student's date of birth as the directory tells it (`birth_of`); None where it does not."""
    birth = birth_of(person, today, admit_synthetic, grade=grade)
    return None if birth is None else birth.day


def may_receive(
    kind: Kind, recipient: Recipient | None, *, birth: date | None, today: date, sen: bool, identity: bool
) -> Handing | Decision:
    """The permitted handing over, or why there is none.

    `kind` is what the account's owner is; `today` the date in Sofia; `sen` and `identity` what the director attests:
    that the student has СОП, and that the recipient's identity was checked (asked for last).
    """
    if recipient is None:
        return Decision(Reason.NO_RECIPIENT)
    ground = _ground(kind, recipient, birth, today, sen)
    if isinstance(ground, Decision):
        return ground
    return Handing(recipient, ground) if identity else Decision(Reason.IDENTITY_NOT_ATTESTED)


def _ground(kind: Kind, recipient: Recipient, birth: date | None, today: date, sen: bool) -> Ground | Decision:
    if recipient is _OWNER.get(kind):
        return Ground.OWNER
    if recipient is not Recipient.PARENT or kind is not Kind.STUDENT:
        return Decision(Reason.ONLY_OWNER)
    possible = birth is not None and possible_birth(birth, today)
    if birth is not None and possible and under_14(birth, today):
        return Ground.UNDER_14
    if sen:
        return Ground.SEN
    if birth is None:
        return Decision(Reason.AGE_UNKNOWN)
    return Decision(Reason.FOURTEEN if possible else Reason.BIRTH_IMPLAUSIBLE)
