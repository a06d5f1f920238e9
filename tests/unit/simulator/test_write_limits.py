"""Microsoft's limits on writes: per application and for the tenant, in a window that slides."""

import pytest

from simulator.graph.call import GraphError
from simulator.graph.limits import APP_WRITES, TENANT_WRITES, WriteLimits
from tests.unit.simulator.living import Client

GOOD = "Mirala-4827"


def retry_after(limits: WriteLimits, client: str, now: float) -> int:
    """0 when the write is taken."""
    try:
        limits.spend(client, now)
    except GraphError as error:
        return int(error.headers["Retry-After"])
    return 0


def test_the_published_numbers():
    assert (APP_WRITES, TENANT_WRITES) == (3_000, 18_000)
    limits = WriteLimits()
    assert sum(retry_after(limits, "writer", 0.0) == 0 for _ in range(4_000)) == 3_000


def test_who_waits_as_told_is_served_and_one_second_less_is_not():
    limits = WriteLimits(per_app=2)
    for now in (100.0, 130.5):
        assert retry_after(limits, "writer", now) == 0
    assert retry_after(limits, "writer", 131.0) == 119
    assert retry_after(limits, "writer", 131.0 + 118) == 1
    assert retry_after(limits, "writer", 131.0 + 119) == 0
    assert retry_after(limits, "writer", 251.0) == 30, "the second write leaves the window at 280.5"


def test_refused_writes_do_not_prolong_the_wait():
    limits = WriteLimits(per_app=1)
    assert retry_after(limits, "writer", 0.0) == 0
    for now in range(1, 150):
        assert retry_after(limits, "writer", float(now)) == 150 - now
    assert retry_after(limits, "writer", 150.0) == 0


def test_applications_have_their_own_limits_and_share_the_tenants():
    limits = WriteLimits(per_app=3, per_tenant=4)
    assert [retry_after(limits, "one", 0.0) for _ in range(4)] == [0, 0, 0, 150]
    assert [retry_after(limits, "other", 1.0) for _ in range(2)] == [0, 299]


def test_a_limit_lowered_while_running_counts_what_was_written():
    limits = WriteLimits(per_app=5)
    for second in range(5):
        assert retry_after(limits, "writer", float(second)) == 0
    limits.per_app = 2
    assert retry_after(limits, "writer", 5.0) == 148, "only when the write of second 3 is out is there one left"


def test_writes_beyond_the_limit_are_429_and_not_done(graph: Client):
    graph.admin("POST", "settings", {"writesPer150s": 3})
    student, other = graph.case("first-grader")["username"], graph.case("twelfth-grader")["username"]
    assert graph.set_password(student, GOOD).status_code == 204
    assert graph.post(f"/users/{student}/revokeSignInSessions").status_code == 200
    assert graph.set_password(student, "weak").status_code == 400, "a refused password is a write all the same"
    answer = graph.set_password(other, GOOD)
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "TooManyRequests")
    assert 1 <= int(answer.headers["Retry-After"]) <= 150
    assert answer.headers["x-ms-throttle-information"] == "WriteLimitExceeded"
    assert graph.sign_in(other, GOOD) == "wrong-password"
    assert graph.get(f"/users/{student}", who="writer").status_code == 200, "reads have other limits"
    assert graph.get(f"/users/{student}").status_code == 200
    graph.admin("POST", "settings", {"writesPer150s": 4})
    assert graph.set_password(other, GOOD).status_code == 204
    graph.admin("POST", "reset")
    assert graph.set_password(other, GOOD).status_code == 204, "a reset forgets what was written"


def test_who_may_not_write_spends_nothing(graph: Client):
    graph.admin("POST", "settings", {"writesPer150s": 1})
    student = graph.case("first-grader")["username"]
    for _ in range(3):
        assert graph.post(f"/users/{student}/revokeSignInSessions", who="reader").status_code == 403
    assert graph.set_password(student, GOOD).status_code == 204


def test_items_of_a_batch_count_one_by_one(graph: Client):
    graph.admin("POST", "settings", {"writesPer5min": 2})
    student = graph.case("first-grader")["username"]
    items = [
        {"id": str(number), "method": "POST", "url": f"/users/{student}/revokeSignInSessions"} for number in range(4)
    ]
    statuses = [item["status"] for item in graph.batch(*items, who="writer").json()["responses"]]
    assert sorted(statuses) == [200, 200, 429, 429]


@pytest.mark.parametrize("value", [0, -1, "many"])
def test_a_limit_of_nothing_is_a_mistake(graph: Client, value):
    assert graph.admin("POST", "settings", {"writesPer150s": value}).status_code == 400
    assert graph.admin("POST", "settings", {"writesPer5min": value}).status_code == 400
