"""Whatever the directory holds, what reaches the paper can be drawn, on a line, from left to right."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.legible import REPLACEMENT, legible

KNOWN = frozenset(map(ord, " abcXYZ0123456789[]().,-„“абвАБВйѝéá…" + REPLACEMENT))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ""),
        ("а б", "а б"),
        ("  а\t\n\r\v\u00a0\u2003б  ", "а б"),
        ("а\x00\x07\x7fб", "аб"),
        ("а\u202e\u2066\u200b\u200d\ufeff\u00adб", "аб"),
        ("и\u0306", "й"),
        ("и\u0300", "ѝ"),
        ("а" + "\u0301" * 10_000 + "б", "а"),
        ("\ud800а\udfff", "а"),
        ("a 😀 b", f"a {REPLACEMENT} b"),
        ("سلام", REPLACEMENT * 4),
        ("\u200b \u202e", ""),
    ],
)
def test_what_disturbs_is_taken_out_and_what_is_unknown_replaced(text, read):
    assert legible(text, KNOWN) == read


def test_what_is_too_long_is_cut():
    assert legible("а" * 200, KNOWN) == "а" * 200
    assert legible("а" * 201, KNOWN) == "а" * 199 + "…"
    assert legible("аб " * 100, KNOWN, longest=4) == "аб…"
    assert len(legible("а" * 10**7, KNOWN)) == 200


@given(st.text(st.characters(), max_size=300))
def test_nothing_gets_past(text):
    read = legible(text, KNOWN)
    assert set(map(ord, read)) <= KNOWN
    assert len(read) <= 200
    assert read == " ".join(read.split())
    assert all(unicodedata.category(char)[0] not in "CM" for char in read)
    assert legible(read, KNOWN) == read
