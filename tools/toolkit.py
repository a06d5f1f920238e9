"""`python -m tools.toolkit`: Microsoft's own `atk validate` judges the app package, its schemas the project files.

The command line tool is fetched once by npm, as tools/toolkit.json pins it. Nothing of it runs at installation, it is
started without telemetry and with a home folder of its own, and it asks the network for nothing. Where it cannot be
fetched this is said plainly and does not fail, so that a machine without the internet can run every other check.
"""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # no stubs are installed
from jsonschema import Draft7Validator

from tools.node import NodeMissing, node_command, npm_command

ROOT = Path(__file__).resolve().parent.parent
PINNED: dict[str, str] = json.loads((ROOT / "tools" / "toolkit.json").read_text(encoding="utf-8"))
FOLDER = ROOT / ".tools" / "toolkit" / PINNED["version"]
PROJECT_FILES = ("m365agents.yml", "m365agents.local.yml", "m365agents.playground.yml")
_SECONDS = 300


class ToolkitMissing(Exception):
    """The command line tool could not be fetched. The message says why."""


def main() -> int:
    """1 when Microsoft objects to something, else 0."""
    try:
        fetch()
    except (ToolkitMissing, NodeMissing) as error:
        print(f"NOT CHECKED: {error}")
        return 0
    objections = [*package_objections(), *project_objections()]
    print("\n".join(objections) or f"atk {PINNED['version']}: the package and {', '.join(PROJECT_FILES)} are valid")
    return 1 if objections else 0


def fetch(folder: Path = FOLDER) -> None:
    """The pinned tool lies in `folder`. Errors: ToolkitMissing, NodeMissing."""
    if folder.exists():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        name = f"{PINNED['package']}@{PINNED['version']}"
        command = [*npm_command(), "pack", name, "--pack-destination", made, "--ignore-scripts", "--loglevel=error"]
        packed = subprocess.run(command, cwd=made, capture_output=True, text=True, check=False)
        files = list(Path(made).glob("*.tgz"))
        if packed.returncode or len(files) != 1:
            reason = (packed.stderr.strip().splitlines() or ["no answer"])[0]
            raise ToolkitMissing(f"npm could not fetch {name} ({reason})")
        digest = base64.b64encode(hashlib.sha512(files[0].read_bytes()).digest()).decode()
        if f"sha512-{digest}" != PINNED["integrity"]:
            raise ToolkitMissing(f"{name} is another than tools/toolkit.json pins")
        shutil.unpack_archive(files[0], made, "gztar")
        shutil.move(Path(made) / "package", folder)


def package_objections() -> Iterator[str]:
    """What `atk validate` says against the package, built as an example."""
    with tempfile.TemporaryDirectory() as made:
        build = [sys.executable, "-m", "manifest", "--out", str(Path(made) / "app.zip")]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        (package,) = Path(made).glob("*.zip")
        shutil.unpack_archive(package, Path(made) / "app")
        said, passed = validate(Path(made) / "app" / "manifest.json")
    if not passed:
        yield f"atk validate: {said}"


def validate(manifest: Path, folder: Path = FOLDER) -> tuple[str, bool]:
    """What `atk validate` says about a manifest with its files beside it, and whether it passed."""
    start = 'process.env.TEAMSFX_CLI_BIN_NAME = "atk"; require(process.argv[1]).start();'
    options = ["validate", "--manifest-file", str(manifest), "--telemetry", "false", "--interactive", "false"]
    with tempfile.TemporaryDirectory() as home:
        run = subprocess.run(
            # Its arguments are looked for after the place of a script.
            [*node_command(), "-e", start, str(folder / "lib"), *options],
            cwd=manifest.parent,
            env={**os.environ, "HOME": home, "CI": "true"},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    said = re.sub(r"\x1b\[[0-9;]*m", "", f"{run.stdout}\n{run.stderr}").strip()
    return said, run.returncode == 0 and "All passed" in said


def project_objections(folder: Path = FOLDER) -> Iterator[str]:
    """What the schema of the toolkit says against the project files."""
    for name in PROJECT_FILES:
        written: dict[str, Any] = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
        schema = folder / "resource" / "yaml-schema" / str(written.get("version")) / "yaml.schema.json"
        if not schema.exists():
            yield f"{name}: the toolkit has no schema of version {written.get('version')}"
            continue
        for error in Draft7Validator(json.loads(schema.read_text(encoding="utf-8"))).iter_errors(written):
            yield f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"


if __name__ == "__main__":
    sys.exit(main())
