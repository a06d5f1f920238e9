"""Whoever looks into the log or at the health page knows in which of the named regions nobody would be told of a request."""

import asyncio
import contextlib
import logging

from bot.core.errors import DirectoryUnavailable
from bot.runtime.offices import Offices
from tests.fakes_placements import FakeDeciders

NAMED = ("Варна", "Видин", "Плевен")


def offices(reached: set[str], experts: dict[str, tuple[str, ...]]) -> Offices:
    async def has_the_app(person: str) -> bool:
        return person in reached

    return Offices(NAMED, FakeDeciders(experts=experts), has_the_app)


async def test_named_regions_are_told_until_somebody_there_is_reached(caplog):
    one = offices({"second"}, {"Варна": ("first", "second"), "Видин": ("third",)})
    assert one.unreached is None

    assert await one.look()

    assert one.unreached == 2
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "no expert of 2 regional offices can be told of requests: Видин, Плевен." in record.getMessage()


async def test_where_everybody_is_reached_nothing_is_said(caplog):
    one = offices({"expert"}, dict.fromkeys(NAMED, ("expert",)))

    assert await one.look()

    assert (one.unreached, caplog.records) == (0, [])


async def test_what_could_not_be_asked_is_asked_again_soon(caplog, monkeypatch):
    one = offices({"expert"}, dict.fromkeys(NAMED, ("expert",)))
    await one.look()

    async def fails(region: str) -> tuple[str, ...]:
        raise DirectoryUnavailable

    monkeypatch.setattr(one._experts, "experts", fails)

    assert not await one.look()
    assert one.unreached == 0
    assert "could not be asked" in caplog.text


async def test_nobody_has_opened_the_bot_when_it_starts_for_the_first_time(caplog, monkeypatch):
    waited = []

    async def sleeps(seconds: float) -> None:
        if seconds:
            waited.append((seconds, one.unreached))
        if len(waited) == 3:
            raise asyncio.CancelledError

    one = offices(set(), {})
    monkeypatch.setattr(asyncio, "sleep", sleeps)
    with contextlib.suppress(asyncio.CancelledError):
        await one.run()

    assert waited == [(3600, None), (24 * 3600, 3), (24 * 3600, 3)]
