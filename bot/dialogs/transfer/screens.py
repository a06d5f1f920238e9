"""What asking for an account shows: whose, the form, that it is sent, and why it is not."""

from collections.abc import Mapping

from bot.conversation import Reply
from bot.core.decision import Decision, Reason
from bot.core.people.classes import class_of, of_grade_first
from bot.core.people.identifiers import masked
from bot.core.people.model import AccountState
from bot.core.transfers.model import Basis, Placement, Transfer
from bot.core.transfers.request import AlreadyAsked, PreparedTransfer
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import not_possible, notice, way_forward
from bot.dialogs.search import Sought, details_of, place_of
from bot.presser import FORM_LIFETIME
from bot.refusals import refusal
from cards.actions import Button
from cards.inputs import is_day
from cards.search_forms import transfer_find_card
from cards.transfer_form import TransferField, transfer_form_card

_TEXTS = ("releasing", "to_class", "basis", "basis_text", "certificate", "note")

_ROMAN = {"5": "V", "8": "VIII", "11": "XI"}

ON_THE_FORM: Mapping[Reason, TransferField] = {
    Reason.WHICH_SCHOOL: "releasing",
    Reason.CLASS_MISSING: "to_class",
    Reason.REASON_MISSING: "basis",
    Reason.CERTIFICATE_DATE: "certificate_date",
}
"""What the director can put right in the form, and where it is said."""


def find(scene: Scene, sought: Sought, *, problem: str = "", notice: str = "") -> Reply:
    """Whose account? With what was typed still in it."""
    card = transfer_find_card(
        scene.t,
        find=scene.press("transfer.find", FORM_LIFETIME, ids=sought.ids),
        school=scene.actor.school_name,
        kind=sought.kind,
        typed=sought.typed,
        problem=problem,
        notice=notice,
        buttons=_to_list(scene),
    )
    return Reply(card=card)


def form(
    scene: Scene,
    prepared: PreparedTransfer,
    filled: Mapping[str, str],
    *,
    denied: Decision | None = None,
    entered: str = "",
) -> Reply:
    """The request, to be filled in. `filled`: what stands in its inputs, by name; it is shortened where it is kept,
    after identifiers were taken out of it, and not before. `denied`: what is to be put right first. `entered`: the
    grade into which such a student may be taken in now, without a request.
    """
    one, actor = prepared.placement.person, scene.actor
    day = filled.get("certificate_date", "")
    concerns = ON_THE_FORM.get(denied.denied_because) if denied and denied.denied_because else None
    problem = refusal(denied, scene.t, scene.language) if denied else ""
    if concerns == "basis":
        unsaid = filled.get("basis") == Basis.OTHER
        concerns = "basis_text" if unsaid else "basis"
        problem = scene.t("transfer-basis-unsaid" if unsaid else "card-transfer-basis-missing")
    card = transfer_form_card(
        scene.t,
        submit=scene.press("transfer.submit", FORM_LIFETIME, ids={"person": one.id, "school": actor.school_id}),
        name=one.name,
        class_=class_of(one),
        masked=masked(one.identifier),
        schools=tuple((school.id, place_of(school)) for school in one.schools),
        own_school=actor.school_name,
        # Of forty classes a wrong one is quickly chosen: a student mostly moves within the grade.
        classes=of_grade_first((each.name for each in prepared.classes), class_of(one)),
        latest_date=scene.today.isoformat(),
        certificate_date=day if is_day(day) else "",
        disabled=one.state is AccountState.DISABLED,
        problem=problem,
        concerns=concerns,
        notice=scene.t("transfer-intake", grade=_ROMAN[entered]) if entered else "",
        buttons=(*_to_intake(scene, entered), *_to_list(scene)),
        **{name: filled.get(name, "") for name in _TEXTS},
    )
    return Reply(card=card, people=details_of(one))


def sent(scene: Scene, transfer: Transfer) -> Reply:
    """It is on its way. Where it is shows the card that the worker sends and keeps up to date."""
    if not transfer.open:
        return _sent_before(scene, transfer)
    number = str(transfer.number)
    if transfer.asked.office_only:
        words = scene.t("transfer-sent-office-only", number=number)
    else:
        words = scene.t("transfer-sent", number=number, school=transfer.asked.releasing.name)
    title, buttons = scene.t("transfer-sent-title"), (*_open(scene, transfer.id), another(scene))
    return notice(scene, title, words, buttons=buttons)


def _sent_before(scene: Scene, transfer: Transfer) -> Reply:
    """The form of a request that has been decided or withdrawn since, pressed once more: nothing was sent now."""
    words = scene.t("transfer-sent-before", number=str(transfer.number))
    buttons = (*_open(scene, transfer.id), another(scene))
    return notice(scene, scene.t("transfer-sent-before-title"), words, buttons=buttons)


def already(scene: Scene, known: AlreadyAsked) -> Reply:
    """There is a request for this student already."""
    words = scene.t("transfer-already-own" if known.own else "transfer-already", number=str(known.number))
    shown = _open(scene, known.transfer_id) if known.own else ()
    return not_possible(scene, words, buttons=(*shown, another(scene), *_to_list(scene)))


def not_asked(scene: Scene, decision: Decision, placement: Placement | None = None) -> Reply:
    """Why the student cannot be asked for, and what to do instead."""
    words = refusal(decision, scene.t, scene.language)
    if placement is None or decision.denied_because not in {Reason.ALREADY_HERE, Reason.NO_PRESENT_SCHOOL}:
        return way_forward(scene, words)
    ids = {"person": placement.person.id}
    here = decision.denied_because is Reason.ALREADY_HERE
    password = scene.to("password.person", scene.t("command-password"), FORM_LIFETIME, ids=ids) if here else ()
    return not_possible(scene, words, buttons=(*password, another(scene), *_to_list(scene)))


def another(scene: Scene) -> Button:
    """To the beginning, for another student."""
    return Button(scene.t("transfer-another"), scene.press("transfer.open"))


def _to_intake(scene: Scene, grade: str) -> tuple[Button, ...]:
    if not grade:
        return ()
    return scene.to("intake.form", scene.t("transfer-to-intake"), FORM_LIFETIME, ids={"grade": grade})


def _to_list(scene: Scene) -> tuple[Button, ...]:
    return scene.to("requests.list", scene.t("transfer-to-list"))


def _open(scene: Scene, transfer_id: str) -> tuple[Button, ...]:
    return scene.to("request.open", scene.t("transfer-open"), ids={"request": transfer_id})
