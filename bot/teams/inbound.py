"""A channel's activity, read into what the bot understands. Total: any JSON object gives a turn or a named refusal.

The shapes are those of learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
("Activity object") and of Teams' additions (channelData, aadObjectId, tenantId).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.conversation import ConversationReference, Installed, Occasion, Pressed, Removed, Said, Scope, Turn
from bot.teams.said import what_was_said
from bot.teams.strict_json import REPLACEMENT

MAX_TEXT = 4000
"""Characters of a typed text that are looked at; what follows is dropped."""
MAX_VERB = 200

_MAX_ID = 1000
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_SCOPES = {scope.value: scope for scope in Scope}
_PATHS = frozenset({".", ".."})
_CARD_ACTION = "adaptiveCard/action"
_SEALED = frozenset({"action", "seal", "msteams"})
"""What stands in a button's data before anything is typed; Teams adds the last."""


class BadActivity(Exception):
    """A field that must be there is missing or has another type. The message names the field, never its value."""


class IdentityMissing(Exception):
    """The activity does not say, or says in two ways, who speaks from which tenant."""


class Kind(StrEnum):
    """What an activity asks of us, and so how it is answered."""

    MESSAGE = "message"
    CARD_INVOKE = "card-invoke"
    UNKNOWN_INVOKE = "unknown-invoke"
    EVENT = "event"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is read of every activity before it may be judged at all."""

    type: str
    service_url: str
    channel_id: str


@dataclass(frozen=True, slots=True)
class Inbound:
    """An activity we may have something to say to. `turn` is None when there is nothing to do."""

    kind: Kind
    envelope: Envelope
    turn: Turn | None = None
    bot_name: str | None = field(default=None, repr=False)
    user_name: str | None = field(default=None, repr=False)


def read_envelope(activity: Mapping[str, object]) -> Envelope:
    """Type, channel and address of an activity. Errors: BadActivity."""
    return Envelope(_id(activity, "type"), _id(activity, "serviceUrl"), _id(activity, "channelId"))


def read_activity(activity: Mapping[str, object], envelope: Envelope, *, from_teams: bool = True) -> Inbound:
    """What this activity means to us. Errors: BadActivity, IdentityMissing.

    Teams says the tenant twice. Its events (the app was installed, somebody was added) were reported with one of the
    two only, and without an id; so they are taken then, too. `from_teams` False (a developer's machine): a client may
    say it in one place only. Ids of the tenant and of people are kept in small letters: they are compared everywhere.
    """
    kind = _kind(activity, envelope)
    if kind is Kind.IGNORED:
        return Inbound(kind, envelope)
    bot, user = _object(activity, "recipient"), _object(activity, "from")
    event = kind is Kind.EVENT
    turn_id = "" if event and activity.get("id") in (None, "") else _id(activity, "id")
    tenant_id = _tenant_id(activity, once_is_enough=event or not from_teams)
    object_id = _object_id(user, required=kind is not Kind.EVENT)
    occasion = None if kind is Kind.UNKNOWN_INVOKE else _occasion(activity, kind, bot)
    turn = None
    if occasion is not None:
        conversation = _object(activity, "conversation")
        locale = _locale(activity)
        reference = ConversationReference(
            conversation_id=_id(conversation, "id"),
            service_url=envelope.service_url,
            tenant_id=tenant_id,
            bot_id=_id(bot, "id"),
            user_id=_id(user, "id"),
            object_id=object_id,
            locale=locale,
        )
        turn = Turn(turn_id, tenant_id, object_id, _scope(conversation), occasion, reference, locale)
    return Inbound(kind, envelope, turn, _name(bot), _name(user))


def _kind(activity: Mapping[str, object], envelope: Envelope) -> Kind:
    if envelope.type == "message":
        return Kind.MESSAGE
    if envelope.type == "invoke":
        return Kind.CARD_INVOKE if activity.get("name") == _CARD_ACTION else Kind.UNKNOWN_INVOKE
    if envelope.type in {"installationUpdate", "conversationUpdate"}:
        return Kind.EVENT
    return Kind.IGNORED


def _occasion(activity: Mapping[str, object], kind: Kind, bot: Mapping[str, object]) -> Occasion | None:
    if kind is Kind.CARD_INVOKE:
        return _card_action(activity)
    if kind is Kind.MESSAGE:
        return _message(activity, bot)
    if activity["type"] == "installationUpdate":
        # "add-upgrade" and "remove-upgrade" accompany a new version of the app: nobody came and nobody left.
        action = activity.get("action")
        return Installed() if action == "add" else Removed() if action == "remove" else None
    added = activity.get("membersAdded")
    if added is not None and not isinstance(added, list):
        raise BadActivity("membersAdded")
    bot_id = _id(bot, "id")
    return Installed() if any(isinstance(who, dict) and who.get("id") == bot_id for who in added or ()) else None


def _card_action(activity: Mapping[str, object]) -> Pressed:
    value = _object(activity, "value")
    action = _object(value, "action")
    verb, data, trigger = action.get("verb", ""), action.get("data"), value.get("trigger")
    if not isinstance(verb, str) or len(verb) > MAX_VERB:
        raise BadActivity("value.action.verb")
    if data is not None and not isinstance(data, dict):
        raise BadActivity("value.action.data")
    if trigger is not None and not isinstance(trigger, str):
        raise BadActivity("value.trigger")
    # Whatever is not plainly a click is read-only.
    return Pressed(verb, data or {}, automatic=trigger not in {None, "manual"})


def _message(activity: Mapping[str, object], bot: Mapping[str, object]) -> Said | Pressed:
    """What was typed; or a press that a phone sent as a message (MicrosoftDocs/msteams-docs#4284)."""
    if (pressed := _pressed_by_message(activity.get("value"))) is not None:
        return pressed
    text = activity.get("text")
    if text is not None and not isinstance(text, str):
        raise BadActivity("text")
    return Said(what_was_said(text or "", activity, _id(bot, "id"), _name(bot), MAX_TEXT))


def _pressed_by_message(value: object) -> Pressed | None:
    """The sealed action in a message's `value`: as an invoke has it, or the data alone. None when there is none.

    Of what was typed into the card nothing is read: a message is stored, and inputs may hold an identifier.
    """
    outer = value.get("action") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(outer, dict):
        return None
    wrapped, trigger = outer.get("data"), value.get("trigger")
    data = wrapped if isinstance(wrapped, dict) else value
    sealed, seal, verb = data.get("action"), data.get("seal"), outer.get("verb")
    if not isinstance(sealed, dict) or not isinstance(seal, str):
        return None
    if not isinstance(verb, str) or len(verb) > MAX_VERB:
        return None
    return Pressed(
        verb,
        {"action": sealed, "seal": seal},
        automatic=trigger not in {None, "manual"},
        by_message=True,
        filled=bool(data.keys() - _SEALED),
    )


def _tenant_id(activity: Mapping[str, object], *, once_is_enough: bool) -> str:
    """The tenant, said by channelData and by the conversation alike; or by one of them, the other saying nothing.

    Errors: IdentityMissing.
    """
    channel_data, conversation = activity.get("channelData"), activity.get("conversation")
    tenant = channel_data.get("tenant") if isinstance(channel_data, dict) else None
    said = [
        place.get(name) if isinstance(place, dict) else None
        for place, name in ((tenant, "id"), (conversation, "tenantId"))
    ]
    if once_is_enough:
        said = [each for each in said if each is not None] or said
    if any(not isinstance(each, str) or not _is_id(each) for each in said):
        raise IdentityMissing("tenant")
    tenants = {str(each).lower() for each in said}
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


def _scope(conversation: Mapping[str, object]) -> Scope:
    kind = conversation.get("conversationType")
    if not isinstance(kind, str):
        raise BadActivity("conversation.conversationType")
    scope = _SCOPES.get(kind, Scope.GROUP)  # a kind Teams invents later is not personal
    return Scope.GROUP if scope is Scope.PERSONAL and conversation.get("isGroup") is True else scope


def _locale(activity: Mapping[str, object]) -> str | None:
    entities = activity.get("entities")
    clients = [
        entity.get("locale")
        for entity in (entities if isinstance(entities, list) else ())
        if isinstance(entity, dict) and entity.get("type") == "clientInfo"
    ]
    for candidate in (activity.get("locale"), *clients):
        if isinstance(candidate, str) and _LOCALE.fullmatch(candidate):
            return candidate
    return None


def _object(holder: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = holder.get(name)
    if not isinstance(value, dict):
        raise BadActivity(name)
    return value


def _id(holder: Mapping[str, object], name: str) -> str:
    value = holder.get(name)
    if not isinstance(value, str) or not _is_id(value):
        raise BadActivity(name)
    return value


def _is_id(value: str) -> bool:
    """Ids end up in addresses, logs and tables: no control characters, no path tricks, a sane length. And
    nothing that stands for half a character (`strict_json`): two ids must not become one.
    """
    return 0 < len(value) <= _MAX_ID and value.isprintable() and REPLACEMENT not in value and value not in _PATHS


def _name(account: Mapping[str, object]) -> str | None:
    name = account.get("name")
    return name if isinstance(name, str) else None
