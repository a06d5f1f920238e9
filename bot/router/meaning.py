"""From the concepts in a text to the command they speak for.

The rules of `weights.py` add up; the command with most is meant, if it is enough. What the bot must not even seem to
offer (the password of a director or of a whole class, marks, orders to forget its rules) is vetoed, whatever
else is said.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.conversation import Command
from bot.router.lexicon import Hit
from bot.router.weights import PAIRS, RULES

ENOUGH = 2.0
"""Below this nothing is opened: the person gets the menu."""

GUESSED = 0.75
"""What a word counts that was recognised only by allowing for a slip of the hand."""

NEVER = frozenset({"injection", "records", "outside", "decide-all", "move-all", "move-lesson"}) | {
    "foreign-password",
    "password-foreign",
}
"""Orders to forget the rules, wholesale decisions, and what the school has other people and systems for."""

_PERSONAL = frozenset({Command.LOOKUP, Command.PASSWORD, Command.NEW_ACCOUNTS})
"""Services that lead to a named person's account."""


def command_of(hits: Iterable[Hit]) -> Command | None:
    """The command these concepts speak for, None when nothing speaks clearly enough or something forbids it."""
    where: dict[str, list[int]] = {}
    sure: set[str] = set(PAIRS)
    for hit in hits:
        where.setdefault(hit.concept, []).append(hit.position)
        if not hit.guessed:
            sure.add(hit.concept)
    _pair_up(where)
    if where.keys() & NEVER:
        return None
    scores = dict.fromkeys(Command, 0.0)
    for names, command, weight in RULES:
        if names <= where.keys():
            scores[command] += weight if names <= sure else weight * GUESSED
    best = max(scores, key=scores.__getitem__)
    if scores[best] < ENOUGH or _forbidden(best, where):
        return None
    return best


def _pair_up(where: dict[str, list[int]]) -> None:
    for pair, (firsts, seconds, reach) in PAIRS.items():
        begins = [at for name in firsts for at in where.get(name, ())]
        ends = {at for name in seconds for at in where.get(name, ())}
        found = [at for at in begins if ends.intersection(range(at + (firsts == seconds), at + reach + 1))]
        if found:
            where[pair] = found


def _forbidden(command: Command, where: Mapping[str, Sequence[int]]) -> bool:
    said = where.keys()
    looks_up, resets = command is Command.LOOKUP, command is Command.PASSWORD
    return (
        ("destroy" in said and (command in _PERSONAL or "all" in said))
        or ("all" in said and (looks_up or resets or bool(said & {"password", "identifier"})))
        or (looks_up and "usernames" in said and bool(said & {"group", "class", "grade"}))
        or (resets and "passwords" in said and not said & {"forgot", "cannot", "locked", "not"})
        or ("contact" in said and ((looks_up and "mail-address" not in said) or command is Command.CLASS_LINKS))
        or (command in _PERSONAL and "protected" in said and _is_about_protected(where))
    )


def _is_about_protected(where: Mapping[str, Sequence[int]]) -> bool:
    """A director may speak of themselves ("I am the director, a password for a student"): then a student is named."""
    others = [at for name in ("student", "teacher", "group", "number", "login") for at in where.get(name, ())]
    if not others:
        return True
    things = [at for name in ("password", "account", "username") for at in where.get(name, ())]
    return any(
        0 < guarded - thing <= 3 and not any(thing < other < guarded for other in others)
        for guarded in where["protected"]
        for thing in things
    )
