"""Who may be authorised by whom, and what is written of a refusal: everything is read again at the press."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.actors.authorise import AuthoriseDeputy, Authority
from bot.core.actors.deputies import Absence, Deputy, absence_of
from bot.core.actors.model import Actor, Role
from bot.core.audit import AuditEntry
from bot.core.decision import Decision, Reason
from bot.core.people.model import AccountState, Kind, Person
from tests.fakes import NOON, FakeAuditLog, FakeClock, FakeDirectory
from tests.fakes_passwords import FakeActors, FakeQueue
from tests.fakes_transfers import FakeDeputies
from tests.properties.strategies import TENANT, school_of

OWN, OTHER = school_of(1), school_of(2)
DIRECTOR = Actor("director", TENANT, Role.DIRECTOR, OWN, works_at=(OWN,))
OFF = replace(DIRECTOR, enabled=False)
ELSEWHERE = replace(DIRECTOR, school=OTHER)
TODAY = date(2026, 11, 23)


def somebody(id_: str, kind: Kind = Kind.TEACHER, school=OWN) -> Person:
    return Person(id_, f"Жечо {id_}", f"{id_}@edu.mon.bg", kind, AccountState.ACTIVE, (school,))


PEOPLE = (
    somebody("colleague"),
    somebody("director"),
    somebody("student", Kind.STUDENT),
    somebody("teacher elsewhere", school=OTHER),
)
ASKED = Authority("colleague", OWN.id, "РД-1", TODAY, TODAY)


class Room:
    """A director who is, at the press, whoever `now` says."""

    def __init__(self, now: Actor = DIRECTOR) -> None:
        self.audit = FakeAuditLog()
        self.deputies = FakeDeputies(self.audit)
        self.use = AuthoriseDeputy(
            actors=FakeActors({now.object_id: now}),
            colleagues=FakeDirectory(PEOPLE),
            deputies=self.deputies,
            given_elsewhere=self._elsewhere,
            audit=self.audit,
            tasks=FakeQueue(FakeClock()),
            clock=FakeClock(),
        )

    async def _elsewhere(self, person: str, school: str) -> bool:
        return False

    async def authorise(self, **changes: object) -> Deputy | Decision:
        return await self.use.authorise(DIRECTOR, replace(ASKED, **changes))  # type: ignore[arg-type]


def denied(person: str, reason: Reason) -> AuditEntry:
    return AuditEntry(NOON, "director", "deputy.denied", person, "denied", {"reason": reason.value})


async def test_the_last_day_may_be_today_and_what_is_kept_is_what_was_ordered():
    room = Room()

    given = await room.authorise(order="РД-12")

    assert isinstance(given, Deputy)
    assert room.deputies.rows == [given]
    assert (given.school, given.person, given.name, given.order) == (OWN.id, "colleague", "Жечо colleague", "РД-12")
    assert (given.given_by, given.order_date, given.since) == ("director", TODAY, NOON)
    assert given.until.isoformat() == "2026-11-24T00:00:00+02:00"


async def test_of_a_long_order_forty_characters_are_kept():
    given = await Room().authorise(order="Р" * 60)

    assert isinstance(given, Deputy)
    assert given.order == "Р" * 40


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        ("nobody", Reason.NOBODY),
        ("director", Reason.NOT_A_COLLEAGUE),
        ("student", Reason.NOT_A_COLLEAGUE),
        ("teacher elsewhere", Reason.NOT_A_COLLEAGUE),
    ],
)
async def test_nobody_but_a_teacher_of_the_school_is_authorised_and_not_oneself(person, reason):
    room = Room()

    assert await room.use.colleague(DIRECTOR, person) == Decision(reason)
    assert await room.authorise(person=person) == Decision(reason)
    assert room.deputies.rows == []
    assert room.audit.entries == [denied(person, reason)]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"order": " \u200b"}, Reason.ORDER_MISSING),
        ({"order": " - "}, Reason.ORDER_MISSING),
        ({"order": "4742080922"}, Reason.ORDER_HIDDEN),
        ({"order": "РД-47-4208/0922"}, Reason.ORDER_HIDDEN),
        ({"order": "РД-••••••"}, Reason.ORDER_HIDDEN),
        ({"order_date": None}, Reason.ORDER_DATES),
        ({"order_date": TODAY + timedelta(days=1)}, Reason.ORDER_DATES),
        ({"until": None}, Reason.ORDER_DATES),
        ({"until": TODAY - timedelta(days=1)}, Reason.ORDER_DATES),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
async def test_an_order_that_cannot_be_right_authorises_nobody(wrong, reason):
    room = Room()

    assert await room.authorise(**wrong) == Decision(reason)
    assert room.deputies.rows == []
    assert room.audit.entries == [denied("colleague", reason)]


@pytest.mark.parametrize(("now", "reason"), [(OFF, Reason.ACCOUNT_DISABLED), (ELSEWHERE, Reason.SCHOOL_CHANGED)])
async def test_who_directs_the_school_no_more_neither_gives_nor_ends_an_authority(now, reason):
    room = Room(now)
    held = Deputy(OWN.id, "colleague", "", ASKED.order, TODAY, "director", NOON, NOON + timedelta(days=1))  # type: ignore[arg-type]
    room.deputies.rows.append(held)

    assert await room.authorise() == Decision(reason)
    assert await room.use.end(DIRECTOR, OWN.id, "colleague") == Decision(reason)
    assert room.deputies.rows == [held]
    assert room.audit.entries == [denied("colleague", reason)] * 2


async def test_who_is_disabled_is_shown_neither_deputies_nor_a_colleague():
    room = Room(OFF)

    assert await room.use.listed(OFF) == Decision(Reason.ACCOUNT_DISABLED)
    assert await room.use.colleague(OFF, "colleague") == Decision(Reason.ACCOUNT_DISABLED)


COLLEAGUE = Actor("colleague", TENANT, Role.TEACHER, works_at=(OTHER, OWN))


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (COLLEAGUE, None),
        (replace(COLLEAGUE, deputy_of=OTHER), None),
        (DIRECTOR, None),
        (replace(COLLEAGUE, works_at=(OTHER,)), Absence.LEFT),
        (replace(COLLEAGUE, works_at=()), Absence.LEFT),
        (replace(COLLEAGUE, role=Role.STUDENT), Absence.LEFT),
        (replace(COLLEAGUE, role=Role.DIRECTOR, school=OTHER), Absence.LEFT),
        (Actor("colleague", TENANT, Role.NONE, enabled=False), Absence.DISABLED),
    ],
)
def test_the_directory_keeps_whoever_is_no_teacher_of_the_school_any_more_from_deciding(now, why):
    assert absence_of(now, OWN.id) is why
