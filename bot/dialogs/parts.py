"""What dialogs are built from: the core's ports and the operator's values, fulfilled by `bot.runtime`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.announcer.speaking import Speaking
from bot.core.accounts.look import Look
from bot.core.accounts.model import BoardTiming
from bot.core.accounts.ports import Asks, Boards, OwnClasses, Receipts, SchoolAccounts, SchoolChoices
from bot.core.accounts.read import ReadBoard
from bot.core.actors.directors import WhoDirects
from bot.core.actors.ports import Deciders, Deputies
from bot.core.actors.recognise import RecogniseActor
from bot.core.audit import AuditLog
from bot.core.calendar import WorkCalendar
from bot.core.class_links.cases import ByHand, LinkCases
from bot.core.class_links.ports import ClassReader, ClassWriter, ExpectedLists, RosterReader, SchoolFiles
from bot.core.clock import Clock
from bot.core.intake.model import IntakeLimits
from bot.core.intake.ports import IntakeLedger
from bot.core.lists.ports import AccountListReader, KeptLists, ListFolders
from bot.core.lists.resolve import RESOLVE
from bot.core.one_time_links import OneTimeLinks
from bot.core.oversight.ports import Figures, SchoolsOfRegion
from bot.core.passwords.model import Timing
from bot.core.passwords.ports import AccountReader, AccountWriter, Operations, Releases, Rosters
from bot.core.passwords.slips import SlipTokens
from bot.core.people.ports import Directory
from bot.core.ports import LookupLedger, Preferences
from bot.core.pseudonyms import Pseudonyms
from bot.core.tasks import RateLimit, TaskQueue
from bot.core.transfers.limits import AskLimits
from bot.core.transfers.model import Clocks
from bot.core.transfers.ports import EnrolmentWriter, Installer, Placements, Transfers
from bot.core.transfers.told import WhoIsConcerned
from bot.core.usernames.model import LookupLimits
from bot.texts.catalog import Catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What every dialog may use. Nothing in it can change an account, a class or a team.

    `domain` of the accounts; `public_url` of the bot's pages, "" where browsers cannot reach it; `lists_folder` of a
    school's OneDrive with its lists of classes, `account_lists_folder` with those of accounts, "" for none;
    `look_every` a school's accounts are looked at without anybody asking. `actors` asks who somebody is.
    """

    tenant: str
    domain: str
    public_url: str
    lists_folder: str
    account_lists_folder: str
    link_remind_days: int
    admit_synthetic: bool

    clock: Clock
    calendar: WorkCalendar
    sleep: Callable[[float], Awaitable[None]]
    new_token: Callable[[], str]
    catalog: Catalog
    lookup_limits: LookupLimits
    ask_limits: AskLimits
    timing: Timing
    clocks: Clocks
    board_timing: BoardTiming
    look_every: timedelta
    intake_limits: IntakeLimits
    slip_tokens: SlipTokens

    actors: RecogniseActor
    directory: Directory
    accounts: AccountReader
    rosters: Rosters
    placements: Placements
    class_reader: ClassReader
    school_files: SchoolFiles
    list_reader: RosterReader
    account_list_reader: AccountListReader
    list_folders: ListFolders
    school_accounts: SchoolAccounts
    own_classes: OwnClasses

    audit: AuditLog
    queue: TaskQueue
    preferences: Preferences
    ledger: LookupLedger
    pseudonyms: Pseudonyms
    operations: Operations
    releases: Releases
    transfers: Transfers
    deciders: Deciders
    deputies: Deputies
    expected_lists: ExpectedLists
    by_hand: ByHand
    link_cases: LinkCases
    one_time_links: OneTimeLinks
    boards: Boards
    receipts: Receipts
    school_choices: SchoolChoices
    asks: Asks
    account_lists: KeptLists
    intake: IntakeLedger
    schools: SchoolsOfRegion
    figures: Figures

    @property
    def who_is_concerned(self) -> WhoIsConcerned:
        """Whom a transfer request concerns."""
        return WhoIsConcerned(
            actors=self.actors,
            deciders=self.deciders,
            accounts=self.directory,
            clock=self.clock,
            domain=self.domain,
        )

    @property
    def who_directs(self) -> WhoDirects:
        """Who directs a school."""
        return WhoDirects(
            actors=self.actors, known=self.deciders, accounts=self.directory, clock=self.clock, domain=self.domain
        )

    @property
    def look(self) -> Look:
        """Reads the accounts of a school from the directory and keeps what it saw."""
        return Look(
            accounts=self.school_accounts,
            boards=self.boards,
            choices=self.school_choices,
            calendar=self.calendar,
            timing=self.board_timing,
            after_new=(RESOLVE,),
        )

    @property
    def read_board(self) -> ReadBoard:
        """A school's board, looked at anew where it is stale."""
        return ReadBoard(boards=self.boards, look=self.look, clock=self.clock, timing=self.board_timing)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerParts:
    """What only the worker has: the writers, and a voice. `common`: what every dialog has too."""

    common: Parts
    speaking: Speaking
    rate_limit: RateLimit
    writes_per_second: float
    below: Callable[[int], int]
    account_writer: AccountWriter
    enrolment_writer: EnrolmentWriter
    class_writer: ClassWriter
    installer: Installer
