"""Whatever a file holds, reading it ends as a list or as a refusal; and what was read says nothing that it did not."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.lists.model import ListUnusable
from bot.documents.account_list_answers import list_answer
from bot.documents.account_lists import read_account_lists
from tests.corpus.books import sheetjs, text
from tests.corpus.cases import BY, CODE, PASSWORDS, PUPILS
from tests.corpus.exports import CLASS_PAGE
from tests.corpus.good import HEADS, exchange, sds

ALIKE = (
    *HEADS, *CLASS_PAGE, "Клас", "Паралелка", "Роля", "Родител", "Общо:", "5 б клас", "Код по НЕИСПУО 2990002", "5-фев", "",
    *(cell for one in PUPILS for cell in (one.name, one.number, one.username, one.first)), "учител", "4,74E+09", "|", "—",
    f"{PUPILS[0].username}|{PUPILS[1].username}", "x@y@z", "=1+1", "\ufffd", "а" * 500,
)  # fmt: skip
cells = st.one_of(st.sampled_from(ALIKE), st.sampled_from(ALIKE), st.text(max_size=12))
SOURCES = {
    "а.xlsx": sheetjs("class_page.xlsx"),
    "б.txt": sheetjs("class_page.txt"),
    "в.csv": exchange(),
    "users.csv": sds()["users.csv"],
}
calm = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(st.lists(st.lists(cells, max_size=9), max_size=14), st.sampled_from(",;\t|"))
@calm
def test_any_table_is_a_list_or_refused(rows, delimiter):
    with suppress(ListUnusable):
        found = read_account_lists({"а.csv": text(rows, delimiter)}, school_code=CODE, by=BY, answers={})
        written = " ".join(cell for row in rows for cell in row)
        assert all(number in written for one in found.people for number in (each.digits for each in one.identifiers))
        assert all(one.usernames or one.identifiers or (one.name and one.class_) for one in found.people)


@given(st.sampled_from(sorted(SOURCES)), st.data())
@calm
def test_any_damage_is_a_list_or_refused(name, data):
    raw = bytearray(SOURCES[name])
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=12)):
        raw[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))
    with suppress(ListUnusable):
        read_account_lists({name: bytes(raw[: cut or None])}, school_code=CODE, by=BY, answers={})


@given(st.sampled_from(sorted(SOURCES)), st.data(), st.integers(0, 255) | st.sampled_from(b',;\t|"\r\n '))
@settings(calm, max_examples=300)
def test_damage_in_one_place_brings_no_password_into_what_is_read(name, data, byte):
    """A delimiter that is lost, or one too many, moves the cells of a row under other heads. Where the head is lost
    with it nobody can tell.
    """
    raw = bytearray(SOURCES[name])
    raw[data.draw(st.integers(0, len(raw) - 1))] = byte
    with suppress(ListUnusable):
        found = read_account_lists({name: bytes(raw)}, school_code=CODE, by=BY, answers={})
        said = f"{found!r} {list_answer(found).decode()}".casefold()
        assert not [one for one in PASSWORDS if one.casefold() in said]


@given(st.binary(max_size=400), st.sampled_from(["а.csv", "а.xlsx", "а.zip", "users.csv"]))
@calm
def test_any_bytes_are_a_list_or_refused(raw, name):
    with suppress(ListUnusable):
        read_account_lists({name: raw}, school_code=CODE, by=BY, answers={})
