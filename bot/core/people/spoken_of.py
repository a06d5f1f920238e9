"""Whom a line of typed words speaks of: a name, a class, a username; never an identifier.

Nothing is decided by it: it fills in a form, or says how what stands in a form was meant.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.people.classes import grade_of_class, normalise_class
from bot.core.people.digits import plain_digits
from bot.core.people.identifier_shapes import LETTERS_FOR_DIGITS, bare_number
from bot.core.people.identifier_traces import hold_identifier
from bot.core.people.identifiers import IdentifierKind
from bot.core.people.names import readable_name

_ORDINALS: Mapping[str, str] = {
    "първи": "1", "втори": "2", "трети": "3", "четвърти": "4", "пети": "5", "шести": "6", "седми": "7", "осми": "8",
    "девети": "9", "десети": "10", "единадесети": "11", "единайсети": "11", "дванадесети": "12", "дванайсети": "12",
}  # fmt: skip
_GRADE = rf"(?P<grade>1[0-3]|0?[1-9]|[IVXІХ]{{1,4}}|(?i:{'|'.join(_ORDINALS)}))"
_LETTER = r"[ .-]{0,2}[\"„“'’]?(?P<letter>[А-Ща-щA-Za-z])[\"“”'’]?(?![^\W_])(?!\s*\d)(?:\s*(?i:клас)(?![^\W_]))?"
_CLASS = re.compile(rf"(?<![^\W_]){_GRADE}(?:{_LETTER}|\s*\.?\s*(?i:клас|grade)(?![^\W_]))")
_GRADE_ALONE = re.compile(r"\s(?P<grade>1[0-2]|[1-9])\.?\s*$")
_CLASS_WORDS = re.compile(r"[,\s]*(?<![^\W_])(?i:от|в|във|клас|паралелка|class)?(?![^\W_])\s*$")

_USERNAME = re.compile(
    r"(?<![^\W_])(?:[A-Za-z]{1,2}[-._]?\d{8,9}(?!\d)(?:@[\w.-]+)?|[A-Za-z][\w.+-]{1,63}@[\w.-]+)", re.ASCII
)
_DOTTED = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?:[._][A-Za-z0-9-]+)+", re.ASCII)
_MUCH_NUMBER = re.compile(r"\d{3}")

_MOST_CHARACTERS = 400
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BEFORE_A_NAME = frozenset({"на", "за", "of", "for"})
_NO_NAMES = re.compile(
    r"(?:учени|учител|директор|госпо|детето|дете$|деца|клас$|класа$|паралелк|училище|колег"
    r"|student|teacher|pupil|child|class$|school|teams$|microsoft|office|onedrive|outlook|windows|viber|messenger"
    r"|zoom$|google|classroom|gmail|facebook|edu$|wi-?fi|интернет|профил|акаунт|парол|потребител|имейл|временн|неиспуо)",
    re.IGNORECASE,
)
_SCHOOLS = re.compile(r"(?:С|СО|О|Н|ДГ|П|ПМ|М|Е|ЧС|ЧО)?(?:У|Г)$|училищ|гимнази|школ", re.IGNORECASE)
"""Behind these stands the name of a school."""
_NOBODY_BY_NAME = re.compile(
    r"(?:мо[йия]|мое|наш|един|една|едно|ця|цел|всички|всеки|the$|an?$|my$|whole$|нов|някой)", re.IGNORECASE
)
_PARTED_BY = frozenset({"от", "в", "във", "и", "с", "със", "на", "за", "по", "или", "че", "the", "of", "for", "from"})
_MOST_WORDS = 4
_MOST_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """What was said of one person. `class_` is as it is shown (`5 а`), or a grade (`5`)."""

    name: str = field(default="", repr=False)
    class_: str = ""
    username: str = field(default="", repr=False)

    @property
    def inputs(self) -> Mapping[str, str]:
        """The inputs of a form that searches; none where nobody is spoken of. A class alone stands for all of it."""
        if self.username:
            return {"kind": "username", "typed": self.username}
        if not self.name and " " not in self.class_:  # a mere grade is no class
            return {}
        return {"kind": "name", "typed": " ".join(filter(None, (self.name, self.class_)))}


NOBODY = SpokenOf()


def spoken_of(text: str) -> SpokenOf:
    """Whom a sentence is about: words in capitals behind „на“ or „за“ (or two of them elsewhere), and a class."""
    text = text[:_MOST_CHARACTERS]
    if hold_identifier(text):
        return NOBODY
    if found := _USERNAME.search(text):
        return SpokenOf(username=found[0].rstrip("."))
    rest, class_ = split_class(text)
    return SpokenOf(name=_name_in(rest) or (class_ and _name_before_class(text)), class_=class_)


def split_class(text: str) -> tuple[str, str]:
    """What was typed without the class in it („Симона 5а“, „от V а клас“, „пети а“), and the class; "" if none is."""
    found = _CLASS.search(text) or _GRADE_ALONE.search(text)
    if found is None:
        return text, ""
    given = found.groupdict()
    grade = _ORDINALS.get(given["grade"].casefold(), given["grade"])
    class_ = normalise_class(f"{grade} {given.get('letter') or ''}")
    if not class_[:1].isdigit():
        return text, ""
    before = _CLASS_WORDS.sub("", text[: found.start()])
    return f"{before} {text[found.end() :]}".strip(" ,"), class_


def same_class(one: str, wanted: str) -> bool:
    """Whether a class as it is shown is the one that was typed; of a mere grade, or a letter in doubt („5B“),
    whether it is of that grade.
    """
    if one == wanted:
        return True
    grade = grade_of_class(wanted)
    certain = bool(grade) and re.fullmatch(r"\d+ [а-я]", wanted) is not None
    return not certain and (grade_of_class(one) or one) == (grade or wanted)


def plain_kind(kind: str, typed: str) -> str:
    """The kind of what stands in a form that takes numbers, names and usernames: what was chosen, unless it plainly
    is something else. A number is never taken for a name, nor a name for a number of another kind.
    """
    if kind not in {*IdentifierKind, "name"} or hold_identifier(typed):
        return kind
    text = plain_digits(typed).strip()
    name, class_ = split_class(text)
    if class_ and not name and not text.isdigit() and kind == IdentifierKind.EGN:
        return "name"  # "5 ж" is no number with a mark behind it
    number = bare_number(text)
    if not isinstance(number, str) or not any(char.isalpha() for char in number) or _mistyped(text):
        return kind
    if _is_username(text):
        return "username"
    return "name" if readable_name(name) else kind


def _mistyped(text: str) -> bool:
    """A number with letters that look like digits."""
    letters = {char for char in text if char.isalpha()}
    return any(char.isdigit() for char in text) and letters <= LETTERS_FOR_DIGITS


def _is_username(text: str) -> bool:
    if "@" in text or _DOTTED.fullmatch(text):
        return True
    return len(text.split()) == 1 and _MUCH_NUMBER.search(text) is not None


def _name_in(text: str) -> str:
    """Words in capitals: those near behind „на“ or „за“, else two or more of them; not the first word of the text,
    and not the name of a school.
    """
    words = _WORD.findall(text)
    small = any(word.islower() for word in words)
    runs: list[tuple[bool, list[str]]] = []
    since: int | None = None  # words since „на“ or „за“
    of_school = parted = False
    for place, word in enumerate(words):
        said = word.casefold()
        if place and said not in _PARTED_BY and not _SCHOOLS.match(word) and _may_be_of_a_name(word, small=small):
            if not of_school and (parted or not runs):
                runs.append((since is not None and since <= _MOST_BETWEEN, []))
            if not of_school:
                runs[-1][1].append(word)
            parted = False
            continue
        parted, of_school = True, _SCHOOLS.match(word) is not None
        if said in _BEFORE_A_NAME:
            since = 0
        elif said in _PARTED_BY:
            since = None
        elif since is not None:
            since += 1
    found = [run for behind, run in runs if behind] or [run for _, run in runs if len(run) > 1]
    return " ".join(found[0][:_MOST_WORDS]) if found else ""


def _name_before_class(text: str) -> str:
    """„на моника от 5а“: words in small letters between „за“ and a class, if none of them speaks of people in
    general.
    """
    found = _CLASS.search(text)
    before = _WORD.findall(_CLASS_WORDS.sub("", text[: found.start()])) if found else []
    name: list[str] = []
    while before and before[-1].casefold() not in _BEFORE_A_NAME:
        name.insert(0, before.pop())
    general = any(_NO_NAMES.match(word) or _NOBODY_BY_NAME.match(word) or word in _PARTED_BY for word in name)
    return "" if general or not before or not 0 < len(name) <= _MOST_BETWEEN else " ".join(name)


def _may_be_of_a_name(word: str, *, small: bool) -> bool:
    """`small`: there are words in small letters, so that one all in capitals is an abbreviation."""
    if not word[0].isupper() or len(word) < 2 or _NO_NAMES.match(word):
        return False
    return not small or len(word) > 4 or not word.isupper()
