"""The administrator's guide leads from nothing to a doctor with nothing to mend and a chat that works."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.guide.transcript import Transcript
from tests.guide.whole import whole

CADDY = shutil.which("caddy")
KEPT = ROOT / "docs" / "guide-transcript.md"
PACE = 0.02
_NOT_IN_A_CLONE = (".*", "var", "build", "out", "tests", "__pycache__.*")


@pytest.mark.long
@pytest.mark.timeout(400)
@pytest.mark.skipif(CADDY is None, reason="Caddy is not installed")
@pytest.mark.skipif(os.geteuid() != 0, reason="the guide's commands are root's")
async def test_nothing_but_the_guide_leads_to_a_working_chat(tmp_path: Path) -> None:
    root, folder, transcript = tmp_path / "bot", tmp_path / "microsoft", Transcript()
    folder.mkdir()
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*_NOT_IN_A_CLONE))
    (root / ".venv").symlink_to(ROOT / ".venv")
    (root / "var").mkdir()

    try:
        await whole(root, folder, python=sys.executable, caddy=str(CADDY), pace=PACE, transcript=transcript)
    finally:
        (tmp_path / "transcript.md").write_text(transcript.text("# As far as it went"), encoding="utf-8")
