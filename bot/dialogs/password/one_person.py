"""A password for one person: for whom → who receives it → sure? → made → shown → handed over."""

from collections.abc import Mapping

from bot.conversation import Action, Reply
from bot.core.decision import Decision
from bot.core.passwords.model import Operation, Refused, Shown, Stage
from bot.core.passwords.request import Wish
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import way_forward
from bot.dialogs.password import states, view
from bot.dialogs.password.cases import STEP_LIFETIME, PasswordCases, SlipUrl
from bot.dialogs.password.view import Chosen
from bot.dialogs.search import press_digest
from bot.refusals import refusal
from cards.actions import Button

PATIENCE = 3.0
"""Seconds for which the answer to the confirmation waits for the worker; mostly it needs less than one."""


class OnePerson:
    """The part of the dialog about one account. Without `slip_url` nothing can be printed."""

    verbs = (
        "password.person",
        "password.recipient",
        "password.confirm",
        "password.state",
        "password.reveal",
        "password.handed",
        "password.check",
        "password.slips",
    )

    def __init__(self, cases: PasswordCases, slip_url: SlipUrl | None) -> None:
        self._cases = cases
        self._slip_url = slip_url

    async def press(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        """The answer to one of `verbs`."""
        match action.verb:
            case "password.person":
                return await self.person(scene, action.ids.get("person", ""))
            case "password.recipient":
                return await self._recipient(scene, action, Chosen.of(inputs))
            case "password.confirm":
                return await self._confirm(scene, action)
            case "password.slips":
                return await self._slips(scene, action)
            case _:
                return await self._follow(scene, action.verb, action.ids.get("operation", ""))

    async def person(self, scene: Scene, person_id: str) -> Reply:
        """The card of the person, read now."""
        return await self._person(scene, person_id, Chosen())

    async def over(self, scene: Scene, operation_id: str) -> Reply | None:
        """When a password was shown, or why it was not: once it cannot be shown any more, and not before."""
        operation = await self._cases.follow(scene.actor, scene.turn.reference.conversation_id, operation_id)
        if isinstance(operation, Refused) or operation.stage is Stage.REQUESTED:
            return None
        return None if view.can_be_shown(operation, scene.now) else states.state(scene, operation, slips=False)

    async def _person(self, scene: Scene, person_id: str, chosen: Chosen, denied: Decision | None = None) -> Reply:
        prepared = await self._cases.prepare(scene.actor, person_id)
        if isinstance(prepared, Refused):
            return view.denied(scene, prepared.decision)
        return view.person(scene, prepared, chosen, denied=denied)

    async def _recipient(self, scene: Scene, action: Action, chosen: Chosen) -> Reply:
        wish = _wish(scene, action, chosen)
        checked = await self._cases.request.check(scene.actor, wish)
        if not isinstance(checked, Refused):
            return view.confirm(scene, checked, wish.school, chosen)
        if checked.decision.denied_because in view.CONCERNS:
            return await self._person(scene, wish.person, chosen, checked.decision)
        return view.denied(scene, checked.decision)

    async def _confirm(self, scene: Scene, action: Action) -> Reply:
        wish = _wish(scene, action, Chosen.of(action.ids))
        begun = await self._cases.request(scene.actor, wish)
        if isinstance(begun, Refused):
            return self._not_begun(scene, wish, begun.decision)
        now = await self._cases.follow(scene.actor, wish.conversation, begun.id, patience=PATIENCE)
        return self._stands(scene, now)

    def _not_begun(self, scene: Scene, wish: Wish, decision: Decision) -> Reply:
        """Back to the person where another choice would help or one is being made; else only a word."""
        if decision.denied_because not in view.BACK_TO_PERSON:
            return view.denied(scene, decision)
        press = scene.press("password.person", STEP_LIFETIME, ids={"person": wish.person})
        return view.back(scene, refusal(decision, scene.t, scene.language), press)

    async def _follow(self, scene: Scene, verb: str, operation_id: str) -> Reply:
        conversation = scene.turn.reference.conversation_id
        match verb:
            case "password.reveal":
                shown = await self._cases.reveal(scene.actor, conversation, operation_id)
                if isinstance(shown, Shown):
                    return states.revealed(scene, shown, slips=self._slip_url is not None)
                return self._stands(scene, shown)
            case "password.handed":
                return self._stands(scene, await self._cases.hand_over(scene.actor, conversation, operation_id))
            case "password.check":
                seen = await self._cases.check(scene.actor, conversation, operation_id)
                if isinstance(seen, Refused):
                    return view.denied(scene, seen.decision)
                return states.checked(scene, seen)
            case _:
                return self._stands(scene, await self._cases.follow(scene.actor, conversation, operation_id))

    async def _slips(self, scene: Scene, action: Action) -> Reply:
        if self._slip_url is None:
            return way_forward(scene, scene.t("password-slips-off"))
        operation, job = action.ids.get("operation", ""), action.ids.get("job", "")
        conversation = scene.turn.reference.conversation_id
        offer = await self._cases.slips(scene.actor, conversation, operation=operation, job=job)
        if isinstance(offer, Refused):
            return view.denied(scene, offer.decision)
        verb = "class.progress" if job else "password.state"
        back = scene.press(verb, STEP_LIFETIME, ids={"job": job} if job else {"operation": operation})
        return states.slip_offered(scene, offer, self._slip_url(offer.token), Button(scene.t("password-back"), back))

    def _stands(self, scene: Scene, operation: Operation | Refused) -> Reply:
        if isinstance(operation, Refused):
            return view.denied(scene, operation.decision)
        return states.state(scene, operation, slips=self._slip_url is not None)


def _wish(scene: Scene, action: Action, chosen: Chosen) -> Wish:
    """What was chosen, for the account and school the card was made for. The press is its identity."""
    return Wish(
        operation=press_digest(action),
        person=action.ids.get("person", ""),
        school=action.ids.get("school", ""),
        conversation=scene.turn.reference.conversation_id,
        recipient=chosen.to,
        birth=chosen.born,
        sen=chosen.sen,
        identity=chosen.identity,
        compromised=chosen.compromised,
    )
