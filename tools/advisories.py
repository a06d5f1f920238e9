"""`python -m tools.advisories`: known security faults in what is pinned, from the public advisory service.

A real finding fails. A service that cannot be reached or does not know a package is said plainly and does not fail,
so that a machine without the internet can still run every other check.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")


def main() -> int:
    """1 when a pinned version has a published fault, else 0."""
    found = 0
    for lock in LOCKS:
        command = [
            sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / lock), "--disable-pip", "--require-hashes",
            "--progress-spinner", "off", "--format", "json", "--timeout", "30",
        ]  # fmt: skip
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        try:
            packages = json.loads(run.stdout)["dependencies"]
        except (ValueError, KeyError):
            reason = (run.stderr.strip().splitlines() or ["no answer"])[-1]
            print(f"{lock}: NOT CHECKED, the advisory service gave no answer ({reason})")
            continue
        found += report(lock, packages)
    return 1 if found else 0


def report(lock: str, packages: list[dict[str, object]]) -> int:
    """Prints what came of one lock; the number of packages with a published fault."""
    unknown = [package for package in packages if "skip_reason" in package]
    faulty = [package for package in packages if package.get("vulns")]
    for package in faulty:
        faults = package["vulns"]
        for fault in faults if isinstance(faults, list) else []:
            fixed = ", ".join(fault.get("fix_versions") or []) or "no fixed version yet"
            print(f"{lock}: {package['name']} {package['version']}: {fault['id']} (fixed in: {fixed})")
    checked = len(packages) - len(unknown)
    print(f"{lock}: {checked} of {len(packages)} packages checked, {len(faulty)} with a published fault")
    if unknown:
        print(f"{lock}: NOT CHECKED: the advisory service reached from here knows nothing of {len(unknown)} packages")
    return len(faulty)


if __name__ == "__main__":
    sys.exit(main())
