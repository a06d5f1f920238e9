"""Who is told that identifiers are being guessed from a director's account, and of what."""

from datetime import datetime, timedelta

from bot.core.actors.model import Actor
from bot.core.tasks import NewTask

ALARM_NEWS = "username.alarm"
"""Task kind: find out whom an alarm concerns; with `to`, tell one of them."""

_TOLD_EVERY = timedelta(hours=1)


def alarm(actor: Actor, at: datetime, until: datetime, *, office: bool = False, intake: bool = False) -> NewTask:
    """Tells the directors of the actor's school (the account itself, too: its session may be stolen), with `office`
    the experts of its region. `until`: when the pause ends; with `intake` it is the intake of the school that pauses.

    Once an hour: several presses at once miss together. School and region are written down: whoever ends the account
    at once must not end the telling of it.
    """
    school = actor.school
    hour = int(at.timestamp() // _TOLD_EVERY.total_seconds())
    payload = {
        "actor": actor.object_id,
        "tenant": actor.tenant_id,
        "school": school.id if school else "",
        "code": school.code if school else "",
        "name": school.name if school else "",
        "region": school.region if school else "",
        "at": at.isoformat(),
        "until": until.isoformat(),
    }
    key = f"{actor.object_id}:{hour}"
    if intake:
        payload["intake"] = "yes"
        key += ":intake"
    if office:
        payload["office"] = "yes"
        key += ":office"
    return NewTask(ALARM_NEWS, key, at, payload)
