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
    paper = _ParentPaper(school, sentence, words)
    scale = paper.scale(children)
    for child in children:
        paper.sheet(child, scale)
    if not children:
        paper.add_page()
    return paper.made()


class _ParentPaper(Printed):
    def __init__(self, school: str, sentence: str, words: Sequence[ParentWords]) -> None:
        super().__init__()
        self._school = school
        self._sentence = sentence
        self._first, *self._further = words

    def scale(self, children: Sequence[Child]) -> float:
        """How large the further languages are on every page: as there is room for where the longest name stands."""
        self.measuring = True
        below = self._first_language(max((self._name(child) for child in children), default=TOP))
        found = next((each for each in _SMALL if self._others(below, each) <= _LAST), _SMALL[-1])
        self.measuring = False
        return found

    def sheet(self, child: Child, scale: float) -> None:
        """One page."""
        self.add_page()
        width, first = RIGHT - LEFT, self._first
        y = self._name(child)
        if child.class_:
            self.put(f"{first.class_} {child.class_}", RIGHT - 42, TOP + 19.5, width=42, size=11, style="B", least=7)
        self.rect(LEFT, y - 2, width, 13)
        self.put(first.username, LEFT + 3, y + 2.5, width=width - 6, size=8, grey=GREY)
        self.put(child.username, LEFT + 3, y + 8.6, width=width - 6, size=14, family="Mono", least=8)
        self._others(self._first_language(y), scale)

    def _name(self, child: Child) -> float:
        y = self.put(self._first.heading, LEFT, TOP + 4, size=15, style="B", least=10)
        y = self.put(self._school, LEFT, y + 0.5, size=9.5, least=6, grey=GREY)
        return self.put(child.name, LEFT, y + 4, width=RIGHT - LEFT - 45, size=14, most=2, style="B", least=9)

    def _first_language(self, y: float) -> float:
        """Below the name that ends at `y`."""
        y = self._told(self._first, y + 17, _LARGE)
        return self.put(self._sentence, LEFT, y + 2, size=9.5, most=4, style="B") if self._sentence else y

    def _others(self, y: float, scale: float) -> float:
        for language in self._further:
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
