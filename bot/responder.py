"""From a turn to its reply: where, who, in which language, what is asked, may they, and who answers it.

It names no service. Refusals that depend on nothing personal (group, foreign tenant) come first and touch neither
directory nor database.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

from bot.conversation import (
    PATIENCE,
    Action,
    ConversationReference,
    Directors,
    EventNotKept,
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
from bot.core.clock import Clock
from bot.core.errors import DirectoryError, OutsideError, TurnTooLong
from bot.core.oversight.people_shown import RecordPeopleShown
from bot.core.people.free_text import MOST_TYPED
from bot.core.ports import Preferences
from bot.core.tasks import AskedTasks
from bot.dialogs.dialog import Scene, Service, declared, entries_of, gates_of
from bot.dialogs.menu import barred, courteous, not_understood, way_forward, welcome
from bot.late_answers import LateAnswers
from bot.presser import Presser
from bot.refusals import SCOPES, SEALS, failure
from bot.router import Router, meant_by
from bot.seals import Holder, Sealer, SealFault
from bot.texts.catalog import Catalog, Translate, language_of
from bot.texts.support import Asker, Noted

log = logging.getLogger(__name__)

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
        services: Sequence[Service[Any]],
        preferences: Preferences,
        conversations: Conversations,
        directors: Directors,
        experts: Experts,
        record_shown: RecordPeopleShown,
        tasks: AskedTasks,
        clock: Clock,
        new_reference: Callable[[], str],
        patience: float = PATIENCE,
    ) -> None:
        """`services` in the order of the menu."""
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
        self._services = tuple(services)
        self._named = {service.name: service for service in services}
        self._by_verb = {verb: service for service in services for verb in service.dialog.handlers}
        self._late = LateAnswers(router=router, sealer=sealer, services=self._by_verb, tasks=tasks, clock=clock)
        self._dialogs = dialogs = [service.dialog for service in services]
        self._entries = entries_of(dialogs)
        self._gates = gates_of(dialogs)
        self._shows_nobody = frozenset(verb for dialog in dialogs for verb in dialog.shows_nobody)
        self._takes_identifiers = tuple(one for one in services if one.dialog.takes_identifier is not None)

    async def __call__(self, turn: Turn) -> Reply | None:
        """The reply to one turn; None when there is nothing to say. Errors: EventNotKept."""
        voice = _Voice(self._catalog, language_of(turn.locale), self._new_reference)
        try:
            if turn.scope is not Scope.PERSONAL:
                return _static(turn, voice.t(SCOPES[turn.scope]))
            if turn.tenant_id.lower() != self._tenant_id or not turn.object_id:
                return _static(turn, voice.t("refusal-other-tenant"))
            async with asyncio.timeout(self._left(turn)):
                # From here on failures, too, speak the chosen language.
                voice.language = await self._preferences.language(turn.object_id) or voice.language
                reply = await self._personal(turn, voice)
                await self._record(turn, reply)  # before it is sent
                return reply
        except TimeoutError as error:
            _kept_or_again(turn, voice, error)
            log.warning("turn not answered within %.0f s", self._patience)
            follows = await self._late.follows(turn, voice.allowed)
            return _plain(turn, voice.t("answer-follows") if follows else failure(TurnTooLong(), voice.t))
        except OutsideError as error:
            _kept_or_again(turn, voice, error)
            words = failure(error, voice.t)
            log.warning("outside failure: %s%s", error, voice.shown)
            return _plain(turn, words)
        except Exception:
            reference = voice.noted.reference or self._new_reference()
            log.exception("unexpected failure, reference %s", reference)
            return _plain(turn, voice.t("error-unknown", reference=reference))

    def _left(self, turn: Turn) -> float:
        """The seconds it has. Errors: TimeoutError; its client has said that it failed, so nothing may come of it."""
        left = self._patience - turn.waited
        if left <= 0:
            raise TimeoutError
        return left

    async def later(self, turn: Turn) -> Reply | None:
        """The answer to a press for which its turn had no time, as a message. None: there is none any more.

        Errors: OutsideError.
        """
        language = await self._preferences.language(turn.object_id) or language_of(turn.locale)
        voice = _Voice(self._catalog, language, self._new_reference)
        reply = await self._late.answer(await self._scene(turn, voice, afresh=True))
        await self._record(turn, reply)
        return reply

    async def _record(self, turn: Turn, reply: Reply | None) -> None:
        if reply is not None and (people := reply.people) is not None:
            kind, of, class_, many, whom = people
            await self._record_shown(turn.object_id, kind, of, class_, count=many, whom=whom)

    async def _personal(self, turn: Turn, voice: "_Voice") -> Reply | None:
        if isinstance(turn.occasion, Removed):
            await self._conversations.forget(turn.reference.conversation_id)
            return None
        new = await self._conversations.remember(turn.reference)
        voice.kept = True
        if isinstance(turn.occasion, Installed) and not new:  # Teams announces one installation in two activities
            return None
        scene = await self._scene(turn, voice, afresh=self._may_show_people(turn))
        match turn.occasion:
            case Installed():
                return welcome(scene)
            case Said(text):
                return await self._said(scene, text)
            case Pressed() as pressed:
                return await self._pressed(scene, pressed)

    def _may_show_people(self, turn: Turn) -> bool:
        """Whether the answer may hold details of people: then who asks is read from the directory again."""
        match turn.occasion:
            case Pressed(_, data):
                # By the seal: what stands beside it the sender writes. What is not ours shows nobody; a card that is
                # too old may still say what became of what it was for.
                action = self._sealer.open(data, turn, self._clock())
                if isinstance(action, SealFault):
                    return action is not SealFault.BROKEN
                return action.verb not in self._shows_nobody
            case Said(text):
                heard = self._router.hear(text)
                meant = [(self._named.get(one.name or ""), one.opens) for one in heard.among or (heard,)]
                return any(
                    service is not None and (verb or service.dialog.opens) not in self._shows_nobody
                    for service, verb in meant
                )
            case _:
                return False

    async def _scene(self, turn: Turn, voice: "_Voice", *, afresh: bool) -> Scene:
        """`afresh`: who this is must not rest on what is remembered."""
        trouble = ""
        try:
            recognise = self._recognise.fresh if afresh else self._recognise
            actor = await recognise(turn.object_id, turn.tenant_id)
            voice.asker = Asker.of(actor.role)
            if actor.school is not None and may_reset_passwords(actor).allowed:
                await self._directors.seen(actor.school.id, actor.object_id)
            if actor.region:
                await self._experts.seen(actor.region, actor.object_id)
        except DirectoryError as error:
            # Without a role there are no rights; help and the choice of language need none.
            actor, trouble = Actor(turn.object_id, turn.tenant_id, Role.NONE), failure(error, voice.t)
            log.warning("role not readable: %s%s", error, voice.shown)
        allowed = [one for one in self._dialogs if not (trouble and one.needs_role) and one.may(actor).allowed]
        voice.allowed = frozenset(one.name for one in allowed)
        return Scene(
            turn=turn,
            actor=actor,
            language=voice.language,
            t=voice.t,
            presser=Presser(Holder.of(turn), self._clock(), self._sealer, self._entries),
            action=Action(""),
            services={one.name: one.opens for one in allowed if one.place == "menu"},
            hints={one.name: one.hint(actor) for one in allowed if one.hint is not None},
            leads={reason: one.name for one in allowed for reason in one.instead_of},
            allowed=voice.allowed,
            warns_of_identifiers=any(one.takes_identifier is not None for one in allowed),
            trouble=trouble,
        )

    async def _said(self, scene: Scene, text: str) -> Reply:
        heard = self._router.hear(text)
        if heard.holds_identifier and self._takes_identifiers:
            return await self._identifier_in_chat(scene, self._named.get(heard.name or ""))
        if heard.courtesy:
            return courteous(scene, heard.courtesy)
        meant = meant_by(heard, self._dialogs, scene.allowed)
        service = None if meant is None else self._named.get(meant.name)
        if meant is None or service is None:
            return not_understood(scene, self._menus(heard.likely), heard.offers)
        scene = replace(scene, action=meant.action)
        return barred(service, scene) or await service.answer(scene)

    def _menus(self, names: Iterable[str]) -> Iterator[str]:
        """The services of the menu behind which these stand."""
        for name in names:
            yield self._named[name].dialog.part_of or name

    async def _identifier_in_chat(self, scene: Scene, meant: Service[Any] | None) -> Reply:
        """The number belongs in a form: that of the service that was meant, or else of the first that takes one."""
        service = meant if meant in self._takes_identifiers else self._takes_identifiers[0]
        assert service is not None  # noqa: S101 -- it is one of those that take identifiers
        takes = service.dialog.takes_identifier
        assert takes is not None  # noqa: S101 -- same
        closed = barred(service, scene, first=scene.t("lookup-identifier-in-chat"))
        return closed or await takes(service.cases, scene)

    async def _pressed(self, scene: Scene, pressed: Pressed) -> Reply:
        action = self._sealer.open(pressed.data, scene.turn, scene.now)
        if action is SealFault.EXPIRED:
            sealed = self._sealer.genuine(pressed.data)
            if sealed is not None and pressed.verb != sealed.verb:
                action = SealFault.BROKEN  # a verb is what its seal says, however old it is
        if isinstance(action, Action) and action.verb not in self._by_verb:
            action = (
                SealFault.EXPIRED
            )  # another release's: the card is ours, and too old (too new, after a step back)
        if isinstance(action, Action) and (pressed.automatic or pressed.verb != action.verb):
            action = SealFault.BROKEN  # no card of ours refreshes itself
        if action is SealFault.EXPIRED:
            return await self._what_became(scene, pressed) or way_forward(scene, scene.t(SEALS[action]))
        if action is SealFault.OTHER_PERSON:
            await self._tell_its_dialog(scene, pressed)
        if isinstance(action, SealFault):
            log.warning("press refused: %s", action.value)
            return Reply(text=scene.t(SEALS[action]), refused=True)
        service = self._by_verb[action.verb]
        if pressed.by_message and not _may_come_by_message(service, action, pressed):
            return Reply(text=scene.t("refusal-press-by-message"), refused=True)
        if scene.trouble and service.dialog.needs_role:
            return Reply(text=scene.trouble, refused=True)  # as an error: the pressed card stays, with what was typed
        typed = declared(pressed.data, self._gates, MOST_TYPED)
        scene = replace(scene, action=replace(action, inputs=typed))
        return barred(service, scene) or await service.answer(scene)

    def _genuine(self, pressed: Pressed) -> tuple[Action, Service[Any]] | None:
        action = self._sealer.genuine(pressed.data)
        service = None if action is None else self._by_verb.get(action.verb)
        return None if action is None or service is None else (action, service)

    async def _what_became(self, scene: Scene, pressed: Pressed) -> Reply | None:
        """A card of this person's, too old to be obeyed: its dialog may still have a word about what it was for."""
        known = self._genuine(pressed)
        if known is None:
            return None
        action, service = known
        expired = service.dialog.expired
        if expired is None or service.name not in scene.allowed:
            return None
        if pressed.by_message and not _may_come_by_message(service, action, pressed):
            return None
        return await expired(service.cases, replace(scene, action=action))

    async def _tell_its_dialog(self, scene: Scene, pressed: Pressed) -> None:
        """A genuine card in the wrong hands. The answer is the refusal, whatever becomes of the telling."""
        known = self._genuine(pressed)
        if known is None:
            return
        action, service = known
        stolen = service.dialog.stolen
        if stolen is None:
            return
        try:
            async with asyncio.timeout(_TELLING):
                await stolen(service.cases, scene.turn.object_id, action)
        except Exception:
            log.exception("a press on another's card could not be recorded")


