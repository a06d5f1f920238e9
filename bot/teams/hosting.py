"""A bot written for the SDK (`on_turn(context)`, such as an ActivityHandler) on our adapter: what it is given and
what its turn answers.

Not supported: streaming over WebSockets, sign-in and OAuth cards, skills, `create_conversation`, and those calls of
TeamsInfo that build a client of their own (teams, channels, meetings).
"""

import json
from dataclasses import dataclass, field

from botbuilder.core import BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, CallerIdConstants, DeliveryModes
from botframework.connector.auth import AuthenticationConstants, ClaimsIdentity

from bot.teams.admission import Admitted
from bot.teams.deliveries import HttpAnswer
from bot.teams.messages import written
from bot.teams.options import TeamsOptions
from bot.teams.outbound import Connector
from bot.teams.parties import IdentityMissing, id_in, object_in, read_parties
from bot.teams.sdk_models import SdkConnector, json_of, read_model
from bot.teams.turn_runner import Arrival

INVOKE_RESPONSE_KEY = BotAdapter._INVOKE_RESPONSE_KEY  # noqa: SLF001 -- ActivityHandler looks under it, too
"""Under this key of the turn's state stands the activity with the bot's answer to an invoke."""

_BY_A_PERSON = frozenset({"message", "invoke", "messageUpdate", "messageDelete", "messageReaction"})
"""Types of activities that a person causes; all others are events of a conversation."""
_OF_A_MESSAGE = frozenset({"messageUpdate", "messageDelete"})
"""These carry the id of the message they concern."""
_CONTENT = (
    *("type", "name", "action", "text", "value", "attachments"),
    *("membersAdded", "membersRemoved", "reactionsAdded", "reactionsRemoved"),
)
"""The fields a bot acts upon. Times are not among them: a channel may repeat an activity with others."""


@dataclass(frozen=True, slots=True)
class HostedActivity:
    """What a hosted bot is given, and how it is recognised when it comes again."""

    model: Activity = field(repr=False)
    arrival: Arrival


def read_hosted(admitted: Admitted, tenant_id: str) -> HostedActivity:
    """The activity for a hosted bot. Errors: BadActivity, IdentityMissing.

    A hosted bot does not look at the tenant, so activities of any but `tenant_id` are refused (empty: a developer's
    machine, where all are taken).
    """
    activity, kind = admitted.activity, admitted.envelope.type
    parties = read_parties(activity, is_event=kind not in _BY_A_PERSON, from_teams=admitted.from_teams)
    if tenant_id and parties.tenant_id != tenant_id.lower():
        raise IdentityMissing("another tenant")
    model = read_model(activity)
    # What the sender claims about itself is not believed.
    model.caller_id = CallerIdConstants.public_azure_channel.value if admitted.from_teams else None
    name = parties.activity_id
    if name and kind in _OF_A_MESSAGE:
        name = f"{name} {kind} {activity.get('timestamp')}"
    arrival = Arrival(
        activity_id=name,
        conversation_id=id_in(object_in(activity, "conversation"), "id"),
        who=(parties.tenant_id, parties.object_id, parties.user_id),
        content=json.dumps([activity.get(name) for name in _CONTENT], sort_keys=True).encode(),
        invoke=str(activity.get("name") or "") if kind == "invoke" else None,
    )
    return HostedActivity(model, arrival)


def hosted_context(
    adapter: BotAdapter, activity: Activity, options: TeamsOptions, connector: Connector
) -> TurnContext:
    """A context as the SDK's CloudAdapter fills it, as far as this adapter supports what is in it."""
    context = TurnContext(adapter, activity)
    claims = {
        AuthenticationConstants.AUDIENCE_CLAIM: options.app_id,
        AuthenticationConstants.APP_ID_CLAIM: options.app_id,
        AuthenticationConstants.SERVICE_URL_CLAIM: activity.service_url,
    }
    context.turn_state[BotAdapter.BOT_IDENTITY_KEY] = ClaimsIdentity(claims, True)
    context.turn_state[BotAdapter.BOT_CONNECTOR_CLIENT_KEY] = SdkConnector(connector, activity.service_url)
    return context


def hosted_answer(context: TurnContext) -> HttpAnswer | None:
    """What the bot's turn answers over HTTP; None for an invoke that it did not answer.

    Errors: TypeError, ValueError for an answer that is no HTTP status with a JSON body.
    """
    if context.activity.delivery_mode == DeliveryModes.expect_replies:
        return HttpAnswer(200, written({"activities": json_of(context.buffered_reply_activities)}))
    if context.activity.type != ActivityTypes.invoke:
        return HttpAnswer(200)
    sent = context.turn_state.get(INVOKE_RESPONSE_KEY)
    if sent is None:
        return None
    response: InvokeResponse = sent.value
    status = int(response.status)
    if not 200 <= status <= 599:
        raise ValueError("the bot's answer to an invoke has no HTTP status")
    return HttpAnswer(status, b"" if response.body is None else written(json_of(response.body)))
