"""What a regional office sees of its schools: nothing small, and nothing that gives something small back."""

import itertools
import random
from collections import defaultdict
from dataclasses import fields

from bot.core.oversight.figures import (
    FEWEST,
    Hidden,
    HowFar,
    RegionSeen,
    RegionView,
    SchoolFigures,
    SchoolSeen,
    region_seen,
    seen,
)
from bot.core.people.model import School

MOST = 24


def school(number: int, name: str = "") -> School:
    return School(f"school-{number}", str(2_990_000 + number), name or f"Училище {number:04}", "", "Варна")


def of_accounts(of: int, handed: int) -> SchoolSeen:
    return seen(school(1), SchoolFigures("2026-09-14", handed, of), listed=True)


def of_requests(open_: int, late: int) -> SchoolSeen:
    return seen(school(1), SchoolFigures("2026-09-14", 0, 0, open_, late), listed=True)


def near(number: int) -> int:
    return min(range(0, 2_000, FEWEST), key=lambda each: abs(each - number))


def test_every_hidden_number_may_be_one_of_four_at_least():
    """Whoever sees a row and knows these rules is left with so many possible numbers for each that is hidden."""
    accounts, requests = (
        defaultdict[SchoolSeen, set[tuple[int, int]]](set),
        defaultdict[SchoolSeen, set[tuple[int, int]]](set),
    )
    for whole in range(MOST):
        for part in range(whole + 1):
            accounts[of_accounts(whole, part)].add((part, whole - part))
            requests[of_requests(whole, part)].add((whole, part))

    for row, possible in accounts.items():
        if isinstance(row.handed, Hidden):
            assert len({handed for handed, _ in possible}) >= FEWEST - 1, row
        if isinstance(row.left, Hidden):
            assert len({left for _, left in possible}) >= FEWEST - 1, row
    for row, possible in requests.items():
        if isinstance(row.late, Hidden):
            assert len({late for _, late in possible}) >= FEWEST - 1, row
        if isinstance(row.open, Hidden):
            assert len({open_ for open_, _ in possible}) >= FEWEST - 1, row


def test_no_small_number_is_shown_and_no_difference_of_two_that_are():
    for whole in range(MOST):
        for part in range(whole + 1):
            for row in (of_accounts(whole, part), of_requests(whole, part)):
                shown = [
                    number
                    for number in (row.of, row.handed, row.left, row.open, row.late)
                    if not isinstance(number, Hidden)
                ]
                assert all(number == 0 or number >= FEWEST for number in shown), row
                for first, second in ((row.of, row.handed), (row.open, row.late)):
                    if isinstance(first, int) and isinstance(second, int):
                        assert first == second or first - second >= FEWEST, row
                assert row.percent is None or not isinstance(row.handed, Hidden)


def test_two_looks_give_back_no_small_change():
    """Whoever looks again tomorrow, or next week, and subtracts, learns of no change of one to four which it was."""
    for figures in (of_accounts, of_requests):
        every = [(whole, part) for whole in range(23) for part in range(whole + 1)]  # all that are shown as 20, too
        rows = {one: figures(*one) for one in every}
        changes: dict[tuple[SchoolSeen, SchoolSeen], list[set[int]]] = {}
        for before, after in itertools.product(every, every):
            found = changes.setdefault((rows[before], rows[after]), [set(), set(), set()])
            for place in (0, 1):
                found[place].add(after[place] - before[place])
            found[2].add(after[0] - after[1] - before[0] + before[1])
        for looks, counted in changes.items():
            for possible in counted:
                assert not any(0 < abs(one) < FEWEST for one in possible) or len(possible) >= FEWEST - 1, looks


def test_the_whole_region_does_not_change_with_a_number_that_is_hidden():
    """Sums, bars and order, too: of two countries that differ in hidden numbers alone nobody can tell which it is."""
    chance = random.Random(20260914)
    schools = [school(number) for number in range(40)]
    for _ in range(5):
        figures = {one.id: _figures(chance) for one in schools}
        changed = {key: _alike(one, chance) for key, one in figures.items()}
        assert figures != changed

        first, second = (region_seen("Варна", schools, every, ()) for every in (figures, changed))

        assert first == second
        assert (first.totals, first.by_progress) == (second.totals, second.by_progress)
        assert all(first.of_view(view) == second.of_view(view) for view in RegionView)


