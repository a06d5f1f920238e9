"""Small invented schools for the gallery: what each screen shows of them. Nothing in the product imports this."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bot.conversation import Action, Reply
from bot.core.actors.model import Role
from bot.core.class_links.cases import CaseStage, LinkCase, Matter, Platform, Trouble
from bot.core.class_links.expected import Fault, RosterFault
from bot.core.class_links.model import Flag, Link, LinkState, Who
from bot.core.class_links.one_time_links import LinkPage
from bot.core.class_links.read import LinksSeen, ListSeen
from bot.core.one_time_links import Offered
from bot.core.people.free_text import free_text
from bot.core.people.model import School
from bot.dialogs.class_links import lists, news, notices, one_link, school, several
from bot.dialogs.class_links.news import reminder
from bot.dialogs.class_links.selection import ALL, FIND, OF_TEACHER
from bot.dialogs.dialog import Scene
from bot.presser import FORM_LIFETIME
from cards.actions import Button

_AT = datetime(2056, 11, 24, 8, 5, tzinfo=UTC)
_SCHOOL = School("school-1", "2990001", "СУ „Свети Климент“", "гр. Примерово")
_SUBJECTS = ("Чужд език по професията – икономика и право", "Технологии и предприемачество", "Математика", "Музика")
_NAMES = {
    "a.o": "Александър-Константин Димитров Образцов-Примерски",
    "k.p": "Калина Примерова Образцова",
    **{f"ab1234567{number}": f"Ученик {letter} Пробен" for number, letter in enumerate("абв")},
}
_STUDENTS = tuple(username for username in _NAMES if username.startswith("ab"))


def _link(state: LinkState, number: int = 9, **more: object) -> Link:
    link = Link(
        class_id=f"9900{number:02}",
        title=f"{_SUBJECTS[number % 4]} - {number % 12 + 1} а - ООП",
        teacher="a.o",
        state=state,
        since=_AT - timedelta(days=number),
        existing=(f"class-{number}",),
    )
    return replace(link, **more)  # type: ignore[arg-type]  # fields by name


_WAITING = _link(LinkState.WAITING, 1, until=_AT + timedelta(hours=9))
_FAILED = _link(LinkState.FAILED, 2, status="Грешка при създаване")
_STUDENTS_MISSING = _link(
    LinkState.STUDENTS_MISSING, 3, missing=_STUDENTS, students=24, also=(LinkState.NOT_ACTIVATED,)
)
_FLAGGED = _link(LinkState.SYNCED, 4, flags=(Flag.STUDENT_OWNER,))
_NOT_OWNER = _link(LinkState.NOT_OWNER)
_NOT_MEMBER = _link(LinkState.NOT_MEMBER, 9)
_NO_TEAM = _link(LinkState.NO_TEAM, 7)
_MADE = _link(LinkState.MADE, 5, status="abc-def")
_TO_BE_MADE = _link(LinkState.TO_BE_MADE, 6)
_IN_TEAMS = (
    LinkState.LOOPING,
    LinkState.MISSING,
    LinkState.NOT_ACTIVATED,
    LinkState.ARCHIVED,
    LinkState.DUPLICATE,
    LinkState.SYNCED,
)
_LIST = ListSeen(_SCHOOL.code, _AT - timedelta(hours=5), uploaded=False, faults=())
_SEEN = LinksSeen(
    (
        *(_WAITING, _FAILED, _STUDENTS_MISSING, _FLAGGED, _NOT_OWNER),
        *(_link(state, 10 + number) for number, state in enumerate(_IN_TEAMS)),
        *(_link(LinkState.SYNCED, 20 + number, teacher="k.p") for number in range(40)),
    ),
    _AT,
    whole=True,
    lists=(_LIST,),
    names=_NAMES,
)
_CALM = replace(_SEEN, links=(_link(LinkState.SYNCED), _link(LinkState.SYNCED, 8)))
_IN_CLASSROOM = replace(
    _SEEN,
    links=(
        _MADE,
        *(_link(LinkState.TO_BE_MADE, 6 + number, teacher=("a.o", "k.p")[number % 2]) for number in range(59)),
    ),
    by_hand=True,
)
_ALL_MADE = replace(_IN_CLASSROOM, links=(_MADE,))
_NONE = LinksSeen((), _AT, whole=True)
_BAD_LIST = replace(
    _LIST, dated=None, faults=(RosterFault(Fault.NO_FILES), RosterFault(Fault.ROW, "users.csv", 7, 3))
)
_WITHHELD = replace(_LIST, faults=(RosterFault(Fault.REFUSED, "users.csv"), RosterFault(Fault.LOCKED, "users.csv")))
_UNREAD = LinksSeen((_link(LinkState.FOUND),), _AT, whole=False, lists=(_BAD_LIST,))

_AWAITED = LinksSeen((_link(LinkState.FOUND),), _AT, whole=True, checked=(None,))

_ASKED = LinkCase(
    id="case",
    matter=Matter.QUESTION,
    school=_SCHOOL,
    class_id=_NOT_OWNER.class_id,
    teacher=_NOT_OWNER.teacher,
    title=_NOT_OWNER.title,
    at=_AT,
    actor="teacher",
    actor_name=_NAMES["a.o"],
    tenant="tenant",
)
_DECLINED = replace(
    _ASKED,
    stage=CaseStage.DECLINED,
    ended_at=_AT,
    by="d",
    by_name="Директор Едно",
    answer=free_text("Слят час.", 400),
)
_CREATED = replace(_ASKED, matter=Matter.CREATE, stage=CaseStage.DONE, ended_at=_AT)
_NOT_CREATED = replace(_CREATED, stage=CaseStage.FAILED, trouble=Trouble.NOBODY)


def _as_teacher(scene: Scene) -> Scene:
    return replace(scene, actor=replace(scene.actor, role=Role.TEACHER, school=None, works_at=(_SCHOOL,)))


def _overview(scene: Scene, seen: LinksSeen = _SEEN) -> Reply:
    return lists.overview(scene, seen, "НЕИСПУО/Класове", pages=True)


def _list(scene: Scene, seen: LinksSeen = _SEEN, what: str = ALL, number: int = 0) -> Reply:
    return lists.listed(scene, seen, "НЕИСПУО/Класове", what, number)


def _one(scene: Scene, link: Link, *, names: bool = False) -> Reply:
    return one_link.one(scene, _SEEN, link, names=names)


def _several(scene: Scene, **told: Any) -> Reply:
    return several.ticks(replace(scene, action=Action("links.several", {"what": ALL})), _IN_CLASSROOM, **told)


def _undo(scene: Scene) -> Button:
    return Button(
        scene.t("links-several-undo"), scene.press("links.unmark-these", FORM_LIFETIME, ids={"at": "a moment"})
    )


def _way_out(scene: Scene, link_page: LinkPage) -> Reply:
    address = f"https://bot.example/links/{link_page}/{'t' * 43}"
    return school.way_out(scene, link_page, address, Offered("t" * 43, _AT + timedelta(minutes=10)))


SAMPLES = (
    ("links-overview", _overview),
    ("links-overview-calm", partial(_overview, seen=_CALM)),
    ("links-overview-classroom", partial(_overview, seen=_IN_CLASSROOM)),
    ("links-overview-unread", partial(_overview, seen=_UNREAD)),
    ("links-overview-awaited", partial(_overview, seen=_AWAITED)),
    ("links-overview-withheld", partial(_overview, seen=replace(_UNREAD, lists=(_WITHHELD,)))),
    ("links-overview-empty", partial(_overview, seen=_NONE)),
    ("links-list", _list),
    ("links-list-second-page", partial(_list, number=1)),
    ("links-list-to-report", partial(_list, what=Who.HELP_DESK.value)),
    ("links-list-classroom", partial(_list, seen=_IN_CLASSROOM, what=LinkState.TO_BE_MADE.value)),
    ("links-list-flagged", partial(_list, what=Flag.STUDENT_OWNER.value)),
    ("links-list-of-teacher", partial(_list, what=f"{OF_TEACHER}a.o")),
    ("links-list-found", partial(_list, what=f"{FIND}музика")),
    ("links-list-empty", partial(_list, seen=_NONE)),
    ("links-list-own", lambda scene: _list(_as_teacher(scene))),
    ("links-list-own-empty", lambda scene: _list(_as_teacher(scene), _NONE)),
    ("links-list-own-awaited", lambda scene: _list(_as_teacher(scene), _AWAITED)),
    ("links-list-unread", partial(_list, seen=_UNREAD)),
    ("links-one", partial(_one, link=_NOT_OWNER)),
    ("links-one-not-member", partial(_one, link=_NOT_MEMBER)),
    ("links-one-no-team", partial(_one, link=_NO_TEAM)),
    ("links-one-waiting", partial(_one, link=_WAITING)),
    ("links-one-failed", partial(_one, link=_FAILED)),
    ("links-one-students", partial(_one, link=_STUDENTS_MISSING)),
    ("links-one-names", partial(_one, link=_STUDENTS_MISSING, names=True)),
    ("links-one-flagged", partial(_one, link=_FLAGGED)),
    ("links-one-awaited", lambda scene: one_link.one(scene, _AWAITED, _AWAITED.links[0])),
    ("links-one-own", lambda scene: _one(_as_teacher(scene), _NOT_OWNER)),
    ("links-one-missing", partial(_one, link=_SEEN.links[6])),
    (
        "links-one-classroom",
        lambda scene: one_link.one(scene, _IN_CLASSROOM, _MADE, notice=scene.t("link-marked", title=_MADE.title)),
    ),
    ("links-one-classroom-own", lambda scene: one_link.one(_as_teacher(scene), _IN_CLASSROOM, _TO_BE_MADE)),
    ("links-several", _several),
    ("links-several-own", lambda scene: _several(_as_teacher(scene))),
    ("links-several-problem", lambda scene: _several(scene, problem=scene.t("links-several-missing"))),
    (
        "links-several-done",
        lambda scene: _several(scene, told=scene.t("links-several-done", count=20), undo=(_undo(scene),)),
    ),
    (
        "links-several-none",
        lambda scene: several.ticks(
            scene, _ALL_MADE, told=scene.t("links-several-done", count=59), undo=(_undo(scene),)
        ),
    ),
    ("links-several-sure", lambda scene: several.sure(scene, _IN_CLASSROOM)),
    ("links-question", partial(one_link.question, case=_ASKED, seen=_SEEN)),
    (
        "links-question-problem",
        lambda scene: one_link.question(
            scene, _ASKED, None, problem=scene.t("link-answer-words-missing"), words="123"
        ),
    ),
    ("links-question-answered", partial(one_link.question, case=_DECLINED, seen=_SEEN)),
    ("links-question-gone", news.gone),
    ("links-news-answer", partial(news.outcome, case=_DECLINED)),
    ("links-news-unreached", partial(news.unreached, case=_ASKED)),
    ("links-news-done", partial(news.outcome, case=_CREATED)),
    ("links-news-failed", partial(news.outcome, case=_NOT_CREATED)),
    (
        "links-reminder",
        partial(reminder, links=tuple(_link(LinkState.NOT_ACTIVATED, number) for number in range(12))),
    ),
    ("links-reminder-classroom", partial(reminder, links=(_TO_BE_MADE,))),
    (
        "links-begun",
        lambda scene: notices.said(scene, scene.t("link-act-begun-title"), scene.t("link-act-begun"), key="k"),
    ),
    (
        "links-question-again",
        lambda scene: notices.said(
            _as_teacher(scene),
            scene.t("link-question-sent-title"),
            scene.t("link-question-sent-again"),
            key="k",
        ),
    ),
    *((f"links-errand-{link_page}", partial(_way_out, link_page=link_page)) for link_page in LinkPage),
    *(
        (
            f"links-platform-{one}",
            partial(school.platform_question, now=one, links=_IN_CLASSROOM.links, remind_days=5),
        )
        for one in Platform
    ),
    (
        "links-platform-silent",
        partial(school.platform_question, now=Platform.TEAMS, links=(_TO_BE_MADE,), remind_days=0),
    ),
    *((f"links-platform-chosen-{one}", partial(school.platform_chosen, now=one)) for one in Platform),
)
