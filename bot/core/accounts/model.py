"""The accounts of a school on its board: what the directory says of each, what we know of its handing over."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.handover.model import Ground, Recipient
from bot.core.people.free_text import NO_WORDS, FreeText
from bot.core.people.model import Kind, School


class BoardState(StrEnum):
    """What an account on the board is. Which one is for `states.state_of` to say."""

    BEING_CREATED = "being-created"
    OFF = "off"
    NEW = "new"
    """Nobody is known to have the password: not handed over."""
    HANDED = "handed"
    """Handed over, and the password is still the one that was handed over."""
    IN_USE = "in-use"
    """The owner signs in, or has changed the password that was handed over."""
    CHANGED = "changed"
    """The password was changed; the directory does not tell by whom, and nobody noted a handing over."""
    UNTOLD = "untold"
    """The directory does not tell whether the password was ever changed, and nobody noted a handing over: whether it
    was handed over is not known, and never counts as if it were.
    """
    TWO = "two"
    """The person has another account in use in this school: which one to hand over is not for us to say."""


TO_HAND_OVER = frozenset({BoardState.NEW, BoardState.UNTOLD})
HANDED_OVER = frozenset({BoardState.HANDED, BoardState.IN_USE, BoardState.CHANGED})
"""Of these two the share is reckoned. An account that is being made, is off, or is one of two cannot be handed over
by the school, so it must not keep it from 100 %.
"""


class View(StrEnum):
    """Part of the board."""

    NEW = "new"
    """Not handed over, and made not long ago."""
    NOT_HANDED = "not-handed"
    UNUSED = "unused"
    """Handed over and not used."""
    CLASS = "class"
    TEACHERS = "teachers"
    APART = "apart"
    """Those whose account the school cannot hand over as it is."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the directory said of one account when the school was last looked at.

    `enabled` is None while Entra has not finished it. `twin`: the person has another enabled account in the school.
    `signed_in`: successfully. None where nobody has, where the tenant does not tell, and of long ago (which is not
    told apart: it only ever says that an account is used).
    """

    person: str
    name: str = field(repr=False)
    username: str = field(repr=False)
    kind: Kind
    class_: str
    """Empty for teachers, and for students whose teams name no class."""
    enabled: bool | None
    created: datetime | None
    changed: datetime | None
    twin: bool = False
    signed_in: datetime | None = None


class Ending(StrEnum):
    """How the life of a temporary password ended."""

    NOT_YET = ""
    CHANGED = "changed"
    EXPIRED = "expired"
    REPLACED = "replaced"
    """By a password nobody knows."""


@dataclass(frozen=True, slots=True)
class GivenPassword:
    """The newest temporary password of an account. `set_at`, `shown_at`: None until then; `set_at` by the directory's
    clock, the others by ours. `failed`: it was never clearly answered, so it may have been set. `elsewhere`: not the
    school of the board had it made, but another one: which, nobody is told here.
    """

    asked_at: datetime
    set_at: datetime | None = None
    shown_at: datetime | None = None
    ending: Ending = Ending.NOT_YET
    failed: bool = False
    elsewhere: bool = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Receipt:
    """That an account was handed over, as somebody noted it; the newest that was not reversed."""

    id: str
    at: datetime
    recipient: Recipient
    school: str
    """The id of the one that noted it: who moves brings it along, and only there it is taken back."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An account with all that is known here."""

    account: Account
    given: GivenPassword | None = None
    receipt: Receipt | None = None
    asked_at: datetime | None = None
    """When a class teacher asked the directors for a password for it, if that is still open."""


@dataclass(frozen=True, slots=True)
class BoardPerson:
    """A person on the board."""

    row: BoardRow
    state: BoardState

    @property
    def id(self) -> str:
        """The directory's."""
        return self.row.account.person

    @property
    def name(self) -> str:
        """As the directory writes it."""
        return self.row.account.name

    @property
    def class_(self) -> str:
        """See `Account`."""
        return self.row.account.class_

    @property
    def kind(self) -> Kind:
        """See `Account`."""
        return self.row.account.kind


@dataclass(frozen=True, slots=True)
class Week:
    """How far a school was at the last look of a week that begins on this day (ISO, a Monday)."""

    monday: str
    handed: int
    of: int
    used: int


class Closers(StrEnum):
    """Who may close the handing over of a class."""

    DIRECTOR = "director"
    CLASS_TEACHER = "class-teacher"
    """The director, and the class teacher for the own class."""


LONGEST_SENTENCE = 300
LONGEST_GROUP = 40
LONGEST_REASON = 200
"""Characters."""
MOST_GROUPS, MOST_IN_GROUP = 30, 60
"""Of one school; in one of them."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a director has chosen for the school. `sentence`: the school's own words on its slips."""

    closers: Closers = Closers.DIRECTOR
    sentence: FreeText = NO_WORDS
    weekly: bool = True
    """Whether the directors get a line a week while something is left."""


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """People of a school under a name of its own: a test group, a club. Who has left the school is not in it."""

    id: str
    name: FreeText
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A school as it was when looked at. `accounts` is the whole school; `requests` how many were asked of Graph."""

    school: School
    at: datetime
    accounts: tuple[Account, ...]
    requests: int = 0


@dataclass(frozen=True, slots=True)
class NewReceipt:
    """A handing over to be noted. `closing` is the press that noted it, with to whom: repeated, it is the same.
    `ground` and the name are stored encrypted.
    """

    closing: str
    at: datetime
    actor: str
    school: str
    person: str
    recipient: Recipient
    ground: Ground

    @property
    def id(self) -> str:
        """The same for the same press and person."""
        return f"{self.closing}:{self.person}"


class ReceiptOutcome(StrEnum):
    """What became of one person of a closing."""

    DONE = "done"
    BEFORE = "before"
    """Handed over before, by this press or by somebody else's: nothing was written."""
    OTHERWISE = "otherwise"
    """Handed over before, as somebody noted, but to another recipient: that stands until it is taken back."""
    TAKEN_BACK = "taken-back"
    """This press noted it, and it was taken back since: an old card does not undo that."""
    GONE = "gone"
    """Not in this school any more."""
    NOTHING = "nothing-to-hand"
    """There is nothing that could have been handed over: the account is off, being made, or one of two."""
    UNSEEN = "unseen"
    """Nor here: its password is one that nobody has seen yet."""
    REPLACED = "replaced"
    """Nor here: its password was replaced by one that nobody knows."""
    ELSEWHERE = "elsewhere"
    """Nor here: another school had its password made, hands it over and notes that."""
    NEWER = "newer"
    """Another password has come since the one that was signed for."""


@dataclass(frozen=True, slots=True)
class BoardTiming:
    """`same_change_minutes`: a change so soon after the account was made (or after a password of ours that nobody
    had seen) is that one. `new_days`: for so long an account that was made is called new. `stale`: a board older
    than this is looked at again before somebody acts on it, and no sooner.
    """

    same_change_minutes: int = 10
    new_days: int = 60
    stale: timedelta = timedelta(hours=1)
