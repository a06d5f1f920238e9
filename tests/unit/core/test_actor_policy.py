from dataclasses import replace

import pytest

from bot.core.actors.model import Actor, Role, RoleFacts
from bot.core.actors.permits import may_look_up
from bot.core.actors.policy import recognise, region_of, role_of, school_code_of
from bot.core.decision import Reason
from bot.core.people.model import Kind
from tests.properties.strategies import TENANT, school_of

SCHOOL = school_of(1)


def facts(**over):
    return replace(RoleFacts("oid", exists=True, enabled=True, name="Юлия Щерева"), **over)


@pytest.mark.parametrize(
    ("over", "role"),
    [
        ({"extension_role": "0"}, Role.DIRECTOR),
        ({"extension_role": " 0 "}, Role.DIRECTOR),
        ({"extension_role": "5"}, Role.TEACHER),
        ({"extension_role": "8"}, Role.TEACHER),
        ({"extension_role": "6"}, Role.STUDENT),
        ({"extension_role": "2"}, Role.REGIONAL_OFFICE),
        ({"extension_role": "9"}, Role.REGIONAL_OFFICE),
        *(
            ({"extension_role": number}, Role.NONE)
            for number in ("1", "7", "13", "14", "18", "3", "-1", "00", "０", "x")
        ),
        # НЕИСПУО's word is final, also where it gives nothing.
        ({"extension_role": "6", "education_role": Kind.TEACHER}, Role.STUDENT),
        ({"extension_role": "7", "education_role": Kind.TEACHER, "app_roles": ("RegionalOffice",)}, Role.NONE),
        ({"extension_role": "", "education_role": Kind.TEACHER}, Role.TEACHER),
        ({"education_role": Kind.STUDENT}, Role.STUDENT),
        ({"education_role": Kind.STUDENT, "app_roles": ("RegionalOffice",)}, Role.STUDENT),
        ({"education_role": Kind.OTHER, "app_roles": ("RegionalOffice",)}, Role.REGIONAL_OFFICE),
        ({"app_roles": ("regionaloffice", "Director")}, Role.NONE),
        # Nothing follows from a name, a username or a membership.
        ({"username": "2990001@edu.mon.bg", "name": "Директор", "schools": (SCHOOL,)}, Role.NONE),
        ({"extension_role": "0", "enabled": False}, Role.NONE),
        ({"extension_role": "0", "exists": False, "enabled": True}, Role.NONE),
    ],
)
def test_roles(over, role):
    assert role_of(facts(**over)) is role


@pytest.mark.parametrize(
    ("identifier", "username", "code"),
    [
        ("2990001", "someone@edu.mon.bg", "2990001"),
        ("0299001", "2990002@edu.mon.bg", "299001"),
        (None, "2990001@edu.mon.bg", "2990001"),
        ("", "02990001@edu.mon.bg", "2990001"),
        ("СУ", "2990001@edu.mon.bg", "2990001"),
        (None, "info-2990001@edu.mon.bg", None),
        (None, "ivan2990001@edu.mon.bg", None),
        (None, "２９９０００１@edu.mon.bg", None),
        (None, "", None),
        ("0", "2990001@edu.mon.bg", None),
    ],
)
def test_the_school_a_director_answers_for(identifier, username, code):
    assert school_code_of(facts(extension_identifier=identifier, username=username)) == code


def test_a_director_with_a_school():
    director = recognise(facts(extension_role="0", extension_identifier="2990001"), TENANT, SCHOOL)

    assert director == Actor("oid", TENANT, Role.DIRECTOR, SCHOOL, enabled=True, name="Юлия Щерева")
    assert may_look_up(director).allowed


def test_a_school_with_another_code_is_not_believed():
    director = recognise(facts(extension_role="0", extension_identifier="2990001"), TENANT, school_of(2))

    assert (director.role, director.school) == (Role.DIRECTOR, None)


@pytest.mark.parametrize(("code", "believed"), [("02990010", True), ("2990010", True), ("299001", False)])
def test_zeros_before_a_schools_code_mean_nothing_and_those_behind_do(code, believed):
    school = replace(SCHOOL, code=code)
    director = recognise(facts(extension_role="0", extension_identifier="02990010"), TENANT, school)

    assert (director.school is not None) == believed


@pytest.mark.parametrize(
    ("identifier", "region"),
    [
        ("1", "Благоевград"),
        ("3", "Варна"),
        ("03", "Варна"),
        (" 22 ", "София-град"),
        ("28", "Ямбол"),
        *((other, "") for other in ("0", "29", "99", "-1", "003", "2990003", "", None, "Варна", "٣")),
    ],
)
def test_the_region_of_an_expert_by_the_number_of_the_role(identifier, region):
    assert region_of(facts(extension_identifier=identifier), {}) == region


def test_what_is_configured_for_an_expert_goes_before_the_role():
    expert = facts(object_id="OID", username="Expert@edu.mon.bg", extension_identifier="3")

    assert region_of(expert, {"oid": "Русе", "expert@edu.mon.bg": "Шумен"}) == "Русе"
    assert region_of(expert, {"expert@edu.mon.bg": "Шумен", "somebody": "Русе"}) == "Шумен"
    assert region_of(expert, {"somebody": "Русе"}) == "Варна"
    assert region_of(expert, {"oid": ""}) == "Варна"


@pytest.mark.parametrize("role", ["0", "2", "5", "6", "14"])
def test_each_role_has_what_belongs_to_it(role):
    known = facts(extension_role=role, extension_identifier="3", username="a.b@edu.mon.bg", schools=(SCHOOL,))

    actor = recognise(known, TENANT, None, regions={})

    assert actor.works_at == ((SCHOOL,) if role in {"0", "5"} else ())
    assert actor.region == ("Варна" if role == "2" else "")
    assert actor.username == "a.b@edu.mon.bg"


def test_the_region_of_an_app_role_is_the_one_that_is_configured():
    expert = facts(app_roles=("RegionalOffice",), username="expert@edu.mon.bg")

    assert recognise(expert, TENANT, None, {"expert@edu.mon.bg": "Русе"}).region == "Русе"
    assert recognise(replace(expert, app_roles=("RUO",)), TENANT, None).role is Role.NONE


def test_nobody_but_a_director_gets_a_school():
    assert recognise(facts(extension_role="5", extension_identifier="2990001"), TENANT, SCHOOL).school is None


@pytest.mark.parametrize(
    ("over", "reason"),
    [
        ({"extension_role": "5"}, Reason.TEACHER),
        ({"extension_role": "6"}, Reason.STUDENT),
        ({"extension_role": "9"}, Reason.REGIONAL_OFFICE),
        ({"extension_role": "14"}, Reason.STRANGER),
        ({}, Reason.STRANGER),
        ({"exists": False, "enabled": False}, Reason.STRANGER),
        ({"extension_role": "0", "enabled": False}, Reason.ACCOUNT_DISABLED),
        ({"extension_role": "0"}, Reason.SCHOOL_UNKNOWN),
    ],
)
def test_who_may_not_look_up_and_why(over, reason):
    assert may_look_up(recognise(facts(**over), TENANT, None)).denied_because is reason


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("school", [SCHOOL, None])
def test_only_an_enabled_director_with_a_school_may_look_up(role, enabled, school):
    actor = Actor("oid", TENANT, role, school, enabled)

    assert may_look_up(actor).allowed == (role is Role.DIRECTOR and enabled and school is not None)
