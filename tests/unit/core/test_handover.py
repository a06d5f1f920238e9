"""Who may be handed a password, and what the stored identifier tells of an age."""

from datetime import date, timedelta

import pytest

from bot.core.decision import Decision, Reason
from bot.core.handover.model import Ground, Handing, Recipient
from bot.core.handover.policy import may_receive, recipients, under_14
from bot.core.people.births import birthday, earliest_birth, known_birth, possible_birth
from bot.core.people.classes import grade_of
from bot.core.people.model import AccountState, Kind, Person
from tests.properties.strategies import SYNTHETIC_EGN, SYNTHETIC_LNCH, egn_of

TODAY = date(2026, 11, 23)
CHILD, TEENAGER = date(2017, 5, 1), date(2011, 5, 1)
STUDENT, PARENT, TEACHER = Recipient.STUDENT, Recipient.PARENT, Recipient.TEACHER


def person(identifier, grade="", kind=Kind.STUDENT):
    return Person(
        "oid", "Юлия Щерева", "yu01234567@edu.mon.bg", kind, AccountState.ACTIVE, (), grade, None, identifier
    )


def read_birth(whose, day, admit_synthetic):
    return known_birth(whose, day, admit_synthetic, grade=grade_of(whose).number)


def is_lnch(digits):
    """By the definition of the number; one in three of the numbers the tests use is one too."""
    weights = (21, 19, 17, 13, 11, 9, 7, 3, 1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 10 == int(digits[9])


@pytest.mark.parametrize(
    ("kind", "recipient", "birth", "sen", "answer"),
    [
        # The owner always, whatever is known or attested.
        (Kind.STUDENT, STUDENT, CHILD, False, Ground.OWNER),
        (Kind.STUDENT, STUDENT, TEENAGER, True, Ground.OWNER),
        (Kind.STUDENT, STUDENT, None, False, Ground.OWNER),
        (Kind.STUDENT, STUDENT, date(2044, 1, 1), False, Ground.OWNER),
        (Kind.TEACHER, TEACHER, None, False, Ground.OWNER),
        # A parent of a child, or on the ground of СОП.
        (Kind.STUDENT, PARENT, CHILD, False, Ground.UNDER_14),
        (Kind.STUDENT, PARENT, CHILD, True, Ground.UNDER_14),
        (Kind.STUDENT, PARENT, TEENAGER, True, Ground.SEN),
        (Kind.STUDENT, PARENT, None, True, Ground.SEN),
        (Kind.STUDENT, PARENT, date(2044, 1, 1), True, Ground.SEN),
        (Kind.STUDENT, PARENT, date(1950, 1, 1), True, Ground.SEN),
        (Kind.STUDENT, PARENT, TEENAGER, False, Reason.FOURTEEN),
        (Kind.STUDENT, PARENT, None, False, Reason.AGE_UNKNOWN),
        (Kind.STUDENT, PARENT, date(2026, 11, 24), False, Reason.BIRTH_IMPLAUSIBLE),
        (Kind.STUDENT, PARENT, TODAY, False, Ground.UNDER_14),
        (Kind.STUDENT, PARENT, date(1996, 11, 22), False, Reason.BIRTH_IMPLAUSIBLE),
        (Kind.STUDENT, PARENT, date(1996, 11, 23), False, Reason.FOURTEEN),
        # Nobody else's account, ever.
        (Kind.STUDENT, TEACHER, CHILD, True, Reason.ONLY_OWNER),
        (Kind.TEACHER, STUDENT, None, True, Reason.ONLY_OWNER),
        (Kind.TEACHER, PARENT, CHILD, True, Reason.ONLY_OWNER),
        (Kind.OTHER, STUDENT, CHILD, True, Reason.ONLY_OWNER),
        (Kind.OTHER, PARENT, CHILD, True, Reason.ONLY_OWNER),
        (Kind.OTHER, TEACHER, CHILD, True, Reason.ONLY_OWNER),
        *((kind, None, CHILD, True, Reason.NO_RECIPIENT) for kind in Kind),
    ],
)
@pytest.mark.parametrize("identity", [True, False])
def test_who_may_receive(kind, recipient, birth, sen, answer, *, identity):
    found = may_receive(kind, recipient, birth=birth, today=TODAY, sen=sen, identity=identity)

    if isinstance(answer, Reason):
        assert found == Decision(answer)
    elif identity:
        assert found == Handing(recipient, answer)
    else:
        assert found == Decision(Reason.IDENTITY_NOT_ATTESTED)


@pytest.mark.parametrize(
    ("birth", "day", "answer"),
    [
        (date(2012, 11, 23), date(2026, 11, 22), Ground.UNDER_14),
        (date(2012, 11, 23), date(2026, 11, 23), Reason.FOURTEEN),
        (date(2012, 2, 29), date(2026, 2, 27), Ground.UNDER_14),
        (date(2012, 2, 29), date(2026, 2, 28), Reason.FOURTEEN),
        (date(2012, 12, 31), date(2026, 12, 31), Reason.FOURTEEN),
        (date(2013, 1, 1), date(2026, 12, 31), Ground.UNDER_14),
    ],
)
def test_the_fourteenth_birthday_counts_as_fourteen(birth, day, answer):
    expected = Handing(PARENT, answer) if isinstance(answer, Ground) else Decision(answer)

    assert may_receive(Kind.STUDENT, PARENT, birth=birth, today=day, sen=False, identity=True) == expected
    assert under_14(birth, day) == (answer is Ground.UNDER_14)


def test_a_birthday_on_29_february_is_the_28th_in_common_years_only():
    assert birthday(date(2012, 2, 29), 14) == date(2026, 2, 28)
    assert birthday(date(2012, 2, 29), 16) == date(2028, 2, 29)


def test_the_earliest_birth_of_a_student_is_possible_and_the_day_before_is_not():
    first = date(2027, 1, 1)
    for today in (first + timedelta(days=number) for number in range(2 * 366)):
        earliest = earliest_birth(today)
        assert possible_birth(earliest, today), today
        assert not possible_birth(earliest - timedelta(days=1), today), today


@pytest.mark.parametrize("known", [True, False, None])
def test_who_comes_into_question(known):
    assert recipients(Kind.STUDENT, known) == (STUDENT, PARENT)
    assert recipients(Kind.TEACHER, known) == (TEACHER,)
    assert recipients(Kind.OTHER, known) == ()


@pytest.mark.parametrize("digits", [digits for digits in SYNTHETIC_EGN if not is_lnch(digits)])
def test_an_egn_tells_the_birth(digits):
    as_written = date(2000 + int(digits[:2]), int(digits[2:4]) - 40, int(digits[4:6]))

    assert read_birth(person(digits), TODAY, admit_synthetic=False) == as_written
    assert read_birth(person(f" {digits} "), TODAY, admit_synthetic=True) == birthday(as_written, -30)


@pytest.mark.parametrize(
    "stored",
    [*SYNTHETIC_LNCH, "", "299123", "12345678901234", "4742080923", "47420809221", "47420A0922", "４７４２０８０９２２", "0" * 10],
)  # fmt: skip
def test_what_tells_no_birth(stored):
    assert read_birth(person(stored, "5"), TODAY, admit_synthetic=True) is None


# Births of 1800-1809 stand for those of 2000-2009 here: they begin with zero and are nobody's any more.
@pytest.mark.parametrize(("born", "lost"), [(date(1801, 3, 9), 1), (date(1809, 12, 31), 1), (date(1800, 3, 9), 2)])
def test_lost_zeros_are_restored(born, lost):
    whole = next(
        digits
        for serial in range(100)
        if not is_lnch(digits := egn_of(born, serial)) and digits.startswith("0" * lost)
    )

    assert read_birth(person(whole), date(1815, 1, 1), admit_synthetic=False) == born
    assert read_birth(person(whole[lost:]), date(1815, 1, 1), admit_synthetic=False) == born
    assert read_birth(person(whole[3:]), date(1815, 1, 1), admit_synthetic=False) is None


def test_no_more_than_two_zeros_are_restored():
    """Seven digits are a служебен номер: with three zeros they would be a birth in 1900."""
    whole = next(digits for serial in range(100) if not is_lnch(digits := egn_of(date(1900, 3, 9), serial)))

    assert read_birth(person(whole[2:]), date(1915, 1, 1), admit_synthetic=False) == date(1900, 3, 9)
    assert read_birth(person(whole[3:]), date(1915, 1, 1), admit_synthetic=False) is None


@pytest.mark.parametrize(
    ("grade", "believed"),
    [
        ("4", False), ("5", True), ("6", True), ("VII", True), ("8. клас", True), ("9", True), ("10", False),
        ("", False), ("подг", False), ("ПГ", False), ("1", False),
    ],
)  # fmt: skip
def test_a_number_that_is_a_valid_lnch_too_is_believed_only_if_the_grade_fits(grade, believed):
    """A child of 13 (born 2043, counted as 2013) is in grade 7, give or take two."""
    doubtful = next(digits for serial in range(1000) if is_lnch(digits := egn_of(date(2043, 3, 1), serial)))

    born = read_birth(person(doubtful, grade), TODAY, admit_synthetic=True)

    assert born == (date(2013, 3, 1) if believed else None)


@pytest.mark.parametrize(("day", "believed"), [(date(2026, 2, 28), True), (date(2026, 3, 1), False)])
def test_the_age_is_that_of_the_day(day, believed):
    """Grade 4 is 10 years: 12 still fits, 13 does not."""
    doubtful = next(digits for serial in range(1000) if is_lnch(digits := egn_of(date(2043, 3, 1), serial)))

    assert (read_birth(person(doubtful, "4"), day, admit_synthetic=True) is not None) == believed


def test_a_doubtful_number_of_a_teacher_tells_nothing():
    doubtful = next(digits for serial in range(1000) if is_lnch(digits := egn_of(date(2043, 3, 1), serial)))

    assert read_birth(person(doubtful, "", Kind.TEACHER), TODAY, admit_synthetic=True) is None
