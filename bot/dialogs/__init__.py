"""The services of the bot: one line each, in the order of the menu. Everything else is derived from `DIALOGS`.

The menu begins with what each role needs most (docs/adr/0066). A director: usernames and passwords before the national
tests and on the first school days (two letters of the regional office ask for just these), then requests, which wait for
days; classrooms are news of their own. A deputy: requests, which is what they are authorised for. A teacher has
classrooms only, an expert requests only.
"""

from importlib import import_module
from typing import Any

from bot.dialogs.dialog import Dialog

FOLDERS = (
    "lookup",
    "password",
    "requests",
    "transfer",
    "new_accounts",
    "class_links",
    "help",
    "language",
)

DIALOGS: tuple[Dialog[Any], ...] = tuple(import_module(f"bot.dialogs.{folder}").DIALOG for folder in FOLDERS)
