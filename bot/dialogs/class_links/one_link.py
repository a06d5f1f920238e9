"""One class link: what is shown of it, what is done about it, and a teacher's question about it. Every press reads
state and rights again.
"""

from bot.announcer.speaking import Chat
from bot.conversation import PeopleShown, Reply, Shows
from bot.core.actors.model import Role
from bot.core.class_links.cases import CaseStage, LinkCase
from bot.core.class_links.model import TWIN, Link, LinkState, Remedy
from bot.core.class_links.policy import may_be_asked_about, remedy_for
from bot.core.class_links.read import LinksSeen
from bot.core.decision import Decision, Reason
from bot.dialogs.class_links.cases import ClassLinksCases
from bot.dialogs.class_links.notices import back, came_from, refused, said
from bot.dialogs.class_links.selection import OF_TEACHER
from bot.dialogs.class_links.words import Facts, became, facts, name_of
from bot.dialogs.dialog import Scene
from bot.dialogs.search import press_digest
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from bot.texts.catalog import Translate
from bot.texts.moments import moment
from cards.actions import Button
from cards.class_links import link_one_card, link_question_card


async def open_link(cases: ClassLinksCases, scene: Scene) -> Reply:
    """The link as it is."""
    return await shown(cases, scene, scene.action.id("key"))


async def name_missing(cases: ClassLinksCases, scene: Scene) -> Reply:
    """The link, and which students are missing."""
    return await shown(cases, scene, scene.action.id("key"), names=True)


