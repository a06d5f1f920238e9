"""What was signed or dated elsewhere is judged by the machine's clock, all else by the bot's own time."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.core.passwords.carry_out import CarryOutReset
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.graph.writer import GraphWriter
from bot.runtime.container import built
from bot.runtime.keys import master_key
from bot.runtime.settings import Settings
from bot.teams.tokens import ISSUER

APP, TENANT = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
LEAD = timedelta(hours=20)


@pytest.fixture
def settings(tmp_path):
    return Settings.read(
        {
            "TENANT_ID": TENANT,
            "BOT_DEVELOPMENT": "yes",
            "BOT_HOST": "127.0.0.1",
            "GRAPH_URL": "http://127.0.0.1:9",
            "GRAPH_AUTHORITY": "https://127.0.0.1:9",
            "GRAPH_CLIENT_ID": "reader",
            "GRAPH_CLIENT_SECRET": "x",
            "GRAPH_WRITER_CLIENT_ID": "writer",
            "GRAPH_WRITER_CLIENT_SECRET": "y",
            "APP_ID": APP,
            "APP_PASSWORD": "z",
            "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
            "KEY_FILE": f"{tmp_path}/key",
        }
    )


async def jumped(settings):
    """The machine's clock was ahead for a moment, and is right again: the mark in the database keeps the lead."""
    keys = DatabaseKeys.derive(master_key(Path(settings.key_file), may_make=True))
    database = await Database.open(settings.database_url, keys, lambda: datetime.now(UTC))
    await database.high_water.move(datetime.now(UTC) + LEAD)
    await database.close()


async def test_a_token_of_this_moment_is_taken_while_the_bots_own_time_is_ahead(settings):
    await jumped(settings)
    async with built(settings) as bot:
        assert bot.clock() - datetime.now(UTC) > timedelta(hours=19)
        rules = bot.teams.adapter._admission._tokens
        url, now = "http://127.0.0.1:4000/", time.time()
        claims = {"iss": ISSUER, "aud": APP, "nbf": now, "exp": now + 3600, "serviceurl": url}

        assert rules._judged(claims) == url


async def test_when_the_directory_set_a_password_is_told_by_the_directory_while_the_bots_own_time_is_ahead(settings):
    await jumped(settings)
    async with built(settings) as bot:
        handlers = [one for worker in bot.workers for one in worker._handlers.values()]
        (reset,) = [one for one in handlers if isinstance(one, CarryOutReset)]
        told = datetime.now(UTC).replace(microsecond=0)

        writer = reset.writer
        assert isinstance(writer, GraphWriter)
        assert writer._moment({"Date": format_datetime(told, usegmt=True)}) == told
