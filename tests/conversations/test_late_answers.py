"""What a turn had no time to read follows by itself, as a message; what was typed has to be pressed again."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.conversation import Action, Pressed, Reply, Said, Turn
from bot.core.actors.model import Actor
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.tasks import NewTask, Task
from bot.late_answers import ONCE_WITHIN, turn_of
from bot.router import Heard
from bot.seals import Holder
from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import (
    CATALOG,
    DIRECTOR,
    EGN_OWN,
    FACTS,
    LIPA,
    PEOPLE,
    RUO,
    TEACHER,
    Bot,
    nodes,
    prefilled,
    shown,
)
from tests.fakes_links import FakeTasks

FOLLOWS = CATALOG.speak("bg")("answer-follows")
AGAIN = CATALOG.speak("bg")("error-turn-too-long")


class SlowTenant:
    """Reads the lists of schools and classes once it is `quick`, and not before."""

    def __init__(self, bot: Bot) -> None:
        self.quick = asyncio.Event()
        bot.clock.move(minutes=6)  # what was read before is remembered no more
        bot.responder._patience = 0.05
        for port, names in (
            (bot.links.classes, ("of_school", "of_teacher")),
            (bot.room.rosters, ("classes_of", "students_of", "students_among")),
            (bot.directory, ("find_by_identifier", "people_of_school")),
            (bot.accounts.school, ("look", "own_classes")),
            (bot.region, ("schools_of_region",)),
        ):
            for name in names:
                setattr(port, name, self._slow(getattr(port, name)))

    def _slow(self, read: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def slow(*arguments: Any) -> Any:
            await self.quick.wait()
            return await read(*arguments)

        return slow


@pytest.fixture
def bot() -> Bot:
    return Bot()


def pressed(bot: Bot, verb: str, ids: Mapping[str, str] | None = None, who: str = DIRECTOR, **inputs: str) -> Turn:
    """A press on a button that some card of this person has."""
    turn = bot.turn(who, Said(""))
    data = bot.responder._sealer.seal(verb, Holder.of(turn), bot.clock(), timedelta(days=1), ids=ids)
    return replace(turn, occasion=Pressed(verb, {**data, **inputs}))


async def known(bot: Bot) -> Mapping[str, str]:
    """What stands in the cards about the first link: its key."""
    listed = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "класове"), "Всички класни стаи")
    row = next(node for node in nodes(listed.card) if node.get("verb") == "link.open")
    return {"<key>": row["data"]["action"]["ids"]["key"]}


def follow_up(bot: Bot) -> NewTask:
    (task,) = bot.late.added.values()
    return task


async def answered_later(bot: Bot, given: NewTask) -> Reply | None:
    """As the worker asks for it."""
    task = Task(1, given.kind, given.key, given.payload, 1)
    turn = turn_of(task, bot.turn(given.payload["to"], Said("")).reference)
    assert turn is not None
    return await bot.responder.later(turn)


CASES: Mapping[str, tuple[Mapping[str, str], Mapping[str, str], str]] = {
    "links.open": ({}, {}, "Класни стаи"),
    "links.list": ({"what": "all", "page": "0"}, {}, "Химия"),
    "links.group": ({}, {"find": ""}, "Химия"),
    "links.check": ({"what": "all", "page": "0"}, {}, "Химия"),
    "link.open": ({"key": "<key>"}, {}, "5 а"),
    "class.open": ({}, {}, "5 б"),
    "class.students": ({}, {"class": "5 б"}, "5 б"),
    "own.open": ({}, {}, "16 ученици"),
    "own.class": ({"class": "any"}, {}, "16 ученици"),
    "accounts.open": ({}, {}, "Предадени: 0 от 17"),
    "new-accounts.open": ({}, {}, "Предадени: 0 от 17"),
    "accounts.list": ({"what": "not-handed", "page": "0"}, {}, "Предадени: 0 от 17"),
    "accounts.person": ({"person": "person-1"}, {}, "Предадени: 0 от 17"),
    "accounts.weeks": ({}, {}, "Предаване на профилите по седмици"),
    "listed.open": ({}, {}, "Списък от МОН"),
    "listed.files": ({}, {}, "Списък от МОН"),
    "listed.file": ({"file": "x"}, {}, "Списък от МОН"),
    "listed.state": ({"state": "only-listed", "page": "0"}, {}, "Списък от МОН"),
    "listed.person": ({"listed": "x"}, {}, "Списък от МОН"),
    "intake.open": ({}, {}, "Приемането в I, V, VIII и XI клас"),
    "intake.grade": ({"grade": "5", "page": "0"}, {}, "Приемането в I, V, VIII и XI клас"),
    "region.open": ({}, {}, "Предадени: 60 от 100"),
}
"""What can follow: what its button remembers, what is chosen on its card, what the message says."""
TEACHERS = frozenset({"own.open", "own.class"})
"""Those that a class teacher presses; all others a director, but for the region's."""


