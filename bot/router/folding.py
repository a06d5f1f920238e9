"""Brings one word to the key it is compared by, however it was typed.

The alphabet of keys is Cyrillic. Latin letters are read as шльокавица (`6t` and `sht` are щ, `4` is ч, `q` is я),
letters doubled by accident are written once, and й, ь and и are one letter, because people write each as `i` or `y`.
English words go the same way on both sides of a comparison, so it does not matter that their keys look odd.
A word of mixed scripts is read twice: as look-alikes (Latin `p` for р) and as sounds (Latin `p` for п).
A Latin word with `sh`, `ya` and the like is also read letter by letter, so that "englsih" is one slip from "english".
"""

import re

_SOUNDS = re.compile("sht|6t|sh|ch|zh|ts|tz|ya|ia|ja|yu|iu|ju|yo|[a-z0-9]")
_SOUND = {
    "sht": "щ", "6t": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "ts": "ц", "tz": "ц", "ya": "я", "ia": "я", "ja": "я",
    "yu": "ю", "iu": "ю", "ju": "ю", "yo": "ио", "4": "ч", "6": "ш",
    "a": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ж", "k": "к",
    "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "я", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в",
    "w": "в", "x": "х", "y": "ъ", "z": "з",
}  # fmt: skip
_LOOKS = str.maketrans(
    dict(zip("ABCEHIKMOPTXYaceikmnoprtuxy306", "авсенікмортхуасеікмпоргтихузоб".replace("і", "и"), strict=True))
)
_ONE_LETTER = str.maketrans({"й": "и", "ь": "и", "ы": "и", "э": "е", "ё": "е", "ѝ": "и"})
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_REPEATED = re.compile(r"(.)\1+")


def readings(word: str) -> tuple[str, ...]:
    """The keys a typed word may stand for, one or two, the likelier first. `word` is one token, any case."""
    if not _LATIN.search(word):
        return (_fold(word),)
    sounds = _fold(_sounded(word))
    if not _CYRILLIC.search(word):
        letters = _fold("".join(_SOUND.get(letter, letter) for letter in word.casefold()))
        return (sounds, letters) if sounds != letters else (sounds,)
    looks = _fold(word.translate(_LOOKS))
    return (looks, sounds) if looks != sounds else (looks,)


def spellings(word: str) -> tuple[str, ...]:
    """The keys a listed word is found under: ъ is typed as `y`, as `a` and as `u`."""
    if not _CYRILLIC.search(word):
        return readings(word)
    keys = [""]
    for letter in readings(word)[0]:
        keys = [key + choice for key in keys for choice in ("ъау" if letter == "ъ" else letter)]
    return tuple(dict.fromkeys(keys))


def _sounded(word: str) -> str:
    return _SOUNDS.sub(lambda match: _SOUND.get(match[0], match[0]), word.casefold())


def _fold(word: str) -> str:
    # "искания" is typed iskaniq, iskaniya and iskania.
    return _REPEATED.sub(r"\1", word.casefold().translate(_ONE_LETTER).replace("ия", "я"))
