"""One person's chat during a load: every turn is timed, and what was not wanted is named."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any

from aiohttp import ClientError

from benchmarks.activities import JSON, Speaker
from benchmarks.national.teams import Teams
from benchmarks.talk import parts
from bot.core.decision import Reason
from bot.core.passwords.model import Failure
from bot.refusals import OPENS_AGAIN
from bot.texts.catalog import Catalog

Card = Mapping[str, Any]
Wanted = Callable[[Card], bool]

PATIENCE = 10.0
"""Seconds after which Teams gives up waiting for the answer to a press."""
TURN_SECONDS = 60.0
"""Nobody waits longer for an answer."""
LATER_SECONDS = 300.0
"""… nor for what follows by itself."""


_ENOUGH = 120
"""Characters."""


class NotAnswered(Exception):
    """What came was not what was wanted. The message is the kind, for counting."""


def verb(wanted: str) -> Wanted:
    """A card with a button of this verb."""
    return lambda card: any(part.get("verb") == wanted for part in parts(card))


@dataclass(slots=True)
class Tally:
    """What became of the wishes of one intent. Times in seconds."""

    begun: int = 0
    whole: list[float] = field(default_factory=list)
    """Of each that was fulfilled: from the moment its person began to the effect."""
    turns: list[float] = field(default_factory=list)
    """Of each turn, answered or not: from the moment it was due, or was sent, to the answer."""
    busy: int = 0
    """Wishes whose person had no time yet; they count from when it had."""
    followed: int = 0
    """Turns whose answer came later, as a message."""
    failed: Counter[str] = field(default_factory=Counter)
    """Kind → how many wishes ended so."""


class Words:
    """What the bot says when it cannot, in the language everybody speaks here."""

    def __init__(self) -> None:
        self.say = Catalog.load().speak("bg")
        self._kinds = {
            self.say("answer-follows"): "follows",
            self.say("error-turn-too-long"): "turn too long",
            self.say("error-directory-busy"): "directory busy",
            self.say("error-directory-unavailable"): "directory unavailable",
            self.say("error-directory-misunderstood"): "directory misunderstood",
            self.say("error-store-unavailable"): "database unavailable",
            self.say("error-unknown", reference="§").partition("§")[0]: "apology",
        }

    def why(self, card: str) -> str:
        """Of those who got no password the reasons, as the ids of their texts."""
        asked = [f"refusal-{one}" for one in set(Reason) - OPENS_AGAIN] + [f"failure-{one}" for one in Failure]
        return ", ".join(sorted(one for one in asked if self.say(one) in card)) or "for no known reason"

    def kind(self, answer: object) -> str:
        """What an answer says that is not the one wanted."""
        text = json.dumps(answer, ensure_ascii=False)
        found = next((kind for said, kind in self._kinds.items() if said in text), "")
        return found or f"unexpected: {_short(answer)}"


def _short(answer: object) -> str:
    """Enough of an answer to recognise it: of a card its title and what is said first below it."""
    if not isinstance(answer, Mapping):
        return str(answer)[:_ENOUGH]
    texts = (str(part["text"]) for part in parts(answer.get("body", [])) if "text" in part)
    return (
        " – ".join(islice(texts, 2))[:_ENOUGH] or str(answer.get("message") or answer.get("fallbackText"))[:_ENOUGH]
    )


class Chat:
    """What one person types and presses for one wish."""

    def __init__(
        self,
        teams: Teams,
        bots: Sequence[str],
        person: str,
        tenant: str,
        *,
        tally: Tally,
        words: Words,
        random: Random,
        due: float,
    ) -> None:
        """`bots`: addresses of the replicas, any of which gets a turn. `due`: when the first turn was to be sent, on
        `time.perf_counter`.
        """
        self._teams = teams
        self._bots = bots
        self._speaker = Speaker(tenant, person, teams.url)
        self.conversation = f"a:{person}"
        self._tally = tally
        self._words = words
        self._random = random
        self._due = due

    async def says(self, word: str, wanted: Wanted) -> Card:
        """The card that replies. Errors: NotAnswered."""
        number = self._teams.number()
        activity = f"activity-{number}"
        reply = self._teams.expect(activity)
        try:
            async with self._timed():
                await self._post(self._speaker.said(self.conversation, number, word))
                body = await reply
        finally:
            self._teams.forget(activity)
        cards = [each["content"] for each in body.get("attachments", ())]
        return await self._wanted(cards[0] if cards else body.get("text", ""), wanted)

    async def presses(self, card: Card, pressed: str, wanted: Wanted, **inputs: str) -> Card:
        """The card that answers the first button of this verb. Errors: NotAnswered."""
        action = next((part for part in parts(card) if part.get("verb") == pressed), None)
        if action is None:
            raise NotAnswered(f"no button {pressed}")
        filled = {**action, "data": {**action["data"], **inputs}}
        async with self._timed():
            answer = await self._post(self._speaker.pressed(self.conversation, self._teams.number(), filled))
        shown = await self._wanted((answer or {}).get("value"), wanted, again=pressed)
        # What follows by itself may hold no names: then it says that it is ready to be shown, and is pressed again.
        return shown if wanted(shown) else await self.presses(shown, pressed, wanted, **inputs)

    async def told(self, wish: Callable[[str], bool]) -> str:
        """What the bot says unasked, as JSON, once it says that. Errors: NotAnswered."""
        try:
            return await self._teams.told(self.conversation, wish, seconds=LATER_SECONDS)
        except TimeoutError:
            raise NotAnswered(f"not told within {LATER_SECONDS:.0f} s") from None

    async def _wanted(self, answer: object, wanted: Wanted, *, again: str = "") -> Card:
        """The answer, or what follows it: that may also be a card with the button that was pressed (`again`)."""
        if isinstance(answer, Mapping) and wanted(answer):
            return answer
        kind = self._words.kind(answer)
        if kind != "follows":
            raise NotAnswered(kind)
        self._tally.followed += 1
        found: list[Card] = []

        def wish(text: str) -> bool:
            cards = (each.get("content", {}) for each in json.loads(text).get("attachments", ()))
            found[:] = [card for card in cards if wanted(card) or (again and verb(again)(card))]
            return bool(found)

        await self.told(wish)
        return found[0]

    async def _post(self, body: bytes) -> Any:
        try:
            return await self._teams.post(self._random.choice(self._bots), body, JSON)
        except ClientError as error:
            raise NotAnswered(f"connection: {type(error).__name__}") from None
        except RuntimeError as error:
            raise NotAnswered(str(error)[:60]) from None

    @asynccontextmanager
    async def _timed(self) -> AsyncIterator[None]:
        """Counts a turn that was answered or given up, and none of a run that is over. Errors: NotAnswered."""
        began, self._due = self._due or time.perf_counter(), 0.0
        try:
            async with asyncio.timeout(TURN_SECONDS):
                yield
        except TimeoutError:
            self._tally.turns.append(time.perf_counter() - began)
            raise NotAnswered(f"no answer within {TURN_SECONDS:.0f} s") from None
        self._tally.turns.append(time.perf_counter() - began)


def choices(card: Card, name: str) -> Iterator[tuple[str, str]]:
    """Title and value of what an input offers."""
    for part in parts(card):
        if part.get("id") == name:
            for choice in part["choices"]:
                yield choice["title"], choice["value"]
