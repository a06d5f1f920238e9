"""A bot of the SDK on our adapter: it is given what the SDK would give it, and what it does reaches the person."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import pytest
from aiohttp import web
from botbuilder.core import ActivityHandler, BotAdapter, CardFactory, MessageFactory, TurnContext
from botbuilder.core.serializer_helper import serializer_helper
from botbuilder.core.teams import TeamsActivityHandler, TeamsInfo
from botbuilder.integration.aiohttp.bot_framework_http_adapter_integration_base import (
    BotFrameworkHttpAdapterIntegrationBase,
)
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    AdaptiveCardInvokeResponse,
    CardAction,
    ChannelAccount,
    HeroCard,
    InvokeResponse,
    Mention,
    SuggestedActions,
)
from botbuilder.schema.teams import TaskModuleContinueResponse, TaskModuleResponse, TaskModuleTaskInfo
from msrest.serialization import Model

from bot.sending import NotSent, SendRefused
from bot.teams.sdk_models import SdkConnector
from tests.connector import MEMBER, FakeTeams, Person
from tests.connector.people import without
from tests.integration.teams.conftest import CARD, House, open_house

PRESS = {"type": "Action.Execute", "verb": "help", "data": {"n": 1}}
CARD_TYPE = "application/vnd.microsoft.card.adaptive"
OTHER_TENANT = "cccccccc-0000-4000-8000-000000000003"
NUMBER = "4146054046"

Do = Callable[[TurnContext], Awaitable[object]]


async def nothing(_: TurnContext) -> None:
    """Says nothing."""


@dataclass
class Anything:
    """A bot that is none of the SDK's classes: `do` is its turn."""

    do: Do = nothing
    turns: list[Activity] = field(default_factory=list)

    async def on_turn(self, context: TurnContext) -> None:
        self.turns.append(context.activity)
        await self.do(context)


@dataclass
class Hosting:
    """A house whose endpoint hosts `bot`."""

    house: House
    bot: Any

    @property
    def teams(self) -> FakeTeams:
        return self.house.teams

    @property
    def adapter(self) -> Any:
        return self.house.edge.adapter

    async def host(self, request: web.Request) -> web.StreamResponse:
        return await self.house.edge.adapter.process(request, self.bot)


@asynccontextmanager
async def hosting(bot: Any, **changes: Any) -> AsyncIterator[Hosting]:
    async with open_house(**changes) as house:
        hosted = Hosting(house, bot)
        async with house.teams.serving(hosted.host):
            yield hosted


@pytest.fixture
async def at() -> AsyncIterator[Hosting]:
    async with hosting(Anything()) as opened:
        yield opened


def doing(at: Hosting, do: Do) -> Anything:
    at.bot = bot = Anything(do)
    return bot


def sending(*made: Activity | str) -> Do:
    async def do(context: TurnContext) -> None:
        for each in made:
            await context.send_activity(each)

    return do


def answering(status: Any, body: object) -> Do:
    return sending(Activity(type=ActivityTypes.invoke_response, value=InvokeResponse(status=status, body=body)))


async def failing(_: TurnContext) -> None:
    raise KeyError(NUMBER)


# The interface


async def test_the_adapter_is_what_the_sdk_calls_one(at: Hosting) -> None:
    assert isinstance(at.adapter, BotAdapter)
    assert isinstance(at.adapter, BotFrameworkHttpAdapterIntegrationBase)


@pytest.mark.parametrize("bot", [None, object(), type("Almost", (), {"on_turn": 5})()])
async def test_what_has_no_turn_is_no_bot(at: Hosting, bot: object) -> None:
    with pytest.raises(TypeError, match="on_turn"):
        await at.adapter.process(None, bot)


async def test_our_own_bot_and_a_hosted_one_share_an_adapter(at: Hosting) -> None:
    doing(at, sending("от чуждия"))
    assert (await at.teams.say(MEMBER, "а")).text == "от чуждия"
    async with at.teams.serving(at.adapter.handle):
        assert (await at.teams.say(MEMBER, "б")).text == "Добре"
    assert (len(at.bot.turns), len(at.house.bot.turns)) == (1, 1)


