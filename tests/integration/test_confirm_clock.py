"""`python app.py clock`: the operator's word about the clock."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.runtime import commands
from bot.runtime.commands import confirm_clock, verify_audit
from bot.runtime.keys import master_key
from bot.runtime.serve import run
from tests.fakes import FakeClock

NOW = datetime(2026, 9, 15, 6, 0, tzinfo=UTC)
SOFIA = ZoneInfo("Europe/Sofia")


@pytest.fixture
def environment(tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "utc_now", FakeClock(NOW))
    return {
        "TENANT_ID": "5a1e0000-0000-4000-8000-002990000000",
        "BOT_DEVELOPMENT": "yes",
        "BOT_HOST": "127.0.0.1",
        "GRAPH_URL": "https://127.0.0.1:1",
        "GRAPH_AUTHORITY": "https://127.0.0.1:1",
        "GRAPH_CLIENT_ID": "reader",
        "GRAPH_CLIENT_SECRET": "s",
        "GRAPH_WRITER_CLIENT_ID": "writer",
        "GRAPH_WRITER_CLIENT_SECRET": "s",
        "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
        "KEY_FILE": str(tmp_path / "keys" / "master.key"),
    }


async def opened(environment):
    key = master_key(Path(environment["KEY_FILE"]), may_make=True)
    return await Database.open(environment["DATABASE_URL"], DatabaseKeys.derive(key), FakeClock(NOW))


async def marked(environment):
    database = await opened(environment)
    try:
        return await database.high_water.read()
    finally:
        await database.close()


async def test_with_todays_date_the_mark_is_set_and_it_is_recorded(environment, capsys):
    database = await opened(environment)
    await database.high_water.move(NOW - timedelta(days=70))
    await database.close()

    assert await confirm_clock(environment, ["2026-09-15"]) == 0

    assert await marked(environment) == NOW
    assert "2026-07-07" in capsys.readouterr().out
    database = await opened(environment)
    state = await database.audit.verify()
    await database.close()
    assert (state.intact, state.rows) == (True, 1)


@pytest.mark.parametrize("words", [[], ["2026-09-14"], ["2028-09-15"], ["today"], ["2026-09-15", "yes"]])
async def test_another_date_changes_nothing_and_says_what_the_clock_says(environment, words, capsys):
    database = await opened(environment)
    await database.high_water.move(NOW - timedelta(days=70))
    await database.close()

    assert await confirm_clock(environment, words) == 1

    assert await marked(environment) == NOW - timedelta(days=70)
    assert "2026-09-15" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [lambda env: confirm_clock(env, ["2026-09-15"]), lambda env: verify_audit(env, []), run]
)
async def test_with_another_key_nothing_opens_and_it_is_said(environment, command, capsys, monkeypatch):
    monkeypatch.setattr("bot.runtime.logs.set_up", lambda: None)  # it is the whole process's
    database = await opened(environment)
    await database.close()
    other = environment | {"KEY_FILE": f"{environment['KEY_FILE']}.other", "BOT_PORT": "0"}
    master_key(Path(other["KEY_FILE"]), may_make=True)

    assert await command(other) == 2

    assert "this is not the key" in capsys.readouterr().err


@pytest.mark.usefixtures("environment")
async def test_without_settings_it_says_so(capsys):
    assert await confirm_clock({}, ["2026-09-15"]) == 2
    assert "TENANT_ID" in capsys.readouterr().err
