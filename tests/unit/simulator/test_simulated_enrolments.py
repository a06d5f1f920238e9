"""Into schools and class teams and out of them: what Graph accepts, refuses, and shows afterwards."""

import time
from typing import Any

import pytest
import requests

from tests.unit.simulator.living import Client

NOBODY = "00000000-0000-4000-8000-000000000000"
THERE = "One or more added object references already exist for the following modified properties: 'members'."


class Move:
    """A student of school 2 and everything a move to school 1 is about."""

    def __init__(self, graph: Client) -> None:
        self.graph = graph
        self.id: str = graph.case("moved")["aadObjectId"]
        self.old, self.new = self.school("2990002"), self.school("2990001")
        self.old_teams = self.teams()
        self.new_teams = self.teams_of_class(self.new, "6 а")
        assert self.old_teams
        assert self.new_teams

    def school(self, code: str) -> str:
        (found,) = self.graph.get(f"/education/schools?$filter=schoolNumber eq '{code}'").json()["value"]
        identifier: str = found["id"]
        return identifier

    def schools(self) -> list[str]:
        return [each["schoolNumber"] for each in self._read("schools")]

    def teams(self) -> dict[str, str]:
        return {each["id"]: each["displayName"] for each in self._read("classes")}

    def teams_of_class(self, school: str, title: str) -> dict[str, str]:
        found = self.graph.get(f"/education/schools/{school}/classes?$top=999").json()["value"]
        return {each["id"]: each["displayName"] for each in found if each["displayName"].split(" - ")[-2] == title}

    def _read(self, what: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.graph.get(f"/education/users/{self.id}/{what}?$top=999").json()["value"]
        return found

    def reference(self, kind: str = "education/users") -> dict[str, str]:
        return {"@odata.id": f"{self.graph.base}/v1.0/{kind}/{self.id}"}

    def join_school(self, school: str, **more: str) -> requests.Response:
        return self.graph.post(f"/education/schools/{school}/users/$ref", self.reference(), **more)

    def leave_school(self, school: str) -> requests.Response:
        return self.graph.delete(f"/education/schools/{school}/users/{self.id}/$ref")

    def join_team(self, team: str) -> requests.Response:
        return self.graph.post(f"/education/classes/{team}/members/$ref", self.reference())

    def leave_team(self, team: str) -> requests.Response:
        return self.graph.delete(f"/education/classes/{team}/members/{self.id}/$ref")

    def in_school(self, school: str) -> bool:
        found = self.graph.get(f"/education/schools/{school}/users?$top=999").json()["value"]
        return self.id in [each["id"] for each in found]

    def in_team(self, team: str) -> bool:
        found = self.graph.get(f"/education/classes/{team}/members?$top=999").json()["value"]
        return self.id in [each["id"] for each in found]


@pytest.fixture
def move(graph: Client) -> Move:
    return Move(graph)


def refusal(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_whole_move_is_seen_from_every_side(move: Move):
    """Joining before leaving, as the product does it."""
    assert move.join_school(move.new).status_code == 204
    assert sorted(move.schools()) == ["2990001", "2990002"]
    assert {move.join_team(team).status_code for team in move.new_teams} == {204}
    assert move.teams() == move.old_teams | move.new_teams
    assert {move.leave_team(team).status_code for team in move.old_teams} == {204}
    assert move.leave_school(move.old).status_code == 204
    assert move.schools() == ["2990001"]
    assert move.teams() == move.new_teams
    assert (move.in_school(move.new), move.in_school(move.old)) == (True, False)
    assert [move.in_team(team) for team in move.new_teams] == [True] * len(move.new_teams)
    assert [move.in_team(team) for team in move.old_teams] == [False] * len(move.old_teams)
    expanded = move.graph.get(f"/education/users/{move.id}?$expand=schools,classes").json()
    assert [school["schoolNumber"] for school in expanded["schools"]] == ["2990001"]
    assert {each["id"] for each in expanded["classes"]} == set(move.new_teams)
    groups = move.graph.get(f"/users/{move.id}/memberOf?$top=999").json()["value"]
    assert {each["id"] for each in groups} == {*move.new_teams, move.new}


def test_a_move_and_back_leaves_everything_as_it_was(move: Move):
    before = move.teams()
    for team in before:
        move.leave_team(team)
    assert move.teams() == {}
    for team in before:
        assert move.join_team(team).status_code == 204
    move.leave_school(move.old)
    assert move.schools() == []
    move.join_school(move.old)
    assert (move.teams(), move.schools()) == (before, ["2990002"])


def test_classmates_and_teachers_stay(move: Move):
    team = next(iter(move.old_teams))
    before = move.graph.get(f"/education/classes/{team}/members?$top=999").json()["value"]
    teachers = move.graph.get(f"/education/classes/{team}/teachers").json()["value"]
    move.leave_team(team)
    after = move.graph.get(f"/education/classes/{team}/members?$top=999").json()["value"]
    assert [each["id"] for each in after] == [each["id"] for each in before if each["id"] != move.id]
    assert move.graph.get(f"/education/classes/{team}/teachers").json()["value"] == teachers


@pytest.mark.parametrize("what", ["school", "team"])
def test_who_is_there_is_not_added_again(move: Move, what):
    answer = move.join_school(move.old) if what == "school" else move.join_team(next(iter(move.old_teams)))
    assert refusal(answer) == (400, "Request_BadRequest")
    assert answer.json()["error"]["message"] == THERE


@pytest.mark.parametrize("what", ["school", "team"])
def test_who_is_not_there_is_not_removed(move: Move, what):
    answer = move.leave_school(move.new) if what == "school" else move.leave_team(next(iter(move.new_teams)))
    assert refusal(answer) == (404, "Request_ResourceNotFound")
    assert move.id in answer.json()["error"]["message"]


def test_a_404_names_what_is_missing(move: Move):
    graph, team = move.graph, next(iter(move.new_teams))
    nobody = {"@odata.id": f"{graph.base}/v1.0/education/users/{NOBODY}"}
    gone = "00000000-0000-4000-8000-00000000000a"
    for answer, named in (
        (move.join_school(gone), gone),
        (move.join_team(gone), gone),
        (move.leave_school(gone), gone),
        (move.leave_team(gone), gone),
        (graph.post(f"/education/schools/{move.new}/users/$ref", nobody), NOBODY),
        (graph.post(f"/education/classes/{team}/members/$ref", nobody), NOBODY),
        (graph.delete(f"/education/classes/{team}/members/{NOBODY}/$ref"), NOBODY),
    ):
        assert refusal(answer) == (404, "Request_ResourceNotFound")
        assert named in answer.json()["error"]["message"]


@pytest.mark.parametrize("kind", ["education/users", "users", "directoryObjects"])
def test_a_reference_may_be_spelled_in_three_ways(move: Move, kind):
    path = f"/education/schools/{move.new}/users/$ref"
    assert move.graph.post(path, move.reference(kind)).status_code == 204
    assert move.in_school(move.new)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"@odata.id": None},
        {"@odata.id": 7},
        {"@odata.id": ""},
        {"@odata.id": "/v1.0/education/users/{id}"},
        {"@odata.id": "education/users/{id}"},
        {"@odata.id": "{id}"},
        {"@odata.id": "https://graph.microsoft.com/v1.0/education/users/{id}"},
        {"@odata.id": "{base}0/v1.0/education/users/{id}"},
        {"@odata.id": "{base}@evil.example/v1.0/education/users/{id}"},
        {"@odata.id": "{base}/v2.0/education/users/{id}"},
        {"@odata.id": "{base}/v1.0/groups/{id}"},
        {"@odata.id": "{base}/v1.0/education/users/{id}/x"},
        {"@odata.id": "{base}/v1.0/education/users/{id}?x"},
        {"odata.id": "{base}/v1.0/education/users/{id}"},
        {"@odata.id": "{base}/v1.0/education/users/{id}", "id": "{id}"},
    ],
)
@pytest.mark.parametrize("what", ["school", "team"])
def test_a_body_of_another_shape_adds_nobody(move: Move, body, what):
    if isinstance(body, dict):
        body = {
            name: value.replace("{base}", move.graph.base).replace("{id}", move.id)
            if isinstance(value, str)
            else value
            for name, value in body.items()
        }
    team = next(iter(move.new_teams))
    path = (
        f"/education/schools/{move.new}/users/$ref" if what == "school" else f"/education/classes/{team}/members/$ref"
    )
    assert move.graph.post(path, body).status_code in {400, 404}
    assert not move.in_school(move.new)
    assert not move.in_team(team)


