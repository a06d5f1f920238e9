"""Tells that identifiers are being guessed from a director's account: the directors of its school, the account itself
among them, and where several schools are concerned the regional office. No message says whose identifiers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta

from bot.announcer.speaking import Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import Reply
from bot.core.actors.directors import WhoDirects
from bot.core.actors.model import Actor, Role
from bot.core.actors.ports import KnownExperts
from bot.core.people.model import School
from bot.core.people.regions import region_key
from bot.core.tasks import NewTask, Task, TaskHandler, TaskQueue
from bot.core.usernames.alarm import ALARM_NEWS
from bot.texts.catalog import Translate
from bot.texts.moments import moment
from cards.notice import notice_card

_BEFORE_IT_WAS_TOLD = timedelta(hours=1)
"""How long a pause was, by the words of a release that did not write down its end."""


@dataclass(frozen=True, slots=True)
class TellOfGuessing(TaskHandler):
    """Task handler of `ALARM_NEWS`. Payload: `actor`, `tenant`, `at`, `until`, of the school `school`, `code`, `name`
    and `region`, perhaps `office` or `intake`; of a message to one person also `to`. Whom it concerns is read
    again for each message.
    """

    kind = ALARM_NEWS
    urgency = Urgency.ALARM
    most_failures = 60
    """An alarm outlasts an outage of an hour."""

    speaking: Speaking
    _: KW_ONLY
    directors: WhoDirects
    experts: KnownExperts
    queue: TaskQueue

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        if "to" in task.payload:
            await self._tell(task)
        else:
            await self.queue.add(tuple(await self._each(task)))

    async def _each(self, task: Task) -> list[NewTask]:
        given, now = task.payload, self.speaking.clock()
        school = _school(given)
        people = [given["actor"], *await self.directors(school, given["tenant"])]
        if "office" in given and school.region:
            people += await self.experts.experts(school.region)
        # Who was told within the hour is not told again because of the office.
        once = task.key.removesuffix(":office")
        return [NewTask(ALARM_NEWS, f"{once}:{one}", now, {**given, "to": one}) for one in dict.fromkeys(people)]

    async def _tell(self, task: Task) -> None:
        given = task.payload
        receiver = await self.speaking.to(given["to"], given["tenant"])
        if receiver is None:
            return
        actor = await self.speaking.actors.fresh(given["actor"], given["tenant"])
        at = datetime.fromisoformat(given["at"])
        until = datetime.fromisoformat(given["until"]) if "until" in given else at + _BEFORE_IT_WAS_TOLD
        pause = Pause(moment(at, receiver.language), moment(until, receiver.language), intake="intake" in given)
        reply = guessing(receiver.t, pause, actor, receiver.actor, _school(given))
        if reply is not None:
            key = f"lookup-alarm:{task.key}"
            await self.speaking.deliver(
                key, receiver.reference, reply, "once", failures=task.failures, urgency=Urgency.ALARM
            )


@dataclass(frozen=True, slots=True)
class Pause:
    """What follows from guessing, in words: until when, and whether it was noticed in intake; `at`, when."""

    at: str
    until: str
    intake: bool = False


def guessing(t: Translate, pause: Pause, actor: Actor, receiver: Actor, school: School) -> Reply | None:
    """What the receiver is told of guessing from the actor's account; None where it does not concern them (now)."""
    paragraphs = tuple(_words(t, pause, actor, receiver, school)) if receiver.enabled else ()
    if not paragraphs:
        return None
    return Reply(card=notice_card(t, title=t("lookup-alarm-title"), paragraphs=paragraphs, buttons=()))


def _school(given: Mapping[str, str]) -> School:
    return School(given["school"], given["code"], given.get("name", ""), region=given.get("region", ""))


def _words(t: Translate, pause: Pause, actor: Actor, receiver: Actor, school: School) -> Iterator[str]:
    at, until = pause.at, pause.until
    if receiver.object_id == actor.object_id:
        yield t("lookup-alarm-intake-own" if pause.intake else "lookup-alarm-own", at=at, until=until)
        yield t("lookup-alarm-own-next")
    elif receiver.role is Role.DIRECTOR and receiver.school is not None and receiver.school.id == school.id:
        name = actor.name or t("lookup-alarm-somebody")
        words = "lookup-alarm-intake-colleague" if pause.intake else "lookup-alarm-colleague"
        yield t(words, name=name, at=at, until=until)
        yield t("lookup-alarm-colleague-next")
    elif receiver.role is Role.REGIONAL_OFFICE and _same_region(receiver, school):
        yield t("lookup-alarm-office", school=school.name, at=at, until=until)
        yield t("lookup-alarm-office-next")


def _same_region(receiver: Actor, school: School) -> bool:
    region = region_key(receiver.region)
    return bool(region) and region == region_key(school.region)
