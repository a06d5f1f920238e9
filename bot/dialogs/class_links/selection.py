"""Which links stand in a list, and in which order."""

import string
from collections.abc import Iterator, Sequence
from hashlib import sha256

from bot.core.class_links.model import IN_ORDER, Flag, Link, LinkState, Who, who_acts
from bot.core.class_links.read import LinksSeen
from bot.core.people.classes import classes_of_team
from bot.core.people.spelling import folds
from bot.core.people.spelling import words as spelling_of
from bot.core.people.spoken_of import same_class, split_class
from bot.dialogs.class_links.words import name_of

ALL, FIND, OF_TEACHER = "all", "find:", "teacher:"
"""Lists, beside those of a state, of a flag, and of what is to be reported (`Who.HELP_DESK`). After FIND follow the
words that were looked for, after OF_TEACHER the whole username of the teacher.
"""

LONGEST_FIND = 60
LONGEST_WHAT = max(len(FIND) + LONGEST_FIND, len(OF_TEACHER) + 64)
"""A list's name: a username has 64 characters at most (learn.microsoft.com, "userPrincipalName")."""

STATES = (*(state for state in LinkState if state not in IN_ORDER), *IN_ORDER)
"""What needs attention comes first."""

_MUCH_OF_A_NUMBER = 4
"""Characters: fewer stand in many numbers."""
_MARKS = f"{string.punctuation}„“”‘’«»№–—"

_PLACE = {state: place for place, state in enumerate(STATES)}


def selected(seen: LinksSeen, what: str) -> tuple[Link, ...]:
    """The links of one list; of an unknown one all of them."""
    links: Sequence[Link] = seen.links
    if what in set(LinkState):
        links = [link for link in links if link.state == what]
    elif what in set(Flag):
        links = [link for link in links if what in link.flags]
    elif what == Who.HELP_DESK:
        links = [link for link in links if who_acts(link) is Who.HELP_DESK]
    elif what.startswith(OF_TEACHER):
        links = [link for link in links if link.teacher and link.teacher == what.removeprefix(OF_TEACHER)]
    elif what.startswith(FIND):
        links = _looked_for(links, seen, what.removeprefix(FIND))
    return tuple(sorted(links, key=lambda link: (settled(link), _PLACE[link.state], link.title, link.key)))


def settled(link: Link) -> bool:
    """Whether nothing is to be done about it."""
    return link.state in IN_ORDER and not link.flags


def handle(link: Link) -> str:
    """What a choice of the link carries. It names the link and not its place: a client that goes on offering the
    choices of the card before ticks what it says all the same.
    """
    return sha256(link.key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def handle_of(links: Sequence[Link]) -> str:
    """The same for several: whether these are those that were spoken of."""
    return sha256(" ".join(sorted(map(handle, links))).encode()).hexdigest()[:16]


def _looked_for(links: Sequence[Link], seen: LinksSeen, typed: str) -> Sequence[Link]:
    """Those of the class that was typed, if one was, in which every other word is found."""
    rest, class_ = split_class(typed)
    if class_:
        found = [link for link in links if _is_of(link, class_) and _holds(link, seen, rest)]
        # „Х. И. Образцов“ and „Модул 2“ may speak of no class; „12 а“ does.
        if found or (" " in class_ and any(character.isdigit() for character in typed)):
            return found
    return [link for link in links if _holds(link, seen, typed)]


def _is_of(link: Link, class_: str) -> bool:
    classes = classes_of_team(link.title) or split_class(link.title)[1:]
    return any(same_class(one, class_) for one in classes)


def _holds(link: Link, seen: LinksSeen, typed: str) -> bool:
    """Whether every word stands in a word of the title, or of the teacher's name or username, in whichever alphabet;
    or is the row's number, or much of it.
    """
    text = f"{link.title} {link.teacher} {name_of(seen, link.teacher)}".casefold()
    own, number = text.split(), link.class_id.casefold()
    spelled = frozenset().union(*map(folds, spelling_of(text)))

    def stands(word: str) -> bool:
        if word == number or (len(word) >= _MUCH_OF_A_NUMBER and word in number):
            return True
        if word.isdecimal():
            return word in own
        if any(one.startswith(word) or (len(word) > 1 and word in one) for one in own):
            return True
        parts = spelling_of(word)
        return bool(parts) and all(
            any(one.startswith(fold) for fold in folds(part) for one in spelled) for part in parts
        )

    return all(map(stands, _words(typed)))


def _words(typed: str) -> Iterator[str]:
    """What was typed word by word, without marks around them; what is nothing but marks is none."""
    for word in typed.casefold().split():
        if bare := word.strip(_MARKS):
            yield bare
