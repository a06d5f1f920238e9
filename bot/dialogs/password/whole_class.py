"""Passwords for a class, or for a selection (a group of the school's own, people of several classes): which class →
which students, for whom → sure? → how far it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps

from bot.conversation import Action, Reply
from bot.core.decision import Reason
from bot.core.handover.model import Recipient
from bot.core.passwords.follow import Progress
from bot.core.passwords.model import Refused
from bot.core.passwords.request_many import ManyWish
from bot.dialogs.dialog import Handler, Scene
from bot.dialogs.menu import way_forward
from bot.dialogs.password import class_screens
from bot.dialogs.password.cases import PasswordCases
from bot.dialogs.password.person_screens import denied
from bot.dialogs.password.progress import MOVES, progress_reply
from bot.dialogs.search import press_digest
from bot.refusals import refusal
from cards.password_class import MOST_STUDENTS

_LONGEST_ID = 64
_MOST_IDS = 200
_ON_THE_CARD = frozenset({Reason.NO_RECIPIENT, Reason.ONLY_OWNER, Reason.IDENTITY_NOT_ATTESTED})
"""What the director can put right where the students are ticked."""


def _where_slips_are_printed(handler: Handler[PasswordCases]) -> Handler[PasswordCases]:
    """Where nothing can be printed no class is begun: there would be no way to read its passwords."""

    @wraps(handler)
    async def begun(cases: PasswordCases, scene: Scene) -> Reply:
        return await handler(cases, scene) if cases.prints else way_forward(scene, scene.t("class-slips-off"))

    return begun


@dataclass(frozen=True, slots=True)
class Wished:
    """What a form of a class is shown with. `ticked`: those chosen before are ticked; else who has none yet."""

    wish: ManyWish
    ticked: bool


@_where_slips_are_printed
async def open_(cases: PasswordCases, scene: Scene) -> Reply:
    """Which class?"""
    return await _classes(cases, scene)


@_where_slips_are_printed
async def students(cases: PasswordCases, scene: Scene) -> Reply:
    """The students of the class, to be ticked; as they were ticked, for whoever comes back to them."""
    return await _students(cases, scene, _wished(scene))


async def students_of(cases: PasswordCases, scene: Scene, class_name: str) -> Reply:
    """The students of a class that was typed."""
    if not cases.prints:
        return way_forward(scene, scene.t("class-slips-off"))
    wish = replace(_wish(scene, {}, ""), class_name=class_name)
    return await _students(cases, scene, Wished(wish, ticked=False))


def follows(action: Action) -> Handler[PasswordCases] | None:
    """The classes of the school, and the students of one, when a turn had no time for them."""
    return _later if action.verb in {"class.open", "class.students"} else None


@_where_slips_are_printed
async def _later(cases: PasswordCases, scene: Scene) -> Reply:
    """As a message: it is stored, so it names no student. Who presses its button finds the list read."""
    wished = _wished(scene)
    if scene.action.verb == "class.open" or not wished.wish.class_name:
        return await _classes(cases, scene)
    listed = await cases.students(scene.actor, wished.wish.class_name, wished.wish.among)
    if isinstance(listed, Refused):
        return denied(scene, listed)
    return class_screens.ready(scene, listed, wished.wish)


@_where_slips_are_printed
async def choose(cases: PasswordCases, scene: Scene) -> Reply:
    """Sure? Or the students again, with what is to be put right."""
    wish = _wish(scene, scene.action.inputs, scene.action.inputs.get("students", ""))
    again = Wished(wish, ticked=True)
    if not wish.persons:
        return await _students(cases, scene, again, problem=scene.t("class-nobody-chosen"))
    if len(wish.persons) > MOST_STUDENTS:
        return await _students(cases, scene, again, problem=scene.t("class-too-many", count=MOST_STUDENTS))
    checked = await cases.many.check(scene.actor, wish)
    if isinstance(checked, Refused):
        if checked.decision.denied_because not in _ON_THE_CARD:
            return denied(scene, checked)
        problem = refusal(checked.decision, scene.t, scene.language)
        return await _students(cases, scene, again, problem=problem)
    if not checked.allowed:
        return class_screens.nobody(scene, checked, wish)
    # What the form says is not asked once more: nobody is left out, no password ends that anybody may use, and nobody
    # else has just made some.
    if checked.anew and not checked.refused and checked.before is None:
        return await _begin(cases, scene, wish)
    return class_screens.confirm(scene, checked, wish)


@_where_slips_are_printed
async def confirm(cases: PasswordCases, scene: Scene) -> Reply:
    """Has them made."""
    wish = _wish(scene, scene.action.ids, scene.action.id("persons"))
    return await _begin(cases, scene, replace(wish, knows=_moment(scene.action.id("knows"))))


async def _begin(cases: PasswordCases, scene: Scene, wish: ManyWish) -> Reply:
    """Has them made, and shows how far they are, on the card that goes on showing it."""
    begun = await cases.many(scene.actor, wish)
    if isinstance(begun, Refused) and begun.decision.denied_because is Reason.GIVEN_BY_ANOTHER:
        checked = await cases.many.check(scene.actor, wish)  # somebody was faster: told now, and asked
        if not isinstance(checked, Refused) and checked.allowed and checked.before is not None:
            return class_screens.confirm(scene, checked, wish)
    notice = "" if isinstance(begun, Refused) else _left_out(scene, wish, begun)
    return _shown(cases, scene, begun, notice=notice, moves=bool(wish.message))


def _left_out(scene: Scene, wish: ManyWish, begun: Progress) -> str:
    """That not all that was chosen is being made. One form makes one job, whatever is chosen on it later."""
    made, job = {one.asked.person for one in begun.operations}, begun.job
    other = wish.recipient is not job.recipient
    if (other or made != set(wish.persons)) and (job.at < scene.now or other or not made <= set(wish.persons)):
        return scene.t("class-of-before")
    # The day's limit is judged with the writing, and who left the class since the question is not in it.
    left_out = len(set(wish.persons) - made)
    return scene.t("class-left-out", count=left_out) if left_out else ""


async def progress(cases: PasswordCases, scene: Scene) -> Reply:
    """How far they are."""
    job = await cases.job(scene.actor, scene.conversation, scene.action.id("job"))
    return _shown(cases, scene, job, moves=_moves(scene))


async def cancel(cases: PasswordCases, scene: Scene) -> Reply:
    """Stops what is not begun yet."""
    stopped = await cases.cancel(scene.actor, scene.conversation, scene.action.id("job"))
    return _shown(cases, scene, stopped, notice=scene.t("class-cancelled"), moves=_moves(scene))


@_where_slips_are_printed
async def retry(cases: PasswordCases, scene: Scene) -> Reply:
    """Tries the failed ones again, as a job of their own. The slips of those who did not fail hang on this card:
    where there are any it stays, and the new job has a message of its own.
    """
    new_job = press_digest(scene.action)
    before = await cases.job(scene.actor, scene.conversation, scene.action.id("job"))
    stays = not isinstance(before, Refused) and bool(before.printable)
    message = "" if stays else scene.turn.pressed_on
    begun = await cases.many.again(scene.actor, scene.conversation, scene.action.id("job"), new_job, message)
    if isinstance(begun, Refused) or isinstance(before, Refused) or not stays:
        return _shown(cases, scene, begun, moves=bool(message))
    notice = scene.t("class-retried", count=len(begun.operations))
    return _shown(cases, scene, before, notice=notice, moves=_moves(scene), retried=new_job)


async def _classes(cases: PasswordCases, scene: Scene, problem: str = "") -> Reply:
    classes = await cases.classes(scene.actor)
    return denied(scene, classes) if isinstance(classes, Refused) else class_screens.pick(scene, classes, problem)


async def _students(cases: PasswordCases, scene: Scene, wished: Wished, problem: str = "") -> Reply:
    wish = wished.wish
    if not wish.class_name:
        return await _classes(cases, scene, problem=scene.t("class-missing"))
    listed = await cases.students(scene.actor, wish.class_name, wish.among)
    if isinstance(listed, Refused):
        return denied(scene, listed)
    return class_screens.students(scene, listed, wish, problem, ticked=wished.ticked)


def _shown(
    cases: PasswordCases,
    scene: Scene,
    progress: Progress | Refused,
    *,
    notice: str = "",
    moves: bool = False,
    retried: str = "",
) -> Reply:
    if isinstance(progress, Refused):
        return denied(scene, progress)
    return progress_reply(scene, progress, slips=cases.prints, notice=notice, moves=moves, retried=retried)


def _wished(scene: Scene) -> Wished:
    """What the class, or the selection, is opened with: `persons` are those to be ticked, if any are said."""
    persons = scene.action.id("persons")
    wish = _wish(scene, scene.action.ids, persons)
    return Wished(replace(wish, class_name=wish.class_name or scene.action.inputs.get("class", "")), bool(persons))


def _wish(scene: Scene, given: Mapping[str, str], chosen: str) -> ManyWish:
    """What was chosen, for the class and school the card was made for. The press is its identity. `given`: the card's
    inputs, or what a sealed button carries; anything at all may stand in it. `chosen`: ids in one text.

    A class's passwords go to the students or to their parents; anything else is nobody, and so a refusal.
    """
    to = given.get("recipient", "")
    return ManyWish(
        job=press_digest(scene.action),
        class_name=scene.action.id("class"),
        persons=_ids(chosen),
        school=scene.action.id("school"),
        conversation=scene.conversation,
        message=scene.turn.pressed_on,
        recipient=Recipient(to) if to in set(Recipient) - {Recipient.TEACHER} else None,
        identity=given.get("identity") == "true",
        among=_ids(scene.action.id("among")),
        lost="lost" in scene.action.ids,
    )


def _ids(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.split(","))
    return tuple(dict.fromkeys(one for one in parts if 0 < len(one) <= _LONGEST_ID))[:_MOST_IDS]


def _moment(text: str) -> datetime | None:
    """What a press carries; whatever is no moment with its time zone is nothing."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _moves(scene: Scene) -> bool:
    """Whether it was pressed on the message that updates itself."""
    return MOVES in scene.action.ids
