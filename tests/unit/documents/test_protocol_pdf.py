"""The протокол за предаване and the parent's sheet: all that is needed is on the paper once, and no secret is."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.core.accounts.read import Protocol, ProtocolLine
from bot.core.handover.model import Recipient
from bot.core.people.model import School
from bot.documents.parent_sheet import Child, parent_sheets_pdf
from bot.documents.protocol import protocol_pdf
from bot.runtime.paper_words import parent_words, protocol_words
from bot.texts.catalog import Catalog
from tests.unit.documents.pdf import opened
from tests.unit.documents.test_slips_pdf import HOSTILE

SCHOOL = School("s", "2990001", "ОУ „Бяла бреза“, гр. Пловдив")
CATALOG = Catalog.load()
WORDS = protocol_words(CATALOG)
BOTH, OWNER = (Recipient.STUDENT, Recipient.PARENT), (Recipient.STUDENT,)
LONG = "Александра-Виктория Хаджиконстантинова-К"
SENTENCE = "Кабинет 12, всеки ден от 8 до 16 часа. " * 8


def name(number: int) -> str:
    return f"Ивана Петрова {chr(0x410 + number // 28)}{chr(0x430 + number % 28)}ева"


def lines(count: int, *, classes: tuple[str, ...] = ("1 а",)) -> tuple[ProtocolLine, ...]:
    return tuple(
        ProtocolLine(number, name(number), classes[number % len(classes)], BOTH if number % 2 else OWNER)
        for number in range(1, count + 1)
    )


def protocol(*some: ProtocolLine, title: str = "1 а", school: School = SCHOOL) -> bytes:
    return protocol_pdf(Protocol(school, title, date(2026, 9, 15), some), WORDS)


def read(pdf: bytes, folder: Path, *options: str) -> str:
    return re.sub(r"\s+", " ", opened(pdf, folder, "pdftotext", "-layout", *options, pin=None))


def pages(pdf: bytes, folder: Path) -> int:
    return int(re.search(r"Pages:\s+(\d+)", opened(pdf, folder, "pdfinfo", pin=None))[1])  # type: ignore[index]


def within_the_paper(pdf: bytes, folder: Path) -> bool:
    boxes = opened(pdf, folder, "pdftotext", "-bbox", pin=None)
    found = [
        tuple(map(float, one))
        for one in re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', boxes)
    ]
    return all(left >= 0 and top >= 0 and right <= 595.3 and bottom <= 841.9 for left, top, right, bottom in found)


def test_a_class_stands_on_it_with_school_day_and_to_whom_each_may_be_handed(tmp_path: Path):
    paper = read(protocol(*lines(12)), tmp_path)
    for told in ("Протокол за предаване", SCHOOL.name, "Паралелка 1 а", "15.09.2026", "Подпис", "Дата", "Предал:"):
        assert told in paper
    for number in range(1, 13):
        assert paper.count(name(number)) == 1
        after = paper.split(name(number))[1][:22]
        assert ("родител" in after) is bool(number % 2), after
        assert "ученик" in after


def test_an_empty_class_says_so_and_one_child_has_one_line(tmp_path: Path):
    empty = protocol()
    assert pages(empty, tmp_path) == 1
    assert "Няма профили за предаване." in read(empty, tmp_path)
    one = read(protocol(*lines(1)), tmp_path)
    assert one.count(name(1)) == 1
    assert "Няма профили" not in one


@pytest.mark.parametrize("count", [*range(18, 28), 48, 49, 50, 51, 52, 53, 54, 60, 200])
def test_however_many_there_are_each_is_there_once_and_no_page_has_only_who_handed_over(tmp_path: Path, count: int):
    pdf = protocol(*lines(count))
    whole = read(pdf, tmp_path)
    assert all(whole.count(name(number)) == 1 for number in range(1, count + 1))
    assert within_the_paper(pdf, tmp_path)
    of = pages(pdf, tmp_path)
    for page in range(1, of + 1):
        shown = read(pdf, tmp_path, "-f", str(page), "-l", str(page))
        here = [number for number in range(1, count + 1) if name(number) in shown]
        assert here
        assert f"страница {page} от {of}" in shown
        assert shown.count("Подпис") == 1, "the head is repeated"
        assert ("Предал:" in shown) is (page == of)


def test_names_of_forty_characters_are_read_whole_and_stay_in_their_cell(tmp_path: Path):
    assert len(LONG) == 40
    every = [ProtocolLine(number, LONG, "12 а", BOTH) for number in range(1, 24)]
    several = [*every, ProtocolLine(24, LONG, "12 б", OWNER)]
    for some in (every, several):
        pdf = protocol(*some)
        assert within_the_paper(pdf, tmp_path)
        boxes = opened(pdf, tmp_path, "pdftotext", "-bbox", pin=None)
        words = re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([^<]+)<', boxes)
        ends = [float(right) for _, right, word in words if word.startswith("Хаджи")]
        begins = [float(left) for left, _, word in words if word == "ученик"]
        assert len(ends) == len(some)
        assert max(ends) < min(begins)


def test_a_group_of_several_classes_has_a_column_for_the_class_and_says_that_it_is_a_group(tmp_path: Path):
    some = lines(4, classes=("1 а", "2 б"))
    words = protocol_words(CATALOG, of="group")
    paper = read(protocol_pdf(Protocol(SCHOOL, "Роботика", date(2026, 9, 15), some), words), tmp_path)
    assert "Група Роботика" in paper
    assert "Име Паралелка Предава се на" in paper
    assert re.search(f"{name(1)} 2 ?б", paper)
    assert "Паралелка Предава" not in read(protocol(*lines(4)), tmp_path)


def test_a_teachers_account_is_handed_in_person(tmp_path: Path):
    paper = read(protocol(ProtocolLine(1, "Рада Вихрова", "", (Recipient.TEACHER,))), tmp_path)
    assert "Рада Вихрова лично" in paper


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_whatever_a_name_is_the_file_is_whole(tmp_path: Path, hostile: str):
    pdf = protocol(ProtocolLine(1, hostile, hostile, BOTH), title=hostile, school=School("s", "1", hostile))
    assert pages(pdf, tmp_path) == 1
    assert within_the_paper(pdf, tmp_path)
    assert b"/URI" not in pdf
    sheet = sheets(Child(hostile, hostile, hostile), sentence=hostile)
    assert pages(sheet, tmp_path) == 1
    assert within_the_paper(sheet, tmp_path)


def test_the_files_tell_nothing_of_their_making_and_need_no_pin(tmp_path: Path):
    for pdf in (protocol(*lines(3)), sheets(CHILD)):
        facts = opened(pdf, tmp_path, "pdfinfo", pin=None)
        assert not re.search(r"^(Title|Author|Creator|Producer|CreationDate|ModDate):", facts, re.MULTILINE)
        assert re.search(r"^Encrypted:\s+no", facts, re.MULTILINE)
        assert b"/Annot" not in pdf


CHILD = Child("Мартин Щерев", "1 а", "ms02345678@edu.mon.bg")


def sheets(*children: Child, sentence: str = "") -> bytes:
    return parent_sheets_pdf(children, SCHOOL.name, sentence, parent_words(CATALOG))


def test_a_parents_sheet_has_the_username_the_steps_and_what_goes_wrong_at_home_in_both_languages(tmp_path: Path):
    pdf = sheets(CHILD, sentence="Въпроси: кабинет 12.")
    paper = read(pdf, tmp_path)
    assert pages(pdf, tmp_path) == 1
    assert paper.count(CHILD.username) == 1
    for told in (
        CHILD.name, "Паралелка 1 а", SCHOOL.name, "Въпроси: кабинет 12.", "„Необходима е още информация“",
        "Код за дневник", "Клавиатурата пише на кирилица", "Главни и малки букви", "влязъл друг човек",
        "More information required", "diary code", "Cyrillic", "Capital and small", "Somebody else is signed in",
    ):  # fmt: skip
        assert told in paper, told
    assert not re.search(r"[A-Z][a-z]{4,}\d{4}", paper), "no password, nor anything that looks like ours"


def test_each_child_has_a_page_of_its_own_and_nobody_elses_username(tmp_path: Path):
    children = [Child(name(number), "1 а", f"ip0234{number:04}@edu.mon.bg") for number in range(30)]
    pdf = sheets(*children)
    assert pages(pdf, tmp_path) == 30
    for page in (1, 2, 30):
        shown = read(pdf, tmp_path, "-f", str(page), "-l", str(page))
        assert [one.username in shown for one in children].count(True) == 1
        assert children[page - 1].name in shown
    assert pages(sheets(), tmp_path) == 1


def test_the_longest_name_and_sentence_leave_the_page_whole(tmp_path: Path):
    assert len(SENTENCE) >= 300
    pdf = sheets(Child(f"{LONG} {LONG}", "12 а", CHILD.username), sentence=SENTENCE[:300])
    paper = read(pdf, tmp_path)
    assert within_the_paper(pdf, tmp_path)
    assert "If you change it, tell your child." in paper
    assert "…" not in paper
