"""The page the cards are looked at on, and the official renderer's opinion of them."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from cards.actions import Button, Execute, Press, offered
from cards.card import card, line
from cards.rows import Row, folded, rows
from cards.strict import ActionSet
from tests.gallery.__main__ import CHROMIUM_FLAGS, PICTURES, cards, chromium, draw, renderer
from tests.gallery.page import THEMES, WIDTHS, Drawn, page, place
from tests.gallery.samples import HOSTILE, SAMPLES
from tests.unit.cards.parts import VOICES


def test_text_on_a_card_cannot_become_part_of_the_page():
    card: dict[str, object] = {
        "type": "AdaptiveCard",
        "body": [{"type": "TextBlock", "text": "</script><script>alert(1)</script>"}],
    }
    drawn = page([Drawn("x", "bg", card)], "/* renderer */")
    assert "alert(1)</script>" not in drawn
    assert json.dumps(card).replace("<", "\\u003c") in drawn


@pytest.mark.long
@pytest.mark.says_less  # of a hostile world
def test_the_gallery_shows_every_sample_in_both_languages_and_in_a_hostile_world():
    names = {(drawn.name, drawn.language) for drawn in cards()}
    wanted = {(sample.name, language) for sample in SAMPLES for language in ("bg", "en")}
    assert wanted < names
    worlds = [re.fullmatch(r"hostile-(\d+)-(.+)", name) for name, _ in names - wanted]
    assert {world[2] for world in worlds if world} == {sample.name for sample in SAMPLES}
    assert {int(world[1]) for world in worlds if world} == set(range(len(HOSTILE)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all: what each test sees is a page of its own."""
    with sync_playwright() as playwright:
        try:
            chrome = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_FLAGS))
        except Error as error:
            pytest.skip(f"no Chromium can be started here: {error.message.splitlines()[0]}")
        yield chrome
        chrome.close()


@pytest.fixture
def opened(browser: Browser, tmp_path) -> Iterator[Any]:
    """Opens a page with one card on it."""
    pages: list[Page] = []

    def on_a_page(card: dict[str, object]) -> Page:
        (tmp_path / "one.html").write_text(page([Drawn("one", "bg", card)], renderer()), encoding="utf-8")
        pages.append(browser.new_page())
        pages[-1].goto((tmp_path / "one.html").as_uri())
        pages[-1].evaluate(ONLY, place("one", "bg", 320, "light"))
        return pages[-1]

    yield on_a_page
    for tab in pages:
        tab.close()


ONLY = "id => document.body.replaceChildren(document.getElementById(id))"


def with_button(title: str, *body: Any) -> dict[str, object]:
    return card(VOICES["bg"], "Списък", line("ред"), *body, actions=offered(Button(title, Press("a.b"))))


def test_every_card_is_drawn_at_every_width_light_and_at_the_narrowest_dark_and_a_hostile_one_light():
    assert WIDTHS == (600, 340, 320)
    ours, hostile = (list(Drawn(name, "bg", {}).places()) for name in ("form", "hostile-0-form"))
    light = {(width, "light") for width in WIDTHS}
    assert THEMES == ("light", "dark")
    assert {(width, theme) for _, width, theme in ours} == light | {(320, "dark")}
    assert {(width, theme) for _, width, theme in hostile} == light
    assert len({one for one, _, _ in ours}) == len(ours)


@pytest.mark.e2e
def test_a_button_that_is_cut_off_on_a_phone_only_is_a_fault(opened):
    fits, cut = "Търсене", "Изпращане на искането до другото училище"
    assert opened(with_button(fits)).evaluate("window.trouble") == []
    found = opened(with_button(cut)).evaluate("window.trouble")
    assert found == [f"one-bg-{width} is too narrow for {cut}" for width in ("340", "320", "320-dark")]


@pytest.mark.e2e
def test_what_is_folded_is_looked_at_too_and_stays_folded(opened):
    cut = "Изпращане на искането до другото училище"
    tab = opened(with_button("Търсене", *folded("more", "Още", ActionSet(Execute(cut, Press("a.c"))))))
    assert f"one-bg-320 is too narrow for {cut}" in tab.evaluate("window.trouble")
    expect(tab.get_by_text(cut)).not_to_be_visible()


@pytest.mark.e2e
def test_rows_and_folded_parts_are_reached_and_opened_by_keyboard_in_the_order_they_are_read(opened):
    names = ("Калина Примерова", "Ян Ли")
    several = rows(*(Row(name, ("5 а",), Press(f"row.{place}")) for place, name in enumerate(names)))
    tab = opened(with_button("Помощ", *several, *folded("more", "Още", line("скрито"))))
    met = []
    tab.keyboard.press("Tab")  # the card itself
    for _ in range(4):
        tab.keyboard.press("Tab")
        met.append(tab.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert met == [*names, "Още", "Помощ"]
    for key, number in (("Enter", 0), ("Space", 1)):
        row = tab.get_by_role("button", name=names[number], exact=True)
        expect(row).to_have_count(1)
        row.focus()
        tab.keyboard.press(key)
        assert tab.evaluate("window.pressed") == [f"row.{number}"]
        tab.evaluate("window.pressed.length = 0")
        tab.get_by_role("button", name="Още").focus()
        tab.keyboard.press(key)
        expect(tab.get_by_text("скрито")).to_be_visible(visible=number == 0)  # the second time it closes
    assert tab.evaluate("window.pressed") == []


@pytest.mark.e2e
@pytest.mark.long
@pytest.mark.says_less
def test_the_official_renderer_draws_one_card_in_nine_without_objection(browser, tmp_path, capsys):
    assert draw(browser, tmp_path, views=(), one_in=9) == 0, capsys.readouterr().out


@pytest.mark.e2e
@pytest.mark.long
@pytest.mark.timeout(600)  # hundreds of pictures, on a machine that has other tests to run
@pytest.mark.says_less
def test_the_official_renderer_draws_every_card_without_objection(browser, tmp_path, capsys):
    assert draw(browser, tmp_path, views=()) == 0, capsys.readouterr().out
    assert (tmp_path / "cards.html").stat().st_size > 100_000


@pytest.mark.e2e
@pytest.mark.long
@pytest.mark.says_less
def test_a_picture_is_taken_of_each_card_in_a_view(browser, tmp_path):
    """Of one in nine: none of them is looked at here."""
    assert draw(browser, tmp_path, PICTURES[2:], one_in=9) == 0
    ours = [one for one in cards()[::9] if not one.name.startswith("hostile")]
    taken = {path.stem for path in (tmp_path / "cards").glob("*.png")}
    assert taken == {place(one.name, one.language, *view) for one in ours for view in PICTURES[2:]}
    assert len(taken) > 80
