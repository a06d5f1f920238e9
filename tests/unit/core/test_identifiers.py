from datetime import date

import pytest
from stdnum.bg import egn, pnf

from bot.core.people.identifiers import (
    Identifier,
    IdentifierKind,
    IdentifierProblem,
    InvalidIdentifier,
    as_issued,
    birth_date,
    masked,
    read_identifier,
)
from tests.properties.strategies import SYNTHETIC_EGN, SYNTHETIC_LNCH, TODAY, egn_of

EGN, LNCH, SERVICE = IdentifierKind


def read(kind, typed, today=TODAY, admit_synthetic=True):
    return read_identifier(kind, typed, today, admit_synthetic)


@pytest.mark.parametrize("digits", SYNTHETIC_EGN)
def test_every_synthetic_egn_is_read_when_admitted(digits):
    assert read(EGN, digits) == Identifier(EGN, digits)


@pytest.mark.parametrize("digits", SYNTHETIC_EGN)
def test_every_synthetic_egn_is_a_future_birth_when_not_admitted(digits):
    assert read(EGN, digits, admit_synthetic=False).problem is IdentifierProblem.FUTURE


@pytest.mark.parametrize("digits", SYNTHETIC_LNCH)
def test_lnch_is_read(digits):
    assert read(LNCH, digits, admit_synthetic=False) == Identifier(LNCH, digits)


@pytest.mark.parametrize(
    "typed",
    [
        "  4742080922\n",
        "\u200b4742\u200b080922\ufeff",
        "\u200f4742080922\u200e",
        "47\u00ad42080922",
        "ЕГН: 4742080922",
        "ЕГН:\u00a0474208 0922",
        "егн4742080922",
        "EGN 4742080922",
        "EГH 4742080922",  # Latin E and H
        "ЕГН № 4742080922",
        "'4742080922",
        "„4742080922“",
        "4742080922.0",
        "4742080922.",
        "4742080922,",
        "47 42 08 09 22",
        "474208-0922",
        "474208–0922",
        "474208/0922",
        "4742\u00a0080\u202f922",
        "\uff14\uff17\uff14\uff12\uff10\uff18\uff10\uff19\uff12\uff12",
        "٤٧٤٢٠٨٠٩٢٢",
    ],
)
def test_what_is_pasted_with_a_number_is_cleaned(typed):
    assert read(EGN, typed) == Identifier(EGN, "4742080922")


@pytest.mark.parametrize("typed", ["ЛНЧ 9999999014", "LNCh: 9999999014", "lnch9999999014", "ЛНЧ:'9999999014"])
def test_labels_of_lnch(typed):
    assert read(LNCH, typed) == Identifier(LNCH, "9999999014")


@pytest.mark.parametrize(
    ("typed", "letter", "position"),
    [
        ("47420809О2", "О", 9),
        ("474208о922", "о", 7),
        ("О742080922", "О", 1),
        ("47420З0922", "З", 6),
        ("474208O922", "O", 7),
        ("ЕГН: 47 42 O8 0922", "O", 5),
        ("474208092l", "l", 10),
        ("474208092I", "I", 10),
    ],
)
def test_a_letter_for_a_digit_is_named_and_never_fixed(typed, letter, position):
    found = read(EGN, typed)

    assert (found.problem, found.letter, found.position) == (IdentifierProblem.LETTER_FOR_DIGIT, letter, position)


@pytest.mark.parametrize(
    ("typed", "problem", "count"),
    [
        ("", IdentifierProblem.EMPTY, 0),
        (" \u200b ", IdentifierProblem.EMPTY, 0),
        ("ЕГН:", IdentifierProblem.EMPTY, 0),
        ("Юлия Щерева", IdentifierProblem.NOT_DIGITS, 0),
        ("ОЗО", IdentifierProblem.NOT_DIGITS, 0),
        ("4,74208E+09", IdentifierProblem.ROUNDED, 8),
        ("474208092²", IdentifierProblem.NOT_DIGITS, None),
        ("47.42.08.0.0", IdentifierProblem.TWO_WAYS, 8),
        ("' or 1 eq 1", IdentifierProblem.NOT_DIGITS, 2),
        ("1234567", IdentifierProblem.LENGTH, 7),
        ("47420809220", IdentifierProblem.LENGTH, 11),
        ("4" * 5000, IdentifierProblem.LENGTH, 200),
        ("4713080922", IdentifierProblem.DATE, 10),
        ("4742320922", IdentifierProblem.DATE, 10),
        ("4742080923", IdentifierProblem.CHECK_DIGIT, 10),
        ("0000000000", IdentifierProblem.DATE, 10),
    ],
)
def test_what_is_wrong_with_an_egn(typed, problem, count):
    found = read(EGN, typed)

    assert found.problem is problem
    assert count is None or found.count == count


def test_a_synthetic_birth_after_today_is_still_the_future():
    assert read(EGN, egn_of(date(2056, 11, 23), 7)) == Identifier(EGN, egn_of(date(2056, 11, 23), 7))
    assert read(EGN, egn_of(date(2056, 11, 24), 7)).problem is IdentifierProblem.FUTURE


def test_births_more_than_a_hundred_years_ago_are_too_old():
    assert read(EGN, egn_of(date(1899, 5, 5), 7)).problem is IdentifierProblem.TOO_OLD
    assert read(EGN, egn_of(date(1820, 5, 5), 7), today=date(1920, 1, 1)) == Identifier(
        EGN, egn_of(date(1820, 5, 5), 7)
    )
    assert read(EGN, egn_of(date(1819, 5, 5), 7), today=date(1920, 1, 1)).problem is IdentifierProblem.TOO_OLD


