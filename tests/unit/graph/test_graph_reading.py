"""Whatever JSON arrives, it is read or misunderstood, never a crash and never more rights."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import DirectoryMisunderstood
from bot.core.people.model import AccountState, Kind, School
from bot.graph import reading
from tests.unit.graph.hostile import options

ID = "0b5e2a52-7f7e-4a6c-9d53-0f2a0a4f1c11"
OUR_ROLE = "11111111-1111-4111-8111-111111111111"
OUR_APP = "22222222-2222-4222-8222-222222222222"
OPTIONS = replace(
    options("https://graph.microsoft.com"), app_roles={OUR_ROLE: "RegionalOffice"}, app_roles_resource=OUR_APP
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def shaped(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    """A record with the right field names and anything in them."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, json_values))


SCHOOL = {
    "id": "a1",
    "displayName": "СУ „Пейо Яворов“",
    "schoolNumber": "0299001",
    "address": {"city": "Чирпан", "state": "Стара Загора"},
}
STUDENT = {
    "id": ID,
    "displayName": "Ана Огнянова",
    "userPrincipalName": "ip01234567@edu.mon.bg",
    "accountEnabled": True,
    "primaryRole": "student",
    "student": {"externalId": "4146054046", "grade": "5"},
    "teacher": None,
    "provisionedPlans": [{"provisioningStatus": "Success"}],
    "schools": [SCHOOL, SCHOOL],
    "classes": [{"id": "c", "displayName": "Математика - 5а - ООП"}, {"id": "d", "displayName": None}],
}


def test_a_student():
    person = reading.person(STUDENT, OPTIONS)
    assert (person.id, person.name, person.username) == (ID, "Ана Огнянова", "ip01234567@edu.mon.bg")
    assert (person.kind, person.state, person.grade) == (Kind.STUDENT, AccountState.ACTIVE, "5")
    assert person.schools == (School("a1", "299001", "СУ „Пейо Яворов“", "Чирпан", "Стара Загора"),)
    assert person.teams is None  # which of the classes are this year's, `school_years` tells
    assert person.identifier == "4146054046"


def test_a_teacher_who_was_a_student_is_known_by_the_teachers_identifier():
    both = {**STUDENT, "primaryRole": "teacher", "teacher": {"externalId": "4251020743"}}
    assert reading.person(both, OPTIONS).identifier == "4251020743"
    assert reading.identifiers(both) == {"4146054046", "4251020743"}
    assert reading.person({**both, "teacher": {"externalId": None}}, OPTIONS).identifier == "4146054046"


def test_teams_are_unread_where_they_were_not_asked():
    bare = {name: value for name, value in STUDENT.items() if name != "classes"}
    assert reading.person(bare, OPTIONS).teams is None


@pytest.mark.parametrize(
    ("enabled", "plans", "state"),
    [
        (True, ["Success", "PendingActivation"], AccountState.ACTIVE),
        (True, [], AccountState.ACTIVE),
        (True, None, AccountState.ACTIVE),
        (True, "junk", AccountState.ACTIVE),
        (True, ["PendingInput"], AccountState.BEING_CREATED),
        (True, ["Disabled", "PendingProvisioning"], AccountState.BEING_CREATED),
        (True, ["Disabled"], AccountState.ACTIVE),
        (None, ["Success"], AccountState.BEING_CREATED),
        ("true", ["Success"], AccountState.BEING_CREATED),
        (1, ["Success"], AccountState.BEING_CREATED),
        (False, ["PendingInput"], AccountState.DISABLED),
    ],
)
def test_states(enabled: Any, plans: Any, state: AccountState):
    listed = [{"provisioningStatus": plan} for plan in plans] if isinstance(plans, list) else plans
    assert reading.person({**STUDENT, "accountEnabled": enabled, "provisionedPlans": listed}, OPTIONS).state is state


