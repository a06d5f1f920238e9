"""Which column is which: what is known, what is asked, what is shown with the question, and what answers are for."""

import pytest

from bot.core.lists.model import ColumnMeaning, ListKind, ListUnusable
from bot.documents.account_list_columns import Below
from bot.documents.account_list_guess import shown
from bot.documents.account_list_heads import kind_of, meanings
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
     "Код за дневник", "Код на родителя", "initial password", "Потребителско име / парола", "Username/pass", "login + pwd",
     "Passwd", "Parola", "Акаунт, парола", "PIN за вход", "passcode", "Код за акаунт", "Код за Microsoft 365",
     "Office 365 код", "Потребителски код", "Профил (код)", "Кодове за профили", "Временен достъп", "Временна", "E-mail/парола",
     "temporary", "Пинкод"],
)  # fmt: skip
def test_a_column_of_secrets_is_known_by_its_head(head: str):
    assert meanings([head]) == (M.SECRET,)


@pytest.mark.parametrize(
    ("head", "meaning"),
    [("Акаунт", M.USERNAME), ("Microsoft 365", M.USERNAME), ("Потребителско име", M.USERNAME), ("Код по НЕИСПУО", M.SCHOOL),
     ("Код в Azure", M.NOTHING), ("Код на институция", M.SCHOOL), ("Passport", None)],
)  # fmt: skip
def test_what_only_looks_like_one_is_none(head: str, meaning: M | None):
    assert meanings([head]) == (meaning,)


@pytest.mark.parametrize(
    "heads",
    [("Имена", "Идентификатор", "ЛОН"), ("Идентификатор", "Имена", "Активен"), ("Имена", "Идентификатор", "Код за дневник"),
     ("Имена", "Идентификатор", "Име на институция"), ("ЛОН", "Идентификатор"), ("Имена", "Идентификатор", "Код по НЕИСПУО", "Контроли")],
)  # fmt: skip
def test_the_register_s_own_number_is_no_identifier_whichever_columns_are_hidden(heads):
    assert M.IDENTIFIER not in meanings(heads)
    assert kind_of(heads) is ListKind.PEOPLE_PAGE


@pytest.mark.parametrize(
    "heads",
    [("Име", "Идентификатор", "Потребителско име", "Първоначална парола"), ("Имена", "Идентификатор", "Клас"),
     ("Идентификатор", "Име", "Презиме", "Фамилия", "Код по НЕИСПУО"), ("Имена", "Идентификатор")],
)  # fmt: skip
def test_elsewhere_it_is_one(heads):
    assert M.IDENTIFIER in meanings(heads)


def test_the_number_of_whom_only_a_name_is_shown_counts_if_it_can_be_one():
    """The page of the register with all other columns hidden, and a school's own list of the same heads."""
    heads = ("Имена", "Идентификатор")
    own = read(heads, *((one.name, one.number) for one in PUPILS))
    registers = read(heads, *((one.name, 7712301 + place) for place, one in enumerate(PUPILS)))

    assert [{each.digits for each in one.identifiers} for one in own.people] == [{one.number} for one in PUPILS]
    assert not registers.people
    assert registers.questions[0].guesses == (M.NAME, M.NOTHING)


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


def test_without_heads_an_answer_is_for_files_with_a_name_like_this_in_this_school():
    """Two tables of the same shapes may have child and parent the other way round."""

    def mark(name: str, code: str = CODE) -> str:
        found = read_account_lists({name: text(ROWS)}, school_code=code, by=BY, answers={})
        return found.questions[0].fingerprint

    assert mark("5 б клас.csv") == mark("6 в клас.csv") == mark("12 б клас.csv")
    assert len({mark("5 б клас.csv"), mark("родители.csv"), mark("списък.csv"), mark("5 б клас.csv", "2990002")}) == 4


