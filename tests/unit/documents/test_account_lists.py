"""The corpus: each list is read as expected, nobody more and nobody less, and no password is in what was read."""

import pytest

from bot.core.lists.model import ListNote, ListUnusable
from bot.documents.account_list_answers import list_answer, list_refusal
from bot.documents.account_list_people import ListsRead
from bot.documents.account_lists import read_account_lists
from tests.corpus import good, hostile, sloppy
from tests.corpus.books import package
from tests.corpus.cases import BY, CODE, PASSWORDS, Case, listed

ALL = (*good.CASES, *sloppy.CASES, *hostile.CASES)


def read(case: Case, answers=None) -> ListsRead:
    return read_account_lists(case.files(), school_code=CODE, by=BY, answers=answers or {})


def params(cases):
    return [pytest.param(case, id=case.name, marks=[pytest.mark.long] if case.long else []) for case in cases]


def told(case: Case) -> ListsRead:
    """Where columns must be told, they are."""
    found = read(case)
    if case.answer is None:
        return found
    assert len(found.questions) == 1
    assert not found.people
    return read(case, {found.questions[0].fingerprint: case.answer})


def no_password(said: str) -> None:
    """In whatever letters: of a username all letters are small."""
    assert not [one for one in (*PASSWORDS, "Sunflower") if one.casefold() in said.casefold()]


def everything(found: ListsRead) -> str:
    """Also what a repr leaves out, and as it leaves the child."""
    hidden = [(one.name, one.usernames, one.identifiers) for one in found.people]
    asked = [(one.heads, one.rows) for one in found.questions]
    return f"{found!r} {hidden!r} {asked!r} {list_answer(found).decode()}"


@pytest.mark.parametrize("case", params(one for one in ALL if one.refused is None))
def test_a_list_says_what_it_says(case: Case):
    found = told(case)

    assert [listed(one) for one in found.people] == list(case.people)
    assert [(one.place.row, one.why) for one in found.bad] == list(case.bad)
    assert [(one.file, one.fault) for one in found.faults] == list(case.faults)
    assert sorted((one.note, one.sheet) for one in found.notes) == sorted(case.notes)
    assert found.kinds == set(case.kinds)
    assert len(found.questions) == case.asks
    no_password(everything(found))
    no_password(everything(read(case)))


@pytest.mark.parametrize("case", params(one for one in ALL if one.refused is not None))
def test_a_file_that_is_no_list_is_refused_with_its_reason(case: Case):
    with pytest.raises(ListUnusable) as caught:
        read(case)

    assert caught.value.faults[0].fault is case.refused
    assert [(one.place.row, one.why) for one in caught.value.bad] == list(case.bad)
    no_password(f"{caught.value!r} {caught.value.faults!r} {list_refusal(caught.value).decode()}")


def test_two_exports_are_not_mixed_and_the_second_is_said():
    other = {**good.sds(), "users.csv": good.sds()["users.csv"].replace(b"im01234501", b"im99999999")}
    files = {"1.zip": package(good.sds()), "2.zip": package(other)}
    found = read_account_lists(files, school_code=CODE, by=BY, answers={})

    assert [listed(one) for one in found.people] == list(good.IN_SDS)
    assert {one.file for one in found.notes if one.note is ListNote.NOT_READ} == {f"2.zip/{name}" for name in other}


def test_the_corpus_is_large_and_every_case_has_its_own_name():
    assert len({one.name for one in ALL}) == len(ALL) >= 40
