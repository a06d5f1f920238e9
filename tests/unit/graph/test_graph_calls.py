"""What is asked of Graph, to the letter; and what never gets into a request."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation

from bot.core.passwords.secret import Secret
from bot.core.people.identifiers import (
    LONGEST_NUMBER,
    IdentifierKind,
    InvalidIdentifier,
    read_as_written,
    read_identifier,
)
from bot.graph import builders
from bot.graph.calls import Calls, RosterCalls
from bot.graph.calls_accounts import AccountCalls, WriteCalls
from bot.graph.describing import _described, _Nowhere, reads, warm, writes
from bot.graph.identities import is_entity_id, is_object_id, is_school_code, is_stored_form, is_username, quoted
from bot.graph.ways import SAFE, Ways
from tests.unit.graph.hostile import options

ID = "0b5e2a52-7f7e-4a6c-9d53-0f2a0a4f1c11"
OPTIONS = options("https://graph.microsoft.com")
CALLS = Calls(OPTIONS)
ACCOUNTS = AccountCalls(OPTIONS)
ROSTERS = RosterCalls(OPTIONS)


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query, strict_parsing=True).items()}


def test_an_identifier_is_asked_as_student_and_as_teacher_in_all_its_forms():
    (call,) = CALLS.people_by_identifier(["4146054046", "04146054046"])
    assert query(call.url)["$filter"] == (
        "student/externalId eq '4146054046' or student/externalId eq '04146054046' or "
        "teacher/externalId eq '4146054046' or teacher/externalId eq '04146054046'"
    )
    assert query(call.url)["$expand"] == "schools,classes"


@given(st.text())
def test_nothing_but_digits_is_ever_in_an_identifier_filter(form: str):
    if is_stored_form(form):
        assert form.isascii()
        assert form.isdigit()
        assert f"eq '{form}'" in unquote(CALLS.people_by_identifier([form])[0].url)
    else:
        with pytest.raises(ValueError, match="digits"):
            CALLS.people_by_identifier(["1", form])


@given(st.sampled_from(IdentifierKind), st.from_regex(r"0{0,3}[0-9]{1,60}", fullmatch=True))
@example(IdentifierKind.SERVICE, "7" * 21)
@example(IdentifierKind.SERVICE, "7" * LONGEST_NUMBER)
def test_whatever_is_read_as_an_identifier_can_be_asked_for(kind: IdentifierKind, typed: str):
    """Also what is read at the second asking only."""
    read = read_identifier(kind, typed, date(2026, 11, 23), admit_synthetic=True)
    number = read_as_written(read) if isinstance(read, InvalidIdentifier) else read
    if number is not None:
        assert CALLS.people_by_identifier(number.stored_forms)


@pytest.mark.parametrize("forms", [[], [""], ["1' or '1' eq '1"], ["٤١٤٦"], ["1\n"], ["1" * 51], ["-1"]])
def test_hostile_forms_are_refused(forms: list[str]):
    with pytest.raises(ValueError, match="digits"):
        CALLS.people_by_identifier(forms)


@given(st.text())
def test_a_quoted_value_parses_back_to_itself(value: str):
    literal = quoted(value)
    assert literal[0] == literal[-1] == "'"
    inner = literal[1:-1]
    assert inner.replace("''", "").count("'") == 0
    assert inner.replace("''", "'") == value


@given(st.text())
def test_only_ids_and_usernames_of_the_right_form_reach_a_path(value: str):
    for form, describe in (
        (is_object_id, CALLS.person_by_id),
        (is_object_id, CALLS.account),
        (is_object_id, CALLS.education_account),
        (is_object_id, CALLS.app_roles),
        (is_object_id, CALLS.schools_of),
        (is_object_id, CALLS.classes_of),
        (is_object_id, ACCOUNTS.account),
        (is_object_id, ACCOUNTS.memberships),
        (is_object_id, ACCOUNTS.scoped_roles),
        (is_object_id, lambda each: ACCOUNTS.password_change(each, "low")),
        (is_object_id, lambda each: WriteCalls().set_password(each, Secret("abcd1234"), "low")),
        (is_object_id, WriteCalls().revoke_sessions),
        (is_entity_id, ROSTERS.classes_of_school),
        (is_entity_id, ROSTERS.members),
        (is_entity_id, ROSTERS.teachers),
        (is_username, CALLS.person_by_username),
        (is_entity_id, CALLS.people_of_school),
        (is_school_code, CALLS.schools_by_code),
    ):
        if not form(value):
            with pytest.raises(ValueError, match="not a"):
                describe(value)


@pytest.mark.parametrize("value", ["..", ".", "a/b", "a?b", "a#b", "%2e%2e", "a b", ID + "\n", "", "ж", "a\x00"])
def test_nothing_that_changes_a_path_is_an_id(value: str):
    assert not is_object_id(value)
    assert not is_entity_id(value)


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("ip01234567@edu.mon.bg", True),
        ("2990001@edu.mon.bg", True),
        ("o'neil@edu.mon.bg", True),
        ("ip01234567", False),
        ("иван@edu.mon.bg", False),
        ("a@b@c", False),
        ("a/b@edu.mon.bg", False),
        (".@edu.mon.bg", False),
        ("a@edu.mon.bg\n", False),
        ("a" * 120 + "@edu.mon.bg", False),
        ("a@" + "b" * 120, False),
    ],
)
def test_usernames(value: str, good: bool):
    assert is_username(value) is good


def test_a_username_stays_one_path_segment():
    url = CALLS.person_by_username("o'neil@edu.mon.bg").url
    path = urlsplit(url).path
    assert path.count("/") == 3
    assert unquote(path.rsplit("/", 1)[1]) == "o'neil@edu.mon.bg"


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("2990001", "schoolNumber eq '2990001'"),
        ("299001", "schoolNumber eq '299001' or schoolNumber eq '0299001'"),
        ("0299001", "schoolNumber eq '299001' or schoolNumber eq '0299001'"),
    ],
)
def test_a_school_is_asked_with_its_zero_and_without(code: str, asked: str):
    (call,) = CALLS.schools_by_code(code)
    assert query(call.url)["$filter"] == asked


def test_a_tenant_without_or_is_asked_each_clause_by_itself():
    calls = Calls(OPTIONS, SAFE)
    forms = ["4146054046", "04146054046"]
    assert [query(call.url)["$filter"] for call in calls.people_by_identifier(forms)] == [
        f"{part}/externalId eq '{form}'" for part in ("student", "teacher") for form in forms
    ]
    assert [query(call.url)["$filter"] for call in calls.schools_by_code("299001")] == [
        "schoolNumber eq '299001'",
        "schoolNumber eq '0299001'",
    ]


@pytest.mark.parametrize(
    ("expands", "person", "school"), [(0, None, None), (1, "schools", "schools"), (2, "schools,classes", "schools")]
)
def test_as_many_relations_are_expanded_as_the_tenant_takes(expands: int, person: str | None, school: str | None):
    calls = Calls(OPTIONS, Ways(expands=expands))
    for call in (*calls.people_by_identifier(["1"]), calls.person_by_id(ID), calls.person_by_username("a@b.bg")):
        assert query(call.url).get("$expand") == person
    for call in (calls.people_of_school("1"), calls.education_account(ID)):
        assert query(call.url).get("$expand") == school


def test_only_the_identifier_filter_may_go_to_beta():
    calls = Calls(replace(OPTIONS, users_version="beta"))
    assert [call.version for call in calls.people_by_identifier(["1"])] == ["beta"]
    assert calls.person_by_id(ID).version == calls.account(ID).version == "v1.0"


def test_without_expansion_none_is_asked():
    calls = Calls(replace(OPTIONS, expands=False))
    for call in (*calls.people_by_identifier(["1"]), calls.person_by_id(ID), calls.people_of_school("1")):
        assert "expand" not in call.url


def test_the_extensions_asked_for_are_those_configured():
    asked = query(CALLS.account(ID).url)["$select"].split(",")
    assert asked[-2:] == [OPTIONS.role_extension, OPTIONS.identifier_extension]
    none = Calls(replace(OPTIONS, role_extension="", identifier_extension=""))
    assert "extension" not in none.account(ID).url


def test_of_an_account_only_the_role_is_asked_and_only_where_configured():
    asked = query(ACCOUNTS.account(ID).url)["$select"].split(",")
    assert [name for name in asked if name.startswith("extension_")] == [OPTIONS.role_extension]
    assert "extension" not in AccountCalls(replace(OPTIONS, role_extension="")).account(ID).url


def test_of_members_and_teachers_only_ids_are_asked():
    assert query(ROSTERS.members("c").url)["$select"] == query(ROSTERS.teachers("c").url)["$select"] == "id"


def test_a_write_has_no_query_and_is_never_repeated_below_the_task_engine():
    writes = [WriteCalls().set_password(ID, Secret("abcd1234"), "low"), WriteCalls().revoke_sessions(ID)]
    assert [(call.method, call.url, call.repeatable) for call in writes] == [
        ("PATCH", f"/users/{ID}", False),
        ("POST", f"/users/{ID}/revokeSignInSessions", False),
    ]
    assert [call.template for call in writes] == ["PATCH /users/{id}", "POST /users/{id}/revokeSignInSessions"]


def test_a_template_holds_no_value_and_a_printed_call_no_url():
    calls = [
        *CALLS.people_by_identifier(["4146054046"]),
        CALLS.person_by_username("ip01234567@edu.mon.bg"),
        CALLS.person_by_id(ID),
        CALLS.people_of_school("2990001"),
    ]
    for call in calls:
        for value in ("4146054046", "ip01234567", ID, "2990001"):
            assert value not in call.template
            assert value not in repr(call)
    assert calls[2].template == "GET /education/users/{id}"


def test_start_up_loads_neither_the_sdk_nor_msal():
    code = (
        "import sys, bot.graph.directory, bot.graph.transport, bot.graph.tokens, bot.graph.calls;"
        "import bot.graph.accounts, bot.graph.rosters, bot.graph.writer;"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('msgraph', 'kiota_abstractions', 'msal')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_warming_twice_waits_for_no_thread(monkeypatch):
    """It stands before every question to Graph: a thread costs more than the question's description."""
    await warm()

    async def used(*_: object) -> None:
        raise AssertionError("a thread")

    monkeypatch.setattr("asyncio.to_thread", used)
    await warm()


