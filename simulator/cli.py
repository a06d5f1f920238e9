"""`python -m simulator serve` and `python -m simulator people`."""

import argparse
import asyncio
import json
import signal
import sys
from datetime import date
from pathlib import Path

from simulator.cli_tenant import add_tenant, administration_of, dialect_of
from simulator.days import day_in_bulgaria
from simulator.entra.clients import read_permissions
from simulator.graph.limits import APP_WRITES
from simulator.people.model import TenantOptions
from simulator.server import ServerOptions, running
from simulator.store.roster import roster
from simulator.store.tenant import Tenant


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; the exit code. Standard output carries JSON and nothing else."""
    parsed = _parser().parse_args(arguments)
    try:
        if parsed.command == "people":
            tenant = _tenant(parsed)
            tenant.check()
            _print_people(tenant, parsed.state, with_cases=parsed.cases)
            return 0
        options = _server_options(parsed)
        options.check()
    except (ValueError, OSError) as error:
        print(f"simulator: {error}", file=sys.stderr)
        return 2
    asyncio.run(_serve(options))
    return 0


def server_options(arguments: list[str]) -> ServerOptions:
    """What `serve` with these arguments would serve, for whoever serves it in this process. Errors: ValueError,
    OSError, SystemExit.
    """
    return _server_options(_parser().parse_args(["serve", *arguments]))


def _server_options(parsed: argparse.Namespace) -> ServerOptions:
    return ServerOptions(
        _tenant(parsed),
        parsed.state,
        port=parsed.port,
        latency=parsed.latency,
        throttle=parsed.throttle,
        errors=parsed.errors,
        writes_per_150s=parsed.writes_per_150s,
        all_limits=parsed.all_limits,
        links=parsed.links,
        dialect=dialect_of(parsed),
        administration=administration_of(parsed),
        permissions=read_permissions(parsed.permissions) if parsed.permissions else None,
        named=parsed.named,
    )


def _tenant(parsed: argparse.Namespace) -> TenantOptions:
    return TenantOptions(today=parsed.today, schools=parsed.schools, students=parsed.students, seed=parsed.seed)


async def _serve(options: ServerOptions) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows has no such handlers
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    async with running(options) as simulator:
        print(json.dumps(simulator.description), flush=True)
        await stop.wait()


def _print_people(options: TenantOptions, state: Path, *, with_cases: bool) -> None:
    tenant = Tenant(options, state)
    try:
        print(json.dumps(roster(tenant, with_cases=with_cases), ensure_ascii=False, indent=1))
    finally:
        tenant.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve Graph and the token endpoint on 127.0.0.1 until interrupted")
    people = commands.add_parser("people", help="print who can be played and looked up, as one JSON object")
    for command in (serve, people):
        command.add_argument("--state", type=Path, default=Path("var/simulator"), help="folder for generated data")
        command.add_argument("--schools", type=int, default=6)
        command.add_argument("--students", type=int, default=1500)
        command.add_argument("--seed", type=int, default=1)
        command.add_argument(
            "--today", type=date.fromisoformat, default=day_in_bulgaria(), help="decides ages and grades"
        )
    people.add_argument("--cases", action="store_true", help="also say which special case each student is")
    serve.add_argument("--port", type=int, default=0)
    serve.add_argument(
        "--named",
        action="store_true",
        help="links under Microsoft's own names, for clients to whom graph.microsoft.com and the others lead here",
    )
    serve.add_argument("--latency", type=float, default=0, metavar="MS", help="milliseconds added to each request")
    serve.add_argument("--throttle", type=float, default=0, metavar="RATE", help="share of requests answered 429")
    serve.add_argument("--errors", type=float, default=0, metavar="RATE", help="share of requests answered 5xx")
    serve.add_argument(
        "--writes-per-150s",
        type=int,
        default=APP_WRITES,
        metavar="N",
        help="changes to accounts one application may make in 150 seconds (Microsoft's limit: 3000)",
    )
    serve.add_argument(
        "--all-limits",
        action="store_true",
        help="Microsoft's published limits on reads, Teams and files too (without it: only on changes)",
    )
    serve.add_argument("--links", action="store_true", help="a teacher's class links in every state (school 2990001)")
    add_tenant(serve)
    return parser
