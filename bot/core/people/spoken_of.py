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
_CLASS_WORDS = re.compile(r"[,\s]*(?<![^\W_])(?i:от|в|във|клас|паралелка|class|ot|v)?(?![^\W_])\s*$")

_USERNAME = re.compile(
    r"(?<![^\W_])(?:[A-Za-z]{1,2}[-._]?\d{8,9}(?!\d)(?:@[\w.-]+)?|[A-Za-z][\w.+-]{1,63}@[\w.-]+)", re.ASCII
)
_DOTTED = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?:[._][A-Za-z0-9-]+)+", re.ASCII)
_MUCH_NUMBER = re.compile(r"\d{3}")

_MOST_CHARACTERS = 400
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WORD_OR_COMMA = re.compile(rf"{_WORD.pattern}|[,;/&+]")
_BEFORE_A_NAME = frozenset({"на", "за", "of", "for", "na", "za"})
_JOINED_BY = frozenset({"и", "and", "i", ",", ";", "/", "&", "+"})
_PUPILS = r"учени[кцч]|дете(?:то)?$|момче|момич|student|pupil|child|u4eni|uchenik|dete"
_ADULTS = (
    r"учител|преподавател|госпо|г-жа|г-ца|г-н|класн(?:а|ата|ия|ият)$|колег|директор|teacher|mrs?$|u4itel|uchitel"
)
_PEOPLE = re.compile(rf"(?:{_PUPILS}|{_ADULTS})", re.IGNORECASE)
_PUPIL = re.compile(rf"(?:{_PUPILS})", re.IGNORECASE)
_ADULT = re.compile(rf"(?:{_ADULTS})", re.IGNORECASE)
_NO_NAMES = re.compile(
    rf"(?:{_PUPILS}|{_ADULTS}|деца|\w+класни[кц]|първола[кц]|родител|майка|баща|клас(?:$|а$|ът$|ове)|паралелк|училище|class$|school|klas"
    r"|teams$|microsoft|office|onedrive|outlook|windows|viber|messenger"
    r"|zoom$|google|gmail|facebook|edu$|wi-?fi|интернет|профил|акаунт|парол|потребител|имейл|временн|неиспуо)",
    re.IGNORECASE,
)
_SCHOOLS = re.compile(r"(?:С|СО|О|Н|ДГ|П|ПМ|М|Е|ЧС|ЧО)?(?:У|Г)$|училищ|гимнази|школ", re.IGNORECASE)
"""Behind these stands the name of a school."""
_NOBODY_BY_NAME = re.compile(
    r"(?:мо[йия]\w{0,2}$|моето?$|наш(?:ият?|ата?|ите?|ето?)?$|един$|едн[аои]$|ця|цел|всички|всеки|the$|an?$|my$|whole$|нов(?:ият?|ата?|ите?|ото?)?$|няко[йия]$)",
    re.IGNORECASE,
)
_PARTED_BY = frozenset(
    {"от", "в", "във", "и", "с", "със", "на", "за", "по", "или", "че", "без", "освен"}
    | {"the", "of", "for", "from", "except", "without"}
)
_OF_A_WHOLE_CLASS = re.compile(
    r"(?<![^\W_])(?:пароли(?:те)?|цял(?:ата|а)?|целият?|паралелк\w*|всички(?:те)?"
    r"|(?:моя|моят|нашия|нашият) клас|класа? (?:ми|ни)|(?:за|на) класа?"
    r"|passwords|whole|entire|all|my class|paroli(?:te)?|celiq|celia|cqlata|paralelk\w*|vsi4ki|vsichki)(?![^\W_])",
    re.IGNORECASE,
)
_EVERYDAY = re.compile(
    # In a sentence about a whole class nothing else is said; no name is one of these.
    r"(?:на|за|от|до|в|във|с|със|по|и|или|се|си|съм|е|са|ми|ни|му|им|го|я|ги|не|ли|да|ще|ако|как|днес|утре|сега|пак|още|вече"
    r"|спешно|бързо|веднага|отново|моля|здравейте|здравей|здрасти|добър|ден|утро|може|мога|могат|можете|искам|искаме|иска|искат"
    r"|дай|дайте|дам|дадем|дадете|трябв\w+|нужн\w+|забрав\w+|изгуб\w+|загуб\w+|смен\w+|смян\w+|нулир\w+|създа\w+|генерир\w+"
    r"|изда[йв]\w*|помн\w+|зна[ея]\w*|влез\w*|влиз\w*|вляз\w*|няма\w*|има|имам|имаме|имат|липсва\w*|работ\w+|търс\w+|намер\w+|покаж\w+|виж\w*"
    r"|достъп\w*|вход\w*|номер\w*|no|справка|проверка|парол\w*|временн\w*|еднократн\w*|първоначалн\w*|нова|профил\w*|акаунт\w*|клас(?:а|ът|ове|овете)?"
    r"|паралелк\w*|потребителск\w+|име|имена|цял\w*|целия\w*|всички\w*|моя|моят|нашия|нашият|нашата|моята"
    r"|password\w*|for|of|the|to|in|all|whole|entire|class|temporary|new|my|please|need|want|give|forgot\w*|reset|username|account"
    r"|za|na|ot|v|i|si|e|sa|parol\w*|nova|vremenn\w*|zabrav\w+|klas(?:a|at)?|paralelk\w*|iskam|trqbva\w*|tryabva\w*|molq|molya"
    r"|da[ij]te|da[ij]|smen\w+|nulir\w+|celiq|celia|cqlata|vsi4ki|vsichki|nqma\w*|nyama\w*)",
    re.IGNORECASE,
)
_NEW_PASSWORDS = re.compile(
    r"(?<![^\W_])(?:нови|new|novi)\s+(?=(?:временни |temporary )?(?:парол|passw|parol))", re.IGNORECASE
)
"""„Нови пароли“; „нови ученици“ are not all of a class."""
_MOST_WORDS = 4
_MOST_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """What was said of one person, or of a `whole` class. `class_` is as it is shown (`5 а`), or a grade (`5`)."""

    name: str = field(default="", repr=False)
    class_: str = ""
    username: str = field(default="", repr=False)
    whole: bool = False

    @property
    def inputs(self) -> Mapping[str, str]:
        """The inputs of a form that searches; none where nobody is spoken of. A class alone stands for all of it: it
        is filled in only for whoever speaks of the whole of it.
        """
        if self.username:
            return {"kind": "username", "typed": self.username}
        if not self.name and not (self.whole and " " in self.class_):  # a mere grade is no class
            return {}
        return {"kind": "name", "typed": " ".join(filter(None, (self.name, self.class_)))}


