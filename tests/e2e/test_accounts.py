"""A director hands a class its accounts: the board, slips, the протокол, who signed, a mistake; a class teacher asks. Pictures."""

import re
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from demo.cast import Player
from tests.e2e.conftest import Product
from tests.e2e.playground import PATIENCE, Client

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

PHONE = 390
"""Pixels."""
MOST_PRESSES = 12
"""From what the bot says of new accounts to a class that is handed over, downloads included."""

Open = Callable[[Player], Client]


class Hand:
    """Somebody whose presses are counted."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.presses = 0

    def presses_(self, title: str) -> str:
        self.presses += 1
        return self.client.press(title)

    def row(self, begins: str) -> str:
        """Presses the first row that begins so."""
        found = [name for name in self.client.rows() if name.startswith(begins)]
        assert found, f"no row {begins} among {self.client.rows()}"
        return self.presses_(found[0])

    def downloads(self, title: str) -> bytes:
        """What the page behind the button gives: two presses."""
        self.presses += 2
        asked = urllib.request.Request(self.client.address(title), method="POST")  # noqa: S310 -- ours
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 -- ours
            assert answer.headers["Cache-Control"] == "no-store"
            content: bytes = answer.read()
        assert content.startswith(b"%PDF")
        return content


def text(pdf: bytes, folder: Path, *options: str) -> str:
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", *options, str(file), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split())


@pytest.mark.long
def test_a_class_is_handed_over_within_twelve_presses_and_a_mistake_is_taken_back(
    client_of: Open, product: Product, tmp_path: Path
) -> None:
    director = client_of(product.cast.first_director)
    director.wide(PHONE)
    hand = Hand(director)
    board = director.say("профили")
    director.screenshot("80-board")
    hand.presses += 1  # as the button of what the bot says of new accounts does
    assert "Предадени:" in board

    listed = hand.row("1 а")
    director.screenshot("81-class")
    count = int(re.search(r"предадени 0 от (\d+)", listed)[1])  # type: ignore[index]  # the test fails if it is not said
    hand.presses_("Бележки с пароли")
    director.tick("На родителите – само за учениците")
    director.tick("Ще предам всяка парола")
    director.screenshot("82-class-form")
    begun = hand.presses_("Създаване на паролите")
    if "Желаете ли да продължите" in begun:
        begun = hand.presses_("Потвърждаване")
    printed = int(re.search(r"Готови: \d+ от (\d+)", begun)[1])  # type: ignore[index]  # the test fails if it is not said
    director.answers.get_by_text(f"Готови: {printed} от {printed}").first.wait_for(timeout=60_000)
    offered = hand.presses_("Отпечатване на бележките")
    director.screenshot("83-slips")
    pin = re.search(r"\b\d{12}\b", offered)
    assert pin is not None
    slips = text(hand.downloads("Изтегляне на файла (PDF)"), tmp_path, "-upw", pin[0])
    assert slips.count("@edu.mon.bg") >= printed

    director.say("профили")  # typed: nothing is pressed
    hand.row("1 а")
    hand.presses_("Отбелязване на подписалите")
    director.screenshot("84-closing")
    director.tick("На родителите – само за учениците")
    closed = hand.presses_(f"Всички подписаха ({count})")
    director.screenshot("85-closed")
    assert f"Записано е предаване на {count} профила" in closed
    assert "Няма непредадени профили." in closed
    assert hand.presses <= MOST_PRESSES

    director.say("профили")
    assert f"предадени {count} от {count}" in hand.row("1 а")
    name = director.rows()[0].partition(",")[0]
    hand.row(name)
    director.screenshot("86-person")
    hand.presses_("Отмяна на отбелязването")
    director.fill("Причина", "Подписът е на друг ученик.")
    director.screenshot("87-mistake")
    assert "Отбелязването е отменено" in hand.presses_("Отмяна на отбелязването")
    director.say("профили")
    assert f"предадени {count - 1} от {count}" in hand.row("1 а")
    director.screenshot("88-one-left")


def to_class(hand: Hand, grade: str) -> str:
    """The first class of a grade, from the board's pages."""
    hand.client.say("профили")
    for _ in range(8):
        if any(name.startswith(f"{grade} ") for name in hand.client.rows()):
            return hand.row(f"{grade} ")
        hand.presses_("Следващи паралелки")
    raise AssertionError(f"no class of grade {grade}")


@pytest.mark.long
def test_the_protocol_is_signed_and_some_parents_of_a_class_are_refused_in_words(
    client_of: Open, product: Product, tmp_path: Path
) -> None:
    hand = Hand(director := client_of(product.cast.first_director))
    to_class(hand, "8")
    names = [name.partition(",")[0] for name in director.rows()]
    hand.presses_("Протокол")
    director.screenshot("89-protocol")
    lines = text(hand.downloads("Отваряне на страницата"), tmp_path)
    assert all(word in lines for name in names for word in name.split())
    assert not re.search(r"\w@edu\.mon\.bg", lines), "no username"

    to_class(hand, "8")
    hand.presses_("Отбелязване на подписалите")
    director.tick("На родителите – само за учениците")
    became = hand.presses_(next(title for title in director.buttons() if title.startswith("Всички подписаха")))
    director.screenshot("95-refused")
    assert "Записано е предаване" in became
    assert "Не е записано за" in became
    assert "профилът се предава лично" in became
    refused = next(part for part in became.splitlines() if part.startswith("•")).removeprefix("•").strip()
    assert refused in hand.presses_("Към останалите")


@pytest.mark.long
def test_a_class_teacher_asks_for_a_password_and_the_director_is_told(client_of: Open, product: Product) -> None:
    teacher, director = client_of(product.cast.teacher), client_of(product.cast.first_director)
    teacher.wide(PHONE)
    director.say("помощ")
    own = teacher.say("моят клас")
    teacher.screenshot("91-own-class")
    assert "@edu.mon.bg" not in own
    name = teacher.rows()[0].partition(",")[0]
    teacher.press(teacher.rows()[0])
    teacher.screenshot("92-own-student")
    assert "изпратен" in teacher.press("Искане на парола")
    teacher.screenshot("93-asked")
    expect(director.answers.filter(has_text=name).last).to_be_visible(timeout=2 * PATIENCE)
    director.screenshot("94-director-asked")
