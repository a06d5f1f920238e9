"""What the child says of lists of accounts arrives as it was meant, and is believed only within what a list can be."""

import io
import json
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from timeit import timeit
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.class_links.expected import Fault, RosterFault
from bot.core.lists.model import (
    AccountList,
    BadListRow,
    ListedAt,
    ListFault,
    ListFileFault,
    ListRowFault,
    ListUnusable,
)
from bot.documents.account_list_answers import list_answer, list_refusal, list_taken
from bot.documents.account_list_people import check_list_sizes, list_fault, without_numbers
from bot.documents.account_lists import read_account_lists
from bot.documents.answers import Unlikely
from bot.documents.limits import MOST_BYTES
from tests.corpus import hostile
from tests.corpus.books import book, package, text
from tests.corpus.cases import BY, CODE, PUPILS
from tests.corpus.good import HEADS, rows_of, sds
from tests.shapes import CANARIES


def everything(found: AccountList) -> str:
    """Also what a repr leaves out."""
    people = [(one.name, one.usernames) for one in found.people]
    return repr([found, people, [(one.heads, one.rows) for one in found.questions]])


def named_sheet(name: str) -> bytes:
    """The workbook of the good list, its sheet called so."""
    with zipfile.ZipFile(io.BytesIO(hostile.good())) as package_:
        return package_.read("xl/workbook.xml").replace("Лист1".encode(), name.encode())


DATED = datetime(2026, 9, 14, 6, tzinfo=UTC)
READ = read_account_lists(
    {
        "а.xlsx": book(("5 б", [HEADS, *rows_of(), (6, "Без Нищо", "", "", "")])),
        "б.csv": text([("Кой", "Друг"), *((one.name, one.name) for one in PUPILS)]),
        "в.csv": text([("Кой", "Друг"), *((one.name, one.name) for one in PUPILS)]),
    },
    school_code=CODE,
    by=BY,
    answers={},
)


def taken(raw: bytes):
    return list_taken(raw, CODE, DATED, lambda kind, digits: f"{kind}-{len(digits)}")


def changed(**changes: Any) -> bytes:
    return json.dumps({**json.loads(list_answer(READ)), **changes}).encode()


PERSON = ["Ива", "5 б", ["im01234501@edu.mon.bg"], [["egn", "1"]], "student", [0, "", 2], []]
QUESTION = [["а", "", 1], "0" * 32, ["x"], [None], [["y"]], 2, ["б"]]


def person(place: int, value: Any) -> bytes:
    return changed(people=[[value if at == place else cell for at, cell in enumerate(PERSON)]])


def question(place: int, value: Any) -> bytes:
    return changed(questions=[[value if at == place else cell for at, cell in enumerate(QUESTION)]])


def test_a_list_arrives_as_it_was_read_but_for_the_numbers():
    found = taken(list_answer(READ))

    assert [(one.name, one.usernames, one.place) for one in found.people] == [
        (one.name, one.usernames, one.place) for one in READ.people
    ]
    assert found.people[3].identifiers == ("lnch-10",)
    assert (found.bad, found.bad_rows, found.questions) == (tuple(READ.bad), 0, tuple(READ.questions))


@pytest.mark.parametrize("fault", list(ListFault))
def test_a_refusal_arrives_with_its_rows(fault: ListFault):
    rows = (BadListRow(ListedAt("а.csv", "л", 7), ListRowFault.CONFLICT),)
    with pytest.raises(ListUnusable) as caught:
        taken(list_refusal(ListUnusable(ListFileFault(fault, "а.csv"), bad=rows)))
    assert (caught.value.faults, caught.value.bad) == ((ListFileFault(fault, "а.csv"),), rows)


def test_the_unchanged_person_and_question_are_likely():
    assert taken(person(0, "Ива")).people
    assert taken(question(1, "1" * 32)).questions


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\xff", b"null", b"[]", b"{}", b"[" * 100_000, b'{"faults":[],"rows":[]}', changed(people=None),
        changed(kinds=["none"]), changed(kinds=["sds-2.1"] * 99), changed(files=[]), changed(people=[[]]), changed(bad=-1),
        person(0, None), person(0, "x" * 201), person(1, "x" * 37), person(2, ["a@b@c"]), person(2, ["'; --@edu.mon.bg"]),
        person(2, ["ab01234567@edu.mon.bg"] * 9), person(3, [["egn", "12a"]]), person(3, [["pin", "1"]]),
        person(3, [["egn", "1" * 51]]), person(3, [["egn", "1"]] * 4), person(4, "god"), person(5, [7, "", 2]),
        person(5, [0, "", -1]), person(5, [True, "", 1]), person(6, ["none"]), person(6, "lost-zero"),
        question(0, ["а"]), question(1, "x" * 32), question(2, ["x"] * 65), question(3, ["none"]), question(4, [["y" * 61]]),
        question(4, [["y"]] * 6), question(5, -1), question(5, None), question(6, [None]), question(6, "б"),
        changed(notes=[["none", "", "", 1]]), changed(faults=[["none", ""]]), changed(rows=[["x", "role"]]),
    ],
)  # fmt: skip
def test_an_unlikely_answer_is_not_believed(raw: bytes):
    with pytest.raises(Unlikely):
        taken(raw)


