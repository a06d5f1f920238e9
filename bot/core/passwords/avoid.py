"""What no temporary password may hold, and what one person's may not: what those who know the person would guess.

Banned pieces are in the letters and the order passwords are made of (see `generator.py`). Every three letters cost
one password of grade I in 290 (vowels outside: one in 140), every four one in 1,500; grade I has one in eighteen to
give. So three letters only where every continuation is read as the same word. A word with two consonants or two
vowels side by side, or with one of b c h j l p q w x y, cannot occur and is not here.
"""

import re
from datetime import date

from bot.core.people.births import known_birth
from bot.core.people.classes import grade_of
from bot.core.people.model import Person, School
from bot.core.people.spelling import law_latin, mon_latin, words

_NAMES_OF_SYSTEMS = "mon edu sofi"
"""What every account here has in its address, and what everybody guesses first."""

_OBSCENE = """
    kur fuk fak dik tit gaz guza guzo sik kaka kaki
    mudi mude mudo madi sera sere seri suka suki anus minet semen nude vagin
"""
"""кур, фък, дик, гъз, мъди, сера, кака; Turkish, which one pupil in ten speaks at home: sik."""

_HURTFUL = """
    fag niga nige nigu negar negur neger sigan manaf gavur kike
    moron retar gadin goved magar mizer nerez koza urod sakat tumor umir
"""
"""Slurs by origin, faith and sex (негър, циган, манаф, гяур), and what children call each other (гадина, говедо,
магаре, нерез, коза, урод, сакат); illness and death.
"""

_POLITICAL_AND_RELIGIOUS = """
    nazi nato ataka radev dogan komun teror
    isus koran imam satan soton
"""

BANNED = frozenset(f"{_NAMES_OF_SYSTEMS} {_OBSCENE} {_HURTFUL} {_POLITICAL_AND_RELIGIOUS}".split())


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
    grade = grade_of(person).number
    births = (person.born, *(known_birth(person, today, admit, grade=grade) for admit in (False, True)))
    pieces |= {str(birth.year) for birth in births if birth is not None}
    return frozenset(pieces | {str(today.year), str(today.year + 1)})


def _runs(text: str, length: int) -> set[str]:
    return {text[start : start + length] for start in range(len(text) - length + 1)}
