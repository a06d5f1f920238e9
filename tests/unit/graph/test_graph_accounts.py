"""What decides whether an account is given a password, from a Graph that answers well, badly and partly."""

import inspect
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.core.errors import (
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.core.passwords.model import AccountFacts, PasswordDates
from bot.core.passwords.ports import AccountReader
from bot.core.people.model import AccountState, Kind
from tests.unit.graph.hostile import Bench, Reply, answers, error, refuses, says
from tests.unit.graph.test_graph_directory import ID, OTHER, OURS, gone, school, student

ROLE = "extension_3fd591523047404483834154c3498778_NEISPUO_ROLE"


def account(**changes: Any) -> dict[str, Any]:
    return {
        "id": ID,
        "displayName": "Ана Огнянова",
        "userPrincipalName": "ip01234567@edu.mon.bg",
        "accountEnabled": True,
        "userType": "Member",
        "onPremisesSyncEnabled": None,
        "lastPasswordChangeDateTime": "2026-09-14T07:30:15Z",
        ROLE: 5,
        **changes,
    }


def group(**changes: Any) -> dict[str, Any]:
    return {
        "@odata.type": "#microsoft.graph.group",
        "id": OTHER,
        "displayName": "Математика - 5а - ООП",
        "isAssignableToRole": None,
        **changes,
    }


ADMINISTRATOR = {"@odata.type": "#microsoft.graph.directoryRole", "id": OTHER, "displayName": "Helpdesk"}
SCHOOL_UNIT = {"@odata.type": "#microsoft.graph.administrativeUnit", "id": OTHER, "displayName": None}
SCOPED = {"id": "x", "roleId": OTHER, "administrativeUnitId": OTHER}
PARTS = ("account", "person", "memberships", "scoped")


def told(**parts: Any) -> Reply:
    """The batch of `facts`, each part a body or what `answers` takes."""
    good: dict[str, Any] = {
        "account": account(),
        "person": student(),
        "memberships": {"value": [group()]},
        "scoped": {"value": []},
    }
    return answers(*(part if isinstance(part, tuple) else (200, part) for part in (good | parts).values()))


async def facts(bench: Bench, **parts: Any) -> AccountFacts:
    bench.graph.will(told(**parts))
    found = await bench.accounts().facts(ID)
    assert found is not None
    return found


async def test_it_has_every_method_of_its_port(bench: Bench):
    accounts: AccountReader = bench.accounts()
    for name, method in vars(AccountReader).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            assert inspect.signature(getattr(type(accounts), name)) == inspect.signature(method)


async def test_everything_that_decides_is_one_request(bench: Bench):
    found = await facts(bench)
    assert found.person.id == ID
    assert found.person.schools == (OURS,)
    assert found.person.teams == ("Математика - 5а",)
    assert (found.extension_role, found.privileged, found.guest, found.synchronised) == ("5", False, False, False)
    assert found.password_changed_at == datetime(2026, 9, 14, 7, 30, 15, tzinfo=UTC)
    assert bench.transport.sent == {"account-facts": 1}
    (seen,) = bench.graph.seen
    assert (seen.method, seen.raw_path) == ("POST", "/v1.0/$batch")
    assert [item["headers"]["x-ms-throttle-priority"] for item in seen.body["requests"]] == ["high"] * 4
    assert [item["url"].partition("?")[0] for item in seen.body["requests"]] == [
        f"/users/{ID}",
        f"/education/users/{ID}",
        f"/users/{ID}/memberOf",
        f"/users/{ID}/scopedRoleMemberOf",
    ]


async def test_without_expansion_schools_and_teams_are_in_the_same_request(bench: Bench):
    bare = {name: value for name, value in student().items() if name not in {"schools", "classes"}}
    parts = [
        account(),
        bare,
        {"value": []},
        {"value": []},
        {"value": [school()]},
        {"value": [{"id": "m", "displayName": "М"}]},
    ]
    bench.graph.will(answers(*((200, part) for part in parts)))
    found = await bench.accounts(expands=False).facts(ID)
    assert found is not None
    assert (found.person.schools, found.person.teams) == ((OURS,), ("М",))


async def test_nothing_is_remembered(bench: Bench):
    bench.graph.will(told(), told(account=account(accountEnabled=False)))
    accounts = bench.accounts()
    first, second = await accounts.facts(ID), await accounts.facts(ID)
    assert first is not None
    assert second is not None
    assert (first.person.state, second.person.state) == (AccountState.ACTIVE, AccountState.DISABLED)


# who is nobody


async def test_an_account_that_is_gone_is_none(bench: Bench):
    bench.graph.will(answers(*[gone()] * 4))
    assert await bench.accounts().facts(ID) is None


@pytest.mark.parametrize("odd", ["", "..", "ip01234567@edu.mon.bg", f"{ID}/x", "4146054046"])
async def test_what_is_no_object_id_is_none_without_a_request(bench: Bench, odd: str):
    assert await bench.accounts().facts(odd) is None


async def test_an_account_outside_the_roster_is_of_no_school_and_no_kind(bench: Bench):
    found = await facts(bench, person=gone())
    assert (found.person.kind, found.person.schools, found.person.teams) == (Kind.OTHER, (), ())
    assert (found.person.id, found.person.username) == (ID, "ip01234567@edu.mon.bg")


# privilege


@pytest.mark.parametrize(
    ("memberships", "scoped", "privileged"),
    [
        ([], [], False),
        ([group()], [], False),
        ([group(isAssignableToRole=False), SCHOOL_UNIT], [], False),
        ([ADMINISTRATOR], [], True),
        ([group(), group(), SCHOOL_UNIT, ADMINISTRATOR], [], True),
        ([group(isAssignableToRole=True)], [], True),
        ([], [SCOPED], True),
        ([group()], [{}], True),
    ],
)
async def test_who_is_privileged(bench: Bench, memberships: list[Any], scoped: list[Any], privileged: bool):
    found = await facts(bench, memberships={"value": memberships}, scoped={"value": scoped})
    assert found.privileged is privileged


@pytest.mark.parametrize(
    "membership",
    [
        None,
        "group",
        [],
        {},
        {"id": OTHER},
        {"@odata.type": None, "isAssignableToRole": False, "displayName": "x"},
        group(isAssignableToRole="false"),
        group(isAssignableToRole=0),
        group(isAssignableToRole=[]),
        {name: value for name, value in group().items() if name != "isAssignableToRole"},
        group(displayName=None),
        {"@odata.type": "#microsoft.graph.somethingNew", "id": OTHER, "displayName": "x", "isAssignableToRole": None},
        {"@odata.type": "#microsoft.graph.DIRECTORYROLE", "id": OTHER, "displayName": "x"},
    ],
)
@pytest.mark.parametrize("beside", [[], [ADMINISTRATOR]])
async def test_a_membership_that_cannot_be_read_is_not_harmless(bench: Bench, membership: Any, beside: list[Any]):
    bench.graph.will(told(memberships={"value": [*beside, membership]}))
    with pytest.raises(DirectoryMisunderstood):
        await bench.accounts().facts(ID)


@pytest.mark.parametrize("part", ["memberships", "scoped"])
async def test_a_role_on_the_second_page_counts(bench: Bench, part: str):
    link = f"{bench.graph.url}/v1.0/users/{ID}/memberOf?$skiptoken=x"
    second = ADMINISTRATOR if part == "memberships" else SCOPED
    bench.graph.will(told(**{part: {"value": [], "@odata.nextLink": link}}), says({"value": [second]}))
    found = await bench.accounts().facts(ID)
    assert found is not None
    assert found.privileged


@pytest.mark.parametrize("part", ["memberships", "scoped"])
@pytest.mark.parametrize("link", ["https://evil.example/v1.0/x", 7, "/v1.0/x"])
async def test_a_page_elsewhere_is_not_asked_for(bench: Bench, part: str, link: Any):
    bench.graph.will(told(**{part: {"value": [], "@odata.nextLink": link}}))
    with pytest.raises(DirectoryMisunderstood):
        await bench.accounts().facts(ID)


async def test_a_second_page_that_fails_fails_the_whole(bench: Bench):
    link = f"{bench.graph.url}/v1.0/users/{ID}/memberOf?$skiptoken=x"
    bench.graph.will(told(memberships={"value": [], "@odata.nextLink": link}), refuses(403, "AccessDenied"))
    with pytest.raises(DirectoryForbidden):
        await bench.accounts().facts(ID)


# parts that fail


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, "Authorization_RequestDenied", DirectoryForbidden),
        (401, "InvalidAuthenticationToken", DirectoryForbidden),
        (500, "UnknownError", DirectoryUnavailable),
        (429, "TooManyRequests", DirectoryBusy),
        (400, "BadRequest", DirectoryMisunderstood),
        (404, "UnknownError", DirectoryUnavailable),
        (404, "", DirectoryMisunderstood),
    ],
)
async def test_a_part_that_fails_fails_the_whole(bench: Bench, part: str, status: int, code: str, kind: type):
    bench.graph.will(told(**{part: (status, error(code), {"Retry-After": "99"})}))
    with pytest.raises(kind):
        await bench.accounts().facts(ID)


