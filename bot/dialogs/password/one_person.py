"""A password for one person: whose → who receives it → sure? → made → shown → handed over."""

import re
from collections.abc import Mapping
from datetime import date

from bot.conversation import Reply
from bot.core.decision import Decision
from bot.core.errors import OutsideError
from bot.core.handover.model import Recipient
from bot.core.passwords.model import Operation, Refused, Shown
from bot.core.passwords.request import Wish
from bot.core.usernames.model import Answer, ByName, Denied, Found, NotFound, Query, Several, TooMany, Unreadable
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import way_forward
from bot.dialogs.password import operation_screens, person_screens
from bot.dialogs.password.cases import PasswordCases
from bot.dialogs.password.person_screens import BACK_TO_PERSON, CONCERNS, another, denied, start
from bot.dialogs.search import Sought, chosen, press_digest, query_of, unreadable, who_is_meant
from bot.presser import STEP_LIFETIME
from bot.refusals import failure, refusal
from cards.actions import Button

PATIENCE = 3.0
"""Seconds for which the answer to the confirmation waits for the worker; mostly it needs less than one."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


async def open_(_: PasswordCases, scene: Scene) -> Reply:
    """For whom?"""
    return start(scene, Sought())


async def open_after_identifier(_: PasswordCases, scene: Scene) -> Reply:
    """For whom?, after an identifier was typed into the chat: it is not repeated, not even here."""
    notice = f"{scene.t('lookup-identifier-in-chat')}\n{scene.t('lookup-identifier-in-form')}"
    return start(scene, Sought(), notice=notice)


async def search(cases: PasswordCases, scene: Scene) -> Reply:
    """Looks for whom it is: the card of the person, or the question which one."""
    sought = Sought.of(scene.action.inputs, scene.action)
    query = query_of(sought.kind, sought.typed, sought.again)
    if query is None or not sought.typed.strip():
        return start(scene, sought, problem=scene.t("identifier-empty" if query else "lookup-kind-missing"))
    operation = press_digest(scene.action, sought.kind, sought.typed)
    try:
        answer = await cases.find(scene.actor, query, None, operation)
    except OutsideError as error:
        return start(scene, sought, notice=failure(error, scene.t))  # nothing typed is lost
    if not isinstance(answer, Found):
        return _not_found(scene, query, sought, answer)
    if len(answer.accounts) == 1:
        return await _person(cases, scene, answer.accounts[0].id)
    notes = {one.id: one.username for one in answer.accounts}
    if answer.current is not None:
        notes[answer.current] += f", {scene.t('card-result-current')}"
    return who_is_meant(scene, "password.pick", answer.accounts, another(scene), notes)


async def pick(cases: PasswordCases, scene: Scene) -> Reply:
    """The card of the one who was chosen from several."""
    one = chosen(scene.action, scene.action.inputs)
    if not one:
        return start(scene, Sought("name"), problem=scene.t("lookup-choice-missing"))
    return await _person(cases, scene, one)


async def person(cases: PasswordCases, scene: Scene) -> Reply:
    """The card of the person, read now."""
    return await _person(cases, scene, scene.action.ids.get("person", ""))


async def recipient(cases: PasswordCases, scene: Scene) -> Reply:
    """Sure? Or the person's card again, with what is to be put right on it."""
    wish = _wish(scene, scene.action.inputs)
    checked = await cases.request.check(scene.actor, wish)
    if not isinstance(checked, Refused):
        return person_screens.confirm(scene, checked, wish)
    if checked.decision.denied_because in CONCERNS:
        return await _person(cases, scene, wish.person, wish, checked.decision)
    return denied(scene, checked)


async def confirm(cases: PasswordCases, scene: Scene) -> Reply:
    """Has it made, and shows how far it is."""
    wish = _wish(scene, scene.action.ids)
    begun = await cases.request(scene.actor, wish)
    if not isinstance(begun, Refused):
        now = await cases.follow(scene.actor, wish.conversation, begun.id, patience=PATIENCE)
        return _shown(cases, scene, now)
    # Back to the person where another choice would help or one is being made; else only a word.
    if begun.decision.denied_because not in BACK_TO_PERSON:
        return denied(scene, begun)
    press = scene.press("password.person", STEP_LIFETIME, ids={"person": wish.person})
    return person_screens.back(scene, refusal(begun.decision, scene.t, scene.language), press)


