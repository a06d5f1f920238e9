"""What a director meets who asks for a password that cannot be set, or not now: the product as a process."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from demo.processes import stop_all
from demo.stack import Stack, start
from simulator.days import day_in_bulgaria
from tests.connector import FakeTeams
from tests.connector.people import Person
from tests.connector.records import Exchange
from tests.integration.test_whole_bot import a_student, button, everybody, somebody, words
from tests.integration.test_whole_passwords import admin, class_started, finished, to_confirm, to_person
from tests.midnight import clear_of_midnight

pytestmark = pytest.mark.slow

PATCH = "PATCH /users/{user}"
CLASS = "7 а"


@pytest.fixture(scope="module")
def today() -> date:
    """The day of everything here: somebody is fourteen tomorrow."""
    clear_of_midnight(5)
    return day_in_bulgaria()


@pytest.fixture(scope="module")
def tenant(today: date) -> dict[str, Any]:
    """Who there is on this day."""
    return everybody(today)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, today: date) -> Iterator[Stack]:
    stack = start(tmp_path_factory.mktemp("outcomes"), simulator_options=("--today", today.isoformat()))
    yield stack
    stop_all(stack.programs)


@pytest.fixture
async def stack(running: Stack) -> Stack:
    """The tenant as at the start: accounts, faults, counters."""
    await admin(running, "settings", {"dialect": {}, "appDirectoryRoles": {}})
    await admin(running, "reset", {})
    return running


@dataclass(frozen=True)
class Desk:
    """A director in Teams, and the tenant behind it."""

    teams: FakeTeams
    stack: Stack
    director: Person
    students: Iterator[dict[str, Any]]

    async def press(self, card: Exchange, title: str, inputs: dict[str, str] | None = None) -> Exchange:
        return await self.teams.press(self.director, button(card, title), inputs)

    async def set_(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await admin(self.stack, "passwords"))["passwords"]
        return found


@pytest.fixture(scope="module")
def students(tenant: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Those of the director's school, each given out once: what one test did is no other's limit of the day."""
    code = somebody(tenant, "director")[1]["schoolCode"]
    own = (one for one in tenant["students"] if one["schoolCode"] == code and one["state"] == "active")
    return (one for one in own if one["identifierKind"] == "egn" and not one["class"].startswith(CLASS))


@pytest.fixture
async def desk(stack: Stack, students: Iterator[dict[str, Any]], tenant: dict[str, Any]) -> AsyncIterator[Desk]:
    async with FakeTeams(app_id="") as teams:
        teams.bot_url = stack.bot
        yield Desk(teams, stack, somebody(tenant, "director")[0], students)


async def case(stack: Stack, name: str) -> dict[str, Any]:
    everybody = (await admin(stack, "people"))["students"]
    return next(one for one in everybody if one.get("case") == name)


async def writes(stack: Stack) -> int:
    counted: int = (await admin(stack, "requests"))["requests"].get(PATCH, 0)
    return counted


async def confirmed(desk: Desk, student: dict[str, Any]) -> Exchange:
    """Confirmed, and looked at until it is made or is not."""
    return await watched(
        desk, await desk.press(await to_confirm(desk.teams, desk.director, student), "Потвърждаване")
    )


async def watched(desk: Desk, said: Exchange) -> Exchange:
    for _ in range(100):
        if "се създава" not in words(said):
            return said
        await asyncio.sleep(0.1)
        said = await desk.press(said, "Обновяване")
    raise AssertionError(words(said))


# Microsoft's answers.


@pytest.mark.parametrize(
    ("fault", "says", "became"),
    [
        ("403", "Ботът още няма право да сменя пароли в училището", "не е променена"),
        ("400", "Microsoft отказа заявката за този профил", "не е променена"),
    ],
)
async def test_a_refusal_of_microsoft_is_told_at_once_in_words(desk, fault, says, became):
    await admin(desk.stack, "faults", {"match": PATCH, "fault": fault})

    said = words(await confirmed(desk, next(desk.students)))

    assert says in said
    assert became in said
    assert await writes(desk.stack) == 1
    assert await desk.set_() == []


@pytest.mark.parametrize(
    "fault",
    [
        "lost",
        "503",
        "400-concurrent;retry-after=1",
        "404-unread;retry-after=1",
        *(
            pytest.param(one, marks=pytest.mark.long)
            for one in ("429;retry-after=2", "502-html", "drop", "malformed", "slow=2000")
        ),
    ],
)
async def test_what_microsoft_does_not_answer_ends_with_one_password_all_the_same(desk, fault):
    await admin(desk.stack, "faults", {"match": PATCH, "fault": fault})

    said = words(await confirmed(desk, next(desk.students)))

    assert "Временната парола е създадена" in said
    assert len({one["password"] for one in await desk.set_()}) == 1


