"""Transfer requests for the conversations: the real use cases and the real worker's handlers over honest fakes."""

import asyncio
import itertools
from collections.abc import Iterable
from datetime import timedelta

from bot.announcer.speaking import Speaking
from bot.conversation import ConversationReference
from bot.core.actors.directors import WhoDirects
from bot.core.actors.recognise import RecogniseActor
from bot.core.calendar import WorkCalendar
from bot.core.people.model import Person
from bot.core.people.ports import Directory
from bot.core.tasks import TaskHandler, TryAgain
from bot.core.transfers.carry_out import CarryOutTransfer, RecheckTransfer
from bot.core.transfers.decide import DecideTransfer
from bot.core.transfers.keep_time import KeepTime
from bot.core.transfers.model import Clocks
from bot.core.transfers.read import ReadTransfers
from bot.core.transfers.request import RequestTransfer
from bot.core.transfers.told import WhoIsConcerned
from bot.dialogs import DIALOGS
from bot.dialogs.dialog import entries_of
from bot.dialogs.requests.cards_kept import KeepCards
from bot.dialogs.requests.deputies_left import GoRoundDeputies, LookWhoLeft, WatchWhoLeft
from bot.dialogs.requests.deputy_cards import LookAtDeputyCards
from bot.dialogs.requests.news import RemindOfTransfer, TellOfTransfer
from bot.dialogs.requests.restored import TellOfRestoring
from bot.dialogs.requests.tell_concerned import TellConcerned
from bot.runtime.task_worker import attempt
from bot.seals import Sealer
from bot.texts.catalog import Catalog
from tests.conversations.password_room import PasswordRoom
from tests.fakes import FakePreferences
from tests.fakes_placements import FakeDeciders, Roster
from tests.fakes_transfers import FakeDeputies, FakeTransfers
from tests.unit.announcer.room import FakeMessages, FakeMessenger

LEASE = timedelta(seconds=60)


class FakeInstaller:
    """`Installer`: for whom it can be installed; `asked` are all who were tried."""

    def __init__(self) -> None:
        self.allowed: set[str] = set()
        self.asked: list[str] = []

    async def install(self, person_id: str) -> bool:
        await asyncio.sleep(0)
        self.asked.append(person_id)
        return person_id in self.allowed


class FakeExperts:
    """`Experts` as a list, and with it the experts of each region."""

    def __init__(self, deciders: FakeDeciders) -> None:
        self._deciders = deciders

    async def seen(self, region: str, object_id: str) -> None:
        known = self._deciders.of_region.get(region, ())
        self._deciders.of_region[region] = tuple(dict.fromkeys((*known, object_id)))


