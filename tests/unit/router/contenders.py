"""`python -m tests.unit.router.contenders`: the bot's router beside two that are learnt from the listed utterances (ADR 0062).

What is learnt from are the lists of `tests/unit/router` that were not held out; what is measured are those that were, and
what an utterance costs. The contenders' answers pass the bot's vetoes, as its own do.
"""

import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from rapidfuzz import fuzz, process

from bot.dialogs import DIALOGS
from bot.router import Router
from bot.router.folding import readings
from bot.router.lexicon import Hit
from bot.router.meaning import ENOUGH, dialog_meant
from bot.router.recognised import Recognised
from bot.router.shapes import is_markup, shape_of, words_of
from bot.texts.catalog import Catalog
from tests.unit.router.utterances import COMMANDS, HELD_OUT, TUNED_ON, Lines, Route, none_opened, read, understood

_ALIKE = 60.0
"""Below this likeness (of 100) no listed utterance is near: the figure that understood most on the lists learnt from."""
_NEAREST = 5
_EPOCHS = 10
_SEED = 1729
_LONGEST_PIECE = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """How well one router understands what was held out, and what an utterance costs it."""

    name: str
    right: float
    opened: float
    microseconds: float


def main() -> None:
    """Prints a line for each contender."""
    router = Router(Catalog.load(), DIALOGS)
    learnt = [(line, command) for lines in map(read, TUNED_ON) for line, command in labelled(lines)]
    held_out = [read(name) for name in HELD_OUT]
    contenders: Mapping[str, Route] = {
        "this bot": lambda text: router.hear(text).name,
        "rapidfuzz token_sort_ratio": vetoed(router, nearest(learnt, fuzz.token_sort_ratio)),
        "rapidfuzz token_set_ratio": vetoed(router, nearest(learnt, fuzz.token_set_ratio)),
        "letters, averaged perceptron": vetoed(router, linear(learnt)),
    }
    found = [measured(name, route, held_out) for name, route in contenders.items()]
    print(f"{'':30}{'right':>8}{'opened':>8}{'µs':>8}{'× this bot':>12}")
    for one in found:
        ratio = one.microseconds / found[0].microseconds
        print(f"{one.name:30}{one.right:8.1%}{one.opened:8.1%}{one.microseconds:8.0f}{ratio:12.2f}")


def measured(name: str, route: Route, sets: Sequence[Lines]) -> Figures:
    """Errors: none; whatever a router answers is counted."""
    lines = [line for one in sets for of_meaning in one.values() for line in of_meaning]
    before = time.process_time()
    for line in lines:
        route(line)
    each = (time.process_time() - before) / len(lines) * 1e6
    right, asked = (sum(figures) for figures in zip(*(understood(route, one) for one in sets), strict=True))
    opened, nonsense = (sum(figures) for figures in zip(*(none_opened(route, one) for one in sets), strict=True))
    return Figures(name, right / asked, opened / nonsense, each)


def labelled(lines: Lines) -> Iterator[tuple[str, str | None]]:
    """Each utterance with the name of the dialog it is meant for."""
    for meaning, said in lines.items():
        yield from ((line, COMMANDS.get(meaning)) for line in said)


def vetoed(router: Router, route: Route) -> Route:
    """The same router, behind the vetoes of the bot's."""
    said_anyway = {
        name: Recognised(rules={"": ENOUGH}, personal=one.personal, forbidden=one.forbidden)
        for name, one in router._recognised.items()
    }

    def answer(text: str) -> str | None:
        name, words = route(text), words_of(text)
        if not name or is_markup(text):
            return None
        hits = router._lexicon.find(words)
        hits += [Hit(shape, at) for at, word in enumerate(words) if (shape := shape_of(word))]
        return dialog_meant(hits, {name: said_anyway[name]})[0]

    return answer


def _folded(text: str) -> list[str]:
    return [readings(word)[0] for word in words_of(text)]


def nearest(learnt: Sequence[tuple[str, str | None]], likeness: Any) -> Route:
    """What the nearest listed utterances mean, each speaking with its likeness."""
    listed = [" ".join(_folded(line)) for line, _ in learnt]

    def route(text: str) -> str | None:
        near = process.extract(" ".join(_folded(text)), listed, scorer=likeness, limit=_NEAREST)
        votes: dict[str | None, float] = {None: 0.0}
        for _, alike, at in near:
            if alike >= _ALIKE:
                votes[learnt[at][1]] = votes.get(learnt[at][1], 0.0) + (alike / 100) ** 8
        return max(votes, key=votes.__getitem__)

    return route


def _pieces(text: str) -> list[str]:
    """The runs of two to four letters of each word, its bounds counted as letters, and each two words by their beginnings."""
    words = _folded(text)
    found = {
        f"^{word}$"[at : at + size]
        for word in words
        for size in range(2, _LONGEST_PIECE + 1)
        for at in range(len(word) + 3 - size)
    }
    return sorted(found | {f"{one[:5]} {two[:5]}" for one, two in pairwise(words)})


def linear(learnt: Sequence[tuple[str, str | None]]) -> Route:
    """An averaged perceptron: additions only, so that training gives the same weights on every machine."""
    meanings = [None, *COMMANDS.values()]
    weights: dict[str, list[float]] = {}
    sums: dict[str, list[float]] = {}
    steps = 0

    def score(pieces: Iterable[str], table: Mapping[str, Sequence[float]]) -> int:
        rows = [table[piece] for piece in pieces if piece in table]
        totals = [sum(column) for column in zip(*rows, strict=True)] or [1.0]
        return totals.index(max(totals))

    examples = [(_pieces(line), meanings.index(command)) for line, command in learnt]
    order = random.Random(_SEED)
    for _ in range(_EPOCHS):
        order.shuffle(examples)
        for pieces, meant in examples:
            steps += 1
            heard = score(pieces, weights)
            if heard == meant:
                continue
            for piece in pieces:
                row = weights.setdefault(piece, [0.0] * len(meanings))
                total = sums.setdefault(piece, [0.0] * len(meanings))
                for which, change in ((meant, 1.0), (heard, -1.0)):
                    row[which] += change / len(pieces) ** 0.5
                    total[which] += steps * change / len(pieces) ** 0.5
    averaged = {
        piece: [weight - total / steps for weight, total in zip(row, sums[piece], strict=True)]
        for piece, row in weights.items()
    }
    return lambda text: meanings[score(_pieces(text), averaged)]


if __name__ == "__main__":
    main()
