"""What a service is (`Dialog`: the face of its folder), and what its handlers are given (`Scene`)."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, Literal, TypeVar

from bot.conversation import Action, Reply, Turn
from bot.core.actors.model import Actor
from bot.core.clock import day_in_sofia
from bot.core.decision import Decision, Reason
from bot.core.tasks import NewTask, TaskHandler
from bot.dialogs.parts import Parts, WorkerParts
from bot.presser import MENU_LIFETIME, Entries, Presser
from bot.router.recognised import Recognised
from bot.texts.catalog import Translate
from cards.actions import Button, Press, Style
from cards.inputs import is_day


class Gate(StrEnum):
    """What becomes of what stands in an input of a card: each dialog declares its own (`inputs`), and what none
    declares reaches none (`declared`). What is declared as free text is kept and shown as
    `bot.core.people.free_text.FreeText` only, which the type checker sees to; nothing else that was typed is kept at
    all.
    """

    CHOICE = "choice"
    """One or several of what the card offered: compared with what may be chosen now, never kept as it came."""
    DATE = "date"
    """A day in the calendar, or nothing: `day_of`."""
    STATEMENT = "statement"
    """Yes or no."""
    SOUGHT = "sought"
    """An identifier, a name or a username to search by: answered and forgotten, given back to who typed it."""
    SEARCH = "search"
    """Words that a card carries on from page to page: `search_words`."""
    FREE_TEXT = "free-text"
    """Words for others to read: `free_text`."""


def declared(data: Mapping[str, object], gates: Mapping[str, Gate], longest: int) -> dict[str, str]:
    """What was typed into inputs that are declared, at most so many characters of each. `data` is the sender's own
    invention; what is no text is left out.
    """
    return {name: value[:longest] for name, value in data.items() if name in gates and isinstance(value, str)}


def day_of(text: str) -> date | None:
    """The day that was chosen; None for anything that is no day written YYYY-MM-DD."""
    return date.fromisoformat(text) if is_day(text) else None


_MOST_OF_LIST = 200
CAME_FROM = "list"
"""The id of a press that says in which list, on which page and with which filter it began: what leads back there."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One turn as a handler sees it: who speaks, in which language, what was pressed, and how to make buttons."""

    turn: Turn
    actor: Actor
    language: str
    t: Translate
    presser: Presser
    action: Action
    """The press to be answered. What is typed for a dialog is a press of its `opens` with no ids."""
    services: Mapping[str, str]
    """What the menu offers this person, in its order: the dialog's name → the verb that opens it."""
    allowed: frozenset[str]
    """The names of all dialogs this person may use."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """Of the services with `Dialog.hint`: the name → the id of the text."""
    leads: Mapping[Reason, str] = field(default_factory=dict)
    """The refusals that send to one of the services (`Dialog.instead_of`): its name."""
    warns_of_identifiers: bool = False
    """Whether one of them asks for identifiers, which must not be typed into the chat."""
    trouble: str = ""
    """Why the actor's role could not be read, in words; empty when it was. With trouble there are no rights."""

    @property
    def now(self) -> datetime:
        """The moment of the turn."""
        return self.presser.now

    @property
    def today(self) -> date:
        """The day of the turn, in Sofia."""
        return day_in_sofia(self.now)

    @property
    def conversation(self) -> str:
        """The id of the conversation of the turn."""
        return self.turn.reference.conversation_id

    def speaking(self, language: str, t: Translate) -> "Scene":
        """The same scene in another language."""
        return replace(self, language=language, t=t)

    def press(
        self,
        verb: str,
        lifetime: timedelta = MENU_LIFETIME,
        *,
        ids: Mapping[str, str] | None = None,
        version: int = 0,
    ) -> Press:
        """A sealed press of one of the dialog's own verbs, for the person and conversation of this turn."""
        return self.presser.press(verb, lifetime, ids=self._with_list(ids), version=version)

    def to(
        self,
        entry: str,
        title: str,
        lifetime: timedelta = MENU_LIFETIME,
        *,
        ids: Mapping[str, str] | None = None,
        style: Style = "default",
    ) -> tuple[Button, ...]:
        """The button into another service; no button when there is none, or this person may not use it."""
        if self.presser.entries.get(entry) not in self.allowed:
            return ()
        return self.presser.to(entry, title, lifetime, ids=self._with_list(ids), style=style)

    def _with_list(self, ids: Mapping[str, str] | None) -> Mapping[str, str]:
        """The list one came from goes along with every press until another takes its place."""
        came_from = self.action.id(CAME_FROM)[:_MOST_OF_LIST]
        return {**({CAME_FROM: came_from} if came_from else {}), **(ids or {})}


Cases = TypeVar("Cases")
"""The use cases of a dialog, whatever holds them."""

Handler = Callable[[Cases, Scene], Awaitable[Reply]]
"""Answers one verb. `scene.action` has the sealed ids and what was typed into the card: anything at all."""


def nothing_follows(action: Action) -> None:
    """For a dialog all of whose answers come within their turn, or never by themselves."""


def no_tasks(cases: Any, parts: WorkerParts) -> Iterable[TaskHandler]:  # noqa: ARG001 -- the shape of `build_worker`
    """For a dialog without durable work."""
    return ()


