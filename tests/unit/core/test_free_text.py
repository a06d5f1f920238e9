"""The one gate of free text: what is kept holds no identifier in any shape, and is one visible line."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.bg import egn, pnf

from bot.core.people.free_text import MOST_TYPED, free_text
from bot.core.people.identifier_shapes import LETTERS_FOR_DIGITS, bare_number
from bot.core.people.identifier_traces import hold_identifier
from tests.architecture.tree import ROOT
from tests.properties.strategies import egns, lnchs
from tests.shapes import CANARIES, SHAPES, digits_of


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("number", CANARIES)
def test_an_identifier_in_any_shape_is_taken_out(shape, number):
    kept = free_text(f"Ученикът {SHAPES[shape](number)} от нашето училище", 200)
    assert number[-6:] not in digits_of(kept)
    assert kept.startswith("Ученикът ")
    assert kept.endswith("от нашето училище")


@pytest.mark.parametrize("number", [one for one in CANARIES if one[0] != "7"])
@pytest.mark.parametrize("gap", [".", " . ", "/", ", ", "_", ") (", "·", " / ", "*", "+"])
def test_groups_that_together_make_an_identifier_are_taken_out_whatever_stands_between(number, gap):
    """By their check digit: of a служебен номер, which has none, dots and dates look the same."""
    written = gap.join((number[:2], number[2:4], number[4:6], number[6:]))
    assert free_text(f"виж {written} там", 200).startswith("виж ••••••")
    assert number not in digits_of(free_text(f"виж {written} там", 200))
    letters = written.replace("0", "О")
    assert number not in digits_of(free_text(f"виж {letters} там", 200))


READ_ANYWAY = ("9999999010", "9999999999", "4146054047")
"""ЛНЧ and ЕГН with another check digit: the look-up takes them at the second asking (`read_as_written`)."""

CUTS = ((2, 4, 6, 8), (1, 4, 7), (3, 6), (4, 7), (5,), (6,), (1, 3, 5, 7), tuple(range(1, 10)))


def _in_groups(number, gap, cuts):
    ends = (*cuts, len(number))
    return gap.join(number[start:end] for start, end in zip((0, *cuts), ends, strict=True))


ONE_NUMBER = [(gap, cuts) for gap in "/'’´\\_·*|:−" for cuts in CUTS]
ONE_NUMBER += [
    (gap, cuts) for gap in ".," for cuts in CUTS if bare_number(_in_groups("9999999010", gap, cuts)).__class__ is str
]


@pytest.mark.parametrize("number", READ_ANYWAY)
@pytest.mark.parametrize(("gap", "cuts"), ONE_NUMBER)
def test_what_the_look_up_reads_as_a_number_is_taken_out_whatever_its_check_digit(number, gap, cuts):
    """With dots and commas only where they can be thousands: otherwise it may be a date or a list."""
    assert free_text(f"виж {_in_groups(number, gap, cuts)} там", 200) == "виж •••••• там"


LOOKS = {"ОоOoΟο": "0", "Зз": "3", "lIІі|": "1"}


@pytest.mark.parametrize("letter", sorted(LETTERS_FOR_DIGITS))
def test_every_letter_that_is_taken_for_a_digit_counts_as_one(letter):
    digit = next(digit for letters, digit in LOOKS.items() if letter in letters)
    written = "9130130314".replace(digit, letter)
    assert written != "9130130314"
    assert free_text(f"виж {written} там", 200) == "виж •••••• там"


@given(st.one_of(egns(), lnchs()), st.sampled_from(sorted(SHAPES)), st.text(max_size=60), st.text(max_size=60))
def test_in_any_text_too(number, shape, before, after):
    kept = free_text(f"{before} {SHAPES[shape](number)} {after}", 300)
    assert number not in kept
    assert not hold_identifier(kept)


@given(st.text())
@example("е\u0301\u0301\u0301\u0301")
@example("\r\u0300")
def test_what_is_kept_is_one_visible_line_and_passes_again_unchanged(text):
    kept = free_text(text, 100)
    assert len(kept) <= 100
    assert kept == " ".join(kept.split())
    assert not any(unicodedata.category(character)[0] == "C" for character in kept)
    assert free_text(kept, 100) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Заповед № РД-14-15/15.09.2026 г.",
        "Заповед № РД-14/16.09.2026 г., вх. № 12346/2026",
        "за класовете 1,2,3,4,5,6,7,8,9",
        "Часовете са поети от г-жа Пробна (ООП, 5 б клас).",
        "https://classroom.google.com/c/abc-DEF",
        "Още е при нас до 30.06.2057 г., стая 12345; тел. на училището 02 123",
        "½ час, 1³ – така е",
    ],
)
def test_what_people_write_stays_as_it_is(text):
    assert free_text(text, 200) in {text, text.replace("³", "3")}


DOCUMENTS = (
    "РД-10-1345/2026",
    "Заповед № РД-15-1234/2025",
    "№ РД-06-1256/2025 г.",
    "РД 01-0123/2026",
    "15-1234/2026",
    "по РД-15-1234-2025, във връзка с РД-10-1345/2026",
    "УП-2-12345/2026",
    "вх. № 12-34-5678/20.09.2026",
)


@pytest.mark.parametrize("text", DOCUMENTS)
def test_the_number_of_a_document_stays_as_it_is(text):
    assert free_text(text, 200) == text
    assert not hold_identifier(text)


@pytest.mark.parametrize(
    "text",
    [
        "ЕГН РД-10-1345/2026",  # whoever speaks of an identifier may have cut one like that
        "РД-10-1345/1926",
        "10-1345-2026",
        "на 10-1345-2026",
        "РД-101345/2026",
        "10/1345/2026",
        "РД-10-1345/2О26",
    ],
)
def test_what_only_resembles_the_number_of_a_document_is_taken_out(text):
    assert "••••••" in free_text(text, 200)


def test_an_identifier_written_like_the_number_of_a_document_is_taken_out():
    """Every one that can end in a year: by its check digit, whatever stands before it and between its groups."""
    births = [
        f"{year}{month + 40}{day:02}" for year in range(37, 57) for month in range(1, 13) for day in (1, 14, 28)
    ]
    numbers = [number for born in births for year in range(100) if egn.is_valid(number := f"{born}20{year:02}")]
    numbers += [number for year in range(100) if pnf.is_valid(number := f"99999920{year:02}")]

    assert len(numbers) > 5_000
    for number in numbers:
        first, middle, last = number[:2], number[2:6], number[6:]
        for written in (f"РД-{first}-{middle}/{last}", f"{first}-{middle}/{last}", f"РД-{first}-{middle}-{last}"):
            assert number not in digits_of(free_text(written, 60)), written


def test_a_number_is_taken_out_before_the_text_is_cut():
    assert free_text("а" * 196 + " 41 46 05 40 46", 203) == "а" * 196 + " ••••••"


def test_of_more_than_anybody_types_no_beginning_of_a_number_is_left():
    blanks = " " * (MOST_TYPED - 14)
    assert free_text(f"виж{blanks}41 46 05 40 46", 400) == "виж"
    assert free_text("а" * MOST_TYPED + "4", 400) == "а" * 400


def test_a_long_text_is_read_in_no_time_worth_mentioning():
    for text in ("\u0301" * 100_000, "1 " * 50_000, "О1" * 50_000, "④" * 100_000):
        assert len(free_text(text, 400)) <= 400


def test_only_the_gate_makes_free_text():
    """Elsewhere the type could be put on anything."""
    made = re.compile(r"FreeText\(|cast\([^)]*FreeText|without_identifiers\(")
    places = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "bot").rglob("*.py")
        if made.search(path.read_text(encoding="utf-8"))
    }
    assert places == {"bot/core/people/free_text.py", "bot/core/people/identifier_traces.py"}
