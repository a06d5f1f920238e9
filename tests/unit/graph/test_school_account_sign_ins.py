"""A school's accounts: when somebody last signed in is asked of the lists of classes, and a list may be refused."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.core.accounts.model import Account
from bot.graph.batch import MOST_ITEMS
from bot.graph.school_accounts import GraphSchoolAccounts
from bot.graph.ways import Ways
from tests.unit.graph.hostile import Bench, error, says
from tests.unit.graph.test_graph_directory import OURS, student
from tests.unit.graph.test_school_years import HOUR, a_class

SET, SIGNED_IN = "2026-09-01T00:00:00Z", datetime(2026, 10, 1, tzinfo=UTC)
CLASSES = [f"{grade}{letter}" for grade in range(1, 13) for letter in "ав"][: MOST_ITEMS + 3]
"""Two batches: in each of these is one student."""


def person(number: int) -> str:
    return f"{number:08}-7f7e-4a6c-9d53-0f2a0a4f1c11"


class Tenant:
    """Answers whatever is asked. `hidden` classes never show their list, `bare` ones none with sign-ins."""

    def __init__(self, bench: Bench, *, hidden: Collection[int] = (), bare: Collection[int] = ()) -> None:
        self.hidden, self.bare = hidden, bare
        self.asked: list[list[bool]] = []
        """Of each batch whether its items ask for sign-ins."""
        classes = [a_class(f"class-{number}", HOUR, name) for number, name in enumerate(CLASSES)]
        people = [student(person(number)) for number in range(len(CLASSES))]
        bench.graph.will(says({"value": people}), says({"value": classes}), *[self._batch] * 6)
        bench.transport.ways.learn(Ways(units=False, sign_ins=True), SIGNED_IN)
        self.bench = bench

    async def _batch(self, request: web.Request) -> web.StreamResponse:
        asked = (await request.json())["requests"]
        self.asked.append(["signInActivity" in item["url"] for item in asked])
        return web.json_response({"responses": [{"id": one["id"], **self._answer(one["url"])} for one in asked]})

    def _answer(self, url: str) -> Mapping[str, Any]:
        number = int(url.partition("class-")[2].partition("/")[0])
        wants = "signInActivity" in url
        if number in self.hidden or (number in self.bare and wants):
            return {"status": 403, "body": error("Authorization_RequestDenied")}
        told: dict[str, Any] = {"id": person(number), "accountEnabled": True, "createdDateTime": SET}
        told["lastPasswordChangeDateTime"] = SET
        if wants:
            told["signInActivity"] = {"lastSuccessfulSignInDateTime": SIGNED_IN.isoformat()}
        return {"status": 200, "body": {"value": [told]}}

    async def look(self) -> dict[int, Account]:
        looked = await GraphSchoolAccounts(self.bench.transport, self.bench.options, self.bench.today).look(OURS)
        self.bench.graph.replies.clear()
        return {int(one.person[:8]): one for one in looked.accounts}


async def test_a_class_whose_members_are_hidden_takes_sign_ins_from_no_other(bench: Bench):
    tenant = Tenant(bench, hidden={3})
    found = await tenant.look()
    assert {number for number, one in found.items() if one.signed_in != SIGNED_IN} == {3}
    assert found[3].changed is None
    assert not bench.transport.ways.doubted.is_set()
    assert tenant.asked == [[True] * MOST_ITEMS, [False], [True] * 3]


async def test_lists_that_answer_without_sign_ins_are_read_without_them_from_then_on(bench: Bench):
    tenant = Tenant(bench, hidden={3}, bare=range(len(CLASSES)))
    found = await tenant.look()
    assert {number for number, one in found.items() if one.changed is None} == {3}
    assert {one.signed_in for one in found.values()} == {None}
    assert bench.transport.ways.doubted.is_set()
    assert tenant.asked == [[True] * MOST_ITEMS, [False] * MOST_ITEMS, [False] * 3]


DENIED = says(error("Authorization_RequestDenied"), 403)


async def test_a_unit_that_is_refused_either_way_takes_sign_ins_from_no_class(bench: Bench):
    tenant = Tenant(bench)
    bench.transport.ways.learn(Ways(sign_ins=True), SIGNED_IN)
    bench.graph.replies[2:2] = [DENIED, DENIED]
    found = await tenant.look()
    assert {one.signed_in for one in found.values()} == {SIGNED_IN}
    assert tenant.asked == [[True] * MOST_ITEMS, [True] * 3]


async def test_a_unit_that_answers_without_sign_ins_is_read_without_them_and_the_tenant_asked_anew(bench: Bench):
    tenant = Tenant(bench)
    bench.transport.ways.learn(Ways(sign_ins=True), SIGNED_IN)
    told = {"id": person(0), "accountEnabled": True, "createdDateTime": SET, "lastPasswordChangeDateTime": SET}
    bench.graph.replies[2:2] = [DENIED, says({"value": [told]})]
    found = await tenant.look()
    assert found[0].changed is not None
    assert {one.signed_in for one in found.values()} == {None}
    assert bench.transport.ways.doubted.is_set()
