"""Who is in the tenant: always the same people, nobody real, every special case."""

import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from stdnum.bg import egn, pnf

from simulator.people.identifiers import DOCUMENTED, EgnAllotter, counted_birth, kind_of, lnch_numbers
from simulator.people.model import TenantOptions
from simulator.people.names import Name, patronymic
from simulator.people.usernames import latin, student_username, teacher_username
from simulator.store.files import kept_file
from simulator.store.roster import roster
from simulator.store.tenant import Tenant
from tests.unit.simulator.living import DEMO, TODAY, Client


@pytest.fixture(scope="module")
def tenant(state: Path):
    opened = Tenant(DEMO, state)
    yield opened
    opened.close()


def stored_identifiers(tenant: Tenant) -> list[str]:
    """Everybody's true identifier: the stored one, or the planted one that lost its zero."""
    return [
        row["identifier"] or row["external_id"]
        for row in tenant.ask(
            "SELECT external_id, identifier FROM user LEFT JOIN planted ON person = n WHERE external_id IS NOT NULL"
        )
    ]


def assert_nobody_real(identifiers: list[str]) -> None:
    for number in identifiers:
        if kind_of(number) == "egn":
            assert egn.is_valid(number)
            assert 2037 <= egn.get_birth_date(number).year <= 2056
        elif kind_of(number) == "lnch":
            assert pnf.is_valid(number)
            assert number[:7] in {"9999999", "0999999"}
        else:
            assert not egn.is_valid(number)
            assert not pnf.is_valid(number)
            assert number.startswith(("00", "9999999"))
        assert number not in DOCUMENTED


def test_the_demo_has_the_size_it_promises(tenant):
    count = {row[0]: row[1] for row in tenant.ask("SELECT role, count(*) FROM user GROUP BY role")}
    assert count == {"student": 1500, "teacher": 127, "director": 6, "ruo": 2, "none": 3}
    assert tenant.ask("SELECT count(*) FROM homeroom")[0][0] == 60
    assert {row[0] for row in tenant.ask("SELECT DISTINCT grade FROM homeroom")} == set(range(1, 13))
    assert {row[0] for row in tenant.ask("SELECT DISTINCT region FROM school")} == {"Пловдив", "Варна"}
    assert [row[0] for row in tenant.ask("SELECT code FROM school ORDER BY n")] == [
        str(2990001 + n) for n in range(6)
    ]


def test_every_identifier_is_well_formed_and_belongs_to_nobody(tenant):
    identifiers = stored_identifiers(tenant)
    assert len(identifiers) == 1627
    assert_nobody_real(identifiers)
    assert {kind_of(number) for number in identifiers} == {"egn", "lnch", "service"}


def test_identifiers_are_shared_only_by_accounts_planted_as_one_person(tenant):
    shared = {number for number, times in Counter(stored_identifiers(tenant)).items() if times > 1}
    planted = tenant.ask("SELECT key, identifier FROM planted WHERE key LIKE 'several-%'")
    assert shared == {row["identifier"] for row in planted}
    assert len(shared) == 3


def test_usernames_are_unique_and_none_can_be_a_real_students(tenant):
    rows = tenant.ask("SELECT upn, role FROM user")
    assert len({row["upn"].lower() for row in rows}) == len(rows)
    for row in rows:
        if row["role"] == "student":
            local = row["upn"].removesuffix("@edu.mon.bg")
            assert local.lstrip("abcdefghijklmnopqrstuvwxyz")[0] == "0"
            assert len(local.lstrip("abcdefghijklmnopqrstuvwxyz")) == 8


def test_the_same_options_give_the_same_people_and_a_different_seed_others(tmp_path):
    rosters = []
    for folder, options in (("a", DEMO), ("b", DEMO), ("c", replace(DEMO, seed=2))):
        opened = Tenant(options, tmp_path / folder)
        everybody = [tuple(row) for row in opened.ask("SELECT * FROM user ORDER BY n")]
        rosters.append((everybody, roster(opened, with_cases=True)))
        opened.close()
    assert rosters[0] == rosters[1]
    assert rosters[0][0] != rosters[2][0]


