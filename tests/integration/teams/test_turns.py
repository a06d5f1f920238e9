"""What people do in Teams becomes a turn, and the bot's reply becomes what they see."""

import asyncio
import gc
import json
import logging
from collections.abc import Callable

import pytest

from bot.conversation import EventNotKept, Installed, Pressed, Removed, Reply, Said, Scope, Turn
from bot.teams import adapter
from bot.teams.adapter import TURN_KEY
from bot.teams.deliveries import HttpAnswer
from tests.connector import MEMBER, Person, actions_of
from tests.connector.people import conversation_of, without
from tests.integration.teams.conftest import CARD, House

BUTTON = {"type": "Action.Execute", "verb": "lookup.search", "title": "Търсене", "data": {"seal": "abc"}}
ANNA = Person(object_id="aaaaaaaa-0000-4000-8000-00000000000a", name="Анна Измислена", locale="en-GB")


# What the bot is told


async def test_a_message_is_said_by_somebody_somewhere(house: House) -> None:
    made = house.teams.activity("message", ANNA, text="  справка \n")
    await house.teams.deliver(made)

    (turn,) = house.bot.turns
    assert turn == Turn(
        activity_id=made["id"],
        tenant_id=ANNA.tenant_id,
        object_id=ANNA.object_id,
        scope=Scope.PERSONAL,
        occasion=Said("справка"),
        reference=turn.reference,
        locale="en-GB",
    )
    reference = turn.reference
    assert (reference.conversation_id, reference.user_id) == (house.teams.conversation_id(ANNA), ANNA.channel_id)
    assert (reference.service_url, reference.bot_id) == (house.teams.service_url, house.teams.bot_id)
    assert (reference.tenant_id, reference.object_id, reference.locale) == (ANNA.tenant_id, ANNA.object_id, "en-GB")


async def test_a_press_carries_verb_data_and_what_was_typed_into_the_card(house: House) -> None:
    await house.teams.press(MEMBER, BUTTON, {"identifier": "4146054046"})

    assert house.bot.turns[0].occasion == Pressed("lookup.search", {"seal": "abc", "identifier": "4146054046"})
    assert house.bot.turns[0].locale == "bg-BG"  # from clientInfo: an invoke has no locale of its own


@pytest.mark.parametrize(
    ("trigger", "automatic"), [("manual", False), (None, False), ("automatic", True), ("нов", True)]
)
async def test_whatever_is_not_plainly_a_click_is_read_only(
    house: House, trigger: str | None, automatic: bool
) -> None:
    made = house.teams.press_activity(MEMBER, BUTTON)
    made["value"]["trigger"] = trigger
    await house.teams.deliver(made)

    assert house.bot.turns[0].occasion.automatic is automatic  # type: ignore[union-attr]


async def test_a_client_refreshes_a_card_by_itself(house: House) -> None:
    house.bot.reply = Reply(card=CARD)
    shown = await house.teams.refresh(MEMBER, {"refresh": {"action": BUTTON}})

    assert house.bot.turns[0].occasion == Pressed("lookup.search", {"seal": "abc"}, automatic=True)
    assert shown.card == CARD


SEALED = {"action": {"verb": "request.open", "ids": {}}, "seal": "abc"}
TYPED = {"typed": "4146054046"}


@pytest.mark.parametrize("typed", [{}, TYPED])
@pytest.mark.parametrize("text", [None, "", "4251020743"])
@pytest.mark.parametrize("wrapped", [False, True])
async def test_a_press_that_comes_as_a_message_is_its_sealed_action_alone(
    house: House, caplog: pytest.LogCaptureFixture, typed: dict, text: str | None, *, wrapped: bool
) -> None:
    house.bot.reply = Reply(card=CARD)
    caplog.set_level(logging.DEBUG)
    data = {**SEALED, **typed}
    value = {"action": {"type": "Action.Execute", "verb": "request.open", "data": data}} if wrapped else data
    made = house.teams.activity("message", MEMBER, value=value, text=text)

    answers = [await house.teams.deliver(made) for _ in range(2)]

    (turn,) = house.bot.turns  # a message that is delivered again is answered once
    assert turn.occasion == Pressed("request.open", SEALED, by_message=True, filled=bool(typed))
    assert [len(answer.sent) for answer in answers] == [1, 0]
    assert answers[0].card == CARD  # as a message of its own
    assert answers[0].body is None
    assert "4146054046" not in caplog.text + repr(turn)


