"""What a temporary password looks like, and what it never holds. Its statistics are in the properties."""

import ast
import math
import secrets
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from bot.core.passwords.avoid import BANNED, pieces_of
from bot.core.passwords.generator import generate
from bot.core.passwords.model import Form
from bot.core.passwords.reading import digits, grouped, syllables
from bot.core.people.model import AccountState, Kind, Person
from bot.core.people.spelling import law_latin
from tests.properties.strategies import FAMILY_NAMES, FIRST_NAMES, school_of
from tests.unit.core.password_counting import combinations

BOT = Path(__file__).resolve().parents[3] / "bot"
TODAY = date(2026, 11, 23)
CONSONANTS, VOWELS = "dfgkmnrstvz", "aeiou"
WHOLE = {Form.GRADE_ONE: 28.9, Form.PUPIL: 34.6, Form.STAFF: 36.9, Form.BULK: 40.3}
"""Bits there are at least; and what must be left whatever is avoided for somebody's sake:"""
LEFT = {Form.GRADE_ONE: 28.0, Form.PUPIL: 34.0, Form.STAFF: 36.0, Form.BULK: 40.0}


def somebody(name, username="yu01234567@edu.mon.bg", identifier=""):
    return Person("oid", name, username, Kind.STUDENT, AccountState.ACTIVE, identifier=identifier)


@pytest.mark.parametrize("form", Form)
def test_each_form_is_as_strong_as_it_is_said_to_be(form):
    assert math.log2(combinations(form)) >= WHOLE[form]


@pytest.mark.parametrize(
    "name",
    [
        "Димитър Никодимов Костадинов", "Георги-Стефан Мирославов Радославов", "Магдалена-Виктория Костадинова Димитриева",
        "Александра Теодосиева-Маринова Рангелова", "Севдалин Севдалинов Севдалинов", "Ия", "", "James O'Connor-Smith",
        *(f"{first} {family} {family}ски" for first, family in zip(FIRST_NAMES, FAMILY_NAMES, strict=False)),
    ],
)  # fmt: skip
def test_enough_is_left_whatever_somebody_is_called(name):
    avoid = pieces_of(somebody(name, "magdalena.radoslavova@edu.mon.bg"), school_of(7), TODAY)

    for form in Form:
        assert combinations(form) >= combinations(form, avoid) >= 2 ** LEFT[form]


@pytest.mark.parametrize("form", Form)
def test_avoided_pieces_do_not_occur(form):
    avoid = {"dim", "imi", "ovo", "rat", "2345", "99", "a"}
    with pytest.raises(ValueError, match="too short"):
        generate(form, secrets.randbelow, avoid)
    avoid = {"dim", "imi", "ovo", "rat", "ana", "2448", "шок", "dm1"}

    made = [generate(form, secrets.randbelow, avoid).reveal().lower() for _ in range(20_000)]

    assert not [text for text in made for piece in avoid if piece in text]


def test_avoiding_a_number_or_a_word_is_counted_exactly():
    """One of 3,514 numbers; `zazaza` is one of 50·55·55 words."""
    whole = combinations(Form.GRADE_ONE)
    words = whole // 3514

    assert combinations(Form.GRADE_ONE, {"2448"}) == words * 3513
    assert combinations(Form.GRADE_ONE, {"zazaza"}) == (words - 1) * 3514
    assert combinations(Form.GRADE_ONE, {"2026", "2027", "щука", "shte"}) == whole


def test_a_source_that_only_repeats_itself_is_an_error_not_an_endless_loop():
    only = generate(Form.PUPIL, lambda n: 0).reveal()
    assert only == "Dadadada2235"

    with pytest.raises(RuntimeError, match="randomness"):
        generate(Form.PUPIL, lambda n: 0, {"dada"})


@pytest.mark.parametrize(("form", "whole_words"), [(Form.GRADE_ONE, 50 * 55**2), (Form.BULK, 50 * 55**4)])
def test_each_part_is_one_draw_among_all_there_are(form, whole_words):
    asked = []

    def below(n):
        asked.append(n)
        return secrets.randbelow(n)

    for _ in range(200):
        generate(form, below)

    assert set(zip(asked[::2], asked[1::2], strict=True)) == {(whole_words, 3514)}


