"""Who is told that something happened to a password. What they read never holds it."""

from datetime import datetime, timedelta

from bot.core.passwords.model import ALARM, NOTICE, Job, NewOperation
from bot.core.tasks import NewTask

CLASS_TEACHER = "class-teacher"

_TOLD_EVERY = timedelta(hours=1)


def alarm(about: NewOperation | Job, presser: str, now: datetime) -> NewTask:
    """Tells its director that somebody else pressed a button for it: once an hour of the same person's presses."""
    kind = "job" if isinstance(about, Job) else "operation"
    hour = int(now.timestamp() // _TOLD_EVERY.total_seconds())
    payload = {"what": "alarm", kind: about.id, "to": about.actor, "at": now.isoformat()}
    return NewTask(ALARM, f"alarm:{about.id}:{about.actor}:{presser}:{hour}", now, payload)


GIVEN_UP = "given-up"


def given_up(about: NewOperation, at: datetime) -> NewTask:
    """Tells who asked for it that a password was not set, when they look at its card no more: of a class once. A
    release that does not know this would say that it was set.
    """
    of = {"job": about.job} if about.job else {"operation": about.id}
    key = f"{GIVEN_UP}:{about.job or about.id}:{about.actor}"
    return NewTask(NOTICE, key, at, {"what": GIVEN_UP, "to": about.actor, **of}, version="3")


def notice(what: str, operation_id: str, to: str, at: datetime) -> NewTask:
    """One message about one operation to one receiver (an object id or `CLASS_TEACHER`), written once."""
    return NewTask(NOTICE, f"{what}:{operation_id}:{to}", at, {"what": what, "operation": operation_id, "to": to})
