"""The SDK's models as JSON: as the SDK writes them, without what it loses, and never twice."""

import json
from datetime import UTC, date, datetime
from enum import Enum
from http import HTTPStatus

import pytest
from botbuilder.core.serializer_helper import serializer_helper
from botbuilder.schema import Activity, ConversationAccount, Entity
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.teams.messages import written
from bot.teams.parties import BadActivity
from bot.teams.sdk_models import json_of, read_model
from tests.unit.teams.test_inbound_activities import KINDS, good, json_values

FULL = {
    "type": "message",
    "id": "1700",
    "timestamp": "2026-11-23T08:00:00.000Z",
    "from": {"id": "29:1", "name": "Илинда Проба", "aadObjectId": "a"},
    "conversation": {"id": "a:1", "isGroup": True, "conversationType": "channel"},
    "membersAdded": [{"id": "29:2"}],
    "reactionsAdded": [{"type": "like"}],
    "suggestedActions": {"to": ["29:1"], "actions": [{"type": "imBack", "title": "Да", "value": "да"}]},
    "attachments": [{"contentType": "x", "content": {"body": [1, 2.5, None, "я"]}}],
    "channelData": {"tenant": {"id": "t"}},
    "value": {"a": [True, {"b": None}]},
    "relatesTo": {"conversation": {"id": "a:2"}, "channelId": "msteams", "serviceUrl": "https://x/"},
}


def test_an_activity_is_written_as_the_sdk_writes_it() -> None:
    model = read_model(FULL)
    ours = json.loads(written(json_of(model)))
    theirs = json.loads(json.dumps(serializer_helper(model)))

    assert datetime.fromisoformat(ours.pop("timestamp")) == datetime.fromisoformat(theirs.pop("timestamp"))
    assert ours == theirs


def test_what_a_model_has_no_field_for_is_not_lost() -> None:
    mention = {"type": "mention", "text": "<at>x</at>", "mentioned": {"id": "29:1"}}
    conversation = {"id": "a:1", "tenantId": "t"}  # the SDK's field is called tenantID

    assert json_of(Entity().deserialize(mention)) == mention
    assert json_of(ConversationAccount().deserialize(conversation)) == conversation


@given(json_values)
def test_json_stays_as_it_is(value: object) -> None:
    assert json_of(value) == value
    assert json_of(json_of(value)) == value


class Colour(Enum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (HTTPStatus.OK, 200),
        (Colour.RED, "red"),
        (("a", "b"), ["a", "b"]),
        (datetime(2026, 9, 15, 8, 30), "2026-09-15T08:30:00+00:00"),  # noqa: DTZ001 -- the SDK, too, takes it for UTC
        (datetime(2026, 9, 15, 8, 30, tzinfo=UTC), "2026-09-15T08:30:00+00:00"),
        (date(2026, 9, 15), "2026-09-15"),
        (
            Exception("BadRequest", "Missing action property"),
            {"code": "BadRequest", "message": "Missing action property"},
        ),
        ({"a": [Activity(type="typing")]}, {"a": [{"type": "typing"}]}),
    ],
)
def test_what_is_no_json_yet_becomes_json(value: object, told: object) -> None:
    assert json_of(value) == told


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x", KeyError("a", "b"), Exception("one"), Exception(1, 2, 3)])
def test_what_cannot_be_json_is_not_written(value: object) -> None:
    with pytest.raises(TypeError):
        written(json_of({"a": value}))


@settings(max_examples=300)
@given(st.sampled_from(KINDS), st.sampled_from(sorted({*FULL, "entities", "locale", "text"})), json_values)
def test_any_activity_is_read_or_refused_by_name(kind: str, field: str, value: object) -> None:
    try:
        model = read_model(good(kind) | {field: value})
    except BadActivity:
        return
    assert isinstance(model, Activity)
