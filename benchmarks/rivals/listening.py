"""Serves one aiohttp application on a free loopback port and says when it listens."""

import asyncio
import json
import signal

from aiohttp import web


def serve(app: web.Application, path: str) -> None:
    """Prints {"listening": address} and serves until SIGTERM."""
    asyncio.run(_serve(app, path))


async def _serve(app: web.Application, path: str) -> None:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    print(json.dumps({"listening": f"http://127.0.0.1:{port}{path}"}), flush=True)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    await runner.cleanup()
