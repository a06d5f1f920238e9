"""`python -m tests.simulation SEED…` runs these seeds and tells what happened in them."""

import sys

from tests.simulation.records import Figures
from tests.simulation.run import run

for seed in sys.argv[1:]:
    figures = Figures()
    run(int(seed), figures)
    print(seed, figures)