@pytest.mark.parametrize("trigger", ["automatic", "нов", 5])
async def test_a_message_that_is_not_plainly_a_click_is_read_only(house: House, trigger: object) -> None:
    value = {"action": {"verb": "request.open", "data": SEALED}, "trigger": trigger}
    await house.teams.deliver(house.teams.activity("message", MEMBER, value=value))

    assert house.bot.turns[0].occasion.automatic  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "value",
    [
        {"verb": "lookup.search", "seal": "abc", **TYPED},
        {"action": "lookup.search", "seal": "abc", **TYPED},
        {"action": {"verb": "lookup.search"}, **TYPED},
        {"action": {"verb": 5}, "seal": "abc"},
        {"action": {"verb": "x" * 300}, "seal": "abc"},
        {"action": {"data": TYPED, "verb": "lookup.search"}},
        {"action": {"data": {"action": None, "seal": None}}},
        "4146054046",
        [TYPED],
        None,
    ],
)
async def test_a_value_without_a_sealed_action_is_passed_over(house: House, value: object) -> None:
    await house.teams.deliver(house.teams.activity("message", MEMBER, value=value))

    # Its answer would stand in the chat. Nothing of it goes any further.
    assert house.bot.turns[0].occasion == Said("")


async def test_installation_is_told_by_both_of_teams_events(house: House) -> None:
    house.bot.reply = None
    await house.teams.install(MEMBER)

    assert [turn.occasion for turn in house.bot.turns] == [Installed(), Installed()]


async def test_an_event_without_id_or_conversations_tenant_is_answered_each_time(house: House) -> None:
    made = without(house.teams.activity("installationUpdate", MEMBER, action="add"), "id")
    made["conversation"] = without(conversation_of(MEMBER, "personal"), "tenantId")

    answers = [await house.teams.deliver(made) for _ in range(2)]

    assert [answer.status for answer in answers] == [200, 200]
    assert [len(answer.sent) for answer in answers] == [1, 1]
    assert [turn.reference.tenant_id for turn in house.bot.turns] == [MEMBER.tenant_id] * 2
    assert house.seen.noted == []  # it cannot be known again: two events of one conversation are two


async def test_the_bots_own_id_may_be_written_in_capitals(house: House) -> None:
    token = house.teams.signer.token(aud=house.teams.app_id.upper())
    answer = await house.teams.deliver(house.teams.activity("message", text="здравей"), token=token)

    assert answer.status == 200
    assert len(house.bot.turns) == 1


async def test_removal_is_told_and_nothing_is_sent_into_the_closed_conversation(house: House) -> None:
    house.bot.reply = None

    answer = await house.teams.uninstall(MEMBER)

    assert (answer.status, house.bot.turns[0].occasion, house.teams.calls) == (200, Removed(), [])


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("installationUpdate", {"action": "add-upgrade"}),
        ("installationUpdate", {"action": "remove-upgrade"}),
        ("installationUpdate", {}),
        ("conversationUpdate", {}),
        ("conversationUpdate", {"membersAdded": [{"id": "29:somebody"}, None, 5]}),
        ("conversationUpdate", {"membersRemoved": [{"id": "28:bot"}]}),
    ],
)
async def test_other_events_of_a_conversation_are_nothing_to_the_bot(house: House, kind: str, fields: dict) -> None:
    answer = await house.teams.deliver(house.teams.activity(kind, **fields))

    assert (answer.status, house.bot.turns) == (200, [])


@pytest.mark.parametrize("scope", ["personal", "groupChat", "channel"])
async def test_the_scope_is_the_conversations(house: House, scope: str) -> None:
    shown = await house.teams.say(MEMBER, "помощ", scope=scope)

    assert house.bot.turns[0].scope == scope
    assert shown.sent[0].conversation_id == house.teams.conversation_id(MEMBER, scope)
    assert shown.sent[0].body["conversation"]["conversationType"] == scope


async def test_a_kind_of_conversation_nobody_knows_yet_is_not_personal(house: House) -> None:
    await house.teams.say(MEMBER, "помощ", scope="meetingStage")

    assert house.bot.turns[0].scope is Scope.GROUP


async def test_a_conversation_that_calls_itself_personal_and_a_group_is_a_group(house: House) -> None:
    made = house.teams.activity("message", text="помощ")
    made["conversation"]["isGroup"] = True
    answered = await house.teams.deliver(made)

    assert house.bot.turns[0].scope is Scope.GROUP
    assert answered.sent[0].body["conversation"]["conversationType"] == Scope.GROUP


