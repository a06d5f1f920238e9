"""The printed slips: everything needed is on the paper once, and the file gives nothing away without its PIN."""

import logging
import re
import subprocess
import sys

import pytest
import segno

from bot.core.passwords.secret import Secret
from bot.core.passwords.slips import SlipSheet
from bot.core.people.free_text import NO_WORDS, free_text
from bot.documents.codes import sign_in_address
from bot.documents.slips import SlipForm, slips_pdf
from tests.unit.documents.pdf import PIN, opened, slip, text, words

MANY = tuple(slip(number) for number in range(26))
HOSTILE = {
    "long": "Ж" * 200,
    "very long": "Иван-Александър " * 700,
    "link": "[Вход](https://evil.example) <a href='https://evil.example'>x</a>",
    "page number": "{nb} {{DATE()}} %PDF ) Tj ET endstream endobj",
    "markdown": "**Иван** __Иванов__ --Ив--",
    "right to left": "Иван \u202eвонавИ\u2066 \u0633\u0644\u0627\u0645",
    "accents": "Ив" + "\u0301\u0336" * 10_000 + "ан",
    "emoji": "Иван 😀👨‍👩‍👧 Иванов",
    "control": "Иван\x00\x1b[31m\r\nИванов\x7f",
    "halves": "Иван\ud800\udfff",
    "nothing": "",
    "spaces": " \u00a0\u2003\u200b ",
    "unassigned": "\U0010ffff\ue000\u0378",
}


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return slips_pdf(SlipSheet(MANY, PIN), words())


def test_each_username_and_password_is_on_the_paper_once_and_the_name_on_the_signed_strip_too(sheet, tmp_path):
    paper = text(sheet, tmp_path)
    for one in MANY:
        assert [paper.count(told) for told in (one.name, one.username, one.password.reveal())] == [2, 1, 1], one.name


@pytest.mark.parametrize("name", ["Ивана Петрова Абева", "Ж" * 200, "Александър-Константин Апостолов Хаджидимитров"])
def test_the_strip_that_the_school_keeps_has_name_class_and_signature_and_no_password(name, tmp_path):
    one = slip(name=name)
    pdf = slips_pdf(SlipSheet((one,) * 4, PIN, "ОУ „Бяла бреза“, Пловдив"), words())
    boxes = re.findall(r'yMin="([\d.]+)"[^>]*yMax="([\d.]+)">([^<]*)<', opened(pdf, tmp_path, "pdftotext", "-bbox"))
    for number in range(4):
        begins, ends = ((10 + 277 / 4 * number + below) * 72 / 25.4 for below in (62, 277 / 4))
        strip = " ".join(word for top, bottom, word in boxes if begins <= (float(top) + float(bottom)) / 2 < ends)
        assert re.fullmatch(r"Остава в училището: (.+) Получих: Дата:", strip)
        assert strip.startswith(f"Остава в училището: {name[:40]}")
        assert one.username not in strip
        assert one.password.reveal() not in strip
    assert sum(word == one.password.reveal() for *_, word in boxes) == 4
    below = sorted({round(float(bottom), 1) for _, bottom, _ in boxes})
    assert below[-1] <= 287 * 72 / 25.4, "the lowest word is above the line"


def test_every_slip_names_the_school_in_one_line_however_long(tmp_path):
    usual = text(slips_pdf(SlipSheet(MANY[:2], PIN, "ОУ „Бяла бреза“, Пловдив"), words()), tmp_path)
    assert usual.count("Бележка за електронен профил @edu.mon.bg – ОУ „Бяла бреза“, Пловдив") == 2

    pdf = slips_pdf(SlipSheet((slip(),), PIN, "Средно училище " * 20), words())
    assert text(pdf, tmp_path).count("Бележка за електронен профил") == 1
    boxes = opened(pdf, tmp_path, "pdftotext", "-bbox")
    assert all(float(right) <= 595.3 for right in re.findall(r'xMax="([\d.-]+)"', boxes)), "nothing leaves the paper"


def test_a_slip_says_how_to_read_type_and_use_the_password(tmp_path):
    one = slip(password=Secret("Zegegosati2399"))
    paper = text(slips_pdf(SlipSheet((one,), PIN), words()), tmp_path)
    for told in (
        "Бележка за електронен профил @edu.mon.bg",
        "Паралелка 5 б",
        "Zege gosa ti 2399",
        "Зе-ге-го-са-ти, 2 3 9 9",
        "Паролата действа от: 23.11.2026 г., 12:02 ч.",
        "Използвайте я до: 26.11.2026 г., 12:00 ч.",
        "Унищожете бележката, след като смените паролата.",
    ):
        assert told in paper
    steps = "".join(paper.split())
    for step in (*words().steps, words().typing):
        for word in step.split():
            assert word in steps


