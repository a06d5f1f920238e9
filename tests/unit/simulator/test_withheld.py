"""A tenant that sends what НЕИСПУО's synchronisation sends: no grades, no addresses."""

import pytest

from simulator.graph.dialect import Dialect
from tests.unit.simulator.living import living


@pytest.fixture(scope="module")
def unkind(tmp_path_factory):
    with living(tmp_path_factory.mktemp("unkind"), Dialect(without_grade=True, without_address=True)) as client:
        yield client


def test_no_grade_and_no_address_wherever_they_stand(unkind):
    student = next(one for one in unkind.roster["students"] if one["state"] == "active" and one["class"])
    path = f"/education/users/{student['aadObjectId']}"

    found = unkind.get(f"{path}?$expand=schools,classes").json()
    schools = unkind.get(f"/education/schools?$filter=schoolNumber eq '{student['schoolCode']}'").json()["value"]
    batched = unkind.post("/$batch", {"requests": [{"id": "1", "method": "GET", "url": path}]}, who="reader").json()

    assert found["student"]["externalId"] == student["identifier"]
    assert found["student"]["grade"] is None
    assert batched["responses"][0]["body"]["student"]["grade"] is None
    for school in (*found["schools"], *schools):
        assert school["displayName"]
        assert set(school["address"].values()) == {None}
    assert any(f" - {student['class']} - " in team["displayName"] for team in found["classes"])
