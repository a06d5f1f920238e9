"""What is missing when Graph refuses a write (403): a permission, a directory role, or nothing (a protected account).

Microsoft's own texts contradict each other about the role (learn.microsoft.com/graph/api/user-update asks for one
beside the permission, its text on passwordProfile does not): it is tried without one first. What a token grants is
read from the token itself. Its signature is Graph's business; nothing is decided by it but words.
"""

import base64
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryUnavailable,
    NotGranted,
)
from bot.graph.batch import Answer
from bot.graph.failures import (
    DEFAULT_RETRY_AFTER,
    busy,
    error_code,
    failure,
    is_not_found,
    is_passing,
    request_id,
    retry_after,
)
from bot.graph.identities import is_object_id
from bot.graph.transport import GraphTransport

_USERS, _GLOBAL = "fe930be7-5e62-47db-91af-98c3a49a38b1", "62e90394-69f5-4237-9190-012177145e10"
_OF_PASSWORDS = (
    "966707d0-3269-4727-9be2-8c3a10f19b9d",
    "729827e3-9c14-49f7-bb1b-9608f156bbb8",
    "c4e39bd9-1100-46d3-8c65-fb160da0071f",
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
)
"""User and Global Administrator; Password, Helpdesk, Authentication and Privileged Authentication Administrator, by
the ids of their templates (learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference).
"""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WriterCall:
    """A call of the writer: the permissions it needs, all of them, and the directory roles of which one may help."""

    says: str
    permissions: tuple[str, ...]
    roles: frozenset[str] = frozenset()
    role: str = ""
    """The least of the roles, as an administrator finds it."""
    to_directory: bool = True
    """Whether the directory takes it; Teams has limits of its own, far tighter ones."""


SET_PASSWORD = WriterCall(
    "PATCH /users/{id} (password)",
    ("User-PasswordProfile.ReadWrite.All",),
    frozenset({*_OF_PASSWORDS, _USERS, _GLOBAL}),
    "Password Administrator, best for the administrative units of the schools",
)
ENABLE = WriterCall(
    "PATCH /users/{id} (accountEnabled)",
    ("User.EnableDisableAccount.All", "User.Read.All"),
    frozenset({_USERS, _GLOBAL}),
    "User Administrator (see ADR 0055 before giving it)",
)
END_SESSIONS = WriterCall("POST /users/{id}/revokeSignInSessions", ("User.RevokeSessions.All",))
WRITE_ROSTER = WriterCall("a change of the roster", ("EduRoster.ReadWrite.All",))
MAKE_TEAM = WriterCall("PUT /groups/{id}/team", ("Group.ReadWrite.All",), to_directory=False)


class Missing(StrEnum):
    """What a refusal is about."""

    UNKNOWN = "unknown"
    """The token does not tell what it grants."""
    PERMISSION = "permission"
    """Not consented to by an administrator, or not yet in the token."""
    ROLE = "role"
    """The application holds no directory role that helps, at least none for the whole tenant."""
    UNIT = "unit"
    """It holds one for administrative units, and the account is in none of them."""
    TARGET = "target"
    """Everything is granted: the account itself is protected."""


