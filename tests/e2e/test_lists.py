"""A school before the year: an intake of grade VIII, the list in its OneDrive, a sloppy upload and its correction; what
then stands on the board. Nothing is read twice. Pictures of chat and page at two phones' widths, in both themes.
"""

import json
import re
import ssl
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from demo import cast, stack
from demo.cast import Player, Student
from demo.processes import stop_all
from demo.workplace import workplace
from tests.corpus.books import book
from tests.e2e.conftest import WITHOUT_NEWS, Product
from tests.e2e.playground import PATIENCE, PICTURES, Client
from tests.e2e.test_pages import AUDIT

pytestmark = [pytest.mark.e2e, pytest.mark.long, pytest.mark.timeout(420)]

PHONE, SMALL = 400, 320
"""Pixels."""
PASSWORD = "Kanarche-4-Parola"
UNMADE, UNREAD = "Нова Пробна Осмокласничка", "Безименна Пробна"
"""Of whom no account was made; whose number in the list is none."""

Open = Callable[[Player], Client]
_standing: list[stack.Stack] = []


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    """A product of its own: nobody has looked at the school yet, so its board shows what is done here."""
    with workplace(PICTURES.parent / "e2e-run") as folder:
        _standing.append(stack.start(folder, simulator_options=("--links",), more_settings=WITHOUT_NEWS))
        try:
            people = cast.read_people(_standing[0].tenant)
            yield Product(_standing[0].bot, cast.choose(people), people, folder, _standing[0].programs)
        finally:
            stop_all(_standing.pop().programs)


def outside(path: str, body: dict[str, Any] | None = None) -> Any:
    """What happens, or is seen, behind Graph's back."""
    tenant = _standing[0].tenant
    asked = urllib.request.Request(  # noqa: S310 -- our own simulator
        f"{tenant['graph']}/_simulator/{path}", None if body is None else json.dumps(body).encode()
    )
    trusted = ssl.create_default_context(cafile=tenant["ca_file"])
    with urllib.request.urlopen(asked, context=trusted, timeout=30) as answer:  # noqa: S310 -- our own simulator
        return json.load(answer)


def files_read() -> int:
    """Files of OneDrive whose content was asked for."""
    return sum(count for what, count in outside("requests")["requests"].items() if what.endswith("content"))


class Story:
    """The director, and pictures of what is seen."""

    def __init__(self, director: Client, browser: Browser) -> None:
        self.director, self.browser = director, browser

    def pictures(self, name: str) -> None:
        """Of the chat as it is, on two phones."""
        for width in (SMALL, PHONE):
            self.director.wide(width)
            self.director.screenshot(f"{name}-{width}")

    def row(self, begins: str) -> str:
        """Presses the row of the last card that begins so."""
        found = [name for name in self.director.rows() if name.startswith(begins)]
        assert found, f"no row {begins} among {self.director.rows()}"
        return self.director.press(found[0])

    def list_says(self, *said: str) -> None:
        """The list, once it says so."""
        titles = ""
        for _ in range(60):
            seen = self.director.say("списък от мон")
            titles = " ".join((seen, *self.director.rows()))
            if all(one in titles for one in said):
                return
            self.director.page.wait_for_timeout(1_000)
        raise AssertionError(f"no {said} in {titles}")

    def uploads(self, file: Path, *said: str, picture: str, again: Path | None = None) -> None:
        """By the page behind the button, with the keyboard; looked at in both themes, on both phones."""
        self.director.press("Качване на списък с профили")
        address = self.director.address("Отваряне на страницата")
        context = self.browser.new_context(viewport={"width": SMALL, "height": 800}, locale="bg-BG")
        try:
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(address)
            page.locator("input[type=file]").first.set_input_files(file)
            page.get_by_role("button", name="Изпращане", exact=True).press("Enter")
            expect(page.locator("main > .done")).to_be_focused(timeout=2 * PATIENCE)
            shown = page.locator("main").inner_text()
            assert [one for one in said if one not in shown] == [], shown
            assert PASSWORD not in page.content()
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                for width in (SMALL, PHONE):
                    page.set_viewport_size({"width": width, "height": 800})
                    page.screenshot(path=PICTURES / f"{picture}-{theme}-{width}.png", full_page=True)
                    assert page.evaluate(AUDIT) == []
            page.goto(address)
            page.locator("input[type=file]").first.set_input_files(again or file)
            page.get_by_role("button", name="Изпращане", exact=True).press("Enter")
            expect(page.locator("main")).to_contain_text("Адресът вече е използван", timeout=PATIENCE)
        finally:
            context.close()


