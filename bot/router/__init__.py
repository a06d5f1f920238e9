"""What a person typed → which command they mean."""

from bot.router.meant import meant_by
from bot.router.router import Heard, Router

__all__ = ["Heard", "Router", "meant_by"]
