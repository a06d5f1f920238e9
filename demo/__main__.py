"""`python -m demo` (make demo): pretend tenant, bot, Teams-like clients. `python -m demo serve`: no clients."""

import argparse
import shlex
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from demo import cast, playground, screen, stack
from demo.outside import Outside
from demo.processes import Program, ProgramFailed, free_port, stop_all
from demo.workplace import NoFolderFree, workplace
from tools.node import NodeMissing

DEMO_PACE = "0.1"
"""A page of 500 takes 0.3 s: long enough to be seen."""

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """0 after Ctrl-C, 1 when a program failed."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["demo", "serve"], default="demo")
    parser.add_argument(
        "--simulator", default="", metavar="OPTIONS", help="passed on, e.g. '--schools 50 --latency 200'"
    )
    parser.add_argument("--folder", type=Path, default=ROOT / "var", help="where databases, keys and logs go")
    parser.add_argument(
        "--late",
        action="store_true",
        help="requests are late at once: every day and hour is working time, none to wait",
    )
    given = parser.parse_args()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupt(stop))
    programs: list[Program] = []
    try:
        with workplace(given.folder.resolve()) as folder:
            try:
                run(given.what, folder, shlex.split(given.simulator), programs, stop, late=given.late)
            finally:
                stop.set()
                stop_all(programs)
    except KeyboardInterrupt:
        return 0
    except (ProgramFailed, NodeMissing, NoFolderFree, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run(
    what: str,
    folder: Path,
    simulator_options: Sequence[str],
    programs: list[Program],
    stop: threading.Event,
    *,
    late: bool,
) -> None:
    """Starts what was asked for, then watches it until `stop`. Errors: ProgramFailed naming which one ended."""
    settings = stack.without_patience(folder) if late else {}
    standing = stack.start(
        folder, simulator_options=("--links", "--pace", DEMO_PACE, *simulator_options), more_settings=settings
    )
    programs.extend(standing.programs)
    if what == "serve":
        print(standing.line, flush=True)
    else:
        chosen = cast.choose(cast.read_people(standing.tenant))
        addresses = {}
        for player in chosen.players:
            port = free_port()
            others = [other for other in chosen.players if other is not player]
            programs.append(
                playground.start(
                    player,
                    others=others,
                    tenant=chosen.tenant,
                    bot=standing.bot,
                    port=port,
                    folder=folder / player.key,
                )
            )
            addresses[player.key] = f"http://127.0.0.1:{port}"
        page = Outside(standing.tenant, chosen.second_director.school_code)
        text = screen.invitation(chosen, addresses, bot=standing.bot, folder=str(folder), outside=page.address)
        print(text, flush=True)
        screen.open_browser(addresses[chosen.first_director.key])
    while not stop.wait(0.3):
        for program in programs:
            if not program.running:
                raise program.failure()


def interrupt(stop: threading.Event) -> None:
    """On the first Ctrl-C leaves whatever is being waited for; while everything is being stopped, nothing."""
    if not stop.is_set():
        stop.set()
        raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
