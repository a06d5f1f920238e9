"""The services of the bot: one line each, in the order of the menu. Everything else is derived from `DIALOGS`."""

from importlib import import_module
from typing import Any

from bot.dialogs.dialog import Dialog

FOLDERS = (
    "lookup",
    "password",
    "transfer",
    "requests",
    "new_accounts",
    "class_links",
    "help",
    "language",
)

DIALOGS: tuple[Dialog[Any], ...] = tuple(import_module(f"bot.dialogs.{folder}").DIALOG for folder in FOLDERS)
