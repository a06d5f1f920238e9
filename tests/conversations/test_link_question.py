"""A teacher's question about a class: to a director without the bot, to a later one, and pressed a second time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import Reply
from bot.core.class_links.cases import NEWS
from bot.core.tasks import TryAgain
from bot.runtime.task_worker import attempt
from tests.conversations.bot import DIRECTOR, FACTS, LIPA, TEACHER, Bot, buttons, shown
from tests.conversations.password_room import LEASE
from tests.conversations.test_link_conversation import card_text, opened

LATER = "later-director"


class QuestionRoom:
    """`bot` is the whole bot; `wait()` has the worker say what falls due."""

    def __init__(self) -> None:
        self.bot = Bot()
        self._handler = next(one for one in self.bot.handlers() if one.kind == NEWS)

    async def asked(self) -> Reply:
        """The teacher opens the class anew and asks."""
        answer = await self.bot.presses(TEACHER, await opened(self.bot, TEACHER, "Химия"), "Въпрос до директора")
        cases = self.bot.links.cases
        self.bot.room.queue.write([task for task in cases.tasks if task.kind == NEWS])
        cases.tasks = [task for task in cases.tasks if task.kind != NEWS]
        return answer

    async def wait(self, **by: float) -> None:
        queue, clock = self.bot.room.queue, self.bot.clock
        until = clock() + timedelta(**by)
        while True:
            for task in await queue.claim((NEWS,), 1, LEASE):
                try:
                    await attempt(self._handler, task)
                except TryAgain as later:
                    await queue.again(task, clock() + later.after, later.why, failed=later.failed)
                else:
                    await queue.done(task)
            due = min((row.run_at for row in queue.of(NEWS) if row.status == "ready"), default=None)
            if due is None or due > until:
                break
            clock.now = max(clock.now, due)
        clock.now = until

    def comes(self, who: str) -> None:
        """Another director of the school opens the bot for the first time."""
        self.bot.roles.facts[who] = replace(FACTS[0], object_id=who)
        self.bot.moves.deciders.of_school[LIPA.id] = (DIRECTOR, who)

    def sent_to(self, who: str) -> list[Reply]:
        return [reply for chat, _, reply in self.bot.moves.messenger.sent if chat == f"chat-{who}"]


@pytest.fixture
def room() -> QuestionRoom:
    return QuestionRoom()


async def test_a_question_to_a_director_who_has_never_opened_the_bot_is_not_lost(room):
    room.bot.moves.without_app.add(DIRECTOR)
    assert "Директорът ще получи съобщение" in shown(await room.asked())
    await room.wait(minutes=6)
    assert room.bot.moves.installer.asked[0] == DIRECTOR
    (told,) = room.sent_to(TEACHER)
    assert "Директорът още не е уведомен" in shown(told)
    assert "Химия" in card_text(await room.bot.presses(TEACHER, told, "Преглед на класната стая"))

    await room.wait(days=1)
    room.bot.moves.without_app.clear()
    await room.wait(minutes=11)
    (card,) = room.sent_to(DIRECTOR)
    assert "пита за „Химия - 5 а - ООП“" in card_text(card)
    answered = await room.bot.presses(DIRECTOR, card, "Решено е")
    assert "Отговорът е изпратен" in shown(answered)


async def test_a_question_asked_a_second_time_says_what_is_so_and_reaches_a_later_director(room):
    await room.asked()
    await room.wait(minutes=6)
    assert len(room.sent_to(DIRECTOR)) == 1
    room.comes(LATER)
    again = await room.asked()
    assert "Въпросът Ви е записан и чака отговор" in shown(again)
    assert "Директорът ще получи съобщение" not in shown(again)
    await room.wait(minutes=6)
    assert [len(room.sent_to(who)) for who in (DIRECTOR, LATER, TEACHER)] == [1, 1, 0]
    assert "Решено е" in buttons(room.sent_to(LATER)[0])


async def test_a_later_director_is_brought_the_question_without_a_second_press(room):
    await room.asked()
    await room.wait(minutes=6)
    room.comes(LATER)
    await room.wait(days=1)
    assert [len(room.sent_to(who)) for who in (DIRECTOR, LATER, TEACHER)] == [1, 1, 0]