@pytest.mark.parametrize("broken", [{"id": None}, {"id": 7}, {"id": ""}, {"id": "../users"}, {"schools": "x"}])
def test_what_names_a_person_must_be_right(broken: dict[str, Any]):
    with pytest.raises(DirectoryMisunderstood):
        reading.person({**STUDENT, **broken}, OPTIONS)


@given(shaped(*STUDENT, "extra") | json_values)
def test_any_person_is_read_or_misunderstood(record: Any):
    try:
        person = reading.person({**record, "id": ID} if isinstance(record, dict) else record, OPTIONS)
    except DirectoryMisunderstood:
        return
    assert person.id == ID
    for shown in (person.name, person.username, person.grade, person.identifier, *(person.teams or ())):
        assert shown.encode() if shown else True
        assert len(shown) <= 256


@given(shaped(*SCHOOL) | json_values)
def test_any_school_is_read_or_misunderstood(record: Any):
    try:
        school = reading.school({**record, "id": "a1"} if isinstance(record, dict) else record, OPTIONS)
    except DirectoryMisunderstood:
        return
    assert not school.code.startswith("0")


@given(
    shaped(
        "accountEnabled", "displayName", "userPrincipalName", OPTIONS.role_extension, OPTIONS.identifier_extension
    ),
    shaped("primaryRole", "schools"),
    st.lists(shaped("appRoleId", "resourceId") | json_values, max_size=3),
)
def test_any_role_facts_are_read_or_misunderstood(account: Any, education: Any, assignments: Any):
    try:
        facts = reading.role_facts(ID, account, education, assignments, OPTIONS)
    except DirectoryMisunderstood:
        return
    assert facts.enabled is (account.get("accountEnabled") is True)
    assert facts.app_roles == ()


@pytest.mark.parametrize(
    ("value", "read"),
    [(0, "0"), ("0", "0"), (" 0 ", "0"), (None, None), ("", None), ("  ", None), (2990001, "2990001")],
)
def test_extensions_are_numbers_or_text(value: Any, read: str | None):
    account = {OPTIONS.role_extension: value}
    assert reading.role_facts(ID, account, {}, (), OPTIONS).extension_role == read


@pytest.mark.parametrize("value", [True, False, 0.0, [0], {"0": 0}])
def test_an_extension_of_another_type_gives_no_role(value: Any):
    with pytest.raises(DirectoryMisunderstood):
        reading.role_facts(ID, {OPTIONS.role_extension: value}, {}, (), OPTIONS)


def test_an_unconfigured_extension_is_never_read():
    none = replace(OPTIONS, role_extension="", identifier_extension="")
    facts = reading.role_facts(ID, {"": "0", OPTIONS.role_extension: "0"}, {}, (), none)
    assert facts.extension_role is None


def test_only_roles_of_our_own_application_count():
    """Who may register an application can define a role with our id there and take it."""
    theirs = {"appRoleId": OUR_ROLE, "resourceId": "33333333-3333-4333-8333-333333333333"}
    ours = {"appRoleId": OUR_ROLE.upper(), "resourceId": OUR_APP.upper()}
    other = {"appRoleId": "44444444-4444-4444-8444-444444444444", "resourceId": OUR_APP}
    assert reading.role_facts(ID, {}, {}, (theirs, other, {"appRoleId": OUR_ROLE}), OPTIONS).app_roles == ()
    assert reading.role_facts(ID, {}, {}, (theirs, ours, ours), OPTIONS).app_roles == ("RegionalOffice",)


@pytest.mark.parametrize(
    ("value", "read"),
    [("student", Kind.STUDENT), ("teacher", Kind.TEACHER), ("none", Kind.OTHER), (None, Kind.OTHER)],
)
def test_kinds(value: Any, read: Kind):
    assert reading.kind(value) is read
    assert reading.kind("unknownFutureValue") is Kind.OTHER


def test_half_a_surrogate_pair_can_still_be_written_down():
    assert reading.person({**STUDENT, "displayName": "\ud83d Ана"}, OPTIONS).name.encode()
