"""The ports over a Graph that answers well, badly and partly."""

import asyncio
import inspect
from typing import Any

import pytest

from bot.core.actors.ports import RoleSource
from bot.core.errors import (
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.core.people.model import Kind, Person, School
from bot.core.people.ports import Directory
from bot.graph import sweeps
from tests.unit.graph.hostile import Bench, answers, error, hangs, refuses, says

ID = "0b5e2a52-7f7e-4a6c-9d53-0f2a0a4f1c11"
OTHER = "1c5e2a52-7f7e-4a6c-9d53-0f2a0a4f1c22"
APP = "22222222-2222-4222-8222-222222222222"
RUO = "11111111-1111-4111-8111-111111111111"
OURS = School("a1", "299001", "ОУ „Елин Пелин“", "Чирпан", "Стара Загора")
WITH_ROLES: dict[str, Any] = {"app_roles": {RUO: "RegionalOffice"}, "app_roles_resource": APP}


def school(identifier: str = "a1", code: str = "0299001") -> dict[str, Any]:
    return {
        "id": identifier,
        "displayName": "ОУ „Елин Пелин“",
        "schoolNumber": code,
        "address": {"city": "Чирпан", "state": "Стара Загора"},
    }


def student(identifier: str = ID, **changes: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "displayName": "Ана Огнянова",
        "userPrincipalName": "ip01234567@edu.mon.bg",
        "accountEnabled": True,
        "primaryRole": "student",
        "student": {"externalId": "4146054046", "grade": "5"},
        "schools": [school()],
        "classes": [{"id": "c", "displayName": "Математика - 5а"}],
        **changes,
    }


def account(**changes: Any) -> dict[str, Any]:
    return {
        "id": ID,
        "displayName": "ОУ „Елин Пелин“",
        "userPrincipalName": "299001@edu.mon.bg",
        "accountEnabled": True,
        "extension_3fd591523047404483834154c3498778_NEISPUO_ROLE": 0,
        "extension_3fd591523047404483834154c3498778_NEISPUO_ROLE_ADDITIONAL_IDENTIFIER": "299001",
        **changes,
    }


def gone() -> tuple[int, Any]:
    return 404, error("Request_ResourceNotFound")


@pytest.mark.parametrize("port", [Directory, RoleSource])
async def test_it_has_every_method_of_its_ports(bench: Bench, port: type):
    directory: Directory = bench.directory()
    _roles: RoleSource = bench.directory()  # the type checker compares more than names
    for name, method in inspect.getmembers(port, inspect.isfunction):
        if not name.startswith("_"):
            ours = inspect.signature(getattr(type(directory), name))
            assert ours == inspect.signature(method)


# find


async def test_by_identifier_is_one_request_with_nothing_in_its_url(bench: Bench):
    bench.graph.will(answers((200, {"value": [student(), student(OTHER, student={"externalId": "04146054046"})]})))
    found = await bench.directory().find_by_identifier(["4146054046", "04146054046"])
    assert [person.id for person in found] == [ID, OTHER]
    assert found[0].schools == (OURS,)
    assert found[0].teams == ("Математика - 5а",)
    (seen,) = bench.graph.seen
    assert (seen.method, seen.raw_path) == ("POST", "/v1.0/$batch")
    assert bench.transport.sent == {"find-by-identifier": 1}


async def test_nobody_by_identifier(bench: Bench):
    bench.graph.will(answers((200, {"value": []})))
    assert await bench.directory().find_by_identifier(["4146054046"]) == ()


async def test_an_identifier_may_be_asked_in_beta(bench: Bench):
    bench.graph.will(answers((200, {"value": []})))
    await bench.directory(users_version="beta").find_by_identifier(["4146054046"])
    assert bench.graph.seen[0].raw_path == "/beta/$batch"


async def test_an_account_met_on_two_pages_is_one_account(bench: Bench):
    link = bench.graph.url + "/v1.0/education/users?$skiptoken=x"
    bench.graph.will(
        answers((200, {"value": [student()], "@odata.nextLink": link})), answers((200, {"value": [student()]}))
    )
    assert len(await bench.directory().find_by_identifier(["4146054046"])) == 1


@pytest.mark.parametrize(
    "other", [{"externalId": "4251020743"}, {"externalId": None}, None, {"externalId": 4146054046}]
)
async def test_a_filter_that_is_not_obeyed_hands_out_nobody(bench: Bench, other: Any):
    bench.graph.will(answers((200, {"value": [student(), student(OTHER, student=other)]})))
    with pytest.raises(DirectoryMisunderstood):
        await bench.directory().find_by_identifier(["4146054046"])


async def test_an_unsupported_filter_is_misunderstood(bench: Bench):
    bench.graph.will(answers((400, error("Request_UnsupportedQuery"))))
    with pytest.raises(DirectoryMisunderstood) as caught:
        await bench.directory().find_by_identifier(["4146054046"])
    assert caught.value.code == "Request_UnsupportedQuery"


async def test_without_expansion_schools_and_teams_come_in_a_second_request(bench: Bench):
    bare = {name: value for name, value in student().items() if name not in {"schools", "classes"}}
    bench.graph.will(
        answers((200, {"value": [bare]})),
        answers((200, {"value": [school()]}), (200, {"value": [{"id": "m", "displayName": "М"}]})),
    )
    (person,) = await bench.directory(expands=False).find_by_identifier(["4146054046"])
    assert (person.schools, person.teams) == ((OURS,), ("М",))
    assert len(bench.graph.seen) == 2


async def test_without_expansion_a_part_that_fails_fails_the_whole(bench: Bench):
    bench.graph.will(answers((200, student())), answers((403, error("AccessDenied")), (200, {"value": []})))
    with pytest.raises(DirectoryForbidden):
        await bench.directory(expands=False).find_by_username("ip01234567@edu.mon.bg")


async def test_by_username_the_name_travels_in_a_body(bench: Bench):
    bench.graph.will(answers((200, student())), answers(gone()))
    directory = bench.directory()
    person = await directory.find_by_username("IP01234567@edu.mon.bg")
    assert person is not None
    assert person.username == "ip01234567@edu.mon.bg"
    assert await directory.find_by_username("ip09999999@edu.mon.bg") is None
    assert [seen.raw_path for seen in bench.graph.seen] == ["/v1.0/$batch"] * 2


async def test_an_account_by_username_is_asked_of_the_directory_and_not_of_the_roster(bench: Bench):
    bench.graph.will(answers((200, {"id": ID, "userPrincipalName": "2990001@edu.mon.bg"})), answers(gone()))
    directory = bench.directory()
    assert await directory.account_id("2990001@EDU.mon.bg") == ID
    assert await directory.account_id("2990009@edu.mon.bg") is None
    assert [seen.raw_path for seen in bench.graph.seen] == ["/v1.0/$batch"] * 2
    assert bench.graph.seen[0].body["requests"][0]["url"].startswith("/users/2990001%40EDU.mon.bg?")
    bench.graph.will(answers((200, {"id": OTHER, "userPrincipalName": "2990002@edu.mon.bg"})))
    with pytest.raises(DirectoryMisunderstood):
        await directory.account_id("2990001@edu.mon.bg")
    bench.graph.will(answers((200, {"userPrincipalName": "2990001@edu.mon.bg"})))
    with pytest.raises(DirectoryMisunderstood):
        await directory.account_id("2990001@edu.mon.bg")


async def test_by_id(bench: Bench):
    bench.graph.will(says(student()), refuses(404, "Request_ResourceNotFound"))
    directory = bench.directory()
    person = await directory.find_by_id(ID)
    assert person is not None
    assert person.kind is Kind.STUDENT
    assert await directory.find_by_id(OTHER) is None


async def test_an_expansion_left_out_means_empty_and_not_unread(bench: Bench):
    bare = {name: value for name, value in student().items() if name not in {"schools", "classes"}}
    bench.graph.will(says(bare))
    person = await bench.directory().find_by_id(ID)
    assert person is not None
    assert (person.schools, person.teams) == ((), ())


async def test_an_answer_of_another_person_is_refused(bench: Bench):
    bench.graph.will(says(student(OTHER)), answers((200, student(userPrincipalName="ip07654321@edu.mon.bg"))))
    directory = bench.directory()
    with pytest.raises(DirectoryMisunderstood):
        await directory.find_by_id(ID)
    with pytest.raises(DirectoryMisunderstood):
        await directory.find_by_username("ip01234567@edu.mon.bg")


@pytest.mark.parametrize("odd", ["", "..", "4146054046", "ana", f"{ID}/classes", ID[:-1]])
async def test_what_is_no_id_or_username_is_nobody_without_a_request(bench: Bench, odd: str):
    directory = bench.directory()
    assert await directory.find_by_id(odd) is None
    assert await directory.find_by_username(odd) is None
    assert await directory.account_id(odd) is None
    assert not (await directory.role_facts(odd)).exists
    assert bench.graph.seen == []


@pytest.mark.parametrize("body", [None, [], "<html>", {}, {"value": [student()]}, {"id": ID}, {"id": [ID]}])
async def test_a_person_of_no_shape_is_refused_or_empty(bench: Bench, body: Any):
    bench.graph.will(says(body))
    try:
        person = await bench.directory().find_by_id(ID)
    except DirectoryMisunderstood:
        return
    assert body == {"id": ID}
    assert person is not None
    assert (person.name, person.kind) == ("", Kind.OTHER)


# roles


async def test_role_facts_are_one_request(bench: Bench):
    roles = {"value": [{"appRoleId": RUO, "resourceId": APP}]}
    bench.graph.will(answers((200, account()), (200, {"id": ID, "primaryRole": "none", "schools": []}), (200, roles)))
    facts = await bench.directory(**WITH_ROLES).role_facts(ID)
    assert (facts.exists, facts.enabled, facts.username) == (True, True, "299001@edu.mon.bg")
    assert (facts.extension_role, facts.extension_identifier) == ("0", "299001")
    assert (facts.education_role, facts.schools, facts.app_roles) == (Kind.OTHER, (), ("RegionalOffice",))
    assert bench.transport.sent == {"role-facts": 1}


async def test_app_roles_nobody_configured_are_not_asked_for(bench: Bench):
    bench.graph.will(answers((200, account()), gone()))
    facts = await bench.directory().role_facts(ID)
    assert facts.app_roles == ()


async def test_without_expansion_the_schools_are_in_the_same_request(bench: Bench):
    bench.graph.will(
        answers((200, account()), (200, {"id": ID, "primaryRole": "teacher"}), (200, {"value": [school()]}))
    )
    facts = await bench.directory(expands=False).role_facts(ID)
    assert (facts.education_role, tuple(facts.schools)) == (Kind.TEACHER, (OURS,))


async def test_whom_the_directory_does_not_know_does_not_exist(bench: Bench):
    bench.graph.will(answers(gone(), gone()))
    facts = await bench.directory().role_facts(ID)
    assert (facts.exists, facts.enabled, facts.extension_role) == (False, False, None)


async def test_somebody_outside_the_roster_has_no_education_role(bench: Bench):
    bench.graph.will(answers((200, account()), gone()))
    facts = await bench.directory().role_facts(ID)
    assert (facts.exists, facts.education_role, tuple(facts.schools)) == (True, None, ())


@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, "Authorization_RequestDenied", DirectoryForbidden),
        (500, "UnknownError", DirectoryUnavailable),
        (429, "TooManyRequests", DirectoryBusy),
        (400, "BadRequest", DirectoryMisunderstood),
        (404, "UnknownError", DirectoryUnavailable),
    ],
)
async def test_a_part_that_fails_gives_no_role_at_all(bench: Bench, part: int, status: int, code: str, kind: type):
    good: list[Any] = [(200, account()), (200, {"id": ID, "schools": []}), (200, {"value": []})]
    good[part] = (status, error(code), {"Retry-After": "99"})
    bench.graph.will(answers(*good))
    with pytest.raises(kind):
        await bench.directory(**WITH_ROLES).role_facts(ID)


