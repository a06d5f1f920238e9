"""The public register in the forms it is given out in, and what only looks like it."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from bot.core.people.places import Place
from bot.documents.register import NotARegister, as_file, read_register
from bot.documents.schools_file import read_schools

TITLES = (("Регистър на институциите",), ("към 15.09.2026 г.",), ())
HEADS = ("№", "Код по НЕИСПУО", "Наименование", "Директор", "Област", "Община", "Населено\nмясто", "Пощенски код")
ROWS = (
    (1, 2990001, "СУ „Липа“", "", "ВАРНА", "Варна", "ГР.ВАРНА", "9000"),
    (2, "0299002", "ОУ „Бряст“", "", "СОФИЯ-ГРАД", "Столична", "гр. София", "1000"),
    (3, 2990003.0, "ОУ „Явор“", "", "София (столица)", "Столична", "с. Бистрица", ""),
    (4, "2 990 004", "ПГ „Дъб“", "", "СОФИЯ-ОБЛАСТ", "Самоков", "град Самоков", ""),
    (5, "2990005", "ДГ „Бор“", "", "София", "Столична", "СТАРА ЗАГОРА", ""),
    (6, "2990006", "ДГ „Ела“", "", "София", "Ботевград", "Ботевград", ""),
    ("", "", "Общо: 6", "", "", "", "", ""),
)
EXPECTED = {
    "2990001": Place("СУ „Липа“", "Варна", "Варна"),
    "299002": Place("ОУ „Бряст“", "София", "София-град"),
    "2990003": Place("ОУ „Явор“", "с. Бистрица", "София-град"),
    "2990004": Place("ПГ „Дъб“", "Самоков", "София-област"),
    "2990005": Place("ДГ „Бор“", "Стара Загора", "София-град"),
    "2990006": Place("ДГ „Ела“", "Ботевград", "София-област"),
}


def workbook(*rows: tuple[object, ...], first_sheet: tuple[tuple[object, ...], ...] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    if first_sheet:
        for row in first_sheet:
            sheet.append(row)
        sheet = book.create_sheet("Институции")
    for row in rows:
        sheet.append(row)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def text(*rows: tuple[object, ...], delimiter: str = ";") -> str:
    return "\r\n".join(delimiter.join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in rows)


def test_a_workbook_with_rows_of_titles():
    found = read_register(workbook(*TITLES, HEADS, *ROWS))
    assert found.places == EXPECTED
    assert found.remarks == []


def test_the_sheet_with_the_register_is_found():
    assert read_register(workbook(HEADS, *ROWS, first_sheet=(("Указания",), ("",)))).places == EXPECTED


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_text_in_any_alphabet_and_delimiter(delimiter, encoding):
    assert read_register(text(*TITLES, HEADS, *ROWS, delimiter=delimiter).encode(encoding)).places == EXPECTED


@pytest.mark.parametrize(
    "heads",
    [
        ("Област", "Община", "Населено място", "Училище", "Код по НЕИСПУО"),
        ("ОБЛАСТ", "ОБЩИНА", "НАСЕЛЕНО  МЯСТО", "УЧИЛИЩЕ", "КОД ПО АДМИН"),
        ("Регион", "Община", "Населено място", "Име на институция", "Код"),
        ("Област", "Община", "Населено място ", "Наименование на институцията", "Код по НЕИСПУО (7 знака)"),
    ],
)
def test_columns_are_told_by_their_heads(heads):
    row = ("Варна", "Варна", "Варна", "СУ „Липа“", "2990001")
    assert read_register(text(heads, row).encode()).places == {"2990001": Place("СУ „Липа“", "Варна", "Варна")}


def test_what_the_operator_should_look_at_is_told_by_row():
    rows = (
        (1, "29900", "А", "", "Варна", "Варна", "Варна", ""),
        (2, "2990001", "А", "", "Чужбина", "", "Берлин", ""),
        (3, "2990001", "А", "", "Варна", "Варна", "Варна", ""),
        (4, "2990002", "Б", "", "София", "", "София", ""),
    )
    found = read_register(text(HEADS, *rows).encode())

    assert found.places == {"2990001": Place("А", "Берлин", ""), "2990002": Place("Б", "София", "")}
    assert [remark.partition(":")[0] for remark in found.remarks] == ["row 2", "row 3", "row 4", "row 5"]


def test_what_is_written_is_the_file_the_bot_reads():
    register = read_register(workbook(HEADS, *ROWS, (7, "2990007", '@1+1 "А"; Б', "", "Варна", "", "Варна", "")))

    assert read_schools(as_file(register).encode("utf-8-sig")) == EXPECTED | {
        "2990007": Place('1+1 "А"; Б', "Варна", "Варна")
    }


def package(**parts: str) -> bytes:
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(f"xl/worksheets/{name}.xml", content)
    return saved.getvalue()


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + SHEET.format("<row><c><v>&b;</v></c></row>")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"PK\x03\x04 nothing of the kind",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,  # .xls
        "<html><table><tr><td>Код по НЕИСПУО</td></tr></table></html>".encode(),
        text(("Код", "Име"), ("2990001", "А")).encode(),
        text(HEADS).encode(),
        package(sheet1=BOMB),
        package(sheet1=SHEET.format("<row>" + "<c><v>1</v></c>" * 9)),  # cut in the middle
        package(sheet1=SHEET.format("<row><c r='ZZZ1'><v>1</v></c></row>")),
        package(sheet1=SHEET.format("<row><c t='s'><v>99999999999999999999</v></c></row>")),
        package(other="<x/>"),
    ],
    ids=lambda raw: f"{len(raw)} bytes",  # a package has the hour in it
)
def test_what_is_no_register_is_refused_in_words(raw):
    with pytest.raises(NotARegister):
        read_register(raw)


def test_a_sheet_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("bot.documents.sheets.MOST_UNPACKED", 1_000_000)
    with pytest.raises(NotARegister, match="larger"):
        read_register(package(sheet1=SHEET.format(" " * 2_000_000)))


def test_a_sheet_with_rows_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("bot.documents.sheets.MOST_ROWS", 1000)
    with pytest.raises(NotARegister, match="larger"):
        read_register(package(sheet1=SHEET.format("<row/>" * 1001)))
