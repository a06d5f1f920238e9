"""How a slip is drawn: four of them on a page of A4, with dashed lines to cut along. Lengths are in millimetres."""

import secrets
from functools import partial

from fpdf.enums import AccessPermission, EncryptionMethod

from bot.core.passwords.reading import digits, grouped, syllables
from bot.core.passwords.slips import Slip, SlipSheet
from bot.documents.printed import GREY, Printed
from bot.documents.slips import SlipWords

_PER_PAGE = 4
_MARGIN = 10.0
_HEIGHT = (297.0 - 2 * _MARGIN) / _PER_PAGE
_LEFT, _RIGHT = 13.0, 197.0
_COLUMN = 122.0
"""Where the right column begins: how one signs in."""
_SIGNED = 62.0
"""Below a slip's beginning: the strip that the school keeps, signed by who received the slip."""


def printed(sheet: SlipSheet, words: SlipWords) -> bytes:
    """See `bot.documents.slips.slips_pdf`."""
    paper = _Paper()
    paper.set_encryption(
        owner_password=secrets.token_urlsafe(32),  # known to nobody: it is thrown away
        user_password=sheet.pin,
        encryption_method=EncryptionMethod.AES_256,
        permissions=AccessPermission.PRINT_LOW_RES | AccessPermission.PRINT_HIGH_RES,
        encrypt_metadata=True,
    )
    for number, slip in enumerate(sheet.slips):
        place = number % _PER_PAGE
        if place == 0:
            paper.add_page()
        paper.slip(slip, words, sheet.school, _MARGIN + place * _HEIGHT)
    return paper.made()


class _Paper(Printed):
    across = _RIGHT - _LEFT
    longest = 200

    def slip(self, slip: Slip, words: SlipWords, school: str, top: float) -> None:
        """One slip, its strip for the signature, and the line below it."""
        heading = f"{words.heading} – {school}" if school else words.heading
        self.put(heading, _LEFT, top + 5, style="B", size=9, least=6, grey=GREY)
        at = top + 11
        class_ = f"{words.class_} {slip.class_}" if slip.class_ else ""
        self.put(slip.name, _LEFT, at, width=143, most=2, style="B", size=13, least=8.5)
        self.put(class_, 160, at, width=_RIGHT - 160, most=2, style="B", size=11, least=6)
        self._account(slip, words, top + 21)
        self._signing_in(slip, words, top + 21)
        self._received(slip, words, top + _SIGNED)
        self._cut(4, 206, top + _HEIGHT, gap=1.5)

    def _received(self, slip: Slip, words: SlipWords, top: float) -> None:
        self._cut(_LEFT, _RIGHT, top, gap=3)
        self.put(words.stays, _LEFT, top + 3, size=6.5, grey=GREY)
        at = top + 6.2
        whose = ", ".join(filter(None, (slip.name, slip.class_)))
        self.put(whose, _LEFT, at, width=_COLUMN - _LEFT - 6, size=8, least=6)
        for word, left, right in ((words.received, _COLUMN, 167), (words.date, 169, _RIGHT)):
            self.put(word, left, at, size=8)
            self.line(left + self.get_string_width(word) + 1.5, at + 0.5, right, at + 0.5)

    def _cut(self, left: float, right: float, at: float, *, gap: float) -> None:
        self.set_dash_pattern(dash=3.5 - gap, gap=gap)
        self.line(left, at, right, at)
        self.set_dash_pattern()

    def _account(self, slip: Slip, words: SlipWords, at: float) -> None:
        password = slip.password.reveal()
        write = partial(self.put, width=_COLUMN - _LEFT - 6)
        write(words.username, _LEFT, at, size=7, grey=GREY)
        write(slip.username, _LEFT, at + 5.5, family="Mono", size=12, least=6)
        write(words.password, _LEFT, at + 11, size=7, grey=GREY)
        write(password, _LEFT, at + 18, family="Mono", size=18, least=9)
        write(f"{words.in_parts} {grouped(password)}", _LEFT, at + 24, family="Mono", size=9.5, least=6)
        read = f"{words.reading} {'-'.join(syllables(password))}, {' '.join(digits(password))}"
        write(read, _LEFT, at + 29, size=9.5, least=6)
        write(words.typing, _LEFT, at + 34, most=2, size=7, least=6)

    def _signing_in(self, slip: Slip, words: SlipWords, at: float) -> None:
        write = partial(self.put, width=_RIGHT - _COLUMN)
        at = write(words.signing_in, _COLUMN, at, style="B", size=8.5)
        for number, step in enumerate(words.steps, start=1):
            at = write(f"{number}. {step}", _COLUMN, at, most=3, size=7.5)
        at = write(f"{words.works_from} {words.moment(slip.works_from)}", _COLUMN, at + 1, style="B", size=7.5)
        at = write(f"{words.expires} {words.moment(slip.expires_at)}", _COLUMN, at, style="B", size=7.5)
        write(words.keep, _COLUMN, at + 1, most=2, size=7.5, least=6)
