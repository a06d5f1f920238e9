"""Where the product does not take a real tenant yet."""

from collections.abc import Mapping

NOT_YET: Mapping[str, str] = {
    "sites_by_grant": "the register's list is looked for below /users/{id}/drive, where no grant of a site counts",
}
"""Parts of the simulator's profile `real` in which the tenant of the demo and of the tests stays kind, and why."""
