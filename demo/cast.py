"""Who plays in the demo, chosen from the people the simulator made."""

import json
import ssl
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from simulator.days import day_in_bulgaria


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
    """The demo's people: two directors of different schools, a teacher of the first one's school, an expert of the
    regional office, their students.
    """

    tenant: str
    first_director: Player
    second_director: Player
    teacher: Player
    expert: Player
    own_student: Student
    other_student: Student
    """A student of the second director's school, with an ЕГН."""
    young_student: Student
    """A student of the first director's school who is not yet fourteen: a parent may be given the password."""
    older_student: Student
    """One who is fourteen or more: nobody else may."""
    own_class: str
    """A class of the first director's school, as `5 а`."""
    entering: tuple[Student, ...]
    """Up to three students of other schools in grade VII: who is about to enter grade VIII."""

    @property
    def players(self) -> tuple[Player, ...]:
        """Everybody who gets a client, in the order shown."""
        return (self.first_director, self.second_director, self.teacher, self.expert)


def read_people(tenant: Mapping[str, Any]) -> dict[str, Any]:
    """The people of a running simulator, whatever its size and seed. `tenant` is what it said when ready."""
    trusted = ssl.create_default_context(cafile=tenant["ca_file"])
    address = f"{tenant['graph']}/_simulator/people"
    with urllib.request.urlopen(address, context=trusted, timeout=60) as answer:  # noqa: S310 -- our own simulator
        people: dict[str, Any] = json.load(answer)
    return people


def choose(people: dict[str, Any], today: date | None = None) -> Cast:
    """Two directors of different schools whose students are listed, a teacher, and students of each school.

    `today` (None: the present day) decides who is fourteen.
    """
    students = [entry for entry in people["students"] if plain(entry)]
    with_students = {entry["schoolCode"] for entry in students}
    directors: dict[str, dict[str, Any]] = {}
    for person in people["people"]:
        if person["role"] == "director" and person["schoolCode"] in with_students:
            directors.setdefault(person["schoolCode"], person)
    first, second = list(directors.values())[:2]
    teachers = [person for person in people["people"] if person["role"] == "teacher"]
    teacher = next((person for person in teachers if person["schoolCode"] == first["schoolCode"]), teachers[0])
    expert = next(person for person in people["people"] if person["role"] == "ruo")
    code = first["schoolCode"]
    own = [entry for entry in students if not entry.get("case") and entry["schoolCode"] == code and entry["class"]]
    day = today or day_in_bulgaria()
    young = next((entry for entry in own if _under_fourteen(entry, day)), own[0])
    older = next((entry for entry in own if not _under_fourteen(entry, day)), own[-1])
    return Cast(
        tenant=people["tenant"],
        first_director=player("director-1", first),
        second_director=player("director-2", second),
        teacher=player("teacher", teacher),
        expert=player("expert", expert),
        own_student=_student(code, own),
        other_student=_student(second["schoolCode"], students),
        young_student=_student(code, [young]),
        older_student=_student(code, [older]),
        own_class=young["class"],
        entering=tuple(_student(one["schoolCode"], [one]) for one in _entering(students, code))[:3],
    )


def plain(student: dict[str, Any]) -> bool:
    """An active account found by a full-length ЕГН: the case to begin with."""
    kind, state = str(student["identifierKind"]).lower(), str(student.get("state", "active")).lower()
    return kind in {"егн", "egn"} and state == "active" and len(str(student["identifier"])) == 10


def _entering(students: list[dict[str, Any]], code: str) -> Iterator[dict[str, Any]]:
    """Those in grade VII of another school than this, each with one account."""
    accounts = Counter(entry["identifier"] for entry in students)
    for entry in students:
        grade = str(entry["class"] or "").partition(" ")[0]
        if grade == "7" and entry["schoolCode"] not in {None, code} and accounts[entry["identifier"]] == 1:
            yield entry


def _under_fourteen(student: dict[str, Any], today: date) -> bool:
    """For the screen only: whether someone may be given a password is the bot's decision."""
    born = date.fromisoformat(student["birthDate"])
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < 14


def _student(school_code: str, students: list[dict[str, Any]]) -> Student:
    entry = next(student for student in students if student["schoolCode"] == school_code)
    return Student(name=entry["name"], identifier=entry["identifier"], school_code=school_code)


def player(key: str, person: dict[str, Any]) -> Player:
    """One entry of the simulator's people as a player."""
    return Player(
        key=key,
        name=person["name"],
        role=person["role"],
        object_id=person["aadObjectId"],
        upn=person["upn"],
        school_code=person["schoolCode"] or "",
        school_name=person["schoolName"] or "",
    )