async def test_a_turn_of_our_own_bot_takes_no_detour_through_the_sdks_models(
    at: Hosting, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched: list[str] = []
    monkeypatch.setattr(Model, "deserialize", lambda *_: touched.append("read"))
    monkeypatch.setattr("bot.teams.adapter.json_of", lambda _: touched.append("written"))
    async with at.teams.serving(at.adapter.handle):
        assert (await at.teams.say(MEMBER, "а")).text == "Добре"
        assert (await at.teams.press(MEMBER, PRESS)).text == "Добре"
    assert touched == []
    at.bot = Anything(sending("ехо"))
    async with at.teams.serving(at.host):
        await at.teams.say(MEMBER, "б")
    assert touched, "a hosted bot's turn does go there"


@pytest.mark.parametrize("ws_response", [None, web.WebSocketResponse()])
async def test_streaming_is_declined_in_words(ws_response: web.WebSocketResponse | None) -> None:
    async with open_house() as house:

        async def handle(request: web.Request) -> web.StreamResponse:
            return await house.edge.adapter.process(request, Anything(), ws_response)

        async with house.teams.serving(handle):
            upgrade = {"Connection": "Upgrade", "Upgrade": "WebSocket", "Sec-WebSocket-Version": "13"}
            declined = await house.teams.post(b"", upgrade, method="GET")
            plain = await house.teams.post(b"", {}, method="GET")
            posted = await house.teams.say(MEMBER, "а")

    assert (declined.status, plain.status, posted.status) == (501, 405, 200)
    assert b"WebSockets is not supported" in declined.raw


# What the bot is given


async def test_a_message_comes_whole(at: Hosting) -> None:
    made = at.teams.activity(
        "message", text=" <at>Бот</at> здравей ", value={"a": [1]}, callerId="urn:x", odd={"b": 2}
    )
    await at.teams.deliver(made)

    (activity,) = at.bot.turns
    assert (activity.id, activity.text, activity.value) == (made["id"], made["text"], {"a": [1]})
    assert (activity.from_property.aad_object_id, activity.conversation.id) == (
        MEMBER.object_id,
        made["conversation"]["id"],
    )
    assert activity.additional_properties == {"odd": {"b": 2}}
    assert activity.caller_id == "urn:botframework:azure", "what the sender says of itself is not believed"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("message", {}),
        ("messageUpdate", {"text": "друго"}),
        ("messageDelete", {}),
        ("messageReaction", {"reactionsAdded": [{"type": "like"}]}),
        ("conversationUpdate", {"membersAdded": [{"id": "29:new"}]}),
        ("installationUpdate", {"action": "add-upgrade"}),
        ("typing", {}),
        ("event", {"name": "application/vnd.microsoft.meetingStart", "value": {}}),
        ("endOfConversation", {}),
        ("нещо", {}),
    ],
)
async def test_activities_of_every_type_reach_it(at: Hosting, kind: str, fields: dict) -> None:
    answer = await at.teams.deliver(at.teams.activity(kind, **fields))

    assert (answer.status, answer.raw) == (200, b"")
    assert [activity.type for activity in at.bot.turns] == [kind]


EVENTS = ("conversationUpdate", "installationUpdate", "typing", "event", "endOfConversation")
PEOPLES = ("message", "invoke", "messageUpdate", "messageDelete", "messageReaction")


@pytest.mark.parametrize("kind", [*EVENTS, *PEOPLES])
@pytest.mark.parametrize("left_out", ["id", "from", "tenant"])
async def test_an_event_may_lack_id_person_and_one_of_its_tenants_and_nothing_else_may(
    at: Hosting, kind: str, left_out: str
) -> None:
    made = at.teams.activity(kind)
    if left_out == "tenant":
        made["channelData"] = {}
    elif left_out == "from":
        made["from"] = {"id": "29:1"}
    else:
        made = without(made, "id")

    answer = await at.teams.deliver(made)

    assert len(at.bot.turns) == (1 if kind in EVENTS else 0)
    assert answer.status == (200 if kind in EVENTS else 400 if left_out == "id" else 403)


