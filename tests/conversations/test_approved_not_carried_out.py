"""„Одобрено, но не е изпълнено“: who sees it end, and by what; and a student whom НЕИСПУО has moved before the bot."""

from dataclasses import replace

import pytest

from bot.conversation import Reply
from bot.core.errors import DirectoryForbidden
from bot.core.transfers.model import Problem, State
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
from tests.conversations.test_transfer_messages import NAME, asked, now_shows, only, sent_to
from tests.fakes_placements import Fault

RETRY, WITHDRAW, TAKE_BACK = "Нов опит", "Оттегляне на искането", "Оттегляне на одобрението"
WHY = "Измамиха ни по телефона"
STUDENT = "person-2"


async def approves(bot: Bot) -> None:
    sure = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Одобряване")
    await bot.presses(OTHER_DIRECTOR, sure, "Одобряване")
    await bot.moves.work()


@pytest.fixture
async def bot() -> Bot:
    """Approved, and Microsoft lets the bot write nothing; everybody has been told."""
    bot = Bot()
    await bot.says(RUO, "помощ")
    await asked(bot)
    await bot.moves.work()
    bot.moves.roster.faults.extend([Fault(DirectoryForbidden("403"))] * 1_000)
    await approves(bot)
    assert only(bot).state is State.NEEDS_ATTENTION
    return bot


async def opened(bot: Bot, who: str, group: str = "") -> Reply:
    """The request, from the list."""
    listed = await bot.says(who, "искания")
    listed = await bot.presses(who, listed, group) if group else listed
    return await bot.presses(who, listed, row_of(listed))


async def test_each_side_is_offered_its_ways_out(bot):
    ways = {who: buttons(await opened(bot, who)) for who in (DIRECTOR, OTHER_DIRECTOR, RUO)}

    assert {WITHDRAW, RETRY} <= set(ways[DIRECTOR])
    assert TAKE_BACK not in ways[DIRECTOR]
    for who in (OTHER_DIRECTOR, RUO):
        assert {TAKE_BACK, RETRY} <= set(ways[who])
        assert WITHDRAW not in ways[who]


async def test_an_approval_given_by_mistake_is_taken_back_with_a_reason_that_both_schools_read(bot):
    old = await opened(bot, DIRECTOR)
    before = len(sent_to(bot, DIRECTOR))
    form = await bot.presses(OTHER_DIRECTOR, await opened(bot, OTHER_DIRECTOR), TAKE_BACK)
    assert "Посочете защо оттегляте одобрението." in shown(form)
    empty = await bot.presses(OTHER_DIRECTOR, form, TAKE_BACK, reason="12")
    assert "Моля, посочете причина" in shown(empty)
    assert only(bot).state is State.NEEDS_ATTENTION

    done = await bot.presses(OTHER_DIRECTOR, form, TAKE_BACK, reason=WHY)
    await bot.moves.work()

    assert "Оттеглихте одобрението." in shown(done)
    assert only(bot).state is State.REFUSED
    (news,) = sent_to(bot, DIRECTOR)[before:]
    assert "Одобрението е оттеглено" in shown(news)
    assert f"Причина: {WHY}" in shown(news)
    assert "Искането е отхвърлено" not in shown(news)
    for who in (DIRECTOR, OTHER_DIRECTOR):
        assert "Одобрението на искането е оттеглено, преди промяната да бъде завършена." in now_shows(bot, who)
        assert "Ако причината отпадне" not in now_shows(bot, who)
    late = await bot.presses(DIRECTOR, old, RETRY)
    assert "Нищо не е променено." in shown(late)
    await bot.moves.wait(days=60)
    assert bot.moves.roster.writes == []
    assert only(bot).state is State.REFUSED


async def test_what_was_taken_back_can_be_brought_before_the_office(bot):
    form = await bot.presses(OTHER_DIRECTOR, await opened(bot, OTHER_DIRECTOR), TAKE_BACK)
    await bot.presses(OTHER_DIRECTOR, form, TAKE_BACK, reason=WHY)
    await bot.moves.work()

    card = await opened(bot, DIRECTOR, "Приключени: 1")
    form = await bot.presses(DIRECTOR, card, "Отнасяне към РУО")
    await bot.presses(DIRECTOR, form, "Отнасяне към РУО", reason="Ученикът учи при нас")
    await bot.moves.work()

    assert only(bot).state is State.ESCALATED
    await bot.moves.wait(days=60)
    assert "Срокът на искането изтече, без профилът да бъде предоставен." in now_shows(bot, OTHER_DIRECTOR)


