"""How a протокол is drawn: a table with a line for each, its head repeated on every page. Lengths in millimetres."""

from itertools import pairwise

from bot.core.accounts.read import Protocol, ProtocolLine
from bot.core.handover.model import Recipient
from bot.documents.printed import BOTTOM, GREY, LEFT, RIGHT, TOP, Printed
from bot.documents.protocol import ProtocolWords

_ROW = 9.0
_HEAD = 8.0
_SIGNED_BY = 26.0
"""What stands under the table."""


def printed(protocol: Protocol, words: ProtocolWords) -> bytes:
    """See `bot.documents.protocol.protocol_pdf`."""
    paper = _ProtocolPaper(protocol, words)
    paper.everything()
    return paper.made()


class _ProtocolPaper(Printed):
    def __init__(self, protocol: Protocol, words: ProtocolWords) -> None:
        super().__init__()
        self._protocol = protocol
        self._words = words
        several = len({line.class_ for line in protocol.lines}) > 1
        name = 57.0 if several else 78.0
        widths = (9.0, name, *((21.0,) if several else ()), 36.0, 21.0)
        edges = [LEFT]
        for width in widths:
            edges.append(edges[-1] + width)
        self._edges = (*edges, RIGHT)
        self._several = several

    def everything(self) -> None:
        """All pages."""
        pages = self._pages()
        for number, lines in enumerate(pages, start=1):
            self.add_page()
            y = self._head() if number == 1 else TOP
            self._foot(number, len(pages))
            if not self._protocol.lines:
                self.put(self._words.nobody, LEFT, y + 8, size=11)
            else:
                y = self._table(lines, y)
            if number == len(pages):
                self._signed_by(y)

    def _pages(self) -> list[tuple[ProtocolLine, ...]]:
        """The lines of each page; the last one has room for who handed them over."""
        left = list(self._protocol.lines)
        pages: list[tuple[ProtocolLine, ...]] = []
        top = self._head_height()
        while True:
            room = int((BOTTOM - top - _HEAD) // _ROW)
            last = int((BOTTOM - top - _HEAD - _SIGNED_BY) // _ROW)
            if len(left) <= last:
                return [*pages, tuple(left)]
            # Nobody signs on a page of its own: one line goes along.
            count = min(room, len(left) - 1)
            pages.append(tuple(left[:count]))
            left = left[count:]
            top = TOP

    def _head_height(self) -> float:
        lines = len(self.lines_of(self._words.about, RIGHT - LEFT, 8.5))
        return TOP + 22.0 + lines * 4.0

    def _head(self) -> float:
        words, protocol = self._words, self._protocol
        width = RIGHT - LEFT
        self.put(words.heading, LEFT, TOP + 4, size=14, style="B", least=9)
        self.put(protocol.school.name, LEFT, TOP + 10.5, size=10.5, least=6)
        self.put(f"{words.title} {protocol.title}", LEFT, TOP + 16.5, width=width - 40, size=11, style="B", least=7)
        self.put(words.day(protocol.day), RIGHT - 38, TOP + 16.5, width=38, size=10.5)
        self.put(words.about, LEFT, TOP + 22.5, size=8.5, most=9, grey=GREY)
        return self._head_height()

    def _table(self, lines: tuple[ProtocolLine, ...], top: float) -> float:
        bottom = top + _HEAD + len(lines) * _ROW
        for x in self._edges:
            self.line(x, top, x, bottom)
        self.line(LEFT, top, RIGHT, top)
        words = self._words
        heads = (words.number, words.name, *((words.class_,) if self._several else ()), words.handed_to, words.on)
        for (x, end), head in zip(pairwise(self._edges), (*heads, words.signature), strict=True):
            self.put(head, x + 1.5, top + 5.2, width=end - x - 2.5, size=8.5, style="B", least=5.5)
        y = top + _HEAD
        for line in lines:
            self.line(LEFT, y, RIGHT, y)
            self._line(line, y)
            y += _ROW
        self.line(LEFT, y, RIGHT, y)
        return y

    def _line(self, line: ProtocolLine, y: float) -> None:
        number, name, *rest = self._edges[:-1]
        self.put(str(line.number), number + 1.5, y + 5.8, width=6.5, size=9.5)
        width = rest[0] - name - 3
        wide = len(self.lines_of(line.name, width, 10)) > 1
        self.put(line.name, name + 1.5, y + (3.9 if wide else 5.8), size=9 if wide else 10, most=2, least=7.5)
        if self._several:
            self.put(line.class_, rest[0] + 1.5, y + 5.8, width=18.5, size=9.5, least=6)
        x = rest[1] if self._several else rest[0]
        for recipient in line.recipients:
            self.box(x + 1.5, y + 5.8)
            self.put(self._named(recipient), x + 5.7, y + 5.8, width=12, size=8, least=5.5)
            x += 17

    def _named(self, recipient: Recipient) -> str:
        words = self._words
        return {
            Recipient.STUDENT: words.student,
            Recipient.PARENT: words.parent,
            Recipient.TEACHER: words.teacher,
        }[recipient]

    def _signed_by(self, y: float) -> None:
        y = self.put(self._words.by_exception, LEFT, y + 6, size=8, most=2, grey=GREY)
        self.put(self._words.handed_by, LEFT, y + 8, width=60, size=10)
        self.line(LEFT + 30, y + 8.5, RIGHT - 60, y + 8.5)

    def _foot(self, number: int, of: int) -> None:
        text = f"{self._words.title} {self._protocol.title} · {self._words.page(number, of)}"
        self.put(text, LEFT, 290, size=8, grey=GREY, least=6)
