"""Who is told of a request, when, and what happens when they cannot be: the real handlers, a channel that misbehaves."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.conversation import Reply
from bot.core.audit import AuditEntry
from bot.core.errors import StoreUnavailable
from bot.core.tasks import Task, TryAgain
from bot.core.transfers.decide import Decided, Deed
from bot.core.transfers.model import CARD, NOTICE, TELL, Event, Side, State
from bot.core.transfers.policy import Choice
from bot.core.transfers.told import Delivery, DeliveryState
from bot.sending import NotSent, SendBlocked, SendInDoubt, SendRefused
from tests.conversations.bot import (
    DIRECTOR,
    EGN_MOVED,
    OTHER_DIRECTOR,
    RUO,
    UTRO,
    Bot,
    buttons,
    row_of,
    shown,
)

NAME = "Мая Пробна Преместена"


async def asked(bot: Bot) -> Reply:
    """The first director asks for the other one's student."""
    form = await bot.presses(
        DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=EGN_MOVED
    )
    return await bot.presses(DIRECTOR, form, "Изпращане на искането", basis="application", to_class="5 б")


def sent_to(bot: Bot, who: str) -> list[Reply]:
    return [reply for chat, _, reply in bot.moves.messenger.sent if chat == f"chat-{who}"]


def now_shows(bot: Bot, who: str) -> str:
    """What the person's card of the request shows now: of several messages the first one, as last updated."""
    sent = [(number, reply) for chat, number, reply in bot.moves.messenger.sent if chat == f"chat-{who}"]
    number, reply = next(one for one in sent if NAME in shown(one[1]) or "Искане №" in shown(one[1]))
    updates = [one for _, updated, one in bot.moves.messenger.updated if updated == number]
    return shown(updates[-1] if updates else reply)


def only(bot: Bot) -> Any:
    (transfer,) = bot.moves.transfers.rows.values()
    return transfer


@pytest.fixture
def bot():
    return Bot()


async def test_each_side_gets_one_card_and_it_follows_the_request(bot):
    await asked(bot)
    await bot.moves.work()
    assert [len(sent_to(bot, who)) for who in (DIRECTOR, OTHER_DIRECTOR, RUO)] == [1, 1, 0]
    assert "Очаква се решение" in now_shows(bot, DIRECTOR)
    assert buttons(sent_to(bot, OTHER_DIRECTOR)[0])[:3] == ["Одобряване", "Отхвърляне", "Не е при нас"]

    form = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Отхвърляне")
    await bot.presses(OTHER_DIRECTOR, form, "Отхвърляне", reason="Още е при нас.")
    await bot.moves.work()

    assert "Още е при нас." in now_shows(bot, DIRECTOR)
    assert "Искането е отхвърлено" in now_shows(bot, OTHER_DIRECTOR)
    assert len(sent_to(bot, OTHER_DIRECTOR)) == 1
    assert [("Причина: Още е при нас." in shown(one)) for one in sent_to(bot, DIRECTOR)[1:]] == [True]


async def card_of_asker(bot: Bot) -> None:
    payload = {"transfer": only(bot).id, "to": DIRECTOR, "side": Side.RECEIVING.value}
    await bot.moves._handlers[CARD].carry_out(Task(900, CARD, "card", payload, 1))


async def reach(bot: Bot, how: DeliveryState) -> None:
    delivery = Delivery(OTHER_DIRECTOR, Side.RELEASING, how, bot.clock())
    await bot.moves.transfers.delivered(only(bot).id, (delivery,))


async def refuse(bot: Bot) -> None:
    form = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Отхвърляне")
    await bot.presses(OTHER_DIRECTOR, form, "Отхвърляне", reason="Още е при нас.")


async def appeal(bot: Bot) -> None:
    actor = await bot.recognise.fresh(DIRECTOR, "tenant-of-the-ministry")
    deed = Deed(only(bot).id, only(bot).version, Choice.APPEAL, "Записан е при нас")
    assert isinstance(await bot.moves.decide(actor, deed), Decided)


