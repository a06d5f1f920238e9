"""The board as a table to be kept outside the chat: a page for minutes, used once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.core.accounts.board import Board
from bot.core.accounts.policy import may_see_board
from bot.core.accounts.read import ReadBoard
from bot.core.accounts.record import table_entry
from bot.core.actors.model import Actor
from bot.core.actors.permits import directs
from bot.core.actors.ports import FreshActors
from bot.core.clock import Clock
from bot.core.decision import Decision
from bot.core.one_time_links import LIVES, MadeFile, Offered, OneTimeLink, OneTimeLinks

TABLE = "accounts"
"""What the link is for."""


@dataclass(frozen=True, slots=True)
class DownloadedBoard:
    """The board of a school, for the file."""

    board: Board
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardTable:
    """Only for the director of the school: asked when the link is given, and again when it is used.

    Errors: DirectoryError and its kinds, StoreUnavailable. While the directory does not answer, the link stays good.
    """

    actors: FreshActors
    read: ReadBoard
    links: OneTimeLinks
    clock: Clock
    new_token: Callable[[], str]

    async def offer(self, actor: Actor, language: str) -> Offered | Decision:
        """A link for this person."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = may_see_board(fresh)
        if not permit.allowed or fresh.school is None:
            return permit
        now, token = self.clock(), self.new_token()
        link = OneTimeLink(TABLE, fresh.object_id, fresh.tenant_id, fresh.school.id, language, now + LIVES)
        await self.links.offer(token, link, (table_entry(now, fresh.object_id, fresh.school.id, "offered"),))
        return Offered(token, link.until)

    async def table(self, token: str, write: Callable[[DownloadedBoard], Awaitable[bytes]]) -> MadeFile | None:
        """The whole board, written to a file. None is all that is said of a link that is not good for this."""
        link = await self.links.one(token, self.clock())
        if link is None or link.link_page != TABLE:
            return None
        actor = await self.actors.fresh(link.actor, link.tenant)
        if not directs(actor, link.school).allowed or actor.school is None:
            return None
        seen = await self.read(actor.school)
        written = await write(DownloadedBoard(seen, link.language))

        async def use() -> bool:
            now = self.clock()
            entry = table_entry(now, actor.object_id, link.school, "downloaded", people=len(seen.people))
            return await self.links.use(token, now, (entry,))

        return MadeFile(written, use)
