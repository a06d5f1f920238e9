"""The channel's keys: rotation, outage, forged key ids, and that nobody waits who need not."""

import asyncio
import logging

import pytest

from bot.teams.keys import FIRST_KEYS_PAUSE, LIFETIME, UNKNOWN_KEY_PAUSE
from tests.connector import MEMBER
from tests.integration.teams.conftest import House


async def status(house: House) -> int:
    return (await house.teams.say(MEMBER, "здравей")).status


async def test_keys_are_read_once_for_many_turns(house: House) -> None:
    await asyncio.gather(*(status(house) for _ in range(20)))

    assert (house.teams.metadata_reads, house.teams.key_reads) == (1, 1)


async def test_a_new_key_works_within_a_minute_of_the_last_read(house: House) -> None:
    assert await status(house) == 200
    house.teams.signer.rotate("key-2")
    house.hours.seconds += UNKNOWN_KEY_PAUSE

    assert await status(house) == 200
    assert house.teams.key_reads == 2


async def test_a_withdrawn_key_is_no_longer_taken_after_the_next_read(house: House) -> None:
    await status(house)
    old = house.teams.signer.token()
    house.teams.signer.rotate("key-2")
    house.hours.seconds += UNKNOWN_KEY_PAUSE
    await status(house)

    assert (await house.teams.deliver(house.teams.activity("message", text="а"), token=old)).status == 401


async def test_forged_key_ids_cannot_make_us_ask_more_than_once_a_minute(house: House) -> None:
    await status(house)
    house.hours.seconds += UNKNOWN_KEY_PAUSE
    for number in range(10):
        forged = house.teams.signer.token(key_id=f"forged-{number}", key_number=9)
        answer = await house.teams.deliver(house.teams.activity("message", text="а"), token=forged)
        assert answer.status == 401

    assert house.teams.key_reads == 2
    assert await status(house) == 200


async def test_keys_are_read_again_after_a_day(house: House) -> None:
    await status(house)
    house.hours.seconds += LIFETIME - 1
    await status(house)
    assert house.teams.key_reads == 1

    house.hours.seconds += 1
    await status(house)
    assert house.teams.key_reads == 2


@pytest.mark.parametrize("outage", ["metadata", "keys"])
async def test_known_keys_stay_in_use_while_new_ones_cannot_be_read(house: House, outage: str) -> None:
    await status(house)
    house.hours.seconds += LIFETIME
    if outage == "metadata":
        house.teams.metadata_down = True
    else:
        house.teams.signer.keys = {}

    assert await status(house) == 200
    assert house.teams.metadata_reads == 2


async def test_without_any_keys_the_channel_is_told_to_come_again(house: House) -> None:
    house.teams.metadata_down = True
    answer = await house.teams.say(MEMBER, "здравей")

    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert house.bot.turns == []

    house.teams.metadata_down = False
    assert await status(house) == 503  # not asked again at once
    assert house.teams.metadata_reads == 1
    house.hours.seconds += FIRST_KEYS_PAUSE
    assert await status(house) == 200


async def test_an_outage_is_logged_without_addresses_or_content(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    house.teams.metadata_down = True
    await status(house)

    assert "signing keys not read" in caplog.text
    assert house.teams.origin not in caplog.text.replace(f"{house.teams.origin}/emea", "")


async def test_while_one_request_reads_the_keys_again_others_use_the_known_ones(house: House) -> None:
    await status(house)
    house.hours.seconds += LIFETIME
    reading = house.edge.adapter._admission._tokens._keys._reading
    async with reading:
        assert await asyncio.wait_for(status(house), 5) == 200
    assert house.teams.key_reads == 1


@pytest.mark.parametrize(
    "key_set",
    [
        {},
        {"keys": None},
        {"keys": []},
        {"keys": [None, 1, "x"]},
        {"keys": [{"kty": "EC", "kid": "key-1", "endorsements": ["msteams"]}]},
        {"keys": [{"kty": "RSA", "kid": "key-1", "endorsements": ["msteams"], "n": "!", "e": "AQAB"}]},
        {"keys": [{"kty": "RSA", "kid": "key-1", "endorsements": ["msteams"], "n": "AQAB", "e": "AQAB"}]},
        {"keys": [{"kty": "RSA", "kid": "key-1", "endorsements": ["msteams"], "n": 5, "e": []}]},
    ],
)
async def test_a_key_set_of_nonsense_is_no_key_set(
    house: House, key_set: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.teams.signer.key_set = lambda: key_set  # type: ignore[method-assign]

    assert await status(house) == 503
    assert house.bot.turns == []
