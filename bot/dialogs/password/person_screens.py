"""Whose password, who will receive it, and whether it is to be made → cards."""

from collections.abc import Mapping

from bot.conversation import Reply
from bot.core.decision import Decision, Reason
from bot.core.handover.model import Recipient
from bot.core.passwords.model import Handed, PasswordStatus, Refused, Stage
from bot.core.passwords.request import Checked, PreparedReset, Wish
from bot.core.passwords.status import is_accepted
from bot.core.people.births import earliest_birth
from bot.core.people.classes import class_of
from bot.core.people.model import Person
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import not_possible, way_forward
from bot.dialogs.search import Sought, details_of
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from bot.refusals import refusal
from bot.texts.moments import moment
from cards.actions import Button, Press
from cards.lookup_choices import PersonChoice
from cards.password_confirm import password_confirm_card
from cards.password_person import PasswordField, password_person_card
from cards.search_forms import password_start_card

CONCERNS: Mapping[Reason, PasswordField] = {
    Reason.NO_RECIPIENT: "recipient",
    Reason.ONLY_OWNER: "recipient",
    Reason.FOURTEEN: "recipient",
    Reason.AGE_UNKNOWN: "birth",
    Reason.BIRTH_IMPLAUSIBLE: "birth",
    Reason.IDENTITY_NOT_ATTESTED: "identity",
}
"""What can be put right on the card itself, and where on it."""

BACK_TO_PERSON = frozenset({*CONCERNS, Reason.RESET_RUNNING, Reason.THIRD_RESET})
"""What is best understood beside the person's card: what was chosen, and what was done before."""


_IN_HANDS = frozenset({PasswordStatus.GIVEN, PasswordStatus.EXPIRED})
"""Somebody has seen it, and nothing is known to have ended it."""


def status_word(status: PasswordStatus, *, works: bool) -> str:
    """The status as cards have it: that one whose time is over still works is said only where the directory shows
    that it is still there.
    """
    return "past" if status is PasswordStatus.EXPIRED and not works else status.value


def start(
    scene: Scene,
    sought: Sought,
    *,
    problem: str = "",
    notice: str = "",
    near: tuple[PersonChoice, ...] = (),
    left_out: int = 0,
    may_have_moved: bool = False,
) -> Reply:
    """For whom? With what was typed still in it. `may_have_moved`: whoever was not found may be asked for."""
    moved = scene.to("transfer.open", scene.t("command-transfer")) if may_have_moved else ()
    card = password_start_card(
        scene.t,
        find=scene.press("password.find", FORM_LIFETIME, ids=sought.ids),
        by_class=Button(scene.t("password-by-class"), scene.press("class.open")),
        school=scene.actor.school_name,
        kind=sought.kind,
        typed=sought.typed,
        problem=problem,
        notice=notice,
        near=near,
        left_out=left_out,
        buttons=moved,
    )
    return Reply(card=card)


def person(
    scene: Scene,
    prepared: PreparedReset,
    wish: Wish | None = None,
    denied: Decision | None = None,
    *,
    to_list: tuple[Button, ...] = (),
) -> Reply:
    """Who the account belongs to, and who will receive its password. `wish`: what was chosen, `denied`: what of it is
    to be put right first. `to_list`: back to the list one came from.
    """
    one = prepared.facts.person
    reason = denied.denied_because if denied else None
    ids = {"person": one.id, "school": scene.actor.school_id} | _list_of(scene)
    card = password_person_card(
        scene.t,
        submit=scene.press("password.recipient", STEP_LIFETIME, ids=ids),
        name=one.name,
        username=one.username,
        school=_school_of(one, scene),
        class_=class_of(one),
        account_state=one.state.value,
        status=status_word(prepared.status, works=is_accepted(prepared.last, prepared.facts.password_changed_at)),
        status_at=_status_at(scene, prepared),
        choices=tuple(choice.value for choice in prepared.choices),
        asks_birth=prepared.asks_birth,
        asks_sen=Recipient.PARENT in prepared.choices and prepared.under_14 is not True,
        earliest_birth=earliest_birth(scene.today).isoformat(),
        latest_birth=scene.today.isoformat(),
        recipient=wish.recipient.value if wish and wish.recipient in prepared.choices else "",
        birth=wish.birth.isoformat() if wish and wish.birth else "",
        sen=wish is not None and wish.sen,
        identity=wish is not None and wish.identity,
        compromised=wish is not None and wish.compromised,
        problem=_problem(scene, denied) if denied else "",
        concerns=CONCERNS.get(reason) if reason else None,
        handover=_handover(scene, prepared),
        pending=_pending(scene, prepared),
        buttons=(*to_list, another(scene)),
    )
    return Reply(card=card, people=details_of(one))