def test_a_bigger_tenant_keeps_the_handles_of_the_planted_students(state, tenant):
    bigger = Tenant(TenantOptions(today=TODAY, schools=40, students=6000), state)
    try:
        keys = "SELECT key, identifier, upn, user.id FROM planted JOIN user ON n = person ORDER BY key"
        here, there = tenant.ask(keys), bigger.ask(keys)
        assert [(row["key"], row["upn"], row["id"]) for row in here] == [(r["key"], r["upn"], r["id"]) for r in there]
        assert bigger.ask("SELECT count(*) FROM user WHERE role = 'student'")[0][0] == 6000
        assert bigger.ask("SELECT count(*) FROM school")[0][0] == 40
        identifiers = stored_identifiers(bigger)
        assert_nobody_real(identifiers)
        assert sum(times > 1 for times in Counter(identifiers).values()) == 3
        assert (
            bigger.ask(
                "SELECT count(*) FROM school s JOIN homeroom h ON h.school = s.n GROUP BY s.n HAVING count(*) < 1"
            )
            == []
        )
    finally:
        bigger.close()


@pytest.mark.parametrize(
    "today", [date(2026, 11, 23), date(2027, 2, 28), date(2028, 2, 29), date(2026, 8, 31), date(2033, 3, 1)]
)
def test_the_fourteenth_birthday_is_counted_from_the_day_given(state, today):
    opened = Tenant(TenantOptions(today=today), state)
    try:
        births = {row["case"]: row["birthDate"] for row in roster(opened, with_cases=True)["students"]}
        identifiers = stored_identifiers(opened)
    finally:
        opened.close()
    assert_nobody_real(identifiers)

    def age(key):
        born = date.fromisoformat(births[key])
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))

    assert age("fourteen-today") == 14
    assert age("fourteen-yesterday") == 14
    assert age("fourteen-tomorrow") == 13
    assert age("first-grader") <= 8
    assert age("twelfth-grader") >= 17


@pytest.mark.parametrize("today", [date(1999, 1, 1), date(2024, 5, 1), date(2090, 1, 1)])
def test_a_clock_far_off_still_makes_nobody_real(tmp_path, today):
    opened = Tenant(TenantOptions(today=today, students=600), tmp_path)
    try:
        assert_nobody_real(stored_identifiers(opened))
    finally:
        opened.close()


def test_the_planted_cases_are_what_they_are_called(graph: Client):
    def schools(key: str) -> list[str]:
        return [school["schoolNumber"] for school in graph.find(graph.case(key)["identifier"])[0]["schools"]]

    assert schools("moved") == ["2990002"]
    assert schools("moved-other-region") == ["2990004"]
    assert schools("moved-half-done") == ["2990001", "2990002"]
    assert schools("moved-no-school") == []
    behind = graph.find(graph.case("moved-teams-behind")["identifier"])[0]
    assert [school["schoolNumber"] for school in behind["schools"]] == ["2990002"]
    old_school = graph.get("/education/schools?$filter=schoolNumber eq '2990001'").json()["value"][0]["id"]
    old_teams = graph.get(f"/education/schools/{old_school}/classes?$top=999").json()["value"]
    assert {team["id"] for team in behind["classes"]} <= {team["id"] for team in old_teams}
    assert behind["classes"]

    several = graph.find(graph.case("several-new-enabled")["identifier"])
    assert [account["accountEnabled"] for account in several] == [False, True]
    both = graph.find(graph.case("several-both-enabled")["identifier"])
    assert [account["accountEnabled"] for account in both] == [True, True]
    assert len({account["userPrincipalName"] for account in both}) == 2

    creating = graph.find(graph.case("being-created")["identifier"])[0]
    assert {plan["provisioningStatus"] for plan in creating["provisionedPlans"]} == {"PendingActivation"}
    ready = graph.find(graph.case("moved")["identifier"])[0]
    assert {plan["provisioningStatus"] for plan in ready["provisionedPlans"]} == {"Success"}
    assert graph.find(graph.case("disabled")["identifier"])[0]["accountEnabled"] is False


@pytest.mark.parametrize(("key", "kind"), [("lost-zero-service", "service"), ("lost-zero-lnch", "lnch")])
def test_a_lost_zero_is_found_only_without_it(graph: Client, key, kind):
    student = graph.case(key)
    assert student["identifierKind"] == kind
    assert student["identifier"].startswith("0")
    assert graph.find(student["identifier"]) == []
    stored = student["identifier"].lstrip("0")
    assert [found["userPrincipalName"] for found in graph.find(stored)] == [student["username"]]


