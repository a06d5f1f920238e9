"""The words for every reason, problem, failure, seal fault and outside error.

Most ids follow from the name: `refusal-<reason>`, `failure-<failure>`, `identifier-<problem>`, `error-<class>`. A
test says that each has its text.
"""

import re
from collections.abc import Mapping

from bot.conversation import Scope
from bot.core import errors
from bot.core.decision import Decision, Reason
from bot.core.errors import DirectoryError, DirectoryUnavailable, OutsideError
from bot.core.passwords.model import Failure, Operation
from bot.core.people.identifiers import IdentifierKind, IdentifierProblem, InvalidIdentifier
from bot.seals import SealFault
from bot.texts.catalog import Translate
from bot.texts.moments import last_day, moment

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
        Reason.DEPUTY_ELSEWHERE,
        Reason.QUESTION_ASKED_OFTEN,
        Reason.INTAKE_CLOSED,
        Reason.INTAKE_MISSES,
    }
)
"""The reasons whose text says when it opens again (`Decision.until` is set)."""

SEALS: Mapping[SealFault, str] = {
    SealFault.BROKEN: "refusal-card-broken",
    SealFault.OTHER_PERSON: "refusal-card-other-person",
    SealFault.EXPIRED: "refusal-card-expired",
}

SCOPES: Mapping[Scope, str] = {
    Scope.GROUP: "refusal-not-personal",
    Scope.CHANNEL: "refusal-not-personal",
}

_BASES = (OutsideError, DirectoryError)
"""Of errors: without words of their own."""


def refusal(decision: Decision, t: Translate, language: str) -> str:
    """The words for a denial; with the hour it opens again where there is one."""
    reason = decision.denied_because
    if reason is None:
        raise ValueError("nothing was denied")
    text_id = f"refusal-{reason.value}"
    if reason in OPENS_AGAIN:
        if decision.until is None:
            raise ValueError(f"{reason} says when it opens again")
        # An authority ends with a day, at midnight, and is told by that day wherever it is.
        told = last_day if reason is Reason.DEPUTY_ELSEWHERE else moment
        return t(text_id, until=told(decision.until, language))
    return t(text_id)


def failure(error: OutsideError, t: Translate) -> str:
    """The words for an outside failure; a kind unknown to `bot.core.errors` speaks as its nearest base."""
    named = (kind for kind in type(error).__mro__ if kind.__module__ == errors.__name__ and kind not in _BASES)
    name = next(named, DirectoryUnavailable).__name__
    return t(f"error-{re.sub('(?<!^)(?=[A-Z])', '-', name).lower()}")


def failed(operation: Operation, t: Translate) -> tuple[str, str]:
    """Why a temporary password was not made, and what became of the old one. A denial speaks by its reason; one that
    opens again speaks of an hour, which is not kept.
    """
    if operation.failure is None:
        raise ValueError("it did not fail")
    denied = operation.failure is Failure.DENIED and operation.reason in set(Reason) - OPENS_AGAIN
    why = f"refusal-{operation.reason}" if denied else f"failure-{operation.failure}"
    return t(why), t("failure-in-doubt" if operation.in_doubt else "failure-unchanged")


def problem(invalid: InvalidIdentifier, t: Translate) -> str:
    """The words for what is wrong with a typed identifier. The identifier itself is not repeated in them."""
    words = _problem(invalid, t)
    return f"{words} {t('identifier-as-written')}" if invalid.as_written else words


def _problem(invalid: InvalidIdentifier, t: Translate) -> str:
    fault, service = invalid.problem, invalid.kind is IdentifierKind.SERVICE
    match fault:
        case IdentifierProblem.LENGTH if service:
            return t("identifier-length-service")
        case IdentifierProblem.LENGTH:
            return t(f"identifier-length-{invalid.kind}", count=invalid.count)
        case IdentifierProblem.CHECK_DIGIT if service:  # it has no check digit
            return t("identifier-not-digits")
        case IdentifierProblem.CHECK_DIGIT:
            return t(f"identifier-check-digit-{invalid.kind}")
        case IdentifierProblem.LETTER_FOR_DIGIT:
            return t("identifier-letter-for-digit", letter=invalid.letter, position=invalid.position)
        case _:
            return t(f"identifier-{fault}")
