"""A handing over that was noted by mistake is taken back, with a reason."""

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.accounts.model import LONGEST_REASON, TO_HAND_OVER, BoardPerson, Receipt
from bot.core.accounts.states import handed_over
from bot.core.decision import Decision, Reason
from bot.dialogs.accounts.cases import AccountsCases
from bot.dialogs.accounts.chosen import ids_of
from bot.dialogs.accounts.meant import Meant, handing
from bot.dialogs.accounts.ways import ways_back
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import not_possible, notice
from bot.dialogs.search import press_digest
from bot.presser import FORM_LIFETIME
from bot.refusals import refusal
from bot.texts.moments import moment
from cards.actions import Button, Style
from cards.reversal import reversal_card


async def mistake(cases: AccountsCases, scene: Scene) -> Reply:
    """Why was it a mistake?"""
    return await _mistake(cases, scene)


async def taken_back(cases: AccountsCases, scene: Scene) -> Reply:
    """Notes that it was a mistake, with the reason: a second record."""
    action = scene.action
    reason = action.inputs.get("reason", "")
    decision = await cases.reverse(
        scene.actor,
        press_digest(action, reason),
        person=action.id("person"),
        receipt=action.id("receipt"),
        reason=reason,
    )
    if decision.denied_because is Reason.REASON_MISSING:
        return await _mistake(cases, scene, problem=scene.t("closing-reason-missing"))
    if not decision.allowed:
        words = refusal(decision, scene.t, scene.language)
        return not_possible(scene, words, buttons=ways_back(scene))
    return notice(
        scene,
        scene.t("closing-taken-back-title"),
        *await _now(cases, scene, action.id("person")),
        buttons=(to_person(scene, action.id("person"), "positive"), *ways_back(scene)),
    )


def to_person(scene: Scene, person: str, style: Style = "default") -> Button:
    """To the card of the person."""
    press = scene.press("accounts.person", FORM_LIFETIME, ids={**_back_ids(scene), "person": person})
    return Button(scene.t("closing-to-person"), press, style)


async def _now(cases: AccountsCases, scene: Scene, person: str) -> tuple[str, ...]:
    """That it is recorded, and how the account counts now: one that is used does so without a receipt too."""
    seen = await cases.show(scene.actor)
    one = None if isinstance(seen, Decision) else seen.one(person)
    counts = (scene.t("closing-taken-back-left"),) if one is not None and one.state in TO_HAND_OVER else ()
    return (scene.t("closing-taken-back"), *counts)


async def _mistake(cases: AccountsCases, scene: Scene, problem: str = "") -> Reply:
    about = await handing(cases, scene)
    if isinstance(about, Reply):
        return about
    one = about.seen.one(scene.action.id("person"))
    receipt = None if one is None else own_receipt(about.school, one)
    if one is None or receipt is None or receipt.id != scene.action.id("receipt"):
        return not_possible(
            scene, refusal(Decision(Reason.NO_RECEIPT), scene.t, scene.language), buttons=ways_back(scene)
        )
    return reversal(scene, about, one, problem)


def reversal(scene: Scene, about: Meant, one: BoardPerson, problem: str = "") -> Reply:
    """Why it was a mistake, to be written."""
    receipt = own_receipt(about.school, one)
    if receipt is None:
        raise LookupError("who has no receipt has none to be taken back")
    ids = {**ids_of(scene, about.word), "person": one.id, "receipt": receipt.id}
    card = reversal_card(
        scene.t,
        submit=scene.press("accounts.reversed", FORM_LIFETIME, ids=ids),
        name=one.name,
        handed=f"{moment(receipt.at, scene.language)}, {scene.t(f'account-handed-{receipt.recipient}')}",
        reason=scene.action.inputs.get("reason", ""),
        longest=LONGEST_REASON,
        problem=problem,
        buttons=ways_back(scene),
    )
    return Reply(card=card, people=PeopleShown(Shows.PERSON, one.id, class_=one.class_))


def own_receipt(school: str, one: BoardPerson) -> Receipt | None:
    """What can be taken back: the receipt for the password of now, if this school noted it."""
    receipt = handed_over(one.row)
    return receipt if receipt is not None and receipt.school == school else None


def _back_ids(scene: Scene) -> dict[str, str]:
    ids = dict(ids_of(scene, ""))
    del ids["of"]
    return ids
