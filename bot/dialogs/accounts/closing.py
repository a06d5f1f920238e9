"""Noting who was handed their account: who signed is ticked, nobody beforehand; and a handing over taken back."""

from collections.abc import Collection, Mapping, Sequence

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.accounts.close import Closed, CloseWish, Signed
from bot.core.accounts.model import (
    TO_HAND_OVER,
    BoardPerson,
    BoardState,
    BoardTiming,
    Ending,
    ReceiptOutcome,
)
from bot.core.accounts.policy import ToClose, is_ours_to_note, to_close
from bot.core.accounts.signatures import asked_at, digest_of, is_newer, mark_of, marks_of
from bot.core.decision import Decision, Reason
from bot.core.handover.model import Recipient
from bot.core.people.model import Kind
from bot.dialogs.accounts.cases import AccountsCases
from bot.dialogs.accounts.chosen import PERSON, ids_of
from bot.dialogs.accounts.left_out import left_out
from bot.dialogs.accounts.meant import Meant, handing
from bot.dialogs.accounts.mistakes import own_receipt, to_person
from bot.dialogs.accounts.ways import ways_back
from bot.dialogs.accounts.words import nobody_word
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied, not_possible, notice
from bot.dialogs.search import press_digest
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from cards.account_lines import several_names, shown
from cards.actions import Button
from cards.closing import MOST_SIGNERS, Signer, closed_card, closing_card

_LONGEST_ID = 64
_MOST_NAMED = 20
_EACH = "each"  # nobody is noted by „Всички подписаха“ of that form any more
_SEN_HELPS = frozenset({Reason.FOURTEEN, Reason.AGE_UNKNOWN, Reason.BIRTH_IMPLAUSIBLE})
"""Why a parent was refused whom the director may attest to be one of a student with СОП."""


def of_person(scene: Scene, school: str, one: BoardPerson) -> tuple[Button, ...]:
    """With one person of this school: what was noted was a mistake, or that it was handed over."""
    t, receipt = scene.t, own_receipt(school, one)
    if receipt is not None:
        ids = {"person": one.id, "receipt": receipt.id, **ids_of(scene, f"{PERSON}{one.id}")}
        return (Button(t("closing-mistake"), scene.press("accounts.reverse", FORM_LIFETIME, ids=ids)),)
    if one.row.given is not None and one.row.given.ending is Ending.REPLACED:
        return ()
    if is_ours_to_note(one):
        ids = dict(ids_of(scene, f"{PERSON}{one.id}"))
        return (Button(t("handing-close-one"), scene.press("accounts.close", FORM_LIFETIME, ids=ids)),)
    return ()


async def show(cases: AccountsCases, scene: Scene) -> Reply:
    """Who signed? Nobody is ticked."""
    about = await handing(cases, scene)
    return about if isinstance(about, Reply) else form(scene, about, cases.timing)


async def close_ticked(cases: AccountsCases, scene: Scene) -> Reply:
    """Notes those who were ticked."""
    about = await handing(cases, scene)
    if isinstance(about, Reply):
        return about
    ticked = _ids(scene.action.inputs.get("signed", ""))
    if not ticked:
        return form(scene, about, cases.timing, problem=scene.t("closing-nobody"))
    if newer := _newer(scene, about, ticked):
        return _changed(cases, scene, about, newer, ticked)
    return await _close(cases, scene, about, ticked)


async def close_all(cases: AccountsCases, scene: Scene) -> Reply:
    """Notes all who stood on the card, if they and their passwords are still the same."""
    about = await handing(cases, scene)
    if isinstance(about, Reply):
        return about
    everybody = tuple(_open(about, cases.timing).people[:MOST_SIGNERS])
    # Pressed again, it finds those noted whom it noted itself, also where the list has them no more: the same press
    # is the same receipts.
    again = tuple(one for one in about.seen.people if _by_press(scene, one))
    meant = scene.action.id("people")
    found = next((some for some in (everybody, (*again, *everybody)) if some and digest_of(some) == meant), again)
    if not found:
        on_card = [one.id for one in everybody]
        return _changed(cases, scene, about, _newer(scene, about, on_card), on_card)
    return await _close(cases, scene, about, [one.id for one in found])


async def attest(cases: AccountsCases, scene: Scene) -> Reply:
    """Are they parents of students with СОП? It is recorded that the director says so."""
    about = await handing(cases, scene)
    if isinstance(about, Reply):
        return about
    persons = _ids(scene.action.id("persons"))
    some = about.seen.among(persons)
    if not some:
        return not_possible(scene, scene.t("handing-gone"), buttons=ways_back(scene))
    if newer := _newer(scene, about, persons):
        return _changed(cases, scene, about, newer)
    return statement(scene, about, some[:_MOST_NAMED])


