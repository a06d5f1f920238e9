"""From the form to the username. What is typed arrives in a press and leaves in its answer only."""

from bot.conversation import Reply
from bot.core.errors import OutsideError
from bot.core.people.free_text import free_text
from bot.core.usernames.find import FindUsername
from bot.core.usernames.model import (
    LONGEST_PURPOSE,
    ByChoice,
    Denied,
    Found,
    NotFound,
    Purpose,
    PurposeKind,
)
from bot.core.usernames.policy import stated
from bot.dialogs.dialog import Scene
from bot.dialogs.lookup.screens import denied, form, new_search, result
from bot.dialogs.search import Search, Sought, press_digest
from bot.refusals import failure, refusal


async def search(find: FindUsername, scene: Scene) -> Reply:
    """Looks for what was typed."""
    sought = Sought.read(scene.action)
    purpose = _purpose(sought)
    if purpose and stated(purpose) is None:
        problem = scene.t("lookup-purpose-text-missing")
        return form(scene, sought, problem=problem, concerns="purpose_text", asks_why=True)
    found = await SEARCH(find, scene, sought, purpose)
    return result(scene, found) if isinstance(found, Found) else found


async def pick(find: FindUsername, scene: Scene) -> Reply:
    """Shows the chosen one of several."""
    one = SEARCH.picked(scene)
    if isinstance(one, Reply):
        return one
    try:
        answer = await find(scene.actor, ByChoice(one), None, press_digest(scene.action, one))
    except OutsideError as error:
        return form(scene, Sought("name"), notice=failure(error, scene.t))
    match answer:
        case Found():
            return result(scene, answer, SEARCH.to_list(scene))
        case Denied(decision):
            return denied(scene, refusal(decision, scene.t, scene.language))
        case _:
            return form(scene, Sought("name"), problem=scene.t("lookup-choice-gone"))


def _purpose(sought: Sought) -> Purpose | None:
    if sought.purpose not in set(PurposeKind):
        return None
    return Purpose(PurposeKind(sought.purpose), free_text(sought.purpose_text, LONGEST_PURPOSE))


def _not_found(scene: Scene, sought: Sought, answer: NotFound) -> Reply:
    near = SEARCH.choices(scene, answer.near)
    if answer.former:
        return form(scene, sought, notice=scene.t("lookup-former-username", count=len(answer.near)), near=near)
    if sought.kind == "name":
        notice = SEARCH.of_other_classes(scene, answer) or scene.t("lookup-not-found-name")
        return form(scene, sought, notice=notice, near=near, left_out=answer.left_out)
    if answer.only_own_school:  # what is missing is most often the reason: one press gives it
        return form(scene, sought, notice=scene.t("lookup-not-found-own"), near=near, asks_why=True)
    words = "lookup-not-found-username" if sought.kind == "username" else "lookup-not-found"
    return form(scene, sought, notice=scene.t(words), near=near)


SEARCH = Search(
    form=form,
    pick="lookup.pick",
    again="lookup.listed",
    new_search=new_search,
    not_found=_not_found,
    denied=denied,
)
