"""How Bulgarian names are written in Latin letters, and the fold in which all the ways meet.

The law: Закон за транслитерацията, ДВ 19/2009. МОН's generator does not follow it (щ shch, ю iu, я ia, й i, ь i), and
people write шльокавица (4 ч, 6 ш, q я, j ж or й, y or u ъ, c ц, x х).

A fold is the law's spelling with what the ways disagree about levelled out: щ is `sht`, х `h`, й и ь all `i`, ъ `a`.
A letter that stands for several gives several folds, so that Jana finds both Жана and Яна.
"""

import re
import unicodedata
from functools import lru_cache

_LAW = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya",
    # Not letters of the Bulgarian alphabet, but of names in Bulgarian registers (ѝ, Russian, Ukrainian).
    "ѝ": "i", "ё": "yo", "ы": "y", "э": "e", "і": "i", "ї": "yi", "є": "ye", "ґ": "g",
}  # fmt: skip
_MON = _LAW | {"й": "i", "ь": "i", "щ": "shch", "ю": "iu", "я": "ia", "ы": "yi"}

# Latin letters with marks, by their sound; the marks of the others are dropped.
_MARKED = str.maketrans({"ş": "sh", "š": "sh", "ç": "ch", "č": "ch", "ž": "zh", "ı": "a"})
_LOOK_ALIKES = str.maketrans("aeopcxykmthb", "аеорсхукмтнв")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z]")
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[\w\s-]*")
_DROPPED = re.compile(r"['’‘`´ʼ]")

_UNIT = re.compile(r"shch|sch|sht|sh|ch|zh|kh|tz|ts|ck|.", re.DOTALL)
_READINGS: dict[str, tuple[str, ...]] = {
    "ck": ("tsk", "k"),
    "4": ("ch",),
    "6": ("sh",),
    "q": ("ia",),
    "w": ("v",),
    "j": ("zh", "i"),
    "y": ("i", "a"),
    "u": ("u", "a", "iu"),
    "c": ("ts", "k"),
    "x": ("h", "ks"),
}
_MOST_READINGS = 1024
_FOLDED_AWAY = (("shch", "sht"), ("kh", "h"), ("tz", "ts"), ("y", "i"))
_MANY_I = re.compile(r"i{2,}")


def law_latin(text: str) -> str:
    """The text in the letters of the Transliteration Act, its case kept (Щерев → Shterev, ЩЕРЕВ → SHTEREV)."""
    return _WORD.sub(lambda word: _law_word(word[0]), unicodedata.normalize("NFC", text))


def mon_latin(text: str) -> str:
    """The text in the letters of МОН's generator of accounts (Щерев → Shcherev), its case kept."""
    return _WORD.sub(lambda word: _spell(word[0], _MON), unicodedata.normalize("NFC", text))


def words(text: str) -> tuple[str, ...]:
    """The words of a name, casefolded, without quotes, apostrophes, marks and invisible characters."""
    composed = unicodedata.normalize("NFKC", text)
    visible = composed
    if not _PLAIN.fullmatch(composed):
        visible = "".join(char for char in composed if unicodedata.category(char) not in {"Cf", "Mn"})
    found = (_one_alphabet(word.casefold()) for word in _WORD.findall(_DROPPED.sub("", visible)))
    return tuple(word for word in found if any(char.isalpha() for char in word))


def folds(word: str) -> frozenset[str]:
    """The folds of one word as `words` gives it: one for a Cyrillic word, one per reading for a Latin one."""
    return _cyrillic_fold(word) if _CYRILLIC.search(word) else _latin_folds(word)


@lru_cache(maxsize=8192)  # names repeat within a school and between schools
def _cyrillic_fold(word: str) -> frozenset[str]:
    latin = _spell(word, _LAW).replace("4", "ch").replace("6", "sh")
    return frozenset({_level(latin)})


def _latin_folds(word: str) -> frozenset[str]:
    marked = word.translate(_MARKED)
    plain = "".join(char for char in unicodedata.normalize("NFKD", marked) if unicodedata.category(char) != "Mn")
    readings = [""]
    for unit in _UNIT.findall(plain):
        ways = _READINGS.get(unit, (unit,))
        if len(readings) * len(ways) > _MOST_READINGS:
            ways = ways[:1]
        readings = [start + way for start in readings for way in ways]
    return frozenset(_level(reading) for reading in readings)


def _law_word(word: str) -> str:
    lower = word.lower()
    if lower == "българия":  # the law's own exception: the name of the country
        return "BULGARIA" if word.isupper() else "Bulgaria" if word[0].isupper() else "bulgaria"
    if lower.endswith("ия"):  # word-final ия is ia: spelled as if it were иа
        word = word[:-1] + ("А" if word[-1].isupper() else "а")
    return _spell(word, _LAW)


def _spell(word: str, table: dict[str, str]) -> str:
    capitals = len(word) > 1 and word.isupper()
    spelled = []
    for char in word:
        latin = table.get(char.lower(), char)
        spelled.append(latin if char.islower() else latin.upper() if capitals else latin[:1].upper() + latin[1:])
    return "".join(spelled)


def _one_alphabet(word: str) -> str:
    """A Cyrillic word with look-alike Latin letters in it (Мaрия with a Latin a) is meant to be Cyrillic."""
    mixed = _CYRILLIC.search(word) and _LATIN.search(word)
    return word.translate(_LOOK_ALIKES) if mixed else word


def _level(latin: str) -> str:
    for written, folded in _FOLDED_AWAY:
        latin = latin.replace(written, folded)
    return _MANY_I.sub("i", latin)
