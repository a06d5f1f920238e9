"""Teams' endpoint: from an HTTP request through the SDK's turn pipeline to the bot's answer and back.

botbuilder's TurnContext, middleware and models are used, and its interface for aiohttp is implemented; its
CloudAdapter, HTTP clients and credentials are not used: each of their faults is a row in
tests/integration/teams/test_stock_sdk_faults.py.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from aiohttp import web
from botbuilder.core import Bot, BotAdapter, TurnContext
from botbuilder.core.conversation_reference_extension import get_continuation_activity
from botbuilder.integration.aiohttp.bot_framework_http_adapter_integration_base import (
    BotFrameworkHttpAdapterIntegrationBase,
)
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse

from bot.conversation import PATIENCE, Answer, Pressed, Said, SeenActivities, Turn
from bot.teams.admission import REFUSALS, Admission, Admitted, refusal
from bot.teams.deliveries import HttpAnswer
from bot.teams.hosting import INVOKE_RESPONSE_KEY, hosted_answer, hosted_context, read_hosted
from bot.teams.inbound import CARD_ACTION, ActivityKind, Inbound, read_activity
from bot.teams.invokes import invoke_answer
from bot.teams.messages import Outgoing, activity_json, inbound_activity, reply_activity
from bot.teams.options import TeamsOptions
from bot.teams.outbound import Connector
from bot.teams.sdk_models import json_of
from bot.teams.tokens import TokenRules
from bot.teams.turn_runner import Arrival, TurnRunner

TURN_KEY = "turn"
"""Under this key of `TurnContext.turn_state` a middleware finds the `bot.conversation.Turn` of our own bot."""

_ANSWER_KEY = "invoke-answer"
_FAILURE_KEY = "failure-reference"
_NO_STREAMING = "Streaming over WebSockets is not supported. Activities are taken by POST.\n"

_log = logging.getLogger(__name__)


class TeamsAdapter(BotAdapter, BotFrameworkHttpAdapterIntegrationBase):  # type: ignore[misc]  # the SDK ships no types
    """Answers the channel's requests: `handle` with our own bot, `process` with any bot written for the SDK.

    Both answer: 200 done (or nothing to say), 202 accepted but the bot failed or its reply could not be sent, 400 not
    an activity, 401/403 not from our channel, 405/408/413/415 not a request we read, 409 an id that was another
    activity's, 501 an invoke the bot does not know, 503 come again (overload, or no signing keys yet).

    `answer` is our own bot; the other arguments are those of `TurnRunner`.
    """

    def __init__(
        self,
        options: TeamsOptions,
        tokens: TokenRules,
        connector: Connector,
        *,
        answer: Answer,
        seen: SeenActivities,
        new_reference: Callable[[], str],
        monotonic: Callable[[], float] = time.monotonic,
        key: bytes | None = None,
    ) -> None:
        super().__init__()
        options.check()
        self._options = options
        self._connector = connector
        self._answer = answer
        self._new_reference = new_reference
        self._monotonic = monotonic
        self._admission = Admission(options, tokens)
        self._turns = TurnRunner(seen, new_reference=new_reference, monotonic=monotonic, key=key)

    async def handle(self, request: web.Request) -> web.Response:
        """One activity for our own bot. Nothing it is sent makes it answer 500."""
        return await self._respond(request, self._own)

    async def process(
        self,
        request: web.Request,
        bot: Bot,
        ws_response: web.WebSocketResponse | None = None,  # noqa: ARG002 -- the SDK's signature
    ) -> web.Response:
        """One activity for `bot`, which is anything with `on_turn(context)`; see `bot.teams.hosting`.

        A failure of the bot goes to `on_turn_error`. An invoke it left unanswered gets 500, a press the error that
        Teams shows with the log's reference. `ws_response` is not used: a request for a WebSocket is answered 501.
        """
        if not callable(getattr(bot, "on_turn", None)):
            raise TypeError("the bot has no on_turn(context)")
        if request.method == "GET" and request.headers.get("Upgrade", "").lower() == "websocket":
            return web.Response(status=501, text=_NO_STREAMING)
        return await self._respond(request, lambda admitted, _: self._hosted(bot, admitted))

    async def continue_conversation(
        self,
        reference: ConversationReference,
        callback: Callable[[TurnContext], Awaitable[object]],
        bot_app_id: str | None = None,
        claims_identity: object = None,  # noqa: ARG002 -- the SDK's signature
        audience: str | None = None,  # noqa: ARG002 -- the SDK's signature
    ) -> None:
        """Runs `callback` with a context in a known conversation, so that a hosted bot can send a message first.

        Errors: ValueError when `bot_app_id` is another bot's; without `on_turn_error` also what `callback` raises.
        """
        if bot_app_id and bot_app_id.lower() != self._options.app_id.lower():
            raise ValueError("the adapter has the credentials of one bot only")
        activity = get_continuation_activity(reference)
        await self.run_pipeline(hosted_context(self, activity, self._options, self._connector), callback)

    async def run_pipeline(
        self, context: TurnContext, callback: Callable[[TurnContext], Awaitable[object]] | None = None
    ) -> object:
        """As the SDK's, except that a failure is logged before `on_turn_error` takes it."""
        try:
            return await self._middleware.receive_activity_with_status(context, callback)
        except Exception as error:
            if self.on_turn_error is None:
                raise
            context.turn_state[_FAILURE_KEY] = reference = self._new_reference()
            _log.exception("turn failed, reference %s", reference)
            return await self.on_turn_error(context, error)

    async def _respond(
        self, request: web.Request, answer: Callable[[Admitted, float], Awaitable[HttpAnswer]]
    ) -> web.Response:
        if request.method != "POST":
            return web.Response(status=405, headers={"Allow": "POST"})
        try:
            at = self._monotonic()
            answered = await answer(await self._admission.admit(request), at)
        except REFUSALS as error:
            return refusal(error)
        if not answered.body:
            return web.Response(status=answered.status)
        return web.Response(
            status=answered.status, body=answered.body, content_type="application/json", charset="utf-8"
        )

    async def _own(self, admitted: Admitted, at: float) -> HttpAnswer:
        inbound = read_activity(admitted.activity, admitted.envelope, from_teams=admitted.from_teams)
        if inbound.kind is ActivityKind.UNKNOWN_INVOKE:
            return HttpAnswer(501)
        turn = inbound.turn
        if turn is None:
            return HttpAnswer(200)
        arrival = Arrival(
            activity_id=turn.activity_id,
            conversation_id=turn.reference.conversation_id,
            who=(turn.tenant_id, turn.object_id, turn.reference.user_id),
            content=_content(inbound.kind, turn),
            invoke=CARD_ACTION if inbound.kind is ActivityKind.CARD_INVOKE else None,
            at=at,
        )
        if not isinstance(turn.occasion, Said | Pressed):  # nobody waits for it, and it does not come again
            return await self._turns.run(arrival, lambda _: self._own_turn(inbound, turn, arrival))
        return await self._turns.run(
            arrival,
            lambda waited: self._own_turn(inbound, replace(turn, waited=waited), arrival),
            patience=PATIENCE,
        )

    async def _own_turn(self, inbound: Inbound, turn: Turn, arrival: Arrival) -> HttpAnswer:
        context = TurnContext(self, inbound_activity(inbound, turn))
        context.turn_state[TURN_KEY] = turn
        is_press = arrival.invoke is not None
        await self.run_pipeline(context, self._invoked if is_press else self._replied)
        return _given(context, arrival, context.turn_state.get(_ANSWER_KEY)) or HttpAnswer(200)

    async def _invoked(self, context: TurnContext) -> None:
        context.turn_state[_ANSWER_KEY] = invoke_answer(await self._answer(context.turn_state[TURN_KEY]))

    async def _replied(self, context: TurnContext) -> None:
        reply = await self._answer(context.turn_state[TURN_KEY])
        if reply is not None:
            await context.send_activity(reply_activity(reply))

    async def _hosted(self, bot: Bot, admitted: Admitted) -> HttpAnswer:
        hosted = read_hosted(admitted, self._options.tenant_id)
        return await self._turns.run(hosted.arrival, lambda _: self._hosted_turn(bot, hosted.model, hosted.arrival))

    async def _hosted_turn(self, bot: Bot, activity: Activity, arrival: Arrival) -> HttpAnswer:
        context = hosted_context(self, activity, self._options, self._connector)
        await self.run_pipeline(context, bot.on_turn)
        return _given(context, arrival, hosted_answer(context)) or HttpAnswer(501)

    async def send_activities(self, context: TurnContext, activities: Sequence[Activity]) -> list[ResourceResponse]:
        """For TurnContext.send_activity: sends in the activity's conversation. Errors: SendError."""
        return [ResourceResponse(id=await self._send(context, activity)) for activity in activities]

    async def _send(self, context: TurnContext, activity: Activity) -> str:
        if activity.type == ActivityTypes.trace:
            return ""
        if activity.type == ActivityTypes.invoke_response:
            context.turn_state[INVOKE_RESPONSE_KEY] = activity
            return ""
        if activity.type == "delay":
            await asyncio.sleep((activity.value or 1000) / 1000)
            return ""
        if context.activity.type != ActivityTypes.message:
            activity.reply_to_id = None  # an event is no message one could reply to
        return await self._connector.post_message(
            activity.service_url, activity.conversation.id, _json(activity), reply_to=activity.reply_to_id
        )

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:  # noqa: ARG002 -- the SDK's signature
        """For TurnContext.update_activity. Errors: SendError."""
        await self._connector.put_message(
            activity.service_url, activity.conversation.id, activity.id, _json(activity)
        )
        return ResourceResponse(id=activity.id)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:  # noqa: ARG002 -- the SDK's signature
        """For TurnContext.delete_activity. Errors: SendError."""
        await self._connector.delete_message(reference.service_url, reference.conversation.id, reference.activity_id)


def _given(context: TurnContext, arrival: Arrival, answer: HttpAnswer | None) -> HttpAnswer | None:
    """The turn's answer, or that of a failed invoke where `on_turn_error` took the failure and answered nothing."""
    failure = context.turn_state.get(_FAILURE_KEY)
    return arrival.failed(failure) if answer is None and failure and arrival.invoke is not None else answer


def _json(activity: Activity) -> dict[str, object]:
    """Our own messages have few fields and are written by hand; those of others may have any."""
    return activity_json(activity) if isinstance(activity, Outgoing) else json_of(activity)  # type: ignore[return-value]  # a model is an object


def _content(kind: ActivityKind, turn: Turn) -> bytes:
    """All of an activity that our bot acts upon. Not its bytes: a channel may repeat it with other times in it."""
    match turn.occasion:
        case Said(text):
            said: object = text
        case Pressed(verb, data, automatic):
            said = [verb, data, automatic]
        case event:
            said = type(event).__name__
    return json.dumps([kind, turn.scope, said], sort_keys=True).encode()
