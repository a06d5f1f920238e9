"""Passwords for a class: which class → which students, for whom → sure? → how far it is."""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import Action, Reply
from bot.core.decision import Reason
from bot.core.handover.model import Recipient
from bot.core.passwords.model import Refused
from bot.core.passwords.request_many import ManyWish, Progress
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import way_forward
from bot.dialogs.password import class_view, view
from bot.dialogs.password.cases import PasswordCases
from bot.dialogs.password.class_view import Ticked
from bot.dialogs.password.progress import MOVES, progress_reply
from bot.dialogs.search import press_digest
from bot.refusals import refusal
from cards.class_students import MOST_STUDENTS

_LONGEST_ID = 64
_MOST_IDS = 200
_ON_THE_CARD = frozenset({Reason.NO_RECIPIENT, Reason.ONLY_OWNER, Reason.IDENTITY_NOT_ATTESTED})
"""What the director can put right where the students are ticked."""


_BEGINS = frozenset({"class.open", "class.students", "class.choose", "class.confirm", "class.retry"})


class WholeClass:
    """The class part of the dialog. `slips`: whether slips can be printed at all."""

    verbs = (
        "class.open",
        "class.students",
        "class.choose",
        "class.confirm",
        "class.progress",
        "class.cancel",
        "class.retry",
    )

    def __init__(self, cases: PasswordCases, *, slips: bool) -> None:
        self._cases = cases
        self._slips = slips

    async def press(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        """The answer to one of `verbs`. Where nothing can be printed no class is begun: nobody could read it."""
        if not self._slips and action.verb in _BEGINS:
            return way_forward(scene, scene.t("class-slips-off"))
        match action.verb:
            case "class.open":
                return await self._open(scene)
            case "class.students":
                return await self._students(scene, action.ids.get("class") or inputs.get("class", ""), Ticked())
            case "class.choose":
                return await self._choose(scene, action, inputs)
            case "class.confirm":
                return await self._confirm(scene, action)
            case "class.cancel":
                return await self._cancel(scene, action)
            case "class.retry":
                return await self._retry(scene, action)
            case _:
                job = action.ids.get("job", "")
                progress = await self._cases.job(scene.actor, _conversation(scene), job)
                return self._shown(scene, progress, moves=MOVES in action.ids)

    async def later(self, scene: Scene) -> Reply:
        """`class.open` or `class.students` as a message: it is stored, so it names no student. Who presses its button
        finds the list read.
        """
        action = scene.action
        class_name = action.ids.get("class") or action.inputs.get("class", "")
        if not self._slips or action.verb == "class.open" or not class_name:
            return await self.press(scene, replace(action, verb="class.open"), {})
        listed = await self._cases.students(scene.actor, class_name)
        if isinstance(listed, Refused):
            return view.denied(scene, listed.decision)
        return class_view.ready(scene, listed)

    async def _open(self, scene: Scene, *, problem: str = "") -> Reply:
        classes = await self._cases.classes(scene.actor)
        if isinstance(classes, Refused):
            return view.denied(scene, classes.decision)
        return class_view.pick(scene, classes, problem=problem)

    async def _students(self, scene: Scene, class_name: str, ticked: Ticked, *, problem: str = "") -> Reply:
        if not class_name:
            return await self._open(scene, problem=scene.t("class-missing"))
        listed = await self._cases.students(scene.actor, class_name)
        if isinstance(listed, Refused):
            return view.denied(scene, listed.decision)
        return class_view.students(scene, listed, ticked, problem=problem)

    async def _choose(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        class_name, school = action.ids.get("class", ""), action.ids.get("school", "")
        ticked = _ticked(inputs)
        persons = ticked.persons or ()
        if not persons:
            return await self._students(scene, class_name, ticked, problem=scene.t("class-nobody-chosen"))
        if len(persons) > MOST_STUDENTS:
            problem = scene.t("class-too-many", count=MOST_STUDENTS)
            return await self._students(scene, class_name, ticked, problem=problem)
        wish = _wish(scene, press_digest(action), class_name, school, ticked)
        checked = await self._cases.many.check(scene.actor, wish)
        if isinstance(checked, Refused):
            if checked.decision.denied_because not in _ON_THE_CARD:
                return view.denied(scene, checked.decision)
            problem = refusal(checked.decision, scene.t, scene.language)
            return await self._students(scene, class_name, ticked, problem=problem)
        if not checked.allowed:
            return class_view.nobody(scene, checked, class_name)
        return class_view.confirm(scene, checked, class_name, school, ticked)

    async def _confirm(self, scene: Scene, action: Action) -> Reply:
        ids = action.ids
        persons = tuple(filter(None, ids.get("persons", "").split(",")))
        ticked = Ticked(persons, _recipient(ids), ids.get("identity") == "true")
        wish = _wish(scene, press_digest(action), ids.get("class", ""), ids.get("school", ""), ticked)
        progress = await self._cases.many(scene.actor, wish)
        left_out = 0 if isinstance(progress, Refused) else len(persons) - len(progress.operations)
        # The day's limit is judged with the writing, and who left the class since the question is not in it.
        notice = scene.t("class-left-out", count=left_out) if left_out > 0 else ""
        return self._shown(scene, progress, notice=notice)

    async def _cancel(self, scene: Scene, action: Action) -> Reply:
        job = action.ids.get("job", "")
        progress = await self._cases.cancel(scene.actor, _conversation(scene), job)
        return self._shown(scene, progress, notice=scene.t("class-cancelled"), moves=MOVES in action.ids)

    async def _retry(self, scene: Scene, action: Action) -> Reply:
        job, new_job = action.ids.get("job", ""), press_digest(action)
        anew = await self._cases.many.again(scene.actor, _conversation(scene), job, new_job)
        before = await self._cases.job(scene.actor, _conversation(scene), job)
        if isinstance(anew, Refused) or isinstance(before, Refused) or not (self._slips and before.printable):
            return self._shown(scene, anew)
        # The slips of those who did not fail hang on this card: it stays.
        notice = scene.t("class-retried", count=len(anew.operations))
        return self._shown(scene, before, notice=notice, moves=MOVES in action.ids, retried=new_job)

    def _shown(
        self, scene: Scene, progress: Progress | Refused, *, notice: str = "", moves: bool = False, retried: str = ""
    ) -> Reply:
        if isinstance(progress, Refused):
            return view.denied(scene, progress.decision)
        return progress_reply(
            scene.t, scene.language, progress, scene.presser, slips=self._slips, notice=notice, moves=moves,
            retried=retried,
        )  # fmt: skip


def _ticked(inputs: Mapping[str, str]) -> Ticked:
    """The client sends the ticked ids in one text; anything at all may stand in it."""
    ids = (part.strip() for part in inputs.get("students", "").split(","))
    persons = tuple(dict.fromkeys(one for one in ids if 0 < len(one) <= _LONGEST_ID))[:_MOST_IDS]
    return Ticked(persons, _recipient(inputs), inputs.get("identity") == "true")


def _recipient(given: Mapping[str, str]) -> str:
    """Who receives a class's passwords; empty, and so a refusal, for anything that is no such recipient."""
    recipient = given.get("recipient", "")
    return recipient if recipient in {Recipient.STUDENT.value, Recipient.PARENT.value} else ""


def _wish(scene: Scene, job: str, class_name: str, school: str, ticked: Ticked) -> ManyWish:
    return ManyWish(
        job=job,
        class_name=class_name,
        persons=ticked.persons or (),
        school=school,
        conversation=_conversation(scene),
        recipient=Recipient(ticked.recipient) if ticked.recipient else None,
        identity=ticked.identity,
    )


def _conversation(scene: Scene) -> str:
    return scene.turn.reference.conversation_id
