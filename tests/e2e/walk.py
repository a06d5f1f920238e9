"""Presses every button and row of every card that somebody reaches in the browser, and looks at what comes.

`python -m tests.e2e.walk [--who deputy,expert] [--depth 4] [--most 300] [--late]`; pictures and what was found go to
out/walk. Minutes for each person, so it is no part of `make test`; `tests/conversations` walks the same cards without
a browser. Breadth first by kind of card (its heading, inputs and buttons), at 400 and 700 pixels. Found is: an apology,
a card that is not drawn, Latin words where a Bulgarian reads, words that are cut off, and a button without an answer.
"""

import argparse
import itertools
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator, Response, sync_playwright

from bot.core.actors.deputies import last_possible
from demo import cast, playground, stack
from demo.cast import Cast, Player
from demo.processes import Program, free_port, stop_all
from demo.stack import Stack
from demo.workplace import workplace
from tests.e2e.playground import TWO_FRAMES, Client, launch, today
from tests.e2e.seen import CUT, INPUTS, PRESSABLE, TITLES, UNFOLD

OUT = Path(__file__).resolve().parents[2] / "out" / "walk"
WIDTHS = (400, 700)
PATIENCE = 15_000
WORDS = (
    *("помощ", "справка", "парола", "ново искане", "искания", "нови профили", "списък от мон", "приемане"),
    *("моят клас", "класове", "училища в областта", "език", "нещо друго"),
)
APOLOGY = "Възникна грешка"
FORMS = 4
"""A form is sent as it came, and so many times filled in."""
SAYS_SO = re.compile(r"Проверено: |Състояние към |Отбелязано е|\(страница\)")
"""Words by which the same card is seen to be an answer: they were pressed for once more."""
LATIN = re.compile(r"[A-Za-z]{3,}")
NAMES = {
    *("Teams", "Microsoft", "OneDrive", "Excel", "PDF", "Google", "Classroom", "English", "Viber", "Messenger"),
    *("School", "Data", "Sync", "OneRoster", "csv", "zip"),
}
"""What has no Bulgarian name."""
NOT_WORDS = re.compile(r"\b[IVX]+\b|\S*@\S*|https?://\S+|[a-z]+\.[a-z.]+\b|\b\w*\d\w*\b")


@dataclass(frozen=True)
class Step:
    """One press: the how-manieth button, its title, and how the inputs were filled in before (0: as they came)."""

    place: int
    title: str
    filling: int


@dataclass(frozen=True)
class Shown:
    """An answer as it stands in the chat."""

    heading: str
    buttons: tuple[tuple[str, str], ...]
    """(role, title) of each."""
    inputs: tuple[dict[str, Any], ...]
    words: str
    drawn: bool

    @property
    def kind(self) -> tuple[object, ...]:
        """What tells one kind of card from another: no names and numbers."""
        titles = tuple(_bare(title) for _, title in self.buttons)
        return _bare(self.heading), titles, tuple(one["label"] for one in self.inputs)


@dataclass
class Fault:
    what: str
    way: str
    seen: str
    picture: str = ""


