"""What a corrected list changes: whom it names anew, no longer, or otherwise."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from bot.core.lists.model import ListedPerson
from bot.core.people.spelling import words


@dataclass(frozen=True, slots=True)
class ListChanges:
    """`changed` as they are now; `same` is how many are as they were, wherever they stand."""

    new: tuple[ListedPerson, ...] = field(default=(), repr=False)
    gone: tuple[ListedPerson, ...] = field(default=(), repr=False)
    changed: tuple[ListedPerson, ...] = field(default=(), repr=False)
    same: int = 0


def changes(before: Sequence[ListedPerson], after: Sequence[ListedPerson]) -> ListChanges:
    """Of two lists of a school. Somebody is the same person by number, by username, or by name and class: so is who
    had neither number nor account before.
    """
    left = list(before)
    at: dict[Hashable, list[int]] = {}
    for place, one in enumerate(left):
        for key in keys_of(one):
            at.setdefault(key, []).append(place)
    taken: set[int] = set()
    new, changed, same = [], [], 0
    for one in after:
        known = [each for key in keys_of(one) for each in at.get(key, ()) if each not in taken]
        if not known:
            new.append(one)
            continue
        taken.add(known[0])
        if _said(left[known[0]]) == _said(one):
            same += 1
        else:
            changed.append(one)
    gone = tuple(one for place, one in enumerate(left) if place not in taken)
    return ListChanges(tuple(new), gone, tuple(changed), same)


def keys_of(one: ListedPerson) -> Sequence[Hashable]:
    """By what somebody is known again, the surest first. By name only who is in the same class: another may be called
    so, too.
    """
    return [*one.identifiers, *one.usernames, (frozenset(words(one.name)), one.class_)]


def _said(one: ListedPerson) -> tuple[object, ...]:
    return one.name, one.class_, one.usernames, one.identifiers, one.kind
