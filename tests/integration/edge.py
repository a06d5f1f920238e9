"""The options with which the product's Graph edge meets a pretend tenant."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.graph.options import ClientSecret, GraphOptions
from demo.stack import simulator_command
from simulator.cli import server_options
from simulator.days import day_in_bulgaria
from tests.unit.simulator.living import Client, served


def in_term() -> date:
    """Today; in the summer holidays, when nobody joins a team, a day of the school year that comes."""
    today = day_in_bulgaria()
    return today if today.month not in {7, 8} else today.replace(month=9, day=5)


@contextmanager
def pretend_tenant(folder: Path, *options: str) -> Iterator[Client]:
    """The tenant that the whole product meets, in this process."""
    command = simulator_command(folder, "--today", in_term().isoformat(), *options)
    with served(server_options(command[command.index("serve") + 1 :])) as client:
        yield client


def options_of(tenant: Client, who: str) -> GraphOptions:
    """Those of the `reader` or the `writer`, checked as at a start; with nothing that makes a test wait for its turn."""
    said = tenant.description
    client = said["clients"][who]
    made = GraphOptions(
        tenant_id=said["tenant"],
        client_id=client["id"],
        credential=ClientSecret(client["secret"]),
        base_url=said["graph"],
        authority=said["authority"],
        ca_file=said["ca_file"],
        role_extension=said["role_extension"],
        identifier_extension=said["identifier_extension"],
    )
    made.check()
    return replace(made, requests_per_second=1e6, teams_requests_per_second=1e6)
