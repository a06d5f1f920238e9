"""Mending class links: what is sent, what each answer means, and that nothing is repeated here."""

import asyncio
import inspect
from datetime import date, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.core.class_links.ports import ClassWriter
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.graph.enrolments import GraphClassWriter
from bot.graph.school_years import EducationClasses
from tests.unit.graph.hostile import AT_ONCE, Bench, error, hangs, refuses, resets, says

CLASS = "b2b2b2b2-2222-4a6c-9d53-0f2a0a4f1c11"
SCHOOL = "a1a1a1a1-1111-4a6c-9d53-0f2a0a4f1c11"
DAY = date(2026, 11, 23)
PEOPLE = [f"{number:08}-3333-4a6c-9d53-0f2a0a4f1c11" for number in range(20)]
THERE = "One or more added object references already exist for the following modified properties: '{}'."


def writer(bench: Bench) -> GraphClassWriter:
    bench.rebuild()
    return GraphClassWriter(bench.transport, bench.options)


def done() -> Any:
    return says(b"", 204)


def there(name: str = "owners") -> Any:
    return says(error("Request_BadRequest", THERE.format(name)), 400)


def test_it_has_every_method_of_its_port():
    for name, method in vars(ClassWriter).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            assert inspect.signature(getattr(GraphClassWriter, name)) == inspect.signature(method)


async def test_of_one_class_each_is_a_request_of_its_own_after_the_one_before(bench: Bench):
    """Two changes of one group at once are what Microsoft refuses."""
    under_way = 0

    async def takes_its_time(request: web.Request) -> web.StreamResponse:
        nonlocal under_way
        under_way += 1
        assert under_way == 1
        await asyncio.sleep(0.01)
        under_way -= 1
        return web.Response(status=204)

    bench.graph.will(*[takes_its_time] * 40)
    writing = writer(bench)
    await writing.add_teachers(CLASS, PEOPLE)
    await writing.add_members(CLASS, PEOPLE)

    assert sent(bench) == [adds(bench, one, list_) for list_ in ("teachers", "members") for one in PEOPLE]


def sent(bench: Bench) -> list[tuple[str, str, Any]]:
    """Every request: method, path, body."""
    return [(one.method, one.raw_path, one.body) for one in bench.graph.seen]


def adds(bench: Bench, person: str, list_: str) -> tuple[str, str, Any]:
    """The request that puts one person on a list of the class."""
    users = f"{bench.graph.url}/v1.0/education/users"
    return "POST", f"/v1.0/education/classes/{CLASS}/{list_}/$ref", {"@odata.id": f"{users}/{person}"}


async def test_students_are_members(bench: Bench):
    bench.graph.will(done())
    await writer(bench).add_members(CLASS, PEOPLE[:1])
    assert sent(bench) == [adds(bench, PEOPLE[0], "members")]


async def test_who_is_there_already_is_no_error_alone_or_among_others_and_asked_for_once(bench: Bench):
    bench.graph.will(there(), done(), there("members"), done())
    writing = writer(bench)
    await writing.add_teachers(CLASS, PEOPLE[:1])
    await writing.add_members(CLASS, [*PEOPLE[:3], *PEOPLE[:3]])
    assert sent(bench) == [
        adds(bench, PEOPLE[0], "teachers"),
        *(adds(bench, one, "members") for one in PEOPLE[:3]),
    ]


CONFLICT = "A conflicting object with one or more of the specified property values is present in the directory."


@pytest.mark.parametrize("sentence", [THERE.format("members"), CONFLICT, CONFLICT.upper()])
@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "Request_BadRequest"),
        (409, "Request_BadRequest"),
        (400, "Request_MultipleObjectsWithSameKeyValue"),
        (409, "Request_MultipleObjectsWithSameKeyValue"),
    ],
)
async def test_every_form_of_being_there_already_is_done(bench: Bench, sentence: str, status: int, code: str):
    said = error(code, sentence)
    bench.graph.will(*[says(said, status)] * 3)
    writing = writer(bench)
    await writing.add_teachers(CLASS, PEOPLE[:1])
    await writing.add_members(CLASS, PEOPLE[:1])
    await writing.to_school(SCHOOL, CLASS)
    into_school = f"/v1.0/education/schools/{SCHOOL}/classes/$ref"
    assert sent(bench) == [
        adds(bench, PEOPLE[0], "teachers"),
        adds(bench, PEOPLE[0], "members"),
        ("POST", into_school, {"@odata.id": f"{bench.graph.url}/v1.0/education/classes/{CLASS}"}),
    ]


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (400, "BadRequest", CONFLICT),
        (403, "Request_BadRequest", CONFLICT),
        (500, "Request_BadRequest", CONFLICT),
        (400, "Request_BadRequest", "Another object with the same value for property x already exists."),
        (409, "Directory_ConcurrencyViolation", CONFLICT),
    ],
)
async def test_what_only_sounds_like_it_is_not_done(bench: Bench, status: int, code: str, sentence: str):
    bench.graph.will(says(error(code, sentence), status))
    with pytest.raises(DirectoryError):
        await writer(bench).to_school(SCHOOL, CLASS)