async def test_the_bots_mention_is_not_part_of_what_was_said(house: House) -> None:
    mention = {"type": "mention", "text": "<at>Електронни профили</at>", "mentioned": {"id": house.teams.bot_id}}
    other = {"type": "mention", "text": "<at>Анна</at>", "mentioned": {"id": ANNA.channel_id}}
    await house.teams.say(
        MEMBER, "<at>Електронни профили</at> справка <at>Анна</at>", scope="channel", entities=[mention, other]
    )

    assert house.bot.turns[0].occasion == Said("справка Анна")


async def test_half_an_emoji_is_no_reason_for_silence(house: House) -> None:
    made = house.teams.activity("message", text="парола \ud83d")
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {house.teams.signer.token()}"}
    await house.teams.post(json.dumps(made).encode(), headers)

    assert house.bot.turns[0].occasion == Said("парола \ufffd")


async def test_a_message_without_words_is_still_answered(house: House) -> None:
    made = house.teams.activity("message", attachments=[{"contentType": "image/png"}])

    assert (await house.teams.deliver(made)).text == "Добре"
    assert house.bot.turns[0].occasion == Said("")


async def test_only_the_first_4000_characters_are_looked_at(house: House) -> None:
    await house.teams.say(MEMBER, "я" * 9000)

    assert house.bot.turns[0].occasion == Said("я" * 4000)


# What the person sees


async def test_a_card_is_sent_as_a_reply_with_its_own_summary(house: House) -> None:
    house.bot.reply = Reply(card=CARD | {"fallbackText": "Справка"})
    made = house.teams.activity("message", text="справка")
    await house.teams.deliver(made)

    (sent,) = house.teams.sent
    assert sent.card == CARD | {"fallbackText": "Справка"}
    assert (sent.reply_to, sent.body["replyToId"], sent.body["summary"]) == (made["id"], made["id"], "Справка")
    assert sent.body["from"]["id"] == house.teams.bot_id
    assert sent.body["recipient"] == {
        "id": MEMBER.channel_id,
        "name": MEMBER.name,
        "aadObjectId": MEMBER.object_id,
    }
    assert sent.body["conversation"] == {
        "id": house.teams.conversation_id(MEMBER),
        "tenantId": MEMBER.tenant_id,
        "conversationType": "personal",
    }
    assert "text" not in sent.body  # text beside an attachment would come back without an id


async def test_a_text_is_sent_as_plain_text(house: House) -> None:
    house.bot.reply = Reply(text="[Вход](https://evil.example) <at>всички</at>")

    shown = await house.teams.say(MEMBER, "а")

    assert (shown.text, shown.sent[0].body["textFormat"]) == ("[Вход](https://evil.example) <at>всички</at>", "plain")


async def test_a_welcome_is_no_reply_to_the_event(house: House) -> None:
    house.bot.reply = Reply(card=CARD)
    first, _ = await house.teams.install(MEMBER)

    assert first.sent[0].reply_to is None
    assert "replyToId" not in first.sent[0].body


