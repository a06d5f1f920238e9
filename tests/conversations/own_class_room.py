"""A class teacher with the own class „5 б“, and the worker that tells directors and teacher what was asked."""

from datetime import datetime, timedelta

from bot.conversation import Reply
from bot.core.accounts.ask import ASKED
from bot.core.accounts.model import BoardPerson, BoardState, Choices, Closers
from bot.core.accounts.read import OwnBoard, Pupil
from bot.core.accounts.signatures import mark_of
from bot.core.passwords.model import NOTICE
from bot.core.people.model import Kind, School
from bot.core.tasks import TaskHandler, TryAgain
from bot.dialogs.own_class.closing import meaning
from bot.dialogs.own_class.lists import key_of
from bot.runtime.task_worker import attempt
from tests.conversations.bot import DIRECTOR, LIPA, TEACHER, Bot, row_titles
from tests.conversations.password_room import LEASE

CLASS = "5 б"


class OwnClassRoom:
    """`bot` is the whole bot; `work()` has the worker say what is to be said."""

    def __init__(self, *classes: str, bot: Bot | None = None, school: School = LIPA) -> None:
        self.bot = bot or Bot()
        self.bot.accounts.class_teacher(TEACHER, school, *(classes or (CLASS,)))
        for account in self.bot.accounts.school.accounts.get(school.id, ()):
            if account.class_ in (classes or (CLASS,)):
                self.bot.room.rosters.teachers[account.person] = (TEACHER,)
        self._handlers: dict[str, TaskHandler] = {
            one.kind: one for one in self.bot.handlers() if one.kind in {ASKED, NOTICE}
        }

    def lets_class_teachers_close(self) -> None:
        self.bot.accounts.store.chosen[LIPA.id] = Choices(Closers.CLASS_TEACHER)

    async def work(self) -> None:
        """Everything that is due now."""
        queue, clock = self.bot.room.queue, self.bot.clock
        while tasks := await queue.claim(tuple(self._handlers), 1, LEASE):
            (task,) = tasks
            try:
                await attempt(self._handlers[task.kind], task)
            except TryAgain as later:
                await queue.again(task, clock() + later.after, later.why, failed=later.failed)
            else:
                await queue.done(task)

    async def wait(self, **by: float) -> None:
        """Time passes, and the worker says what falls due in it."""
        until = self.bot.clock() + timedelta(**by)
        await self.work()
        while (due := self._next_due()) is not None and due <= until:
            self.bot.clock.now = max(self.bot.clock.now + timedelta(seconds=1), due)
            await self.work()
        self.bot.clock.now = max(self.bot.clock.now, until)

    def _next_due(self) -> datetime | None:
        rows = (row for kind in self._handlers for row in self.bot.room.queue.of(kind))
        return min((row.run_at for row in rows if row.status == "ready"), default=None)

    def sent_to(self, who: str) -> list[Reply]:
        """Every message of its own accord, as it was sent."""
        return [reply for chat, _, reply in self.bot.moves.messenger.sent if chat == f"chat-{who}"]

    def now_shows(self, who: str = DIRECTOR, number: int = 0) -> Reply:
        """One of these messages as it is now."""
        mine = [(key, reply) for chat, key, reply in self.bot.moves.messenger.sent if chat == f"chat-{who}"]
        key, reply = mine[number]
        updates = [one for _, updated, one in self.bot.moves.messenger.updated if updated == key]
        return updates[-1] if updates else reply

    async def opened(self, who: str = TEACHER) -> Reply:
        return await self.bot.says(who, "моят клас")

    async def pupil(self, name: str) -> Reply:
        """The student's card, by the rows of the own class, page after page."""
        card = await self.opened()
        while True:
            titles = [one for one in row_titles(card) if one.startswith(name)]
            if titles:
                return await self.bot.presses(TEACHER, card, titles[0])
            card = await self.bot.presses(TEACHER, card, "Следващи")

    async def asked(self, name: str) -> Reply:
        """A password is asked for."""
        return await self.bot.presses(TEACHER, await self.pupil(name), "Искане на парола")

    def own_key(self) -> str:
        """What a press calls the class „5 б“, whoever's it is."""
        return key_of(OwnBoard(LIPA, CLASS, None, ()))

    def meaning(self, person: str) -> str:
        """What „Всички подписаха“ carries of a card with this person alone."""
        board = self._board()
        return meaning(board, [one for one in board.pupils if one.id == person])

    def marks(self, person: str) -> str:
        """What „Запис на отбелязаните“ carries of it."""
        return self._board().marks.get(person, "")

    def _board(self) -> OwnBoard:
        store = self.bot.accounts.store
        rows = [
            row for row in store.rows(LIPA.id) if row.account.class_ == CLASS and row.account.kind is Kind.STUDENT
        ]
        people = [BoardPerson(row, BoardState.NEW) for row in rows]
        pupils = tuple(Pupil(one.id, one.name, one.state, None) for one in people)
        return OwnBoard(LIPA, CLASS, None, pupils, marks={one.id: mark_of(one) for one in people})
