"""The dialogs' own samples: the real screens, over the small worlds of each folder's `samples.py`.

A sample named `…-told-…` is a message that is sent unasked, not an answer.
"""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec

from bot.conversation import Action, ConversationReference, Installed, Reply, Scope, Turn
from bot.core.actors.model import Actor, Role
from bot.core.people.model import School
from bot.dialogs import DIALOGS, FOLDERS
from bot.dialogs.dialog import Scene, entries_of
from bot.presser import Presser
from bot.seals import Holder, Sealer
from bot.texts.catalog import Catalog
from cards.words import TextOf
from tests.gallery.sample import Sample

NOW = datetime(2056, 11, 24, 8, 5, tzinfo=UTC)
OURS = School("school-1", "2990001", "СУ „Свети Климент“", "гр. Примерово")
DIRECTOR = Actor(
    "director", "tenant", Role.DIRECTOR, school=OURS, name="Директор Едно", username="2990001@edu.mon.bg"
)
CATALOG = Catalog.load()

Screen = Callable[[Scene], Reply]
"""A sample of a folder: what its dialog shows in that scene."""


def scene_of(language: str) -> Scene:
    """A director of a school, who may use everything. A sample may replace the actor."""
    reference = ConversationReference("chat", "https://bot.example/", "tenant", "28:bot", "29:director", "director")
    turn = Turn("activity", "tenant", "director", Scope.PERSONAL, Installed(), reference, language)
    numbers = itertools.count(10**21)
    sealer = Sealer(b"s" * 32, lambda: f"{next(numbers)}")
    return Scene(
        turn=turn,
        actor=DIRECTOR,
        language=language,
        t=CATALOG.speak(language),
        presser=Presser(Holder.of(turn), NOW, sealer, entries_of(DIALOGS)),
        action=Action(""),
        services={one.name: one.opens for one in DIALOGS if one.place == "menu"},
        hints={one.name: one.hint(DIRECTOR) for one in DIALOGS if one.hint is not None},
        leads={reason: one.name for one in DIALOGS for reason in one.instead_of},
        allowed=frozenset(one.name for one in DIALOGS),
        warns_of_identifiers=True,
    )


def screens() -> Iterator[Sample]:
    """Every sample of every folder that has some."""
    for folder in FOLDERS:
        place = f"bot.dialogs.{folder}.samples"
        if find_spec(place) is not None:
            yield from (sample_of(name, screen) for name, screen in import_module(place).SAMPLES)


def sample_of(name: str, screen: Screen, scene: Callable[[str], Scene] = scene_of) -> Sample:
    """What the screen shows in the scene of a language."""

    def build(t: TextOf) -> dict[str, object]:
        reply = screen(scene(t("card-lang")))
        assert reply.card is not None, "a sample shows a card"
        return dict(reply.card)

    return Sample(name, build)