@pytest.mark.parametrize("kind", [*EVENTS, *PEOPLES])
@pytest.mark.parametrize(
    ("broken", "status"),
    [
        ({"conversation": None}, None),
        ({"conversation": {"id": "", "tenantId": MEMBER.tenant_id}}, 400),
        ({"conversation": {"id": "..", "tenantId": MEMBER.tenant_id}}, 400),
        ({"recipient": None}, 400),
        ({"from": None}, 400),
        ({"channelData": {"tenant": {"id": OTHER_TENANT}}}, 403),
        ({"serviceUrl": "https://evil.example/"}, None),
        ({"timestamp": "вчера"}, 400),
        ({"entities": [5]}, 400),
        ({"membersAdded": 5}, 400),
        ({"attachments": [{"name": ["x"]}, 5]}, 400),
    ],
)
async def test_what_is_no_activity_reaches_nobody(at: Hosting, kind: str, broken: dict, status: int | None) -> None:
    answer = await at.teams.deliver(at.teams.activity(kind) | broken)

    assert answer.status in ({status} if status else {400, 401, 403})
    assert (at.bot.turns, at.teams.calls) == ([], [])


@pytest.mark.parametrize("kind", [*EVENTS, *PEOPLES])
async def test_activities_of_another_tenant_reach_nobody(at: Hosting, kind: str) -> None:
    answer = await at.teams.deliver(at.teams.activity(kind, Person(tenant_id=OTHER_TENANT)))

    assert (answer.status, at.bot.turns) == (403, [])


async def test_a_developer_without_app_id_takes_every_tenant() -> None:
    async with hosting(Anything(sending("ехо")), teams=FakeTeams(app_id="")) as at:
        assert (await at.teams.say(Person(tenant_id=OTHER_TENANT), "а")).text == "ехо"
        assert at.bot.turns[0].caller_id is None


async def test_middleware_stands_around_a_hosted_bot(at: Hosting) -> None:
    order: list[str] = []

    class Noticing:
        async def on_turn(self, context: TurnContext, following: Callable[[], Awaitable[None]]) -> None:
            order.append("before")
            await following()
            order.append("after")

    async def bot(context: TurnContext) -> None:
        order.append(context.activity.text)

    at.adapter.use(Noticing())
    doing(at, bot)
    await at.teams.say(MEMBER, "здравей")

    assert order == ["before", "здравей", "after"]


class Members(ActivityHandler):  # type: ignore[misc]  # the SDK ships no types
    def __init__(self) -> None:
        self.added: list[ChannelAccount] = []

    async def on_members_added_activity(self, members_added: list[ChannelAccount], turn_context: TurnContext) -> None:
        self.added += members_added


class TeamsMembers(TeamsActivityHandler):  # type: ignore[misc]  # the SDK ships no types
    def __init__(self) -> None:
        self.added: list[Any] = []

    async def on_teams_members_added(
        self, teams_members_added: list[Any], team_info: object, turn_context: TurnContext
    ) -> None:
        self.added += teams_members_added


async def test_an_activity_handler_is_told_who_was_added() -> None:
    async with hosting(Members()) as at:
        await at.teams.install(MEMBER)

        assert [who.id for who in at.bot.added] == [MEMBER.channel_id, at.teams.bot_id]


@pytest.mark.parametrize("known", [True, False])
async def test_a_teams_handler_reads_who_was_added_on_our_connection(*, known: bool) -> None:
    async with hosting(TeamsMembers()) as at:
        conversation = at.teams.conversation_id(MEMBER)
        if known:
            told = {"id": "29:new", "name": "Нов Измислен", "userPrincipalName": "n@edu.example", "givenName": "Нов"}
            at.teams.members[conversation] = [told]
        else:
            at.teams.refusals[conversation] = (404, json.dumps({"error": {"code": "ConversationNotFound"}}))
        at.teams.fail(429, headers={"Retry-After": "0"})
        made = at.teams.activity("conversationUpdate", membersAdded=[{"id": "29:new", "name": "Нов"}])

        assert (await at.teams.deliver(made)).status == 200
        (member,) = at.bot.added
        assert (member.id, member.user_principal_name) == ("29:new", "n@edu.example" if known else None)
        assert at.teams.calls[0] == ("GET", f"/emea/v3/conversations/{conversation}/members/29:new")
        assert (len(at.teams.calls), len(at.teams.connections)) == (2, 1)


