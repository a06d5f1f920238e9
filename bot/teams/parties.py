"""Who sent an activity, to which bot, from which tenant: the checks that every activity passes, whoever answers it.

The shapes are those of learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
("Activity object") and of Teams' additions (channelData, aadObjectId, tenantId).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.teams.strict_json import REPLACEMENT

_MAX_ID = 1000
_PATHS = frozenset({".", ".."})


class BadActivity(Exception):
    """A required field is missing or has the wrong type. The message names the field, never its value."""


class IdentityMissing(Exception):
    """The person or the tenant is missing, or the tenant is given twice with different values."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is read from every activity before anything else."""

    type: str
    service_url: str
    channel_id: str


@dataclass(frozen=True, slots=True)
class Parties:
    """The checked ids of an activity."""

    activity_id: str
    """Empty only where the caller allows an activity without an id."""
    tenant_id: str
    object_id: str
    """The person's Entra object id; empty only where the caller allows it."""
    user_id: str
    bot_id: str
    user_name: str | None = field(default=None, repr=False)
    bot_name: str | None = field(default=None, repr=False)


def read_envelope(activity: Mapping[str, object]) -> Envelope:
    """Type, channel and address of an activity. Errors: BadActivity."""
    return Envelope(id_in(activity, "type"), id_in(activity, "serviceUrl"), id_in(activity, "channelId"))


def read_parties(activity: Mapping[str, object], *, is_event: bool, from_teams: bool) -> Parties:
    """The ids in this activity. Errors: BadActivity, IdentityMissing.

    Teams gives the tenant twice. Its events (the app was installed, somebody was added) were reported with one of the
    two and without an id, so an event (`is_event`) may lack these; it may also name no person. `from_teams` False (a
    developer's machine): a client may give the tenant once. Tenant and object ids are compared everywhere, hence in
    lower case.
    """
    bot, user = object_in(activity, "recipient"), object_in(activity, "from")
    activity_id = "" if is_event and activity.get("id") in (None, "") else id_in(activity, "id")
    return Parties(
        activity_id=activity_id,
        tenant_id=_tenant_id(activity, once_is_enough=is_event or not from_teams),
        object_id=_object_id(user, required=not is_event),
        user_id=id_in(user, "id"),
        bot_id=id_in(bot, "id"),
        user_name=_name(user),
        bot_name=_name(bot),
    )


def object_in(holder: Mapping[str, object], name: str) -> Mapping[str, object]:
    """The object in this field. Errors: BadActivity."""
    value = holder.get(name)
    if not isinstance(value, dict):
        raise BadActivity(name)
    return value


def id_in(holder: Mapping[str, object], name: str) -> str:
    """The id in this field. Errors: BadActivity."""
    value = holder.get(name)
    if not isinstance(value, str) or not _is_id(value):
        raise BadActivity(name)
    return value


def _tenant_id(activity: Mapping[str, object], *, once_is_enough: bool) -> str:
    channel_data, conversation = activity.get("channelData"), activity.get("conversation")
    tenant = channel_data.get("tenant") if isinstance(channel_data, dict) else None
    given = [
        place.get(name) if isinstance(place, dict) else None
        for place, name in ((tenant, "id"), (conversation, "tenantId"))
    ]
    if once_is_enough:
        given = [each for each in given if each is not None] or given
    if any(not isinstance(each, str) or not _is_id(each) for each in given):
        raise IdentityMissing("tenant")
    tenants = {str(each).lower() for each in given}
    if len(tenants) != 1:
        raise IdentityMissing("tenant")
    return tenants.pop()


def _object_id(user: Mapping[str, object], *, required: bool) -> str:
    object_id = user.get("aadObjectId")
    if object_id is not None and not isinstance(object_id, str):
        raise BadActivity("from.aadObjectId")
    if object_id and not _is_id(object_id):
        raise BadActivity("from.aadObjectId")
    if required and not object_id:
        raise IdentityMissing("from.aadObjectId")
    return (object_id or "").lower()


def _is_id(value: str) -> bool:
    """Ids end up in addresses, logs and tables: printable, of a sane length, not a path, and without the character
    that replaces half a surrogate pair (`strict_json`), which could make two ids equal.
    """
    return 0 < len(value) <= _MAX_ID and value.isprintable() and REPLACEMENT not in value and value not in _PATHS


def _name(account: Mapping[str, object]) -> str | None:
    name = account.get("name")
    return name if isinstance(name, str) else None
