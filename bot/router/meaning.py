"""From the concepts in a text to the command they speak for.

Each rule says: where these concepts appear together, this much speaks for that command. The weights are judgements:
4 and more where the concept alone names the service ("password"), about 2 where it only hints ("account"), and pairs
where two words together mean more than each ("hand" and "account"). What the bot must not even seem to offer (the
password of a director or of a whole class, marks, orders to forget its rules) is vetoed whatever else is said.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.conversation import Command
from bot.router.lexicon import Hit

ENOUGH = 2.0
"""Below this nothing is opened: the person gets the menu."""

GUESSED = 0.75
"""What a word counts that was recognised only by allowing for a slip of the hand."""

_L, _P, _T, _R = Command.LOOKUP, Command.PASSWORD, Command.TRANSFER, Command.REQUESTS
_N, _C, _H, _G = Command.NEW_ACCOUNTS, Command.CLASS_LINKS, Command.HELP, Command.LANGUAGE

_PAIRS: Mapping[str, tuple[frozenset[str], frozenset[str], int]] = {
    # A concept made of two others, in this order, the second at most so many words behind the first.
    "new-account": (frozenset({"new", "created"}), frozenset({"account", "username"}), 3),
    "new-person": (frozenset({"new"}), frozenset({"student", "teacher"}), 2),
    "no-account": (frozenset({"without"}), frozenset({"account", "username"}), 4),
    "cannot-enter": (frozenset({"cannot"}), frozenset({"enter"}), 5),
    "my-class": (frozenset({"my"}), frozenset({"class"}), 3),
    "what-you-do": (frozenset({"which"}), frozenset({"you-do"}), 3),
    "not-received": (frozenset({"not"}), frozenset({"received"}), 3),
    "request-came": (frozenset({"came", "received"}), frozenset({"request"}), 2),
    "changed-school": (frozenset({"change"}), frozenset({"school"}), 3),
    "refused-request": (frozenset({"refuse"}), frozenset({"request", "requests"}), 3),
}

_RULES: Sequence[tuple[str, Command, float]] = (
    ("username", _L, 3),
    ("account", _L, 2),
    ("account student", _L, 1),
    ("account teacher", _L, 1),
    ("number", _L, 2),
    ("identifier", _L, 2.5),
    ("login", _L, 2),
    ("inquiry", _L, 2.75),
    ("inquiry student", _L, 1),
    ("inquiry account", _L, 1),
    ("search", _L, 1),
    ("search student", _L, 1),
    ("search account", _L, 1),
    ("search number", _L, 1),
    ("search login", _L, 1),
    ("which account", _L, 1),
    ("which username", _L, 1),
    ("password", _P, 6),
    ("reset", _P, 2.5),
    ("change", _P, 0.5),
    ("temporary", _P, 1.5),
    ("forgot", _P, 1.5),
    ("forgot student", _P, 0.5),
    ("locked", _P, 4),
    ("cannot-enter", _P, 4.5),
    ("enter student", _P, 0.5),
    ("move", _T, 4),
    ("move account", _T, 2),
    ("move student", _T, 1),
    ("came", _T, 1.5),
    ("came account", _T, 2),
    ("came student", _T, 1.5),
    ("came school", _T, 2),
    ("obtain account", _T, 4),
    ("changed-school", _T, 3.5),
    ("other-school", _T, 4),
    ("other-school account", _T, 3),
    ("other-school new-person", _T, 2.5),
    ("school account", _T, 0.5),
    ("school code", _T, 2.5),
    ("certificate", _T, 2.5),
    ("request", _T, 2.5),
    ("request account", _T, 2),
    ("request student", _T, 0.5),
    ("withdraw", _T, 1.5),
    ("withdraw request", _T, 4.5),
    ("withdraw move", _T, 1),
    ("requests", _R, 5),
    ("requests move", _R, 2),
    ("requests withdraw", _T, 3),
    ("decide", _R, 4),
    ("decide request", _R, 3),
    ("decide move", _R, 4.5),
    ("decide other-school", _R, 3),
    ("waiting", _R, 1.5),
    ("queue", _R, 3),
    ("waiting decide", _R, 1),
    ("waiting request", _R, 2),
    ("waiting requests", _R, 1),
    ("late", _R, 1.5),
    ("late requests", _R, 1),
    ("late request", _R, 2),
    ("late school", _R, 1.5),
    ("asked-us", _R, 5),
    ("asked-us", _T, -8),
    ("refused-request", _R, 5),
    ("request-came", _R, 5),
    ("request-came", _T, -4),
    ("new-account", _N, 5.5),
    ("new-person", _N, 2),
    ("new-person account", _N, 2),
    ("new-person no-account", _N, 2),
    ("no-account", _N, 3),
    ("no-account student", _N, 2),
    ("not-received", _N, 2.5),
    ("created", _N, 2),
    ("created account", _N, 2),
    ("distribute", _N, 2.5),
    ("distribute account", _N, 2),
    ("distribute username", _N, 2),
    ("received account", _N, 3.5),
    ("remaining account", _N, 1),
    ("slip", _N, 4),
    ("slip account", _N, 1),
    ("onedrive", _N, 4),
    ("first-grade", _N, 3),
    ("first-grade account", _N, 2),
    ("file account", _N, 2.5),
    ("number", _N, -3),
    ("abroad", _N, 0.5),
    ("team", _C, 3),
    ("class", _C, 3),
    # "Ученик от 10 клас" says how old the student is, not which team is meant.
    ("grade", _C, -2),
    ("classroom", _C, 4),
    ("links", _C, 3.5),
    ("subject", _C, 1.5),
    ("subject group", _C, 1),
    ("subject missing", _C, 1.5),
    ("class missing", _C, 1.5),
    ("team missing", _C, 1.5),
    ("group missing", _C, 2),
    ("my-class", _C, 2),
    ("lessons", _C, 1),
    ("help", _H, 4),
    ("greeting", _H, 3),
    ("capability", _H, 4),
    ("what-you-do", _H, 4),
    ("how", _H, 1),
    ("how use", _H, 3),
    ("question", _H, 3),
    ("confused", _H, 3.5),
    ("activate", _H, 4),
    ("sen", _H, 3),
    ("to-whom", _H, 2),
    ("to-whom give", _H, 4),
    ("to-whom password", _H, 5),
    ("to-whom account", _H, 2.5),
    ("may give", _H, 4.5),
    ("may give password", _H, 4),
    ("may give account", _H, 2.5),
    ("relative give", _H, 2.5),
    ("relative may", _H, 3),
    ("relative may password", _H, 4),
    ("english", _G, 4),
    ("bulgarian", _G, 3.5),
    ("language", _G, 3.5),
    ("change language", _G, 2),
    ("confused english", _G, 2),
    ("confused bulgarian", _G, 2),
    # "По английски" is a lesson, not a wish to speak it.
    ("subject english", _G, -3),
    ("subject bulgarian", _G, -3),
)

_COMPILED = tuple((frozenset(names.split()), command, weight) for names, command, weight in _RULES)

_PERSONAL = frozenset({_L, _P, _N})
"""Services that lead to a named person's account."""


