"""$filter: what Graph takes is found, what it refuses is refused, and nothing gets through as SQL."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.graph.call import GraphError
from simulator.graph.entities.education import EDUCATION_SCHOOL, EDUCATION_USER
from simulator.graph.odata.filter import compile_filter
from tests.unit.simulator.living import Client


def compiled(text: str):
    return compile_filter(text, EDUCATION_USER.name, EDUCATION_USER.filterable, EDUCATION_USER.known)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("student/externalId eq '1'", ["1"]),
        ("student/externalId eq '1' or teacher/externalId eq '2'", ["1", "2"]),
        ("((student/externalId eq '1') or (student/externalId eq '01'))", ["1", "01"]),
        ("surname eq 'О''Конър'", ["О'Конър"]),
        ("surname eq ''''", ["'"]),
        ("surname eq ''", [""]),
        ("surname in ('А', 'Б') and accountEnabled eq true", ["А", "Б", 1]),
        ("startswith(displayName,'50%_\\')", ["50\\%\\_\\\\%"]),
        ("givenName eq null", []),
    ],
)
def test_supported_filters_become_parameters(text, values):
    assert compiled(text).values == values


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "student/externalId",
        "student/externalId eq",
        "student/externalId eq '1",
        "student/externalId eq 1'",
        "student/externalId eq 'a' 'b'",
        "student/externalId eq 'x' or externalId eq 'y'",
        "student/externalId eq 'x' or",
        "(student/externalId eq 'x'",
        "student/externalId eq 'x')",
        "student/externalId == 'x'",
        'student/externalId eq "x"',
        "student.externalId eq 'x'",
        "studentExternalId eq 'x'",
        "accountEnabled eq 'true'",
        "surname eq true",
        "surname eq 5",
        "surname in 'А'",
        "surname in ()",
        "startswith(surname)",
        "shout(surname,'x')",
        "surname eq 'x'; drop table user",
        "eq eq eq",
        "(" * 100 + "surname eq 'x'" + ")" * 100,
    ],
)
def test_malformed_filters_are_bad_requests(text):
    with pytest.raises(GraphError) as refused:
        compiled(text)
    assert (refused.value.status, refused.value.code) == (400, "BadRequest")


@pytest.mark.parametrize(
    "text",
    [
        "student/externalId ne 'y'",
        "not (surname eq 'x')",
        "student/studentNumber eq '1'",
        "middleName eq 'x'",
        "startswith(student/externalId,'4')",
        "student/externalId in ('1','2')",
        "contains(surname,'x')",
        "surname gt 'x'",
    ],
)
def test_well_formed_but_unsupported_filters_say_so(text):
    with pytest.raises(GraphError) as refused:
        compiled(text)
    assert (refused.value.status, refused.value.code) == (400, "Request_UnsupportedQuery")


@given(st.text(max_size=60))
def test_any_value_stays_a_value(value):
    quoted = "'" + value.replace("'", "''") + "'"
    condition = compiled(f"student/externalId eq {quoted}")
    assert condition.values == [value]
    assert condition.sql == compiled("student/externalId eq 'x'").sql


@given(st.text(alphabet="()', eqorandin tfs/xX1'", max_size=60))
def test_the_parser_answers_or_refuses_and_never_breaks(text):
    refused = None
    try:
        compiled(text)
    except GraphError as error:
        refused = error
    assert refused is None or refused.status == 400


def test_an_identifier_of_a_student_is_not_one_of_a_teacher(graph: Client):
    student = graph.case("moved")["identifier"]
    assert graph.get(f"/education/users?$filter=teacher/externalId eq '{student}'").json()["value"] == []
    assert len(graph.get(f"/education/users?$filter=student/externalId eq '{student}'").json()["value"]) == 1


def test_values_are_compared_whole_and_literally(graph: Client):
    assert graph.find("%") == []
    assert graph.find("_" * 10) == []
    found = graph.get("/education/users?$filter=surname eq 'О''Конър'&$select=displayName").json()["value"]
    assert found == [{"displayName": "Патрик Шонов О'Конър"}]
    percent = graph.get("/education/users?$filter=startswith(displayName,'%25')&$select=id").json()["value"]
    assert percent == []


def test_a_schools_code_is_a_string(graph: Client):
    assert len(graph.get("/education/schools?$filter=schoolNumber eq '2990003'").json()["value"]) == 1
    assert graph.get("/education/schools?$filter=schoolNumber eq '0'").json()["value"] == []
    answer = graph.get("/education/schools?$filter=schoolNumber eq 2990003")
    assert answer.status_code == 400
    assert "incompatible types" in answer.json()["error"]["message"]
    assert "schoolNumber" in EDUCATION_SCHOOL.filterable
