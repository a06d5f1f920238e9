"""The протокол за предаване as a PDF: who is handed an account, to be signed on paper. It holds no password and no
username, so it needs no PIN; who prints it again prints the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.core.accounts.read import Protocol


@dataclass(frozen=True, slots=True)
class ProtocolWords:
    """The words: this room knows no texts, whoever asks for paper brings them."""

    heading: str
    about: str
    nobody: str
    number: str
    name: str
    class_: str
    title: str
    """Before the title: a class or a group."""
    handed_to: str
    student: str
    parent: str
    teacher: str
    by_exception: str
    """Under the table: to whom else the law lets an account be handed."""
    on: str
    """Above the column for the day."""
    signature: str
    handed_by: str
    day: Callable[[date], str]
    page: Callable[[int, int], str]


def protocol_pdf(protocol: Protocol, words: ProtocolWords) -> bytes:
    """The file. Takes tenths of a second (and a second more the first time): not for an event loop."""
    from bot.documents.protocol_paper import printed  # noqa: PLC0415 -- fpdf costs most of a second and 30 MB to import

    return printed(protocol, words)