class TransferRoom:
    """What stands behind the dialogs of requests, on the clock, queue and audit of the password room."""

    def __init__(
        self,
        passwords: PasswordRoom,
        actors: RecogniseActor,
        directory: Directory,
        deputies: FakeDeputies,
        people: Iterable[Person],
    ) -> None:
        clock = self.clock = passwords.clock
        self.queue = passwords.queue
        self.audit = passwords._audit
        self.releases = passwords.releases
        self.transfers = FakeTransfers(self.audit, self.queue, self.releases)
        self.deputies = self.transfers.deputies = deputies
        people = list(people)
        schools = {school.id: school for person in people for school in person.schools}
        self.roster = Roster(clock, schools)
        for person in people:
            self._enrol(person)
        self.deciders = FakeDeciders(directors={"school-1": ("director",), "school-2": ("other-director",)})
        self.experts = FakeExperts(self.deciders)
        self.calendar = WorkCalendar(lambda _: False)
        self.installer = FakeInstaller()
        self.messenger, self.messages = FakeMessenger(), FakeMessages(clock)
        self.without_app: set[str] = set()
        self.addresses: dict[str, str] = {}
        self._actors, self._directory, self._rate_limit = actors, directory, passwords.rate_limit
        self.read = ReadTransfers(actors=actors, transfers=self.transfers, audit=self.audit, clock=clock)
        concerned = WhoIsConcerned(
            actors=actors, deciders=self.deciders, accounts=directory, clock=clock, domain="edu.mon.bg"
        )
        self.request = RequestTransfer(
            actors=actors,
            placements=self.roster,
            transfers=self.transfers,
            concerned=concerned,
            audit=self.audit,
            calendar=self.calendar,
            clock=clock,
            clocks=Clocks(),
        )
        self.decide = DecideTransfer(
            actors=actors,
            placements=self.roster,
            transfers=self.transfers,
            audit=self.audit,
            calendar=self.calendar,
            clock=clock,
            clocks=Clocks(),
        )
        numbers = itertools.count(1)
        sealer = Sealer(b"s" * 32, lambda: f"told-{next(numbers)}")
        self.speaking = speaking = Speaking(
            actors=actors,
            reference=self._reference,
            messages=self.messages,
            messenger=self.messenger,
            preferences=FakePreferences(),
            catalog=Catalog.load(),
            clock=clock,
            rate_limit=self._rate_limit,
            sealer=sealer,
            entries=entries_of(DIALOGS),
            new_reference=lambda: "REF12345",
        )
        handlers: tuple[TaskHandler, ...] = (
            KeepTime(
                transfers=self.transfers,
                placements=self.roster,
                calendar=self.calendar,
                clock=clock,
                clocks=Clocks(),
            ),
            CarryOutTransfer(
                transfers=self.transfers,
                placements=self.roster,
                writer=self.roster,
                rate_limit=self._rate_limit,
                calendar=self.calendar,
                clock=clock,
                clocks=Clocks(),
                writes_per_second=20.0,
            ),
            RecheckTransfer(
                transfers=self.transfers,
                placements=self.roster,
                calendar=self.calendar,
                clock=clock,
                clocks=Clocks(),
            ),
            TellConcerned(transfers=self.transfers, concerned=concerned, queue=self.queue, clock=clock),
            LookAtDeputyCards(transfers=self.transfers, queue=self.queue, clock=clock),
            GoRoundDeputies(deputies=deputies, tasks=self.queue, calendar=self.calendar, clock=clock),
            LookWhoLeft(deputies=deputies, placements=self.roster, tasks=self.queue, clock=clock),
            WatchWhoLeft(
                actors=actors,
                deputies=deputies,
                transfers=self.transfers,
                queue=self.queue,
                clock=clock,
                tenant="tenant-of-the-ministry",
            ),
            TellOfRestoring(
                speaking,
                directors=WhoDirects(
                    actors=concerned.actors,
                    known=self.deciders,
                    accounts=concerned.accounts,
                    clock=clock,
                    domain=concerned.domain,
                ),
                queue=self.queue,
                tenant="tenant",
            ),
            KeepCards(
                speaking,
                transfers=self.transfers,
                read=self.read,
                installer=self.installer,
            ),
            TellOfTransfer(speaking, transfers=self.transfers, read=self.read),
            RemindOfTransfer(speaking, transfers=self.transfers, read=self.read),
        )
        self._handlers = {handler.kind: handler for handler in handlers}

    async def work(self, most: int = 1_000) -> int:
        """Carries out what is due at this moment, at most so many attempts; how many there were."""
        done = 0
        while done < most and (tasks := await self.queue.claim(tuple(self._handlers), 1, LEASE)):
            (task,) = tasks
            done += 1
            handler = self._handlers[task.kind]
            try:
                await attempt(handler, task)
            except TryAgain as later:
                if later.failed and task.failures + 1 >= handler.most_failures:
                    await handler.on_dead_letter(task, later)
                    await self.queue.dead_letter(task, later.why)
                else:
                    await self.queue.again(task, self.clock() + later.after, later.why, failed=later.failed)
            else:
                await self.queue.done(task)
        return done

    async def wait(self, **by: float) -> None:
        """Time passes, and the worker does whatever falls due in it."""
        until = self.clock() + timedelta(**by)
        await self.work()
        while (due := self.queue.next_due()) is not None and due <= until:
            self.clock.now = max(self.clock.now, due)
            if not await self.work():
                self.clock.now += timedelta(seconds=1)
        self.clock.now = max(self.clock.now, until)

    def _enrol(self, person: Person) -> None:
        teams = []
        for name in person.teams or ():
            for school in person.schools:
                known = [
                    team for owner, team in self.roster.teams.values() if (owner, team.name) == (school.id, name)
                ]
                teams.append(known[0] if known else self.roster.team(school.id, name))
        self.roster.add(person, *teams)

    async def _reference(self, object_id: str) -> ConversationReference | None:
        await asyncio.sleep(0)
        if object_id in self.without_app:
            return None
        return ConversationReference(
            f"chat-{object_id}",
            self.addresses.get(object_id, "https://smba.trafficmanager.net/emea/"),
            "tenant-of-the-ministry",
            "28:b",
            f"29:{object_id}",
            object_id,
            "bg-BG",
        )
