"""A password for one person: whose → who receives it → sure? → made → shown → handed over."""

from collections.abc import Mapping

from bot.conversation import Reply
from bot.core.decision import Decision
from bot.core.handover.model import Recipient
from bot.core.passwords.model import Operation, Refused, Shown
from bot.core.passwords.request import Wish
from bot.core.people.spoken_of import split_class
from bot.core.usernames.model import NotFound
from bot.dialogs.dialog import Scene, day_of
from bot.dialogs.menu import way_forward
from bot.dialogs.password import operation_screens, person_screens, whole_class
from bot.dialogs.password.cases import PasswordCases
from bot.dialogs.password.person_screens import BACK_TO_PERSON, CONCERNS, another, denied, start
from bot.dialogs.search import Search, Sought, press_digest
from bot.presser import STEP_LIFETIME
from bot.refusals import refusal
from cards.actions import Button

PATIENCE = 3.0
"""Seconds for which the answer to the confirmation waits for the worker; mostly it needs less than one."""


async def open_(cases: PasswordCases, scene: Scene) -> Reply:
    """The form; or which class, for whoever typed that it is for one."""
    whole = scene.action.id("whole") and not scene.action.inputs.get("typed")
    return await whole_class.open_(cases, scene) if whole else await SEARCH.opened(cases, scene)


async def search(cases: PasswordCases, scene: Scene) -> Reply:
    """Looks for whom it is: the card of the person, or the question which one. A class alone: its students."""
    sought = Sought.read(scene.action).meant_among(SEARCH.kinds)
    name, class_ = split_class(sought.typed)
    if sought.kind == "name" and class_ and not name:
        return await whole_class.students_of(cases, scene, class_)
    found = await SEARCH(cases.find, scene, sought)
    if isinstance(found, Reply):
        return found
    if found.without_zero:
        return SEARCH.which(scene, found.accounts, lead="lookup-without-zero")
    if len(found.accounts) > 1:
        return SEARCH.which(scene, found.accounts, found.current)
    return await _person(cases, scene, found.accounts[0].id)


async def pick(cases: PasswordCases, scene: Scene) -> Reply:
    """The card of the person chosen from several."""
    one = SEARCH.picked(scene)
    return one if isinstance(one, Reply) else await _person(cases, scene, one)


async def listed(cases: PasswordCases, scene: Scene) -> Reply:
    """The list of several people one came from."""
    return await SEARCH.listed(cases.find, scene)


async def person(cases: PasswordCases, scene: Scene) -> Reply:
    """The card of the person, read now; with what was chosen on it, for whoever comes back to it."""
    wish = _wish(scene, scene.action.ids)
    return await _person(cases, scene, wish.person, wish)


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
        now = await cases.follow(scene.actor, wish.conversation, begun.asked.id, patience=PATIENCE)
        return await _shown(cases, scene, now)
    # Back to the person where another choice would help or one is being made; else only a word.
    if begun.decision.denied_because not in BACK_TO_PERSON:
        return denied(scene, begun)
    press = scene.press("password.person", STEP_LIFETIME, ids={"person": wish.person})
    return person_screens.back(scene, refusal(begun.decision, scene.t, scene.language), press)


async def state(cases: PasswordCases, scene: Scene) -> Reply:
    """Where the password is now."""
    now = await cases.follow(scene.actor, scene.conversation, scene.action.id("operation"))
    return await _shown(cases, scene, now)


async def reveal(cases: PasswordCases, scene: Scene) -> Reply:
    """The password itself."""
    shown = await cases.reveal(scene.actor, scene.conversation, scene.action.id("operation"))
    if isinstance(shown, Shown):
        return operation_screens.revealed(scene, shown, slips=cases.prints)
    return await _shown(cases, scene, shown)


async def handed(cases: PasswordCases, scene: Scene) -> Reply:
    """Notes that it was handed over: the receipt."""
    now = await cases.hand_over(scene.actor, scene.conversation, scene.action.id("operation"))
    return await _shown(cases, scene, now)


async def check(cases: PasswordCases, scene: Scene) -> Reply:
    """Whether it works."""
    seen = await cases.check(scene.actor, scene.conversation, scene.action.id("operation"))
    return denied(scene, seen) if isinstance(seen, Refused) else operation_screens.checked(scene, seen)


async def slips(cases: PasswordCases, scene: Scene) -> Reply:
    """The link to the slips of one password, or of a class's, and their PIN."""
    if not cases.prints:
        return way_forward(scene, scene.t("password-slips-off"))
    operation, job = scene.action.id("operation"), scene.action.id("job")
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
    return person_screens.person(scene, prepared, wish, because, to_list=SEARCH.to_list(scene))


async def _shown(cases: PasswordCases, scene: Scene, operation: Operation | Refused) -> Reply:
    if isinstance(operation, Refused):
        return denied(scene, operation)
    after = await cases.afterwards(operation)
    return operation_screens.operation_state(scene, operation, after, slips=cases.prints)


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
        birth=day_of(given.get("birth", "")),
        sen=given.get("sen") == "true",
        identity=given.get("identity") == "true",
        compromised=given.get("compromised") == "true",
    )


def _not_found(scene: Scene, sought: Sought, answer: NotFound) -> Reply:
    words = "password-name-not-found" if sought.kind == "name" else "password-not-found"
    near, notice = SEARCH.choices(scene, answer.near), SEARCH.of_other_classes(scene, answer) or scene.t(words)
    return start(scene, sought, notice=notice, near=near, left_out=answer.left_out, may_have_moved=True)


SEARCH = Search(form=start, pick="password.pick", again="password.listed", new_search=another, not_found=_not_found)