@dataclass(frozen=True, slots=True)
class Granted:
    """What a token says of the application: its permissions (`roles`), tenant-wide directory roles (`wids`), and
    `principal`, its object id.
    """

    permissions: frozenset[str]
    directory_roles: frozenset[str] = frozenset()
    principal: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why a call was refused. `permissions` are those that are missing."""

    missing: Missing
    permissions: tuple[str, ...] = ()


def write_failure(answer: Answer, *, to_directory: bool = True) -> DirectoryError:
    """The error for an answer to a write that is no success: what was certainly not done, and what may have been.
    `to_directory`: see `WriterCall`; of the limit of all writes to it a 429 to one of them tells, and nothing else.
    """
    code, identifier = error_code(answer.body) or f"HTTP{answer.status}", request_id(answer.headers, answer.body)
    if 200 <= answer.status < 300 or answer.status >= 500:  # whatever its code says: it may have been done
        return DirectoryUnavailable(code, identifier)
    if answer.status == 409 or is_passing(answer.status, answer.body):  # ours was not taken, and may be tried again
        wait = retry_after(answer.headers)
        return busy(DEFAULT_RETRY_AFTER if wait is None else wait, code, identifier)
    if is_not_found(answer.status, answer.body):
        return AccountMissing(code, identifier)
    error = failure(answer.status, answer.headers, answer.body)
    if isinstance(error, DirectoryBusy):
        return busy(error.retry_after, error.code, error.request_id, everybody=to_directory)
    return error


def granted(token: str) -> Granted | None:
    """What an access token grants; None for one that cannot be read. Errors: none."""
    parts = token.split(".")
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (IndexError, ValueError, RecursionError):
        return None
    roles = claims.get("roles", []) if isinstance(claims, Mapping) else None
    if not isinstance(claims, Mapping) or not isinstance(roles, list):
        return None
    wids, principal = claims.get("wids"), claims.get("oid")
    return Granted(
        _texts(roles),
        frozenset(each.lower() for each in _texts(wids if isinstance(wids, list) else [])),
        principal if isinstance(principal, str) and is_object_id(principal) else "",
    )


def what_is_missing(
    call: WriterCall,
    has: Granted | None,
    *,
    protected: bool | None = None,
    works: bool = False,
    outside: bool | None = None,
) -> Diagnosis:
    """Why a call was refused. `protected`: whether the account is known to hold a role, or to be ordinary. `works`:
    whether the same was done to others. `outside`: see `RoleScopes`.

    The directory roles of `has` may be completed by whoever can read them from the directory.
    """
    if has is None:
        return Diagnosis(Missing.UNKNOWN)
    if lacking := tuple(each for each in call.permissions if each not in has.permissions):
        return Diagnosis(Missing.PERMISSION, lacking)
    if outside and not protected:
        return Diagnosis(Missing.UNIT)
    if protected or works or not call.roles or call.roles & has.directory_roles:
        return Diagnosis(Missing.TARGET)
    return Diagnosis(Missing.ROLE)


Outside = Callable[[frozenset[str]], Awaitable[bool | None]]
"""`RoleScopes.outside` of one account."""


async def refusal(
    transport: GraphTransport,
    call: WriterCall,
    answer: Answer,
    *,
    works: bool = False,
    outside: Outside | None = None,
) -> DirectoryError:
    """The error for a write that was refused, as `write_failure`; NotGranted where it would be refused for everybody,
    or for everybody of a school. Who is written about was read a moment before and is ordinary. What is missing is
    told to the operator. `works`: see `what_is_missing`.
    """
    error = write_failure(answer, to_directory=call.to_directory)
    if answer.status != 403 or not isinstance(error, DirectoryForbidden):
        return error
    try:
        token = await transport.tokens.bearer()
    except DirectoryError:  # the write was refused, whatever became of the next token
        return error
    apart = await outside(call.roles) if outside is not None and call.roles else None
    diagnosis = what_is_missing(call, granted(token), protected=False, works=works, outside=apart)
    _log.error("%s was refused (request-id=%s): %s", call.says, error.request_id, in_words(call, diagnosis))
    if diagnosis.missing in {Missing.PERMISSION, Missing.ROLE, Missing.UNIT}:
        transport.renew(token)  # permissions and roles stand in it: what was given since is in the next one
        return NotGranted(error.code, error.request_id)
    return error


def in_words(call: WriterCall, diagnosis: Diagnosis) -> str:
    """For the operator: what is missing, and what to do."""
    match diagnosis.missing:
        case Missing.PERMISSION:
            names = ", ".join(diagnosis.permissions)
            return f"the writer's token does not grant {names}; consent to it (deploy/permissions.json)"
        case Missing.ROLE:
            return (
                f"the permission is granted; give the writer the directory role {call.role};"
                " one just given counts from the next token on"
            )
        case Missing.UNIT:
            return (
                "the writer has its directory role for administrative units only, and this account is in none of"
                " them; give it the role for the unit of the account's school, too, or add the account to one of them"
            )
        case Missing.TARGET:
            return (
                "everything needed is granted; this account or class is protected, or outside the administrative "
                "units for which the writer has its role"
            )
        case Missing.UNKNOWN:
            return "the token does not tell what it grants; see deploy/permissions.json"


def _texts(values: list[object]) -> frozenset[str]:
    return frozenset(each for each in values if isinstance(each, str))
