"""What a tenant takes is learnt from answers that tell it: what would be answered the same way either way tells nothing."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from aiohttp import web

from bot.graph.probing import Probing
from bot.graph.ways import SAFE, Members, TenantWays, Ways
from tests.unit.graph.hostile import Bench, Reply

SCHOOLS = ("a1a1a1a1-1111-4a6c-9d53-0f2a0a4f1c11", "a2a2a2a2-1111-4a6c-9d53-0f2a0a4f1c11")
CLASS = "b2b2b2b2-2222-4a6c-9d53-0f2a0a4f1c11"
PERSON = "c3c3c3c3-3333-4a6c-9d53-0f2a0a4f1c11"
USERNAME = "mp02345678@edu.mon.bg"
USER, GROUP = "#microsoft.graph.user", "#microsoft.graph.group"
SET = "2026-08-25T06:00:00Z"
Said = tuple[int, Any] | None
Tenant = Callable[[str, str], Said]


def listed(*records: dict[str, Any]) -> tuple[int, Any]:
    return 200, {"value": list(records)}


def kind(method: str, url: str) -> Said:
    """A tenant that takes everything: two schools, of which the second has a student in a class."""
    if url.startswith("/education/schools?$select"):
        return listed(*({"id": each} for each in SCHOOLS))
    if url.startswith("/education/schools?") or "/education/classes?" in url:
        return listed()
    if url.startswith(f"/education/schools/{SCHOOLS[1]}/users"):
        return listed({"id": PERSON, "userPrincipalName": USERNAME, "schools": [{"id": SCHOOLS[1]}]})
    if url.startswith("/education/schools/") or "/education/users?$" in url:
        return listed()
    if url.startswith(f"/education/users/{PERSON}/classes"):
        return listed({"id": CLASS, "displayName": "Химия - 5 а - ООП"})
    if url.startswith("/education/users/"):
        return 200, {"id": PERSON, "schools": [{"id": SCHOOLS[1]}], "classes": [{"id": CLASS}]}
    if url.startswith(("/directory/administrativeUnits/", "/groups/")):
        return listed({"@odata.type": USER, "id": PERSON, "lastPasswordChangeDateTime": SET})
    return listed({"id": PERSON}) if url.startswith(f"/education/classes/{CLASS}/members") else None


def but(*changes: tuple[str, Said], besides: Tenant = kind) -> Tenant:
    """The same tenant, but for what these parts of an address are answered."""

    def answered(method: str, url: str) -> Said:
        return next((said for part, said in changes if part in url), None) or besides(method, url)

    return answered


class Asked:
    """What was asked of it, by address."""

    def __init__(self, bench: Bench, tenant: Tenant) -> None:
        self.urls: list[str] = []
        self._tenant = tenant
        bench.graph.will(*[self._reply] * 20)

    @property
    def _reply(self) -> Reply:
        async def reply(request: web.Request) -> web.StreamResponse:
            return web.json_response(
                {"responses": [self._answer(each) for each in (await request.json())["requests"]]}
            )

        return reply

    def _answer(self, item: dict[str, Any]) -> dict[str, Any]:
        url = unquote(item["url"])
        self.urls.append(url)
        said = self._tenant(item["method"], url)
        assert said is not None, f"nobody prepared for {url}"
        return {"id": item["id"], "status": said[0], "body": said[1]}


async def learnt(bench: Bench, tenant: Tenant, known: Ways = SAFE) -> tuple[Ways, bool, list[str]]:
    """What is known of the tenant once it was asked, whether that is all, and what was asked."""
    asked = Asked(bench, tenant)
    bench.transport.ways = TenantWays(bench.options, known)
    whole = await Probing(bench.transport, bench.options, bench.today).once()
    bench.graph.replies.clear()  # as many as it may need
    return bench.transport.ways.known, whole, asked.urls


async def test_of_a_tenant_that_takes_everything_everything_is_learnt(bench: Bench):
    ways, whole, asked = await learnt(bench, kind)
    assert (ways, whole) == (Ways(members=Members.SHOWN, sign_ins=True), True)
    assert not [url for url in asked if url.startswith("/education/users?$select")], (
        "who is in no school tells nothing"
    )


async def test_a_tenant_that_heeds_no_number_of_a_page_is_asked_no_more_than_a_batch(bench: Bench):
    every = [*SCHOOLS, *(f"{number:08}-1111-4a6c-9d53-0f2a0a4f1c11" for number in range(2_300))]
    ways, whole, asked = await learnt(
        bench, but(("/education/schools?$select", listed(*({"id": one} for one in every))))
    )
    assert (ways.members, whole) == (Members.SHOWN, True)
    assert len([url for url in asked if url.startswith("/education/schools/") and "/users" in url]) <= 20 + 1


@pytest.mark.parametrize("ignored", ["schools", "classes"])
async def test_an_expansion_that_is_ignored_is_none(bench: Bench, ignored: str):
    """The staff of a ministry, who are in no school, would be answered the same way."""
    shown = {"id": PERSON, "schools": [{"id": SCHOOLS[1]}], "classes": [{"id": CLASS}]}
    tenant = but(
        (f"/education/users/{PERSON}/classes", kind("GET", f"/education/users/{PERSON}/classes")),
        ("/education/users/", (200, {name: value for name, value in shown.items() if name != ignored})),
    )
    ways, _, _ = await learnt(bench, tenant)
    assert ways.expands == {"schools": 0, "classes": 1}[ignored]


@pytest.mark.parametrize("known", [SAFE, Ways()])
async def test_where_nobody_is_in_a_class_it_is_not_known_whether_classes_expand(bench: Bench, known: Ways):
    tenant = but((f"/education/users/{PERSON}/classes", listed()))
    ways, whole, _ = await learnt(bench, tenant, known)
    assert (ways.expands, ways.members, whole) == (known.expands, known.members, False)


@pytest.mark.parametrize("known", [SAFE, Ways()])
@pytest.mark.parametrize("schools", [(200, {"value": []}), (403, {}), (200, {"value": "x"}), (200, {"value": [1]})])
async def test_where_no_school_or_nobody_is_found_nothing_is_learnt_of_people(
    bench: Bench, known: Ways, schools: tuple[int, Any]
):
    for tenant in (but(("/education/schools?$select", schools)), but((f"/{SCHOOLS[1]}/users", listed()))):
        ways, whole, _ = await learnt(bench, tenant, known)
        assert (ways.expands, ways.units, ways.members, whole) == (known.expands, known.units, known.members, False)


@pytest.mark.parametrize(
    ("said", "units"),
    [
        (listed({"@odata.type": USER, "id": PERSON, "lastPasswordChangeDateTime": None}), False),
        (listed({"@odata.type": USER, "id": PERSON}), False),
        (listed(), False),
        ((403, {}), False),
        ((400, {}), False),
        ((404, {}), False),
        (listed({"@odata.type": USER, "id": PERSON}, {"@odata.type": USER, "lastPasswordChangeDateTime": SET}), True),
        (listed({"@odata.type": GROUP, "id": CLASS}, {"@odata.type": USER, "lastPasswordChangeDateTime": SET}), True),
        (listed({"@odata.type": GROUP, "id": CLASS}), None),
        ((500, {}), None),
    ],
)
@pytest.mark.parametrize("known", [True, False])
async def test_a_unit_is_told_of_where_it_tells_somebodys_date(
    bench: Bench, said: tuple[int, Any], units: bool | None, known: bool
):
    before = Ways(units=known)
    ways, _, _ = await learnt(bench, but(("/administrativeUnits/", said)), before)
    assert ways.units is (known if units is None else units)


@pytest.mark.parametrize("refused", [400, 403])
@pytest.mark.parametrize("units", [True, False])
async def test_sign_ins_are_asked_of_the_list_that_will_be_asked(bench: Bench, refused: int, units: bool):
    """An account by itself may tell them and lists of members refuse them."""
    list_of = {True: "/administrativeUnits/", False: "/groups/"}[units]

    def tenant(method: str, url: str) -> Said:
        if not units and "/administrativeUnits/" in url:
            return 404, {}
        if list_of in url and "signInActivity" in url:
            return refused, {}
        return kind(method, url)

    ways, _, _ = await learnt(bench, tenant)
    assert (ways.units, ways.sign_ins) == (units, False)


@pytest.mark.parametrize("body", [None, {}, {"value": None}, "<html>", []])
async def test_an_answer_that_is_no_list_is_no_filter_obeyed(bench: Bench, body: Any):
    tenant = but(("$filter", (200, body)))
    ways, whole, _ = await learnt(bench, tenant, SAFE)
    assert (ways.users_version, ways.classes_version, ways.or_in_filter, whole) == ("beta", "beta", False, False)
