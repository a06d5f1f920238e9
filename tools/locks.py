"""The locks: `python -m tools.locks make` pins requirements*.in, `… check` says whether the pins are still true.

`make --upgrade` moves every pin to the newest version allowed; without it only what the .in files changed moves.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("requirements", "requirements-dev")
HEADER = "# Made by `make lock` from {name}.in: every version pinned, every file with its hash. Edit {name}.in.\n"
COMPILE = (
    sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
    "--no-emit-index-url", "--no-emit-find-links", "--no-header",
)  # fmt: skip


def make(*, upgrade: bool) -> int:
    """Writes both locks. 0 when done."""
    for name in NAMES:
        lock = ROOT / f"{name}.txt"
        command = [*COMPILE, "--generate-hashes", f"{name}.in", "-o", lock.name, *(["--upgrade"] if upgrade else [])]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            return 1
        lock.write_text(HEADER.format(name=name) + lock.read_text(encoding="utf-8"), encoding="utf-8")
        print(f"{lock.name}: {len(pins(lock))} packages pinned")
    return 0


def check() -> int:
    """Resolves the .in files again, holding on to the present pins, and compares. 0 when nothing differs.

    Hashes are left out: a publisher may add a file for another platform to a version at any time.
    """
    different = []
    for name in NAMES:
        lock = ROOT / f"{name}.txt"
        fresh = resolved_again(name)
        if fresh is None:
            print(f"{lock.name}: the package index cannot be reached, so only the direct requirements are compared")
            different += unmet(ROOT / f"{name}.in", lock)
            continue
        present = pins(lock)
        different += [f"{lock.name} has no {line}" for line in sorted(fresh - present)]
        different += [f"{lock.name} has {line}, which nothing asks for" for line in sorted(present - fresh)]
    for line in different:
        print(line)
    print("The locks are not true to the .in files: run `make lock`." if different else "The locks are true.")
    return 1 if different else 0


def resolved_again(name: str) -> set[str] | None:
    """The pins the .in file gives today, with the network or from what was fetched before; None without either."""
    with tempfile.TemporaryDirectory() as folder:
        for file in (*ROOT.glob("requirements*.in"), *ROOT.glob("requirements*.txt")):
            shutil.copy(file, folder)
        for way in ([], ["--offline"]):
            command = [*COMPILE, *way, f"{name}.in", "-o", f"{name}.txt"]
            run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=180, check=False)
            if run.returncode == 0:
                return pins(Path(folder, f"{name}.txt"))
            if "No solution found" in run.stderr and not way:
                print(run.stderr.strip())
                return set()
    return None


def unmet(wanted: Path, lock: Path) -> list[str]:
    """The lines of an .in file that no pin of the lock satisfies."""
    pinned = {Requirement(line).name.lower(): Requirement(line) for line in pins(lock)}
    faults = []
    for line in wanted.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith(("#", "-")):
            continue
        need = Requirement(line)
        pin = pinned.get(need.name.lower())
        version = next(iter(pin.specifier)).version if pin else ""
        if not pin or not need.specifier.contains(version, prereleases=True):
            faults.append(f"{lock.name} does not satisfy `{line}` of {wanted.name}")
    return faults


def pins(lock: Path) -> set[str]:
    """The lines `name==version [; marker]` of a lock."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return {re.sub(r"\s*\\$", "", line) for line in lines if re.match(r"[A-Za-z0-9]", line)}


def main(arguments: list[str]) -> int:
    """The command line."""
    match arguments:
        case ["make"]:
            return make(upgrade=False)
        case ["make", "--upgrade"]:
            return make(upgrade=True)
        case ["check"]:
            return check()
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
