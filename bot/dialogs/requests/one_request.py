"""One request: looking at it, the questions before something is done with it, deciding, and being told why not.

What has an effect reads rights and state again at the moment of the press.
"""

from dataclasses import replace

from bot.conversation import Reply
from bot.core.decision import Reason
from bot.core.transfers.blind import BlindTransfer, SeenTransfer
from bot.core.transfers.decide import Decided, Deed, MayBeDone, NotDecided, TooLate
from bot.core.transfers.model import Side
from bot.core.transfers.policy import Choice
from bot.core.transfers.read import NotSeen
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied
from bot.dialogs.requests.cases import RequestCases
from bot.dialogs.requests.status_card import about, decided_by, shown_in, status_reply
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from bot.refusals import refusal
from cards.actions import Button
from cards.transfer_question import transfer_confirm_card, transfer_reason_card

_WITH_REASON = frozenset({Choice.REFUSE, Choice.NOT_OURS, Choice.RETURN, Choice.TAKE_BACK, Choice.APPEAL})


async def show(cases: RequestCases, scene: Scene) -> Reply:
    """The request the button names."""
    return await shown(cases, scene, scene.action.id("request"))


async def shown(cases: RequestCases, scene: Scene, request: str, *, notice: str = "") -> Reply:
    """The request as it is now, as this person may see it. Errors: StoreUnavailable."""
    seen = await cases.read.one(scene.actor, request)
    return denied(scene, seen.decision) if isinstance(seen, NotSeen) else status_reply(scene, seen, notice=notice)


async def what_became(cases: RequestCases, scene: Scene) -> Reply | None:
    """Of a card about one request that is too old: the request as it is now. Errors: StoreUnavailable."""
    request = scene.action.id("request")
    return await shown(cases, scene, request, notice=scene.t("refusal-card-expired")) if request else None


async def ask(cases: RequestCases, scene: Scene) -> Reply:
    """Sure? or: why? Whether it can be done at all is said before anything is asked."""
    deed = _deed(scene)
    if deed is None:
        return await show(cases, scene)
    if deed.choice is Choice.RETRY:
        return await _decided(cases, scene, deed)
    may = await cases.decide.check(scene.actor, deed)
    if not isinstance(may, MayBeDone):
        return await _stopped(cases, scene, deed, may)
    if deed.choice in _WITH_REASON or may.side is Side.OFFICE:
        return reason_question(scene, may.transfer, may.side, deed)
    return sure_question(scene, may.transfer, deed.choice)


async def do(cases: RequestCases, scene: Scene) -> Reply:
    """Decides, with the reason that was typed."""
    deed, typed = _deed(scene), scene.action.inputs
    if deed is None:
        return await show(cases, scene)
    deed = replace(deed, reason=typed.get("reason", ""), where=typed.get("where", ""))
    return await _decided(cases, scene, deed)


async def reveal(cases: RequestCases, scene: Scene) -> Reply:
    """Shows the regional office whom the request is about, with the reason that was typed."""
    seen = await cases.read.open(scene.actor, scene.action.id("request"), scene.action.inputs.get("reason", ""))
    if not isinstance(seen, NotSeen):
        reply = status_reply(scene, seen, notice=scene.t("transfer-revealed"))
        return replace(reply, people=None)  # that it was opened, and why, is recorded already
    if seen.decision.denied_because is Reason.REASON_MISSING:
        return await ask_why_reveal(cases, scene, problem=refusal(seen.decision, scene.t, scene.language))
    return denied(scene, seen.decision)


async def ask_why_reveal(cases: RequestCases, scene: Scene, *, problem: str = "") -> Reply:
    """Why is the student to be shown to the regional office?"""
    seen = await cases.read.one(scene.actor, scene.action.id("request"))
    if isinstance(seen, NotSeen):
        return denied(scene, seen.decision)
    if not isinstance(seen.transfer, BlindTransfer):
        return status_reply(scene, seen)
    return reveal_question(scene, seen.transfer, problem=problem)


async def _decided(cases: RequestCases, scene: Scene, deed: Deed) -> Reply:
    done = await cases.decide(scene.actor, deed)
    if not isinstance(done, Decided):
        return await _stopped(cases, scene, deed, done)
    return await shown(cases, scene, deed.transfer_id, notice=scene.t(f"transfer-done-{deed.choice}"))


