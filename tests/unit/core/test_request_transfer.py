"""Asking for a student: what is written down, whom it goes to, and who cannot be asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.audit import AuditEntry
from bot.core.decision import Decision, Reason
from bot.core.people.free_text import FreeText
from bot.core.people.model import AccountState
from bot.core.transfers.decide import Decided, NotDecided
from bot.core.transfers.limits import AskLimits
from bot.core.transfers.model import CARRY_OUT, CLOCK, TELL, Asked, Basis, Deadlines, Side, State
from bot.core.transfers.policy import Choice
from bot.core.transfers.request import AlreadyAsked, NotAsked, PreparedTransfer, Sent
from bot.core.transfers.told import new_card
from tests.fakes import NOON
from tests.unit.core.transfer_world import (
    ASKER,
    BOTH,
    COLLEAGUE,
    DEPUTY,
    EXPERT,
    HEAD,
    NAMESAKE,
    NEW,
    OLD,
    PUPIL,
    TEACHER,
    THIRD,
    THIRD_HEAD,
    WISH,
    World,
    pupil,
)

DEADLINES = Deadlines(
    remind_at=datetime(2026, 11, 24, 10, tzinfo=UTC),
    overdue_at=datetime(2026, 11, 26, 10, tzinfo=UTC),
    escalate_at=datetime(2026, 11, 30, 10, tzinfo=UTC),
    expire_at=datetime(2027, 1, 4, 10, tzinfo=UTC),
)
"""1, 3, 5 and 30 working days after noon on Monday the 23rd."""

THE_SAME_PERSON = {
    "by the schools of one account": BOTH,
    "by another account in the same names": ASKER,
}


async def asked_by_who_directs_both(how: str) -> World:
    world = World()
    if how == "by another account in the same names":
        world.deciders.of_school[OLD.id] = (HEAD.object_id, NAMESAKE.object_id)
    await world.asked(THE_SAME_PERSON[how])
    return world


@pytest.mark.parametrize("how", THE_SAME_PERSON)
async def test_who_directs_the_releasing_school_too_has_asked_the_office_and_nobody_of_that_school(how):
    world = await asked_by_who_directs_both(how)

    assert world.now.asked.office_only
    assert world.now.state is State.ESCALATED
    assert world.now.deadlines == replace(DEADLINES, escalate_at=NOON)
    assert not new_card(Side.RELEASING, world.now)
    assert new_card(Side.OFFICE, world.now)


@pytest.mark.parametrize("how", THE_SAME_PERSON)
async def test_nor_may_a_deputy_of_that_school_decide_it(how):
    world = await asked_by_who_directs_both(how)

    refused = await world.does(DEPUTY, Choice.APPROVE)

    assert isinstance(refused, NotDecided)
    assert refused.decision == Decision(Reason.OFFICE_ONLY)
    assert world.now.state is State.ESCALATED
    assert not world.queue.of(CARRY_OUT)
    assert world.releases.until == {}
    assert world.audit.entries[1:] == [
        AuditEntry(NOON, "deputy", "transfer.denied", "pupil", "denied", {"what": "approve", "reason": "office-only"})
    ]


@pytest.mark.parametrize(
    "namesake",
    [replace(NAMESAKE, school=THIRD), replace(NAMESAKE, school=None), replace(NAMESAKE, name="Юлия Щерева")],
    ids=["of a third school now", "of no school", "in two names"],
)
async def test_who_directs_one_school_has_asked_the_other(namesake):
    world = World()
    world.actors.actors["namesake"] = namesake
    world.deciders.of_school[OLD.id] = (ASKER.object_id, HEAD.object_id, "namesake")

    await world.asked()

    assert not world.now.asked.office_only
    assert (world.now.state, world.now.deadlines) == (State.REQUESTED, DEADLINES)
    assert new_card(Side.RELEASING, world.now)


CALLED = "ОУ „Св. св. Кирил и Методий“"
"""Dozens of schools."""


@pytest.mark.parametrize(
    "called",
    [CALLED, "ОУ „Св. св. Кирил и Методий“ – Яново", "Яница Гьорева Пощова"],
    ids=["as both schools", "otherwise than they are listed", "as the same person"],
)
async def test_schools_whose_accounts_bear_one_name_ask_each_other(called):
    """A director signs in with the school's account, and НЕИСПУО gives it the school's name."""
    world = World()
    actors = world.actors.actors
    new, old = (replace(school, name=CALLED) for school in (NEW, OLD))
    asker = actors["asker"] = replace(ASKER, name=called, username="2990001@edu.mon.bg", school=new, works_at=(new,))
    head = actors["head"] = replace(HEAD, name=called, username="2990002@edu.mon.bg", school=old)

    await world.asked(asker)

    assert (world.now.asked.office_only, world.now.state) == (False, State.REQUESTED)
    assert (await world.concerned(world.now, office=False)).releasing == ("head", "deputy")
    assert isinstance(await world.does(head, Choice.APPROVE), Decided)


async def test_a_school_whose_name_an_account_bears_is_nobody_whatever_the_account_is_called():
    world = World()
    actors = world.actors.actors
    new, old = replace(NEW, name=CALLED), replace(OLD, name=CALLED.replace("„", '"').replace("“", '"'))
    asker = actors["asker"] = replace(ASKER, name=CALLED.upper(), username="ou.kim@edu.mon.bg", school=new)
    head = actors["head"] = replace(HEAD, name=CALLED, username="ou.metodiy@edu.mon.bg", school=old)

    await world.asked(asker)

    assert not world.now.asked.office_only
    assert isinstance(await world.does(head, Choice.APPROVE), Decided)


async def test_what_was_asked_is_written_down_with_its_entry_and_two_tasks():
    world = World()

    await world.asked(
        note=" бел\nежка ", certificate="УП-17", certificate_date=date(2026, 11, 23), basis_text="не се чете"
    )

    assert world.now.asked == Asked(
        id="press-1",
        at=NOON,
        actor="asker",
        actor_name="Юлия Иванова Щерева",
        tenant="00000000-0000-4000-8000-000000000299",
        conversation="a:chat-of-the-director",
        receiving=NEW,
        releasing=OLD,
        person="pupil",
        name="Тайна Тайнова Щерева",
        username="ip01234567@edu.mon.bg",
        class_="5 б",
        masked="••••••••46",
        to_class="8 а",
        basis=Basis.APPLICATION,
        certificate=FreeText("УП-17"),
        certificate_date=date(2026, 11, 23),
        note=FreeText("бел ежка"),
    )
    asked = {"transfer": "press-1", "number": "1", "receiving": "school-1", "releasing": "school-2", "version": "1"}
    assert world.audit.entries == [
        AuditEntry(NOON, "asker", "transfer.requested", "pupil", "requested", asked),
    ]
    assert [(row.kind, row.key, row.payload, row.run_at) for row in world.queue.rows.values()] == [
        (
            TELL,
            "press-1:1:submitted",
            {"transfer": "press-1", "event": "submitted", "at": "2026-11-23T10:00:00+00:00"},
            NOON,
        ),
        (CLOCK, "press-1:0", {"transfer": "press-1", "round": "0"}, NOON),
    ]


async def test_the_clock_of_a_request_of_the_evening_begins_in_the_morning():
    world = World()
    world.clock.now = NOON + timedelta(hours=9)

    await world.asked(basis=Basis.OTHER, basis_text="друга причина")

    assert world.live(CLOCK) == [datetime(2026, 11, 24, 6, tzinfo=UTC)]
    assert world.now.asked.basis_text == "друга причина"


async def test_a_school_none_of_whose_classes_is_known_gets_the_student_in_none():
    world = World()
    world.roster.teams = {key: one for key, one in world.roster.teams.items() if one[0] == OLD.id}

    await world.asked(to_class="8 а")

    assert world.now.asked.to_class == ""


async def test_of_several_schools_the_chosen_one_is_asked():
    world = World()
    world.roster.people[PUPIL] = pupil(schools=(THIRD, OLD))

    assert await world.request(ASKER, WISH) == NotAsked(Decision(Reason.WHICH_SCHOOL), await world.roster.of(PUPIL))
    await world.asked(releasing=OLD.id)
    assert world.now.asked.releasing == OLD


@pytest.mark.parametrize(
    ("actor", "wish", "reason", "seen"),
    [
        (TEACHER, WISH, Reason.TEACHER_REQUESTS, False),
        (DEPUTY, WISH, Reason.TEACHER_REQUESTS, False),
        (EXPERT, WISH, Reason.REGIONAL_OFFICE, False),
        (THIRD_HEAD, WISH, Reason.SCHOOL_CHANGED, True),
        (HEAD, replace(WISH, school=OLD.id), Reason.ALREADY_HERE, True),
        (ASKER, replace(WISH, person="nobody"), Reason.NOBODY, False),
        (ASKER, replace(WISH, to_class="9 а"), Reason.CLASS_MISSING, True),
        (ASKER, replace(WISH, basis=None), Reason.REASON_MISSING, True),
        (ASKER, replace(WISH, certificate_date=date(2026, 11, 24)), Reason.CERTIFICATE_DATE, True),
    ],
)
async def test_who_may_not_ask_is_recorded_with_the_reason_and_nothing_is_written(actor, wish, reason, seen):
    world = World()

    answer = await world.request(actor, wish)

    assert isinstance(answer, NotAsked)
    assert (answer.decision, answer.placement is not None) == (Decision(reason), seen)
    assert not world.transfers.rows
    assert not world.queue.rows
    assert world.audit.entries == [
        AuditEntry(
            NOON,
            actor.object_id,
            "transfer.denied",
            wish.person,
            "denied",
            {"what": "request", "reason": reason.value},
        )
    ]


async def test_what_is_beyond_the_limit_is_recorded_too():
    world = World()
    for number in range(3):
        await world.asked(id=f"press-{number + 1}")
        row = world.transfers.rows[f"press-{number + 1}"]
        world.transfers.rows[row.id] = replace(row, state=State.REFUSED)

    answer = await world.request(ASKER, replace(WISH, id="press-4"))

    until = datetime(2026, 11, 30, 10, tzinfo=UTC)
    assert answer == NotAsked(Decision(Reason.STUDENT_ASKED_OFTEN, until))
    assert world.entries()[3:] == [("denied", "denied")]
    assert world.audit.entries[3].at == NOON
    assert world.audit.entries[3].detail == {"what": "request", "reason": "student-asked-often"}
    assert (world.audit.entries[3].actor, world.audit.entries[3].subject) == ("asker", "pupil")
    assert await world.request.prepare(ASKER, PUPIL) == NotAsked(Decision(Reason.STUDENT_ASKED_OFTEN, until))


async def test_a_press_that_arrives_twice_asks_once_and_stands_for_one_person_and_one_student():
    world = World()
    first = await world.asked()

    assert await world.request(ASKER, WISH) == Sent(first)
    for actor, wish in ((COLLEAGUE, WISH), (ASKER, replace(WISH, person="another"))):
        assert await world.request(actor, wish) == NotAsked(Decision(Reason.SCHOOL_CHANGED))
    assert len(world.audit.entries) == 1
    with pytest.raises(ValueError, match="without an id"):
        await world.request(ASKER, replace(WISH, id=""))


async def test_a_student_who_is_asked_for_already_is_not_asked_for_again():
    world = World()
    await world.asked()

    assert await world.request(COLLEAGUE, replace(WISH, id="press-2")) == AlreadyAsked(1, True, "press-1")
    assert await world.request.prepare(COLLEAGUE, PUPIL) == AlreadyAsked(1, True, "press-1")
    others = replace(WISH, id="press-3", school=THIRD.id)
    world.roster.team(THIRD.id, "Музика - 8 а - ООП")
    assert await world.request(THIRD_HEAD, others) == AlreadyAsked(1, False, "")
    assert list(world.transfers.rows) == ["press-1"]


async def test_the_form_offers_the_classes_and_writes_nothing():
    world = World()
    world.roster.people[PUPIL] = pupil(state=AccountState.DISABLED)

    form = await world.request.prepare(ASKER, PUPIL)

    assert isinstance(form, PreparedTransfer)
    assert form.placement.person.id == PUPIL
    assert [one.name for one in form.classes] == ["6 а", "8 а"]
    assert await world.request.prepare(TEACHER, PUPIL) == NotAsked(Decision(Reason.TEACHER_REQUESTS))
    assert await world.request.prepare(ASKER, "nobody") == NotAsked(Decision(Reason.NOBODY))
    assert not world.transfers.rows
    assert not world.audit.entries


async def test_who_has_asked_one_school_too_often_is_told_so_before_the_form_is_filled_in():
    world = World()
    world.request = replace(world.request, limits=AskLimits(per_school=1))
    await world.asked()
    world.roster.add(pupil(id="another"))
    often = NotAsked(Decision(Reason.SCHOOL_ASKED_OFTEN, datetime(2026, 11, 24, 10, tzinfo=UTC)))

    assert await world.request.prepare(ASKER, "another") == often
    assert await world.request(ASKER, replace(WISH, id="press-2", person="another")) == often
    world.roster.move("another", OLD.id, THIRD.id)
    assert isinstance(await world.request.prepare(ASKER, "another"), PreparedTransfer), "of which one is chosen later"


async def test_a_director_who_has_asked_too_often_is_told_so_before_too():
    world = World()
    world.request = replace(world.request, limits=AskLimits(per_director=1))
    await world.asked()
    world.roster.add(pupil(id="another"))

    refused = await world.request.prepare(ASKER, "another")

    assert refused == NotAsked(Decision(Reason.ASKED_OFTEN, datetime(2026, 11, 24, 10, tzinfo=UTC)))


async def test_why_a_student_cannot_be_asked_for_is_told_with_what_is_known_of_them():
    world = World()
    world.roster.unordinary.add(PUPIL)

    assert await world.request.prepare(ASKER, PUPIL) == NotAsked(
        Decision(Reason.NOT_MOVABLE), await world.roster.of(PUPIL)
    )


async def test_words_are_cut_where_a_card_can_hold_no_more():
    world = World()

    await world.asked(basis=Basis.OTHER, basis_text="а" * 301, certificate="б" * 41, note="в" * 301)

    asked = world.now.asked
    assert (asked.basis_text, asked.certificate, asked.note) == ("а" * 300, "б" * 40, "в" * 300)


async def test_who_asks_is_read_anew_in_the_tenant():
    world = World()
    world.actors.actors["asker"] = replace(ASKER, enabled=False)

    assert await world.request(ASKER, WISH) == NotAsked(
        Decision(Reason.ACCOUNT_DISABLED), await world.roster.of(PUPIL)
    )
    assert world.actors.calls == [("asker", "00000000-0000-4000-8000-000000000299")]