def statement(scene: Scene, about: Meant, some: Sequence[BoardPerson]) -> Reply:
    """What the director attests of these, all of them named, to be confirmed."""
    t, names = scene.t, [shown(one.name) for one in some]
    ids = {**ids_of(scene, about.word), **_meant(some)}
    return notice(
        scene,
        t("closing-sen-title"),
        t("closing-sen-statement", count=len(some)),
        *names,
        buttons=(
            Button(t("closing-sen-confirm"), scene.press("accounts.attested", STEP_LIFETIME, ids=ids), "positive"),
            *ways_back(scene),
        ),
        people=_shown_in(about, [one.id for one in some]),
    )


async def attested(cases: AccountsCases, scene: Scene) -> Reply:
    """Notes that the parents of students with СОП received their accounts."""
    about = await handing(cases, scene)
    if isinstance(about, Reply):
        return about
    persons = _ids(scene.action.id("persons"))
    if newer := _newer(scene, about, persons):
        return _changed(cases, scene, about, newer)
    return await _noted(cases, scene, about, dict.fromkeys(persons, Recipient.PARENT), sen=True)


async def _close(cases: AccountsCases, scene: Scene, about: Meant, people: Sequence[str]) -> Reply:
    to = scene.action.inputs.get("recipient", "")
    if to not in {"owner", "parent"}:
        if _parents((*_open(about, cases.timing).people, *about.seen.among(people))):
            problem = scene.t("card-closing-recipient-missing")
            return form(scene, about, cases.timing, problem=problem, ticked=people)
        to = "owner"
    teachers = {one.id for one in about.seen.people if one.kind is Kind.TEACHER}
    owner = {one: Recipient.TEACHER if one in teachers else Recipient.STUDENT for one in people}
    parent = Recipient.PARENT if to == "parent" else None
    # A list may hold teachers too: theirs go to themselves, whoever the others' parents are.
    to_whom = {one: owner[one] if one in teachers else parent or owner[one] for one in people}
    return await _noted(cases, scene, about, to_whom)


async def _noted(
    cases: AccountsCases, scene: Scene, about: Meant, to_whom: Mapping[str, Recipient], *, sen: bool = False
) -> Reply:
    # The password each was found to have when the press was read: it is compared once more where it is noted.
    marks = {one.id: mark_of(one) for one in about.seen.among(to_whom)}
    signed = [Signed(one, to, marks.get(one, ""), sen) for one, to in to_whom.items()]
    wish = CloseWish(_closing(scene), about.school, tuple(signed[:MOST_SIGNERS]))
    closed = await cases.close(scene.actor, wish)
    if isinstance(closed, Decision):
        return denied(scene, closed)
    now = await handing(cases, scene)
    return now if isinstance(now, Reply) else what_became(scene, now, closed, cases.timing)


def form(
    scene: Scene,
    about: Meant,
    timing: BoardTiming,
    *,
    problem: str = "",
    ticked: Collection[str] = (),
    newer: Sequence[BoardPerson] = (),
) -> Reply:
    """The card on which is ticked who signed; or that there is nobody. `newer`: whose password is not the signed one,
    as `problem` says; from then on each is ticked.
    """
    t, open_ = scene.t, _open(about, timing)
    if not (people := open_.people):
        words = nobody_word(about.chosen.people, open_, t, one=_one(about))
        return notice(scene, t("card-closing-title"), words, buttons=ways_back(scene))
    ids, on_card = ids_of(scene, about.word), people[:MOST_SIGNERS]
    each = bool(newer) or bool(scene.action.id(_EACH))
    ticks = {**ids, "marks": marks_of(on_card)} | ({_EACH: "1"} if each else {})
    everybody = {**ids, "people": digest_of(on_card), "marks": marks_of(on_card)}
    card = closing_card(
        t,
        submit=scene.press("accounts.closed", FORM_LIFETIME, ids=ticks),
        everybody=None if each else scene.press("accounts.closed-all", FORM_LIFETIME, ids=everybody),
        people=tuple(Signer(one.id, one.name, _note(scene, about, one)) for one in people),
        **_title(about),
        parents=_parents(people),
        recipient=scene.action.inputs.get("recipient", ""),
        ticked=ticked,
        problem=problem,
        given=open_.given,
        left_out=open_.left_out,
        buttons=ways_back(scene),
    )
    named = dict.fromkeys(one.id for one in (*on_card, *newer))
    return Reply(card=card, people=_shown_in(about, tuple(named)))