@dataclass
class Walk:
    """One person's walk."""

    client: Client
    who: str
    sought: Sequence[str]
    depth: int
    most: int
    faults: list[Fault] = field(default_factory=list)
    presses: int = 0
    drawn: int = 0
    ways: dict[tuple[object, ...], tuple[str, tuple[Step, ...]]] = field(default_factory=dict)
    """How each kind of card was reached first: the word that was typed, then the presses."""
    done: set[tuple[object, ...]] = field(default_factory=set)
    stuck: dict[tuple[object, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._invokes: list[Response] = []
        self._troubles: list[str] = []
        self.client.page.on("response", self._heard)
        self.client.page.on("pageerror", lambda error: self._troubles.append(str(error)))

    def __call__(self) -> None:
        """Walks until everything within the depth was pressed, or there were so many presses."""
        for word in WORDS:
            self._arrive(word, (), self._say(word))
        while self.presses < self.most and (kind := self._next()) is not None:
            word, steps = self.ways[kind]
            shown = self._say(word)
            for known in steps:
                shown = self._press(known, shown) if self._there(known, shown) else shown
            if shown.kind != kind:
                self.stuck[kind] = self.stuck.get(kind, 0) + 1
                continue
            way = steps
            while self.presses < self.most and len(way) < self.depth and (step := self._unpressed(shown)):
                self.done.add((shown.kind, step))
                before, way = shown, (*way, step)
                shown = self._press(step, shown)
                if step.title == "English":  # the rest of the walk is a Bulgarian's
                    self._say("български")
                    break
                self._arrive(word, way, shown, before)

    def _next(self) -> tuple[object, ...] | None:
        waiting = [kind for kind in self.ways if self._open(kind) and self.stuck.get(kind, 0) < 2]
        return min(waiting, key=lambda kind: len(self.ways[kind][1]), default=None)

    def _open(self, kind: tuple[object, ...]) -> bool:
        if len(self.ways[kind][1]) >= self.depth:
            return False
        return any((kind, step) not in self.done for step in self._steps[kind])

    def _unpressed(self, shown: Shown) -> Step | None:
        steps = self._steps.get(shown.kind, ())
        return next((step for step in steps if (shown.kind, step) not in self.done), None)

    @staticmethod
    def _there(step: Step, shown: Shown) -> bool:
        return step.place < len(shown.buttons) and _bare(shown.buttons[step.place][1]) == _bare(step.title)

    _steps: dict[tuple[object, ...], tuple[Step, ...]] = field(default_factory=dict)

    def _arrive(self, word: str, way: tuple[Step, ...], shown: Shown, before: Shown | None = None) -> None:
        """Looks at an answer."""
        told = " → ".join((word, *(f"{step.title}/{step.filling}" for step in way)))
        kind = shown.kind
        new = kind not in self.ways
        if new:
            self.ways[kind] = (word, way)
            typed = any(one["kind"] in {"text", "date"} for one in shown.inputs)
            fillings = range(1 + (FORMS if typed else min(2, len(shown.inputs))))
            self._steps[kind] = tuple(
                Step(place, title, filling)
                for place, (_, title) in enumerate(shown.buttons)
                for filling in fillings
                if filling <= 1 or place == 0  # most often the first button of a form sends it
            )
            self._look(told, shown)
        elif len(way) < len(self.ways[kind][1]):
            self.ways[kind] = (word, way)
        self._judge(told, shown)
        told_so = (way and way[-1].filling) or SAYS_SO.search(shown.words)
        if before is not None and before.words == shown.words and not told_so:
            self._fault("the same again", told, shown.words)

    def _judge(self, told: str, shown: Shown) -> None:
        if APOLOGY in shown.words:
            self._fault("apology", told, shown.words)
        if not shown.words or (shown.buttons and not shown.drawn):
            self._fault("not drawn", told, shown.words)
        if not shown.buttons:
            self._fault("nothing to press", told, shown.words)
        texts = [shown.words, *(one["placeholder"] for one in shown.inputs)]
        latin = {w for text in texts for w in LATIN.findall(NOT_WORDS.sub(" ", text))} - NAMES
        if latin:
            self._fault("latin", told, ", ".join(sorted(latin)))
        while self._troubles:
            self._fault("trouble in the page", told, self._troubles.pop())

    def _look(self, told: str, shown: Shown) -> None:
        """Pictures of a new kind of card at each width, and whether its words fit."""
        self.drawn += 1
        for width in WIDTHS:
            self.client.wide(width)
            self.client.page.evaluate(TWO_FRAMES)
            answer = self.client.answers.last
            if shown.drawn:
                for words in answer.locator(".ac-adaptiveCard").last.evaluate(CUT):
                    self._fault(f"cut off at {width}", told, words)
            try:
                answer.screenshot(path=OUT / f"{self.who}-{self.drawn:03}-{width}.png")
            except BrowserError as error:
                self._fault("no picture", told, str(error)[:200])

    def _fault(self, what: str, told: str, seen: str) -> None:
        if any(fault.what == what and fault.seen == seen for fault in self.faults):
            return
        self.faults.append(Fault(what, told, seen, f"{self.who}-{self.drawn:03}"))

    # -- the browser -------------------------------------------------------------------------------------------

    def _heard(self, response: Response) -> None:
        if response.url.endswith("/invoke"):
            self._invokes.append(response)

    def _say(self, word: str) -> Shown:
        self._wait_for_silence()  # what the bot says of its own accord is not taken for the answer
        self.client.say(word)
        self._wait_for_silence()
        return self._shown()

    def _wait_for_silence(self) -> None:
        count = -1
        while count != (count := self.client.answers.count()):
            self.client.page.wait_for_timeout(120)

    def _shown(self) -> Shown:
        answer = self.client.answers.last
        cards = answer.locator(".ac-adaptiveCard")
        drawn = cards.count() > 0
        buttons, inputs, heading = [], (), ""
        if drawn:
            cards.last.evaluate(UNFOLD)
            buttons = cards.last.locator(PRESSABLE).evaluate_all(TITLES)
            inputs = cards.last.evaluate(INPUTS)
            headings = cards.last.locator("[role=heading]")
            heading = headings.first.inner_text() if headings.count() else ""
        pairs = tuple((role, title) for role, title in buttons)
        return Shown(heading, pairs, tuple(inputs), self.client.last_text(), drawn)

    def _press(self, step: Step, shown: Shown) -> Shown:
        self.presses += 1
        card = self.client.answers.last.locator(".ac-adaptiveCard").last
        if step.filling:
            for number, one in enumerate(shown.inputs):
                self._fill(card, one, step.filling, number)
        button = card.locator(PRESSABLE).nth(step.place)
        self._invokes.clear()
        if shown.buttons[step.place][0] == "link":
            self.client.page.evaluate("() => { window.open = address => { window.opened = address; return null } }")
            button.click()
            self.client.page.wait_for_function("() => window.opened")
            return replace(shown, words=f"{shown.words} (страница)")
        answered = self.client.answers.count()
        button.click()
        words = f"{step.title}/{step.filling}"
        for waited in range(PATIENCE // 50):
            self.client.page.wait_for_timeout(50)
            if self._invokes or self.client.answers.count() > answered:
                break
            if waited > 12 and self.client.last_text() != shown.words:
                return self._shown()  # the client itself says what is missing
        else:
            self._fault("no answer", words, shown.words)
        self.client.page.evaluate(TWO_FRAMES)
        for response in self._invokes:
            if response.status >= 400:
                self._fault(f"status {response.status}", words, shown.words)
        return self._shown()

    def _fill(self, card: Locator, one: dict[str, Any], filling: int, number: int) -> None:
        at = card.locator(f'[id="{one["id"]}"]')
        match one["kind"]:
            case "text":
                at.fill(self._typed(one["label"], filling))
            case "date":
                at.fill((today() + timedelta(days=(-9, 40, -3, 0)[(filling + number) % 4])).isoformat())
                at.press("Tab")
            case "tick":
                at.set_checked(filling % 2 == 1)
            case "radio":
                at.locator("input").nth((filling - 1) % one["choices"]).check()
            case "many":
                for box in at.locator("input").all()[: 2 * filling]:
                    box.set_checked(filling % 2 == 1)
            case "list":
                at.click()
                options = self.client.page.get_by_role("option")
                options.nth((filling - 1) % max(1, options.count())).click()

    def _typed(self, label: str, filling: int) -> str:
        if "колега" in label or ("омер" in label and "заповед" not in label and "удостоверение" not in label):
            return self.sought[(self.presses + filling) % len(self.sought)]
        if "клас" in label:
            return ("музика", "5", "Ангелова", "няма такъв")[filling - 1]
        return ("Преместен ученик", "РД-12", "по телефона, 20.11.", "Заявление")[filling - 1]


def _bare(text: str) -> str:
    return re.sub(r"\d+", "#", text)


@dataclass
class Room:
    """The product, its people, a browser, and a chat for whoever is wanted."""

    folder: Path
    standing: Stack
    cast: Cast
    people: dict[str, Any]
    browser: Any
    programs: list[Program]
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def player(self, who: str) -> Player:
        first = self.cast.first_director
        teachers = [one for one in self.people["people"] if one["role"] == "teacher"]
        colleagues = [one for one in teachers if one["schoolCode"] == first.school_code]
        match who:
            case "director":
                return first
            case "other":
                return self.cast.second_director
            case "deputy":
                return cast.player(who, colleagues[1])
            case "teacher":
                return self.cast.teacher
            case "expert":
                return self.cast.expert
            case _:
                role = "none" if who == "stranger" else who
                return cast.player(who, next(one for one in self.people["people"] if one["role"] == role))

    def opened(self, player: Player) -> Client:
        unique = replace(player, key=f"{player.key}-{next(self.numbers)}")
        port = free_port()
        program = playground.start(
            unique,
            others=[],
            tenant=self.cast.tenant,
            bot=self.standing.bot,
            port=port,
            folder=self.folder / unique.key,
        )
        self.programs.append(program)
        client = Client(self.browser, f"http://127.0.0.1:{port}/")
        client.wait_for_answers(1)
        return client

    def students(self, school: str, *, elsewhere: bool = False) -> list[dict[str, Any]]:
        plain = [one for one in self.people["students"] if cast.plain(one) and one["class"]]
        return [one for one in plain if (one["schoolCode"] == school) != elsewhere]

    def prepare(self, each: int = 6) -> None:
        """A deputy is authorised, and requests wait on both sides."""
        director, other = self.opened(self.player("director")), self.opened(self.player("other"))
        deputy = self.player("deputy")
        authorise(director, deputy.upn)
        first, second = self.cast.first_director.school_code, self.cast.second_director.school_code
        for asks, releasing in ((other, first), (director, second)):
            for student in [one for one in self.students(releasing) if not one["case"]][-each:]:
                request(asks, student["identifier"])
        director.close()
        other.close()

    def sought(self) -> list[str]:
        """What a person might search by."""
        school = self.cast.first_director.school_code
        own, others = self.students(school), self.students(school, elsewhere=True)
        cases = {one["case"]: one for one in self.people["students"]}
        return [
            own[0]["identifier"],
            others[0]["identifier"],
            cases["namesake-1"]["name"],
            own[1]["username"],
            "4146054047",
            cases["name-long"]["identifier"],
            self.cast.teacher.upn,
            "Ростислав",
            cases["disabled"]["identifier"],
            cases["several-both-enabled"]["identifier"],
            others[1]["identifier"],
            "няма такъв",
        ]


def authorise(director: Client, upn: str) -> None:
    """The director authorises a colleague."""
    director.say("искания")
    director.press("Упълномощени лица")
    director.press("Упълномощаване на колега")
    director.fill("Име или потребителско име на колега", upn)
    director.press("Търсене")
    director.fill("Номер на заповедта", "РД-12")
    director.date("Дата на заповедта", today())
    director.date("Упълномощен до", min(today() + timedelta(days=20), last_possible(today())))
    director.press("Упълномощаване")


def request(director: Client, identifier: str) -> str:
    """The director asks another school for a student; the answer."""
    director.say("ново искане")
    director.fill("Номер на ученика", identifier)
    director.press("Търсене")
    director.choose("Паралелка във Вашето училище", re.compile(r"\w"))
    director.tick("Заявление за записване")
    before = director.answers.count()
    sent = director.press("Изпращане на искането")
    director.wait_for_answers(before + 1)  # the card that follows the request, by itself
    return sent


def main() -> int:
    """0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.walk", description=__doc__)
    # The director comes last: who ends an authority on the way leaves no deputy.
    parser.add_argument("--who", default="deputy,expert,teacher,student,stranger,director")
    parser.add_argument("--depth", type=int, default=4)
    parser.add_argument("--most", type=int, default=300, help="presses of one person")
    parser.add_argument("--late", action="store_true", help="requests are late at once")
    given = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    found: list[Fault] = []
    with workplace(OUT.parent / "walk-run") as folder, sync_playwright() as playwright:
        settings = stack.without_patience(folder) if given.late else {}
        many = {"LOOKUPS_OTHER_PER_DAY": "1000", "LOOKUPS_OWN_PER_DAY": "1000"}
        standing = stack.start(folder, simulator_options=("--links",), more_settings={**settings, **many})
        programs = list(standing.programs)
        try:
            people = cast.read_people(standing.tenant)
            room = Room(folder, standing, cast.choose(people), people, launch(playwright), programs)
            room.prepare()
            for who in given.who.split(","):
                for old in OUT.glob(f"{who}-*.png"):
                    old.unlink()
                walk = Walk(room.opened(room.player(who)), who, room.sought(), given.depth, given.most)
                try:
                    walk()
                finally:
                    print(f"{who}: {walk.presses} presses, {walk.drawn} kinds of card, {len(walk.faults)} found")
                    for fault in walk.faults:
                        print(f"  {fault.what}: {fault.way} [{fault.picture}]\n      {fault.seen[:300]!r}")
                    sys.stdout.flush()
                    found += walk.faults
                    walk.client.close()
        finally:
            stop_all(programs)
    (OUT / "found.json").write_text(json.dumps([vars(one) for one in found], ensure_ascii=False, indent=1))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
