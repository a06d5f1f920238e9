"""What is installed is what was decided: exact versions, checked hashes, one Teams-like client."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text(encoding="utf-8"))
    packages = [block for block in blocks if re.match(r"[A-Za-z0-9]", block)]
    assert len(packages) > 20
    assert [block.splitlines()[0] for block in packages if not re.match(r"[A-Za-z0-9._\[\]-]+==\S+", block)] == []
    assert [block.splitlines()[0] for block in packages if "--hash=sha256:" not in block] == []


def test_the_sdk_versions_are_those_that_were_asked_for() -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert re.search(r"^botbuilder-core==4\.17\.1 ", lock, re.MULTILINE)
    assert re.search(r"^botbuilder-integration-aiohttp==4\.17\.1 ", lock, re.MULTILINE)


def test_the_node_packages_are_pinned_with_integrity_and_without_an_address() -> None:
    lock = json.loads((ROOT / "tools" / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((ROOT / "tools" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = {path: entry for path, entry in lock["packages"].items() if path}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())
    assert {path.removeprefix("node_modules/"): entry["version"] for path, entry in packages.items()} == wanted


def test_the_client_is_never_part_of_the_project() -> None:
    """Its licence allows using it, not passing it on."""
    assert ".tools" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert not list(ROOT.glob("demo/**/m365agentsplayground*"))
