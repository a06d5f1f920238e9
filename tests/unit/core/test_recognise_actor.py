import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.actors.deputies import LEFT, Deputy
from bot.core.actors.model import Role, RoleFacts
from bot.core.actors.recognise import RecogniseActor
from bot.core.clock import Clock, SteadyClock
from bot.core.errors import DirectoryMisunderstood, DirectoryUnavailable, StoreUnavailable
from bot.core.memory import Memory
from bot.core.people.free_text import FreeText
from tests.fakes import NOON, FakeAuditLog, FakeClock, FakeRoleSource
from tests.fakes_passwords import FakeQueue
from tests.fakes_transfers import FakeDeputies, anybody
from tests.properties.strategies import TENANT, school_of

SCHOOL = school_of(1)
DIRECTOR = RoleFacts("director", True, True, "Юлия", "2990001@edu.mon.bg", "0", "2990001")
TEACHER = RoleFacts("teacher", True, True, "Жечо", "jecho@edu.mon.bg", "5")


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def roles():
    return FakeRoleSource([DIRECTOR, TEACHER], [SCHOOL])


def recognising(
    roles: FakeRoleSource, clock: Clock, deputies: FakeDeputies | None = None, tasks: FakeQueue | None = None
) -> RecogniseActor:
    given = {"deputies": deputies or FakeDeputies(FakeAuditLog()), "tasks": tasks or FakeQueue(FakeClock())}
    return RecogniseActor(roles, clock, **given, regions={})  # type: ignore[arg-type]


@pytest.fixture
def recognise(roles, clock):
    return recognising(roles, clock)


async def test_a_director_is_recognised_with_the_school(recognise, roles):
    actor = await recognise("director", TENANT)

    assert (actor.role, actor.school, actor.tenant_id) == (Role.DIRECTOR, SCHOOL, TENANT)
    assert roles.calls == [("role_facts", "director"), ("school_by_code", "2990001")]


async def test_a_school_named_with_the_role_is_not_asked_for_again(clock):
    named = RoleFacts("d", True, True, "", "", "0", "2990001", schools=(school_of(2), SCHOOL))
    roles = FakeRoleSource([named], [])

    assert (await recognising(roles, clock)("d", TENANT)).school == SCHOOL
    assert roles.calls == [("role_facts", "d")]


async def test_a_school_written_with_its_zero_is_the_one_named_with_the_role(clock):
    """A code that ends with a zero, too."""
    school = replace(SCHOOL, code="0299010")
    named = RoleFacts("d", True, True, "", "", "0", "299010", schools=(school_of(2), school))
    roles = FakeRoleSource([named], [])

    assert (await recognising(roles, clock)("d", TENANT)).school == school


async def test_what_was_asked_anew_takes_the_place_of_what_was_remembered(recognise, roles):
    await recognise("teacher", TENANT)
    roles.facts["teacher"] = replace(TEACHER, enabled=False)
    await recognise.fresh("teacher", TENANT)

    assert (await recognise("teacher", TENANT)).enabled is False
    assert roles.calls == [("role_facts", "teacher")] * 2


async def test_only_directors_cost_a_second_request(recognise, roles):
    await recognise("teacher", TENANT)

    assert roles.calls == [("role_facts", "teacher")]


async def test_the_answer_is_remembered_for_its_lifetime(recognise, roles, clock):
    await recognise("director", TENANT)
    clock.move(seconds=59)
    roles.facts["director"] = RoleFacts("director", True, enabled=False)

    assert (await recognise("director", TENANT)).role is Role.DIRECTOR
    clock.move(seconds=1)
    assert (await recognise("director", TENANT)).enabled is False


async def test_the_school_is_remembered_no_longer_than_the_person(recognise, roles, clock):
    await recognise("director", TENANT)
    clock.move(seconds=59)
    await recognise.fresh("director", TENANT)
    clock.move(seconds=1)
    await recognise.fresh("director", TENANT)

    assert [name for name, _ in roles.calls].count("school_by_code") == 2


async def test_a_school_that_is_not_found_is_asked_for_again(clock):
    roles = FakeRoleSource([DIRECTOR], [])
    recognise = recognising(roles, clock)

    assert (await recognise("director", TENANT)).school is None
    roles.schools.append(SCHOOL)
    clock.move(minutes=5)
    assert (await recognise("director", TENANT)).school == SCHOOL


async def test_tenants_are_kept_apart(recognise, roles):
    await recognise("teacher", TENANT)

    assert (await recognise("teacher", "other tenant")).tenant_id == "other tenant"
    assert len(roles.calls) == 2


async def test_errors_reach_the_caller_and_are_not_remembered(recognise, roles):
    roles.fail_with = DirectoryUnavailable("down")
    with pytest.raises(DirectoryUnavailable):
        await recognise("director", TENANT)

    roles.fail_with = None
    assert (await recognise("director", TENANT)).role is Role.DIRECTOR


async def test_an_expired_answer_is_no_substitute_for_an_error(recognise, roles, clock):
    await recognise("director", TENANT)
    clock.move(minutes=6)
    roles.fail_with = DirectoryUnavailable("down")

    with pytest.raises(DirectoryUnavailable):
        await recognise("director", TENANT)


async def test_facts_about_somebody_else_are_refused(roles, clock):
    roles.facts["stranger"] = DIRECTOR

    with pytest.raises(DirectoryMisunderstood):
        await recognising(roles, clock)("stranger", TENANT)


