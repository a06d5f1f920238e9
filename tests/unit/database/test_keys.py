import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.database.keys import DatabaseKeys, KeyedPseudonyms, Undecipherable, framed

KEYS = DatabaseKeys.derive(bytes(range(32)), "k1")
PLACE = ("audit", "detail", 7)


def test_keys_of_one_master_key_are_all_different_and_always_the_same():
    derived = [
        getattr(KEYS, name) for name in ("audit_mac", "detail", "lookup", "digest", "payload", "wrapping", "proof")
    ]
    assert len({*derived, bytes(range(32))}) == 8
    assert {len(key) for key in derived} == {32}
    assert DatabaseKeys.derive(bytes(range(32)), "k1") == KEYS


def test_keys_of_another_master_key_are_others():
    other = DatabaseKeys.derive(bytes(range(1, 33)), "k1")
    for field in dataclasses.fields(DatabaseKeys):
        assert (getattr(other, field.name) == getattr(KEYS, field.name)) is (field.name == "key_id")


def test_printing_keys_shows_no_key():
    for text in (repr(KEYS), str(KEYS), f"{KEYS}"):
        assert text == "DatabaseKeys(key_id='k1')"


@pytest.mark.parametrize("length", [0, 16, 31])
def test_a_short_master_key_is_refused(length: int):
    with pytest.raises(ValueError, match="32"):
        DatabaseKeys.derive(b"x" * length)


@pytest.mark.parametrize("key_id", ["", "a b", "k|1", "к1", "k" * 41, "k1\n"])
def test_an_odd_key_id_is_refused(key_id: str):
    with pytest.raises(ValueError, match="key id"):
        DatabaseKeys.derive(b"x" * 32, key_id)


@given(st.dictionaries(st.text(), st.text()))
def test_what_is_sealed_opens_in_its_place(values: dict[str, str]):
    assert KEYS.unseal(KEYS.seal(values, *PLACE), *PLACE) == values


@pytest.mark.parametrize("place", [("audit", "detail", 8), ("audit", "other", 7), ("other", "detail", 7)])
def test_what_is_sealed_opens_nowhere_else(place: tuple[str, str, int]):
    with pytest.raises(Undecipherable):
        KEYS.unseal(KEYS.seal({"a": "b"}, *PLACE), *place)


def test_a_row_may_be_named_by_a_word():
    sealed = KEYS.seal({"a": "b"}, "password_operation", "detail", "5f3a")
    assert KEYS.unseal(sealed, "password_operation", "detail", "5f3a") == {"a": "b"}
    with pytest.raises(Undecipherable, match="5f3b"):
        KEYS.unseal(sealed, "password_operation", "detail", "5f3b")


@given(st.dictionaries(st.text(), st.text()), st.text(), st.text())
def test_a_payload_opens_for_its_task_only(values: dict[str, str], kind: str, key: str):
    sealed = KEYS.seal_payload(values, kind, key)
    assert KEYS.unseal_payload(sealed, kind, key) == values
    for other in ((kind + "x", key), (kind, key + "x"), (kind + key, "")):
        if other != (kind, key):
            with pytest.raises(Undecipherable):
                KEYS.unseal_payload(sealed, *other)
    with pytest.raises(Undecipherable):
        KEYS.unseal(sealed, "task", kind, key)


def test_another_key_or_another_key_id_opens_nothing():
    sealed = KEYS.seal({"a": "b"}, *PLACE)
    for other in (DatabaseKeys.derive(b"x" * 32, "k1"), DatabaseKeys.derive(bytes(range(32)), "k2")):
        with pytest.raises(Undecipherable):
            other.unseal(sealed, *PLACE)


def test_no_changed_or_shortened_value_opens():
    sealed = KEYS.seal({"a": "b"}, *PLACE)
    spoilt = [
        sealed[:position] + bytes([sealed[position] ^ 1]) + sealed[position + 1 :] for position in range(len(sealed))
    ]
    for value in (*spoilt, *(sealed[:length] for length in range(len(sealed)))):
        with pytest.raises(Undecipherable):
            KEYS.unseal(value, *PLACE)


def test_the_same_values_are_sealed_differently_each_time():
    assert len({KEYS.seal({"a": "b"}, *PLACE) for _ in range(100)}) == 100


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_no_two_lists_are_framed_alike(one: list[str], other: list[str]):
    assert (framed(*one) == framed(*other)) == (one == other)


def test_a_pseudonym_depends_on_kind_digits_and_key():
    pseudonyms = KeyedPseudonyms(KEYS)
    first = pseudonyms.of("egn", "4146054046")
    assert first == pseudonyms.of("egn", "4146054046")
    others = {
        pseudonyms.of("lnch", "4146054046"),
        pseudonyms.of("egn", "4251020743"),
        pseudonyms.of("eg", "n4146054046"),
        KeyedPseudonyms(DatabaseKeys.derive(b"x" * 32)).of("egn", "4146054046"),
    }
    assert len(others) == 4
    assert first not in others
    assert first.startswith("v1:")
    assert len(first) == 3 + 64
    assert "4146054046" not in first
