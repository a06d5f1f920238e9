"""An answer for which a turn had no time: written down as a task, and sent as a message of its own when it is there.

Only what reads, and can be sent in a message, comes so (docs/adr/0060). What was typed is not kept: who typed it
presses again, and what was read for many is there at once.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from bot.announcer.speaking import Speaking
from bot.announcer.urgency import Urgency
from bot.conversation import Action, ConversationReference, Pressed, Reply, Said, Scope, Turn
from bot.core.clock import Clock
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.people.free_text import MOST_TYPED
from bot.core.tasks import AskedTasks, NewTask, Task, TaskHandler, TryAgain, code_of
from bot.core.turns import back_off
from bot.dialogs.dialog import Gate, Handler, Scene, Service, declared, gates_of
from bot.dialogs.menu import barred
from bot.presser import MENU_LIFETIME
from bot.router import Router, meant_by
from bot.seals import Holder, Sealer

log = logging.getLogger(__name__)

LATE_ANSWER = "answer.late"

ONCE_WITHIN = 180
"""Seconds within which the same press, made again while its answer is on its way, brings no second message."""

LONGEST_READING = 300.0
"""Seconds."""

_WRITING = 0.5
"""Seconds within which it is written down: the turn has none left."""

_SEALED = ("action", "seal")


class AwaitedPress(NamedTuple):
    """What was asked with a press whose answer may come later. `action.inputs` are what was chosen on the card."""

    service: Service[Any]
    handler: Handler[Any]
    action: Action


class LateAnswers:
    """Whether an answer may come later, and its task. `services` by their verbs."""

    def __init__(
        self, *, router: Router, sealer: Sealer, services: Mapping[str, Service[Any]], tasks: AskedTasks, clock: Clock
    ) -> None:
        self._router = router
        self._sealer = sealer
        self._services = services
        self._dialogs = tuple({service.name: service.dialog for service in services.values()}.values())
        self._gates = gates_of(self._dialogs)
        self._tasks = tasks
        self._clock = clock

    async def follows(self, turn: Turn, allowed: Collection[str] | None = None) -> bool:
        """Whether the answer to this turn will come by itself: if so, that is written down now. `allowed`: the
        services that the person may use, where the turn had time to learn it.
        """
        now = self._clock()
        turn = self._as_press(turn, allowed, now)
        asked = self.asked(turn)
        if asked is None or not isinstance(turn.occasion, Pressed):
            return False
        data = {name: turn.occasion.data[name] for name in _SEALED} | dict(asked.action.inputs)
        try:
            async with asyncio.timeout(_WRITING):
                await self._tasks.add([await self._unfinished(_task(turn, asked.action, data, now))])
        except (TimeoutError, StoreUnavailable) as error:
            log.warning("an answer will not follow: %s", type(error).__name__)
            return False
        return True

    async def _unfinished(self, task: NewTask) -> NewTask:
        """The task under a key that is still to be done: what came already is not what is asked for now."""
        key, times = task.key, 1
        while await self._tasks.is_over(task.kind, task.key):
            times += 1
            task = replace(task, key=f"{key}:{times}")
        return task

    def asked(self, turn: Turn) -> AwaitedPress | None:
        """None where only the person can press again."""
        pressed = turn.occasion
        if not isinstance(pressed, Pressed) or pressed.automatic:
            return None
        action = self._sealer.open(pressed.data, turn, self._clock())
        if not isinstance(action, Action) or action.verb != pressed.verb:
            return None
        service = self._services.get(action.verb)
        handler = None if service is None else service.dialog.follows(action)
        inputs = declared(pressed.data, self._gates, MOST_TYPED)
        chosen = {name: value for name, value in inputs.items() if self._gates[name] is Gate.CHOICE}
        if service is None or handler is None or any(inputs[name].strip() for name in inputs.keys() - chosen.keys()):
            return None
        return AwaitedPress(service, handler, replace(action, inputs=chosen))

    async def answer(self, scene: Scene) -> Reply | None:
        """The answer to the scene's press, as a message; None where there is none any more.

        Errors: OutsideError, also where it is not known who asks.
        """
        if scene.trouble:
            raise DirectoryUnavailable("role-unread")
        if (asked := self.asked(scene.turn)) is None:
            return None
        scene = replace(scene, action=asked.action)
        return barred(asked.service, scene) or await asked.handler(asked.service.cases, scene)

    def _as_press(self, turn: Turn, allowed: Collection[str] | None, now: datetime) -> Turn:
        """Of what was typed: the press it stands for. What somebody is called is kept nowhere."""
        if not isinstance(turn.occasion, Said):
            return turn
        heard = self._router.hear(turn.occasion.text)
        meant = None if heard.holds_identifier else meant_by(heard, self._dialogs, allowed)
        if meant is None or meant.action.inputs:
            return turn
        verb, ids = meant.action.verb, meant.action.ids
        sealed = self._sealer.seal(verb, Holder.of(turn), now, MENU_LIFETIME, ids=ids)
        return replace(turn, occasion=Pressed(verb, sealed))


def _task(turn: Turn, action: Action, data: Mapping[str, object], now: datetime) -> NewTask:
    # Not the nonce: a service that is typed twice is the same press.
    same = (turn.object_id, action.verb, dict(action.ids), dict(action.inputs))
    digest = sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()
    payload = {
        "to": turn.object_id,
        "tenant": turn.tenant_id,
        "conversation": turn.reference.conversation_id,
        "verb": action.verb,
        "press": json.dumps(data, ensure_ascii=False),
    }
    return NewTask(LATE_ANSWER, f"{digest[:40]}:{int(now.timestamp()) // ONCE_WITHIN}", now, payload)


def turn_of(task: Task, reference: ConversationReference) -> Turn | None:
    """The turn that is to be answered; None when the person's conversation is another by now."""
    given = task.payload
    if reference.conversation_id != given["conversation"]:
        return None
    pressed = Pressed(given["verb"], json.loads(given["press"]))
    return Turn("", given["tenant"], given["to"], Scope.PERSONAL, pressed, reference, reference.locale)