def test_four_slips_are_on_a_page(sheet, tmp_path):
    assert "Pages:           7" in opened(sheet, tmp_path, "pdfinfo")
    first = opened(sheet, tmp_path, "pdftotext", "-f", "1", "-l", "1")
    assert [one.name in first for one in MANY[:6]] == [True] * 4 + [False] * 2


@pytest.mark.parametrize("pin", [None, "", "0", PIN[:-1], PIN + "0", PIN[::-1], "000000000000"])
def test_without_the_pin_it_does_not_open(sheet, tmp_path, pin):
    for tool in ("pdftotext", "pdfinfo"):
        with pytest.raises(PermissionError):
            opened(sheet, tmp_path, tool, pin=pin)


def test_the_pin_does_not_open_it_as_its_owner(sheet, tmp_path):
    with pytest.raises(PermissionError):
        opened(sheet, tmp_path, "pdfinfo", "-opw", PIN, pin=None)


def test_it_says_nothing_of_itself_and_may_only_be_printed(sheet, tmp_path):
    told = dict(re.findall(r"^([^:]+): +(.*)$", opened(sheet, tmp_path, "pdfinfo"), re.MULTILINE))
    assert set(told).isdisjoint(
        {"Title", "Subject", "Keywords", "Author", "Creator", "Producer", "CreationDate", "ModDate"}
    )
    assert (told["JavaScript"], told["Form"], told["Custom Metadata"], told["Metadata Stream"]) == (
        "no",
        "none",
        "no",
        "no",
    )
    assert told["Encrypted"] == "yes (print:yes copy:no change:no addNotes:no algorithm:AES-256)"


@pytest.mark.parametrize("option", ["-url", "-js", "-dests", "-meta"])
def test_it_leads_nowhere_and_runs_nothing(sheet, tmp_path, option):
    said = opened(sheet, tmp_path, "pdfinfo", option).strip().splitlines()
    assert said in ([], ["Page  Type          URL"], ["Page  Destination                 Name"])


def test_nothing_is_in_the_raw_file(sheet):
    for name in (
        b"/JS",
        b"/JavaScript",
        b"/URI",
        b"/EmbeddedFile",
        b"/Filespec",
        b"/Launch",
        b"/Metadata",
        b"/Info ",
        b"/Annots",
    ):
        assert name not in sheet, name
    for one in MANY:
        for secret in (one.name, one.username, one.password.reveal(), one.username.partition("@")[0]):
            for code in ("utf-8", "utf-16-be", "utf-16-le"):
                raw = secret.encode(code)
                assert raw not in sheet
                assert raw.hex().encode() not in sheet.lower()
    assert PIN.encode() not in sheet


def test_two_files_of_the_same_slips_have_nothing_in_common_but_their_form(tmp_path):
    """Keys, file number and owner's password are made anew; a number made from the content would be a way to guess."""
    one, other = (slips_pdf(SlipSheet(MANY[:1], PIN), words()) for _ in range(2))
    numbers = [re.search(rb"/ID \[<([0-9A-F]{32})><\1>\]", pdf) for pdf in (one, other)]
    assert all(numbers)
    assert len({number[1] for number in numbers if number}) == 2
    streams = [set(re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)) for pdf in (one, other)]
    assert streams[0]
    assert streams[0].isdisjoint(streams[1])
    assert text(one, tmp_path) == text(other, tmp_path)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_disturbs_neither_its_slip_nor_the_next(name, tmp_path):
    pair = (slip(1, name=name, class_=name, username=name), slip(2))
    pdf = slips_pdf(SlipSheet(pair, PIN), words())
    paper = text(pdf, tmp_path)
    for one in pair:
        assert paper.count(one.password.reveal()) == 1
    assert paper.count(pair[1].name) == 2
    assert paper.count(words().heading) == 2
    assert "Pages:           1" in opened(pdf, tmp_path, "pdfinfo")
    assert "https" not in opened(pdf, tmp_path, "pdfinfo", "-url")
    boxes = opened(pdf, tmp_path, "pdftotext", "-bbox")
    for x, right in re.findall(r'xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)"', boxes):
        assert float(x) >= 0
        assert float(right) <= 595.3, "nothing leaves the paper"
    tops = [float(y) for y in re.findall(r'yMin="([\d.-]+)"[^>]*>Бележка<', boxes)]
    assert tops == [float(y) for y in re.findall(r'yMin="([\d.-]+)"[^>]*>Бележка<', _boxes_of_plain(tmp_path))]


def _boxes_of_plain(folder) -> str:
    return opened(slips_pdf(SlipSheet((slip(1), slip(2)), PIN), words()), folder, "pdftotext", "-bbox")


