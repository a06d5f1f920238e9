"""The use cases of the ministry's lists, and what the worker does about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.accounts.board import Board
from bot.core.accounts.read import ShowBoard
from bot.core.actors.model import Actor
from bot.core.decision import Decision
from bot.core.intake.season import Season
from bot.core.lists.arrive import FetchAccountList, arriving
from bot.core.lists.kept import KeptAccountList
from bot.core.lists.pages import UploadLists
from bot.core.lists.remove import RemoveFile
from bot.core.lists.resolve import ResolveList
from bot.core.lists.show import HoldLists, SeenList
from bot.core.tasks import TaskHandler, Tasks
from bot.dialogs.parts import Parts, WorkerParts

PEOPLE = "/links/people/"
"""The page to which lists are uploaded; a token follows."""


@dataclass(frozen=True, slots=True)
class HeldBoard:
    """The board of a school, and its lists held against it."""

    board: Board
    listed: SeenList


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCases:
    """`folder` in the OneDrive of a school, "" for none; `public_url` of the bot's pages, "" where browsers cannot
    reach it; `look_every`: so often a folder is looked into without anybody asking; `season`: of intake.
    """

    show: ShowBoard
    hold: HoldLists
    upload: UploadLists
    remove: RemoveFile
    tasks: Tasks
    folder: str
    look_every: timedelta
    public_url: str
    season: Season

    async def seen(self, actor: Actor) -> HeldBoard | Decision:
        """Errors: DirectoryError and its kinds, StoreUnavailable."""
        board = await self.show(actor)
        if isinstance(board, Decision):
            return board
        accounts = [one.row.account for one in board.people]
        return HeldBoard(board, await self.hold(board.school.id, accounts))

    async def wake(self, school: str, kept: KeptAccountList | None, now: datetime) -> bool:
        """Has the folder looked into, where nobody did for long; whether it is."""
        checked = kept.checked_at if kept is not None else None
        if not self.folder or (checked is not None and now - checked < self.look_every):
            return False
        await self.tasks.add((arriving(school, f"asked {now:%Y-%m-%dT%H}", now),))
        return True

    def page(self, token: str) -> str:
        """The address of the page for uploads."""
        return f"{self.public_url.rstrip('/')}{PEOPLE}{token}"


def build_web(parts: Parts) -> ListCases:
    """The use cases of the conversation."""
    return ListCases(
        show=ShowBoard(actors=parts.actors, read=parts.read_board),
        hold=HoldLists(lists=parts.account_lists),
        upload=UploadLists(
            actors=parts.actors,
            lists=parts.account_lists,
            reader=parts.account_list_reader,
            links=parts.one_time_links,
            clock=parts.clock,
            new_token=parts.new_token,
        ),
        remove=RemoveFile(actors=parts.actors, lists=parts.account_lists, clock=parts.clock),
        tasks=parts.queue,
        folder=parts.account_lists_folder,
        look_every=parts.look_every,
        public_url=parts.public_url,
        season=parts.intake_limits.season,
    )


def build_worker(_: ListCases, parts: WorkerParts) -> Iterable[TaskHandler]:
    """Lists are fetched, and it is found out whom they name."""
    common = parts.common
    yield FetchAccountList(
        folders=common.list_folders,
        reader=common.account_list_reader,
        lists=common.account_lists,
        directors=common.who_directs,
        actors=common.actors,
        clock=common.clock,
        tenant=common.tenant,
    )
    yield ResolveList(
        lists=common.account_lists, people=common.directory, pseudonyms=common.pseudonyms, clock=common.clock
    )
