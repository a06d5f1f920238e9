"""Packages of files (.zip), unpacked in memory. Hostile until read: what they say of themselves is not believed."""

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable
from bot.documents.limits import MOST_BYTES, MOST_IN_ALL, MOST_PARTS

LEFT_BESIDE = ("~$", "._")
"""What the names of those begin with that Excel and macOS leave beside a file."""
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What others may need memory for is not known before."""
_IN_UTF_8 = 0x800


def unpacked(files: Mapping[str, bytes], endings: tuple[str, ...] = (".csv",)) -> dict[str, bytes]:
    """The files, and after them what each package holds with these endings: under its path in the package, and where
    another has that path already, in a folder called like the package. A package in a package is left closed.

    Errors: RosterUnusable (TOO_LARGE, TOO_MANY; NOT_TEXT for what is no package, is damaged or wants a password).
    """
    found = {name: raw for name, raw in files.items() if not name.lower().endswith(".zip")}
    for name, raw in files.items():
        if name.lower().endswith(".zip"):
            for path, content in _members(name, raw, endings):
                free = path
                while free in found:
                    free = f"{name}/{free}"
                found[free] = content
    return found


def _members(name: str, raw: bytes, endings: tuple[str, ...]) -> list[tuple[str, bytes]]:
    """In the order of their paths."""
    members: list[tuple[str, bytes]] = []
    left = MOST_IN_ALL
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            listed = [one for one in package.infolist() if _is_listed(one.filename, endings)]
            if len(listed) > MOST_PARTS:
                raise RosterUnusable(RosterFault(Fault.TOO_MANY, name))
            for one in listed:
                if one.compress_type not in METHODS:
                    raise RosterUnusable(RosterFault(Fault.NOT_TEXT, name))
                with package.open(one) as opened:
                    content = opened.read(min(left, MOST_BYTES) + 1)
                left -= len(content)
                if len(content) > MOST_BYTES or left < 0:
                    raise RosterUnusable(RosterFault(Fault.TOO_LARGE, one.filename[:80]))
                members.append((_name(one), content))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise RosterUnusable(RosterFault(Fault.NOT_TEXT, name)) from None
    return sorted(members)


def _is_listed(path: str, endings: tuple[str, ...]) -> bool:
    return path.lower().endswith(endings) and not path.rpartition("/")[2].startswith(LEFT_BESIDE)


def _name(one: zipfile.ZipInfo) -> str:
    """Windows writes names in the alphabet of its console, which is Cyrillic where the school is."""
    if one.flag_bits & _IN_UTF_8:
        return one.filename
    return one.filename.encode("cp437", "replace").decode("cp866", "replace")
