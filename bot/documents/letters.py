"""Bytes as text: in which alphabet a school's program has written its list."""

from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable

_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 400
"""Bytes that are looked at for UTF-16 without a mark (what spreadsheets call "text")."""

_ENOUGH = 8
"""Noughts: the shortest head has as many letters."""

_LETTERS = range(0xC0, 0x100)
"""Where Windows-1251 has the letters of Bulgarian."""

DAMAGED = "\N{REPLACEMENT CHARACTER}"


def text_of(name: str, raw: bytes) -> str:
    """UTF-8 or UTF-16 with or without a mark, else Windows-1251 (what Excel saves as CSV on a Bulgarian computer).

    Single bytes that are no UTF-8 become `DAMAGED`. Errors: RosterUnusable (NOT_TEXT).
    """
    try:
        if raw.startswith(_MARKS):
            return raw.decode("utf-16")
        if (encoding := _utf_16(raw)) is not None:
            return raw.decode(encoding)
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            return _damaged(raw) or _cyrillic(raw)
    except UnicodeDecodeError:
        raise RosterUnusable(RosterFault(Fault.NOT_TEXT, name)) from None


def _utf_16(raw: bytes) -> str | None:
    """The heads of columns are Latin: every other byte is nought."""
    head = raw[:_HEAD]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < _ENOUGH or (even and odd):
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _damaged(raw: bytes) -> str | None:
    """UTF-8 in which a few characters were cut; None for what is rather something else."""
    read = raw.decode("utf-8-sig", "replace")
    wrong = read.count(DAMAGED)
    right = sum(1 for byte in raw if byte >= 0xC0) - wrong  # each longer character begins with such a byte
    return read if right > 2 * wrong else None


def _cyrillic(raw: bytes) -> str:
    """Errors: UnicodeDecodeError, also for bytes that are not mostly letters there."""
    above = [byte for byte in raw if byte >= 0x80]
    if 2 * sum(byte in _LETTERS for byte in above) < len(above):
        raise UnicodeDecodeError("cp1251", b"", 0, 0, "not mostly letters")
    return raw.decode("cp1251")
