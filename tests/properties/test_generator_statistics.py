"""Hundreds of thousands of passwords, counted (a million in `make test-long`). The source is seeded, so that a figure out of bounds is a fact and not bad luck."""

import math
import random
import re
from collections import Counter
from functools import cache

import pytest

from bot.core.passwords.avoid import BANNED
from bot.core.passwords.generator import generate
from bot.core.passwords.model import Form
from tests.unit.core.password_counting import combinations

CAPITALS, CONSONANTS, VOWELS, DIGITS = "DFGKMRSTVZ", "dfgkmnrstvz", "aeiou", "23456789"
SHAPES = {Form.GRADE_ONE: (3, 4), Form.PUPIL: (4, 4), Form.STAFF: (5, 3), Form.BULK: (5, 4)}
MILLION = 1_000_000
MADE = [
    *(pytest.param(form, 200_000 if form is Form.PUPIL else 100_000, id=form.value) for form in Form),
    pytest.param(Form.PUPIL, MILLION, id="a million", marks=pytest.mark.long),
]
LOOK_ALIKES = frozenset("BPHCXYNbplchjqwxyOIQ01")
ROWS = ("234", "345", "456", "567", "678", "789", "432", "543", "654", "765", "876", "987")


@cache
def sample(form: Form, many: int) -> list[str]:
    below = random.Random(f"{form} 2399").randrange
    return [generate(form, below).reveal() for _ in range(many)]


@pytest.mark.parametrize(("form", "many"), MADE)
def test_length_alphabet_order_and_complexity(form, many):
    syllables, digits = SHAPES[form]
    made = sample(form, many)

    # One pattern says all of it: a capital, syllables, digits; lower, upper and digits are three of Entra's four.
    shape = re.compile(
        rf"[{CAPITALS}][{VOWELS}](?:[{CONSONANTS}][{VOWELS}]){{{syllables - 1}}}[{DIGITS}]{{{digits}}}"
    )
    wrong = [text for text in made if not shape.fullmatch(text)]

    assert wrong == []
    assert set(map(len, made)) == {2 * syllables + digits}
    assert 8 <= 2 * syllables + digits <= 256
    assert not set("".join(made)) & LOOK_ALIKES


@pytest.mark.parametrize(("form", "many"), MADE)
def test_digits_are_various_and_in_no_row(form, many):
    numbers = Counter(text[-SHAPES[form][1] :] for text in sample(form, many))

    assert all(len(set(number)) >= 3 for number in numbers)
    assert not [number for number in numbers if any(row in number for row in ROWS)]
    assert len(numbers) == {3: 324, 4: 3514}[SHAPES[form][1]]
    assert chi_square(numbers, dict.fromkeys(numbers, 1.0)) < bound(len(numbers) - 1)


@pytest.mark.parametrize(("form", "many"), MADE)
def test_no_banned_piece(form, many):
    everything = "\n".join(sample(form, many)).lower()

    assert [piece for piece in BANNED if piece in everything] == []


@pytest.mark.parametrize(("form", "many"), MADE)
def test_letters_are_as_often_as_they_must_be(form, many):
    """At every place, against the exact shares in the set of all words without banned pieces."""
    expected = shares(SHAPES[form][0])
    made = sample(form, many)

    for place, share in enumerate(expected):
        found = Counter(text[place].lower() for text in made)
        assert set(found) == set(share)
        assert chi_square(found, share) < bound(len(share) - 1), place


@pytest.mark.parametrize(("form", "many"), MADE)
def test_neighbours_are_as_often_as_they_must_be(form, many):
    """Each syllable followed by each: nothing clings together but what is banned."""
    made = sample(form, many)
    together = Counter(text[0:4].lower() for text in made)
    expected = beginnings(SHAPES[form][0], 4)

    assert set(together) <= set(expected)
    if form is Form.PUPIL:
        assert set(together) == set(expected)
        assert chi_square(together, expected) < bound(len(expected) - 1)


@pytest.mark.parametrize(
    ("form", "many"), [(Form.GRADE_ONE, 130_000), pytest.param(Form.PUPIL, MILLION, marks=pytest.mark.long)]
)
def test_repeats_are_as_rare_as_chance_has_them(form, many):
    """A million out of 2^34.6: some 18 pairs are expected, and none would be as suspicious as many."""
    made = sample(form, many)
    expected = len(made) ** 2 / 2 / combinations(form)
    repeats = len(made) - len(set(made))

    assert 15 < expected < 22
    assert 0 < repeats < 60


@pytest.mark.parametrize("form", Form)
def test_the_count_is_exact(form):
    """Counted here another way: by the last four letters, which is all a banned piece of five can look back to."""
    syllables, digits = SHAPES[form]

    assert combinations(form) == sum(beginnings_counts(syllables, 0).values()) * {3: 324, 4: 3514}[digits]


def letters_at(place):
    return CAPITALS.lower() if place == 0 else VOWELS if place % 2 else CONSONANTS


def ends_banned(text):
    return any(text[-length:] in BANNED for length in range(3, 7))


@cache
def ways_on(syllables):
    """A function of a place and the last four letters before it: how many ways lead on to the end of the word."""

    @cache
    def count(place, before):
        if place == 2 * syllables:
            return 1
        return sum(
            count(place + 1, (before + letter)[-4:])
            for letter in letters_at(place)
            if not ends_banned(before + letter)
        )

    return count


@cache
def beginnings_counts(syllables, length):
    """How many acceptable words begin with each acceptable beginning of this length."""
    found = {"": 1}
    for place in range(length):
        found = {
            start + letter: 1 for start in found for letter in letters_at(place) if not ends_banned(start + letter)
        }
    return {start: ways_on(syllables)(length, start[-4:]) for start in found}


def beginnings(syllables, length):
    return {start: float(count) for start, count in beginnings_counts(syllables, length).items() if count}


@cache
def shares(syllables):
    """The weight of each letter at each place: beginnings, counted by their last four letters, times ways on."""
    assert max(map(len, BANNED)) <= 5
    result = []
    before = Counter({"": 1})
    for place in range(2 * syllables):
        weights: Counter[str] = Counter()
        after: Counter[str] = Counter()
        for start, count in before.items():
            for letter in letters_at(place):
                if ends_banned(start + letter):
                    continue
                kept = (start + letter)[-4:]
                after[kept] += count
                weights[letter] += count * ways_on(syllables)(place + 1, kept)
        result.append({letter: float(weight) for letter, weight in weights.items()})
        before = after
    return result


def chi_square(found, weights):
    scale = sum(found.values()) / sum(weights.values())
    return sum((found[key] - weight * scale) ** 2 / (weight * scale) for key, weight in weights.items())


def bound(freedom):
    """What chance exceeds once in a million (Wilson and Hilferty, 1931)."""
    part = 2 / (9 * freedom)
    return freedom * (1 - part + 4.75 * math.sqrt(part)) ** 3
