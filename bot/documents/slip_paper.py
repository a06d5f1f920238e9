"""How a slip is drawn: several of them on a page of A4, with dashed lines to cut along, or one. Lengths are in
millimetres.
"""

import secrets
from functools import partial

from fpdf.enums import AccessPermission, EncryptionMethod

from bot.core.passwords.reading import digits, grouped, syllables
from bot.core.passwords.slips import Slip, SlipSheet
from bot.documents.codes import sign_in_address, squares
from bot.documents.printed import BLACK, GREY, Printed
from bot.documents.slips import SlipForm, SlipWords

_MARGIN = 10.0
_BOTTOM = 297.0 - _MARGIN
_LEFT, _RIGHT = 13.0, 197.0
_COLUMN = 122.0
"""Where the right column begins: how one signs in."""
_STRIP = (_BOTTOM - _MARGIN) / 4 - 62.0
"""So high is the strip that the school keeps, signed by who received the slip."""
_CODE = 27.0
_LARGE_CODE = 42.0


def printed(sheet: SlipSheet, words: SlipWords, form: SlipForm) -> bytes:
    """See `bot.documents.slips.slips_pdf`."""
    paper = _LargePaper(sheet, words, form) if form.page_each else _Paper(sheet, words, form)
    paper.set_encryption(
        owner_password=secrets.token_urlsafe(32),  # known to nobody: it is thrown away
        user_password=sheet.pin,
        encryption_method=EncryptionMethod.AES_256,
        permissions=AccessPermission.PRINT_LOW_RES | AccessPermission.PRINT_HIGH_RES,
        encrypt_metadata=True,
    )
    paper.everything()
    return paper.made()


class _SlipPaper(Printed):
    """What both kinds have: the strip that is signed, and the code."""

    across = _RIGHT - _LEFT
    longest = 300

    def __init__(self, sheet: SlipSheet, words: SlipWords, form: SlipForm) -> None:
        super().__init__()
        self.sheet = sheet
        self.words = words
        self.form = form

    @property
    def heading(self) -> str:
        """Above a slip."""
        return f"{self.words.heading} – {self.sheet.school}" if self.sheet.school else self.words.heading

    def reading(self, slip: Slip) -> str:
        """How the password is read aloud."""
        password = slip.password.reveal()
        return f"{self.words.reading} {'-'.join(syllables(password))}, {' '.join(digits(password))}"

    def times(self, slip: Slip) -> tuple[str, str]:
        """From when and until when it works."""
        words = self.words
        return (
            f"{words.works_from} {words.moment(slip.works_from)}",
            f"{words.expires} {words.moment(slip.expires_at)}",
        )

    def received(self, slip: Slip, top: float) -> None:
        """The strip for the signature; it ends with the slip."""
        words = self.words
        self.cut(_LEFT, _RIGHT, top, gap=3)
        self.put(words.stays, _LEFT, top + 3, size=6.5, grey=GREY)
        at = top + 6.2
        whose = ", ".join(filter(None, (slip.name, slip.class_)))
        self.put(whose, _LEFT, at, width=_COLUMN - _LEFT - 6, size=8, least=6)
        for word, left, right in ((words.received, _COLUMN, 167), (words.date, 169, _RIGHT)):
            self.put(word, left, at, size=8)
            self.line(left + self.get_string_width(word) + 1.5, at + 0.5, right, at + 0.5)

    def cut(self, left: float, right: float, at: float, *, gap: float) -> None:
        """A dashed line."""
        self.set_dash_pattern(dash=3.5 - gap, gap=gap)
        self.line(left, at, right, at)
        self.set_dash_pattern()

    def code(self, slip: Slip, right: float, top: float, side: float) -> bool:
        """The QR code, with its words below. False where none is wanted, or the username would not be one."""
        address = sign_in_address(slip.username) if self.form.code else ""
        if not address:
            return False
        self.set_fill_color(BLACK)
        for x, y, width, height in squares(address, side):
            self.rect(right - side + x, top + y, width, height, style="F")
        size = side / 4.2
        self.put(self.words.code, right - side + 2, top + side + size / 4, width=side - 2, most=2, size=size, least=5)
        return True