def test_what_cannot_be_drawn_is_replaced_and_the_rest_stays(tmp_path):
    paper = text(slips_pdf(SlipSheet((slip(name="Иван 😀 سلام Łukasz Ѝотов"),), PIN), words()), tmp_path)
    assert "Иван \ufffd \ufffd\ufffd\ufffd\ufffd Łukasz Ѝотов" in paper


def test_every_letter_of_our_own_words_can_be_drawn(tmp_path):
    own = words()
    pdf = slips_pdf(SlipSheet((slip(name="".join(map(chr, range(0x410, 0x450)))),), PIN), own)
    assert "\ufffd" not in text(pdf, tmp_path)
    assert opened(pdf, tmp_path, "pdffonts").count(" yes yes yes ") == 3, "embedded, cut down, readable"


def test_a_long_username_is_not_cut(tmp_path):
    username = "x" * 64 + "@edu.mon.bg"
    assert text(slips_pdf(SlipSheet((slip(username=username),), PIN), words()), tmp_path).count(username) == 1


def test_the_page_is_drawn_with_lines_to_cut_along(sheet, tmp_path):
    """Ink where it must be: text in each quarter, and a dashed line across, never a full one."""
    opened(sheet, tmp_path, "pdftoppm", "-r", "72", "-gray", "-l", "1")
    picture = next(tmp_path.glob("page*.pgm")).read_bytes()
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture)
    assert header
    width, height = int(header[1]), int(header[2])
    rows = [picture[header.end() + y * width :][:width] for y in range(height)]
    inked = [sum(pixel < 200 for pixel in row) for row in rows]
    quarter = (height - 2 * 28) // 4
    for number in range(4):
        assert sum(inked[28 + number * quarter : 28 + (number + 1) * quarter]) > 1_500
    for number in range(1, 5):
        line = round((10 + number * 277 / 4) / 297 * height)
        assert 0.3 * width < max(inked[line - 2 : line + 3]) < 0.8 * width


def test_nothing_is_logged_of_what_is_drawn(caplog):
    with caplog.at_level(logging.DEBUG):
        slips_pdf(SlipSheet((slip(name="Иван 😀"),), PIN), words())
    assert caplog.records == []


def test_the_library_is_loaded_with_the_first_file_only():
    code = "import sys, bot.documents.slips as s; print('fpdf' in sys.modules, callable(s.slips_pdf))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]


LONG_NAME = "Александра-Виктория Хаджиконстантинова-К"
SENTENCE = free_text("Кабинет 12, всеки ден от 8 до 16 часа. " * 8, 300)
PAGE_EACH = SlipForm(page_each=True)


def boxes_of(pdf: bytes, folder) -> list[tuple[float, float, float, float, str]]:
    """Left, top, right and bottom of each word, in millimetres."""
    found = re.findall(
        r'<page|xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<',
        opened(pdf, folder, "pdftotext", "-bbox"),
    )
    return [(*(float(one) * 25.4 / 72 for one in place), word) for *place, word in found if word]


def test_a_page_each_holds_one_slip_in_large_letters_with_its_strip(tmp_path):
    slips = (*MANY[:2], slip(3, name=LONG_NAME))
    pdf = slips_pdf(SlipSheet(slips, PIN, "ОУ „Бяла бреза“, Пловдив", SENTENCE), words(), PAGE_EACH)
    assert "Pages:           3" in opened(pdf, tmp_path, "pdfinfo")
    for page, one in enumerate(slips, start=1):
        shown = re.sub(r"\s+", " ", opened(pdf, tmp_path, "pdftotext", "-layout", "-f", str(page), "-l", str(page)))
        assert [shown.count(each.password.reveal()) for each in slips] == [each is one for each in slips]
        assert shown.count(one.name) == 2
        assert re.search(rf"{re.escape(one.name)}, 5 б +Получих: +Дата:", shown)
        assert SENTENCE in shown
    boxes = boxes_of(pdf, tmp_path)
    assert all(left >= 0 and right <= 210 and bottom <= 290 for left, _, right, bottom, _ in boxes)


@pytest.mark.parametrize("form", [SlipForm(), PAGE_EACH, SlipForm(code=True)])
def test_of_nobody_the_file_is_whole(tmp_path, form):
    pdf = slips_pdf(SlipSheet((), PIN, "ОУ", SENTENCE), words(), form)
    assert "Pages: " in opened(pdf, tmp_path, "pdfinfo")
    assert text(pdf, tmp_path).strip() == ""


