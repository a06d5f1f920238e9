"""What MSAL asks an authority: instance discovery, tenant discovery, a token."""

import base64
import hmac
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from simulator.entra.clients import Client
from simulator.entra.tokens import AUDIENCE, CONNECTOR, RESOURCE_MANAGER, TokenIssuer
from simulator.people.directory_names import TENANT_ID
from simulator.people.usernames import DOMAIN

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
Reply = tuple[int, dict[str, Any]]


@dataclass(slots=True)
class Authority:
    """The authority at `base` for the one tenant. `registered` knows the applications that an administrator registers
    meanwhile, `roles_of` their directory roles for the whole tenant. `requests` counts what was asked.
    """

    base: str
    clients: Mapping[str, Client]
    tokens: TokenIssuer
    registered: Callable[[str], Client | None]
    roles_of: Callable[[str], Collection[str]]
    requests: Counter[str] = field(default_factory=Counter)
    _codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    def instance_discovery(self) -> Reply:
        """GET /common/discovery/instance."""
        self.requests["GET instance-discovery"] += 1
        return 200, {
            "tenant_discovery_endpoint": f"{self.base}/{TENANT_ID}/v2.0/.well-known/openid-configuration",
            "api-version": "1.1",
            "metadata": [],
        }

    def openid_configuration(self, tenant: str) -> Reply:
        """GET /{tenant}/v2.0/.well-known/openid-configuration."""
        self.requests["GET openid-configuration"] += 1
        if not _is_ours(tenant):
            return _no_tenant(tenant)
        root = f"{self.base}/{TENANT_ID}"
        return 200, {
            "issuer": self.tokens.issuer,
            "authorization_endpoint": f"{root}/oauth2/v2.0/authorize",
            "token_endpoint": f"{root}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{root}/oauth2/v2.0/devicecode",
            "jwks_uri": f"{root}/discovery/v2.0/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
            "response_types_supported": ["code", "id_token", "token"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def token(self, tenant: str, form: Mapping[str, str]) -> Reply:
        """POST /{tenant}/oauth2/v2.0/token with grant_type client_credentials, or with a device code."""
        self.requests["POST token"] += 1
        if not _is_ours(tenant):
            return _no_tenant(tenant)
        if form.get("grant_type") == _DEVICE:
            return self._by_device(form)
        if form.get("grant_type") != "client_credentials":
            return _refused(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.")
        client_id = form.get("client_id", "")
        made_here = next((client for client in self.clients.values() if client.id == client_id), None)
        client = made_here or self.registered(client_id)
        if client is None:
            return _refused(
                400,
                "unauthorized_client",
                700016,
                f"Application with identifier '{client_id}' was not found in the directory '{TENANT_ID}'.",
            )
        refusal = self._refuse_credential(client, form)
        if refusal is not None:
            return refusal
        scope = form.get("scope", "")
        if scope not in {f"{one}/.default" for one in (AUDIENCE, CONNECTOR, RESOURCE_MANAGER, self.base)}:
            return _refused(400, "invalid_scope", 70011, f"The provided value for scope {scope} is not valid.")
        lifetime, audience = self.tokens.lifetime, CONNECTOR if scope.startswith(CONNECTOR) else AUDIENCE
        return 200, {
            "token_type": "Bearer",
            "expires_in": lifetime,
            "ext_expires_in": lifetime,
            "access_token": self.tokens.issue(client, audience, roles=self.roles_of(client.id)),
        }

    def device_code(self, tenant: str, form: Mapping[str, str]) -> Reply:
        """POST /{tenant}/oauth2/v2.0/devicecode. The administrator signs in after the client has asked once."""
        self.requests["POST devicecode"] += 1
        if not _is_ours(tenant):
            return _no_tenant(tenant)
        code, page = uuid4().hex, f"{self.base}/device"
        self._codes[code] = (form.get("client_id", ""), form.get("scope", ""))
        return 200, {
            "device_code": code,
            "user_code": "SIMULATOR",
            "verification_uri": page,
            "expires_in": 900,
            "interval": 0,
            "message": f"To sign in, open {page} and enter the code SIMULATOR.",
        }

    def _by_device(self, form: Mapping[str, str]) -> Reply:
        code = form.get("device_code", "")
        client, scope = self._codes.get(code, ("", ""))
        if not client or client != form.get("client_id"):
            return _refused(400, "bad_verification_code", 70000, "The device code is unknown.")
        if code not in self._asked:
            self._asked.add(code)
            return _refused(400, "authorization_pending", 70016, "The code has not been entered yet.")
        del self._codes[code]
        who = base64.urlsafe_b64encode(json.dumps({"uid": "administrator", "utid": TENANT_ID}).encode()).decode()
        return 200, {
            "token_type": "Bearer",
            "scope": scope,
            "expires_in": self.tokens.lifetime,
            "access_token": self.tokens.issue(self.clients["administrator"], delegated=True),
            "refresh_token": uuid4().hex,
            "client_info": who.rstrip("="),
        }

    def _refuse_credential(self, client: Client, form: Mapping[str, str]) -> Reply | None:
        if form.get("client_assertion_type") == _ASSERTION:
            return self._refuse_assertion(client, form.get("client_assertion", ""))
        secret = form.get("client_secret")
        if not secret:
            return _refused(
                401,
                "invalid_client",
                7000218,
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
            )
        if not client.secret or not hmac.compare_digest(secret.encode(), client.secret.encode()):
            return _refused(
                401,
                "invalid_client",
                7000215,
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
                f"value, not the client secret ID, for a secret added to app '{client.id}'.",
            )
        return None

    def _refuse_assertion(self, client: Client, assertion: str) -> Reply | None:
        try:
            header = jwt.get_unverified_header(assertion)
            # The older header of the protocol carries a SHA-1 thumbprint.
            algorithm = hashes.SHA256() if "x5t#S256" in header else hashes.SHA1()  # noqa: S303 -- x5t is SHA-1
            # RFC 7515 has no padding in a thumbprint, MSAL for Python sends it padded: Entra takes both.
            named = str(header.get("x5t#S256", header.get("x5t"))).rstrip("=")
            certificate = next((one for one in client.certificates if _thumbprint(one, algorithm) == named), None)
            if certificate is None:
                return _refused(
                    401, "invalid_client", 700027, "The certificate is not registered on the application."
                )
            jwt.decode(
                assertion,
                certificate.public_key(),  # type: ignore[arg-type]  # an RSA key: ours
                algorithms=["RS256", "PS256"],
                audience=[f"{self.base}/{TENANT_ID}/oauth2/v2.0/token", self.tokens.issuer],
                issuer=client.id,
                subject=client.id,
                options={"require": ["exp", "aud", "iss", "sub"]},
            )
        except jwt.PyJWTError as error:
            return _refused(401, "invalid_client", 700027, f"Client assertion failed signature validation: {error}")
        return None


def _thumbprint(certificate: x509.Certificate, algorithm: hashes.HashAlgorithm) -> str:
    return base64.urlsafe_b64encode(certificate.fingerprint(algorithm)).decode().rstrip("=")


def _is_ours(tenant: str) -> bool:
    return tenant.lower() in {TENANT_ID, DOMAIN}


def _no_tenant(tenant: str) -> Reply:
    return _refused(400, "invalid_tenant", 90002, f"Tenant '{tenant}' not found.")


def _refused(status: int, error: str, code: int, message: str) -> Reply:
    trace, correlation, now = str(uuid4()), str(uuid4()), datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    return status, {
        "error": error,
        "error_description": f"AADSTS{code}: {message} Trace ID: {trace} "
        f"Correlation ID: {correlation} Timestamp: {now}",
        "error_codes": [code],
        "timestamp": now,
        "trace_id": trace,
        "correlation_id": correlation,
        "error_uri": f"https://login.microsoftonline.com/error?code={code}",
    }
