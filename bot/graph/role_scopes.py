"""Where the writer's directory roles hold: for the whole tenant, or for administrative units only. Read with the
reader identity, and only after a write was refused.
"""

import logging
from collections.abc import Iterable

from bot.core.errors import DirectoryError
from bot.graph import reading
from bot.graph.calls_accounts import AccountCalls
from bot.graph.describing import warm
from bot.graph.identities import normal
from bot.graph.missing import granted
from bot.graph.reading_accounts import UNIT
from bot.graph.tokens import Tokens
from bot.graph.transport import GraphTransport

TENANT = "/"
UNITS = "/administrativeUnits/"
"""What `directoryScopeId` is of an assignment for the whole tenant, and what it begins with of one for a unit
(learn.microsoft.com/graph/api/rbacapplication-post-roleassignments).
"""

_log = logging.getLogger(__name__)


class RoleScopes:
    """`reader` asks; `tokens` are the writer's, which tell its own object id."""

    def __init__(self, reader: GraphTransport, tokens: Tokens) -> None:
        self._reader = reader
        self._tokens = tokens
        self._calls = AccountCalls(reader.options)

    async def outside(self, person_id: str, roles: frozenset[str]) -> bool | None:
        """Whether the writer has one of these roles (ids of their templates) for administrative units only, and the
        account is in none of them. None where that cannot be told. Errors: none.
        """
        try:
            has = granted(await self._tokens.bearer())
            if has is None or not has.principal:
                return None
            await warm()
            call = self._calls.role_assignments(has.principal)
            found = await self._reader.completed(call, (await self._reader.send(call)).value())
            scopes = scopes_of(found, roles)
            if not scopes or TENANT in scopes:
                return False
            call = self._calls.memberships(person_id)
            units = _units(await self._reader.completed(call, (await self._reader.send(call)).value()))
            return scopes.isdisjoint(units)
        except DirectoryError as error:
            _log.warning("where the writer's directory roles hold could not be read: %s", error)
            return None


def scopes_of(assignments: Iterable[object], roles: frozenset[str]) -> frozenset[str]:
    """Where these roles hold: `TENANT`, and ids of administrative units in small letters. Other scopes (an
    application of its own) say nothing about accounts. Errors: DirectoryMisunderstood.
    """
    found: set[str] = set()
    for each in assignments:
        assignment = reading.thing(each, "role-assignment")
        if reading.text(assignment.get("roleDefinitionId")).lower() not in roles:
            continue
        scope = reading.text(assignment.get("directoryScopeId"))
        if scope == TENANT:
            found.add(TENANT)
        elif scope.startswith(UNITS):
            found.add(normal(scope.removeprefix(UNITS)))
    return frozenset(found)


def _units(memberships: Iterable[object]) -> frozenset[str]:
    things = (reading.thing(each, "membership") for each in memberships)
    return frozenset(normal(reading.text(one.get("id"))) for one in things if one.get("@odata.type") == UNIT)
