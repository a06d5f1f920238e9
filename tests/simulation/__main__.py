"""`python -m tests.simulation SEED…` runs these seeds and tells what happened in them.

`python -m tests.simulation --profile kind --or-refused …` runs the tests of the whole product against a pretend tenant
with these options of `python -m simulator serve`; `--each` against every part every other way, a few at once
(`make test-tenants`), `--alone` with each part another way by itself (hours).
"""

import argparse
import sys

from simulator.cli import server_options
from tests.simulation.records import Figures
from tests.simulation.run import run
from tests.simulation.tenants import alone, each, meets, named


def main() -> int:
    """0 when everything went well."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__, allow_abbrev=False)
    parser.add_argument("--each", action="store_true", help="every profile, and every part of the tenant another way")
    parser.add_argument("--alone", action="store_true", help="every part of the tenant another way by itself")
    given, rest = parser.parse_known_args()
    seeds = [one for one in rest if one.isdigit()] if not rest or rest[0].isdigit() else []
    for seed in seeds:
        figures = Figures()
        run(int(seed), figures)
        print(seed, figures)
    tenants = [*(each() if given.each else ()), *(alone() if given.alone else ())]
    if rest and not seeds:
        tenants.append(tuple(rest))
    for options in tenants:
        server_options([*options])  # says what is wrong with them before anything is started
    well = {options: meets(options) for options in tenants}  # all of them, also after one that failed
    for options, went in well.items():
        print("well  " if went else "FAILED", named(options))
    return 0 if all(well.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