NOBODY = SpokenOf()


def spoken_of(text: str) -> SpokenOf:
    """Whom a sentence is about: words in capitals behind „на“ or „за“ (or two of them elsewhere), words of any kind
    before a class, and the class. Of several people nobody: none of them may be taken for another.
    """
    text = text[:_MOST_CHARACTERS]
    if hold_identifier(text):
        return NOBODY
    if found := _USERNAME.search(text):
        return SpokenOf(username=found[0].rstrip("."))
    rest, class_ = split_class(text)
    name = None if _CLASS.search(rest) else _name_before_class(text)
    if name == "":
        name = _name_in(rest)
    if name is None:
        return NOBODY
    if name:
        of_adult = any(_ADULT.match(word) for word in _WORD.findall(rest))
        return SpokenOf(name=name, class_="" if of_adult else class_)
    return SpokenOf(class_=class_, whole=_is_of_a_whole_class(text, rest))


def nobody_else(text: str) -> SpokenOf:
    """Whom a text names that is nothing but a name, a class, or both; NOBODY for any other."""
    if len(text) > _MOST_CHARACTERS or hold_identifier(text):
        return NOBODY
    rest, class_ = split_class(text.strip(" .,!?"))
    words = _WORD.findall(rest)
    while len(words) > 1 and (words[0].casefold() in _BEFORE_A_NAME or _PUPIL.match(words[0])):
        words.pop(0)  # „ученик Иван 5а“
    if _WORD.sub("", rest).strip(" ."):
        return NOBODY
    if not words:
        return SpokenOf(class_=class_, whole=True) if " " in class_ else NOBODY
    if len(words) > _MOST_WORDS or any(_says_something(word) or len(word) < 2 for word in words):
        return NOBODY
    if not class_ and (len(words) < 2 or not all(word[0].isupper() for word in words)):
        return NOBODY
    return SpokenOf(name=" ".join(words), class_=class_)


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


