"""Presses that are genuinely sealed and mean nothing: ids that are missing, unknown, of another kind, of another
release; versions and inputs of every kind. The answer is a card or a refusal, never the apology.
"""

import ast
import random
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import pytest

import bot.dialogs
from bot.core.class_links.cases import Platform
from bot.core.class_links.model import Remedy
from bot.core.errors import DirectoryBusy, DirectoryUnavailable, StoreUnavailable
from bot.core.handover.model import Recipient
from bot.core.people.identifiers import IdentifierKind
from bot.core.transfers.model import Basis, Group
from bot.core.transfers.policy import Choice
from bot.core.usernames.model import PurposeKind
from bot.presser import MENU_LIFETIME
from bot.seals import Holder, Sealer
from tests.conversations.bot import DIRECTOR, OTHER_DIRECTOR, RUO, TEACHER, VERBS
from tests.conversations.walk import APOLOGY, EVERYBODY, Button, World, on

NONSENSE = (
    "", " ", "\0", "\ud800", "\U0001f600", "\u202e", "x" * 5_000, "-1", "0", "1", "7", "²", "٣", "99999999", "1" * 30, "1e9",
    "true", "false", "yes", "None", "null", "[]", "a,b", ",", ":", "a:b:c", "::1", "../..", "{0}", "%s", "<b>", "*",
    "2026-02-31", "0001-01-01", "9999-12-31", "2026-W01-1", "20261123", "24.11.2026", "later-release", "Ученик", "5 б",
    "person-1", "person-2", "person-2,person-6", "director", "deputy", "school-1", "school-2", "a.b",
)  # fmt: skip
CHOICES: tuple[type[StrEnum], ...] = (Platform, Remedy, Recipient, IdentifierKind, Basis, Group, Choice, PurposeKind)
"""What a button or an input stands for in words of the code."""
VERSIONS = (0, 1, 2, -1, 7, 2**31, 2**63, 10**30)
ROUNDS = 4
"""How often each verb is pressed by each kind of person."""


def names_read() -> tuple[str, ...]:
    """Everything that a handler reads by name from what a press brings: found in the code, so that none is forgotten."""
    found: set[str] = set()
    for path in Path(bot.dialogs.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="get" | "id" | "number"), args=[ast.Constant(value=str(name)), *_]
                ):
                    found.add(name)
                case ast.Subscript(slice=ast.Constant(value=str(name))):
                    found.add(name)
    return tuple(sorted(found))


NAMES = names_read()


class Presser:
    """Makes the presses of one run: everything comes from one seed."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.chance = random.Random(seed)
        self.sealer = Sealer(b"s" * 32, lambda: f"nonsense-{self.chance.random()}")
        self.genuine: dict[str, list[Button]] = {}
        self.values = [member.value for kind in CHOICES for member in kind]

    async def learn(self, who: str) -> None:
        """What cards really carry, and the ids of what there is."""
        for reply in await self.world.beginnings(who):
            for button in on(reply):
                self.genuine.setdefault(button.verb, []).append(button)
        bot_ = self.world.bot
        self.values += [*bot_.moves.transfers.rows, *bot_.room.operations.operations, *bot_.links.cases.cases]
        self.values += [link for button in self.genuine.get("link.open", []) for link in button.ids.values()]

    async def press(self, who: str, verb: str) -> tuple[Mapping[str, str], Mapping[str, str], str]:
        """One press of this verb; what it carried, and what came back."""
        ids, inputs = self._ids(verb), self._some()
        turn = self.world.bot.turn(self.world.as_(who), None)  # type: ignore[arg-type]  # only its holder is wanted
        sealed = self.sealer.seal(
            verb,
            Holder.of(turn),
            self.world.bot.clock(),
            MENU_LIFETIME,
            ids=ids,
            version=self.chance.choice(VERSIONS),
        )
        self._break_something()
        answer = await self.world.press(who, Button("", verb, sealed, ()), inputs)
        for button in on(answer):
            self.genuine.setdefault(button.verb, []).append(button)
        return ids, inputs, str(answer.card) + str(answer.text)

    def _break_something(self) -> None:
        """Now and then directory or store do not answer."""
        trouble = self.chance.choice((DirectoryUnavailable("down"), DirectoryBusy(2.0), StoreUnavailable("locked")))
        rare = self.chance.random() < 0.1
        self.world.bot.directory.fail_with = trouble if rare else None
        self.world.bot.deputies.fail_with = (
            StoreUnavailable("locked") if rare and self.chance.random() < 0.5 else None
        )

    def _ids(self, verb: str) -> dict[str, str]:
        known = self.genuine.get(verb)
        ids = dict(self.chance.choice(known).ids) if known and self.chance.random() < 0.7 else {}
        for name in self.chance.sample(sorted(ids), self.chance.randint(0, len(ids))):
            if self.chance.random() < 0.5:
                del ids[name]
            else:
                ids[name] = self._value()
        return ids | self._some()

    def _some(self) -> dict[str, str]:
        return {name: self._value() for name in self.chance.sample(NAMES, self.chance.randint(0, 6))}

    def _value(self) -> str:
        return self.chance.choice(NONSENSE if self.chance.random() < 0.5 else self.values)


@pytest.mark.parametrize("seed", [0, *(pytest.param(one, marks=pytest.mark.long) for one in (1, 2))])
async def test_no_genuine_press_ends_in_the_apology(seed):
    world = World()
    await world.prepare()
    presser = Presser(world, seed)
    for who in (DIRECTOR, OTHER_DIRECTOR, TEACHER, RUO):
        await presser.learn(who)

    apologies = [
        (who, verb, *pressed[:2])
        for _ in range(ROUNDS)
        for who in EVERYBODY
        for verb in VERBS
        if APOLOGY in (pressed := await presser.press(who, verb))[2]
    ]

    assert apologies == []
