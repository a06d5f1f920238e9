"""Where the writer's directory roles hold, as Graph's list of assignments tells it."""

from typing import Any

import pytest

from bot.core.errors import DirectoryMisunderstood
from bot.graph.role_scopes import RoleScopes, scopes_of
from tests.unit.graph.hostile import Bench, refuses, says
from tests.unit.graph.test_graph_missing import PASSWORD_ADMINISTRATOR, Tokens, token

PERSON = "11111111-7f7e-4a6c-9d53-0f2a0a4f1c11"
PRINCIPAL = "22222222-7f7e-4a6c-9d53-0f2a0a4f1c11"
UNIT, OTHER = "aaaaaaaa-7f7e-4a6c-9d53-0f2a0a4f1c11", "bbbbbbbb-7f7e-4a6c-9d53-0f2a0a4f1c11"
ROLES = frozenset({PASSWORD_ADMINISTRATOR})


def assignment(scope: object, role: str = PASSWORD_ADMINISTRATOR) -> dict[str, Any]:
    return {"id": "x", "principalId": PRINCIPAL, "roleDefinitionId": role, "directoryScopeId": scope}


def member_of(*units: str) -> dict[str, Any]:
    group = {"@odata.type": "#microsoft.graph.group", "id": UNIT, "displayName": "5 а"}
    return {"value": [group, *({"@odata.type": "#microsoft.graph.administrativeUnit", "id": one} for one in units)]}


@pytest.mark.parametrize(
    ("assignments", "scopes"),
    [
        ([], set()),
        ([assignment("/")], {"/"}),
        ([assignment(f"/administrativeUnits/{UNIT.upper()}"), assignment("/")], {"/", UNIT}),
        ([assignment("/", PASSWORD_ADMINISTRATOR.upper())], {"/"}),
        ([assignment("/", OTHER)], set()),
        ([assignment(f"/{OTHER}")], set()),
        ([assignment(None), assignment(7), {}], set()),
    ],
)
def test_scopes(assignments: list[object], scopes: set[str]):
    assert scopes_of(assignments, ROLES) == scopes


@pytest.mark.parametrize("odd", [None, "/", 7, []])
def test_what_is_no_assignment_is_not_understood(odd: object):
    with pytest.raises(DirectoryMisunderstood):
        scopes_of([odd], ROLES)


@pytest.mark.parametrize(
    ("assignments", "memberships", "outside"),
    [
        ([assignment(f"/administrativeUnits/{UNIT}")], member_of(UNIT.upper(), OTHER), False),
        ([assignment(f"/administrativeUnits/{UNIT}")], member_of(OTHER), True),
        ([assignment(f"/administrativeUnits/{UNIT}")], member_of(), True),
        ([assignment(f"/administrativeUnits/{UNIT}"), assignment("/")], None, False),
        ([], None, False),
        ([assignment(f"/administrativeUnits/{UNIT}", OTHER)], None, False),
    ],
)
async def test_an_account_is_outside_where_none_of_its_units_is_one_of_the_role(
    bench: Bench, assignments: list[object], memberships: dict[str, Any] | None, outside: bool
):
    bench.graph.will(says({"value": assignments}), *([] if memberships is None else [says(memberships)]))
    assert await scopes(bench, token(oid=PRINCIPAL)).outside(PERSON, ROLES) is outside
    asked = bench.graph.seen[0].raw_path
    assert asked == f"/v1.0/roleManagement/directory/roleAssignments?$filter=principalId%20eq%20'{PRINCIPAL}'"
    assert len(bench.graph.seen) == (1 if memberships is None else 2)


@pytest.mark.parametrize(
    "replies",
    [
        [refuses(403, "Authorization_RequestDenied")],
        [says({"value": "all"})],
        [says({"value": [7]})],
        [says({"value": [assignment(f"/administrativeUnits/{UNIT}")]}), refuses(403, "Authorization_RequestDenied")],
        [says({"value": [assignment(f"/administrativeUnits/{UNIT}")]}), refuses(404, "Request_ResourceNotFound")],
    ],
)
async def test_what_cannot_be_read_tells_nothing(bench: Bench, replies: list[Any]):
    bench.graph.will(*replies)
    assert await scopes(bench, token(oid=PRINCIPAL)).outside(PERSON, ROLES) is None


@pytest.mark.parametrize("odd", [token(), token(oid="the writer"), "opaque"])
async def test_without_an_id_of_the_writer_nobody_is_asked(bench: Bench, odd: str):
    assert await scopes(bench, odd).outside(PERSON, ROLES) is None
    assert bench.graph.seen == []


def scopes(bench: Bench, writers: str) -> RoleScopes:
    return RoleScopes(bench.transport, Tokens(writers))
