"""Which column is which: what is known, what is asked, what is shown with the question, and what answers are for."""

import pytest

from bot.core.lists.model import ColumnMeaning, ListUnusable
from bot.documents.account_list_guess import shown
from bot.documents.account_list_heads import meanings
from bot.documents.account_lists import read_account_lists
from tests.corpus.books import text
from tests.corpus.cases import BY, CODE, IVA, PASSWORDS, PUPILS
from tests.shapes import CANARIES, SHAPES

M = ColumnMeaning


def read(*rows, answers=None):
    return read_account_lists({"а.csv": text(rows)}, school_code=CODE, by=BY, answers=answers or {})


ROWS = [(one.name, "Мила Брезова", PASSWORDS[0]) for one in PUPILS]


@pytest.mark.parametrize(
    "head",
    ["Парола", "Първоначална парола", "ВРЕМЕННА ПАРОЛА", "парола (edu.mon.bg)", "Пapoлa", "Password", "pass", "PIN", "ПИН код",
     "Код за дневник", "Код на родителя", "initial password", "Потребителско име / парола"],
)  # fmt: skip
def test_a_column_of_secrets_is_known_by_its_head(head: str):
    assert meanings([head]) == (M.SECRET,)


def test_the_fingerprint_is_of_the_heads_and_of_no_person():
    heads = ("Кой", "На кого", "Тайно")
    some = read(heads, *ROWS).questions[0]
    others = read(("кой ", "НА  КОГО", "тайно"), *reversed(ROWS[:3])).questions[0]
    more = read((*heads[:2], "Явно"), *ROWS).questions[0]

    assert some.fingerprint == others.fingerprint != more.fingerprint


def test_without_heads_it_is_of_what_the_columns_look_like():
    asked = [read(*rows).questions[0] for rows in (ROWS, ROWS[2:])]
    assert asked[0].fingerprint == asked[1].fingerprint
    assert asked[0].heads == ("", "", "")


def test_an_answer_is_for_its_heads_alone():
    heads = ("Кой", "На кого", "Клас за сега", "Тайно")
    rows = [(*row[:2], "5 б", row[2]) for row in ROWS]
    asked = read(heads, *rows).questions[0]
    told = {asked.fingerprint: (M.NAME, M.NOTHING, M.CLASS, M.SECRET)}

    assert [(one.name, one.class_) for one in read(heads, *rows, answers=told).people] == [
        (one.name, "5 б") for one in PUPILS
    ]
    assert read(("Друг", *heads[1:]), *rows, answers=told).questions


def test_an_answer_of_another_width_takes_no_cell_that_is_not_there():
    heads = ("Кой", "На кого", "Тайно")
    mark = read(heads, *ROWS).questions[0].fingerprint

    with pytest.raises(ListUnusable):
        read(heads, *ROWS, answers={mark: (M.USERNAME,)})
    assert read((*heads, "Клас"), *ROWS, answers={mark: (*[M.NOTHING] * 60, M.NAME)}).questions


@pytest.mark.parametrize(
    "columns", [(), (M.NOTHING,) * 3, (M.CLASS, M.KIND, M.SECRET), (M.FIRST, M.NOTHING, M.NOTHING)]
)
def test_an_answer_that_does_not_say_where_the_people_are_is_asked_for_again(columns):
    heads = ("Кой", "На кого", "Тайно")
    asked = read(heads, *ROWS).questions[0]

    assert read(heads, *ROWS, answers={asked.fingerprint: columns}).questions == [asked]


@pytest.mark.parametrize("number", CANARIES)
@pytest.mark.parametrize(
    "shape", ["plain", "labelled", "spaces", "dashes", "full-width", "arabic", "letter-o", "embedded"]
)
def test_no_number_is_shown(number: str, shape: str):
    assert shown(SHAPES[shape](number), BY) == "•••"


@pytest.mark.parametrize(
    "secret",
    [*PASSWORDS, "Sunflower", "correct horse battery", "lisa-kuche-12", "1234", "ab12cd34", "Qwerty!", "P@ssw0rd"],
)
def test_nothing_that_may_be_a_password_is_shown(secret: str):
    assert shown(secret, BY) == "•••"


@pytest.mark.parametrize(
    "cell", [IVA.name, IVA.username, f"{IVA.username}@edu.mon.bg", "5 б", "V „б“", "7", "Ива", "ivan.probni"]
)
def test_what_tells_columns_apart_is_shown(cell: str):
    assert shown(cell, BY) == cell
