"""One temporary password after it was asked for: shown, handed over, tried by others, failed, printed."""

from collections import deque
from dataclasses import replace

import pytest

from bot.conversation import Pressed
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
    PasswordRefused,
    StoreUnavailable,
)
from bot.core.passwords.model import ALARM, Stage
from bot.core.turns import MOST_MISSED
from tests.conversations.bot import (
    DIRECTOR,
    OTHER_DIRECTOR,
    PEOPLE,
    STRANGER,
    STUDENT,
    TEACHER,
    UTRO,
    Bot,
    button_of,
    buttons,
    nodes,
    shown,
)
from tests.conversations.passwords import ALL, CHILD, asked, found, leaks, only, password_in, ready, revealed

# Shown once, and a little longer.


async def test_a_lost_reply_loses_nothing_within_the_lease():
    bot = Bot(people=ALL)
    made = await ready(bot)

    first = await bot.presses(DIRECTOR, made, "Показване на паролата")
    bot.clock.move(seconds=119)
    second = await bot.presses(DIRECTOR, made, "Показване на паролата")

    assert password_in(bot, first) == password_in(bot, second)


async def test_after_the_lease_it_is_gone_and_a_new_one_is_offered():
    bot = Bot(people=ALL)
    made = await ready(bot)
    await bot.presses(DIRECTOR, made, "Показване на паролата")
    for burnt in (False, True):
        bot.clock.move(seconds=120)
        if burnt:
            await bot.work()
        reply = await bot.presses(DIRECTOR, made, "Показване на паролата")

        assert "Показана е на 23.11.2026 г., 12:00 ч. и от съображения" in shown(reply)
        assert "създайте нова" in shown(reply)
        card = await bot.presses(DIRECTOR, reply, "Нова временна парола")
        assert CHILD in shown(card)
    assert not bot.room.operations.secrets
    assert leaks(bot) == []


@pytest.mark.parametrize("hours", [1, 24])
async def test_hours_later_the_same_button_still_says_when_it_was_shown(hours):
    """The card itself is too old by then to do anything."""
    bot = Bot(people=ALL)
    made = await ready(bot)
    await bot.presses(DIRECTOR, made, "Показване на паролата")
    bot.clock.move(hours=hours)
    await bot.work()

    late = await bot.presses(DIRECTOR, made, "Показване на паролата")

    assert "Показана е на 23.11.2026 г., 12:00 ч. и от съображения" in shown(late)
    assert "Нова временна парола" in buttons(late)
    assert not {"Показване на паролата", "Показване отново"} & set(buttons(late))
    assert len(bot.ledger.audit.of("password.shown")) == 1


async def test_an_old_card_says_nothing_to_who_is_no_director_any_more():
    bot = Bot(people=ALL)
    made = await ready(bot)
    await bot.presses(DIRECTOR, made, "Показване на паролата")
    bot.clock.move(hours=1)
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], extension_role="5")

    late = await bot.presses(DIRECTOR, made, "Показване на паролата")

    assert "вече не е валиден" in shown(late)


async def test_it_can_be_hidden_and_seen_again():
    bot = Bot(people=ALL)
    seen = await revealed(bot)

    hidden = await bot.presses(DIRECTOR, seen, "Скриване на паролата")
    assert "Паролата е скрита" in shown(hidden)
    assert leaks(bot) == []

    again = await bot.presses(DIRECTOR, hidden, "Показване отново")
    assert password_in(bot, seen) == password_in(bot, again)


async def test_what_nobody_looked_at_is_destroyed_and_says_so():
    bot = Bot(people=ALL)
    await ready(bot)
    operation = only(bot)
    bot.clock.move(minutes=31)
    await bot.work()
    assert bot.room.operations.operations[operation.asked.id].stage is Stage.UNSEEN

    card = await found(bot)

    assert "не е показана" in shown(card)
    assert "Към създадената парола" not in buttons(card)


async def test_noting_the_handing_over_twice_is_one_receipt():
    bot = Bot(people=ALL)
    seen = await revealed(bot)

    first = await bot.presses(DIRECTOR, seen, "Отбелязване като предадена")
    bot.clock.move(minutes=5)
    second = await bot.presses(DIRECTOR, seen, "Отбелязване като предадена")

    assert shown(first) == shown(second)
    assert len(bot.ledger.audit.of("password.handed")) == 1
    assert "Предаването е отбелязано" in shown(await bot.presses(DIRECTOR, seen, "Скриване на паролата"))


async def test_the_director_may_come_back_from_the_student_before_noting_it():
    bot = Bot(people=ALL)
    seen = await revealed(bot)
    bot.clock.move(hours=2)
    await bot.work()

    reply = await bot.presses(DIRECTOR, seen, "Отбелязване като предадена")

    assert "Предаването е отбелязано" in shown(reply)
    assert "14:00 ч." in shown(reply)


