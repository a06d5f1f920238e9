from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.actors.model import Role
from bot.core.decision import Decision, Reason
from bot.core.errors import DirectoryForbidden, DirectoryMisunderstood, DirectoryUnavailable, StoreUnavailable
from bot.core.handover.model import Recipient
from bot.core.passwords.model import PasswordStatus, Refused
from bot.core.passwords.request import PreparedReset
from bot.core.people.model import AccountState, Kind
from tests.unit.core.password_world import (
    AGEING,
    DIRECTOR,
    ELSEWHERE,
    FOREIGNER,
    GROWN,
    OTHER,
    OWN,
    PUPIL,
    TEACHER,
    THIRD,
    UNBORN,
    World,
    facts_of,
)

PARENT, STUDENT = Recipient.PARENT, Recipient.STUDENT


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize(
    ("facts", "choices", "asks_birth", "under_14"),
    [
        (PUPIL, (STUDENT, PARENT), False, True),
        (GROWN, (STUDENT, PARENT), False, False),
        (FOREIGNER, (STUDENT, PARENT), True, None),
        (TEACHER, (Recipient.TEACHER,), False, None),
    ],
)
async def test_who_may_receive_is_asked_by_what_is_known(world, facts, choices, asks_birth, under_14):
    prepared = await world.prepare(DIRECTOR, facts.person.id)

    assert prepared == PreparedReset(facts, PasswordStatus.NEVER, None, choices, asks_birth, under_14)


async def test_a_birthday_counts_in_sofia(world):
    birthday = "4251020743"  # counted thirty years earlier: 2 November 2012
    world.stand(GROWN, identifier=birthday)
    world.clock.now = world.clock.now.replace(month=11, day=1, hour=21, minute=59)
    assert (await world.prepare(DIRECTOR, GROWN.person.id)).under_14
    world.clock.move(minutes=1)  # midnight in Sofia
    assert (await world.prepare(DIRECTOR, GROWN.person.id)).under_14 is False


@pytest.mark.parametrize(("identifier", "year"), [(UNBORN, 2026), (AGEING, 2048)])
async def test_a_birth_that_no_student_can_have_tells_no_age(world, identifier, year):
    world.stand(identifier=identifier)
    world.clock.now = world.clock.now.replace(year=year)

    prepared = await world.prepare(DIRECTOR, PUPIL.person.id)

    assert (prepared.asks_birth, prepared.under_14, prepared.choices) == (True, None, (STUDENT, PARENT))


async def test_a_birth_is_possible_until_the_thirtieth_birthday(world):
    world.stand(identifier=AGEING)
    world.clock.now = world.clock.now.replace(year=2047, month=10, day=8)
    assert (await world.prepare(DIRECTOR, PUPIL.person.id)).under_14 is False

    world.clock.move(days=1)
    assert (await world.prepare(DIRECTOR, PUPIL.person.id)).under_14 is None


async def test_what_was_given_before_is_told(world):
    operation = await world.ready()
    prepared = await world.prepare(DIRECTOR, PUPIL.person.id)
    assert (prepared.status, prepared.last) == (PasswordStatus.READY, operation)

    world.clock.move(hours=1)
    world.accounts.change(PUPIL.person.id, "its own")
    assert (await world.prepare(DIRECTOR, PUPIL.person.id)).status is PasswordStatus.CHANGED


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (replace(DIRECTOR, role=Role.TEACHER, school=None), Reason.TEACHER),
        (replace(DIRECTOR, role=Role.STUDENT, school=None), Reason.STUDENT),
        (replace(DIRECTOR, role=Role.REGIONAL_OFFICE, school=None), Reason.REGIONAL_OFFICE),
        (replace(DIRECTOR, role=Role.NONE, school=None), Reason.STRANGER),
        (replace(DIRECTOR, school=None), Reason.SCHOOL_UNKNOWN),
        (replace(DIRECTOR, enabled=False), Reason.ACCOUNT_DISABLED),
        (replace(DIRECTOR, object_id="OID-1"), Reason.SELF),
    ],
)
async def test_who_may_not_learns_nothing_and_nothing_is_read(world, actor, reason):
    assert await world.prepare(actor, PUPIL.person.id) == Refused(Decision(reason))
    assert await world.prepare(actor, "nobody" if reason is not Reason.SELF else "oid-1") == Refused(Decision(reason))
    assert world.accounts.calls == []


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (ELSEWHERE, Reason.NOT_OURS),
        (facts_of(9, kind=Kind.TEACHER, schools=(OTHER,)), Reason.NOT_OURS),
        (facts_of(9, kind=Kind.OTHER), Reason.PROTECTED),
        (facts_of(9, extension_role="0"), Reason.PROTECTED),
        (facts_of(9, privileged=True), Reason.PROTECTED),
        (facts_of(9, guest=True), Reason.PROTECTED),
        (facts_of(9, synchronised=True), Reason.PROTECTED),
        (facts_of(9, state=AccountState.DISABLED), Reason.ACCOUNT_OFF),
    ],
)
async def test_whose_password_is_never_set(world, facts, reason):
    world.accounts.put(facts)

    assert await world.prepare(DIRECTOR, facts.person.id) == Refused(Decision(reason))


