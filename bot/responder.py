"""From a turn to its reply: where, who, in which language, what is asked, may they, and who answers it.

Refusals that depend on nothing personal (group, foreign tenant) come first and touch neither directory nor database.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from bot.conversation import (
    Action,
    Command,
    ConversationReference,
    Directors,
    Experts,
    Installed,
    Pressed,
    Removed,
    Reply,
    Said,
    Scope,
    Turn,
)
from bot.core.actors.model import Actor, Role
from bot.core.actors.permits import may_reset_passwords
from bot.core.actors.recognise import RecogniseActor
from bot.core.errors import DirectoryError, OutsideError, TurnTooLong
from bot.core.oversight.people_shown import RecordPeopleShown
from bot.core.people.free_text import MOST_TYPED
from bot.core.ports import Clock, Preferences
from bot.dialogs.by_message import may_come_by_message
from bot.dialogs.class_links.dialog import ClassLinksDialog
from bot.dialogs.forms import EMPTY, OPEN_EMPTY
from bot.dialogs.help.dialog import HelpDialog
from bot.dialogs.inputs import declared
from bot.dialogs.language.dialog import LanguageDialog
from bot.dialogs.lookup.dialog import LookupDialog
from bot.dialogs.password.dialog import PasswordDialog
from bot.dialogs.requests.dialog import RequestsDialog
from bot.dialogs.scene import Dialog, Remembering, Scene, Watchful, way_forward
from bot.dialogs.transfer.dialog import TransferDialog
from bot.refusals import SCOPES, SEALS, failure, refusal
from bot.router import Router
from bot.seals import Sealer, SealFault
from bot.texts.catalog import Catalog, language_of

log = logging.getLogger(__name__)

PATIENCE = 9.0
"""Seconds for one turn, whatever it waits for. Microsoft names no figure; bots report that after 10 the client gives
an Action.Execute up and shows words of its own (MicrosoftDocs/msteams-docs#13460). What has effects is a task that
goes on, and what is read for many is kept for the next press.
"""

_TELLING = 3.0
"""Seconds within which a press on another's card is recorded."""


class Conversations(Protocol):
    """Where the bot may speak first. Errors: StoreUnavailable."""

    async def remember(self, reference: ConversationReference) -> bool:
        """Keeps the reference; True when the conversation is new (or installed again), so that it is greeted once."""
        ...

    async def forget(self, conversation_id: str) -> None:
        """The app was removed there."""
        ...


class Responder:
    """The whole bot behind the Teams edge: `await responder(turn)` never raises."""

    def __init__(
        self,
        *,
        tenant_id: str,
        catalog: Catalog,
        router: Router,
        sealer: Sealer,
        recognise: RecogniseActor,
        lookup: LookupDialog,
        password: PasswordDialog,
        transfer: TransferDialog,
        class_links: ClassLinksDialog,
        requests: RequestsDialog,
        preferences: Preferences,
        conversations: Conversations,
        directors: Directors,
        experts: Experts,
        record_shown: RecordPeopleShown,
        clock: Clock,
        new_reference: Callable[[], str],
        patience: float = PATIENCE,
        others: Sequence[Dialog] = (),
    ) -> None:
        """`others`: further services, behind those that have a name here."""
        self._tenant_id = tenant_id.lower()
        self._catalog = catalog
        self._router = router
        self._sealer = sealer
        self._recognise = recognise
        self._preferences = preferences
        self._conversations = conversations
        self._directors = directors
        self._experts = experts
        self._record_shown = record_shown
        self._clock = clock
        self._new_reference = new_reference
        self._patience = patience
        self._help = HelpDialog()
        self._language = LanguageDialog(preferences, catalog)
        self._lookup = lookup
        self._password = password
        shown: tuple[Dialog, ...] = (lookup, password, transfer, requests, class_links, *others)
        self._dialogs: tuple[Dialog, ...] = (*shown, self._help, self._language)
        self._by_command = {dialog.command: dialog for dialog in self._dialogs}
        self._by_verb = {verb: dialog for dialog in self._dialogs for verb in dialog.verbs}

    async def __call__(self, turn: Turn) -> Reply | None:
        """The reply to one turn; None when there is nothing to say."""
        t = self._catalog.speak(language_of(turn.locale))
        try:
            if turn.scope is not Scope.PERSONAL:
                return _static(turn, t(SCOPES[turn.scope]))
            if turn.tenant_id.lower() != self._tenant_id or not turn.object_id:
                return _static(turn, t("refusal-other-tenant"))
            async with asyncio.timeout(self._patience):
                language = await self._preferences.language(turn.object_id) or language_of(turn.locale)
                t = self._catalog.speak(language)  # from here on failures, too, speak the chosen language
                reply = await self._personal(turn, language)
                if reply is not None and reply.people is not None:  # recorded before it is sent
                    await self._record_shown(turn.object_id, *reply.people)
                return reply
        except TimeoutError:
            log.warning("turn not answered within %.0f s", self._patience)
            return _plain(turn, failure(TurnTooLong(), t))
        except OutsideError as error:
            log.warning("outside failure: %s", error)
            return _plain(turn, failure(error, t))
        except Exception:
            reference = self._new_reference()
            log.exception("unexpected failure, reference %s", reference)
            return _plain(turn, t("error-unknown", reference=reference))

    async def _personal(self, turn: Turn, language: str) -> Reply | None:
        if isinstance(turn.occasion, Removed):
            await self._conversations.forget(turn.reference.conversation_id)
            return None
        new = await self._conversations.remember(turn.reference)
        if isinstance(turn.occasion, Installed) and not new:  # Teams announces one installation in two activities
            return None
        scene = await self._scene(turn, language, anew=self._may_show_people(turn))
        match turn.occasion:
            case Installed():
                return await self._help.welcome(scene)
            case Said(text):
                return await self._said(scene, text)
            case Pressed() as pressed:
                return await self._pressed(scene, pressed)

    def _may_show_people(self, turn: Turn) -> bool:
        """Whether the answer may hold details of people: then who asks is read anew."""
        match turn.occasion:
            case Pressed(verb):
                return verb not in EMPTY
            case Said(text):
                command = self._router.hear(text).command
                return command is not None and command not in OPEN_EMPTY
            case _:
                return False

    async def _scene(self, turn: Turn, language: str, *, anew: bool) -> Scene:
        """`anew`: who this is must not rest on what is remembered."""
        t = self._catalog.speak(language)
        trouble = ""
        try:
            recognise = self._recognise.fresh if anew else self._recognise
            actor = await recognise(turn.object_id, turn.tenant_id)
            if actor.school is not None and may_reset_passwords(actor).allowed:
                await self._directors.seen(actor.school.id, actor.object_id)
            if actor.region:
                await self._experts.seen(actor.region, actor.object_id)
        except DirectoryError as error:
            # Without a role there are no rights; help and the choice of language need none.
            log.warning("role not readable: %s", error)
            actor, trouble = Actor(turn.object_id, turn.tenant_id, Role.NONE), failure(error, t)
        known = [dialog for dialog in self._dialogs if not (trouble and dialog.needs_role)]
        offered = {dialog.command: dialog.opening for dialog in known if dialog.may(actor).allowed}
        return Scene(turn, actor, language, t, self._clock(), self._sealer, tuple(offered), offered, trouble)

    async def _said(self, scene: Scene, text: str) -> Reply:
        heard = self._router.hear(text)
        if heard.holds_identifier:
            return await self._identifier_in_chat(scene, heard.command)
        if heard.command is None:
            return await self._help.not_understood(scene)
        if heard.command is Command.LANGUAGE and heard.language:
            return await self._language.choose(scene, heard.language)
        dialog = self._by_command.get(heard.command)
        if dialog is not None:
            return _barred(dialog, scene) or await dialog.open(scene)
        if heard.command is Command.NEW_ACCOUNTS:  # asked for and not offered yet: what can be done instead
            return _barred(self._password, scene) or await self._help.new_accounts(scene)
        return await self._help.not_understood(scene)

    async def _identifier_in_chat(self, scene: Scene, command: Command | None) -> Reply:
        """The number belongs in a form: that of the passwords if those were meant, otherwise the look-up's."""
        meant = self._password if command is Command.PASSWORD else self._lookup
        barred = _barred(meant, scene, first=scene.t("lookup-identifier-in-chat"))
        return barred or await meant.open_after_identifier(scene)

    async def _pressed(self, scene: Scene, pressed: Pressed) -> Reply:
        action = self._sealer.open(pressed.data, scene.turn, scene.now)
        if isinstance(action, Action) and (pressed.automatic or pressed.verb != action.verb.value):
            action = SealFault.BROKEN  # no card of ours refreshes itself, and a verb is what its seal says
        if action is SealFault.EXPIRED:
            return await self._what_became(scene, pressed) or way_forward(scene, scene.t(SEALS[action]))
        if action is SealFault.OTHER_PERSON:
            await self._tell_its_dialog(scene, pressed)
        if isinstance(action, SealFault):
            log.warning("press refused: %s", action.value)
            return Reply(text=scene.t(SEALS[action]), refused=True)
        if pressed.by_message and not may_come_by_message(action.verb, filled=pressed.filled):
            return Reply(text=scene.t("refusal-press-by-message"), refused=True)
        if (dialog := self._by_verb.get(action.verb)) is None:
            return way_forward(scene, scene.t(SEALS[SealFault.EXPIRED]))
        if scene.trouble and dialog.needs_role:
            return Reply(text=scene.trouble, refused=True)  # as an error: the pressed card stays, with what was typed
        return _barred(dialog, scene) or await dialog.press(scene, action, declared(pressed.data, MOST_TYPED))

    def _genuine(self, pressed: Pressed) -> tuple[Action | None, object]:
        action = self._sealer.genuine(pressed.data)
        return action, None if action is None else self._by_verb.get(action.verb)

    async def _what_became(self, scene: Scene, pressed: Pressed) -> Reply | None:
        """The own card, too old to be obeyed: its dialog may still have a word about what it was for."""
        action, dialog = self._genuine(pressed)
        if action is None or not isinstance(dialog, Remembering) or dialog.command not in scene.offered:
            return None
        if pressed.by_message and not may_come_by_message(action.verb, filled=pressed.filled):
            return None
        return await dialog.pressed_late(scene, action)

    async def _tell_its_dialog(self, scene: Scene, pressed: Pressed) -> None:
        """A genuine card in the wrong hands. The answer is the refusal, whatever becomes of the telling."""
        action, dialog = self._genuine(pressed)
        if action is None or not isinstance(dialog, Watchful):
            return
        try:
            async with asyncio.timeout(_TELLING):
                await dialog.pressed_elsewhere(scene.turn.object_id, action)
        except Exception:
            log.exception("a press on another's card could not be recorded")


def _barred(dialog: Dialog, scene: Scene, first: str = "") -> Reply | None:
    """A refusal with a way forward if this person may not use the dialog, or it cannot be known."""
    if dialog.command in scene.offered:
        return None
    words = scene.trouble or refusal(dialog.may(scene.actor), scene.t, scene.language)
    return way_forward(scene, *filter(None, (first, words)))


def _static(turn: Turn, words: str) -> Reply | None:
    """One constant line to whoever speaks where nothing personal may be said; events are passed over."""
    return _plain(turn, words) if isinstance(turn.occasion, Said | Pressed) else None


def _plain(turn: Turn, words: str) -> Reply:
    return Reply(text=words, refused=isinstance(turn.occasion, Pressed))