@pytest.mark.parametrize("what", ["version", "delivery"])
async def test_an_older_card_that_arrives_last_is_made_right(bot, monkeypatch, what):
    """Two workers update one card; the channel lets the one that has read less wait, and shows it last."""
    await asked(bot)
    await bot.moves.work()
    await (refuse(bot) if what == "version" else reach(bot, DeliveryState.BLOCKED))
    update, began, goes_on = bot.moves.messenger.update, asyncio.Event(), asyncio.Event()

    async def slow(*given):
        if not began.is_set():
            began.set()
            await goes_on.wait()
        await update(*given)

    monkeypatch.setattr(bot.moves.messenger, "update", slow)
    first = asyncio.create_task(card_of_asker(bot))
    await began.wait()
    await (appeal(bot) if what == "version" else reach(bot, DeliveryState.FAILED))
    await card_of_asker(bot)
    right = now_shows(bot, DIRECTOR)
    goes_on.set()

    with pytest.raises(TryAgain) as again:
        await first
    assert (again.value.after, again.value.failed) == (timedelta(0), False)
    assert now_shows(bot, DIRECTOR) != right
    await card_of_asker(bot)
    assert now_shows(bot, DIRECTOR) == right


async def test_one_reminder_each_working_day_then_the_office(bot):
    await bot.says(RUO, "помощ")
    await asked(bot)  # Monday noon
    per_day = []
    for _ in range(9):
        before = len(sent_to(bot, OTHER_DIRECTOR))
        await bot.moves.wait(days=1)
        per_day.append(len(sent_to(bot, OTHER_DIRECTOR)) - before)

    # The card itself and Tuesday's reminder, Wednesday's, …; none at the weekend; from Monday on it is the office's.
    assert per_day[:7] == [2, 1, 1, 1, 0, 0, 0]
    assert only(bot).state is State.ESCALATED
    assert sum(per_day) == 5
    (office,) = sent_to(bot, RUO)
    assert "не е решило в срок" in shown(office)


async def test_the_office_sees_no_student_until_it_states_a_reason_and_both_directors_are_told(bot):
    await bot.says(RUO, "помощ")
    await asked(bot)
    await bot.moves.wait(days=8)
    listed = await bot.says(RUO, "искания")
    card = await bot.presses(RUO, sent_to(bot, RUO)[0], "Показване на данните")
    everything = [*sent_to(bot, RUO), listed, card]
    assert all(word not in shown(one) for one in everything for word in ("Мая", "Преместена", "5 б", "••43"))
    refused = await bot.presses(RUO, card, "Показване на данните", reason="  12 ")
    assert "Моля, посочете причина" in shown(refused)
    assert NAME not in shown(refused)
    told = [len(sent_to(bot, who)) for who in (DIRECTOR, OTHER_DIRECTOR)]

    opened = await bot.presses(RUO, card, "Показване на данните", reason="Жалба от родител")
    await bot.moves.work()

    assert NAME in shown(opened)
    assert [len(sent_to(bot, who)) for who in (DIRECTOR, OTHER_DIRECTOR)] == [told[0] + 1, told[1] + 1]
    assert "видя името и паралелката" in shown(sent_to(bot, DIRECTOR)[-1])
    assert bot.ledger.audit.of("transfer.opened") == [
        AuditEntry(
            bot.clock(),
            "ruo",
            "transfer.opened",
            "person-2",
            "shown",
            {
                "transfer": only(bot).id,
                "number": "1",
                "receiving": "school-1",
                "releasing": "school-2",
                "version": "6",  # asked, reminded on four days, brought to the office
                "reason": "Жалба от родител",
            },
        )
    ]
    assert NAME not in now_shows(bot, RUO)


