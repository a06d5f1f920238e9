"""Certificates that identify the applications: made here, the private key never leaves this machine."""

import base64
import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

LIFE = timedelta(days=730)
_KEY_BITS = 3072


class CertificateError(Exception):
    """The file holds no certificate, or one that is over."""


def make(path: Path, name: str, now: datetime) -> None:
    """Writes key and certificate into one PEM file for its owner alone. Errors: OSError, also if it exists."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + LIFE)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private + certificate.public_bytes(serialization.Encoding.PEM))
    os.link(new, path)  # never over another key
    new.unlink()


def public(path: Path, now: datetime) -> tuple[str, datetime]:
    """The certificate as Graph takes it (base64 of its DER), and when it ends. Errors: CertificateError."""
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise CertificateError(f"{path}: no certificate in it") from error
    if certificate.not_valid_after_utc <= now:
        raise CertificateError(f"{path}: ended on {certificate.not_valid_after_utc:%Y-%m-%d}; move it away")
    der = certificate.public_bytes(serialization.Encoding.DER)
    return base64.b64encode(der).decode(), certificate.not_valid_after_utc
