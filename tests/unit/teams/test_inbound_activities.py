import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import Pressed, Scope, Turn
from bot.teams.inbound import ActivityKind, Inbound, read_activity
from bot.teams.parties import BadActivity, IdentityMissing, read_envelope
from bot.teams.strict_json import MAX_DEPTH, BadJson, read_object
from tests.connector.people import MEMBER, activity, without

SERVICE = "https://smba.trafficmanager.net/emea/"
BOT = "28:bot"
KINDS = ["message", "invoke", "installationUpdate", "conversationUpdate", "typing"]

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_COMMON = ["type", "id", "serviceUrl", "channelId", "from", "recipient", "conversation", "channelData"]
field_names = st.sampled_from([*_COMMON, "text", "value", "name", "action", "membersAdded", "entities", "locale"])


def read(made: dict) -> Inbound:
    return read_activity(made, read_envelope(made))


@given(st.dictionaries(field_names | st.text(max_size=5), json_values, max_size=12))
def test_any_object_is_understood_or_refused_by_name(made: dict) -> None:
    with suppress(BadActivity, IdentityMissing):
        assert isinstance(read(made), Inbound)


@settings(max_examples=300)
@given(st.sampled_from(KINDS), field_names, json_values, st.data())
def test_a_good_activity_with_one_field_replaced_is_understood_or_refused_by_name(
    kind: str, field: str, value: object, data: st.DataObject
) -> None:
    made = good(kind)
    if isinstance(made.get(field), dict) and data.draw(st.booleans()):
        made[field] = made[field] | {data.draw(st.sampled_from(sorted(made[field]))): value}
    else:
        made[field] = value
    try:
        inbound = read(made)
    except (BadActivity, IdentityMissing):
        return
    if inbound.turn is not None:
        assert inbound.turn.tenant_id == MEMBER.tenant_id
        assert inbound.turn.object_id or inbound.kind is ActivityKind.EVENT


def good(kind: str) -> dict:
    fields: dict[str, dict] = {
        "message": {"text": "здравей", "value": {"verb": "help"}},
        "invoke": {
            "name": "adaptiveCard/action",
            "value": {"action": {"verb": "help", "data": {}}, "trigger": "manual"},
        },
        "installationUpdate": {"action": "add"},
        "conversationUpdate": {"membersAdded": [{"id": BOT}]},
    }
    return activity(kind, MEMBER, service_url=SERVICE, bot_id=BOT, **fields.get(kind, {}))


EVENTS = ("installationUpdate", "conversationUpdate")


@pytest.mark.parametrize("kind", KINDS[:4])
@pytest.mark.parametrize("place", ["channelData", "conversation"])
def test_an_event_may_say_its_tenant_once_and_nothing_else_may(kind: str, place: str) -> None:
    made = good(kind)
    made[place] = {} if place == "channelData" else without(made[place], "tenantId")
    if kind not in EVENTS:
        with pytest.raises(IdentityMissing):
            read(made)
        return
    turn = read(made).turn
    assert turn is not None
    assert (turn.tenant_id, turn.reference.tenant_id) == (MEMBER.tenant_id, MEMBER.tenant_id)


@pytest.mark.parametrize("kind", KINDS[:4])
@pytest.mark.parametrize("place", ["channelData", "conversation", "both"])
def test_a_foreign_tenant_in_either_place_is_never_ours(kind: str, place: str) -> None:
    other, made = "4f2d6f1e-0000-4000-8000-0000000000ff", good(kind)
    if place != "conversation":
        made["channelData"] = {"tenant": {"id": other}}
    if place != "channelData":
        made["conversation"] = made["conversation"] | {"tenantId": other}
    if place != "both":
        with pytest.raises(IdentityMissing):
            read(made)
        return
    turn = read(made).turn
    assert turn is not None
    assert turn.tenant_id == other


@pytest.mark.parametrize("kind", KINDS[:4])
def test_no_tenant_at_all_is_refused(kind: str) -> None:
    made = good(kind) | {"channelData": {}}
    with pytest.raises(IdentityMissing):
        read(made | {"conversation": without(made["conversation"], "tenantId")})