@dataclass(frozen=True, slots=True)
class SendLateAnswer(TaskHandler):
    """Task handler of `LATE_ANSWER`. `answer` is `Responder.later`: who asks, and whether they may, is read again."""

    kind = LATE_ANSWER
    urgency = Urgency.NEWS
    most_failures = 5
    first_pause = timedelta(seconds=5)
    concurrency = 4
    """So many at once in one process, apart from all other work: a list that is read for minutes delays nothing."""

    speaking: Speaking
    answer: Callable[[Turn], Awaitable[Reply | None]]

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        reference = await self.speaking.reference(task.payload["to"])
        turn = None if reference is None else turn_of(task, reference)
        if reference is None or turn is None:
            return
        try:
            async with asyncio.timeout(LONGEST_READING):
                reply = await self.answer(turn)
        except TimeoutError as error:
            raise TryAgain(back_off(task.failures, self.first_pause), "too-long", failed=True) from error
        if reply is not None:
            await self._send(task, reference, reply)

    async def on_dead_letter(self, task: Task, error: Exception) -> None:  # noqa: ARG002 -- whatever it was, nothing comes
        """Somebody waits for it: says that it does not come."""
        reference = await self.speaking.reference(task.payload["to"])
        if reference is None or turn_of(task, reference) is None:
            return
        t = self.speaking.catalog.speak(await self.speaking.language(reference))
        try:
            await self._send(task, reference, Reply(text=t("answer-does-not-follow")))
        except TryAgain as not_now:
            log.warning("a late answer %d was given up, nor was that said: %s", task.id, code_of(not_now))

    async def _send(self, task: Task, reference: ConversationReference, reply: Reply) -> None:
        await self.speaking.deliver(
            f"late-answer:{task.key}", reference, reply, "once", failures=task.failures, tries=task.attempt
        )