def command_of(hits: Iterable[Hit]) -> Command | None:
    """The command these concepts speak for, None when nothing speaks clearly enough or something forbids it."""
    where: dict[str, list[int]] = {}
    sure: set[str] = set(_PAIRS)
    for hit in hits:
        where.setdefault(hit.concept, []).append(hit.position)
        if not hit.guessed:
            sure.add(hit.concept)
    _pair_up(where)
    if "injection" in where or "records" in where:
        return None
    scores = dict.fromkeys(Command, 0.0)
    for names, command, weight in _COMPILED:
        if names <= where.keys():
            scores[command] += weight if names <= sure else weight * GUESSED
    best = max(scores, key=scores.__getitem__)
    if scores[best] < ENOUGH or _forbidden(best, where):
        return None
    return best


def _pair_up(where: dict[str, list[int]]) -> None:
    for pair, (firsts, seconds, reach) in _PAIRS.items():
        begins = [at for name in firsts for at in where.get(name, ())]
        ends = {at for name in seconds for at in where.get(name, ())}
        found = [at for at in begins if ends.intersection(range(at, at + reach + 1))]
        if found:
            where[pair] = found


def _forbidden(command: Command, where: Mapping[str, Sequence[int]]) -> bool:
    if command in _PERSONAL and "destroy" in where:
        return True
    if "all" in where and (command in {_L, _P} or where.keys() & {"password", "identifier"}):
        return True
    if command is _P and "passwords" in where and not where.keys() & {"forgot", "cannot", "locked", "not"}:
        return True
    if command is _L and "contact" in where:
        return True
    return command in _PERSONAL and "protected" in where and _is_about_protected(where)


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