async def test_members_are_read_page_by_page(at: Hosting) -> None:
    read: list[str] = []

    async def bot(context: TurnContext) -> None:
        page = await TeamsInfo.get_paged_members(context, None, 2)
        more = await TeamsInfo.get_paged_members(context, page.continuation_token, 2)
        every = await TeamsInfo.get_members(context)
        read.extend(member.id for member in [*page.members, *more.members, *every])

    at.teams.members[at.teams.conversation_id(MEMBER)] = [{"id": f"29:{number}"} for number in range(3)]
    doing(at, bot)
    await at.teams.say(MEMBER, "а")

    assert read == ["29:0", "29:1", "29:2"] * 2


@pytest.mark.parametrize("body", ["<html>", "[", '"x"', "5"])
async def test_an_answer_about_members_that_cannot_be_read_is_the_bots_to_handle(at: Hosting, body: str) -> None:
    caught: list[Exception] = []

    async def bot(context: TurnContext) -> None:
        connector: SdkConnector = context.turn_state[BotAdapter.BOT_CONNECTOR_CLIENT_KEY]
        conversation = context.activity.conversation.id
        for call in (
            connector.conversations.get_conversation_member(conversation, "29:1"),
            connector.conversations.get_conversation_members(conversation),
            connector.conversations.get_teams_conversation_paged_members(conversation),
        ):
            try:
                await call
            except NotSent as error:
                caught.append(error)

    at.teams.fail(200, times=3, body=body)
    doing(at, bot)

    assert (await at.teams.say(MEMBER, "а")).status == 200
    assert len(caught) == 3


# What the person sees


async def test_a_reply_goes_out_on_our_connector(at: Hosting) -> None:
    doing(at, sending("едно", MessageFactory.text("две")))
    at.teams.fail(429, headers={"Retry-After": "0"})
    made = at.teams.activity("message", text="а")

    answer = await at.teams.deliver(made)

    assert [(sent.text, sent.reply_to) for sent in answer.sent] == [("едно", made["id"]), ("две", made["id"])]
    assert (answer.status, answer.raw, len(at.teams.connections)) == (200, b"", 1)


async def test_a_message_is_replaced_and_deleted(at: Hosting) -> None:
    async def bot(context: TurnContext) -> None:
        sent = await context.send_activity("едно")
        await context.update_activity(Activity(type="message", id=sent.id, text="две"))
        await context.delete_activity(sent.id)

    doing(at, bot)
    await at.teams.say(MEMBER, "а")

    assert ([one.text for one in at.teams.updated], at.teams.deleted) == (["две"], [at.teams.sent[0].id])


async def test_all_that_a_message_can_hold_is_sent_as_the_sdk_would_write_it(at: Hosting) -> None:
    hero = HeroCard(title="Карта", buttons=[CardAction(type="imBack", title="Да", value="да")])
    made = Activity(
        type="message",
        text="здравей",
        text_format="markdown",
        speak="здравей",
        importance="high",
        attachment_layout="carousel",
        suggested_actions=SuggestedActions(to=["29:1"], actions=[CardAction(type="imBack", title="Не", value="не")]),
        attachments=[CardFactory.hero_card(hero), CardFactory.adaptive_card(CARD)],
        entities=[Mention(type="mention", text="<at>x</at>", mentioned=ChannelAccount(id="29:1"))],
        channel_data={"notification": {"alert": True}},
    )
    doing(at, sending(made))

    await at.teams.say(MEMBER, "а")

    body = dict(at.teams.sent[0].body)
    addressing = ("channelId", "conversation", "from", "recipient", "replyToId", "serviceUrl", "locale", "inputHint")
    expected = serializer_helper(made)
    assert without(body, *addressing) == json.loads(json.dumps(expected))
    assert body["attachments"][0]["content"]["buttons"][0]["title"] == "Да"
    assert body["entities"] == [{"type": "mention", "text": "<at>x</at>", "mentioned": {"id": "29:1"}}]
    assert (body["recipient"]["id"], body["from"]["id"]) == (MEMBER.channel_id, at.teams.bot_id)


async def test_typing_is_sent_traces_are_not_and_a_delay_waits(at: Hosting) -> None:
    doing(
        at,
        sending(Activity(type="typing"), Activity(type="trace", name="x"), Activity(type="delay", value=5), "готово"),
    )
    answer = await at.teams.say(MEMBER, "а")

    assert [sent.body["type"] for sent in answer.sent] == ["typing", "message"]


