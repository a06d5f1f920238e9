"""A page of a long list: nobody is left out or shown twice, and each page leads to those beside it."""

import pytest

from bot.dialogs.paging import Page
from bot.texts.catalog import Catalog
from cards.actions import Press

T = Catalog.load().speak("bg")


def press(number: int) -> Press:
    return Press("list.open", {"page": str(number)})


@pytest.mark.parametrize("count", range(8))
@pytest.mark.parametrize("size", [1, 3])
def test_all_pages_together_are_the_list(count, size):
    first = Page.of(range(count), size, 0)
    pages = [Page.of(range(count), size, number) for number in range(first.last + 1)]

    assert [one for page in pages for one in page.some] == list(range(count))
    assert all(page.some for page in pages) or not count


def test_a_number_behind_the_last_gives_the_last():
    assert Page.of("abcde", 2, 9) == Page("e", 2, 2)


@pytest.mark.parametrize(
    ("number", "titles", "numbers"),
    [(0, ["Следващи"], ["1"]), (1, ["Следващи", "Предишни"], ["2", "0"]), (2, ["Предишни"], ["1"])],
)
def test_a_page_leads_to_those_beside_it(number, titles, numbers):
    ways = Page.of("abcde", 2, number).ways(T, press)

    assert [way.title for way in ways] == titles
    assert [way.press.data["page"] for way in ways] == numbers
    assert Page.of("abcde", 2, number).note(T) == f"Страница {number + 1} от 3"


def test_a_list_of_one_page_has_no_ways_and_no_number():
    page = Page.of("ab", 2, 0)

    assert page.ways(T, press) == ()
    assert page.note(T) == ""
