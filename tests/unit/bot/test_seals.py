"""A seal says who may press, where and until when; whatever is changed, nothing happens."""

import copy
import itertools
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Action, ConversationReference, Pressed, Scope, Turn
from bot.seals import Holder, Sealer, SealFault, _canonical

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
REFERENCE = ConversationReference(
    "conversation-1", "https://smba.trafficmanager.net/emea/", "tenant", "28:bot", "29:x", "anna"
)
TURN = Turn("activity", "tenant", "anna", Scope.PERSONAL, Pressed("help", {}), REFERENCE)


def sealer(key: bytes = b"k" * 32) -> Sealer:
    numbers = itertools.count()
    return Sealer(key, lambda: f"nonce-{next(numbers)}")


def test_a_genuine_press_yields_the_action():
    data = sealer().seal("lookup.pick", Holder.of(TURN), NOW, HOUR, ids={"people": "a,b"})

    assert sealer().open(data, TURN, NOW) == Action("lookup.pick", {"people": "a,b"}, 0, "nonce-0")


@pytest.mark.parametrize(
    ("ids", "seal"),
    [
        ({}, "wdEZ3r7865vDRq_GlH5IHTiQ-3gi_9UilQEAe7ulgbY"),
        ({"people": "a,b"}, "DYyb0siM7IkBq9Qdgujfjqf51wp1fqP40KG_0nWI3PE"),
        ({"име": "Иво „Х“"}, "bNNE-uWQgeN_ESjU5fbngn8VCYgJYcLj68jrHiJ99e8"),
        ({"a": '\x7f\x01\n"\\/'}, "WuP1AAuegPO-q4C1b3I04eJ4HQvIVI6GzTh44xOCukY"),
        ({"a": "\ud800"}, "zQKRgw-kZ0vKvhhEOZ_ieHNXSTgCJbJ3TNltrvcfJ2g"),
    ],
    ids=["none", "ascii", "cyrillic", "escapes", "half-a-character"],
)
def test_cards_that_are_out_there_keep_their_seals(ids, seal):
    """Made when `json` wrote what is sealed: a card lives 90 days, so how it is written down does not change."""
    data = sealer().seal("lookup.pick", Holder.of(TURN), NOW, HOUR, ids=ids, version=7)

    assert data["seal"] == seal
    assert isinstance(sealer().open(data, TURN, NOW), Action)


@given(verb=st.text(), ids=st.dictionaries(st.text(), st.text()), version=st.integers(), nonce=st.text(max_size=40))
def test_what_is_sealed_is_written_as_json_writes_it(verb, ids, version, nonce):
    action = {"verb": verb, "ids": ids, "version": version, "nonce": nonce, "expires": 1}

    assert _canonical(action) == json.dumps(action, sort_keys=True, separators=(",", ":")).encode()


def test_what_the_client_merges_in_does_not_disturb_the_seal():
    data = sealer().seal("lookup.search", Holder.of(TURN), NOW, HOUR) | {"typed": "x", "kind": "egn"}

    assert isinstance(sealer().open(data, TURN, NOW), Action)


@pytest.mark.parametrize(
    "other",
    [
        replace(TURN, object_id="boris"),
        replace(TURN, tenant_id="elsewhere"),
        replace(TURN, reference=replace(REFERENCE, conversation_id="conversation-2")),
    ],
    ids=["actor", "tenant", "conversation"],
)
def test_a_genuine_card_in_the_wrong_hands_is_told_apart_from_a_forged_one(other):
    data = sealer().seal("help", Holder.of(TURN), NOW, HOUR)

    assert sealer().open(data, other, NOW) is SealFault.OTHER_PERSON


def test_parts_of_the_holder_cannot_be_shifted_into_each_other():
    data = sealer().seal("help", Holder.of(replace(TURN, object_id="ab", tenant_id="c")), NOW, HOUR)

    assert sealer().open(data, replace(TURN, object_id="a", tenant_id="bc"), NOW) is SealFault.OTHER_PERSON


def test_a_holder_of_any_characters_can_be_given_a_card():
    """JSON can carry half a character; it is somebody's all the same, and nobody else's."""
    odd = replace(TURN, object_id="\ud800")
    data = sealer().seal("help", Holder.of(odd), NOW, HOUR)

    assert isinstance(sealer().open(data, odd, NOW), Action)
    assert sealer().open(data, replace(TURN, object_id="\ud801"), NOW) is SealFault.OTHER_PERSON