def what_became(scene: Scene, about: Meant, closed: Closed, timing: BoardTiming) -> Reply:
    """What was noted and who was left out, each by name with why; `about` is as it is now."""
    outcomes = list(closed.noted.values())
    refused = tuple(left_out(scene, closed))
    sen = [one for one, reason in closed.refused.items() if reason in _SEN_HELPS][:MOST_SIGNERS]
    ids = ids_of(scene, about.word)
    buttons = []
    if _open(about, timing).people:
        again = scene.press("accounts.close", FORM_LIFETIME, ids=ids)
        buttons.append(Button(scene.t("closing-others"), again, "positive"))
    unknown = [one for one, reason in closed.refused.items() if reason is Reason.AGE_UNKNOWN]
    if len(unknown) == 1:
        buttons.append(to_person(scene, unknown[0]))
    if sen:
        meant = _meant(about.seen.among(sen))
        press = scene.press("accounts.attest", FORM_LIFETIME, ids={**ids, **meant})
        buttons.append(Button(scene.t("closing-sen"), press))
    card = closed_card(
        scene.t,
        done=outcomes.count(ReceiptOutcome.DONE),
        before=outcomes.count(ReceiptOutcome.BEFORE),
        refused=refused,
        left=None if _one(about) else sum(one.state in TO_HAND_OVER for one in about.chosen.people),
        person=about.chosen.title if _one(about) else "",
        **_title(about),
        buttons=(*buttons, *ways_back(scene)),
    )
    named = [one.id for one in about.chosen.people] if _one(about) else closed.left_out
    return Reply(card=card, people=_shown_in(about, named) if named else None)


def _open(about: Meant, timing: BoardTiming) -> ToClose:
    return to_close(about.chosen.people, timing)


def _one(about: Meant) -> bool:
    """Whether it is about one person, and says nothing of a list."""
    return about.word.startswith(PERSON)


def _shown_in(about: Meant, people: Sequence[str]) -> PeopleShown:
    if _one(about):
        return PeopleShown(Shows.PERSON, about.word.removeprefix(PERSON))
    return PeopleShown.several(Shows.CLASS, about.school, people, about.chosen.class_)


def _title(about: Meant) -> dict[str, str]:
    chosen = about.chosen
    if _one(about):
        return {}
    if chosen.class_:
        return {"class_": chosen.class_}
    return {"list_": chosen.title} if chosen.group is None else {"group": chosen.title}


def _note(scene: Scene, about: Meant, one: BoardPerson) -> str:
    """In a list of several classes which one; and what the state says beside."""
    class_ = "" if about.chosen.class_ else one.class_
    already = {BoardState.CHANGED: "closing-changed-already", BoardState.IN_USE: "closing-used-already"}.get(
        one.state
    )
    return ", ".join(filter(None, (class_, scene.t(already) if already else "")))


def _parents(people: Sequence[BoardPerson]) -> bool:
    """Whether a parent may have been handed the account of some: in every grade somebody may be under 14 or with СОП.
    How old each is, is judged with the press and never shown.
    """
    return any(one.kind is Kind.STUDENT for one in people)


def _closing(scene: Scene) -> str:
    """The identity of the press: another recipient, chosen on the same form, is another act. What is attested of
    health has a press of its own.
    """
    return press_digest(scene.action, scene.action.inputs.get("recipient", ""))


def _by_press(scene: Scene, one: BoardPerson) -> bool:
    """Whether this very press noted it."""
    receipt = one.row.receipt
    return receipt is not None and receipt.id == f"{_closing(scene)}:{one.id}"


def _newer(scene: Scene, about: Meant, people: Collection[str]) -> tuple[BoardPerson, ...]:
    """Those of these who have another password than when the card was opened; not whom this very press has noted."""
    marks, earliest = scene.action.id("marks"), scene.now - FORM_LIFETIME
    some = [one for one in about.seen.among(people) if not _by_press(scene, one)]
    return tuple(one for one in some if is_newer(mark_of(one), asked_at(one), marks, earliest))


def _changed(
    cases: AccountsCases, scene: Scene, about: Meant, newer: Sequence[BoardPerson], ticked: Collection[str] = ()
) -> Reply:
    """Nothing is noted: the form, as it is now. Who was `ticked` still is, but for whose password is `newer`."""
    given = [one for one in newer if asked_at(one) is not None]
    left = set(ticked) - {one.id for one in newer} if newer else ()
    if not given:
        return form(scene, about, cases.timing, problem=scene.t("closing-changed"), ticked=left)
    problem = scene.t("card-closing-newer", names=several_names([one.name for one in given], scene.t))
    return form(scene, about, cases.timing, problem=problem, ticked=left, newer=given)


def _meant(some: Sequence[BoardPerson]) -> dict[str, str]:
    """What a press carries that means these, with the passwords they have."""
    return {"persons": ",".join(one.id for one in some), "marks": marks_of(some)}


def _ids(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.split(","))
    return tuple(dict.fromkeys(one for one in parts if 0 < len(one) <= _LONGEST_ID))[:MOST_SIGNERS]
