"""Who provisions: an administrator with a device code, a token of the environment, or (simulator) an application.

With a device code the administrator signs in on a page of Microsoft's; this program sees no password. The client ids
are Microsoft's own public ones, of Graph's and of Azure's command lines.
"""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import msal

GRAPH_CLIENT = "14d82eec-204b-4c2f-b7e8-296a70dab67e"
"""Microsoft Graph Command Line Tools."""
AZURE_CLIENT = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
"""Microsoft Azure CLI."""
GRAPH_SCOPES = (
    "https://graph.microsoft.com/Application.ReadWrite.All",
    "https://graph.microsoft.com/AppRoleAssignment.ReadWrite.All",
)
ROLE_SCOPE = "https://graph.microsoft.com/RoleManagement.ReadWrite.Directory"
SITES_SCOPE = "https://graph.microsoft.com/Sites.FullControl.All"
MICROSOFT = "https://login.microsoftonline.com"
AZURE_SCOPES = ("https://management.azure.com/user_impersonation",)


class NotSignedIn(Exception):
    """There is no token; the message says why and holds no secret."""


def signed_in(
    environment: Mapping[str, str],
    variable: str,
    *,
    tenant: str,
    authority: str,
    client: str,
    scopes: tuple[str, ...],
    say: Callable[[str], None],
    http: Any = None,
) -> Callable[[], str]:
    """A way to a valid token: `variable` of the environment, else PROVISION_CLIENT_ID and PROVISION_CLIENT_SECRET,
    else a device code. Errors: NotSignedIn, at once and when a token cannot be renewed.
    """
    if given := environment.get(variable, ""):
        _check_tenant(given, tenant, variable)
        return lambda: given
    if environment.get("PROVISION_CLIENT_ID"):
        application = msal.ConfidentialClientApplication(
            environment["PROVISION_CLIENT_ID"],
            client_credential=environment.get("PROVISION_CLIENT_SECRET", ""),
            authority=f"{authority}/{tenant}",
            instance_discovery=False,
            http_client=http,
        )
        resource = urlsplit(scopes[0])
        everything = [f"{resource.scheme}://{resource.netloc}/.default"]
        return lambda: _token(application.acquire_token_for_client(everything))
    public = msal.PublicClientApplication(
        client, authority=f"{authority}/{tenant}", instance_discovery=authority == MICROSOFT, http_client=http
    )
    flow = public.initiate_device_flow(scopes=list(scopes))
    if "message" not in flow:
        raise NotSignedIn(f"no device code: {flow.get('error', 'no answer')}")
    say(flow["message"])
    _token(public.acquire_token_by_device_flow(flow))
    account = public.get_accounts()[0]
    return lambda: _token(public.acquire_token_silent(list(scopes), account=account) or {})


def _token(answer: Mapping[str, Any]) -> str:
    if "access_token" not in answer:
        raise NotSignedIn(
            f"sign-in failed: {answer.get('error', 'no token')} {answer.get('error_codes', '')}".rstrip()
        )
    found: str = answer["access_token"]
    return found


def _check_tenant(token: str, tenant: str, variable: str) -> None:
    """Somebody with accounts in two tenants must not provision the wrong one. Not a check of authenticity."""
    try:
        middle = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        issued = str(claims["tid"]).lower()
    except (IndexError, KeyError, ValueError, TypeError) as error:
        raise NotSignedIn(f"{variable}: not an access token of Microsoft's") from error
    if issued != tenant:
        raise NotSignedIn(f"{variable}: a token of another tenant ({issued})")
