"""What an operator decides about Microsoft Graph: where it is, who we are to it, how patient we are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from bot.core.people.places import Places
from bot.graph.identities import is_object_id


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """A client secret of the app registration. Rotated by hand: a certificate or managed identity is better."""

    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of the app registration: both parts as PEM text."""

    private_key: str = field(repr=False)
    public_certificate: str = field(repr=False)
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ManagedIdentity:
    """The identity Azure gives the machine; `client_id` only for a user-assigned one. No secret exists."""

    client_id: str = ""


Credential = ClientSecret | Certificate | ManagedIdentity
Version = Literal["v1.0", "beta"]

_EXTENSION = re.compile(r"extension_[0-9a-f]{32}_[A-Za-z0-9_]{1,200}")
_CLIENT_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


MOST_TEAMS = 30.0
"""Requests to Teams a second of one application in one tenant (learn.microsoft.com/graph/throttling-limits)."""


@dataclass(frozen=True, slots=True)
class GraphOptions:
    """Settings of the Graph edge. `check` says whether they can work; times are in seconds."""

    tenant_id: str
    client_id: str
    credential: Credential = field(repr=False)
    base_url: str = "https://graph.microsoft.com"
    authority: str = "https://login.microsoftonline.com"
    resource: str = "https://graph.microsoft.com"
    """Whom the token is for; differs in national clouds only."""
    ca_file: str | None = None
    """A PEM bundle trusted instead of the system's, for the directory and for the authority."""
    users_version: Version | Literal["auto"] = "auto"
    """The version whose `/education/users` filters by `externalId`: documented for neither, НЕИСПУО uses beta.
    `auto`: asked of the tenant (see `ways.py`).
    """
    expands: bool | None = None
    """Whether `/education/users?$expand=schools,classes` works; False costs a second request per look-up. None: asked
    of the tenant.
    """
    role_extension: str = ""
    """The directory extension with НЕИСПУО's role number, as `extension_<app id>_<name>`; empty: not read."""
    identifier_extension: str = ""
    """The directory extension with the institution that role is for; empty: not read."""
    app_roles: Mapping[str, str] = field(default_factory=dict)
    """App role id → our name of the role."""
    app_roles_resource: str = ""
    """Object id of the service principal that defines `app_roles`. Without it anyone who may register an app could
    define a role with the same id there and assign it to themselves.
    """
    places: Places = field(default_factory=Places)
    """Where schools are, by the operator's file."""
    birth_dates: bool = True
    """Whether `student/birthDate` is believed where it is filled. It comes with `student`: nothing more is asked."""
    deadline: float = 8.0
    """One call for which somebody waits, with everything it takes: token, waiting, repeats."""
    attempt_timeout: float = 4.0
    """One request on the wire."""
    sweep_attempt_timeout: float = 30.0
    """One page of a list, or one request for which nobody waits: an expansion over 500 people takes seconds."""
    sweep_deadline: float = 180.0
    """All pages of one list."""
    page_size: int = 500
    """`$top` of a list; the directory answers at most 999."""
    requests_per_second: float = 200.0
    """This process's share of the tenant's limits: 3,500 roster requests and 800 resource units a second
    (learn.microsoft.com/graph/throttling-limits).
    """
    teams_requests_per_second: float = 25.0
    """This process's share of what Teams answers; less than all of it, for what is sent evenly arrives in heaps."""

    def check(self) -> None:
        """Raises ValueError naming the first setting that cannot work. Never prints a value that may be secret."""
        _check_url("base_url", self.base_url, loopback_http=True)
        _check_url("authority", self.authority, loopback_http=False)  # MSAL refuses plain HTTP
        _check_url("resource", self.resource, loopback_http=False)
        _require(is_object_id(self.tenant_id), "tenant_id")
        managed = isinstance(self.credential, ManagedIdentity)
        _require(bool(_CLIENT_ID.fullmatch(self.client_id)) or (managed and not self.client_id), "client_id")
        _require(_credential_is_whole(self.credential), "credential")
        _require(self.users_version in {"auto", "v1.0", "beta"}, "users_version")
        for name in ("role_extension", "identifier_extension"):
            value = getattr(self, name)
            _require(not value or bool(_EXTENSION.fullmatch(value)), name)
        _require(all(is_object_id(role) and name for role, name in self.app_roles.items()), "app_roles")
        _require(not self.app_roles or is_object_id(self.app_roles_resource), "app_roles_resource")
        _require(0 < self.attempt_timeout <= self.deadline <= self.sweep_deadline, "deadline")
        _require(self.attempt_timeout <= self.sweep_attempt_timeout <= self.sweep_deadline, "sweep_attempt_timeout")
        _require(1 <= self.page_size <= 999, "page_size")
        _require(0 < self.requests_per_second <= 800, "requests_per_second")
        _require(0 < self.teams_requests_per_second <= MOST_TEAMS, "teams_requests_per_second")


def _require(condition: bool, name: str) -> None:
    if not condition:
        raise ValueError(f"Graph option {name} is not usable")


def _credential_is_whole(credential: Credential) -> bool:
    match credential:
        case ClientSecret(value):
            return bool(value)
        case Certificate(private_key, public_certificate):
            return "PRIVATE KEY-----" in private_key and "BEGIN CERTIFICATE-----" in public_certificate
        case ManagedIdentity():
            return True


def _check_url(name: str, value: str, *, loopback_http: bool) -> None:
    parts = urlsplit(value)
    plain_allowed = loopback_http and parts.hostname in _LOOPBACK
    _require(parts.scheme == "https" or (parts.scheme == "http" and plain_allowed), name)
    _require(bool(parts.hostname) and "@" not in parts.netloc, name)
    _require(parts.path in {"", "/"} and not parts.query and not parts.fragment, name)
