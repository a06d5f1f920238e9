"""Who plays in the demo, chosen from the people the simulator made."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Player:
    """A person who gets a Teams-like client of their own. `key` names their folder and log."""

    key: str
    name: str
    role: str
    object_id: str
    upn: str
    school_code: str
    school_name: str


@dataclass(frozen=True, slots=True)
class Student:
    """A student to look up. The identifier is synthetic: nobody living has it."""

    name: str
    identifier: str
    school_code: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The demo's people: two directors of different schools, a teacher of the first one's school, their students."""

    tenant: str
    first_director: Player
    second_director: Player
    teacher: Player
    own_student: Student
    other_student: Student
    """A student of the second director's school, with an ЕГН."""

    @property
    def players(self) -> tuple[Player, ...]:
        """Everybody who gets a client, in the order shown."""
        return (self.first_director, self.second_director, self.teacher)


def read_people(root: Path) -> dict[str, Any]:
    """What `python -m simulator people` prints."""
    run = subprocess.run(
        [sys.executable, "-m", "simulator", "people"], cwd=root, capture_output=True, text=True, check=True
    )
    people: dict[str, Any] = json.loads(run.stdout)
    return people


def choose(people: dict[str, Any]) -> Cast:
    """The first two directors of different schools whose students are listed, a teacher, and a student of each school."""
    students = [entry for entry in people["students"] if _plain(entry)]
    with_students = {entry["schoolCode"] for entry in students}
    directors: dict[str, dict[str, Any]] = {}
    for person in people["people"]:
        if person["role"] == "director" and person["schoolCode"] in with_students:
            directors.setdefault(person["schoolCode"], person)
    first, second = list(directors.values())[:2]
    teachers = [person for person in people["people"] if person["role"] == "teacher"]
    teacher = next((person for person in teachers if person["schoolCode"] == first["schoolCode"]), teachers[0])
    return Cast(
        tenant=people["tenant"],
        first_director=_player("director-1", first),
        second_director=_player("director-2", second),
        teacher=_player("teacher", teacher),
        own_student=_student(first["schoolCode"], students),
        other_student=_student(second["schoolCode"], students),
    )


def _plain(student: dict[str, Any]) -> bool:
    """An active account found by a full-length ЕГН: the case to begin with."""
    kind, state = str(student["identifierKind"]).lower(), str(student.get("state", "active")).lower()
    return kind in {"егн", "egn"} and state == "active" and len(str(student["identifier"])) == 10


def _student(school_code: str, students: list[dict[str, Any]]) -> Student:
    entry = next(student for student in students if student["schoolCode"] == school_code)
    return Student(name=entry["name"], identifier=entry["identifier"], school_code=school_code)


def _player(key: str, person: dict[str, Any]) -> Player:
    return Player(
        key=key,
        name=person["name"],
        role=person["role"],
        object_id=person["aadObjectId"],
        upn=person["upn"],
        school_code=person["schoolCode"],
        school_name=person["schoolName"],
    )
