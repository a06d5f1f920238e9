"""What a conversation is made of, without a word of any SDK.

`bot.teams` turns a channel's activity into a `Turn` and a `Reply` back into what the channel wants to see.
Everything between the two (router, dialogs, core) knows only these types.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple, Protocol

PATIENCE = 9.0
"""Seconds for one turn from its arrival, whatever it waits for. Microsoft names no figure; bots report that after 10
the client gives an Action.Execute up and shows words of its own (MicrosoftDocs/msteams-docs#13460). What has effects
is a task that goes on; what is read for many is kept for the next press, or follows (`bot/late_answers.py`).
"""


class Scope(StrEnum):
    """Where a conversation takes place. Personal data is shown in `PERSONAL` only (invariant I8)."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class ConversationReference:
    """What is needed to speak first in a conversation later; kept as plain values, never as pickled SDK models.

    `service_url` may change over time and is refreshed from every inbound activity
    (learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages).
    """

    conversation_id: str
    service_url: str
    tenant_id: str
    bot_id: str
    user_id: str
    """The channel's id of the person (`29:…`), valid for this bot only."""
    object_id: str
    """The person's Entra object id."""
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """The person typed something. `text` has the bot's mention removed and is at most 4,000 characters long."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """The person pressed a card's button (Action.Execute). Everything in here is under the sender's control.

    `data` holds the sealed action and, merged into it by the client, what was typed into the card's inputs.
    `automatic` is true when the client refreshed a card by itself: read-only, never an effect.
    `by_message`: some phones send a press as a message; then `data` is the sealed action alone, and `filled` tells
    that something else came along, which was not read.
    """

    verb: str
    data: Mapping[str, object] = field(repr=False)
    automatic: bool = False
    by_message: bool = False
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Installed:
    """The app was added to this conversation (or the conversation was opened for the first time)."""


@dataclass(frozen=True, slots=True)
class Removed:
    """The app was removed from this conversation."""


Occasion = Said | Pressed | Installed | Removed


class EventNotKept(Exception):
    """`Installed` or `Removed` could not be kept: the channel is to deliver it again. Nobody else ever tells it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that happened in one conversation. The identity was established by the channel's token and TLS."""

    activity_id: str
    """Empty for a conversation event that came without one: it cannot be known again."""
    tenant_id: str
    object_id: str
    """The Entra object id of who spoke. Empty for a conversation event that names nobody."""
    scope: Scope
    occasion: Occasion
    reference: ConversationReference
    locale: str | None = None
    pressed_on: str = ""
    """The id of the message whose card was pressed; empty where the channel does not tell."""
    waited: float = field(default=0.0, compare=False)
    """Seconds since it arrived, for other turns of the conversation or for the database: it has so much less time."""


class Shows(StrEnum):
    """What kind of look at people a reply is, for the audit log."""

    PERSON = "person"
    """A person's details."""
    CLASS = "class"
    """Students of a class."""
    REQUEST = "request"
    """The student of a transfer request."""
    REQUESTS = "requests"
    """The students of several."""
    DEPUTIES = "deputies"
    LINKS = "links"
    """Teachers beside their classes."""
    LINK = "link"
    """The teacher of one class."""
    MISSING = "missing"
    """Students who are not in a class's team."""
    ACCOUNTS = "accounts"
    """People of a school beside the state of their accounts."""


class PeopleShown(NamedTuple):
    """`of` is the object id of the one person, or the id of the school, class or region whose people they are;
    `class_` the name of their class, where it is one class; `many` how many; `whom` a digest that tells those shown
    from others of the same school. No names, no identifiers.
    """

    kind: Shows
    of: str
    class_: str = ""
    many: int = 1
    whom: str = ""

    @classmethod
    def several(cls, kind: Shows, of: str, people: Collection[str], class_: str = "") -> "PeopleShown":
        """Some of the people of a school, class or region, by whatever tells them apart there."""
        whom = "\0".join(sorted(people)).encode("utf-8", "surrogatepass")
        return cls(kind, of, class_, len(people), sha256(whom).hexdigest())


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person gets: a card, or one line of text. Handlers return it, only the adapter sends it.

    To a press, `card` replaces the pressed card for the person who pressed and is stored in no message; `text` is
    shown as the client's notice. `refused` makes the answer to a press an error (`application/vnd.microsoft.error`).
    To a press that came as a message the reply is a message, too: it may show nothing secret.
    `people`: whom it shows, unless the use case that found them has recorded that; it is recorded before it is sent.
    """

    card: Mapping[str, object] | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)
    refused: bool = False
    people: PeopleShown | None = None

    def __post_init__(self) -> None:
        if (self.card is None) == (self.text is None):
            raise ValueError("a reply is either a card or a text")


Answer = Callable[[Turn], Awaitable[Reply | None]]
"""The whole bot as `bot.teams` sees it. None: there is nothing to say (for example after removal)."""


class SeenActivities(Protocol):
    """Remembers which activities were answered, so that a repeated delivery is answered once."""

    async def seen(self, conversation_id: str, activity_id: str) -> bool:
        """Whether this activity was already answered (here or by another replica)."""
        ...

    def mark(self, conversation_id: str, activity_id: str) -> None:
        """Notes that it is answered. May reach the disk a moment later: repeating a turn without effect is harmless,
        and an effect carries its own key in its own transaction.
        """
        ...


class Directors(Protocol):
    """Whom a notice about a school's accounts concerns. Errors: StoreUnavailable."""

    async def seen(self, school_id: str, object_id: str) -> None:
        """This person is this school's director now."""
        ...


class Experts(Protocol):
    """Whom a late request of a region concerns. Errors: StoreUnavailable."""

    async def seen(self, region: str, object_id: str) -> None:
        """This person is an expert of this region's office now."""
        ...


@dataclass(frozen=True, slots=True)
class Action:
    """What a card's button stands for, before it is sealed and after its seal was checked.

    `ids` names the objects concerned (opaque ids only); state and rights are read again on every press.
    `version` is the version of the object the card showed. `nonce` makes every card's action one of its kind.
    `inputs`: what was typed into the card beside it, by whoever pressed: anything at all.
    """

    verb: str
    ids: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    nonce: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict, repr=False)

    def id(self, name: str) -> str:
        """One of the ids; "" where it is not among them."""
        return self.ids.get(name, "")

    def number(self, name: str) -> int:
        """The number kept under a name, of a page for example; 0 where there is none."""
        return number_of(self.id(name))


def number_of(text: str) -> int:
    """A whole number of at most eight digits; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
