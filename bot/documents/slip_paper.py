"""How a slip is drawn: four of them on a page of A4, with dashed lines to cut along. Lengths are in millimetres."""

import logging
import secrets
from functools import partial
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod
from fpdf.fonts import TTFFont
from fpdf.output import OutputProducer

from bot.core.passwords.reading import digits, grouped, syllables
from bot.core.passwords.slips import Slip, SlipSheet
from bot.documents.legible import cut_short, legible, wrapped
from bot.documents.slips import SlipWords

_FONTS = Path(__file__).parent / "fonts"
_PER_PAGE = 4
_MARGIN = 10.0
_HEIGHT = (297.0 - 2 * _MARGIN) / _PER_PAGE
_LEFT, _RIGHT = 13.0, 197.0
_COLUMN = 122.0
"""Where the right column begins: how one signs in."""
_SIGNED = 62.0
"""Below a slip's beginning: the strip that the school keeps, signed by who received the slip."""
_POINT = 25.4 / 72
_LEADING = 1.28
_BLACK, _GREY = 0, 90

_Family = Literal["Sans", "Mono"]
_Style = Literal["", "B"]


def printed(sheet: SlipSheet, words: SlipWords) -> bytes:
    """See `bot.documents.slips.slips_pdf`."""
    for talkative in ("fpdf", "fontTools"):
        # They log which letters are drawn, and at the lowest level what is encrypted.
        logging.getLogger(talkative).setLevel(logging.ERROR)
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
    return bytes(paper.output(output_producer_class=_Anonymous))


class _Anonymous(OutputProducer):
    """Writes a file that does not say what made it, when, or for whom."""

    def _add_info(self) -> None:  # type: ignore[override]  # fpdf writes no /Info where there is none (as for PDF/A)
        return None


class _Paper(FPDF):
    def __init__(self) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.alias_nb_pages(None)  # type: ignore[arg-type]  # documented; else "{nb}" in a name became a number
        self.set_auto_page_break(False)
        self.set_display_mode("default")
        self.add_font("Sans", "", _FONTS / "DejaVuSans-subset.ttf")
        self.add_font("Sans", "B", _FONTS / "DejaVuSans-Bold-subset.ttf")
        self.add_font("Mono", "", _FONTS / "DejaVuSansMono-subset.ttf")
        drawable = (frozenset(font.cmap) for font in self.fonts.values() if isinstance(font, TTFFont))
        self._drawable = frozenset.intersection(*drawable)

    def file_id(self) -> str:
        """At random: fpdf's own would be a sum over the time of making."""
        number = secrets.token_hex(16).upper()
        return f"<{number}><{number}>"

    def slip(self, slip: Slip, words: SlipWords, school: str, top: float) -> None:
        """One slip, its strip for the signature, and the line below it."""
        heading = f"{words.heading} – {school}" if school else words.heading
        self._write(heading, _LEFT, top + 5, style="B", size=9, least=6, grey=_GREY)
        at = top + 11
        class_ = f"{words.class_} {slip.class_}" if slip.class_ else ""
        self._write(slip.name, _LEFT, at, width=143, most=2, style="B", size=13, least=8.5)
        self._write(class_, 160, at, width=_RIGHT - 160, most=2, style="B", size=11, least=6)
        self._account(slip, words, top + 21)
        self._signing_in(slip, words, top + 21)
        self._received(slip, words, top + _SIGNED)
        self._cut(4, 206, top + _HEIGHT, gap=1.5)

    def _received(self, slip: Slip, words: SlipWords, top: float) -> None:
        self._cut(_LEFT, _RIGHT, top, gap=3)
        self._write(words.stays, _LEFT, top + 3, size=6.5, grey=_GREY)
        at = top + 6.2
        whose = ", ".join(filter(None, (slip.name, slip.class_)))
        self._write(whose, _LEFT, at, width=_COLUMN - _LEFT - 6, size=8, least=6)
        for word, left, right in ((words.received, _COLUMN, 167), (words.date, 169, _RIGHT)):
            self._write(word, left, at, size=8)
            self.line(left + self.get_string_width(word) + 1.5, at + 0.5, right, at + 0.5)

    def _cut(self, left: float, right: float, at: float, *, gap: float) -> None:
        self.set_line_width(0.2)
        self.set_draw_color(_GREY)
        self.set_dash_pattern(dash=3.5 - gap, gap=gap)
        self.line(left, at, right, at)
        self.set_dash_pattern()

    def _account(self, slip: Slip, words: SlipWords, at: float) -> None:
        password = slip.password.reveal()
        write = partial(self._write, width=_COLUMN - _LEFT - 6)
        write(words.username, _LEFT, at, size=7, grey=_GREY)
        write(slip.username, _LEFT, at + 5.5, family="Mono", size=12, least=6)
        write(words.password, _LEFT, at + 11, size=7, grey=_GREY)
        write(password, _LEFT, at + 18, family="Mono", size=18, least=9)
        write(f"{words.in_parts} {grouped(password)}", _LEFT, at + 24, family="Mono", size=9.5, least=6)
        read = f"{words.reading} {'-'.join(syllables(password))}, {' '.join(digits(password))}"
        write(read, _LEFT, at + 29, size=9.5, least=6)
        write(words.typing, _LEFT, at + 34, most=2, size=7, least=6)

    def _signing_in(self, slip: Slip, words: SlipWords, at: float) -> None:
        write = partial(self._write, width=_RIGHT - _COLUMN)
        at = write(words.signing_in, _COLUMN, at, style="B", size=8.5)
        for number, step in enumerate(words.steps, start=1):
            at = write(f"{number}. {step}", _COLUMN, at, most=3, size=7.5)
        at = write(f"{words.works_from} {words.moment(slip.works_from)}", _COLUMN, at + 1, style="B", size=7.5)
        at = write(f"{words.expires} {words.moment(slip.expires_at)}", _COLUMN, at, style="B", size=7.5)
        write(words.keep, _COLUMN, at + 1, most=2, size=7.5, least=6)

    def _write(
        self,
        text: str,
        x: float,
        y: float,
        *,
        width: float = _RIGHT - _LEFT,
        most: int = 1,
        family: _Family = "Sans",
        style: _Style = "",
        size: float,
        least: float | None = None,
        grey: int = _BLACK,
    ) -> float:
        """Writes from the baseline `y` on at most so many lines, smaller (to `least` points) where it does not fit,
        and cut short where even that does not. Returns the baseline below.
        """
        text = legible(text, self._drawable)
        lines: tuple[str, ...] = ()
        while True:
            self.set_font(family, style, size)
            lines = wrapped(text, width, self.get_string_width)
            if len(lines) <= most or size <= (least or size):
                break
            size -= 0.5
        self.set_text_color(grey)
        for line in cut_short(lines, most, width, self.get_string_width):
            self.text(x, y, line)
            y += size * _POINT * _LEADING
        return y
