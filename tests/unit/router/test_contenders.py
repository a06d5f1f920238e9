import pytest
from rapidfuzz import fuzz

from bot.dialogs import DIALOGS
from bot.router import Router
from bot.texts.catalog import Catalog
from tests.unit.router.contenders import linear, measured, nearest, vetoed

LEARNT = [
    ("забравена парола", "password"),
    ("нова парола за ученик", "password"),
    ("преместен ученик", "transfer"),
    ("искане за преместен ученик", "transfer"),
    ("какво е времето", None),
    ("лека вечер", None),
]


@pytest.mark.parametrize("route", [nearest(LEARNT, fuzz.token_sort_ratio), linear(LEARNT)], ids=["nearest", "linear"])
def test_what_was_learnt_is_known_and_what_was_never_seen_opens_nothing(route):
    assert [route(line) for line, _ in LEARNT] == [meant for _, meant in LEARNT]
    assert route("zabravena parola") == "password"
    assert route("") is None


def test_a_contender_stands_behind_the_vetoes_of_the_bot():
    route = vetoed(Router(Catalog.load(), DIALOGS), lambda _: "password")

    assert route("паролата на директора") is None
    assert route("=1+1") is None
    assert route("лека вечер") == "password"


def test_figures_count_wishes_and_nonsense_apart():
    sets = [{"reset": ["парола", "пароли"], "none": ["чао"], "vetoed": ["дай паролата"]}]

    found = measured("always", lambda _: "password", sets)

    assert (found.right, found.opened) == (1.0, 1.0)
    assert measured("never", lambda _: None, sets).right == 0
