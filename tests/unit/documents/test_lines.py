"""Lines are never wider than they may be, and nothing is lost but what is cut with "…"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.legible import cut_short, wrapped


def measure(text: str) -> float:
    """A letter is one wide."""
    return float(len(text))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, ()),
        ("а", 5, ("а",)),
        ("едно две три", 8, ("едно две", "три")),
        ("едно две три", 7, ("едно", "две три")),
        ("абвгдежз", 3, ("абв", "где", "жз")),
        ("а бвгдежз и", 3, ("а", "бвг", "деж", "з и")),
        ("абв", 0.5, ("а", "б", "в")),
    ],
)
def test_text_is_broken_between_words_and_within_long_ones(text, width, lines):
    assert wrapped(text, width, measure) == lines


@pytest.mark.parametrize(
    ("lines", "most", "cut"),
    [
        (("аб", "вг"), 2, ("аб", "вг")),
        (("аб", "вг"), 1, ("аб…",)),
        (("абвг", "де"), 1, ("абв…",)),
        (("аб ", "де"), 1, ("аб…",)),
        ((), 1, ()),
    ],
)
def test_what_is_left_out_is_marked(lines, most, cut):
    assert cut_short(lines, most, 4, measure) == cut


@given(st.lists(st.text("абв", min_size=1, max_size=30), max_size=12), st.integers(2, 20), st.integers(1, 4))
def test_no_line_is_too_wide_and_no_letter_is_lost(parts, width, most):
    text = " ".join(parts)
    lines = wrapped(text, width, measure)
    assert all(0 < len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    short = cut_short(lines, most, width, measure)
    assert len(short) <= most
    assert all(len(line) <= width for line in short)
