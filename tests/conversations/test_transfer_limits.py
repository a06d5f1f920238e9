"""What one person may send into another person's chat: how often, and how it arrives when it is much."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import Reply
from bot.core.actors.model import Actor, Role
from bot.core.decision import Reason
from bot.core.transfers.limits import AskLimits
from bot.core.transfers.model import Basis, Event, State
from bot.core.transfers.request import AlreadyAsked, NotAsked, Sent, TransferWish
from bot.core.transfers.told import tell
from tests.conversations.bot import (
    DIRECTOR,
    LIPA,
    OTHER_DIRECTOR,
    PEOPLE,
    RUO,
    TENANT,
    UTRO,
    Bot,
    buttons,
    person,
    shown,
)
from tests.conversations.test_transfer_messages import asked, only, sent_to

ASKER = Actor(DIRECTOR, TENANT, Role.DIRECTOR, LIPA)


@pytest.fixture
def bot():
    return Bot()


def grade(count: int) -> Bot:
    """A school with a whole grade that moves."""
    many = tuple(person(300 + n, f"Ученик Пробен Номер-{n:02}", f"88{n}", UTRO) for n in range(count))
    return Bot(people=(*PEOPLE, *many))


async def ask(bot: Bot, number: int, press: str = "") -> Sent | AlreadyAsked | NotAsked:
    wish = TransferWish(press or f"w{number}", f"person-{number}", LIPA.id, "chat", "", "5 б", Basis.APPLICATION)
    return await bot.moves.request(ASKER, wish)


async def withdraw(bot: Bot, card: Reply) -> None:
    sure = await bot.presses(DIRECTOR, card, "Оттегляне на искането")
    await bot.presses(DIRECTOR, sure, "Оттегляне на искането")


async def test_a_withdrawn_request_is_not_made_again_at_once_and_it_is_said_when(bot):
    await asked(bot)
    await bot.moves.work()
    await withdraw(bot, sent_to(bot, DIRECTOR)[0])

    again = await asked_form(bot)

    assert "току-що оттегли" in shown(again)
    assert "16:00 ч." in shown(again)
    bot.clock.move(hours=4)
    await asked(bot)
    assert [one.state for one in bot.moves.transfers.rows.values()] == [State.WITHDRAWN, State.REQUESTED]


async def asked_form(bot: Bot) -> Reply:
    return await bot.presses(
        DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=PEOPLE[1].identifier
    )


async def test_asking_and_withdrawing_without_end_brings_one_card_into_the_other_chat(bot):
    """Sixty requests in eighteen seconds: the forms were opened before, so that only the writing can refuse."""
    forms = [await asked_form(bot) for _ in range(20)]
    refused = 0
    for form in forms:
        reply = await bot.presses(DIRECTOR, form, "Изпращане на искането", basis="application", to_class="5 б")
        refused += "току-що оттегли" in shown(reply)
        bot.clock.move(seconds=0.3)
        await bot.moves.work()
        if bot.moves.transfers.rows and only(bot).open:
            await withdraw(bot, sent_to(bot, DIRECTOR)[0])

    assert refused == 19
    assert len(sent_to(bot, OTHER_DIRECTOR)) == 1
    denied = bot.ledger.audit.of("transfer.denied")
    assert {entry.detail["reason"] for entry in denied} == {Reason.WITHDRAWN_JUST_NOW.value}


async def test_one_student_is_asked_for_three_times_in_a_week(bot):
    for number in range(3):
        assert isinstance(await ask(bot, 2, f"press-{number}"), Sent)
        (current,) = (one for one in bot.moves.transfers.rows.values() if one.open)
        await bot.moves.work()
        card = sent_to(bot, OTHER_DIRECTOR)[-1]
        form = await bot.presses(OTHER_DIRECTOR, card, "Отхвърляне")
        await bot.presses(OTHER_DIRECTOR, form, "Отхвърляне", reason="Още е при нас.")
        assert not bot.moves.transfers.rows[current.id].open
        bot.clock.move(minutes=1)

    denied = await ask(bot, 2, "press-4")

    assert isinstance(denied, NotAsked)
    assert denied.decision.denied_because is Reason.STUDENT_ASKED_OFTEN
    assert denied.decision.until == only_first(bot) + timedelta(days=7)


def only_first(bot: Bot):
    return min(one.asked.at for one in bot.moves.transfers.rows.values())


async def test_a_school_takes_in_a_whole_grade_in_a_day_and_no_more_than_the_limit():
    bot = grade(AskLimits().per_director + 1)
    answers = []
    for number in range(AskLimits().per_director + 1):
        answers.append(await ask(bot, 300 + number))
        bot.clock.move(seconds=30)

    assert all(isinstance(one, Sent) for one in answers[:60])
    assert [isinstance(one, Sent) for one in answers].count(True) == AskLimits().per_director
    last = answers[-1]
    assert isinstance(last, NotAsked)
    assert last.decision.denied_because in {Reason.ASKED_OFTEN, Reason.SCHOOL_ASKED_OFTEN}
    assert last.decision.until == only_first(bot) + timedelta(days=1)


async def test_a_burst_of_requests_is_one_card_and_each_is_in_the_list():
    bot = grade(40)
    for number in range(40):
        await ask(bot, 300 + number)
    await bot.moves.wait(minutes=10)

    cards = sent_to(bot, OTHER_DIRECTOR)
    assert len(cards) == 1
    assert "40 искания" in shown(cards[0])
    assert "Номер-" not in shown(cards[0])
    listed = await bot.presses(OTHER_DIRECTOR, cards[0], "Искания")
    assert "Получени: 40" in shown(listed)
    assert "Номер-" in shown(listed)
    for transfer in bot.moves.transfers.rows.values():
        reached = {one.person for one in await bot.moves.transfers.deliveries(transfer.id)}
        assert OTHER_DIRECTOR in reached


async def test_requests_one_after_another_are_cards_of_their_own():
    bot = grade(5)
    for number in range(5):
        await ask(bot, 300 + number)
        await bot.moves.wait(minutes=1)

    cards = sent_to(bot, OTHER_DIRECTOR)
    assert len(cards) == 5
    assert all("Одобряване" in buttons(one) for one in cards)


async def test_a_worker_killed_anywhere_in_a_burst_loses_nothing_and_says_it_once():
    bot = grade(12)
    for number in range(12):
        await ask(bot, 300 + number)
    for most in range(1, 60, 3):
        await bot.moves.work(most)
        for row in bot.moves.queue.rows.values():  # killed: what was done is done again
            if row.status == "done" and row.kind == "transfer.card":
                row.status, row.run_at = "ready", bot.clock()
                bot.moves.queue._waiting[row.id] = row
        bot.clock.move(seconds=1)
    await bot.moves.wait(minutes=5)

    assert len(sent_to(bot, OTHER_DIRECTOR)) <= 1 + 3
    listed = await bot.says(OTHER_DIRECTOR, "искания")
    assert "Получени: 12" in shown(listed)


async def test_many_reminders_in_one_morning_are_one():
    bot = grade(20)
    for number in range(20):
        await ask(bot, 300 + number)
    await bot.moves.wait(minutes=10)
    before = len(sent_to(bot, OTHER_DIRECTOR))

    await bot.moves.wait(days=1)

    reminders = [one for one in sent_to(bot, OTHER_DIRECTOR)[before:] if "Напомняне" in shown(one)]
    assert 1 <= len(reminders) <= 1 + 3
    assert any("искания за профили на ученици очакват" in shown(one) for one in reminders)
    assert {one.state for one in bot.moves.transfers.rows.values()} == {State.REMINDED}


async def test_an_expert_who_looks_again_and_again_is_told_of_once_an_hour(bot):
    await bot.says(RUO, "помощ")
    await asked(bot)
    await bot.moves.wait(days=8)
    card = await bot.presses(RUO, sent_to(bot, RUO)[0], "Показване на данните")
    before = len(sent_to(bot, DIRECTOR))
    for _ in range(10):
        await bot.presses(RUO, card, "Показване на данните", reason="Жалба от родител")
        await bot.moves.work()
    assert len(sent_to(bot, DIRECTOR)) == before + 1
    assert len(bot.ledger.audit.of("transfer.opened")) == 10

    bot.clock.move(hours=1)
    again = await bot.presses(RUO, sent_to(bot, RUO)[0], "Показване на данните")
    await bot.presses(RUO, again, "Показване на данните", reason="Жалба от родител")
    await bot.moves.work()
    assert len(sent_to(bot, DIRECTOR)) == before + 2


async def test_whoever_tries_again_and_again_what_fails_tells_the_other_school_once_an_hour(bot):
    await asked(bot)
    await bot.moves.work()
    sure = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Одобряване")
    await bot.presses(OTHER_DIRECTOR, sure, "Одобряване")
    await bot.moves.work()
    bot.moves.roster.move("person-2", "school-2")
    await bot.moves.wait(days=1)
    assert only(bot).state is State.NEEDS_ATTENTION
    for _ in range(6):
        row = only(bot)
        bot.moves.queue.write([tell(row, Event.ATTENTION, bot.clock(), row.version + 1)])
        bot.moves.transfers.rows[row.id] = replace(row, version=row.version + 1)
        await bot.moves.work()

    told = [one for one in sent_to(bot, OTHER_DIRECTOR) if "не е изпълнено докрай" in shown(one)]
    assert len(told) <= 2
