"""Teams' endpoint: from an HTTP request through the SDK's turn pipeline to the bot's answer and back.

botbuilder's TurnContext, middleware and activity types are used; its CloudAdapter's request handling, HTTP clients
and credentials are not: each of their faults has a row in tests/integration/teams/test_stock_sdk_faults.py.
"""

import json
import logging
import secrets
import time
from collections.abc import Callable, Sequence

from aiohttp import web
from botbuilder.core import BotAdapter, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse

from bot.conversation import Answer, Pressed, Said, SeenActivities, Turn
from bot.sending import SendError, SendInDoubt
from bot.teams.bodies import BodyRefused, check_headers, read_body
from bot.teams.conversation_order import ConversationOrder, TooManyTurns
from bot.teams.deliveries import AnotherActivity, Deliveries, HttpAnswer
from bot.teams.inbound import BadActivity, IdentityMissing, Inbound, Kind, read_activity, read_envelope
from bot.teams.invokes import failed_invoke, invoke_answer
from bot.teams.keys import KeysUnavailable
from bot.teams.messages import activity_json, inbound_activity, reply_activity
from bot.teams.options import TeamsOptions
from bot.teams.outbound import Connector
from bot.teams.service_urls import ServiceUrlRefused
from bot.teams.strict_json import BadJson, read_object
from bot.teams.tokens import TokenRefused, TokenRules, VerifiedToken

TURN_KEY = "turn"
"""Under this key of `TurnContext.turn_state` a middleware finds the `bot.conversation.Turn`."""

_ANSWER_KEY = "invoke-answer"
_DEVELOPMENT_CHANNELS = frozenset({"msteams", "emulator"})

_log = logging.getLogger(__name__)