async def test_replies_that_are_expected_come_in_the_answer(at: Hosting) -> None:
    doing(at, sending("едно", "две"))

    answer = await at.teams.say(MEMBER, "а", deliveryMode="expectReplies")

    assert [each["text"] for each in answer.body["activities"]] == ["едно", "две"]
    assert at.teams.calls == []


class Handler(TeamsActivityHandler):  # type: ignore[misc]  # the SDK ships no types
    async def on_adaptive_card_invoke(
        self, turn_context: TurnContext, invoke_value: Any
    ) -> AdaptiveCardInvokeResponse:
        assert invoke_value.action == PRESS
        return AdaptiveCardInvokeResponse(status_code=200, type=CARD_TYPE, value=dict(CARD))

    async def on_teams_task_module_fetch(
        self, turn_context: TurnContext, task_module_request: Any
    ) -> TaskModuleResponse:
        info = TaskModuleTaskInfo(title=task_module_request.data["x"], card=CardFactory.adaptive_card(dict(CARD)))
        return TaskModuleResponse(task=TaskModuleContinueResponse(value=info))


async def test_a_press_is_answered_once_as_the_client_wants_it() -> None:
    async with hosting(Handler()) as at:
        answer = await at.teams.press(MEMBER, PRESS)

        assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
        assert json.loads(answer.raw) == {"statusCode": 200, "type": CARD_TYPE, "value": CARD}
        assert at.teams.calls == []


async def test_a_task_module_is_answered() -> None:
    async with hosting(Handler()) as at:
        made = at.teams.activity("invoke", name="task/fetch", value={"data": {"x": "Прозорец"}})
        answer = await at.teams.deliver(made)

        assert answer.status == 200
        task = answer.body["task"]
        assert (task["type"], task["value"]["title"]) == ("continue", "Прозорец")
        assert task["value"]["card"]["content"] == CARD


@pytest.mark.parametrize("action", [None, {"type": "Action.Submit"}])
async def test_a_press_that_the_handler_cannot_read_is_an_error_in_json(action: dict | None) -> None:
    async with hosting(Handler()) as at:
        made = at.teams.activity("invoke", name="adaptiveCard/action", value={"action": action})
        answer = await at.teams.deliver(made)

        assert (answer.status, answer.refused) == (400, True)
        assert answer.body["statusCode"] == 400
        assert answer.body["value"].keys() == {"code", "message"}


@pytest.mark.parametrize(
    ("status", "body", "raw"),
    [
        (200, {"a": [1, None, "я"]}, '{"a":[1,null,"я"]}'),
        (200, [{"b": True}], '[{"b":true}]'),
        (200, "текст", '"текст"'),
        (200, {"who": ChannelAccount(id="29:1", name=None)}, '{"who":{"id":"29:1"}}'),
        (200, [ChannelAccount().deserialize({"id": "29:1", "x": 1})], '[{"x":1,"id":"29:1"}]'),
        (HTTPStatus.ACCEPTED, None, ""),
        (412, {"failureDetail": "x"}, '{"failureDetail":"x"}'),
    ],
)
async def test_an_invoke_is_answered_with_any_status_and_body(
    at: Hosting, status: int, body: object, raw: str
) -> None:
    doing(at, answering(status, body))

    answer = await at.teams.deliver(at.teams.activity("invoke", name="some/thing", value={}))

    assert (answer.status, answer.raw.decode()) == (int(status), raw)


async def test_an_invoke_nobody_answers_is_not_implemented(at: Hosting) -> None:
    assert (await at.teams.deliver(at.teams.activity("invoke", name="some/thing"))).status == 501
    at.bot = Handler()
    assert (await at.teams.deliver(at.teams.activity("invoke", name="some/thing"))).status == 501


# Failure


class Apology:
    """The `on_turn_error` of the SDK's samples: it says that something went wrong."""

    def __init__(self, *, then: Exception | None = None) -> None:
        self.caught: list[Exception] = []
        self._then = then

    async def __call__(self, context: TurnContext, error: Exception) -> None:
        self.caught.append(error)
        await context.send_activity("Възникна грешка.")
        if self._then is not None:
            raise self._then


INVOKES = ("adaptiveCard/action", "task/fetch")


def of_kind(at: Hosting, kind: str) -> dict[str, Any]:
    return at.teams.activity("message", text="а") if kind == "message" else at.teams.activity("invoke", name=kind)