def test_a_number_that_lost_its_zero_never_completes_to_a_real_birth(tenant):
    stored = {row["external_id"] for row in tenant.ask("SELECT external_id FROM user WHERE external_id IS NOT NULL")}
    nine_digits = [number for number in stored if len(number) == 9]
    assert len(nine_digits) == 2
    assert all(pnf.is_valid("0" + number) and not egn.is_valid("0" + number) for number in nine_digits)


def test_every_class_has_its_lesson_and_a_class_teacher_of_its_own(state):
    for options in (DEMO, TenantOptions(today=TODAY, schools=40, students=6000)):
        opened = Tenant(options, state)
        try:
            lessons = opened.ask(
                "SELECT h.n, h.school, h.grade || ' ' || h.letter AS title, team.name, team.school AS of_team, "
                "enrolment.school AS works, user.n AS teacher, user.role FROM homeroom h "
                "JOIN team_homeroom ON team_homeroom.homeroom = h.n "
                "JOIN team ON team.n = team_homeroom.team AND team.subject = 'Час на класа' "
                "JOIN team_person ON team_person.team = team.n AND team_person.part = 'teacher' "
                "JOIN user ON user.n = team_person.person JOIN enrolment ON enrolment.person = user.n"
            )
            assert len(lessons) == opened.ask("SELECT count(*) FROM homeroom")[0][0]
        finally:
            opened.close()
        assert len({row["n"] for row in lessons}) == len({row["teacher"] for row in lessons}) == len(lessons)
        for row in lessons:
            assert row["name"] == f"Час на класа - {row['title']} - ООП"
            assert row["school"] == row["of_team"] == row["works"]
            assert row["role"] == "teacher"


def test_the_lesson_is_read_from_the_student_and_from_the_class(graph: Client):
    student = graph.case("first-grader")["aadObjectId"]
    teams = graph.get(f"/education/users/{student}/classes?$select=id,displayName").json()["value"]
    (lesson,) = [team for team in teams if team["displayName"].startswith("Час на класа - ")]
    (teacher,) = graph.get(f"/education/classes/{lesson['id']}/teachers?$select=id,primaryRole").json()["value"]
    assert teacher["primaryRole"] == "teacher"
    members = graph.get(f"/education/classes/{lesson['id']}/members?$select=id&$expand=schools($select=schoolNumber)")
    found = {person["id"]: person["schools"] for person in members.json()["value"]}
    assert found[student] == found[teacher["id"]] == [{"schoolNumber": "2990001"}]


def test_staff_are_what_they_are_called(graph: Client):
    role = graph.description["role_extension"]

    def facts(key: str) -> dict:
        person = graph.staff(key)["aadObjectId"]
        found: dict = graph.get(f"/users/{person}?$select=userType,onPremisesSyncEnabled,{role}").json()
        return found

    ordinary = {"userType": "Member", "onPremisesSyncEnabled": None}
    assert ordinary.items() <= facts("teacher-with-role").items()
    assert facts("guest")["userType"] == "Guest"
    assert facts("teacher-synced")["onPremisesSyncEnabled"] is True
    assert facts("it-administrator")[role] == "14"
    assert facts("helpdesk")[role] == "18"
    people = {person["case"]: person for person in graph.roster["people"] if person["case"]}
    assert people["helpdesk"]["schoolCode"] is None
    assert people["it-administrator"]["schoolCode"] == people["guest"]["schoolCode"] == "2990001"
    assert not {student["case"] for student in graph.roster["students"]} & {"guest", "helpdesk", "teacher-synced"}


def test_namesakes_and_a_name_too_common_for_a_card(tenant):
    rows = tenant.ask(
        "SELECT display, given FROM user JOIN enrolment ON person = user.n WHERE school = 1 AND role = 'student'"
    )
    assert Counter(row["display"] for row in rows)["Гергана Живкова Дзивгова"] == 3
    assert sum(row["given"] == "Ростислав" for row in rows) == 12
    assert {"Юлиян Щерьов Щерев", "Ньоми Агопова Хачикян", "Патрик Шонов О'Конър", "Хуан Запрянов"} <= {
        row["display"] for row in rows
    }


