"""$batch: at most twenty, answered one by one, in any order, each refused and throttled on its own."""

import pytest

from tests.unit.simulator.living import Client

ME = "/users/2990001@edu.mon.bg?$select=userPrincipalName"


def item(name: str, url: str = ME, **more) -> dict:
    return {"id": name, "method": "GET", "url": url, **more}


def by_id(answer) -> dict[str, dict]:
    assert answer.status_code == 200
    return {response["id"]: response for response in answer.json()["responses"]}


def test_each_item_has_its_own_status_headers_and_body(graph: Client):
    found = by_id(
        graph.batch(item("1"), item("2", "/users/nobody@edu.mon.bg"), item("3", "/education/users?$filter=x"))
    )
    assert {name: answer["status"] for name, answer in found.items()} == {"1": 200, "2": 404, "3": 400}
    assert found["1"]["body"]["userPrincipalName"] == "2990001@edu.mon.bg"
    assert found["2"]["body"]["error"]["innerError"]["request-id"] == found["2"]["headers"]["request-id"]
    assert len({answer["headers"]["request-id"] for answer in found.values()}) == 3


def test_identifiers_travel_in_the_body(graph: Client):
    number = graph.case("moved")["identifier"]
    url = f"/education/users?$filter=student/externalId eq '{number}'&$expand=schools($select=schoolNumber)"
    encoded = url.replace(" ", "%20").replace("'", "%27")
    found = by_id(graph.batch(item("plain", url), item("encoded", encoded), item("no-slash", url[1:])))
    bodies = [found[name]["body"]["value"] for name in ("plain", "encoded", "no-slash")]
    assert bodies[0] == bodies[1] == bodies[2]
    assert bodies[0][0]["schools"] == [{"schoolNumber": "2990002"}]


def test_the_order_of_answers_is_not_the_order_of_questions(graph: Client):
    asked = [str(number) for number in range(20)]
    orders = [
        [answer["id"] for answer in graph.batch(*(item(name) for name in asked)).json()["responses"]]
        for _ in range(3)
    ]
    assert all(sorted(order) == sorted(asked) for order in orders)
    assert any(order != asked for order in orders)


def test_twenty_one_are_too_many(graph: Client):
    answer = graph.batch(*(item(str(number)) for number in range(21)))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "MaximumValueExceeded")


def test_an_item_is_throttled_alone_and_the_batch_is_still_200(graph: Client):
    found = by_id(graph.batch(item("1", headers={"X-Simulator-Fault": "429;retry-after=2"}), item("2")))
    assert (found["1"]["status"], found["1"]["headers"]["Retry-After"]) == (429, "2")
    assert found["2"]["status"] == 200


def test_a_failed_dependency_fails_what_depends_on_it(graph: Client):
    chain = (
        item("1"),
        item("2", "/users/x", dependsOn=["1"]),
        item("3", dependsOn=["2"]),
        item("4", dependsOn=["3"]),
    )
    found = by_id(graph.batch(*chain))
    assert {name: answer["status"] for name, answer in found.items()} == {"1": 200, "2": 404, "3": 424, "4": 424}
    fan = (item("a"), item("b", dependsOn=["c"]), item("c", "/users/x"))
    assert {name: answer["status"] for name, answer in by_id(graph.batch(*fan)).items()} == {
        "a": 200,
        "b": 424,
        "c": 404,
    }


@pytest.mark.parametrize(
    "items",
    [
        (),
        (item("1"), item("1")),
        ({"id": 1, "method": "GET", "url": ME},),
        ({"id": "1", "url": ME},),
        (item("1", "https://graph.microsoft.com/v1.0/users/x"),),
        (item("1", "/$batch"),),
        (item("1", dependsOn=["1"]),),
        (item("1", dependsOn=["9"]),),
        (item("1", dependsOn=["2"]), item("2", dependsOn=["1"])),
        (item("1"), item("2"), item("3", dependsOn=["1"]), item("4", dependsOn=["2"])),
        ({"id": "1", "method": "PATCH", "url": "/users/x", "body": {"accountEnabled": False}},),
        ("not an item",),
    ],
)
def test_malformed_batches_are_refused_whole(graph: Client, items):
    answer = graph.batch(*items)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "BadRequest")


def test_permission_is_judged_item_by_item(graph: Client):
    url = "/users/2990001@edu.mon.bg/appRoleAssignments"
    found = by_id(graph.batch(item("1", url), item("2"), who="writer"))
    assert (found["1"]["status"], found["1"]["body"]["error"]["code"]) == (403, "Authorization_RequestDenied")
    assert found["2"]["status"] == 200


def test_a_token_is_asked_for_the_whole(graph: Client):
    answer = graph.session.post(f"{graph.base}/v1.0/$batch", json={"requests": [item("1")]}, timeout=20)
    assert answer.status_code == 401


def test_items_are_counted_apart_from_requests(graph: Client):
    graph.batch(item("1"), item("2"), item("3", "/education/users?$top=1"))
    counted = graph.admin("GET", "requests").json()
    assert counted["requests"] == {"POST /$batch": 1}
    assert counted["batchItems"] == {"GET /users/{user}": 2, "GET /education/users": 1}
