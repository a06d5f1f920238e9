"""What the bot may ask Microsoft Graph for: any addition is a decision, so it must change this test too."""

import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.graph.calls import Calls, RosterCalls
from bot.graph.calls_accounts import AccountCalls, WriteCalls
from bot.graph.calls_links import LinkCalls
from bot.graph.calls_school_accounts import SchoolAccountCalls
from bot.graph.calls_writer import EnrolmentCalls, LinkWriteCalls, install_app, installed_app
from bot.graph.describing import Call
from bot.graph.inquiries import InquiryCalls, WriterInquiryCalls
from bot.graph.missing import ENABLE, END_SESSIONS, MAKE_TEAM, SET_PASSWORD, WRITE_ROSTER
from bot.graph.options import ClientSecret, GraphOptions
from bot.graph.school_drive import FileCalls
from bot.graph.ways import Ways
from tests.described_calls import ARGUMENTS, OBJECT_ID, describers

ROOT = Path(__file__).resolve().parents[2]
PERMISSIONS = json.loads((ROOT / "deploy" / "permissions.json").read_text(encoding="utf-8"))
OPTIONS = GraphOptions(tenant_id="t", client_id="c", credential=ClientSecret("s"))
READ_BY_THE_READER = (
    Calls(OPTIONS),
    AccountCalls(OPTIONS),
    RosterCalls(OPTIONS),
    LinkCalls(OPTIONS, "low"),
    SchoolAccountCalls(OPTIONS, Ways(sign_ins=True)),
    FileCalls("contoso-my.sharepoint.com"),
    InquiryCalls(),
)
READ_BY_THE_WRITER = (WriterInquiryCalls(),)
WRITTEN_BY_THE_WRITER = (WriteCalls(), EnrolmentCalls(OPTIONS), LinkWriteCalls(OPTIONS))
WRITES = {
    "WriteCalls": {"bot/graph/calls_accounts.py", "bot/graph/writer.py"},
    "EnrolmentCalls": {"bot/graph/calls_writer.py", "bot/graph/enrolments.py"},
    "LinkWriteCalls": {"bot/graph/calls_writer.py", "bot/graph/enrolments.py"},
    "install_app": {"bot/graph/calls_writer.py", "bot/graph/installer.py"},
    "writes(": {
        "bot/graph/calls_accounts.py",
        "bot/graph/calls_writer.py",
        "bot/graph/describing.py",
    },
}
"""Who may name what describes a write."""


def entries(identity: str) -> list[dict[str, Any]]:
    granted: list[dict[str, Any]] = PERMISSIONS[identity]["permissions"]
    return granted


def test_there_are_two_identities() -> None:
    assert set(PERMISSIONS) == {"about", "resource", "reader", "writer"}
    assert set(PERMISSIONS["reader"]) == set(PERMISSIONS["writer"]) == {"about", "permissions"}


def test_the_reader_has_these_permissions_and_no_others() -> None:
    assert {one["name"]: one["id"] for one in entries("reader")} == {
        "EduRoster.Read.All": "e0ac9e1b-cb65-4fc5-87c5-1a8bc181f648",
        "Member.Read.Hidden": "658aa5d8-239f-45c4-aa12-864f4fc7e490",
        "User.Read.All": "df021288-bdef-4463-88db-98f22de89214",
        "Directory.Read.All": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
        "TeamSettings.Read.All": "242607bd-1d2c-432c-82eb-bdb27baa23ab",
        "Sites.Selected": "883ea226-0bf2-4a8f-9f9d-92c9162a727d",
    }


def test_the_writer_has_these_permissions_and_no_others() -> None:
    assert {one["name"]: one["id"] for one in entries("writer")} == {
        "User-PasswordProfile.ReadWrite.All": "cc117bb9-00cf-4eb8-b580-ea2a878fe8f7",
        "User.RevokeSessions.All": "77f3a031-c388-4f99-b373-dc68676a979e",
        "EduRoster.ReadWrite.All": "d1808e82-ce13-47af-ae0d-f9b254e6d58a",
        "User.EnableDisableAccount.All": "3011c876-62b7-4ada-afa2-506cbbecc68c",
        "User.Read.All": "df021288-bdef-4463-88db-98f22de89214",
        "TeamsAppInstallation.ReadWriteSelfForUser.All": "908de74d-f8b2-4d6b-a9ed-2a17b3b78179",
        "Group.ReadWrite.All": "62a82d76-70ea-41e2-9197-370581804d09",
    }


