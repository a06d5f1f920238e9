"""The services of the bot: one line each, in the order of the menu. Everything else is derived from `DIALOGS`.

The menu begins with what each role needs most. A director: usernames and passwords (before every national test online
the regional offices send all students to the director for just these), then requests, which have a term of days;
classrooms are last, the bot speaks of them first. A deputy: requests, for which they are authorised. A teacher has
classrooms, and the own class; an expert requests, then the schools of the region.
"""

from importlib import import_module
from typing import Any

from bot.dialogs.dialog import Dialog

FOLDERS = (
    "lookup",
    "password",
    "requests",
    "transfer",
    "accounts",
    "account_lists",
    "intake",
    "region",
    "class_links",
    "own_class",
    "help",
    "language",
)

DIALOGS: tuple[Dialog[Any], ...] = tuple(import_module(f"bot.dialogs.{folder}").DIALOG for folder in FOLDERS)
