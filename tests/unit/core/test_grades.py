"""The grade of a student of whom the directory says none, and what depends on it."""

from datetime import date

import pytest

from bot.core.decision import Decision, Reason
from bot.core.handover.model import Ground, Handing, Recipient
from bot.core.handover.policy import may_receive, student_birth, under_14
from bot.core.passwords.model import Form, Timing
from bot.core.passwords.policy import form_for, life_of
from bot.core.people.births import Birth, BirthSource, birth_of
from bot.core.people.classes import NO_GRADE, Grade, GradeSource, class_of, grade_of, grade_of_class, of_grade_first
from bot.core.people.model import AccountState, Kind, Person
from tests.properties.strategies import egn_of
from tests.unit.core.test_handover import is_lnch

TODAY = date(2026, 11, 23)


def student(teams=(), grade="", identifier="", born=None, kind=Kind.STUDENT):
    return Person(
        "oid", "Юлия Щерева", "yu01234567@edu.mon.bg", kind, AccountState.ACTIVE, (), grade, teams, identifier, born
    )


def doubtful(born):
    """An ЕГН of this (counted) birth that is a valid ЛНЧ too, as one in ten is."""
    written = date(born.year + 30, born.month, born.day)
    return next(digits for serial in range(1000) if is_lnch(digits := egn_of(written, serial)))


def certain(born):
    written = date(born.year + 30, born.month, born.day)
    return next(digits for serial in range(1000) if not is_lnch(digits := egn_of(written, serial)))


@pytest.mark.parametrize(
    ("teams", "number"),
    [
        (("Математика - 1 а - ООП",), "1"),
        (("Математика - 1а - ООП", "Музика - 1 а - ООП", "Хор - 4 б - ФУЧ"), "1"),
        (("Математика - I „а“ - ООП",), "1"),
        (("Математика - І а - ООП",), "1"),  # Cyrillic І
        (("Математика - 1A - ООП",), "1"),  # Latin A
        (("Математика - 1B - ООП",), "1"),  # В or Б: the grade is the same
        (("Математика - 5 P - ООП",), "5"),
        (("Математика - ХII г - ООП",), "12"),
        (("Математика - ХI - ООП",), ""),  # a bare number
        (("Математика - 1. клас - ООП",), "1"),
        (("Математика - III клас - ООП",), "3"),
        (("Математика - 9 ЦСОП - ООП",), "9"),
        # Two classes of one grade are of that grade; of two grades equally often: nobody knows.
        (("Английски език - 5 а, 5 б - РП",), "5"),
        (("Английски език - 1 а, 2 а - РП",), ""),
        (("Математика - 1 а - ООП", "Математика - 2 а - ООП"), ""),
        (("Математика - 2 а - ООП", "Музика - 2 а - ООП", "Хор - 1 а, 2 а - ФУЧ"), "2"),
        # Groups are of no grade, whatever their number.
        (("Плуване - 1 - ФУЧ", "Плуване - 2 - ФУЧ"), ""),
        (("Хор - сборна I-IV - ФУЧ",), ""),
        (("Игри - ПГ - ФУЧ",), ""),
        (("Хор - сборна I-IV - ФУЧ", "Математика - 4 б - ООП"), "4"),
        (("Математика - I X - ООП",), ""),  # the ninth, or a class Х of the first
        (("Математика - 14 а - ООП",), ""),
        (("Учителски съвет",), ""),
        ((), ""),
        (None, ""),
    ],
)
def test_the_grade_is_that_of_the_class_when_the_directory_has_none(teams, number):
    source = GradeSource.CLASS if number else GradeSource.NOTHING
    assert grade_of(student(teams)) == Grade(number, source)


@pytest.mark.parametrize(("stored", "number"), [("5", "5"), ("V", "5"), ("05", "5"), ("ПГ", "ПГ")])
def test_the_directorys_own_grade_goes_first(stored, number):
    assert grade_of(student(("Математика - 1 а - ООП",), stored)) == Grade(number, GradeSource.DIRECTORY)


