"""`python -m tests.guide` walks the guide in a new clone and writes docs/guide-transcript.md: as root, some five minutes.

The tenant keeps the seconds of the profile `real`; `--pace 0.02` shortens them.
"""

import argparse
import asyncio
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from demo.stack import clean_environment
from simulator.days import day_in_bulgaria
from tests.architecture.tree import ROOT
from tests.guide.transcript import Transcript
from tests.guide.whole import whole

KEPT = ROOT / "docs" / "guide-transcript.md"
HEAD = Path(__file__).parent / "transcript_head.txt"


def main() -> int:
    """0 when the guide led to its end; the page is written in any case."""
    parser = argparse.ArgumentParser(prog="python -m tests.guide", description=__doc__)
    parser.add_argument("--pace", type=float, default=1.0)
    parser.add_argument("--out", type=Path, default=KEPT)
    asked = parser.parse_args()
    caddy = shutil.which("caddy")
    if caddy is None:
        print("Caddy is not installed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="guide-") as place:
        root, folder = Path(place) / "bot", Path(place) / "microsoft"
        folder.mkdir()
        transcript = Transcript(hidden={str(root): ".", str(folder): "…"})
        _cloned(root, transcript)
        python = str(root / ".venv" / "bin" / "python")
        try:
            asyncio.run(whole(root, folder, python=python, caddy=caddy, pace=asked.pace, transcript=transcript))
        finally:
            day = day_in_bulgaria().isoformat()
            machine = f"{platform.system()}, Python {platform.python_version()}"
            head = HEAD.read_text(encoding="utf-8").replace("{day}", day).replace("{machine}", machine)
            asked.out.write_text(transcript.text(head), encoding="utf-8")
    return 0


def _cloned(root: Path, transcript: Transcript) -> None:
    """The two commands with which step 1 begins, on this machine."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(root)], check=True)
    done = subprocess.run(
        ["make", "setup"],
        cwd=root,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    transcript.section("Before")
    transcript.ran("git clone <this repository> bot && cd bot", "")
    transcript.ran("make setup", "…\n" + "\n".join(done.stdout.splitlines()[-1:]))


if __name__ == "__main__":
    sys.exit(main())
