"""Which links stand in a list, and in which order."""

from collections.abc import Sequence
from hashlib import sha256

from bot.core.class_links.model import IN_ORDER, Flag, Link, LinkState, Who, who_acts
from bot.core.class_links.read import LinksSeen
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
        words = what.removeprefix(FIND).casefold().split()
        links = [link for link in links if _holds(link, seen, words)]
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


def _holds(link: Link, seen: LinksSeen, words: Sequence[str]) -> bool:
    """Whether every word stands in the title, the row's number, or the teacher's name or username."""
    text = f"{link.title} {link.class_id} {link.teacher} {name_of(seen, link.teacher)}".casefold()
    return all(word in text for word in words)