async def mend(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Has it mended by the worker, as the link's own card has said."""
    key, act = scene.action.id("key"), scene.action.id("act")
    if act not in set(Remedy):
        return refused(scene, Decision(Reason.NO_LINK))
    operation = press_digest(scene.action, key, act)
    case = await cases.mend(scene.actor, key, Remedy(act), operation)
    if isinstance(case, Decision):
        return refused(scene, case)
    if case.stage is not CaseStage.OPEN:  # pressed a second time
        return said(scene, *became(case, scene.t), key=key)
    words = "link-act-begun" if case.id == operation else "link-act-open-already"
    return said(scene, scene.t("link-act-begun-title"), scene.t(words), key=key)


async def expired(cases: ClassLinksCases, scene: Scene) -> Reply | None:
    """What was to be mended, as it is now: asked again, if it still is to be."""
    if scene.action.verb != "link.do":
        return None
    seen = await cases.read(scene.actor)
    link = None if isinstance(seen, Decision) else seen.of(scene.action.id("key"))
    words = "link-act-late" if link is None or remedy_for(link) is None else "link-act-again"
    return await shown(cases, scene, scene.action.id("key"), notice=scene.t(words))


async def mark(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Notes that the class was made in Google Classroom, and where."""
    key = scene.action.id("key")
    marked = await cases.register.mark(scene.actor, key, scene.action.inputs.get("where", ""))
    if isinstance(marked, Decision):
        return refused(scene, marked)
    return await shown(cases, scene, key, notice=scene.t("link-marked", title=marked.links[0].title))


async def unmark(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Notes that it was not."""
    key = scene.action.id("key")
    count = await cases.register.unmark(scene.actor, key)
    if isinstance(count, Decision):
        return refused(scene, count)
    return await shown(cases, scene, key, notice=scene.t("link-unmarked" if count else "link-unmarked-already"))


async def shown(
    cases: ClassLinksCases, scene: Scene, key: str, *, anew: bool = False, names: bool = False, notice: str = ""
) -> Reply:
    """The link of this key. `anew`: read from the directory again."""
    seen = await cases.read(scene.actor, anew=anew)
    if isinstance(seen, Decision):
        return refused(scene, seen)
    link = seen.of(key)
    if link is None:
        return refused(scene, Decision(Reason.NO_LINK))
    if anew:  # nothing else would tell that it was looked
        notice = scene.t("links-checked", at=moment(seen.at, scene.language))
    return one(scene, seen, link, names=names, notice=notice)


def one(scene: Scene, seen: LinksSeen, link: Link, *, names: bool = False, notice: str = "") -> Reply:
    """The link, what this person can have done about it and what comes of that. `names`: of the students who are
    missing.
    """
    t, director, ids = scene.t, scene.actor.role is Role.DIRECTOR, {"key": link.key, **came_from(scene.action)}
    missing = tuple(sorted(name_of(seen, username) for username in link.missing)) if names else ()
    decide: list[Button] = []
    buttons: list[Button] = []
    act = remedy_for(link) if director else None
    if act is not None:
        press = scene.press("link.do", STEP_LIFETIME, ids={**ids, "act": act.value})
        decide.append(Button(t(_act_word(link, act)), press, "positive"))
    if not director and may_be_asked_about(link):
        decide.append(
            Button(t("link-question-ask"), scene.press("link.question", FORM_LIFETIME, ids=ids), "positive")
        )
    if link.state is LinkState.MADE:
        decide.append(Button(t("link-unmark"), scene.press("link.unmark", FORM_LIFETIME, ids=ids)))
    if link.missing and not missing:
        buttons.append(Button(t("link-names"), scene.press("link.names", FORM_LIFETIME, ids=ids)))
    if director and link.teacher:
        of_teacher = {"what": f"{OF_TEACHER}{link.teacher}", "page": "0"}
        buttons.append(Button(t("link-of-teacher"), scene.press("links.list", ids=of_teacher)))
    about, details = facts(link, seen, scene, director=director, decides=act is not None)
    card = link_one_card(
        t,
        title=link.title,
        about=about,
        details=(*details, *_correct(link, act, t)),
        warnings=tuple(t(f"link-flag-{flag}") for flag in link.flags),
        notice=notice,
        follows=_follows(link, act, name_of(seen, link.teacher), t),
        decide=tuple(decide),
        names=missing,
        mark=scene.press("link.mark", FORM_LIFETIME, ids=ids) if link.by_hand else None,
        where=link.status if link.by_hand else "",
        buttons=(*buttons, Button(t("links-check"), scene.press("links.check", ids=ids)), back(scene)),
    )
    # A teacher's own link shows nobody else, unless the missing students are named.
    people = PeopleShown.several(Shows.LINK, link.class_id, [link.teacher]) if director and link.teacher else None
    if missing:
        people = PeopleShown.several(Shows.MISSING, link.class_id, link.missing)
    return Reply(card=card, people=people)


def _correct(link: Link, act: Remedy | None, t: Translate) -> Facts:
    """Where the register itself is to be put right."""
    return () if act is None else ((t("link-act-correct"), t(f"link-act-correct-{act}", row=link.class_id)),)


def _act_word(link: Link, act: Remedy) -> str:
    if link.state is LinkState.NO_TEAM:
        return "link-act-create-team"
    return "link-act-add-member" if link.state is LinkState.NOT_MEMBER else f"link-act-{act}"


def _follows(link: Link, act: Remedy | None, teacher: str, t: Translate) -> tuple[str, ...]:
    match act:
        case None:
            return ()
        case Remedy.ADD_OWNER if link.state is LinkState.NOT_MEMBER:
            return t("link-act-ask-add-member", teacher=teacher, title=link.title), t("link-act-source")
        case Remedy.ADD_OWNER:
            return t("link-act-ask-add-owner", teacher=teacher, title=link.title), t("link-act-source")
        case Remedy.ADD_STUDENTS:
            missing = str(len(link.missing))
            return t("link-act-ask-add-students", missing=missing, title=link.title), t("link-act-source")
        case Remedy.CREATE if link.state is LinkState.NO_TEAM:
            return t("link-act-ask-create-team", title=link.title), t("link-act-source")
        case Remedy.CREATE:
            return t("link-act-ask-create", title=link.title), t("link-act-source")


async def ask(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Sends the question to every director of the school."""
    key = scene.action.id("key")
    operation = press_digest(scene.action, key)
    case = await cases.ask(scene.actor, key, operation)
    if isinstance(case, Decision):
        return refused(scene, case)
    if case.stage is not CaseStage.OPEN:
        return said(scene, *became(case, scene.t), key=key)
    words = "link-question-sent" if case.id == operation else "link-question-sent-again"
    return said(scene, scene.t("link-question-sent-title"), scene.t(words), key=key)


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
    known = _known(to, case, seen) if seen is not None else ()
    is_open = case.stage is CaseStage.OPEN
    if not is_open and case.ended_at is not None:
        head = t("link-question-answered", name=case.by_name, at=moment(case.ended_at, to.language))
        outcome = t("link-answer-settled" if case.stage is CaseStage.DONE else "link-answer-declined")
        note = f"{head}\n{outcome}\n{case.answer}"
    card = link_question_card(
        t,
        question=t("link-question-card", name=case.actor_name, title=case.title),
        about=(*known[:1], (t("link-question-asked"), moment(case.at, to.language))),
        details=known[1:],
        settle=to.presser.press("link.answer", ids={**ids, "settled": "yes"}) if is_open else None,
        decline=to.presser.press("link.answer", ids={**ids, "settled": "no"}) if is_open else None,
        note=note,
        problem=problem,
        words=words,
        buttons=(see(to, case),),
    )
    return Reply(card=card, people=PeopleShown.several(Shows.LINK, case.class_id, [case.actor]))


def see(to: Scene | Chat, case: LinkCase) -> Button:
    """The way to the link that a case is about."""
    press = to.presser.press("link.open", ids={"key": f"{case.class_id}/{case.teacher}"})
    return Button(to.t("link-answer-see"), press)


def _known(to: Scene | Chat, case: LinkCase, seen: LinksSeen) -> Facts:
    """Of a link that is there still, its state first."""
    link = seen.of(f"{case.class_id}/{case.teacher}")
    if link is None:
        return ((to.t("card-links-row"), case.class_id.partition(TWIN)[0]),)
    about, details = facts(link, seen, to, director=True)
    return about + details
