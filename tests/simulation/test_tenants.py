"""The tenants of the long run."""

import itertools

from simulator.cli import server_options
from simulator.graph.dialect import KIND, PARTS
from tests.simulation.tenants import ROOT, USUAL, WHOLE, alone, each


def others(options):
    """What this tenant has another way."""
    dialect = server_options([*options]).dialect
    return {(name, getattr(dialect, name)) for name in PARTS if getattr(dialect, name) != getattr(USUAL, name)}


def test_every_part_is_met_every_other_way():
    assert [server_options([*options]).dialect for options in [*each()][:2]] == [USUAL, KIND]
    met = {other for options in [*each()][2:] for other in others(options)}
    assert {name for name, _ in met} == set(PARTS)
    for name, part in PARTS.items():
        if part.metadata["choices"]:
            assert {value for where, value in met if where == name} == set(part.metadata["choices"]) - {
                getattr(USUAL, name)
            }


def test_what_is_met_together_is_met_alone_too():
    by_themselves = [others(options) for options in alone()]
    assert all(len(found) == 1 for found in by_themselves)
    together = [others(options) for options in [*each()][2:]]
    assert set.union(*together) == set.union(*by_themselves)
    assert all(len(found) <= 4 for found in together)


def test_the_roles_that_a_tenant_asks_for_are_given_together_as_alone():
    def roles(options):
        return [value for name, value in itertools.pairwise(options) if name == "--writer-role"]

    assert sorted(filter(None, map(roles, each()))) == sorted(filter(None, map(roles, alone())))


def test_the_tests_of_the_whole_product_are_there():
    assert len(WHOLE) >= 6
    assert all((ROOT / file).is_file() for file in WHOLE)
