"""The measurements at their smallest: what they press is there, and they end with figures."""

import pytest

from benchmarks import passwords, transfers


@pytest.mark.long
@pytest.mark.timeout(180)
async def test_requests_are_measured(tmp_path, monkeypatch):
    for name, small in {"OPEN": 20, "SETTLE": 0, "IDLE": 0.5, "BUSY": 0.5, "MOVED": 2}.items():
        monkeypatch.setattr(transfers, name, small)

    measured = await transfers.measure(tmp_path / "transfers")

    assert measured.open == 20
    assert 0 < measured.done_seconds <= measured.slowest_seconds < 30


@pytest.mark.long
@pytest.mark.timeout(180)
async def test_passwords_are_measured(tmp_path, monkeypatch):
    monkeypatch.setattr(passwords, "SINGLE", 2)
    monkeypatch.setattr(passwords, "CLASSES", ("1 а",))

    measured = await passwords.measure(tmp_path / "passwords")

    assert measured.set_in_classes > 0
    assert 0 < measured.ready_seconds <= measured.slowest_seconds
    assert measured.cpu_ms > 0