def test_only_the_writer_moves_anybody(move: Move):
    team = next(iter(move.old_teams))
    for answer in (
        move.join_school(move.new, who="reader"),
        move.graph.delete(f"/education/schools/{move.old}/users/{move.id}/$ref", who="reader"),
        move.graph.delete(f"/education/classes/{team}/members/{move.id}/$ref", who="reader"),
    ):
        assert refusal(answer) == (403, "Authorization_RequestDenied")
    assert (move.schools(), move.teams()) == (["2990002"], move.old_teams)


def test_a_move_is_seen_after_the_lag_and_may_be_repeated_before(move: Move):
    team = next(iter(move.old_teams))
    move.graph.admin("POST", "settings", {"replicationLag": 700})
    assert [move.join_school(move.new).status_code for _ in range(2)] == [204, 204]
    assert [move.leave_team(team).status_code for _ in range(2)] == [204, 204]
    assert move.schools() == ["2990002"]
    assert team in move.teams()
    deadline = time.monotonic() + 10
    while (move.schools() == ["2990002"] or team in move.teams()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert sorted(move.schools()) == ["2990001", "2990002"]
    assert move.teams() == {each: name for each, name in move.old_teams.items() if each != team}


def test_a_batch_of_twenty_answers_each_by_itself_and_counts(move: Move):
    teams = [*move.new_teams, next(iter(move.old_teams)), NOBODY]
    items = [
        {
            "id": str(place),
            "method": "POST",
            "url": f"/education/classes/{team}/members/$ref",
            "headers": {"Content-Type": "application/json"},
            "body": move.reference(),
        }
        for place, team in enumerate(teams)
    ]
    assert len(items) <= 20
    responses = move.graph.batch(*items, who="writer").json()["responses"]
    by_place = {int(item["id"]): item["status"] for item in responses}
    assert [by_place[place] for place in range(len(teams))] == [*[204] * len(move.new_teams), 400, 404]
    assert move.graph.admin("GET", "requests").json()["batchItems"] == {
        "POST /education/classes/{class}/members/$ref": len(teams)
    }


@pytest.mark.parametrize(("fault", "done"), [("503", False), ("429;retry-after=1", False), ("lost", True)])
def test_a_fault_says_nothing_about_whether_it_was_done(move: Move, fault, done):
    move.graph.admin("POST", "faults", {"match": r"POST /education/schools/\{school\}/users/\$ref", "fault": fault})
    if fault == "lost":
        with pytest.raises(requests.ConnectionError):
            move.join_school(move.new)
    else:
        assert move.join_school(move.new).status_code in {429, 503}
    assert move.in_school(move.new) is done


def test_moves_are_writes_of_the_limit(move: Move):
    move.graph.admin("POST", "settings", {"writesPer150s": 1})
    assert [move.join_school(move.new).status_code, move.leave_school(move.old).status_code] == [204, 429]
    assert sorted(move.schools()) == ["2990001", "2990002"]


def test_a_reset_undoes_a_move(move: Move):
    move.join_school(move.new)
    move.leave_team(next(iter(move.old_teams)))
    move.graph.reset()
    assert (move.schools(), move.teams()) == (["2990002"], move.old_teams)


# what НЕИСПУО does behind Graph's back


def moved(move: Move, **body: Any) -> requests.Response:
    return move.graph.admin("POST", f"users/{move.id}/move", body)


def test_the_nightly_synchronisation_puts_a_student_into_one_class(move: Move):
    assert moved(move, school="2990001", **{"class": "6 а"}).status_code == 200
    assert move.schools() == ["2990001"]
    assert set(move.new_teams) <= set(move.teams())
    assert not set(move.old_teams) & set(move.teams())


def test_the_nightly_synchronisation_undoes_what_was_done_through_graph(move: Move):
    title = move.graph.case("moved")["class"]
    move.join_school(move.new)
    for team in move.new_teams:
        move.join_team(team)
    for team in move.old_teams:
        move.leave_team(team)
    move.leave_school(move.old)
    assert moved(move, school="2990002", **{"class": title}).status_code == 200
    assert (move.schools(), move.teams()) == (["2990002"], move.old_teams)


def test_a_student_may_be_moved_into_no_class(move: Move):
    assert moved(move, school="2990004", **{"class": None}).status_code == 200
    assert (move.schools(), move.teams()) == (["2990004"], {})


def test_a_synchronisation_is_seen_after_the_lag(move: Move):
    move.graph.admin("POST", "settings", {"replicationLag": 60_000})
    assert moved(move, school="2990004", **{"class": None}).status_code == 200
    assert (move.schools(), move.teams()) == (["2990002"], move.old_teams)


def test_people_say_where_a_moved_student_is(move: Move):
    moved(move, school="2990001", **{"class": "6 а"})
    people = move.graph.admin("GET", "people").json()["students"]
    (student,) = [each for each in people if each["case"] == "moved"]
    assert (student["schools"], student["class"]) == (["2990001"], "6 а")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"school": "2990001"},
        {"class": "6 а"},
        {"school": "2999999", "class": None},
        {"school": "2990001", "class": "66 я"},
        {"school": "2990001", "class": 6},
        {"school": "2990001", "class": None, "team": "x"},
    ],
)
def test_a_move_that_cannot_be_is_explained_and_changes_nothing(move: Move, body):
    answer = moved(move, **body)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert (move.schools(), move.teams()) == (["2990002"], move.old_teams)


def test_nobody_is_not_moved(graph: Client):
    answer = graph.admin("POST", f"users/{NOBODY}/move", {"school": "2990001", "class": None})
    assert answer.status_code == 404