def test_an_answer_is_for_its_heads_alone():
    heads = ("Кой", "На кого", "Клас за сега", "Тайно")
    rows = [(*row[:2], "5 б", row[2]) for row in ROWS]
    asked = read(heads, *rows).questions[0]
    told = {asked.fingerprint: (M.NAME, M.NOTHING, M.CLASS, M.SECRET)}

    assert [(one.name, one.class_) for one in read(heads, *rows, answers=told).people] == [
        (one.name, "5 б") for one in PUPILS
    ]
    assert read(("Друг", *heads[1:]), *rows, answers=told).questions


def test_what_is_read_of_a_sheet_is_in_no_repr():
    assert "Ива" not in repr(Below([(1, ["Ива"])], 0, ["Ива"], "x", class_known=False))


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


@pytest.mark.parametrize(
    "row",
    [("Ива Мирова Брезова", "Мила Брезова", "Qx"), ("ИВА БРЕЗОВА", "МИЛА БРЕЗОВА", "Qx"), ("Ива Брезова", "Айше Мехмед", "Qx"),
     ("ива брезова", "мила брезова", "Qx")],
)  # fmt: skip
def test_a_first_row_with_a_name_is_a_row_and_no_head(row):
    asked = read(row, *ROWS, ("Някой", "Друг Някой", "x")).questions[0]

    assert asked.heads == ("", "", "")
    assert asked.place.row == 1
    assert asked.rows[0] == (*row[:2], "•••")


@pytest.mark.parametrize(
    "secret", [*PASSWORDS, "Sunflower", "correct horse battery", "P@ssw0rd", "parola123", "Слънце7"]
)
def test_a_password_in_what_was_taken_for_a_head_is_not_shown(secret: str):
    heads = read(("Кой", "На кого", secret), *ROWS).questions[0].heads

    assert heads[:2] == ("Кой", "На кого")
    assert set(heads[2]) <= set("• ")


def test_heads_that_are_known_are_shown_and_none_is_in_a_repr():
    asked = read(
        ("Кой", "На кого", "Sunflower / E-mail на родител", "Дата 2026", "№ 3"), *((*row, "x", "") for row in ROWS)
    )
    found = asked.questions[0]

    assert found.heads == ("Кой", "На кого", "••• / E-mail на родител", "Дата •••", "№ •••")
    assert not [one for one in ("Кой", "На кого", PUPILS[0].name) if one in repr(found)]


@pytest.mark.parametrize("number", CANARIES)
@pytest.mark.parametrize(
    "shape", ["plain", "labelled", "spaces", "dashes", "full-width", "arabic", "letter-o", "embedded"]
)
def test_no_number_is_shown(number: str, shape: str):
    assert shown(SHAPES[shape](number), BY) == "•••"


@pytest.mark.parametrize(
    "secret",
    [*PASSWORDS, "Sunflower", "correct horse battery", "lisa-kuche-12", "1234", "ab12cd34", "Qwerty!", "P@ssw0rd",
     f"{IVA.username}|{PASSWORDS[0]}", f"{IVA.username}@edu.mon.bg|{PASSWORDS[0]}", f"{IVA.username}@edu.mon.bg {PASSWORDS[1]}",
     IVA.username, "ivan.probni", "Qx7 im01234501@edu.mon.bg"],
)  # fmt: skip
def test_nothing_that_may_be_a_password_is_shown(secret: str):
    assert shown(secret, BY) == "•••"


@pytest.mark.parametrize(
    "day", ["05.02.2047", "5.2.2047 г.", "2047-02-05", "2047-02-05T00:00:00", "5-фев", "05:00:00", "31.12.2047"]
)
def test_no_date_of_birth_is_shown(day: str):
    assert shown(day, BY) == "•••"


@pytest.mark.parametrize(
    "cell",
    [
        IVA.name,
        f"{IVA.username}@edu.mon.bg",
        f"{IVA.username}@edu.mon.bg|ivan.probni@edu.mon.bg",
        "5 б",
        "V „б“",
        "7",
        "Ива",
    ],
)
def test_what_tells_columns_apart_is_shown(cell: str):
    assert shown(cell, BY) == cell