def test_there_is_a_case_for_every_press_whose_answer_may_follow(bot):
    verbs = [(service.dialog, verb) for service in bot.built for verb in service.dialog.handlers]
    assert {verb for dialog, verb in verbs if dialog.follows(Action(verb)) is not None} == set(CASES)


@pytest.mark.parametrize("verb", CASES)
async def test_what_a_turn_had_no_time_to_read_follows(bot, verb):
    ids, inputs, words = CASES[verb]
    there = await known(bot)
    tenant = SlowTenant(bot)
    ids, inputs = ({name: there.get(value, value) for name, value in given.items()} for given in (ids, inputs))
    bot.accounts.class_teacher(TEACHER, LIPA, "5 б")
    who = RUO if verb == "region.open" else TEACHER if verb in TEACHERS else DIRECTOR
    turn = pressed(bot, verb, ids, who, **inputs)

    at_once = await bot.responder(turn)
    tenant.quick.set()
    later = await answered_later(bot, follow_up(bot))

    assert at_once is not None
    assert (at_once.text, at_once.refused) == (FOLLOWS, True)  # the card stays as it is
    assert later is not None
    assert words in shown(later) + str([node.get("choices") for node in nodes(later.card)])
    assert not any(student.name in str(later.card) for student in PEOPLE)  # a message is stored


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_was_typed_follows_in_the_persons_language(bot, language):
    tenant = SlowTenant(bot)
    turn = bot.turn(TEACHER, Said("класове" if language == "bg" else "classes"), locale=f"{language}-BG")

    at_once = await bot.responder(turn)
    tenant.quick.set()
    task = follow_up(bot)
    later = await bot.responder.later(replace(turn, occasion=turn_of_task(task, turn).occasion))

    assert at_once is not None
    assert (at_once.text, at_once.refused) == (CATALOG.speak(language)("answer-follows"), False)
    assert later is not None
    assert CATALOG.speak(language)("links-title") in shown(later)


@pytest.mark.parametrize(
    ("who", "text", "words"),
    [
        (RUO, "профили", "Предадени: 60 от 100"),  # what the regional office has in the place of the board
        (RUO, "accounts", "Предадени: 60 от 100"),
        (DIRECTOR, "профили", "Предадени: 0 от 17"),
        (DIRECTOR, "Предаване по седмици", "Предаване на профилите по седмици"),
        (DIRECTOR, "Цяла паралелка", "5 б"),
    ],
)
async def test_typed_words_bring_later_what_they_would_have_opened(bot, who, text, words):
    tenant = SlowTenant(bot)

    at_once = await bot.says(who, text)
    tenant.quick.set()
    later = await answered_later(bot, follow_up(bot))
    in_time = await bot.says(who, text)

    assert at_once.text == FOLLOWS
    assert later is not None
    assert not later.refused
    assert words in shown(later)
    assert words in shown(in_time)


@pytest.mark.parametrize("text", ["Настройки", "Групи", "Преминаване към Classroom", "таблица на класните стаи"])
async def test_a_title_whose_answer_does_not_follow_brings_nothing_else_later(bot, text):
    SlowTenant(bot)
    slow = bot.accounts.school.look
    for name in ("choices", "groups"):
        setattr(bot.accounts.store, name, lambda *_, **__: slow(LIPA))
    bot.links.by_hand.platform = lambda _: slow(LIPA)
    bot.links.one_time_links.offer = lambda *_: slow(LIPA)
    assert (await bot.says(DIRECTOR, text)).text == AGAIN
    assert not bot.late.added


SHARED = Heard(None, likely=("region", "intake"), among=(Heard("region"), Heard("class-links", opens="links.check")))


