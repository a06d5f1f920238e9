"""The form of a request, and what stands in its way → cards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.conversation import Reply
from bot.core.decision import Decision, Reason
from bot.core.people.classes import class_of, of_grade_first
from bot.core.people.identifiers import masked
from bot.core.people.model import AccountState, Person
from bot.core.transfers.model import Transfer
from bot.core.transfers.moves import Placement
from bot.core.transfers.request import AlreadyAsked, Prepared
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import way_forward
from bot.dialogs.search import Sought, details_of, place_of
from bot.presser import FORM_LIFETIME
from bot.refusals import refusal
from cards.actions import Button
from cards.inputs import is_day
from cards.notice import notice_card
from cards.transfer_find import transfer_find_card
from cards.transfer_form import TransferField, transfer_form_card

_SOFIA = ZoneInfo("Europe/Sofia")
_FIELDS = ("releasing", "to_class", "basis", "basis_text", "certificate", "certificate_date", "note")

ON_THE_FORM: Mapping[Reason, TransferField] = {
    Reason.WHICH_SCHOOL: "releasing",
    Reason.CLASS_MISSING: "to_class",
    Reason.REASON_MISSING: "basis",
    Reason.CERTIFICATE_DATE: "certificate_date",
}
"""What the director can put right in the form, and where it is said."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form."""

    releasing: str = ""
    to_class: str = ""
    basis: str = ""
    basis_text: str = field(default="", repr=False)
    certificate: str = ""
    certificate_date: str = ""
    note: str = field(default="", repr=False)

    @classmethod
    def of(cls, inputs: Mapping[str, str]) -> "Filled":
        """As it was entered. It is cut where it is kept, after identifiers were taken out of it, and not before."""
        return cls(**{name: inputs.get(name, "") for name in _FIELDS})


def find(scene: Scene, sought: Sought, *, problem: str = "", notice: str = "") -> Reply:
    """Whose account? With what was typed still in it."""
    school = scene.actor.school
    card = transfer_find_card(
        scene.t,
        find=scene.press("transfer.find", FORM_LIFETIME, ids=sought.ids),
        school=school.name if school else "",
        kind=sought.kind,
        typed=sought.typed,
        problem=problem,
        notice=notice,
        buttons=(to_list(scene),),
    )
    return Reply(card=card)


def form(scene: Scene, prepared: Prepared, filled: Filled, *, denied: Decision | None = None) -> Reply:
    """The request, to be filled in. `denied`: what is to be put right first."""
    one, own = prepared.placement.person, scene.actor.school
    concerns = ON_THE_FORM.get(denied.denied_because) if denied and denied.denied_because else None
    card = transfer_form_card(
        scene.t,
        submit=scene.press("transfer.submit", FORM_LIFETIME, ids={"person": one.id, "school": own.id if own else ""}),
        name=one.name,
        class_=class_of(one),
        masked=masked(one.identifier),
        schools=tuple((school.id, place_of(school)) for school in one.schools),
        own_school=own.name if own else "",
        # Of forty classes a wrong one is quickly chosen: a student mostly moves within the grade.
        classes=of_grade_first((each.name for each in prepared.classes), class_of(one)),
        latest_date=scene.now.astimezone(_SOFIA).date().isoformat(),
        releasing=filled.releasing,
        to_class=filled.to_class,
        basis=filled.basis,
        basis_text=filled.basis_text,
        certificate=filled.certificate,
        certificate_date=filled.certificate_date if is_day(filled.certificate_date) else "",
        note=filled.note,
        disabled=one.state is AccountState.DISABLED,
        problem=refusal(denied, scene.t, scene.language) if denied else "",
        concerns=concerns,
        buttons=(to_list(scene),),
    )
    return Reply(card=card, people=details_of(one))


def sent(scene: Scene, transfer: Transfer) -> Reply:
    """It is on its way. Where it is shows the card that the worker sends and keeps up to date."""
    words = scene.t("transfer-sent", number=str(transfer.number), school=transfer.asked.releasing.name)
    show = Button(scene.t("transfer-open"), scene.press("request.open", ids={"request": transfer.id}))
    card = notice_card(
        scene.t, title=scene.t("transfer-sent-title"), paragraphs=(words,), buttons=(show, another(scene))
    )
    return Reply(card=card)


def already(scene: Scene, known: AlreadyAsked) -> Reply:
    """There is a request for this student already."""
    words = scene.t("transfer-already-own" if known.own else "transfer-already", number=str(known.number))
    ids = {"request": known.transfer_id}
    buttons = (
        *([Button(scene.t("transfer-open"), scene.press("request.open", ids=ids))] if known.own else []),
        another(scene),
        to_list(scene),
    )
    return _not_possible(scene, words, buttons)


def not_asked(scene: Scene, decision: Decision, placement: Placement | None = None) -> Reply:
    """Why the student cannot be asked for, and what to do instead."""
    if decision.denied_because in {Reason.ALREADY_HERE, Reason.NO_PRESENT_SCHOOL} and placement is not None:
        words = refusal(decision, scene.t, scene.language)
        return _not_possible(
            scene, words, (*_password(scene, placement.person, decision), another(scene), to_list(scene))
        )
    return way_forward(scene, refusal(decision, scene.t, scene.language))


def another(scene: Scene) -> Button:
    """To the beginning, for another student."""
    return Button(scene.t("transfer-another"), scene.press("transfer.open"))


def to_list(scene: Scene) -> Button:
    """To the list of requests."""
    return Button(scene.t("transfer-to-list"), scene.press("requests.list"))


def _password(scene: Scene, one: Person, decision: Decision) -> tuple[Button, ...]:
    if decision.denied_because is not Reason.ALREADY_HERE:
        return ()
    press = scene.press("password.person", FORM_LIFETIME, ids={"person": one.id})
    return (Button(scene.t("command-password"), press),)


def _not_possible(scene: Scene, words: str, buttons: tuple[Button, ...]) -> Reply:
    return Reply(
        card=notice_card(scene.t, title=scene.t("notice-not-possible"), paragraphs=(words,), buttons=buttons)
    )