@pytest.mark.parametrize(
    "sentence", [CONFLICT, "Another object with the same value for property mailNickname already exists."]
)
async def test_a_class_that_conflicts_is_there_and_not_seen_yet(bench: Bench, sentence: str):
    """Made by an attempt whose answer was lost: in doubt, to be looked for again, and never made under another name."""
    bench.graph.will(says(error("Request_BadRequest", sentence), 400))
    with pytest.raises(DirectoryUnavailable):
        await writer(bench).create("101", "Химия", DAY)
    assert len(bench.graph.seen) == 1


@pytest.mark.parametrize(
    ("reply", "expected", "others"),
    [
        (refuses(403, "accessDenied"), DirectoryForbidden, False),
        (refuses(404, "Request_ResourceNotFound"), AccountMissing, True),
        (refuses(429, "TooManyRequests", Retry_After="5"), DirectoryBusy, False),
        (says(error("Request_BadRequest", AT_ONCE), 400), DirectoryBusy, False),
        (refuses(503, "x"), DirectoryUnavailable, False),
        (refuses(400, "Request_BadRequest"), DirectoryMisunderstood, True),
    ],
)
async def test_one_that_fails_among_others_is_an_error_and_what_is_about_one_keeps_nobody_else_out(
    bench: Bench, reply: Any, expected: type[Exception], others: bool
):
    bench.graph.will(done(), reply, *[done()] * 2 * others)
    with pytest.raises(expected):
        await writer(bench).add_members(CLASS, PEOPLE[:4])
    assert sent(bench) == [adds(bench, one, "members") for one in PEOPLE[: 4 if others else 2]]


CHANGES: list[Any] = [
    lambda writing: writing.add_teachers(CLASS, PEOPLE[:1]),
    lambda writing: writing.add_members(CLASS, PEOPLE[:1]),
    lambda writing: writing.create("101", "Химия", DAY),
    lambda writing: writing.to_school(SCHOOL, CLASS),
    lambda writing: writing.make_team(CLASS),
]
"""Every change."""


@pytest.mark.parametrize("status", [400, 409])
@pytest.mark.parametrize("code", ["Directory_ConcurrencyViolation", "Request_BadRequest"])
@pytest.mark.parametrize("act", CHANGES)
async def test_two_at_once_are_asked_to_come_again_and_concern_nobody_else(
    bench: Bench, status: int, code: str, act: Any
):
    """Also of a team: this 409 does not say that there is one."""
    bench.graph.will(says(error(code, AT_ONCE), status))
    with pytest.raises(DirectoryBusy) as caught:
        await act(writer(bench))
    assert (caught.value.retry_after, caught.value.everybody) == (10, False)


@pytest.mark.parametrize("people", [[], [*PEOPLE, "x"], ["no-id"], [PEOPLE[0], "../x"]])
async def test_what_is_no_person_is_not_sent(bench: Bench, people: list[str]):
    with pytest.raises(ValueError, match="object ids"):
        await writer(bench).add_members(CLASS, people)
    assert bench.graph.seen == []


async def test_a_class_is_made_with_the_registers_row(bench: Bench):
    bench.graph.will(says({"id": CLASS, "displayName": "Химия"}, 201))
    assert await writer(bench).create("101-A", "Химия - 7 а - ООП", DAY) == CLASS
    (seen,) = bench.graph.seen
    assert (seen.method, seen.raw_path) == ("POST", "/v1.0/education/classes")
    assert seen.body["externalId"] == seen.body["classCode"] == "101-A"
    assert seen.body["displayName"] == "Химия - 7 а - ООП"
    assert seen.body["externalSource"] == "sis"
    assert seen.body["mailNickname"].startswith("class101")
    assert seen.body["externalName"] == "Химия - 7 а - ООП"


