"""From where one is, back to what is needed: the password still shown, the receipt, whom of several was meant."""

from tests.conversations.bot import DIRECTOR, Bot, buttons, nodes, shown
from tests.conversations.passwords import ALL, FIFTEEN, asked, found, password_in, ready, revealed


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

    (choice,) = [part for part in nodes(several.card) if part.get("id") == "choice"]
    titles = [one["title"] for one in choice["choices"]]
    assert len(set(titles)) == len(titles) > 1
    assert all("@" in title for title in titles)
