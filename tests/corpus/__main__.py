"""`python -m tests.corpus`: writes what SheetJS writes anew."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.corpus.books import SHEETJS
from tests.corpus.exports import SHEETS
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


if __name__ == "__main__":
    main()
