"""What every sheet of paper has in common: A4, our fonts, text that fits, a file that tells nothing of
its making. Lengths are in millimetres.
"""

import logging
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.output import OutputProducer

from bot.documents.legible import cut_short, legible, wrapped

_FONTS = Path(__file__).parent / "fonts"
_POINT = 25.4 / 72
LEADING = 1.28
BLACK, GREY = 0, 90
LEFT, RIGHT, TOP, BOTTOM = 15.0, 195.0, 15.0, 282.0

Style = Literal["", "B"]
Family = Literal["Sans", "Mono"]


class _Untraced(OutputProducer):
    """Writes a file that does not say what made it, when, or for whom."""

    def _add_info(self) -> None:  # type: ignore[override]  # fpdf writes no /Info where there is none (as for PDF/A)
        return None


@dataclass(frozen=True, slots=True, repr=False)
class _Wish:
    """A text and where it is to fit."""

    text: str
    width: float
    most: int
    family: Family
    style: Style
    size: float
    least: float


class Printed(FPDF):
    """Pages that are written on from given baselines. `across`: how wide a line is unless said otherwise; `longest`:
    characters of a text.
    """

    across = RIGHT - LEFT
    longest = 1_000

    def __init__(self) -> None:
        for talkative in ("fpdf", "fontTools"):
            # They log which letters are drawn, and at the lowest level what is encrypted.
            logging.getLogger(talkative).setLevel(logging.ERROR)
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.alias_nb_pages(None)  # type: ignore[arg-type]  # documented; else "{nb}" in a name became a number
        self.set_auto_page_break(False)
        self.set_display_mode("default")
        self.add_font("Sans", "", _FONTS / "DejaVuSans-subset.ttf")
        self.add_font("Sans", "B", _FONTS / "DejaVuSans-Bold-subset.ttf")
        self.add_font("Mono", "", _FONTS / "DejaVuSansMono-subset.ttf")
        drawable = (frozenset(font.cmap) for font in self.fonts.values() if isinstance(font, TTFFont))
        self._drawable = frozenset.intersection(*drawable)
        self.measuring = False
        """Whether what is written is only measured."""
        self._fitted: dict[_Wish, tuple[float, tuple[str, ...]]] = {}
        """Most of a page stands on every page, and breaking it into lines is most of the work."""
        self.set_line_width(0.2)
        self.set_draw_color(GREY)

    def file_id(self) -> str:
        """At random: fpdf's own would be a sum over the time of making."""
        number = secrets.token_hex(16).upper()
        return f"<{number}><{number}>"

    def made(self) -> bytes:
        """The file."""
        return bytes(self.output(output_producer_class=_Untraced))

    def lines_of(self, text: str, width: float, size: float, *, style: Style = "") -> tuple[str, ...]:
        """The lines the text takes."""
        self.set_font("Sans", style, size)
        return wrapped(legible(text, self._drawable, longest=self.longest), width, self.get_string_width)

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float,
        width: float | None = None,
        most: int = 1,
        family: Family = "Sans",
        style: Style = "",
        least: float | None = None,
        grey: int = BLACK,
    ) -> float:
        """Writes from the baseline `y` on at most so many lines, smaller (to `least` points) where it does not fit,
        and cut short where even that does not. Returns the baseline below.
        """
        width = self.across if width is None else width
        wish = _Wish(text, width, most, family, style, size, least or size)
        if wish not in self._fitted:
            self._fitted[wish] = self._fitting(wish)
        size, lines = self._fitted[wish]
        self.set_font(family, style, size)
        self.set_text_color(grey)
        for line in lines:
            if not self.measuring:
                self.text(x, y, line)
            y += size * _POINT * LEADING
        return y

    def _fitting(self, wish: _Wish) -> tuple[float, tuple[str, ...]]:
        """In which size, and in which lines."""
        text, size = legible(wish.text, self._drawable, longest=self.longest), wish.size
        while True:
            self.set_font(wish.family, wish.style, size)
            lines = wrapped(text, wish.width, self.get_string_width)
            if len(lines) <= wish.most or size <= wish.least:
                return size, cut_short(lines, wish.most, wish.width, self.get_string_width)
            size -= 0.5

    def box(self, x: float, y: float, size: float = 3.2) -> None:
        """A square to be ticked, on the baseline `y`."""
        self.rect(x, y - size + 0.4, size, size)
