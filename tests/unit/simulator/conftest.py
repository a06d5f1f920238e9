from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.simulator.living import Client, living


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("simulator")


@pytest.fixture(scope="package")
def shared_graph(state: Path) -> Iterator[Client]:
    with living(state) as client:
        yield client


@pytest.fixture
def graph(shared_graph: Client) -> Client:
    """The simulator as it starts: nothing changed, no faults, counters at zero."""
    shared_graph.reset()
    return shared_graph
