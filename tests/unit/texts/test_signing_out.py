"""Where somebody may be using an account: what is to be ticked is named, for opening its field alone ends nothing."""

import pytest

from tests.conversations.bot import CATALOG
from tests.unit.texts.test_given_up_words import guide_texts


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_page_for_help_names_the_statement_that_signs_out(language):
    t = CATALOG.speak(language)
    statement = t("card-password-compromised-statement").partition(". ")[0]

    told = t("about-support-incident-text")

    assert told.index(t("card-password-more")) < told.index(statement)


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_guide_names_it_too(language):
    t = CATALOG.speak("bg")
    statement = t("card-password-compromised-statement").partition(". ")[0]
    whole = " ".join(guide_texts(language).values())

    assert whole.index(t("card-password-more")) < whole.index(statement)
