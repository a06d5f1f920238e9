"""Whoever decided for a school and does so no more has no student's name in the card that was sent to them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import Reply
from bot.core.actors.deputies import CARDS
from bot.core.clock import SteadyClock
from bot.core.tasks import Task, TryAgain
from bot.core.transfers.told import DeliveryState
from bot.dialogs.requests.deputy_cards import APART, LookAtDeputyCards
from tests.conversations.bot import (
    EGN_MOVED,
    OTHER_DIRECTOR,
    PEOPLE,
    UTRO,
    Bot,
    shown,
)
from tests.conversations.test_shared_teacher import AT_UTRO, SHARED, asks_for_student, authorises, with_teacher

NAME = next(person.name for person in PEOPLE if person.identifier == EGN_MOVED)
EMPTIED = "Искане № 1"
DAYS = 30


@pytest.fixture
async def bot() -> Bot:
    """A teacher of one school who was authorised there, and whom a request was sent to."""
    bot = with_teacher(AT_UTRO)
    await authorises(bot, OTHER_DIRECTOR, days=DAYS)
    bot.moves.deciders.for_school[UTRO.id] = (SHARED,)
    await asks_for_student(bot)
    assert NAME in shown(card_of(bot, SHARED))
    return bot


def card_of(bot: Bot, who: str) -> Reply:
    """The only message the bot has sent this person, as it is in the chat now."""
    ((_, message, sent),) = [one for one in bot.moves.messenger.sent if one[0] == f"chat-{who}"]
    changed = [reply for _, one, reply in bot.moves.messenger.updated if one == message]
    return [sent, *changed][-1]


async def ends(bot: Bot) -> None:
    bot.moves.deciders.for_school.clear()
    listed = await bot.presses(OTHER_DIRECTOR, await bot.says(OTHER_DIRECTOR, "искания"), "Упълномощени лица")
    sure = await bot.presses(OTHER_DIRECTOR, listed, "Прекратяване: Обща Учителка")
    assert "прекратено" in shown(await bot.presses(OTHER_DIRECTOR, sure, "Потвърждаване"))


def assert_emptied(bot: Bot) -> None:
    words = shown(card_of(bot, SHARED))
    assert EMPTIED in words
    assert NAME not in words


async def test_an_authority_that_is_ended_takes_the_students_out_of_its_cards(bot):
    before = len(bot.moves.messenger.sent)
    await ends(bot)
    await bot.moves.work()

    assert_emptied(bot)
    assert NAME in shown(card_of(bot, OTHER_DIRECTOR))
    assert len(bot.moves.messenger.sent) == before


async def test_so_does_one_that_runs_out_at_that_moment_and_not_before():
    """Decided long ago: nothing else happens to the request that could change the card."""
    bot = with_teacher(AT_UTRO)
    await authorises(bot, OTHER_DIRECTOR, days=DAYS)
    bot.moves.deciders.for_school[UTRO.id] = (SHARED,)
    await asks_for_student(bot)
    asks = next(reply for chat, _, reply in bot.moves.messenger.sent if chat == f"chat-{SHARED}")
    await bot.presses(SHARED, await bot.presses(SHARED, asks, "Одобряване"), "Одобряване")
    await bot.moves.work()
    (authority,) = bot.deputies.rows
    left = authority.until - bot.clock()

    await bot.moves.wait(seconds=left.total_seconds() - 1)
    assert NAME in shown(card_of(bot, SHARED))
    await bot.moves.wait(seconds=2)

    assert_emptied(bot)


async def test_one_that_was_prolonged_keeps_the_cards(bot):
    await authorises(bot, OTHER_DIRECTOR, days=DAYS + 5)
    (transfer,) = bot.moves.transfers.rows.values()
    assert transfer.deadlines.expire_at > bot.clock() + timedelta(days=DAYS + 6)

    await bot.moves.wait(days=DAYS + 1)
    assert NAME in shown(card_of_many(bot, SHARED))
    await bot.moves.wait(days=5)

    assert NAME not in shown(card_of_many(bot, SHARED))


async def test_one_that_was_given_anew_brings_them_back(bot):
    await ends(bot)
    await bot.moves.work()
    bot.clock.move(minutes=1)
    await authorises(bot, OTHER_DIRECTOR, days=DAYS)
    await bot.moves.work()

    assert NAME in shown(card_of(bot, SHARED))


async def test_whoever_directs_the_school_by_then_keeps_them(bot):
    facts = bot.roles.facts[OTHER_DIRECTOR]
    bot.roles.facts[SHARED] = replace(facts, object_id=SHARED)
    await ends(bot)
    await bot.moves.work()

    assert NAME in shown(card_of(bot, SHARED))


async def test_one_that_ends_while_a_card_is_on_its_way_empties_that_too(monkeypatch):
    """The card is sent after the ending has looked which there are."""
    bot = with_teacher(AT_UTRO)
    await authorises(bot, OTHER_DIRECTOR, days=DAYS)
    bot.moves.deciders.for_school[UTRO.id] = (SHARED,)
    send = bot.moves.messenger.send

    async def slowly(to, reply):
        if to.object_id == SHARED:
            await bot.deputies.end(UTRO.id, SHARED, bot.clock(), ())
        return await send(to, reply)

    monkeypatch.setattr(bot.moves.messenger, "send", slowly)
    await asks_for_student(bot)

    assert_emptied(bot)


async def test_nobody_has_the_app_installed_for_what_concerns_them_no_more():
    bot = with_teacher(AT_UTRO)
    await authorises(bot, OTHER_DIRECTOR, days=DAYS)
    bot.moves.deciders.for_school[UTRO.id] = (SHARED,)
    await asks_for_student(bot)
    bot.moves.without_app.add(SHARED)
    await ends(bot)
    await bot.moves.work()

    assert bot.moves.installer.asked == []
    told = bot.moves.transfers.told.values()
    assert DeliveryState.NOT_INSTALLED not in {one.reach for each in told for one in each.values()}


async def test_of_many_cards_one_is_emptied_after_the_other(bot):
    (first,) = bot.moves.transfers.rows.values()
    for number in range(2, 6):
        asked = replace(first.asked, id=f"request-{number}")
        bot.moves.transfers.rows[asked.id] = replace(first, asked=asked, number=number)
        bot.moves.transfers.told[asked.id] = bot.moves.transfers.told[first.id]
    await ends(bot)
    at = bot.clock()
    await bot.moves.work()

    due = [
        row.run_at for row in bot.moves.queue.rows.values() if row.kind == "transfer.card" and row.status == "ready"
    ]
    assert sorted(due) == [at + place * APART for place in range(1, 5)]


def card_of_many(bot: Bot, who: str) -> Reply:
    """The first message, whatever reminders came after it."""
    message, sent = next((one[1], one[2]) for one in bot.moves.messenger.sent if one[0] == f"chat-{who}")
    changed = [reply for _, one, reply in bot.moves.messenger.updated if one == message]
    return [sent, *changed][-1]


async def test_while_it_is_in_doubt_what_time_it_is_no_card_is_looked_at(bot):
    """The task of an authority's end is run once: by a clock that is a year ahead it would be run for nothing."""
    doubtful = SteadyClock(lambda: bot.clock() + timedelta(days=365), lambda: 0.0)
    doubtful.resume(bot.clock())
    looks = LookAtDeputyCards(transfers=bot.moves.transfers, queue=bot.moves.queue, clock=doubtful)
    before = len(bot.moves.queue.rows)

    with pytest.raises(TryAgain):
        await looks.carry_out(Task(0, CARDS, "key", {"school": UTRO.id, "person": SHARED}, 1))
    assert len(bot.moves.queue.rows) == before
