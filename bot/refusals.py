"""The one error map: every reason, problem, seal fault and outside error → the id of its text.

Total by test: a member without a text fails the suite, so nobody meets a refusal without words.
"""

from collections.abc import Mapping

from bot.conversation import Scope
from bot.core.decision import Decision, Reason
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
    NotGranted,
    NotKnownHere,
    OutsideError,
    PasswordRefused,
    StoreUnavailable,
    TurnTooLong,
)
from bot.core.passwords.model import Failure, Operation
from bot.core.people.identifiers import IdentifierKind, IdentifierProblem, InvalidIdentifier
from bot.seals import SealFault
from bot.texts.catalog import Translate
from bot.texts.moments import moment

REASONS: Mapping[Reason, str] = {
    Reason.STRANGER: "refusal-stranger",
    Reason.TEACHER: "refusal-teacher",
    Reason.STUDENT: "refusal-student",
    Reason.REGIONAL_OFFICE: "refusal-regional-office",
    Reason.ACCOUNT_DISABLED: "refusal-account-disabled",
    Reason.SCHOOL_UNKNOWN: "refusal-school-unknown",
    Reason.OWN_BUDGET_SPENT: "refusal-own-budget-spent",
    Reason.OTHER_BUDGET_SPENT: "refusal-other-budget-spent",
    Reason.TOO_MANY_MISSES: "refusal-too-many-misses",
    Reason.NOT_OURS: "refusal-not-ours",
    Reason.SELF: "refusal-self",
    Reason.PROTECTED: "refusal-protected",
    Reason.ACCOUNT_OFF: "refusal-account-off",
    Reason.NOBODY: "refusal-nobody",
    Reason.THIRD_RESET: "refusal-third-reset",
    Reason.RESET_RUNNING: "refusal-reset-running",
    Reason.SCHOOL_CHANGED: "refusal-school-changed",
    Reason.NO_RECIPIENT: "refusal-no-recipient",
    Reason.ONLY_OWNER: "refusal-only-owner",
    Reason.FOURTEEN: "refusal-fourteen",
    Reason.AGE_UNKNOWN: "refusal-age-unknown",
    Reason.BIRTH_IMPLAUSIBLE: "refusal-birth-implausible",
    Reason.IDENTITY_NOT_ATTESTED: "refusal-identity-not-attested",
    Reason.NOT_YOURS: "refusal-not-yours",
    Reason.NO_OPERATION: "refusal-no-operation",
    Reason.ALREADY_HERE: "refusal-already-here",
    Reason.NOT_A_STUDENT: "refusal-not-a-student",
    Reason.NO_PRESENT_SCHOOL: "refusal-no-present-school",
    Reason.NOT_MOVABLE: "refusal-not-movable",
    Reason.NOT_THERE: "refusal-not-there",
    Reason.WHICH_SCHOOL: "refusal-which-school",
    Reason.CLASS_MISSING: "refusal-class-missing",
    Reason.CERTIFICATE_DATE: "refusal-certificate-date",
    Reason.NO_REQUEST: "refusal-no-request",
    Reason.OWN_REQUEST: "refusal-own-request",
    Reason.OFFICE_ONLY: "refusal-office-only",
    Reason.TOO_EARLY: "refusal-too-early",
    Reason.REASON_MISSING: "refusal-reason-missing",
    Reason.MOVED_ON: "refusal-moved-on",
    Reason.DECIDED: "refusal-decided",
    Reason.REGION_UNKNOWN: "refusal-region-unknown",
    Reason.NOT_A_COLLEAGUE: "refusal-not-a-colleague",
    Reason.ORDER_MISSING: "refusal-order-missing",
    Reason.ORDER_DATES: "refusal-order-dates",
    Reason.WITHDRAWN_JUST_NOW: "refusal-withdrawn-just-now",
    Reason.STUDENT_ASKED_OFTEN: "refusal-student-asked-often",
    Reason.SCHOOL_ASKED_OFTEN: "refusal-school-asked-often",
    Reason.ASKED_OFTEN: "refusal-asked-often",
    Reason.QUESTION_ASKED_OFTEN: "refusal-question-asked-often",
    Reason.NO_LINK: "refusal-no-link",
    Reason.LINK_CHANGED: "refusal-link-changed",
    Reason.NOT_ANSWERABLE: "refusal-not-answerable",
}

OPENS_AGAIN = frozenset(
    {
        Reason.OWN_BUDGET_SPENT,
        Reason.OTHER_BUDGET_SPENT,
        Reason.TOO_MANY_MISSES,
        Reason.THIRD_RESET,
        Reason.WITHDRAWN_JUST_NOW,
        Reason.STUDENT_ASKED_OFTEN,
        Reason.SCHOOL_ASKED_OFTEN,
        Reason.ASKED_OFTEN,
        Reason.QUESTION_ASKED_OFTEN,
    }
)
"""The reasons whose text says when it opens again (`Decision.until` is set)."""

ERRORS: Mapping[type[OutsideError], str] = {
    DirectoryBusy: "error-directory-busy",
    DirectoryUnavailable: "error-directory-unavailable",
    DirectoryForbidden: "error-directory-forbidden",
    NotGranted: "error-not-granted",
    DirectoryMisunderstood: "error-directory-misunderstood",
    PasswordRefused: "error-password-refused",
    AccountMissing: "error-account-missing",
    TurnTooLong: "error-turn-too-long",
    StoreUnavailable: "error-store-unavailable",
    NotKnownHere: "error-not-known-here",
}

