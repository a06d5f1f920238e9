"""A certificate authority for one test run, so that production's own addresses and TLS can be used on loopback."""

import functools
import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.connector.signing import rsa_key

HOSTS = (
    "smba.trafficmanager.net",
    "evil.trafficmanager.net",
    "login.botframework.com",
    "login.microsoftonline.com",
    "localhost",
)


@functools.cache
def _certificate(name: str, number: int, *, authority: bool) -> x509.Certificate:
    start = datetime.now(UTC) - timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name("Test authority"))
        .public_key(rsa_key(number).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(rsa_key(number).public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(rsa_key(100).public_key()), critical=False)
    )
    if not authority:
        names = [x509.DNSName(host) for host in HOSTS]
        loopback = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        builder = builder.add_extension(x509.SubjectAlternativeName([*names, loopback]), critical=False)
    return builder.sign(rsa_key(100), hashes.SHA256())


def server_context(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """The server's TLS and the file of the authority to trust, written into `folder`."""
    authority, chain = folder / "authority.pem", folder / "server.pem"
    authority.write_bytes(_pem(_certificate("Test authority", 100, authority=True)))
    chain.write_text(identity_pem(101, authority=False))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return context, authority


def identity_pem(number: int, *, authority: bool = False) -> str:
    """Private key and certificate in one text, as an app registration's certificate is kept."""
    certificate = _pem(_certificate("localhost", number, authority=authority))
    return (_key_pem(rsa_key(number)) + certificate).decode()


def _key_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