async def test_an_account_made_a_moment_ago_that_a_write_does_not_find_yet_has_its_password_a_little_later(desk):
    student = next(desk.students)
    await admin(desk.stack, "settings", {"dialect": {"account_wait": 4}})
    person = await to_confirm(desk.teams, desk.director, student)
    await admin(desk.stack, f"users/{student['username']}", {"created": datetime.now(UTC).isoformat()})

    said = words(await watched(desk, await desk.press(person, "Потвърждаване")))

    assert "Временната парола е създадена" in said
    assert await writes(desk.stack) > 1
    assert len(await desk.set_()) == 1


async def test_sessions_end_only_where_an_account_is_compromised(desk):
    student, other = next(desk.students), next(desk.students)
    person = await to_person(desk.teams, desk.director, student)
    chosen = {"recipient": "student", "identity": "true", "compromised": "true"}
    confirm = await desk.press(person, "Напред", chosen)
    assert "прекратен от всички устройства" in words(confirm)
    began = datetime.now(UTC).replace(microsecond=0)

    await desk.press(confirm, "Потвърждаване")
    await confirmed(desk, other)

    assert await sessions_from(desk.stack, student) >= began
    assert await sessions_from(desk.stack, other) < began


async def sessions_from(stack: Stack, student: dict[str, Any]) -> datetime:
    trusted, reader = ssl.create_default_context(cafile=stack.tenant["ca_file"]), stack.tenant["clients"]["reader"]
    form = {
        "grant_type": "client_credentials", "client_id": reader["id"], "client_secret": reader["secret"],
        "scope": "https://graph.microsoft.com/.default",
    }  # fmt: skip
    token = f"{stack.tenant['authority']}/{stack.tenant['tenant']}/oauth2/v2.0/token"
    account = f"{stack.tenant['graph']}/v1.0/users/{student['username']}?$select=signInSessionsValidFromDateTime"
    async with aiohttp.ClientSession() as session:
        async with session.post(token, data=form, ssl=trusted) as answer:
            headers = {"Authorization": f"Bearer {(await answer.json())['access_token']}"}
        async with session.get(account, headers=headers, ssl=trusted) as answer:
            return datetime.fromisoformat((await answer.json())["signInSessionsValidFromDateTime"])


async def test_a_school_outside_the_units_of_the_writers_role_hears_that_the_bot_has_no_right_there_yet(desk, tenant):
    code = next(one["schoolCode"] for one in tenant["people"] if one["aadObjectId"] == desk.director.object_id)
    writer, student = desk.stack.tenant["clients"]["writer"]["id"], next(desk.students)
    other = "2990006"  # some students attend two of the first schools
    wanted = {"role_for_passwords": True}
    role = {writer: [f"Password Administrator@{other}"]}
    await admin(desk.stack, "settings", {"dialect": wanted, "appDirectoryRoles": role})

    refused = await confirmed(desk, student)
    role = {writer: [f"Password Administrator@{each}" for each in (other, code)]}
    await admin(desk.stack, "settings", {"dialect": wanted, "appDirectoryRoles": role})
    done = await confirmed(desk, student)

    assert "още няма право да сменя пароли в училището" in words(refused)
    assert "Досегашната парола не е променена" in words(refused)
    assert "е създадена" in words(done)


# Refused before anything is sent.


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"directoryRole": "Helpdesk Administrator"}, "не може да бъде сменена чрез бота"),
        ({"scopedRole": True}, "не може да бъде сменена чрез бота"),
        ({"roleAssignableGroup": True}, "не може да бъде сменена чрез бота"),
        ({"extensionRole": "0"}, "не може да бъде сменена чрез бота"),
        ({"extensionRole": "1"}, "не може да бъде сменена чрез бота"),
        ({"userType": "Guest"}, "не може да бъде сменена чрез бота"),
        ({"synced": True}, "не може да бъде сменена чрез бота"),
        ({"accountEnabled": False}, "не е активен"),
        ({"schools": ["2990003"]}, "не е записан във Вашето училище"),
    ],
)
async def test_an_account_out_of_reach_is_refused_though_the_card_was_made_before(desk, change, says):
    student = next(desk.students)
    confirm = await to_confirm(desk.teams, desk.director, student)
    await admin(desk.stack, f"users/{student['username']}", change)

    assert says in words(await desk.press(confirm, "Потвърждаване"))
    assert await writes(desk.stack) == 0


