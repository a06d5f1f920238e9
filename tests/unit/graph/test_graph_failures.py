"""One refusal in every form in which Microsoft writes it."""

from random import Random
from typing import Any

import pytest

from bot.core.errors import DirectoryBusy
from bot.graph.failures import error_code, error_message, failure, is_not_found, request_id
from simulator.graph.dialect import FORMS
from simulator.graph.error_forms import formed

REQUEST = "5a1e0000-0000-4000-8000-0000000000f1"


def written(code: str, form: str, status: int = 404) -> Any:
    body = {"error": {"code": code, "message": "It Is Not There.", "innerError": {"request-id": REQUEST}}}
    return formed(status, body, form, Random(1))[0]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_there_is_not_there_in_every_form(form: str):
    body = written("Request_ResourceNotFound", form)
    assert error_code(body) == "Request_ResourceNotFound"
    assert error_message(body) == "it is not there."
    assert is_not_found(404, body)
    assert request_id({}, body) == ("" if form in {"short", "v2", "bare"} else REQUEST)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("status", "code"), [(403, "Authorization_RequestDenied"), (429, "TooManyRequests")])
def test_a_refusal_is_the_same_error_in_every_form(form: str, status: int, code: str):
    usual = failure(status, {}, written(code, "short", status))
    assert type(failure(status, {}, written(code, form, status))) is type(usual)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("status", [400, 404, 409])
def test_two_at_once_come_again_in_every_form_that_tells(form: str, status: int):
    body = written("Directory_ConcurrencyViolation", form, status)
    assert type(failure(status, {}, body)) is DirectoryBusy
    assert not is_not_found(404, body)


@pytest.mark.parametrize(
    "body", [None, [], "", "page", {}, {"error": "x"}, {"error": {}}, {"code": 7}, {"error": {"code": []}}]
)
def test_what_is_no_error_has_no_code(body: object):
    assert (error_code(body), error_message(body), request_id({}, body)) == ("", "", "")
    assert not is_not_found(404, body)
