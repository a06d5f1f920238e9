"""Printed slips as an encrypted PDF: one piece of paper per person, to be cut out and handed over."""

from bot.core.passwords.slips import SlipSheet
from bot.documents.words import SlipWords

__all__ = ["SlipWords", "slips_pdf"]


def slips_pdf(sheet: SlipSheet, words: SlipWords) -> bytes:
    """The file: A4, AES-256 with the sheet's PIN, to be printed only, without metadata, links or scripts. Made in
    memory and kept nowhere. Takes tenths of a second (and a second more the first time): not for an event loop.
    """
    from bot.documents.slip_paper import printed  # noqa: PLC0415 -- fpdf costs most of a second and 30 MB to import

    return printed(sheet, words)
