"""The bodies of errors, in every form."""

import json
from random import Random
from typing import Any

import pytest

from simulator.graph.dialect import ANY, DOCUMENTED, FORMS
from simulator.graph.error_forms import formed
from tests.unit.simulator.living import Client

NOBODY = "/education/users/00000000-0000-4000-8000-000000000000"
ERROR: dict[str, Any] = {
    "error": {
        "code": "Request_ResourceNotFound",
        "message": "Not there.",
        "innerError": {"date": "2026-11-29T06:00:00", "request-id": "r", "client-request-id": "c"},
    }
}
STATUSES = (400, 401, 403, 404, 409, 429, 500, 502, 503, 504)


def test_as_documented_nothing_is_changed():
    for status in STATUSES:
        assert formed(status, ERROR, DOCUMENTED, Random(1)) == (ERROR, None)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_another(form: str):
    body, text = formed(503, ERROR, form, Random(1))
    assert (body, text) != (ERROR, None)


def test_what_tells_somebody_what_to_do_keeps_its_code():
    for status in (400, 403, 404, 409):
        for form in FORMS:
            body, text = formed(status, ERROR, form, Random(1))
            assert text is None
            assert "Request_ResourceNotFound" in json.dumps(body)


def test_a_gateway_answers_in_html_or_not_at_all_but_not_inside_a_batch():
    body, text = formed(502, ERROR, "html", Random(1))
    assert body is None
    assert text is not None
    assert text.startswith("<html>")
    assert formed(401, ERROR, "empty", Random(1)) == (None, "")
    assert formed(502, ERROR, "html", Random(1), in_batch=True) == (ERROR, None)
    assert formed(502, ERROR, "empty", Random(1), in_batch=True) == (None, None)


def test_the_dice_throw_every_form():
    dice, thrown = Random(7), set()
    for _ in range(400):
        body, text = formed(503, ERROR, ANY, dice)
        thrown.add(json.dumps([body, text]))
    assert len(thrown) == len(FORMS) + 1


def test_over_the_wire(graph: Client):
    def speaks(form: str) -> None:
        assert graph.admin("POST", "settings", {"dialect": {"error_forms": form}}).status_code == 200

    speaks("odata")
    assert graph.get(NOBODY).json()["odata.error"]["code"] == "Request_ResourceNotFound"
    answered = graph.batch({"id": "1", "method": "GET", "url": NOBODY}).json()["responses"][0]
    assert (answered["status"], answered["body"]["odata.error"]["code"]) == (404, "Request_ResourceNotFound")
    speaks("html")
    broken = graph.get("/education/users", x_simulator_fault="503")
    assert (broken.status_code, broken.headers["Content-Type"]) == (503, "text/html")
    assert broken.text.startswith("<html>")
    speaks("empty")
    broken = graph.get("/education/users", x_simulator_fault="429;retry-after=1")
    assert (broken.status_code, broken.content, broken.headers["Retry-After"]) == (429, b"", "1")
    speaks("documented")
    assert graph.get(NOBODY).json()["error"]["code"] == "Request_ResourceNotFound"
