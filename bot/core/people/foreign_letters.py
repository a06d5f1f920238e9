"""How the letters of other alphabets sound in Bulgarian names, in the spelling of the fold (`spelling.py`).

A letter has several readings where names in Bulgarian registers are written in several ways: Ömer is Юмер, Йомер and
Омер. Sources of the Turkish rule: ö is ьо after a consonant and йо elsewhere (both fold to `io`), ı is ъ.
"""

from collections.abc import Mapping

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