@pytest.mark.parametrize("part", ["memberships", "scoped"])
async def test_memberships_that_are_not_there_are_not_none(bench: Bench, part: str):
    bench.graph.will(told(**{part: gone()}))
    with pytest.raises(DirectoryMisunderstood):
        await bench.accounts().facts(ID)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("body", [None, [], "x", {}, {"value": None}, {"id": [ID]}, {"id": OTHER}])
async def test_a_part_of_no_shape_or_of_another_is_refused(bench: Bench, part: str, body: Any):
    bench.graph.will(told(**{part: body}))
    with pytest.raises(DirectoryMisunderstood):
        await bench.accounts().facts(ID)


async def test_a_whole_that_fails_fails(bench: Bench):
    bench.graph.will(*[refuses(503, "ServiceUnavailable")] * 4)
    with pytest.raises(DirectoryUnavailable):
        await bench.accounts().facts(ID)


# the account itself


@pytest.mark.parametrize(
    ("value", "guest"),
    [("Member", False), ("member", False), ("Guest", True), (None, True), ("", True), (7, True), ("Members", True)],
)
async def test_only_a_member_is_no_guest(bench: Bench, value: Any, guest: bool):
    assert (await facts(bench, account=account(userType=value))).guest is guest


@pytest.mark.parametrize(("value", "synchronised"), [(True, True), (False, False), (None, False)])
async def test_synchronised(bench: Bench, value: Any, synchronised: bool):
    assert (await facts(bench, account=account(onPremisesSyncEnabled=value))).synchronised is synchronised


