"""The use cases of a class teacher, and what the worker says about what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.accounts.ask import AskForPassword
from bot.core.accounts.close import CloseHandover
from bot.core.accounts.read import ShowOwnClass
from bot.core.tasks import TaskHandler
from bot.dialogs.own_class.news import TellOfAsk
from bot.dialogs.parts import Parts, WorkerParts


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnClassCases:
    """Seeing the own class, asking the directors for a password, and noting who signed."""

    show: ShowOwnClass
    ask: AskForPassword
    close: CloseHandover


def build_web(parts: Parts) -> OwnClassCases:
    """The conversation."""
    actors, clock, own_classes = parts.actors, parts.clock, parts.own_classes
    return OwnClassCases(
        show=ShowOwnClass(
            actors=actors, own_classes=own_classes, read=parts.read_board, choices=parts.school_choices
        ),
        ask=AskForPassword(actors=actors, own_classes=own_classes, boards=parts.boards, asks=parts.asks, clock=clock),
        close=CloseHandover(
            actors=actors,
            own_classes=own_classes,
            boards=parts.boards,
            people=parts.directory,
            receipts=parts.receipts,
            choices=parts.school_choices,
            clock=clock,
            timing=parts.board_timing,
            admit_synthetic=parts.admit_synthetic,
        ),
    )


def build_worker(cases: OwnClassCases, parts: WorkerParts) -> Iterable[TaskHandler]:  # noqa: ARG001 -- it only speaks
    """What directors and class teachers are told."""
    common = parts.common
    yield TellOfAsk(
        parts.speaking,
        asks=common.asks,
        directors=common.who_directs,
        operations=common.operations,
        rosters=common.rosters,
        installer=parts.installer,
        queue=common.queue,
    )