async def test_nothing_to_say_sends_nothing(house: House) -> None:
    house.bot.reply = None

    answer = await house.teams.say(MEMBER, "а")

    assert (answer.status, house.teams.calls) == (200, [])


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        (Reply(card=CARD), {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": CARD}),
        (
            Reply(text="Езикът е сменен."),
            {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Езикът е сменен."},
        ),
        (
            Reply(text="Тази карта не е за Вас.", refused=True),
            {
                "statusCode": 400,
                "type": "application/vnd.microsoft.error",
                "value": {"code": "BadRequest", "message": "Тази карта не е за Вас."},
            },
        ),
        (
            Reply(card=CARD, refused=True),
            {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": CARD},
        ),
        (None, {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": ""}),
    ],
)
async def test_a_press_is_answered_in_the_response_itself_serialised_once(
    house: House, reply: Reply | None, body: dict
) -> None:
    house.bot.reply = reply

    answer = await house.teams.press(MEMBER, BUTTON)

    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert json.loads(answer.raw) == body
    assert house.teams.calls == []


async def test_the_fake_finds_the_buttons_of_a_card(house: House) -> None:
    house.bot.reply = Reply(card=CARD | {"actions": [BUTTON]})
    shown = await house.teams.say(MEMBER, "справка")
    (button,) = actions_of(shown.card, title="Търсене")
    await house.teams.press(MEMBER, button, {"identifier": "x"})

    assert house.bot.turns[1].occasion == Pressed("lookup.search", {"seal": "abc", "identifier": "x"})


# Failure


async def test_a_bug_in_a_press_shows_a_reference_that_the_log_has_too(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.bot.error = KeyError("x")

    answer = await house.teams.press(MEMBER, BUTTON)

    assert (answer.status, answer.body["statusCode"], answer.refused) == (200, 500, True)
    reference = answer.body["value"]["message"].removeprefix("№ ")
    assert f"reference {reference}" in caplog.text
    assert "KeyError" in caplog.text
    assert "KeyError" not in answer.raw.decode()


async def test_a_bug_in_a_message_is_logged_and_not_a_500(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.bot.error = KeyError("x")

    answer = await house.teams.say(MEMBER, "а")

    assert (answer.status, answer.raw, answer.sent) == (202, b"", ())
    assert "reference" in caplog.text
    assert house.seen.noted == []


async def test_an_event_that_was_not_kept_is_asked_for_again_and_then_taken(house: House) -> None:
    house.bot.error = EventNotKept()
    made = house.teams.activity("installationUpdate", action="add")

    first = await house.teams.deliver(made)
    house.bot.error = None
    second = await house.teams.deliver(made)

    assert (first.status, second.status, len(house.bot.turns)) == (503, 200, 2)
    assert len(house.seen.noted) == 1


async def test_a_reply_that_cannot_be_sent_is_logged_and_the_turn_accepted(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.teams.fail(400, body="<html>")

    answer = await house.teams.say(MEMBER, "тайна")

    assert (answer.status, house.seen.noted, house.teams.sent) == (202, [], [])
    assert "refused: 400" in caplog.text
    assert "тайна" not in caplog.text
    assert "Добре" not in caplog.text


async def test_a_reply_in_doubt_is_not_sent_again_on_the_next_delivery(house: House) -> None:
    house.teams.fail(502, body="<html>Bad Gateway</html>", delivered=True)
    made = house.teams.activity("message", text="а")

    first = await house.teams.deliver(made)
    second = await house.teams.deliver(made)

    assert (first.status, second.status, len(house.teams.sent), len(house.bot.turns)) == (202, 200, 1, 1)


async def test_a_card_too_large_for_teams_is_not_sent(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.bot.reply = Reply(card=CARD | {"speak": "я" * 52_000})

    answer = await house.teams.say(MEMBER, "а")

    assert (answer.status, house.teams.calls) == (202, [])
    assert "100 KB" in caplog.text


async def test_a_broken_memory_of_seen_activities_does_not_silence_the_bot(house: House) -> None:
    house.seen.broken = True

    assert (await house.teams.say(MEMBER, "а")).text == "Добре"


async def test_nothing_personal_reaches_the_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    house.teams.fail(429, headers={"Retry-After": "0"})
    await house.teams.say(ANNA, "4146054046")
    await house.teams.press(ANNA, BUTTON, {"identifier": "4251020743"})
    await house.teams.deliver(house.teams.activity("message", ANNA, text="4349043741") | {"channelData": None})

    for word in ("4146054046", "4251020743", "4349043741", "Анна", ANNA.object_id, ANNA.tenant_id):
        assert word not in caplog.text
    assert caplog.text


# Repeats and order


@pytest.mark.parametrize("times", [1, 2, 3, 4])
async def test_deliveries_of_one_message_at_once_get_one_reply(house: House, times: int) -> None:
    house.bot.gate.clear()
    delivering = asyncio.ensure_future(house.teams.deliver_times(house.teams.activity("message", text="а"), times))
    await house.bot.asked.wait()
    house.bot.gate.set()

    assert {answer.status for answer in await delivering} == {200}
    assert (len(house.bot.turns), len(house.teams.sent)) == (1, 1)


@pytest.mark.parametrize("times", [1, 2, 3, 4])
async def test_deliveries_of_one_press_at_once_get_the_same_answer(house: House, times: int) -> None:
    async def counting(turn: Turn) -> Reply:
        await asyncio.sleep(0.02)
        return Reply(text=f"{len(house.bot.turns)}")

    house.bot.reply = counting
    answers = await house.teams.deliver_times(house.teams.press_activity(MEMBER, BUTTON), times)

    assert {answer.raw for answer in answers} == {answers[0].raw}
    assert len(house.bot.turns) == 1


async def test_a_late_repeat_of_a_message_is_accepted_and_nothing_is_sent(house: House) -> None:
    made = house.teams.activity("message", text="а")
    await house.teams.deliver(made)
    repeat = await house.teams.deliver(made)

    assert (repeat.status, repeat.raw, len(house.teams.sent), len(house.bot.turns)) == (200, b"", 1, 1)


async def test_no_answer_is_kept_a_repeated_press_is_asked_anew(house: House) -> None:
    made = house.teams.press_activity(MEMBER, BUTTON)
    house.bot.reply = Reply(card=CARD | {"speak": "парола Зегоса"})
    await house.teams.deliver(made)
    house.bot.reply = Reply(text="Предадена е.")
    again = await house.teams.deliver(made)

    assert (again.text, len(house.bot.turns)) == ("Предадена е.", 2)
    adapter = house.edge.adapter
    reached = [kept for kept in gc.get_objects() if isinstance(kept, HttpAnswer) and "Зегоса" in kept.body.decode()]
    assert reached == []
    assert "Зегоса" not in repr((adapter._turns._deliveries._known, adapter._turns._deliveries._running))


OTHERS: dict[str, Callable[[dict], None]] = {
    "another button": lambda made: made["value"]["action"].update(verb="password.reveal"),
    "another input": lambda made: made["value"]["action"]["data"].update(identifier="4251020743"),
    "an input more": lambda made: made["value"]["action"]["data"].update(purpose="1"),
    "a refresh": lambda made: made["value"].update(trigger="automatic"),
    "a message": lambda made: made.update(type="message", text="помощ"),
    "in another kind of conversation": lambda made: made["conversation"].update(conversationType="groupChat"),
}


@pytest.mark.parametrize("name", OTHERS)
async def test_an_id_stands_for_one_activity(house: House, name: str, caplog: pytest.LogCaptureFixture) -> None:
    made = house.teams.press_activity(MEMBER, BUTTON, {"identifier": "4146054046"})
    other = json.loads(json.dumps(made))
    OTHERS[name](other)
    await house.teams.deliver(made)

    refused = await house.teams.deliver(other)

    assert (refused.status, refused.raw, len(house.bot.turns), house.teams.calls) == (409, b"", 1, [])
    assert "4251020743" not in caplog.text
    assert (await house.teams.deliver(made)).status == 200


async def test_an_id_stands_for_one_activity_while_that_is_being_answered(house: House) -> None:
    house.bot.gate.clear()
    made = house.teams.press_activity(MEMBER, BUTTON)
    other = house.teams.press_activity(MEMBER, BUTTON, {"identifier": "1"}, id=made["id"])
    first = asyncio.ensure_future(house.teams.deliver(made))
    await house.bot.asked.wait()

    assert (await house.teams.deliver(other)).status == 409
    house.bot.gate.set()
    assert (await first).status == 200


async def test_a_message_that_says_something_else_under_the_same_id_is_refused(house: House) -> None:
    made = house.teams.activity("message", text="помощ")
    await house.teams.deliver(made)

    assert (await house.teams.deliver(made | {"text": "справка"})).status == 409
    assert (await house.teams.deliver(made | {"localTimestamp": "2026-08-01T08:00:00+03:00"})).status == 200
    assert len(house.teams.sent) == 1


async def test_an_id_of_one_person_says_nothing_of_anothers(house: House) -> None:
    house.bot.reply = Reply(card=CARD)
    made = house.teams.press_activity(MEMBER, BUTTON)
    await house.teams.deliver(made)
    house.bot.reply = Reply(text="не е за Вас", refused=True)
    stolen = made | {"from": {"id": ANNA.channel_id, "aadObjectId": ANNA.object_id}}

    assert (await house.teams.deliver(stolen)).refused


async def test_the_same_id_in_another_conversation_is_another_activity(house: House) -> None:
    made = house.teams.activity("message", text="а")
    await house.teams.deliver(made)
    await house.teams.deliver(house.teams.activity("message", ANNA, text="а", id=made["id"]))

    assert len(house.teams.sent) == 2


async def test_turns_of_one_conversation_run_one_after_the_other_in_the_order_they_came(house: House) -> None:
    running: list[str] = []
    all_sent = asyncio.Event()

    async def slow(turn: Turn) -> Reply:
        assert not running
        running.append(turn.activity_id)
        await all_sent.wait()
        await asyncio.sleep(0.01)
        running.remove(turn.activity_id)
        return Reply(text=turn.occasion.text)  # type: ignore[union-attr]

    house.bot.reply = slow
    sending = []
    for number in range(6):
        sending.append(asyncio.ensure_future(house.teams.say(MEMBER, str(number))))
        await asyncio.sleep(0.1)  # each has a connection of its own: time enough for it to arrive before the next
    all_sent.set()
    await asyncio.gather(*sending)

    assert [sent.text for sent in house.teams.sent] == ["0", "1", "2", "3", "4", "5"]


async def test_one_conversation_does_not_wait_for_another(house: House) -> None:
    gate = asyncio.Event()

    async def held(turn: Turn) -> Reply:
        if turn.object_id == MEMBER.object_id:
            await gate.wait()
        return Reply(text="Добре")

    house.bot.reply = held
    first = asyncio.ensure_future(house.teams.say(MEMBER, "а"))
    await asyncio.sleep(0.02)

    assert (await asyncio.wait_for(house.teams.say(ANNA, "б"), 5)).text == "Добре"
    assert not first.done()
    gate.set()
    await first


async def test_a_press_does_not_wait_behind_a_message_until_its_client_has_given_it_up(
    house: House, monkeypatch
) -> None:
    """It is run beside it, and told that it has no time left: the bot does nothing and says so."""
    monkeypatch.setattr(adapter, "PATIENCE", 0.2)
    gate, turns = asyncio.Event(), list[Turn]()

    async def held(turn: Turn) -> Reply:
        turns.append(turn)
        if isinstance(turn.occasion, Said):
            house.hours.seconds += 0.2
            await gate.wait()
        return Reply(text="Добре")

    house.bot.reply = held
    message = asyncio.ensure_future(house.teams.say(MEMBER, "а"))
    await house.bot.asked.wait()
    pressing = asyncio.ensure_future(house.teams.press(MEMBER, BUTTON))
    await asyncio.sleep(0.05)
    assert len(turns) == 1, "for a while it waits"
    house.hours.seconds += 0.2
    press = await asyncio.wait_for(pressing, 5)

    assert (press.status, press.text) == (200, "Добре")
    assert turns[1].waited >= 0.2
    assert not message.done()
    gate.set()
    await message
    assert turns[0].waited == 0


async def test_a_flood_in_one_conversation_is_told_to_come_again_and_leaves_nothing_behind(house: House) -> None:
    house.bot.gate.clear()
    flood = [asyncio.ensure_future(house.teams.say(MEMBER, str(number))) for number in range(40)]
    done, _ = await asyncio.wait(flood, return_when=asyncio.FIRST_COMPLETED)
    house.bot.gate.set()
    statuses = [answer.status for answer in await asyncio.gather(*flood)]

    assert next(iter(done)).result().status == 503
    assert (statuses.count(200), statuses.count(503)) == (31, 9)
    assert (len(house.edge.adapter._turns._order), len(house.edge.adapter._turns._deliveries._running)) == (0, 0)


# The SDK's pipeline


async def test_a_middleware_of_the_sdk_sees_the_turn_and_what_is_sent(house: House) -> None:
    noticed: list[object] = []

    class Noticing:
        async def on_turn(self, context, following):
            noticed.append(context.turn_state[TURN_KEY])
            noticed.append((context.activity.type, context.activity.from_property.aad_object_id))

            async def sending(context, activities, following):
                noticed.append(activities[0].text)
                await following()

            context.on_send_activities(sending)
            await following()

    house.edge.adapter.use(Noticing())
    await house.teams.say(MEMBER, "здравей")

    assert noticed == [house.bot.turns[0], ("message", MEMBER.object_id), "Добре"]


async def test_through_the_sdks_context_a_message_can_be_replaced_and_deleted(house: House) -> None:
    from botbuilder.schema import Activity  # noqa: PLC0415 -- the one test that speaks the SDK's language

    class Rewriting:
        async def on_turn(self, context, following):
            sent = await context.send_activity("едно")
            await context.update_activity(Activity(type="message", id=sent.id, text="две"))
            await context.delete_activity(sent.id)

    house.edge.adapter.use(Rewriting())
    await house.teams.say(MEMBER, "здравей")

    assert [sent.text for sent in house.teams.sent] == ["едно"]
    assert [sent.text for sent in house.teams.updated] == ["две"]
    assert house.teams.deleted == [house.teams.sent[0].id]
    assert house.bot.turns == []