class TeamsAdapter(BotAdapter):  # type: ignore[misc]  # the SDK ships no types
    """Answers the channel's requests: `handle` is the whole endpoint. Nothing it is sent makes it answer 500.

    `answer` is the bot; `seen` remembers answered messages across restarts and replicas. `monotonic` gives seconds,
    `new_reference` what names a failure in the log and to the person; `key` is that of the digests in `Deliveries`.
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
        self._tokens = tokens
        self._connector = connector
        self._answer = answer
        self._seen = seen
        self._new_reference = new_reference
        self._deliveries = Deliveries(key or secrets.token_bytes(32), monotonic=monotonic)
        self._order = ConversationOrder()

    async def handle(self, request: web.Request) -> web.Response:
        """One activity. 200 answered (or nothing to say), 202 accepted but the reply could not be sent, 400 not an
        activity, 401/403 not from our channel, 405/408/413/415 not a request we read, 409 an id that was another
        activity's, 501 an invoke we do not know, 503 come again (overload, or no signing keys yet).
        """
        if request.method != "POST":
            return web.Response(status=405, headers={"Allow": "POST"})
        try:
            return _response(await self._once(await self._admitted(request)))
        except TokenRefused as error:
            _log.warning("request refused with %d: %s", error.status, error)
            return web.Response(
                status=error.status, headers={"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
            )
        except KeysUnavailable:
            return web.Response(status=503, headers={"Retry-After": "5"})
        except BodyRefused as error:
            _log.warning("request refused with %d", error.status)
            return web.Response(status=error.status)
        except (BadJson, BadActivity) as error:
            _log.warning("request refused with 400: %s", error)
            return web.Response(status=400)
        except (IdentityMissing, ServiceUrlRefused) as error:
            _log.warning("request refused with 403: %s", error)
            return web.Response(status=403)
        except AnotherActivity:
            _log.warning("request refused with 409: the id of another activity")
            return web.Response(status=409)

    async def _admitted(self, request: web.Request) -> Inbound:
        """What the request asks of us. Until the token was judged, no byte of the body is looked at."""
        token: VerifiedToken | None = None
        if self._options.authenticates:
            headers = request.headers.getall("Authorization", [])
            token = await self._tokens.verify(headers[0] if len(headers) == 1 else None)
        check_headers(request)
        activity = read_object(await read_body(request))
        envelope = read_envelope(activity)
        if token is not None:
            token.covers(envelope.service_url, envelope.channel_id)
        elif envelope.channel_id not in _DEVELOPMENT_CHANNELS:
            raise TokenRefused(403, "another channel")
        self._options.check_service_url(envelope.service_url)
        return read_activity(activity, envelope, from_teams=token is not None)

    async def _once(self, inbound: Inbound) -> HttpAnswer:
        if inbound.kind is Kind.UNKNOWN_INVOKE:
            return HttpAnswer(501)
        turn = inbound.turn
        if turn is None:
            return HttpAnswer(200)
        if not turn.activity_id:  # an event without an id: it cannot be known again, and does the same twice
            return await self._in_order(inbound, turn)
        who = (turn.tenant_id, turn.object_id, turn.reference.user_id)
        key = (turn.reference.conversation_id, turn.activity_id, *who)
        return await self._deliveries.once(key, _meaning(inbound.kind, turn), lambda: self._in_order(inbound, turn))

    async def _in_order(self, inbound: Inbound, turn: Turn) -> HttpAnswer:
        try:
            async with self._order.turn(turn.reference.conversation_id):
                return await self._answered(inbound, turn)
        except TooManyTurns:
            _log.warning("too many turns wait in one conversation")
            return HttpAnswer(503)

    async def _answered(self, inbound: Inbound, turn: Turn) -> HttpAnswer:
        # An invoke needs its answer every time; effects behind it carry their own key.
        is_invoke = inbound.kind is Kind.CARD_INVOKE
        if not is_invoke and await self._was_seen(turn):
            return HttpAnswer(200)
        context = TurnContext(self, inbound_activity(inbound, turn))
        context.turn_state[TURN_KEY] = turn
        try:
            await self.run_pipeline(context, self._invoked if is_invoke else self._replied)
        except SendInDoubt as error:
            _log.warning("reply in doubt: %s", error)
            self._mark(turn)
            return HttpAnswer(202)
        except SendError as error:
            _log.warning("reply not sent: %s", error)
            return HttpAnswer(202)
        except Exception:  # noqa: BLE001 -- the last wall: whatever the bot raises, the channel gets an answer
            reference = self._new_reference()
            _log.exception("turn failed, reference %s", reference)
            return failed_invoke(reference) if is_invoke else HttpAnswer(202)
        self._mark(turn)
        answer: HttpAnswer = context.turn_state.get(_ANSWER_KEY, HttpAnswer(200))
        return answer

    async def _invoked(self, context: TurnContext) -> None:
        context.turn_state[_ANSWER_KEY] = invoke_answer(await self._answer(context.turn_state[TURN_KEY]))

    async def _replied(self, context: TurnContext) -> None:
        reply = await self._answer(context.turn_state[TURN_KEY])
        if reply is not None:
            await context.send_activity(reply_activity(reply))

    async def _was_seen(self, turn: Turn) -> bool:
        if not turn.activity_id:
            return False
        try:
            return await self._seen.seen(turn.reference.conversation_id, turn.activity_id)
        except Exception:  # noqa: BLE001 -- answering twice is a nuisance, not answering at all is a fault
            _log.exception("seen activities could not be read")
            return False

    def _mark(self, turn: Turn) -> None:
        if not turn.activity_id:
            return
        try:
            self._seen.mark(turn.reference.conversation_id, turn.activity_id)
        except Exception:  # noqa: BLE001 -- the answer is out already
            _log.exception("an answered activity could not be noted")

    async def send_activities(self, context: TurnContext, activities: Sequence[Activity]) -> list[ResourceResponse]:
        """For TurnContext.send_activity: sends in the activity's conversation. Errors: SendError."""
        replies = context.activity.type == ActivityTypes.message
        responses = []
        for activity in activities:
            if activity.type == ActivityTypes.trace:
                responses.append(ResourceResponse(id=""))
                continue
            if not replies:
                activity.reply_to_id = None  # an event is no message one could reply to
            sent = await self._connector.post_message(
                activity.service_url,
                activity.conversation.id,
                activity_json(activity),
                reply_to=activity.reply_to_id,
            )
            responses.append(ResourceResponse(id=sent))
        return responses

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:  # noqa: ARG002 -- the SDK's signature
        """For TurnContext.update_activity. Errors: SendError."""
        await self._connector.put_message(
            activity.service_url, activity.conversation.id, activity.id, activity_json(activity)
        )
        return ResourceResponse(id=activity.id)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:  # noqa: ARG002 -- the SDK's signature
        """For TurnContext.delete_activity. Errors: SendError."""
        await self._connector.delete_message(reference.service_url, reference.conversation.id, reference.activity_id)


def _response(answer: HttpAnswer) -> web.Response:
    if not answer.body:
        return web.Response(status=answer.status)
    return web.Response(status=answer.status, body=answer.body, content_type="application/json", charset="utf-8")


def _meaning(kind: Kind, turn: Turn) -> bytes:
    """All of an activity that we act upon. Not its bytes: a channel may repeat it with other times in it."""
    match turn.occasion:
        case Said(text):
            said: object = text
        case Pressed(verb, data, automatic):
            said = [verb, data, automatic]
        case event:
            said = type(event).__name__
    return json.dumps([kind, turn.scope, said], sort_keys=True).encode()