async def test_the_office_takes_an_approval_back_and_reads_no_student(bot):
    form = await bot.presses(RUO, await opened(bot, RUO), TAKE_BACK)
    assert NAME not in shown(form)
    done = await bot.presses(RUO, form, TAKE_BACK, reason=WHY)
    await bot.moves.work()

    assert NAME not in shown(done)
    assert "Одобрението на искането е оттеглено" in now_shows(bot, OTHER_DIRECTOR)
    assert TAKE_BACK not in buttons(await opened(bot, OTHER_DIRECTOR, "Приключени: 1"))


async def test_who_asked_withdraws_what_is_not_carried_out_and_nothing_moves_any_more(bot):
    sure = await bot.presses(DIRECTOR, await opened(bot, DIRECTOR), WITHDRAW)
    assert "ще бъде оттеглено. Потвърждавате ли?" in shown(sure)
    done = await bot.presses(DIRECTOR, sure, WITHDRAW)
    await bot.moves.work()

    assert "Оттеглихте искането." in shown(done)
    assert only(bot).state is State.WITHDRAWN
    for who in (DIRECTOR, OTHER_DIRECTOR):
        assert "Моля, проверете в НЕИСПУО къде е записан ученикът." in now_shows(bot, who)
    await bot.moves.wait(days=60)
    assert bot.moves.roster.writes == []


@pytest.mark.parametrize("who", [DIRECTOR, OTHER_DIRECTOR, RUO])
async def test_whoever_ends_it_the_receiving_school_sets_no_password_any_more(bot, who):
    row = only(bot)
    held = await bot.moves.releases.released_by(STUDENT, row.asked.receiving.id, bot.clock())
    assert held == row.asked.releasing.id
    title = WITHDRAW if who == DIRECTOR else TAKE_BACK

    question = await bot.presses(who, await opened(bot, who), title)
    await bot.presses(who, question, title, **({} if who == DIRECTOR else {"reason": WHY}))

    assert only(bot).state in {State.WITHDRAWN, State.REFUSED}
    assert not await bot.moves.releases.released_by(STUDENT, row.asked.receiving.id, bot.clock())


async def test_a_student_whom_neispuo_moves_meanwhile_is_noticed_and_nobody_presses_anything(bot):
    before = len(sent_to(bot, DIRECTOR))
    bot.moves.roster.move(STUDENT, "school-1")
    await bot.moves.wait(days=1)

    assert only(bot).state is State.DONE
    assert bot.moves.roster.writes == []
    (news,) = sent_to(bot, DIRECTOR)[before:]
    assert "ученикът вече е във Вашето училище" in shown(news)
    card = now_shows(bot, DIRECTOR)
    assert "Ученикът е преместен от НЕИСПУО." in card
    assert "Запишете ученика и в НЕИСПУО" not in card
    assert "Отпишете ученика и в НЕИСПУО" not in now_shows(bot, OTHER_DIRECTOR)


async def test_and_so_is_it_when_it_is_tried_again(bot):
    bot.moves.roster.move(STUDENT, "school-1")
    await bot.presses(DIRECTOR, await opened(bot, DIRECTOR), RETRY)
    await bot.moves.work()

    assert only(bot).state is State.DONE
    assert bot.moves.roster.writes == []


async def test_one_who_has_gone_to_a_third_school_holds_up_nobody(bot):
    bot.moves.roster.schools["school-3"] = replace(UTRO, id="school-3")
    bot.moves.roster.move(STUDENT, "school-3")
    await bot.moves.wait(days=1)

    assert only(bot).state is State.STALE
    assert "вече не е записан в училището" in now_shows(bot, DIRECTOR)
    assert await bot.moves.transfers.unfinished_of(STUDENT) is None


async def test_after_a_fortnight_only_who_could_approve_it_may_have_it_tried_again(bot):
    old = await opened(bot, DIRECTOR)
    await bot.moves.wait(days=15)

    card = await opened(bot, DIRECTOR)
    assert RETRY not in buttons(card)
    assert "Одобрението е дадено преди повече от 14 дни" in shown(card)
    refused = await bot.presses(DIRECTOR, old, RETRY)
    assert "Нов опит може да направи училището, до което е изпратено искането, или РУО." in shown(refused)
    assert only(bot).state is State.NEEDS_ATTENTION
    bot.moves.roster.faults.clear()
    others = await opened(bot, OTHER_DIRECTOR)
    assert "14 дни" not in shown(others)
    await bot.presses(OTHER_DIRECTOR, others, RETRY)
    await bot.moves.work()
    assert only(bot).state is State.DONE


# The child goes back


