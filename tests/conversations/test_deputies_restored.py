"""A copy was put back: whoever directs a school that had authorities is told that they have ended."""

from bot.core.actors.deputies import tell_of_restoring
from tests.conversations.bot import DIRECTOR, LIPA, TEACHER, Bot, button_of, shown


async def told(bot: Bot) -> dict[str, str]:
    await bot.moves.work()
    return {chat.removeprefix("chat-"): shown(reply) for chat, _, reply in bot.moves.messenger.sent}


async def test_the_directors_of_the_school_are_told_once_and_led_to_the_list():
    bot = Bot()
    await bot.room.queue.add([tell_of_restoring(LIPA.id, bot.clock())])
    bot.moves.deciders.of_school[LIPA.id] = (DIRECTOR, TEACHER)

    said = await told(bot)

    assert list(said) == [DIRECTOR], "a teacher is not told"
    assert "Упълномощаванията са прекратени" in said[DIRECTOR]
    assert "всички в училището са прекратени" in said[DIRECTOR]
    (sent,) = bot.moves.messenger.sent
    assert button_of(sent[2], "Упълномощени лица")
