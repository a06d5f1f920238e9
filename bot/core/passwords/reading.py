"""How a temporary password is read aloud and typed: `Zegegosa2399` is Зе-ге-го-са and 2 3 9 9."""

_CYRILLIC = str.maketrans("DFGKMRSTVZdfgkmnrstvzaeiou", "ДФГКМРСТВЗдфгкмнрствзаеиоу")
_SYLLABLE = 2


def grouped(password: str) -> str:
    """For the eye: syllables two by two (an odd one at the end alone), then the digits: `Zege gosa 2399`."""
    word, number = _parts(password)
    pairs = [word[start : start + 2 * _SYLLABLE] for start in range(0, len(word), 2 * _SYLLABLE)]
    return " ".join([*pairs, number])


def syllables(password: str) -> tuple[str, ...]:
    """In Cyrillic, for the teacher who reads it aloud: `Зе`, `ге`, `го`, `са`."""
    cyrillic = _parts(password)[0].translate(_CYRILLIC)
    return tuple(cyrillic[start : start + _SYLLABLE] for start in range(0, len(cyrillic), _SYLLABLE))


def digits(password: str) -> str:
    """The digits at the end."""
    return _parts(password)[1]


def _parts(password: str) -> tuple[str, str]:
    word = password.rstrip("0123456789")
    return word, password[len(word) :]
