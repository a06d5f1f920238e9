"""The use cases of transfer requests, and what the worker does and says about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.core.actors.authorise import AuthoriseDeputy
from bot.core.passwords.elsewhere import GivenElsewhere
from bot.core.tasks import NewTask, TaskHandler
from bot.core.transfers.carry_out import CarryOutTransfer, RecheckTransfer
from bot.core.transfers.decide import DecideTransfer
from bot.core.transfers.keep_time import KeepTime
from bot.core.transfers.read import ReadTransfers
from bot.core.usernames.find import FindUsername
from bot.dialogs.parts import Parts, WorkerParts
from bot.dialogs.requests.cards_kept import KeepCards
from bot.dialogs.requests.deputies_left import GoRoundDeputies, LookWhoLeft, WatchWhoLeft, first_round
from bot.dialogs.requests.deputy_cards import LookAtDeputyCards
from bot.dialogs.requests.news import RemindOfTransfer, TellOfTransfer
from bot.dialogs.requests.restored import TellOfRestoring
from bot.dialogs.requests.tell_concerned import TellConcerned
from bot.dialogs.search import find_username


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCases:
    """Reading requests, deciding about them, and authorising a colleague to decide."""

    read: ReadTransfers
    decide: DecideTransfer
    find: FindUsername
    authorise: AuthoriseDeputy


def build_web(parts: Parts) -> RequestCases:
    """The conversation."""
    actors, audit, clock, transfers = parts.actors, parts.audit, parts.clock, parts.transfers
    return RequestCases(
        read=ReadTransfers(actors=actors, transfers=transfers, audit=audit, clock=clock),
        decide=DecideTransfer(
            actors=actors,
            placements=parts.placements,
            transfers=transfers,
            audit=audit,
            calendar=parts.calendar,
            clock=clock,
            clocks=parts.clocks,
        ),
        find=find_username(parts),
        authorise=AuthoriseDeputy(
            actors=actors,
            colleagues=parts.directory,
            deputies=parts.deputies,
            given_elsewhere=GivenElsewhere(operations=parts.operations, clock=clock),
            audit=audit,
            tasks=parts.queue,
            clock=clock,
        ),
    )


def build_worker(cases: RequestCases, parts: WorkerParts) -> Iterable[TaskHandler]:
    """What happens in time, in the directory, and in the chats of those whom a request concerns."""
    given, speaking, read = parts.common, parts.speaking, cases.read
    transfers, placements, calendar, clock = given.transfers, given.placements, given.calendar, given.clock
    yield KeepTime(transfers=transfers, placements=placements, calendar=calendar, clock=clock, clocks=given.clocks)
    yield CarryOutTransfer(
        transfers=transfers,
        placements=placements,
        writer=parts.enrolment_writer,
        rate_limit=parts.rate_limit,
        calendar=calendar,
        clock=clock,
        clocks=given.clocks,
        writes_per_second=parts.writes_per_second,
    )
    yield RecheckTransfer(
        transfers=transfers, placements=placements, calendar=calendar, clock=clock, clocks=given.clocks
    )
    yield TellConcerned(transfers=transfers, concerned=given.who_is_concerned, queue=given.queue, clock=clock)
    yield LookAtDeputyCards(transfers=transfers, queue=given.queue, clock=clock)
    yield GoRoundDeputies(deputies=given.deputies, tasks=given.queue, calendar=calendar, clock=clock)
    yield LookWhoLeft(deputies=given.deputies, placements=placements, tasks=given.queue, clock=clock)
    yield WatchWhoLeft(
        actors=given.actors,
        deputies=given.deputies,
        transfers=transfers,
        queue=given.queue,
        clock=clock,
        tenant=given.tenant,
    )
    yield TellOfRestoring(speaking, directors=given.who_directs, queue=given.queue, tenant=given.tenant)
    yield KeepCards(speaking, transfers=transfers, read=read, installer=parts.installer)
    yield TellOfTransfer(speaking, transfers=transfers, read=read)
    yield RemindOfTransfer(speaking, transfers=transfers, read=read)


def starts(now: datetime) -> Iterable[NewTask]:
    """The round begins with the first worker there is, and goes on for good."""
    yield first_round(now)
