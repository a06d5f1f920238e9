"""How a parent's sheet is drawn: one page a child, the first language on top, the others below it in small."""

from collections.abc import Sequence

from bot.documents.parent_sheet import Child, ParentWords
from bot.documents.printed import GREY, LEFT, RIGHT, TOP, Printed

_LARGE, _SMALL = 1.0, (0.74, 0.7, 0.66, 0.62, 0.58)
"""The second language is as large as there is room for it."""
_LAST = 289.0
"""The last baseline that a printer still prints."""


def printed(children: Sequence[Child], school: str, sentence: str, words: Sequence[ParentWords]) -> bytes:
    """See `bot.documents.parent_sheet.parent_sheets_pdf`."""
    paper = _ParentPaper()
    for child in children:
        paper.sheet(child, school, sentence, words)
    if not children:
        paper.add_page()
    return paper.made()


class _ParentPaper(Printed):
    def sheet(self, child: Child, school: str, sentence: str, words: Sequence[ParentWords]) -> None:
        """One page."""
        self.add_page()
        width = RIGHT - LEFT
        first, *others = words
        y = self.put(first.heading, LEFT, TOP + 4, size=15, style="B", least=10)
        y = self.put(school, LEFT, y + 0.5, size=9.5, least=6, grey=GREY)
        y = self.put(child.name, LEFT, y + 4, width=width - 45, size=14, most=2, style="B", least=9)
        if child.class_:
            self.put(f"{first.class_} {child.class_}", RIGHT - 42, TOP + 19.5, width=42, size=11, style="B", least=7)
        self.rect(LEFT, y - 2, width, 13)
        self.put(first.username, LEFT + 3, y + 2.5, width=width - 6, size=8, grey=GREY)
        self.put(child.username, LEFT + 3, y + 8.6, width=width - 6, size=14, family="Mono", least=8)
        y = self._told(first, y + 17, _LARGE)
        if sentence:
            y = self.put(sentence, LEFT, y + 2, size=9.5, most=4, style="B")
        self.measuring = True
        scale = next((each for each in _SMALL if self._others(others, y, each) <= _LAST), _SMALL[-1])
        self.measuring = False
        self._others(others, y, scale)

    def _others(self, others: Sequence[ParentWords], y: float, scale: float) -> float:
        for language in others:
            if not self.measuring:
                self.line(LEFT, y + 0.5, RIGHT, y + 0.5)
            y = self.put(language.heading, LEFT, y + 6, size=14 * scale, style="B")
            y = self._told(language, y + 0.5, scale)
        return y

    def _told(self, words: ParentWords, y: float, scale: float) -> float:
        size = 10 * scale
        y = self.put(words.about, LEFT, y, size=size, most=4)
        y = self.put(words.steps_heading, LEFT, y + 2 * scale, size=11 * scale, style="B")
        for number, step in enumerate(words.steps, start=1):
            y = self.put(f"{number}. {step}", LEFT, y + 0.6 * scale, size=size, most=4)
        y = self.put(words.troubles_heading, LEFT, y + 2 * scale, size=11 * scale, style="B")
        for trouble, help_ in words.troubles:
            y = self.put(f"{trouble} – {help_}", LEFT, y + 0.6 * scale, size=size, most=4)
        return self.put(words.keep, LEFT, y + 1.5 * scale, size=size, most=3, style="B")
