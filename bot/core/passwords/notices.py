"""Who is told that something happened to a password. What they read never holds it."""

from datetime import datetime

from bot.core.passwords.model import NOTICE
from bot.core.tasks import NewTask

CLASS_TEACHER = "class-teacher"


def notice(what: str, operation_id: str, to: str, at: datetime, *, once: str = "") -> NewTask:
    """One message about one operation to one receiver (an object id or `CLASS_TEACHER`), written once, or once for
    each `once`.
    """
    key = f"{what}:{operation_id}:{to}" + (f":{once}" if once else "")
    return NewTask(NOTICE, key, at, {"what": what, "operation": operation_id, "to": to})
