"""What a token of ours says of us. It is Entra's to verify; we only read what we were given."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claims:
    """Tenant and application, in small letters, the permissions that were consented to, and the application's object
    id in the tenant (`principal`).
    """

    tenant: str
    application: str
    roles: frozenset[str]
    principal: str = ""


def claims_of(token: str) -> Claims | None:
    """None for what is no token with claims (a tenant may encrypt them, though Entra does not for Graph)."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        body: object = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, Mapping):
        return None
    roles = body.get("roles")
    return Claims(
        tenant=str(body.get("tid", "")).lower(),
        application=str(body.get("appid") or body.get("azp") or "").lower(),
        roles=frozenset(one for one in roles if isinstance(one, str)) if isinstance(roles, list) else frozenset(),
        principal=str(body.get("oid") or "").lower(),
    )
