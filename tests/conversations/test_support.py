"""Whom the whole bot sends people to, by role, with the number by which the log is found."""

import logging

import pytest

from bot.core.errors import DirectoryForbidden
from bot.dialogs import DIALOGS
from bot.router import Heard, Router
from bot.texts.support import Support
from tests.conversations.bot import CATALOG, DIRECTOR, EGN_OWN, LOST, RUO, STRANGER, TEACHER, Bot, shown
from tests.conversations.walk import APOLOGY

NAMED = Support("02 000 00 00", "help@example.bg")
WAYS = "поддръжката (тел. 02 000 00 00, help@example.bg; номер REF12345)"


class BreaksOnceKnown(Router):
    """Hears once, before it is known who speaks; then has a bug."""

    heard = 0

    def hear(self, text: str) -> Heard:
        self.heard += 1
        if self.heard > 1:
            raise ZeroDivisionError
        return super().hear(text)


async def test_a_director_without_a_school_is_sent_to_the_regional_office_with_the_number():
    words = shown(await Bot().says(LOST, "справка"))

    assert "се обърнете към регионалното управление на образованието (РУО) (номер REF12345)" in words


async def test_or_to_the_support_that_was_named(caplog):
    caplog.set_level(logging.INFO)
    words = shown(await Bot(catalog=CATALOG.with_support(NAMED)).says(LOST, "справка"))

    assert f"се обърнете към {WAYS}" in words
    assert "reference REF12345 was shown with refusal-school-unknown" in caplog.text


@pytest.mark.parametrize("support", [Support(), NAMED])
async def test_a_failure_of_the_directory_is_told_with_the_number_that_the_log_has(support, caplog):
    caplog.set_level(logging.INFO)
    bot = Bot(catalog=CATALOG.with_support(support))
    form = await bot.says(DIRECTOR, "справка")
    bot.directory.fail_with = DirectoryForbidden("Authorization_RequestDenied")
    words = shown(await bot.presses(DIRECTOR, form, "Търсене", typed=EGN_OWN))

    assert "REF12345" in words
    assert ("help@example.bg" in words) == support.named
    assert "reference REF12345 was shown with error-directory-forbidden" in caplog.messages


async def test_a_role_that_cannot_be_read_is_logged_with_the_number_that_is_shown(caplog):
    bot = Bot()
    bot.roles.fail_with = DirectoryForbidden("Authorization_RequestDenied")
    words = shown(await bot.says(DIRECTOR, "справка"))

    assert "директора на училището или РУО (номер REF12345)" in words
    failure = [line for line in caplog.messages if line.startswith("role not readable")]
    assert [line.endswith(", reference REF12345") for line in failure] == [True]


async def test_what_needs_no_help_has_no_number(caplog):
    caplog.set_level(logging.INFO)
    bot = Bot(catalog=CATALOG.with_support(NAMED))
    for who in (DIRECTOR, TEACHER, RUO, STRANGER):
        words = shown(await bot.says(who, "помощ"))
        assert "REF12345" not in words
        assert "help@example.bg" not in words
    assert "REF12345" not in caplog.text


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        (DIRECTOR, "поддръжката (тел. 02 000 00 00, help@example.bg)"),
        (RUO, "поддръжката (тел. 02 000 00 00, help@example.bg)"),
        (STRANGER, "поддръжката (тел. 02 000 00 00, help@example.bg)"),
        (TEACHER, "директора на училището"),
    ],
)
async def test_an_apology_has_its_number_once_and_says_whom_to_tell(who, whom):
    router = BreaksOnceKnown(CATALOG, DIALOGS)
    words = shown(await Bot(catalog=CATALOG.with_support(NAMED), router=router).says(who, "здравей"))

    assert words.count("REF12345") == 1
    assert APOLOGY in words
    assert whom in words


async def test_the_number_of_an_apology_is_told_from_others_in_both_languages():
    for locale in ("bg-BG", "en-GB"):
        apology = await Bot(router=BreaksOnceKnown(CATALOG, DIALOGS)).says(DIRECTOR, "здравей", locale=locale)
        assert APOLOGY in shown(apology)
        refusal = shown(await Bot().says(LOST, "справка", locale=locale))
        assert "REF12345" in refusal
        assert APOLOGY not in refusal