async def _stopped(cases: RequestCases, scene: Scene, deed: Deed, why: TooLate | NotDecided) -> Reply:
    """Who decided and when; or what has changed; or what is missing; or why not."""
    if isinstance(why, TooLate):
        moved_on = why.reason is Reason.MOVED_ON
        words = scene.t("transfer-moved-on") if moved_on else decided_by(scene, why.transfer)
        return await shown(cases, scene, deed.transfer_id, notice=words)
    if why.transfer is None or why.side is None:
        return denied(scene, why.decision)
    words = refusal(why.decision, scene.t, scene.language)
    if why.decision.denied_because is Reason.REASON_MISSING:
        return reason_question(scene, why.transfer, why.side, deed, problem=words)
    return await shown(cases, scene, deed.transfer_id, notice=words)


def _deed(scene: Scene) -> Deed | None:
    """What the button stands for, on the request as its card showed it; None for a choice there is not."""
    choice = scene.action.id("choice")
    return Deed(scene.action.id("request"), scene.action.version, Choice(choice)) if choice in set(Choice) else None


def sure_question(scene: Scene, transfer: SeenTransfer, choice: Choice) -> Reply:
    """Потвърждавате ли?"""
    t, request = scene.t, about(transfer)
    ids = {"request": transfer.id, "choice": choice.value}
    do = scene.press("request.do", STEP_LIFETIME, ids=ids, version=transfer.version)
    question = t("transfer-sure-approve", name=request.name, school=request.receiving.name)
    if choice is Choice.WITHDRAW:
        question = t("transfer-sure-withdraw", name=request.name)
    card = transfer_confirm_card(
        t,
        about=request,
        title=t("password-confirm"),
        question=question,
        confirm=Button(t(f"transfer-{choice}"), do, "positive"),
        cancel=_back(scene, transfer),
        note=t("transfer-call-back") if choice is Choice.APPROVE else "",
        more=(t("transfer-sync-releasing"),) if choice is Choice.APPROVE else (),
    )
    return Reply(card=card, people=shown_in(transfer))


def reason_question(scene: Scene, transfer: SeenTransfer, side: Side, deed: Deed, *, problem: str = "") -> Reply:
    """Why? The other side will read it. What was typed is given back."""
    t, choice = scene.t, deed.choice
    ids = {"request": transfer.id, "choice": choice.value}
    decides = side is Side.OFFICE and choice in {Choice.APPROVE, Choice.REFUSE}  # in the place of the school
    card = transfer_reason_card(
        t,
        about=about(transfer),
        title=t(f"transfer-{choice}"),
        lead=t("transfer-why-office" if decides else f"transfer-why-{choice}"),
        label=t("transfer-reason-label"),
        submit_title=t(f"transfer-{choice}"),
        submit=scene.press("request.do", FORM_LIFETIME, ids=ids, version=transfer.version),
        reason=deed.reason,
        where_label=t("transfer-where-label") if choice is Choice.NOT_OURS else "",
        where=deed.where,
        problem=problem,
        destructive=choice in {Choice.REFUSE, Choice.TAKE_BACK},
        buttons=(_back(scene, transfer),),
    )
    return Reply(card=card, people=shown_in(transfer))


def reveal_question(scene: Scene, transfer: BlindTransfer, *, problem: str = "") -> Reply:
    """Why is the student to be shown to the regional office?"""
    t = scene.t
    card = transfer_reason_card(
        t,
        about=about(transfer),
        title=t("transfer-reveal"),
        lead=t("transfer-why-reveal"),
        label=t("transfer-reveal-label"),
        submit_title=t("transfer-reveal"),
        submit=scene.press("request.revealed", STEP_LIFETIME, ids={"request": transfer.id}),
        problem=problem,
        buttons=(_back(scene, transfer),),
    )
    return Reply(card=card, people=shown_in(transfer))


def _back(scene: Scene, transfer: SeenTransfer) -> Button:
    return Button(scene.t("password-cancel"), scene.press("request.open", ids={"request": transfer.id}))
