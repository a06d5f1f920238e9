"""The class (паралелка) of a student, which the directory knows only from the names of the class teams.

A team is called `"{Subject} - {ClassName[, ClassName...]} - {SubjectType}"` (НЕИСПУО: one team per curriculum row).
A subject may contain " - ", and so may a class ("5 - в").
The grade: НЕИСПУО leaves `student.grade` empty (its synchronisation sends null), and the class that the names of the
person's teams tell has the grade in it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.core.people.model import Kind, Person

_PARTS = " - "
LONGEST_CLASS = 36
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
_QUOTES = str.maketrans("", "", "„“”\"'’‘«»`´{}")
_SPACES = re.compile(r"\s+")
_VISIBLE = re.compile(r"[0-9A-Za-zА-Яа-я .,–-]*")
"""Names in which nothing is to be changed but blanks: nearly all."""
_CLASS = re.compile(r"(?P<grade>1[0-3]|0?[1-9]|[IVXІХ]{1,4})\s*[-–—]?\s*(?P<letter>[^\W\d_])", re.IGNORECASE)
_CLASS_GROUP = re.compile(r"(?P<grade>1[0-3]|0?[1-9]|[IVXІХ]{1,4})\s+(?P<group>[А-Я]{2,6})")
_CLASS_WORD = re.compile(r"(?P<grade>1[0-3]|0?[1-9]|[IVXІХ]{1,4})\s*\.?\s*клас", re.IGNORECASE)
_GRADE = re.compile(r"(?P<grade>1[0-3]|0?[1-9]|[IVXІХ]{1,4})\s*\.?\s*(?:клас)?", re.IGNORECASE)
# Cyrillic Х and І stand in for Roman X and I in the registers ("ХII г", "сборна ІV-ХІ").
_ROMAN_LETTERS = str.maketrans("ХІхі", "XIxi")
_ROMAN = {
    roman: number
    for number, roman in enumerate(
        ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"), start=1
    )
}
# Latin letters that can mean one Cyrillic letter only. Not here: B, which looks like В and stands for Б, and in the
# same way H, h, P, p, C, c, X, x, Y, y.
_LATIN_LETTERS = {
    "A": "а", "a": "а", "b": "б", "V": "в", "v": "в", "G": "г", "g": "г", "D": "д", "d": "д", "E": "е", "e": "е",
    "Z": "з", "z": "з", "I": "и", "i": "и", "K": "к", "k": "к", "L": "л", "l": "л", "M": "м", "m": "м", "N": "н",
    "n": "н", "O": "о", "o": "о", "R": "р", "r": "р", "S": "с", "s": "с", "T": "т", "t": "т", "U": "у", "u": "у",
    "F": "ф", "f": "ф",
}  # fmt: skip


def class_of(person: Person) -> str:
    """The student's class for display (`5 б`), the grade (`5`) where teams do not tell it, or nothing.

    The class that most teams name, and among the classes of the person's grade if there are any: a merged language
    group names several classes, the person's own is named by every other team.
    """
    if person.kind is not Kind.STUDENT:
        return ""
    grade = normalise_grade(person.grade)
    named = Counter(name for team in person.teams or () for name in classes_of_team(team))
    own = {name: count for name, count in named.items() if grade and _grade_of(name) == grade} or dict(named)
    if not own:
        return grade
    return min(own, key=lambda name: (-own[name], name))


@lru_cache(maxsize=8192)  # a school has some hundred teams, and each is read with each of its people
def classes_of_team(team: str) -> tuple[str, ...]:
    """The classes a team's display name speaks of, normalised, none twice; empty when the name has another form."""
    parts = _SPACES.sub(" ", team).strip().split(_PARTS)
    if len(parts) < 3:
        return ()
    for first in range(1, len(parts) - 1):
        names = _names(_PARTS.join(parts[first:-1]))
        if names and all(_grade_of(name) for name in names):
            return names
    return _names(parts[-2])