async def test_a_title_of_several_services_follows_for_whoever_has_one_of_them(bot, monkeypatch):
    monkeypatch.setattr(bot.responder._router, "hear", lambda _: SHARED)
    tenant = SlowTenant(bot)
    assert [(await bot.says(who, "Обновяване")).text for who in (RUO, DIRECTOR)] == [FOLLOWS] * 2
    tenant.quick.set()
    region, school = [await answered_later(bot, one) for one in bot.late.added.values()]
    assert region is not None
    assert school is not None
    assert "Предадени: 60 от 100" in shown(region)
    assert "Класни стаи" in shown(school)


class SlowRoles:
    """Who asks is not read within the turn."""

    def __init__(self, bot: Bot) -> None:
        bot.responder._patience = 0.05
        self.bot, self.read = bot, bot.responder._recognise.fresh
        self.quick = asyncio.Event()
        object.__setattr__(bot.responder, "_recognise", self)

    async def __call__(self, object_id: str, tenant_id: str) -> Actor:
        return await self.fresh(object_id, tenant_id)

    async def fresh(self, object_id: str, tenant_id: str) -> Actor:
        await self.quick.wait()
        return await self.read(object_id, tenant_id)


async def test_while_it_is_not_known_who_asks_only_what_is_the_same_for_all_follows(bot, monkeypatch):
    roles = SlowRoles(bot)
    assert (await bot.says(DIRECTOR, "класове")).text == FOLLOWS
    assert [(await bot.says(who, "профили")).text for who in (DIRECTOR, RUO)] == [AGAIN] * 2
    with monkeypatch.context() as patched:
        patched.setattr(bot.responder._router, "hear", lambda _: SHARED)
        assert (await bot.says(DIRECTOR, "Обновяване")).text == AGAIN
    roles.quick.set()
    later = await answered_later(bot, follow_up(bot))
    assert later is not None
    assert "Класни стаи" in shown(later)


def turn_of_task(given: NewTask, like: Turn) -> Turn:
    turn = turn_of(Task(1, given.kind, given.key, given.payload, 1), like.reference)
    assert turn is not None
    return turn


async def test_the_button_of_a_list_that_is_ready_shows_it(bot):
    tenant = SlowTenant(bot)
    await bot.responder(pressed(bot, "class.students", None, **{"class": "5 б"}))
    tenant.quick.set()
    ready = await answered_later(bot, follow_up(bot))

    assert ready is not None
    listed = await bot.presses(DIRECTOR, ready, "Отваряне на списъка")
    assert PEOPLE[0].name in str(listed.card)


async def test_nobody_is_ticked_later_who_would_not_have_been_at_once(bot):
    tenant = SlowTenant(bot)
    ids = {"class": "Предадени", "among": PEOPLE[0].id, "lost": "yes"}
    await bot.responder(pressed(bot, "class.students", ids))
    tenant.quick.set()
    ready = await answered_later(bot, follow_up(bot))

    assert ready is not None
    listed = await bot.presses(DIRECTOR, ready, "Отваряне на списъка")
    assert PEOPLE[0].name in str(listed.card)
    assert prefilled(listed)["students"] == ""


@pytest.mark.parametrize(
    ("verb", "ids", "inputs"),
    [
        ("links.group", {}, {"find": "Пробна"}),
        ("links.list", {"what": "find:Пробна", "page": "0"}, {}),
        ("password.find", {}, {"kind": "egn", "typed": EGN_OWN}),
        ("lookup.search", {}, {"kind": "egn", "typed": EGN_OWN, "purpose": "moved"}),
        ("transfer.find", {}, {"kind": "egn", "typed": EGN_OWN}),
        ("class.choose", {"class": "5 б", "school": "school-1"}, {"students": PEOPLE[0].id}),
        ("link.do", {"key": "first", "act": "create"}, {}),
    ],
)
async def test_what_was_typed_or_has_effects_is_pressed_again(bot, verb, ids, inputs):
    SlowTenant(bot)
    reply = await bot.responder(pressed(bot, verb, ids, **inputs))
    assert reply is not None
    assert reply.text == AGAIN
    assert not bot.late.added


@pytest.mark.parametrize("text", [f"класове {EGN_OWN}", f"парола {EGN_OWN}"])
async def test_an_identifier_in_the_chat_is_in_no_task(bot, text):
    SlowTenant(bot)
    await bot.responder(bot.turn(DIRECTOR, Said(text)))
    assert EGN_OWN not in str(bot.late.added)


