"""The sign-in page: temporary passwords, the owner's own, locking."""

from datetime import UTC, datetime

import pytest

from simulator.entra.credentials import LOCKED_SECONDS, MOST_FAILURES, Credentials, Outcome
from tests.unit.simulator.living import Client

TEMPORARY, OWN, THIRD = "Mirala-4827", "Zdravei-6!lipa", "Kosmos-9?vrata"


@pytest.fixture
def username(graph: Client) -> str:
    found: str = graph.case("first-grader")["username"]
    return found


def test_nobody_knows_a_password_that_was_never_set(graph: Client, username):
    assert graph.sign_in(username, TEMPORARY) == "wrong-password"
    assert graph.sign_in("nobody@edu.mon.bg", TEMPORARY) == "unknown-user"
    assert graph.sign_in(graph.case("first-grader")["aadObjectId"], TEMPORARY) == "unknown-user"


def test_a_temporary_password_leads_only_to_changing_it(graph: Client, username):
    graph.set_password(username, TEMPORARY)
    assert graph.sign_in(username.upper(), TEMPORARY) == "must-change"
    assert graph.sign_in(username, TEMPORARY.lower()) == "wrong-password"
    assert graph.sign_in(username, TEMPORARY) == "must-change", "trying it is not changing it"


def test_the_owner_chooses_and_the_directory_tells_when(graph: Client, username):
    graph.set_password(username, TEMPORARY)
    graph.admin("POST", f"users/{username}", {"accountEnabled": True})
    started = datetime.now(UTC).replace(microsecond=0)
    assert graph.sign_in(username, TEMPORARY, OWN) == "signed-in"
    assert graph.sign_in(username, TEMPORARY) == "wrong-password"
    assert graph.sign_in(username, OWN) == "signed-in"
    changed = graph.get(f"/users/{username}?$select=lastPasswordChangeDateTime").json()["lastPasswordChangeDateTime"]
    assert datetime.fromisoformat(changed) >= started
    kept = graph.admin("GET", "passwords").json()["passwords"]
    assert [(entry["password"], entry["by"], entry["forceChange"]) for entry in kept] == [
        (TEMPORARY, "graph", True),
        (OWN, "owner", False),
    ]


@pytest.mark.parametrize("chosen", ["short", "alllowercase", TEMPORARY, "Парола-123456", ""])
def test_a_new_password_must_be_new_and_good(graph: Client, username, chosen):
    graph.set_password(username, TEMPORARY)
    assert graph.sign_in(username, TEMPORARY, chosen) == "new-password-refused"
    assert graph.sign_in(username, TEMPORARY) == "must-change"


def test_a_later_reset_makes_the_owners_password_wrong(graph: Client, username):
    graph.set_password(username, TEMPORARY)
    graph.sign_in(username, TEMPORARY, OWN)
    graph.set_password(username, THIRD)
    assert graph.sign_in(username, OWN) == "wrong-password"
    assert graph.sign_in(username, THIRD) == "must-change"


def test_a_disabled_account_says_so_only_to_who_knows_the_password(graph: Client):
    username = graph.case("disabled")["username"]
    graph.set_password(username, TEMPORARY)
    assert graph.sign_in(username, OWN) == "wrong-password"
    assert graph.sign_in(username, TEMPORARY) == "disabled"
    assert graph.sign_in(username, TEMPORARY, OWN) == "disabled"


def test_the_owners_change_is_late_where_changes_are(graph: Client, username):
    graph.set_password(username, TEMPORARY)
    graph.admin("POST", "settings", {"replicationLag": 60_000})
    before = graph.get(f"/users/{username}?$select=lastPasswordChangeDateTime").json()
    assert graph.sign_in(username, TEMPORARY, OWN) == "signed-in"
    assert graph.get(f"/users/{username}?$select=lastPasswordChangeDateTime").json() == before


def test_ten_failures_lock_even_the_right_password_out(graph: Client, username):
    graph.set_password(username, TEMPORARY)
    assert {graph.sign_in(username, f"{OWN}{number}") for number in range(10)} == {"wrong-password"}
    assert graph.sign_in(username, TEMPORARY) == "locked"
    assert graph.sign_in(graph.case("twelfth-grader")["username"], OWN) == "wrong-password", "nobody else is"


def test_the_lock_opens_by_itself_and_success_forgives():
    credentials = Credentials()
    user = {"n": 1, "upn": "x@edu.mon.bg", "enabled": 1}
    credentials.set(1, TEMPORARY, must_change=False)

    def attempt(password: str, now: float) -> Outcome:
        return credentials.sign_in(user, password, None, now, lambda _: None)  # type: ignore[arg-type]  # a row

    for _ in range(3):
        assert {attempt("wrong", 0.0) for _ in range(MOST_FAILURES - 1)} == {Outcome.WRONG_PASSWORD}
        assert attempt(TEMPORARY, 0.0) is Outcome.SIGNED_IN
    for _ in range(MOST_FAILURES):
        attempt("wrong", 10.0)
    assert attempt(TEMPORARY, 10.0 + LOCKED_SECONDS - 0.01) is Outcome.LOCKED
    assert attempt(TEMPORARY, 10.0 + LOCKED_SECONDS) is Outcome.SIGNED_IN


def test_a_credential_does_not_print_itself():
    credentials = Credentials()
    credentials.set(1, TEMPORARY, must_change=True)
    assert TEMPORARY not in repr(credentials)


def test_an_attempt_without_its_parts_is_explained(graph: Client):
    assert graph.admin("POST", "signin", {"username": "x@edu.mon.bg"}).status_code == 400
