"""A long list on a card: a page of it, the ways to the next and the previous one, and which it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.texts.catalog import Translate
from cards.actions import Button, Press

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Page(Generic[One]):
    """Some of a list. `number` and `last` count from 0."""

    some: Sequence[One]
    number: int
    last: int

    @classmethod
    def of(cls, every: Sequence[One], size: int, number: int) -> "Page[One]":
        """The page of this number; the last one where there are fewer now."""
        last = max(0, -(-len(every) // size) - 1)
        number = min(number, last)
        return cls(every[number * size : (number + 1) * size], number, last)

    def ways(
        self, t: Translate, press: Callable[[int], Press], following: str = "", previous: str = ""
    ) -> tuple[Button, ...]:
        """To the next and to the previous page. `press`: to the page of a number; `following`, `previous`: titles."""
        ways = []
        if self.number < self.last:
            ways.append(Button(following or t("page-next"), press(self.number + 1)))
        if self.number > 0:
            ways.append(Button(previous or t("page-previous"), press(self.number - 1)))
        return tuple(ways)

    def note(self, t: Translate) -> str:
        """Which page of how many; "" of a single one."""
        return t("page-of", page=self.number + 1, pages=self.last + 1) if self.last else ""
