"""Presses whatever can be pressed: every button of every card somebody reaches, with several things typed."""

import random
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation import Pressed, Reply
from bot.core.accounts.model import Choices, Closers
from bot.core.errors import DirectoryUnavailable
from bot.core.people.model import AccountState, Kind
from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import (
    ALL_YEAR,
    CATALOG,
    DEPUTY,
    DIALOG_NAMES,
    DIRECTOR,
    DISABLED,
    EGN_MOVED,
    EGN_NOBODY,
    EGN_OWN,
    EGN_TWICE,
    LIPA,
    LNCH_OWN,
    LOST,
    OTHER_DIRECTOR,
    PEOPLE,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    Bot,
    nodes,
    person,
)
from tests.fakes_lists import list_naming

APOLOGY = ": REF12345"
"""In both languages. A refusal that sends somebody somewhere has the number behind the words, not behind a colon."""
UNREADABLE = "whose role cannot be read"
EVERYBODY = (DIRECTOR, OTHER_DIRECTOR, DEPUTY, TEACHER, RUO, STUDENT, STRANGER, DISABLED, LOST, UNREADABLE)
PLAUSIBLE = {
    "typed": ("Колега", "Първи", "z.d", "ab00000001"),
    "to_class": ("5 б", "7"),
    "order": ("РД-12",),
    "find": ("музика", "a.b"),
    "numbers": (f"{EGN_MOVED}\n{EGN_OWN}\n{EGN_NOBODY}", "не знам\n12", "\n".join(["1"] * 40)),
}
SOUGHT = (
    ("egn", EGN_OWN),
    ("egn", EGN_MOVED),
    ("egn", EGN_TWICE),
    ("egn", EGN_NOBODY),
    ("egn", "4146054047"),
    ("lnch", LNCH_OWN),
    ("name", "Еднаква"),
    ("name", "Пробна"),
    ("name", "Колега"),
    ("username", "ab00000001"),
)
"""By what, and what."""
WAYS = 2 + len(SOUGHT)
"""Of filling a form in."""
BY_STATE = frozenset({"accounts.person", "own.pupil"})
"""Rows with a person each: one of each state, and not every person of the school, is pressed."""
MOST = 8_000
"""Presses of one walk, should it not come to an end."""
DAYS = ("2026-09-01", "2026-11-20", "2027-06-30")
FAULTY_DAYS = ("", "1899-01-01", "9999-12-31", "0001-01-01")


@dataclass(frozen=True)
class Button:
    """One that can be pressed, on the card it stands on."""

    title: str
    verb: str
    data: Mapping[str, Any] = field(repr=False)
    card: tuple[str, ...]
    """What tells one kind of card from another: its short words, and its buttons' titles."""
    does: tuple[str, ...] = ()
    """The same, whoever the titles are about: its short words, and what can be done on it."""

    @property
    def ids(self) -> Mapping[str, str]:
        ids: Mapping[str, str] = self.data["action"]["ids"]
        return ids


def on(reply: Reply) -> Iterator[Button]:
    """The buttons of a card, and what it would do by itself."""
    return buttons_among(reply, nodes(reply.card))


def buttons_among(reply: Reply, parts: list[dict[str, Any]]) -> Iterator[Button]:
    """The same, of a card whose parts are known."""
    found = [node for node in parts if node.get("type") == "Action.Execute"]
    short = str((reply.card or {}).get("fallbackText", ""))
    card = (short, *(node.get("title", "") for node in found))
    does = (short, *sorted({node["verb"] for node in found}))
    for node in found:
        yield Button(node.get("title", ""), node["verb"], node["data"], card, does)


def inputs_of(reply: Reply) -> list[dict[str, Any]]:
    return inputs_among(nodes(reply.card))


