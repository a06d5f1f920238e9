"""A table as an .xlsx file. Every cell is a string: nothing in it becomes a formula."""

from collections.abc import Sequence
from io import BytesIO

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

WIDEST = 60
"""Characters of a column."""


def table_xlsx(title: str, notes: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One sheet: the notes, then a table to be sorted and filtered, its heads in sight. Not for an event loop."""
    from xlsxwriter import Workbook  # noqa: PLC0415 -- only who downloads a table pays for it

    written = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(written, options)
    strong = book.add_format({"bold": True, "bottom": 1, "num_format": "@", "text_wrap": True, "valign": "top"})
    plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(title)
    for line, note in enumerate(notes):
        sheet.write_string(line, 0, note)
    top = len(notes) + 1
    for column, head in enumerate(heads):
        sheet.write_string(top, column, head, strong)
        longest = max((len(row[column]) for row in rows), default=0)
        sheet.set_column(column, column, min(WIDEST, max(len(head), longest) + 2))
    for line, row in enumerate(rows, top + 1):
        for column, cell in enumerate(row):
            sheet.write_string(line, column, cell, plain)
    sheet.freeze_panes(top + 1, 0)
    if rows:
        sheet.autofilter(top, 0, top + len(rows), len(heads) - 1)
    book.close()
    return written.getvalue()