def test_a_teacher_is_in_no_grade():
    assert grade_of(student(("Математика - 1 а - ООП",), "1", kind=Kind.TEACHER)) == NO_GRADE


@pytest.mark.parametrize("team", ["Математика - 1 а - ООП", "Математика - I „а“ - ООП", "Български език - 1B - ООП"])
def test_a_first_grader_without_a_grade_gets_the_short_password_for_a_day(team):
    form = form_for(student((team,)), many=False)

    assert form is Form.GRADE_ONE
    assert life_of(form, Timing()) == life_of(Form.GRADE_ONE, Timing())


@pytest.mark.parametrize(
    "teams",
    [
        ("Математика - 2 а - ООП",),
        ("Английски език - 1 а, 2 а - РП",),
        ("Плуване - 1 - ФУЧ",),
        ("Хор - сборна I-IV - ФУЧ",),
        ("Математика - 11 а - ООП",),
        (),
    ],
)
def test_nobody_else_gets_it(teams):
    assert form_for(student(teams), many=False) is Form.PUPIL


CHILD_OF_8, BOY_OF_15, BEFORE_14, AFTER_14 = (
    date(2018, 5, 1),
    date(2011, 5, 1),
    date(2012, 11, 24),
    date(2012, 11, 23),
)


@pytest.mark.parametrize(
    ("born", "teams", "answer"),
    [
        (CHILD_OF_8, ("Математика - 2 а - ООП",), Ground.UNDER_14),
        (CHILD_OF_8, ("Математика - II „а“ - ООП",), Ground.UNDER_14),
        (CHILD_OF_8, ("Математика - 2B - ООП",), Ground.UNDER_14),
        (CHILD_OF_8, ("Английски език - 2 а, 2 б - РП",), Ground.UNDER_14),
        (BEFORE_14, ("Математика - 7 а - ООП",), Ground.UNDER_14),
        (AFTER_14, ("Математика - 7 а - ООП",), Reason.FOURTEEN),
        (BOY_OF_15, ("Математика - 8 а - ООП",), Reason.FOURTEEN),
        # Retained twice, of 15 in grade VI: the number alone does not prove it, and the director is asked.
        (BOY_OF_15, ("Математика - 6 а - ООП",), Reason.AGE_UNKNOWN),
        (CHILD_OF_8, ("Математика - 11 а - ООП",), Reason.AGE_UNKNOWN),
        # Not under 14 unless proven.
        (CHILD_OF_8, (), Reason.AGE_UNKNOWN),
        (CHILD_OF_8, ("Английски език - 1 а, 2 а - РП",), Reason.AGE_UNKNOWN),
        (CHILD_OF_8, ("Хор - сборна I-IV - ФУЧ",), Reason.AGE_UNKNOWN),
    ],
)
@pytest.mark.parametrize("grade", ["", "as the class"])
def test_whose_number_could_be_another_kind_is_judged_by_the_class(born, teams, answer, grade):
    """The handing over to a parent with no grade sent, and with the same grade sent."""
    known = grade_of(student(teams)).number if grade else ""
    whose = student(teams, known, doubtful(born))

    birth = student_birth(whose, TODAY, admit_synthetic=True, grade=grade_of(whose).number)

    expected = Handing(Recipient.PARENT, answer) if isinstance(answer, Ground) else Decision(answer)
    assert may_receive(Kind.STUDENT, Recipient.PARENT, birth=birth, today=TODAY, sen=False, identity=True) == expected


@pytest.mark.parametrize("teams", [(), ("Математика - 6 а - ООП",), ("Хор - сборна I-IV - ФУЧ",)])
def test_a_number_that_is_certain_needs_no_grade(teams):
    """Also for the student of 15 in grade VI, who is never taken for a child."""
    whose = student(teams, identifier=certain(BOY_OF_15))

    birth = birth_of(whose, TODAY, admit_synthetic=True, grade=grade_of(whose).number)

    assert birth == Birth(BOY_OF_15, BirthSource.IDENTIFIER)
    assert not under_14(birth.day, TODAY)


