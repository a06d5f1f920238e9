"""The grammar of usernames in the tenant, as НЕИСПУО generates them.

Students: one or two initials and eight or nine digits (`xy12345678`); teachers: `first.last`, with middle names and a
number where taken. School accounts are numbers (the school's code) and are no username of a person.
"""

import re
import unicodedata

# The only letters, digits and marks that ever reach a Graph filter: nothing that could close a quoted value (OData).
_LOCAL = re.compile(r"(?=.{3,64}\Z)[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*", re.ASCII)
_STUDENT = re.compile(r"[a-z]{1,2}[-._]?\d{8,9}", re.ASCII)
_OLD_FORM = re.compile(r"([a-z])(\d{8,9})", re.ASCII)
_NEW_FORM = re.compile(r"([a-z])[a-z](\d{8,9})", re.ASCII)
_LONG_NUMBER = re.compile(r"\d{10}")
_WORDS_APART = re.compile(r"[a-z]\s+[a-z]")
_LONGEST_INPUT = 200


def read_username(typed: str, domain: str) -> str | None:
    """The full user principal name in what a person typed, None when it cannot be a username of this domain.

    Accepts it with or without the domain, in capitals, with spaces, `mailto:` or angle brackets around it. Refuses
    other domains, Cyrillic letters and everything outside the grammar; also a number of ten digits, which would be a
    national identifier in the wrong box.
    """
    text = unicodedata.normalize("NFKC", typed[:_LONGEST_INPUT])
    text = "".join(char for char in text if unicodedata.category(char) != "Cf").strip().lower()
    text = text.removeprefix("<").removesuffix(">").removeprefix("mailto:").strip().rstrip(".,;")
    if _WORDS_APART.search(text):
        return None
    local, at, given_domain = "".join(text.split()).partition("@")
    if at and given_domain != domain.lower():
        return None
    if not _LOCAL.fullmatch(local) or _LONG_NUMBER.search(local):
        return None
    return f"{local}@{domain.lower()}"


def is_students(username: str) -> bool:
    """Whether a username (its local part) has the form of a student's."""
    return _STUDENT.fullmatch(username) is not None


def before_renaming(username: str) -> tuple[str, str] | None:
    """The letter and the digits of a student's username with one letter, in whatever case, with its domain or not:
    НЕИСПУО gave those a second letter in April 2024. None for any other.
    """
    found = _OLD_FORM.fullmatch(username.lower().partition("@")[0])
    return (found[1], found[2]) if found else None


def after_renaming(username: str) -> tuple[str, str] | None:
    """The same of a username that such a one may have become."""
    found = _NEW_FORM.fullmatch(username.lower().partition("@")[0])
    return (found[1], found[2]) if found else None
