"""The demo plays with people the simulator made, and tells the person at the screen what to try with whom."""

from datetime import date

import pytest

from bot.runtime.parsing import season_of
from demo import screen, stack
from demo.cast import choose, read_people
from tests.unit.simulator.living import TODAY, Client

ADDRESSES = {
    "director-1": "http://127.0.0.1:1",
    "director-2": "http://127.0.0.1:2",
    "teacher": "http://127.0.0.1:3",
    "expert": "http://127.0.0.1:4",
}


def age(graph: Client, name: str, today: date) -> int:
    entry = next(student for student in graph.roster["students"] if student["name"] == name)
    born = date.fromisoformat(entry["birthDate"])
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


@pytest.mark.parametrize("today", [TODAY, date(2027, 6, 30)])
def test_a_student_on_each_side_of_fourteen_and_a_class_of_the_first_director(graph: Client, today):
    cast = choose(read_people(graph.description), today)
    school = cast.first_director.school_code
    assert cast.young_student.school_code == cast.older_student.school_code == cast.own_student.school_code == school
    assert age(graph, cast.young_student.name, today) < 14 <= age(graph, cast.older_student.name, today)
    classes = {student["class"] for student in graph.roster["students"] if student["schoolCode"] == school}
    assert cast.own_class in classes
    assert cast.other_student.school_code == cast.second_director.school_code != school


def test_children_of_other_schools_enter_grade_viii_whatever_day_it_is(graph: Client, tmp_path):
    cast = choose(read_people(graph.description))
    assert len({one.identifier for one in cast.entering}) == 3
    for one in cast.entering:
        (entry,) = [each for each in graph.roster["students"] if each["identifier"] == one.identifier]
        assert entry["class"].startswith("7 ")
        assert one.school_code != cast.first_director.school_code
    text = screen.invitation(cast, ADDRESSES, bot="", folder="", outside="")
    assert all(one.identifier in text for one in cast.entering)
    settings = stack.bot_settings(graph.description, tmp_path, port=1)
    season = season_of(settings["INTAKE_FROM"], settings["INTAKE_TO"])
    assert all(season.open_on(day) for day in (TODAY, date(2026, 1, 1), date(2028, 2, 29), date(2026, 12, 31)))


def test_nobody_on_one_side_of_fourteen_stops_nothing(graph: Client):
    people = read_people(graph.description)
    cast = choose(people, date(2060, 1, 1))
    assert cast.young_student.name
    assert choose(people).older_student.name


def test_the_screen_says_what_to_try(graph: Client):
    cast = choose(read_people(graph.description), TODAY)
    text = screen.invitation(
        cast, ADDRESSES, bot="http://127.0.0.1:4/api/messages", folder="d", outside="http://127.0.0.1:5"
    )
    tries = [line for line in text.splitlines() if "парола" in line]
    assert len(tries) == 2
    assert cast.young_student.name in tries[0]
    assert cast.older_student.name in tries[0]
    assert cast.own_class in tries[1]
    assert max(map(len, tries)) <= 110
    assert "()" not in text  # who has no school


def test_the_bot_is_given_two_different_identities_and_its_own_address(graph: Client, tmp_path):
    settings = stack.bot_settings(graph.description, tmp_path, port=4321)
    clients = graph.description["clients"]
    assert settings["GRAPH_CLIENT_ID"] == clients["reader"]["id"] != settings["GRAPH_WRITER_CLIENT_ID"]
    assert settings["GRAPH_WRITER_CLIENT_ID"] == clients["writer"]["id"]
    assert settings["GRAPH_WRITER_CLIENT_SECRET"] == clients["writer"]["secret"]
    assert settings["PUBLIC_URL"] == f"http://127.0.0.1:{settings['BOT_PORT']}" == "http://127.0.0.1:4321"


def test_nothing_set_at_the_terminal_reaches_the_demos_bot(graph: Client, tmp_path, monkeypatch):
    for name in ("PASSWORD_LIFE_HOURS", "PASSWORDS_X", "PUBLIC_URL", "PROCESS", "GRAPH_URL"):
        monkeypatch.setenv(name, "x")
    assert not set(stack.clean_environment()) & {"PASSWORD_LIFE_HOURS", "PASSWORDS_X", "PUBLIC_URL", "PROCESS"}
    assert not set(stack.clean_environment()) & set(stack.bot_settings(graph.description, tmp_path, port=1))
