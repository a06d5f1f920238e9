"""The tenants of the long run."""

import itertools

from simulator.cli import server_options
from simulator.graph.dialect import ANY, DOCUMENTED, KIND, PARTS
from tests.simulation.tenants import ROOT, USUAL, WHOLE, alone, each


def others(options):
    """What this tenant has another way."""
    dialect = server_options([*options]).dialect
    return {(name, getattr(dialect, name)) for name in PARTS if getattr(dialect, name) != getattr(USUAL, name)}


def test_every_part_is_met_every_other_way():
    assert [server_options([*options]).dialect for options in [*each()][:2]] == [USUAL, KIND]
    by_themselves = [others(options) for options in alone()]
    assert all(len(found) == 1 for found in by_themselves)
    assert {(name, choice) for name, part in PARTS.items() for choice in part.metadata["choices"]} <= {
        *set.union(*by_themselves),
        *((name, getattr(USUAL, name)) for name in PARTS),
    }
    together = [others(options) for options in [*each()][2:]]
    assert set.union(*together) == {
        other for found in by_themselves for other in found if other[0] != "error_forms" or other[1] == DOCUMENTED
    }
    assert {name for name, _ in set.union(*together)} == set(PARTS)


def test_no_part_is_given_twice_in_one_tenant():
    for options in [*each()][2:]:
        parts = [
            each_option for each_option in options if each_option.startswith("--") and each_option != "--writer-role"
        ]
        assert len(parts) == len(set(parts)) == len(others(options))


def test_the_forms_of_an_error_come_by_the_dice_in_every_tenant():
    assert USUAL.error_forms == ANY
    assert [server_options([*options]).dialect.error_forms for options in each()].count(ANY) >= 5


def test_the_roles_that_a_tenant_asks_for_are_given_together_as_alone():
    def roles(options):
        return [value for name, value in itertools.pairwise(options) if name == "--writer-role"]

    assert sorted(filter(None, map(roles, each()))) == sorted(filter(None, map(roles, alone())))


def test_the_tests_of_the_whole_product_are_there():
    assert len(WHOLE) >= 6
    assert all((ROOT / file).is_file() for file in WHOLE)
