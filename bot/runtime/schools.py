"""Where schools are: the operator's file at start, and `python app.py schools`, which makes it from the register."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from bot.core.people.places import Places
from bot.documents.limits import MOST_ANSWER, MOST_BYTES
from bot.documents.schools_file import SchoolsFileError, read_schools
from bot.runtime.settings import Settings, SettingsError

log = logging.getLogger(__name__)

_ROOT = str(Path(__file__).parents[2])
_START = """
import sys
sys.path.insert(0, sys.argv[1])
from bot.documents.register import main
main(*map(int, sys.argv[2:]))
"""
_PROGRAM = (sys.executable, "-I", "-S", "-c", _START, _ROOT)
_MEMORY, _CPU_SECONDS, _SECONDS = 512 * 1024 * 1024, 60, 120


def places_of(settings: Settings) -> Places:
    """The places of the file, none without one; what follows from it is said in the log. Errors: SettingsError."""
    if not settings.schools_file:
        log.warning(
            "SCHOOLS_FILE is not set, and НЕИСПУО sends the directory no addresses: regional offices see no requests,"
            " and cards name no towns (docs/settings.md says how the file is made)"
        )
        return Places()
    try:
        with Path(settings.schools_file).open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise SchoolsFileError(f"more than {MOST_BYTES} bytes")  # noqa: TRY301 -- told like the others
        places = read_schools(raw)
    except (SchoolsFileError, OSError) as error:
        what = str(error) if isinstance(error, SchoolsFileError) else f"it cannot be read ({type(error).__name__})"
        raise SettingsError(f"The bot cannot start:\n- SCHOOLS_FILE: {what}") from None
    nowhere = sum(not place.region for place in places.values())
    if nowhere:
        log.warning(
            "SCHOOLS_FILE names no region for %d schools: regional offices see none of their requests", nowhere
        )
    log.info("SCHOOLS_FILE tells where %d schools are", len(places))
    return Places(places)


def make_schools(source: Path, out: Path) -> int:
    """Makes the file from the public register; 0 when it is written, 2 when it is not (said on standard error). The
    register is read by a child without environment, within limits of memory and time.
    """
    try:
        with source.open("rb") as register:
            child = subprocess.run(  # noqa: S603 -- our own program
                (*_PROGRAM, str(_MEMORY), str(_CPU_SECONDS)),
                stdin=register,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                timeout=_SECONDS,
                check=False,
            )
        if child.returncode != 0 or len(child.stdout) > MOST_ANSWER:
            return _refused(f"{source.name}: it takes more time or memory than the register does, or is none")
        said = json.loads(child.stdout)
        if "fault" in said:
            return _refused(f"{source.name}: {said['fault']}")
        written = out.with_name(f".{out.name}.{os.getpid()}")
        written.write_bytes(said["file"].encode("utf-8-sig"))
        written.replace(out)
    except subprocess.TimeoutExpired:
        return _refused(f"{source.name}: it takes more time than the register does")
    except OSError as error:
        return _refused(f"{error.filename}: {error.strerror}")
    for remark in said["remarks"]:
        print(f"{source.name}, {remark}", file=sys.stderr)  # noqa: T201 -- read by the operator who started it
    print(f"{out.name}: {said['schools']} schools. Set SCHOOLS_FILE to where the bot will find it.")  # noqa: T201 -- same
    return 0


def _refused(words: str) -> int:
    print(words, file=sys.stderr)  # noqa: T201 -- read by the operator who started it
    return 2
