"""What an administrator of the tenant has done for our applications, beside consenting to permissions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.people.directory_names import DIRECTORY_ROLES, TEAMS_APP_ID, WRITER_CLIENT_ID

PASSWORD_ROLES = frozenset(
    {
        "Password Administrator",
        "Helpdesk Administrator",
        "Authentication Administrator",
        "User Administrator",
        "Global Administrator",
    }
)
ENABLING_ROLES = frozenset({"User Administrator", "Global Administrator"})
"""Who may do what to ordinary accounts (learn.microsoft.com/entra, "Who can perform sensitive actions")."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A directory role: for the whole tenant, or for the administrative unit of the school with this code."""

    role: str
    unit: str = ""

    @classmethod
    def read(cls, text: str) -> "Assigned":
        """`Password Administrator`, or `Password Administrator@2990001`. Errors: ValueError."""
        role, at, unit = text.partition("@")
        if role not in DIRECTORY_ROLES:
            raise ValueError(f"no directory role {role}: there are {', '.join(DIRECTORY_ROLES)}")
        if at and not unit.isdigit():
            raise ValueError(f"{text}: after @ stands the code of a school")
        return cls(role, unit)

    def __str__(self) -> str:
        return f"{self.role}@{self.unit}" if self.unit else self.role


@dataclass(slots=True)
class Administration:
    """`app_names`: the application named by `webApplicationInfo.id` of the bot's package in the catalog, "" for none;
    `manifest_id`: what that package calls itself; `uploaded`: what one calls itself that came since the start,
    "" for none. `sites`: codes of the schools whose OneDrive sites were granted to the reader, None for all of them;
    `site_admins`: of those whose site collections the administrator was made an administrator of.
    `federated`: people of the domain sign in elsewhere; `synchronised`: accounts come from a directory of the
    ministry's own.
    """

    app_names: str = WRITER_CLIENT_ID
    manifest_id: str = TEAMS_APP_ID
    sites: frozenset[str] | None = None
    site_admins: frozenset[str] = frozenset()
    federated: bool = False
    synchronised: bool = False
    uploaded: str = ""
    _roles: dict[str, frozenset[Assigned]] = field(default_factory=dict)

    @property
    def external_id(self) -> str:
        """What the package in the catalog calls itself."""
        return self.uploaded or self.manifest_id

    def upload(self, manifest: Mapping[str, Any]) -> None:
        """The bot's package is in the catalog. Errors: KeyError, TypeError for no manifest."""
        self.uploaded = str(manifest["id"])
        self.app_names = str(manifest.get("webApplicationInfo", {}).get("id", ""))

    def give_roles(self, roles: Mapping[str, Collection[str]]) -> None:
        """Directory roles by application id, as `Assigned.read` reads them; an application that is not named has
        none. Errors: ValueError.
        """
        self._roles = {client: frozenset(map(Assigned.read, named)) for client, named in roles.items()}

    def assigned(self, client: str) -> tuple[Assigned, ...]:
        """Every role of an application, with what it is for."""
        return tuple(sorted(self._roles.get(client, ()), key=lambda one: (one.role, one.unit)))

    def grants(self, code: str) -> bool:
        """Whether the OneDrive site of the school with this code was granted."""
        return self.sites is None or code in self.sites