@pytest.mark.parametrize("number", CANARIES)
def test_no_number_passes_as_a_text(number: str):
    said = [
        taken(person(0, f"Ива {number}")), taken(person(1, number)), taken(person(5, [0, number, 2])),
        taken(changed(files=[f"{number}.xlsx"], people=[PERSON])), taken(question(2, [number])),
        taken(question(4, [[number]])), taken(question(6, [number])), taken(changed(notes=[["hidden", "а", number, 1]])),
        taken(changed(faults=[["nobody", f"{number}.csv", 0, 1]])), taken(changed(rows=[[[f"{number}.csv", number, 1], "role"]])),
    ]  # fmt: skip
    with pytest.raises(ListUnusable) as caught:
        taken(list_refusal(ListUnusable(ListFileFault(ListFault.NOBODY, f"Ива {number}.csv"))))
    with pytest.raises(ListUnusable) as large:
        check_list_sizes({f"Ива {number}.csv": b"x" * (MOST_BYTES + 1)})
    said += [repr(each.value.faults) for each in (caught, large)]
    assert not [one for one in said if number in (one if isinstance(one, str) else everything(one))]


@pytest.mark.parametrize(
    "written", [" ".join("12" * 13), "-".join("1" * 25), f"5 б {'1 ' * 30}", "1" * 60, "4O" * 30]
)
def test_of_a_text_of_digits_alone_its_words_are_kept(written: str):
    found = taken(person(0, f"Ива {written} Брезова")).people[0].name

    assert (found.split()[0], found.split()[-1]) == ("Ива", "Брезова")
    assert not any(map(str.isnumeric, found))


LONG = "а" * 300


@pytest.mark.parametrize(
    "files",
    [
        {f"{LONG}.csv": text([HEADS, *rows_of()])},
        {"а.zip": package({f"{LONG}/{LONG}.csv": text([HEADS, *rows_of()])})},
        {"а.csv": text([HEADS, (1, LONG, "", PUPILS[0].username, LONG)])},
        {"а.csv": text([HEADS[:4], (1, LONG, "", ",".join(f"ab0123450{n}" for n in range(10)))])},
        {"а.csv": text([(LONG, f"{LONG} б", "x" * 300), *((one.name, one.name, LONG) for one in PUPILS)])},
        {"а.csv": text([("x" * 300, LONG, "x" * 300), *((one.name, one.name, LONG) for one in PUPILS)])},
        {"а.csv": text([HEADS[:4], *((1, "Ива", "", f"ab{n:08}") for n in range(300)), *[(1, "", "0" * 90, "x")] * 300])},
        sds() | {"roles.csv": sds()["roles.csv"].replace(b",05,", b"," + b"y" * 300 + b",")},
        sds() | {"users.csv": sds()["users.csv"].replace("Ива".encode(), LONG.encode())},
        {f"{n}{LONG}.csv": b"x" for n in range(300)} | {"а.csv": text([HEADS, *rows_of()])},
        {"а.xlsx": hostile.as_sheet(hostile.plain_row().replace("<row>", '<row r="9000000">', 1))},
        {"а.xlsx": hostile.with_part("xl/workbook.xml", named_sheet(LONG))},
    ],
    ids=["file name", "in a package", "cells", "usernames", "heads", "Latin heads", "many bad", "grade", "given name", "many files",
         "a far row", "name of a sheet"],
)  # fmt: skip
def test_what_is_longer_than_it_may_be_is_cut_and_no_list_is_lost_for_it(files: dict[str, bytes]):
    try:
        read = read_account_lists(files, school_code=CODE, by=BY, answers={})
    except ListUnusable as error:
        with pytest.raises(ListUnusable):
            taken(list_refusal(error))
    else:
        assert len(taken(list_answer(read)).people) == len(read.people)


def test_a_text_of_digits_costs_little_however_often_it_stands_there():
    """As a share of a list whose names have no digits: looking for numbers in each of 2,000 took sixty times as long."""

    def took(name: str, file: str) -> float:
        people = [[f"{name} {n % 7}", *PERSON[1:5], [0, file, n], []] for n in range(2000)]
        raw = changed(files=[f"{file}.csv"], people=people)
        return min(timeit(lambda: taken(raw), number=1) for _ in range(3))

    assert took("Ива", "1 " * 90) < 8 * took("Ива", "а " * 90)


def test_what_was_looked_at_is_not_kept_in_memory():
    taken(person(0, f"Ива {CANARIES[0]}"))
    with suppress(Unlikely):
        taken(person(4, "god"))
    assert without_numbers.cache_info().currsize == 0


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["kinds", "files", "people", "questions", "notes", "faults", "rows", "bad"]), anything
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_the_child_says_is_a_list_a_refusal_or_unlikely(said: dict[str, Any]):
    with suppress(ListUnusable, Unlikely):
        assert taken(changed(**said)).school_code == CODE


def test_what_is_wrong_with_a_package_has_a_name_among_faults_of_lists():
    for fault in Fault:
        said = list_fault(RosterFault(fault, "x.zip"))
        assert said.fault.value == fault.value or said.fault is ListFault.BROKEN