def nothing_starts(now: datetime) -> Iterable[NewTask]:  # noqa: ARG001 -- the shape of `starts`
    """For a dialog that does nothing without being asked."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog(Generic[Cases]):
    """A service: one folder in `bot/dialogs/`, one line in `DIALOGS`. Everything else is derived from it.

    The folder's name is the `name` with `_` for `-`; its texts are `command-<name>`, `-hint`, `-word` and `-example`,
    in the folder's `bg.ftl` and `en.ftl`. Verbs are unique in the bot and stay: cards live 90 days.
    """

    name: str
    may: Callable[[Actor], Decision]
    """Whether this person may use it at all: what the menu offers, and what is refused."""
    opens: str
    """The verb whose press does what typing the name does."""
    handlers: Mapping[str, Handler[Cases]]
    """Verb → what answers it."""
    build_web: Callable[[Parts], Cases]
    """The use cases of the conversation. There is no writer in `Parts`."""
    build_worker: Callable[[Cases, WorkerParts], Iterable[TaskHandler]] = no_tasks
    """What the worker does and says for it."""
    starts: Callable[[datetime], Iterable[NewTask]] = nothing_starts
    """What every worker writes down at its start: the same task each time, which is written once."""
    place: Literal["menu", "beside", "nowhere"] = "menu"
    """`menu`: a button in the menu. `beside`: what every menu has beside its services. `nowhere`: only typed."""
    hint: Callable[[Actor], str] | None = None
    """The id of the text that says in the help what it does for this person; None: `command-<name>-hint`."""
    part_of: str = ""
    """The name of the service of the menu that leads to it, where none of its own does."""
    stands_for: Collection[str] = ()
    """The names of the services whose words open this one for whoever may use it and not them."""
    instead_of: Collection[Reason] = ()
    """The refusals that send here: the way forward from them begins with its button."""
    needs_role: bool = True
    """Whether it is closed to somebody whose role cannot be read just now."""
    recognised: Recognised = field(default_factory=Recognised)
    """The words it is recognised by."""
    entries: Collection[str] = ()
    """The verbs that other services may offer (`Scene.to`)."""
    shows_nobody: Collection[str] = ()
    """Verbs answered with a menu or an empty form. For all others who asks is read from the directory again: whoever
    was disabled there is shown nobody.
    """
    by_message: Collection[str] = ()
    """Verbs understood when a phone sends a press as a message, which is stored, as is its answer (docs/adr/0056): no
    identifier, no password, no form that asks for either. Closed by default.
    """
    unfilled: Collection[str] = ()
    """Of `by_message`, the verbs that some cards ask words for: closed with words, which would not be read."""
    follows: Callable[[Action], Handler[Cases] | None] = nothing_follows
    """For a press that only reads, what may take longer than a turn: what answers it later, in a message of its own
    (docs/adr/0060). A message is stored, so it names no student for the first time. None: it is pressed again.
    """
    inputs: Mapping[str, Gate] = field(default_factory=dict)
    """The inputs of its cards, by id."""
    takes_identifier: Handler[Cases] | None = None
    """Opens its form after an identifier was typed into the chat."""
    stolen: Callable[[Cases, str, Action], Awaitable[None]] | None = None
    """Told that somebody (object id) pressed a genuine card of another person or conversation."""
    expired: Callable[[Cases, Scene], Awaitable[Reply | None]] | None = None
    """Says what became of that for which a card was made which is too old to be obeyed. None: nothing to say."""
    pages: Mapping[str, Callable[[Cases], Any]] = field(default_factory=dict)
    """Address of a page outside the chat → the use case behind it (`bot.runtime.pages`)."""


@dataclass(frozen=True, slots=True)
class Service(Generic[Cases]):
    """A dialog with its use cases."""

    dialog: Dialog[Cases]
    cases: Cases

    @property
    def name(self) -> str:
        """See `Dialog`."""
        return self.dialog.name

    async def answer(self, scene: Scene) -> Reply:
        """The answer to the scene's action, whose verb is one of the dialog's."""
        return await self.dialog.handlers[scene.action.verb](self.cases, scene)

    def tasks(self, parts: WorkerParts) -> Iterable[TaskHandler]:
        """What the worker does and says for it."""
        return self.dialog.build_worker(self.cases, parts)


def services_of(dialogs: Iterable[Dialog[Any]], parts: Parts) -> tuple[Service[Any], ...]:
    """Each dialog with use cases of its own making."""
    return tuple(Service(dialog, dialog.build_web(parts)) for dialog in dialogs)


def entries_of(dialogs: Sequence[Dialog[Any]]) -> Entries:
    """Every entry → the dialog that owns it."""
    return {entry: dialog.name for dialog in dialogs for entry in dialog.entries}


def gates_of(dialogs: Iterable[Dialog[Any]]) -> Mapping[str, Gate]:
    """Every input of every dialog. Errors: ValueError for one that two dialogs declare differently."""
    gates: dict[str, Gate] = {}
    for dialog in dialogs:
        for name, gate in dialog.inputs.items():
            if gates.setdefault(name, gate) is not gate:
                raise ValueError(f"the input {name} is declared as {gate} and as {gates[name]}")
    return gates