@pytest.mark.parametrize(
    ("directory", "roster", "state"),
    [
        (True, True, AccountState.ACTIVE),
        (False, True, AccountState.DISABLED),
        (True, False, AccountState.DISABLED),
        (None, True, AccountState.BEING_CREATED),
        (None, False, AccountState.DISABLED),
        (True, None, AccountState.BEING_CREATED),
    ],
)
async def test_who_is_off_in_either_is_off(bench: Bench, directory: Any, roster: Any, state: AccountState):
    found = await facts(bench, account=account(accountEnabled=directory), person=student(accountEnabled=roster))
    assert found.person.state is state


@pytest.mark.parametrize(
    "changes",
    [
        {"onPremisesSyncEnabled": "false"},
        {"onPremisesSyncEnabled": 0},
        {"accountEnabled": "yes"},
        {"lastPasswordChangeDateTime": "yesterday"},
        {"lastPasswordChangeDateTime": "2026-09-14T07:30:15"},
        {"lastPasswordChangeDateTime": 1789371015},
        {ROLE: True},
        {ROLE: [0]},
    ],
)
async def test_a_property_of_another_type_is_refused(bench: Bench, changes: dict[str, Any]):
    bench.graph.will(told(account=account(**changes)))
    with pytest.raises(DirectoryMisunderstood):
        await bench.accounts().facts(ID)


