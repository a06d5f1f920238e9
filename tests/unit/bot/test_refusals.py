"""The error map is total: nobody meets a refusal without words, in any language."""

from datetime import UTC, datetime

import pytest

from bot.conversation import Scope
from bot.core import errors
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.passwords.model import Failure
from bot.core.people.identifiers import IdentifierKind, IdentifierProblem, InvalidIdentifier
from bot.refusals import OPENS_AGAIN, SCOPES, SEALS, failed, failure, problem, refusal
from bot.seals import SealFault
from bot.texts.catalog import LANGUAGES, Catalog
from tests.unit.bot.operations import operation

CATALOG = Catalog.load()
UNTIL = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason, language):
    until = UNTIL if reason in OPENS_AGAIN else None

    words = refusal(Decision(reason, until), CATALOG.speak(language), language)

    assert words
    last = reason is Reason.DEPUTY_ELSEWHERE  # an authority ends with a day, and that is told, as to who gave it
    when = ("24.11.2026", "24 Nov 2026") if last else ("25.11.2026", "25 Nov 2026")
    assert any(day in words for day in when) == (reason in OPENS_AGAIN)


def kinds_of(base: type[errors.OutsideError]) -> set[type[errors.OutsideError]]:
    return {base}.union(*(kinds_of(kind) for kind in base.__subclasses__()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outside_error_has_words_of_its_own(language):
    kinds = kinds_of(errors.OutsideError) - {errors.OutsideError, errors.DirectoryError}

    said = {failure(kind.__new__(kind), CATALOG.speak(language)) for kind in kinds}

    assert all(said)
    assert len(said) == len(kinds) >= 10


def test_an_error_without_words_of_its_own_speaks_as_its_nearest_base():
    class Refused(errors.DirectoryForbidden):
        """As a library's edge might have."""

    def said(error):
        return failure(error, CATALOG.speak("bg"))

    assert said(Refused()) == said(errors.DirectoryForbidden())
    assert said(errors.DirectoryError()) == said(errors.OutsideError()) == said(errors.DirectoryUnavailable())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_speaks_without_its_details(language):
    words = failure(errors.DirectoryForbidden("Authorization_RequestDenied", "request-7"), CATALOG.speak(language))

    assert words
    assert "request-7" not in words
    assert "Authorization" not in words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", IdentifierKind)
@pytest.mark.parametrize("fault", IdentifierProblem)
def test_every_problem_of_every_kind_has_words_that_repeat_no_identifier(fault, kind, language):
    invalid = InvalidIdentifier(kind, fault, count=9, letter="О", position=3, suggestion="0123456789")

    words = problem(invalid, CATALOG.speak(language))

    assert words
    assert "0123456789" not in words


def test_every_seal_fault_and_every_foreign_scope_has_words():
    assert set(SEALS) == set(SealFault)
    assert set(SCOPES) == set(Scope) - {Scope.PERSONAL}
    assert all(CATALOG.resolves(text) for text in (*SEALS.values(), *SCOPES.values()))


def test_what_is_allowed_has_no_refusal():
    with pytest.raises(ValueError, match="nothing was denied"):
        refusal(ALLOWED, CATALOG.speak("bg"), "bg")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("in_doubt", [True, False])
@pytest.mark.parametrize("why", Failure)
def test_every_failure_says_why_and_what_became_of_the_old_password(why, in_doubt, language):
    t = CATALOG.speak(language)

    said, became = failed(operation(failure=why, in_doubt=in_doubt), t)

    assert said == t(f"failure-{why.value}")
    assert became == t("failure-in-doubt" if in_doubt else "failure-unchanged")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", [*Reason, "", "nonsense"])
def test_a_denial_by_the_worker_speaks_by_its_reason_if_it_has_words_without_an_hour(reason, language):
    said, _ = failed(operation(failure=Failure.DENIED, reason=str(reason)), CATALOG.speak(language))

    own_words = reason in set(Reason) - OPENS_AGAIN
    assert (said == CATALOG.speak(language)("failure-denied")) != own_words


def test_what_did_not_fail_has_no_such_words():
    with pytest.raises(ValueError, match="did not fail"):
        failed(operation(), CATALOG.speak("bg"))
