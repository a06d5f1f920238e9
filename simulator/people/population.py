"""The many: everybody except the planted cases, streamed school by school so that a country fits in little memory."""

from collections.abc import Iterator
from itertools import count, islice
from random import Random

from simulator.people import usernames
from simulator.people.identifiers import EgnAllotter, lnch_numbers, service_number
from simulator.people.model import DIRECTOR, STUDENT, TEACHER, Account, Homeroom, School, Team, TenantOptions
from simulator.people.names import draw
from simulator.people.schools import homerooms_of, plan_schools
from simulator.people.subjects import ELECTIVE, HOMEROOM_LESSON, subjects_of

FIRST_PLANTED = 9_000_000
"""Accounts from this number on are planted cases, the same in a tenant of any size."""

OUTSIDE_ROSTER = 4
"""The school (2990004) whose own account the roster does not know."""

PLANTED_LNCH = 10
"""So many of `lnch_numbers()` are kept for the planted cases."""

_CURRICULUM = 90_000_000  # CurriculumID of the first team
_FIRST_HOMEROOM_LESSON = 5_000_000  # a range of their own, so that the other teams keep their numbers
_TEACHERS_PER_HOMEROOM = 2
_TEACHER_BIRTHS = 2037  # an own year, earlier than any student's unless one is nineteen; teachers' ages mean nothing

SchoolPeople = tuple[School, tuple[Homeroom, ...], tuple[Account, ...], tuple[Team, ...]]


def populate(options: TenantOptions, students: int) -> Iterator[SchoolPeople]:
    """School after school: its classes, its accounts (director, teachers, `students` in all), its class teams."""
    numbers, teams, seen = count(1), count(1), count()
    egns, taken = EgnAllotter(), set[str]()
    foreigners, services = islice(lnch_numbers(), PLANTED_LNCH, None), count(20_000)
    homeroom_total = max(options.schools, round(options.students / 25))
    for school in plan_schools(options):
        random = Random(f"{options.seed}/school/{school.number}")
        homerooms = homerooms_of(school)
        accounts = [_director(next(numbers), school, random)]
        teachers = [
            _teacher(next(numbers), school, random, egns, taken)
            for _ in range(_TEACHERS_PER_HOMEROOM * len(homerooms))
        ]
        accounts += teachers
        for homeroom in homerooms:
            seats = students * homeroom.number // homeroom_total - students * (homeroom.number - 1) // homeroom_total
            for _ in range(seats):
                nth = next(seen)
                special = next(foreigners, None) if nth % 100 == 37 else None
                if special is None and nth % 100 == 71:
                    special = service_number(next(services))
                accounts.append(
                    _student(
                        next(numbers),
                        homeroom,
                        random,
                        egns,
                        index=nth,
                        special=special,
                        school_year=options.school_year,
                    )
                )
        yield school, homerooms, tuple(accounts), tuple(_teams(school, homerooms, teachers, teams))


def _director(number: int, school: School, random: Random) -> Account:
    return Account(
        number=number,
        role=DIRECTOR,
        name=draw(random, female=random.random() < 0.7),
        upn=usernames.school_username(school.code),
        schools=(school.number,),
        extension_role="0",
        extension_identifier=school.code,
        in_roster=school.number != OUTSIDE_ROSTER,
    )


def _teacher(number: int, school: School, random: Random, egns: EgnAllotter, taken: set[str]) -> Account:
    name = draw(random, female=random.random() < 0.8)
    return Account(
        number=number,
        role=TEACHER,
        name=name,
        upn=usernames.teacher_username(name, taken),
        external_id=egns.next(_TEACHER_BIRTHS, female=name.female),
        schools=(school.number,),
    )


def _student(
    number: int,
    homeroom: Homeroom,
    random: Random,
    egns: EgnAllotter,
    *,
    index: int,
    special: str | None,
    school_year: int,
) -> Account:
    name = draw(random, female=random.random() < 0.49)
    fate = random.random()
    late = 1 if fate > 0.95 else 0
    return Account(
        number=number,
        role=STUDENT,
        name=name,
        upn=usernames.student_username(name, index),
        external_id=special or egns.next(birth_year(school_year, homeroom.grade) + 30 - late, female=name.female),
        schools=(homeroom.school,),
        homeroom=homeroom.number,
        grade=homeroom.grade,
        enabled=fate >= 0.01,
        ready=not 0.01 <= fate < 0.015,
    )


def birth_year(school_year: int, grade: int) -> int:
    """The year in which most pupils of a grade were born (first grade in the year one turns seven)."""
    return school_year - 6 - grade


def _teams(
    school: School, homerooms: tuple[Homeroom, ...], teachers: list[Account], numbers: Iterator[int]
) -> Iterator[Team]:
    by_grade: dict[int, list[Homeroom]] = {}
    for place, homeroom in enumerate(homerooms):
        by_grade.setdefault(homeroom.grade, []).append(homeroom)
        for row, (subject, kind) in enumerate(subjects_of(homeroom.grade)):
            # A primary teacher teaches nearly everything; later each subject has its own.
            teacher = teachers[place if homeroom.grade <= 4 else (row * 3 + homeroom.grade) % len(teachers)]
            yield _team(next(numbers), school, (subject, kind), (homeroom,), teacher)
        number = _FIRST_HOMEROOM_LESSON + homeroom.number
        # There are two teachers to a class, so every class teacher is another one.
        yield _team(number, school, HOMEROOM_LESSON, (homeroom,), teachers[place], always=True)
    for grade, together in by_grade.items():
        if grade >= 5 and len(together) >= 2:
            yield _team(next(numbers), school, ELECTIVE, tuple(together[:2]), teachers[grade % len(teachers)])


def _team(
    number: int,
    school: School,
    row: tuple[str, str],
    homerooms: tuple[Homeroom, ...],
    teacher: Account,
    *,
    always: bool = False,
) -> Team:
    subject, kind = row
    titles = ", ".join(homeroom.title for homeroom in homerooms)
    return Team(
        number=number,
        school=school.number,
        external_id=str(_CURRICULUM + number),
        subject=subject,
        name=f"{subject} - {titles} - {kind}",
        grade=homerooms[0].grade,
        homerooms=tuple(homeroom.number for homeroom in homerooms),
        # Now and then a curriculum row has no valid teacher: the gap a teacher asks about.
        teachers=() if number % 29 == 7 and not always else (teacher.number,),
    )
