"""An activity as our own bot reads it. Any JSON object gives a turn or a named refusal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.conversation import ConversationReference, Installed, Occasion, Pressed, Removed, Said, Scope, Turn
from bot.teams.parties import BadActivity, Envelope, Parties, id_in, object_in, read_parties
from bot.teams.typed_text import typed_text

MAX_TEXT = 4000
"""Characters of a typed text that are read; the rest is dropped."""
MAX_VERB = 200

CARD_ACTION = "adaptiveCard/action"
"""The name of the invoke that a press on a card's Action.Execute sends."""

_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_SCOPES = {scope.value: scope for scope in Scope}
_SEALED = frozenset({"action", "seal", "msteams"})
"""What a button's data holds before anything is typed; Teams adds the last."""


class ActivityKind(StrEnum):
    """What an activity asks of our bot, and so how it is answered."""

    MESSAGE = "message"
    CARD_INVOKE = "card-invoke"
    UNKNOWN_INVOKE = "unknown-invoke"
    EVENT = "event"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Inbound:
    """An activity as our bot sees it. `turn` is None when there is nothing to do."""

    kind: ActivityKind
    envelope: Envelope
    turn: Turn | None = None
    bot_name: str | None = field(default=None, repr=False)
    user_name: str | None = field(default=None, repr=False)


def read_activity(activity: Mapping[str, object], envelope: Envelope, *, from_teams: bool = True) -> Inbound:
    """What this activity means to our bot; `from_teams`: see `read_parties`. Errors: BadActivity, IdentityMissing."""
    kind = _kind(activity, envelope)
    if kind is ActivityKind.IGNORED:
        return Inbound(kind, envelope)
    parties = read_parties(activity, is_event=kind is ActivityKind.EVENT, from_teams=from_teams)
    occasion = None if kind is ActivityKind.UNKNOWN_INVOKE else _occasion(activity, kind, parties)
    turn = None
    if occasion is not None:
        conversation = object_in(activity, "conversation")
        locale = _locale(activity)
        reference = ConversationReference(
            conversation_id=id_in(conversation, "id"),
            service_url=envelope.service_url,
            tenant_id=parties.tenant_id,
            bot_id=parties.bot_id,
            user_id=parties.user_id,
            object_id=parties.object_id,
            locale=locale,
        )
        turn = Turn(
            parties.activity_id,
            parties.tenant_id,
            parties.object_id,
            _scope(conversation),
            occasion,
            reference,
            locale,
            _pressed_on(activity) if kind is ActivityKind.CARD_INVOKE else "",
        )
    return Inbound(kind, envelope, turn, parties.bot_name, parties.user_name)


def _pressed_on(activity: Mapping[str, object]) -> str:
    """A nicety: of another form it is passed over."""
    try:
        return id_in(activity, "replyToId") if "replyToId" in activity else ""
    except BadActivity:
        return ""


def _kind(activity: Mapping[str, object], envelope: Envelope) -> ActivityKind:
    if envelope.type == "message":
        return ActivityKind.MESSAGE
    if envelope.type == "invoke":
        return ActivityKind.CARD_INVOKE if activity.get("name") == CARD_ACTION else ActivityKind.UNKNOWN_INVOKE
    if envelope.type in {"installationUpdate", "conversationUpdate"}:
        return ActivityKind.EVENT
    return ActivityKind.IGNORED


def _occasion(activity: Mapping[str, object], kind: ActivityKind, parties: Parties) -> Occasion | None:
    if kind is ActivityKind.CARD_INVOKE:
        return _card_action(activity)
    if kind is ActivityKind.MESSAGE:
        return _message(activity, parties)
    if activity["type"] == "installationUpdate":
        # "add-upgrade" and "remove-upgrade" accompany a new version of the app: nobody came and nobody left.
        action = activity.get("action")
        return Installed() if action == "add" else Removed() if action == "remove" else None
    added = activity.get("membersAdded")
    if added is not None and not isinstance(added, list):
        raise BadActivity("membersAdded")
    here = any(isinstance(who, dict) and who.get("id") == parties.bot_id for who in added or ())
    return Installed() if here else None


def _card_action(activity: Mapping[str, object]) -> Pressed:
    value = object_in(activity, "value")
    action = object_in(value, "action")
    verb, data, trigger = action.get("verb", ""), action.get("data"), value.get("trigger")
    if not isinstance(verb, str) or len(verb) > MAX_VERB:
        raise BadActivity("value.action.verb")
    if data is not None and not isinstance(data, dict):
        raise BadActivity("value.action.data")
    if trigger is not None and not isinstance(trigger, str):
        raise BadActivity("value.trigger")
    # Whatever is not plainly a click is read-only.
    return Pressed(verb, data or {}, automatic=trigger not in {None, "manual"})


def _message(activity: Mapping[str, object], parties: Parties) -> Said | Pressed:
    """What was typed; or a press that a phone sent as a message (MicrosoftDocs/msteams-docs#4284)."""
    if (pressed := _pressed_by_message(activity.get("value"))) is not None:
        return pressed
    text = activity.get("text")
    if text is not None and not isinstance(text, str):
        raise BadActivity("text")
    return Said(typed_text(text or "", activity, parties.bot_id, parties.bot_name, MAX_TEXT))


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