def test_the_service_number_of_ten_digits_passes_no_other_check(graph: Client):
    number = graph.case("service-10")["identifier"]
    assert len(number) == 10
    assert not egn.is_valid(number)
    assert not pnf.is_valid(number)
    also = graph.case("egn-also-lnch")["identifier"]
    assert egn.is_valid(also)
    assert pnf.is_valid(also)


def test_roster_lists_each_role_and_every_case_within_two_hundred_students(graph: Client):
    people = graph.roster["people"]
    assert {person["role"] for person in people} == {"director", "teacher", "ruo", "student", "none"}
    assert [p["upn"] for p in people if p["role"] == "director"] == [f"{2990001 + n}@edu.mon.bg" for n in range(6)]
    students = graph.roster["students"]
    assert len(students) == 200
    assert len({student["username"] for student in students}) == 200
    planted = [student["case"] for student in students if student["case"]]
    assert len(planted) == len(set(planted)) >= 50
    assert {student["identifierKind"] for student in students} == {"egn", "lnch", "service"}
    assert {student["state"] for student in students} == {"active", "disabled", "being-created"}
    for student in students:
        born = counted_birth(student["identifier"])
        assert student["birthDate"] == (born.isoformat() if born else None)
        if born:
            assert born.year == egn.get_birth_date(student["identifier"]).year - 30


def test_allotted_numbers_do_not_repeat_and_tell_the_sex():
    allotter = EgnAllotter()
    numbers = [allotter.next(2043, female=index % 2 == 0) for index in range(4000)]
    assert len(set(numbers)) == 4000
    assert all(int(number[8]) % 2 == (index % 2 == 0) for index, number in enumerate(numbers))
    assert not any(int(number[6:9]) >= 900 for number in numbers)


def test_documented_lnch_come_first():
    assert lnch_numbers()[:4] == ("9999999014", "9999999025", "9999999036", "9999999047")
    assert len(set(lnch_numbers())) == 100


@pytest.mark.parametrize(
    ("name", "username"),
    [
        (Name("Иван", "Петров", "Х", female=False), "ip0"),
        (Name("Жасмина", "Шонова", "Х", female=True), "zs0"),
        (Name("Юлиян", "Янков", "Х", female=False), "ii0"),
        (Name("Хуан", "", "Х", female=False), "h0"),
    ],
)
def test_student_usernames_take_one_letter_of_a_digraph(name, username):
    assert student_username(name, 1).startswith(username)


def test_a_teachers_username_grows_by_letters_of_the_middle_name_then_counts():
    name = Name("Юлия", "Ив", "Щерева", female=True)
    taken: set[str] = set()
    made = [teacher_username(name, taken) for _ in range(4)]
    assert made == [
        "iuliia.shchereva@edu.mon.bg",
        "iuliia.i.shchereva@edu.mon.bg",
        "iuliia.iv.shchereva@edu.mon.bg",
        "iuliia.shchereva2@edu.mon.bg",
    ]
    assert latin("О'Конър") == "okonar"


@pytest.mark.parametrize(
    ("father", "son"),
    [
        ("Иван", "Иванов"),
        ("Георги", "Георгиев"),
        ("Николай", "Николаев"),
        ("Никола", "Николов"),
        ("Щерьо", "Щерев"),
        ("Димитър", "Димитров"),
    ],
)
def test_patronymics(father, son):
    assert patronymic(father, female=False) == son
    assert patronymic(father, female=True) == son + "а"


def test_a_generated_tenant_is_kept_and_half_a_one_is_not(tmp_path, monkeypatch):
    made = kept_file(DEMO, tmp_path)
    before = made.stat().st_mtime_ns
    assert kept_file(DEMO, tmp_path) == made
    assert kept_file(replace(DEMO, today=TODAY + timedelta(days=1)), tmp_path) == made
    assert made.stat().st_mtime_ns == before

    def broken(database: sqlite3.Connection, options: TenantOptions) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("simulator.store.files.fill", broken)
    with pytest.raises(OSError, match="disk full"):
        kept_file(replace(DEMO, seed=99), tmp_path)
    assert list(tmp_path.iterdir()) == [made]


@pytest.mark.parametrize(
    "options", [replace(DEMO, schools=5), replace(DEMO, students=299), replace(DEMO, schools=2300)]
)
def test_a_tenant_too_small_for_its_cases_is_refused(options):
    with pytest.raises(ValueError, match="--"):
        options.check()
