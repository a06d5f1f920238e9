"""Whatever day it is: nobody is told to decide by a moment that is over, and a list says of itself what it lists."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import Reply
from bot.core.people.free_text import FreeText
from bot.core.tasks import NewTask
from bot.core.transfers.finish import ATTENTION
from bot.core.transfers.model import CLOCK, Problem, Remark, Side, State, Verdict
from bot.seals import Holder, Sealer
from tests.conversations.bot import DIRECTOR, OTHER_DIRECTOR, RUO, TENANT, Bot, buttons, row_of, shown
from tests.conversations.test_transfer_messages import asked, now_shows, only, sent_to

_SOFIA = ZoneInfo("Europe/Sofia")
_UNTIL = re.compile(r"реш[а-я]+ до (\d\d\.\d\d\.\d{4} г\., \d\d:\d\d) ч\.")


def deadlines_in(text: str) -> list[datetime]:
    """Every moment until which something is to be decided."""
    return [datetime.strptime(one, "%d.%m.%Y г., %H:%M").replace(tzinfo=_SOFIA) for one in _UNTIL.findall(text)]


async def told(bot: Bot, who: str) -> str:
    """The list, the request opened from it, and what the bot has sent in the last minute."""
    listed = await bot.says(who, "искания")
    if not any(title.startswith("Искане №") for title in buttons(listed)):
        return shown(listed)
    return shown(listed) + "\n" + shown(await bot.presses(who, listed, row_of(listed)))


@pytest.mark.parametrize("days", [0, 2, 4, 6, 8, 20, 60])
async def test_a_deadline_that_is_shown_is_still_to_come(days):
    bot = Bot()
    await asked(bot)
    await bot.moves.wait(days=days)
    assert only(bot).state is not State.APPROVED

    for who in (DIRECTOR, OTHER_DIRECTOR, RUO):
        listed = await bot.says(who, "искания")
        sent = next((title for title in buttons(listed) if title.startswith("Изпратени")), None)
        texts = [await told(bot, who), shown(await bot.presses(who, listed, sent)) if sent else ""]
        for deadline in deadlines_in("\n".join(texts)):
            assert deadline > bot.clock(), (who, only(bot).state, texts)


async def test_what_the_office_sends_back_has_a_deadline_to_come():
    bot = Bot()
    await asked(bot)
    await bot.says(OTHER_DIRECTOR, "помощ")
    await bot.says(RUO, "помощ")
    await bot.moves.wait(days=9)
    listed = await bot.says(RUO, "искания")
    opened = await bot.presses(RUO, listed, row_of(listed))
    assert shown(opened).startswith("Искане, отнесено към РУО\n")
    deciding = await bot.presses(RUO, opened, "Одобряване")
    assert "Решавате вместо училището." in shown(deciding)
    form = await bot.presses(RUO, opened, "Връщане на училището")
    assert "Посочете защо връщате искането." in shown(form)
    assert "Решавате вместо училището" not in shown(form), "who returns it decides nothing"
    returned = await bot.presses(RUO, form, "Връщане на училището", reason="Първо решава училището")
    assert shown(returned).startswith("Искане в областта\n"), "it is with the school now"
    before = len(bot.moves.messenger.sent)
    await bot.moves.work()

    news = "\n".join(shown(reply) for chat, _, reply in bot.moves.messenger.sent[before:])
    found = deadlines_in(f"{news}\n{await told(bot, OTHER_DIRECTOR)}")
    assert found
    assert all(deadline > bot.clock() for deadline in found)


async def expired(*, approved: bool) -> Bot:
    """The time of the request is over: nobody decided, or it was approved and waited for people."""
    bot = Bot()
    await bot.says(RUO, "помощ")
    await asked(bot)
    await bot.says(OTHER_DIRECTOR, "помощ")
    await bot.moves.wait(days=9)
    if approved:
        row = only(bot)
        verdict = Verdict("head", "Директор Две", Side.RELEASING, bot.clock(), FreeText(""), FreeText(""))
        bot.moves.transfers.rows[row.id] = replace(
            row, state=State.NEEDS_ATTENTION, verdict=verdict, started_at=bot.clock(), problem=Problem.UNDONE
        )
        payload = {"transfer": row.id, "round": ATTENTION}
        await bot.moves.queue.add([NewTask(CLOCK, f"{row.id}:{ATTENTION}", row.deadlines.expire_at, payload)])
    await bot.moves.wait(days=200)
    assert only(bot).state is State.EXPIRED
    return bot


async def test_when_the_time_of_a_request_is_over_only_who_asked_is_told_to_ask_again():
    bot = await expired(approved=False)

    cards = {who: now_shows(bot, who) for who in (DIRECTOR, OTHER_DIRECTOR, RUO)}
    for who, words in cards.items():
        assert "Срокът на искането изтече, без профилът да бъде предоставен." in words, who
        assert ("изпратете ново" in words) == (who == DIRECTOR)
        assert ("Не е необходимо действие." in words) == (who != DIRECTOR)
    (news,) = [words for reply in sent_to(bot, DIRECTOR) if "Искането изтече" in (words := shown(reply))]
    assert "изтече, без профилът да бъде предоставен. Ако още е необходимо, изпратете ново." in news
    for words in (*cards.values(), news):
        assert "икой не реши" not in words


async def test_of_an_approved_request_whose_time_is_over_it_is_not_said_that_nothing_was_done():
    """Nobody has read where the student is: the change may be half done, or done and undone."""
    bot = await expired(approved=True)

    look = "изтече, преди промяната да бъде завършена. Моля, проверете в НЕИСПУО къде е записан ученикът."
    cards = {who: now_shows(bot, who) for who in (DIRECTOR, OTHER_DIRECTOR, RUO)}
    (news,) = [words for reply in sent_to(bot, DIRECTOR) if "Искането изтече" in (words := shown(reply))]
    assert "Срокът на искане № 1 до " in news
    assert look in news
    for who, words in cards.items():
        assert f"Срокът на искането {look}" in words, who
        assert "Одобрено" in words, who
    for words in (*cards.values(), news):
        assert "без профилът да бъде предоставен" not in words
        assert "изпратете ново" not in words
        assert "Не е необходимо действие" not in words


@pytest.mark.parametrize("remark", [Remark.CLASS_GONE, Remark.CLASS_OVER])
@pytest.mark.parametrize("state", [State.NEEDS_ATTENTION, State.EXPIRED, State.APPROVED, State.DONE])
async def test_only_of_a_request_that_is_done_it_is_said_that_the_student_is_in_the_school(state, remark):
    bot = await expired(approved=True)
    row = only(bot)
    problem = Problem.UNDONE if state is State.NEEDS_ATTENTION else None
    bot.moves.transfers.rows[row.id] = replace(row, state=state, remark=remark, problem=problem)
    data = Sealer(b"s" * 32, lambda: "kept").seal(
        "request.open", Holder(DIRECTOR, TENANT, f"chat-{DIRECTOR}"), bot.clock(), timedelta(days=1),
        ids={"request": row.id},
    )  # fmt: skip
    button = {"type": "Action.Execute", "title": "Преглед", "verb": "request.open", "data": data}

    words = shown(await bot.presses(DIRECTOR, Reply(card={"actions": [button]}), "Преглед"))

    assert ("Ученикът е в училището" in words) == (state is State.DONE)


@pytest.mark.parametrize("state", [State.NEEDS_ATTENTION, State.REFUSED, State.DONE, State.APPROVED])
async def test_who_decides_too_late_is_told_what_was_decided_and_not_that_all_is_done(state):
    bot = Bot()
    await bot.says(OTHER_DIRECTOR, "помощ")
    await asked(bot)
    await bot.moves.work()
    card = sent_to(bot, OTHER_DIRECTOR)[0]
    row = only(bot)
    verdict = Verdict("head", "Директор Две", Side.RELEASING, bot.clock(), FreeText("не е при нас"), FreeText(""))
    problem = Problem.UNDONE if state is State.NEEDS_ATTENTION else None
    ended = bot.clock() if state in {State.REFUSED, State.DONE} else None
    bot.moves.transfers.rows[row.id] = replace(
        row, state=state, verdict=verdict, started_at=bot.clock(), problem=problem, ended_at=ended,
        version=row.version + 1,
    )  # fmt: skip

    words = shown(await bot.presses(OTHER_DIRECTOR, card, "Одобряване"))

    assert "По искането вече е решено: " in words
    assert "– Директор Две, на 23.11.2026 г., 12:00 ч. Нищо не е променено." in words
    assert "Нищо повече" not in words


async def test_who_decides_after_the_time_is_not_told_that_somebody_decided_so():
    bot = await expired(approved=True)
    row = only(bot)
    data = Sealer(b"s" * 32, lambda: "kept").seal(
        "request.ask", Holder(OTHER_DIRECTOR, TENANT, f"chat-{OTHER_DIRECTOR}"), bot.clock(), timedelta(days=1),
        ids={"request": row.id, "choice": "approve"}, version=row.version - 1,
    )  # fmt: skip
    button = {"type": "Action.Execute", "title": "Одобряване", "verb": "request.ask", "data": data}
    card = Reply(card={"actions": [button]})

    words = shown(await bot.presses(OTHER_DIRECTOR, card, "Одобряване"))

    assert "Състояние на искането: Изтекло. Нищо не е променено." in words


async def test_who_has_one_list_reads_its_name_once():
    bot = Bot()
    await asked(bot)
    await bot.moves.wait(days=9)

    assert shown(await bot.says(RUO, "искания")).count("Искания в областта: 1") == 1
    director = shown(await bot.says(OTHER_DIRECTOR, "искания"))
    assert director.startswith("Искания – Получени: 1")
    assert "Изпратени: 0 · Получени: 1 · Приключени: 0" in director