@pytest.mark.parametrize("part", [0, 1])
async def test_a_part_about_another_person_gives_no_role(bench: Bench, part: int):
    parts: list[Any] = [(200, account()), (200, {"id": ID})]
    parts[part] = (200, {**parts[part][1], "id": OTHER})
    bench.graph.will(answers(*parts))
    with pytest.raises(DirectoryMisunderstood):
        await bench.directory().role_facts(ID)


async def test_roles_beyond_the_first_page_count(bench: Bench):
    link = f"{bench.graph.url}/v1.0/users/{ID}/appRoleAssignments?$skiptoken=x"
    bench.graph.will(
        answers((200, account()), gone(), (200, {"value": [], "@odata.nextLink": link})),
        says({"value": [{"appRoleId": RUO, "resourceId": APP}]}),
    )
    assert (await bench.directory(**WITH_ROLES).role_facts(ID)).app_roles == ("RegionalOffice",)


async def test_an_account_without_the_enabled_flag_is_not_enabled(bench: Bench):
    bench.graph.will(answers((200, account(accountEnabled=None)), gone()))
    assert not (await bench.directory().role_facts(ID)).enabled


# schools


@pytest.mark.parametrize("code", ["299001", "0299001", "00299001"])
async def test_a_school_by_code_with_or_without_its_zero(bench: Bench, code: str):
    bench.graph.will(says({"value": [school()]}))
    assert await bench.directory().school_by_code(code) == OURS
    assert bench.transport.sent == {"school-by-code": 1}