async def test_questions_at_the_same_moment_share_one_request(recognise, roles):
    actors = await asyncio.gather(*(recognise("director", TENANT) for _ in range(50)))

    assert len(roles.calls) == 2
    assert len(set(actors)) == 1


async def test_questions_at_the_same_moment_share_one_error(recognise, roles):
    roles.fail_with = DirectoryUnavailable("down")

    found = await asyncio.gather(*(recognise("director", TENANT) for _ in range(10)), return_exceptions=True)

    assert all(isinstance(one, DirectoryUnavailable) for one in found)
    assert len(roles.calls) == 1


async def test_who_gives_up_takes_the_answer_from_nobody(recognise, roles):
    roles.answer = asyncio.Event()
    asker, waiter, patient = (asyncio.create_task(recognise("director", TENANT)) for _ in range(3))
    await roles.asked.wait()
    waiter.cancel()
    await asyncio.sleep(0)
    asker.cancel()
    await asyncio.sleep(0)
    roles.answer.set()

    assert (await patient).role is Role.DIRECTOR
    assert asker.cancelled()
    assert waiter.cancelled()


async def test_at_most_ten_thousand_people_are_remembered(recognise):
    for number in range(10_050):
        await recognise(f"nobody {number}", TENANT)

    assert len(recognise._actors) == 10_000


def test_memory_forgets_the_least_recently_used_first():
    memory: Memory[str, int] = Memory(timedelta(minutes=5), most=2)
    memory.put("a", 1, NOON)
    memory.put("b", 2, NOON)
    memory.get("a", NOON)
    memory.put("c", 3, NOON)

    assert [memory.get(key, NOON) for key in "abc"] == [1, None, 3]


def test_memory_does_not_trust_a_clock_that_was_set_back():
    memory: Memory[str, int] = Memory(timedelta(minutes=5), most=2)
    memory.put("a", 1, NOON)

    assert memory.get("a", NOON - timedelta(seconds=1)) is None


async def test_a_role_is_not_remembered_for_days_when_a_clock_that_was_far_ahead_is_put_right(roles):
    wall = FakeClock()
    clock = SteadyClock(wall, lambda: 0.0)
    clock.resume(NOON - timedelta(days=10))
    recognise = recognising(roles, clock)
    await recognise("teacher", TENANT)
    wall.move(days=-10)

    await recognise("teacher", TENANT)

    assert roles.calls == [("role_facts", "teacher")] * 2


AUTHORITY = Deputy(
    SCHOOL.id,
    "teacher",
    "Жечо Втори Трети",
    FreeText("РД-1"),
    NOON.date(),
    "director",
    NOON,
    NOON + timedelta(days=30),
)


@pytest.mark.parametrize(
    ("works_at", "deputy_of"),
    [((school_of(2), SCHOOL), SCHOOL), ((SCHOOL, school_of(2)), SCHOOL), ((school_of(2), school_of(3)), None)],
)
async def test_a_deputy_decides_for_no_school_but_the_one_that_authorised_them(roles, clock, works_at, deputy_of):
    roles.facts["teacher"] = replace(TEACHER, schools=works_at)
    deputies = FakeDeputies(FakeAuditLog())
    await deputies.authorise(AUTHORITY, (), anybody)

    actor = await recognising(roles, clock, deputies)("teacher", TENANT)

    assert (actor.works_at, actor.deputy_of) == (works_at, deputy_of)


@pytest.mark.parametrize(("works_at", "found"), [((SCHOOL,), 0), ((school_of(2), SCHOOL), 0), ((school_of(2),), 1)])
async def test_whoever_has_left_the_school_that_authorised_them_is_written_down_once(roles, clock, works_at, found):
    roles.facts["teacher"] = replace(TEACHER, schools=works_at)
    deputies, tasks = FakeDeputies(FakeAuditLog()), FakeQueue(clock)
    await deputies.authorise(AUTHORITY, (), anybody)
    recognise = recognising(roles, clock, deputies, tasks)
    for _ in range(2):
        await recognise("teacher", TENANT)
        await recognise.fresh("teacher", TENANT)

    assert [row.payload for row in tasks.of(LEFT)] == [{"school": SCHOOL.id, "person": "teacher"}] * found


async def test_an_authority_ended_by_another_replica_is_over_at_the_next_call(roles, clock):
    """Two replicas remember separately what the directory says; what the bot decides, neither remembers."""
    roles.facts["teacher"] = replace(TEACHER, schools=(SCHOOL,))
    deputies = FakeDeputies(FakeAuditLog())
    one, other = (recognising(roles, clock, deputies) for _ in range(2))
    assert (await one("teacher", TENANT)).deputy_of is None

    await deputies.authorise(AUTHORITY, (), anybody)
    assert [(await each("teacher", TENANT)).deputy_of for each in (one, other)] == [SCHOOL, SCHOOL]
    await deputies.end(SCHOOL.id, "teacher", clock(), ())
    assert [(await each("teacher", TENANT)).deputy_of for each in (one, other)] == [None, None]
    assert roles.calls == [("role_facts", "teacher")] * 2


async def test_without_the_store_nobody_is_a_deputy_by_memory(roles, clock):
    roles.facts["teacher"] = replace(TEACHER, schools=(SCHOOL,))
    deputies = FakeDeputies(FakeAuditLog())
    recognise = recognising(roles, clock, deputies)
    await deputies.authorise(AUTHORITY, (), anybody)
    assert (await recognise("teacher", TENANT)).deputy_of == SCHOOL
    deputies.fail_with = StoreUnavailable()

    with pytest.raises(StoreUnavailable):
        await recognise("teacher", TENANT)
