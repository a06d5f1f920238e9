"""What a corrected list changes: whom it names anew, no longer, or otherwise."""

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from bot.core.lists.model import ListedPerson
from bot.core.people.spelling import words


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file that is called like others: kept as `name`, in the place of those `replaced`, or `beside` them."""

    file: str
    name: str
    replaced: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListChanges:
    """`changed` as they are now; `same` is how many are as they were, wherever they stand. `files`: what became of
    those that were called like one that was there.
    """

    new: tuple[ListedPerson, ...] = field(default=(), repr=False)
    gone: tuple[ListedPerson, ...] = field(default=(), repr=False)
    changed: tuple[ListedPerson, ...] = field(default=(), repr=False)
    same: int = 0
    files: tuple[TakenFile, ...] = ()


def changes(before: Sequence[ListedPerson], after: Sequence[ListedPerson]) -> ListChanges:
    """Of two lists of a school. Somebody is the same person by number, by username, or by name and class: so is who
    had neither number nor account before. By name only who is left when all are known who can be known more surely.
    """
    known: dict[int, int] = {}
    for keys in (_numbers, _accounts, _names):
        _know(before, after, keys, known)
    new, changed, same = [], [], 0
    for place, one in enumerate(after):
        if place not in known:
            new.append(one)
        elif _said(before[known[place]]) == _said(one):
            same += 1
        else:
            changed.append(one)
    still = set(known.values())
    gone = tuple(one for place, one in enumerate(before) if place not in still)
    return ListChanges(tuple(new), gone, tuple(changed), same)


def _know(
    before: Sequence[ListedPerson],
    after: Sequence[ListedPerson],
    keys: Callable[[ListedPerson], Sequence[Hashable]],
    known: dict[int, int],
) -> None:
    """Adds to `known`, the place before by the place after, whom these keys tell. Goes through each list once."""
    taken = set(known.values())
    at: dict[Hashable, deque[int]] = {}
    for place, one in enumerate(before):
        for key in () if place in taken else keys(one):
            at.setdefault(key, deque()).append(place)
    for place, one in enumerate(after):
        for key in () if place in known else keys(one):
            left = at.get(key, deque())
            while left and left[0] in taken:
                left.popleft()
            if left and place not in known:
                known[place] = left.popleft()
                taken.add(known[place])


def keys_of(one: ListedPerson) -> Sequence[Hashable]:
    """By what somebody is known again, the surest first. By name only who is in the same class: another may be called
    so, too.
    """
    return [*one.identifiers, *one.usernames, (frozenset(words(one.name)), one.class_)]


def _numbers(one: ListedPerson) -> Sequence[Hashable]:
    return one.identifiers


def _accounts(one: ListedPerson) -> Sequence[Hashable]:
    return one.usernames


def _names(one: ListedPerson) -> Sequence[Hashable]:
    return keys_of(one)[-1:]


def _said(one: ListedPerson) -> tuple[object, ...]:
    return one.name, one.class_, one.usernames, one.identifiers, one.kind
