"""Regions in every spelling, and schools that the directory says too little of."""

import logging
from itertools import product

import pytest

from bot.core.people.model import School
from bot.core.people.places import Place, Places
from bot.core.people.regions import REGIONS, region_key, region_named
from bot.core.people.spelling import law_latin

SPELLINGS = (
    "{0}", "  {0} ", "област {0}", "{0} област", "обл. {0}", "Област „{0}“", "{0} Province", "{0} region",
)  # fmt: skip
OTHERS = [region for region in REGIONS if "-" not in region]


def test_there_are_28_and_each_is_itself():
    assert len(REGIONS) == 28
    assert len({region_key(region) for region in REGIONS}) == 28
    assert [region_named(region) for region in REGIONS] == list(REGIONS)


@pytest.mark.parametrize(("region", "spelling"), [*product(OTHERS, SPELLINGS)])
def test_a_region_is_known_in_every_spelling(region, spelling):
    for written in (region, region.upper(), law_latin(region), law_latin(region).upper()):
        assert region_key(spelling.format(written)) == region_key(region)
        assert region_named(spelling.format(written)) == region


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("София-град", "София-град"), ("СОФИЯ-ГРАД", "София-град"), ("София (столица)", "София-град"),
        ("София /столица/", "София-град"), ("Област София-град", "София-град"), ("София - столица", "София-град"),
        ("Sofia City", "София-град"), ("Sofia (Capital)", "София-град"), ("Sofia-grad", "София-град"),
        ("Sofia City Province", "София-град"), ("гр. София", "София-град"), ("Столична София", "София-град"),
        ("София-област", "София-област"), ("област София", "София-област"), ("Sofia Province", "София-област"),
        ("Sofia-oblast", "София-област"), ("СОФИЯ ОБЛАСТ", "София-област"), ("София (област)", "София-област"),
    ],
)  # fmt: skip
def test_the_two_of_sofia(written, region):
    assert region_named(written) == region
    assert region_key(written) == region_key(region)


@pytest.mark.parametrize("bare", ["София", "SOFIA", "Sofia", " софия "])
def test_a_bare_sofia_is_the_city_for_an_expert_and_two_regions_in_a_file(bare):
    assert region_key(bare) == region_key("София-град")
    assert region_named(bare) == ""


@pytest.mark.parametrize("text", ["", "-", "област", "Лесково", "Други", "Чужбина", "Столична", "Варна и Добрич"])
def test_what_is_no_region_is_none(text):
    assert region_named(text) == ""


def school(**changes):
    return School(**{"id": "a1", "code": "2990001", "name": "СУ „Липа“"} | changes)


VARNA = Places({"2990001": Place("Средно училище „Липа“", "Варна", "Варна")})


def test_a_school_without_an_address_has_its_place_from_the_file():
    assert VARNA.completed(school()) == school(town="Варна", region="Варна")
    assert VARNA.completed(school(name="")).name == "Средно училище „Липа“"


def test_a_school_that_is_not_in_the_file_stays():
    other = school(code="2990002", town="Видин", region="Видин")
    assert VARNA.completed(other) == other
    assert Places().completed(other) == other


@pytest.mark.parametrize(
    ("told", "differs"),
    [
        ({"town": "Варна", "region": "Варна"}, False),
        ({"town": "гр. ВАРНА", "region": "област Варна"}, False),
        ({"town": "", "region": "VARNA"}, False),
        ({"town": "Видин", "region": "Варна"}, True),
        ({"town": "Варна", "region": "Видин"}, True),
    ],
)
def test_the_file_goes_before_the_directory_and_not_silently(caplog, told, differs):
    places = Places({"2990001": Place("", "Варна", "Варна")})
    with caplog.at_level(logging.WARNING):
        found = [places.completed(school(**told)) for _ in range(3)][-1]

    assert (found.town, found.region) == ("Варна", "Варна")
    assert len(caplog.records) == int(differs)


def test_many_contradictions_are_counted_and_not_told_one_by_one(caplog):
    places = Places({str(2990001 + number): Place("", "Варна", "Варна") for number in range(1000)})
    with caplog.at_level(logging.WARNING):
        for number in range(1000):
            places.completed(school(code=str(2990001 + number), region="Видин"))

    assert len(caplog.records) == 10
    assert "512 schools" in caplog.records[-1].getMessage()


def test_what_the_file_leaves_empty_is_the_directorys():
    places = Places({"2990001": Place("", "Варна", "")})
    assert places.completed(school(region="Варна")) == school(town="Варна", region="Варна")
