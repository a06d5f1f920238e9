"""Whoever looks into the log or at the health page knows of a certificate's end before everybody else does."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from bot.runtime import certificates
from bot.runtime.certificates import Certificates
from tests.fakes import FakeClock

NOW = datetime(2026, 12, 1, 6, tzinfo=UTC)


def pem(path: Path, ends: datetime, *, key_first: bool = True) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bot")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(ends - timedelta(days=730))
        .not_valid_after(ends)
        .sign(key, SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    parts = [private, made.public_bytes(serialization.Encoding.PEM)]
    path.write_bytes(b"".join(parts if key_first else reversed(parts)))
    return path


def looked(tmp_path, caplog, *days: float) -> tuple[str | None, list[tuple[int, str]]]:
    files = {f"CERTIFICATE_{number}": str(pem(tmp_path / f"{number}.pem", NOW + timedelta(days=left)))
             for number, left in enumerate(days)}  # fmt: skip
    one = Certificates.read(files, FakeClock(NOW))
    with caplog.at_level(logging.INFO):
        one.look()
    return one.state, [(record.levelno, record.getMessage()) for record in caplog.records]


@pytest.mark.parametrize(
    ("days", "state", "level"),
    [
        (700, "good", None),
        (31, "good", None),
        (30, "soon", logging.WARNING),
        (8, "soon", logging.WARNING),
        (7, "now", logging.CRITICAL),
        (0.5, "now", logging.CRITICAL),
        (-3, "now", logging.CRITICAL),
    ],
)
def test_a_month_before_it_is_a_warning_and_a_week_before_an_alarm(tmp_path, caplog, days, state, level):
    found, said = looked(tmp_path, caplog, days)

    assert found == state
    assert [one for one, _ in said] == ([] if level is None else [level])
    ends = (NOW + timedelta(days=days)).date().isoformat()
    assert all("CERTIFICATE_0" in words and ends in words for _, words in said)


def test_of_several_each_is_told_and_the_worst_is_shown(tmp_path, caplog):
    found, said = looked(tmp_path, caplog, 20, 700, 3)

    assert found == "now"
    assert [(level, "CERTIFICATE_0" in words, "CERTIFICATE_2" in words) for level, words in said] == [
        (logging.WARNING, True, False),
        (logging.CRITICAL, False, True),
    ]


@pytest.mark.parametrize("key_first", [True, False])
def test_the_certificate_is_found_beside_its_key(tmp_path, key_first):
    path = pem(tmp_path / "one.pem", NOW + timedelta(days=3), key_first=key_first)

    one = Certificates.read({"APP_CERTIFICATE_FILE": str(path)}, FakeClock(NOW))
    one.look()

    assert one.state == "now"


def test_what_holds_no_certificate_is_for_those_who_use_it_to_say(tmp_path):
    (tmp_path / "key.pem").write_text("no certificate")

    one = Certificates.read({"APP_CERTIFICATE_FILE": str(tmp_path / "key.pem")}, FakeClock(NOW))
    one.look()

    assert one.state is None


async def test_it_is_told_again_every_day_of_what_the_process_has_read(tmp_path, caplog, monkeypatch):
    """A new file is read by the next start only, and until then the old certificate is used."""
    monkeypatch.setattr(certificates, "AGAIN_SECONDS", 0.01)
    path, clock = pem(tmp_path / "one.pem", NOW + timedelta(days=20)), FakeClock(NOW)
    one = Certificates.read({"APP_CERTIFICATE_FILE": str(path)}, clock)
    pem(path, NOW + timedelta(days=700))
    running = asyncio.create_task(one.run())
    await asyncio.sleep(0.05)
    clock.move(days=15)
    await asyncio.sleep(0.05)
    running.cancel()

    assert one.state == "now"
    levels = [record.levelno for record in caplog.records if "APP_CERTIFICATE_FILE" in record.getMessage()]
    assert (levels[0], levels[-1]) == (logging.WARNING, logging.CRITICAL)
