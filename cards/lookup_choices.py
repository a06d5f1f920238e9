"""Several people may be meant: each is a row, and a press on it says which."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cards.account_lines import more, shown
from cards.actions import Button, Press, offered
from cards.card import CardJson, card, never_fails, sentence
from cards.checked import CardError
from cards.rows import Row, rows
from cards.words import TextOf, data, shortened, without_numbers

MOST_CHOICES = 10
"""As many as a person can oversee, and as a card can hold with what each press carries."""
_LONGEST_PART = 60
_PARTS = " · "


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """One person, or one account of a person; `press` means it. Empty parts are left out. `is_teacher`: the school's
    teachers are found by name too, and are told from its students by a word. `is_current`: the account in use.
    """

    press: Press
    name: str = field(repr=False)
    username: str = field(default="", repr=False)
    class_: str = ""
    school: str = ""
    is_teacher: bool = False
    is_current: bool = False


def told_apart(*people: Sequence[str]) -> tuple[str, ...]:
    """A title for each, no two alike: its first part (the name), with as many of the further ones (class, username)
    as tell it from the others.
    """
    said = [1] * len(people)
    for _ in range(max(map(len, people), default=1) - 1):
        titles = [_title(parts[:most]).casefold() for parts, most in zip(people, said, strict=True)]
        said = [most + (titles.count(title) > 1) for most, title in zip(said, titles, strict=True)]
    titles = [_title(parts[:most]) for parts, most in zip(people, said, strict=True)]
    return tuple(_numbered(title, titles[:place].count(title)) for place, title in enumerate(titles))


def _numbered(title: str, before: int) -> str:
    return f"{title} ({before + 1})" if before else title


def person_rows(t: TextOf, choices: Sequence[PersonChoice]) -> tuple[Row, ...]:
    """The first people, each told from every other by the title of its row; what that does not say is on the line
    below.
    """
    parts = [_parts(choice, t) for choice in choices[:MOST_CHOICES]]
    rest = [
        [without_numbers(data(choice.school)), t("card-result-current") if choice.is_current else ""]
        for choice in choices
    ]
    return tuple(
        Row(title, (_title([*(one for one in said[1:] if one not in title), *also]),), choice.press)
        for choice, said, also, title in zip(choices, parts, rest, told_apart(*parts), strict=False)
    )


@never_fails
def lookup_choices_card(t: TextOf, *, lead: str, choices: tuple[PersonChoice, ...], new_search: Button) -> CardJson:
    """The first `MOST_CHOICES` people, as many as a person can oversee. `lead` says what to do. No inputs."""
    if not choices:
        raise CardError("no people to choose from")
    return card(
        t,
        t("card-choices-title"),
        sentence(lead),
        *rows(*person_rows(t, choices)),
        *more(len(choices) - MOST_CHOICES, t),
        actions=offered(new_search),
    )


def _parts(choice: PersonChoice, t: TextOf) -> tuple[str, str, str]:
    class_ = t("card-choices-class", name=data(choice.class_)) if choice.class_ else ""
    role = t("card-choices-teacher") if choice.is_teacher else class_
    return shown(choice.name), without_numbers(role), data(choice.username)


def _title(parts: Sequence[str]) -> str:
    return _PARTS.join(shortened(data(part), _LONGEST_PART) for part in parts if part)
