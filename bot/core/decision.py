"""A decision is a value: allowed, or denied for a reason. The words for a reason are in `bot/refusals.py`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why something was denied. Every reason has a text in every language (a test says so)."""

    STRANGER = "stranger"
    TEACHER = "teacher"
    TEACHER_WITHOUT_SCHOOL = "teacher-without-school"
    """The directory has the teacher in no school (yet)."""
    TEACHER_REQUESTS = "teacher-requests"
    """A teacher asks for transfer requests: there a class teacher can do nothing either."""
    STUDENT = "student"
    REGIONAL_OFFICE = "regional-office"
    OFFICE_CLASSROOMS = "office-classrooms"
    """A regional office asks for classrooms: those are of the school, and not what it has no access to."""
    ACCOUNT_DISABLED = "account-disabled"
    SCHOOL_UNKNOWN = "school-unknown"
    OWN_BUDGET_SPENT = "own-budget-spent"
    OTHER_BUDGET_SPENT = "other-budget-spent"
    TOO_MANY_MISSES = "too-many-misses"

    # Passwords: who may be given a new one.
    NOT_OURS = "not-ours"
    """Neither of the director's own school nor released to it."""
    SELF = "self"
    PROTECTED = "protected"
    """A director, an administrator, an account of the ministry or a service, a guest, or no person at all."""
    DECIDES_ELSEWHERE = "decides-elsewhere"
    """Another school's director has authorised them to decide in their place: whoever sets their password could."""
    ACCOUNT_OFF = "account-off"
    """The account itself is disabled: a password would open nothing."""
    NOBODY = "nobody"
    """There is no such account (any more)."""
    THIRD_RESET = "third-reset"
    RESET_RUNNING = "reset-running"
    GIVEN_BY_ANOTHER = "given-by-another"
    """Another director has made passwords for them within the day, as for a class, and this one was not told."""
    NOT_READABLE = "not-readable"
    """What another release wrote of the person's last passwords cannot be judged here; nor what somebody changed."""
    SCHOOL_CHANGED = "school-changed"
    """The director's school is not the one the card was made for."""

    # Handing over: who may receive it.
    NO_RECIPIENT = "no-recipient"
    ONLY_OWNER = "only-owner"
    """A teacher's account goes to the teacher, and no account to anybody else."""
    FOURTEEN = "fourteen"
    AGE_UNKNOWN = "age-unknown"
    BIRTH_IMPLAUSIBLE = "birth-implausible"
    IDENTITY_NOT_ATTESTED = "identity-not-attested"

    # Showing it.
    NOT_YOURS = "not-yours"
    """Another person's operation, or one begun in another conversation."""
    NO_OPERATION = "no-operation"

    # Transfer requests.
    ALREADY_HERE = "already-here"
    """The student attends the school that asks."""
    NOT_A_STUDENT = "not-a-student"
    NO_PRESENT_SCHOOL = "no-present-school"
    """The account is in no school: nobody is to be asked."""
    NOT_MOVABLE = "not-movable"
    """An account with power over others, a guest's, or mastered elsewhere."""
    NO_REQUEST = "no-request"
    """There is no such request, or it is none of this person's business (which is not told apart)."""
    OWN_REQUEST = "own-request"
    """Nobody decides about a request of the director's own school."""
    OFFICE_ONLY = "office-only"
    """Only the regional office may decide about it."""
    TOO_EARLY = "too-early"
    """The school that is asked still has time; the regional office does not decide yet."""
    WHICH_SCHOOL = "which-school"
    """The student attends several schools: it must be said which one is asked."""
    CLASS_MISSING = "class-missing"
    CERTIFICATE_DATE = "certificate-date"
    """A certificate issued in the future."""
    REASON_MISSING = "reason-missing"
    MOVED_ON = "moved-on"
    """The request has changed since the card was made."""
    APPEALED = "appealed"
    """The request has been before the regional office."""
    APPROVAL_OLD = "approval-old"
    """The approval is of so long ago that only who could approve anew may have it tried again."""
    OVERTAKEN = "overtaken"
    """A later request for the same student was approved: this approval is worth nothing any more."""
    ASKED_AGAIN = "asked-again"
    """There is a newer, unfinished request for the same student."""
    DECIDED = "decided"
    """Somebody has decided, or it is over."""
    REGION_UNKNOWN = "region-unknown"
    NOT_A_COLLEAGUE = "not-a-colleague"
    """Only a teacher of the director's own school may be authorised."""
    DEPUTY_ELSEWHERE = "deputy-elsewhere"
    """The director of another school where they work has authorised them: they decide for one at a time."""
    PASSWORD_ELSEWHERE = "password-elsewhere"  # noqa: S105 -- a reason
    """The director of another school has set their password a short time ago, and might still know it."""
    ORDER_MISSING = "order-missing"
    ORDER_HIDDEN = "order-hidden"
    """Part of its number would be kept as dots, and nobody could say by which order."""
    ORDER_DATES = "order-dates"

    WITHDRAWN_JUST_NOW = "withdrawn-just-now"
    """The school has withdrawn its request for the student a moment ago."""
    STUDENT_ASKED_OFTEN = "student-asked-often"
    SCHOOL_ASKED_OFTEN = "school-asked-often"
    ASKED_OFTEN = "asked-often"
    """Too many requests: for this student, of this school, by this director."""

    # Class links.
    NO_LINK = "no-link"
    """There is no such link, or it is none of this person's."""
    LINK_CHANGED = "link-changed"
    """The link is not in the state any more against which this would help."""
    LINK_OF_WHICH_SCHOOL = "link-of-which-school"
    """Of which of the teacher's schools the class is cannot be told: nobody is to read another school's."""
    NOT_ANSWERABLE = "not-answerable"
    """The question was answered, or is none of this school's."""
    QUESTION_ASKED_OFTEN = "question-asked-often"
    """The teacher has asked too many questions, or has asked about this link a moment ago."""

    # Handing over a school's accounts.
    NOT_CLASS_TEACHER = "not-class-teacher"
    """No „Час на класа“ of theirs says that they are the class teacher (of this student)."""
    TEACHERS_OWN_CLASS = "teachers-own-class"
    """A director asks for an own class: directors have the board of the whole school."""
    DIRECTOR_CLOSES = "director-closes"
    """The director has not let class teachers note who was handed their account."""
    NO_RECEIPT = "no-receipt"
    """There is no such receipt of this school, or it was taken back before."""

    # Intake.
    INTAKE_CLOSED = "intake-closed"
    """Students are taken in on certain days of the year."""
    INTAKE_GRADE = "intake-grade"
    INTAKE_TOO_MANY = "intake-too-many"
    """More at once than a card can answer."""
    INTAKE_SPENT = "intake-spent"
    """The school has asked for as many students of other schools as it may in this season, or would with these."""
    INTAKE_MISSES = "intake-misses"
    """Of the last numbers half were nobody's."""

    OFFICE_OVERSEES = "office-oversees"
    """The schools of a region are for its regional office; a director has the own school's board."""


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
