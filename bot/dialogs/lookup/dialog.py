"""Справка: from the form to the username. What is typed arrives in a press and leaves in its answer only."""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import Action, Reply
from bot.core.errors import OutsideError
from bot.core.people.free_text import free_text
from bot.core.usernames.find import FindUsername
from bot.core.usernames.model import (
    LONGEST_PURPOSE,
    Answer,
    ByChoice,
    ByName,
    ByUsername,
    Denied,
    Found,
    NotFound,
    Purpose,
    PurposeKind,
    Query,
    Several,
    TooMany,
    Unreadable,
)
from bot.dialogs.dialog import Scene
from bot.dialogs.lookup import view
from bot.dialogs.lookup.view import Typed
from bot.dialogs.search import MOST_TYPED, again_of, chosen, press_digest, query_of, unreadable
from bot.refusals import failure, refusal


class LookupDialog:
    """Form → result, choice or the form again with what is wrong."""

    def __init__(self, find: FindUsername) -> None:
        self._find = find

    async def opened(self, scene: Scene) -> Reply:
        """The empty form."""
        return view.form(scene, Typed())

    async def open_after_identifier(self, scene: Scene) -> Reply:
        """The empty form, after an identifier was typed into the chat: it is not repeated, not even here."""
        notice = f"{scene.t('lookup-identifier-in-chat')}\n{scene.t('lookup-identifier-in-form')}"
        return view.form(scene, Typed(), notice=notice)

    async def search(self, scene: Scene) -> Reply:
        """Looks for what was typed."""
        action, inputs = scene.action, scene.action.inputs
        typed = Typed(
            kind=inputs.get("kind", ""),
            typed=inputs.get("typed", "")[:MOST_TYPED],
            purpose=inputs.get("purpose", ""),
            purpose_text=inputs.get("purpose_text", ""),
            again=again_of(action),
        )
        return await self._search(scene, action, typed)

    async def pick(self, scene: Scene) -> Reply:
        """Shows the chosen one of several."""
        return await self._pick(scene, scene.action, scene.action.inputs)

    async def _search(self, scene: Scene, action: Action, typed: Typed) -> Reply:
        query, purpose = query_of(typed.kind, typed.typed, typed.again), _purpose(typed)
        if purpose and purpose.kind is PurposeKind.OTHER and not purpose.text:
            return view.form(scene, typed, problem=scene.t("lookup-purpose-text-missing"), concerns="purpose_text")
        if query is None or not typed.typed.strip():
            return view.form(scene, typed, problem=scene.t("identifier-empty" if query else "lookup-kind-missing"))
        try:
            answer = await self._find(scene.actor, query, purpose, _operation(action, typed))
        except OutsideError as error:
            return view.form(scene, typed, notice=failure(error, scene.t))  # nothing typed is lost
        return _shown(scene, query, typed, answer)

    async def _pick(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        one = chosen(action, inputs)
        if not one:
            return view.form(scene, Typed(kind="name"), problem=scene.t("lookup-choice-missing"))
        try:
            answer = await self._find(scene.actor, ByChoice(one), None, _operation(action, Typed(typed=one)))
        except OutsideError as error:
            return view.form(scene, Typed(kind="name"), notice=failure(error, scene.t))
        match answer:
            case Found():
                return view.result(scene, answer)
            case Denied(decision):
                return view.denied(scene, refusal(decision, scene.t, scene.language))
            case _:
                return view.form(scene, Typed(kind="name"), problem=scene.t("lookup-choice-gone"))


def _shown(scene: Scene, query: Query, typed: Typed, answer: Answer) -> Reply:
    match answer:
        case Found():
            return view.result(scene, answer)
        case Several(people):
            return view.choices(scene, people)
        case TooMany(count):
            return view.form(scene, typed, notice=scene.t("lookup-too-many", count=count))
        case NotFound(only_own_school):
            return _not_found(scene, query, typed, only_own_school=only_own_school)
        case Unreadable():
            return _unreadable(scene, query, typed, answer)
        case Denied(decision):
            return view.denied(scene, refusal(decision, scene.t, scene.language))


def _unreadable(scene: Scene, query: Query, typed: Typed, answer: Unreadable) -> Reply:
    """What is wrong with what was typed; a lost zero is offered back in its place."""
    words = unreadable(scene, query, answer)
    if answer.problem is not None and answer.problem.suggestion:
        return view.form(scene, typed.corrected(answer.problem.suggestion), notice=words, concerns="typed")
    return view.form(scene, replace(typed, again=answer.again), problem=words)


def _purpose(typed: Typed) -> Purpose | None:
    if typed.purpose not in set(PurposeKind):
        return None
    return Purpose(PurposeKind(typed.purpose), free_text(typed.purpose_text, LONGEST_PURPOSE))


def _operation(action: Action, typed: Typed) -> str:
    return press_digest(action, typed.kind, typed.typed, typed.purpose, typed.purpose_text)


def _not_found(scene: Scene, query: Query, typed: Typed, *, only_own_school: bool) -> Reply:
    if isinstance(query, ByName):
        return view.form(scene, typed, notice=scene.t("lookup-not-found-name"))
    if only_own_school:  # what is missing is most often the reason, so it is said where the reason is chosen
        return view.form(scene, typed, notice=scene.t("lookup-not-found-own"), concerns="purpose")
    name = "lookup-not-found-username" if isinstance(query, ByUsername) else "lookup-not-found"
    return view.form(scene, typed, notice=scene.t(name))