def test_nothing_granted_to_the_reader_can_write() -> None:
    names = [one["name"] for one in entries("reader")]
    assert not [name for name in names if "Write" in name or "Manage" in name or "Revoke" in name]


def test_every_call_of_the_code_is_covered_and_every_permission_is_used() -> None:
    written = [*written_calls(), *looked_up(), *asked_by_the_writer()]
    for identity, described in (("reader", read_calls()), ("writer", written)):
        covered = {call for one in entries(identity) for call in one["calls"]}
        assert {call.template for call in described} == covered


def test_a_permission_without_calls_stands_beside_one_that_has_some() -> None:
    for identity in ("reader", "writer"):
        with_calls = {one["name"] for one in entries(identity) if one["calls"]}
        without = [one for one in entries(identity) if not one["calls"]]
        assert {one["beside"] for one in without} <= with_calls
        assert len(without) == 1


def test_what_a_refused_write_is_said_to_lack_is_what_an_administrator_was_asked_for() -> None:
    asked = {one["name"] for one in entries("writer")}
    for deed in (SET_PASSWORD, ENABLE, END_SESSIONS, WRITE_ROSTER, MAKE_TEAM):
        assert set(deed.permissions) <= asked


def test_whatever_describes_calls_is_the_readers_or_the_writers() -> None:
    known = {type(one) for one in (*READ_BY_THE_READER, *READ_BY_THE_WRITER, *WRITTEN_BY_THE_WRITER)}
    assert {*describers()} == {*known, install_app, installed_app}


def test_the_reader_only_reads_and_the_writer_never_repeats_itself() -> None:
    assert {call.method for call in read_calls()} == {"GET"}
    assert {call.method for call in asked_by_the_writer()} == {"GET"}
    assert {call.method for call in written_calls()} == {"PATCH", "POST", "PUT", "DELETE"}
    assert [call.template for call in written_calls() if call.repeatable] == []


def test_each_write_has_a_permission_of_its_own() -> None:
    """Setting a password and enabling an account are one call to Graph, and two permissions."""
    granted = [call for one in entries("writer") for call in one["calls"] if not call.startswith("GET ")]
    assert sorted(granted) == sorted(call.template for call in written_calls())


def test_all_the_writer_reads_is_whether_its_own_app_is_installed() -> None:
    granted = [call for one in entries("writer") for call in one["calls"] if call.startswith("GET ")]
    assert granted == [call.template for call in looked_up()] == ["GET /users/{id}/teamwork/installedApps"]


@pytest.mark.parametrize("name", list(WRITES))
def test_only_the_writer_describes_writes(name: str) -> None:
    word = re.compile(rf"(?<!\w){re.escape(name)}" + ("" if name.endswith("(") else r"(?!\w)"))
    users = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "bot" / "graph").rglob("*.py")
        if word.search(path.read_text(encoding="utf-8"))
    }
    assert users == WRITES[name]


def test_nobody_outside_the_graph_room_describes_a_write() -> None:
    word = re.compile(r"\b(?:WriteCalls|EnrolmentCalls|LinkWriteCalls|install_app)\b|bot\.graph\.describing")
    outside = [path for path in (ROOT / "bot").rglob("*.py") if (ROOT / "bot" / "graph") not in path.parents]
    assert len(outside) > 100
    assert [path.name for path in outside if word.search(path.read_text(encoding="utf-8"))] == []


def test_every_permission_says_why() -> None:
    assert all(len(one["reason"]) > 60 for one in [*entries("reader"), *entries("writer")])


def read_calls() -> list[Call]:
    return [call for calls in READ_BY_THE_READER for call in every_call(calls)]


def asked_by_the_writer() -> list[Call]:
    return [call for calls in READ_BY_THE_WRITER for call in every_call(calls)]


def written_calls() -> list[Call]:
    described = [call for calls in WRITTEN_BY_THE_WRITER for call in every_call(calls)]
    return [*described, install_app(OBJECT_ID, OBJECT_ID, OPTIONS.base_url)]


def looked_up() -> list[Call]:
    return [installed_app(OBJECT_ID, OBJECT_ID)]


def every_call(calls: object) -> list[Call]:
    """Each public method with a plausible argument; a new method without one fails here."""
    made: list[Call] = []
    for name, method in inspect.getmembers(calls, inspect.ismethod):
        if name.startswith("_"):
            continue
        needed = [
            parameter.name
            for parameter in inspect.signature(method).parameters.values()
            if parameter.default is inspect.Parameter.empty
        ]
        described = method(*[ARGUMENTS[one] for one in needed])
        made += described if isinstance(described, tuple) else [described]
    assert made
    return made
