"""A word another release wrote down is neither guessed nor a bug."""

import pytest

from bot.core.errors import NotKnownHere, StoreUnavailable
from bot.core.known import known, known_or_none
from bot.core.transfers.model import State
from bot.refusals import failure
from bot.texts.catalog import LANGUAGES, Catalog


@pytest.mark.parametrize("state", State)
def test_a_known_word_is_its_member(state):
    assert known(State, state.value) is state
    assert known_or_none(State, state.value) is state
    assert known_or_none(State, None) is None


@pytest.mark.parametrize("value", ["", "later-state", "REQUESTED", "requested ", "\0"])
def test_any_other_is_for_the_release_that_knows_it(value):
    for read in (known, known_or_none):
        with pytest.raises(NotKnownHere, match=r"^State$") as caught:
            read(State, value)
        assert value == "" or value not in str(caught.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_as_what_it_is(language):
    t = Catalog.load().speak(language)

    assert failure(NotKnownHere("State"), t) == t("error-not-known-here")
    assert issubclass(NotKnownHere, StoreUnavailable)
