"""Text from outside stays text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.words import data, mixes_alphabets, plain, prose, without_numbers
from tests.cost import cpu_seconds
from tests.gallery.samples import HOSTILE


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Калина Примерова-Образцова", "Калина Примерова-Образцова"),
        ("СУ „Свети Климент“, гр. Примерово (дневна форма)", "СУ „Свети Климент“, гр. Примерово (дневна форма)"),
        ("ko01460540@edu.mon.bg", "ko01460540@edu.mon.bg"),
        ("  Калина \t Примерова ", "Калина Примерова"),
        ("Калина\r\nПримерова\u2028Образцова\xa05\u202fб", "Калина Примерова Образцова 5 б"),
        ("\u202eанилаК\u202c \u2066Примерова\u2069", "анилаК Примерова"),
        ("Ка\u200bли\u00adна\ufeff\u200d", "Калина"),
        ("Калина\x00\x07\x1b[31m", "Калина[31m"),
        ("Кал\u3164ина\u2800", "Калина"),
        ("и\u0306", "й"),
        ("e\u0301\u0302\u0303\u0304", "é\u0302"),
        ("\u0301\u0301Калина", "Калина"),
        ("{{DATE(2026-11-23T06:08:39Z)}}", "{ {DATE(2026-11-23T06:08:39Z)}}"),
        ("{{{{", "{ { { {"),
        ("[Вход](https://evil.example)", "[Вход](https://evil.example)"),
        ("", ""),
    ],
)
def test_data_is_one_clean_line_and_otherwise_literal(text, cleaned):
    assert data(text) == cleaned


def test_data_is_cut_at_two_hundred_characters_and_says_so():
    assert data("я" * 200) == "я" * 200
    assert data("я" * 201) == "я" * 199 + "…"
    assert len(prose("я" * 5_000)) == 2_000


def test_ten_thousand_marks_on_one_letter_leave_two():
    assert data("Зло" + "\u0489" * 10_000) == "Зло\u0489\u0489"


@pytest.mark.parametrize("text", [*HOSTILE, "Зло" + "\u0301" * 10_000])
def test_plain_text_has_nothing_a_markdown_reader_could_take_for_markup(text):
    assert not set("*_`~[]<>{}\\|#") & set(plain(text))


def test_plain_text_keeps_what_a_name_needs():
    name = "СУ „Свети Климент“ – гр. Примерово (5/6 клас), №1 & Ко."
    assert plain(name) == name


@given(st.text(max_size=300))
def test_cleaned_text_has_no_control_direction_or_invisible_character_and_cleaning_twice_changes_nothing(text):
    cleaned = data(text)
    assert len(cleaned) <= 200
    assert not any(unicodedata.category(character)[0] == "C" for character in cleaned)
    assert "{{" not in cleaned
    assert cleaned == cleaned.strip()
    assert data(cleaned) == cleaned


def test_a_megabyte_of_marks_is_cleaned_like_a_page_of_them():
    megabyte, page = "\u0301" * 1_000_000, "\u0301" * 3_000
    assert cpu_seconds(lambda: data(megabyte)) < 1_000 * cpu_seconds(lambda: data(page))


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("СУ „Xенри“", True),
        ("СУ „Хенри“", False),
        ("Oбразцово", True),
        ("IT гимназия „Tesla“", False),
        ("XII клас", False),
        ("", False),
    ],
)
def test_a_word_of_two_alphabets_is_noticed(text, mixed):
    assert mixes_alphabets(text) is mixed


def test_a_number_as_long_as_an_identifier_is_hidden_in_a_name():
    assert without_numbers("Калина 4146054046, 5 б, 2990001") == "Калина •••, 5 б, 2990001"
