import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.decision import Decision, Reason
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.handover.model import Ground, Handing, Recipient
from bot.core.passwords.model import NOTICE, RESET, Failure, Form, NewOperation, Operation, Refused, Stage
from bot.core.passwords.request import Checked
from bot.core.people.model import AccountState, Kind
from tests.properties.strategies import TENANT
from tests.unit.core.password_world import (
    AGEING,
    CHAT,
    DEPUTY,
    DIRECTOR,
    ELSEWHERE,
    FIRST_GRADER,
    FOREIGNER,
    GROWN,
    OTHER,
    OWN,
    PUPIL,
    TEACHER,
    TEACHERS_WISH,
    UNBORN,
    WISH,
    World,
    facts_of,
)

PARENTS_WISH = replace(WISH, recipient=Recipient.PARENT)


@pytest.fixture
def world():
    return World()


def refused(reason, until=None):
    return Refused(Decision(reason, until))


async def test_an_operation_begins(world):
    operation = await world.ask()

    asked = NewOperation(
        id="press-1",
        at=world.clock(),
        actor="director",
        tenant=TENANT,
        conversation=CHAT,
        school=OWN.id,
        person=PUPIL.person.id,
        name=PUPIL.person.name,
        username=PUPIL.person.username,
        class_="5 б",
        is_student=True,
        recipient=Recipient.STUDENT,
        ground=Ground.OWNER,
        form=Form.PUPIL,
        revoke=False,
        job="",
    )
    assert operation == Operation(asked, Stage.REQUESTED)
    ((key, due),) = world.tasks(RESET)
    assert key == "press-1"
    assert due < world.clock() - timedelta(minutes=30), "ahead of every class that waits"
    assert world.queue.of(RESET)[0].payload == {"operation": "press-1"}
    (entry,) = world.audit.entries
    assert (entry.at, entry.actor, entry.action, entry.subject, entry.outcome) == (
        world.clock(),
        "director",
        "password.requested",
        PUPIL.person.id,
        "allowed",
    )
    assert entry.detail == {"operation": "press-1", "recipient": "student", "ground": "owner", "school": OWN.id}


async def test_checking_says_the_same_and_writes_nothing(world):
    assert await world.request.check(DIRECTOR, WISH) == Checked(PUPIL, Handing(Recipient.STUDENT, Ground.OWNER))
    await world.request.check(DIRECTOR, replace(WISH, recipient=None))

    assert (world.audit.entries, world.queue.rows, world.operations.operations) == ([], {}, {})


async def test_checking_does_not_ask_for_the_days_limit(world):
    await world.ask()

    assert isinstance(await world.request.check(DIRECTOR, replace(WISH, operation="press-2")), Checked)


@pytest.mark.parametrize(
    ("facts", "wish", "form"),
    [
        (PUPIL, WISH, Form.PUPIL),
        (FIRST_GRADER, replace(WISH, person=FIRST_GRADER.person.id), Form.GRADE_ONE),
        (TEACHER, TEACHERS_WISH, Form.STAFF),
    ],
)
async def test_the_form_follows_from_the_person(world, facts, wish, form):
    operation = await world.ask(wish)

    assert (operation.asked.form, operation.asked.is_student) == (form, facts.person.kind is Kind.STUDENT)


async def test_a_compromised_account_is_to_be_signed_out(world):
    operation = await world.ask(replace(WISH, compromised=True))

    assert operation.asked.revoke
    assert world.audit.entries[0].detail["revoke"] == "asked"


# Who receives it.

WORLD_DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("facts", "change", "ground"),
    [
        (PUPIL, {}, Ground.UNDER_14),
        (PUPIL, {"birth": date(2001, 1, 1)}, Ground.UNDER_14),
        (GROWN, {"sen": True}, Ground.SEN),
        (FOREIGNER, {"birth": date(2012, 11, 24)}, Ground.UNDER_14),
        (FOREIGNER, {"sen": True}, Ground.SEN),
    ],
)
async def test_a_parent_may_receive(world, facts, change, ground):
    operation = await world.ask(replace(PARENTS_WISH, person=facts.person.id, **change))

    assert (operation.asked.recipient, operation.asked.ground) == (Recipient.PARENT, ground)