def list_of(folder: Path, name: str, *rows: tuple[str, ...]) -> Path:
    """A table as a secretary makes it: a title, other heads, spellings of a class, a sum, passwords."""
    file = folder / name
    sheet = [["СУ „Примерно“ – ПРИЕТИ В VIII КЛАС"], [], ["Трите имена", "ЕГН", "Паралелка", "парола"]]
    file.write_bytes(book(("Лист1", [*sheet, *([*row, PASSWORD] for row in rows), ["Общо", len(rows)]])))
    return file


def taken_in(story: Story, entering: tuple[Student, ...]) -> None:
    """By the form of a request, which says that none is needed."""
    director = story.director
    director.say("ново искане")
    director.fill("Номер на ученика", entering[0].identifier)
    assert "искане не е нужно" in director.press("Търсене")
    story.pictures("100-no-request")
    director.press("Към приемането")
    director.fill("ЕГН или ЛНЧ на учениците", "\n".join((*(one.identifier for one in entering), "не е номер")))
    story.pictures("101-intake-form")
    answer = director.press("Търсене")
    story.pictures("102-intake-answer")
    for one in entering:
        assert one.name in answer
        assert one.identifier not in director.page.content()
    assert answer.count("@edu.mon.bg") == len(entering)
    assert "Не е ЕГН или ЛНЧ" in answer


def test_a_school_before_the_year(client_of: Open, product: Product, browser: Browser, tmp_path: Path) -> None:
    entering = product.cast.entering
    here = product.cast.first_director.school_code
    every = {one["identifier"]: one for one in product.people["students"]}
    class_ = next(
        one["class"] for one in every.values() if one["schoolCode"] == here and str(one["class"]).startswith("8 ")
    )
    director = client_of(product.cast.first_director)
    story = Story(director, browser)

    taken_in(story, entering)
    moved, waiting = entering[0], entering[1]
    outside(f"users/{every[moved.identifier]['aadObjectId']}/move", {"school": here, "class": class_})
    for _ in range(60):
        people = outside("people")["students"]
        if next(one for one in people if one["identifier"] == moved.identifier)["schoolCode"] == here:
            break
        director.page.wait_for_timeout(500)

    director.say("профили")
    story.pictures("103-board")
    story.row("Приемане")
    story.pictures("104-intake")
    grade = story.row("VIII клас")
    while moved.name not in grade and "Следващи" in director.buttons():
        grade = director.press("Следващи")
    assert moved.name in grade, "who was taken in and enrolled is on the board"
    assert every[moved.identifier]["username"] in grade
    story.pictures("105-grade-viii")

    story.list_says(
        "Без профил в училището: 3", "С предишно потребителско име: 1", "В друго училище: 1", "Последен преглед"
    )
    story.pictures("106-from-onedrive")
    assert files_read() == 2

    grade_, letter = class_.split()
    rows = (
        (moved.name, moved.identifier, f"{grade_}{letter.upper()}"),
        (waiting.name, waiting.identifier, f"VIII „{letter}“"),
        (UNMADE, "", f"{grade_}-{letter}"),
        (UNREAD, "12", ""),
    )
    sloppy = list_of(tmp_path, "приети.xlsx", *rows)
    story.uploads(
        sloppy,
        "Прочетени са 3 души.",
        "нови: 2; променени: 0; отпаднали: 0;",
        "Не е прочетен 1 ред",
        "парол",
        picture="107-sloppy",
    )
    story.list_says("Без профил в училището: 5", "1 ред не е прочетен")
    story.pictures("108-after-sloppy")
    story.row("Без профил в училището")
    story.pictures("109-only-listed")
    next_ = story.row(waiting.name)
    story.pictures("110-waiting")
    assert "вече има профил" in next_
    assert "Ученици от други училища" in director.press("Приемане на ученици")

    director.say("списък от мон")
    corrected = list_of(tmp_path, "приети (1).xlsx", *rows[:3], (UNREAD, "", class_))
    story.uploads(corrected, "Прочетени са 4 души.", "нови: 1; променени: 0; отпаднали: 0;", picture="111-corrected")
    story.list_says("Без профил в училището: 6")
    assert "не е прочетен" not in director.last_card_text()
    story.pictures("112-after-corrected")

    board = director.say("профили")
    assert "Предадени:" in board
    story.pictures("113-board-at-the-end")
    assert "Без профил в училището – 6" in next(one for one in director.rows() if one.startswith("Списък от МОН: 38"))
    story.row("Приемане")
    assert re.search(r"VIII клас: \d+", " ".join(director.rows()))
    assert files_read() == 2, "the folder was looked into again and again, and its files read once"
    kept = b"".join(path.read_bytes() for path in product.folder.glob("bot.*") if path.is_file())
    for canary in (PASSWORD, UNMADE, *(one.identifier for one in entering)):
        assert canary.encode() not in kept