async def test_nobody_is_there(world):
    assert await world.prepare(DIRECTOR, "oid-99") == Refused(Decision(Reason.NOBODY))


async def test_a_released_student_as_long_as_the_release_lasts(world):
    world.releases.add(ELSEWHERE.person.id, OWN.id, world.clock(), world.clock() + timedelta(days=1), OTHER.id)
    assert isinstance(await world.prepare(DIRECTOR, ELSEWHERE.person.id), PreparedReset)

    world.clock.move(days=1)
    assert await world.prepare(DIRECTOR, ELSEWHERE.person.id) == Refused(Decision(Reason.NOT_OURS))


async def test_a_release_holds_between_two_schools_and_not_at_a_third(world):
    """While an approved request waits for people, НЕИСПУО may have moved the child elsewhere."""
    later, child = world.clock() + timedelta(days=1), ELSEWHERE.person.id
    world.releases.add(child, OWN.id, world.clock(), later, OTHER.id)

    world.accounts.put(replace(ELSEWHERE, person=replace(ELSEWHERE.person, schools=())))
    assert isinstance(await world.prepare(DIRECTOR, child), PreparedReset)

    world.accounts.put(replace(ELSEWHERE, person=replace(ELSEWHERE.person, schools=(THIRD,))))
    assert await world.prepare(DIRECTOR, child) == Refused(Decision(Reason.NOT_OURS))


async def test_a_release_to_another_school_or_of_a_teacher_is_none(world):
    teacher = facts_of(9, kind=Kind.TEACHER, schools=(OTHER,))
    world.accounts.put(teacher)
    later = world.clock() + timedelta(days=1)
    world.releases.add(ELSEWHERE.person.id, OTHER.id, world.clock(), later, OTHER.id)
    world.releases.add(teacher.person.id, OWN.id, world.clock(), later, OTHER.id)

    for facts in (ELSEWHERE, teacher):
        assert await world.prepare(DIRECTOR, facts.person.id) == Refused(Decision(Reason.NOT_OURS))


@pytest.mark.parametrize("error", [DirectoryUnavailable(), DirectoryForbidden(), DirectoryMisunderstood()])
async def test_what_cannot_be_read_is_not_allowed(world, error):
    world.accounts.fail_read.append(error)

    with pytest.raises(type(error)):
        await world.prepare(DIRECTOR, PUPIL.person.id)


async def test_an_answer_about_somebody_else_is_not_believed(world):
    world.accounts.accounts["oid-7"] = PUPIL

    with pytest.raises(DirectoryMisunderstood):
        await world.prepare(DIRECTOR, "oid-7")


async def test_releases_that_cannot_be_read_release_nobody(world):
    world.releases.fail_with = StoreUnavailable("OperationalError")

    with pytest.raises(StoreUnavailable):
        await world.prepare(DIRECTOR, ELSEWHERE.person.id)


async def test_preparing_writes_nothing(world):
    await world.prepare(DIRECTOR, PUPIL.person.id)

    assert (world.audit.entries, world.queue.rows, world.operations.operations) == ([], {}, {})
    assert world.accounts.set_calls == []
