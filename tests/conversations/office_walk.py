"""Every answer a regional office can reach: breadth first over all buttons, from every entry, in copies of one world."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.conversation import Pressed, Reply
from bot.core.people.free_text import FreeText
from bot.core.people.model import Person
from bot.core.transfers.model import CLOSED, Basis, Problem, Remark, Side, State, Transfer, Verdict
from bot.core.transfers.policy import Choice
from bot.seals import Holder, Sealer
from tests.conversations.bot import (
    DIRECTOR,
    EGN_MOVED,
    EGN_NOBODY,
    PEOPLE,
    RUO,
    TENANT,
    UTRO,
    VERBS,
    Bot,
    nodes,
    person,
)
from tests.conversations.copies import copied
from tests.conversations.lives import LIVES, kind_of

ONE, OTHER = (
    person(2, "Мая Пробна Преместена", EGN_MOVED, UTRO),
    person(20, "Зорница Видова Калоянова", EGN_NOBODY, UTRO),
)
CASES: Mapping[str, tuple[Person, str]] = {"one": (ONE, "щ"), "other": (OTHER, "ю")}
"""The two requests: whose, and the letter of the student's classes."""

AT_ONCE, A_SECOND = timedelta(0), timedelta(seconds=1)
"""A press comes in time, or a second after a card of that moment is obeyed for the last time."""

EFFECTS = frozenset({"request.do", "request.revealed", "requests.approve"})
"""Presses after which the worker may have something to say. They are tried in a copy of the world."""

REASON = "Жалба от родител"


def secrets(name: str) -> frozenset[str]:
    """What tells whom a request is about: none of it may be seen before it is opened."""
    student, letter = CASES[name]
    words = {f"{what}-{name}" for what in ("бележка", "друго", "УП", "причина", "къде")}
    ids = {student.id, student.username, student.identifier, f"••{student.identifier[-2:]}"}
    return frozenset({*student.name.split(), f"11 {letter}", f"12 {letter}", *words, *ids})


@dataclass(frozen=True)
class Place:
    """An answer in a world, and the way that led to it."""

    bot: Bot
    reply: Reply
    way: tuple[str, ...]
    made: datetime
    """When its card was."""


async def world(state: State, decided_as: Side, *, office_only: bool = False) -> tuple[Bot, list[Reply]]:
    """Two requests, both once taken to the office, the first now in this state; with the cards the office was sent."""
    bot = Bot(people=(*(one for one in PEOPLE if one.id != "person-2"), ONE, OTHER))
    await bot.says(RUO, "помощ")
    for student, _ in CASES.values():
        typed = await bot.says(DIRECTOR, "ново искане")
        form = await bot.presses(DIRECTOR, typed, "Търсене", kind="egn", typed=student.identifier)
        await bot.presses(DIRECTOR, form, "Изпращане на искането", basis="application", to_class="5 б")
    rows = bot.moves.transfers.rows
    for name, row in zip(CASES, rows.values(), strict=True):
        rows[row.id] = _with_words(row, name, office_only=office_only)
    await bot.moves.wait(days=8)
    cards = [reply for chat, _, reply in bot.moves.messenger.sent if chat == f"chat-{RUO}"]
    first = next(iter(rows.values()))
    rows[first.id] = _in_state(first, state, decided_as, bot)
    return bot, cards


def _with_words(row: Transfer, name: str, *, office_only: bool) -> Transfer:
    _, letter = CASES[name]
    asked = replace(
        row.asked,
        class_=f"11 {letter}",
        to_class=f"12 {letter}",
        basis=Basis.OTHER,
        basis_text=FreeText(f"друго-{name}"),
        certificate=FreeText(f"УП-{name}"),
        note=FreeText(f"бележка-{name}"),
        office_only=office_only,
    )
    return replace(row, asked=asked)


def _in_state(row: Transfer, state: State, decided_as: Side, bot: Bot) -> Transfer:
    now = bot.clock()
    return replace(
        row,
        state=state,
        version=row.version + (state is not State.ESCALATED),
        verdict=Verdict("head", "Директор Две", decided_as, now, FreeText("причина-one"), FreeText("къде-one")),
        started_at=now,
        problem=Problem.UNDONE if state is State.NEEDS_ATTENTION else None,
        remark=Remark.CLASS_GONE,
        ended_at=now if state in CLOSED else None,
    )


def sealed(bot: Bot, verb: str, ids: Mapping[str, str], version: int) -> Reply:
    """A card with one button, genuine and the expert's own: as an earlier card of any dialog could be."""
    holder = Holder(RUO, TENANT, f"chat-{RUO}")
    data = Sealer(b"s" * 32, lambda: "kept").seal(verb, holder, bot.clock(), LIVES[verb], ids=ids, version=version)
    return Reply(card={"actions": [{"type": "Action.Execute", "title": verb, "verb": verb, "data": data}]})


