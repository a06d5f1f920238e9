"""What Entra demands of a cloud account's password.

Sources: learn.microsoft.com/entra/identity/authentication: concept-sspr-policy (length, characters, three of four
kinds) and concept-password-ban-bad (normalisation, edit distance, five points). Microsoft's list of banned words is
not published: this one is short and stands for it.
"""

# ruff: noqa: SIM905 -- lists of words are read as words

SHORTEST, LONGEST = 8, 256
BANNED = tuple(
    "password passwort qwerty abcdef abcabc letmein welcome iloveyou football dragon monkey sunshine princess school "
    "student teacher summer winter spring autumn bulgaria sofia plovdiv parola uchilishte uchenik testtest "
    "123456 12345678 111111 000000".split()
)
_AS_LETTERS = str.maketrans("01$@", "olsa")
_FEWEST_POINTS = 5
"""A banned word in the password is worth one, and so is every other character."""


def objection(password: str, nickname: str) -> str:
    """Why this password is not accepted for the account with this `mailNickname`, in English; "" if it is."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"The password must have {SHORTEST} to {LONGEST} characters."
    if not all(" " <= character <= "~" for character in password):
        return "The password contains characters that are not allowed."
    kinds = (str.isupper, str.islower, str.isdigit, lambda character: not character.isalnum())
    if sum(any(map(kind, password)) for kind in kinds) < 3:
        return "The password must have three of: capital letters, small letters, digits, symbols."
    if len(nickname) >= 4 and nickname.lower() in password.lower():
        return "The password must not contain the user name."
    if any(_is_weak(spelling) for spelling in _normal(password)):
        return "The password is too easy to guess."
    return ""


def _normal(password: str) -> set[str]:
    small = password.lower()
    return {small, small.translate(_AS_LETTERS)}


def _is_weak(spelling: str) -> bool:
    if any(_one_apart(spelling, word) for word in BANNED):
        return True
    points, rest = 0, spelling
    for word in sorted(BANNED, key=len, reverse=True):
        points += rest.count(word)
        rest = rest.replace(word, "\0")
    return points + len(rest.replace("\0", "")) < _FEWEST_POINTS


def _one_apart(one: str, other: str) -> bool:
    """Whether one edit or none makes them equal."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]