async def test_what_cannot_be_recorded_is_not_shown_to_the_office_and_nobody_is_told_that_it_was(bot):
    await bot.says(RUO, "помощ")
    await asked(bot)
    await bot.moves.wait(days=8)
    card = await bot.presses(RUO, sent_to(bot, RUO)[0], "Показване на данните")
    told = [len(sent_to(bot, who)) for who in (DIRECTOR, OTHER_DIRECTOR)]

    def full(call: str, moment: str) -> None:
        if (call, moment) == ("note", "before"):
            raise StoreUnavailable

    bot.moves.transfers.interrupt = full
    reply = await bot.presses(RUO, card, "Показване на данните", reason="Жалба от родител")
    await bot.moves.work()

    assert NAME not in shown(reply)
    assert NAME not in str(reply.card)
    assert bot.ledger.audit.of("transfer.opened") == []
    assert [len(sent_to(bot, who)) for who in (DIRECTOR, OTHER_DIRECTOR)] == told
    assert not any(row.payload["event"] == "opened" for row in bot.moves.queue.of(TELL))


async def test_the_office_decides_with_a_reason_and_it_is_carried_out(bot):
    await bot.says(RUO, "помощ")
    await asked(bot)
    await bot.moves.wait(days=8)
    why = await bot.presses(RUO, sent_to(bot, RUO)[0], "Одобряване")
    done = await bot.presses(RUO, why, "Одобряване", reason="Срокът изтече")
    await bot.moves.work()

    assert "Одобрихте искането" in shown(done)
    assert bot.moves.roster.now_in("person-2") == ("school-1",)
    assert "Срокът изтече" in now_shows(bot, OTHER_DIRECTOR)


async def test_returned_by_the_office_its_time_begins_anew(bot):
    await bot.says(RUO, "помощ")
    await asked(bot)
    await bot.moves.wait(days=8)
    why = await bot.presses(RUO, sent_to(bot, RUO)[0], "Връщане на училището")
    before = len(sent_to(bot, OTHER_DIRECTOR))
    await bot.presses(RUO, why, "Връщане на училището", reason="Директорът беше в отпуск")
    await bot.moves.work()

    assert only(bot).state is State.REQUESTED
    assert only(bot).deadlines.escalate_at > bot.clock() + timedelta(days=5)
    assert "Директорът беше в отпуск" in shown(sent_to(bot, OTHER_DIRECTOR)[before])
    await bot.moves.wait(days=8)
    assert only(bot).state is State.ESCALATED


async def test_a_director_without_the_app_has_it_installed_and_the_request_waits_for_them(bot):
    bot.moves.without_app.add(OTHER_DIRECTOR)
    await asked(bot)
    await bot.moves.wait(minutes=2)
    assert bot.moves.installer.asked[0] == OTHER_DIRECTOR
    assert "Искането още не е доставено" in now_shows(bot, DIRECTOR)
    assert "не е отворил бота" in now_shows(bot, DIRECTOR)

    bot.moves.without_app.clear()
    await bot.moves.wait(minutes=20)

    assert len(sent_to(bot, OTHER_DIRECTOR)) == 1
    assert "не е доставено" not in now_shows(bot, DIRECTOR)


async def test_a_worker_that_dies_once_a_delivery_is_noted_leaves_who_asked_knowing_of_it(bot):
    """The note is written once: whoever looks again finds nothing new about it."""
    bot.moves.without_app.add(OTHER_DIRECTOR)
    await asked(bot)

    def dies(call: str, moment: str) -> None:
        told = [one.reach for each in bot.moves.transfers.told.values() for one in each.values()]
        if (call, moment) == ("delivered", "after") and DeliveryState.NOT_INSTALLED in told:
            bot.moves.transfers.interrupt = None
            raise ConnectionError

    bot.moves.transfers.interrupt = dies
    with pytest.raises(ConnectionError):
        await bot.moves.wait(minutes=2)
    await bot.moves.wait(minutes=5)

    assert "Искането още не е доставено" in now_shows(bot, DIRECTOR)


async def test_whom_nobody_could_be_told_of_goes_to_the_office_with_the_first_deadline(bot):
    await bot.says(RUO, "помощ")
    bot.moves.without_app.add(OTHER_DIRECTOR)
    await asked(bot)
    await bot.moves.wait(hours=23)
    assert only(bot).state is State.REQUESTED
    await bot.moves.wait(hours=2)

    assert only(bot).state is State.ESCALATED
    assert len(sent_to(bot, RUO)) == 1