def inputs_among(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [node for node in parts if str(node.get("type")).startswith("Input.")]


def filling(inputs: list[dict[str, Any]], number: int, chance: random.Random) -> dict[str, str]:
    """As the card came (0), empty (1), and in `WAYS - 2` ways with what a person might type and choose."""
    if number == 0:
        return {node["id"]: node.get("value", "") for node in inputs}
    if number == 1:
        return dict.fromkeys((node["id"] for node in inputs), "")
    kind, typed = SOUGHT[number - 2]
    typed_in = {node["id"]: _typed(node, chance) for node in inputs}
    return typed_in | ({"kind": kind, "typed": typed} if "kind" in typed_in else {})


def _typed(node: Mapping[str, Any], chance: random.Random) -> str:
    match node["type"]:
        case "Input.ChoiceSet" if node.get("isMultiSelect"):
            values = [choice["value"] for choice in node["choices"]]
            return ",".join(chance.sample(values, chance.randint(1, len(values))))
        case "Input.ChoiceSet":
            return str(chance.choice(node["choices"])["value"])
        case "Input.Toggle":
            return chance.choice(("true", "false"))
        case "Input.Date":
            return chance.choice((*DAYS, *FAULTY_DAYS))
        case _:
            return chance.choice(PLAUSIBLE.get(node["id"], ("Преместен на 12.09., заповед 7", "да")))


def refused(reply: Reply) -> bool:
    """Whether it says in a card that something is not possible."""
    titles = {str(CATALOG.speak(language)("notice-not-possible")) for language in LANGUAGES}
    return bool(titles & {node.get("text") for node in nodes(reply.card)})


def offers_again(button: Button, reply: Reply) -> bool:
    """Whether a refusal has the very button that led to it."""
    return refused(reply) and any((one.verb, one.ids) == (button.verb, button.ids) for one in on(reply))


_SPOKEN_OF = re.compile(
    r"(?:[Ии]зберете|[Нн]атиснете|в полето|[Cc]hoose|[Pp]ress|under) (?:[„“][^“”]+[“”](?: (?:или|or|and|и) )?)+"
)
_QUOTED = re.compile(r"[„“]([^“”]+)[“”]")
IN_TEAMS = {"…"}
"""What is chosen in Teams, beside the message."""
SERVICES = {CATALOG.speak(language)(f"command-{name}") for language in LANGUAGES for name in DIALOG_NAMES}
"""What can be typed, whatever stands on the card."""


def lacking(reply: Reply) -> set[str]:
    """Of a form: the fields, choices and buttons that its words send to and that it has not."""
    parts = nodes(reply.card)
    if not inputs_among(parts):
        return set()
    has = {str(node.get(name, "")) for node in parts for name in ("label", "title", "text")}
    said = (found for node in parts for found in _SPOKEN_OF.findall(str(node.get("text", ""))))
    return {name for one in said for name in _QUOTED.findall(one)} - has - IN_TEAMS - SERVICES


def undoes(button: Button) -> bool:
    """Whether it takes away what other buttons are about: it is pressed when all of those were."""
    return button.verb == "links.platform-set" and button.ids.get("platform") == "teams"


class World:
    """The whole bot on a day on which something of everything is going on."""

    def __init__(self, language: str = "bg") -> None:
        young = person(41, "Анна Пробна Първа", "4549070385", LIPA, teams=("Музика - 5 б - ООП",))
        off = person(44, "Ганка Пробна Спряна", "", LIPA, state=AccountState.DISABLED)
        known = [one for one in PEOPLE if one.identifier != young.identifier]
        staff = (
            person(50 + number, name, "", LIPA, kind=Kind.TEACHER, teams=(), grade="")
            for number, name in enumerate(("Първи Пробен Колега", "Втори Пробен Колега"))
        )
        self.bot = Bot(people=(*known, young, off, *staff), season=ALL_YEAR)
        self.bot.accounts.class_teacher(TEACHER, LIPA, "5 б", "7 а")
        self.bot.accounts.store.chosen[LIPA.id] = Choices(Closers.CLASS_TEACHER)
        self.language = language
        self.chance = random.Random(20261123)
        self.count = 0

    def spoken(self) -> dict[str, str]:
        return {"locale": {"bg": "bg-BG", "en": "en-GB"}[self.language]}

    async def prepare(self) -> None:
        """A deputy, an expert, and a request that is late by now: all are told of it."""
        bot = self.bot
        bot.kept_lists.kept[LIPA.id] = list_naming(LIPA, PEOPLE[:2], "Нова Пробна Ученичка")
        bot.appoint()
        for who in (RUO, OTHER_DIRECTOR, DIRECTOR):
            await bot.says(who, "помощ")
        found = await bot.presses(
            DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=EGN_MOVED
        )
        await bot.presses(DIRECTOR, found, "Изпращане на искането", basis="application", to_class="5 б")
        await bot.moves.wait(days=8)

    async def beginnings(self, who: str) -> list[Reply]:
        """Where this person's ways begin: every command, and what the bot told them of its own accord."""
        person_id = self.as_(who)
        t = CATALOG.speak(self.language)
        texts = [t(f"command-{command}") for command in DIALOG_NAMES]
        said = [await self.bot.says(person_id, text, **self.spoken()) for text in (*texts, "@@@", EGN_OWN)]
        messages = (*self.bot.moves.messenger.sent, *self.bot.moves.messenger.updated)
        return said + [reply for chat, _, reply in messages if chat == f"chat-{person_id}"]

    def as_(self, who: str) -> str:
        """The id of who acts. About one of them the directory does not answer, and so nothing is remembered."""
        self.bot.roles.fail_with = DirectoryUnavailable("down") if who == UNREADABLE else None
        self.bot.preferences.languages.clear()
        return who

    async def press(self, who: str, button: Button, inputs: Mapping[str, str]) -> Reply:
        """Presses it. The worker does what is due after some of the presses, and time goes on."""
        turn = self.bot.turn(self.as_(who), Pressed(button.verb, {**button.data, **inputs}), **self.spoken())
        reply = await self.bot.responder(turn)
        assert reply is not None
        self.count += 1
        self.bot.clock.move(seconds=0.5)  # a question lives ten minutes, and a card has hundreds before it
        self.bot.directory.fail_with = self.bot.deputies.fail_with = None
        if self.count % 7 == 0:
            await self.bot.work()
            await self.bot.moves.work()
            await self.bot.links.work()
        return reply

    async def walk(self, who: str, most: int = MOST, *, every_title: bool = False) -> tuple[int, set[str]]:
        """Breadth first from the beginnings, each kind of press once: how many presses, and the verbs that were.

        A card on which the same can be done is of the same kind, or else only one whose buttons are called the same.
        """
        queue = deque(await self.beginnings(who))
        undoing = deque[Reply]()
        seen: set[tuple[object, ...]] = set()
        kind: tuple[object, ...]
        count, verbs = 0, set[str]()
        while (queue or undoing) and count < most:
            last = not queue
            reply = undoing.popleft() if last else queue.popleft()
            parts = nodes(reply.card)
            form = inputs_among(parts)
            for button in buttons_among(reply, parts):
                if undoes(button) and not last:
                    undoing.append(reply)
                    continue
                shape = tuple(sorted(button.ids))
                card = button.card if every_title else button.does
                for number in range(WAYS if form else 1):
                    kind = (button.verb, shape, button.ids.get("choice"), card, button.title, number)
                    if button.verb in BY_STATE:
                        kind = (button.verb, shape, button.title.partition(", ")[2], button.card[:1])
                    if kind in seen:
                        continue
                    seen.add(kind)
                    inputs = filling(form, number, self.chance)
                    answer = await self.press(who, button, inputs)
                    assert APOLOGY not in str(answer.card) + str(answer.text), (who, button, inputs)
                    assert not offers_again(button, answer), (who, button, inputs)
                    assert not lacking(answer), (who, button, inputs, lacking(answer))
                    count += 1
                    verbs.add(button.verb)
                    queue.append(answer)
        return count, verbs