def _name_in(text: str) -> str | None:
    """Words in capitals: those near behind „на“, „за“ or „ученик“, else two or more of them; not the name of a
    school. None where several people are named.
    """
    words = _WORD_OR_COMMA.findall(text)
    small = any(word.islower() for word in words)
    runs: list[tuple[bool, bool, list[str]]] = []
    since: int | None = None  # words since „на“ or „за“
    of_school = parted = joined = False
    for place, word in enumerate(words):
        said = word.casefold()
        if _begins(words, place) and not _SCHOOLS.match(word) and _may_be_of_a_name(word, small=small):
            if not of_school and (parted or not runs):
                runs.append((since is not None and since <= _MOST_BETWEEN, joined, []))
            if not of_school:
                runs[-1][2].append(word)
            parted, joined = False, True
            continue
        joined = joined and said in _JOINED_BY
        parted, of_school = True, _SCHOOLS.match(word) is not None
        if said in _BEFORE_A_NAME or _PEOPLE.match(said):
            since = 0
        elif said in _PARTED_BY:
            since = None
        elif since is not None and said not in _JOINED_BY:
            since += 1
    if any(with_another for _, with_another, _ in runs):
        return None
    found = [run for behind, _, run in runs if behind] or [run for _, _, run in runs if len(run) > 1]
    return " ".join(found[0][:_MOST_WORDS]) if found else ""


def _begins(words: list[str], place: int) -> bool:
    """Whether a word in capitals may be of a name: the first of a sentence only with another one behind it."""
    if place:
        return words[place].casefold() not in _PARTED_BY
    second = words[1] if len(words) > 1 else ""
    return second[:1].isupper() and not _says_something(words[0]) and not _says_something(second)


def _name_before_class(text: str) -> str | None:
    """„на моника от 5а“, „Иван 5а“: the words right before a class, in whatever letters. None where several people
    are named.
    """
    found = _CLASS.search(text)
    before = _WORD_OR_COMMA.findall(_CLASS_WORDS.sub("", text[: found.start()])) if found else []
    name: list[str] = []
    while before and not _says_something(before[-1]) and before[-1] not in _JOINED_BY:
        name.insert(0, before.pop())
    if not name or _NOBODY_BY_NAME.match(name[0]) or len(name) > _MOST_WORDS:
        return ""
    if before and _SCHOOLS.match(before[-1]):
        return ""
    if before and before[-1].casefold() in _JOINED_BY:
        others = [word for word in before if word.casefold() not in _JOINED_BY]
        if others and not _says_something(others[-1]):
            return None
    return " ".join(name)


def _says_something(word: str) -> bool:
    """Whether a word is none of a name."""
    return (
        word.casefold() in _PARTED_BY
        or _EVERYDAY.fullmatch(word) is not None
        or _NO_NAMES.match(word) is not None
        or _NOBODY_BY_NAME.match(word) is not None
        or _SCHOOLS.match(word) is not None
    )


def _is_of_a_whole_class(text: str, rest: str) -> bool:
    """Whether nothing but all of a class can be meant: every word is one of those that say so."""
    if _OF_A_WHOLE_CLASS.search(text) is None or any(char.isdigit() for char in rest):
        return False  # „номера 3 и 7 от 5а“
    return all(_EVERYDAY.fullmatch(word) for word in _WORD.findall(_NEW_PASSWORDS.sub(" ", rest)))


def _may_be_of_a_name(word: str, *, small: bool) -> bool:
    """`small`: there are words in small letters, so that one all in capitals is an abbreviation."""
    if not word[0].isupper() or len(word) < 2 or _NO_NAMES.match(word):
        return False
    return not small or len(word) > 4 or not word.isupper()
