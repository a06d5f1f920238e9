"""The use cases of transfer requests, and what the worker does and says about them."""

from collections.abc import Iterable

from bot.core.actors.authorise import AuthoriseDeputy
from bot.core.tasks import TaskHandler
from bot.core.transfers.carry_out import CarryOutTransfer
from bot.core.transfers.decide import DecideTransfer
from bot.core.transfers.keep_time import KeepTime
from bot.core.transfers.read import ReadTransfers
from bot.core.transfers.recheck import RecheckTransfer
from bot.dialogs.parts import Parts, WorkerParts
from bot.dialogs.requests.cards_kept import KeepCards
from bot.dialogs.requests.deputies import DeputyTalk
from bot.dialogs.requests.dialog import RequestsDialog
from bot.dialogs.requests.news import RemindOfTransfer, TellOfTransfer
from bot.dialogs.requests.tell_concerned import TellConcerned
from bot.dialogs.search import find_username


def build_web(parts: Parts) -> RequestsDialog:
    """The conversation."""
    read = ReadTransfers(
        actors=parts.actors, transfers=parts.transfers, audit=parts.audit, queue=parts.queue, clock=parts.clock
    )
    decide = DecideTransfer(
        actors=parts.actors,
        placements=parts.placements,
        transfers=parts.transfers,
        audit=parts.audit,
        calendar=parts.calendar,
        clock=parts.clock,
        clocks=parts.clocks,
    )
    authorise = AuthoriseDeputy(
        actors=parts.actors,
        colleagues=parts.directory,
        deputies=parts.deputies,
        audit=parts.audit,
        clock=parts.clock,
    )
    return RequestsDialog(read, decide, DeputyTalk(find_username(parts), authorise))


def build_worker(dialog: RequestsDialog, parts: WorkerParts) -> Iterable[TaskHandler]:
    """What happens in time, in the directory, and in the chats of those whom a request concerns."""
    transfers, clock, calendar, read = parts.common.transfers, parts.common.clock, parts.common.calendar, dialog.read
    yield KeepTime(transfers=transfers, placements=parts.common.placements, calendar=calendar, clock=clock)
    yield CarryOutTransfer(
        transfers=transfers,
        placements=parts.common.placements,
        writer=parts.enrolment_writer,
        pace=parts.pace,
        calendar=calendar,
        clock=clock,
        clocks=parts.common.clocks,
        writes_per_second=parts.writes_per_second,
    )
    yield RecheckTransfer(
        transfers=transfers,
        placements=parts.common.placements,
        calendar=calendar,
        clock=clock,
        clocks=parts.common.clocks,
    )
    yield TellConcerned(
        transfers=transfers, concerned=parts.common.who_is_concerned, queue=parts.common.queue, clock=clock
    )
    yield KeepCards(
        parts.speaking, transfers=transfers, read=read, installer=parts.installer, queue=parts.common.queue
    )
    yield TellOfTransfer(parts.speaking, transfers=transfers, read=read)
    yield RemindOfTransfer(parts.speaking, transfers=transfers, read=read)
