"""What an operation may use besides the request."""

from dataclasses import dataclass, field
from random import Random

from simulator.entra.credentials import Credentials
from simulator.graph.limits import WriteLimits
from simulator.graph.replication import Replication
from simulator.store.registers import Registers
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
    """The tenant, how it speaks, its dice, changes that are not visible yet, passwords, limits of writes, and (by
    person) for whom the bot's app was installed or may not be.

    `registers` are the files of schools, `team_wait` how many seconds old a group must be for a team.
    `links`: class links are planted. `class_wait`: how many seconds a new class is known to nobody but who made it.
    `site_grants`: the codes of the schools whose sites are granted (Sites.Selected); None: all are.
    `quirks`: see `quirks.py`.

    `explains_passwords`: whether the refusal of a password has `details`, which Microsoft does not promise.
    """

    tenant: Tenant
    dialect: Dialect
    dice: Random
    replication: Replication = field(default_factory=Replication)
    credentials: Credentials = field(default_factory=Credentials)
    limits: WriteLimits = field(default_factory=WriteLimits)
    explains_passwords: bool = True
    apps_installed: set[int] = field(default_factory=set)
    apps_forbidden: set[int] = field(default_factory=set)
    registers: Registers = field(default_factory=Registers)
    team_wait: float = 0.0
    class_wait: float = 0.0
    site_grants: set[str] | None = None
    quirks: set[str] = field(default_factory=set)
    links: bool = False
