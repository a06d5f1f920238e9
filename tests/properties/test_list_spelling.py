"""Every spelling of a class and of a number in a list: read as what it is, or said to be in doubt; never as another."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.core.lists.class_cells import class_in, class_in_title, is_class, joined_class
from bot.core.lists.model import ListRemark
from bot.documents.account_list_guess import Judging, read_number
from tests.properties.strategies import TODAY, egns, lnchs
from tests.properties.test_number_shapes import DIGITS, WRAPPINGS

BY = Judging("edu.mon.bg", TODAY, admit_synthetic=True)
ROMAN = dict(enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1))
ORDINAL = dict(
    enumerate(
        (
            "първи",
            "Втори",
            "трети",
            "четвърти",
            "ПЕТИ",
            "шести",
            "седми",
            "осми",
            "девети",
            "десети",
            "единадесети",
            "дванадесети",
        ),
        1,
    )
)
LETTERS = "абвгдежзиклмнопрст"
grades = st.integers(1, 12)
letters = st.sampled_from(LETTERS)
gaps = st.sampled_from(("", " ", "  ", "-", " - ", "–", ".", "\u00a0", "/"))
quotes = st.sampled_from((("", ""), ("„", "“"), ('"', '"'), ("'", "'"), ("«", "»"), ("„", "”")))
ends = st.sampled_from(("", " клас", " Клас", " кл.", "."))


@st.composite
def spelled(draw, gap=gaps, end=ends) -> tuple[int, str, str]:
    """Grade, letter, and how somebody writes it."""
    grade, letter = draw(grades), draw(letters)
    number = draw(
        st.sampled_from(
            (
                str(grade),
                f"0{grade}"[-2:],
                ROMAN[grade],
                ROMAN[grade].translate(str.maketrans("XI", "ХІ")),
                f"{ORDINAL[grade]} ",
            )
        )
    )
    before, after = draw(quotes)
    written = draw(st.sampled_from((letter, letter.upper())))
    return grade, letter, f"{number}{draw(gap)}{before}{written}{after}{draw(end)}"


@given(spelled())
@settings(max_examples=300)
def test_a_class_is_the_same_in_every_spelling(one):
    grade, letter, written = one
    assert class_in(written) == (f"{grade} {letter}", None)


@given(spelled(gap=st.sampled_from(("", " ", "-"))), st.sampled_from(("{}", "{} ", "клас {}", "Паралелка: {}")))
@settings(max_examples=300)
def test_a_title_that_is_a_class_names_it(one, title):
    grade, letter, written = one
    assert class_in_title(title.format(written)) == f"{grade} {letter}"


@given(
    spelled(gap=st.sampled_from(("", " ", "-", ".")), end=st.sampled_from((" клас", " Клас", " кл.", "клас"))),
    st.sampled_from(
        ("Списък на {}", "Учениците от {} към 15 септември", "СУ „Липа“ – {}, 2026/2027 г.", "Профили_{}", "{}.final")
    ),
)
@settings(max_examples=300)
def test_a_title_with_more_in_it_names_its_class(one, title):
    grade, letter, written = one
    assert class_in_title(title.format(written)) == f"{grade} {letter}"


@given(
    spelled(gap=st.sampled_from(("", " ", "-")), end=st.sampled_from(("", " клас"))),
    spelled(gap=st.sampled_from(("", " ", "-")), end=st.sampled_from(("", " клас"))),
    st.sampled_from(
        (
            "{} и {}",
            "{}, {}",
            "{}-{}",
            "Списък на {} и {} клас",
            "клас {} и {}",
            "Паралелки {}/{}",
            "{} клас, {} клас",
        )
    ),
)
@settings(max_examples=300)
def test_a_title_of_two_classes_names_none_of_them(one, other, title):
    assume(one[:2] != other[:2])
    assert class_in_title(title.format(one[2], other[2])) == ""


@pytest.mark.parametrize(
    "title",
    ["5 а и б клас", "Списък на 5 а, б, в клас", "клас 5 а и б", "клас 5 а – г", "Паралелки 5а/б", "5а+5б клас", "V „а“ и „б“ клас",
     "5 а клас и 6 а клас", "Деца на 12 г.", "от I и II клас", "5 клас", "Списък 2026 г.", "5 А КЛАС И 5 Б КЛАС", "клас Ⅴ а и Ⅵ б", "5 а_б клас"],
)  # fmt: skip
def test_a_title_of_several_classes_or_none_tells_none(title: str):
    assert class_in_title(title) == ""


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_whatever_stands_in_a_cell_is_a_class_a_doubt_or_left_as_it_was(cell):
    found, remark = class_in(cell)

    assert len(found) <= 36
    assert "\n" not in found
    assert class_in(found)[0] == found or not is_class(found) or remark
    assert remark in {None, ListRemark.CLASS, ListRemark.CLASS_FROM_DATE}


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
@settings(max_examples=150)
def test_a_day_is_a_class_that_is_looked_at_or_none(day):
    found, remark = class_in(day.isoformat())

    assert remark is not None
    assert (found == "") is (day.day > 12 or day.month > 9)
    assert not found or found == f"{day.day} {LETTERS[day.month - 1]}"


@given(grades, letters, st.sampled_from(("{0}", "{1}", "{0} клас")))
@settings(max_examples=100)
def test_two_cells_are_as_good_as_one(grade, letter, form):
    written = form.format(grade, ROMAN[grade])
    assert joined_class(written, letter) == joined_class(written, f"{grade} {letter}") == (f"{grade} {letter}", None)


@given(st.one_of(egns(), lnchs()), st.sampled_from(WRAPPINGS), st.sampled_from(DIGITS))
@settings(max_examples=300)
def test_a_number_is_the_same_in_every_spelling(number, wrapping, digits):
    written = wrapping[0] + number.translate(str.maketrans("0123456789", digits)) + wrapping[1]
    read = read_number(written, BY)

    assert {one.digits for one in read.identifiers} == {number}
    assert (read.lost_zero, read.doubtful, read.rounded) == (False, False, False)


@given(lnchs(), st.integers(0, 8), st.integers(1, 9))
@settings(max_examples=200)
def test_no_other_number_is_read_for_one_that_is_mistyped(number, place, by):
    """It is no number of two other kinds, one as it stands, or in doubt: never a digit that was not written."""
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert {one.digits for one in read_number(wrong, BY).identifiers} <= {wrong}


@given(egns(), st.sampled_from(("{:.5E}", "{:.2E}", "{:.3e}")))
@settings(max_examples=100)
def test_digits_that_were_lost_are_never_made_up(number, form):
    read = read_number(form.format(int(number)).replace(".", ","), BY)
    assert (read.identifiers, read.rounded) == ((), True)