async def test_who_blocked_the_bot_is_reported_as_such(bot):
    bot.moves.messenger.faults.extend([SendBlocked(403, "ConversationBlockedByUser")] * 2)
    await asked(bot)
    await bot.moves.work()
    told = {one.person: one.reach for one in await bot.moves.transfers.deliveries(only(bot).id)}

    assert told[OTHER_DIRECTOR] is DeliveryState.BLOCKED


async def test_a_director_whose_chat_microsoft_moved_is_waited_for_and_who_asked_reads_that(bot):
    there = "https://smba.trafficmanager.net/eudb/"
    bot.moves.messenger.moved[f"chat-{OTHER_DIRECTOR}"] = there
    await asked(bot)
    await bot.moves.wait(minutes=30)
    assert sent_to(bot, OTHER_DIRECTOR) == []
    assert "Съобщението чака" in now_shows(bot, DIRECTOR)
    assert bot.moves.messenger.calls.count("send") < 20

    bot.moves.addresses[OTHER_DIRECTOR] = there  # the director opened the bot
    await bot.moves.wait(minutes=10)

    assert len(sent_to(bot, OTHER_DIRECTOR)) == 1
    assert "не е доставено" not in now_shows(bot, DIRECTOR)


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [
        (SendRefused(429), False),
        (SendRefused(429, retry_after=30), False),
        (SendRefused(412), False),
        (NotSent("x"), False),
        (SendInDoubt(502), False),
        (SendInDoubt(502), True),
    ],
)
async def test_a_card_arrives_whatever_the_channel_says_and_twice_at_most_when_in_doubt(bot, fault, arrives):
    await asked(bot)
    bot.moves.messenger.faults.extend([fault] * 4)
    bot.moves.messenger.arrives = arrives
    await bot.moves.wait(minutes=40)

    cards = [one for one in sent_to(bot, OTHER_DIRECTOR) if "Одобряване" in buttons(one)]
    assert 1 <= len(cards) <= (5 if arrives else 1)
    assert "Очаква се решение" in now_shows(bot, DIRECTOR)


async def test_a_reminder_in_doubt_is_not_sent_again(bot):
    await asked(bot)
    await bot.moves.work()
    before = len(sent_to(bot, OTHER_DIRECTOR))
    bot.clock.now += timedelta(days=1)
    bot.moves.messenger.arrives = True

    while not bot.moves.messenger.faults and len(sent_to(bot, OTHER_DIRECTOR)) == before:
        bot.moves.messenger.faults.extend([SendInDoubt(504)] * 3)
        await bot.moves.work()
    bot.moves.messenger.faults.clear()
    await bot.moves.wait(hours=3)

    reminders = [one for one in sent_to(bot, OTHER_DIRECTOR)[before:] if "Напомняне" in shown(one)]
    assert len(reminders) == 1


async def test_who_is_no_director_any_more_keeps_no_student_in_the_chat(bot):
    await asked(bot)
    await bot.moves.work()
    bot.roles.facts.pop(OTHER_DIRECTOR)
    bot.directory.people = [one for one in bot.directory.people if one.id != "account"]
    withdraw = await bot.presses(DIRECTOR, sent_to(bot, DIRECTOR)[0], "Оттегляне на искането")
    await bot.presses(DIRECTOR, withdraw, "Оттегляне на искането")
    await bot.moves.work()

    assert NAME not in now_shows(bot, OTHER_DIRECTOR)
    assert "вече не се отнася до Вас" in now_shows(bot, OTHER_DIRECTOR)


