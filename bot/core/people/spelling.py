"""How Bulgarian names are written in Latin letters, and the fold in which all the ways meet.

The law: Закон за транслитерацията, ДВ 19/2009. МОН's generator does not follow it (щ shch, ю iu, я ia, й i, ь i), and
people write шльокавица (4 ч, 6 ш, q я, j ж or й, y or u ъ, c ц, x х).

A fold is the law's spelling with what the ways disagree about levelled out: щ is `sht`, х `h`, й и ь all `i`, ъ `a`,
and a doubled letter is one. A letter that stands for several gives several folds, so that Jana finds both Жана and
Яна.

A letter of another alphabet has several readings where names in Bulgarian registers are written in several ways: Ömer
is Юмер, Йомер and Омер. The Turkish rule: ö is ьо after a consonant and йо elsewhere (both fold to `io`), ı is ъ.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

CYRILLIC: Mapping[str, str] = {
    # Not letters of the Bulgarian alphabet, but of names in Bulgarian registers (ѝ, Russian, Ukrainian …
    "ѝ": "i", "ѐ": "e", "ё": "yo", "ы": "y", "э": "e", "і": "i", "ї": "yi", "є": "ye", "ґ": "g",
    # … Belarusian, Macedonian, Serbian, Kazakh).
    "ў": "u", "ј": "y", "љ": "ly", "њ": "ny", "ћ": "ch", "ђ": "dzh", "џ": "dzh", "ѓ": "gy", "ќ": "ky", "ѕ": "dz",
    "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "yo", "ұ": "u", "ү": "yu", "һ": "h",
}  # fmt: skip

CYRILLIC_READINGS: Mapping[str, tuple[str, ...]] = {
    "ё": ("yo", "e"),
    "є": ("ye", "e"),
    "ө": ("yo", "o"),
    "ү": ("yu", "u"),
    "ґ": ("g", "h"),
}
"""Алёна is Альона and Алена; Євген is Евген."""

MARKED: Mapping[str, tuple[str, ...]] = {
    # Turkish
    "ö": ("io", "o", "iu"), "ü": ("iu", "u", "i"), "ı": ("a", "i"), "ş": ("sh",), "ç": ("ch", "s"), "ğ": ("g", ""),
    "â": ("a", "ia"), "û": ("u", "iu"),
    # Romanian
    "ș": ("sh",), "ț": ("ts",), "ţ": ("ts",), "ă": ("a",), "î": ("i", "a"),
    # Serbian, Czech, Polish, Hungarian
    "š": ("sh",), "č": ("ch",), "ž": ("zh",), "ć": ("ch",), "đ": ("d", "dzh"), "ě": ("e", "ie"), "ř": ("r", "rzh"),
    "ł": ("l",), "ś": ("sh", "s"), "ż": ("zh",), "ź": ("z", "zh"), "ą": ("a", "on"), "ę": ("e", "en"),
    "ó": ("o", "u"), "ő": ("io", "o"), "ű": ("iu", "u"),
    # German, French, Spanish, Nordic
    "ä": ("a", "e"), "ø": ("io", "o"), "å": ("o", "a"), "æ": ("e", "ae"), "œ": ("io", "e"), "ñ": ("n", "ni"),
    # Azeri, Vietnamese; the other marks of Vietnamese and those of Chinese are tones and are dropped
    "ə": ("e", "a"), "ư": ("u", "a", "i"),
}  # fmt: skip


_LAW = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya",
    **CYRILLIC,
}  # fmt: skip
_MON = _LAW | {"й": "i", "ь": "i", "щ": "shch", "ю": "iu", "я": "ia", "ы": "yi"}

_LOOK_ALIKES = str.maketrans("aeopcxykmthbijs", "аеорсхукмтнвіјѕ")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z]")
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[\w\s-]*")
_DROPPED = re.compile(r"['’‘`´ʼ]")

_TURKISH_CAPITALS = re.compile("[ŞĞİı]")
_UNIT = re.compile(r"shch|sch|sht|sh|ch|zh|kh|gh|tz|ts|ck|.", re.DOTALL)
_WIDE_UNIT = re.compile(rf"cz|sz|th|ph|oo|ee|ou|{_UNIT.pattern}", re.DOTALL)
_VOWELS = frozenset("aeiouy")
"""After these an o is an o; after a consonant, and at the beginning, it may be an ö that lost its dots."""
_READINGS: dict[str, tuple[str, ...]] = {
    "ck": ("tsk", "k"),
    "4": ("ch",),
    "6": ("sh",),
    "q": ("ia",),
    "w": ("v",),
    "j": ("zh", "i"),
    "y": ("i", "a"),
    "u": ("u", "a", "iu"),
    "c": ("ts", "k", "dzh"),
    "x": ("h", "ks"),
    "gh": ("g", "gh"),
}
_WIDE_READINGS = _READINGS | {
    "c": ("ts", "k", "dzh", "ch"),
    "y": ("i", "a", ""),
    "s": ("s", "sh"),
    "g": ("g", ""),
    "i": ("i", "a"),
    "h": ("h", "g", ""),
    "x": ("h", "ks", "s"),
    "q": ("ia", "k", "ch"),
    "w": ("v", "u"),
    "zh": ("zh", "dzh"),
    "cz": ("ch",),
    "sz": ("sh", "sz"),
    "th": ("t", "th"),
    "ph": ("f", "ph"),
    "oo": ("u", "o"),
    "ee": ("i", "e"),
    "ou": ("u", "ou"),
}
_MOST_READINGS = 1024
_FOLDED_AWAY = (("shch", "sht"), ("kh", "h"), ("tz", "ts"), ("y", "i"))
_DOUBLED = re.compile(r"(.)\1+", re.DOTALL)


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
    found = (_one_alphabet(_small(word)) for word in _WORD.findall(_DROPPED.sub("", visible)))
    return tuple(word for word in found if any(char.isalpha() for char in word))


def folds(word: str) -> frozenset[str]:
    """The folds of one word as `words` gives it: mostly one for a Cyrillic word, one per reading for a Latin one."""
    return _cyrillic_folds(word) if _CYRILLIC.search(word) else _latin_folds(word, wide=False)


def wide_folds(word: str) -> frozenset[str]:
    """The folds with what is only sometimes meant: a Latin s for ş, i for ı, c for ç, g for ğ, and English habits."""
    return _cyrillic_folds(word) if _CYRILLIC.search(word) else _latin_folds(word, wide=True)


@lru_cache(maxsize=8192)  # names repeat within a school and between schools
def _cyrillic_folds(word: str) -> frozenset[str]:
    ways = (
        _soft_sign(word, place) if char == "ь" else CYRILLIC_READINGS.get(char, (_LAW.get(char, char),))
        for place, char in enumerate(word)
    )
    return frozenset(_level(latin.replace("4", "ch").replace("6", "sh")) for latin in _readings(ways))


def _soft_sign(word: str, place: int) -> tuple[str, ...]:
    """Bulgarian has ь before о only; where Russian and Ukrainian have it elsewhere, a register may leave it out."""
    return ("y",) if word[place + 1 : place + 2] == "о" else ("y", "")


@lru_cache(maxsize=4096)
def _latin_folds(word: str, *, wide: bool) -> frozenset[str]:
    table, unit = (_WIDE_READINGS, _WIDE_UNIT) if wide else (_READINGS, _UNIT)
    plain = "".join(char if char in MARKED else _without_marks(char) for char in word)
    ways = (
        ("o", "io")
        if found[0] == "o" and plain[found.start() - 1 : found.start()] not in _VOWELS
        else MARKED.get(found[0]) or table.get(found[0], (found[0],))
        for found in unit.finditer(plain)
    )
    return frozenset(_level(reading) for reading in _readings(ways))


def _readings(ways: Iterable[tuple[str, ...]]) -> list[str]:
    readings = [""]
    for some in ways:
        fit = some if len(readings) * len(some) <= _MOST_READINGS else some[:1]
        readings = [start + way for start in readings for way in fit]
    return readings


def _without_marks(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if unicodedata.category(part) != "Mn")


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


def _small(word: str) -> str:
    """Casefolded; in a Turkish word a capital I is the dotless one, and İ the other."""
    if _TURKISH_CAPITALS.search(word):
        word = word.replace("I", "ı").replace("İ", "i")
    return word.casefold()


def _one_alphabet(word: str) -> str:
    """A Cyrillic word with look-alike Latin letters in it (Мaрия with a Latin a) is meant to be Cyrillic."""
    mixed = _CYRILLIC.search(word) and _LATIN.search(word)
    return word.translate(_LOOK_ALIKES) if mixed else word


def _level(latin: str) -> str:
    for written, folded in _FOLDED_AWAY:
        latin = latin.replace(written, folded)
    return _DOUBLED.sub(r"\1", latin)
