"""A refusal brought before the regional office: who may, once, who is told what, and what the office then does."""

import asyncio
from datetime import timedelta

import pytest

from bot.conversation import Pressed, Reply
from bot.core.transfers.model import CLOCK, State
from tests.conversations.bot import (
    DEPUTY,
    DIRECTOR,
    EGN_MOVED,
    OTHER_DIRECTOR,
    RUO,
    STRANGER,
    TEACHER,
    Bot,
    button_of,
    buttons,
    prefilled,
    row_of,
    shown,
)
from tests.conversations.test_transfer_messages import NAME, asked, now_shows, only, sent_to

APPEAL = "Отнасяне към РУО"
WHY = "Ученикът е записан при нас от 3 ноември"


@pytest.fixture
async def bot() -> Bot:
    """The other director has refused, and everybody has been told."""
    bot = Bot()
    await bot.says(RUO, "помощ")
    await asked(bot)
    await bot.moves.work()
    await refuses(bot)
    return bot


async def refuses(bot: Bot, how: str = "Отхвърляне") -> None:
    opened = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], how)
    await bot.presses(OTHER_DIRECTOR, opened, how, reason="Още е при нас.")
    await bot.moves.work()


async def opened(bot: Bot, who: str = DIRECTOR) -> Reply:
    listed = await bot.presses(who, await bot.says(who, "искания"), "Приключени: 1")
    return await bot.presses(who, listed, row_of(listed))


async def appeals(bot: Bot) -> Reply:
    form = await bot.presses(DIRECTOR, await opened(bot), APPEAL)
    reply = await bot.presses(DIRECTOR, form, APPEAL, reason=WHY)
    await bot.moves.work()
    return reply


async def test_a_refusal_goes_to_the_office_with_a_reason_and_everybody_is_told(bot):
    before = {who: len(sent_to(bot, who)) for who in (DIRECTOR, OTHER_DIRECTOR, RUO)}
    assert before[RUO] == 0
    card = await opened(bot)
    assert "можете да го отнесете към РУО" in shown(card)
    form = await bot.presses(DIRECTOR, card, APPEAL)
    assert only(bot).state is State.REFUSED
    empty = await bot.presses(DIRECTOR, form, APPEAL, reason=" 12 ")
    assert "Моля, посочете причина" in shown(empty)
    assert only(bot).state is State.REFUSED

    done = await bot.presses(DIRECTOR, form, APPEAL, reason=WHY)
    await bot.moves.work()

    assert "Отнесохте отказа към РУО." in shown(done)
    assert (only(bot).state, only(bot).appeal.reason) == (State.ESCALATED, WHY)
    assert [entry.outcome for entry in bot.ledger.audit.of("transfer.appealed")] == ["escalated"]
    (office,) = sent_to(bot, RUO)
    assert "приемащото училище отнесе отказа към РУО" in shown(office)
    assert all(word not in shown(office) for word in (NAME, WHY, "Още е при нас."))
    (told,) = sent_to(bot, OTHER_DIRECTOR)[before[OTHER_DIRECTOR] :]
    assert "отнесе към РУО отказа по искане № 1" in shown(told)
    assert WHY in shown(told)
    assert "можете да одобрите искането" in now_shows(bot, OTHER_DIRECTOR)
    assert "Отказът е отнесен към РУО" in now_shows(bot, DIRECTOR)
    assert len(sent_to(bot, DIRECTOR)) == before[DIRECTOR]
    for who, counts in ((DIRECTOR, "Изпратени: 1"), (OTHER_DIRECTOR, "Получени: 1"), (RUO, "Искания в областта: 1")):
        assert counts in shown(await bot.says(who, "искания"))


async def test_an_office_that_had_the_request_before_hears_of_it_again(bot):
    late = Bot()
    await late.says(RUO, "помощ")
    await asked(late)
    await late.moves.wait(days=8)
    assert only(late).state is State.ESCALATED
    await refuses(late)
    assert len(sent_to(late, RUO)) == 1

    await appeals(late)

    assert len(sent_to(late, RUO)) == 2
    assert "отнесе към РУО отказа" in shown(sent_to(late, RUO)[-1])
    assert WHY not in shown(sent_to(late, RUO)[-1])


async def test_the_office_reads_both_sides_when_it_has_said_why(bot):
    await appeals(bot)
    why = await bot.presses(RUO, sent_to(bot, RUO)[0], "Показване на данните")
    seen = await bot.presses(RUO, why, "Показване на данните", reason="Спор")

    assert all(word in shown(seen) for word in (NAME, WHY, "Още е при нас."))


@pytest.mark.parametrize(
    ("press", "state", "words"),
    [
        ("Одобряване", State.DONE, "Профилът е предоставен"),
        ("Отхвърляне", State.REFUSED, "Искането е отхвърлено"),
        ("Връщане на училището", State.REQUESTED, "Изпратено искане"),
    ],
)
async def test_the_office_decides_and_that_is_that(bot, press, state, words):
    await appeals(bot)
    why = await bot.presses(RUO, sent_to(bot, RUO)[0], press)
    await bot.presses(RUO, why, press, reason="Решение на РУО")
    await bot.moves.work()

    assert only(bot).state is state
    assert words in now_shows(bot, DIRECTOR)
    assert APPEAL not in buttons(sent_to(bot, DIRECTOR)[0])
    if state is not State.REQUESTED:
        assert APPEAL not in buttons(await opened(bot))
        return
    await refuses(bot)  # the school decides anew, and this time it stands
    again = await opened(bot)
    assert only(bot).state is State.REFUSED
    assert APPEAL not in buttons(again)
    assert "можете да го отнесете към РУО" not in shown(again)


