"""What an operation may use besides the request."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from simulator.entra.clients import Client
from simulator.entra.credentials import Credentials
from simulator.graph.administration import Administration
from simulator.graph.call import Call
from simulator.graph.dialect import Dialect
from simulator.graph.limits import WriteLimits
from simulator.graph.quotas import Quotas
from simulator.graph.registrations import Registrations
from simulator.graph.replication import Replication
from simulator.store.registers import Registers
from simulator.store.tenant import Tenant

_UNITS = "/administrativeUnits/"


@dataclass(slots=True)
class World:
    """The tenant, how it speaks, its dice, changes that are not visible yet, passwords, limits of writes, and (by
    person) for whom the bot's app was installed or may not be.

    `registers` are the files of schools. `links`: class links are planted. `quirks`: see `quirks.py`.
    `usual` is the dialect it began with.

    `explains_passwords`: whether the refusal of a password has `details`, which Microsoft does not promise.
    """

    tenant: Tenant
    dialect: Dialect
    dice: Random
    replication: Replication = field(default_factory=Replication)
    credentials: Credentials = field(default_factory=Credentials)
    limits: WriteLimits = field(default_factory=WriteLimits)
    quotas: Quotas = field(default_factory=Quotas)
    explains_passwords: bool = True
    apps_installed: set[int] = field(default_factory=set)
    apps_forbidden: set[int] = field(default_factory=set)
    registers: Registers = field(default_factory=Registers)
    administration: Administration = field(default_factory=Administration)
    registrations: Registrations = field(default_factory=Registrations)
    quirks: set[str] = field(default_factory=set)
    links: bool = False
    usual: Dialect = field(init=False)

    def __post_init__(self) -> None:
        self.usual = self.dialect
        self.speak(self.dialect)

    def speak(self, dialect: Dialect) -> None:
        """From now on."""
        self.dialect = dialect
        self.tenant.keep_former(kept=dialect.former_classes)
        self.tenant.name_as_schools(named=dialect.named_as_schools)

    def registered(self, app_id: str) -> Client | None:
        """An application that an administrator registered, as the authority asks for it."""
        return self.registrations.client(app_id)

    def assigned(self, client: str) -> Iterator[tuple[str, str]]:
        """The directory roles of an application, with `directoryScopeId`: `/` for the whole tenant, or an
        administrative unit. A school's unit has the school's id.
        """
        yield from self.registrations.assigned(client)
        for one in self.administration.assigned(client):
            school = self.tenant.school_by_code(one.unit) if one.unit else None
            if school is not None:
                yield one.role, f"{_UNITS}{school['id']}"
            elif not one.unit:
                yield one.role, "/"

    def roles_of(self, client: str) -> frozenset[str]:
        """The directory roles of an application, for the whole tenant."""
        return frozenset(role for role, scope in self.assigned(client) if scope == "/")

    def roles_over(self, call: Call, person: int) -> frozenset[str]:
        """The directory roles of who calls that hold for an account. [D] admin-units-assign-roles: the permissions of
        a role assigned for a unit apply to its members alone.
        """
        units = {f"{_UNITS}{school['id']}" for school in self.tenant.rows(self.tenant.schools_of_user(person))}
        everywhere = call.roles if self.dialect.roles_by_token else self.roles_of(call.client)
        return everywhere | {role for role, scope in self.assigned(call.client) if scope in units}