# Births of 1800–1809 stand for those of 2000–2009 here: they begin with zero and are nobody's any more.
@pytest.mark.parametrize("born", [date(1801, 3, 9), date(1809, 12, 31)])
def test_a_lost_zero_is_suggested(born):
    whole = egn_of(born, 70)

    found = read(EGN, whole[1:], today=date(1820, 1, 1))

    assert found == InvalidIdentifier(EGN, IdentifierProblem.LOST_ZERO, count=9, suggestion=whole)
    assert whole not in repr(found)


def test_two_lost_zeros_are_suggested():
    whole = egn_of(date(1800, 3, 9), 70)

    assert read(EGN, whole[2:] + ".0", today=date(1820, 1, 1)).suggestion == whole


def test_nine_digits_that_no_zero_makes_valid_are_only_too_few():
    whole = egn_of(date(1801, 3, 9), 70)
    wrong = whole[1:-1] + str((int(whole[-1]) + 1) % 10)

    assert read(EGN, wrong, today=date(1820, 1, 1)).problem is IdentifierProblem.LENGTH
    assert read(EGN, whole[1:], today=date(1800, 1, 1)).problem is IdentifierProblem.LENGTH  # not born yet


@pytest.mark.parametrize("digit", "0123456789")
def test_lnch_of_one_digit_is_trivial_although_its_checksum_holds(digit):
    assert read(LNCH, digit * 10).problem is IdentifierProblem.TRIVIAL


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("1234567890", IdentifierProblem.TRIVIAL),
        ("9999999015", IdentifierProblem.CHECK_DIGIT),
        ("99999990", IdentifierProblem.LENGTH),
        ("9999999О14", IdentifierProblem.LETTER_FOR_DIGIT),
    ],
)
def test_what_is_wrong_with_a_lnch(typed, problem):
    assert read(LNCH, typed).problem is problem


@pytest.mark.parametrize("typed", ["9999999014", "9999999047", "ЛНЧ 9999999014"])
def test_a_lnch_typed_as_an_egn_is_said_to_look_like_one(typed):
    assert read(EGN, typed).problem is IdentifierProblem.LOOKS_LIKE_LNCH


def test_a_mistyped_egn_that_a_student_could_have_is_not_taken_for_a_lnch():
    mistyped = [f"474208{tail:04}" for tail in range(10_000)]
    also_lnch = [number for number in mistyped if pnf.is_valid(number) and not egn.is_valid(number)]

    assert also_lnch
    assert {read(EGN, number).problem for number in also_lnch} == {IdentifierProblem.CHECK_DIGIT}


def test_an_impossible_date_that_is_no_lnch_either_stays_a_wrong_date():
    assert read(EGN, "9999999015").problem is IdentifierProblem.DATE
    assert read(EGN, "9999999999").problem is IdentifierProblem.DATE, "nobody's ЛНЧ is not suggested"


def test_an_egn_typed_as_a_lnch_is_said_to_look_like_one():
    assert read(LNCH, "4642144284").problem is IdentifierProblem.LOOKS_LIKE_EGN
    assert read(LNCH, "4642144283").problem is IdentifierProblem.CHECK_DIGIT
    assert read(LNCH, "4642144284", admit_synthetic=False).problem is IdentifierProblem.CHECK_DIGIT
    assert read(LNCH, "4742080922") == Identifier(LNCH, "4742080922"), "it is valid as both"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("299", "299"),
        ("29912345", "29912345"),
        ("9" * 20, "9" * 20),
        ("29", IdentifierProblem.LENGTH),
        ("9" * 21, IdentifierProblem.LENGTH),
        ("4742080922", IdentifierProblem.LOOKS_LIKE_EGN),
        ("9999999014", IdentifierProblem.LOOKS_LIKE_LNCH),
        ("0000000000", IdentifierProblem.LOOKS_LIKE_LNCH),
    ],
)
def test_service_numbers_are_what_the_other_kinds_are_not(typed, expected):
    found = read(SERVICE, typed)

    assert (found.digits if isinstance(found, Identifier) else found.problem) == expected


def test_birth_dates():
    assert birth_date(Identifier(EGN, "4742080922"), admit_synthetic=False) == date(2047, 2, 8)
    assert birth_date(Identifier(EGN, "4742080922"), admit_synthetic=True) == date(2017, 2, 8)
    assert birth_date(Identifier(EGN, egn_of(date(2040, 2, 29), 1)), admit_synthetic=True) == date(2010, 2, 28)
    assert birth_date(Identifier(LNCH, "9999999014"), admit_synthetic=True) is None


@pytest.mark.parametrize(
    ("digits", "shown"),
    [("4742080922", "••••••••22"), ("299123", "••••••••23"), ("29912", "••••••••"), ("", "••••••••")],
)
def test_masked_shows_two_digits_and_not_the_length(digits, shown):
    assert masked(digits) == shown


def test_an_identifier_does_not_print_itself():
    assert "4742080922" not in repr(Identifier(EGN, "4742080922"))


def test_only_an_egn_or_lnch_without_its_zeros_is_the_same_number():
    whole = egn_of(date(1800, 3, 9), 70)

    assert as_issued(whole) == as_issued(whole[2:]) == whole
    assert as_issued("123456") == "123456"
    assert as_issued("0123456") == "0123456"
    assert as_issued("") == ""


def test_stored_forms_are_the_whole_and_the_one_without_zeros():
    whole = egn_of(date(1800, 3, 9), 70)

    assert set(Identifier(EGN, whole).stored_forms) == {whole, whole[2:]}
    assert Identifier(EGN, "4742080922").stored_forms == ("4742080922",)