def confirm(scene: Scene, checked: Checked, wish: Wish) -> Reply:
    """Желаете ли да продължите? The button carries what was chosen."""
    one = checked.facts.person
    chosen = {
        "recipient": wish.recipient.value if wish.recipient else "",
        "birth": wish.birth.isoformat() if wish.birth else "",
        "sen": "true" if wish.sen else "",
        "identity": "true" if wish.identity else "",
        "compromised": "true" if wish.compromised else "",
    }
    ids = {"person": one.id, "school": wish.school} | {name: text for name, text in chosen.items() if text}
    back = ids | _list_of(scene)
    card = password_confirm_card(
        scene.t,
        confirm=Button(
            scene.t("password-confirm"), scene.press("password.confirm", STEP_LIFETIME, ids=ids), "positive"
        ),
        cancel=Button(scene.t("password-cancel"), scene.press("password.person", STEP_LIFETIME, ids=back)),
        recipient=checked.handing.recipient.value,
        class_=class_of(one),
        name=one.name,
        username=one.username,
        compromised=wish.compromised,
        works_since=moment(checked.changed_at, scene.language),
    )
    return Reply(card=card, people=details_of(one))


def _list_of(scene: Scene) -> dict[str, str]:
    """The list one came from, for the ways back to it."""
    people = scene.action.id("people")
    return {"people": people} if people else {}


def denied(scene: Scene, refused: Refused) -> Reply:
    """A polite refusal with a way forward."""
    return way_forward(scene, refusal(refused.decision, scene.t, scene.language))


def back(scene: Scene, words: str, to_person: Press) -> Reply:
    """What is not possible now, and the way back to the person."""
    return not_possible(scene, words, buttons=(Button(scene.t("password-back"), to_person), another(scene)))


def another(scene: Scene) -> Button:
    """To the beginning, for somebody else."""
    return Button(scene.t("password-another"), scene.press("password.open"))


def _problem(scene: Scene, denied: Decision) -> str:
    """What is to be put right. A parent of an older student is offered only for СОП: that is said too."""
    words = refusal(denied, scene.t, scene.language)
    if denied.denied_because is Reason.FOURTEEN:
        return scene.t("password-fourteen-sen", refusal=words)
    return words


def _handover(scene: Scene, prepared: PreparedReset) -> str:
    """Of the last one that was seen: to whom and when it was handed over, or that this is not recorded."""
    last = prepared.last
    if last is None or last.shown_at is None or prepared.status not in _IN_HANDS:
        return ""
    handed = prepared.after.handed
    if handed is None:
        return scene.t("password-not-handed")
    if not _noted_here(scene, handed):
        return scene.t("password-handed-elsewhere")
    return f"{scene.t(f'recipient-{handed.recipient.value}')}, {moment(handed.at, scene.language)}"


def _noted_here(scene: Scene, handed: Handed) -> bool:
    """Whether to whom and when may be told: not what another school has noted."""
    return handed.school == scene.actor.school_id


def _pending(scene: Scene, prepared: PreparedReset) -> Button | None:
    """The way back to what was asked for here: being made, still to be shown, to be handed over, or the receipt."""
    last = prepared.last
    if last is None or (last.asked.actor, last.asked.conversation) != (scene.actor.object_id, scene.conversation):
        return None
    if last.stage is Stage.REQUESTED:
        words = "password-pending-running"
    elif last.can_be_shown(scene.now):
        words = "password-pending-ready"
    elif last.shown_at is not None and prepared.status in _IN_HANDS:
        words = "password-pending-given" if prepared.after.handed is None else "password-pending-handed"
    else:
        return None
    return Button(scene.t(words), scene.press("password.state", STEP_LIFETIME, ids={"operation": last.asked.id}))


def _status_at(scene: Scene, prepared: PreparedReset) -> str:
    last, at = prepared.last, None
    if prepared.status is PasswordStatus.CHANGED:
        at = prepared.facts.password_changed_at or (last.ended_at if last is not None else None)
    elif last is not None:
        match prepared.status:
            case PasswordStatus.GIVEN:
                handed = prepared.after.handed
                at = handed.at if handed is not None and _noted_here(scene, handed) else last.shown_at
            case PasswordStatus.EXPIRED:
                at = last.expires_at
            case PasswordStatus.REPLACED:
                at = last.ended_at
            case PasswordStatus.READY | PasswordStatus.UNSEEN:
                at = last.set_at
            case _:
                at = last.asked.at
    return moment(at, scene.language)


def _school_of(one: Person, scene: Scene) -> str:
    own = scene.actor.school
    if own is not None and one.attends(own.id):
        return own.name
    return one.schools[0].name if one.schools else ""
