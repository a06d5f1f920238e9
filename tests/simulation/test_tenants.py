"""The tenants of the long run."""

from simulator.cli import server_options
from simulator.graph.dialect import KIND, PARTS
from tests.simulation.tenants import ROOT, USUAL, WHOLE, each


def test_every_part_is_met_another_way_by_itself():
    dialects = [server_options([*options]).dialect for options in each()]
    assert dialects[:2] == [USUAL, KIND]
    met = set()
    for dialect in dialects[2:]:
        others = [name for name in PARTS if getattr(dialect, name) != getattr(USUAL, name)]
        assert len(others) == 1
        met.add((others[0], getattr(dialect, others[0])))
    assert {name for name, _ in met} == set(PARTS)
    for name, part in PARTS.items():
        if part.metadata["choices"]:
            assert {value for where, value in met if where == name} == set(part.metadata["choices"]) - {
                getattr(USUAL, name)
            }


def test_the_tests_of_the_whole_product_are_there():
    assert len(WHOLE) >= 6
    assert all((ROOT / file).is_file() for file in WHOLE)
