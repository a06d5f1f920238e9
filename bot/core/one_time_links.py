"""Links from the chat to pages outside it: each for one person and one thing, for minutes, used once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.audit import AuditEntry

LIVES = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """Who was given a link, for what (`link_page`, one of the words its page knows), of which school, until when.
    `about`: which part of the school is meant, in the page's own words; no name and no identifier.
    """

    link_page: str
    actor: str
    tenant: str
    school: str
    language: str
    until: datetime
    about: str = ""


class OneTimeLinks(Protocol):
    """The links, by their tokens, of which a keyed digest is kept. Errors: StoreUnavailable."""

    async def offer(self, token: str, link: OneTimeLink, entries: Sequence[AuditEntry]) -> None:
        """In the place of this person's earlier one for the same page, about the same part of the school."""
        ...

    async def one(self, token: str, now: datetime) -> OneTimeLink | None:
        """One that is not used and not too old."""
        ...

    async def use(self, token: str, now: datetime, entries: Sequence[AuditEntry]) -> bool:
        """Whether this was the first use, in time. The entries are written only then."""
        ...


@dataclass(frozen=True, slots=True)
class Offered:
    """`token` is the unguessable end of the address."""

    token: str = field(repr=False)
    until: datetime


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that was made for a link, and what is done last: `use` uses the link up, False where that was done
    meanwhile. Making may be given up at any moment; the link is good as long as nothing was used.
    """

    content: bytes = field(repr=False)
    use: Callable[[], Awaitable[bool]] = field(repr=False)
