"""The use cases of intake."""

from dataclasses import dataclass
from functools import partial

from bot.core.accounts.model import BoardTiming
from bot.core.accounts.read import ShowBoard
from bot.core.clock import Clock
from bot.core.intake.model import IntakeLimits
from bot.core.intake.take import TakeIn
from bot.core.usernames.alarm import alarm
from bot.dialogs.parts import Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeCases:
    """Own students are those of the school's board."""

    show: ShowBoard
    take: TakeIn
    timing: BoardTiming
    limits: IntakeLimits
    clock: Clock
    admit_synthetic: bool


def build_web(parts: Parts) -> IntakeCases:
    """The use cases of the conversation. Guessing is told of as with look-ups."""
    return IntakeCases(
        show=ShowBoard(actors=parts.actors, read=parts.read_board),
        take=TakeIn(
            actors=parts.actors,
            directory=parts.directory,
            ledger=parts.intake,
            audit=parts.audit,
            aliases=parts.pseudonyms,
            clock=parts.clock,
            limits=parts.intake_limits,
            alarm=partial(alarm, intake=True),
        ),
        timing=parts.board_timing,
        limits=parts.intake_limits,
        clock=parts.clock,
        admit_synthetic=parts.admit_synthetic,
    )
