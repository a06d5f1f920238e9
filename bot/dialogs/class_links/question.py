"""A teacher's question about a class link, and the director's answer."""

from bot.announcer.speaking import Chat
from bot.conversation import PeopleShown, Reply, Shows
from bot.core.class_links.cases import CaseStage, LinkCase
from bot.core.class_links.model import TWIN
from bot.core.class_links.read import LinksSeen
from bot.core.decision import Decision, Reason
from bot.dialogs.class_links.cases import ClassLinksCases
from bot.dialogs.class_links.notices import refused, said
from bot.dialogs.class_links.words import facts
from bot.dialogs.dialog import Scene
from bot.dialogs.search import press_digest
from bot.texts.catalog import Translate
from bot.texts.moments import moment
from cards.actions import Button
from cards.class_links import link_question_card


async def ask(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Sends the question to every director of the school."""
    key = scene.action.id("key")
    case = await cases.ask(scene.actor, key, press_digest(scene.action, key))
    if isinstance(case, Decision):
        return refused(scene, case)
    return said(scene, scene.t("link-question-sent-title"), scene.t("link-question-sent"), key=key)


async def answer(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Keeps the answer. A question that is answered already is shown as it is."""
    ids, words = scene.action.ids, scene.action.inputs.get("words", "")
    case = await cases.ask.case_for(scene.actor, ids.get("case", ""))
    if isinstance(case, Decision):
        return refused(scene, case)
    if case.stage is not CaseStage.OPEN:
        return await _shown(cases, scene, case)
    ended = await cases.ask.answer(scene.actor, case.id, words, settled=ids.get("settled") == "yes")
    if isinstance(ended, Decision) and ended.denied_because is Reason.REASON_MISSING:
        return await _shown(cases, scene, case, problem=scene.t("link-answer-words-missing"), words=words)
    if isinstance(ended, Decision):
        return refused(scene, ended)
    if ended.by != scene.actor.object_id:
        return await _shown(cases, scene, ended)
    outcome = "link-news-settled" if ended.stage is CaseStage.DONE else "link-news-declined"
    return said(scene, scene.t("link-answer-done-title"), scene.t(outcome, title=ended.title))


async def _shown(
    cases: ClassLinksCases, scene: Scene, case: LinkCase, *, problem: str = "", words: str = ""
) -> Reply:
    """The question, with the link as it is now."""
    seen = await cases.read(scene.actor)
    known = None if isinstance(seen, Decision) else seen
    return question(scene, case, known, problem=problem, words=words)


def question(
    to: Scene | Chat, case: LinkCase, seen: LinksSeen | None, *, problem: str = "", words: str = ""
) -> Reply:
    """A teacher's question, open or answered, with what is known of the link. `seen`: None where nothing is."""
    t, ids, note = to.t, {"case": case.id}, ""
    is_open = case.stage is CaseStage.OPEN
    if not is_open and case.ended_at is not None:
        head = t("link-question-answered", name=case.by_name, at=moment(case.ended_at, to.language))
        outcome = t("link-answer-settled" if case.stage is CaseStage.DONE else "link-answer-declined")
        note = f"{head}\n{outcome}\n{case.answer}"
    card = link_question_card(
        t,
        question=t("link-question-card", name=case.actor_name, title=case.title),
        facts=_about(case, seen, t, to.language) if seen is not None else (),
        settle=to.presser.press("link.answer", ids={**ids, "settled": "yes"}) if is_open else None,
        decline=to.presser.press("link.answer", ids={**ids, "settled": "no"}) if is_open else None,
        note=note,
        problem=problem,
        words=words,
        buttons=(see(to, case),),
    )
    return Reply(card=card, people=PeopleShown(Shows.LINK, case.class_id))


def see(to: Scene | Chat, case: LinkCase) -> Button:
    """The way to the link that a case is about."""
    press = to.presser.press("link.open", ids={"key": f"{case.class_id}/{case.teacher}"})
    return Button(to.t("link-answer-see"), press)


def _about(case: LinkCase, seen: LinksSeen, t: Translate, language: str) -> tuple[tuple[str, str], ...]:
    link = seen.of(f"{case.class_id}/{case.teacher}")
    if link is None:
        return ((t("card-links-row"), case.class_id.partition(TWIN)[0]),)
    return facts(link, seen, t, language, director=True)