class _Paper(_SlipPaper):
    """Slips to be cut out."""

    def everything(self) -> None:
        """All pages."""
        per_page = 3 if self.sheet.sentence else 4
        height = (_BOTTOM - _MARGIN) / per_page
        for number, slip in enumerate(self.sheet.slips):
            place = number % per_page
            if place == 0:
                self.add_page()
            self._slip(slip, _MARGIN + place * height, height)

    def _slip(self, slip: Slip, top: float, height: float) -> None:
        """One slip, its strip for the signature, and the line below it."""
        self.put(self.heading, _LEFT, top + 5, style="B", size=9, least=6, grey=GREY)
        at = top + 11
        class_ = f"{self.words.class_} {slip.class_}" if slip.class_ else ""
        self.put(slip.name, _LEFT, at, width=143, most=2, style="B", size=13, least=8.5)
        self.put(class_, 160, at, width=_RIGHT - 160, most=2, style="B", size=11, least=6)
        coded = self.code(slip, _COLUMN - 4, top + 18, _CODE)
        self._account(slip, top + 21, _COLUMN - _LEFT - 6 - (_CODE if coded else 0))
        self._signing_in(slip, top + 21)
        if self.sheet.sentence:
            self.put(self.sheet.sentence, _LEFT, top + 66, size=8.5, most=4, least=6.5)
        self.received(slip, top + height - _STRIP)
        self.cut(4, 206, top + height, gap=1.5)

    def _account(self, slip: Slip, at: float, width: float) -> None:
        words, password = self.words, slip.password.reveal()
        write = partial(self.put, width=width)
        write(words.username, _LEFT, at, size=7, grey=GREY)
        write(slip.username, _LEFT, at + 5.5, family="Mono", size=12, least=6)
        write(words.password, _LEFT, at + 11, size=7, grey=GREY)
        write(password, _LEFT, at + 18, family="Mono", size=18, least=9)
        write(f"{words.in_parts} {grouped(password)}", _LEFT, at + 24, family="Mono", size=9.5, least=6)
        write(self.reading(slip), _LEFT, at + 29, size=9.5, least=6)
        self.put(words.typing, _LEFT, at + 34, width=_COLUMN - _LEFT - 6, most=2, size=7, least=6)

    def _signing_in(self, slip: Slip, at: float) -> None:
        words = self.words
        write = partial(self.put, width=_RIGHT - _COLUMN)
        at = write(words.signing_in, _COLUMN, at, style="B", size=8.5)
        for number, step in enumerate(words.steps, start=1):
            at = write(f"{number}. {step}", _COLUMN, at, most=3, size=7.5)
        works_from, expires = self.times(slip)
        at = write(works_from, _COLUMN, at + 1, style="B", size=7.5)
        at = write(expires, _COLUMN, at, style="B", size=7.5)
        write(words.keep, _COLUMN, at + 1, most=2, size=7.5, least=6)


class _LargePaper(_SlipPaper):
    """A page for each, in large letters: for the youngest, and for an envelope."""

    def everything(self) -> None:
        """All pages."""
        for slip in self.sheet.slips:
            self.add_page()
            self._slip(slip)

    def _slip(self, slip: Slip) -> None:
        words, password = self.words, slip.password.reveal()
        self.put(self.heading, _LEFT, 18, style="B", size=11, least=7, grey=GREY)
        y = self.put(slip.name, _LEFT, 30, most=2, style="B", size=20, least=12)
        if slip.class_:
            self.put(f"{words.class_} {slip.class_}", _LEFT, y, style="B", size=14, least=8)
        coded = self.code(slip, _RIGHT, 48, _LARGE_CODE)
        write = partial(self.put, width=_RIGHT - _LEFT - (_LARGE_CODE + 4 if coded else 0))
        write(words.username, _LEFT, 58, size=10, grey=GREY)
        write(slip.username, _LEFT, 66, family="Mono", size=18, least=8)
        write(words.password, _LEFT, 77, size=10, grey=GREY)
        write(password, _LEFT, 88, family="Mono", size=26, least=12)
        write(f"{words.in_parts} {grouped(password)}", _LEFT, 98, family="Mono", size=13, least=8)
        self.put(self.reading(slip), _LEFT, 106, size=13, least=8)
        y = self.put(words.typing, _LEFT, 114, size=10.5, most=2, least=8)
        y = self.put(words.signing_in, _LEFT, y + 8, style="B", size=13)
        for number, step in enumerate(words.steps, start=1):
            y = self.put(f"{number}. {step}", _LEFT, y + 1, most=3, size=11.5)
        y += 4
        for told in self.times(slip):
            y = self.put(told, _LEFT, y, style="B", size=11.5)
        y = self.put(words.keep, _LEFT, y + 4, most=3, size=11)
        if self.sheet.sentence:
            self.put(self.sheet.sentence, _LEFT, y + 6, most=5, size=11, least=8)
        self.received(slip, _BOTTOM - _STRIP)
