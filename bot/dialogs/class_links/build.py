"""The use cases of class links, and what the worker does and says about them."""

from collections.abc import Iterable

from bot.core.class_links.act import AskDirector, KeepRegister, MendLink
from bot.core.class_links.carry_out import CarryOutMend
from bot.core.class_links.lists import FetchList, LookForWaiting
from bot.core.class_links.one_time_links import OneTimePages
from bot.core.class_links.read import ReadLinks
from bot.core.clock import sofia
from bot.core.tasks import TaskHandler
from bot.dialogs.class_links.cases import ClassLinksCases
from bot.dialogs.class_links.news import RemindTeacher, TellOfLink
from bot.dialogs.parts import Parts, WorkerParts


def build_web(parts: Parts) -> ClassLinksCases:
    """The use cases of the conversation."""
    actors, clock, cases = parts.actors, parts.clock, parts.link_cases
    read = ReadLinks(
        reader=parts.class_reader,
        lists=parts.expected_lists,
        by_hand=parts.by_hand,
        cases=cases,
        tasks=parts.queue,
        clock=clock,
        zone=sofia(),
        sleep=parts.sleep,
    )
    return ClassLinksCases(
        read=read,
        mend=MendLink(actors=actors, read=read, cases=cases, clock=clock),
        ask=AskDirector(actors=actors, read=read, cases=cases, tasks=parts.queue, clock=clock),
        register=KeepRegister(actors=actors, read=read, by_hand=parts.by_hand, clock=clock),
        run=OneTimePages(
            actors=actors,
            read=read,
            lists=parts.expected_lists,
            reader=parts.list_reader,
            links=parts.one_time_links,
            clock=clock,
            new_token=parts.new_token,
        ),
        folder=parts.lists_folder,
        public_url=parts.public_url,
        remind_days=parts.link_remind_days,
    )


def build_worker(cases: ClassLinksCases, parts: WorkerParts) -> Iterable[TaskHandler]:
    """What is fetched, looked for, mended and said."""
    common, read = parts.common, cases.read
    clock, lists, days = common.clock, common.expected_lists, common.link_remind_days
    yield FetchList(
        files=common.school_files,
        reader=common.list_reader,
        lists=lists,
        tasks=common.queue,
        clock=clock,
        days=common.calendar if days else None,
    )
    yield LookForWaiting(
        read=read,
        lists=lists,
        people=common.directory,
        queue=common.queue,
        clock=clock,
        days=common.calendar,
        after=days,
    )
    yield CarryOutMend(
        actors=common.actors,
        cases=common.link_cases,
        lists=lists,
        reader=common.class_reader,
        writer=parts.class_writer,
        people=common.directory,
        rate_limit=parts.rate_limit,
        clock=clock,
        writes_per_second=parts.writes_per_second,
    )
    yield TellOfLink(
        parts.speaking,
        cases=common.link_cases,
        directors=common.who_directs,
        read=read,
        installer=parts.installer,
        queue=common.queue,
    )
    yield RemindTeacher(parts.speaking, read=read, tenant=common.tenant, after=days)
