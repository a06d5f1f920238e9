"""What an administrator registers with Graph: applications, service principals, what they were given."""

import base64
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509

from simulator.entra.clients import Client
from simulator.people.directory_names import DIRECTORY_ROLES

GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000"
GRAPH_PRINCIPAL_ID = "5a1e0000-0000-4000-8000-0000000000f1"

GRAPH_APP_ROLES = {
    "EduRoster.Read.All": "e0ac9e1b-cb65-4fc5-87c5-1a8bc181f648",
    "EduRoster.ReadWrite.All": "d1808e82-ce13-47af-ae0d-f9b254e6d58a",
    "Member.Read.Hidden": "658aa5d8-239f-45c4-aa12-864f4fc7e490",
    "User.Read.All": "df021288-bdef-4463-88db-98f22de89214",
    "Directory.Read.All": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
    "TeamSettings.Read.All": "242607bd-1d2c-432c-82eb-bdb27baa23ab",
    "Sites.Selected": "883ea226-0bf2-4a8f-9f9d-92c9162a727d",
    "User-PasswordProfile.ReadWrite.All": "cc117bb9-00cf-4eb8-b580-ea2a878fe8f7",
    "User.RevokeSessions.All": "77f3a031-c388-4f99-b373-dc68676a979e",
    "User.EnableDisableAccount.All": "3011c876-62b7-4ada-afa2-506cbbecc68c",
    "TeamsAppInstallation.ReadWriteSelfForUser.All": "908de74d-f8b2-4d6b-a9ed-2a17b3b78179",
    "Group.ReadWrite.All": "62a82d76-70ea-41e2-9197-370581804d09",
    "Files.Read.All": "01d4889c-1287-42c6-ac1f-5d1e02578ef6",
}
"""Application permissions of Microsoft Graph (learn.microsoft.com/graph/permissions-reference)."""


@dataclass(slots=True)
class Registrations:
    """`applications` by unique name (where they have none, by object id), `principals` by application id, `app_roles`
    by principal id, `grants` by site, `azure` by resource id. What was just created is not yet seen by the first
    request that refers to it, as in a replicated directory.
    """

    applications: dict[str, dict[str, Any]] = field(default_factory=dict)
    principals: dict[str, dict[str, Any]] = field(default_factory=dict)
    app_roles: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    directory_roles: list[dict[str, Any]] = field(default_factory=list)
    grants: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    azure: dict[str, dict[str, Any]] = field(default_factory=dict)
    bots_registered: bool = False
    _asked: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.principals[GRAPH_APP_ID] = {
            "id": GRAPH_PRINCIPAL_ID,
            "appId": GRAPH_APP_ID,
            "displayName": "Microsoft Graph",
            "appRoles": [
                {"id": id_, "value": name, "allowedMemberTypes": ["Application"], "isEnabled": True}
                for name, id_ in GRAPH_APP_ROLES.items()
            ],
        }

    def seen(self, id_: str) -> bool:
        """Whether a reference to this new object is understood by now."""
        self._asked[id_] += 1
        return self._asked[id_] > 1

    def application(self, app_id: str) -> dict[str, Any] | None:
        """The application with this client id."""
        return next((one for one in self.applications.values() if one["appId"] == app_id), None)

    def object(self, id_: str) -> dict[str, Any] | None:
        """The application with this object id."""
        return next((one for one in self.applications.values() if one["id"] == id_), None)

    def principal(self, id_: str) -> dict[str, Any] | None:
        """The service principal with this object id."""
        return next((one for one in self.principals.values() if one["id"] == id_), None)

    def client(self, app_id: str) -> Client | None:
        """Who may ask for tokens under this id: an application with a service principal, by its certificates."""
        application, principal = self.application(app_id), self.principals.get(app_id)
        if application is None or principal is None:
            return None
        names = {role: name for name, role in GRAPH_APP_ROLES.items()}
        given = [one for one in self.app_roles.get(principal["id"], ()) if one["resourceId"] == GRAPH_PRINCIPAL_ID]
        permissions = tuple(names[one["appRoleId"]] for one in given)
        certificates = tuple(_certificates(application["keyCredentials"]))
        return Client(app_id, permissions, certificates, principal=principal["id"])

    def assigned(self, app_id: str) -> Iterator[tuple[str, str]]:
        """The directory roles that an application was given, with `directoryScopeId`."""
        principal, names = self.principals.get(app_id), {id_: name for name, id_ in DIRECTORY_ROLES.items()}
        for one in self.directory_roles:
            if principal is not None and one["principalId"] == principal["id"]:
                yield names[one["roleDefinitionId"]], one["directoryScopeId"]

    def may_read(self, app_id: str, site: str) -> bool:
        """Whether a site was granted to an application."""
        return any(
            one["application"]["id"].lower() == app_id.lower()
            for grant in self.grants.get(site, ())
            for one in grant["grantedToIdentitiesV2"]
            if "application" in one
        )


def _certificates(credentials: list[dict[str, Any]]) -> Iterator[x509.Certificate]:
    for one in credentials:
        try:
            yield x509.load_der_x509_certificate(base64.b64decode(one["key"]))
        except ValueError:
            continue