@pytest.mark.parametrize(
    ("value", "role"), [(0, "0"), ("0", "0"), (1, "1"), (None, None), ("", None), (" 5 ", "5"), (-1, "-1")]
)
async def test_the_role_extension(bench: Bench, value: Any, role: str | None):
    assert (await facts(bench, account=account(**{ROLE: value}))).extension_role == role


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (None, None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59Z", None),
        ("2026-09-14T10:30:15.1234567+03:00", datetime(2026, 9, 14, 7, 30, 15, 123456, tzinfo=UTC)),
    ],
)
async def test_when_the_password_was_changed(bench: Bench, value: Any, moment: datetime | None):
    assert (await facts(bench, account=account(lastPasswordChangeDateTime=value))).password_changed_at == moment


# password changes


def ids(count: int) -> list[str]:
    return [f"{number:08}-7f7e-4a6c-9d53-0f2a0a4f1c11" for number in range(count)]


def changed(identifier: str, at: Any = "2026-09-14T07:30:15Z") -> tuple[int, Any]:
    return 200, {"id": identifier, "lastPasswordChangeDateTime": at}


WHEN = datetime(2026, 9, 14, 7, 30, 15, tzinfo=UTC)


async def test_changes_are_asked_for_by_the_twenty(bench: Bench):
    asked = ids(45)
    bench.graph.will(*(answers(*map(changed, asked[start : start + 20])) for start in (0, 20, 40)))
    found = await bench.accounts().password_changes(asked)
    assert found == dict.fromkeys(asked, WHEN)
    assert bench.transport.sent == {"password-changes": 3}
    assert {seen.headers["x-ms-throttle-priority"] for seen in bench.graph.seen} == {"low"}


@pytest.mark.parametrize(
    ("created", "made"),
    [
        ("2026-08-20T06:00:00Z", datetime(2026, 8, 20, 6, tzinfo=UTC)),
        ("2026-08-20T09:00:00+03:00", datetime(2026, 8, 20, 6, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        (None, None),
        ("soon", None),
        (7, None),
        ("2026-08-20T06:00:00", None),
    ],
)
async def test_when_an_account_was_made_is_selected_and_told_where_it_can_be_read(bench: Bench, created, made):
    """Neither date comes without being selected; one that cannot be read takes nothing else with it."""
    status, record = changed(ID)
    bench.graph.will(answers((status, record | {"createdDateTime": created})))
    assert await bench.accounts().password_dates([ID]) == {ID: PasswordDates(made, WHEN)}
    (item,) = bench.graph.seen[0].body["requests"]
    assert item["url"].endswith("%24select=id,createdDateTime,lastPasswordChangeDateTime")
    assert (await facts(bench, account=account(createdDateTime=created))).created_at == made
    assert "createdDateTime" in bench.graph.seen[1].body["requests"][0]["url"]


async def test_one_alone_is_waited_for(bench: Bench):
    bench.graph.will(answers(changed(ID)))
    assert await bench.accounts().password_changes([ID, ID]) == {ID: WHEN}
    assert bench.graph.seen[0].body["requests"][0]["headers"]["x-ms-throttle-priority"] == "high"


async def test_who_could_not_be_read_is_left_out(bench: Bench):
    asked = ids(8)
    bench.graph.will(
        answers(
            changed(asked[0]),
            gone(),
            (403, error("AccessDenied")),
            changed(asked[0]),
            changed(asked[4], "soon"),
            (200, None),
            (200, [asked[6]]),
            changed(asked[7], None),
        )
    )
    assert await bench.accounts().password_changes(asked) == {asked[0]: WHEN, asked[7]: None}


async def test_a_whole_that_fails_is_not_nobody(bench: Bench):
    asked = ids(21)
    bench.graph.will(answers(*map(changed, asked[:20])), refuses(403, "AccessDenied"))
    with pytest.raises(DirectoryForbidden):
        await bench.accounts().password_changes(asked)


async def test_nobody_and_nobodies_are_not_asked_for(bench: Bench):
    assert await bench.accounts().password_changes([]) == {}
    assert await bench.accounts().password_changes(["..", "", f"{ID}?x"]) == {}
    with pytest.raises(ValueError, match="100"):
        await bench.accounts().password_changes(ids(101))


async def test_an_error_names_no_person(bench: Bench):
    bench.graph.will(told(account=account(id=OTHER)))
    with pytest.raises(DirectoryError) as caught:
        await bench.accounts().facts(ID)
    assert "ip01234567" not in repr(caught.value)
