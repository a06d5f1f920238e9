"""Microsoft 365 Agents Playground, the Teams-like client: one instance shows one person's personal chat.

Its licence allows installing and using it to evaluate it, so it comes from npm at the version pinned in
tools/package-lock.json and is never part of this project's files.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from demo.cast import Player
from demo.processes import Program
from tools.node import node_command

ROOT = Path(__file__).resolve().parent.parent
CLIENT = ROOT / ".tools" / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
PRELOAD = Path(__file__).with_name("loopback.cjs")
FEWEST_USERS = 5  # with fewer it ends at start, saying so only in its own log
READY_SECONDS = 60


def start(player: Player, *, others: Sequence[Player], tenant: str, bot: str, port: int, folder: Path) -> Program:
    """Starts the client of one person on 127.0.0.1 and waits until it listens.

    Errors: ProgramFailed; NodeMissing; FileNotFoundError when `make setup` has not fetched the client.
    """
    if not CLIENT.exists():
        raise FileNotFoundError("the Teams-like client is not installed: run `make clean`, then this command again")
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / ".m365agentsplayground.yml"
    settings.write_text(configuration(player, others=others, tenant=tenant), encoding="utf-8")
    program = Program(
        f"the Teams-like client of {player.name}",
        [
            *(*node_command(), "--require", str(PRELOAD), str(CLIENT), "start"),
            *("--app-endpoint", bot, "--channel-id", "msteams", "--port", str(port)),
            *("--service-url", f"http://127.0.0.1:{port}/_connector", "--disable-telemetry"),
        ],
        log=folder / "client.log",
        cwd=folder,
        env={
            **os.environ,
            "TEAMSAPPTESTER_BROWSER": "none",
            "CLIENT_LOCALE": "bg-BG",
            "M365_AGENTS_PLAYGROUND_LOGFILE": str(folder / "events.log"),
            "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(settings),
        },
    )
    try:
        program.wait_for_line(lambda line: line.startswith(f"Listening on {port}"), seconds=READY_SECONDS)
    except BaseException:
        program.stop()
        raise
    return program


def configuration(player: Player, *, others: Sequence[Player], tenant: str) -> str:
    """The client's settings file (JSON, which is YAML too): who sits at it and whom else the chat service knows."""
    users = [_user(f"user-id-{number}", other) for number, other in enumerate(others, start=1)]
    users += [
        {
            "id": f"user-id-{number}",
            "name": f"Колега {number}",
            "userPrincipleName": f"kolega{number}@example.invalid",
            "aadObjectId": f"00000000-0000-4000-8000-{number:012d}",
            "givenName": "Колега",
            "surname": str(number),
            "email": f"kolega{number}@example.invalid",
        }
        for number in range(len(users) + 1, FEWEST_USERS + 1)
    ]
    settings = {
        "version": "0.1.1",
        "tenantId": tenant,
        "bot": {"id": "00000000-0000-4000-8000-0000000000b0", "name": "Електронни профили"},
        "currentUser": _user("user-id-0", player),
        "users": users,
        "personalChat": {"id": f"a:{player.key}"},
        "groupChat": {"id": f"19:{player.key}-group@thread.v2", "name": "Групов чат"},
        "team": {
            "id": f"19:{player.key}-team@thread.tacv2",
            "name": "Екип",
            "aadGroupId": "00000000-0000-4000-8000-0000000000c0",
            "channels": [{"id": f"19:{player.key}-channel@thread.tacv2", "name": "Обявления"}],
        },
    }
    return json.dumps(settings, ensure_ascii=False, indent=1) + "\n"


def _user(identifier: str, player: Player) -> dict[str, str]:
    given, _, family = player.name.partition(" ")
    return {
        "id": identifier,
        "name": player.name,
        "userPrincipleName": player.upn,
        "aadObjectId": player.object_id,
        "givenName": given,
        "surname": family or given,
        "email": player.upn,
    }
