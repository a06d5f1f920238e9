"""A list held against the accounts that there are: one pure function.

Whose account a listed person has is told by the number, then by the username, then by a username that was lengthened
(НЕИСПУО gave names of one letter a second one in April 2024), and last by name and class, if nobody else has them and
the list has no number, which would tell better. Where these contradict each other, or two rows are about one account,
nobody is told to have it: it may be a stranger's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from bot.core.lists.model import ListedPerson
from bot.core.people.spelling import folds, words
from bot.core.people.usernames import after_renaming, before_renaming


class HeldAccount(Protocol):
    """What is asked of an account: `bot.core.accounts.model.Account` has it."""

    @property
    def person(self) -> str:
        """The id in the directory."""

    @property
    def name(self) -> str:
        """As the directory writes it."""

    @property
    def username(self) -> str:
        """The whole of it."""

    @property
    def class_(self) -> str:
        """Empty for those in none."""

    @property
    def enabled(self) -> bool | None:
        """None while it is being made."""


class HeldState(StrEnum):
    """What has become of a listed person. Which one, the first line that fits decides:

    | accounts of this person                                    | is              |
    | ----------------------------------------------------------- | --------------- |
    | name and account are of different people, or the name of two | UNSURE          |
    | number and username are of different accounts               | UNSURE          |
    | a row of somebody else is about the same account            | UNSURE          |
    | told by the name alone, and the list's number by nobody     | BY_NAME         |
    | several in use in this school                               | TWO             |
    | one in use in this school, its username lengthened          | FORMER_USERNAME |
    | one in use in this school, under another username           | OTHER_USERNAME  |
    | one in use in this school                                   | FOUND           |
    | one in use in another school                                | OTHER_SCHOOL    |
    | one that is off                                             | DISABLED        |
    | none                                                        | ONLY_LISTED     |
    """

    ONLY_LISTED = "only-listed"
    FOUND = "found"
    DISABLED = "disabled"
    OTHER_SCHOOL = "other-school"
    TWO = "two"
    FORMER_USERNAME = "former-username"
    """As it was before April 2024."""
    OTHER_USERNAME = "other-username"
    """Somebody married, or a slip of the pen."""
    BY_NAME = "by-name"
    """An account may be newer than what was found out about numbers; or the number is wrong, in the list or there."""
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """A listed person and the accounts that are theirs, as far as it is known: those in use come first."""

    listed: ListedPerson
    state: HeldState
    accounts: tuple[HeldAccount, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldList:
    """`unlisted`: accounts of the school that no row is about."""

    people: tuple[HeldPerson, ...]
    unlisted: tuple[HeldAccount, ...] = field(default=(), repr=False)


def hold(
    people: Sequence[ListedPerson],
    accounts: Sequence[HeldAccount],
    *,
    numbers: Mapping[str, Sequence[str]],
    elsewhere: Sequence[HeldAccount] = (),
) -> HeldList:
    """Everybody of the list, in its order. `accounts` are all of the school, `elsewhere` what is known of others;
    `numbers` has the ids of those with a number, by its pseudonym.
    """
    known = _Known(accounts, elsewhere, numbers)
    names = Counter(_called(one.name, one.class_) for one in people)
    held = [known.hold(one, alone=names[_called(one.name, one.class_)] == 1) for one in people]
    about: dict[str, list[ListedPerson]] = defaultdict(list)
    for one in held:
        for account in one.accounts:
            about[account.person].append(one.listed)
    contested = {person for person, rows in about.items() if not _one_person(rows)}
    held = [
        replace(one, state=HeldState.UNSURE) if any(each.person in contested for each in one.accounts) else one
        for one in held
    ]
    return HeldList(tuple(held), tuple(one for one in accounts if one.person not in about))


class _Known:
    def __init__(
        self, own: Sequence[HeldAccount], elsewhere: Sequence[HeldAccount], numbers: Mapping[str, Sequence[str]]
    ) -> None:
        self._own = {one.person for one in own}
        self._numbers = numbers
        # Who is in both schools counts as of this one.
        self._by_id = {one.person: one for one in (*elsewhere, *own)}
        self._by_username = {one.username.lower(): one for one in self._by_id.values()}
        self._renamed: dict[tuple[str, str], list[HeldAccount]] = defaultdict(list)
        self._by_name: dict[tuple[frozenset[str], str], list[HeldAccount]] = defaultdict(list)
        for one in self._by_id.values():
            if found := after_renaming(one.username):
                self._renamed[found].append(one)
        for one in own:
            self._by_name[_called(one.name, one.class_)].append(one)

    def hold(self, one: ListedPerson, *, alone: bool) -> HeldPerson:
        """`alone`: nobody else of the list has this name and class."""
        ids = self._ids(one.identifiers)
        numbered = [self._by_id[each] for each in ids if each in self._by_id]
        written = [self._by_username[name.lower()] for name in one.usernames if name.lower() in self._by_username]
        lengthened = [] if written else _once(each for name in one.usernames for each in self._lengthened(name))
        if ids and (written or lengthened) and {each.person for each in written or lengthened}.isdisjoint(ids):
            return HeldPerson(one, HeldState.UNSURE, _once((*numbered, *written, *lengthened)))
        found = _once((*numbered, *written)) or tuple(lengthened)
        sure = bool(numbered or written) or len(found) == 1
        if not found and one.name and one.class_:
            found = tuple(self._by_name.get(_called(one.name, one.class_), ()))
            sure = alone and len(found) == 1
            if sure and one.identifiers:
                return HeldPerson(one, HeldState.UNSURE if ids else HeldState.BY_NAME, found)
        elif any(not may_be_one(one.name, each.name) for each in found):
            sure = False
        return self._judged(one, found) if sure or not found else HeldPerson(one, HeldState.UNSURE, found)

    def _ids(self, identifiers: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each for one in identifiers for each in self._numbers.get(one, ())))

    def _lengthened(self, username: str) -> Sequence[HeldAccount]:
        short = before_renaming(username)
        return self._renamed.get(short, ()) if short else ()

    def _judged(self, one: ListedPerson, found: Sequence[HeldAccount]) -> HeldPerson:
        ordered = tuple(sorted(found, key=lambda each: (each.enabled is False, each.person not in self._own)))
        used = [each for each in ordered if each.enabled is not False]
        here = [each for each in used if each.person in self._own]
        if len(here) > 1:
            state = HeldState.TWO
        elif here:
            state = _found(one.usernames, here[0].username)
        elif used:
            state = HeldState.OTHER_SCHOOL
        else:
            state = HeldState.DISABLED if ordered else HeldState.ONLY_LISTED
        return HeldPerson(one, state, ordered)


def _found(listed: Sequence[str], present: str) -> HeldState:
    """In use in this school, under this username."""
    if not listed or present.lower() in {name.lower() for name in listed}:
        return HeldState.FOUND
    longer = after_renaming(present)
    renamed = longer is not None and any(before_renaming(name) == longer for name in listed)
    return HeldState.FORMER_USERNAME if renamed else HeldState.OTHER_USERNAME


def _once(found: Iterable[HeldAccount]) -> tuple[HeldAccount, ...]:
    return tuple({one.person: one for one in found}.values())


def _one_person(rows: Sequence[ListedPerson]) -> bool:
    """Whether rows about one account are one person's: a list with numbers and one with usernames name a class twice.
    Brothers share two names of three, so all the words of a name have to be in the other.
    """
    if len(rows) == 1:
        return True
    names = sorted((frozenset(words(one.name)) for one in rows), key=len)
    numbers = {frozenset(one.identifiers) for one in rows if one.identifiers}
    classes = {one.class_ for one in rows if one.class_}
    return (
        len(names[0]) > 1
        and all(one <= other for one, other in pairwise(names))
        and len(classes) <= 1
        and (not numbers or bool(frozenset.intersection(*numbers)))
    )


def _called(name: str, class_: str) -> tuple[frozenset[str], str]:
    return frozenset(words(name)), class_


def may_be_one(listed: str, known: str) -> bool:
    """Whether two names may be of one person: two words are the same, in whatever letters, or the only one, and the
    given name is among them, which the directory writes first: brothers share the other two. A list in which a column
    slipped by a row would hand everybody somebody else's account, and given names repeat.
    """
    some, others = ([folds(word) for word in dict.fromkeys(words(name))] for name in (listed, known))
    if not some or not others:
        return True
    if not any(others[0] & each for each in some):
        return False
    alike = min(
        sum(any(fold & each for each in there) for fold in here) for here, there in ((some, others), (others, some))
    )
    return alike >= min(2, len(some), len(others))