@pytest.mark.parametrize(
    ("facts", "change", "reason"),
    [
        (GROWN, {}, Reason.FOURTEEN),
        (GROWN, {"birth": date(2020, 1, 1)}, Reason.FOURTEEN),
        (FOREIGNER, {}, Reason.AGE_UNKNOWN),
        (FOREIGNER, {"birth": date(2012, 11, 23)}, Reason.FOURTEEN),
        (FOREIGNER, {"birth": date(2026, 11, 24)}, Reason.BIRTH_IMPLAUSIBLE),
        (TEACHER, {}, Reason.ONLY_OWNER),
        (TEACHER, {"sen": True, "birth": date(2020, 1, 1)}, Reason.ONLY_OWNER),
        (TEACHER, {"recipient": Recipient.STUDENT}, Reason.ONLY_OWNER),
        (PUPIL, {"recipient": Recipient.TEACHER}, Reason.ONLY_OWNER),
        (PUPIL, {"recipient": None}, Reason.NO_RECIPIENT),
        (PUPIL, {"identity": False}, Reason.IDENTITY_NOT_ATTESTED),
    ],
)
async def test_who_may_not_receive_it(world, facts, change, reason):
    wish = replace(PARENTS_WISH, person=facts.person.id, **change)

    assert await world.request.check(DIRECTOR, wish) == refused(reason)
    assert world.audit.entries == []
    assert await world.ask(wish) == refused(reason)
    (entry,) = world.audit.entries
    assert (entry.action, entry.subject, entry.outcome) == ("password.requested", facts.person.id, "denied")
    assert entry.detail["reason"] == reason.value
    assert (world.queue.rows, world.operations.operations) == ({}, {})


@pytest.mark.parametrize(("identifier", "year"), [(UNBORN, 2026), (AGEING, 2048)])
@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({}, Reason.AGE_UNKNOWN),
        ({"years": 10}, Ground.UNDER_14),
        ({"years": 14}, Reason.FOURTEEN),
        ({"years": -1}, Reason.BIRTH_IMPLAUSIBLE),
        ({"years": 31}, Reason.BIRTH_IMPLAUSIBLE),
        ({"sen": True}, Ground.SEN),
        ({"recipient": Recipient.STUDENT}, Ground.OWNER),
    ],
)
async def test_a_number_with_an_impossible_birth_tells_no_age_and_the_stated_one_counts(
    world, identifier, year, change, answer
):
    world.stand(identifier=identifier)
    world.clock.now = world.clock.now.replace(year=year)
    given = dict(change)
    if "years" in given:
        given["birth"] = date(year - given.pop("years"), 11, 23)

    checked = await world.request.check(DIRECTOR, replace(PARENTS_WISH, **given))

    assert (checked.handing.ground if isinstance(checked, Checked) else checked.decision.denied_because) is answer


# Who asks, and for whom: read again, whatever the card and the scene believe.


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (Actor("director", TENANT, Role.TEACHER), Reason.TEACHER),
        (Actor("director", TENANT, Role.NONE), Reason.STRANGER),
        (replace(DIRECTOR, enabled=False), Reason.ACCOUNT_DISABLED),
        (replace(DIRECTOR, school=None), Reason.SCHOOL_UNKNOWN),
        (replace(DIRECTOR, school=OTHER), Reason.SCHOOL_CHANGED),
    ],
)
async def test_a_role_lost_between_the_question_and_the_answer(world, now, reason):
    assert isinstance(await world.request.check(DIRECTOR, WISH), Checked)
    world.actors.actors["director"] = now
    world.accounts.calls.clear()

    assert await world.request.check(DIRECTOR, WISH) == refused(reason)
    assert await world.ask() == refused(reason)
    assert world.accounts.calls == []
    assert world.entries() == [("requested", "denied")]
    assert (world.queue.rows, world.operations.operations) == ({}, {})


@pytest.mark.parametrize("claimed", [DIRECTOR, replace(DIRECTOR, school=OTHER), Actor("director", TENANT, Role.NONE)])
async def test_what_is_known_of_the_actor_counts_for_nothing(world, claimed):
    assert isinstance(await world.ask(actor=claimed), Operation)
    world.actors.actors.clear()
    assert await world.ask(replace(WISH, operation="press-2"), claimed) == refused(Reason.STRANGER)


async def test_a_card_made_for_another_school(world):
    assert await world.ask(replace(WISH, school=OTHER.id)) == refused(Reason.SCHOOL_CHANGED)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (ELSEWHERE, Reason.NOT_OURS),
        (facts_of(9, kind=Kind.TEACHER, schools=(OTHER,)), Reason.NOT_OURS),
        (facts_of(9, kind=Kind.OTHER), Reason.PROTECTED),
        (facts_of(9, kind=Kind.TEACHER, extension_role="0"), Reason.PROTECTED),
        (facts_of(9, extension_role="13"), Reason.PROTECTED),
        (facts_of(9, privileged=True), Reason.PROTECTED),
        (facts_of(9, guest=True), Reason.PROTECTED),
        (facts_of(9, synchronised=True), Reason.PROTECTED),
        (facts_of(9, state=AccountState.DISABLED), Reason.ACCOUNT_OFF),
    ],
)
async def test_no_operation_begins_for_them(world, facts, reason):
    world.accounts.put(facts)

    assert await world.ask(replace(WISH, person=facts.person.id)) == refused(reason)
    assert world.entries() == [("requested", "denied")]
    assert (world.queue.rows, world.accounts.set_calls) == ({}, [])


async def test_not_for_oneself_and_not_for_nobody(world):
    world.accounts.put(replace(PUPIL, person=replace(PUPIL.person, id="director")))

    assert await world.ask(replace(WISH, person="director")) == refused(Reason.SELF)
    assert await world.ask(replace(WISH, person="oid-99")) == refused(Reason.NOBODY)


