"""Class teams, and which class (паралелка) each speaks of: the directory has one team per curriculum row."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.people.classes import classes_of_team
from bot.core.people.model import Person, SchoolClass
from bot.graph.batch import MOST_ITEMS
from bot.graph.school_years import KnownClass

_QUOTES = str.maketrans("", "", "„“”\"'’‘«»`´.")
_CLASS_HOUR = frozenset({"час на класа", "чк", "час на класния ръководител"})
_GRADED = re.compile(r"([0-9]{1,2})(?: (.+))?")


@dataclass(frozen=True, slots=True)
class ClassTeam:
    """A team: its directory id, its display name, and the classes that name speaks of. `registered`: its name in the
    register, which its owners cannot change; empty where the tenant does not keep it (docs/adr/0081).
    """

    id: str
    name: str
    classes: tuple[str, ...]
    registered: str = ""

    @classmethod
    def named(cls, identifier: str, name: str, registered: str = "") -> "ClassTeam":
        """A team, its name read. A name in the register that tells neither a class nor a lesson (a number, say) tells
        nothing of the team.
        """
        telling = registered and (_is_class_hour(registered) or classes_of_team(registered))
        return cls(identifier, name, classes_of_team(name), registered if telling else "")

    @property
    def is_class_hour(self) -> bool:
        """Whether its subject is „Час на класа“, whose teacher is the class teacher (класен ръководител), also by the
        register, and of the same classes: whoever owns a team can call it so.
        """
        if not _is_class_hour(self.name) or not self.registered:
            return _is_class_hour(self.name)
        return _is_class_hour(self.registered) and classes_of_team(self.registered) == self.classes


def teams_of(classes: Iterable[KnownClass]) -> tuple[ClassTeam, ...]:
    """The teams of these classes, in the same order."""
    return tuple(ClassTeam.named(one.id, one.title, one.registered) for one in classes)


def _is_class_hour(name: str) -> bool:
    subject = unicodedata.normalize("NFKC", name).translate(_QUOTES).partition(" - ")[0]
    return " ".join(subject.split()).casefold() in _CLASS_HOUR


def classes_in(teams: Iterable[ClassTeam]) -> tuple[SchoolClass, ...]:
    """The classes that teams speak of, in order, each with the teams that tell its students: those that name it
    alone, else all that name it; at most as many as one batch asks. „Час на класа“ comes first: it has everybody.
    """
    alone: dict[str, list[ClassTeam]] = defaultdict(list)
    together: dict[str, list[ClassTeam]] = defaultdict(list)
    for team in sorted(teams, key=lambda team: (not team.is_class_hour, team.name, team.id)):
        for name in team.classes:
            (alone if len(team.classes) == 1 else together)[name].append(team)
    named = sorted({*alone, *together}, key=natural)
    return tuple(
        SchoolClass(name, tuple(team.id for team in (alone.get(name) or together[name])[:MOST_ITEMS]))
        for name in named
    )


def teams_of_class(teams: Iterable[ClassTeam], name: str) -> tuple[ClassTeam, ...]:
    """All teams of one class, by name: those that name it alone, else all that name it."""
    naming = sorted((team for team in teams if name in team.classes), key=lambda team: (team.name, team.id))
    return tuple(team for team in naming if len(team.classes) == 1) or tuple(naming)


def natural(name: str) -> tuple[bool, int, str]:
    """Sorts classes by grade, then letter; what has no grade comes last."""
    found = _GRADED.fullmatch(name)
    return (False, int(found[1]), found[2] or "") if found is not None else (True, 0, name)


def is_of_another_class(person: Person, name: str) -> bool:
    """Whether more of the person's teams speak of some other class than of this one."""
    votes = Counter(named for team in person.teams or () for named in classes_of_team(team))
    return any(count > votes[name] for count in votes.values())


def is_doubtful(teams_of_one: Sequence[str], most: int) -> bool:
    """Whether somebody is in so few of a class's teams that they may only visit it; `most` is what anybody has."""
    return 2 * len(teams_of_one) < most