def test_every_acceptable_password_comes_from_exactly_one_draw():
    """All words of grade I, each with the first number: so what is accepted is uniform if the draws are."""

    def only(place):
        answers = iter((place, 0))
        return lambda n: next(answers)

    made: Counter[str] = Counter()
    for place in range(50 * 55**2):
        try:
            made[generate(Form.GRADE_ONE, only(place)).reveal()] += 1
        except StopIteration:  # refused, and another one is drawn
            made["refused"] += 1

    possible = {
        "".join(letters).capitalize() + "2235"
        for letters in product(CONSONANTS.replace("n", ""), VOWELS, CONSONANTS, VOWELS, CONSONANTS, VOWELS)
        if not any(piece in "".join(letters) for piece in BANNED)
    }
    refused = made.pop("refused")
    assert set(made.values()) == {1}
    assert set(made) == possible
    assert refused == 50 * 55**2 - len(possible)
    assert combinations(Form.GRADE_ONE) == len(possible) * 3514


def test_the_numbers_there_are():
    possible = [
        "".join(number)
        for number in product("23456789", repeat=4)
        if len(set(number)) > 2
        and not any(row in "".join(number) for row in ("234", "345", "456", "567", "678", "789"))
        and not any(row in "".join(number) for row in ("432", "543", "654", "765", "876", "987"))
        and not any(digit * 3 in "".join(number) for digit in "23456789")
    ]
    assert len(possible) == 3514

    def only(place):
        return lambda n: place if n == len(possible) else 0

    assert [generate(Form.PUPIL, only(place)).reveal()[8:] for place in range(3514)] == possible


def test_every_banned_piece_can_occur_and_is_banned_by_itself():
    for piece in BANNED:
        kinds = "".join("c" if letter in CONSONANTS else "v" if letter in VOWELS else "?" for letter in piece)
        assert kinds in "cvcvcvcvcv", piece
        assert len(piece) >= 3
        assert not [other for other in BANNED if other != piece and other in piece], piece


@pytest.mark.parametrize("word", ["kur", "fuk", "tit", "dik", "mon", "edu", "sofi", "nazi", "kaka", "niga", "isus"])
def test_what_nobody_may_find_on_a_slip(word):
    assert word in BANNED


@pytest.mark.parametrize(
    ("password", "shown", "read", "number"),
    [
        ("Zegegosa2399", "Zege gosa 2399", ("Зе", "ге", "го", "са"), "2399"),
        ("Zegego2399", "Zege go 2399", ("Зе", "ге", "го"), "2399"),
        ("Fukivedumo846", "Fuki vedu mo 846", ("Фу", "ки", "ве", "ду", "мо"), "846"),
        ("Ranitizavu2846", "Rani tiza vu 2846", ("Ра", "ни", "ти", "за", "ву"), "2846"),
    ],
)
def test_how_it_is_read(password, shown, read, number):
    assert (grouped(password), syllables(password), digits(password)) == (shown, read, number)


def test_the_reading_is_the_law_read_backwards():
    for first, consonant, vowel in product(CONSONANTS.replace("n", ""), CONSONANTS, VOWELS):
        word = (first + vowel + consonant + vowel).capitalize()
        assert law_latin("".join(syllables(word + "2399"))) == word


@pytest.mark.parametrize("form", Form)
def test_what_is_shown_is_the_password_and_nothing_else(form):
    for _ in range(200):
        password = generate(form, secrets.randbelow).reveal()
        assert grouped(password).replace(" ", "") == password
        assert law_latin("".join(syllables(password))) + digits(password) == password


def test_pieces_of_a_person():
    person = somebody("Щерьо Димитров", "dimo.kostov2@edu.mon.bg", "4849140605")

    pieces = pieces_of(person, school_of(4567), TODAY)

    assert {"dim", "dimi", "imit", "mitr", "itro", "trov", "sht", "shte", "shc", "shch", "kos", "dimo"} <= pieces
    assert {"2994", "9945", "9456", "4567", "2026", "2027", "2018", "2048"} <= pieces
    assert not {"imi", "mit", "tro", "rov", "di", "sd"} & pieces


def test_short_names_and_no_school_give_no_short_pieces():
    """Ия is `ia` by the law and `iia` in МОН's spelling."""
    assert pieces_of(somebody("Ия Ъ. Ли", "il01234567@edu.mon.bg"), None, TODAY) == {"2026", "2027", "iia"}


def test_product_code_never_imports_random():
    imported = {
        (path.relative_to(BOT).as_posix(), name)
        for path in BOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert ("core/passwords/generator.py", "re") in imported
    assert not [(path, name) for path, name in imported if name and name.partition(".")[0] == "random"]
