"""Искания: the lists, and what several requests need together. One request is in `one_request.py`."""

from collections.abc import Mapping

from bot.conversation import Action, Reply
from bot.core.transfers.decide import DecideTransfer
from bot.core.transfers.deeds import Deed
from bot.core.transfers.model import Group
from bot.core.transfers.policy import Choice
from bot.core.transfers.read import NotSeen, ReadTransfers
from bot.dialogs.dialog import Scene
from bot.dialogs.requests import view
from bot.dialogs.requests.deputies import DeputyTalk
from bot.dialogs.requests.one_request import OneRequest

_MOST_AT_ONCE = 10


class RequestsDialog:
    """What a school or a regional office has to do with requests."""

    verbs = (
        "requests.list",
        "requests.open",
        "requests.pick",
        "requests.approve",
        *OneRequest.verbs,
        *DeputyTalk.verbs,
    )

    def __init__(self, read: ReadTransfers, decide: DecideTransfer, deputies: DeputyTalk) -> None:
        self.read = read
        self._decide = decide
        self._deputies = deputies
        self._one = OneRequest(read, decide)

    async def pressed(self, scene: Scene) -> Reply:
        """The answer to one of `verbs`."""
        return await self.press(scene, scene.action, scene.action.inputs)

    async def press(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        """Lists, opens, asks, decides. Rights and state are read again by what has an effect."""
        if action.verb in DeputyTalk.verbs:
            return await self._deputies.press(scene, action, inputs)
        if action.verb in OneRequest.verbs:
            return await self._one.press(scene, action, inputs)
        match action.verb:
            case "requests.open":
                return await self._chosen(scene, action, inputs)
            case "requests.pick":
                return await self._picked(scene, action, inputs)
            case "requests.approve":
                done = await self._decide.several(scene.actor, [_approval(*one) for one in _listed(action)])
                return view.results(scene, done)
            case _:
                group, number = action.ids.get("group", ""), action.ids.get("page", "")
                return await self._list(scene, _group(group), _number(number))

    async def pressed_late(self, scene: Scene) -> Reply | None:
        """What has become of the request. Errors: StoreUnavailable."""
        action = scene.action
        if action.verb not in OneRequest.verbs:
            return None
        return await self._one.shown(scene, action.ids.get("request", ""), notice=scene.t("refusal-card-expired"))

    async def _list(
        self, scene: Scene, group: Group | None, number: int, *, problem: str = "", notice: str = ""
    ) -> Reply:
        listed = await self.read.page(scene.actor, group, number)
        if isinstance(listed, NotSeen):
            return view.denied(scene, listed.decision)
        return view.page(scene, listed, problem=problem, notice=notice)

    async def _chosen(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        one = inputs.get("choice", "")
        if one not in {request for request, _ in _listed(action)}:
            return await self._list(scene, None, 0, problem=scene.t("requests-choice-missing"))
        return await self._one.shown(scene, one)

    async def _picked(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        ticked = {one.strip() for one in inputs.get("ticked", "").split(",")}
        picked = [one for one in _listed(action) if one[0] in ticked][:_MOST_AT_ONCE]
        if not picked:
            return await self._list(scene, Group.RECEIVED, 0, problem=scene.t("requests-none-ticked"))
        return view.several(scene, [await self._decide.check(scene.actor, _approval(*one)) for one in picked])


def _listed(action: Action) -> list[tuple[str, int]]:
    """The requests of a sealed list, each with the version it was shown in."""
    pairs = (one.rpartition(":") for one in action.ids.get("requests", "").split(",") if one)
    return [(request, _number(version)) for request, _, version in pairs]


def _approval(request: str, version: int) -> Deed:
    return Deed(request, version, Choice.APPROVE)


def _group(text: str) -> Group | None:
    return Group(text) if text in set(Group) else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