async def state(cases: PasswordCases, scene: Scene) -> Reply:
    """Where the password is now."""
    return _shown(cases, scene, await cases.follow(scene.actor, scene.conversation, _operation(scene)))


async def reveal(cases: PasswordCases, scene: Scene) -> Reply:
    """The password itself."""
    shown = await cases.reveal(scene.actor, scene.conversation, _operation(scene))
    if isinstance(shown, Shown):
        return operation_screens.revealed(scene, shown, slips=cases.prints)
    return _shown(cases, scene, shown)


async def handed(cases: PasswordCases, scene: Scene) -> Reply:
    """Notes that it was handed over: the receipt."""
    return _shown(cases, scene, await cases.hand_over(scene.actor, scene.conversation, _operation(scene)))


async def check(cases: PasswordCases, scene: Scene) -> Reply:
    """Whether it works."""
    seen = await cases.check(scene.actor, scene.conversation, _operation(scene))
    return denied(scene, seen) if isinstance(seen, Refused) else operation_screens.checked(scene, seen)


async def slips(cases: PasswordCases, scene: Scene) -> Reply:
    """The link to the slips of one password, or of a class's, and their PIN."""
    if not cases.prints:
        return way_forward(scene, scene.t("password-slips-off"))
    operation, job = _operation(scene), scene.action.ids.get("job", "")
    offer = await cases.offer_slips(scene.actor, scene.conversation, operation=operation, job=job)
    if isinstance(offer, Refused):
        return denied(scene, offer)
    if job:
        press = scene.press("class.progress", STEP_LIFETIME, ids={"job": job})
    else:
        press = scene.press("password.state", STEP_LIFETIME, ids={"operation": operation})
    back = Button(scene.t("password-back"), press)
    return operation_screens.slip_offered(scene, offer, cases.slips_at + offer.token, back)


async def _person(
    cases: PasswordCases, scene: Scene, person_id: str, wish: Wish | None = None, because: Decision | None = None
) -> Reply:
    prepared = await cases.prepare(scene.actor, person_id)
    if isinstance(prepared, Refused):
        return denied(scene, prepared)
    return person_screens.person(scene, prepared, wish, because)


def _shown(cases: PasswordCases, scene: Scene, operation: Operation | Refused) -> Reply:
    if isinstance(operation, Refused):
        return denied(scene, operation)
    return operation_screens.operation_state(scene, operation, slips=cases.prints)


def _operation(scene: Scene) -> str:
    return scene.action.ids.get("operation", "")


def _wish(scene: Scene, given: Mapping[str, str]) -> Wish:
    """What was chosen, for the account and school the card was made for. The press is its identity. `given`: the
    card's inputs, or what a sealed button carries. A date of another form is no date.
    """
    to, ids = given.get("recipient", ""), scene.action.ids
    return Wish(
        operation=press_digest(scene.action),
        person=ids.get("person", ""),
        school=ids.get("school", ""),
        conversation=scene.conversation,
        recipient=Recipient(to) if to in set(Recipient) else None,
        birth=_date(given.get("birth", "")),
        sen=given.get("sen") == "true",
        identity=given.get("identity") == "true",
        compromised=given.get("compromised") == "true",
    )


def _date(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _not_found(scene: Scene, query: Query, sought: Sought, answer: Answer) -> Reply:
    match answer:
        case Several(people):
            notes = {one.id: one.username for one in people}  # all of one school: the name of it tells nothing
            return who_is_meant(scene, "password.pick", people, another(scene), notes)
        case TooMany(count):
            return start(scene, sought, notice=scene.t("lookup-too-many", count=count))
        case Denied(decision):
            return denied(scene, Refused(decision))
        case Unreadable(invalid):
            words = unreadable(scene, query, answer)
            if invalid is not None and invalid.suggestion:
                return start(scene, Sought(sought.kind, invalid.suggestion), notice=words)
            return start(scene, Sought(sought.kind, sought.typed, answer.again), problem=words)
        case NotFound() | Found():
            words = "password-name-not-found" if isinstance(query, ByName) else "password-not-found"
            return start(scene, sought, notice=scene.t(words))
