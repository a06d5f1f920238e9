"""Access tokens: signed JWTs as Entra's are, with an application's permissions in `roles`, a person's in `scp`, and
directory roles in `wids`.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from simulator.entra.clients import Client
from simulator.people.directory_names import DIRECTORY_ROLES, TENANT_ID

AUDIENCE = "https://graph.microsoft.com"
CONNECTOR = "https://api.botframework.com"
RESOURCE_MANAGER = "https://management.azure.com"
"""For whom a bot's own token is."""
LIFETIME = 3599
_KEY_ID = "simulator-1"


class TokenRefused(Exception):
    """Graph does not take this token; the message says why in Graph's words."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who asks: the application, what it may do, and the directory roles it had when the token was issued.
    `delegated`: it asks for a person who has signed in.
    """

    client: str
    permissions: frozenset[str]
    roles: frozenset[str] = frozenset()
    delegated: bool = False


@dataclass(slots=True)
class TokenIssuer:
    """Signs tokens and reads them back. `revoke` makes every token issued so far count as expired."""

    issuer: str
    lifetime: int = LIFETIME
    _key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    _generation: int = 0
    _read: dict[str, tuple[float, Bearer]] = field(default_factory=dict)

    def issue(
        self, client: Client, audience: str = AUDIENCE, *, roles: Collection[str] = (), delegated: bool = False
    ) -> str:
        """A token for this application, or for a person who signed in with it; only Graph's names what it may.
        `roles`: the directory roles for the whole tenant.
        """
        now = int(time.time())
        may = list(client.permissions) if audience == AUDIENCE else []
        claims = {
            "aud": audience,
            "iss": self.issuer,
            "iat": now,
            "nbf": now,
            "exp": now + self.lifetime,
            "appid": client.id,
            "azp": client.id,
            "idtyp": "user" if delegated else "app",
            "oid": client.principal or client.id,
            **({"scp": " ".join(may)} if delegated else {"roles": may}),
            "wids": sorted(DIRECTORY_ROLES[name] for name in roles),
            "tid": TENANT_ID,
            "ver": "1.0",
            "uti": uuid4().hex,
            "xms_generation": self._generation,
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": _KEY_ID})

    def read(self, authorization: str) -> Bearer:
        """Who an Authorization header speaks for. Errors: TokenRefused."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise TokenRefused("Access token is empty.")
        known = self._read.get(token)
        if known is not None and known[0] > time.time():
            return known[1]
        claims = self._verified(token)
        if claims["xms_generation"] != self._generation:
            raise TokenRefused("Lifetime validation failed, the token is expired.")
        delegated = claims["idtyp"] == "user"
        may = claims["scp"].split() if delegated else claims["roles"]
        named = frozenset(name for name, id_ in DIRECTORY_ROLES.items() if id_ in claims["wids"])
        bearer = Bearer(claims["appid"], frozenset(may), named, delegated)
        self._read[token] = (claims["exp"], bearer)
        return bearer

    def revoke(self) -> None:
        """Every token so far is refused from now on."""
        self._generation += 1
        self._read.clear()

    def keys(self) -> dict[str, Any]:
        """The JWKS document."""
        public: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": _KEY_ID, "use": "sig", "alg": "RS256"}]}

    def _verified(self, token: str) -> dict[str, Any]:
        if token.count(".") != 2:
            raise TokenRefused("IDX14100: JWT is not well formed, there are no dots (.).")
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key.public_key(),
                algorithms=["RS256"],
                audience=AUDIENCE,
                issuer=self.issuer,
                options={"require": ["exp", "aud", "iss", "appid", "xms_generation"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise TokenRefused("Lifetime validation failed, the token is expired.") from error
        except jwt.InvalidAudienceError as error:
            raise TokenRefused("Access token validation failure. Invalid audience.") from error
        except jwt.PyJWTError as error:
            raise TokenRefused("Access token validation failure. Invalid signature.") from error
        return claims