async def test_the_third_within_a_day_is_refused(desk):
    student = next(desk.students)
    for _ in range(2):
        assert "е създадена" in words(await confirmed(desk, student))

    third = await desk.press(await to_confirm(desk.teams, desk.director, student), "Потвърждаване")

    assert "допустимият брой временни пароли за 24 часа" in words(third)
    assert await writes(desk.stack) == 2


async def test_who_is_no_director_any_more_is_refused_though_the_card_was_made_before(desk, tenant):
    """Another director than everywhere else here: who lost the role is remembered for minutes as without it."""
    other, facts = somebody(tenant, "director", 1)
    student = a_student(tenant, schoolCode=facts["schoolCode"], state="active", identifierKind="egn")
    confirm = await to_confirm(desk.teams, other, student)
    await admin(desk.stack, f"users/{other.object_id}", {"extensionRole": "5"})

    refused = await desk.teams.press(other, button(confirm, "Потвърждаване"))

    assert "не е свързан с училище" in words(refused)
    assert await writes(desk.stack) == 0


# Who receives it.


@pytest.mark.parametrize(
    ("name", "chosen", "says"),
    [
        ("fourteen-tomorrow", {}, "Желаете ли да продължите"),
        ("fourteen-today", {}, "навършил 14 години"),
        ("fourteen-yesterday", {}, "навършил 14 години"),
        ("fourteen-yesterday", {"sen": "true"}, "Желаете ли да продължите"),
        ("lnch-1", {}, "не показва възрастта"),
        ("lnch-1", {"birth": -3650}, "Желаете ли да продължите"),
        ("lnch-1", {"birth": -6000}, "навършил 14 години"),
        ("lnch-1", {"birth": 1}, "не е възможна за ученик"),
        ("service-7", {}, "не показва възрастта"),
        ("fourteen-today", {"birth": -3650}, "навършил 14 години"),
    ],
)
async def test_a_parent_only_of_a_child_under_14_or_with_special_needs(desk, today, name, chosen, says):
    """A birth is in days from today."""
    if "birth" in chosen:
        chosen = {"birth": (today + timedelta(days=chosen["birth"])).isoformat()}
    person = await to_person(desk.teams, desk.director, await case(desk.stack, name))

    asked = await desk.press(person, "Напред", {"recipient": "parent", "identity": "true", **chosen})

    assert says in words(asked)
    assert await writes(desk.stack) == 0


# Who is told.


async def test_the_class_teacher_is_told_without_the_password(desk, tenant):
    code = somebody(tenant, "director")[1]["schoolCode"]
    teachers = [one for one in tenant["people"] if one["role"] == "teacher" and one["schoolCode"] == code]
    for one in teachers:
        await desk.teams.install(Person(one["aadObjectId"], one["name"], tenant["tenant"]))
    pupil = next(
        one for one in tenant["students"]
        if one["schoolCode"] == code and one["class"] == "1 а" and one["state"] == "active"
    )  # fmt: skip
    before = len(desk.teams.sent)

    assert "е създадена" in words(await confirmed(desk, pupil))

    director = desk.teams.conversation_id(desk.director)
    everything: list[str] = []
    told: list[str] = []
    for _ in range(100):
        of_teachers = [each for each in desk.teams.sent[before:] if each.conversation_id != director]
        everything = [json.dumps(each.body, ensure_ascii=False) for each in of_teachers]
        # What was given in a test before may still be told now.
        told = [said for said in everything if pupil["name"] in said]
        if told:
            break
        await asyncio.sleep(0.1)
    (notice,) = told
    assert "Получавате това съобщение като класен ръководител" in notice
    (made,) = await desk.set_()
    assert not [said for said in everything if made["password"] in said]


# A class.


@pytest.mark.long
async def test_those_of_a_class_that_failed_are_named_and_can_be_tried_again(desk):
    await admin(desk.stack, "faults", {"match": PATCH, "fault": "403", "times": 2})

    done = await finished(desk.teams, desk.director, await class_started(desk.teams, desk.director, CLASS))

    assert "Неуспешни: 2." in words(done)
    assert "Microsoft не позволява на бота" in words(done)
    made = len(await desk.set_())
    retried = await desk.press(done, "Нов опит за ученици без парола")
    again = await finished(desk.teams, desk.director, await desk.press(retried, "Към новия опит"))
    assert "Готови: 2 от 2" in words(again)
    assert len(await desk.set_()) == made + 2
