"""From where one is, back to what is needed: the password still shown, the receipt, whom of several was meant."""

from tests.conversations.bot import DIRECTOR, Bot, buttons, prefilled, row_titles, shown
from tests.conversations.passwords import (
    ALL,
    CHILD,
    FIFTEEN,
    asked,
    found,
    nothing_happened,
    password_in,
    ready,
    revealed,
)


async def test_looking_whether_it_works_does_not_lose_what_can_still_be_seen():
    bot = Bot(people=ALL)
    seen = await revealed(bot)

    checked = await bot.presses(DIRECTOR, seen, "Проверка дали действа")
    again = await bot.presses(DIRECTOR, checked, "Показване отново")
    assert password_in(bot, again) == password_in(bot, seen)

    bot.clock.move(minutes=3)
    late = await bot.presses(DIRECTOR, again, "Проверка дали действа")
    assert "Показване отново" not in buttons(late)
    assert "Отбелязване като предадена" in buttons(late)


async def test_the_handing_over_can_be_noted_from_the_persons_card():
    bot = Bot(people=ALL)
    await revealed(bot)
    bot.clock.move(minutes=3)
    await bot.work()

    card = await found(bot)
    assert "Предаване: \nне е отбелязано" in shown(card)
    given = await bot.presses(DIRECTOR, card, "Към дадената парола")
    assert "Паролата вече е показана" in shown(given)
    assert "Предаването е отбелязано" in shown(await bot.presses(DIRECTOR, given, "Отбелязване като предадена"))


async def test_the_receipt_is_found_again():
    bot = Bot(people=ALL)
    await bot.presses(DIRECTOR, await revealed(bot, recipient="parent"), "Отбелязване като предадена")
    bot.clock.move(hours=5)

    card = await found(bot)
    assert "Предаване: \nродител на ученика, 23.11.2026 г., 12:00 ч." in shown(card)
    assert "Предаването е отбелязано" in shown(await bot.presses(DIRECTOR, card, "Към разписката"))


async def test_where_none_was_seen_nothing_is_said_of_a_handing_over():
    bot = Bot(people=ALL)
    await ready(bot)

    card = await found(bot)

    assert "Предаване" not in shown(card)
    assert "Към създадената парола" in buttons(card)


async def test_a_parent_of_an_older_student_is_told_of_the_one_exception():
    answer = await asked(Bot(people=ALL), FIFTEEN, recipient="parent")

    assert "Паролата се предава лично на него. Изключение се допуска само за ученик със СОП" in shown(answer)


async def test_namesakes_are_told_apart_by_their_usernames():
    bot = Bot(people=ALL)

    several = await found(bot, "Мария", "name")

    titles = row_titles(several)
    assert len(set(titles)) == len(titles) > 1
    assert shown(several).count("@edu.mon.bg") == len(titles)


async def test_from_a_person_and_from_the_question_one_returns_to_the_list_and_to_what_was_chosen():
    bot = Bot(people=ALL)
    several = await found(bot, "Мария", "name")
    card = await bot.presses(DIRECTOR, several, CHILD)
    assert shown(await bot.presses(DIRECTOR, card, "Към списъка")) == shown(several)

    question = await bot.presses(DIRECTOR, card, "Напред", recipient="parent", identity="true")
    back = await bot.presses(DIRECTOR, question, "Отказ")

    assert prefilled(back)["recipient"] == "parent"
    assert prefilled(back)["identity"] == "true"
    assert shown(await bot.presses(DIRECTOR, back, "Към списъка")) == shown(several)
    assert nothing_happened(bot)


async def test_who_was_found_alone_has_no_list_to_return_to():
    assert "Към списъка" not in buttons(await found(Bot(people=ALL)))
