"""Nothing that can be typed ends in the apology: every utterance of every list, said by everybody, has an answer that
leads on.
"""

import ast
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.conversation import Reply, Scope
from bot.core.errors import DirectoryUnavailable
from bot.dialogs import DIALOGS
from bot.router import Heard, Router
from bot.texts.catalog import LANGUAGES
from bot.texts.support import Asker
from manifest.build import offered_commands
from tests.conversations.bot import (
    CATALOG,
    DEPUTY,
    DIALOG_NAMES,
    DIRECTOR,
    DISABLED,
    LOST,
    ROUTER,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    Bot,
    buttons,
    row_of,
    row_titles,
    shown,
)
from tests.conversations.walk import APOLOGY

ROOT = Path(__file__).parents[2]
ROUTER_TESTS = ROOT / "tests" / "unit" / "router"
SHARED = ROOT.parent / "shared" / "facts" / "utterances.json"
UNREADABLE = "whose role cannot be read"
EVERYBODY = (DIRECTOR, DEPUTY, TEACHER, RUO, STUDENT, STRANGER, DISABLED, LOST, UNREADABLE)


@cache
def utterances() -> tuple[str, ...]:
    """Every one once: of the router's sets and tests, of the lists of words, and every text a person could copy back."""
    return tuple(dict.fromkeys(itertools.chain(_of_sets(), _of_tests(), _of_texts())))


def _of_sets() -> Iterator[str]:
    for path in sorted(ROUTER_TESTS.glob("*.json")):
        yield from _lines(path)


def _lines(path: Path) -> Iterator[str]:
    for lines in json.loads(path.read_text(encoding="utf-8")).values():
        yield from lines


