"""One link: what is shown of it, asked about it, and done about it."""

from collections.abc import Mapping

from bot.conversation import Action, Reply
from bot.core.class_links.ask import AskDirector
from bot.core.class_links.cases import LinkCase, Stage
from bot.core.class_links.mend import MendLink
from bot.core.class_links.model import Act
from bot.core.class_links.read import ReadLinks
from bot.core.class_links.register import KeepRegister
from bot.core.decision import Decision, Reason
from bot.dialogs.class_links import link_view, view
from bot.dialogs.class_links.words import name_of
from bot.dialogs.dialog import Scene
from bot.dialogs.search import press_digest
from bot.refusals import refusal
from bot.texts.moments import moment


class OneLink:
    """Every press reads state and rights again."""

    verbs = (
        "link.open",
        "link.names",
        "link.ask",
        "link.do",
        "link.question",
        "link.answer",
        "link.mark",
        "link.unmark",
    )

    def __init__(self, read: ReadLinks, mend: MendLink, ask: AskDirector, register: KeepRegister) -> None:
        self._read = read
        self._mend = mend
        self._ask = ask
        self._register = register

    async def press(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        """The answer to one of the verbs."""
        match action.verb:
            case "link.ask" | "link.do":
                return await self._act(scene, action)
            case "link.question":
                return await self._question(scene, action)
            case "link.answer":
                return await self._answer(scene, action, inputs)
            case "link.mark" | "link.unmark":
                return await self._mark(scene, action, inputs)
            case _:
                return await self.shown(scene, action.ids.get("key", ""), names=action.verb == "link.names")

    async def shown(
        self, scene: Scene, key: str, *, anew: bool = False, names: bool = False, notice: str = ""
    ) -> Reply:
        """The link as it is; `anew`: asked of the directory again."""
        seen = await self._read(scene.actor, anew=anew)
        if isinstance(seen, Decision):
            return view.denied(scene, seen)
        link = seen.of(key)
        if link is None:
            return refused(scene, Decision(Reason.NO_LINK))
        if anew and not notice:  # nothing else would tell that it was looked
            notice = scene.t("links-checked", at=moment(seen.at, scene.language))
        told = tuple(sorted(name_of(seen, one) for one in link.missing)) if names else ()
        return link_view.one(scene, seen, link, names=told, notice=notice)

    async def _act(self, scene: Scene, action: Action) -> Reply:
        key, act = action.ids.get("key", ""), action.ids.get("act", "")
        if act not in set(Act):
            return refused(scene, Decision(Reason.NO_LINK))
        if action.verb == "link.ask":
            link = await self._mend.judged(scene.actor, key, Act(act))
            if isinstance(link, Decision):
                return refused(scene, link)
            seen = await self._read(scene.actor)
            name = link.teacher if isinstance(seen, Decision) else name_of(seen, link.teacher)
            return link_view.confirm(scene, link, Act(act), name)
        operation = press_digest(action, key, act)
        case = await self._mend(scene.actor, key, Act(act), operation)
        if isinstance(case, Decision):
            return refused(scene, case)
        words = "link-act-begun" if case.id == operation else "link-act-open-already"
        return link_view.said(scene, scene.t("link-act-begun-title"), scene.t(words), key=key)

    async def _question(self, scene: Scene, action: Action) -> Reply:
        key = action.ids.get("key", "")
        case = await self._ask(scene.actor, key, press_digest(action, key))
        if isinstance(case, Decision):
            return refused(scene, case)
        return link_view.said(scene, scene.t("link-question-sent-title"), scene.t("link-question-sent"), key=key)

    async def _answer(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        case_id, words = action.ids.get("case", ""), inputs.get("words", "")
        asked = await self._ask.case_for(scene.actor, case_id)
        if isinstance(asked, Decision):
            return refused(scene, asked)
        if asked.stage is not Stage.OPEN:
            return await self._asked(scene, asked)
        case = await self._ask.answer(scene.actor, case_id, words, settled=action.ids.get("settled") == "yes")
        if isinstance(case, Decision) and case.denied_because is Reason.REASON_MISSING:
            return await self._asked(scene, asked, problem=scene.t("link-answer-words-missing"), words=words)
        if isinstance(case, Decision):
            return refused(scene, case)
        if case.by != scene.actor.object_id:
            return await self._asked(scene, case)
        return link_view.said(
            scene,
            scene.t("link-answer-done-title"),
            scene.t("link-news-settled" if case.stage is Stage.DONE else "link-news-declined", title=case.title),
        )

    async def _asked(self, scene: Scene, case: LinkCase, *, problem: str = "", words: str = "") -> Reply:
        """The question, with the link as it is now."""
        seen = await self._read(scene.actor)
        about = () if isinstance(seen, Decision) else link_view.about(case, seen, scene.t, scene.language)
        return link_view.question(scene.t, scene.language, scene.presser, case, about, problem=problem, words=words)

    async def _mark(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        key = action.ids.get("key", "")
        where = inputs.get("where", "") if action.verb == "link.mark" else None
        decision = await self._register.mark(scene.actor, key, where)
        if not decision.allowed:
            return refused(scene, decision)
        return await self.shown(scene, key, notice=scene.t("link-marked-title"))


def refused(scene: Scene, decision: Decision) -> Reply:
    """No, and a way back to the list, or to what is possible instead."""
    if decision.denied_because in {Reason.NO_LINK, Reason.LINK_CHANGED, Reason.NOT_ANSWERABLE}:
        return link_view.said(scene, scene.t("notice-not-possible"), refusal(decision, scene.t, scene.language))
    return view.denied(scene, decision)