def _kept_or_again(turn: Turn, voice: "_Voice", error: Exception) -> None:
    """Errors: EventNotKept, of an event that nobody can ask for again."""
    if isinstance(turn.occasion, Installed | Removed) and not voice.kept:
        raise EventNotKept from error


class _Voice:
    """In which language and to whom one turn speaks, as far as that is known, and which services they may use; with
    the reference number of the turn in every text that sends somebody somewhere. `kept`: where they are is.
    """

    def __init__(self, catalog: Catalog, language: str, new_reference: Callable[[], str]) -> None:
        self._catalog = catalog
        self.language = language
        self.asker = Asker.UNKNOWN
        self.allowed: frozenset[str] | None = None
        self.kept = False
        self.noted = Noted(new_reference, _log_shown)

    @property
    def t(self) -> Translate:
        """Gives a text."""
        return self._catalog.speak(self.language, self.asker, self.noted)

    @property
    def shown(self) -> str:
        """The end of a line of the log: the reference number, if the person was shown one."""
        return f", reference {self.noted.reference}" if self.noted.reference else ""


def _log_shown(reference: str, text_id: str) -> None:
    log.info("reference %s was shown with %s", reference, text_id)


def _may_come_by_message(service: Service[Any], action: Action, pressed: Pressed) -> bool:
    """Whether it is understood in a message. Closed by default; with words that would not be read, too."""
    dialog = service.dialog
    return action.verb in dialog.by_message and not (pressed.filled and action.verb in dialog.unfilled)


def _static(turn: Turn, words: str) -> Reply | None:
    """One constant line to whoever speaks where nothing personal may be said; events are passed over."""
    return _plain(turn, words) if isinstance(turn.occasion, Said | Pressed) else None


def _plain(turn: Turn, words: str) -> Reply:
    return Reply(text=words, refused=isinstance(turn.occasion, Pressed))
