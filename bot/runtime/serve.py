"""Serving: web app and worker, in one process or each in its own, from a clean start to a clean stop."""

import asyncio
import gc
import json
import signal
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack

from bot.core.errors import StoreUnavailable
from bot.database.failures import CannotOpen
from bot.graph.calls import warm
from bot.runtime import logs
from bot.runtime.container import built
from bot.runtime.housekeeping import keep_house, work
from bot.runtime.keys import KeyFileError
from bot.runtime.listening import listening, unhandled
from bot.runtime.settings import Settings, SettingsError
from bot.runtime.web import MESSAGES, application, limits
from bot.teams.options import ConfigurationError

SHUTDOWN_SECONDS = 10.0
"""How long turns under way may take to end after a stop was asked for."""


async def run(environment: Mapping[str, str]) -> int:
    """Serves until SIGINT or SIGTERM; 0 after a clean stop, 2 when it must not start (said on standard error).

    Says one JSON line on standard output when it listens: {"listening": "http://…/api/messages"}.
    """
    logs.set_up()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(unhandled)
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    try:
        settings = Settings.read(environment)
        await _serve(settings, stop)
    except (SettingsError, ConfigurationError, KeyFileError, CannotOpen) as error:
        print(error, file=sys.stderr)  # noqa: T201 -- read by the operator who just started it
        return 2
    except StoreUnavailable as error:
        print(f"The database cannot be reached: {error}", file=sys.stderr)  # noqa: T201 -- same
        return 2
    return 0


async def _serve(settings: Settings, stop: asyncio.Event) -> None:
    async with built(settings) as container, AsyncExitStack() as stack:
        try:
            host, port = await stack.enter_async_context(
                listening(
                    application(container),
                    limits(settings),
                    settings.bot_host,
                    settings.bot_port,
                    shutdown_seconds=SHUTDOWN_SECONDS,
                )
            )
        except OSError as error:
            raise SettingsError(f"The bot cannot start:\n- BOT_HOST, BOT_PORT: {error.strerror}") from error
        print(json.dumps({"listening": f"http://{host}:{port}{MESSAGES}"}), flush=True)  # noqa: T201 -- the contract
        async with asyncio.TaskGroup() as group:
            group.create_task(_settle())
            database, clock = container.database, container.clock
            running = [group.create_task(work(database, clock))]
            running.append(group.create_task(keep_house(database, clock, container.days)))
            running += [group.create_task(worker.run()) for worker in container.workers]
            if container.installing is not None:
                running.append(group.create_task(container.installing.run()))
            running.append(group.create_task(container.probing.run()))
            running.append(group.create_task(container.certificates.run()))
            if container.offices is not None:
                running.append(group.create_task(container.offices.run()))
            await stop.wait()
            for one in running:
                one.cancel()


async def _settle() -> None:
    """What the first line need not wait for. What stands then, stays: full garbage collections, each of which would
    hold up every turn for some 40 ms, no longer look through it.
    """
    await warm()
    gc.collect()
    gc.freeze()
    gc.enable()