async def test_no_school_has_the_code(bench: Bench):
    bench.graph.will(says({"value": []}))
    assert await bench.directory().school_by_code("2990001") is None


@pytest.mark.parametrize("code", ["", "0", "x", "2990001' or '1' eq '1", "29 90001", "٢٩٩", "-1", "2" * 30])
async def test_what_is_no_code_is_no_school_without_a_request(bench: Bench, code: str):
    assert await bench.directory().school_by_code(code) is None


@pytest.mark.parametrize(
    "found", [[school(code="2990002")], [school("a1"), school("a2")], [school("a1"), school("a2", "")]]
)
async def test_neither_of_two_schools_is_taken_for_the_other(bench: Bench, found: list[Any]):
    bench.graph.will(says({"value": found}))
    with pytest.raises(DirectoryMisunderstood):
        await bench.directory().school_by_code("299001")


# sweeps


async def test_a_school_is_read_page_by_page_and_kept_five_minutes(bench: Bench):
    link = f"{bench.graph.url}/v1.0/education/schools/a1/users?$skiptoken=x"
    bench.graph.will(says({"value": [student()], "@odata.nextLink": link}), says({"value": [student(OTHER)]}))
    directory = bench.directory()
    people = await directory.people_of_school(OURS)
    assert [person.id for person in people] == [ID, OTHER]
    assert all(person.teams is None for person in people)
    assert people[0].schools is people[1].schools
    bench.clock.time += 299
    assert await directory.people_of_school(OURS) is people
    assert bench.transport.sent == {"people-of-school": 2}
    bench.clock.time += 1
    bench.graph.will(says({"value": []}))
    assert await directory.people_of_school(OURS) == ()


