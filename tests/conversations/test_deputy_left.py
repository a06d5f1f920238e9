"""Whoever the directory takes the right from decides no more: the director reads it, and the cards are emptied."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.actors.deputies import LEFT as LEFT_TASK
from bot.core.actors.deputies import LOOK
from bot.core.clock import SteadyClock
from bot.core.errors import DirectoryUnavailable
from bot.core.tasks import Task, TryAgain
from bot.dialogs.requests.cases import starts
from bot.dialogs.requests.deputies_left import WatchWhoLeft
from tests.conversations.bot import LIPA, OTHER_DIRECTOR, TENANT, UTRO, Bot, buttons, shown
from tests.conversations.test_deputy_cards import NAME, assert_emptied, card_of
from tests.conversations.test_shared_teacher import AT_UTRO, SHARED, asks_for_student, authorises, with_teacher

LEFT = "Вече не е учител във Вашето училище"
OFF = "Профилът е неактивен"
END = "Прекратяване: Обща Учителка"


@pytest.fixture
async def bot() -> Bot:
    """A deputy with the card of a request that was decided: nothing else happens to it that could change the card."""
    bot = with_teacher(AT_UTRO)
    await authorises(bot, OTHER_DIRECTOR, days=90)
    bot.moves.deciders.for_school[UTRO.id] = (SHARED,)
    await asks_for_student(bot)
    asks = card_of(bot, SHARED)
    await bot.presses(SHARED, await bot.presses(SHARED, asks, "Одобряване"), "Одобряване")
    await bot.moves.work()
    assert NAME in shown(card_of(bot, SHARED))
    return bot


def goes_to(bot: Bot, *schools) -> None:
    """What the directory says from now on."""
    bot.roles.facts[SHARED] = replace(bot.roles.facts[SHARED], schools=schools)
    bot.moves.roster.move(SHARED, *(school.id for school in schools))
    bot.clock.move(minutes=2)


async def listed(bot: Bot):
    return await bot.presses(OTHER_DIRECTOR, await bot.says(OTHER_DIRECTOR, "искания"), "Упълномощени лица")


def writes_nothing(bot: Bot) -> bool:
    return not bot.moves.queue.of(LEFT_TASK)


async def test_the_director_reads_who_has_left_and_can_end_it(bot):
    assert LEFT not in shown(await listed(bot))
    goes_to(bot, LIPA)

    card = await listed(bot)

    assert LEFT in shown(card)
    assert END in buttons(card)
    sure = await bot.presses(OTHER_DIRECTOR, card, END)
    assert "прекратено" in shown(await bot.presses(OTHER_DIRECTOR, sure, "Потвърждаване"))


async def test_the_list_empties_the_cards_of_whoever_has_left(bot):
    goes_to(bot, LIPA)
    for _ in range(2):
        await listed(bot)
    await bot.moves.work()

    assert_emptied(bot)
    assert len(bot.moves.queue.of(LEFT_TASK)) == 1


async def test_so_does_whatever_the_former_deputy_writes_or_presses(bot):
    goes_to(bot, LIPA)
    await bot.says(SHARED, "помощ")
    await bot.moves.work()

    assert_emptied(bot)


async def test_an_account_that_was_disabled_is_said_to_be_and_its_cards_are_emptied(bot):
    bot.roles.facts[SHARED] = replace(bot.roles.facts[SHARED], enabled=False)

    assert OFF in shown(await listed(bot))
    await bot.moves.work()
    assert_emptied(bot)


async def test_whoever_comes_back_has_the_cards_back_the_day_after(bot):
    goes_to(bot, LIPA)
    await listed(bot)
    await bot.moves.work()
    goes_to(bot, UTRO)
    await bot.moves.wait(days=1)

    assert NAME in shown(card_of(bot, SHARED))
    assert LEFT not in shown(await listed(bot))


async def test_of_somebody_the_directory_does_not_answer_about_nothing_is_said_and_nothing_done(bot, monkeypatch):
    """A failed read is no answer."""
    goes_to(bot, LIPA)
    ask = bot.roles.role_facts

    async def silent(object_id: str):
        if object_id == SHARED:
            raise DirectoryUnavailable
        return await ask(object_id)

    monkeypatch.setattr(bot.roles, "role_facts", silent)
    card = await listed(bot)
    await bot.moves.work()

    assert END in buttons(card)
    assert LEFT not in shown(card)
    assert OFF not in shown(card)
    assert writes_nothing(bot)
    assert NAME in shown(card_of(bot, SHARED))


async def test_what_was_found_and_cannot_be_read_again_waits(bot, monkeypatch):
    goes_to(bot, LIPA)
    await listed(bot)

    async def silent(object_id: str):
        raise DirectoryUnavailable

    with monkeypatch.context() as outage:
        outage.setattr(bot.roles, "role_facts", silent)
        await bot.moves.work()
        assert NAME in shown(card_of(bot, SHARED))
    await bot.moves.wait(minutes=10)

    assert_emptied(bot)


async def test_an_authority_goes_on_until_somebody_ends_it(bot):
    """The directory may be wrong for a night: who comes back decides again."""
    goes_to(bot, LIPA)
    await listed(bot)
    await bot.moves.work()

    (authority,) = bot.deputies.rows
    assert authority.until > bot.clock()


# Without anybody asking.


async def goes_round(bot: Bot) -> None:
    """The worker starts, and has the day of its looks."""
    await bot.moves.queue.add(tuple(starts(bot.clock())))
    await bot.moves.wait(hours=5)


async def test_once_a_day_it_is_looked_who_has_left(bot):
    goes_to(bot, LIPA)
    await goes_round(bot)

    assert_emptied(bot)


async def test_whoever_is_there_keeps_the_cards_and_is_looked_at_again_the_next_day(bot):
    await goes_round(bot)
    assert writes_nothing(bot)
    assert NAME in shown(card_of(bot, SHARED))

    goes_to(bot, LIPA)
    await bot.moves.wait(days=1)

    assert_emptied(bot)
    assert len(bot.moves.queue.of(LOOK)) == 2


async def test_a_look_that_fails_empties_nothing_and_is_repeated(bot):
    goes_to(bot, LIPA)
    bot.moves.roster.fail_reads_with = DirectoryUnavailable()
    await goes_round(bot)
    assert writes_nothing(bot)
    assert NAME in shown(card_of(bot, SHARED))

    bot.moves.roster.fail_reads_with = None
    await bot.moves.wait(days=1)

    assert_emptied(bot)


async def test_whom_a_look_could_not_read_has_left_nothing(bot, monkeypatch):
    """The answer about the others came, and theirs is missing."""
    goes_to(bot, LIPA)

    async def nobody(people):
        return {}

    monkeypatch.setattr(bot.moves.roster, "schools_of", nobody)
    await goes_round(bot)

    assert len(bot.moves.queue.of(LOOK)) == 1
    assert writes_nothing(bot)


async def test_nobody_is_looked_at_at_a_weekend(bot):
    bot.clock.move(days=5)
    await goes_round(bot)
    assert bot.moves.queue.of(LOOK) == []

    await bot.moves.wait(days=2)
    assert len(bot.moves.queue.of(LOOK)) == 1


async def test_while_it_is_in_doubt_what_time_it_is_nobodys_cards_are_looked_at(bot):
    """By a clock that is a year ahead every authority is over."""
    goes_to(bot, LIPA)
    await listed(bot)
    (row,) = bot.moves.queue.of(LEFT_TASK)
    doubtful = SteadyClock(lambda: bot.clock() + timedelta(days=365), lambda: 0.0)
    doubtful.resume(bot.clock())
    watch = WatchWhoLeft(
        actors=bot.recognise,
        deputies=bot.deputies,
        transfers=bot.moves.transfers,
        queue=bot.moves.queue,
        clock=doubtful,
        tenant=TENANT,
    )

    with pytest.raises(TryAgain):
        await watch.carry_out(Task(row.id, LEFT_TASK, row.key, row.payload, 1))


async def test_what_ended_is_watched_no_more(bot):
    goes_to(bot, LIPA)
    await bot.presses(OTHER_DIRECTOR, await bot.presses(OTHER_DIRECTOR, await listed(bot), END), "Потвърждаване")
    await bot.moves.wait(days=2)

    assert [row.status for row in bot.moves.queue.of(LEFT_TASK)] == ["done"]


async def test_whoever_directs_the_school_by_now_is_not_away(bot):
    facts = bot.roles.facts[OTHER_DIRECTOR]
    bot.roles.facts[SHARED] = replace(facts, object_id=SHARED)
    bot.clock.move(minutes=2)

    card = await listed(bot)

    assert LEFT not in shown(card)
    assert writes_nothing(bot)


async def test_a_teacher_of_two_schools_who_leaves_the_one_that_authorised_them_is_away_from_it():
    bot = with_teacher()
    await authorises(bot, OTHER_DIRECTOR, days=90)
    goes_to(bot, LIPA)
    await bot.says(SHARED, "помощ")

    (row,) = bot.moves.queue.of(LEFT_TASK)
    assert (row.payload["school"], row.payload["person"]) == (UTRO.id, SHARED)
