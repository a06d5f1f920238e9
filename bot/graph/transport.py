"""Sends calls to Graph and brings answers: token, time-outs, repeats, batches, pages, budget, circuit breaker.

Nothing of a request or an answer leaves here in an exception; for what is logged see `wire.note`.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace

import aiohttp
from yarl import URL

from bot.core.errors import DirectoryBusy, DirectoryError, DirectoryMisunderstood, DirectoryUnavailable
from bot.graph.batch import Answer, Item, folded, refused_token, tells_of_refused_token, to_repeat, unfolded
from bot.graph.breaker import Breaker
from bot.graph.budget import Budget
from bot.graph.describing import Call, Priority
from bot.graph.failures import DEFAULT_RETRY_AFTER, RETRYABLE, busy, failure, retry_after
from bot.graph.machine import Machine
from bot.graph.options import GraphOptions
from bot.graph.paging import MOST_PAGES, followed, next_link, page_value, relative
from bot.graph.tokens import Tokens
from bot.graph.ways import TenantWays
from bot.graph.wire import Wire, note

MOST_ATTEMPTS = 4
_FIRST_BACKOFF = 0.2
_MOST_BACKOFF = 2.0
_RENEW_EVERY = 60.0


class GraphTransport:
    """One per process, on the process's one aiohttp session. `sent` counts HTTP requests by intent."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: Tokens,
        options: GraphOptions,
        machine: Machine | None = None,
        *,
        ways: TenantWays | None = None,
    ) -> None:
        """`ways`: how the tenant is asked; without them it is taken for one that takes everything."""
        self.wire = Wire(session, options)
        self.tokens = tokens
        self.options = options
        self.machine = machine or Machine()
        self.base = URL(options.base_url.rstrip("/"))
        self.budget = Budget(options.requests_per_second, options.teams_requests_per_second, self.machine.now)
        self.breaker = Breaker(self.machine.now)
        self._renew_from = 0.0
        self.sent: Counter[str] = Counter()
        self.ways = ways or TenantWays(options)

    async def send(self, call: Call) -> Answer:
        """One call, within the deadline. The answer is a success or a 4xx that `Answer.found` can judge.

        Errors: DirectoryError and its kinds.
        """
        return await self._send(call, self._address(call), self._ends(call.priority))

    async def send_once(self, call: Call) -> Answer:
        """One call whose repeats are somebody else's decision: once on the wire (again only after a 401, which did
        nothing), and the answer whatever its status.

        Errors: DirectoryBusy when it certainly did not leave; DirectoryUnavailable when it may have arrived.
        """
        address, deadline, renewed = self._address(call), self._ends(call.priority), False
        while True:
            try:
                token = await self._admitted(call, deadline)
                outcome = await self._attempt(call, address, token, deadline)
            except DirectoryBusy:
                raise
            except DirectoryError as error:  # no token, no time, or the breaker is open
                raise busy(DEFAULT_RETRY_AFTER, error.code, error.request_id) from None
            if isinstance(outcome, str):
                raise DirectoryUnavailable(outcome)
            if outcome.status == 401 and not renewed:
                renewed = True
                self.tokens.drop(token)
                continue
            if outcome.status == 429:
                self._throttled(call, outcome)
            return outcome

    async def batch(self, items: Sequence[Item | Call]) -> tuple[Answer, ...]:
        """At most 20 calls in one request, answers in the order asked. Items that failed for a moment are sent again,
        and once those whose token was refused, within one deadline. Each answer is to be judged by itself.

        Errors: DirectoryError and its kinds when the batch as a whole failed.
        """
        every = dict(enumerate(item if isinstance(item, Item) else Item(item) for item in items))
        machine = self.machine
        deadline = self._ends("high" if any(item.call.priority == "high" for item in every.values()) else "low")
        pending, renewed = every, False
        answers: dict[int, Answer] = {}
        for attempt in range(MOST_ATTEMPTS):
            call = folded(pending)
            try:
                whole = await self._send(call, self._address(call), deadline)
                told = unfolded(whole.value(), tuple(pending))
                self.heed(pending, told)
                answers |= told
            except DirectoryError:
                if not answers:
                    raise
                break  # what was answered stands; what was to be repeated keeps its own failure
            pending = to_repeat(every, answers, new_token=not renewed)
            renewed = renewed or bool(refused_token(answers))
            if not pending or attempt == MOST_ATTEMPTS - 1:
                break
            waits = [retry_after(answers[position].headers) for position in pending]
            pause = max([wait for wait in waits if wait is not None], default=self._backoff(attempt))
            if pause >= self._room(deadline):
                break
            await machine.sleep(max(pause, self._backoff(attempt)))
        return tuple(answers[position] for position in every)

    async def pages(self, call: Call, start: str | None = None) -> AsyncIterator[list[object]]:
        """The `value` of every page (from the link `start`, if given), each page within what nobody waits for
        and all of them within the sweep's deadline.

        Errors: DirectoryError and its kinds; DirectoryMisunderstood for a link to another host or in a circle.
        """
        machine = self.machine
        ends_at = machine.now() + self.options.sweep_deadline
        address: URL | None = self._address(call) if start is None else followed(start, self.base)
        seen: set[URL] = set()
        while address is not None:
            if address in seen or len(seen) >= MOST_PAGES:
                raise DirectoryMisunderstood("endless-pages")
            seen.add(address)
            deadline = min(ends_at, self._ends("low"))
            body = (await self._send(call, address, deadline, self.options.sweep_attempt_timeout)).value()
            link = next_link(body)
            yield page_value(body)
            address = None if link is None else followed(link, self.base)

    async def completed(self, call: Call, body: object) -> list[object]:
        """The `value` of a page that is here already, and of all pages after it. Errors: as `pages`."""
        everything = list(page_value(body))
        if (link := next_link(body)) is not None:
            async for page in self.pages(call, link):
                everything.extend(page)
        return everything

    async def all_in_batch(self, *calls: Call) -> list[object]:
        """The `value` of every page of calls that may only travel in a batch: their next pages travel together."""
        everything: list[object] = []
        seen: set[str] = set()
        while not seen.intersection(call.url for call in calls) and len(seen) < MOST_PAGES:
            seen |= {call.url for call in calls}
            more: list[Call] = []
            for call, answer in zip(calls, await self.batch(calls), strict=True):
                body = answer.value()
                everything.extend(page_value(body))
                if (link := next_link(body)) is not None:
                    more.append(replace(call, url=relative(link, self.base, call.version)))
            if not more:
                return everything
            calls = tuple(more)
        raise DirectoryMisunderstood("endless-pages")

    def heed(self, items: Mapping[int, Item], answers: Mapping[int, Answer]) -> None:
        """What a `$batch` was answered item by item: one that was throttled is so as if it had been sent alone, and
        stops the others of its own area (learn.microsoft.com/graph/throttling: each is judged by itself).
        """
        for position, answer in answers.items():
            if answer.status == 429:
                self._throttled(items[position].call, answer)

    def renew(self, token: str) -> None:
        """A new token before the next call, once a minute at most: this one may grant less than was granted since."""
        now = self.machine.now()
        if now >= self._renew_from:
            self._renew_from = now + _RENEW_EVERY
            self.tokens.drop(token)

    def _address(self, call: Call) -> URL:
        return URL(f"{self.base}/{call.version}{call.url}", encoded=True)

    def _ends(self, priority: Priority) -> float:
        """When a call that begins now must have ended: later where nobody waits."""
        options = self.options
        waits = options.deadline if priority == "high" else max(options.deadline, options.sweep_attempt_timeout)
        return self.machine.now() + waits

    def _room(self, deadline: float) -> float:
        """How long a pause may be. A longer one is told and not slept, also where nobody waits: there it is written
        to the task, which others can take up.
        """
        return min(deadline - self.machine.now(), self.options.deadline)

    async def _send(self, call: Call, address: URL, deadline: float, seconds: float | None = None) -> Answer:
        """`seconds` for one request; None: what its priority allows."""
        machine, attempt, renewed = self.machine, 0, False
        while True:
            token = await self._admitted(call, deadline)
            outcome = await self._attempt(call, address, token, deadline, seconds)
            if isinstance(outcome, Answer) and outcome.status == 401 and not renewed:
                renewed = True
                self.tokens.drop(token)
                continue
            if isinstance(outcome, Answer) and outcome.status not in RETRYABLE and outcome.status < 500:
                return outcome
            attempt += 1
            error, pause = self._judged(outcome, call, attempt)
            if pause is None or not call.repeatable or attempt >= MOST_ATTEMPTS:
                raise error
            if pause >= self._room(deadline):
                raise self._too_late(error, outcome, pause)
            await machine.sleep(pause)

    async def _admitted(self, call: Call, deadline: float) -> str:
        """A token, once budget and breaker let the call through."""
        machine = self.machine
        while (wait := self.budget.wait(call.cost, call.priority, call.areas)) > 0:
            if wait >= self._room(deadline):
                raise busy(wait, "own-budget")
            await machine.sleep(wait)
        self.budget.take(call.cost)
        remaining = deadline - machine.now()
        if remaining <= 0:
            raise DirectoryUnavailable("deadline")
        try:
            async with asyncio.timeout(remaining):
                return await self.tokens.bearer()
        except TimeoutError:
            raise DirectoryUnavailable("token-deadline") from None

    async def _attempt(
        self, call: Call, address: URL, token: str, deadline: float, seconds: float | None = None
    ) -> Answer | str:
        """One request on the wire: an answer, or the kind of failure that kept us from one."""
        machine = self.machine
        if not self.breaker.admits():
            raise DirectoryUnavailable("circuit-open")
        started = machine.now()
        self.sent[call.intent] += 1
        outcome: Answer | str | None = None
        try:
            options = self.options
            waits = options.attempt_timeout if call.priority == "high" else options.sweep_attempt_timeout
            outcome = await self.wire.exchange(call, address, token, min(seconds or waits, deadline - started))
        finally:
            if outcome is None:
                self.breaker.abandoned()
        broken = isinstance(outcome, str) or outcome.status >= 500
        (self.breaker.failed if broken else self.breaker.succeeded)()
        note(call, outcome, (machine.now() - started) * 1000)
        if isinstance(outcome, Answer) and call.items is not None and tells_of_refused_token(outcome):
            self.renew(token)
        return outcome

    def _judged(self, outcome: Answer | str, call: Call, attempt: int) -> tuple[DirectoryError, float | None]:
        """The error this failure would be, and the seconds to wait before a repeat (None: none makes sense)."""
        if isinstance(outcome, str):
            return DirectoryUnavailable(outcome), self._backoff(attempt - 1)
        error = failure(outcome.status, outcome.headers, outcome.body)
        if outcome.status not in RETRYABLE:
            return error, None
        asked = retry_after(outcome.headers)
        if outcome.status == 429:
            self._throttled(call, outcome)
        return error, max(asked or 0.0, self._backoff(attempt - 1))

    def _throttled(self, call: Call, answer: Answer) -> None:
        """Others that ask the same service wait, too, as long as Graph asks for."""
        self.budget.pause(retry_after(answer.headers) or 0.0, call.priority, call.areas)

    @staticmethod
    def _too_late(error: DirectoryError, outcome: Answer | str, pause: float) -> DirectoryError:
        """The pause Graph asks for ends after the deadline: tell the person when, instead of letting them wait."""
        if isinstance(outcome, Answer) and retry_after(outcome.headers) is not None:
            return busy(pause, error.code, error.request_id)
        return error

    def _backoff(self, attempt: int) -> float:
        base = min(_MOST_BACKOFF, _FIRST_BACKOFF * 2.0**attempt)
        return base * (0.5 + self.machine.chance() / 2)