@pytest.mark.parametrize("apologises", [True, False])
@pytest.mark.parametrize("kind", ["message", *INVOKES])
async def test_a_bug_is_the_bots_and_then_answered_without_its_words(
    at: Hosting, caplog: pytest.LogCaptureFixture, kind: str, *, apologises: bool
) -> None:
    apology = Apology()
    if apologises:
        at.adapter.on_turn_error = apology
    doing(at, failing)
    made = of_kind(at, kind)

    answer = await at.teams.deliver(made)

    assert answer.status == {"message": 200 if apologises else 202, "task/fetch": 500}.get(kind, 200)
    assert NUMBER not in answer.raw.decode()
    assert [type(error) for error in apology.caught] == [KeyError] * apologises
    assert [sent.text for sent in answer.sent] == ["Възникна грешка."] * apologises
    assert "KeyError" in caplog.text
    if kind == "adaptiveCard/action":
        assert (answer.body["statusCode"], answer.refused) == (500, True)
        assert f"reference {answer.body['value']['message'].removeprefix('№ ')}" in caplog.text
    else:
        assert answer.raw == b""
    if kind == "message":
        assert at.house.seen.noted == [(made["conversation"]["id"], made["id"])] * apologises


@pytest.mark.parametrize("kind", ["message", *INVOKES])
async def test_an_apology_that_fails_too_ends_the_turn_all_the_same(at: Hosting, kind: str) -> None:
    at.adapter.on_turn_error = Apology(then=ValueError(NUMBER))
    doing(at, failing)

    answer = await at.teams.deliver(of_kind(at, kind))

    assert answer.status == {"message": 202, "task/fetch": 500}.get(kind, 200)
    assert NUMBER not in answer.raw.decode()


@pytest.mark.parametrize("kind", INVOKES)
async def test_an_apology_may_answer_the_invoke_itself(at: Hosting, kind: str) -> None:
    async def apology(context: TurnContext, _: Exception) -> None:
        await answering(200, {"говори": "грешка"})(context)

    at.adapter.on_turn_error = apology
    doing(at, failing)

    assert (await at.teams.deliver(of_kind(at, kind))).body == {"говори": "грешка"}


@pytest.mark.parametrize("kind", INVOKES)
@pytest.mark.parametrize(
    ("status", "body"),
    [(None, {}), ("x", {}), (0, {}), (99, {}), (101, {}), (600, {}), (200, object()), (200, {"a": {1, 2}})],
)
async def test_an_answer_that_cannot_be_written_is_a_bug(
    at: Hosting, kind: str, status: object, body: object
) -> None:
    doing(at, answering(status, body))

    answer = await at.teams.deliver(of_kind(at, kind))

    assert answer.status == (200 if kind == "adaptiveCard/action" else 500)
    assert answer.raw == b"" or answer.body["statusCode"] == 500


@pytest.mark.parametrize(("kind", "expected"), [("message", 202), ("task/fetch", 500), ("adaptiveCard/action", 200)])
async def test_a_message_that_does_not_go_out_is_the_bots_failure(at: Hosting, kind: str, expected: int) -> None:
    doing(at, sending("тайна"))
    at.teams.fail(400, body="<html>")

    answer = await at.teams.deliver(of_kind(at, kind))

    assert (answer.status, at.house.seen.noted, at.teams.sent) == (expected, [], [])


async def test_a_bot_may_handle_a_message_that_does_not_go_out(at: Hosting) -> None:
    async def bot(context: TurnContext) -> None:
        with pytest.raises(SendRefused):
            await context.send_activity("едно")
        await context.send_activity("две")

    doing(at, bot)
    at.teams.fail(400)

    assert (await at.teams.say(MEMBER, "а")).text == "две"


# Repeats and order


@pytest.mark.parametrize("kind", ["message", "conversationUpdate", "messageReaction", "event", "messageDelete"])
async def test_what_is_delivered_again_is_done_once(at: Hosting, kind: str) -> None:
    made = at.teams.activity(kind, text="а")
    statuses = [answer.status for answer in [*await at.teams.deliver_times(made, 3), await at.teams.deliver(made)]]

    assert (statuses, len(at.bot.turns)) == ([200] * 4, 1)


