"""Links between class, subject and teacher: what exists, what state a link is in, who must act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class LinkState(StrEnum):
    """The state of one link. The first six are НЕИСПУО's own words."""

    WAITING = "waiting"
    """Изчаква създаване."""
    BEING_CREATED = "being-created"
    """В процес на създаване."""
    CREATED = "created"
    """Създаден: there, its people are still on their way."""
    SYNCED = "synced"
    """Синхронизиран: nothing is missing."""
    FAILED = "failed"
    """Грешка при …: the register could not create or synchronise it."""
    LOOPING = "looping"
    """В безкраен цикъл: the register tries again and again."""
    MISSING = "missing"
    """Expected, and not in the directory although a night has passed."""
    NOT_OWNER = "not-owner"
    """The class is there, and the teacher is not among its owners."""
    NOT_MEMBER = "not-member"
    """The teacher owns the class and is not among its members: Teams and Office do not work as they should
    (learn.microsoft.com, educationClass: "teachers must be members of both the teachers and members collections").
    """
    NO_TEAM = "no-team"
    """The class is there without a team."""
    NOT_ACTIVATED = "not-activated"
    """The team is closed to students until a teacher activates it."""
    STUDENTS_MISSING = "students-missing"
    ARCHIVED = "archived"
    UNEXPECTED = "unexpected"
    """There, and not in the register's list any more."""
    DUPLICATE = "duplicate"
    """More than one class of the directory for one row of the register."""
    FOUND = "found"
    """There, and no list to compare it with."""
    UNREAD = "unread"
    """Something about it could not be read; what was read is in order."""
    TO_BE_MADE = "to-be-made"
    """Google Classroom: nobody has marked it as made."""
    MADE = "made"
    """Google Classroom: marked as made."""


class Flag(StrEnum):
    """What is wrong with a class besides the state of a teacher's link."""

    NO_OWNER = "no-owner"
    STUDENT_OWNER = "student-owner"


class Who(StrEnum):
    """Who must act."""

    NOBODY = "nobody"
    TEACHER = "teacher"
    DIRECTOR = "director"
    """Or the administrator of the school in НЕИСПУО."""
    HELP_DESK = "help-desk"


class Remedy(StrEnum):
    """What the bot may do about a link, when a director says so."""

    ADD_OWNER = "add-owner"
    """Owner and member: of the two, what is missing."""
    ADD_STUDENTS = "add-students"
    CREATE = "create"


class ClassPart(StrEnum):
    """What is read about a class that exists."""

    GROUP = "group"
    """Whether it has a team, since when it is there, and its owners."""
    MEMBERS = "members"
    TEAM = "team"
    """Whether it is archived, and activated."""
    SCHOOL = "school"
    """Whose it is: asked only where that decides with which list it is compared."""


@dataclass(frozen=True, slots=True)
class Existing:
    """A class of the directory (`educationClass`, and its group and team, of one id). None: not read, or not asked.

    `owners` and `members` are usernames (the local part of the UPN, in small letters). `year` is the one in which its
    school year begins; None where its term does not tell.
    """

    id: str
    external_id: str
    title: str
    has_team: bool | None = None
    created: datetime | None = None
    owners: frozenset[str] | None = field(default=None, repr=False)
    members: frozenset[str] | None = field(default=None, repr=False)
    archived: bool | None = None
    activated: bool | None = None
    unread: frozenset[ClassPart] = frozenset()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One class and one teacher ("" for a class without one). `also` has what else is wrong, `missing` the usernames
    of expected students who are not in it. `status` is the register's own word; `until` when a wait is over.
    """

    class_id: str
    title: str
    teacher: str
    state: LinkState
    since: datetime | None = None
    until: datetime | None = None
    status: str = ""
    existing: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=(), repr=False)
    students: int = 0
    also: tuple[LinkState, ...] = ()
    flags: tuple[Flag, ...] = ()
    twin: bool = False
    """Whether another link has its row and teacher: the directory has the class twice, and no list tells which it is.
    """

    @property
    def by_hand(self) -> bool:
        """Whether it lives in Google Classroom."""
        return self.state in {LinkState.TO_BE_MADE, LinkState.MADE}

    @property
    def key(self) -> str:
        """The same for this link in every reading of the school, and another's in none (see `told_apart`)."""
        return self._of(self.existing[0]) if self.twin and self.existing else self.plain_key

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key it can have been known by, the present one first: cards and questions outlive what they show, and
        a class may get a twin, or lose it.
        """
        return tuple(dict.fromkeys((self.key, self.plain_key, *map(self._of, self.existing))))

    @property
    def plain_key(self) -> str:
        """Row and teacher: the key, unless it has a twin."""
        return f"{self.class_id or (self.existing or ('',))[0]}/{self.teacher}"

    def _of(self, existing: str) -> str:
        return f"{self.class_id}{TWIN}{existing}/{self.teacher}"


TWIN = "~"
"""Between row and class in the key of a link of which there are two."""


def told_apart(links: Sequence[Link]) -> tuple[Link, ...]:
    """The same links, no two with one key: what is one class twice is one link, what are two classes are twins."""
    alike: dict[str, dict[tuple[str, ...], Link]] = {}
    for link in links:
        alike.setdefault(link.plain_key, {}).setdefault(link.existing, link)
    return tuple(
        replace(link, twin=len(alike[link.plain_key]) > 1)
        for link in links
        if alike[link.plain_key][link.existing] is link
    )


IN_ORDER = frozenset({LinkState.SYNCED, LinkState.CREATED, LinkState.FOUND, LinkState.MADE})
"""Nothing to do and nothing to wait for."""

WHO: Mapping[LinkState, Who] = {
    LinkState.WAITING: Who.NOBODY,
    LinkState.BEING_CREATED: Who.NOBODY,
    LinkState.CREATED: Who.NOBODY,
    LinkState.SYNCED: Who.NOBODY,
    LinkState.FAILED: Who.HELP_DESK,
    LinkState.LOOPING: Who.HELP_DESK,
    LinkState.MISSING: Who.DIRECTOR,
    LinkState.NOT_OWNER: Who.DIRECTOR,
    LinkState.NOT_MEMBER: Who.DIRECTOR,
    LinkState.NO_TEAM: Who.DIRECTOR,
    LinkState.NOT_ACTIVATED: Who.TEACHER,
    LinkState.STUDENTS_MISSING: Who.DIRECTOR,
    LinkState.ARCHIVED: Who.TEACHER,
    LinkState.UNEXPECTED: Who.DIRECTOR,
    LinkState.DUPLICATE: Who.HELP_DESK,
    LinkState.FOUND: Who.NOBODY,
    LinkState.UNREAD: Who.NOBODY,
    LinkState.TO_BE_MADE: Who.TEACHER,
    LinkState.MADE: Who.NOBODY,
}

REMEDIES: Mapping[LinkState, Remedy] = {
    LinkState.NOT_OWNER: Remedy.ADD_OWNER,
    LinkState.NOT_MEMBER: Remedy.ADD_OWNER,
    LinkState.STUDENTS_MISSING: Remedy.ADD_STUDENTS,
    LinkState.MISSING: Remedy.CREATE,
    LinkState.NO_TEAM: Remedy.CREATE,
}
"""What helps against a state. FAILED and LOOPING are not here: the register is still at it, and what it creates after
all would be a duplicate.
"""


def who_acts(link: Link) -> Who:
    """Who must act about the link: a flag is for the director, whatever the state."""
    who = WHO[link.state]
    return Who.DIRECTOR if who is Who.NOBODY and link.flags else who