async def test_whether_it_works():
    bot = Bot(people=ALL)
    seen = await revealed(bot)

    assert "От 12:02 ч. паролата ще действа" in shown(await bot.presses(DIRECTOR, seen, "Проверка дали действа"))
    bot.clock.move(minutes=3)
    assert "с нея може да се влиза" in shown(await bot.presses(DIRECTOR, seen, "Проверка дали действа"))
    bot.room.accounts.change("person-6", "own-password-1")
    changed = await bot.presses(DIRECTOR, seen, "Проверка дали действа")
    assert "сменена, неизвестно от кого" in shown(changed)
    again = shown(await found(bot))
    assert "сменена на" in again
    assert "неизвестно от кого" in again
    assert "собственик" not in again, "who changed it the directory does not tell"
    bot.clock.move(minutes=3)
    bot.room.accounts.fail_read = deque([DirectoryUnavailable("x")])
    assert (await bot.presses(DIRECTOR, seen, "Проверка дали действа")).refused


async def test_whether_the_owner_has_come_can_be_asked_hours_later():
    bot = Bot(people=ALL)
    receipt = await bot.presses(DIRECTOR, await revealed(bot), "Отбелязване като предадена")
    bot.clock.move(hours=5)
    bot.room.accounts.change("person-6", "own-password-1")

    assert "сменена, неизвестно от кого" in shown(await bot.presses(DIRECTOR, receipt, "Проверка дали действа"))


async def test_an_expired_password_is_said_so():
    bot = Bot(people=ALL)
    seen = await revealed(bot)
    await bot.presses(DIRECTOR, seen, "Отбелязване като предадена")
    bot.clock.move(hours=73)

    assert "срокът ѝ мина на" in shown(await found(bot))


async def test_a_check_of_an_expired_password_says_whether_it_still_works():
    bot = Bot(people=ALL)
    await bot.presses(DIRECTOR, await revealed(bot), "Отбелязване като предадена")
    bot.clock.move(hours=70)
    receipt = await bot.presses(DIRECTOR, await found(bot), "Към разписката")
    bot.clock.move(hours=3)
    await bot.room.operations.end(only(bot).asked.id, "expired", bot.clock(), ())
    assert "с нея още може да се влиза" in shown(await bot.presses(DIRECTOR, receipt, "Проверка дали действа"))

    bot.room.accounts.change("person-6", "own-password-1")
    words = shown(await bot.presses(DIRECTOR, receipt, "Проверка дали действа"))
    assert "сменена, неизвестно от кого" in words
    assert "още може да се влиза" not in words


@pytest.mark.parametrize("hours", [0, 3])
async def test_a_check_of_a_password_after_which_there_is_a_newer_one_does_not_say_that_it_works(hours):
    bot = Bot(people=ALL)
    await bot.presses(DIRECTOR, await revealed(bot), "Отбелязване като предадена")
    bot.clock.move(hours=70)
    receipt = await bot.presses(DIRECTOR, await found(bot), "Към разписката")
    await revealed(bot)
    bot.clock.move(hours=hours)

    words = shown(await bot.presses(DIRECTOR, receipt, "Проверка дали действа"))

    assert "По-нова парола беше създадена на" in words
    assert "още може да се влиза" not in words
    assert "проверете отново" not in words


def untold(bot: Bot) -> None:
    """The directory does not tell when the password was changed."""
    accounts = bot.room.accounts.accounts
    accounts["person-6"] = replace(accounts["person-6"], password_changed_at=None)


async def test_of_an_expired_password_that_the_directory_does_not_tell_of_it_is_not_said_that_it_works_or_will():
    bot = Bot(people=ALL)
    await bot.presses(DIRECTOR, await revealed(bot), "Отбелязване като предадена")
    bot.clock.move(hours=70)
    receipt = await bot.presses(DIRECTOR, await found(bot), "Към разписката")
    bot.clock.move(hours=3)
    assert "срокът ѝ мина на 26.11.2026 г., 12:00 ч., но още действа" in shown(await found(bot))
    untold(bot)

    checked = await bot.presses(DIRECTOR, receipt, "Проверка дали действа")
    assert "В момента не се вижда дали паролата действа" in shown(checked)
    assert "ще действа" not in shown(checked)
    assert "проверете отново" not in shown(checked)
    assert "Проверка дали действа" in buttons(checked)
    card = shown(await found(bot))
    assert "срокът ѝ мина на 26.11.2026 г., 12:00 ч." in card
    assert "още действа" not in card


