"""The class in a cell, a title, or the name of a file, in every spelling that schools use."""

import re
import unicodedata
from functools import lru_cache

from bot.core.lists.model import ListRemark
from bot.core.people.classes import LONGEST_CLASS, grade_of_class, normalise_class, normalise_grade

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan яну", "feb фев", "mar мар март", "apr апр", "may май", "jun юни", "jul юли", "aug авг",
            "sep sept сеп септ", "oct окт", "nov ное ноем", "dec дек",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_NAMED_DAY = re.compile(r"(\d{1,2})\s*[-./ ]\s*([^\W\d_]{3,5})\.?(?:\s*[-./ ]\s*\d{2,4})?(?:\s*г\.?)?")
_DAY = re.compile(r"(?:\d{4}-(\d{2})-(\d{2})(?:[ T][\d:.]+)?|(\d{1,2})\.(\d{1,2})\.\d{4}(?:\s*г\.?)?)", re.ASCII)
_HOUR = re.compile(r"0?([1-9]|1[0-2]):00(?::00)?", re.ASCII)
_LETTERS = "абвгдежзи"
"""In the order of classes. Further on some schools leave out й, so the tenth letter is in doubt."""

_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        (
            "първи", "втори", "трети", "четвърти", "пети", "шести", "седми", "осми", "девети", "десети",
            "единадесети", "дванадесети",
        ),
        start=1,
    )
}  # fmt: skip
_WORDS = re.compile(r"(?<!\w)(?:клас(?:ът|а)?|кл|паралелка|class|grade)(?!\w)\.?|[:№]", re.IGNORECASE)
_ORDINAL_END = re.compile(r"(?<=\d)\s*-?\s*(?:ви|ри|ти|ми)(?!\w)", re.IGNORECASE)
_SIGNS = re.compile(r"[.,/\\_|()]+")
_NUMBERED = re.compile(r"0?([1-9]|1[0-2])[./-]([1-9])", re.ASCII)
_GRADE = rf"(?:1[0-2]|0?[1-9]|[IVXІХ]{{1,4}}|{'|'.join(_ORDINALS)})"
_LETTER = r"[„“”\"'«»]*[А-Яа-яA-Za-z][„“”\"'«»]*"
_END = r"(?![^\W_])"
_CLASS_WORD = rf"кл(?:ас(?:а|ът|ове)?)?{_END}"
_IN_TITLE = re.compile(rf"(?<![^\W_]){_GRADE}[\s\-–.]*{_LETTER}(?:{_END}|(?={_CLASS_WORD}))", re.IGNORECASE)
_BEFORE = re.compile(r"(?:клас|паралелка)\s*:?\s*", re.IGNORECASE)
_AFTER = re.compile(rf"\s*{_CLASS_WORD}", re.IGNORECASE)
_ANOTHER = re.compile(rf"\s*(?:[,/+\-–—]|и|до)?\s*(?:{_LETTER}|{_GRADE}){_END}", re.IGNORECASE)
_OF_CLASSES = re.compile(rf"{_CLASS_WORD}|паралелк", re.IGNORECASE)


@lru_cache(maxsize=1024)  # a list has few classes, in many rows
def class_in(text: str) -> tuple[str, ListRemark | None]:
    """The class as it is shown (`5 б`; a grade alone as `5`), and what is to be looked at. What has another form is
    only tidied.
    """
    tidy = " ".join(unicodedata.normalize("NFKC", text).split())
    if (dated := _of_date(tidy)) is not None:
        return dated
    if numbered := _NUMBERED.fullmatch(tidy):
        return f"{numbered[1]}/{numbered[2]}", None
    bare = " ".join(_SIGNS.sub(" ", _WORDS.sub(" ", tidy)).split())
    bare = _ORDINAL_END.sub("", bare)
    first, _, rest = bare.partition(" ")
    if first.casefold() in _ORDINALS:
        bare = f"{_ORDINALS[first.casefold()]} {rest}".strip()
    # "5 - а": the signs between leave blanks, and "5 -а" is the same.
    found = normalise_class(bare)
    if grade := grade_of_class(found):
        _, _, letter = found.partition(" ")
        return found, None if letter else ListRemark.CLASS
    if (grade := normalise_grade(bare)).isascii() and grade.isdigit():
        return (grade, None) if int(grade) <= 12 else (tidy[:LONGEST_CLASS], ListRemark.CLASS)
    return tidy[:LONGEST_CLASS], None


def joined_class(class_: str, letter: str) -> tuple[str, ListRemark | None]:
    """The class of two cells: a grade and a letter, or the whole in either."""
    if not letter or not class_:
        return class_in(class_ or letter)
    found, remark = class_in(class_)
    if not (found.isascii() and found.isdigit()):
        return found, remark
    whole, doubt = class_in(letter)
    return (whole, doubt) if grade_of_class(whole) == found else class_in(f"{found} {letter}")


def class_in_title(title: str) -> str:
    """The class in a title or the name of a file or sheet (`5 б клас`, „Списък на учениците от V „б“ клас“); empty
    when it names none, several, or only a grade.
    """
    found = _classes_in(title)
    return found[0] if len(found) == 1 and is_class(found[0]) else ""


def names_several_classes(title: str) -> bool:
    """Whether it does („5 а и 5 б клас“, „клас 5 а – г“): whoever stands below may be of any."""
    return len(_classes_in(title)) > 1


def _classes_in(title: str) -> tuple[str, ...]:
    """Each class once; what is a class in doubt, or the further ones of „5 а, б и в“, as it stands there."""
    whole, remark = class_in(title)
    if remark is None and is_class(whole):
        return (whole,)
    title = unicodedata.normalize("NFKC", title)
    found: list[str] = []
    named = False
    for each in _IN_TITLE.finditer(title) if _OF_CLASSES.search(title) else ():
        class_, remark = class_in(each[0])
        if not grade_of_class(class_):  # "ХI" is a grade
            continue
        found.append(class_ if remark is None else each[0])
        if another := _ANOTHER.match(title, each.end()):
            found.append(another[0])
        before = any(word.end() == each.start() for word in _BEFORE.finditer(title))
        named = named or before or bool(_AFTER.match(title, each.end()))
    several = tuple(dict.fromkeys(found))
    return several if named or len(several) > 1 else ()


def is_class(text: str) -> bool:
    """Whether it is a grade and a letter, as `class_in` gives it."""
    return bool(grade_of_class(text)) and " " in text


def _of_date(tidy: str) -> tuple[str, ListRemark] | None:
    """Excel reads 5-2 (in Latin letters also "5 a") as a day or an hour. The day comes first on a Bulgarian computer;
    the second class of grade 5 is 5 б.
    """
    if hour := _HOUR.fullmatch(tidy):
        return f"{hour[1]} а", ListRemark.CLASS_FROM_DATE
    if named := _NAMED_DAY.fullmatch(tidy.casefold()):
        if (month := _MONTHS.get(named[2])) is None:
            return None
        day = int(named[1])
    elif numbers := _DAY.fullmatch(tidy):
        month, day = int(numbers[1] or numbers[4]), int(numbers[2] or numbers[3])
    else:
        return None
    if 1 <= day <= 12 and 1 <= month <= len(_LETTERS):
        return f"{day} {_LETTERS[month - 1]}", ListRemark.CLASS_FROM_DATE
    return "", ListRemark.CLASS
