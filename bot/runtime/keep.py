"""`python -m bot.runtime.keep` works out ahead what a start keeps (`bot.kept`): an image is not written to."""

import asyncio

from bot.core.clock import day_in_sofia
from bot.graph.calls import warm
from bot.runtime.days_off import public_holidays
from bot.runtime.now import utc_now
from bot.texts.catalog import Catalog


def keep() -> None:
    """Texts, the addresses of Graph, public holidays. Errors: TextError."""
    Catalog.load()
    asyncio.run(warm())
    public_holidays(day_in_sofia(utc_now()).year)


if __name__ == "__main__":
    keep()