def normalise_class(text: str) -> str:
    """A class as it is shown: Arabic grade, space, small Cyrillic letter. What has another form (ПГ, сборна V–VII,
    „5B“ whose letter may be В or Б) is only tidied.
    """
    tidy = _visible(text)
    if _number(tidy):
        return _number(tidy)  # "ХI" is the eleventh grade, not class И of the tenth
    found = _CLASS.fullmatch(tidy)
    if found is not None:
        grade, letter = _number(found["grade"]), _cyrillic(found["letter"])
        return f"{grade} {letter}" if grade and letter else tidy
    group = _CLASS_GROUP.fullmatch(tidy)
    if group is not None and _number(group["grade"]):
        return f"{_number(group['grade'])} {group['group']}"
    return tidy


def normalise_grade(text: str) -> str:
    """A grade as an Arabic number without zeros (`V`, `05`, `5. клас` → `5`); anything else is only tidied."""
    tidy = _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    found = _GRADE.fullmatch(tidy)
    return (_number(found["grade"]) if found is not None else "") or tidy


def grade_of_class(name: str) -> str:
    """The grade in the name of a class, also where the letter stays in doubt ("5B" is of grade 5) or there is none
    ("5. клас"). Empty for mixed groups, for what names no class, and for a bare number, which may count groups.
    """
    tidy = normalise_class(name)
    found = _CLASS.fullmatch(tidy) or _CLASS_GROUP.fullmatch(tidy) or _CLASS_WORD.fullmatch(tidy)
    if found is None or _number(tidy) or _number(tidy.replace(" ", "")):  # "I X" may be the ninth
        return ""
    return _number(found["grade"])


def of_grade_first(names: Iterable[str], class_: str) -> tuple[str, ...]:
    """The same normalised classes, those of the grade of `class_` (`5 б` or `5`) before the others."""
    grade = grade_of_class(class_) or class_
    return tuple(sorted(names, key=lambda name: grade_of_class(name) != grade)) if grade else tuple(names)


def grade_in(person: Person, class_: str) -> str:
    """The grade of somebody whose teams were not read, known to be in this class; "" where neither tells."""
    return normalise_grade(person.grade) or grade_of_class(class_)


def _visible(text: str) -> str:
    """A class is chosen and found again by its name: nothing invisible is in it, and no more than fits a list."""
    kept = text
    if not _VISIBLE.fullmatch(text):
        shaped = unicodedata.normalize("NFKC", text).translate(_QUOTES)
        kept = "".join(" " if char.isspace() else char for char in shaped if char.isspace() or _has_shape(char))
    return _SPACES.sub(" ", kept).strip()[:LONGEST_CLASS].rstrip()


def _has_shape(char: str) -> bool:
    return unicodedata.category(char)[0] not in "CM" and char not in _FILLERS


def _names(listed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for item in listed.split(",") if (name := normalise_class(item))))


def _grade_of(name: str) -> str:
    """The grade in a normalised class name, empty for anything else."""
    found = re.fullmatch(r"(1[0-3]|[1-9]) ([а-я]|[А-Я]{2,6})", name)
    return found[1] if found is not None else ""


def _number(grade: str) -> str:
    if grade.isascii() and grade.isdecimal():
        return str(int(grade))
    number = _ROMAN.get(grade.translate(_ROMAN_LETTERS).upper())
    return str(number) if number else ""


def _cyrillic(letter: str) -> str:
    lower = letter.lower()
    return lower if "а" <= lower <= "я" else _LATIN_LETTERS.get(letter, "")


class GradeSource(StrEnum):
    """What a grade is known from."""

    DIRECTORY = "directory"
    CLASS = "class"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Grade:
    """`number` is Arabic without zeros (`5`), what the directory wrote where that is no number (`ПГ`), or empty."""

    number: str
    source: GradeSource


NO_GRADE = Grade("", GradeSource.NOTHING)


def grade_of(person: Person) -> Grade:
    """The directory's grade, else that of the class that most of the person's teams name. Classes of two grades named
    equally often tell nothing: a guess could give a short password to somebody older.
    """
    if person.kind is not Kind.STUDENT:
        return NO_GRADE
    if number := normalise_grade(person.grade):
        return Grade(number, GradeSource.DIRECTORY)
    named = Counter(name for team in person.teams or () for name in classes_of_team(team) if grade_of_class(name))
    most = max(named.values(), default=0)
    grades = {grade_of_class(name) for name, count in named.items() if count == most}
    return Grade(grades.pop(), GradeSource.CLASS) if len(grades) == 1 else NO_GRADE
