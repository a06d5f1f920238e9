"""A QR code as squares on paper."""

import re
from collections.abc import Iterator

import segno

_QUIET = 4
"""Modules of white around a code, without which it is not found."""
_USERNAME = re.compile(r"[A-Za-z0-9._-]{1,64}@[A-Za-z0-9.-]{1,64}", re.ASCII)
_SIGN_IN = "https://teams.microsoft.com/?login_hint="
"""With the hint a sign-in page of Microsoft has the username filled in; one that does not heed it asks for it."""


def sign_in_address(username: str) -> str:
    """Where the account signs in, with its username and nothing else; "" for what is no username."""
    return f"{_SIGN_IN}{username}" if _USERNAME.fullmatch(username) else ""


def squares(text: str, side: float) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, width and height of each dark stretch, in a square of this side, its white edge included."""
    matrix = segno.make_qr(text, error="m").matrix
    module = side / (len(matrix) + 2 * _QUIET)
    for row, dark in enumerate(matrix):
        for run in re.finditer(rb"\x01+", bytes(dark)):
            left, right = run.span()
            yield (left + _QUIET) * module, (row + _QUIET) * module, (right - left) * module, module