async def test_when_the_parents_change_their_mind_nobody_is_told_that_neispuo_has_undone_it():
    bot = Bot()
    await asked(bot)
    await bot.moves.work()
    await approves(bot)
    first = only(bot)
    assert first.state is State.DONE
    await bot.moves.wait(hours=1)
    bot.directory.people[:] = [
        replace(one, schools=(bot.moves.roster.schools["school-1"],)) if one.id == STUDENT else one
        for one in bot.directory.people
    ]
    form = await bot.presses(
        OTHER_DIRECTOR, await bot.says(OTHER_DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=EGN_MOVED
    )
    await bot.presses(OTHER_DIRECTOR, form, "Изпращане на искането", basis="application", to_class="5 б")
    await bot.moves.work()
    back = next(row for row in bot.moves.transfers.rows.values() if row.id != first.id)
    sure = await bot.presses(DIRECTOR, await opened(bot, DIRECTOR), "Одобряване")
    await bot.presses(DIRECTOR, sure, "Одобряване")
    await bot.moves.work()
    assert bot.moves.transfers.rows[back.id].state is State.DONE
    assert bot.moves.roster.now_in(STUDENT) == ("school-2",)
    before = {who: len(sent_to(bot, who)) for who in (DIRECTOR, OTHER_DIRECTOR)}

    await bot.moves.wait(days=7)

    assert {row.state for row in bot.moves.transfers.rows.values()} == {State.DONE}
    assert {who: len(sent_to(bot, who)) for who in before} == before
    assert bot.moves.roster.now_in(STUDENT) == ("school-2",)


# Who is discharged first


async def test_a_director_who_discharges_the_student_first_still_releases_the_account():
    """„Отпишете ученика и в НЕИСПУО“ says the question, and that is done before it is answered."""
    bot = Bot()
    await asked(bot)
    await bot.moves.work()
    sure = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Одобряване")
    assert "Отпишете ученика и в НЕИСПУО" in shown(sure)
    bot.moves.roster.move(STUDENT)
    await bot.moves.wait(minutes=9)

    reply = await bot.presses(OTHER_DIRECTOR, sure, "Одобряване")
    await bot.moves.work()

    assert "Одобрихте искането." in shown(reply)
    assert only(bot).state is State.DONE
    assert bot.moves.roster.now_in(STUDENT) == ("school-1",)


async def test_one_who_is_at_no_school_waits_for_the_decision_however_long_the_looks_go_on():
    bot = Bot()
    await asked(bot)
    bot.moves.roster.move(STUDENT)
    await bot.moves.wait(days=2)
    assert only(bot).open
    del bot.moves.roster.people[STUDENT]
    await bot.moves.wait(days=1)
    assert only(bot).state is State.STALE, "an account that is gone is nobody's to release"


async def test_a_student_who_is_there_already_is_said_to_be_and_can_be_given_a_password():
    bot = Bot()
    await asked(bot)
    await bot.moves.work()
    card = sent_to(bot, OTHER_DIRECTOR)[0]
    bot.moves.roster.move(STUDENT, "school-1")
    await bot.moves.wait(hours=7)

    assert only(bot).state is State.STALE
    (news,) = sent_to(bot, DIRECTOR)[1:]
    assert "ученикът вече е във Вашето училище" in shown(news)
    assert "изпратете ново искане" not in shown(news)
    assert buttons(news)[0] == "Временна парола"
    assert "ученикът вече е във Вашето училище" in now_shows(bot, DIRECTOR)
    seen = await opened(bot, DIRECTOR, "Приключени: 1")
    assert "Временна парола" in buttons(seen)
    assert "ученикът вече е в приемащото училище. Не е необходимо действие." in now_shows(bot, OTHER_DIRECTOR)
    late = await bot.presses(OTHER_DIRECTOR, card, "Одобряване")
    assert "Закрито – ученикът е преместен" in shown(late)


async def test_one_who_is_in_no_school_the_morning_after_is_not_said_to_be_back():
    bot = Bot()
    await asked(bot)
    await bot.moves.work()
    await approves(bot)
    bot.moves.roster.move(STUDENT)
    await bot.moves.wait(days=1)

    assert (only(bot).state, only(bot).problem) == (State.NEEDS_ATTENTION, Problem.NOWHERE)
    for who in (DIRECTOR, OTHER_DIRECTOR):
        assert "Ученикът вече не е записан в нито едно училище" in now_shows(bot, who)
        assert "отново е в предишното училище" not in now_shows(bot, who)
    await bot.presses(DIRECTOR, await opened(bot, DIRECTOR), RETRY)
    await bot.moves.work()
    assert bot.moves.roster.now_in(STUDENT) == ("school-1",)
    assert only(bot).state is State.DONE