@pytest.mark.parametrize(
    ("told", "identifier", "teams", "birth"),
    [
        (CHILD_OF_8, "", (), Birth(CHILD_OF_8, BirthSource.DIRECTORY)),
        (CHILD_OF_8, doubtful(BOY_OF_15), (), Birth(CHILD_OF_8, BirthSource.DIRECTORY)),
        (CHILD_OF_8, certain(CHILD_OF_8), (), Birth(CHILD_OF_8, BirthSource.BOTH)),
        (None, certain(CHILD_OF_8), (), Birth(CHILD_OF_8, BirthSource.IDENTIFIER)),
        # Two that disagree: the older, whichever it is.
        (CHILD_OF_8, certain(BOY_OF_15), (), Birth(BOY_OF_15, BirthSource.OLDER)),
        (BOY_OF_15, certain(CHILD_OF_8), (), Birth(BOY_OF_15, BirthSource.OLDER)),
        (BEFORE_14, certain(AFTER_14), (), Birth(AFTER_14, BirthSource.OLDER)),
        (CHILD_OF_8, doubtful(BOY_OF_15), ("Математика - 8 а - ООП",), Birth(BOY_OF_15, BirthSource.OLDER)),
        # What is possible for no student tells of a slip and not of an age.
        (date(2027, 1, 1), certain(CHILD_OF_8), (), Birth(CHILD_OF_8, BirthSource.IDENTIFIER)),
        (date(1950, 1, 1), certain(CHILD_OF_8), (), Birth(CHILD_OF_8, BirthSource.IDENTIFIER)),
        (date(2027, 1, 1), "", (), None),
        (None, "", (), None),
    ],
)
def test_the_directorys_date_and_the_number_are_held_against_each_other(told, identifier, teams, birth):
    whose = student(teams, identifier=identifier, born=told)

    assert birth_of(whose, TODAY, admit_synthetic=True, grade=grade_of(whose).number) == birth


@pytest.mark.parametrize(
    ("told", "identifier", "answer"),
    [
        (CHILD_OF_8, "", Ground.UNDER_14),
        (CHILD_OF_8, certain(BOY_OF_15), Reason.FOURTEEN),
        (BOY_OF_15, certain(CHILD_OF_8), Reason.FOURTEEN),
        (None, "", Reason.AGE_UNKNOWN),
    ],
)
def test_a_parent_receives_it_only_when_neither_says_14(told, identifier, answer):
    birth = student_birth(student(identifier=identifier, born=told), TODAY, admit_synthetic=True, grade="")

    found = may_receive(Kind.STUDENT, Recipient.PARENT, birth=birth, today=TODAY, sen=False, identity=True)

    assert found == (Handing(Recipient.PARENT, answer) if isinstance(answer, Ground) else Decision(answer))


@pytest.mark.parametrize("class_", ["5B", "5. клас", "V P"])
def test_the_classes_of_the_grade_come_first_also_when_the_letter_is_in_doubt(class_):
    assert of_grade_first(("1 а", "5 б", "6 а", "5C"), class_) == ("5 б", "5C", "1 а", "6 а")


@pytest.mark.parametrize("name", ["5 б", "5", "сборна ІV-ХІ", "ПГ", "", "12", "четвърта ПГ 5 и 6 г", "5 бв"])
def test_what_is_no_class_of_one_grade_tells_no_grade(name):
    assert grade_of_class(name) == ("5" if name == "5 б" else "")


def test_the_class_shown_and_the_grade_are_of_the_same_class():
    merged = student(("Математика - 5 б - ООП", "Музика - 5 б - ООП", "Хор - 6 а, 5 б - ФУЧ"))

    assert class_of(merged) == "5 б"
    assert grade_of(merged).number == "5"
