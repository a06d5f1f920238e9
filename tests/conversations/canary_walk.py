"""Somebody who presses every button of every card, and types what they should not into everything that takes text.

The walk knows nothing of services: it follows the buttons of the cards it is given, fills their inputs and goes on
with the cards that come back. What is followed is bounded by how often the same kind of press was made before.
"""

import itertools
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.conversations.bot import nodes
from tests.shapes import CANARIES, SHAPES, digits_of

Card = Mapping[str, Any]
Press = Callable[[str, Mapping[str, Any], Mapping[str, str]], Awaitable[Card | str | None]]
"""(who, the button, inputs) → the card that comes back, or the line of text in its place."""

_SAME = ("act", "choice", "group", "language", "platform", "settled", "what")
"""Of what a button carries, what makes it another kind of press."""


@dataclass
class Walk:
    """`typed` are the inputs into which a canary went, `cards` all cards that came back, `echoed` the answers beside
    the canaries of their own press. `honest` gives words to an input (of a name, or of a verb and a name) when nothing
    dishonest is typed into it; also the days, for which day it is only the test knows.
    """

    press: Press
    honest: Mapping[str, Iterator[str]]
    most_alike: int = 4
    looks: bool = True
    """Whether each answer is looked through for canaries."""
    more_of: Mapping[str, int] = field(default_factory=dict)
    """How often a press of a verb is repeated that leads to ever other things."""
    cards: list[Card] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)
    leaks: list[tuple[str, str, str]] = field(default_factory=list)
    presses: int = 0
    lines: list[tuple[str, str]] = field(default_factory=list)
    """Answers without a card: the verb, and what was said."""
    _turn: Iterator[int] = field(default_factory=itertools.count)
    _alike: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    _canaries: Iterator[str] = field(
        default_factory=lambda: itertools.cycle(SHAPES[shape](one) for shape in SHAPES for one in CANARIES)
    )

    def again(self) -> None:
        """Everything may be pressed anew: the world is another."""
        self._alike.clear()

    async def from_(self, who: str, cards: Iterable[Card | None]) -> None:
        """Goes on from these cards until every kind of press was made often enough."""
        waiting = deque(card for card in cards if card is not None)
        self.cards += waiting
        while waiting:
            card = waiting.popleft()
            buttons = _buttons(card)
            for filled, inputs in self._fillings(card):
                for button in buttons:
                    kind = (who, button["verb"], *_kind(button), filled, *sorted(inputs))
                    if self._alike[kind] >= self.more_of.get(button["verb"], self.most_alike):
                        continue
                    self._alike[kind] += 1
                    answer = await self._pressed(who, button, inputs)
                    if answer is not None:
                        waiting.append(answer)

    @property
    def apologies(self) -> list[tuple[str, str]]:
        """Presses that found a mistake of ours."""
        return [
            (verb, line) for verb, line in self.lines if "Възникна грешка" in line or "Something went wrong" in line
        ]

    async def _pressed(self, who: str, button: Mapping[str, Any], inputs: Mapping[str, str]) -> Card | None:
        self.presses += 1
        sent = dict(inputs) if button.get("associatedInputs") != "none" else {}
        self.typed |= {name for name, value in sent.items() if holds_canary(value)}
        answer = await self.press(who, button, sent)
        if isinstance(answer, str):
            self.lines.append((button["verb"], answer))
            return None
        if answer is not None:
            self.cards.append(answer)
            if self.looks:
                self._look(button["verb"], answer, sent)
        return answer

    def _look(self, verb: str, answer: Card, inputs: Mapping[str, str]) -> None:
        """An answer gives back what was typed into it just now, in the same input (or, of a search, in its words)."""
        own = set(inputs.values())
        for path, text in texts(answer):
            if holds_canary(text) and not own & {each for each in own if _same(each, text)}:
                self.leaks.append((verb, path, text))

    def _fillings(self, card: Card) -> Iterator[tuple[str, dict[str, str]]]:
        inputs = [node for node in nodes(card) if str(node.get("type")).startswith("Input.")]
        if not inputs:
            yield "empty", {}
            return
        # What has an effect has it with the first press of a card: dishonest words come first.
        verb = next((button["verb"] for button in _buttons(card)), "")
        yield (
            "words",
            {
                node["id"]: self._canary() if node["type"] == "Input.Text" else self._honest(node, verb)
                for node in inputs
            },
        )
        yield "everything", {node["id"]: self._canary() for node in inputs}
        yield "honest", {node["id"]: self._honest(node, verb) for node in inputs}

    def _canary(self) -> str:
        return f"ученик с номер {next(self._canaries)} тук"

    def _honest(self, node: Mapping[str, Any], verb: str) -> str:
        name = node["id"]
        words = self.honest.get(f"{verb} {name}", self.honest.get(name))
        if words is not None:
            return next(words)
        match node["type"]:
            case "Input.Toggle":
                return "true"
            case "Input.ChoiceSet":
                choices = [choice["value"] for choice in node["choices"]]
                return str(node.get("value") or choices[next(self._turn) % len(choices)])
            case _:
                return str(node.get("value", ""))


def holds_canary(text: str) -> bool:
    """Whether somebody can read one of the canaries in it."""
    digits = digits_of(text)
    return any(one in digits for one in CANARIES)


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a JSON value and where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(item, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item, path)


def inputs_of(card: Card) -> set[str]:
    """The names of its inputs."""
    return {node["id"] for node in nodes(card) if str(node.get("type")).startswith("Input.")}


def _same(typed: str, text: str) -> bool:
    """Whether the text gives back what was typed, perhaps cleaned or within other words."""
    return digits_of(typed)[:10] in digits_of(text)


def _buttons(card: Card) -> list[dict[str, Any]]:
    return [node for node in nodes(card) if node.get("type") == "Action.Execute"]


def _kind(button: Mapping[str, Any]) -> Iterator[str]:
    ids = button["data"].get("action", {}).get("ids", {})
    for name in _SAME:
        if name in ids:
            yield f"{name}={ids[name].partition(':')[0]}"
