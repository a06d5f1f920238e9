"""What the writer is granted, before a tenant of either kind: it is tried without a role, and a refusal says what helps."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.core.clock import MachineClock
from bot.core.errors import DirectoryForbidden, NotGranted
from bot.core.passwords.secret import Secret
from bot.core.transfers.model import Step, StepKind
from bot.graph.enrolments import GraphEnrolments
from bot.graph.role_scopes import RoleScopes
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from bot.graph.writer import GraphWriter
from simulator.people.directory_names import WRITER_CLIENT_ID
from tests.integration.edge import options_of, pretend_tenant
from tests.unit.simulator.living import Client

PASSWORD = Secret("dobavi-4713")


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """It has consented to deploy/permissions.json, and to nothing else."""
    with pretend_tenant(tmp_path_factory.mktemp("rights")) as client:
        yield client


@pytest.fixture
async def transport(tenant: Client) -> AsyncIterator[GraphTransport]:
    tenant.reset()
    options = options_of(tenant, "writer")
    async with aiohttp.ClientSession() as session:
        yield GraphTransport(session, MsalTokens(options), options)


@pytest.fixture
async def scopes(tenant: Client, transport: GraphTransport) -> AsyncIterator[RoleScopes]:
    options = options_of(tenant, "reader")
    async with aiohttp.ClientSession() as session:
        yield RoleScopes(GraphTransport(session, MsalTokens(options), options), transport.tokens)


def speaks(tenant: Client, *roles: str, **dialect: Any) -> None:
    own = {"dialect": dialect, "appDirectoryRoles": {WRITER_CLIENT_ID: list(roles)}}
    assert tenant.admin("POST", "settings", own).ok


def person(tenant: Client, case: str) -> str:
    identifier: str = tenant.case(case)["aadObjectId"]
    return identifier


def now() -> datetime:
    return datetime.now(UTC)


async def test_a_password_is_set_without_a_role_where_the_permission_suffices(
    tenant: Client, transport: GraphTransport
) -> None:
    await GraphWriter(transport, MachineClock(now)).set_password(person(tenant, "first-grader"), PASSWORD, many=False)


async def test_where_it_does_not_the_role_of_password_administrator_helps(
    tenant: Client, transport: GraphTransport, caplog: pytest.LogCaptureFixture
) -> None:
    writer = GraphWriter(transport, MachineClock(now))
    speaks(tenant, role_for_passwords=True)
    with pytest.raises(NotGranted):
        await writer.set_password(person(tenant, "first-grader"), PASSWORD, many=False)
    assert "the permission is granted; give the writer the directory role Password Administrator" in caplog.text

    speaks(tenant, "Password Administrator", role_for_passwords=True)
    await writer.set_password(person(tenant, "first-grader"), PASSWORD, many=False)


async def test_a_role_given_between_two_resets_is_heeded_with_the_next_token(
    tenant: Client, transport: GraphTransport, caplog: pytest.LogCaptureFixture
) -> None:
    writer, who = GraphWriter(transport, MachineClock(now)), person(tenant, "first-grader")
    speaks(tenant, role_for_passwords=True, roles_by_token=True)
    await writer.revoke_sessions(who)  # with a token from before the role was given

    speaks(tenant, "Password Administrator", role_for_passwords=True, roles_by_token=True)
    with pytest.raises(NotGranted):
        await writer.set_password(who, PASSWORD, many=False)
    assert "one just given counts from the next token on" in caplog.text
    await writer.set_password(who, PASSWORD, many=False)


async def test_a_role_for_one_school_is_told_from_none_and_from_a_protected_account(
    tenant: Client, transport: GraphTransport, scopes: RoleScopes, caplog: pytest.LogCaptureFixture
) -> None:
    own, other = person(tenant, "first-grader"), person(tenant, "moved")
    writer = GraphWriter(transport, MachineClock(now), scopes)
    speaks(tenant, "Password Administrator@2990001", role_for_passwords=True)

    with pytest.raises(NotGranted):  # before anything has worked
        await writer.set_password(other, PASSWORD, many=False)
    await writer.set_password(own, PASSWORD, many=False)
    with pytest.raises(NotGranted):  # and after
        await writer.set_password(other, PASSWORD, many=False)
    assert caplog.text.count("for administrative units only, and this account is in none of them") == 2
    assert other not in caplog.text

    caplog.clear()
    assert tenant.admin("POST", f"users/{own}", {"directoryRole": "Helpdesk Administrator"}).ok
    with pytest.raises(DirectoryForbidden) as caught:
        await writer.set_password(own, PASSWORD, many=False)
    assert type(caught.value) is DirectoryForbidden
    assert "this account or class is protected" in caplog.text


async def test_the_role_that_enables_may_be_one_for_a_school_too(
    tenant: Client, transport: GraphTransport, scopes: RoleScopes, caplog: pytest.LogCaptureFixture
) -> None:
    speaks(tenant, "User Administrator@2990001", role_for_enabling=True)
    enrolments = GraphEnrolments(transport, transport.options, scopes)
    for case, error in (("disabled", type(None)), ("disabled-elsewhere", NotGranted)):
        target = person(tenant, case)
        (outcome,) = await enrolments.carry_out(target, [Step(StepKind.ENABLE, target)])
        assert type(outcome.error) is error
    assert "for administrative units only" in caplog.text


async def test_where_roles_cannot_be_read_the_refusal_stands(
    tenant: Client, transport: GraphTransport, scopes: RoleScopes, caplog: pytest.LogCaptureFixture
) -> None:
    speaks(tenant, "Password Administrator@2990001", role_for_passwords=True)
    tenant.admin("POST", "faults", {"match": "GET /roleManagement/directory/roleAssignments", "fault": "403"})
    with pytest.raises(NotGranted):
        await GraphWriter(transport, MachineClock(now), scopes).set_password(
            person(tenant, "moved"), PASSWORD, many=False
        )
    assert "could not be read" in caplog.text
    assert "give the writer the directory role" in caplog.text


async def test_what_is_consented_to_suffices_to_enable_an_account(tenant: Client, transport: GraphTransport) -> None:
    speaks(tenant, reading_to_enable=True)
    target = person(tenant, "disabled")
    (outcome,) = await GraphEnrolments(transport, transport.options).carry_out(
        target, [Step(StepKind.ENABLE, target)]
    )
    assert outcome.error is None


async def test_a_role_that_enabling_asks_for_is_named(
    tenant: Client, transport: GraphTransport, caplog: pytest.LogCaptureFixture
) -> None:
    speaks(tenant, "Password Administrator", role_for_enabling=True)
    target = person(tenant, "disabled-elsewhere")
    (outcome,) = await GraphEnrolments(transport, transport.options).carry_out(
        target, [Step(StepKind.ENABLE, target)]
    )
    assert type(outcome.error) is NotGranted
    assert "User Administrator" in caplog.text
