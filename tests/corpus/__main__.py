"""`python -m tests.corpus`: writes what SheetJS and, where it is installed, LibreOffice write anew."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from openpyxl import Workbook

from tests.corpus.books import LIBREOFFICE, SHEETJS, book, text
from tests.corpus.exports import SHEETS
from tests.corpus.good import HEADS, rows_of
from tools.node import node_command, npm_command

HERE = SHEETJS.parent


def main() -> None:
    """Installs the writer beside, and has it write."""
    orders = [
        {"file": file, "type": file.rpartition(".")[2], "sheets": [{"name": name, "rows": rows}]}
        for file, (name, rows) in SHEETS.items()
    ]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        subprocess.run([*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
        SHEETJS.mkdir(exist_ok=True)
        subprocess.run(
            [*node_command(), str(HERE / "make.mjs"), str(Path(folder)), str(SHEETJS)],
            input=json.dumps(orders).encode(),
            check=True,
        )
    print(f"{len(orders)} files in {SHEETJS}")
    if office := shutil.which("soffice"):
        saved_by(office)
    else:
        print("LibreOffice is not installed: its files stay as they are.")


def saved_by(office: str) -> None:
    """Opens lists in LibreOffice Calc and saves them, as a school does."""
    table = [HEADS, *rows_of()]
    above = [
        ["СУ „Сребърна липа“"],
        ["Списък на 5 б клас"],
        [],
        HEADS[:4],
        *(row[:4] for row in rows_of()),
        ["Общо", 5],
    ]

    def merged(workbook: Workbook) -> None:
        for cells in ("A1:D1", "A2:D2"):
            workbook.active.merge_cells(cells)

    lists = {
        "list.xlsx": ("xlsx", "list.csv", text(table, ";")),  # numbers become numbers
        "titles.xlsx": ("xlsx", "titles.xlsx", book(("Лист1", above), then=merged)),
        "list.csv": ("csv:Text - txt - csv (StarCalc):44,34,76", "list.xlsx", book(("Лист1", table))),
        "list.txt": ("txt:Text - txt - csv (StarCalc):9,34,65535", "list.xlsx", book(("Лист1", table))),
    }
    LIBREOFFICE.mkdir(parents=True, exist_ok=True)
    for name, (into, given, raw) in lists.items():
        with tempfile.TemporaryDirectory() as folder:
            at = Path(folder)
            (at / given).write_bytes(raw)
            command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", into]
            filtered = ["--infilter=CSV:59,34,76,1"] if given.endswith(".csv") else []
            subprocess.run([*command, *filtered, "--outdir", f"{folder}/out", str(at / given)], check=True)
            (made,) = (at / "out").iterdir()
            shutil.copy(made, LIBREOFFICE / name)
    print(f"{len(lists)} files in {LIBREOFFICE}")


if __name__ == "__main__":
    main()