async def test_a_password_whose_time_is_over_is_handed_over_as_any_that_works():
    bot = Bot(people=ALL)
    await revealed(bot)
    bot.clock.move(hours=70)
    seen = await bot.presses(DIRECTOR, await found(bot), "Към дадената парола")
    bot.clock.move(hours=3)

    card = await found(bot)
    assert "не е отбелязано" in shown(card)
    assert "Към дадената парола" in buttons(card)
    checked = await bot.presses(DIRECTOR, seen, "Проверка дали действа")
    assert "с нея още може да се влиза" in shown(checked)
    await bot.presses(DIRECTOR, checked, "Отбелязване като предадена")

    card = await found(bot)
    assert "лично ученикът, 26.11.2026 г., 13:00 ч." in shown(card)
    assert "Предаването е отбелязано" in shown(await bot.presses(DIRECTOR, card, "Към разписката"))


# In whose hands.


@pytest.mark.parametrize("who", [OTHER_DIRECTOR, TEACHER, STUDENT, STRANGER])
@pytest.mark.parametrize("title", ["Показване на паролата", "Отпечатване на бележка"])
async def test_another_persons_press_is_refused_recorded_and_told(who, title):
    bot = Bot(people=ALL)
    made = await ready(bot)

    reply = await bot.presses(who, made, title)

    assert reply.refused
    assert "друг потребител" in shown(reply)
    assert only(bot).stage is Stage.READY
    (alarm,) = bot.ledger.audit.of("password.alarm")
    assert alarm.actor == who
    told = [row.payload["to"] for row in bot.room.queue.of(ALARM)]
    assert told == [DIRECTOR]
    assert "Чете се" in shown(await bot.presses(DIRECTOR, made, "Показване на паролата")), "the owner still can"


async def test_the_own_card_in_another_chat_is_refused_and_recorded():
    bot = Bot(people=ALL)
    made = await ready(bot)

    reply = await bot.presses_elsewhere(
        DIRECTOR, made, "Показване на паролата", {"conversation_id": "chat-elsewhere"}
    )

    assert reply.refused
    assert len(bot.ledger.audit.of("password.alarm")) == 1


@pytest.mark.parametrize("where", ["operations", "audit"])
async def test_an_alarm_that_cannot_be_recorded_changes_no_answer(where, caplog):
    bot = Bot(people=ALL)
    made = await ready(bot)
    expected = await bot.presses(OTHER_DIRECTOR, made, "Показване на паролата")
    broken = {"operations": bot.room.operations, "audit": bot.ledger.audit}[where]
    broken.fail_with = StoreUnavailable()  # type: ignore[attr-defined]
    bot.clock.move(hours=2)

    reply = await bot.presses(OTHER_DIRECTOR, made, "Показване на паролата")

    assert reply == expected
    assert "could not be recorded" in caplog.text


async def test_a_forged_card_raises_no_alarm():
    bot = Bot(people=ALL)
    made = await ready(bot)
    button = button_of(made, "Показване на паролата")
    data = button["data"] | {"seal": "A" * 43}

    reply = await bot.responder(bot.turn(OTHER_DIRECTOR, Pressed(button["verb"], data)))

    assert reply is not None
    assert reply.refused
    assert bot.ledger.audit.of("password.alarm") == []


async def test_no_longer_director_no_longer_shown():
    bot = Bot(people=ALL)
    made = await ready(bot)
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], username="2990002@edu.mon.bg")

    reply = await bot.presses(DIRECTOR, made, "Показване на паролата")

    assert "Училището, за което отговаряте" in shown(reply)
    assert leaks(bot) == []


# What the outside does to it.


@pytest.mark.parametrize(
    ("faults", "says"),
    [
        ([DirectoryForbidden("x")], "не позволява на бота"),
        ([DirectoryMisunderstood("x")], "отказа заявката"),
        ([PasswordRefused("x")] * 3, "не прие предложените пароли"),
    ],
)
async def test_a_failure_is_told_in_words_and_leads_on(faults, says):
    bot = Bot(people=ALL)
    bot.room.accounts.fail_next = deque(faults)

    reply = await ready(bot)

    assert says in shown(reply)
    assert "Досегашната парола не е променена" in shown(reply)
    assert "Нова временна парола" in buttons(reply)
    assert "x" not in bot.room.accounts.passwords
    assert leaks(bot) == []


async def test_an_account_that_no_write_finds_is_said_to_be_gone_after_some_minutes():
    bot = Bot(people=ALL)
    bot.room.accounts.fail_next = deque([AccountMissing("x")] * (MOST_MISSED + 1))
    running = await ready(bot)
    assert "Временната парола се създава" in shown(running)
    for _ in range(MOST_MISSED):
        bot.clock.move(minutes=1)
        await bot.work()

    reply = await bot.presses(DIRECTOR, running, "Обновяване")
    assert "вече не съществува" in shown(reply)
    assert "Нова временна парола" in buttons(reply)


