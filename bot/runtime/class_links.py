"""Class links put together: the use cases of the conversation, and the handlers of the worker."""

import secrets
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.announcer.link_news import TellOfLink
from bot.announcer.link_reminder import RemindTeacher
from bot.announcer.lookup_alarm import TellOfGuessing
from bot.announcer.speaking import Speaking
from bot.core.actors.directors import WhoDirects
from bot.core.actors.ports import FreshActors, KnownDirectors, KnownExperts
from bot.core.calendar import WorkCalendar
from bot.core.class_links.ask import AskDirector
from bot.core.class_links.carry_out import CarryOutMend
from bot.core.class_links.errands import RunErrand
from bot.core.class_links.lists import FetchList
from bot.core.class_links.mend import MendLink
from bot.core.class_links.ports import ClassReader, ClassWriter, RosterFiles, SchoolFiles
from bot.core.class_links.read import ReadLinks
from bot.core.class_links.register import KeepRegister
from bot.core.class_links.remind import LookForWaiting
from bot.core.clock import Clock
from bot.core.people.model import School
from bot.core.ports import Directory
from bot.core.tasks import TaskHandler
from bot.database.engine import Database
from bot.dialogs.class_links.dialog import ClassLinksDialog
from bot.dialogs.class_links.one_link import OneLink
from bot.documents.reading import ReadRosters
from bot.runtime.link_pages import link_address
from bot.runtime.settings import Settings
from bot.seals import Sealer

SOFIA = ZoneInfo("Europe/Sofia")


class NoFiles:
    """`SchoolFiles` where no folder is configured: there are no lists."""

    async def export_of(self, school: School, known: str) -> RosterFiles | None:  # noqa: ARG002 -- the port's shape
        """None."""
        return None


@dataclass(frozen=True, kw_only=True)
class LinkParts:
    """What both sides are made of. `actors` asks who somebody is, now."""

    settings: Settings
    database: Database
    clock: Clock
    actors: FreshActors
    directory: Directory
    reader: ClassReader
    files: SchoolFiles
    known: KnownDirectors
    calendar: WorkCalendar

    @cached_property
    def read(self) -> ReadLinks:
        """One for the process: it remembers for minutes what it was told."""
        return ReadLinks(
            reader=self.reader,
            lists=self.database.expected_lists,
            by_hand=self.database.by_hand,
            cases=self.database.link_cases,
            tasks=self.database.queue,
            clock=self.clock,
            zone=SOFIA,
        )

    @cached_property
    def lists_reader(self) -> ReadRosters:
        """One for the process: it counts how many lists are read at once."""
        return ReadRosters(domain=self.settings.account_domain, clock=self.clock, zone=SOFIA)

    @cached_property
    def run(self) -> RunErrand:
        """What the chat cannot carry."""
        return RunErrand(
            actors=self.actors,
            read=self.read,
            lists=self.database.expected_lists,
            reader=self.lists_reader,
            links=self.database.errand_links,
            clock=self.clock,
            new_token=lambda: secrets.token_urlsafe(32),
        )

    def dialog(self) -> ClassLinksDialog:
        """The conversation."""
        cases = self.database.link_cases
        register = KeepRegister(actors=self.actors, read=self.read, by_hand=self.database.by_hand, clock=self.clock)
        mend = MendLink(actors=self.actors, read=self.read, cases=cases, clock=self.clock)
        ask = AskDirector(actors=self.actors, read=self.read, cases=cases, clock=self.clock)
        one = OneLink(self.read, mend, ask, register)
        return ClassLinksDialog(
            self.read,
            one,
            register,
            self.run,
            folder=self.settings.expected_lists_folder,
            address=link_address(self.settings.public_url),
        )

    def handlers(self, writer: ClassWriter) -> tuple[TaskHandler, ...]:
        """What the worker does in the directory."""
        return (
            FetchList(
                files=self.files,
                reader=self.lists_reader,
                lists=self.database.expected_lists,
                tasks=self.database.queue,
                clock=self.clock,
                days=self.calendar if self.settings.link_remind_days else None,
            ),
            LookForWaiting(
                read=self.read,
                lists=self.database.expected_lists,
                people=self.directory,
                queue=self.database.queue,
                clock=self.clock,
                days=self.calendar,
                after=self.settings.link_remind_days,
            ),
            CarryOutMend(
                actors=self.actors,
                cases=self.database.link_cases,
                lists=self.database.expected_lists,
                reader=self.reader,
                writer=writer,
                people=self.directory,
                pace=self.database.pace,
                clock=self.clock,
                writes_per_second=float(self.settings.password_writes_per_second),
            ),
        )

    def alarm(self, speaking: Speaking, experts: KnownExperts) -> TaskHandler:
        """What is said of guessing: to the directors of a school, whom class links know how to find."""
        return TellOfGuessing(speaking, directors=self.directors(), experts=experts, queue=self.database.queue)

    def directors(self) -> WhoDirects:
        """Who directs a school."""
        return WhoDirects(
            actors=self.actors,
            known=self.known,
            accounts=self.directory,
            clock=self.clock,
            domain=self.settings.account_domain,
        )

    def speakers(self, speaking: Speaking, sealer: Sealer) -> tuple[TaskHandler, ...]:
        """What the worker says."""
        directors = self.directors()
        return (
            TellOfLink(
                speaking,
                cases=self.database.link_cases,
                directors=directors,
                read=self.read,
                queue=self.database.queue,
                sealer=sealer,
            ),
            RemindTeacher(
                speaking,
                read=self.read,
                sealer=sealer,
                tenant=self.settings.tenant_id,
                after=self.settings.link_remind_days,
            ),
        )