async def test_what_is_asked_for_again_meanwhile_comes_once(bot):
    SlowTenant(bot)
    bot.clock.now = bot.clock.now.replace(minute=0, second=0, microsecond=0)
    for _ in range(3):
        await bot.responder(bot.turn(DIRECTOR, Said("класове")))
    assert len(bot.late.added) == 1
    bot.clock.move(seconds=ONCE_WITHIN)
    await bot.responder(bot.turn(DIRECTOR, Said("класове")))
    await bot.responder(bot.turn(TEACHER, Said("класове")))
    assert len(bot.late.added) == 3


@pytest.mark.parametrize("typed", [True, False])
async def test_what_is_asked_for_again_after_it_came_comes_again(bot, typed):
    """However soon: what is promised comes, and once."""
    tenant = SlowTenant(bot)
    bot.clock.now = bot.clock.now.replace(minute=0, second=0, microsecond=0)
    check = pressed(bot, "links.check", {"what": "all", "page": "0"})
    kept = bot.links.lists.kept["2990001"]
    for number in (1, 2, 3):
        tenant.quick.clear()
        bot.links.lists.kept["2990001"] = replace(kept, checked_at=bot.clock())  # what was read is shown no more
        for _ in range(2):
            reply = await bot.responder(bot.turn(DIRECTOR, Said("класове")) if typed else check)
            assert reply is not None
            assert reply.text == FOLLOWS
        assert len(bot.late.added) == number
        tenant.quick.set()
        assert await answered_later(bot, list(bot.late.added.values())[-1]) is not None
        bot.late.over |= set(bot.late.added)
        bot.clock.move(seconds=30)


async def test_nothing_is_promised_that_is_not_written_down(bot):
    class Broken(FakeTasks):
        async def add(self, tasks: object) -> None:
            raise StoreUnavailable

    bot.responder._late._tasks = Broken()
    SlowTenant(bot)
    reply = await bot.responder(bot.turn(DIRECTOR, Said("класове")))
    assert reply is not None
    assert reply.text == AGAIN


async def test_who_is_director_no_more_is_shown_nothing(bot):
    tenant = SlowTenant(bot)
    await bot.responder(bot.turn(DIRECTOR, Said("класове")))
    tenant.quick.set()
    bot.roles.facts[DIRECTOR] = replace(FACTS[0], extension_role="", username="nobody@edu.mon.bg")
    later = await answered_later(bot, follow_up(bot))
    assert later is not None
    assert "Химия" not in str(later.card)


async def test_a_press_that_grew_too_old_brings_nothing(bot):
    tenant = SlowTenant(bot)
    await bot.responder(pressed(bot, "links.list", {"what": "all", "page": "0"}))
    tenant.quick.set()
    bot.clock.move(days=2)
    assert await answered_later(bot, follow_up(bot)) is None


async def test_a_forged_press_is_never_written_down(bot):
    SlowTenant(bot)
    turn = pressed(bot, "links.open")
    assert isinstance(turn.occasion, Pressed)
    other = replace(turn, object_id=TEACHER)
    assert not await bot.responder._late.follows(other)
    forged = {**turn.occasion.data, "seal": "AAAA"}
    assert not await bot.responder._late.follows(replace(turn, occasion=Pressed("links.open", forged)))
    assert not bot.late.added


async def test_what_is_recorded_of_people_shown_is_recorded_of_what_follows_too(bot):
    tenant = SlowTenant(bot)
    await bot.responder(pressed(bot, "links.list", {"what": "all", "page": "0"}))
    tenant.quick.set()
    before = [entry.action for entry in bot.ledger.audit.entries]
    await answered_later(bot, follow_up(bot))
    after = [entry.action for entry in bot.ledger.audit.entries]
    assert "people.shown" in after[len(before) :]


async def test_a_role_that_cannot_be_read_later_either_is_a_failure_to_be_tried_again(bot):
    await bot.says(DIRECTOR, "помощ")
    SlowTenant(bot)
    await bot.responder(bot.turn(DIRECTOR, Said("класове")))
    bot.roles.fail_with = DirectoryUnavailable("away")
    with pytest.raises(DirectoryUnavailable):
        await answered_later(bot, follow_up(bot))
