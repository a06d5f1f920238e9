"""Lists that come in pages, and links that lead astray."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from yarl import URL

from bot.core.errors import DirectoryBusy, DirectoryMisunderstood, DirectoryUnavailable
from bot.core.people.model import AccountState, Kind, Person
from bot.graph.describing import Call
from bot.graph.paging import followed, relative
from tests.unit.graph.hostile import Bench, answers, refuses, says
from tests.unit.graph.test_graph_accounts import account, told
from tests.unit.graph.test_graph_directory import ID, school, student
from tests.unit.graph.test_graph_directory import account as directory_account

LIST = Call("list", "GET", "GET /things", "/things?$top=2", priority="low")


async def read(bench: Bench) -> list[object]:
    return [each async for page in bench.transport.pages(LIST) for each in page]


async def test_pages_are_followed_to_the_end_even_through_an_empty_one(bench: Bench):
    link = bench.graph.url + "/v1.0/things?$top=2&$skiptoken=a%2Fb%27c"
    bench.graph.will(
        says({"value": [1, 2], "@odata.nextLink": link}),
        says({"value": [], "@odata.nextLink": link + "2"}),
        says({"value": [3]}),
    )
    assert await read(bench) == [1, 2, 3]
    # The link is opaque: sent back byte for byte.
    assert bench.graph.seen[1].raw_path == "/v1.0/things?$top=2&$skiptoken=a%2Fb%27c"
    assert bench.transport.sent == {"list": 3}


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/v1.0/things",
        "http://127.0.0.1:1/v1.0/things",
        "//evil.example/v1.0/things",
        "/v1.0/things",
        "v1.0/things",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://[::bad",
        "",
        7,
        ["x"],
    ],
)
async def test_a_link_to_another_place_never_gets_our_token(bench: Bench, link):
    bench.graph.will(says({"value": [1], "@odata.nextLink": link}))
    with pytest.raises(DirectoryMisunderstood):
        await read(bench)
    assert len(bench.graph.seen) == 1


@pytest.mark.parametrize("path", ["/evil", "/v1.0evil/things", "/"])
async def test_a_link_to_another_service_of_the_same_host_is_not_followed(bench: Bench, path: str):
    bench.graph.will(says({"value": [1], "@odata.nextLink": bench.graph.url + path}))
    with pytest.raises(DirectoryMisunderstood):
        await read(bench)


GRAPH = URL("https://graph.microsoft.com")
PLACE = "/v1.0/things?$skiptoken=a%2Fb%27c"


@pytest.mark.parametrize(
    "origin",
    [
        "https://graph.microsoft.com",
        "https://graph.microsoft.com:443",
        "https://GRAPH.Microsoft.COM",
        "https://graph.microsoft.com.",
        "HTTPS://Graph.Microsoft.Com.:443",
    ],
)
def test_the_same_origin_is_the_same_however_it_is_written(origin: str):
    """The address asked is our own to the letter, the rest of the link byte for byte as it came."""
    assert str(followed(origin + PLACE, GRAPH)) == f"https://graph.microsoft.com{PLACE}"
    assert relative(origin + PLACE, GRAPH, "v1.0") == "/things?$skiptoken=a%2Fb%27c"


@pytest.mark.parametrize(
    "origin",
    [
        "http://graph.microsoft.com",
        "http://graph.microsoft.com:443",
        "https://graph.microsoft.com:80",
        "https://graph.microsoft.com:4430",
        "https://graph.microsoft.com:99999",
        "https://graph.microsoft.com:x",
        "https://graph.microsoft.com..",
        "https://.graph.microsoft.com",
        "https://graph.microsoft.com.evil.example",
        "https://evilgraph.microsoft.com",
        "https://graph.microsoft.com@evil.example",
        "https://evil.example\\@graph.microsoft.com",
        "https://graph。microsoft.com",
        "https://grаph.microsoft.com",
        "https://user@graph.microsoft.com",
        "https://:pw@graph.microsoft.com:443",
        "https://",
        "https:",
    ],
)
def test_another_origin_is_refused_however_like_it_looks(origin: str):
    with pytest.raises(DirectoryMisunderstood):
        followed(origin + PLACE, GRAPH)


async def test_user_info_in_a_link_is_not_followed(bench: Bench):
    link = bench.graph.url.replace("http://", "http://user:pw@") + "/v1.0/things"
    bench.graph.will(says({"value": [1], "@odata.nextLink": link}))
    with pytest.raises(DirectoryMisunderstood):
        await read(bench)


async def test_a_circle_of_links_ends(bench: Bench):
    one, two = bench.graph.url + "/v1.0/things?p=1", bench.graph.url + "/v1.0/things?p=2"
    bench.graph.will(
        says({"value": [1], "@odata.nextLink": one}),
        says({"value": [2], "@odata.nextLink": two}),
        says({"value": [3], "@odata.nextLink": one}),
    )
    with pytest.raises(DirectoryMisunderstood) as caught:
        await read(bench)
    assert caught.value.code == "endless-pages"


async def test_a_list_without_end_ends(bench: Bench):
    bench.graph.will(
        *[says({"value": [n], "@odata.nextLink": f"{bench.graph.url}/v1.0/things?p={n}"}) for n in range(200)]
    )
    with pytest.raises(DirectoryMisunderstood):
        await read(bench)


async def test_a_list_that_takes_too_long_ends(bench: Bench):
    bench.rebuild(sweep_attempt_timeout=8.0, sweep_deadline=10.0)
    links = [f"{bench.graph.url}/v1.0/things?p={n}" for n in range(9)]
    for link in links[:3]:
        bench.graph.will(refuses(503, "x", Retry_After="4"), says({"value": [], "@odata.nextLink": link}))
    with pytest.raises(Exception, match="Directory"):
        await read(bench)
    bench.graph.replies.clear()
    assert bench.clock.time - 1000 <= 10


@pytest.mark.parametrize("body", [{}, {"value": None}, {"value": {}}, [], None, "<html>"])
async def test_a_page_without_a_list_is_not_an_empty_list(bench: Bench, body):
    bench.graph.will(says(body))
    with pytest.raises(DirectoryMisunderstood):
        await read(bench)


async def test_a_page_that_fails_fails_the_list(bench: Bench):
    bench.graph.will(
        says({"value": [1], "@odata.nextLink": bench.graph.url + "/v1.0/things?p=2"}), refuses(500, "UnknownError")
    )
    with pytest.raises(DirectoryUnavailable):
        await read(bench)


async def test_in_a_batch_the_next_page_travels_in_a_body_too(bench: Bench):
    link = bench.graph.url + "/v1.0/things?$filter=secret&$skiptoken=2"
    bench.graph.will(answers((200, {"value": [1], "@odata.nextLink": link})), answers((200, {"value": [2]})))
    assert await bench.transport.all_in_batch(LIST) == [1, 2]
    assert [seen.raw_path for seen in bench.graph.seen] == ["/v1.0/$batch"] * 2
    assert bench.graph.seen[1].body["requests"][0]["url"] == "/things?$filter=secret&$skiptoken=2"


async def test_in_a_batch_a_circle_ends_and_a_foreign_link_is_refused(bench: Bench):
    circle = bench.graph.url + "/v1.0/things?$top=2"
    bench.graph.will(answers((200, {"value": [1], "@odata.nextLink": circle})))
    with pytest.raises(DirectoryMisunderstood):
        await bench.transport.all_in_batch(LIST)
    bench.graph.will(answers((200, {"value": [1], "@odata.nextLink": bench.graph.url + "/beta/things"})))
    with pytest.raises(DirectoryMisunderstood):
        await bench.transport.all_in_batch(LIST)


async def test_a_page_may_take_longer_than_anything_a_person_waits_for(bench: Bench):
    bench.rebuild(attempt_timeout=0.1, deadline=0.1, sweep_attempt_timeout=20.0)

    async def slowly(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.4)
        return web.json_response({"value": [1]})

    for call in (LIST, replace(LIST, priority="high")):
        bench.graph.will(slowly)
        assert [each async for page in bench.transport.pages(call) for each in page] == [1]
    bench.graph.will(slowly)
    assert (await bench.transport.send(LIST)).value() == {"value": [1]}
    bench.graph.will(*[slowly] * 4)
    with pytest.raises(DirectoryUnavailable):
        await bench.transport.send(replace(LIST, priority="high"))
    bench.graph.replies.clear()


@pytest.mark.parametrize("status", [429, 503])
async def test_a_long_pause_is_told_and_not_slept_also_where_nobody_waits(bench: Bench, status: int):
    bench.graph.will(refuses(status, "x", Retry_After="20"))
    with pytest.raises(DirectoryBusy) as caught:
        await read(bench)
    assert caught.value.retry_after == 20
    assert bench.clock.slept == []


# pages of what one person has, and of a school's code


def page(bench: Bench, path: str, *records: dict[str, Any], more: bool = False) -> dict[str, Any]:
    link = {"@odata.nextLink": f"{bench.graph.url}/v1.0{path}?$skiptoken=x"} if more else {}
    return {"value": list(records), **link}


CLASSES, SCHOOLS = f"/education/users/{ID}/classes", f"/education/users/{ID}/schools"
HOUR, MATHS = {"id": "h", "displayName": "Час на класа - 5а - ООП"}, {"id": "m", "displayName": "М - 5а - ООП"}
BARE = {name: value for name, value in student().items() if name not in {"schools", "classes"}}
BOTH = (HOUR["displayName"], MATHS["displayName"])


async def test_every_page_of_a_persons_classes_and_schools_counts(bench: Bench):
    first, of_schools = page(bench, CLASSES, HOUR, more=True), page(bench, SCHOOLS, more=True)
    bench.graph.will(
        says(BARE),
        answers((200, of_schools), (200, first)),
        says(page(bench, SCHOOLS, school())),
        says(page(bench, CLASSES, MATHS)),
    )
    found = await bench.directory(expands=False).find_by_id(ID)
    assert found is not None
    assert (found.teams, len(found.schools)) == (BOTH, 1)
    assert len(bench.graph.seen) == 4


async def test_every_page_counts_where_teams_are_asked_for_by_themselves(bench: Bench):
    somebody = Person(ID, "Ана", "ip01234567@edu.mon.bg", Kind.STUDENT, AccountState.ACTIVE)
    bench.graph.will(answers((200, page(bench, CLASSES, HOUR, more=True))), says(page(bench, CLASSES, MATHS)))
    (found,) = await bench.directory().with_teams([somebody])
    assert found.teams == BOTH
    bench.graph.will(answers((200, page(bench, CLASSES, HOUR, MATHS))))
    (found,) = await bench.directory().with_teams([somebody])
    assert (found.teams, len(bench.graph.seen)) == (BOTH, 3), "without a link nothing more is asked"


async def test_every_page_counts_for_whoever_is_to_be_given_a_password(bench: Bench):
    cut = {**student(classes=[HOUR]), "classes@odata.nextLink": "x"}
    bench.graph.will(told(person=cut), says(page(bench, CLASSES, HOUR, more=True)), says(page(bench, CLASSES, MATHS)))
    facts = await bench.accounts().facts(ID)
    assert facts is not None
    assert facts.person.teams == BOTH

    parts: list[Any] = [account(), BARE, {"value": []}, {"value": []}]
    lists = [page(bench, SCHOOLS, more=True), page(bench, CLASSES, HOUR, more=True)]
    bench.graph.will(
        answers(*((200, part) for part in (*parts, *lists))),
        says(page(bench, SCHOOLS, school())),
        says(page(bench, CLASSES, MATHS)),
    )
    facts = await bench.accounts(expands=False).facts(ID)
    assert facts is not None
    assert (facts.person.teams, len(facts.person.schools)) == (BOTH, 1)


@pytest.mark.parametrize("joined", [True, False])
async def test_a_school_on_the_second_page_is_found_by_its_code(bench: Bench, joined: bool):
    more, there = page(bench, "/education/schools", more=True), page(bench, "/education/schools", school())
    if joined:
        bench.graph.will(says(more), says(there))
    else:
        bench.graph.will(answers((200, more), (200, {"value": []})), says(there))
    directory = bench.directory()
    bench.transport.ways.learn(replace(bench.transport.ways.now, or_in_filter=joined), bench.today())
    found = await directory.school_by_code("299001")
    assert found is not None
    assert found.code == "299001"


async def test_two_schools_of_one_code_are_two_on_two_pages(bench: Bench):
    bench.graph.will(
        says(page(bench, "/education/schools", school("a1"), more=True)),
        says(page(bench, "/education/schools", school("a2"))),
    )
    with pytest.raises(DirectoryMisunderstood, match="school-code-twice"):
        await bench.directory().school_by_code("299001")


async def test_every_page_of_the_schools_that_tell_a_role_counts(bench: Bench):
    education = {"id": ID, "primaryRole": "teacher"}
    parts = [directory_account(), education, page(bench, SCHOOLS, more=True)]
    bench.graph.will(answers(*((200, part) for part in parts)), says(page(bench, SCHOOLS, school())))
    facts = await bench.directory(expands=False).role_facts(ID)
    assert [one.code for one in facts.schools] == ["299001"]