@pytest.mark.parametrize("kind", KINDS[:4])
@pytest.mark.parametrize("missing", [{}, {"id": None}, {"id": ""}], ids=str)
def test_an_event_may_have_no_id_and_nothing_else_may(kind: str, missing: dict) -> None:
    made = without(good(kind), "id") | missing
    if kind not in EVENTS:
        with pytest.raises(BadActivity):
            read(made)
        return
    turn = read(made).turn
    assert turn is not None
    assert turn.activity_id == ""


@pytest.mark.parametrize("kind", KINDS[:4])
def test_ids_of_tenant_and_person_are_read_in_small_letters(kind: str) -> None:
    made, tenant, person = good(kind), MEMBER.tenant_id.upper(), MEMBER.object_id.upper()
    made["channelData"] = {"tenant": {"id": tenant}}  # the conversation keeps its small letters: they are the same
    made["from"] = made["from"] | {"aadObjectId": person}
    turn = read(made).turn
    assert turn is not None
    assert (turn.tenant_id, turn.object_id) == (MEMBER.tenant_id, MEMBER.object_id)
    assert (turn.reference.tenant_id, turn.reference.object_id) == (MEMBER.tenant_id, MEMBER.object_id)


@pytest.mark.parametrize("kind", KINDS[:4])
def test_the_good_activities_give_turns(kind: str) -> None:
    assert isinstance(read(good(kind)).turn, Turn)


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"action": None},
        {"action": {"verb": 5}},
        {"action": {"verb": "x" * 201}},
        {"action": {"verb": "x", "data": "text"}},
        {"action": {"verb": "x"}, "trigger": 1},
    ],
)
def test_a_press_of_another_shape_is_refused(value: object) -> None:
    with pytest.raises(BadActivity):
        read(good("invoke") | {"value": value})


@pytest.mark.parametrize("kind", ["meeting", "Personal", "personal ", "channel", "groupChat"])
def test_only_what_is_called_personal_is_personal(kind: str) -> None:
    made = good("message")
    turn = read(made | {"conversation": made["conversation"] | {"conversationType": kind}}).turn
    assert turn is not None
    assert turn.scope is not Scope.PERSONAL


@pytest.mark.parametrize(
    ("fields", "locale"),
    [
        ({"locale": "en-GB"}, "en-GB"),
        ({"locale": "../etc"}, "bg-BG"),
        ({"locale": 5}, "bg-BG"),
        ({"locale": "bg", "entities": "x"}, "bg"),
        ({"locale": None, "entities": [None, {"type": "clientInfo", "locale": "x" * 99}]}, None),
    ],
)
def test_the_locale_is_a_language_tag_or_unknown(fields: dict, locale: str | None) -> None:
    turn = read(good("message") | fields).turn
    assert turn is not None
    assert turn.locale == locale


def test_what_was_typed_is_not_shown_when_a_turn_is_printed() -> None:
    said = read(good("message") | {"text": "4146054046", "value": None}).turn
    data = {"verb": "x", "identifier": "4146054046"}
    pressed = read(good("invoke") | {"value": {"action": {"verb": "x", "data": data}}}).turn
    assert pressed is not None
    assert isinstance(pressed.occasion, Pressed)
    assert pressed.occasion.data == data

    assert "4146054046" not in f"{said!r} {pressed!r}"


# JSON


@given(st.dictionaries(st.text(), json_values, max_size=4))
def test_whatever_json_writes_is_read_back_the_same(value: dict) -> None:
    assert read_object(json.dumps(value).encode()) == value
    assert read_object(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_an_object_or_refused(body: bytes) -> None:
    with suppress(BadJson):
        assert isinstance(read_object(body), dict)


@pytest.mark.parametrize(("levels", "fits"), [(MAX_DEPTH, True), (MAX_DEPTH + 1, False)])
def test_depth_is_counted_with_the_object_itself(levels: int, fits: bool) -> None:
    body = b'{"a":' * (levels - 1) + b"{}" + b"}" * (levels - 1)
    if fits:
        assert read_object(body)
    else:
        with pytest.raises(BadJson, match="too deep"):
            read_object(body)


def test_a_pair_of_escapes_is_one_character() -> None:
    assert read_object(rb'{"a":"\ud83d\ude00"}') == {"a": "\U0001f600"}
