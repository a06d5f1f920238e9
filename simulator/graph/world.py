"""What an operation may use besides the request."""

from dataclasses import dataclass, field
from random import Random

from simulator.graph.replication import Replication
from simulator.store.tenant import Tenant


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where Microsoft's documentation leaves open how this tenant behaves. Each can be the case in reality."""

    external_id_in_v1: bool = True
    """Whether v1.0 filters `/education/users` by `student/externalId`; beta always does."""
    education_expand: bool = True
    """Whether `/education/users` knows `$expand`."""


@dataclass(slots=True)
class World:
    """The tenant, how it speaks, its dice, and changes that are not visible yet."""

    tenant: Tenant
    dialect: Dialect
    dice: Random
    replication: Replication = field(default_factory=Replication)
