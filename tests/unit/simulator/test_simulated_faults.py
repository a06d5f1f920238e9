"""Faults on demand: by header, by order, by chance."""

import random

import pytest
import requests

from simulator.faults import FaultPlan, read_fault
from tests.unit.simulator.living import SCOPE, Client

ME = "/users/2990001@edu.mon.bg?$select=id"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_status_by_header_with_graphs_error_body(graph: Client, status):
    answer = graph.get(ME, x_simulator_fault=f"{status};retry-after=3")
    assert answer.status_code == status
    assert answer.headers["Retry-After"] == "3"
    assert answer.json()["error"]["code"]
    assert "Retry-After" not in graph.get(ME, x_simulator_fault=str(status)).headers


def test_a_gateways_html_instead_of_json(graph: Client):
    answer = graph.get(ME, x_simulator_fault="502-html")
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html")
    assert answer.text.startswith("<html>")


@pytest.mark.parametrize("status", [400, 404, 409])
@pytest.mark.parametrize(
    ("shape", "code", "says"),
    [
        ("concurrent", "Directory_ConcurrencyViolation", "concurrent requests being made to the tenant"),
        ("unread", "Directory_ObjectNotFound", "Unable to read the company information"),
    ],
)
def test_a_refusal_that_passes_with_whatever_status(graph: Client, status, shape, code, says):
    answer = graph.get(ME, x_simulator_fault=f"{status}-{shape}")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert says in error["message"]


def test_half_a_body(graph: Client):
    answer = graph.get(ME, x_simulator_fault="malformed")
    assert answer.status_code == 200
    with pytest.raises(requests.JSONDecodeError):
        answer.json()


def test_a_connection_that_just_ends(graph: Client):
    with pytest.raises(requests.ConnectionError):
        graph.get(ME, x_simulator_fault="drop")
    assert graph.get(ME).status_code == 200


def test_an_answer_lost_on_its_way(graph: Client):
    with pytest.raises(requests.ConnectionError):
        graph.get(ME, x_simulator_fault="lost")
    assert graph.admin("GET", "requests").json()["requests"] == {"GET /users/{user}": 1}
    with pytest.raises(requests.ConnectionError):
        graph.session.post(
            f"{graph.base}/{graph.description['tenant']}/oauth2/v2.0/token",
            headers={"x-simulator-fault": "lost"},
            timeout=20,
        )


def test_a_slow_answer_is_late_but_right(graph: Client):
    answer = graph.get(ME, x_simulator_fault="slow=200")
    assert answer.status_code == 200
    assert answer.elapsed.total_seconds() >= 0.19
    with pytest.raises(requests.Timeout):
        graph.session.get(
            f"{graph.base}/v1.0{ME}",
            headers={"Authorization": f"Bearer {graph.token()}", "x-simulator-fault": "slow=5000"},
            timeout=0.3,
        )


@pytest.mark.parametrize("text", ["teapot", "418", "429;retry-after", "slow", "429=5", "drop;colour=red", "503-xml"])
def test_a_fault_nobody_knows_is_an_error_not_silence(graph: Client, text):
    with pytest.raises(ValueError, match="not a fault"):
        read_fault(text)
    assert graph.get(ME, x_simulator_fault=text).status_code == 400
    assert graph.admin("POST", "faults", {"match": "x", "fault": text}).status_code == 400


def test_the_next_matching_requests_get_the_ordered_fault(graph: Client):
    graph.admin("POST", "faults", {"match": "GET /users/", "fault": "503", "times": 2})
    assert graph.get("/education/users?$top=1").status_code == 200
    assert [graph.get(ME).status_code for _ in range(3)] == [503, 503, 200]
    graph.admin("POST", "faults", {"match": "POST /\\$batch", "fault": "429;retry-after=1"})
    item = {"id": "1", "method": "GET", "url": ME}
    assert [graph.batch(item).status_code for _ in range(2)] == [429, 200]


def test_reset_forgets_faults_and_counters(graph: Client):
    graph.admin("POST", "faults", {"match": ".", "fault": "503", "times": 5})
    graph.get(ME)
    graph.admin("POST", "reset")
    assert graph.admin("GET", "requests").json()["requests"] == {}
    assert graph.get(ME).status_code == 200
    assert graph.admin("GET", "requests").json()["requests"] == {"GET /users/{user}": 1}


def test_faulty_and_unknown_requests_are_counted_too(graph: Client):
    graph.get(ME, x_simulator_fault="503")
    graph.get("/education/pupils")
    assert graph.admin("GET", "requests").json()["requests"] == {"GET /users/{user}": 1, "GET (unknown)": 1}


def test_shares_of_throttling_and_errors_by_chance():
    plan = FaultPlan(random.Random(1), throttle=0.2, errors=0.1)
    drawn = [plan.next_for("GET /users/{user}", None) for _ in range(2000)]
    throttled = sum(fault is not None and fault.status == 429 for fault in drawn)
    broken = sum(fault is not None and fault.status >= 500 for fault in drawn)
    assert 330 < throttled < 470
    assert 140 < broken < 260
    assert all(fault.retry_after == 1 for fault in drawn if fault is not None and fault.status == 429)


def test_throttling_everything_reaches_items_of_a_batch(graph: Client):
    graph.admin("POST", "settings", {"throttle": 1})
    answer = graph.get(ME)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    graph.admin("POST", "settings", {"throttle": 0})
    assert graph.admin("POST", "settings", {"gravity": 0}).status_code == 400
    assert graph.admin("GET", "nothing").status_code == 404


def test_the_token_endpoint_fails_when_told_to_and_never_by_chance(graph: Client):
    graph.admin("POST", "settings", {"errors": 1})
    graph.admin("POST", "faults", {"match": "POST token", "fault": "503"})
    url = f"{graph.base}/{graph.description['tenant']}/oauth2/v2.0/token"
    assert graph.session.post(url, data={}, timeout=20).status_code == 503
    assert "access_token" in graph.msal().acquire_token_for_client(SCOPE)
    with pytest.raises(requests.ConnectionError):
        graph.session.post(url, headers={"x-simulator-fault": "drop"}, timeout=20)
