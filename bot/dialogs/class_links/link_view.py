"""One link, and what is asked and said about it → cards."""

from datetime import datetime

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.actors.model import Role
from bot.core.class_links.cases import LinkCase, Platform, Stage
from bot.core.class_links.errands import Errand
from bot.core.class_links.model import IN_ORDER, TWIN, Act, Link, State, Who, who_acts
from bot.core.class_links.policy import act_for
from bot.core.class_links.read import Seen
from bot.dialogs.class_links.view import OF_TEACHER
from bot.dialogs.class_links.words import act_word, cause, flag_word, name_of, state_word, step, who_word
from bot.dialogs.dialog import Scene
from bot.presser import FORM_LIFETIME, STEP_LIFETIME, Presser
from bot.texts.catalog import Translate
from bot.texts.moments import hour, moment
from cards.actions import Button
from cards.checked import MOST_ACTIONS
from cards.link_one import link_one_card
from cards.link_question import link_question_card
from cards.notice import notice_card


def one(scene: Scene, seen: Seen, link: Link, *, names: tuple[str, ...] = (), notice: str = "") -> Reply:
    """The link, and what this person can have done about it."""
    t, director, ids = scene.t, scene.actor.role is Role.DIRECTOR, {"key": link.key}
    buttons: list[Button] = []
    act = act_for(link) if director else None
    if act is not None:
        press = scene.press("link.ask", FORM_LIFETIME, ids={**ids, "act": act.value})
        buttons.append(Button(act_word(act, t), press, "positive"))
    if not director and _askable(link):
        buttons.append(Button(t("link-question-ask"), scene.press("link.question", FORM_LIFETIME, ids=ids)))
    if link.missing and not names:
        buttons.append(Button(t("link-names"), scene.press("link.names", FORM_LIFETIME, ids=ids)))
    if director and link.teacher:
        of_teacher = {"what": f"{OF_TEACHER}{link.teacher}", "page": "0"}
        buttons.append(Button(t("link-of-teacher"), scene.press("links.list", ids=of_teacher)))
    if link.state is State.MADE:
        buttons.append(Button(t("link-unmark"), scene.press("link.unmark", FORM_LIFETIME, ids=ids)))
    buttons.append(Button(t("links-check"), scene.press("links.check", ids=ids)))
    buttons.append(Button(t("links-back"), scene.press("links.list", ids={"what": "all", "page": "0"})))
    card = link_one_card(
        t,
        title=link.title,
        facts=facts(link, seen, t, scene.language, director=director),
        warnings=tuple(flag_word(flag, t) for flag in link.flags),
        notice=notice,
        names=names,
        mark=scene.press("link.mark", FORM_LIFETIME, ids=ids) if link.by_hand else None,
        where=link.status if link.by_hand else "",
        buttons=tuple(buttons[: MOST_ACTIONS - (1 if link.by_hand else 0)]),
    )
    return Reply(card=card, people=_people(link, names, director=director))


def facts(link: Link, seen: Seen, t: Translate, language: str, *, director: bool) -> tuple[tuple[str, str], ...]:
    """What is known of the link, label by label."""
    flagged = bool(link.flags) and link.state in IN_ORDER  # the warning says it: "all is well" would deny it
    return (
        (t("card-links-state"), state_word(link, t)),
        (t("card-links-since"), "" if link.since is None else moment(link.since, language)),
        (t("card-links-teacher"), name_of(seen, link.teacher) if director and link.teacher else ""),
        (t("card-links-username"), link.teacher if director else ""),
        (t("card-links-cause"), "" if flagged else cause(link, t)),
        (t("card-links-who"), "" if link.state in IN_ORDER and not link.flags else who_word(link, t)),
        (t("card-links-step"), "" if flagged else step(link, t, language, director=director)),
        (t("card-links-also"), "; ".join(t(f"link-state-{state.value}") for state in link.also)),
        (t("link-mark-where-label"), link.status if link.by_hand else ""),
        (t("card-links-row"), link.class_id),
    )


def about(case: LinkCase, seen: Seen, t: Translate, language: str) -> tuple[tuple[str, str], ...]:
    """What is known of the link that a question is about, for the director."""
    link = seen.of(f"{case.class_id}/{case.teacher}")
    if link is None:
        return ((t("card-links-row"), case.class_id.partition(TWIN)[0]),)
    return facts(link, seen, t, language, director=True)


