"""A person who knows what they want, at the Teams-like client: fills in, presses, and counts what it took.

Labels are patterns that hold in Bulgarian and English. Of several ways the person takes the first that is offered, so
a way that becomes shorter is taken without a word changed here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Locator, Page

from tests.e2e.playground import PATIENCE, TWO_FRAMES, Client
from tests.e2e.seen import CUT, INPUTS, MEASURE, PRESSABLE

NARROW, WIDE = 320, 640
PAGE_PRESSABLE = "button, input[type=submit], a[role=button]"
_LONGEST = 30
"""Steps after which a person has given up, unless so many things are to be done."""
_RECENT = 3
"""Messages from the end in which a person still looks for a button."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card or page as it was met: pixels at 320, words above the first button in lines, what is cut off."""

    name: str
    heading: str
    height: int
    first: int | None
    lines: int
    cut: tuple[str, ...]


@dataclass
class Taken:
    """What a task took."""

    words: int = 0
    presses: int = 0
    fields: int = 0
    choices: int = 0
    answers: int = 0
    cards: list[Card] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)


class GaveUp(Exception):
    """Nothing that is wanted is offered."""


class Person:
    """One person's chat. `name` begins the names of the pictures, which go to `pictures`."""

    def __init__(self, client: Client, name: str, pictures: Path) -> None:
        self.client = client
        self.taken = Taken()
        self._name, self._pictures = name, pictures
        self._kinds: set[tuple[object, ...]] = set()
        self._page: Page | None = None
        self._words = ""
        self._at = client.answers.last
        client.wide(WIDE)

    def begin(self) -> None:
        """Counts from here: what was before is no part of the task."""
        self.taken = Taken()
        self._kinds.clear()

    def say(self, words: str) -> None:
        """Types a message."""
        self.taken.words += 1
        self.taken.steps.append(f"„{words}“")
        self.client.say(words)
        self._page = None  # the person is back in the chat
        self._quiet()
        self._words = ""
        self._stands_at(self.client.answers.count() - 1)
        self._met(self._at)

    def comes(self, words: str) -> None:
        """Waits for a message that comes by itself."""
        wanted = self.client.answers.filter(has_text=re.compile(words))
        wanted.last.wait_for(timeout=2 * PATIENCE)
        self._quiet()
        place = max(one for one in range(self.client.answers.count()) if re.search(words, self._read(one)))
        self._words = ""
        self._stands_at(place)
        self._met(self._at)

    def reads(self, words: str) -> bool:
        """Whether what was last said to the person has these words."""
        return re.search(words, self._words) is not None

    def holds(self, value: str) -> bool:
        """Whether this stands in an input already."""
        return value in self._at.locator("input[type=text]").evaluate_all("all => all.map(one => one.value)")

    def asked_to_tick(self, label: str) -> bool:
        """Whether there is something so called to tick."""
        return self._at.locator("input[type=checkbox]").and_(self._at.get_by_label(re.compile(label))).count() > 0

    def goes_on(
        self,
        until: str,
        presses: Sequence[str],
        *,
        types: Mapping[str, str] | None = None,
        chooses: Mapping[str, str] | None = None,
        ticks: Sequence[str] = (),
        files: Path | None = None,
        most: int = _LONGEST,
    ) -> None:
        """Fills in what is asked for and presses the first of `presses` that is offered, until `until` is read.

        `types`: what to type, by label. `chooses`: which choice of a list, by label. `ticks`: round buttons and ticks.
        `files`: what a page is given. `most`: steps after which the person gives up. Errors: GaveUp.
        """
        for _ in range(most):
            if re.search(until, self._words):
                return
            self.steps(until, presses, types=types, chooses=chooses, ticks=ticks, files=files)
        raise GaveUp(f"{self._name}: no end in sight. Last read:\n{self._words}")

    def steps(
        self,
        until: str,
        presses: Sequence[str],
        *,
        types: Mapping[str, str] | None = None,
        chooses: Mapping[str, str] | None = None,
        ticks: Sequence[str] = (),
        files: Path | None = None,
    ) -> None:
        """One step of `goes_on`."""
        chosen = self._fill(types or {}, chooses or {}, ticks, files)
        wanted = [one for one in presses if chosen or one not in _AFTER_A_CHOICE]
        if not self._press_in_page(wanted) and not self._press(wanted) and not self._waits(until, wanted):
            raise GaveUp(f"{self._name}: none of {wanted} is offered. Last read:\n{self._words}")

    # -- pressing ------------------------------------------------------------------------------------------------

    def _read(self, place: int) -> str:
        return self.client.answers.nth(place).inner_text()

    def _stands_at(self, place: int) -> None:
        """Where the person reads and fills in."""
        self._at = self.client.answers.nth(place)

    def _found(self, titles: Sequence[str]) -> tuple[Locator, Locator, str] | None:
        """The message, what can be pressed, its role: where the person stands, else in what came last."""
        count = self.client.answers.count()
        recent = [self.client.answers.nth(place) for place in range(count - 1, max(-1, count - 1 - _RECENT), -1)]
        for answer in (self._at, *recent):
            for title in titles:
                name = re.compile(rf"^\s*(?:{title})\s*$", re.DOTALL)
                for role in ("button", "link"):
                    found = answer.get_by_role(role, name=name)
                    if found.count():
                        return answer, found.first, role
        return None

    def _press(self, titles: Sequence[str]) -> bool:
        found = self._found(titles)
        if found is None:
            return False
        answer, target, role = found
        self._at, self._words = answer, ""
        title = target.get_attribute("aria-label") or target.inner_text()
        self.taken.presses += 1
        self.taken.steps.append(f"[{title}]")
        if role == "link":
            self.client.page.evaluate("() => { window.open = address => { window.opened = address; return null } }")
            target.click()
            self._open(str(self.client.page.wait_for_function("() => window.opened").json_value()))
            return True
        if target.get_attribute("aria-controls"):
            target.click()  # unfolds; the bot is not asked
            self._met(answer)
            return True
        before = self.client.answers.count()
        with self.client.page.expect_response(lambda one: one.url.endswith("/invoke"), timeout=2 * PATIENCE):
            target.click()
        self.client.page.evaluate(TWO_FRAMES)
        self._quiet()
        self._met(answer)
        for place in range(before, self.client.answers.count()):
            self._met(self.client.answers.nth(place))
        return True

    def _waits(self, until: str, titles: Sequence[str]) -> bool:
        """Whether something that is wanted comes by itself."""
        for _ in range(120):
            self.client.page.wait_for_timeout(500)
            if self._found(titles) or re.search(until, self.client.answers.last.inner_text()):
                self._stands_at(self.client.answers.count() - 1)
                self._met(self._at)
                return True
        return False

    # -- filling in ----------------------------------------------------------------------------------------------

    def _fill(
        self, types: Mapping[str, str], chooses: Mapping[str, str], ticks: Sequence[str], files: Path | None
    ) -> bool:
        """Whether a choice of a list was made."""
        if self._page is not None:
            if files and (places := self._page.locator("input[type=file]")).count():
                places.first.set_input_files(files)
                self.taken.fields += 1
                self.taken.steps.append("(файл)")
            return False
        card = self._at.locator(".ac-adaptiveCard").last
        if not card.count():
            return False
        for tick in ticks:
            for box in card.get_by_label(re.compile(tick)).all():
                if box.get_attribute("type") in {"radio", "checkbox"} and not box.is_checked():
                    box.check()
                    self.taken.choices += 1
                    self.taken.steps.append(f"({tick})")
                    if box.get_attribute("type") == "radio":
                        break
        chosen = False
        for one in card.evaluate(INPUTS):
            at = card.locator(f'[id="{one["id"]}"]')
            for label, value in types.items():
                if one["kind"] == "text" and re.search(label, one["label"]) and not at.input_value():
                    at.fill(value)
                    self.taken.fields += 1
                    self.taken.steps.append(f"({one['label']})")
            for label, value in chooses.items():
                if one["kind"] in {"list", "radio"} and re.search(label, one["label"]):
                    chosen = self._choose(at, one, value) or chosen
        return chosen

    def _choose(self, at: Locator, one: Mapping[str, Any], value: str) -> bool:
        pattern = re.compile(value)
        if one["kind"] == "radio":
            radio = at.get_by_label(pattern)
            if not radio.count():
                return False
            if not radio.first.is_checked():
                radio.first.check()
                self.taken.choices += 1
                self.taken.steps.append(f"({one['label']}: {value})")
            return True
        at.click()
        option = self.client.page.get_by_role("option", name=pattern)
        if not option.count():
            self.client.page.keyboard.press("Escape")
            return False
        self.taken.choices += 1
        self.taken.steps.append(f"({one['label']}: {value})")
        option.first.click()
        return True

    # -- pages ---------------------------------------------------------------------------------------------------

    def _open(self, address: str) -> None:
        page = self.client.page.context.browser.new_page(locale=self._locale)  # type: ignore[union-attr]
        page.goto(address)
        self._page = page
        self._met_page()

    _locale = "bg-BG"

    def _press_in_page(self, titles: Sequence[str]) -> bool:
        page = self._page
        if page is None:
            return False
        for title in titles:
            target = page.get_by_role("button", name=re.compile(rf"^\s*(?:{title})\s*$"))
            if not target.count():
                continue
            self.taken.presses += 1
            self.taken.steps.append(f"[{target.first.inner_text()}]")
            downloads: list[Download] = []

            def came(download: Download, kept: list[Download] = downloads) -> None:
                kept.append(download)

            page.on("download", came)
            target.first.click()
            for _ in range(100):
                page.wait_for_timeout(100)
                if downloads or not target.count():
                    break
            self._words = f"{DOWNLOADED} {downloads[0].suggested_filename}" if downloads else page.inner_text("body")
            if not downloads:
                self._met_page()
            page.remove_listener("download", came)
            return True
        return False

    def _met_page(self) -> None:
        assert self._page is not None
        self.taken.answers += 1
        self._words = self._page.inner_text("body")
        name = f"{self._name}-{len(self.taken.cards) + 1}-page"
        for width in (WIDE, NARROW):
            self._page.set_viewport_size({"width": width, "height": 640})
            self._page.screenshot(path=self._pictures / f"{name}-{width}.png", full_page=True)
        seen = self._page.locator("body").evaluate(MEASURE, PAGE_PRESSABLE)
        wide = self._page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1")
        self._keep(name, self._page.title(), seen, ("wider than the page",) if wide else ())

    # -- looking -------------------------------------------------------------------------------------------------

    def _quiet(self) -> None:
        """What comes in several messages has come."""
        count = -1
        while count != (count := self.client.answers.count()):
            self.client.page.wait_for_timeout(150)

    def _met(self, answer: Locator) -> None:
        """Counts an answer; one of a kind not met before is measured, with pictures."""
        self.taken.answers += 1
        self._words += f"\n{answer.inner_text()}"
        cards = answer.locator(".ac-adaptiveCard")
        place = cards.last if cards.count() else answer
        headings = place.locator("[role=heading]")
        heading = headings.first.inner_text() if headings.count() else ""
        titles = place.locator(PRESSABLE).all_inner_texts()
        kind = (
            re.sub(r"\d+", "#", heading),
            len(titles),
            *(re.sub(r"\d+|„.*“", "#", one)[:24] for one in titles[:2]),
        )
        if kind in self._kinds:
            return
        self._kinds.add(kind)
        name = f"{self._name}-{len(self.taken.cards) + 1}"
        self.client.wide(NARROW)
        self.client.page.evaluate(TWO_FRAMES)
        seen = place.evaluate(MEASURE, PRESSABLE)
        cut = place.evaluate(CUT) if cards.count() else []
        answer.screenshot(path=self._pictures / f"{name}-{NARROW}.png")
        self.client.wide(WIDE)
        self.client.page.evaluate(TWO_FRAMES)
        answer.screenshot(path=self._pictures / f"{name}-{WIDE}.png")
        self._keep(name, heading, seen, tuple(cut))

    def _keep(self, name: str, heading: str, seen: Mapping[str, Any], cut: tuple[str, ...]) -> None:
        self.taken.cards.append(Card(name, heading, seen["height"], seen["first"], seen["lines"], cut))


DOWNLOADED = "(изтеглен файл)"
OPEN = "Отваряне|Open"
_AFTER_A_CHOICE = {OPEN}
"""Pressed only when something was chosen above it."""