def test_the_schools_own_sentence_is_whole_on_every_slip_above_the_strip_and_below_the_steps(tmp_path):
    assert len(SENTENCE) >= 298
    slips = tuple(slip(number, name=LONG_NAME) for number in range(4))
    pdf = slips_pdf(SlipSheet(slips, PIN, "ОУ „Бяла бреза“, Пловдив", SENTENCE), words(), SlipForm(code=True))
    assert "Pages:           2" in opened(pdf, tmp_path, "pdfinfo"), "three on a page"
    assert text(pdf, tmp_path).count(SENTENCE) == 4
    boxes = boxes_of(pdf, tmp_path)
    own = [(top, bottom) for _, top, _, bottom, word in boxes if word in {"Кабинет", "всеки", "часа."}]
    strips = sorted(top for _, top, _, _, word in boxes if word == "Остава")
    steps = sorted(bottom for _, _, _, bottom, word in boxes if word in {"паролата.", "цифрите."})
    for strip in strips[:3]:
        mine = [(top, bottom) for top, bottom in own if strip - 60 < top < strip]
        assert max(bottom for _, bottom in mine) < strip
        assert max(bottom for bottom in steps if bottom < strip) < min(top for top, _ in mine)


@pytest.mark.parametrize("form", [SlipForm(code=True), SlipForm(page_each=True, code=True)])
@pytest.mark.parametrize("name", ["Ана Ив", LONG_NAME])
def test_the_code_is_the_sign_in_address_with_the_username_and_lies_on_no_word(tmp_path, form, name):
    one = slip(7, name=name, password=Secret("Zegegosatinikopeduvamota2399"))
    pdf = slips_pdf(SlipSheet((one,), PIN, "ОУ „Бяла бреза“", SENTENCE), words(), form)
    opened(pdf, tmp_path, "pdftoppm", "-r", "300", "-gray", "-l", "1")
    picture = next(tmp_path.glob("page*.pgm")).read_bytes()
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture)
    assert header
    width = int(header[1])
    dots = 300 / 25.4
    expected = [
        list(row)
        for row in segno.make_qr("https://teams.microsoft.com/?login_hint=" + one.username, error="m").matrix
    ]
    side, right, top = (42.0, 197.0, 48.0) if form.page_each else (27.0, 118.0, 28.0)
    module = side / (len(expected) + 8)
    left = right - side
    drawn = [
        [
            picture[
                header.end()
                + round((top + (row + 4.5) * module) * dots) * width
                + round((left + (column + 4.5) * module) * dots)
            ] < 128
            for column in range(len(expected))
        ]
        for row in range(len(expected))
    ]  # fmt: skip
    assert drawn == [[bool(dark) for dark in row] for row in expected]
    edge = 3 * module  # of the four white ones it needs
    for word_left, word_top, word_right, word_bottom, word in boxes_of(pdf, tmp_path):
        apart = (
            word_right < left + 4 * module - edge
            or word_left > right - 4 * module + edge
            or word_bottom < top + 4 * module - edge
            or word_top > top + side - 4 * module + edge
        )
        assert apart, word


def test_a_username_that_is_none_has_no_code_and_a_code_never_holds_a_password(tmp_path):
    for odd in ("", "a b@edu.mon.bg", "x&password=1@edu.mon.bg", "ж@edu.mon.bg", "a@b@c", "a@b\n", "x" * 500):
        assert sign_in_address(odd) == ""
        pdf = slips_pdf(SlipSheet((slip(1, username=odd),), PIN), words(), SlipForm(code=True))
        assert "Вход с това" not in text(pdf, tmp_path)
    assert "Вход с това" in text(slips_pdf(SlipSheet((slip(1),), PIN), words(), SlipForm(code=True)), tmp_path)


def test_a_page_that_is_exactly_full_is_followed_by_none(tmp_path):
    for count, sentence, pages in ((4, NO_WORDS, 1), (5, NO_WORDS, 2), (3, SENTENCE, 1), (4, SENTENCE, 2)):
        pdf = slips_pdf(SlipSheet(MANY[:count], PIN, "", sentence), words())
        assert f"Pages:           {pages}" in opened(pdf, tmp_path, "pdfinfo")


def test_on_a_page_of_its_own_a_hostile_name_disturbs_nobody_either(tmp_path):
    slips = tuple(slip(at, name=odd, class_=odd) for at, odd in enumerate(HOSTILE.values()))
    pdf = slips_pdf(SlipSheet(slips, PIN, "ОУ", SENTENCE), words(), SlipForm(page_each=True, code=True))
    assert f"Pages:           {len(slips)}" in opened(pdf, tmp_path, "pdfinfo")
    paper = text(pdf, tmp_path)
    assert [paper.count(one.password.reveal()) for one in slips] == [1] * len(slips)
    assert all(left >= 0 and right <= 210 and bottom <= 290 for left, _, right, bottom, _ in boxes_of(pdf, tmp_path))
