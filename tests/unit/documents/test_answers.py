"""What the child says arrives as it was meant, and is believed only within what a list can be."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.class_links.expected import (
    BadRow,
    Carrier,
    Change,
    ExpectedClass,
    ExpectedList,
    Fault,
    RosterFault,
    RosterUnusable,
    RowFault,
)
from bot.documents.answers import Unlikely, answer, refusal, taken
from bot.documents.limits import LONGEST_ID, LONGEST_TEXT

DATED = datetime(2026, 9, 14, 6, tzinfo=UTC)
LIST = ExpectedList(
    "2990001",
    Carrier.ONEROSTER,
    DATED,
    (
        ExpectedClass("101", "Химия", ("ivan.probni",), ("ab01234567", "cd"), "Създаден", DATED),
        ExpectedClass(
            "102",
            "Физика",
            ("ivan.probni",),
            later=(Change(date(2027, 2, 1), ("t2",), ("cd",)), Change(date(2100, 1, 1))),
        ),
    ),
    {"ivan.probni": "Иван Пробни"},
    (RosterFault(Fault.ROW, "users.csv", 3, 2),),
    (BadRow("users.csv", 3, RowFault.DOMAIN), BadRow("users.csv", 4, RowFault.USERNAME)),
)


def test_a_list_arrives_as_it_was_read():
    assert taken(answer(LIST), "2990001", DATED) == LIST


@pytest.mark.parametrize("fault", list(Fault))
def test_a_refusal_arrives_with_its_rows(fault: Fault):
    error = RosterUnusable(RosterFault(fault, "a.csv", 1), rows=LIST.rows)
    with pytest.raises(RosterUnusable) as caught:
        taken(refusal(error), "2990001", DATED)
    assert (caught.value.faults, caught.value.rows) == (error.faults, LIST.rows)


def changed(**changes: Any) -> bytes:
    return json.dumps({**json.loads(answer(LIST)), **changes}).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\xff", b"null", b"[]", b"{}", b"1", b'{"faults":[],"rows":[]}', b"[" * 100_000,
        changed(carrier="other"), changed(people=None), changed(people=[["a" * 65, ""]]), changed(people=[["a@b", ""]]),
        changed(people=[["a", "x" * (LONGEST_TEXT + 1)]]), changed(people=[["a", None]]), changed(people=[[]]),
        changed(classes=[["1", "A", [4], [], "", None, []]]), changed(classes=[["1", "A", [-1], [], "", None, []]]),
        changed(classes=[["1", "A", [True], [], "", None, []]]), changed(classes=[["1" * (LONGEST_ID + 1), "A", [], [], "", None, []]]),
        changed(classes=[["1", "A", [], [], "", "0001-01-01T00:00:00+14:00", []]]), changed(classes=[["1", "A", [], [], "", "9999-12-31T23:59:59+00:00", []]]),
        changed(classes=[["1", "A", [], [], "", "2026-01-01T00:00:00", []]]), changed(classes=[["1", "A", [], [], "", 5, []]]),
        changed(classes=[["1", "A", [0] * 200_001, [], "", None, []]]), changed(classes=[["1", "A"]]), changed(classes={"a": 1}),
        changed(classes=[["1", "A", [], [], "", None]]), changed(classes=[["1", "A", [], [], "", None, None]]),
        changed(classes=[["1", "A", [], [], "", None, [["2027-02-01", [9], []]]]]), changed(classes=[["1", "A", [], [], "", None, [["1999-12-31", [], []]]]]),
        changed(classes=[["1", "A", [], [], "", None, [["2027-02-02", [], []], ["2027-02-01", [], []]]]]), changed(classes=[["1", "A", [], [], "", None, [[1, [], []]]]]),
        changed(classes=[["1", "A", [], [], "", None, [["2027-02-01", [], []]] * 21]]), changed(classes=[["1", "A", [], [], "", None, [["2027-02-01", [0] * 60_000, []]] * 2]]),
        changed(faults=[["row", "x", -1, 1]]), changed(faults=[["none", "x", 1, 1]]), changed(faults=[["row"]]),
        changed(rows=[["x", 1, "none"]]), changed(rows=[["x", 1, "role"]] * 1000),
    ],
)  # fmt: skip
def test_an_unlikely_answer_is_not_believed(raw: bytes):
    with pytest.raises(Unlikely):
        taken(raw, "2990001", DATED)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["carrier", "people", "classes", "faults", "rows"]), anything))
def test_whatever_the_child_says_is_a_list_a_refusal_or_unlikely(said: dict[str, Any]):
    with suppress(RosterUnusable, Unlikely):
        assert taken(changed(**said), "2990001", DATED).school_code == "2990001"