def _of_tests() -> Iterator[str]:
    tree = ast.parse((ROUTER_TESTS / "test_router.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _of_texts() -> Iterator[str]:
    for language in LANGUAGES:
        t = CATALOG.speak(language)
        for text_id in sorted(CATALOG.ids):
            if text_id.startswith("words-"):
                yield from (entry.strip().rstrip("*") for entry in t(text_id).split(","))
            elif not CATALOG.variables(text_id):
                yield t(text_id)


class Remembering(Router):
    """The router, which reads each text once: what it hears depends on nothing but the text."""

    def __init__(self) -> None:
        super().__init__(CATALOG, DIALOGS)
        self.hear = cache(super().hear)  # type: ignore[method-assign]  # the same, remembered


HEARS = Remembering()


def room(who: str, language: str) -> tuple[Bot, str, dict[str, str]]:
    """The whole bot, this person's id in it, and the locale that makes Teams speak that language."""
    bot = Bot(router=HEARS)
    bot.appoint()
    if who == UNREADABLE:
        bot.roles.fail_with = DirectoryUnavailable("down")
        who = DIRECTOR
    return bot, who, {"locale": {"bg": "bg-BG", "en": "en-GB"}[language]}


def is_dead_end(reply: Reply) -> bool:
    """A line without a card, an apology, or a card on which nothing can be pressed or chosen."""
    card = str(reply.card)  # the whole of it: quicker than walking through its parts
    return reply.card is None or APOLOGY in card or "Action.Execute" not in card


async def said(bot: Bot, who: str, text: str, locale: dict[str, str]) -> Reply:
    bot.preferences.languages.clear()  # "english" switches it
    return await bot.says(who, text, **locale)


def test_the_lists_are_there():
    assert len(utterances()) > 5_000
    assert {"профили", "кои нови профили не са раздадени"} <= set(utterances())


@cache
def few_of_each() -> list[str]:
    """Of the utterances that are heard alike, the first five."""
    alike: defaultdict[Heard, list[str]] = defaultdict(list)
    for text in utterances():
        alike[HEARS.hear(text)].append(text)
    return [text for texts in alike.values() for text in texts[:5]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", EVERYBODY)
async def test_whatever_is_said_there_is_an_answer_that_leads_on(who, language):
    """Some of each kind, which differ in their words only."""
    assert await lost(who, language, few_of_each()) == []


@pytest.mark.long
@pytest.mark.parametrize("who", EVERYBODY)
async def test_every_word_of_every_list_has_an_answer_that_leads_on(who):
    assert await lost(who, "bg", utterances()) == []


async def lost(who: str, language: str, texts: Iterable[str]) -> list[tuple[str, str]]:
    """What was said that led nowhere, and the answer."""
    bot, person, locale = room(who, language)
    return [(text, shown(reply)) for text in texts if is_dead_end(reply := await said(bot, person, text, locale))]


@pytest.mark.parametrize("who", EVERYBODY)
async def test_whatever_strangers_wrote_down_there_is_an_answer_too(who):
    if not SHARED.exists():
        pytest.skip("utterances.json is not beside the project (folder `shared`)")
    for language in LANGUAGES:
        bot, person, locale = room(who, language)
        for text in _lines(SHARED):
            reply = await said(bot, person, text, locale)
            assert not is_dead_end(reply), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scope", [Scope.GROUP, Scope.CHANNEL])
async def test_where_others_read_along_the_line_is_always_the_same(scope, language):
    for who, texts in ((DIRECTOR, utterances()), (STRANGER, few_of_each()), (UNREADABLE, few_of_each())):
        bot, person, locale = room(who, language)
        answers = {shown(await bot.says(person, text, scope=scope, **locale)) for text in texts}
        assert answers == {CATALOG.speak(language)("refusal-not-personal")}
        assert bot.roles.calls == []


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("command", DIALOG_NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_command_has_an_answer_that_is_about_it(language, command, who):
    """Also one that no dialog serves: it is not answered as if nothing had been understood to a director."""
    bot, person, locale = room(who, language)
    t = CATALOG.speak(language)

    for ending in ("", "-word", "-example"):
        reply = await said(bot, person, t(f"command-{command}{ending}"), locale)
        assert not is_dead_end(reply)
        assert t("card-menu-not-understood-title") not in shown(reply)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_new_accounts_lead_whoever_may_to_the_board_and_from_it_to_temporary_passwords(language):
    bot, director, locale = room(DIRECTOR, language)
    t = CATALOG.speak(language)

    reply = await said(bot, director, {"bg": "нови профили", "en": "new accounts"}[language], locale)

    assert t("accounts-title") in shown(reply)
    left = await bot.presses_elsewhere(director, reply, row_of(reply, t("accounts-view-not-handed")), locale)
    one = await bot.presses_elsewhere(director, left, row_titles(left)[0], locale)
    assert t("command-password") in shown(await bot.presses_elsewhere(director, one, t("command-password"), locale))
    assert t("card-class-students-and-passwords") in shown(
        await bot.presses_elsewhere(director, left, t("handing-slips"), locale)
    )


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (TEACHER, "refusal-teacher"),
        (DEPUTY, "refusal-teacher"),
        (STUDENT, "refusal-student"),
        (STRANGER, "refusal-stranger"),
        (DISABLED, "refusal-account-disabled"),
        (LOST, "refusal-school-unknown"),
        (UNREADABLE, "error-directory-unavailable"),
    ],
)
async def test_new_accounts_are_nothing_for_others_and_they_are_told_what_is(who, sees):
    bot, person, locale = room(who, "bg")

    reply = await said(bot, person, "нови профили", locale)

    # Of these only the director without a school is sent anywhere.
    assert CATALOG.speak("bg", Asker.DIRECTOR, lambda _: "REF12345")(sees) in shown(reply)
    assert buttons(reply)[-1] == "Помощ"


@pytest.mark.parametrize("who", EVERYBODY)
async def test_what_teams_lists_as_commands_is_answered_by_its_own_dialog(who):
    """The commands of the manifest are those that are served; whoever may not use one reads why."""
    for language in LANGUAGES:
        bot, person, locale = room(who, language)
        t = CATALOG.speak(language)
        for command in offered_commands():
            assert ROUTER.hear(t(f"command-{command}")).name == command
            reply = await said(bot, person, t(f"command-{command}"), locale)
            assert not is_dead_end(reply)


async def test_a_command_whose_dialog_is_missing_is_answered_with_the_menu():
    """Nothing presumes that every command has a dialog: not even one of those that have."""
    bot, director, locale = room(DIRECTOR, "bg")
    del bot.responder._named["transfer"]

    reply = await said(bot, director, "ново искане", locale)

    assert "Не Ви разбрах" in shown(reply)
    assert buttons(reply)
