"""Lists as programs and people really write them. Each test is named after a public report about software of this kind."""

from datetime import date

import pytest

from bot.core.class_links.expected import BadRow, ExpectedList, Fault, RosterFault, RosterUnusable, RowFault
from bot.documents.limits import MOST_NAMED
from bot.documents.roster_people import PARTS, Part
from bot.documents.rosters import read_roster
from tests.unit.documents.test_rosters import CODE, DATED, read, refused, sds

TODAY = date(2026, 9, 14)
USERS = "sourcedId,username,activeDirectoryMatchId\n"
PEOPLE = USERS + "t1,ivan.probni@edu.mon.bg,\ns1,ab01234567@edu.mon.bg,\n"
PLACES = "classSourcedId,userSourcedId,role\n"


def rows(found: ExpectedList) -> list[tuple[str, int, RowFault]]:
    return [(one.where, one.line, one.why) for one in found.rows]


def dated(enrolments: str) -> ExpectedList:
    files = sds(enrollments="classSourcedId,userSourcedId,role,status,beginDate,endDate\n" + enrolments)
    return read_roster(files, school_code=CODE, dated=DATED, today=TODAY)


# bad-quote-in-one-row


@pytest.mark.parametrize(
    "bad",
    [
        '103,2990001,"Клуб "Знание" - 7 а"',
        '103,2990001,"Клуб',
        '103,2990001,"Клуб" "Знание"',
        '"103,2990001,Клуб',
        '103,"2990001"x,Клуб',
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_bad_quote_in_one_row(bad: str, newline: str):
    lines = ["sourcedId,orgSourcedId,title", "101,2990001,Химия", bad, "102,2990001,Физика", '104,2990001,"А, Б"']
    found = read(sds(classes=newline.join(lines) + newline, enrollments=PLACES + "101,t1,teacher\n103,t1,teacher\n"))

    assert [(one.id, one.title) for one in found.classes] == [("101", "Химия"), ("102", "Физика"), ("104", "А, Б")]
    assert rows(found)[0] == ("classes.csv", 3, RowFault.QUOTES)
    assert RosterFault(Fault.ROW, "classes.csv", 3, 1) in found.faults


@pytest.mark.parametrize("name", ["orgs", "users", "enrollments", "statuses"])
def test_a_bad_quote_in_any_other_file_costs_its_row_only(name: str):
    files = sds(statuses="classSourcedId,status\n101,Създаден\n")
    good = read(files)
    files[f"{name}.csv"] += b'x,"y"z,"\n'
    found = read(files)

    assert found.classes == good.classes
    assert rows(found) == [(f"{name}.csv", files[f"{name}.csv"].count(b"\n"), RowFault.QUOTES)]


def test_quotes_that_fit_are_what_they_were():
    classes = 'sourcedId,orgSourcedId,title\n101,2990001,"Клуб ""Знание""\n7 а"\n102,2990001,Диск 5" и 7"\n'
    found = read(sds(classes=classes))

    assert [one.title for one in found.classes] == ['Клуб "Знание" 7 а', 'Диск 5" и 7"']


def test_a_quote_that_swallows_the_file_swallows_its_own_row():
    many = "".join(f"{number},2990001,Клас\n" for number in range(1000, 1500))
    found = read(sds(classes=f'sourcedId,orgSourcedId,title\n101,2990001,"Клас\n{many}'))

    assert len(found.classes) == 500
    assert rows(found)[0] == ("classes.csv", 2, RowFault.QUOTES)


# semicolons


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("told", [True, False])
def test_semicolons(delimiter: str, told: bool):
    head = f"sep={delimiter}\r\n" if told else ""
    files = {name: (head + raw.decode().replace(",", delimiter)).encode() for name, raw in sds().items()}

    assert read(files).classes == read(sds()).classes


def test_each_file_may_be_divided_in_its_own_way():
    files = sds()
    for name, delimiter in (("users.csv", b";"), ("classes.csv", b"\t"), ("enrollments.csv", b"|")):
        files[name] = files[name].replace(b",", delimiter)

    assert read(files).classes == read(sds()).classes


def test_a_comma_within_a_cell_divides_nothing():
    found = read(sds(classes="sourcedId;orgSourcedId;title\n101;2990001;Химия, физика, астрономия и още нещо\n"))

    assert found.classes[0].title == "Химия, физика, астрономия и още нещо"


def test_a_line_is_counted_from_the_top_of_the_file():
    found = read(sds(classes="sep=;\nsourcedId;orgSourcedId;title\n101;2990001;Химия\n101;2990001;Химия\n"))

    assert rows(found)[0] == ("classes.csv", 4, RowFault.TWICE)


# cp1251


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_cp1251(encoding: str):
    files = {name: raw.decode().encode(encoding) for name, raw in sds().items()}

    assert read(files) == read(sds())


def test_a_letter_cut_in_half_costs_its_row_and_does_not_change_the_alphabet():
    files = sds(classes="sourcedId,orgSourcedId,title\n101,2990001,Химия\n102,2990001,Физика\n")
    files["classes.csv"] = files["classes.csv"].replace("ка\n".encode(), "к\n".encode()[:-2] + b"\n")
    found = read(files)

    assert [one.title for one in found.classes] == ["Химия"]
    assert ("classes.csv", 3, RowFault.LETTERS) in rows(found)


# foreign-domain


@pytest.mark.parametrize(
    "username",
    ["ivan.probni@outlook.com", "ivan.probni@EDU.MON.BG.example", "ivan.probni@mon.bg", "a@edu.mon.bg@x", "ivan@"],
)
def test_foreign_domain(username: str):
    found = read(sds(users=f"{PEOPLE}t2,{username},\n", enrollments=f"{PLACES}101,t1,teacher\n101,t2,teacher\n"))

    assert rows(found) == [("users.csv", 4, RowFault.DOMAIN)]
    assert found.classes[0].teachers == ("ivan.probni",)


@pytest.mark.parametrize(
    ("username", "match", "account"),
    [
        ("ivan@outlook.com", "ivan.istinski@edu.mon.bg", "ivan.istinski"),
        ("ivan.probni@edu.mon.bg", "ivan.istinski@EDU.mon.bg", "ivan.istinski"),
        ("Ivan.Probni@Edu.Mon.BG", "", "ivan.probni"),
        ("IVAN.PROBNI", "", "ivan.probni"),
    ],
)
def test_active_directory_match_id_names_the_account(username: str, match: str, account: str):
    found = read(sds(users=f"{USERS}t1,{username},{match}\n", enrollments=f"{PLACES}101,t1,teacher\n"))

    assert found.classes[0].teachers == (account,)


def test_a_match_id_of_another_domain_is_no_account_of_ours():
    found = read(sds(users=f"{PEOPLE}t2,ivan@edu.mon.bg,ivan@outlook.com\n", enrollments=f"{PLACES}101,t2,teacher\n"))

    assert (rows(found), found.classes[0].teachers) == ([("users.csv", 4, RowFault.DOMAIN)], ())


@pytest.mark.parametrize("username", ["иван", "a b", "x" * 65, "a/b", "@edu.mon.bg", "<b>", "."])
def test_what_no_account_can_be_called_is_no_account(username: str):
    found = read(sds(users=f"{PEOPLE}t2,{username},\n", enrollments=f"{PLACES}101,t2,teacher\n"))

    assert rows(found) == [("users.csv", 4, RowFault.USERNAME)]


def test_the_same_person_twice_with_two_accounts_is_named():
    found = read(
        sds(
            users=f"{PEOPLE}t1,other@edu.mon.bg,\nt1,ivan.probni@edu.mon.bg,\n",
            enrollments=f"{PLACES}101,t1,teacher\n",
        )
    )

    assert (rows(found), found.classes[0].teachers) == ([("users.csv", 4, RowFault.TWICE)], ("ivan.probni",))


# staff-roles

STAFF_BY_MICROSOFT = [
    "principal",
    "chair",
    "professor",
    "researcher",
    "adjunct",
    "affiliate",
    "occupationalTherapist",
    "physicalTherapist",
    "speechTherapist",
    "visionTherapist",
    "paraprofessional",
    "specialServices",
    "advisor",
    "proctor",
    "nurse",
    "officeStaff",
    "lecturer",
    "itAdmin",
    "administrator",
    "teacher",
    "faculty",
    "staff",
    "teacherAssistant",
    "assistant",
    "instructor",
    "substitute",
    "coach",
    "alumni",
]


@pytest.mark.parametrize(
    "role", [*STAFF_BY_MICROSOFT, "student", "Student", "other", "guardian", "parent", "aide", "учител", ""]
)
def test_staff_roles(role: str):
    """Staff, or student, or named: never dropped without a word."""
    found = read(sds(users=PEOPLE, enrollments=f"{PLACES}101,t1,{role}\n"))

    people = (found.classes[0].teachers, found.classes[0].students, [why for _, _, why in rows(found)])
    part = PARTS.get(role.lower())
    if role in STAFF_BY_MICROSOFT and role != "alumni":
        assert people == (("ivan.probni",), (), [])
    elif role.lower() == "student":
        assert (part, people) == (Part.STUDENT, ((), ("ivan.probni",), []))
    else:
        assert (part, people) == (None, ((), (), [RowFault.ROLE if role else RowFault.LACKS]))


# tobedeleted-parent


@pytest.mark.parametrize("gone", ["tobedeleted", "inactive", "ToBeDeleted"])
def test_tobedeleted_parent(gone: str):
    found = read(
        sds(
            users=f"sourcedId,status,username\nt1,active,ivan\nt2,{gone},petar\n",
            classes=f"sourcedId,status,orgSourcedId,title\n101,active,2990001,А\n102,{gone},2990001,Б\n",
            enrollments=f"{PLACES}101,t1,teacher\n101,t2,teacher\n102,t1,teacher\n",
        )
    )

    assert [(one.id, one.teachers) for one in found.classes] == [("101", ("ivan",))]
    assert (found.faults, found.rows) == ((), ())


def test_an_id_that_lives_on_in_another_row_is_not_gone():
    found = read(
        sds(
            users="sourcedId,status,username\nt1,tobedeleted,old\nt1,active,ivan\n",
            classes="sourcedId,status,orgSourcedId,title\n101,tobedeleted,2990001,А\n101,active,2990001,Б\n",
            enrollments=f"{PLACES}101,t1,teacher\n",
        )
    )

    assert [(one.title, one.teachers) for one in found.classes] == [("Б", ("ivan",))]


# orgs-header-only


@pytest.mark.parametrize("name", ["orgs", "users", "classes", "enrollments"])
@pytest.mark.parametrize("below", ["", "\n\n", ",,,\r\n", " ; ;\n", '""\n'])
def test_orgs_header_only(name: str, below: str):
    heading = sds()[f"{name}.csv"].decode().splitlines()[0]

    assert refused(sds(**{name: f"{heading}\n{below}"})) == (RosterFault(Fault.EMPTY, f"{name}.csv"),)


def test_every_file_with_a_heading_alone_is_named_at_once():
    files = {name: raw.splitlines()[0] for name, raw in sds().items()}

    assert {fault.where for fault in refused(files)} == set(files)


def test_statuses_without_rows_are_said_and_cost_nothing():
    found = read(sds(statuses="classSourcedId,status\n"))

    assert (len(found.classes), found.faults) == (2, (RosterFault(Fault.EMPTY, "statuses.csv"),))


# enrolment-ended


@pytest.mark.parametrize(
    ("begin", "end", "is_in"),
    [
        ("2025-09-15", "2026-01-31", False),
        ("2026-09-21", "", False),
        ("21.09.2026", "", False),
        ("", "31.1.2026 г.", False),
        ("", "2026-01-31T00:00:00Z", False),
        ("", "20260131", False),
        ("2024-09-16", "2025-06-30", False),
        ("", "2026-09-14", True),
        ("2026-09-14", "2027-06-30", True),
        ("", "", True),
        ("1.9.2025", "31.8.2027 г.", True),
        ("2026-09-15", "2027-06-30", True),  # with the year that begins tomorrow
        ("15.09.2026", "", True),
        ("2025-09-15", "30.6.2026 г.", True),  # with the year whose last day is today
        ("2026-02-01", "2026-08-31", True),
    ],
)
def test_enrolment_ended(begin: str, end: str, is_in: bool):
    found = dated(
        f"101,t1,teacher,active,{begin},{end}\n101,s1,student,active,{begin},{end}\n101,s2,student,active,,\n"
    )

    assert (found.classes[0].teachers, found.classes[0].students) == (
        (("ivan.probni",), ("ab01234567", "cd01234567")) if is_in else ((), ("cd01234567",))
    )
    assert found.rows == ()


def seen(enrolments: str, read_on: date, looked_at: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Teachers and students of the first class of a list that was read on one day and is looked at on another."""
    files = sds(enrollments="classSourcedId,userSourcedId,role,status,beginDate,endDate\n" + enrolments)
    row = read_roster(files, school_code=CODE, dated=DATED, today=read_on).on(looked_at).classes[0]
    return row.teachers, row.students


YEAR = "2026-09-15,2027-06-30"
OF_THE_YEAR = f"101,t1,teacher,,{YEAR}\n101,s1,student,,{YEAR}\n"


@pytest.mark.parametrize("read_on", [date(2026, 6, 25), date(2026, 9, 10), date(2027, 7, 1), date(2027, 9, 14)])
@pytest.mark.parametrize(
    "looked_at", [date(2026, 9, 10), date(2026, 9, 15), date(2026, 9, 28), date(2027, 7, 1), date(2027, 9, 14)]
)
def test_a_year_has_its_classes_before_its_first_day_and_through_its_summer(read_on: date, looked_at: date):
    if looked_at >= read_on:
        assert seen(OF_THE_YEAR, read_on, looked_at) == (("ivan.probni",), ("ab01234567",))


def test_a_year_has_nobody_before_its_classes_are_made():
    assert seen(OF_THE_YEAR, date(2026, 6, 25), date(2026, 6, 30)) == ((), ())


REPLACED = (
    f"101,t1,teacher,,2026-09-15,2027-01-31\n101,t2,teacher,,2027-02-01,2027-06-30\n101,s1,student,,{YEAR}\n"
    "101,s2,student,,2027-03-08,\n"
)


@pytest.mark.parametrize("read_on", [date(2026, 9, 10), date(2027, 1, 15), date(2027, 1, 31)])
def test_who_comes_and_goes_within_the_year_does_so_on_the_day(read_on: date):
    assert seen(REPLACED, read_on, date(2027, 1, 31)) == (("ivan.probni",), ("ab01234567",))
    assert seen(REPLACED, read_on, date(2027, 2, 1)) == (("t2",), ("ab01234567",))
    assert seen(REPLACED, read_on, date(2027, 3, 8)) == (("t2",), ("ab01234567", "cd01234567"))
    assert seen(REPLACED, read_on, date(2027, 9, 15)) == ((), ("cd01234567",))


@pytest.mark.parametrize("read_on", [date(2026, 9, 10), date(2027, 9, 14), date(2027, 9, 15), date(2027, 10, 20)])
@pytest.mark.parametrize("looked_at", [date(2027, 9, 15), date(2027, 10, 31)])
def test_a_year_that_is_over_stays_as_it_was_on_its_last_day(read_on: date, looked_at: date):
    """The classes are there until those of the next year are (docs/adr/0079): nobody is to be called gone of them."""
    if looked_at >= read_on:
        assert seen(OF_THE_YEAR, read_on, looked_at) == (("ivan.probni",), ("ab01234567",))


@pytest.mark.parametrize("ends", ["2026-12-18", "2026-12-31", "2027-01-22", "2027-05-14", "2027-05-31"])
def test_a_class_that_ends_within_the_year_keeps_its_people_until_the_next(ends: str):
    """Taught in the first half, to grade XII, or to the first ones: docs/adr/0079 has it stay until then."""
    of_a_half = f"101,t1,teacher,,2026-09-15,{ends}\n101,s1,student,,2026-09-15,{ends}\n"
    assert seen(of_a_half, date(2026, 9, 10), date(2027, 9, 14)) == (("ivan.probni",), ("ab01234567",))
    assert seen(of_a_half, date(2027, 6, 1), date(2027, 9, 14)) == (("ivan.probni",), ("ab01234567",))
    whole = of_a_half + "102,t2,teacher,,2027-09-15,\n"  # of the next year
    assert seen(whole, date(2026, 9, 10), date(2027, 9, 15)) == ((), ())


@pytest.mark.parametrize("others", ["", "101,s1,student,,,\n", f"101,s1,student,,{YEAR}\n"])
def test_a_teacher_who_leaves_a_class_that_goes_on_or_has_no_students_is_gone_the_day_after(others: str):
    left = "101,t1,teacher,,2026-09-15,2027-01-31\n" + others
    assert seen(left, date(2026, 9, 10), date(2027, 1, 31))[0] == ("ivan.probni",)
    assert seen(left, date(2026, 9, 10), date(2027, 2, 1))[0] == ()


def test_names_are_known_of_those_who_come_later():
    assert dated("101,t2,teacher,,2027-02-01,\n").names == {"t2": "Без Име"}


@pytest.mark.parametrize(
    "wrong", ["вчера", "2026-13-01", "0001-01-01", "9999-12-31", "1999-12-31", "31.02.2026", "46280"]
)
def test_a_date_of_no_school_names_its_row(wrong: str):
    found = dated(f"101,t1,teacher,active,{wrong},\n101,s1,student,active,,{wrong}\n")

    assert rows(found) == [("enrollments.csv", 2, RowFault.DATE), ("enrollments.csv", 3, RowFault.DATE)]
    assert not found.classes[0].teachers


@pytest.mark.parametrize(
    "wrong",
    [
        "0001-01-01T00:00:00+14:00",
        "0001-01-01",
        "9999-12-31T23:59:59+00:00",
        "9999-12-31T23:59:59-14:00",
        "1999-12-31T23:59:59+00:00",
        "2100-01-01T00:00:00Z",
        "2026-09-01T10:00:00+99:00",
    ],
)
def test_a_moment_at_the_ends_of_time_names_its_row(wrong: str):
    found = read(sds(statuses=f"classSourcedId,status,dateLastModified\n101,Създаден,{wrong}\n"))

    assert rows(found) == [("statuses.csv", 2, RowFault.DATE)]
    assert found.classes[0].since is None


# what is named, and how much of it


def test_a_list_of_which_nothing_is_left_says_which_rows():
    with pytest.raises(RosterUnusable) as caught:
        read(sds(classes='sourcedId,orgSourcedId,title\n101,2990001,"А"Б\n'))

    assert caught.value.faults == (RosterFault(Fault.EMPTY),)
    assert caught.value.rows == (BadRow("classes.csv", 2, RowFault.QUOTES),)


def test_many_rows_are_counted_and_the_first_are_named():
    found = read(sds(enrollments=PLACES + "101,nobody,teacher\n" * 500 + "101,t1,teacher\n"))

    assert found.faults == (RosterFault(Fault.ROW, "enrollments.csv", 2, 500),)
    assert [one.line for one in found.rows] == list(range(2, 2 + MOST_NAMED))


def test_what_hangs_on_a_named_row_is_not_named_again():
    found = read(sds(users=f"{PEOPLE}t2,x@outlook.com,\n", enrollments=f"{PLACES}101,t2,teacher\n" * 3))

    assert rows(found)[0] == ("users.csv", 4, RowFault.DOMAIN)
    assert len([one for one in rows(found) if one[0] == "users.csv"]) == 1
    assert RowFault.NO_PERSON not in {why for _, _, why in rows(found)}
