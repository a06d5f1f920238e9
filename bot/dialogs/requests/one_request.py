"""One request: looking at it, deciding about it, and being told why not."""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import Action, Reply
from bot.core.decision import Reason
from bot.core.transfers.blind import BlindTransfer
from bot.core.transfers.decide import DecideTransfer
from bot.core.transfers.deeds import Decided, Deed, MayBeDone, NotDecided, TooLate
from bot.core.transfers.model import Side
from bot.core.transfers.policy import Choice
from bot.core.transfers.read import NotSeen, ReadTransfers
from bot.dialogs.dialog import Scene
from bot.dialogs.requests import view
from bot.dialogs.requests.status_view import decided_by, status_reply
from bot.refusals import refusal

_WITH_REASON = frozenset({Choice.REFUSE, Choice.NOT_OURS, Choice.RETURN})
_DONE = {
    Choice.APPROVE: "transfer-done-approve",
    Choice.REFUSE: "transfer-done-refuse",
    Choice.NOT_OURS: "transfer-done-not-ours",
    Choice.RETURN: "transfer-done-return",
    Choice.WITHDRAW: "transfer-done-withdraw",
    Choice.RETRY: "transfer-done-retry",
}


class OneRequest:
    """What has an effect reads rights and state again at the moment of the press."""

    verbs = ("request.open", "request.ask", "request.do", "request.reveal", "request.revealed")

    def __init__(self, read: ReadTransfers, decide: DecideTransfer) -> None:
        self._read = read
        self._decide = decide

    async def press(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        """The answer to one of `verbs`."""
        match action.verb:
            case "request.ask":
                return await self._ask(scene, action)
            case "request.do":
                return await self._do(scene, action, inputs)
            case "request.reveal":
                return await self._reveal(scene, action)
            case "request.revealed":
                return await self._revealed(scene, action, inputs)
            case _:
                return await self.shown(scene, action.ids.get("request", ""))

    async def shown(self, scene: Scene, request: str, *, notice: str = "") -> Reply:
        """The request as it is now, as this person may see it. Errors: StoreUnavailable."""
        seen = await self._read.one(scene.actor, request)
        if isinstance(seen, NotSeen):
            return view.denied(scene, seen.decision)
        return status_reply(scene.t, scene.language, seen, scene.presser, notice=notice)

    async def _ask(self, scene: Scene, action: Action) -> Reply:
        """Sure? or: why? Whether it can be done at all is said before anything is asked."""
        choice = _choice(action)
        if choice is None:
            return await self.shown(scene, action.ids.get("request", ""))
        if choice is Choice.RETRY:
            return await self._do(scene, action, {})
        deed = Deed(action.ids.get("request", ""), action.version, choice)
        may = await self._decide.check(scene.actor, deed)
        if not isinstance(may, MayBeDone):
            return await self._stopped(scene, deed, may)
        if choice in _WITH_REASON or may.side is Side.OFFICE:
            return view.reason(scene, may.transfer, may.side, choice)
        return view.confirm(scene, may, choice)

    async def _do(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        choice = _choice(action)
        if choice is None:
            return await self.shown(scene, action.ids.get("request", ""))
        deed = Deed(
            action.ids.get("request", ""),
            action.version,
            choice,
            reason=inputs.get("reason", ""),
            where=inputs.get("where", ""),
        )
        done = await self._decide(scene.actor, deed)
        if not isinstance(done, Decided):
            return await self._stopped(scene, deed, done)
        return await self.shown(scene, deed.transfer_id, notice=scene.t(_DONE[choice]))

    async def _stopped(self, scene: Scene, deed: Deed, why: TooLate | NotDecided) -> Reply:
        """Who decided and when; or what has changed; or what is missing; or why not."""
        if isinstance(why, TooLate):
            moved_on = why.reason is Reason.MOVED_ON
            words = scene.t("transfer-moved-on") if moved_on else decided_by(scene.t, scene.language, why.transfer)
            return await self.shown(scene, deed.transfer_id, notice=words)
        words = refusal(why.decision, scene.t, scene.language)
        if why.transfer is None or why.side is None:
            return view.denied(scene, why.decision)
        if why.decision.denied_because is Reason.REASON_MISSING:
            return view.reason(
                scene, why.transfer, why.side, deed.choice, text=deed.reason, where=deed.where, problem=words
            )
        return await self.shown(scene, deed.transfer_id, notice=words)

    async def _reveal(self, scene: Scene, action: Action) -> Reply:
        transfer = await self._blind(scene, action)
        return view.reveal(scene, transfer) if isinstance(transfer, BlindTransfer) else transfer

    async def _revealed(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        reason = inputs.get("reason", "")
        seen = await self._read.open(scene.actor, action.ids.get("request", ""), reason)
        if not isinstance(seen, NotSeen):
            notice = scene.t("transfer-revealed")
            reply = status_reply(scene.t, scene.language, seen, scene.presser, notice=notice)
            return replace(reply, people=None)  # that it was opened, and why, is recorded already
        if seen.decision.denied_because is not Reason.REASON_MISSING:
            return view.denied(scene, seen.decision)
        transfer = await self._blind(scene, action)
        problem = refusal(seen.decision, scene.t, scene.language)
        return view.reveal(scene, transfer, problem=problem) if isinstance(transfer, BlindTransfer) else transfer

    async def _blind(self, scene: Scene, action: Action) -> BlindTransfer | Reply:
        """The request as the office may see it without a reason; or the refusal."""
        seen = await self._read.one(scene.actor, action.ids.get("request", ""))
        if isinstance(seen, NotSeen):
            return view.denied(scene, seen.decision)
        if not isinstance(seen.transfer, BlindTransfer):
            return status_reply(scene.t, scene.language, seen, scene.presser)
        return seen.transfer


def _choice(action: Action) -> Choice | None:
    choice = action.ids.get("choice", "")
    return Choice(choice) if choice in set(Choice) else None
