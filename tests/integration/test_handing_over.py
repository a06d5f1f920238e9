"""The use cases of the board over a real database: who may what, and what becomes of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from stdnum.bg import pnf

from bot.core.accounts.ask import ASKED, AskForPassword
from bot.core.accounts.beside import BESIDE, GoRoundBeside, first_round_beside
from bot.core.accounts.board import Board
from bot.core.accounts.choose import ChooseForSchool, GroupProblem, KeepGroups
from bot.core.accounts.close import Closed, CloseHandover, CloseWish, ReverseReceipt, Signed
from bot.core.accounts.look import LOOK, NEW, ROUND, WEEKLY, GoRound, Look, LookAtSchool, first_round
from bot.core.accounts.model import (
    Account,
    BoardRow,
    BoardState,
    BoardTiming,
    Choices,
    Closers,
    Looked,
    OwnGroup,
    ReceiptOutcome,
    View,
)
from bot.core.accounts.papers import Chosen, HandOutPapers, Paper
from bot.core.accounts.policy import MOST_ASKS
from bot.core.accounts.ports import Ask, OwnClass
from bot.core.accounts.read import (
    OwnBoard,
    PrepareProtocol,
    Protocol,
    Pupil,
    ReadBoard,
    ShowBoard,
    ShowOwnClass,
)
from bot.core.accounts.signatures import mark_of_row
from bot.core.actors.model import Actor, Role
from bot.core.audit import AuditEntry
from bot.core.calendar import WorkCalendar
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.errors import DirectoryUnavailable
from bot.core.handover.model import Ground, Recipient
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.tasks import NewTask, Task, TryAgain
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from tests.fakes import FakeClock, FakeDirectory
from tests.fakes_passwords import FakeActors
from tests.promises.store import allow, new_operation
from tests.properties.strategies import SYNTHETIC_EGN, SYNTHETIC_LNCH, TENANT, egn_of

SCHOOL, OTHER = School("school", "2990001", "ОУ „Пример“"), School("other", "2990002", "СУ „Друго“")
MONDAY = datetime(2026, 9, 14, 7, 30, tzinfo=UTC)
"""Half past ten in Sofia."""
YOUNG, OLD, ALIEN = SYNTHETIC_EGN[7], "4146054004", SYNTHETIC_LNCH[0]
"""Counted thirty years earlier: of 2018, of 2011, and without a date of birth."""
SEVEN_OR_NOT = next(digits for serial in range(1000) if pnf.is_valid(digits := egn_of(date(2049, 3, 1), serial)))
"""Of a child of seven if it is a ЕГН; it is a valid ЛНЧ too."""

DIRECTOR = Actor("director", TENANT, Role.DIRECTOR, SCHOOL, name="Г-жа Директор")
NEIGHBOUR = Actor("neighbour", TENANT, Role.DIRECTOR, OTHER)
CLASS_TEACHER = Actor("class-teacher", TENANT, Role.TEACHER, works_at=(SCHOOL,), name="Г-жа Иванова")
TEACHER = Actor("teacher", TENANT, Role.TEACHER, works_at=(SCHOOL,))
DEPUTY = replace(TEACHER, object_id="deputy", deputy_of=SCHOOL)
STUDENT = Actor("student", TENANT, Role.STUDENT)
OFFICE = Actor("office", TENANT, Role.REGIONAL_OFFICE, region="Русе")
STRANGER = Actor("stranger", TENANT, Role.NONE)
OFF = replace(DIRECTOR, object_id="off", enabled=False)
ROLES = (DIRECTOR, NEIGHBOUR, CLASS_TEACHER, TEACHER, DEPUTY, STUDENT, OFFICE, STRANGER, OFF)


def person(id_: str, identifier: str = YOUNG, kind: Kind = Kind.STUDENT, school: School = SCHOOL) -> Person:
    return Person(
        id_, f"Рада Вихрова {id_}", f"{id_}@edu.mon.bg", kind, AccountState.ACTIVE, (school,), identifier=identifier
    )


PEOPLE = {
    "small": ("1 а", person("small")),
    "grown": ("1 а", person("grown", OLD)),
    "alien": ("1 а", person("alien", ALIEN)),
    "second": ("2 б", person("second")),
    "colleague": ("", person("colleague", SYNTHETIC_EGN[3], Kind.TEACHER)),
}


@dataclass
class Directory(FakeDirectory):
    """The school as Graph has it; `looks` counts how often it was looked at."""

    clock: FakeClock = field(default_factory=FakeClock)
    looks: int = 0

    def __post_init__(self) -> None:
        super().__init__([one for _, one in PEOPLE.values()])
        self.created = self.clock() - timedelta(days=20)
        self.changed: dict[str, datetime] = {}
        self.fail: Exception | None = None

    async def look(self, school: School) -> Looked:
        self.looks += 1
        if self.fail is not None:
            raise self.fail
        accounts = [
            Account(
                one.id, one.name, one.username, one.kind, PEOPLE[one.id][0], True, self.created,
                self.changed.get(one.id, self.created),
            )
            for one in self.people
            if one.attends(school.id)
        ]  # fmt: skip
        return Looked(school, self.clock(), tuple(accounts))


def signed(person_id: str, recipient: Recipient, *, sen: bool = False) -> Signed:
    """For the password with which the account was made."""
    asked = Account(person_id, "", "", Kind.STUDENT, "", True, None, None)
    return Signed(person_id, recipient, mark_of_row(BoardRow(asked)), sen=sen)


class Own:
    """`OwnClasses` of one class teacher."""

    def __init__(self) -> None:
        self.classes: tuple[OwnClass, ...] = (OwnClass(SCHOOL, "1 а"),)

    async def own_classes(self, teacher: str, schools: Any) -> tuple[OwnClass, ...]:
        mine = self.classes if teacher == CLASS_TEACHER.object_id else ()
        return tuple(one for one in mine if one.school in schools)


@dataclass
class Room:
    """Everything of the board over one database."""

    database: Database
    clock: FakeClock
    directory: Directory
    actors: FakeActors
    timing: BoardTiming = field(default_factory=BoardTiming)
    calendar: WorkCalendar = field(default_factory=lambda: WorkCalendar(lambda day: False))

    def __post_init__(self) -> None:
        db, own = self.database, Own()
        self.own_classes = own
        self.look = Look(
            accounts=self.directory, boards=db.boards, choices=db.school_choices, calendar=self.calendar,
            timing=self.timing, after_new=(),
        )  # fmt: skip
        self.read = ReadBoard(boards=db.boards, look=self.look, clock=self.clock, timing=self.timing)
        self.show = ShowBoard(actors=self.actors, read=self.read)
        self.own = ShowOwnClass(actors=self.actors, own_classes=own, read=self.read, choices=db.school_choices)
        self.prepare = PrepareProtocol(
            people=self.directory, receipts=db.receipts, clock=self.clock, admit_synthetic=True
        )
        self.papers = HandOutPapers(
            actors=self.actors, read=self.read, choices=db.school_choices, prepare=self.prepare, links=db.one_time_links,
            choose=lambda word, seen, _: Chosen(word, seen.of_class(word), word), clock=self.clock,
            new_token=lambda: "t" * 43,
        )  # fmt: skip
        self.close = CloseHandover(
            actors=self.actors, own_classes=own, boards=db.boards, people=self.directory, receipts=db.receipts,
            choices=db.school_choices, clock=self.clock, timing=self.timing, admit_synthetic=True,
        )  # fmt: skip
        self.reverse = ReverseReceipt(actors=self.actors, receipts=db.receipts, clock=self.clock)
        self.choose = ChooseForSchool(actors=self.actors, choices=db.school_choices, clock=self.clock)
        self.groups = KeepGroups(actors=self.actors, choices=db.school_choices, clock=self.clock)
        self.ask = AskForPassword(
            actors=self.actors, own_classes=own, boards=db.boards, asks=db.asks, clock=self.clock
        )

    async def board(self) -> Board:
        shown = await self.show(DIRECTOR)
        assert isinstance(shown, Board)
        return shown

    async def protocol(self, title: str, *persons: str) -> Protocol:
        return await self.prepare(await self.board(), title, persons)

    async def states(self) -> dict[str, BoardState]:
        return {one.id: one.state for one in (await self.board()).people}

    async def closed(self, actor: Actor, *those: Signed, closing: str = "press") -> Closed | Decision:
        return await self.close(actor, CloseWish(closing, SCHOOL.id, those))

    async def tasks(self, *kinds: str) -> list[tuple[str, dict[str, str]]]:
        claimed = await self.database.queue.claim(kinds, 100, timedelta(seconds=1))
        return [(task.kind, dict(task.payload)) for task in claimed]


@pytest.fixture
async def room(sqlite_url: str) -> AsyncIterator[Room]:
    clock = FakeClock(MONDAY)
    keys = DatabaseKeys.derive(bytes(range(32)))
    database = await Database.open(sqlite_url, keys, clock)
    actors = FakeActors({actor.object_id: actor for actor in ROLES})
    yield Room(database, clock, Directory(clock=clock), actors)
    await database.close()


Verb = Callable[[Room, Actor], Awaitable[Any]]
VERBS: dict[str, Verb] = {
    "board": lambda room, actor: room.show(actor),
    "own class": lambda room, actor: room.own(actor),
    "protocol": lambda room, actor: room.papers.offer(actor, Paper.PROTOCOL, "1 а", "bg"),
    "close own class": lambda room, actor: room.closed(actor, signed("small", Recipient.STUDENT)),
    "close another class": lambda room, actor: room.closed(actor, signed("second", Recipient.STUDENT)),
    "reverse": lambda room, actor: room.reverse(actor, "back", person="grown", receipt="before:grown", reason="ред"),
    "choose": lambda room, actor: room.choose(actor, SCHOOL.id, closers=Closers.DIRECTOR, sentence="", weekly=True),
    "choices": lambda room, actor: room.choose.now(actor),
    "groups": lambda room, actor: room.groups.all(actor),
    "keep group": lambda room, actor: room.groups.keep(actor, SCHOOL.id, "g", "Хор", ["small"]),
    "drop group": lambda room, actor: room.groups.drop(actor, SCHOOL.id, "g"),
    "ask": lambda room, actor: room.ask(actor, "small", "ask"),
}
MAY: dict[str, set[str]] = {
    "director": set(VERBS) - {"own class", "ask"},
    "class-teacher": {"own class", "ask", "close own class"},
    # The neighbour directs another school: the own board, groups and choices, and nothing of this one.
    "neighbour": {"board", "protocol", "choices", "groups"},
}


def allowed(answer: Any) -> bool:
    if isinstance(answer, Decision):
        return answer.allowed
    if isinstance(answer, Closed):
        return bool(answer.noted)
    return True


@pytest.mark.parametrize("actor", ROLES, ids=lambda actor: actor.object_id)
async def test_each_role_may_what_it_may_and_what_is_refused_changes_nothing(room: Room, actor: Actor):
    await room.board()
    await room.choose(DIRECTOR, SCHOOL.id, closers=Closers.CLASS_TEACHER, sentence="", weekly=True)
    await room.closed(DIRECTOR, signed("grown", Recipient.STUDENT), closing="before")
    await room.groups.keep(DIRECTOR, SCHOOL.id, "g", "Хор", ["small"])
    before = await _everything(room)
    may = MAY.get(actor.object_id, set())
    for name, verb in VERBS.items():
        if name not in may:
            answer = await verb(room, actor)
            assert not allowed(answer), (name, answer)
            assert await _everything(room) == before, name
    for name, verb in VERBS.items():
        if name in may:
            answer = await verb(room, actor)
            assert allowed(answer), (name, answer)


async def _everything(room: Room) -> tuple[Any, ...]:
    entries = [one.entry.action async for one in room.database.audit.entries(MONDAY - timedelta(days=1))]
    choices, groups = room.database.school_choices, room.database.school_choices
    return entries, await room.states(), await choices.choices(SCHOOL.id), await groups.groups(SCHOOL.id)


async def test_rights_are_read_anew_with_every_press(room: Room):
    """Who was a director a minute ago is a stranger now."""
    await room.board()
    room.actors.actors.clear()
    for name, verb in VERBS.items():
        for actor in (DIRECTOR, CLASS_TEACHER):
            assert not allowed(await verb(room, actor)), name


async def test_a_class_teacher_sees_names_and_how_far_it_is_and_nothing_else(room: Room):
    seen = await room.own(CLASS_TEACHER)
    assert isinstance(seen, tuple)
    (own,) = seen
    assert isinstance(own, OwnBoard)
    assert (own.school, own.class_, own.at) == (SCHOOL, "1 а", MONDAY)
    assert [one.name for one in own.pupils] == [PEOPLE[one][1].name for one in ("alien", "grown", "small")]
    assert {one.state for one in own.pupils} == {BoardState.NEW}
    assert set(Pupil.__slots__) == {"id", "name", "state", "asked_at"}
    shown = repr(own)
    assert "@edu.mon.bg" not in shown
    assert not [one for one in (YOUNG, OLD, ALIEN) if one in shown]
    assert await room.own(TEACHER) == Decision(Reason.NOT_CLASS_TEACHER)


async def test_class_teachers_close_only_where_the_director_lets_them_and_only_their_class(room: Room):
    small = signed("small", Recipient.STUDENT)
    assert await room.closed(CLASS_TEACHER, small) == Decision(Reason.DIRECTOR_CLOSES)
    await room.choose(DIRECTOR, SCHOOL.id, closers=Closers.CLASS_TEACHER, sentence="", weekly=True)
    done = await room.closed(CLASS_TEACHER, small, signed("second", Recipient.STUDENT), closing="two")
    assert isinstance(done, Closed)
    assert (done.noted, done.refused) == ({}, {"small": Reason.NOT_CLASS_TEACHER, "second": Reason.NOT_CLASS_TEACHER})
    await room.board()
    done = await room.closed(CLASS_TEACHER, small, signed("second", Recipient.STUDENT), closing="three")
    assert isinstance(done, Closed)
    assert (done.noted, done.refused) == ({"small": ReceiptOutcome.DONE}, {"second": Reason.NOT_CLASS_TEACHER})
    assert set(done.names) == {"small"}, "of another class not even a name"


async def test_a_class_teacher_in_two_schools_closes_in_each_the_own_class_alone(room: Room):
    """The class of the other school is called as one of this school that is not theirs."""
    room.own_classes.classes = (OwnClass(SCHOOL, "1 а"), OwnClass(OTHER, "2 б"))
    room.actors.actors[CLASS_TEACHER.object_id] = replace(CLASS_TEACHER, works_at=(SCHOOL, OTHER))
    await room.choose(DIRECTOR, SCHOOL.id, closers=Closers.CLASS_TEACHER, sentence="", weekly=True)
    await room.board()

    done = await room.closed(CLASS_TEACHER, signed("second", Recipient.STUDENT), signed("small", Recipient.STUDENT))
    assert isinstance(done, Closed)
    assert (done.noted, done.refused) == ({"small": ReceiptOutcome.DONE}, {"second": Reason.NOT_CLASS_TEACHER})
    assert set(done.names) == {"small"}
    assert (await room.states())["second"] is BoardState.NEW
    assert not await room.database.receipts.received(["second"])
    handed = [one.entry async for one in room.database.audit.entries(MONDAY) if one.entry.action == "account.handed"]
    assert [one.subject for one in handed] == ["small"]
    assert await room.ask(CLASS_TEACHER, "second", "ask") == Decision(Reason.NOT_CLASS_TEACHER)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (signed("small", Recipient.STUDENT), ReceiptOutcome.DONE),
        (signed("small", Recipient.PARENT), ReceiptOutcome.DONE),
        (signed("grown", Recipient.STUDENT), ReceiptOutcome.DONE),
        (signed("grown", Recipient.PARENT), Reason.FOURTEEN),
        (signed("grown", Recipient.PARENT, sen=True), ReceiptOutcome.DONE),
        (signed("alien", Recipient.PARENT), Reason.AGE_UNKNOWN),
        (signed("alien", Recipient.PARENT, sen=True), ReceiptOutcome.DONE),
        (signed("alien", Recipient.STUDENT), ReceiptOutcome.DONE),
        (signed("small", Recipient.TEACHER), Reason.ONLY_OWNER),
        (signed("colleague", Recipient.TEACHER), ReceiptOutcome.DONE),
        (signed("colleague", Recipient.PARENT, sen=True), Reason.ONLY_OWNER),
        (signed("nobody", Recipient.STUDENT), Reason.NOT_OURS),
    ],
    ids=lambda one: f"{one.person} {one.recipient} {one.sen}" if isinstance(one, Signed) else "",
)
async def test_an_account_is_handed_to_whom_the_law_allows(
    room: Room, one: Signed, expected: ReceiptOutcome | Reason
):
    await room.board()
    done = await room.closed(DIRECTOR, one)
    assert isinstance(done, Closed)
    told = done.noted.get(one.person) or done.refused.get(one.person)
    assert told is expected
    handed = [
        each.entry async for each in room.database.audit.entries(MONDAY) if each.entry.action == "account.handed"
    ]
    receipts = [(each.subject, each.detail["recipient"]) for each in handed]
    assert receipts == ([(one.person, one.recipient)] if expected is ReceiptOutcome.DONE else [])


@pytest.mark.parametrize(("class_", "believed"), [("1 а", True), ("8 а", False), ("", False), ("1", False)])
async def test_a_number_that_may_be_a_lnch_is_believed_in_a_class_of_its_age(
    room: Room, monkeypatch: pytest.MonkeyPatch, class_: str, believed: bool
):
    """As with a password: one ЕГН in ten is a valid ЛНЧ too, and the list of a school tells no grade."""
    child = person("child", SEVEN_OR_NOT)
    monkeypatch.setitem(PEOPLE, child.id, (class_, child))
    room.directory.people.append(child)
    assert child.teams is None

    made = await room.protocol("1 а", child.id)
    done = await room.closed(DIRECTOR, signed(child.id, Recipient.PARENT))

    assert isinstance(done, Closed)
    assert [Recipient.PARENT in line.recipients for line in made.lines] == [believed]
    assert done.noted == ({child.id: ReceiptOutcome.DONE} if believed else {})
    assert done.refused == ({} if believed else {child.id: Reason.AGE_UNKNOWN})


@pytest.mark.parametrize(
    ("actor", "one", "recipient", "ground"),
    [
        (DIRECTOR, signed("grown", Recipient.STUDENT), "student", "owner"),
        (CLASS_TEACHER, signed("small", Recipient.PARENT), "parent", "under-14"),
        (DIRECTOR, signed("grown", Recipient.PARENT, sen=True), "parent", "sen"),
    ],
    ids=["the owner", "a parent", "special needs"],
)
async def test_who_handed_an_account_to_whom_and_on_what_ground_is_recorded(
    room: Room, actor: Actor, one: Signed, recipient: str, ground: str
):
    await room.board()
    await room.choose(DIRECTOR, SCHOOL.id, closers=Closers.CLASS_TEACHER, sentence="", weekly=True)
    await room.closed(actor, one)
    entries = [one.entry async for one in room.database.audit.entries(MONDAY - timedelta(days=1))]
    detail = {"closing": "press", "school": "school", "recipient": recipient, "ground": ground}
    assert [each for each in entries if each.action == "account.handed"] == [
        AuditEntry(MONDAY, actor.object_id, "account.handed", one.person, "done", detail)
    ]


async def test_a_class_teacher_does_not_attest_sen(room: Room):
    await room.board()
    await room.choose(DIRECTOR, SCHOOL.id, closers=Closers.CLASS_TEACHER, sentence="", weekly=True)
    done = await room.closed(CLASS_TEACHER, signed("grown", Recipient.PARENT, sen=True))
    assert isinstance(done, Closed)
    assert done.refused == {"grown": Reason.FOURTEEN}


async def test_one_refused_recipient_does_not_hold_up_the_class(room: Room):
    await room.board()
    done = await room.closed(
        DIRECTOR,
        signed("small", Recipient.PARENT), signed("grown", Recipient.PARENT), signed("alien", Recipient.STUDENT),
    )  # fmt: skip
    assert isinstance(done, Closed)
    assert dict(done.noted) == {"small": ReceiptOutcome.DONE, "alien": ReceiptOutcome.DONE}
    assert dict(done.refused) == {"grown": Reason.FOURTEEN}
    assert done.names["grown"] == PEOPLE["grown"][1].name
    states = await room.states()
    assert (states["small"], states["alien"], states["grown"]) == (
        BoardState.HANDED,
        BoardState.HANDED,
        BoardState.NEW,
    )


async def test_nobody_ticked_notes_nobody_and_a_card_of_another_school_neither(room: Room):
    await room.board()
    assert await room.closed(DIRECTOR) == Closed({}, {}, {})
    wish = CloseWish("press", OTHER.id, (signed("small", Recipient.STUDENT),))
    assert await room.close(DIRECTOR, wish) == Decision(Reason.SCHOOL_CHANGED)
    assert await room.close(CLASS_TEACHER, wish) == Decision(Reason.NOT_CLASS_TEACHER)


async def test_a_child_who_has_left_is_not_noted_though_the_board_still_shows_it(room: Room):
    await room.board()
    room.directory.people = [one for one in room.directory.people if one.id != "small"]
    done = await room.closed(DIRECTOR, signed("small", Recipient.STUDENT))
    assert isinstance(done, Closed)
    assert done.refused == {"small": Reason.NOT_OURS}


async def test_a_mistake_is_taken_back_with_a_reason_in_free_words(room: Room):
    await room.board()
    await room.closed(DIRECTOR, signed("small", Recipient.STUDENT))

    async def back(reason: str, receipt: str = "press:small", press: str = "b") -> Decision:
        return await room.reverse(DIRECTOR, press, person="small", receipt=receipt, reason=reason)

    assert await back("  ") == Decision(Reason.REASON_MISSING)
    assert await back("сбъркан ред", "press:grown") == Decision(Reason.NO_RECEIPT)
    assert await back(f"сбъркан с {YOUNG} " + "я" * 400) == ALLOWED
    assert await back("сбъркан ред", press="c") == Decision(Reason.NO_RECEIPT)
    every = [one.entry async for one in room.database.audit.entries(MONDAY)]
    (reason,) = [one.detail["reason"] for one in every if one.action == "account.handing-reversed"]
    assert reason.startswith("сбъркан с")
    assert YOUNG not in reason
    assert len(reason) == 200
    assert (await room.states())["small"] is BoardState.NEW


async def test_a_protocol_names_for_each_to_whom_the_law_lets_it_be_handed(room: Room):
    made = await room.protocol("1 а", "grown", "small", "alien", "elsewhere", "colleague")
    assert (made.school, made.title, made.day.isoformat()) == (SCHOOL, "1 а", "2026-09-14")
    assert [(line.number, line.name[-5:].strip(), line.recipients) for line in made.lines] == [
        (1, "alien", (Recipient.STUDENT,)),
        (2, "grown", (Recipient.STUDENT,)),
        (3, "small", (Recipient.STUDENT, Recipient.PARENT)),
        (4, "eague", (Recipient.TEACHER,)),
    ]
    assert "@" not in repr(made.lines)


async def test_a_protocol_has_a_place_for_the_parent_who_was_given_the_password_for_the_stated_age(room: Room):
    """No number tells the age of the child; the director has stated it for this password."""
    asked = new_operation(person="alien", school=SCHOOL.id, recipient=Recipient.PARENT, ground=Ground.UNDER_14)
    await room.database.operations.begin([asked], allow)
    made = await room.protocol("1 а", "alien", "grown")
    assert [line.recipients for line in made.lines] == [
        (Recipient.STUDENT, Recipient.PARENT),
        (Recipient.STUDENT,),
    ]


async def test_a_number_in_a_name_is_not_on_the_protocol(room: Room):
    people = [replace(person("small"), name=f"Рада {YOUNG} Вихрова")]
    room.directory.people = people
    made = await room.protocol(f"Хор {OLD}", "small")
    assert [line.name for line in made.lines] == ["Рада •••••• Вихрова"]
    assert made.title == "Хор ••••••"


async def test_a_question_reaches_the_directors_once_and_closes_itself(room: Room):
    await room.board()
    first = await room.ask(CLASS_TEACHER, "small", "one")
    assert isinstance(first, Ask)
    assert await room.ask(CLASS_TEACHER, "small", "two") == first
    assert await room.tasks(ASKED) == [(ASKED, {"ask": "one"})]
    assert await room.ask(CLASS_TEACHER, "second", "three") == Decision(Reason.NOT_CLASS_TEACHER)
    assert await room.ask(CLASS_TEACHER, "nobody", "four") == Decision(Reason.NOT_CLASS_TEACHER)
    seen = await room.own(CLASS_TEACHER)
    assert isinstance(seen, tuple)
    (own,) = seen
    assert {one.id: one.asked_at for one in own.pupils} == {"alien": None, "grown": None, "small": MONDAY}


async def test_a_class_teacher_asks_for_a_whole_class_and_no_more_within_a_day(
    room: Room, monkeypatch: pytest.MonkeyPatch
):
    people = [person(f"many-{number}") for number in range(MOST_ASKS + 1)]
    monkeypatch.setattr("tests.integration.test_handing_over.PEOPLE", {one.id: ("1 а", one) for one in people})
    room.directory.people = people
    await room.board()
    answers = [await room.ask(CLASS_TEACHER, one.id, f"press-{one.id}") for one in people]
    assert all(isinstance(one, Ask) for one in answers[:-1])
    assert answers[-1] == Decision(Reason.QUESTION_ASKED_OFTEN, MONDAY + timedelta(days=1))


async def test_what_a_director_writes_is_cut_and_cleaned(room: Room):
    chosen = await room.choose(
        DIRECTOR, SCHOOL.id, closers=Closers.DIRECTOR, sentence=f"Каб. 12 {YOUNG}\n" + "я" * 400, weekly=False
    )
    assert isinstance(chosen, Choices)
    assert (len(chosen.sentence), chosen.weekly) == (300, False)
    assert YOUNG not in chosen.sentence
    assert "\n" not in chosen.sentence
    assert await room.choose.now(DIRECTOR) == chosen


@pytest.mark.parametrize(
    ("name", "people", "expected"),
    [
        ("", ["small"], GroupProblem.NAMELESS),
        (" \u200b", ["small"], GroupProblem.NAMELESS),
        ("Хор", [], GroupProblem.EMPTY),
        ("Хор", [f"p{number}" for number in range(61)], GroupProblem.TOO_LARGE),
    ],
)
async def test_a_group_that_is_none_is_not_kept(room: Room, name: str, people: list[str], expected: GroupProblem):
    assert await room.groups.keep(DIRECTOR, SCHOOL.id, "g", name, people) is expected
    assert await room.groups.all(DIRECTOR) == ()


async def test_what_was_chosen_on_the_card_of_another_school_is_kept_for_none(room: Room):
    chosen = await room.choose(DIRECTOR, OTHER.id, closers=Closers.CLASS_TEACHER, sentence="", weekly=False)
    assert chosen == Decision(Reason.SCHOOL_CHANGED)
    assert await room.groups.keep(DIRECTOR, OTHER.id, "g", "Хор", ["small"]) == Decision(Reason.SCHOOL_CHANGED)
    assert await room.groups.drop(DIRECTOR, OTHER.id, "g") == Decision(Reason.SCHOOL_CHANGED)
    for school in (SCHOOL, OTHER):
        assert await room.database.school_choices.choices(school.id) == Choices()
        assert await room.database.school_choices.groups(school.id) == ()


async def test_a_group_has_those_who_are_still_in_the_school(room: Room):
    kept = await room.groups.keep(DIRECTOR, SCHOOL.id, "g", "Роботика", ["small", "second", "left", "small"])
    assert isinstance(kept, OwnGroup)
    assert kept.people == ("small", "second", "left")
    assert [one.id for one in (await room.board()).among(kept.people)] == ["small", "second"]


async def test_a_board_is_looked_at_once_an_hour_and_shown_with_its_age_where_the_directory_does_not_answer(
    room: Room,
):
    assert (await room.board()).at == MONDAY
    await room.board()
    assert room.directory.looks == 1
    room.clock.move(minutes=59)
    await room.board()
    assert room.directory.looks == 1
    room.clock.move(minutes=1)
    room.directory.fail = DirectoryUnavailable("away")
    shown = await room.board()
    assert (shown.at, len(shown.people)) == (MONDAY, 5)
    room.directory.fail = None
    assert (await room.board()).at == MONDAY + timedelta(hours=1)


async def test_a_school_never_looked_at_has_no_board_while_the_directory_is_away(room: Room):
    room.directory.fail = DirectoryUnavailable("away")
    with pytest.raises(DirectoryUnavailable):
        await room.show(DIRECTOR)


async def test_from_new_to_everything_handed_over(room: Room):
    board = await room.board()
    assert board.counts.percent == 0
    assert len(board.view(View.NEW, room.clock(), room.timing)) == 5
    students = [one for one in board.people if one.kind is Kind.STUDENT]
    await room.closed(DIRECTOR, *(signed(one.id, Recipient.STUDENT) for one in students))
    board = await room.board()
    assert (board.counts.left, board.counts.percent) == (1, 80)
    assert [one.id for one in board.view(View.UNUSED, room.clock(), room.timing)] == [one.id for one in students]
    await room.closed(DIRECTOR, signed("colleague", Recipient.TEACHER), closing="last")
    room.clock.move(hours=2)
    room.directory.changed = {"small": room.clock(), "grown": room.clock()}
    board = await room.board()
    assert board.counts.by_state == {BoardState.HANDED: 3, BoardState.IN_USE: 2}
    assert board.counts.percent == 100
    room.clock.move(days=7)
    board = await room.board()
    assert [(week.monday, week.handed, week.of, week.used) for week in board.weeks] == [
        ("2026-09-14", 5, 5, 2),
        ("2026-09-21", 5, 5, 2),
    ]


async def test_new_accounts_are_told_once_in_working_hours_and_what_is_left_at_the_beginning_of_the_week(room: Room):
    room.clock.now = MONDAY + timedelta(hours=11)  # half past nine in the evening
    await room.board()
    assert await room.tasks(NEW, WEEKLY) == []
    room.clock.now = MONDAY + timedelta(hours=22)  # half past eight on Tuesday
    assert await room.tasks(NEW, WEEKLY) == [
        (NEW, {"school": "school", "at": (MONDAY + timedelta(hours=11)).isoformat()})
    ]
    told = await room.database.boards.told(SCHOOL.id, MONDAY + timedelta(hours=11))
    assert len(told) == 5
    await room.board()
    room.clock.now = MONDAY + timedelta(days=7)
    found = await room.tasks(NEW, WEEKLY)
    assert [one for one in found if one[0] == WEEKLY] == [(WEEKLY, {"school": "school", "week": "2026-09-21"})]


async def test_where_the_director_does_not_want_it_or_nothing_is_left_no_weekly_line_is_written(room: Room):
    await room.choose(DIRECTOR, SCHOOL.id, closers=Closers.DIRECTOR, sentence="", weekly=False)
    await room.board()
    room.clock.move(days=8)
    assert await room.tasks(WEEKLY) == []
    await room.choose(DIRECTOR, SCHOOL.id, closers=Closers.DIRECTOR, sentence="", weekly=True)
    room.directory.changed = dict.fromkeys(PEOPLE, room.clock())
    await room.board()
    room.clock.move(days=8)
    assert await room.tasks(WEEKLY) == []


def rounds(room: Room) -> GoRound:
    return GoRound(
        boards=room.database.boards, tasks=room.database.queue, calendar=room.calendar, clock=room.clock,
        every=timedelta(hours=3),
    )  # fmt: skip


async def go(room: Room) -> TryAgain:
    await room.database.queue.add([first_round(room.clock())])
    (task,) = await room.database.queue.claim([ROUND], 9, timedelta(seconds=1))
    with pytest.raises(TryAgain) as later:
        await rounds(room).carry_out(task)
    await room.database.queue.again(task, room.clock() + later.value.after, later.value.why, failed=False)
    return later.value


async def test_a_round_has_schools_looked_at_that_are_due_each_once_a_period(room: Room):
    await room.database.directors.seen(SCHOOL.id, "director")
    await room.database.directors.seen(OTHER.id, "neighbour")
    assert (await go(room)).why == "next-round"
    assert await room.tasks(LOOK) == [], "each at a moment of its own"
    room.clock.move(minutes=15)
    await go(room)
    claimed = await room.database.queue.claim([LOOK], 9, timedelta(minutes=1))
    assert sorted(task.payload["school"] for task in claimed) == ["other", "school"], "written once"
    handler = LookAtSchool(look=room.look)
    for task in claimed:
        await handler.carry_out(task)
    assert room.directory.looks == 2
    assert (await room.database.boards.kept(SCHOOL.id)).at == room.clock()
    room.clock.move(minutes=15)
    await go(room)
    room.clock.move(minutes=15)
    assert await room.tasks(LOOK) == []
    room.clock.move(hours=3)
    await go(room)
    room.clock.move(minutes=15)
    assert len(await room.tasks(LOOK)) == 2


async def test_what_is_done_beside_looks_comes_round_however_often_somebody_looks(room: Room):
    await room.database.directors.seen(SCHOOL.id, "director")
    beside = GoRoundBeside(
        boards=room.database.boards, tasks=room.database.queue, calendar=room.calendar, clock=room.clock,
        every=timedelta(hours=3), kinds=("lists.resolve",),
    )  # fmt: skip
    await room.database.queue.add([first_round_beside(room.clock())])
    for _ in range(3):
        await room.look(SCHOOL)
        (task,) = await room.database.queue.claim([BESIDE], 9, timedelta(seconds=1))
        with pytest.raises(TryAgain) as later:
            await beside.carry_out(task)
        await room.database.queue.again(task, room.clock() + later.value.after, later.value.why, failed=False)
        room.clock.move(minutes=15)
        (due,) = await room.database.queue.claim(["lists.resolve"], 9, timedelta(minutes=1))
        assert due.payload == {"school": SCHOOL.id}
        await room.database.queue.done(due)
        room.clock.move(hours=2, minutes=45)
    room.clock.now = MONDAY + timedelta(hours=11)
    with pytest.raises(TryAgain) as closed:
        await beside.carry_out(Task(1, BESIDE, "round", {}, 1))
    assert closed.value.why == "closed"


@pytest.mark.parametrize("hours", [-8, 11, 24 * 5])
async def test_nobody_is_looked_at_outside_working_hours(room: Room, hours: int):
    await room.database.directors.seen(SCHOOL.id, "director")
    room.clock.now = MONDAY + timedelta(hours=hours)
    later = await go(room)
    assert later.why == "closed"
    assert room.calendar.is_open(room.clock() + later.after)
    room.clock.move(minutes=20)
    assert await room.tasks(LOOK) == []


def test_a_task_says_nothing_of_anybody():
    task = first_round(MONDAY)
    assert isinstance(task, NewTask)
    assert task.payload == {}