async def test_who_is_listed_belongs_to_the_school_whatever_the_expansion_says(bench: Bench):
    bench.graph.will(says({"value": [student(schools=[school("b2", "2990002")]), student(OTHER, schools=None)]}))
    first, second = await bench.directory().people_of_school(OURS)
    assert [each.id for each in first.schools] == ["a1", "b2"]
    assert second.schools == (OURS,)


async def test_many_who_ask_at_once_share_one_sweep(bench: Bench):
    bench.graph.will(says({"value": [student()]}))
    directory = bench.directory()
    results = await asyncio.gather(*(directory.people_of_school(OURS) for _ in range(10)))
    assert all(result is results[0] for result in results)
    assert bench.transport.sent == {"people-of-school": 1}


async def test_a_failed_sweep_fails_all_who_waited_and_is_not_kept(bench: Bench):
    bench.graph.will(refuses(500, "UnknownError"), says({"value": [student()]}))
    directory = bench.directory()
    results = await asyncio.gather(*(directory.people_of_school(OURS) for _ in range(5)), return_exceptions=True)
    assert [type(result) for result in results] == [DirectoryUnavailable] * 5
    assert len(await directory.people_of_school(OURS)) == 1


async def test_when_the_first_gives_up_the_next_takes_over(bench: Bench):
    bench.graph.will(hangs, says({"value": [student()]}))
    directory = bench.directory(attempt_timeout=1.0, sweep_attempt_timeout=1.0)

    async def impatient() -> None:
        async with asyncio.timeout(0.05):
            await directory.people_of_school(OURS)

    first, second, third = await asyncio.gather(
        impatient(), directory.people_of_school(OURS), directory.people_of_school(OURS), return_exceptions=True
    )
    assert isinstance(first, TimeoutError)
    assert isinstance(second, tuple)
    assert len(second) == 1
    assert third is second


