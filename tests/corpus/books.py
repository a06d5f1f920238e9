"""Writers: openpyxl, XlsxWriter, the csv module, packages."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook as OtherWorkbook

Rows = Sequence[Sequence[Any]]
SHEETJS = Path(__file__).with_name("sheetjs") / "files"
LIBREOFFICE = Path(__file__).with_name("libreoffice") / "files"


def book(*sheets: tuple[str, Rows], then: Callable[[Workbook], None] | None = None) -> bytes:
    """By openpyxl. `then` does more to it."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets:
        sheet: Worksheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if then is not None:
        then(workbook)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def other_book(*sheets: tuple[str, Rows]) -> bytes:
    """By XlsxWriter with its strings in the cells, as programs that write long lists do."""
    written = io.BytesIO()
    with OtherWorkbook(written, {"in_memory": True, "constant_memory": True}) as workbook:
        for name, rows in sheets:
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return written.getvalue()


def text(rows: Rows, delimiter: str = ",", encoding: str = "utf-8", newline: str = "\r\n") -> bytes:
    """By the csv module."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return written.getvalue().encode(encoding)


class _InConsoleLetters(zipfile.ZipInfo):
    """A name in the alphabet of a Bulgarian console, as Windows packs it; zipfile itself would write UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 -- zipfile's own
        return self.filename.encode("cp866"), self.flag_bits


def package(files: Mapping[str, bytes], *, console: bool = False) -> bytes:
    """A .zip; `console`: with names as Windows writes them."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for name, raw in files.items():
            info = (_InConsoleLetters if console else zipfile.ZipInfo)(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, raw)
    return written.getvalue()


def sheetjs(name: str) -> bytes:
    """One that SheetJS wrote."""
    return (SHEETJS / name).read_bytes()


def libreoffice(name: str) -> bytes:
    """One that LibreOffice Calc saved."""
    return (LIBREOFFICE / name).read_bytes()
