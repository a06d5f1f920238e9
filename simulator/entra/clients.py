"""The applications of the tenant: one reads the roster, one changes accounts, one is the administrator's own."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from simulator.people.directory_names import ADMINISTRATOR_CLIENT_ID, PRINCIPALS, READER_CLIENT_ID, WRITER_CLIENT_ID

READER_PERMISSIONS = (
    "EduRoster.Read.All",
    "User.Read.All",
    "Directory.Read.All",
    "TeamSettings.Read.All",
    "Sites.Selected",
)
WRITER_PERMISSIONS = (
    "EduRoster.ReadWrite.All",
    "User.Read.All",
    "User.EnableDisableAccount.All",
    "User.RevokeSessions.All",
    "User-PasswordProfile.ReadWrite.All",
    "Group.ReadWrite.All",
    "TeamsAppInstallation.ReadWriteSelfForUser.All",
)

ADMINISTRATOR_PERMISSIONS = (
    "Application.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All",
    "RoleManagement.ReadWrite.Directory",
    "Sites.FullControl.All",
    "AppCatalog.Read.All",
)
"""Of an application of the administrator's own; with a device code the same, delegated."""


@dataclass(frozen=True, slots=True)
class Client:
    """An application that may ask for tokens. `certificates` are public; `pem` also holds the private key of one,
    where the simulator made it. Without a `secret` a certificate is the only way. `principal`: the object id of its
    service principal, which no application id is.
    """

    id: str
    permissions: tuple[str, ...]
    certificates: tuple[x509.Certificate, ...]
    secret: str = field(default="", repr=False)
    pem: bytes = field(default=b"", repr=False)
    principal: str = ""


def make_clients(consented: Mapping[str, Sequence[str]] | None = None) -> dict[str, Client]:
    """`reader`, `writer` and `administrator`, with credentials made now. `consented`: what the first two may,
    None for the usual.
    """
    permissions = consented or {"reader": READER_PERMISSIONS, "writer": WRITER_PERMISSIONS}
    return {
        "reader": _client(READER_CLIENT_ID, tuple(permissions["reader"])),
        "writer": _client(WRITER_CLIENT_ID, tuple(permissions["writer"])),
        "administrator": _client(ADMINISTRATOR_CLIENT_ID, ADMINISTRATOR_PERMISSIONS),
    }


def read_permissions(file: Path) -> dict[str, tuple[str, ...]]:
    """What an administrator consented to: JSON {"reader": {"permissions": [{"name": …}]}, "writer": …}.

    Errors: ValueError, OSError.
    """
    found = json.loads(file.read_text(encoding="utf-8"))
    try:
        return {who: tuple(one["name"] for one in found[who]["permissions"]) for who in ("reader", "writer")}
    except (KeyError, TypeError) as error:
        raise ValueError(f"{file}: no permissions of reader and writer") from error


def _client(client_id: str, permissions: tuple[str, ...]) -> Client:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, client_id)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem = private + certificate.public_bytes(serialization.Encoding.PEM)
    return Client(
        client_id, permissions, (certificate,), secrets.token_urlsafe(30), pem, PRINCIPALS.get(client_id, "")
    )
