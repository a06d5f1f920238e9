"""A class teacher notes who of the own class has signed, where the director lets class teachers do so."""

from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.accounts.close import NOTED, Closed, CloseWish, Signed
from bot.core.accounts.model import TO_HAND_OVER, ReceiptOutcome
from bot.core.accounts.read import OwnBoard, Pupil
from bot.core.accounts.signatures import is_newer
from bot.core.decision import Decision, Reason
from bot.core.handover.model import Recipient
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied, notice
from bot.dialogs.own_class.cases import OwnClassCases
from bot.dialogs.own_class.lists import back, key_of, own_of, state_words
from bot.dialogs.search import press_digest
from bot.presser import FORM_LIFETIME
from bot.refusals import refusal
from cards.account_lines import several_names
from cards.closing import MOST_SIGNERS, Signer, closed_card, closing_card

_EACH = "each"
"""Of a form: nobody is noted by „Всички подписаха“ any more."""
_RECIPIENTS = {"owner": Recipient.STUDENT, "parent": Recipient.PARENT}


async def show(cases: OwnClassCases, scene: Scene) -> Reply:
    """Who signed? Nobody is ticked."""
    found = await own_of(cases, scene)
    return found if isinstance(found, Reply) else form(scene, found[0])


async def close_ticked(cases: OwnClassCases, scene: Scene) -> Reply:
    """Notes those who were ticked."""
    ticked = tuple(filter(None, scene.action.inputs.get("signed", "").split(",")))
    found = await own_of(cases, scene)
    if isinstance(found, Reply):
        return found
    if not ticked:
        return form(scene, found[0], problem=scene.t("own-close-nobody"))
    if _newer(scene, found[0], ticked):
        return _changed(scene, found[0], ticked)
    return await _close(cases, scene, found[0], ticked)


async def close_all(cases: OwnClassCases, scene: Scene) -> Reply:
    """Notes all who stood on the card, if they and their passwords are still the same."""
    found = await own_of(cases, scene)
    if isinstance(found, Reply):
        return found
    own = found[0]
    meant = _meant(own, scene.action.id("people"))
    if not meant:
        return _changed(scene, own, [one.id for one in _on_card(own)])
    return await _close(cases, scene, own, meant)


async def _close(cases: OwnClassCases, scene: Scene, own: OwnBoard, people: Collection[str]) -> Reply:
    recipient = _RECIPIENTS.get(to := scene.action.inputs.get("recipient", ""))
    if recipient is None:
        problem = scene.t("card-closing-recipient-missing")
        return form(scene, own, problem=problem, ticked=people)
    signed = tuple(Signed(one, recipient, own.marks.get(one, "")) for one in dict.fromkeys(people))[:MOST_SIGNERS]
    closed = await cases.close(scene.actor, CloseWish(press_digest(scene.action, to), own.school.id, signed))
    if isinstance(closed, Decision):
        return denied(scene, closed)
    return noted(scene, own, closed)


def form(
    scene: Scene, own: OwnBoard, *, problem: str = "", ticked: Collection[str] = (), newer: Sequence[Pupil] = ()
) -> Reply:
    """The card on which is ticked who signed; or that there is nobody, or that it is the director's to tick. `newer`:
    whose password is not the signed one, as `problem` says; from then on each is ticked.
    """
    t, people = scene.t, _on_card(own)
    if not own.closes:
        return denied(scene, Decision(Reason.DIRECTOR_CLOSES))
    if not people:
        left = any(one.state in TO_HAND_OVER for one in own.pupils)
        none = "own-close-elsewhere" if left else "card-closed-all"
        words = t("own-close-unseen" if own.left_out else none)
        return notice(scene, t("card-closing-title"), words, buttons=(back(scene),))
    of_now = {"class": key_of(own), "marks": "".join(own.marks[one.id] for one in people)}
    each = bool(newer) or bool(scene.action.id(_EACH))
    ids, ticks = {**of_now, "people": meaning(own, people)}, of_now | ({_EACH: "1"} if each else {})
    card = closing_card(
        t,
        submit=scene.press("own.closed", FORM_LIFETIME, ids=ticks),
        everybody=None if each else scene.press("own.closed-all", FORM_LIFETIME, ids=ids),
        people=tuple(Signer(one.id, one.name, _note(scene, one)) for one in own.unsigned),
        class_=own.class_,
        parents=True,
        recipient=scene.action.inputs.get("recipient", ""),
        ticked=ticked,
        problem=problem,
        given=own.given,
        left_out=own.left_out,
        buttons=(back(scene),),
    )
    named = tuple(dict.fromkeys(one.id for one in (*people, *newer)))
    return Reply(card=card, people=PeopleShown.several(Shows.CLASS, own.school.id, named, own.class_))


