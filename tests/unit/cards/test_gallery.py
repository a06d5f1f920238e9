"""The page the cards are looked at on, and the official renderer's opinion of them."""

import json

import pytest
from playwright.sync_api import Error, sync_playwright

from tests.gallery.__main__ import CHROMIUM_FLAGS, cards, chromium, main
from tests.gallery.page import WIDTHS, Drawn, page


def test_text_on_a_card_cannot_become_part_of_the_page():
    card: dict[str, object] = {
        "type": "AdaptiveCard",
        "body": [{"type": "TextBlock", "text": "</script><script>alert(1)</script>"}],
    }
    drawn = page([Drawn("x", "bg", card)], "/* renderer */")
    assert "alert(1)</script>" not in drawn
    assert json.dumps(card).replace("<", "\\u003c") in drawn


def test_the_gallery_shows_every_sample_in_both_languages_and_the_hostile_ones():
    names = {(drawn.name, drawn.language) for drawn in cards()}
    assert {("form-problem", "bg"), ("form-problem", "en"), ("hostile-0-result", "bg")} <= names


@pytest.fixture
def browser():
    """Nothing but that there is one."""
    try:
        with sync_playwright() as playwright:
            playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_FLAGS)).close()
    except Error as error:
        pytest.skip(f"no Chromium can be started here: {error.message.splitlines()[0]}")


@pytest.mark.e2e
@pytest.mark.usefixtures("browser")
def test_the_official_renderer_draws_one_card_in_nine_without_objection(tmp_path, capsys):
    assert main(tmp_path, widths=(), one_in=9) == 0, capsys.readouterr().out


@pytest.mark.e2e
@pytest.mark.long
@pytest.mark.timeout(600)  # hundreds of pictures, on a machine that has other tests to run
@pytest.mark.usefixtures("browser")
def test_the_official_renderer_draws_every_card_without_objection(tmp_path, capsys):
    assert main(tmp_path, WIDTHS[:1]) == 0, capsys.readouterr().out
    assert (tmp_path / "cards.html").stat().st_size > 100_000
    assert len(list((tmp_path / "cards").glob("*.png"))) > 80
