"""What a person typed → which command they mean."""

from bot.router.router import Heard, Router

__all__ = ["Heard", "Router"]
