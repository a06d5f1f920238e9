"""Whoever looks into the log or at the health page knows in which regions nobody would be told of a request."""

import logging

import pytest

from bot.core.errors import DirectoryUnavailable
from bot.core.people.regions import REGIONS
from bot.runtime.offices import Offices
from tests.fakes_placements import FakeDeciders


def offices(reached: set[str], experts: dict[str, tuple[str, ...]]) -> Offices:
    async def has_the_app(person: str) -> bool:
        return person in reached

    return Offices(FakeDeciders(experts=experts), has_the_app)


async def test_regions_are_named_until_somebody_there_is_reached(caplog):
    one = offices({"second"}, {"Варна": ("first", "second"), "Видин": ("third",)})
    assert one.unreached is None

    assert await one.look()

    assert one.unreached == len(REGIONS) - 1
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "no expert of 27 regional offices can be told of requests: Благоевград" in record.getMessage()
    assert "Видин" in record.getMessage()
    assert "Варна" not in record.getMessage()


async def test_where_everybody_is_reached_nothing_is_said(caplog):
    one = offices({"expert"}, dict.fromkeys(REGIONS, ("expert",)))

    assert await one.look()

    assert (one.unreached, caplog.records) == (0, [])


async def test_what_could_not_be_asked_is_asked_again_soon(caplog, monkeypatch):
    one = offices({"expert"}, dict.fromkeys(REGIONS, ("expert",)))
    await one.look()

    async def fails(region: str) -> tuple[str, ...]:
        raise DirectoryUnavailable

    monkeypatch.setattr(one._experts, "experts", fails)

    assert not await one.look()
    assert one.unreached == 0
    assert "could not be asked" in caplog.text


@pytest.mark.parametrize("region", REGIONS)
async def test_every_region_is_one_by_itself(region):
    one = offices({"expert"}, {region: ("expert",)})
    await one.look()
    assert one.unreached == len(REGIONS) - 1