def every_button(bot: Bot) -> Iterator[Reply]:
    """Each verb there is, whatever it is offered for; those about one request, about each of the two."""
    rows = list(bot.moves.transfers.rows.values())
    both = ",".join(f"{row.id}:{row.version}" for row in rows)
    for row in rows:
        ids = {"request": row.id, "requests": both, "person": row.asked.person, "school": UTRO.id}
        for verb in [verb for verb in VERBS if row is rows[0] or verb.startswith("request.")]:
            choices = Choice if verb in {"request.ask", "request.do"} else ("",)
            for choice in choices:
                yield sealed(bot, verb, {**ids, **({"choice": choice} if choice else {})}, row.version)


def presses(place: Place) -> Iterator[tuple[str, dict[str, Any], timedelta]]:
    """Every button of an answer: pressed as the card stands, and filled in; in time and too late."""
    ids = list(place.bot.moves.transfers.rows)
    inputs = [node for node in nodes(place.reply.card) if str(node.get("type")).startswith("Input.")]
    stands = {node["id"]: node.get("value", "") for node in inputs}
    names = stands or dict.fromkeys(("reason", "choice", "ticked", "typed"), "")
    variants = [stands]
    for one in ids:
        filled = {"reason": REASON, "choice": one, "ticked": ",".join(ids), "typed": ONE.identifier}
        variants.append({name: filled.get(name, "Думи на експерта") for name in names})
    for node in nodes(place.reply.card):
        if node.get("type") == "Action.Execute":
            for typed in variants:
                data = {**node["data"], **typed}
                for late in (AT_ONCE, _life(node["verb"], data) + A_SECOND):
                    yield node["verb"], data, late


async def answers(bot: Bot, entries: list[Reply], deepest: int) -> "list[tuple[Place, frozenset[str]]]":
    """All of them, each with what may be in it: the secrets of the request it was opened for, and else nothing."""
    found: list[tuple[Place, frozenset[str]]] = [
        (Place(bot, entry, ("entry",), bot.clock()), frozenset()) for entry in entries
    ]
    waiting = deque(place for place, _ in found)
    known: set[str] = set()
    while waiting:
        place = waiting.popleft()
        for verb, data, late in presses(place):
            key = _key(place, verb, data, late)
            if key in known:
                continue
            known.add(key)
            there = copied(place.bot) if _has_effect(verb, data) else place.bot
            before, now = dict(there.moves.transfers.rows), there.clock.now
            heard = len(there.moves.messenger.sent) + len(there.moves.messenger.updated)
            there.clock.now += late
            allowed = frozenset() if _is_old(place, there, verb, data) else _may_be_in(there, verb, data)
            made = there.clock()
            reply = await there.responder(there.turn(RUO, Pressed(verb, data)))
            assert reply is not None
            if there is not place.bot:
                await there.moves.work()
            else:
                assert there.moves.transfers.rows == before, f"{verb} has an effect"
                there.clock.now = now
            way = (*place.way, f"{verb} {data['action']['ids'].get('choice', '')} +{late} {typed_in(data)}")
            found.append((Place(there, reply, way, made), allowed))
            sent = [*there.moves.messenger.sent, *there.moves.messenger.updated]
            if len(sent) > heard:
                told = [one for chat, _, one in sent if chat == f"chat-{RUO}"]
                found += [(Place(there, one, way, made), frozenset()) for one in told]
            if len(way) <= deepest:
                waiting.append(found[-1][0] if len(sent) == heard else Place(there, reply, way, made))
    return found


def typed_in(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed into the card."""
    return {name: value for name, value in data.items() if name not in {"action", "seal"}}


def _has_effect(verb: str, data: Mapping[str, Any]) -> bool:
    return verb in EFFECTS or data["action"]["ids"].get("choice") == Choice.RETRY


def _may_be_in(bot: Bot, verb: str, data: Mapping[str, Any]) -> frozenset[str]:
    stated = any(character.isalpha() for character in data.get("reason", ""))
    if verb != "request.revealed" or not stated:
        return frozenset()
    rows = dict(zip(bot.moves.transfers.rows, CASES, strict=True))
    return secrets(rows[data["action"]["ids"]["request"]])


def _life(verb: str, data: Mapping[str, Any]) -> timedelta:
    """How long a press is obeyed, by the list of ours: what the card says of itself is what is tested."""
    return LIVES[kind_of(verb, data["action"]["ids"], typed="reason" in data)]


def _is_old(place: Place, now: Bot, verb: str, data: Mapping[str, Any]) -> bool:
    return now.clock() - place.made >= _life(verb, data)


def _key(place: Place, verb: str, data: Mapping[str, Any], late: timedelta) -> str:
    """Presses that cannot differ: the same about the same, in the same states of both requests."""
    ids, rows = data["action"]["ids"], place.bot.moves.transfers.rows
    about = rows.get(ids.get("request", ""))
    behind = about is not None and about.version > data["action"]["version"]
    same = re.sub(r":\d+", "", json.dumps(ids, sort_keys=True))
    states = [row.state for row in rows.values()]
    old = late > AT_ONCE or _is_old(place, place.bot, verb, data)
    return json.dumps([verb, same, behind, old, typed_in(data), states])
