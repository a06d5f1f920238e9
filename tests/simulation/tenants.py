"""The whole product against pretend tenants of every dialect: each profile, and every part every other way."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from simulator.graph.dialect import DOCUMENTED, PARTS, dialect

USUAL = dialect()
"""What every test meets, before its pace."""

GIVEN = {
    "role_for_passwords": ("--writer-role", "Password Administrator"),
    "role_for_enabling": ("--writer-role", "User Administrator"),
}
"""What an administrator of a tenant with this part gives the writer, once the doctor or the log has asked for it. What
is refused before that is a test of its own (`tests/integration/test_rights_of_the_writer.py`).
"""

LEAST = {"expanded_items": 20, "page_most": 50}
"""What Microsoft's texts promise at least: of a relation that is cut shorter nobody could know that it was. The members
of a class are taken to be on one page.
"""

_TOGETHER = 6
"""Tenants; with as many no part is in one twice, and no role is given that would do for another."""

ROOT = Path(__file__).parents[2]
WHOLE = (
    *sorted(str(file.relative_to(ROOT)) for file in (ROOT / "tests" / "integration").glob("test_whole_*.py")),
    "tests/integration/test_moves_in_graph.py",
    "tests/integration/test_links_in_graph.py",
)


def each() -> Iterator[tuple[str, ...]]:
    """The options of the simulator, one tenant after the other: the profiles, then six tenants that have every part
    every other way between them, a few at once. What fails there is found with the tenants of `alone`. The forms of
    an error come by the dice in each of them, and always the same in `alone`.
    """
    yield ()
    yield ("--profile", "kind")
    others = [options for options in alone() if options[0] != "--error-forms" or options[1] == DOCUMENTED]
    for place in range(_TOGETHER):
        yield tuple(option for options in others[place::_TOGETHER] for option in options)


def alone() -> Iterator[tuple[str, ...]]:
    """Tenants that differ from the usual one in a single part."""
    for name, part in PARTS.items():
        for value in _others(name, part.default, part.metadata["choices"]):
            yield (*_written(name, value), *GIVEN.get(name, ()))
    schools = range(2990001, 2990001 + 6)
    units = (part for code in schools for part in ("--writer-role", f"Password Administrator@{code}"))
    yield ("--role-for-passwords", *units)


def _others(name: str, kind: Any, choices: Sequence[str]) -> Iterator[Any]:
    usual = getattr(USUAL, name)
    if isinstance(kind, bool):
        yield not usual
    elif choices:
        yield from (choice for choice in choices if choice != usual)
    elif isinstance(kind, int):
        least = LEAST.get(name, 0)
        yield from (value for value in {least, 1, kind} if value != usual and value >= least)
    else:
        yield kind


def _written(name: str, value: Any) -> tuple[str, ...]:
    option = name.replace("_", "-")
    if isinstance(value, bool):
        return (f"--{option}" if value else f"--no-{option}",)
    return (f"--{option}", str(value))


def meets(options: Sequence[str]) -> bool:
    """Runs the tests of the whole product against such a tenant, two files at a time; whether all went well. Their
    words are printed.
    """
    print("== the pretend tenant:", named(options), flush=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--no-header",
        "--tb=line",
        "-n",
        "2",
        "--dist",
        "loadfile",
        "-m",
        "",  # also those of `make test-long`
        *WHOLE,
    ]
    variables = os.environ | {"SIMULATOR_OPTIONS": shlex.join(options)}
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode == 0


def named(options: Sequence[str]) -> str:
    """For people."""
    return shlex.join(options) or "as in every test"
