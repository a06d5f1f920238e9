"""From the concepts in a text to the dialog they speak for.

The rules of each dialog (`Recognised`) add up; the one with most is meant, if it is enough. What the bot must not
even seem to offer (the password of a director or of a whole class, marks, orders to forget its rules) is vetoed,
whatever else is said.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from bot.router.lexicon import Hit
from bot.router.pairs import PAIRS
from bot.router.recognised import Recognised, Where

ENOUGH = 2.0
"""Below this nothing is opened: the person is offered what the text hints at."""

GUESSED = 0.75
"""What a word counts that was recognised only by allowing for a slip of the hand."""

NEVER = frozenset({"injection", "records", "outside", "decide-all", "move-all", "move-lesson"}) | {
    "foreign-password",
    "password-foreign",
}
"""Orders to forget the rules, wholesale decisions, and what the school has other people and systems for."""


OTHER_MATTERS = frozenset({"contact", "exam", "foreign", "outside", "records"})
"""What is ruled out by these was said clearly: a name ("Тонев") is easily one slip from such a word ("тонер")."""

LANGUAGES = frozenset({"english", "bulgarian"})
"""Of more than a few words, these too: "Англия" is one slip from a language."""
_FEW_WORDS = 3


def dialog_meant(hits: Sequence[Hit], dialogs: Mapping[str, Recognised]) -> tuple[str | None, tuple[str, ...]]:
    """The dialog these concepts speak for, None when nothing speaks clearly enough or something forbids it; and then
    those they hint at and nothing forbids, the likeliest first.
    """
    many = any(hit.position >= _FEW_WORDS for hit in hits)
    where: dict[str, list[int]] = {}
    sure: set[str] = set(PAIRS)
    for hit in hits:
        if hit.guessed and (hit.concept in OTHER_MATTERS or (many and hit.concept in LANGUAGES)):
            continue
        where.setdefault(hit.concept, []).append(hit.position)
        if not hit.guessed:
            sure.add(hit.concept)
    _pair_up(where)
    if where.keys() & NEVER or ("exam" in where and "password" not in where):
        return None, ()
    scores = dict.fromkeys(dialogs, 0.0)
    for name, recognised in dialogs.items():
        scores[name] = _weigh(recognised, where.keys(), sure)
    _give_way(scores, dialogs, where.keys(), sure)
    best = max(scores, key=scores.__getitem__)
    if scores[best] >= ENOUGH and not _forbidden(dialogs[best], where):
        return best, ()
    ranked = sorted((name for name in scores if scores[name] > 0), key=scores.__getitem__, reverse=True)
    return None, tuple(name for name in ranked if not _forbidden(dialogs[name], where))


def _weigh(recognised: Recognised, said: AbstractSet[str], sure: AbstractSet[str]) -> float:
    found = (one for one in recognised.weights if one[0] <= said)
    return sum(weight if concepts <= sure else weight * GUESSED for concepts, weight in found)


def _give_way(
    scores: dict[str, float], dialogs: Mapping[str, Recognised], said: AbstractSet[str], sure: AbstractSet[str]
) -> None:
    """What only politeness speaks for counts without it where another dialog is asked for."""
    for name, recognised in dialogs.items():
        others = max((score for other, score in scores.items() if other != name), default=0.0)
        if recognised.polite & said and others >= ENOUGH:
            scores[name] = _weigh(recognised, said - recognised.polite, sure)


def _pair_up(where: dict[str, list[int]]) -> None:
    for pair, (firsts, seconds, reach) in PAIRS.items():
        begins = [at for name in firsts for at in where.get(name, ())]
        ends = {at for name in seconds for at in where.get(name, ())}
        found = [at for at in begins if ends.intersection(range(at + (firsts == seconds), at + reach + 1))]
        if found:
            where[pair] = found


def _forbidden(recognised: Recognised, where: Where) -> bool:
    said = where.keys()
    return (
        ("destroy" in said and (recognised.personal or "all" in said))
        or ("all" in said and not _of_one_class(said) and bool(said & {"password", "identifier"}))
        or (recognised.personal and "protected" in said and _is_about_protected(where))
        or recognised.forbidden(where)
    )


def _of_one_class(said: AbstractSet[str]) -> bool:
    """All of a class that is named, or for which temporary ones are wanted."""
    return "whole" in said and not said.isdisjoint({"temporary", "group"})


def _is_about_protected(where: Where) -> bool:
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