async def test_a_student_released_to_the_school(world):
    world.releases.add(ELSEWHERE.person.id, OWN.id, world.clock(), world.clock() + timedelta(days=1), OTHER.id)

    operation = await world.ask(replace(WISH, person=ELSEWHERE.person.id))

    assert (operation.asked.school, operation.asked.person) == (OWN.id, ELSEWHERE.person.id)


@pytest.mark.parametrize("where", ["actor", "account", "store", "audit"])
async def test_what_cannot_be_read_or_kept_begins_nothing(world, where):
    match where:
        case "actor":
            world.actors.fail_next.append(DirectoryUnavailable())
        case "account":
            world.accounts.fail_read.append(DirectoryUnavailable())
        case "store":
            world.operations.fail_with = StoreUnavailable("OperationalError")
        case "audit":
            world.audit.fail_with = StoreUnavailable("OperationalError")

    with pytest.raises((DirectoryUnavailable, StoreUnavailable)):
        await world.ask()
    assert (world.queue.rows, world.operations.operations, world.audit.entries) == ({}, {}, [])


async def test_a_refusal_that_cannot_be_recorded_is_an_error(world):
    world.audit.fail_with = StoreUnavailable("OperationalError")

    with pytest.raises(StoreUnavailable):
        await world.ask(replace(WISH, identity=False))


# The same press, and too many of them.


async def test_a_press_delivered_again_is_the_same_operation(world):
    first = await world.ask()
    assert await world.ask() == first
    await world.work()
    again = await world.ask()

    assert (again.asked.id, again.stage) == (first.asked.id, Stage.READY)
    assert len(world.queue.of(RESET)) == 1
    assert world.entries("password.requested") == [("requested", "allowed")]


async def test_a_press_delivered_again_when_the_directory_is_gone(world):
    first = await world.ask()
    world.actors.fail_next.append(DirectoryUnavailable())

    assert await world.ask() == first


@pytest.mark.parametrize("copies", [2, 4])
async def test_a_press_delivered_several_times_at_once(copies):
    world = World()
    world.operations.yields = True

    answers = await asyncio.gather(*(world.ask() for _ in range(copies)))

    assert {answer.asked.id for answer in answers} == {"press-1"}
    assert len(world.queue.of(RESET)) == len(world.audit.entries) == 1


async def test_one_id_never_stands_for_two_accounts(world):
    await world.ask()

    assert await world.ask(replace(WISH, person=GROWN.person.id)) == refused(Reason.NOT_YOURS)
    assert await world.ask(replace(WISH, conversation="another chat")) == refused(Reason.NOT_YOURS)
    assert await world.ask(actor=DEPUTY) == refused(Reason.NOT_YOURS)
    assert len(world.operations.operations) == 1


async def test_without_an_id_there_is_no_operation(world):
    with pytest.raises(ValueError, match="repeated press"):
        await world.ask(replace(WISH, operation=""))


async def test_not_while_one_is_running(world):
    await world.ask()

    assert await world.ask(replace(WISH, operation="press-2")) == refused(Reason.RESET_RUNNING)
    assert await world.ask(replace(WISH, operation="press-3"), DEPUTY) == refused(Reason.RESET_RUNNING)
    assert world.entries() == [("requested", "allowed"), ("requested", "denied"), ("requested", "denied")]
    assert world.audit.entries[1].detail["reason"] == "reset-running"


async def test_two_directors_at_once_begin_one(world):
    world.operations.yields = True

    answers = await asyncio.gather(
        world.ask(), world.ask(replace(WISH, operation="press-2", conversation="deputy's"), DEPUTY)
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Operation", "Refused"]


async def test_the_third_within_a_day_is_refused_and_says_until_when(world):
    first = world.clock()
    await world.ready()
    world.clock.move(hours=3)
    await world.ready(replace(WISH, operation="press-2"))
    world.clock.move(hours=3)

    opens = first + timedelta(days=1)
    assert await world.ask(replace(WISH, operation="press-3")) == refused(Reason.THIRD_RESET, opens)
    world.clock.now = opens
    assert isinstance(await world.ask(replace(WISH, operation="press-4")), Operation)


async def test_what_failed_for_certain_does_not_count(world):
    for number in range(3):
        await world.ask(replace(WISH, operation=f"press-{number}"))
        task = await world.claim()
        await world.operations.fail(task, f"press-{number}", Failure.UNAVAILABLE, "", entries=(), tasks=())

    assert isinstance(await world.ask(replace(WISH, operation="press-9")), Operation)


async def test_one_that_nobody_looked_at_forbids_no_new_one(world):
    await world.ready()

    assert isinstance(await world.ask(replace(WISH, operation="press-2")), Operation)
    await world.work()
    assert (world.stored().stage, world.stored("press-2").stage) == (Stage.UNSEEN, Stage.READY)
    assert set(world.operations.secrets) == {"press-2"}


async def test_asking_tells_nobody_yet(world):
    await world.ask()

    assert world.tasks(NOTICE) == []
