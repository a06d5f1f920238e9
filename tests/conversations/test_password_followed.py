"""A temporary password after which another one was made for the same person, and whose handing over the board knows."""

from dataclasses import replace

import pytest

from bot.core.actors.model import RoleFacts
from bot.core.errors import DirectoryUnavailable
from bot.core.passwords.model import Operation
from bot.core.people.model import Person
from tests.conversations.bot import DIRECTOR, OTHER_DIRECTOR, UTRO, Bot, buttons, shown
from tests.conversations.passwords import ALL, YOUNG, leaks, revealed

SECOND = "second-director"
HAND, CHECK = "Отбелязване като предадена", "Проверка дали действа"


@pytest.fixture
def bot() -> Bot:
    bot = Bot(people=ALL)
    bot.roles.facts[SECOND] = RoleFacts(
        SECOND, exists=True, enabled=True, name="Директор Две", username="2990001@edu.mon.bg", extension_role="0"
    )
    return bot


async def another(bot: Bot, who: str = SECOND) -> Operation:
    """Somebody else has a password made for the same student, in the same hour or another."""
    card = await bot.presses(who, await bot.says(who, "парола"), "Търсене", kind="egn", typed=YOUNG)
    card = await bot.presses(who, card, "Напред", recipient="student", identity="true")
    await bot.presses(who, card, "Потвърждаване")
    return bot.room.made[-1]


def handed(bot: Bot) -> list[str]:
    return [one.asked.id for one in bot.room.made if one.handed_at is not None]


async def test_a_password_that_a_newer_one_has_ended_is_not_said_to_work_later(bot):
    seen = await revealed(bot)
    bot.clock.move(minutes=55)
    await another(bot)
    bot.clock.move(minutes=5)

    card = await bot.presses(DIRECTOR, seen, CHECK)

    assert "По-нова парола беше създадена на 23.11.2026 г., 12:55 ч.; тази вече не действа." in shown(card)
    assert "ще действа" not in shown(card)
    assert HAND not in buttons(card)
    assert leaks(bot) == []


@pytest.mark.parametrize("title", [HAND, "Скриване на паролата"])
async def test_nor_is_it_noted_as_handed_over_by_an_old_card(bot, title):
    seen = await revealed(bot)
    bot.clock.move(minutes=20)
    await another(bot)

    card = await bot.presses(DIRECTOR, seen, title)

    assert "По-нова парола беше създадена на 23.11.2026 г., 12:20 ч.; тази вече не действа." in shown(card)
    assert HAND not in buttons(card)
    assert "Нова временна парола" in buttons(card)
    assert handed(bot) == []
    assert bot.ledger.audit.of("password.handed") == []


async def test_that_it_is_over_is_said_also_while_a_third_one_is_being_made(bot):
    seen = await revealed(bot)
    bot.clock.move(hours=25)
    await another(bot)
    bot.clock.move(hours=1)
    bot.room.worker_is_there = False
    await another(bot)

    assert "тази вече не действа" in shown(await bot.presses(DIRECTOR, seen, HAND))
    assert handed(bot) == []


async def test_while_the_next_one_is_only_asked_for_this_one_works_and_is_handed_over(bot):
    seen = await revealed(bot)
    bot.clock.move(minutes=20)
    bot.room.worker_is_there = False
    await another(bot)

    assert "с нея може да се влиза" in shown(await bot.presses(DIRECTOR, seen, CHECK))
    assert "Предаването е отбелязано" in shown(await bot.presses(DIRECTOR, seen, HAND))


async def test_of_one_that_may_have_been_set_it_is_said_that_it_may(bot):
    seen = await revealed(bot)
    bot.clock.move(minutes=20)
    bot.room.accounts.fail_next.extend([DirectoryUnavailable()] * 9)
    assert (await another(bot)).in_doubt

    for title in (CHECK, HAND):
        card = await bot.presses(DIRECTOR, seen, title)
        assert "Възможно е тази парола вече да не действа" in shown(card)
        assert "беше създадена" not in shown(card)
        assert HAND not in buttons(card)
    assert handed(bot) == []


async def test_the_receipt_of_one_that_was_handed_over_says_that_it_works_no_more(bot):
    seen = await revealed(bot)
    receipt = await bot.presses(DIRECTOR, seen, HAND)
    bot.clock.move(minutes=20)
    await another(bot)

    again = await bot.presses(DIRECTOR, seen, HAND)

    assert "Предаването е отбелязано" in shown(again)
    assert "23.11.2026 г., 12:00 ч." in shown(again)
    assert "тази вече не действа" in shown(again)
    assert "Да се използва до" not in shown(again)
    assert "При първото влизане" not in shown(again)
    assert "тази вече не действа" in shown(await bot.presses(DIRECTOR, receipt, CHECK))


async def test_what_another_school_has_made_is_not_told(bot):
    """Whoever moved may still be asked about by the former director: not who is given what elsewhere."""
    seen = await revealed(bot)
    bot.clock.move(minutes=20)
    moves(bot, "person-6")
    made = await another(bot, OTHER_DIRECTOR)
    assert made.asked.school == UTRO.id

    for title in (CHECK, HAND):
        card = await bot.presses(DIRECTOR, seen, title)
        assert "Тази парола вече не действа." in shown(card)
        assert "създадена на" not in shown(card)
        assert "12:20" not in shown(card)
    assert handed(bot) == []


def moves(bot: Bot, person_id: str) -> Person:
    """НЕИСПУО has moved the student to the other school."""
    facts = bot.room.accounts.accounts[person_id]
    moved = replace(facts.person, schools=(UTRO,))
    bot.room.accounts.accounts[person_id] = replace(facts, person=moved)
    bot.directory.people = [moved if one.id == person_id else one for one in bot.directory.people]
    return moved