async def test_every_edit_of_a_message_is_told_once(at: Hosting) -> None:
    made = at.teams.activity("message", text="а")
    for kind, text, time in (
        ("message", "а", "08:00"),
        ("messageUpdate", "б", "08:01"),
        ("messageUpdate", "б", "08:01"),
        ("messageUpdate", "в", "08:02"),
        ("messageUpdate", "б", "08:03"),
        ("messageDelete", "б", "08:04"),
        ("messageDelete", "б", "08:04"),
    ):
        changed = made | {"type": kind, "text": text, "timestamp": f"2026-11-23T{time}:00.000Z"}
        assert (await at.teams.deliver(changed)).status == 200

    assert [activity.text for activity in at.bot.turns] == ["а", "б", "в", "б", "б"]


@pytest.mark.parametrize(
    "other",
    [{"text": "друго"}, {"value": {"x": 1}}, {"type": "event"}, {"attachments": [{"contentType": "image/png"}]}],
)
async def test_an_id_stands_for_one_activity(at: Hosting, other: dict) -> None:
    made = at.teams.activity("message", text="а")
    await at.teams.deliver(made)

    assert (await at.teams.deliver(made | other)).status == 409
    assert (await at.teams.deliver(made | {"timestamp": "2026-11-23T09:00:00.000Z"})).status == 200
    assert len(at.bot.turns) == 1


async def test_an_invoke_is_answered_each_time_and_turns_do_not_overlap(at: Hosting) -> None:
    running: list[str] = []

    async def bot(context: TurnContext) -> None:
        assert not running
        running.append(context.activity.id)
        await asyncio.sleep(0.01)
        running.remove(context.activity.id)
        await answering(200, {"n": len(at.bot.turns)})(context)

    doing(at, bot)
    presses = [at.teams.press_activity(MEMBER, PRESS) for _ in range(4)]
    answers = await asyncio.gather(*(at.teams.deliver(made) for made in presses))
    again = await at.teams.deliver(presses[0])

    assert sorted(answer.body["n"] for answer in answers) == [1, 2, 3, 4]
    assert again.body["n"] == 5


# Speaking first


async def remembered(at: Hosting) -> Any:
    await at.teams.say(MEMBER, "здравей")
    return TurnContext.get_conversation_reference(at.bot.turns[-1])


@pytest.mark.parametrize("named", [True, False])
async def test_a_hosted_bot_speaks_first_in_a_known_conversation(at: Hosting, *, named: bool) -> None:
    reference = await remembered(at)
    at.teams.fail(429, headers={"Retry-After": "0"})

    await at.adapter.continue_conversation(
        reference, sending("Добро утро"), at.teams.app_id.upper() if named else None
    )

    (sent,) = at.teams.sent
    assert (sent.text, sent.reply_to, sent.conversation_id) == (
        "Добро утро",
        None,
        at.teams.conversation_id(MEMBER),
    )
    assert sent.body["recipient"]["id"] == MEMBER.channel_id


async def test_it_speaks_first_in_the_middle_of_a_turn_of_the_same_conversation(at: Hosting) -> None:
    async def bot(context: TurnContext) -> None:
        reference = TurnContext.get_conversation_reference(context.activity)
        await at.adapter.continue_conversation(reference, sending("и още"))

    doing(at, bot)

    assert (await asyncio.wait_for(at.teams.say(MEMBER, "а"), 5)).text == "и още"


async def test_it_speaks_for_one_bot_and_to_our_channel_only(at: Hosting) -> None:
    reference = await remembered(at)
    with pytest.raises(ValueError, match="one bot"):
        await at.adapter.continue_conversation(reference, sending("а"), "dddddddd-0000-4000-8000-000000000004")
    reference.service_url = "https://evil.example/"
    with pytest.raises(NotSent):
        await at.adapter.continue_conversation(reference, sending("а"))

    assert at.teams.calls == []


async def test_a_failure_there_is_the_callers_or_the_apologys(at: Hosting) -> None:
    reference = await remembered(at)
    with pytest.raises(KeyError):
        await at.adapter.continue_conversation(reference, failing)
    at.adapter.on_turn_error = apology = Apology()
    await at.adapter.continue_conversation(reference, failing)

    assert [sent.text for sent in at.teams.sent] == ["Възникна грешка."]
    assert len(apology.caught) == 1