def test_after_warming_a_call_loads_nothing_and_no_model():
    code = (
        "import asyncio, sys\n"
        "from bot.core.passwords.secret import Secret\n"
        "from bot.graph.calls import Calls, RosterCalls\n"
        "from bot.graph.calls_accounts import AccountCalls, WriteCalls\n"
        "from bot.graph.describing import warm\n"
        "from tests.unit.graph.hostile import options\n"
        "asyncio.run(warm())\n"
        "before = set(sys.modules)\n"
        f"calls, some = Calls(options('https://graph.microsoft.com')), '{ID}'\n"
        "calls.people_by_identifier(['1']), calls.person_by_username('a@b.bg'), calls.person_by_id(some)\n"
        "calls.schools_of(some), calls.classes_of(some), calls.account(some), calls.education_account(some)\n"
        "calls.app_roles(some), calls.schools_by_code('2990001'), calls.people_of_school('1')\n"
        "WriteCalls().set_password(some, Secret('abcd1234'), 'low'), WriteCalls().revoke_sessions(some)\n"
        "accounts, rosters = AccountCalls(calls._options), RosterCalls(calls._options)\n"
        "accounts.account(some), accounts.memberships(some), accounts.scoped_roles(some)\n"
        "accounts.password_change(some, 'low'), rosters.classes_of_school('1'), rosters.members('1')\n"
        "rosters.teachers('1')\n"
        "print(sorted(set(sys.modules) - before), [m for m in sys.modules if 'msgraph.generated.models' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"


@given(st.from_regex(r"[A-Za-z0-9](?:[A-Za-z0-9._'+-]{0,20}[A-Za-z0-9])?@edu\.mon\.bg", fullmatch=True))
def test_a_path_is_written_as_the_sdk_would_write_it(username: str):
    described = builders.EducationUserBuilder(_Nowhere(), {"baseurl": "", "educationUser%2Did": username})  # type: ignore[arg-type]
    bare = described.to_get_request_information(None).url
    assert urlsplit(CALLS.person_by_username(username).url).path == bare


@given(st.lists(st.from_regex(r"[0-9]{1,20}", fullmatch=True), min_size=1, max_size=4))
def test_a_filter_is_written_as_the_sdk_would_write_it(forms: list[str]):
    (call,) = CALLS.people_by_identifier(forms)
    where = query(call.url)["$filter"]
    kind = builders.EducationUsersBuilder
    described = kind(_Nowhere(), {"baseurl": ""})  # type: ignore[arg-type]
    given_filter = kind.UsersRequestBuilderGetQueryParameters(filter=where)
    url = described.to_get_request_information(RequestConfiguration(query_parameters=given_filter)).url
    assert url.partition("?")[2] in call.url.split("&")


GIVEN: dict[str, Any] = {"filter": "a eq 'б'", "select": ["id", "displayName"], "expand": ["schools"], "top": 100}


READ = [name for name in builders.__all__ if _described(getattr(builders, name))[1]]


@pytest.mark.parametrize("name", READ)
def test_an_address_is_what_the_sdk_makes_of_it(name: str):
    kind = getattr(builders, name)
    parameter = next(iter(re.findall(r"{(\w+%2Did)}", kind(_Nowhere(), {"baseurl": ""}).url_template)), None)
    value = "x y/я"
    described = kind(_Nowhere(), {"baseurl": "", **({} if parameter is None else {parameter: value})})
    parameters = getattr(kind, f"{kind.__name__}GetQueryParameters")
    known = {key: given for key, given in GIVEN.items() if key in parameters.__dataclass_fields__}
    sdk = described.to_get_request_information(RequestConfiguration(query_parameters=parameters(**known))).url

    ours = reads(
        "x",
        name,
        None if parameter is None else (parameter, value),
        where=known.get("filter"),
        select=tuple(known.get("select", ())),
        expand=tuple(known.get("expand", ())),
        top=known.get("top"),
    )

    assert ours.url == sdk


@pytest.mark.parametrize(
    ("name", "method"), [(name, method) for name in builders.__all__ for method in ("POST", "DELETE", "PATCH", "PUT")]
)
def test_an_address_to_write_to_is_what_the_sdk_makes_of_it(name: str, method: str):
    kind = getattr(builders, name)
    parameters = re.findall(r"{(\w+%2Did)}", kind(_Nowhere(), {"baseurl": ""}).url_template)
    values = {parameter: f"x y/я{place}" for place, parameter in enumerate(parameters)}
    described = kind(_Nowhere(), {"baseurl": "", **values})
    sdk = RequestInformation(Method[method], described.url_template, described.path_parameters).url

    assert writes("x", method, name, *values.items(), priority="high").url == sdk


def test_a_start_after_the_first_does_without_the_sdk(tmp_path: Path):
    code = (
        "import asyncio, sys; from pathlib import Path; import bot.kept; bot.kept.FOLDER = Path(sys.argv[1])\n"
        "from bot.graph.describing import warm\n"
        "from bot.graph.calls import Calls\n"
        "from tests.unit.graph.hostile import options\n"
        "asyncio.run(warm())\n"
        f"print(Calls(options('https://graph.microsoft.com')).person_by_id('{ID}').url)\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('msgraph', 'kiota_abstractions', 'httpx')] != [])"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    said = [
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, env=environment
        ).stdout.split()
        for _ in range(2)
    ]

    assert said[0][0] == said[1][0] == CALLS.person_by_id(ID).url
    assert [loaded for _, loaded in said] == ["True", "False"]
