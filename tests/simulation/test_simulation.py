"""Invariants I1 to I10 in a world where answers are lost, presses are repeated, workers die and clocks jump."""

import os

import pytest

from tests.simulation.plants import PLANTS, NothingBurns
from tests.simulation.records import Broken, Figures
from tests.simulation.run import SeedFailed, run
from tests.simulation.world import World

SEEDS = int(os.environ.get("SIMULATION_SEEDS", "20000"))
QUICK_SEEDS = 2_000
"""Many enough that everything happens and every planted bug is found."""
PARTS = 4
"""Of the many seeds, so that they are not all one test's."""


def nothing_is_broken_by(seeds: range, capsys: pytest.CaptureFixture[str]) -> None:
    figures = Figures()

    for seed in seeds:
        run(seed, figures)

    with capsys.disabled():
        print("\n" + figures.line())
    if len(seeds) >= QUICK_SEEDS:
        assert figures.idle() == []


def test_nothing_that_happens_breaks_an_invariant(capsys: pytest.CaptureFixture[str]):
    nothing_is_broken_by(range(QUICK_SEEDS), capsys)


@pytest.mark.long
@pytest.mark.timeout(max(600, SEEDS // 20))
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_that_happens_breaks_an_invariant_however_many_seeds(part: int, capsys: pytest.CaptureFixture[str]):
    nothing_is_broken_by(range(QUICK_SEEDS + part, QUICK_SEEDS + SEEDS, PARTS), capsys)


def first_failure(plant: type[World]) -> SeedFailed | None:
    for seed in range(QUICK_SEEDS):
        try:
            run(seed, Figures(), plant)
        except SeedFailed as failed:
            return failed
    return None


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_found(plant: type[World]):
    failed = first_failure(plant)

    assert failed is not None, f"{plant.__name__} stays hidden for {QUICK_SEEDS} seeds"
    assert isinstance(failed.broken, Broken), failed
    assert failed.broken.invariant in PLANTS[plant], failed


def test_a_seed_is_a_reproduction():
    def figures_of(seed: int) -> Figures:
        figures = Figures()
        run(seed, figures)
        return figures

    assert [figures_of(seed) for seed in range(50)] == [figures_of(seed) for seed in range(50)]
    assert len({repr(figures_of(seed)) for seed in range(50)}) > 40


def test_what_failed_tells_its_seed_and_what_happened_before():
    failed = first_failure(NothingBurns)

    assert failed is not None
    assert str(failed).startswith(f"seed {failed.seed}\n0  asks")
    assert "Broken: I4: secrets are left" in str(failed)
