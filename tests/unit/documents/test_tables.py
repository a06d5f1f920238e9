"""The table of class links: read back by another library, cell by cell."""

import zipfile
from io import BytesIO

import openpyxl
import pytest

from bot.documents.tables import table_xlsx

HEADS = ("Клас", "Учител", "Ред")
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "0990001",
    "1e5",
    "TRUE",
    "http://evil.example",
    "mailto:a@b.c",
    "{=1}",
    "<b>&\"'",
    "дълго " * 200,
    "",
)


def opened(raw: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(raw))


@pytest.mark.parametrize("cell", HOSTILE)
def test_every_cell_is_the_string_it_was_and_no_formula(cell: str):
    raw = table_xlsx("Класове", (cell or "бележка",), HEADS, ((cell, "y", "z"),))

    sheet = opened(raw)["Класове"]
    found = sheet.cell(4, 1)
    assert (found.value or "") == cell
    assert found.data_type in {"s", "n" if cell == "" else "s"}
    assert found.hyperlink is None
    with zipfile.ZipFile(BytesIO(raw)) as package:
        names = package.namelist()
        sheet_xml = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet_xml
    assert "hyperlink" not in sheet_xml
    assert not [name for name in names if "external" in name.lower() or "vba" in name.lower()]


def test_the_table_can_be_sorted_and_its_heads_stay_in_sight():
    rows = tuple((f"Клас {number}", "Учител", str(number)) for number in range(30))
    sheet = opened(table_xlsx("Класове", ("първа", "втора"), HEADS, rows)).active
    assert sheet is not None
    assert [sheet.cell(1, 1).value, sheet.cell(2, 1).value] == ["първа", "втора"]
    assert [cell.value for cell in sheet[4]] == list(HEADS)
    assert sheet.max_row == 34
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:C34"


def test_an_empty_table_has_its_heads():
    sheet = opened(table_xlsx("Класове", (), HEADS, ())).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == list(HEADS)


def test_it_says_nothing_of_who_made_it():
    properties = opened(table_xlsx("Класове", (), HEADS, ())).properties
    assert not properties.creator
    assert not properties.lastModifiedBy