async def test_a_throttled_directory_is_waited_for():
    bot = Bot(people=ALL)
    bot.room.accounts.fail_next = deque([DirectoryBusy(30.0)])

    waiting = await ready(bot)
    assert "се създава" in shown(waiting)
    assert "Обикновено отнема няколко секунди" in shown(waiting)
    bot.clock.move(seconds=20)
    assert "Услугата на Microsoft е натоварена" in shown(await bot.presses(DIRECTOR, waiting, "Обновяване"))
    bot.clock.move(seconds=11)
    await bot.work()

    state = await bot.presses(DIRECTOR, waiting, "Обновяване")
    assert "Показване на паролата" in buttons(state)


async def test_a_request_in_doubt_says_that_the_old_password_may_have_stopped():
    bot = Bot(people=ALL)
    bot.room.accounts.fail_next = deque([DirectoryUnavailable("x")] * 1_000)

    waiting = await ready(bot)
    assert "Възможно е досегашната парола вече да не действа" in shown(waiting)
    for _ in range(90):
        bot.clock.move(seconds=30)
        await bot.work()
    card = await found(bot)

    assert only(bot).stage is Stage.FAILED
    assert "не е потвърдена" in shown(card)
    bot.room.accounts.fail_next.clear()
    assert "е създадена" in shown(await ready(bot))


async def test_what_fails_after_a_doubt_does_not_promise_that_nothing_changed():
    bot = Bot(people=ALL)
    bot.room.accounts.fail_next = deque([DirectoryUnavailable("x"), DirectoryForbidden("x")])

    reply = await ready(bot)

    assert "Не е сигурно дали паролата е сменена" in shown(reply)
    assert "Възможно е досегашната парола вече да не действа. Моля, създайте нова." in shown(reply)
    assert "не е променена" not in shown(reply)
    assert "Нова временна парола" in buttons(reply)


async def test_what_was_denied_at_the_last_moment_speaks_by_its_reason():
    bot = Bot(people=ALL)
    bot.room.worker_is_there = False
    waiting = await ready(bot)
    bot.room.accounts.put(replace(bot.room.accounts.accounts["person-6"], person=replace(PEOPLE[5], schools=(UTRO,))))
    await bot.work()

    reply = await bot.presses(DIRECTOR, waiting, "Обновяване")

    assert "не е записан във Вашето училище" in shown(reply)
    assert "Досегашната парола не е променена" in shown(reply)
    assert bot.room.accounts.set_calls == []


async def test_a_store_that_fails_at_the_confirmation_leaves_the_card_to_press_again():
    bot = Bot(people=ALL)
    confirm = await asked(bot)
    bot.room.operations.fail_with = StoreUnavailable()
    assert (await bot.presses(DIRECTOR, confirm, "Потвърждаване")).refused

    bot.room.operations.fail_with = None
    assert "е създадена" in shown(await bot.presses(DIRECTOR, confirm, "Потвърждаване"))
    assert len(bot.room.made) == 1


# Slips.


async def test_a_slip_has_a_link_a_pin_and_a_way_back():
    bot = Bot(people=ALL)
    made = await ready(bot)

    reply = await bot.presses(DIRECTOR, made, "Отпечатване на бележка")

    (link,) = [node["url"] for node in nodes(reply.card) if node.get("type") == "Action.OpenUrl"]
    assert link == "https://bot.example.bg/slips/token-1"
    sheet = await bot.room.collect("token-1", bot.turn(DIRECTOR, Pressed("", {})).tenant_id)
    assert sheet is not None
    assert sheet.pin in shown(reply)
    assert [slip.name for slip in sheet.slips] == [CHILD]
    assert "до 12:10" in shown(reply) or "До 12:10" in shown(reply)
    assert leaks(bot) == []
    assert "Паролата е скрита" in shown(await bot.presses(DIRECTOR, reply, "Обратно"))


async def test_without_an_address_of_its_own_the_bot_offers_no_slips():
    bot = Bot(people=ALL, prints=False)

    assert not [title for title in buttons(await revealed(bot)) if "бележк" in title]


async def test_a_slip_of_what_is_gone_is_refused():
    bot = Bot(people=ALL)
    seen = await revealed(bot)
    await bot.presses(DIRECTOR, seen, "Отбелязване като предадена")

    assert "Няма временна парола" in shown(await bot.presses(DIRECTOR, seen, "Отпечатване на бележка"))
