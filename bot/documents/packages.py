"""Packages of files (.zip), unpacked in memory. Hostile until read: what they say of themselves is not believed."""

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable
from bot.documents.limits import MOST_BYTES, MOST_IN_ALL

_MOST_MEMBERS = 64
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def unpacked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files, and in the place of each package what it holds. A package in a package is left closed.

    Errors: RosterUnusable (TOO_LARGE; NOT_TEXT for what is no package, is damaged or wants a password).
    """
    found: dict[str, bytes] = {}
    for name, raw in files.items():
        if name.lower().endswith(".zip"):
            found |= _members(name, raw)
        else:
            found[name] = raw
    return found


def _members(name: str, raw: bytes) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    left = MOST_IN_ALL
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            listed = [one for one in package.infolist() if one.filename.lower().endswith(".csv")]
            if len(listed) > _MOST_MEMBERS:
                raise RosterUnusable(RosterFault(Fault.TOO_LARGE, name))
            for one in listed:
                if one.compress_type not in _METHODS:  # what others may need memory for is not known before
                    raise RosterUnusable(RosterFault(Fault.NOT_TEXT, name))
                with package.open(one) as opened:
                    content = opened.read(min(left, MOST_BYTES) + 1)
                left -= len(content)
                if len(content) > MOST_BYTES or left < 0:
                    raise RosterUnusable(RosterFault(Fault.TOO_LARGE, one.filename[:80]))
                members[one.filename] = content
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise RosterUnusable(RosterFault(Fault.NOT_TEXT, name)) from None
    return members
