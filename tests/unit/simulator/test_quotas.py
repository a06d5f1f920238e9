"""Microsoft's limits on all requests: what each costs, and what happens beyond them."""

import pytest

from simulator.graph.call import Call, GraphError, read_target
from simulator.graph.quotas import EDUCATION, FILES, IDENTITY, NEW_TEAMS, TEAMS, Quotas, area, cost
from tests.unit.simulator.living import Client


def call(line: str, client: str = "reader") -> Call:
    method, target = line.split(" ", 1)
    segments, query, options = read_target(target)
    return Call(method, "v1.0", segments, "https://here", query, options, client=client)


def retry_after(quotas: Quotas, line: str, now: float, client: str = "reader") -> int:
    """0 when the request is taken."""
    try:
        quotas.spend(call(line, client), now)
    except GraphError as error:
        return int(error.headers["Retry-After"])
    return 0


@pytest.mark.parametrize(
    ("line", "place", "units"),
    [
        ("GET users", IDENTITY, 2),
        ("GET users?$select=id", IDENTITY, 1),
        ("GET users?$select=id&$expand=manager", IDENTITY, 2),
        ("GET users/7", IDENTITY, 1),
        ("GET users/7?$select=id", IDENTITY, 1),
        ("GET groups/7/members", IDENTITY, 3),
        ("GET groups/7/members?$top=19", IDENTITY, 2),
        ("GET groups/7/members?$top=20", IDENTITY, 3),
        ("GET users/7/memberOf", IDENTITY, 2),
        ("PATCH users/7", IDENTITY, 1),
        ("GET education/users?$expand=schools", EDUCATION, 1),
        ("POST education/classes/7/members/$ref", EDUCATION, 1),
        ("GET teams/7", TEAMS, 1),
        ("GET groups/7/team", TEAMS, 1),
        ("PUT groups/7/team", NEW_TEAMS, 1),
        ("POST users/7/teamwork/installedApps", TEAMS, 1),
        ("GET drives/7/root:/a.csv:/content", FILES, 1),
        ("GET drives/7/root:/a:/children", FILES, 2),
        ("GET sites/7", FILES, 2),
    ],
)
def test_what_a_request_costs(line, place, units):
    assert (area(call(line)), cost(call(line))) == (place, units)


def test_thirty_teams_a_second_and_not_one_more():
    quotas = Quotas(enforced=True)
    waits = [retry_after(quotas, f"GET teams/{number}", 5.0) for number in range(31)]
    assert waits == [0] * 30 + [1]
    assert retry_after(quotas, "GET teams/31", 5.9) == 1
    assert retry_after(quotas, "GET teams/31", 6.0) == 0
    assert quotas.units[TEAMS] == 31, "what was refused costs nothing"


def test_units_not_requests_are_limited():
    quotas = Quotas(enforced=True)
    assert [retry_after(quotas, "GET users", 0.0) for _ in range(4_001)] == [0] * 4_000 + [10]
    assert retry_after(quotas, "GET education/users", 0.0) == 0, "another area"
    assert retry_after(quotas, "GET users", 0.0, client="writer") == 0, "another application"
    assert retry_after(quotas, "GET users", 10.0) == 0


def test_the_wait_is_until_enough_is_free():
    quotas = Quotas(enforced=True)
    for number in range(7_998):
        assert retry_after(quotas, "GET groups/7", 0.0 if number < 2 else 4.0) == 0
    assert retry_after(quotas, "GET groups/7/members", 5.0) == 5, "one of the two of second 0 makes room"
    assert retry_after(quotas, "GET groups/7/transitiveMembers", 5.0) == 9, "five need one of second 4"


def test_without_the_option_they_are_counted_only(graph: Client):
    before = graph.admin("GET", "requests").json()["units"].get("identity", 0)
    for _ in range(40):
        assert graph.get("/users/nobody@edu.mon.bg").status_code == 404
    told = graph.admin("GET", "requests").json()
    assert (told["units"]["identity"] - before, told["throttled"]) == (40, 0)


def test_what_is_throttled_is_counted(graph: Client):
    graph.admin("POST", "faults", {"match": "GET /users", "fault": "429;retry-after=2", "times": 2})
    assert [graph.get("/users/nobody@edu.mon.bg").status_code for _ in range(3)] == [429, 429, 404]
    assert graph.admin("GET", "requests").json()["throttled"] == 2
