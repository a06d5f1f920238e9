"""A temporary password after which another one was made for the same person, and whose handing over the board knows."""

from dataclasses import replace

import pytest

from bot.conversation import Reply
from bot.core.accounts.model import NewReceipt
from bot.core.actors.model import RoleFacts
from bot.core.errors import DirectoryUnavailable
from bot.core.handover.model import Ground, Recipient
from bot.core.passwords.model import Operation, Stage
from bot.core.people.model import Person
from tests.conversations.bot import DIRECTOR, LIPA, OTHER_DIRECTOR, UTRO, Bot, buttons, row_of, shown
from tests.conversations.passwords import ALL, CHILD, YOUNG, found, leaks, ready, revealed

SECOND = "second-director"
HAND, CHECK = "Отбелязване като предадена", "Проверка дали действа"


@pytest.fixture
def bot() -> Bot:
    bot = Bot(people=tuple(one for one in ALL if "Многолюдна" not in one.name))
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
        assert "Създайте нова парола" in shown(card), "what to do is said"
        assert "след 23.11.2026 г., 15:20 ч." in shown(card), "and from when it may be known"
        assert HAND not in buttons(card)
        assert "Нова временна парола" in buttons(card)
    assert handed(bot) == []


async def test_what_is_known_not_to_have_been_set_leaves_the_one_before_it_to_be_noted(bot):
    await revealed(bot)
    bot.clock.move(minutes=20)
    bot.room.accounts.fail_next.extend([DirectoryUnavailable()] * 9)
    await another(bot)
    bot.clock.move(minutes=35)
    await bot.room.work()
    assert bot.room.made[-1].stage is Stage.FAILED
    bot.clock.move(hours=2, minutes=25)
    await bot.room.work()

    card = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "парола"), "Търсене", kind="egn", typed=YOUNG)
    card = await bot.presses(DIRECTOR, card, "Към дадената парола")

    assert "с нея може да се влиза" in shown(await bot.presses(DIRECTOR, card, CHECK))
    assert "Предаването е отбелязано" in shown(await bot.presses(DIRECTOR, card, HAND))
    assert handed(bot) == [bot.room.made[0].asked.id]


async def test_of_one_that_another_school_may_have_set_no_hour_is_told(bot):
    seen = await revealed(bot)
    bot.clock.move(minutes=20)
    moves(bot, "person-6")
    bot.room.accounts.fail_next.extend([DirectoryUnavailable()] * 9)
    assert (await another(bot, OTHER_DIRECTOR)).in_doubt

    card = await bot.presses(DIRECTOR, seen, HAND)

    assert "Предаването ѝ не може да бъде отбелязано" in shown(card)
    assert "01:20" not in shown(card)
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


# The handing over, as the board has it.


async def signed(bot: Bot, who: str = DIRECTOR) -> Reply:
    """On the board the director notes that the student has signed for it."""
    board = await bot.says(who, "профили")
    people = await bot.presses(who, board, row_of(board, "5 б"))
    form = await bot.presses(who, people, "Отбелязване на подписалите")
    return await bot.presses(who, form, "Запис на отбелязаните", signed="person-6", recipient="owner")


async def taken_back(bot: Bot, who: str = DIRECTOR) -> Reply:
    """On the board the handing over is said to have been a mistake."""
    board = await bot.says(who, "профили")
    people = await bot.presses(who, board, row_of(board, "5 б"))
    one = await bot.presses(who, people, row_of(people, CHILD))
    form = await bot.presses(who, one, "Отмяна на отбелязването")
    return await bot.presses(who, form, "Отмяна на отбелязването", reason="Сгрешен ученик")


async def board_says(bot: Bot) -> str:
    board = await bot.says(DIRECTOR, "профили")
    people = await bot.presses(DIRECTOR, board, row_of(board, "5 б"))
    return row_of(people, CHILD)


