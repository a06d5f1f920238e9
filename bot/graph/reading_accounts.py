"""What of Graph's JSON decides about an account. Total, and in doubt on the side that changes no password."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.core.errors import DirectoryMisunderstood
from bot.core.passwords.model import AccountFacts, PasswordDates
from bot.core.people.model import AccountState, Kind, Person
from bot.graph import reading
from bot.graph.identities import normal
from bot.graph.options import GraphOptions

_ROLE = "#microsoft.graph.directoryRole"
_GROUP = "#microsoft.graph.group"
USER = "#microsoft.graph.user"
UNIT = "#microsoft.graph.administrativeUnit"
"""All that `memberOf` is documented to hold."""


def account_facts(
    person: Person | None, account: Mapping[str, object], privileged: bool, options: GraphOptions
) -> AccountFacts:
    """The facts of an account that exists. `person` is None for one that the roster does not know: then it is
    nobody's of any school. Errors: DirectoryMisunderstood.
    """
    synchronised = account.get("onPremisesSyncEnabled")
    if synchronised is not None and not isinstance(synchronised, bool):
        raise DirectoryMisunderstood("synchronised-of-unknown-type")
    dates = password_dates(account)
    return AccountFacts(
        person=_with_state(person or _outside_roster(account), account.get("accountEnabled")),
        extension_role=reading.extension(account, options.role_extension),
        privileged=privileged,
        guest=reading.text(account.get("userType")).lower() != "member",  # null and the unknown count as guests
        synchronised=bool(synchronised),
        password_changed_at=dates.changed,
        created_at=dates.created,
    )


def password_dates(account: Mapping[str, object]) -> PasswordDates:
    """When account and password came to be. The first only describes: of an unknown form it is not known.

    Errors: DirectoryMisunderstood.
    """
    try:
        created = moment(account.get("createdDateTime"))
    except DirectoryMisunderstood:
        created = None
    return PasswordDates(created, moment(account.get("lastPasswordChangeDateTime")))


def _outside_roster(account: Mapping[str, object]) -> Person:
    return Person(
        id=normal(reading.text(account.get("id"))),
        name=reading.text(account.get("displayName")),
        username=reading.text(account.get("userPrincipalName")),
        kind=Kind.OTHER,
        state=AccountState.ACTIVE,
        teams=(),
    )


def _with_state(person: Person, enabled: object) -> Person:
    """The directory's own word about the account counts beside the roster's: who is off in either is off."""
    if enabled is not None and not isinstance(enabled, bool):
        raise DirectoryMisunderstood("enabled-of-unknown-type")
    if enabled is False:
        return replace(person, state=AccountState.DISABLED)
    if enabled is None and person.state is AccountState.ACTIVE:
        return replace(person, state=AccountState.BEING_CREATED)
    return person


def is_privileged(memberships: Iterable[object], scoped_roles: Iterable[object]) -> bool:
    """Whether the account holds a directory role, tenant-wide or for an administrative unit, or is in a group that
    can hold one: only privileged administrators may reset such an account (learn.microsoft.com, "Who can perform
    sensitive actions"). Such groups cannot be nested, so direct memberships suffice. Who owns such a group and is not
    in it is not told apart here: Graph refuses that write (403), and before any other has worked the log takes it for
    a missing role.
    Everything is read before the answer: a membership of no known form is an error. Errors: DirectoryMisunderstood.
    """
    found = [_gives_privilege(reading.thing(each, "membership")) for each in memberships]
    scoped = [reading.thing(each, "scoped-role") for each in scoped_roles]
    return any(found) or bool(scoped)


def _gives_privilege(membership: Mapping[str, object]) -> bool:
    kind = membership.get("@odata.type")
    if kind == _ROLE:
        return True
    if kind == UNIT:
        return False
    assignable = membership.get("isAssignableToRole", "not answered")
    if kind != _GROUP or not (assignable is None or isinstance(assignable, bool)):
        raise DirectoryMisunderstood("membership-of-unknown-form")
    # A group that the bot may not read comes with an id and nulls, among them the one that would tell
    # (learn.microsoft.com/graph/permissions-overview, "limited information").
    if not isinstance(membership.get("displayName"), str):
        raise DirectoryMisunderstood("membership-hidden")
    return assignable is True


def moment(value: object) -> datetime | None:
    """A time as Graph writes it (ISO 8601 with an offset), in UTC; None for null and for .NET's year 1, "never".
    Errors: DirectoryMisunderstood.
    """
    if value is None:
        return None
    read = None
    if isinstance(value, str):
        try:
            read = datetime.fromisoformat(value)
        except ValueError:
            read = None
    if read is None or read.tzinfo is None:
        raise DirectoryMisunderstood("time-of-unknown-form")
    return read.astimezone(UTC) if 1900 < read.year < 9999 else None
