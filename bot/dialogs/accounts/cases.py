"""The use cases of a school's board, and what the worker does and says about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.accounts.beside import GoRoundBeside, first_round_beside
from bot.core.accounts.board import Board
from bot.core.accounts.choose import ChooseForSchool, KeepGroups
from bot.core.accounts.close import CloseHandover, ReverseReceipt
from bot.core.accounts.look import GoRound, LookAtSchool, first_round
from bot.core.accounts.model import BoardTiming, OwnGroup
from bot.core.accounts.pages import BoardTable
from bot.core.accounts.papers import Chosen, HandOutPapers
from bot.core.accounts.read import PrepareProtocol, ShowBoard
from bot.core.intake.season import Season
from bot.core.lists.arrive import ARRIVE
from bot.core.lists.resolve import RESOLVE
from bot.core.lists.show import HoldLists
from bot.core.tasks import NewTask, TaskHandler
from bot.dialogs.accounts.chosen import choose
from bot.dialogs.accounts.news import TellOfNew, TellOfWeek
from bot.dialogs.parts import Parts, WorkerParts

PAPERS = "/links/papers/"
"""The pages of papers: what it is and a token follow."""

PAPER_LANGUAGE = "bg"
"""What is printed is signed and kept in Bulgarian, whatever the director's language."""

ACCOUNTS = "/links/accounts/"
"""The page of the table; a token follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsCases:
    """`public_url`: of the bot's pages, "" where browsers cannot reach it. `look_every`: so often a school is looked
    at without anybody asking. `season`: of intake.
    """

    show: ShowBoard
    hold: HoldLists
    table: BoardTable
    close: CloseHandover
    reverse: ReverseReceipt
    choose: ChooseForSchool
    groups: KeepGroups
    papers: HandOutPapers
    papers_at: str
    """The address of the pages of papers; "" where browsers cannot reach the bot."""
    timing: BoardTiming
    season: Season
    look_every: timedelta
    public_url: str

    def table_page(self, token: str) -> str:
        """The address of the page of the table."""
        return f"{self.public_url.rstrip('/')}{ACCOUNTS}{token}"


def build_web(parts: Parts) -> AccountsCases:
    """The use cases of the conversation."""
    actors, clock, read = parts.actors, parts.clock, parts.read_board
    printed = parts.catalog.speak(PAPER_LANGUAGE)

    def chosen(word: str, seen: Board, own: Sequence[OwnGroup]) -> Chosen | None:
        return choose(word, seen, own, now=clock(), timing=parts.board_timing, t=printed)

    return AccountsCases(
        show=ShowBoard(actors=actors, read=read),
        hold=HoldLists(lists=parts.account_lists),
        table=BoardTable(
            actors=actors, read=read, links=parts.one_time_links, clock=clock, new_token=parts.new_token
        ),
        close=CloseHandover(
            actors=actors,
            own_classes=parts.own_classes,
            boards=parts.boards,
            people=parts.directory,
            receipts=parts.receipts,
            choices=parts.school_choices,
            clock=clock,
            timing=parts.board_timing,
            admit_synthetic=parts.admit_synthetic,
        ),
        reverse=ReverseReceipt(actors=actors, receipts=parts.receipts, clock=clock),
        choose=ChooseForSchool(actors=actors, choices=parts.school_choices, clock=clock),
        groups=KeepGroups(actors=actors, choices=parts.school_choices, clock=clock),
        papers=HandOutPapers(
            actors=actors,
            read=read,
            choices=parts.school_choices,
            prepare=PrepareProtocol(
                people=parts.directory,
                receipts=parts.receipts,
                clock=clock,
                admit_synthetic=parts.admit_synthetic,
            ),
            links=parts.one_time_links,
            choose=chosen,
            clock=clock,
            new_token=parts.new_token,
        ),
        papers_at=parts.public_url and parts.public_url.rstrip("/") + PAPERS,
        timing=parts.board_timing,
        season=parts.intake_limits.season,
        look_every=parts.look_every,
        public_url=parts.public_url,
    )


def build_worker(cases: AccountsCases, parts: WorkerParts) -> Iterable[TaskHandler]:
    """Looking at schools, and what is said of what was seen."""
    common = parts.common
    yield GoRound(
        boards=common.boards,
        tasks=common.queue,
        calendar=common.calendar,
        clock=common.clock,
        every=cases.look_every,
    )
    yield GoRoundBeside(
        boards=common.boards,
        tasks=common.queue,
        calendar=common.calendar,
        clock=common.clock,
        every=cases.look_every,
        kinds=(RESOLVE, *((ARRIVE,) if common.account_lists_folder else ())),
    )
    yield LookAtSchool(look=common.look)
    for tell in (TellOfNew, TellOfWeek):
        yield tell(
            parts.speaking,
            boards=common.boards,
            choices=common.school_choices,
            directors=common.who_directs,
            queue=common.queue,
            calendar=common.calendar,
            timing=common.board_timing,
            tenant=common.tenant,
        )


def starts(now: datetime) -> Iterable[NewTask]:
    """The rounds begin with the first worker there is, and go on for good."""
    yield first_round(now)
    yield first_round_beside(now)