def confirm(scene: Scene, link: Link, act: Act, teacher: str) -> Reply:
    """Are you sure; with what stays to be done in the register."""
    t = scene.t
    ids = {"key": link.key, "act": act.value}
    card = notice_card(
        t,
        title=act_word(act, t),
        paragraphs=(
            _question(link, act, teacher, t),
            t("link-act-source"),
            t(f"link-act-correct-{act.value}", row=link.class_id),
        ),
        buttons=(
            Button(t("link-act-confirm"), scene.press("link.do", STEP_LIFETIME, ids=ids), "positive"),
            Button(t("link-act-cancel"), scene.press("link.open", ids={"key": link.key})),
        ),
    )
    return Reply(card=card, people=_people(link, (), director=True))


def said(scene: Scene, title: str, *paragraphs: str, key: str = "") -> Reply:
    """Something was accepted; back to the link, or to the list."""
    back = (
        scene.press("link.open", ids={"key": key})
        if key
        else scene.press("links.list", ids={"what": "all", "page": "0"})
    )
    title_of_back = scene.t("link-answer-see" if key else "links-back")
    return Reply(
        card=notice_card(scene.t, title=title, paragraphs=paragraphs, buttons=(Button(title_of_back, back),))
    )


def errand(scene: Scene, what: Errand, address: str, until: datetime) -> Reply:
    """The way to a page outside the chat."""
    t = scene.t
    title, button = t(f"links-errand-{what.value}"), t(f"links-errand-{what.value}-open")
    paragraphs = (t(f"links-errand-{what.value}-about"), t("links-errand-until", until=hour(until, scene.language)))
    back = Button(t("links-overview"), scene.press("links.open"))
    return Reply(card=notice_card(t, title=title, paragraphs=paragraphs, buttons=(back,), link=(button, address)))


def platform(scene: Scene, now: Platform) -> Reply:
    """Where are the classes: Teams or Google Classroom?"""
    t = scene.t
    other = Platform.CLASSROOM if now is Platform.TEAMS else Platform.TEAMS
    paragraphs = (t(f"links-platform-{now.value}"), t("links-platform-question"))
    buttons = (
        Button(
            t(f"links-platform-{other.value}"),
            scene.press("links.platform-set", STEP_LIFETIME, ids={"platform": other.value}),
            "positive",
        ),
        Button(t("links-overview"), scene.press("links.open")),
    )
    return Reply(card=notice_card(t, title=t("links-platform"), paragraphs=paragraphs, buttons=buttons))


def question(
    t: Translate,
    language: str,
    presser: Presser,
    case: LinkCase,
    about: tuple[tuple[str, str], ...],
    *,
    problem: str = "",
    words: str = "",
) -> Reply:
    """A teacher's question, open or answered."""
    is_open, ids = case.stage is Stage.OPEN, {"case": case.id}
    note = ""
    if not is_open and case.ended_at is not None:
        answered = t("link-question-answered", name=case.by_name, at=moment(case.ended_at, language))
        outcome = t("link-answer-settled" if case.stage is Stage.DONE else "link-answer-declined")
        note = f"{answered}\n{outcome}\n{case.answer}"
    card = link_question_card(
        t,
        question=t("link-question-card", name=case.actor_name, title=case.title),
        facts=about,
        settle=presser.press("link.answer", ids={**ids, "settled": "yes"}) if is_open else None,
        decline=presser.press("link.answer", ids={**ids, "settled": "no"}) if is_open else None,
        note=note,
        problem=problem,
        words=words,
        buttons=(
            Button(t("link-answer-see"), presser.press("link.open", ids={"key": f"{case.class_id}/{case.teacher}"})),
        ),
    )
    return Reply(card=card, people=PeopleShown(Shows.LINK, case.class_id))


def _people(link: Link, names: tuple[str, ...], *, director: bool) -> PeopleShown | None:
    """A teacher is shown nobody else by an own link, unless it is opened who is missing."""
    if names:
        return PeopleShown(Shows.MISSING, link.class_id, len(names))
    return PeopleShown(Shows.LINK, link.class_id) if director and link.teacher else None


def _askable(link: Link) -> bool:
    return link.state not in IN_ORDER and link.state is not State.TO_BE_MADE and who_acts(link) is not Who.TEACHER


def _question(link: Link, act: Act, teacher: str, t: Translate) -> str:
    match act:
        case Act.ADD_OWNER:
            return t("link-act-ask-add-owner", teacher=teacher, title=link.title)
        case Act.ADD_STUDENTS:
            return t("link-act-ask-add-students", missing=str(len(link.missing)), title=link.title)
        case Act.CREATE:
            return t("link-act-ask-create", title=link.title)
