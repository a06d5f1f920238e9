"""Entra's password policy as the simulator has it: lengths, characters, kinds, names, what everybody chooses."""

import random
import string

import pytest

from simulator.entra.password_policy import BANNED, objection

NICKNAME = "nk01234567"


@pytest.mark.parametrize(
    "password",
    [
        "Mirala-4827", "mirala-4827", "MIRALA4827a", "Mirala Lipa", "Aa1" + "xyzwv" * 50, "mirala 48", "Bcdfg123",
        "Password-mirala9", "X!9password4z",
    ],
)  # fmt: skip
def test_good_ones(password):
    assert objection(password, NICKNAME) == ""


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Mir-482", "8 to 256"),
        ("Aa1" + "xyzwv" * 51, "8 to 256"),
        ("", "8 to 256"),
        ("Мирала-4827", "not allowed"),
        ("Mirala-4827\n", "not allowed"),
        ("Mirala-482é", "not allowed"),
        ("miralalipa", "three of"),
        ("mirala4827", "three of"),
        ("MIRALA4827", "three of"),
        ("48271936-5", "three of"),
        (f"A-{NICKNAME}", "user name"),
        (f"A-{NICKNAME.upper()}", "user name"),
        ("Password1", "easy"),
        ("P@ssw0rd", "easy"),
        ("pa$$w0rD", "easy"),
        ("Qwerty123456", "easy"),
        ("Parola123456", "easy"),
        ("Passw0rd!!!", "easy"),
    ],
)
def test_bad_ones(password, why):
    assert why in objection(password, NICKNAME)


def test_one_letter_of_a_name_does_not_count_as_the_name():
    assert objection("Abc-4827-xyz", "abc") == ""
    assert objection("Abcd-4827-xyz", "abcd") != ""


def test_a_banned_word_within_one_slip_of_the_whole_is_refused():
    word = next(word for word in BANNED if len(word) >= 8 and word.isalpha())
    for place in range(len(word)):
        changed = word[:place].capitalize() + "-" + word[place + 1 :].upper()
        assert objection(changed, NICKNAME) != "", changed


def test_no_password_made_by_chance_is_easy_to_guess():
    dice = random.Random(5)
    for _ in range(5000):
        password = "Aa1-" + "".join(dice.choices(string.ascii_lowercase + string.digits, k=8))
        assert objection(password, NICKNAME) == "", password
