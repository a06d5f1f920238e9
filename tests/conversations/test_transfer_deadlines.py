"""Whatever day it is: nobody is told to decide by a moment that is over, and a list says of itself what it lists."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.transfers.model import State
from tests.conversations.bot import DIRECTOR, OTHER_DIRECTOR, RUO, Bot, buttons, row_of, shown
from tests.conversations.test_transfer_messages import asked, only

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


async def test_who_has_one_list_reads_its_name_once():
    bot = Bot()
    await asked(bot)
    await bot.moves.wait(days=9)

    assert shown(await bot.says(RUO, "искания")).count("Искания в областта: 1") == 1
    director = shown(await bot.says(OTHER_DIRECTOR, "искания"))
    assert director.startswith("Искания – Получени: 1")
    assert "Изпратени: 0 · Получени: 1 · Приключени: 0" in director
