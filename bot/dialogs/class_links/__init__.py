"""Класове: the class–subject–teacher links of a teacher, and of a director's school."""

from bot.core.actors.model import Actor, Role
from bot.core.class_links.policy import may_see_links
from bot.dialogs.class_links import lists, one_link, school, several
from bot.dialogs.class_links.build import build_web, build_worker
from bot.dialogs.class_links.cases import LINKS
from bot.dialogs.class_links.recognised import RECOGNISED
from bot.dialogs.dialog import Dialog, Gate


def _hint(actor: Actor) -> str:
    """A teacher sees the own classrooms; the table of all is the director's."""
    return "links-hint-own" if actor.role is Role.TEACHER else "command-class-links-hint"


DIALOG = Dialog(
    name="class-links",
    may=may_see_links,
    hint=_hint,
    opens="links.open",
    handlers={
        "links.open": lists.start,
        "links.list": lists.turn_page,
        "links.group": lists.search,
        "links.check": lists.check,
        "links.table": school.offer_table,
        "links.upload": school.offer_upload,
        "links.platform": school.show_platform,
        "links.platform-set": school.choose_platform,
        "links.several": several.offer,
        "links.mark-chosen": several.mark_chosen,
        "links.mark-rest": several.ask_rest,
        "links.mark-rest-do": several.mark_rest,
        "links.unmark-these": several.take_back,
        "link.open": one_link.open_link,
        "link.names": one_link.name_missing,
        "link.do": one_link.mend,
        "link.mark": one_link.mark,
        "link.unmark": one_link.unmark,
        "link.question": one_link.ask,
        "link.answer": one_link.answer,
    },
    by_message={
        "links.open",
        "links.list",
        "links.check",
        "links.platform",
        "links.platform-set",
        "link.open",
        "link.do",
        "link.question",
        "link.unmark",
    },
    follows=lists.follows,
    expired=one_link.expired,
    inputs={
        "several": Gate.CHOICE,
        "find": Gate.SEARCH,
        "words": Gate.FREE_TEXT,
        "where": Gate.FREE_TEXT,
    },
    pages={LINKS: lambda cases: cases.run},
    recognised=RECOGNISED,
    build_web=build_web,
    build_worker=build_worker,
)
