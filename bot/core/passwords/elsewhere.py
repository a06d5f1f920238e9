"""Whether somebody's present password may be known in another school than the one that wants to trust them."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core.clock import Clock
from bot.core.passwords.ports import Operations

REMEMBERED = timedelta(days=30)
"""Whoever has not noticed within this time that they cannot sign in any more does not use the account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenElsewhere:
    """`bot.core.actors.ports.PasswordsElsewhere`."""

    operations: Operations
    clock: Clock

    async def __call__(self, person: str, school: str) -> bool:
        """Whether the newest password that the bot was asked for is another school's, of the last 30 days. Only one
        that this school had set since, and that is certainly set, has ended it. Errors: StoreUnavailable.
        """
        newest = (await self.operations.latest((person,))).get(person)
        if newest is None or self.clock() - newest.asked.at > REMEMBERED:
            return False
        return newest.asked.school != school or newest.set_at is None
