"""Transfer requests put together: the use cases of the conversation, and the handlers of the worker."""

from dataclasses import dataclass

from bot.announcer.speaking import Speaking
from bot.announcer.transfer_cards import KeepCards
from bot.announcer.transfer_news import TellConcerned
from bot.announcer.transfer_notices import RemindOfTransfer, TellOfTransfer
from bot.core.actors.authorise import AuthoriseDeputy
from bot.core.actors.ports import Deciders, FreshActors
from bot.core.calendar import WorkCalendar
from bot.core.clock import Clock
from bot.core.ports import Directory
from bot.core.tasks import TaskHandler
from bot.core.transfers.carry_out import CarryOutTransfer
from bot.core.transfers.decide import DecideTransfer
from bot.core.transfers.keep_time import KeepTime
from bot.core.transfers.model import Clocks
from bot.core.transfers.parties import WhoIsConcerned
from bot.core.transfers.ports import EnrolmentWriter, Installer, Placements
from bot.core.transfers.read import ReadTransfers
from bot.core.transfers.recheck import RecheckTransfer
from bot.core.transfers.request import RequestTransfer
from bot.database.engine import Database
from bot.runtime.options import ask_limits
from bot.runtime.settings import Settings
from bot.seals import Sealer


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferParts:
    """What both sides are made of. `actors` asks who somebody is, now."""

    settings: Settings
    database: Database
    clock: Clock
    calendar: WorkCalendar
    actors: FreshActors
    directory: Directory
    placements: Placements
    deciders: Deciders

    @property
    def clocks(self) -> Clocks:
        """After how many working days what happens."""
        return Clocks(
            remind_days=self.settings.transfer_remind_days,
            overdue_days=self.settings.transfer_overdue_days,
            escalate_days=self.settings.transfer_escalate_days,
            expire_days=self.settings.transfer_expire_days,
        )

    def concerned(self) -> WhoIsConcerned:
        """Whom a request concerns."""
        return WhoIsConcerned(
            actors=self.actors,
            deciders=self.deciders,
            accounts=self.directory,
            clock=self.clock,
            domain=self.settings.account_domain,
        )

    def request(self) -> RequestTransfer:
        """Asking another school."""
        return RequestTransfer(
            actors=self.actors,
            placements=self.placements,
            transfers=self.database.transfers,
            concerned=self.concerned(),
            audit=self.database.audit,
            calendar=self.calendar,
            clock=self.clock,
            clocks=self.clocks,
            limits=ask_limits(self.settings),
        )

    def decide(self) -> DecideTransfer:
        """Deciding about what was asked."""
        return DecideTransfer(
            actors=self.actors,
            placements=self.placements,
            transfers=self.database.transfers,
            audit=self.database.audit,
            calendar=self.calendar,
            clock=self.clock,
            clocks=self.clocks,
        )

    def read(self) -> ReadTransfers:
        """Reading requests."""
        return ReadTransfers(
            actors=self.actors,
            transfers=self.database.transfers,
            audit=self.database.audit,
            queue=self.database.queue,
            clock=self.clock,
        )

    def authorise(self) -> AuthoriseDeputy:
        """Authorising somebody to decide."""
        return AuthoriseDeputy(
            actors=self.actors,
            colleagues=self.directory,
            deputies=self.database.deputies,
            audit=self.database.audit,
            clock=self.clock,
        )

    def handlers(self, writer: EnrolmentWriter) -> tuple[TaskHandler, ...]:
        """What the worker does in time and in the directory."""
        transfers, clock, calendar = self.database.transfers, self.clock, self.calendar
        return (
            KeepTime(transfers=transfers, placements=self.placements, calendar=calendar, clock=clock),
            CarryOutTransfer(
                transfers=transfers,
                placements=self.placements,
                writer=writer,
                pace=self.database.pace,
                calendar=calendar,
                clock=clock,
                clocks=self.clocks,
                writes_per_second=float(self.settings.password_writes_per_second),
            ),
            RecheckTransfer(
                transfers=transfers, placements=self.placements, calendar=calendar, clock=clock, clocks=self.clocks
            ),
        )

    def speakers(self, speaking: Speaking, sealer: Sealer, installer: Installer) -> tuple[TaskHandler, ...]:
        """What the worker says."""
        transfers, queue, read = self.database.transfers, self.database.queue, self.read()
        return (
            TellConcerned(transfers=transfers, concerned=self.concerned(), queue=queue, clock=self.clock),
            KeepCards(speaking, transfers=transfers, read=read, installer=installer, queue=queue, sealer=sealer),
            TellOfTransfer(speaking, transfers=transfers, read=read, sealer=sealer),
            RemindOfTransfer(speaking, transfers=transfers, read=read, sealer=sealer),
        )
