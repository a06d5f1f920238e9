"""Printed slips as an encrypted PDF: one piece of paper per person, to be cut out and handed over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.passwords.slips import SlipSheet


@dataclass(frozen=True, slots=True)
class SlipForm:
    """How the slips are wanted. `page_each`: a page for each and nothing to cut. `code`: with a QR code of the
    sign-in address and the username; the password is in none.
    """

    page_each: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class SlipWords:
    """The words of a slip: this room knows no texts, whoever asks for paper brings them. `steps` tell in order how
    one signs in for the first time; `stays`, `received` and `date` stand on the strip that is signed and kept by the
    school; `code` stands below a QR code; `moment` writes a day and an hour.
    """

    heading: str
    class_: str
    username: str
    password: str
    in_parts: str
    reading: str
    typing: str
    signing_in: str
    steps: tuple[str, ...]
    works_from: str
    expires: str
    keep: str
    stays: str
    received: str
    date: str
    code: str
    moment: Callable[[datetime], str]


USUAL = SlipForm()
"""Four on a page, to be cut out (three where the school's own sentence is on them), without a code."""


def slips_pdf(sheet: SlipSheet, words: SlipWords, form: SlipForm = USUAL) -> bytes:
    """The file: A4, AES-256 with the sheet's PIN, to be printed only, without metadata, links or scripts. Made in
    memory and kept nowhere. Takes tenths of a second (and a second more the first time): not for an event loop.
    """
    from bot.documents.slip_paper import printed  # noqa: PLC0415 -- fpdf costs most of a second and 30 MB to import

    return printed(sheet, words, form)
