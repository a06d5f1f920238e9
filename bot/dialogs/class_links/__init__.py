"""Класове: the class–subject–teacher links of a teacher, and of a director's school."""

from operator import attrgetter

from bot.core.class_links.policy import may_see_links
from bot.dialogs.class_links.build import build_web, build_worker
from bot.dialogs.class_links.dialog import ClassLinksDialog, follows
from bot.dialogs.class_links.recognised import RECOGNISED
from bot.dialogs.dialog import Dialog
from bot.dialogs.inputs import Gate

DIALOG = Dialog(
    name="class-links",
    may=may_see_links,
    opens="links.open",
    handlers=dict.fromkeys(ClassLinksDialog.verbs, ClassLinksDialog.pressed),
    entries={"links.open", "link.open"},
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
    follows=follows,
    inputs={
        "choice": Gate.CHOICE,
        "group": Gate.CHOICE,
        "find": Gate.SEARCH,
        "words": Gate.FREE_TEXT,
        "where": Gate.FREE_TEXT,
    },
    pages={"/links/": attrgetter("run")},
    recognised=RECOGNISED,
    build_web=build_web,
    build_worker=build_worker,
)
