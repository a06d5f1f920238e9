"""A person at the Teams-like client: what they type, press and see. Nothing here knows how the bot works."""

import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, Playwright, Route, expect

from simulator.days import day_in_bulgaria
from tests.e2e.seen import NAMES, ROWS

PICTURES = Path(__file__).resolve().parents[2] / "out" / "e2e"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20_000
"""Milliseconds until something that should appear counts as missing."""
TWO_FRAMES = (
    "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"
)
"""The client has the bot's answer; now it draws it."""
WIDE = """style => {
  const sheet = document.getElementById('wide') || document.head.appendChild(document.createElement('style'));
  sheet.id = 'wide';
  sheet.textContent = style;
}"""
BEGIN_ANEW = """() => {
  document.getElementById('wide')?.remove();
  if (!document.getElementById('earlier')) {
    const sheet = document.head.appendChild(document.createElement('style'));
    sheet.id = 'earlier';
    sheet.textContent = '[data-earlier] { display: none !important }';
  }
  for (const one of document.querySelectorAll('.fai-OutputCard')) one.dataset.earlier = 'yes';
}"""
ON_ITS_WAY = 200
"""Milliseconds in which what the bot still has to say of what was done before arrives."""
CLIENT_NOTICE = "Your response was sent to the app"


def today() -> date:
    """The day it is in Sofia, as the bot has it."""
    return day_in_bulgaria()


def launch(playwright: Playwright) -> Browser:
    """The machine's Chromium, without a window."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        raise FileNotFoundError(
            "Chromium is not on PATH, and the end-to-end tests drive a real browser. "
            "Install it (Debian, Ubuntu: apt-get install chromium)"
        )
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


class Client:
    """One person's chat with the bot, opened in a page of its own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.page: Page = browser.new_page(viewport={"width": 1400, "height": 1600}, locale="bg-BG")
        self.page.set_default_timeout(PATIENCE)
        self.page.route("**/*", _this_machine_only)
        self.page.goto(address, timeout=3 * PATIENCE)
        expect(self._box).to_be_visible(timeout=PATIENCE)

    @property
    def answers(self) -> Locator:
        """Everything the bot has said since the chat was opened, or begun anew: oldest first."""
        return self.page.locator(".fai-OutputCard:not([data-earlier])")

    @property
    def _box(self) -> Locator:
        return self.page.locator("div[role=textbox][contenteditable=true]").first

    @property
    def _card(self) -> Locator:
        return self.answers.locator(".ac-adaptiveCard").last

    def begin_anew(self) -> None:
        """What was said so far is out of sight and is found no more: to open the client's page costs seconds."""
        self.page.wait_for_timeout(ON_ITS_WAY)
        self.page.evaluate(BEGIN_ANEW)
        expect(self.answers).to_have_count(0)

    def wait_for_answers(self, count: int) -> None:
        """Waits until the bot has said at least `count` things in this chat."""
        expect(self.answers.nth(count - 1)).to_contain_text(re.compile(r"\S"), timeout=PATIENCE)

    def say(self, text: str) -> str:
        """Types a message, sends it, and gives the bot's answer."""
        before = self.answers.count()
        self._box.click()
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")
        self.wait_for_answers(before + 1)
        return self.last_text()

    def fill(self, label: str, value: str) -> None:
        """Types into an input of the last card."""
        self._card.get_by_label(label).fill(value)

    def choose(self, label: str, value: str | re.Pattern[str]) -> None:
        """Picks a choice of the last card, whether it is drawn as a list or as round buttons."""
        field = self._card.get_by_label(label)
        if field.first.get_attribute("role") == "radiogroup":
            field.get_by_label(value).first.check()
            return
        field.first.click()
        self.page.get_by_role("option", name=value).first.click()

    def tick(self, statement: str) -> None:
        """Confirms a statement, or picks one of several round buttons, by its words."""
        self._card.get_by_label(statement).first.check()

    def date(self, label: str, day: date) -> None:
        """Types a date into an input of the last card, in whatever form the client then shows it; and leaves the
        input, which closes the calendar that came up over the card's buttons.
        """
        field = self._card.get_by_label(label).first
        field.fill(day.isoformat())
        field.press("Tab")
        expect(self.page.get_by_role("grid")).to_have_count(0)
        expect(field).to_have_value(re.compile(rf"\b{day.day}\b.*\b{day.year}\b"))

    def press(self, title: str) -> str:
        """Presses a button of the last card and gives what stands in its place afterwards, or the client's notice."""
        button = self.page.get_by_role("button", name=title, exact=True)
        places = [place for place in range(self.answers.count()) if self.answers.nth(place).locator(button).count()]
        answer = self.answers.nth(places[-1])
        with self.page.expect_response(lambda response: response.url.endswith("/invoke"), timeout=PATIENCE):
            answer.locator(button).click()
        self.page.evaluate(TWO_FRAMES)
        return self._words(answer)

    def rows(self) -> list[str]:
        """What the rows of the last card that can be pressed are called, in the order of the Tab key."""
        found = self._card.locator(".ac-selectable")
        return [found.nth(place).get_attribute("aria-label") or "" for place in range(found.count())]

    def press_row(self, title: str) -> str:
        """Presses a row of the last card with the keyboard."""
        answer = self._card
        with self.page.expect_response(lambda response: response.url.endswith("/invoke"), timeout=PATIENCE):
            answer.get_by_role("button", name=title, exact=True).press("Enter")
        self.page.evaluate(TWO_FRAMES)
        return self._words(answer)

    def address(self, title: str) -> str:
        """Where a button that opens a page would lead; the page is not opened."""
        self.page.evaluate("() => { window.open = address => { window.addressOpened = address; return null } }")
        self.page.get_by_role("link", name=title, exact=True).last.click()
        opened = self.page.wait_for_function("() => window.addressOpened")
        return str(opened.json_value())

    def last_card_text(self) -> str:
        """The words of the last card."""
        return self._card.inner_text()

    def last_text(self) -> str:
        """The words of the last thing the bot said, card or not."""
        return self._words(self.answers.last)

    def value(self, label: str) -> str:
        """What stands in an input of the last card."""
        return self._card.get_by_label(label).first.input_value()

    def buttons(self) -> list[str]:
        """What can be pressed on the last card, in reading order: the titles of its buttons and of its rows."""
        titles: list[str] = self._card.locator(f".ac-actionSet button, {ROWS}").evaluate_all(NAMES)
        return titles

    def wide(self, pixels: int) -> None:
        """From now on every answer is so wide; the client's own page does not become narrower than a tablet."""
        own, inside = f"width: {pixels}px !important; box-sizing: border-box", "width: auto !important; min-width: 0"
        self.page.evaluate(WIDE, f".fai-OutputCard {{ {own} }} .fai-OutputCard > div {{ {inside} }}")

    def screenshot(self, name: str) -> Path:
        """A picture of the page as it is, kept for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def close(self) -> None:
        """Closes the page."""
        self.page.close()

    @staticmethod
    def _words(answer: Locator) -> str:
        return answer.inner_text().replace(CLIENT_NOTICE, "").strip()


def _this_machine_only(route: Route) -> None:
    """The client's page asks for fonts from afar; it does without them."""
    if urlsplit(route.request.url).hostname in {"127.0.0.1", "localhost", None}:
        route.continue_()
    else:
        route.abort()