async def test_what_the_office_itself_refused_is_not_brought_before_it():
    bot = Bot()
    await bot.says(RUO, "помощ")
    await asked(bot)
    await bot.moves.wait(days=8)
    why = await bot.presses(RUO, sent_to(bot, RUO)[0], "Отхвърляне")
    await bot.presses(RUO, why, "Отхвърляне", reason="Няма основание")
    await bot.moves.work()

    assert APPEAL not in buttons(await opened(bot))


async def test_that_a_student_is_not_theirs_may_be_brought_before_the_office_too():
    bot = Bot()
    await bot.says(RUO, "помощ")
    await asked(bot)
    await bot.moves.work()
    await refuses(bot, "Не е при нас")

    await appeals(bot)

    assert only(bot).appeal.against is State.NOT_OURS
    assert "Ученикът не е в това училище" in now_shows(bot, OTHER_DIRECTOR)


async def test_the_school_may_give_way_and_not_refuse_again(bot):
    refusing = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Отхвърляне")
    assert "Отхвърлено" in shown(refusing)
    await appeals(bot)
    listed = await bot.says(OTHER_DIRECTOR, "искания")
    card = await bot.presses(OTHER_DIRECTOR, listed, row_of(listed))
    assert buttons(card) == ["Одобряване", "Искания"]
    old = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Отхвърляне")
    assert "Искането вече е било пред РУО" in shown(old)
    assert only(bot).state is State.ESCALATED

    sure = await bot.presses(OTHER_DIRECTOR, card, "Одобряване")
    await bot.presses(OTHER_DIRECTOR, sure, "Одобряване")
    await bot.moves.work()
    assert only(bot).state is State.DONE


@pytest.mark.parametrize("who", [OTHER_DIRECTOR, TEACHER, STRANGER, RUO, DEPUTY])
async def test_nobody_but_the_receiving_director_brings_it_before_the_office(bot, who):
    bot.appoint()  # the deputy of the director who asked
    card = await opened(bot)
    form = await bot.presses(DIRECTOR, card, APPEAL)
    for pressed in (card, form):
        await bot.presses(who, pressed, APPEAL, reason=WHY)
    listed = await bot.says(who, "искания")
    if "Приключени: 1" in buttons(listed):
        assert APPEAL not in buttons(await opened(bot, who))

    assert only(bot).state is State.REFUSED


async def test_a_double_press_and_one_on_an_old_card_are_one(bot):
    form = await bot.presses(DIRECTOR, await opened(bot), APPEAL)
    button = button_of(form, APPEAL)
    data = {**button["data"], **prefilled(form), "reason": WHY}
    turns = [bot.turn(DIRECTOR, Pressed(button["verb"], data)) for _ in range(3)]

    await asyncio.gather(*map(bot.responder, turns))
    late = await bot.presses(DIRECTOR, form, APPEAL, reason="Още веднъж")

    assert len(bot.ledger.audit.of("transfer.appealed")) == 1
    assert only(bot).appeal.reason == WHY
    assert "Състояние на искането: Отнесено към РУО" in shown(late)
    assert len([row for row in bot.moves.queue.of(CLOCK) if row.payload["round"] == "1"]) == 1


async def test_who_has_asked_again_meanwhile_has_nothing_to_bring_before_the_office(bot):
    form = await bot.presses(DIRECTOR, await opened(bot), APPEAL)
    await asked(bot)
    reply = await bot.presses(DIRECTOR, form, APPEAL, reason=WHY)

    assert "вече има ново искане" in shown(reply)
    assert sorted(row.state for row in bot.moves.transfers.rows.values()) == [State.REFUSED, State.REQUESTED]


async def test_an_identifier_in_the_reason_is_not_kept(bot):
    form = await bot.presses(DIRECTOR, await opened(bot), APPEAL)
    await bot.presses(DIRECTOR, form, APPEAL, reason=f"ЕГН {EGN_MOVED} е при нас")

    assert EGN_MOVED not in only(bot).appeal.reason
    assert "при нас" in only(bot).appeal.reason


async def test_cancelling_leads_back_to_the_request_and_the_list_it_came_from(bot):
    form = await bot.presses(DIRECTOR, await opened(bot), APPEAL)
    card = await bot.presses(DIRECTOR, form, "Отказ")
    assert APPEAL in buttons(card)
    assert shown(await bot.presses(DIRECTOR, card, "Искания")).startswith("Искания – Приключени: 1")
    assert only(bot).state is State.REFUSED


async def test_nobody_decides_and_it_ends_and_a_student_who_left_ends_it_too(bot):
    await appeals(bot)
    assert only(bot).deadlines.expire_at > bot.clock() + timedelta(days=30)
    await bot.moves.wait(days=60)
    assert only(bot).state is State.EXPIRED

    moved = Bot()
    await asked(moved)
    await moved.moves.work()
    await refuses(moved)
    moved.moves.roster.move("person-2", "school-1")
    await appeals(moved)
    assert only(moved).state is State.STALE
