"""One check of the doctor against a pretend tenant, with what it needs of those before it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.runtime.doctor.checks import checks
from bot.runtime.doctor.examination import Examination, Finding, Outside, examination
from bot.runtime.doctor.run import looked_at
from bot.runtime.settings import Settings
from demo.stack import bot_settings
from tests.unit.simulator.living import Client

APP_ID = "5a1e0000-0000-4000-8000-0000000000aa"
BEFORE: Mapping[str, tuple[str, ...]] = {
    "tenant": ("reader",),
    "domain": ("reader",),
    "school": ("reader",),
    "account": ("reader", "school"),
    "expand": ("reader", "school"),
    "filled": ("reader", "school", "expand"),
    "filter": ("reader",),
    "username": ("reader", "school", "expand"),
    "roles": ("reader", "school", "expand"),
    "classes": ("reader", "school", "expand"),
    "drive": ("reader", "school"),
    "writer": ("reader",),
    "app": ("reader", "school", "account"),
    "reset": ("reader",),
}


def environment(tenant: Client, folder: Path, **changed: str) -> dict[str, str]:
    """The settings of a start in development; an empty value leaves one out."""
    usual = {**bot_settings(tenant.description, folder, port=3999), "PUBLIC_URL": ""}
    return {name: value for name, value in {**usual, **changed}.items() if value}


def known_to_teams(tenant: Client, folder: Path, **changed: str) -> dict[str, str]:
    """Those of a bot that Teams knows."""
    return environment(
        tenant, folder, **{"BOT_DEVELOPMENT": "", "APP_ID": APP_ID, "APP_PASSWORD": "a-secret-of-the-bot", **changed}
    )


async def visit(
    name: str,
    settings: Mapping[str, str],
    outside: Outside | None = None,
    *,
    account: str = "",
    prepare: Callable[[Examination], Examination] = lambda room: room,
) -> tuple[Finding, ...]:
    """The findings of this check."""
    made = {one.name: one for one in checks(account)}
    async with examination(Settings.read(settings), outside or Outside()) as opened:
        room = prepare(opened)
        for needed in BEFORE.get(name, ()):
            await looked_at(made[needed], room)
        return await looked_at(made[name], room)


def said_of(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Status and meaning of each."""
    return [(one.status.value, one.meaning.text_id) for one in findings]


def settings_of(findings: tuple[Finding, ...]) -> dict[str, str]:
    """What to set."""
    return {name: value for one in findings for name, value in one.settings.items()}


class FixedTokens:
    """Gives one token, whoever asks."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def bearer(self) -> str:
        return self._token

    def drop(self, token: str) -> None:
        with suppress(AttributeError):
            self.dropped = token


def with_reader_token(token: str) -> Callable[[Examination], Examination]:
    """The reader's token, as Entra might have given it."""
    tokens: Any = FixedTokens(token)
    return lambda room: replace(room, reader_tokens=tokens)
