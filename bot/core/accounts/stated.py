"""Of a student whose number tells no day of birth the director states one when a temporary password is asked for. The
day is kept nowhere; what was judged by it is kept with the password, and holds for that password alone.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.core.accounts.ports import Passwords
from bot.core.handover.model import Ground, Recipient


async def made_for_parents(passwords: Passwords, school: str, persons: Collection[str]) -> Mapping[str, datetime]:
    """Of these, whose newest temporary password this school had made for a parent of a student under 14, with when it
    was asked for. Errors: StoreUnavailable.
    """
    newest = await passwords.latest(persons) if persons else {}
    return {
        person: one.asked.at
        for person, one in newest.items()
        if (one.asked.school, one.asked.recipient, one.asked.ground) == (school, Recipient.PARENT, Ground.UNDER_14)
    }
