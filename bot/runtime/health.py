"""How the process is: whether the database answers, and whether the tasks are being done."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from aiohttp import web

from bot.core.clock import APART, Clock
from bot.core.errors import StoreUnavailable
from bot.database.queue import QueueCounts

LATE = timedelta(minutes=10)
"""A due task waits so long only if no worker runs, or far too few."""

ASKED_EVERY = timedelta(seconds=2)
"""Anybody may open the page, and counting costs the database something: between two counts the last one is told."""


class Health:
    """The health page: 503 without a database, otherwise 200. That tasks are late or dead is for people to look at:
    restarting the process that answers would not help.
    """

    def __init__(
        self,
        counts: Callable[[], Awaitable[QueueCounts]],
        clock: Clock,
        in_doubt: Callable[[], bool] = lambda: False,
        directory: Callable[[], Mapping[str, str | int | bool]] = dict,
        installs: Callable[[], str] | None = None,
        *,
        lead: Callable[[], timedelta] = timedelta,
        certificates: Callable[[], str | None] = lambda: None,
        offices: Callable[[], int | None] = lambda: None,
    ) -> None:
        """`counts` is `StoredQueue.counts`, `in_doubt` says whether the clock may be wrong (docs/adr/0050), `lead`
        how far the bot's own time is ahead of the machine's (docs/adr/0093),
        `directory` is `TenantWays.shown`: what Graph takes; `installs` whether the bot can install itself (None: this
        process does not try); `certificates` whether one of them ends soon (None: there are none);
        `offices` of how many regions nobody can be told of requests (None: not known here).
        """
        self._offices = offices
        self._installs = installs
        self._certificates = certificates
        self._in_doubt = in_doubt
        self._lead = lead
        self._counts = counts
        self._directory = directory
        self._clock = clock
        self._known: QueueCounts | None = None
        self._asked_at: datetime | None = None
        self._asking = asyncio.Lock()

    async def __call__(self, _: web.Request) -> web.Response:
        """The page, as JSON."""
        async with self._asking:
            counts = await self._ask()
        if counts is None:
            return web.json_response({"database": "unavailable"}, status=503)
        page: dict[str, object] = {"database": "available", "tasks": tasks(counts, self._clock())}
        lead = self._lead()
        page["clock"] = "in-doubt" if self._in_doubt() else "ahead" if lead > APART else "running"
        if lead > APART:
            page["clock_ahead_seconds"] = int(lead.total_seconds())
        if self._installs is not None:
            page["installs"] = self._installs()
        if certificates := self._certificates():
            page["certificates"] = certificates
        if offices := self._offices():
            page["offices_unreached"] = offices
        if directory := self._directory():
            page["directory"] = dict(directory)
        return web.json_response(page)

    async def _ask(self) -> QueueCounts | None:
        now = self._clock()
        if self._asked_at is None or not timedelta(0) <= now - self._asked_at < ASKED_EVERY:
            try:
                self._known = await self._counts()
            except StoreUnavailable:
                self._known = None
            self._asked_at = now
        return self._known


def tasks(counts: QueueCounts, now: datetime) -> dict[str, str | int]:
    """What the page says of the tasks. `late` is told before `dead`: it concerns everybody who waits now."""
    waits = timedelta(0) if counts.oldest_due is None else max(now - counts.oldest_due, timedelta(0))
    state = "late" if waits > LATE else "dead" if counts.dead else "running"
    return {
        "state": state,
        "due": counts.due,
        "oldest_due_seconds": int(waits.total_seconds()),
        "dead": counts.dead,
    }
