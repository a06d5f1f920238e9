"""The questions before something is done with one request: sure? and why?"""

from bot.conversation import Reply
from bot.core.transfers.blind import BlindTransfer, SeenTransfer
from bot.core.transfers.decide import Deed
from bot.core.transfers.model import Side
from bot.core.transfers.policy import Choice
from bot.dialogs.dialog import Scene
from bot.dialogs.requests.status_card import about, shown_in
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from cards.actions import Button
from cards.transfer_question import transfer_confirm_card, transfer_reason_card


def confirm(scene: Scene, transfer: SeenTransfer, choice: Choice) -> Reply:
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
        notes=(t("transfer-sync-releasing"), t("transfer-call-back")) if choice is Choice.APPROVE else (),
    )
    return Reply(card=card, people=shown_in(transfer))


def reason(scene: Scene, transfer: SeenTransfer, side: Side, deed: Deed, *, problem: str = "") -> Reply:
    """Why? The other side will read it. What was typed is given back."""
    t, choice = scene.t, deed.choice
    ids = {"request": transfer.id, "choice": choice.value}
    card = transfer_reason_card(
        t,
        about=about(transfer),
        title=t(f"transfer-{choice}"),
        lead=t("transfer-why-office" if side is Side.OFFICE else f"transfer-why-{choice}"),
        label=t("transfer-reason-label"),
        submit_title=t(f"transfer-{choice}"),
        submit=scene.press("request.do", FORM_LIFETIME, ids=ids, version=transfer.version),
        reason=deed.reason,
        where_label=t("transfer-where-label") if choice is Choice.NOT_OURS else "",
        where=deed.where,
        problem=problem,
        destructive=choice is Choice.REFUSE,
        buttons=(_back(scene, transfer),),
    )
    return Reply(card=card, people=shown_in(transfer))


def reveal(scene: Scene, transfer: BlindTransfer, *, problem: str = "") -> Reply:
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
