"""The use cases of class links, and what the worker does and says about them."""

from collections.abc import Callable, Iterable

from bot.core.class_links.ask import AskDirector
from bot.core.class_links.carry_out import CarryOutMend
from bot.core.class_links.errands import Errand, RunErrand
from bot.core.class_links.lists import FetchList
from bot.core.class_links.mend import MendLink
from bot.core.class_links.read import ReadLinks
from bot.core.class_links.register import KeepRegister
from bot.core.class_links.remind import LookForWaiting
from bot.core.tasks import TaskHandler
from bot.dialogs.class_links.dialog import ClassLinksDialog
from bot.dialogs.class_links.news import TellOfLink
from bot.dialogs.class_links.one_link import OneLink
from bot.dialogs.class_links.reminder import RemindTeacher
from bot.dialogs.parts import SOFIA, Parts, WorkerParts

LINKS = "/links/"
"""The pages outside the chat; their kind and a token follow."""


def link_address(public_url: str) -> Callable[[Errand, str], str] | None:
    """Under which address a page is opened; None for a bot that browsers cannot reach."""
    base = public_url.rstrip("/")
    return (lambda errand, token: f"{base}{LINKS}{errand.value}/{token}") if base else None


def build_web(parts: Parts) -> ClassLinksDialog:
    """The conversation. Its `read` is one for the process: it remembers for minutes what it was told."""
    actors, clock, cases = parts.actors, parts.clock, parts.link_cases
    read = ReadLinks(
        reader=parts.class_reader,
        lists=parts.expected_lists,
        by_hand=parts.by_hand,
        cases=cases,
        tasks=parts.queue,
        clock=clock,
        zone=SOFIA,
        sleep=parts.sleep,
    )
    register = KeepRegister(actors=actors, read=read, by_hand=parts.by_hand, clock=clock)
    run = RunErrand(
        actors=actors,
        read=read,
        lists=parts.expected_lists,
        reader=parts.list_reader,
        links=parts.errand_links,
        clock=clock,
        new_token=parts.new_token,
    )
    mend = MendLink(actors=actors, read=read, cases=cases, clock=clock)
    ask = AskDirector(actors=actors, read=read, cases=cases, clock=clock)
    return ClassLinksDialog(
        read,
        OneLink(read, mend, ask, register),
        register,
        run,
        folder=parts.lists_folder,
        address=link_address(parts.public_url),
    )


def build_worker(dialog: ClassLinksDialog, parts: WorkerParts) -> Iterable[TaskHandler]:
    """What is fetched, looked for, mended and said."""
    clock, lists, read = parts.common.clock, parts.common.expected_lists, dialog.read
    yield FetchList(
        files=parts.common.school_files,
        reader=parts.common.list_reader,
        lists=lists,
        tasks=parts.common.queue,
        clock=clock,
        days=parts.common.calendar if parts.common.link_remind_days else None,
    )
    yield LookForWaiting(
        read=read,
        lists=lists,
        people=parts.common.directory,
        queue=parts.common.queue,
        clock=clock,
        days=parts.common.calendar,
        after=parts.common.link_remind_days,
    )
    yield CarryOutMend(
        actors=parts.common.actors,
        cases=parts.common.link_cases,
        lists=lists,
        reader=parts.common.class_reader,
        writer=parts.class_writer,
        people=parts.common.directory,
        pace=parts.pace,
        clock=clock,
        writes_per_second=parts.writes_per_second,
    )
    yield TellOfLink(
        parts.speaking,
        cases=parts.common.link_cases,
        directors=parts.common.who_directs,
        read=read,
        queue=parts.common.queue,
    )
    yield RemindTeacher(parts.speaking, read=read, tenant=parts.common.tenant, after=parts.common.link_remind_days)
