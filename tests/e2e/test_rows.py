"""Rows and folded parts at the Teams-like client, by keyboard and as a screen reader has them. Pictures: out/e2e/."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.texts.catalog import Catalog
from cards.actions import Button, Press, offered
from cards.card import card, line
from cards.inputs import TextInput
from cards.rows import Row, folded, rows
from demo import playground
from demo.cast import Player
from demo.processes import Program, free_port
from tests.e2e.playground import Client
from tests.e2e.seen import CUT, UNFOLD
from tests.e2e.showing import Showing

pytestmark = [pytest.mark.e2e, pytest.mark.long, pytest.mark.timeout(120)]

T = Catalog.load().speak("bg")
NAMES = ("Калина Примерова Образцова", "Александър-Константин Димитров Образцов-Примерски", "Ян Ли")
FOLD, HIDDEN, BUTTON, FIELD = "Още подробности", "Скритото се показа.", "Помощ", "Търсене"
IN_ORDER = (*NAMES, FOLD, FIELD, BUTTON)
OPENED = {f"row.{place}": name for place, name in enumerate(NAMES)}
LIST = card(
    T,
    "Списък",
    *rows(*(Row(name, ("5 а", f"ko{place}@edu.mon.bg"), Press(f"row.{place}")) for place, name in enumerate(NAMES))),
    *folded("more", FOLD, line(HIDDEN)),
    TextInput("find", FIELD),
    actions=offered(Button(BUTTON, Press("help"))),
)
AFTER = {
    verb: card(T, "Отворен", line(name), actions=offered(Button(BUTTON, Press("help"))))
    for verb, name in {**OPENED, "help": "Помощта"}.items()
}
PLAYER = Player("rows", "Иво Пробен", "director", "00000000-0000-4000-8000-0000000000aa", "ivo@edu.mon.bg", "", "")
IN_FOCUS = """() => {
  const one = document.activeElement;
  const label = one.labels && one.labels.length ? one.labels[0].innerText : '';
  return (one.getAttribute('aria-label') || label || one.innerText || '').trim();
}"""


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Showing]]:
    """A chat with a bot that answers everything with the list."""
    bot, programs = Showing(LIST, AFTER), list[Program]()
    folder: Path = tmp_path_factory.mktemp("rows")
    port = free_port()
    try:
        programs.append(
            playground.start(
                PLAYER,
                others=[],
                tenant="00000000-0000-4000-8000-0000000000dd",
                bot=bot.address,
                port=port,
                folder=folder,
            )
        )
        client = Client(browser, f"http://127.0.0.1:{port}/")
        yield client, bot
        client.close()
    finally:
        for program in programs:
            program.stop()
        bot.stop()


def test_a_row_is_a_button_called_by_its_title_and_the_list_is_read_in_its_order(
    shown: tuple[Client, Showing],
) -> None:
    client, _ = shown
    client.say("списък")
    client.screenshot("90-rows")
    last = client.answers.last
    assert client.buttons() == [*NAMES, BUTTON], "a heading that unfolds asks the bot nothing"
    for name in (*NAMES, FOLD):
        expect(last.get_by_role("button", name=name, exact=True)).to_have_count(1)
    tops = [last.get_by_role("button", name=name, exact=True).bounding_box() for name in (*NAMES, FOLD, BUTTON)]
    assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box)
    assert len(tops) == len(list(filter(None, tops)))


def test_the_tab_key_goes_through_the_card_as_it_is_read(shown: tuple[Client, Showing]) -> None:
    client, _ = shown
    client.say("списък")
    client.answers.last.get_by_role("button", name=NAMES[0], exact=True).focus()
    met = []
    for _ in IN_ORDER:
        met.append(client.page.evaluate(IN_FOCUS))
        client.page.keyboard.press("Tab")
    assert [one.removesuffix(" *") for one in met] == list(IN_ORDER)
    for name in reversed(IN_ORDER):
        client.page.keyboard.press("Shift+Tab")
        assert client.page.evaluate(IN_FOCUS) == name


@pytest.mark.parametrize(("key", "place"), [("Enter", 1), ("Space", 2)])
def test_a_row_opens_by_keyboard_once_and_nothing_typed_goes_along(
    shown: tuple[Client, Showing], key: str, place: int
) -> None:
    client, bot = shown
    client.say("списък")
    client.fill(FIELD, "не се изпраща")
    bot.pressed.clear()
    client.answers.last.get_by_role("button", name=NAMES[place], exact=True).focus()
    with client.page.expect_response(lambda response: response.url.endswith("/invoke")):
        client.page.keyboard.press(key)
    expect(client.answers.last).to_contain_text("Отворен")
    assert NAMES[place] in client.last_text()
    assert [one.verb for one in bot.pressed] == [f"row.{place}"]
    assert bot.pressed[0].inputs == {}


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_what_is_folded_opens_and_closes_by_keyboard_without_the_bot(shown: tuple[Client, Showing], key: str) -> None:
    client, bot = shown
    client.say("списък")
    bot.pressed.clear()
    hidden, heading = client.answers.last.get_by_text(HIDDEN), client.answers.last.get_by_role("button", name=FOLD)
    expect(hidden).to_have_count(0)
    heading.focus()
    client.page.keyboard.press(key)
    expect(hidden).to_be_visible()
    client.page.keyboard.press(key)
    expect(hidden).not_to_be_visible()
    assert bot.pressed == []


@pytest.mark.parametrize("width", [320, 340, 640])
def test_no_row_is_cut_off(shown: tuple[Client, Showing], width: int) -> None:
    client, _ = shown
    client.say("списък")
    client.wide(width)
    last = client.answers.last.locator(".ac-adaptiveCard").last
    last.evaluate(UNFOLD)
    expect(last.get_by_text(HIDDEN)).to_be_visible()
    client.screenshot(f"91-rows-{width}")
    assert last.evaluate(CUT) == []