async def test_only_so_many_schools_and_people_are_kept(bench: Bench, monkeypatch):
    monkeypatch.setattr(sweeps, "MOST_SCHOOLS", 3)
    monkeypatch.setattr(sweeps, "MOST_ENTRIES", 6)
    directory = bench.directory()

    async def ask(name: str, people: int) -> None:
        bench.graph.will(says({"value": [student(f"{n:08}-7f7e-4a6c-9d53-0f2a0a4f1c11") for n in range(people)]}))
        await directory.people_of_school(School(name, "1", name))

    for name in ("s1", "s2", "s3"):
        await ask(name, 1)
    await directory.people_of_school(School("s1", "1", "s1"))  # used: s2 is now the oldest
    await ask("s4", 1)
    assert sorted(directory._sweeps._kept) == ["s1", "s3", "s4"]
    await ask("s5", 6)
    assert sorted(directory._sweeps._kept) == ["s5"]


async def test_a_school_longer_than_all_that_is_kept_is_kept_alone_and_for_its_time_only(bench: Bench, monkeypatch):
    monkeypatch.setattr(sweeps, "MOST_SCHOOLS", 2)
    monkeypatch.setattr(sweeps, "MOST_ENTRIES", 2)
    directory = bench.directory()
    everybody = [student(f"{n:08}-7f7e-4a6c-9d53-0f2a0a4f1c11") for n in range(5)]
    bench.graph.will(says({"value": [student()]}), says({"value": everybody}), says({"value": everybody}))
    await directory.people_of_school(School("s1", "1", "s1"))

    assert len(await directory.people_of_school(School("s2", "1", "s2"))) == 5
    assert len(await directory.people_of_school(School("s2", "1", "s2"))) == 5
    assert list(directory._sweeps._kept) == ["s2"]
    assert bench.transport.sent == {"people-of-school": 2}
    bench.clock.time += 300
    assert list(directory._sweeps._kept) == []
    await directory.people_of_school(School("s2", "1", "s2"))
    assert bench.transport.sent == {"people-of-school": 3}


async def test_what_is_read_again_replaces_what_was_kept_and_takes_its_room_once(bench: Bench, monkeypatch):
    monkeypatch.setattr(sweeps, "MOST_SCHOOLS", 2)
    monkeypatch.setattr(sweeps, "MOST_ENTRIES", 4)
    directory = bench.directory()
    two = [student(), student(OTHER)]
    bench.graph.will(*(says({"value": two}) for _ in range(4)))
    for name in ("s1", "s2"):
        await directory.people_of_school(School(name, "1", name))
    bench.clock.time += 300
    for name in ("s1", "s2"):
        await directory.people_of_school(School(name, "1", name))
        await directory.people_of_school(School(name, "1", name))
    assert sorted(directory._sweeps._kept) == ["s1", "s2"]
    assert bench.transport.sent == {"people-of-school": 4}


async def test_a_school_that_is_gone_is_an_error_and_not_an_empty_school(bench: Bench):
    bench.graph.will(refuses(404, "Request_ResourceNotFound"))
    with pytest.raises(DirectoryError):
        await bench.directory().people_of_school(OURS)


# teams


def person(identifier: str = ID) -> Person:
    bare = student(identifier)
    return Person(identifier, bare["displayName"], bare["userPrincipalName"], Kind.STUDENT, state="active")  # type: ignore[arg-type]


async def test_the_teams_of_several_people_are_one_request(bench: Bench):
    bench.graph.will(answers((200, {"value": [{"id": "c", "displayName": "М - 5а"}]}), gone()))
    first, second = await bench.directory().with_teams([person(), person(OTHER)])
    assert (first.id, first.teams) == (ID, ("М - 5а",))
    assert (second.id, second.teams) == (OTHER, ())
    assert bench.transport.sent == {"with-teams": 1}


async def test_teams_that_cannot_be_read_are_not_empty(bench: Bench):
    bench.graph.will(answers((403, error("AccessDenied"))))
    with pytest.raises(DirectoryForbidden):
        await bench.directory().with_teams([person()])


async def test_the_teams_of_nobody_and_of_too_many(bench: Bench):
    assert await bench.directory().with_teams([]) == ()
    with pytest.raises(ValueError, match="20"):
        await bench.directory().with_teams([person()] * 21)
