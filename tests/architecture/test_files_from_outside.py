"""What comes from outside as a file or a form is taken apart in the child only. Then: this test can fail."""

import ast
from pathlib import Path

import pytest

from tests.architecture.text_uses import sources

ROOT = Path(__file__).parents[2]
FORMATS = {
    "csv",
    "zipfile",
    "tarfile",
    "gzip",
    "zlib",
    "bz2",
    "lzma",
    "email.parser",
    "email.message",
    "xml",
    "pyexpat",
    "openpyxl",
    "python_calamine",
    "cgi",
    "html.parser",
}
"""Modules that read formats of files."""

CHILD = {
    "bot/documents/account_list_cells.py",
    "bot/documents/packages.py",
    "bot/documents/records.py",
    "bot/documents/sheets.py",
}
"""Where they may be imported: run in a child (`bot.documents.child`, `account_list_child`, `register`)."""

READERS = {
    "read_roster",
    "form_files",
    "unpacked",
    "open_table",
    "read_register",
    "sheets",
    "brought",
    "read_account_lists",
    "read_people",
    "read_sheet",
    "sheets_of",
    "text_rows",
}
CALLERS = {
    "bot/documents/account_list_child.py",
    "bot/documents/account_list_rosters.py",
    "bot/documents/account_lists.py",
    "bot/documents/child.py",
    "bot/documents/rosters.py",
    "bot/documents/packages.py",
    "bot/documents/forms.py",
    "bot/documents/roster_tables.py",
    "bot/documents/register.py",
}
FORMS = {"multipart", "post"}
"""Methods of a request that take a form apart."""


def wrong(path: str, source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        place = f"{path}:{getattr(node, 'lineno', 0)}"
        names = [each.name for each in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        modules = (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else names if isinstance(node, ast.Import) else []
        )
        if path not in CHILD:
            found += [
                f"{place}: reads {one}" for one in modules if one in FORMATS or one.partition(".")[0] in FORMATS
            ]
        if path not in CALLERS:
            found += [f"{place}: calls {one}" for one in names if one in READERS]
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in FORMS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "request"
        ):
            found.append(f"{place}: takes a form apart")
    return found


def test_nobody_but_the_child_reads_files_and_forms_from_outside():
    assert [one for path, source in sources(ROOT, "bot", "cards").items() for one in wrong(path, source)] == []


@pytest.mark.parametrize(
    "line",
    [
        "import csv",
        "import zipfile as z",
        "from xml.etree import ElementTree",
        "from bot.documents.rosters import read_roster",
        "from bot.documents.account_lists import read_account_lists",
        "import python_calamine",
        "async def f(request):\n    return await request.multipart()",
        "async def f(request):\n    return await request.post()",
    ],
)
def test_a_planted_reader_is_found(line: str):
    assert wrong("bot/runtime/x.py", line)