async def test_who_withdrew_reads_that_it_was_the_own_school_and_the_other_that_it_was_not(bot):
    await asked(bot)
    await bot.moves.work()
    withdraw = await bot.presses(DIRECTOR, sent_to(bot, DIRECTOR)[0], "Оттегляне на искането")
    await bot.presses(DIRECTOR, withdraw, "Оттегляне на искането")
    await bot.moves.work()

    own, others = now_shows(bot, DIRECTOR), now_shows(bot, OTHER_DIRECTOR)
    assert "оттеглено от Вашето училище" in own
    assert "оттеглено от приемащото училище" not in own
    assert "оттеглено от приемащото училище" in others
    assert "оттеглено от Вашето училище" not in others


async def test_a_student_who_moves_meanwhile_closes_it_for_everybody(bot):
    await asked(bot)
    await bot.moves.work()
    bot.moves.roster.schools["school-3"] = replace(UTRO, id="school-3")
    bot.moves.roster.move("person-2", "school-3")
    await bot.moves.wait(hours=7)

    assert only(bot).state is State.STALE
    for who in (DIRECTOR, OTHER_DIRECTOR):
        assert "вече не е записан" in now_shows(bot, who)
    late = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Одобряване")
    assert "Закрито" in shown(late)
    assert bot.moves.roster.writes == []


async def test_what_the_nightly_synchronisation_undoes_is_said_to_both_and_can_be_tried_again(bot):
    await asked(bot)
    await bot.moves.work()
    sure = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Одобряване")
    await bot.presses(OTHER_DIRECTOR, sure, "Одобряване")
    await bot.moves.work()
    assert only(bot).state is State.DONE
    bot.moves.roster.move("person-2", "school-2")
    await bot.moves.wait(days=1)

    assert only(bot).state is State.NEEDS_ATTENTION
    for who in (DIRECTOR, OTHER_DIRECTOR):
        assert "НЕИСПУО е върнало промяната" in now_shows(bot, who)
        assert any("не е изпълнено докрай" in shown(one) for one in sent_to(bot, who))
    listed = await bot.says(DIRECTOR, "искания")
    opened = await bot.presses(DIRECTOR, listed, row_of(listed))
    await bot.presses(DIRECTOR, opened, "Нов опит")
    await bot.moves.work()
    assert only(bot).state is State.DONE
    assert bot.moves.roster.now_in("person-2") == ("school-1",)


async def test_a_message_of_an_approval_waits_for_a_release_that_sends_it_and_no_other_does(bot):
    """The release before fails at it, and gives it up after a while."""
    written, add = [], bot.moves.queue.add

    async def noted(tasks: Any) -> None:
        written.extend(tasks)
        await add(tasks)

    bot.moves.queue.add = noted
    await asked(bot)
    await bot.moves.work()
    sure = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Одобряване")
    await bot.presses(OTHER_DIRECTOR, sure, "Одобряване")
    await bot.moves.work()

    assert {one.version for one in written if one.kind == CARD} == {"1"}
    notices = {one.payload["event"]: one.version for one in written if one.kind == NOTICE}
    assert notices == {Event.APPROVED: "2", Event.DONE: "1"}


async def test_nobody_is_told_twice_of_one_event(bot):
    """Every task of telling is run once more: the worker was killed before it could say that it was done."""
    await asked(bot)
    await bot.moves.work()
    before = (len(bot.moves.messenger.sent), len(bot.moves.messenger.updated))
    for row in bot.moves.queue.rows.values():
        if row.kind in {"transfer.tell", "transfer.card", "transfer.notice"}:
            row.status, row.run_at = "ready", bot.clock()
            bot.moves.queue._waiting[row.id] = row
    await bot.moves.work()

    assert (len(bot.moves.messenger.sent), len(bot.moves.messenger.updated)) == before


async def test_sides_of_deliveries_are_those_of_the_people(bot):
    await asked(bot)
    await bot.moves.work()
    told = {(one.side, one.person): one.reach for one in await bot.moves.transfers.deliveries(only(bot).id)}

    assert told == {
        (Side.RELEASING, OTHER_DIRECTOR): DeliveryState.REACHED,
        (Side.RECEIVING, DIRECTOR): DeliveryState.REACHED,
    }
