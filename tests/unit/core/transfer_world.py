"""Three schools, their directors, two regional offices and one student who moves, on the fakes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.core.actors.model import Actor, Role
from bot.core.calendar import WorkCalendar
from bot.core.people.free_text import FreeText
from bot.core.people.model import AccountState, Kind, Person
from bot.core.tasks import TaskHandler, TryAgain
from bot.core.transfers.carry_out import CarryOutTransfer, RecheckTransfer
from bot.core.transfers.decide import Decided, DecideTransfer, Deed
from bot.core.transfers.keep_time import KeepTime
from bot.core.transfers.model import (
    CARRY_OUT,
    CLOCK,
    RECHECK,
    TELL,
    Asked,
    Basis,
    Clocks,
    Deadlines,
    Side,
    State,
    Transfer,
)
from bot.core.transfers.policy import Choice
from bot.core.transfers.read import ReadTransfers
from bot.core.transfers.request import RequestTransfer, Sent, TransferWish
from bot.core.transfers.told import Delivery, DeliveryState, WhoIsConcerned
from bot.runtime.task_worker import attempt
from tests.fakes import NOON, FakeAuditLog, FakeClock
from tests.fakes_passwords import FakeActors, FakeQueue, FakeRateLimit, FakeReleases
from tests.fakes_placements import FakeDeciders, Roster
from tests.fakes_transfers import FakeTransfers
from tests.properties.strategies import DOMAIN, SYNTHETIC_EGN, TENANT, school_of

NEW = replace(school_of(1), region="Пловдив")
OLD = replace(school_of(2), region="Варна")
THIRD = replace(school_of(3), region="Варна")
SCHOOLS = {one.id: one for one in (NEW, OLD, THIRD)}

ASKER = Actor("asker", TENANT, Role.DIRECTOR, NEW, name="Юлия Иванова Щерева", works_at=(NEW,))
COLLEAGUE = Actor("colleague", TENANT, Role.DIRECTOR, NEW, name="Жечо Петров Цанков")
HEAD = Actor("head", TENANT, Role.DIRECTOR, OLD, name="Яница Гьорева Пощова")
SECOND_HEAD = Actor("second-head", TENANT, Role.DIRECTOR, OLD, name="Явор Явор Шишков")
DEPUTY = Actor("deputy", TENANT, Role.TEACHER, name="Ася Цанкова Ъглова", works_at=(OLD,), deputy_of=OLD)
THIRD_HEAD = Actor("third-head", TENANT, Role.DIRECTOR, THIRD, name="Иглика Юрукова Зидарова")
EXPERT = Actor("expert", TENANT, Role.REGIONAL_OFFICE, name="Михаил Кюлюмов Шишков", region="Варна")
OTHER_EXPERT = Actor("other-expert", TENANT, Role.REGIONAL_OFFICE, name="Ия Шишкова", region="Пловдив")
TEACHER = Actor("teacher", TENANT, Role.TEACHER, name="Ньоми Зидарова Пощова", works_at=(OLD,))
BOTH = Actor("both", TENANT, Role.DIRECTOR, NEW, name="Исхак Джем Юруков", works_at=(NEW, OLD))
NAMESAKE = replace(HEAD, object_id="namesake", name="ЮЛИЯ  Иванова Щерева")
EVERYBODY = (
    ASKER, COLLEAGUE, HEAD, SECOND_HEAD, DEPUTY, THIRD_HEAD, EXPERT, OTHER_EXPERT, TEACHER, BOTH, NAMESAKE,
)  # fmt: skip

CHAT = "a:chat-of-the-director"
LEASE = timedelta(seconds=60)
PUPIL = "pupil"
SECRETS = ("Тайна Тайнова", "ip01234567", "••••••", "бележка", "причина", "УП-17", "5 б", "8 а")
"""What of a request the regional office does not see."""

ASKED = Asked(
    id="press-1",
    at=NOON,
    actor=ASKER.object_id,
    actor_name=ASKER.name,
    tenant=TENANT,
    conversation=CHAT,
    receiving=NEW,
    releasing=OLD,
    person=PUPIL,
    name="Тайна Тайнова Щерева",
    username=f"ip01234567@{DOMAIN}",
    class_="5 б",
    masked="••••••4046",
    to_class="8 а",
    basis=Basis.OTHER,
    basis_text=FreeText("друга причина"),
    certificate=FreeText("УП-17"),
    certificate_date=date(2026, 11, 20),
    note=FreeText("бележка"),
)
LATER = Deadlines(*(NOON + timedelta(days=days) for days in (1, 3, 5, 30)))
TRANSFER = Transfer(ASKED, 1, State.REQUESTED, 1, LATER)

WISH = TransferWish(
    id="press-1",
    person=PUPIL,
    school=NEW.id,
    conversation=CHAT,
    to_class="8 а",
    basis=Basis.APPLICATION,
    note="бележка",
)


def pupil(**changed: Any) -> Person:
    return replace(
        Person(
            PUPIL,
            ASKED.name,
            ASKED.username,
            Kind.STUDENT,
            AccountState.ACTIVE,
            (OLD,),
            grade="5",
            identifier=SYNTHETIC_EGN[0],
        ),
        **changed,
    )


class World:
    def __init__(self, *, days_off: frozenset[date] = frozenset(), clocks: Clocks | None = None) -> None:
        self.clock = FakeClock()
        self.audit, self.releases = FakeAuditLog(), FakeReleases()
        self.queue = FakeQueue(self.clock)
        self.transfers = FakeTransfers(self.audit, self.queue, self.releases)
        self.roster = Roster(self.clock, dict(SCHOOLS))
        self.old_teams = [self.roster.team(OLD.id, f"{subject} - 5 б - ООП") for subject in ("Музика", "Химия")]
        self.new_teams = [self.roster.team(NEW.id, f"{subject} - 8 а - ООП") for subject in ("Музика", "Физика")]
        self.roster.team(NEW.id, "Хор - 6 а - ФУЧ")
        self.roster.add(pupil(), *self.old_teams)
        self.actors = FakeActors({one.object_id: one for one in EVERYBODY})
        self.deciders = FakeDeciders(
            {NEW.id: (ASKER.object_id,), OLD.id: (HEAD.object_id,)},
            {OLD.id: (DEPUTY.object_id,)},
            {"Варна": (EXPERT.object_id,), "Пловдив": (OTHER_EXPERT.object_id,)},
        )
        self.accounts: dict[str, str] = {}
        self.calendar = WorkCalendar(lambda day: day in days_off)
        self.rate_limit = FakeRateLimit(self.clock)
        timed: dict[str, Any] = {"calendar": self.calendar, "clock": self.clock}
        more = timed | {"clocks": clocks or Clocks()}
        read: dict[str, Any] = {"transfers": self.transfers, "placements": self.roster}
        self.concerned = WhoIsConcerned(
            actors=self.actors, deciders=self.deciders, accounts=self, clock=self.clock, domain=DOMAIN
        )
        self.request = RequestTransfer(actors=self.actors, concerned=self.concerned, audit=self.audit, **read, **more)
        self.decide = DecideTransfer(actors=self.actors, audit=self.audit, **read, **more)
        self.read = ReadTransfers(actors=self.actors, transfers=self.transfers, audit=self.audit, clock=self.clock)
        self.handlers: dict[str, TaskHandler] = {
            CLOCK: KeepTime(**read, **more),
            CARRY_OUT: CarryOutTransfer(
                writer=self.roster, rate_limit=self.rate_limit, writes_per_second=20.0, **read, **more
            ),
            RECHECK: RecheckTransfer(**read, **more),
        }

    async def account_id(self, username: str) -> str | None:
        return self.accounts.get(username)

    # What people do

    async def asked(self, actor: Actor = ASKER, **changed: Any) -> Transfer:
        sent = await self.request(actor, replace(WISH, **changed))
        assert isinstance(sent, Sent), sent
        return sent.transfer

    async def does(
        self, actor: Actor, choice: Choice, reason: str = "причина", *, version: int | None = None, where: str = ""
    ) -> Any:
        """A press on the card as it is now."""
        shown = self.now if version is None else replace(self.now, version=version)
        return await self.decide(actor, Deed(shown.id, shown.version, choice, reason, where))

    async def approved(self) -> Transfer:
        await self.asked()
        decided = await self.does(HEAD, Choice.APPROVE)
        assert isinstance(decided, Decided), decided
        return self.now

    async def escalated(self) -> Transfer:
        await self.asked()
        await self.clock_until(self.now.deadlines.escalate_at)
        assert self.now.state is State.ESCALATED
        return self.now

    async def done(self) -> Transfer:
        await self.approved()
        await self.work(CARRY_OUT)
        assert self.now.state is State.DONE
        return self.now

    # What the worker does

    async def attempt(self, kind: str) -> TryAgain | Exception | None:
        """One attempt at the next due task, as a worker makes it; what it was told."""
        (task,) = await self.queue.claim((kind,), 1, LEASE)
        try:
            await attempt(self.handlers[kind], task)
        except TryAgain as later:
            await self.queue.again(task, self.clock() + later.after, later.why, failed=later.failed)
            return later
        except Exception as error:  # noqa: BLE001 -- as the worker does
            await self.queue.again(task, self.clock() + LEASE, type(error).__name__, failed=True)
            return error
        await self.queue.done(task)
        return None

    async def work(self, kind: str, most: int = 2_000) -> list[Any]:
        """Attempts until no task of the kind waits, the clock moving as far as each asks for."""
        told: list[Any] = []
        for _ in range(most):
            waiting = self.live(kind)
            if not waiting:
                return told
            self.clock.now = max(self.clock.now, min(waiting))
            told.append(await self.attempt(kind))
        raise AssertionError("it never ends")

    async def clock_until(self, moment: Any, most: int = 500) -> None:
        """The clock of the request runs up to this moment."""
        for _ in range(most):
            due = min(self.live(CLOCK), default=None)
            if due is None or due > moment:
                self.clock.now = max(self.clock.now, moment)
                return
            self.clock.now = max(self.clock.now, due)
            await self.attempt(CLOCK)
        raise AssertionError("it never rests")

    async def reached(self, reach: DeliveryState = DeliveryState.REACHED) -> None:
        note = Delivery(HEAD.object_id, Side.RELEASING, reach, self.clock())
        await self.transfers.delivered("press-1", (note,))

    # What there is

    @property
    def now(self) -> Transfer:
        return self.transfers.rows["press-1"]

    def live(self, kind: str) -> list[Any]:
        return [row.run_at for row in self.queue.of(kind) if row.status == "ready"]

    def told(self) -> list[str]:
        """The events that people are told of, in order."""
        return [row.payload["event"] for row in self.queue.of(TELL)]

    def entries(self) -> list[tuple[str, str]]:
        return [(one.action.removeprefix("transfer."), one.outcome) for one in self.audit.entries]

    def states(self) -> list[State]:
        """All states of the request, in order, each as often as it was written."""
        return [one.state for one in self.transfers.written if one.id == "press-1"]

    def placed(self) -> tuple[tuple[str, ...], set[str], AccountState]:
        """Where the student really is: schools, teams, account."""
        self.roster._catch_up(everything=True)
        teams = {team for team, people in self.roster.members.items() if PUPIL in people}
        return self.roster.now_in(PUPIL), teams, self.roster.people[PUPIL].state

    @property
    def moved(self) -> tuple[tuple[str, ...], set[str], AccountState]:
        """Where an approved student is to be."""
        return (NEW.id,), {team.id for team in self.new_teams}, AccountState.ACTIVE


def everything_in(value: Any) -> str:
    """All that can be read out of an answer, fields that repr leaves out too."""
    if hasattr(value, "__dataclass_fields__"):
        return " ".join(everything_in(getattr(value, name)) for name in value.__dataclass_fields__) + repr(value)
    if isinstance(value, dict):
        return " ".join(everything_in(one) for pair in value.items() for one in pair)
    if isinstance(value, (tuple, list, set, frozenset)):
        return " ".join(everything_in(one) for one in value)
    return str(value)