def _newer(scene: Scene, own: OwnBoard, people: Collection[str]) -> tuple[Pupil, ...]:
    """Those of these who have another password than when the card was opened."""
    marks, earliest = scene.action.id("marks"), scene.now - FORM_LIFETIME
    some = [one for one in own.pupils if one.id in people]
    return tuple(one for one in some if is_newer(own.marks[one.id], own.asked.get(one.id), marks, earliest))


def _changed(scene: Scene, own: OwnBoard, ticked: Collection[str]) -> Reply:
    """Nothing is noted: the form, as it is now. Who was `ticked` still is, but for those whose password is newer."""
    newer = _newer(scene, own, ticked)
    given = [one for one in newer if one.id in own.asked]
    left = set(ticked) - {one.id for one in newer} if newer else ()
    if not given:
        return form(scene, own, problem=scene.t("own-close-changed"), ticked=left)
    problem = scene.t("card-closing-newer", names=several_names([one.name for one in given], scene.t))
    return form(scene, own, problem=problem, ticked=left, newer=given)


def noted(scene: Scene, own: OwnBoard, closed: Closed) -> Reply:
    """What became of it, each who was left out by name. `own`: the class as it was before."""
    outcomes = list(closed.noted.values())
    noted_now = {one for one, outcome in closed.noted.items() if outcome in NOTED}
    refused = tuple(_left_out(scene, closed))
    card = closed_card(
        scene.t,
        done=outcomes.count(ReceiptOutcome.DONE),
        before=outcomes.count(ReceiptOutcome.BEFORE),
        refused=refused,
        left=sum(one.state in TO_HAND_OVER and one.id not in noted_now for one in own.pupils),
        class_=own.class_,
        buttons=(back(scene),),
    )
    people = PeopleShown.several(Shows.CLASS, own.school.id, closed.left_out, own.class_)
    return Reply(card=card, people=people if refused else None)


def meaning(own: OwnBoard, people: Collection[Pupil]) -> str:
    """What says of a press that it means exactly these of the class, as long as the same are in it and these have the
    passwords they have: pressed again, it means them again, although they were noted.
    """
    every = sorted(one.id for one in own.pupils)
    meant = {one.id for one in people}
    which = sum(1 << place for place, one in enumerate(every) if one in meant)
    told = [*every, *(own.marks.get(one, "") for one in every if one in meant)]
    return f"{sha256(chr(0).join(told).encode('utf-8', 'surrogatepass')).hexdigest()[:16]}/{which:x}"


def _meant(own: OwnBoard, said: str) -> tuple[str, ...]:
    """Nobody, where others are in the class now, or one of those meant has another password."""
    try:
        places = int(said.partition("/")[2], 16)
    except ValueError:
        return ()
    every = sorted(own.pupils, key=lambda one: one.id)
    found = [one for place, one in enumerate(every) if places >> place & 1]
    return tuple(one.id for one in found) if meaning(own, found) == said else ()


def _on_card(own: OwnBoard) -> tuple[Pupil, ...]:
    return own.unsigned[:MOST_SIGNERS]


def _note(scene: Scene, one: Pupil) -> str:
    return "" if one.state in TO_HAND_OVER else state_words(scene, one.state)


_WHY_NOT = {
    ReceiptOutcome.GONE: "own-close-gone",
    ReceiptOutcome.NOTHING: "own-close-nothing-to-hand",
    ReceiptOutcome.UNSEEN: "own-close-unseen-yet",
    ReceiptOutcome.ELSEWHERE: "own-close-elsewhere",
    ReceiptOutcome.REPLACED: "own-close-replaced",
    ReceiptOutcome.OTHERWISE: "own-close-otherwise",
    ReceiptOutcome.TAKEN_BACK: "own-close-noted-and-taken-back",
    ReceiptOutcome.NEWER: "own-close-newer",
}
WITHOUT_SEN = (Reason.AGE_UNKNOWN, Reason.BIRTH_IMPLAUSIBLE, Reason.FOURTEEN)
"""Refusals that the director could lift by what is attested of health: a class teacher cannot."""


def _left_out(scene: Scene, closed: Closed) -> Iterator[tuple[str, str]]:
    t = scene.t
    for person, reason in closed.refused.items():
        without = reason in WITHOUT_SEN
        why = t(f"own-close-refused-{reason}") if without else refusal(Decision(reason), t, scene.language)
        yield closed.names.get(person) or t("own-close-somebody"), why
    for person, outcome in closed.noted.items():
        if outcome not in NOTED:
            yield closed.names.get(person) or t("own-close-somebody"), t(_WHY_NOT[outcome])
