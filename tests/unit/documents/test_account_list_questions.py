"""Tables of which nobody knows the columns: one question for all with the same heads, and none is forgotten."""

from collections.abc import Mapping

from bot.core.lists.model import ColumnMeaning, Columns, ListFault, ListFileFault
from bot.documents.account_list_people import MOST_QUESTIONS, ListsRead
from bot.documents.account_lists import read_account_lists
from tests.corpus.books import book, package, text
from tests.corpus.cases import BY, CODE, PUPILS
from tests.corpus.good import HEADS, rows_of

M = ColumnMeaning
STRANGE = ("Кой", "На кого", "Къде")
ANSWER: Columns = (M.NAME, M.NOTHING, M.CLASS)
SIXTH = f"{STRANGE[0]} е"


def read(files: Mapping[str, bytes], answers: Mapping[str, Columns] | None = None) -> ListsRead:
    return read_account_lists(files, school_code=CODE, by=BY, answers=answers or {})


def rows(letter: str, heads: tuple[str, ...] = STRANGE) -> list[tuple[str, ...]]:
    """Two people of a class, each with somebody beside them."""
    return [
        heads,
        *((f"{name} Пробен {letter.upper()}ев", "Мила Брезова", f"5 {letter}") for name in ("Иво", "Сава")),
    ]


def strange(letter: str, heads: tuple[str, ...] = STRANGE) -> bytes:
    return text(rows(letter, heads))


def different(count: int) -> dict[str, bytes]:
    """Files of which each has heads of its own."""
    return {f"{n}.csv": strange("а", (f"{STRANGE[0]} {'абвгдежз'[n]}", *STRANGE[1:])) for n in range(count)}


def test_seven_lists_with_the_same_heads_are_one_question_and_one_answer():
    files = {f"5 {letter}.csv": strange(letter) for letter in "абвгдеж"}
    found = read(files)

    (asked,) = found.questions
    assert (asked.place.file, asked.tables) == ("5 а.csv", 7)
    assert asked.also == tuple(f"5 {letter}.csv" for letter in "бвгдеж")
    assert (found.faults, found.notes, found.people, found.bad) == ([], [], [], [])

    told = read(files, {asked.fingerprint: ANSWER})
    assert sorted({one.class_ for one in told.people}) == [f"5 {letter}" for letter in "абвгдеж"]
    assert (len(told.people), told.questions, told.faults, told.notes, told.bad) == (14, [], [], [], [])


def test_sheets_of_one_workbook_and_files_of_a_package_are_asked_about_once():
    files = {
        "всички.xlsx": book(*((f"5 {letter}", rows(letter)) for letter in "абв")),
        "още.zip": package({f"6 {letter}.csv": strange(letter) for letter in "аб"}),
    }
    (asked,) = read(files).questions
    assert (asked.tables, {asked.place.file, *asked.also}) == (5, {"всички.xlsx", "6 а.csv", "6 б.csv"})
    assert len(read(files, {asked.fingerprint: ANSWER}).people) == 2 * 3, "5 а and 6 а say the same of two people"


def test_a_table_that_is_not_asked_about_yet_is_said_and_called_neither_empty_nor_a_note():
    """The same heads again, further down, are asked about already."""
    files = {**different(MOST_QUESTIONS + 2), "9.csv": different(1)["0.csv"]}
    found = read(files)

    assert [one.tables for one in found.questions] == [2, *[1] * (MOST_QUESTIONS - 1)]
    late = [f"{MOST_QUESTIONS}.csv", f"{MOST_QUESTIONS + 1}.csv"]
    assert found.faults == [ListFileFault(ListFault.NOT_ASKED, one) for one in late]
    assert found.notes == []

    answers = {one.fingerprint: ANSWER for one in found.questions}
    after = read(files, answers)
    assert [one.place.file for one in after.questions] == late
    assert after.faults == []


def test_what_else_stands_in_a_file_counts_while_a_table_of_it_waits_for_its_question():
    files = different(MOST_QUESTIONS) | {
        "я.xlsx": book(
            ("5 б", [HEADS, *rows_of()]),
            *((name, rows("а", (SIXTH, *STRANGE[1:]))) for name in ("първи", "втори")),
        )
    }
    found = read(files)

    assert len(found.people) == len(PUPILS)
    assert found.faults == [ListFileFault(ListFault.NOT_ASKED, "я.xlsx")], "once for a file"
