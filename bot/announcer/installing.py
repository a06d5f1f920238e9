"""Somebody without the app is to be told something: the app is installed for them where that is allowed, and they are
looked for again as long as it waits for them.
"""

from datetime import timedelta

from bot.core.tasks import Task, TryAgain
from bot.core.transfers.ports import Installer

_SOON, _LATER = timedelta(seconds=15), timedelta(minutes=10)
_SOON_ATTEMPTS = 12
_INSTALL_EVERY = 6
"""Attempts between two tries to install the app."""


def tries_now(task: Task) -> bool:
    """Whether this attempt tries to install it; most only look again."""
    return (task.attempt - 1) % _INSTALL_EVERY == 0


async def installed_now(installer: Installer, task: Task, person: str) -> bool:
    """Whether this attempt of the task installed it. Errors: DirectoryError and its kinds."""
    return tries_now(task) and await installer.install(person)


def look_again(task: Task) -> TryAgain:
    """When to look again. Installed, the app says so by itself in a moment, and with it where the person can be
    spoken to.
    """
    return TryAgain(_SOON if task.attempt <= _SOON_ATTEMPTS else _LATER, "not-installed")
