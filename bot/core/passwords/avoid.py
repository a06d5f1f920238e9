"""What a person's temporary password must not hold: what those who know the person would guess."""

import re
from datetime import date

from bot.core.people.births import known_birth
from bot.core.people.model import Person, School
from bot.core.people.spelling import law_latin, mon_latin, words

_NAME = re.compile(r"[a-z]{3,}")
_BEGINNING = 3
_INNER = 4
_NUMBER = 4


def pieces_of(person: Person, school: School | None, today: date) -> frozenset[str]:
    """The first three letters of each name, every four letters in a row within it (in МОН's spelling, the law's, and
    as the username has it), and every four digits in a row of the school's code; the years of birth, now and next.

    Not three letters from within a name: -ова and -ина say nothing of the person, and together such pieces would
    cost a password of a class more than it has to give (40 bits). Not the initials: two consonants never stand side
    by side in a password, and a consonant with a vowel would cost a class one password in eleven.
    """
    names = [spelled for word in words(person.name) for spelled in (law_latin(word), mon_latin(word))]
    names += [*_NAME.findall(person.username.partition("@")[0].lower())]
    pieces = {name[:_BEGINNING] for name in names if len(name) >= _BEGINNING}
    for name in names:
        pieces |= _runs(name, _INNER)
    if school is not None:
        pieces |= _runs(school.code, _NUMBER)
    births = (person.born, *(known_birth(person, today, admit_synthetic) for admit_synthetic in (False, True)))
    pieces |= {str(birth.year) for birth in births if birth is not None}
    return frozenset(pieces | {str(today.year), str(today.year + 1)})


def _runs(text: str, length: int) -> set[str]:
    return {text[start : start + length] for start in range(len(text) - length + 1)}
