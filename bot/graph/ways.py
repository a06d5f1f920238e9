"""How this tenant is asked: what Microsoft's documentation leaves open, and tenants answer differently.

`probing.py` asks the tenant at start and every day. Until it has answered, and whenever a request is refused that is
answered when asked the safe way, the safe way is taken: it works wherever НЕИСПУО's own synchronisation does, and
costs more requests.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from bot.core.errors import DirectoryMisunderstood
from bot.graph.options import GraphOptions, Version

Answered = TypeVar("Answered")

MOST_EXPANDED = 20
"""Objects an expanded relation shows (learn.microsoft.com/graph/query-parameters): as many may be not all."""

_log = logging.getLogger(__name__)


class Members(StrEnum):
    """What is answered about who is in a class."""

    UNKNOWN = "unknown"
    SHOWN = "shown"
    REFUSED = "refused"
    """403: the members are hidden, and Member.Read.Hidden is missing."""
    EMPTY = "empty"
    """The same, answered as if nobody were in the class."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The defaults are what a tenant takes that takes everything."""

    users_version: Version = "v1.0"
    """Where `/education/users` filters by `student/externalId`."""
    classes_version: Version = "v1.0"
    """Where `/education/classes` filters by `externalId`."""
    or_in_filter: bool = True
    """Whether a `$filter` takes `or`; otherwise each clause is a request, all of them in one batch."""
    expands: int = 2
    """How many relations of a person one `$expand` may name: schools, then classes."""
    username_as_key: bool = True
    """Whether `/education/users/{username}` is the person; otherwise the id is asked of `/users/{username}` first."""
    members: Members = Members.UNKNOWN
    units: bool = True
    """Whether a school is an administrative unit of the same id, whose members are told with the dates of their
    passwords.
    """
    sign_ins: bool = False
    """Whether the list with the dates tells when somebody last signed in; the permission for it is not asked for."""


SAFE = Ways("beta", "beta", or_in_filter=False, expands=0, username_as_key=False, units=False)


class TenantWays:
    """What is known of the tenant at this moment, and what an operator has fixed. One for a process and identity.

    `known`: what to begin with: SAFE, where `probing.Probing` asks. Without it the tenant is believed to take
    everything, whatever it answers.
    """

    def __init__(self, options: GraphOptions, known: Ways | None = None) -> None:
        self._options = options
        self._known = known or Ways()
        self._mends = known is not None
        self.asked_at: datetime | None = None
        self.doubted = asyncio.Event()
        """Set when a request was refused the chosen way and answered the safe way."""

    @property
    def now(self) -> Ways:
        """The ways to take: what is known, and what is fixed by settings."""
        known, options = self._known, self._options
        if options.users_version != "auto":
            known = replace(known, users_version=options.users_version)
        if options.expands is not None:
            known = replace(known, expands=2 if options.expands else 0)
        return known

    @property
    def known(self) -> Ways:
        """What is known of the tenant, whatever is fixed."""
        return self._known

    def learn(self, known: Ways, at: datetime) -> None:
        """What the tenant has answered."""
        if known != self._known or self.asked_at is None:
            _log.info("the directory takes: %s", _said(known))
        self._known, self.asked_at = known, at

    async def by(self, ask: Callable[[Ways], Awaitable[Answered]]) -> Answered:
        """What `ask` brings by the ways of now; where the tenant refuses its form, once more by the safe ones. If
        that is answered, the choice was wrong: the safe ones are taken until the tenant has been asked again.

        Errors: those of `ask`.
        """
        ways = self.now
        try:
            return await ask(ways)
        except DirectoryMisunderstood as error:
            safe = replace(SAFE, members=ways.members)
            if not error.refused or not self._mends or ways == safe:
                raise
            answer = await ask(safe)
            _log.warning("the directory refused (%s) what it was believed to take, and is asked anew", error.code)
            self._known = replace(SAFE, members=self._known.members)
            self.doubted.set()
            return answer

    def shown(self) -> dict[str, str | int | bool]:
        """For the health page."""
        now = self.now
        return {
            "asked": "not yet" if self.asked_at is None else self.asked_at.isoformat(timespec="seconds"),
            "people_by_identifier": now.users_version,
            "classes_by_row": now.classes_version,
            "or_in_filter": now.or_in_filter,
            "expands": now.expands,
            "username_as_key": now.username_as_key,
            "class_members": now.members.value,
            "school_units": now.units,
            "sign_ins": now.sign_ins,
        }


def _said(known: Ways) -> str:
    return (
        f"people by identifier on {known.users_version}, classes by row on {known.classes_version}, "
        f"or in filters {'yes' if known.or_in_filter else 'no'}, expansions {known.expands}, "
        f"usernames as keys {'yes' if known.username_as_key else 'no'}, members of classes {known.members.value}, "
        f"schools as units {'yes' if known.units else 'no'}, sign-ins {'yes' if known.sign_ins else 'no'}"
    )