async def test_who_has_signed_on_the_board_is_handed_over_on_the_card_of_the_person(bot):
    seen = await revealed(bot)
    bot.clock.move(minutes=30)
    await signed(bot, SECOND)

    card = await found(bot)

    assert "лично ученикът, 23.11.2026 г., 12:30 ч." in shown(card)
    assert "не е отбелязано" not in shown(card)
    receipt = await bot.presses(DIRECTOR, card, "Към разписката")
    assert "Предаването е отбелязано" in shown(receipt)
    assert "23.11.2026 г., 12:30 ч." in shown(receipt)
    assert "Директор Едно" not in shown(receipt), "somebody else has noted it"
    assert HAND not in buttons(receipt)
    bot.clock.move(minutes=3)
    assert HAND not in buttons(await bot.presses(DIRECTOR, seen, CHECK))


async def test_what_was_taken_back_on_the_board_is_not_handed_over_on_the_card_of_the_person(bot):
    seen = await revealed(bot)
    await bot.presses(DIRECTOR, seen, HAND)
    bot.clock.move(minutes=30)
    await taken_back(bot)

    card = await found(bot)
    assert "не е отбелязано" in shown(card)
    assert "лично ученикът, 23.11" not in shown(card)

    state = await bot.presses(DIRECTOR, card, "Към дадената парола")
    assert "Предаването е отбелязано" not in shown(state)
    assert "Отбелязаното предаване е отменено като грешка" in shown(state)
    assert HAND not in buttons(state), "once noted, it is noted anew where it was taken back"
    one = await bot.presses(DIRECTOR, state, "Към профила")
    assert "Отбелязване на предаването" in buttons(one)
    assert "Отбелязаното предаване е отменено" in shown(await bot.presses(DIRECTOR, seen, HAND))
    assert len(bot.ledger.audit.of("password.handed")) == 1

    bot.clock.move(minutes=5)
    await signed(bot)
    assert "лично ученикът, 23.11.2026 г., 12:35 ч." in shown(await found(bot))


async def test_what_the_board_has_noted_is_not_noted_again_on_the_card_of_the_password(bot):
    seen = await revealed(bot)
    bot.clock.move(minutes=30)
    await signed(bot, SECOND)
    bot.clock.move(minutes=5)

    again = await bot.presses(DIRECTOR, seen, HAND)

    assert "Предаването е отбелязано" in shown(again)
    assert "23.11.2026 г., 12:30 ч." in shown(again)
    assert handed(bot) == []
    assert bot.ledger.audit.of("password.handed") == []
    await taken_back(bot)
    assert "Не е предаден" in await board_says(bot), "one taking back takes all of it back"
    assert "не е отбелязано" in shown(await found(bot))


async def test_the_receipt_of_an_earlier_password_is_none_of_a_newer_one(bot):
    await revealed(bot)
    bot.clock.move(minutes=5)
    await signed(bot)
    bot.clock.move(hours=25)
    made = await ready(bot)
    seen = await bot.presses(DIRECTOR, made, "Показване на паролата")

    assert "не е отбелязано" in shown(await found(bot))
    assert "Предаването е отбелязано" in shown(await bot.presses(DIRECTOR, seen, HAND))
    assert handed(bot) == [bot.room.made[-1].asked.id]


async def test_of_what_another_school_has_noted_the_card_of_the_person_says_only_that():
    """A student of two schools: to whom and when the other one handed it over is its own affair."""
    both = tuple(replace(one, schools=(LIPA, UTRO)) if one.id == "person-6" else one for one in ALL)
    bot = Bot(people=tuple(one for one in both if "Многолюдна" not in one.name))
    await revealed(bot)
    bot.clock.move(minutes=30)
    # As before ADR 0091, when the other school's board took it for its own.
    new = NewReceipt("theirs", bot.clock(), OTHER_DIRECTOR, UTRO.id, "person-6", Recipient.STUDENT, Ground.OWNER)
    bot.accounts.store.receipts[new.id] = new

    card = await found(bot)

    assert "Предаване: \nпредадена" in shown(card)
    assert "дадена на 23.11.2026 г., 12:00 ч." in shown(card)
    assert "12:30" not in shown(card)
    assert "лично ученикът, 23.11" not in shown(card)
    assert "не е отбелязано" not in shown(card)
    receipt = await bot.presses(DIRECTOR, card, "Към разписката")
    assert "Предаването е отбелязано" in shown(receipt)
    assert "12:30" not in shown(receipt)
