"""Each step: what it is, whether it stands already, and how it is done. The order is that of their needs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from deploy.provision import certificates
from deploy.provision.azure import azure_steps
from deploy.provision.service import Refused, Service
from deploy.provision.step import NotOurs, NotYet, OnlyThis, Step
from deploy.provision.wanted import (
    IDENTITIES,
    PASSWORD_ADMINISTRATOR,
    READER,
    WRITER,
    Identity,
    Wanted,
    graph_app_id,
    permissions,
)

_SHUT = (
    "SharePoint lets who signs in into no OneDrive but their own and those they are site collection administrator"
    " of, whatever the role. An application with Sites.FullControl.All is let into all: PROVISION_CLIENT_ID"
    " (docs/settings.md)"
)
_SETTLES_IN = (5.0, 10.0, 15.0, 30.0, 60.0)
"""Seconds between tries: a new object is not known to all of Entra at once."""


@dataclass(slots=True)
class Work:
    """What the steps share. `found`: ids by name, as they are seen; `more`: what stands beyond what is wanted."""

    wanted: Wanted
    graph: Service
    azure: Service | None
    found: dict[str, str]
    now: Callable[[], datetime]
    more: list[str] = field(default_factory=list)

    def known(self, name: str) -> str:
        """An id. Errors: NotYet."""
        try:
            return self.found[name]
        except KeyError:
            raise NotYet(name) from None

    def settled(self, change: Callable[[], Any]) -> Any:
        """Does a change that refers to something new, again where that is not yet known. Errors: Refused."""
        for wait in _SETTLES_IN:
            try:
                return change()
            except Refused as error:
                if error.status not in {400, 404} or "already" in str(error):
                    raise
            self.graph.sleep(wait)
        return change()


def steps(work: Work) -> Iterator[Step]:
    """Every step, in order."""
    for identity in IDENTITIES:
        yield Step(f"app registration “{identity.display}”", *_application(work, identity))
        yield Step(f"certificate file {identity.folder}/{identity.key}.pem", *_file(work, identity))
        yield Step(f"certificate of “{identity.display}” registered", *_credential(work, identity))
        yield Step(f"service principal of “{identity.display}”", *_principal(work, identity))
    for identity in (READER, WRITER):
        for name, role in permissions(identity).items():
            yield Step(f"consent: “{identity.display}” may {name}", *_consent(work, identity, name, role))
    for unit in ("", *work.wanted.units) if work.wanted.everywhere else work.wanted.units:
        where = f"in administrative unit {unit}" if unit else "in the whole tenant"
        yield Step(f"directory role Password Administrator for “{WRITER.display}” {where}", *_role(work, unit))
    if work.azure is not None:
        yield from azure_steps(work.wanted, work.azure, lambda: work.known("bot.app_id"))
    for code in work.wanted.schools:
        yield Step(f"site of school {code} open to “{READER.display}” for reading", *_site(work, code))


Both = tuple[Callable[[], bool], Callable[[], object]]


def _application(work: Work, identity: Identity) -> Both:
    path = f"/applications(uniqueName='{identity.unique}')"
    roles = [{"id": role, "type": "Role"} for role in permissions(identity).values()]
    asked = [{"resourceAppId": graph_app_id(), "resourceAccess": roles}] if roles else []
    body = {"displayName": identity.display, "signInAudience": "AzureADMyOrg", "requiredResourceAccess": asked}
    by_hand: list[str] = []

    def seen(there: dict[str, Any]) -> None:
        work.found[f"{identity.key}.object_id"] = there["id"]
        work.found[f"{identity.key}.app_id"] = there["appId"]

    def stands() -> bool:
        by_hand.clear()
        there = work.graph.get(f"{path}?$select=id,appId,signInAudience,requiredResourceAccess")
        named = work.wanted.adopted.get(identity.key, "")
        if there is None:
            if named:
                seen(_registered_by_hand(work, identity, named))
                by_hand.append(named)
            else:
                _refuse_a_double(work, identity)
            return False
        if named and named != there["appId"].lower():
            raise NotOurs(f"{identity.option}: “{identity.display}” is the app {there['appId']} here, not {named}")
        seen(there)
        return there.get("signInAudience") == "AzureADMyOrg" and _asks(there) == _asks(body)

    def make() -> None:
        if by_hand:  # the key can be written once; with it every later run finds the app
            key = {"uniqueName": identity.unique, "displayName": identity.display}
            work.graph.send("PATCH", f"/applications/{work.known(f'{identity.key}.object_id')}", {**body, **key})
            return
        made = work.graph.send("PATCH", path, body, {"Prefer": "create-if-missing"})
        if made:
            work.found[f"{identity.key}.object_id"] = made["id"]
            work.found[f"{identity.key}.app_id"] = made["appId"]

    return stands, make


def _registered_by_hand(work: Work, identity: Identity, app_id: str) -> dict[str, Any]:
    """The app that the administrator named. Errors: NotOurs."""
    there = work.graph.get(f"/applications(appId='{app_id}')?$select=id,appId,uniqueName")
    if there is None:
        raise NotOurs(f"{identity.option}: this tenant has no app registration {app_id}")
    if there.get("uniqueName"):
        raise NotOurs(f"{identity.option}: the app {app_id} is something else's here ({there['uniqueName']})")
    return there


def _refuse_a_double(work: Work, identity: Identity) -> None:
    """Beside an app of our name without our key, registered by hand, none is made. Errors: NotOurs."""
    if not _of_this_name(work, identity):
        return
    options = [
        f"{one.option} {' or '.join(found)}"
        for one in IDENTITIES
        if not work.wanted.adopted.get(one.key) and (found := _of_this_name(work, one))
    ]
    raise NotOurs(
        "an app registration of this name was made by hand, and no second one is made beside it. To take over what"
        f" was made by hand, run this again with {' '.join(options)}"
    )


def _of_this_name(work: Work, identity: Identity) -> list[str]:
    """Application ids."""
    found = work.graph.listed(
        f"/applications?$filter=displayName eq '{identity.display}'&$select=id,appId,uniqueName"
    )
    return [str(one["appId"]) for one in found if one.get("uniqueName") != identity.unique]


def _asks(application: dict[str, Any]) -> set[tuple[str, str]]:
    return {
        (one["resourceAppId"], role["id"])
        for one in application.get("requiredResourceAccess") or []
        for role in one["resourceAccess"]
    }


def _file(work: Work, identity: Identity) -> Both:
    path = work.wanted.certificate(identity)

    def stands() -> bool:
        if not path.exists():
            return False
        _, ends = certificates.public(path, work.now())
        if (left := (ends - work.now()).days) < 60:
            work.more.append(f"{path} ends in {left} days: put a new one beside the old one in time")
        return True

    return stands, lambda: certificates.make(path, f"edu-accounts {identity.key}", work.now())


def _credential(work: Work, identity: Identity) -> Both:
    path = work.wanted.certificate(identity)

    def registered() -> list[dict[str, Any]]:
        object_id = work.known(f"{identity.key}.object_id")
        there = work.graph.get(f"/applications/{object_id}?$select=id,keyCredentials") or {}
        return list(there.get("keyCredentials") or [])

    def stands() -> bool:
        there = registered()
        if not path.exists():
            raise NotYet(str(path))
        key, _ = certificates.public(path, work.now())
        return any(one.get("key") == key for one in there)

    def make() -> None:
        key, _ = certificates.public(path, work.now())
        new = {"type": "AsymmetricX509Cert", "usage": "Verify", "key": key, "displayName": f"{identity.key}.pem"}
        # The list is replaced as a whole: what stands in it stays.
        body = {"keyCredentials": [*registered(), new]}
        work.settled(
            lambda: work.graph.send("PATCH", f"/applications/{work.known(f'{identity.key}.object_id')}", body)
        )

    return stands, make


def _principal(work: Work, identity: Identity) -> Both:
    def stands() -> bool:
        there = work.graph.get(f"/servicePrincipals(appId='{work.known(f'{identity.key}.app_id')}')?$select=id,appId")
        if there is not None:
            work.found[f"{identity.key}.principal_id"] = there["id"]
        return there is not None

    def make() -> None:
        body = {"appId": work.known(f"{identity.key}.app_id")}
        made = work.settled(lambda: work.graph.send("POST", "/servicePrincipals", body))
        work.found[f"{identity.key}.principal_id"] = made["id"]

    return stands, make


def _consent(work: Work, identity: Identity, name: str, role: str) -> Both:
    def stands() -> bool:
        path = f"/servicePrincipals/{work.known(f'{identity.key}.principal_id')}/appRoleAssignments"
        given = {one["appRoleId"] for one in work.graph.listed(path)}
        for other in sorted(given - set(permissions(identity).values())):
            told = f"“{identity.display}” holds a permission that deploy/permissions.json does not name: {other}"
            if told not in work.more:
                work.more.append(told)
        return role in given

    def make() -> None:
        resource = _graph_principal(work, name, role)
        principal = work.known(f"{identity.key}.principal_id")
        body = {"principalId": principal, "resourceId": resource, "appRoleId": role}
        work.settled(lambda: work.graph.send("POST", f"/servicePrincipals/{principal}/appRoleAssignments", body))

    return stands, make


def _graph_principal(work: Work, name: str, role: str) -> str:
    """The service principal of Graph in this tenant, which must know the permission by this id and name."""
    path = f"/servicePrincipals(appId='{graph_app_id()}')?$select=id,appRoles"
    there = work.graph.get(path) or {"id": "", "appRoles": []}
    if not any(one["id"] == role and one["value"] == name for one in there["appRoles"]):
        raise Refused("GET", path.partition("?")[0], 200, "UnknownPermission", f"this tenant's Graph has no {name}")
    found: str = there["id"]
    return found


def _role(work: Work, unit: str) -> Both:
    path, scope = "/roleManagement/directory/roleAssignments", f"/administrativeUnits/{unit}" if unit else "/"

    def stands() -> bool:
        held = work.graph.listed(f"{path}?$filter=principalId eq '{work.known('writer.principal_id')}'")
        return any(
            one["roleDefinitionId"] == PASSWORD_ADMINISTRATOR and one.get("directoryScopeId") == scope for one in held
        )

    def make() -> None:
        principal = work.known("writer.principal_id")
        body = {"principalId": principal, "roleDefinitionId": PASSWORD_ADMINISTRATOR, "directoryScopeId": scope}
        work.settled(lambda: work.graph.send("POST", path, body))

    return stands, make


def _site(work: Work, code: str) -> Both:
    def site() -> str:
        place = f"/sites/{work.wanted.sites_host}:/personal/{work.wanted.site_of(code)}"
        there = work.graph.get(f"{place}?$select=id")
        if there is None:
            raise OnlyThis(f"GET {place} → 404: the account of this school has no OneDrive yet")
        found: str = there["id"]
        return found

    def stands() -> bool:
        reader = work.known("reader.app_id")
        with _of_this_site():
            granted = work.graph.listed(f"/sites/{site()}/permissions")
        return any(reader in _applications(one) for one in granted)

    def make() -> None:
        to = {"application": {"id": work.known("reader.app_id"), "displayName": READER.display}}
        with _of_this_site():
            work.graph.send("POST", f"/sites/{site()}/permissions", {"roles": ["read"], "grantedToIdentities": [to]})

    return stands, make


@contextmanager
def _of_this_site() -> Iterator[None]:
    """A refusal of one site says nothing about the next. Errors: OnlyThis for 403."""
    try:
        yield
    except Refused as error:
        if error.status != 403:
            raise
        raise OnlyThis(f"{error}. {_SHUT}") from error


def _applications(permission: dict[str, Any]) -> set[str]:
    listed = permission.get("grantedToIdentitiesV2") or permission.get("grantedToIdentities") or []
    return {one["application"]["id"] for one in listed if one.get("application")}
