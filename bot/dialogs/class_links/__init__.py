"""Класове: the class–subject–teacher links of a teacher, and of a director's school."""

from bot.core.class_links.policy import may_see_links
from bot.dialogs.class_links import lists, one_link, outside, platform, question
from bot.dialogs.class_links.build import build_web, build_worker
from bot.dialogs.class_links.cases import LINKS
from bot.dialogs.class_links.recognised import RECOGNISED
from bot.dialogs.dialog import Dialog
from bot.dialogs.inputs import Gate

DIALOG = Dialog(
    name="class-links",
    may=may_see_links,
    opens="links.open",
    handlers={
        "links.open": lists.opened,
        "links.list": lists.turned,
        "links.group": lists.found,
        "links.pick": lists.picked,
        "links.check": lists.checked,
        "links.table": outside.table,
        "links.upload": outside.upload,
        "links.platform": platform.asked,
        "links.platform-set": platform.chosen,
        "link.open": one_link.opened,
        "link.names": one_link.opened_with_names,
        "link.ask": one_link.asked_to_mend,
        "link.do": one_link.mended,
        "link.mark": one_link.marked,
        "link.unmark": one_link.unmarked,
        "link.question": question.asked,
        "link.answer": question.answered,
    },
    by_message={
        "links.open",
        "links.list",
        "links.check",
        "links.platform",
        "links.platform-set",
        "link.open",
        "link.ask",
        "link.do",
        "link.question",
        "link.unmark",
    },
    inputs={
        "choice": Gate.CHOICE,
        "group": Gate.CHOICE,
        "find": Gate.SEARCH,
        "words": Gate.FREE_TEXT,
        "where": Gate.FREE_TEXT,
    },
    pages={LINKS: lambda cases: cases.run},
    recognised=RECOGNISED,
    build_web=build_web,
    build_worker=build_worker,
)