def test_what_somebody_tried_is_told_of_a_genuine_card_whoever_holds_it_and_of_no_other():
    data = sealer().seal("lookup.pick", Holder.of(TURN), NOW - 900 * HOUR, HOUR, ids={"people": "a,b"}, version=3)
    action = data["action"]
    assert isinstance(action, dict)

    assert sealer().genuine(data) == Action("lookup.pick", {"people": "a,b"}, 3, "nonce-0")
    assert sealer(b"x" * 32).genuine(data) is None
    assert sealer().genuine({**data, "action": {**action, "verb": "help"}}) is None
    assert sealer().genuine({}) is None


def test_it_expires_exactly_at_its_end():
    data = sealer().seal("help", Holder.of(TURN), NOW, HOUR)

    assert isinstance(sealer().open(data, TURN, NOW + HOUR - timedelta(seconds=1)), Action)
    assert sealer().open(data, TURN, NOW + HOUR) is SealFault.EXPIRED


def test_every_seal_is_one_of_its_kind():
    one = sealer()

    assert one.seal("help", Holder.of(TURN), NOW, HOUR) != one.seal("help", Holder.of(TURN), NOW, HOUR)


def test_another_key_opens_nothing():
    data = sealer().seal("help", Holder.of(TURN), NOW, HOUR)

    assert sealer(b"o" * 32).open(data, TURN, NOW) is SealFault.BROKEN


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verb", "language.set"),
        ("ids", {"people": "a,c"}),
        ("version", 1),
        ("nonce", "mine"),
        ("expires", 10**12),
        ("expires", 1e400),
        ("expires", None),
        ("version", True),
    ],
)
def test_no_field_can_be_changed(field, value):
    data: Any = copy.deepcopy(sealer().seal("lookup.pick", Holder.of(TURN), NOW, HOUR, ids={"people": "a,b"}))
    data["action"][field] = value

    assert sealer().open(data, TURN, NOW) is SealFault.BROKEN


def test_no_character_of_the_seal_can_be_changed():
    data = sealer().seal("help", Holder.of(TURN), NOW, HOUR)
    seal = data["seal"]
    assert isinstance(seal, str)

    for place, letter in enumerate(seal[:-1]):  # the last character of base64 has unused bits
        forged = seal[:place] + ("A" if letter != "A" else "B") + seal[place + 1 :]
        assert isinstance(sealer().open(data | {"seal": forged}, TURN, NOW), SealFault), place


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(action=JSON, seal=JSON)
def test_whatever_is_sent_is_refused_and_never_raises(action, seal):
    assert sealer().open({"action": action, "seal": seal}, TURN, NOW) is SealFault.BROKEN


@given(fields=st.fixed_dictionaries(dict.fromkeys(("verb", "ids", "version", "nonce", "expires"), JSON)))
def test_the_right_fields_with_any_values_are_refused(fields):
    seal = sealer().seal("help", Holder.of(TURN), NOW, HOUR)["seal"]

    assert sealer().open({"action": fields, "seal": seal}, TURN, NOW) is SealFault.BROKEN


def test_a_payload_nested_beyond_reason_is_refused():
    deep: object = "x"
    for _ in range(100_000):
        deep = [deep]
    data: Any = sealer().seal("help", Holder.of(TURN), NOW, HOUR)

    assert (
        sealer().open({"action": data["action"] | {"ids": deep}, "seal": data["seal"]}, TURN, NOW) is SealFault.BROKEN
    )


class _Later(StrEnum):
    """What another release of the bot calls its presses."""

    GONE = "lookup.gone"


def test_a_verb_that_this_release_does_not_know_is_opened():
    data = sealer().seal(_Later.GONE, Holder.of(TURN), NOW, HOUR)

    opened = sealer().open(data, TURN, NOW)

    assert isinstance(opened, Action)
    assert opened.verb == "lookup.gone", "whether a dialog answers it is for the responder to say"


def test_the_seal_is_looked_at_before_the_verb_is():
    data = sealer().seal(_Later.GONE, Holder.of(TURN), NOW, HOUR)
    other = replace(TURN, object_id="boris")

    assert sealer().open(data, other, NOW) is SealFault.OTHER_PERSON
    assert sealer(b"x" * 32).open(data, TURN, NOW) is SealFault.BROKEN
    forged = sealer().seal("help", Holder.of(TURN), NOW, HOUR)
    forged["action"] = {**forged["action"], "verb": "lookup.gone"}  # type: ignore[dict-item]  # a dict it is
    assert sealer().open(forged, TURN, NOW) is SealFault.BROKEN
