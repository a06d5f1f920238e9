"""The options with which the product's Graph edge meets a pretend tenant."""

from bot.graph.options import GraphOptions, Secret
from tests.unit.simulator.living import Client


def options_of(tenant: Client, who: str) -> GraphOptions:
    """Those of the `reader` or the `writer`, checked as at a start."""
    said = tenant.description
    client = said["clients"][who]
    made = GraphOptions(
        tenant_id=said["tenant"],
        client_id=client["id"],
        credential=Secret(client["secret"]),
        base_url=said["graph"],
        authority=said["authority"],
        ca_file=said["ca_file"],
        role_extension=said["role_extension"],
        identifier_extension=said["identifier_extension"],
    )
    made.check()
    return made