@pytest.mark.parametrize(
    ("day", "starts", "ends"),
    [
        ("2026-09-15", "2026-09-15", "2027-06-30"),
        ("2026-12-31", "2026-09-15", "2027-06-30"),
        ("2027-06-30", "2026-09-15", "2027-06-30"),
        ("2027-07-01", "2026-09-15", "2027-06-30"),
        ("2027-09-14", "2026-09-15", "2027-06-30"),
        ("2027-09-15", "2027-09-15", "2028-06-30"),
    ],
)
async def test_a_class_is_of_the_school_year_it_is_made_for(bench: Bench, day: str, starts: str, ends: str):
    """The former teacher of its row is no class teacher next year."""
    bench.graph.will(says({"id": CLASS}, 201))
    at = date.fromisoformat(day)
    await writer(bench).create("101", "Час на класа - 7 а - ООП", at)
    (seen,) = bench.graph.seen
    assert (seen.body["term"]["startDate"], seen.body["term"]["endDate"]) == (starts, ends)
    made = EducationClasses([{"id": CLASS, **seen.body}])
    last = date.fromisoformat(ends).replace(month=9, day=14)
    assert made.of_this_year(at) == made.of_this_year(last) == made.every()
    assert made.of_this_year(last + timedelta(days=1)) == ()


@pytest.mark.parametrize("row", ["", "x" * 200, "a'b", "a\nb"])
async def test_a_row_that_is_none_makes_no_class(bench: Bench, row: str):
    with pytest.raises(DirectoryMisunderstood):
        await writer(bench).create(row, "Химия", DAY)
    assert bench.graph.seen == []


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (says({"displayName": "Химия"}, 201), DirectoryUnavailable),
        (says({"id": "x y"}, 201), DirectoryUnavailable),
        (says({}, 200), DirectoryUnavailable),
        (refuses(400, "Request_BadRequest"), DirectoryMisunderstood),
        (refuses(403, "accessDenied"), DirectoryForbidden),
        (refuses(409, "Conflict"), DirectoryBusy),
        (refuses(502, "x"), DirectoryUnavailable),
        (resets, DirectoryUnavailable),
    ],
)
async def test_a_class_that_may_have_been_made_is_in_doubt(bench: Bench, reply: Any, expected: type[Exception]):
    bench.graph.will(reply)
    with pytest.raises(expected):
        await writer(bench).create("101", "Химия", DAY)
    assert len(bench.graph.seen) == 1, "a write is never repeated here"


async def test_a_class_goes_into_its_school_once(bench: Bench):
    bench.graph.will(done(), there("members"))
    writing = writer(bench)
    for _ in range(2):
        await writing.to_school(SCHOOL, CLASS)
    assert bench.graph.seen[0].raw_path == f"/v1.0/education/schools/{SCHOOL}/classes/$ref"
    assert bench.graph.seen[0].body == {"@odata.id": f"{bench.graph.url}/v1.0/education/classes/{CLASS}"}


@pytest.mark.parametrize(
    ("reply", "is_there"),
    [
        (says({}, 201), True),
        (says(b"", 202), True),
        (refuses(409, "Conflict"), True),
        (refuses(404, "NotFound"), False),
    ],
)
async def test_a_team_is_there_now_or_comes_later(bench: Bench, reply: Any, is_there: bool):
    bench.graph.will(reply)
    assert await writer(bench).make_team(CLASS) is is_there
    (seen,) = bench.graph.seen
    assert (seen.method, seen.raw_path, seen.body) == ("PUT", f"/v1.0/groups/{CLASS}/team", {})


@pytest.mark.parametrize("reply", [refuses(400, "BadRequest"), refuses(403, "x"), refuses(500, "x"), hangs])
async def test_a_team_that_is_refused_is_an_error(bench: Bench, reply: Any):
    bench.graph.will(reply)
    bench.rebuild(**({"attempt_timeout": 0.2} if reply is hangs else {}))
    with pytest.raises(DirectoryError):
        await GraphClassWriter(bench.transport, bench.options).make_team(CLASS)
    assert len(bench.graph.seen) == 1


@pytest.mark.parametrize("class_id", ["", "../x", "a b", "x" * 300])
async def test_what_is_no_class_is_not_sent(bench: Bench, class_id: str):
    writing = writer(bench)
    for call in (writing.make_team(class_id), writing.add_teachers(class_id, PEOPLE[:1])):
        with pytest.raises(ValueError, match="class"):
            await call
    assert bench.graph.seen == []


@pytest.mark.parametrize(
    ("act", "everybody"),
    [
        (lambda writing: writing.make_team(CLASS), False),
        (lambda writing: writing.to_school(SCHOOL, CLASS), True),
        (lambda writing: writing.add_teachers(CLASS, PEOPLE[:1]), True),
        (lambda writing: writing.create("101", "Химия", DAY), True),
    ],
)
async def test_that_teams_throttles_says_nothing_of_the_directory(bench: Bench, act: Any, everybody: bool):
    bench.graph.will(refuses(429, "TooManyRequests", Retry_After="600"))
    with pytest.raises(DirectoryBusy) as caught:
        await act(writer(bench))

    assert (caught.value.retry_after, caught.value.everybody) == (600, everybody)
