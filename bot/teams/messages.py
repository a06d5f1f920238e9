"""Replies as activities, and activities as the JSON that the connector takes.

The SDK's own serialiser costs half a millisecond for a card; the few fields we send are written by hand.
"""

import json
from collections.abc import Mapping
from copy import copy

import orjson
from botbuilder.schema import Activity, ActivityTypes, Attachment, ChannelAccount, ConversationAccount

from bot.conversation import ConversationReference, Reply, Said, Scope, Turn
from bot.sending import TooLarge
from bot.teams.inbound import Inbound

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
_ONLY_JSON = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
"""Without this orjson would write any dataclass that got into a message, field by field."""
MAX_BYTES = 100 * 1024
"""A whole message counted as UTF-16
(learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages).
"""


class Outgoing(Activity):  # type: ignore[misc]  # the SDK ships no types
    """A message of our own bot. TurnContext deep-copies what it sends, for which a shallow copy is enough here."""

    def __deepcopy__(self, memo: object) -> "Outgoing":
        return copy(self)


def inbound_activity(inbound: Inbound, turn: Turn) -> Activity:
    """The activity for the SDK's pipeline, without what was typed into a card's inputs."""
    return Activity(
        type=inbound.envelope.type,
        id=turn.activity_id,
        channel_id=inbound.envelope.channel_id,
        service_url=turn.reference.service_url,
        from_property=ChannelAccount(
            id=turn.reference.user_id, name=inbound.user_name, aad_object_id=turn.object_id or None
        ),
        recipient=ChannelAccount(id=turn.reference.bot_id, name=inbound.bot_name),
        conversation=ConversationAccount(
            id=turn.reference.conversation_id, tenant_id=turn.tenant_id, conversation_type=turn.scope.value
        ),
        locale=turn.locale,
        text=turn.occasion.text if isinstance(turn.occasion, Said) else None,
    )


def reply_activity(reply: Reply) -> Activity:
    """A reply as a message activity, not yet addressed."""
    if reply.card is None:
        return Outgoing(type=ActivityTypes.message, text=reply.text, text_format="plain")
    return Outgoing(
        type=ActivityTypes.message,
        summary=_summary(reply.card),
        attachments=[Attachment(content_type=CARD_TYPE, content=reply.card)],
    )


def addressed(activity: Activity, reference: ConversationReference) -> Activity:
    """The activity, addressed to the conversation of `reference`, which is a personal one: where else the app is, is
    kept nowhere.
    """
    activity.from_property = ChannelAccount(id=reference.bot_id)
    activity.recipient = ChannelAccount(id=reference.user_id, aad_object_id=reference.object_id or None)
    activity.conversation = ConversationAccount(
        id=reference.conversation_id, tenant_id=reference.tenant_id, conversation_type=Scope.PERSONAL.value
    )
    activity.locale = reference.locale
    return activity


def activity_json(activity: Activity) -> dict[str, object]:
    """The fields of an outgoing activity that the connector reads; None is left out.

    The conversation stands there whole, and the person's Entra id, as the SDK sends them: without its tenant what a
    bot sends first was reported to be refused by some tenants (openclaw/openclaw#58774, #63949).
    """
    fields: dict[str, object] = {
        "type": activity.type,
        "from": _account(activity.from_property),
        "recipient": _account(activity.recipient),
        **_place(activity.conversation),
        "replyToId": activity.reply_to_id,
        "locale": activity.locale,
        "text": activity.text,
        "textFormat": activity.text_format,
        "summary": activity.summary,
        "attachments": [_attachment(each) for each in activity.attachments] if activity.attachments else None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def encoded(message: Mapping[str, object]) -> bytes:
    """The message as UTF-8 JSON. Errors: TooLarge."""
    data = written(message)
    # No character takes more than twice as many bytes in UTF-16 as in UTF-8: most messages need no second look.
    if len(data) * 2 > MAX_BYTES and len(data.decode().encode("utf-16-le")) > MAX_BYTES:
        raise TooLarge("over 100 KB")
    return data


def written(value: object) -> bytes:
    """A JSON value as UTF-8. A card is written with each turn, and orjson takes a tenth of the time of json.

    What orjson refuses (half of a surrogate pair from somebody's keyboard) is written by json, with a question mark.
    """
    try:
        return orjson.dumps(value, option=_ONLY_JSON)
    except orjson.JSONEncodeError:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return text.encode("utf-8", "replace")


def _summary(card: Mapping[str, object]) -> str | None:
    """What a notification shows. A card decides it itself (fallbackText): a heading may hold a person's name."""
    summary = card.get("fallbackText")
    return summary if isinstance(summary, str) and summary else None


def _account(account: ChannelAccount | None) -> dict[str, str] | None:
    if account is None:
        return None
    fields = {"id": account.id, "name": account.name, "aadObjectId": account.aad_object_id}
    return {name: value for name, value in fields.items() if value}


def _place(conversation: ConversationAccount) -> dict[str, object]:
    tenant, kind = conversation.tenant_id, conversation.conversation_type
    return {
        "conversation": {"id": conversation.id, "tenantId": tenant, "conversationType": kind},
        "channelData": {"tenant": {"id": tenant}},
    }


def _attachment(attachment: Attachment) -> dict[str, object]:
    return {"contentType": attachment.content_type, "content": attachment.content}
