"""The pretend tenant and the bot, started as they are started anywhere: programs that meet through settings only."""

import json
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from demo.processes import Program, free_port, stop_all
from simulator.days import day_in_bulgaria

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 60
PERMISSIONS = ROOT / "deploy" / "permissions.json"
"""What the administrator of the pretend tenant has consented to: what we ask for, and no more."""
PACE = 0.02
"""The waits of a real tenant, shortened: half a second for a new class instead of half a minute."""
ALWAYS_INTAKE = {"INTAKE_FROM": "01-01", "INTAKE_TO": "12-31"}
"""Students are taken in whenever somebody tries it."""
# A variable of the person at the terminal must not turn the demo's bot towards a real tenant.
SETTING_PREFIXES = (
    "ACCOUNT_",
    "ADMIT_",
    "ACCOUNTS_",
    "APP_",
    "BOT_",
    "DATABASE_",
    "DATA_PROTECTION_",
    "EXPECTED_",
    "GRAPH_",
    "INTAKE_",
    "KEY_",
    "LINK_",
    "LOOKUPS_",
    "ONEDRIVE_",
    "OPERATOR_",
    "PASSWORD",
    "PROCESS",
    "PUBLIC_",
    "REGIONAL_",
    "SCHOOL_",
    "SCHOOLS_",
    "SUPPORT_",
    "TEAMS_APP_",
    "TENANT_",
    "TRANSFER_",
    "WORKING_",
)


@dataclass(frozen=True, slots=True)
class Stack:
    """Simulator and bot, both ready."""

    bot: str
    """Where a Teams client posts activities: http://127.0.0.1:PORT/api/messages"""
    tenant: Mapping[str, Any]
    """What the simulator said when ready: graph, authority, ca_file, tenant, clients, …"""
    programs: tuple[Program, ...]

    @property
    def line(self) -> str:
        """The JSON line for programs that want to play the channel."""
        return json.dumps({"bot": self.bot, "graph": self.tenant["graph"], "tenant": self.tenant["tenant"]})


def start(
    folder: Path, *, simulator_options: Sequence[str] = (), more_settings: Mapping[str, str] | None = None
) -> Stack:
    """Starts both; database, keys and logs go to `folder`. `more_settings` overrides the bot's.

    Errors: ProgramFailed, with nothing left running.
    """
    programs: list[Program] = []
    try:
        simulator = Program(
            "the simulator",
            simulator_command(folder, *simulator_options),
            log=folder / "simulator.log",
            cwd=ROOT,
            env=clean_environment(),
        )
        programs.append(simulator)
        tenant = json.loads(simulator.wait_for_line(lambda line: has(line, "graph"), seconds=READY_SECONDS))
        bot = Program(
            "the bot",
            [sys.executable, "app.py"],
            log=folder / "bot.log",
            cwd=ROOT,
            env={
                **clean_environment(),
                **bot_settings(tenant, folder, port=free_port()),
                **(more_settings or {}),
            },
        )
        programs.append(bot)
        ready = json.loads(bot.wait_for_line(lambda line: has(line, "listening"), seconds=READY_SECONDS))
    except BaseException:
        stop_all(programs)
        raise
    return Stack(bot=ready["listening"], tenant=tenant, programs=tuple(programs))


def simulator_command(folder: Path, *options: str) -> list[str]:
    """How the pretend tenant is started: as unkind as the real one, but for what the product does not take yet.

    `SIMULATOR_OPTIONS` in the environment and then `options` override that.
    """
    usual = ["--state", str(folder / "simulator"), "--permissions", str(PERMISSIONS), "--pace", str(PACE)]
    wanted = shlex.split(os.environ.get("SIMULATOR_OPTIONS", ""))
    return [sys.executable, "-m", "simulator", "serve", *usual, *wanted, *options]


def bot_settings(tenant: Mapping[str, Any], folder: Path, *, port: int) -> dict[str, str]:
    """The bot's environment variables for this pretend tenant."""
    reader, writer = tenant["clients"]["reader"], tenant["clients"]["writer"]
    return {
        "BOT_DEVELOPMENT": "yes",
        "BOT_HOST": "127.0.0.1",
        "BOT_PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TENANT_ID": tenant["tenant"],
        "ACCOUNT_DOMAIN": tenant["domain"],
        "GRAPH_URL": tenant["graph"],
        "GRAPH_AUTHORITY": tenant["authority"],
        "GRAPH_CA_FILE": tenant["ca_file"],
        "GRAPH_CLIENT_ID": reader["id"],
        "GRAPH_CLIENT_SECRET": reader["secret"],
        "GRAPH_WRITER_CLIENT_ID": writer["id"],
        "GRAPH_WRITER_CLIENT_SECRET": writer["secret"],
        "GRAPH_ROLE_EXTENSION": tenant["role_extension"],
        "GRAPH_IDENTIFIER_EXTENSION": tenant["identifier_extension"],
        "GRAPH_APP_ROLES": json.dumps(tenant["app_roles"]),
        "TEAMS_APP_ID": tenant.get("teams_app_id", ""),
        "TEAMS_APP_CATALOG_ID": tenant.get("app_catalog_id", ""),
        "ONEDRIVE_HOST": tenant.get("sites_host", ""),
        "EXPECTED_LISTS_FOLDER": tenant.get("lists_folder", ""),
        "ACCOUNT_LISTS_FOLDER": tenant.get("account_lists_folder", ""),
        "GRAPH_APP_ROLES_RESOURCE": tenant.get("app_roles_resource", ""),
        "SCHOOLS_FILE": tenant.get("schools_file", ""),
        "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
        "KEY_FILE": str(folder / "keys" / "master.key"),
        "ADMIT_SYNTHETIC_IDENTIFIERS": "yes",
        **ALWAYS_INTAKE,
    }


def without_patience(folder: Path) -> dict[str, str]:
    """Settings with which directors work at every hour of the coming weeks and a request is late at once."""
    today = day_in_bulgaria()
    days = [{"from": (today + timedelta(days=number)).isoformat()} for number in range(-1, 120)]
    file = folder / "school-days.json"
    file.write_text(json.dumps({"on": days}), encoding="utf-8")
    return {
        "SCHOOL_DAYS_FILE": str(file),
        "WORKING_HOURS": "0-24",
        "TRANSFER_REMIND_DAYS": "0",
        "TRANSFER_OVERDUE_DAYS": "0",
        "TRANSFER_ESCALATE_DAYS": "0",
    }


def clean_environment() -> dict[str, str]:
    """This process's environment without anything that reads like a setting of the bot."""
    return {name: value for name, value in os.environ.items() if not name.startswith(SETTING_PREFIXES)}


def has(line: str, key: str) -> bool:
    """Whether the line is a JSON object with this key."""
    try:
        found = json.loads(line)
    except ValueError:
        return False
    return isinstance(found, dict) and key in found
