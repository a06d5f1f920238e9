"""Accounts that bear their school's name, as НЕИСПУО makes them: who has asked, decided and handed over what."""

from dataclasses import replace

import pytest

from bot.core.actors.model import RoleFacts
from bot.core.transfers.model import State
from tests.conversations.bot import DIRECTOR, LIPA, OTHER_DIRECTOR, PEOPLE, RUO, UTRO, Bot, buttons, shown
from tests.conversations.passwords import ALL, revealed
from tests.conversations.test_transfer_messages import asked, now_shows, only, sent_to

CALLED = "ОУ „Св. св. Кирил и Методий“"
SECOND = "second-director"


def named_as_schools(bot: Bot, name: str = CALLED) -> Bot:
    """The accounts of both schools and the schools themselves have this name."""
    for who, code in ((DIRECTOR, LIPA.code), (OTHER_DIRECTOR, UTRO.code)):
        bot.roles.facts[who] = replace(bot.roles.facts[who], name=name, username=f"{code}@edu.mon.bg")
    bot.roles.schools = [replace(school, name=name) for school in bot.roles.schools]
    return bot


@pytest.fixture
def bot():
    schools = {school.id: replace(school, name=CALLED) for school in (LIPA, UTRO)}
    return named_as_schools(
        Bot(
            people=tuple(
                replace(one, schools=tuple(schools.get(school.id, school) for school in one.schools))
                for one in PEOPLE
            )
        )
    )


async def test_a_school_asks_another_of_the_same_name_and_that_decides(bot):
    await asked(bot)
    await bot.moves.work()
    (card,) = sent_to(bot, OTHER_DIRECTOR)
    assert buttons(card)[:3] == ["Одобряване", "Отхвърляне", "Не е при нас"]
    assert "Очаква се решение" in now_shows(bot, DIRECTOR)
    assert not sent_to(bot, RUO)

    await bot.presses(OTHER_DIRECTOR, await bot.presses(OTHER_DIRECTOR, card, "Одобряване"), "Одобряване")
    await bot.moves.work()

    assert only(bot).state is State.DONE


async def test_a_decision_made_with_the_schools_account_is_not_said_to_be_of_a_person_called_so(bot):
    """The school has two directors: one with the school's account, one with an own."""
    bot.roles.facts[SECOND] = RoleFacts(
        SECOND,
        exists=True,
        enabled=True,
        name="Яница Пробна Пощова",
        extension_role="0",
        extension_identifier=UTRO.code,
    )
    bot.moves.deciders.of_school[UTRO.id] = (OTHER_DIRECTOR, SECOND)
    await asked(bot)
    await bot.moves.work()
    before = len(sent_to(bot, SECOND))

    (card,) = sent_to(bot, OTHER_DIRECTOR)
    await bot.presses(OTHER_DIRECTOR, await bot.presses(OTHER_DIRECTOR, card, "Одобряване"), "Одобряване")
    await bot.moves.work()

    (told,) = sent_to(bot, SECOND)[before:]
    assert "Решението е взето с профила на училището." in shown(told)
    assert "Решението е на" not in shown(told)


async def test_a_receipt_names_nobody_who_is_a_school():
    bot = named_as_schools(Bot(people=ALL), LIPA.name.upper())
    receipt = await bot.presses(DIRECTOR, await revealed(bot), "Отбелязване като предадена")

    assert "Предаването е отбелязано" in shown(receipt)
    assert "Кой я е предал" not in shown(receipt)