def _figures(chance: random.Random) -> SchoolFigures:
    of, open_ = chance.choice((0, 3, 6, 12, 40, 900)), chance.choice((0, 1, 4, 6, 9, 15, 30))
    return SchoolFigures("2026-09-14", chance.randint(0, of), of, open_, chance.randint(0, open_))


def _alike(one: SchoolFigures, chance: random.Random) -> SchoolFigures:
    """Another school of which the same is shown."""
    wholes = range(1, FEWEST) if 0 < one.of < FEWEST else (one.of,)
    opens = range(1, FEWEST) if 0 < one.open < FEWEST else (one.open,)
    others = [
        other
        for of in wholes
        for open_ in opens
        for handed in {one.handed, *range(min(of, 9) + 1), *range(max(0, of - 9), of + 1)}
        for late in range(open_ + 1)
        if handed <= of
        for other in (SchoolFigures(one.week, handed, of, open_, late),)
        if seen(school(1), other, listed=False) == seen(school(1), one, listed=False)
    ]
    return chance.choice(others)


def test_the_figures_of_a_country_are_those_of_brute_force():
    chance = random.Random(2300)
    schools = [school(number) for number in range(2_300)]
    figures = {one.id: _figures(chance) for one in schools if chance.random() < 0.9}
    listed = {one.id for one in schools if chance.random() < 0.7}

    country = region_seen("Варна", schools, figures, listed)

    assert {one.school for one in country.schools} == set(schools)
    handed = of = open_ = late = 0
    for one in country.schools:
        mine = figures.get(one.school.id, SchoolFigures())
        left = mine.of - mine.handed
        whole = mine.of >= FEWEST and bool(mine.week)
        parts = min(mine.handed or FEWEST, left or FEWEST) >= FEWEST and not (
            mine.handed and left and near(mine.of) <= 2 * FEWEST
        )
        assert (one.of == near(mine.of)) == (whole or (mine.of == 0 and bool(mine.week)))
        assert (
            isinstance(one.handed, int)
            == isinstance(one.left, int)
            == (bool(mine.week) and parts and (whole or not mine.of))
        )
        if whole and parts:
            assert (one.handed, one.left) == (near(mine.handed), near(mine.of) - near(mine.handed))
            handed, of = handed + near(mine.handed), of + near(mine.of)
        rest = mine.open - mine.late
        if mine.open == 0 or mine.open >= FEWEST:
            assert one.open == near(mine.open)
            open_ += near(mine.open)
        if mine.late == 0 and (rest == 0 or rest >= FEWEST or mine.open < FEWEST):
            assert one.late == 0
        elif min(mine.late or FEWEST, rest or FEWEST) >= FEWEST and (not rest or near(mine.open) > 2 * FEWEST):
            late += near(mine.late)
            assert one.late == near(mine.late)
        assert one.listed == (one.school.id in listed)
    totals = country.totals
    assert (totals.handed, totals.of, totals.open, totals.late) == (handed, of, open_, late)
    assert {one.school.id for one in country.of_view(RegionView.UNLISTED)} == {one.id for one in schools} - listed
    assert sum(country.by_progress.values()) == 2_300


def test_those_furthest_behind_come_first():
    figures = {
        "school-1": SchoolFigures("2026-09-14", 100, 100),
        "school-2": SchoolFigures("2026-09-14", 30, 100),
        "school-3": SchoolFigures("2026-09-14", 98, 100),
        "school-4": SchoolFigures("2026-09-14", 2, 3),
        "school-5": SchoolFigures("2026-09-14", 60, 100),
        "school-7": SchoolFigures("2026-09-14", 2, 100),
    }
    region = region_seen("Варна", [school(number) for number in range(1, 8)], figures, ())

    assert [one.school.id for one in region.schools] == [f"school-{number}" for number in (7, 2, 5, 3, 1, 4, 6)]
    assert [one.progress for one in region.schools] == [
        HowFar.LITTLE, HowFar.LITTLE, HowFar.PART, HowFar.ALMOST, HowFar.ALL, HowFar.SMALL, HowFar.UNKNOWN,
    ]  # fmt: skip
    assert region.of_view(RegionView.UNLISTED) == region.schools


def test_no_type_has_a_place_for_a_person():
    numbers = {"of", "handed", "left", "open", "late"}
    assert {one.name for one in fields(SchoolFigures)} == {"week", "handed", "of", "open", "late"}
    assert {one.name for one in fields(SchoolSeen)} == {"school", "week", "listed"} | numbers
    assert {one.name for one in fields(RegionSeen)} == {"region", "schools"}
