"""The whole bot without its edges: real router, dialogs, core, cards, texts and seals over honest in-memory ports."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.conversation import (
    PATIENCE,
    ConversationReference,
    Installed,
    Occasion,
    Pressed,
    Removed,
    Reply,
    Said,
    Scope,
    Turn,
)
from bot.core.accounts.ask import AnswerAsks
from bot.core.accounts.model import BoardTiming
from bot.core.accounts.ports import OwnClasses
from bot.core.actors.deputies import Deputy
from bot.core.actors.model import RoleFacts
from bot.core.actors.ports import RoleSource
from bot.core.actors.recognise import RecogniseActor
from bot.core.intake.model import IntakeLimits
from bot.core.intake.season import DayOfYear, Season
from bot.core.oversight.figures import SchoolFigures
from bot.core.oversight.people_shown import ONCE_WITHIN, RecordPeopleShown
from bot.core.people.free_text import FreeText
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.tasks import TaskHandler
from bot.core.transfers.limits import AskLimits
from bot.core.transfers.model import Clocks
from bot.core.usernames.model import LookupLimits
from bot.dialogs import DIALOGS
from bot.dialogs.dialog import Dialog, gates_of, services_of
from bot.dialogs.parts import Parts, WorkerParts
from bot.responder import Responder
from bot.router import Router
from bot.seals import Sealer
from bot.texts.catalog import Catalog
from tests.conversations.account_room import AccountRoom
from tests.conversations.link_room import FOLDER, LinkRoom
from tests.conversations.password_room import PasswordRoom
from tests.conversations.transfer_room import TransferRoom
from tests.fakes import FakeClock, FakeDirectory, FakeLedger, FakePreferences, FakePseudonyms, FakeRoleSource
from tests.fakes_intake import FakeIntake, FakeRegion
from tests.fakes_links import FakeTasks
from tests.fakes_lists import FakeFolders, FakeKeptLists, ReadLists
from tests.fakes_passwords import FakeQueue
from tests.fakes_transfers import FakeDeputies
from tests.trees import objects

TENANT = "tenant-of-the-ministry"
CATALOG = Catalog.load()
ROUTER = Router(CATALOG, DIALOGS)
VERBS = tuple(verb for dialog in DIALOGS for verb in dialog.handlers)
DIALOG_NAMES = tuple(dialog.name for dialog in DIALOGS)
SHOWS_NOBODY = frozenset(verb for dialog in DIALOGS for verb in dialog.shows_nobody)
BY_MESSAGE = frozenset(verb for dialog in DIALOGS for verb in dialog.by_message)
UNFILLED = frozenset(verb for dialog in DIALOGS for verb in dialog.unfilled)
GATES = gates_of(DIALOGS)

LIPA = School("school-1", "2990001", "СУ „Сребърна липа“", "Пловдив", "Пловдив")
UTRO = School("school-2", "2990002", "ОУ „Ведро утро“", "Варна", "Варна")

DIRECTOR, OTHER_DIRECTOR, TEACHER, STUDENT, RUO, STRANGER, DISABLED, LOST, DEPUTY = (
    "director",
    "other-director",
    "teacher",
    "student",
    "ruo",
    "stranger",
    "disabled",
    "director-without-school",
    "deputy",
)

FACTS = (
    RoleFacts(
        DIRECTOR, exists=True, enabled=True, name="Директор Едно", username="2990001@edu.mon.bg", extension_role="0"
    ),
    RoleFacts(OTHER_DIRECTOR, exists=True, enabled=True, username="2990002@edu.mon.bg", extension_role="0"),
    RoleFacts(
        TEACHER, exists=True, enabled=True, username="a.b@edu.mon.bg", education_role=Kind.TEACHER, schools=(LIPA,)
    ),
    RoleFacts(STUDENT, exists=True, enabled=True, username="ip01234567@edu.mon.bg", education_role=Kind.STUDENT),
    RoleFacts(RUO, exists=True, enabled=True, username="expert@edu.mon.bg", app_roles=("RegionalOffice",)),
    RoleFacts(DISABLED, exists=True, enabled=False, username="2990001@edu.mon.bg", extension_role="0"),
    RoleFacts(LOST, exists=True, enabled=True, username="2990009@edu.mon.bg", extension_role="0"),
    RoleFacts(
        DEPUTY, exists=True, enabled=True, username="z.d@edu.mon.bg", education_role=Kind.TEACHER, schools=(LIPA,)
    ),
)

REASONS = {
    "": "Търсене",
    "moved": "Преместен ученик",
    "forgotten": "Забравено потребителско име",
    "other": "Друго основание",
}
"""Why somebody is looked up → the button that says so."""

EGN_OWN, EGN_MOVED, EGN_TWICE, EGN_NOBODY = "4146054046", "4251020743", "4349043741", "4450029316"
LNCH_OWN = "9999999014"

CLOSED, ALL_YEAR = Season(), Season(DayOfYear(1, 1), DayOfYear(12, 31))
"""Of intake: out of it, as a day in term is; whenever a test is."""


def person(number: int, name: str, identifier: str, *schools: School, **more: Any) -> Person:
    """A student with a synthetic identifier."""
    fields: dict[str, Any] = {"kind": Kind.STUDENT, "state": AccountState.ACTIVE, "grade": "5"}
    fields |= {"teams": ("Математика - 5 б - ООП", "Музика - 5 б - ООП")} | more
    return Person(
        f"person-{number}", name, f"ab0{number:07}@edu.mon.bg", schools=schools, identifier=identifier, **fields
    )


PEOPLE = (
    person(1, "Иво Пробен Образцов", EGN_OWN, LIPA),
    person(2, "Мая Пробна Преместена", EGN_MOVED, UTRO),
    person(3, "Две Сметки Пробни", EGN_TWICE, UTRO, state=AccountState.DISABLED),
    person(4, "Две Сметки Пробни", EGN_TWICE, LIPA),
    person(5, "Йоана Пробна Щерева", LNCH_OWN, LIPA),
    person(6, "Мария Едина Еднаква", "4549070385", LIPA),
    person(7, "Мария Друга Еднаква", "4642144284", LIPA, teams=("Музика - 7 а - ООП",), grade="7"),
    person(8, "Учител Чужд Пробен", "4742080922", UTRO, kind=Kind.TEACHER),
    *(
        person(100 + number, f"Многолюдна {letter} Пробна", f"77{number}", LIPA)
        for number, letter in enumerate("абвгдежзийкл")
    ),
)


@dataclass
class FakeConversations:
    """`Conversations` as a set."""

    known: set[str] = field(default_factory=set)

    async def remember(self, reference: ConversationReference) -> bool:
        new = reference.conversation_id not in self.known
        self.known.add(reference.conversation_id)
        return new

    async def forget(self, conversation_id: str) -> None:
        self.known.discard(conversation_id)


@dataclass
class FakeDirectors:
    """`Directors` as a list."""

    noted: list[tuple[str, str]] = field(default_factory=list)

    async def seen(self, school_id: str, object_id: str) -> None:
        self.noted.append((school_id, object_id))


class Bot:
    """`await bot.says(who, text)`, `await bot.presses(who, reply, title, **inputs)`."""

    def __init__(
        self,
        limits: LookupLimits | None = None,
        people: tuple[Person, ...] = PEOPLE,
        patience: float = PATIENCE,
        *,
        prints: bool = True,
        folder: str = FOLDER,
        once_within: timedelta = ONCE_WITHIN,
        catalog: Catalog = CATALOG,
        router: Router = ROUTER,
        others: Sequence[Dialog[Any]] = (),
        season: Season = CLOSED,
        own_classes: OwnClasses | None = None,
        roles: RoleSource | None = None,
        reads: Mapping[str, Any] | None = None,
    ) -> None:
        """`roles` and `reads`: a directory in the place of the one in memory, its ports by the name of the part."""
        self.clock = FakeClock()
        self.directory = FakeDirectory(people)
        self.roles = FakeRoleSource(FACTS, (LIPA, UTRO))
        self.ledger = FakeLedger()
        self.preferences = FakePreferences()
        self.conversations = FakeConversations()
        self.directors = FakeDirectors()
        numbers = itertools.count(1)
        self._activity = itertools.count(1)
        self.deputies = FakeDeputies(self.ledger.audit)
        self.deputies.queue = queue = FakeQueue(self.clock)
        recognise = RecogniseActor(
            roles or self.roles, self.clock, deputies=self.deputies, tasks=queue, regions={RUO: "Варна"}
        )
        self.recognise = recognise
        self.room = PasswordRoom(
            self.clock, self.ledger.audit, recognise, people, deputies=self.deputies, queue=queue
        )
        self.moves = TransferRoom(self.room, recognise, self.directory, self.deputies, people)
        self.links = LinkRoom(self.clock, recognise, self.directory, LIPA)
        self.accounts = AccountRoom(self.room, people)
        self.intake = FakeIntake(self.ledger.audit)
        self.region = FakeRegion((LIPA, UTRO), {UTRO.id: SchoolFigures("2026-11-16", 61, 98, 23, 11)})
        self.room.tell(AnswerAsks(asks=self.accounts.store, clock=self.clock))
        self.kept_lists = FakeKeptLists(self.ledger.audit, self.room.queue, self.clock)
        self.list_reader, self.list_folders = ReadLists(), FakeFolders()
        self.work = self.room.work
        self.parts = Parts(
            tenant=TENANT,
            domain="edu.mon.bg",
            public_url="https://bot.example.bg" if prints else "",
            lists_folder=folder,
            account_lists_folder="НЕИСПУО/Профили" if folder else "",
            link_remind_days=5,
            admit_synthetic=True,
            clock=self.clock,
            calendar=self.moves.calendar,
            sleep=self.room.sleep,
            new_token=self.links.new_token,
            catalog=catalog,
            lookup_limits=limits or LookupLimits(),
            ask_limits=AskLimits(),
            timing=self.room.timing,
            clocks=Clocks(),
            board_timing=BoardTiming(),
            look_every=timedelta(hours=3),
            intake_limits=IntakeLimits(season),
            slip_tokens=self.room.slip_tokens,
            actors=recognise,
            directory=self.directory,
            accounts=self.room.accounts,
            rosters=self.room.rosters,
            placements=self.moves.roster,
            class_reader=self.links.classes,
            school_files=self.links.files,
            list_reader=self.links.reader,
            account_list_reader=self.list_reader,
            list_folders=self.list_folders,
            school_accounts=self.accounts.school,
            own_classes=own_classes or self.accounts.school,
            audit=self.ledger.audit,
            queue=self.room.queue,
            preferences=self.preferences,
            ledger=self.ledger,
            pseudonyms=FakePseudonyms(),
            operations=self.room.operations,
            releases=self.room.releases,
            transfers=self.moves.transfers,
            deciders=self.moves.deciders,
            deputies=self.deputies,
            expected_lists=self.links.lists,
            by_hand=self.links.by_hand,
            link_cases=self.links.cases,
            one_time_links=self.links.one_time_links,
            boards=self.accounts.store,
            receipts=self.accounts.store,
            school_choices=self.accounts.store,
            asks=self.accounts.store,
            account_lists=self.kept_lists,
            intake=self.intake,
            schools=self.region,
            figures=self.region,
        )
        self.parts = replace(self.parts, **(reads or {}))
        services = services_of((*DIALOGS, *others), self.parts)
        self.built = services
        self.services = {service.name: service.cases for service in services}
        self.links.use_cases = self.services["class-links"]
        self.heard: list[Reply] = []
        self.late = FakeTasks()
        self.responder = Responder(
            tenant_id=TENANT,
            catalog=catalog,
            router=router,
            sealer=Sealer(b"s" * 32, lambda: f"nonce-{next(numbers)}"),
            recognise=recognise,
            services=services,
            preferences=self.preferences,
            conversations=self.conversations,
            directors=self.directors,
            experts=self.moves.experts,
            record_shown=RecordPeopleShown(self.ledger.audit, self.clock, once_within),
            tasks=self.late,
            clock=self.clock,
            new_reference=lambda: "REF12345",
            patience=patience,
        )

    def handlers(self) -> list[TaskHandler]:
        """What the worker of all services does and says."""
        parts = WorkerParts(
            common=self.parts,
            speaking=self.moves.speaking,
            rate_limit=self.room.rate_limit,
            writes_per_second=1_000.0,
            below=lambda most: most - 1,
            account_writer=self.room.accounts,
            enrolment_writer=self.moves.roster,
            class_writer=self.links.classes,
            installer=self.moves.installer,
        )
        return [task for service in self.built for task in service.tasks(parts)]

    def appoint(self) -> None:
        """The director has authorised the deputy."""
        now = self.clock()
        until = now + timedelta(days=30)
        self.deputies.rows.append(
            Deputy(LIPA.id, DEPUTY, "Зам Пробен Директоров", FreeText("РД-1"), now.date(), DIRECTOR, now, until)
        )

    def turn(self, who: str, occasion: Occasion, **changes: Any) -> Turn:
        """A turn of this person in their personal chat, unless changed."""
        tenant = changes.pop("tenant_id", TENANT)
        conversation = changes.pop("conversation_id", f"chat-{who}")
        reference = ConversationReference(
            conversation, "https://smba.trafficmanager.net/emea/", tenant, "28:b", f"29:{who}", who
        )
        fields = {"scope": Scope.PERSONAL, "locale": "bg-BG"} | changes
        return Turn(f"activity-{next(self._activity)}", tenant, who, occasion=occasion, reference=reference, **fields)

    async def says(self, who: str, text: str, **changes: Any) -> Reply:
        return await self._answer(self.turn(who, Said(text), **changes))

    async def presses(self, who: str, on: Reply, title: str, /, **inputs: str) -> Reply:
        """Presses the button with this title; inputs not given keep what the card had in them."""
        return await self.presses_elsewhere(who, on, title, {}, **inputs)

    async def presses_elsewhere(
        self, who: str, on: Reply, title: str, changes: Mapping[str, Any], /, **inputs: str
    ) -> Reply:
        """The same press arriving in a turn with `changes` (another scope, another conversation)."""
        button = button_of(on, title)
        data = {**button["data"], **prefilled(on), **inputs}
        return await self._answer(self.turn(who, Pressed(button["verb"], data), **changes))

    async def _answer(self, turn: Turn) -> Reply:
        reply = await self.responder(turn)
        assert reply is not None
        self.heard.append(reply)
        return reply

    async def installs(self, who: str, **changes: Any) -> Reply | None:
        return await self.responder(self.turn(who, Installed(), **changes))

    async def removes(self, who: str) -> Reply | None:
        return await self.responder(self.turn(who, Removed()))

    async def looks_up(self, who: str = DIRECTOR, *, purpose: str = "", **inputs: str) -> Reply:
        """Opens the form, fills it in, presses „Търсене“ or a reason; that of a moved student stands on it at once."""
        form = await self.says(who, "справка")
        if purpose in {"", "moved"}:
            return await self.presses(who, form, REASONS[purpose], **inputs)
        text = {"purpose_text": inputs.pop("purpose_text")} if "purpose_text" in inputs else {}
        return await self.presses(who, await self.presses(who, form, "Търсене", **inputs), REASONS[purpose], **text)


nodes = objects
"""Every object of a card, in the order it stands there."""


def button_of(reply: Reply, title: str) -> dict[str, Any]:
    found = [node for node in nodes(reply.card) if node.get("type") == "Action.Execute" and node["title"] == title]
    assert found, f"no button „{title}“ among {buttons(reply)}"
    return found[0]


def row_of(reply: Reply, begins: str = "Искане №") -> str:
    """The first row that opens by a press and is called so; to be pressed like a button."""
    rows: list[str] = [node["selectAction"]["title"] for node in nodes(reply.card) if "selectAction" in node]
    found = [title for title in rows if title.startswith(begins)]
    assert found, f"no row „{begins}…“ among {rows}"
    return found[0]


def buttons(reply: Reply) -> list[str]:
    return [node["title"] for node in nodes(reply.card) if node.get("type") == "Action.Execute"]


def row_titles(reply: Reply) -> list[str]:
    """What a screen reader calls the rows that can be pressed, in their order."""
    return [node["selectAction"]["title"] for node in nodes(reply.card) if "selectAction" in node]


def prefilled(reply: Reply) -> dict[str, str]:
    """What the card's inputs hold."""
    return {
        node["id"]: node.get("value", "") for node in nodes(reply.card) if str(node.get("type")).startswith("Input.")
    }


def shown(reply: Reply) -> str:
    """Everything the person can read, inputs' values not included."""
    if reply.text is not None:
        return reply.text
    words = [
        str(node[key])
        for node in nodes(reply.card)
        for key in ("text", "label", "title", "errorMessage")
        if key in node
    ]
    return "\n".join(words)
