"""Setting a password, disabling, ending sessions: what Graph accepts, refuses, and shows afterwards."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
import requests

from tests.unit.simulator.living import Client

GOOD = "Mirala-4827"
OTHER = "Tobiko-5193"
TIMES = "?$select=lastPasswordChangeDateTime,signInSessionsValidFromDateTime,accountEnabled"


def error(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def account(graph: Client, username: str) -> dict:
    found: dict = graph.get(f"/users/{username}{TIMES}").json()
    return found


def passwords(graph: Client) -> list[dict]:
    found: list[dict] = graph.admin("GET", "passwords").json()["passwords"]
    return found


def test_a_password_is_set_without_a_body_and_with_the_directorys_time(graph: Client):
    student = graph.case("first-grader")
    before = datetime.now(UTC)
    answer = graph.set_password(student["aadObjectId"], GOOD)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["request-id"]
    assert abs(parsedate_to_datetime(answer.headers["Date"]) - before) < timedelta(seconds=30)
    (entry,) = passwords(graph)
    assert {"at"} == set(entry) - {"user", "username", "password", "forceChange", "by"}
    assert datetime.fromisoformat(entry["at"]) >= before
    assert (entry["user"], entry["username"], entry["password"], entry["forceChange"], entry["by"]) == (
        student["aadObjectId"], student["username"], GOOD, True, "graph",
    )  # fmt: skip


def test_the_last_change_begins_with_the_account_and_moves_with_the_password(graph: Client):
    student = graph.case("fourteen-today")
    first = account(graph, student["username"])["lastPasswordChangeDateTime"]
    assert first == graph.get(f"/users/{student['username']}?$select=createdDateTime").json()["createdDateTime"]
    started = datetime.now(UTC).replace(microsecond=0)
    graph.set_password(student["username"], GOOD)
    assert datetime.fromisoformat(account(graph, student["username"])["lastPasswordChangeDateTime"]) >= started


def test_without_the_word_nobody_must_change_as_graph_has_it(graph: Client):
    student = graph.case("first-grader")["username"]
    graph.patch(f"/users/{student}", {"passwordProfile": {"password": GOOD}})
    assert passwords(graph)[0]["forceChange"] is False
    assert graph.sign_in(student, GOOD) == "signed-in"
    graph.patch(f"/users/{student}", {"passwordProfile": {"forceChangePasswordNextSignIn": True}})
    assert graph.sign_in(student, GOOD) == "must-change", "the flag alone can be set, and keeps the password"
    assert len(passwords(graph)) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (None, "BadRequest"),
        ([], "BadRequest"),
        ({}, "BadRequest"),
        ({"passwordprofile": {"password": GOOD}}, "Request_BadRequest"),
        ({"acountEnabled": False}, "Request_BadRequest"),
        ({"passwordProfile": {"pasword": GOOD}}, "Request_BadRequest"),
        ({"passwordProfile": {"password": GOOD, "forceChangePasswordNextSignin": True}}, "Request_BadRequest"),
        ({"passwordProfile": {"password": 12345678}}, "Request_BadRequest"),
        ({"passwordProfile": {"password": GOOD, "forceChangePasswordNextSignIn": "true"}}, "Request_BadRequest"),
        ({"passwordProfile": None}, "Request_BadRequest"),
        ({"passwordProfile": {}}, "Request_BadRequest"),
        ({"passwordProfile": GOOD}, "Request_BadRequest"),
        ({"accountEnabled": "false"}, "Request_BadRequest"),
        ({"accountEnabled": None}, "Request_BadRequest"),
    ],
)
def test_a_body_of_another_shape_changes_nothing(graph: Client, body, code):
    student = graph.case("first-grader")["username"]
    assert error(graph.patch(f"/users/{student}", body)) == (400, code)
    assert passwords(graph) == []
    assert account(graph, student)["accountEnabled"] is True


@pytest.mark.parametrize("told", [True, False])
def test_a_weak_password_is_refused_in_graphs_words_and_the_old_one_stays(graph: Client, told):
    student = graph.case("first-grader")["username"]
    graph.set_password(student, GOOD)
    graph.admin("POST", "settings", {"passwordErrorDetails": told})
    answer = graph.set_password(student, "weak")
    body = answer.json()["error"]
    assert (answer.status_code, body["code"]) == (400, "Request_BadRequest")
    assert body["message"] == (
        "The specified password does not comply with password complexity requirements. "
        "Please provide a different password."
    )
    if told:
        assert [(item["code"], item["target"]) for item in body["details"]] == [("PasswordPolicy", "password")]
    else:
        assert "details" not in body
    assert "weak" not in answer.text.replace("too weak", "")
    assert graph.sign_in(student, GOOD) == "must-change"
    kept = graph.admin("GET", "passwords").json()
    assert [entry["password"] for entry in kept["passwords"]] == [GOOD]
    assert [entry["password"] for entry in kept["refused"]] == ["weak"]


def test_the_username_may_not_be_in_the_password(graph: Client):
    student = graph.case("first-grader")["username"]
    local = student.partition("@")[0]
    assert graph.set_password(student, f"X{local.upper()}-y").status_code == 400


def test_nobody_of_that_id_or_name(graph: Client):
    for key in ("nobody@edu.mon.bg", "00000000-0000-4000-8000-000000000000"):
        assert error(graph.set_password(key, GOOD)) == (404, "Request_ResourceNotFound")
        assert error(graph.post(f"/users/{key}/revokeSignInSessions")) == (404, "Request_ResourceNotFound")


@pytest.mark.parametrize("key", ["teacher-with-role", "teacher-with-scoped-role", "teacher-in-role-group"])
@pytest.mark.parametrize("body", [{"passwordProfile": {"password": GOOD}}, {"accountEnabled": False}])
def test_administrators_of_any_kind_are_out_of_reach(graph: Client, key, body):
    person = graph.staff(key)
    answer = graph.patch(f"/users/{person['aadObjectId']}", body)
    assert error(answer) == (403, "Authorization_RequestDenied")
    assert passwords(graph) == []


def test_a_teacher_in_an_ordinary_group_is_not(graph: Client):
    assert graph.set_password(graph.staff("teacher-in-plain-group")["upn"], GOOD).status_code == 204


def test_a_synchronised_account_is_mastered_elsewhere(graph: Client):
    person = graph.staff("teacher-synced")
    assert error(graph.set_password(person["upn"], GOOD)) == (400, "Request_BadRequest")


def test_a_guests_name_is_found_when_it_is_quoted(graph: Client):
    upn = graph.staff("guest")["upn"]
    assert "#EXT#" in upn
    assert graph.set_password(upn, GOOD).status_code == 204


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"directoryRole": "Global Administrator"}, 403),
        ({"directoryRole": None}, 204),
        ({"scopedRole": True}, 403),
        ({"scopedRole": False}, 204),
        ({"roleAssignableGroup": True}, 403),
        ({"roleAssignableGroup": False}, 204),
        ({"ownsAssignableGroup": True}, 403),
        ({"ownsAssignableGroup": False}, 204),
        ({"synced": True}, 400),
    ],
)
def test_a_test_gives_and_takes_power(graph: Client, change, status):
    student = graph.case("first-grader")["username"]
    assert graph.admin("POST", f"users/{student}", change).status_code == 200
    assert graph.set_password(student, GOOD).status_code == status
    graph.admin("POST", "reset")
    assert graph.set_password(student, GOOD).status_code == 204


def test_power_taken_is_taken(graph: Client):
    upn = graph.staff("teacher-with-role")["upn"]
    graph.admin("POST", f"users/{upn}", {"directoryRole": None})
    assert graph.set_password(upn, GOOD).status_code == 204
    scoped = graph.staff("teacher-with-scoped-role")["upn"]
    graph.admin("POST", f"users/{scoped}", {"directoryRole": None})
    assert graph.set_password(scoped, GOOD).status_code == 403, "the other kind of role is still there"
    assert graph.admin("POST", f"users/{scoped}", {"directoryRole": "Boss"}).status_code == 400


def test_only_the_writer_writes(graph: Client):
    student = graph.case("first-grader")["username"]
    for answer in (
        graph.patch(f"/users/{student}", {"passwordProfile": {"password": GOOD}}, who="reader"),
        graph.post(f"/users/{student}/revokeSignInSessions", who="reader"),
        graph.patch(f"/users/{student}", {"displayName": "Друго Име"}),
    ):
        assert error(answer) == (403, "Authorization_RequestDenied")
    assert passwords(graph) == []


def test_a_disabled_account_can_be_enabled_and_back(graph: Client):
    student = graph.case("disabled")["username"]
    assert graph.patch(f"/users/{student}", {"accountEnabled": True}).status_code == 204
    assert account(graph, student)["accountEnabled"] is True
    assert graph.patch(f"/users/{student}", {"accountEnabled": False}).status_code == 204
    assert account(graph, student)["accountEnabled"] is False


def test_sessions_end_and_the_password_stays(graph: Client):
    student = graph.case("first-grader")["username"]
    before = account(graph, student)
    started = datetime.now(UTC).replace(microsecond=0)
    answer = graph.post(f"/users/{student}/revokeSignInSessions")
    assert (answer.status_code, answer.json()["value"]) == (200, True)
    assert answer.json()["@odata.context"] == f"{graph.base}/v1.0/$metadata#Edm.Boolean"
    after = account(graph, student)
    assert datetime.fromisoformat(after["signInSessionsValidFromDateTime"]) >= started
    assert after["lastPasswordChangeDateTime"] == before["lastPasswordChangeDateTime"]


def test_what_was_written_is_seen_and_valid_only_after_the_lag(graph: Client):
    student = graph.case("first-grader")["username"]
    graph.set_password(student, GOOD)
    before = account(graph, student)
    graph.admin("POST", "settings", {"replicationLag": 60_000})
    assert graph.set_password(student, OTHER).status_code == 204
    graph.post(f"/users/{student}/revokeSignInSessions")
    assert account(graph, student) == before
    assert graph.sign_in(student, OTHER) == "wrong-password"
    assert graph.sign_in(student, GOOD) == "must-change"
    assert [entry["password"] for entry in passwords(graph)] == [GOOD, OTHER], "it is remembered at once"


@pytest.mark.parametrize(
    ("fault", "done"),
    [("503", False), ("429;retry-after=1", False), ("drop", False), ("lost", True), ("slow=50", True)],
)
def test_a_fault_says_nothing_about_whether_it_was_done(graph: Client, fault, done):
    student = graph.case("first-grader")["username"]
    graph.admin("POST", "faults", {"match": r"PATCH /users/\{user\}", "fault": fault, "times": 1})
    if fault in {"drop", "lost"}:
        with pytest.raises(requests.ConnectionError):
            graph.set_password(student, GOOD)
    else:
        graph.set_password(student, GOOD)
    assert len(passwords(graph)) == done
    assert graph.sign_in(student, GOOD) == ("must-change" if done else "wrong-password")
    assert graph.admin("GET", "requests").json()["requests"] == {"PATCH /users/{user}": 1}
    assert graph.set_password(student, GOOD).status_code == 204, "the fault was for once"


def test_passwords_can_be_set_in_a_batch(graph: Client):
    keys = ["first-grader", "twelfth-grader"]
    items = [
        {
            "id": key,
            "method": "PATCH",
            "url": f"/users/{graph.case(key)['username']}",
            "headers": {"Content-Type": "application/json"},
            "body": {"passwordProfile": {"password": GOOD, "forceChangePasswordNextSignIn": True}},
        }
        for key in keys
    ]
    responses = graph.batch(*items, who="writer").json()["responses"]
    assert sorted((item["id"], item["status"]) for item in responses) == [(key, 204) for key in keys]
    assert all("body" not in item for item in responses)
    assert {entry["username"] for entry in passwords(graph)} == {graph.case(key)["username"] for key in keys}
    assert graph.admin("GET", "requests").json()["batchItems"] == {"PATCH /users/{user}": 2}


def test_a_batch_whose_answer_is_lost_was_done(graph: Client):
    student = graph.case("first-grader")["username"]
    graph.admin("POST", "faults", {"match": r"POST /\$batch", "fault": "lost"})
    body = {"accountEnabled": False}
    item = {"id": "1", "method": "PATCH", "url": f"/users/{student}", "body": body}
    with pytest.raises(requests.ConnectionError):
        graph.batch({**item, "headers": {"Content-Type": "application/json"}}, who="writer")
    assert account(graph, student)["accountEnabled"] is False


def test_a_reset_forgets_passwords(graph: Client):
    student = graph.case("first-grader")["username"]
    graph.set_password(student, GOOD)
    graph.set_password(student, "weak")
    graph.admin("POST", "reset")
    assert graph.admin("GET", "passwords").json() == {"passwords": [], "refused": []}
    assert graph.sign_in(student, GOOD) == "wrong-password"


def test_accounts_are_new_in_use_for_years_or_reset_by_somebody(graph: Client):
    """Of the many of one class that is not the first, each of the three; of first graders none is in use."""
    own = [one for one in graph.roster["students"] if not one["case"] and one["class"]]
    grades: dict[bool, list[tuple[datetime, datetime]]] = {True: [], False: []}
    for one in own:
        told = graph.get(f"/users/{one['username']}?$select=createdDateTime,lastPasswordChangeDateTime").json()
        dates = (
            datetime.fromisoformat(told["createdDateTime"]),
            datetime.fromisoformat(told["lastPasswordChangeDateTime"]),
        )
        grades[one["class"].startswith("1 ")].append(dates)
        assert dates[0] <= dates[1] <= datetime.now(UTC)
    assert {changed == made for made, changed in grades[True]} == {True}
    assert {changed == made for made, changed in grades[False]} == {True, False}
    newest = max(changed for _, changed in grades[False])
    assert len([changed for _, changed in grades[False] if newest - changed < timedelta(days=40)]) > 1, "last spring"


def test_an_account_outside_the_roster_is_a_user_and_no_education_user(graph: Client):
    director = next(one for one in graph.roster["people"] if one["upn"] == "2990004@edu.mon.bg")
    assert graph.get(f"/users/{director['aadObjectId']}").status_code == 200
    refused = graph.get(f"/education/users/{director['aadObjectId']}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "Request_ResourceNotFound")
    assert graph.admin("POST", f"users/{director['upn']}", {"inRoster": True}).status_code == 200
    assert graph.get(f"/education/users/{director['aadObjectId']}/schools").json()["value"]


def test_a_quirk_that_is_none_is_refused(graph: Client):
    assert graph.admin("POST", "settings", {"quirks": ["moody"]}).status_code == 400
    assert graph.admin("POST", "settings", {"mood": 1}).status_code == 400