FAILURES: Mapping[Failure, str] = {
    Failure.DENIED: "failure-denied",
    Failure.FORBIDDEN: "failure-forbidden",
    Failure.NOT_GRANTED: "failure-not-granted",
    Failure.REFUSED: "failure-refused",
    Failure.MISSING: "failure-missing",
    Failure.NOT_UNDERSTOOD: "failure-not-understood",
    Failure.UNAVAILABLE: "failure-unavailable",
}
"""Why a temporary password was not made, and what to do."""

SEALS: Mapping[SealFault, str] = {
    SealFault.BROKEN: "refusal-card-broken",
    SealFault.OTHER_PERSON: "refusal-card-other-person",
    SealFault.EXPIRED: "refusal-card-expired",
}

SCOPES: Mapping[Scope, str] = {
    Scope.GROUP: "refusal-not-personal",
    Scope.CHANNEL: "refusal-not-personal",
}

PROBLEMS: Mapping[IdentifierProblem, Mapping[IdentifierKind, str]] = {
    IdentifierProblem.EMPTY: dict.fromkeys(IdentifierKind, "identifier-empty"),
    IdentifierProblem.NOT_DIGITS: dict.fromkeys(IdentifierKind, "identifier-not-digits"),
    IdentifierProblem.LETTER_FOR_DIGIT: dict.fromkeys(IdentifierKind, "identifier-letter-for-digit"),
    IdentifierProblem.ROUNDED: dict.fromkeys(IdentifierKind, "identifier-rounded"),
    IdentifierProblem.TWO_WAYS: dict.fromkeys(IdentifierKind, "identifier-two-ways"),
    IdentifierProblem.LENGTH: {
        IdentifierKind.EGN: "identifier-length-egn",
        IdentifierKind.LNCH: "identifier-length-lnch",
        IdentifierKind.SERVICE: "identifier-length-service",
    },
    IdentifierProblem.LOST_ZERO: dict.fromkeys(IdentifierKind, "identifier-lost-zero"),
    IdentifierProblem.DATE: dict.fromkeys(IdentifierKind, "identifier-date"),
    IdentifierProblem.FUTURE: dict.fromkeys(IdentifierKind, "identifier-future"),
    IdentifierProblem.TOO_OLD: dict.fromkeys(IdentifierKind, "identifier-too-old"),
    IdentifierProblem.CHECK_DIGIT: {
        IdentifierKind.EGN: "identifier-check-digit-egn",
        IdentifierKind.LNCH: "identifier-check-digit-lnch",
        IdentifierKind.SERVICE: "identifier-not-digits",
    },
    IdentifierProblem.TRIVIAL: dict.fromkeys(IdentifierKind, "identifier-trivial"),
    IdentifierProblem.LOOKS_LIKE_EGN: dict.fromkeys(IdentifierKind, "identifier-looks-like-egn"),
    IdentifierProblem.LOOKS_LIKE_LNCH: dict.fromkeys(IdentifierKind, "identifier-looks-like-lnch"),
}


def refusal(decision: Decision, t: Translate, language: str) -> str:
    """The words for a denial; with the hour it opens again where there is one."""
    reason = decision.denied_because
    if reason is None:
        raise ValueError("nothing was denied")
    if reason in OPENS_AGAIN:
        if decision.until is None:
            raise ValueError(f"{reason} says when it opens again")
        return t(REASONS[reason], until=moment(decision.until, language))
    return t(REASONS[reason])


def failure(error: OutsideError, t: Translate) -> str:
    """The words for an outside failure; a kind without words of its own speaks as its nearest base."""
    for kind in type(error).__mro__:
        if kind in ERRORS:
            return t(ERRORS[kind])
    return t(ERRORS[DirectoryUnavailable])


def failed(operation: Operation, t: Translate) -> tuple[str, str]:
    """Why a temporary password was not made, and what became of the old one. A denial speaks by its reason; one that
    opens again speaks of an hour, which is not kept.
    """
    if operation.failure is None:
        raise ValueError("it did not fail")
    denied = operation.failure is Failure.DENIED and operation.reason in set(Reason) - OPENS_AGAIN
    why = REASONS[Reason(operation.reason)] if denied else FAILURES[operation.failure]
    return t(why), t("failure-in-doubt" if operation.in_doubt else "failure-unchanged")


def problem(invalid: InvalidIdentifier, t: Translate) -> str:
    """The words for what is wrong with a typed identifier. The identifier itself is not repeated in them."""
    words = _problem(invalid, t)
    return f"{words} {t('identifier-as-written')}" if invalid.as_written else words


def _problem(invalid: InvalidIdentifier, t: Translate) -> str:
    text_id = PROBLEMS[invalid.problem][invalid.kind]
    if invalid.problem is IdentifierProblem.LENGTH and invalid.kind is not IdentifierKind.SERVICE:
        return t(text_id, count=invalid.count)
    if invalid.problem is IdentifierProblem.LETTER_FOR_DIGIT:
        return t(text_id, letter=invalid.letter, position=invalid.position)
    return t(text_id)
