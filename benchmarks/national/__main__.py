"""`python -m benchmarks.national` (make bench-national): the first school week of a country, squeezed into minutes.

Teams is played for every school of a pretend tenant with Graph at 100 ms and Microsoft's published limits. People
come when they come (their moments are drawn), not when the bot is ready. The whole country in half an hour:
--schools 2300 --students 700000 --minutes 30; its busiest hour: the same with --part 15 --minutes 60. What is assumed
of people: benchmarks/national/demand.py.
"""

import argparse
import asyncio
import os
import platform
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from benchmarks.national import setups, tables
from benchmarks.national.chat import NotAnswered, Words
from benchmarks.national.country import Country
from benchmarks.national.demand import Intent, Wanted, week
from benchmarks.national.run import Figures, Play, one_by_one
from benchmarks.national.teams import Teams
from benchmarks.national.usage import as_json
from demo import stack
from demo.processes import ProgramFailed

RESULT = stack.ROOT / "out" / "national.json"
SHORT = "--schools 20 --students 6000 --minutes 1 --part 30 --setups sqlite --alone 0"
"""What `make bench` plays: a third of the school week of twenty schools, in a minute."""


def main(arguments: list[str] | None = None) -> int:
    """0 when everything was measured, whatever the figures; 1 when something broke."""
    given = _read(sys.argv[1:] if arguments is None else arguments)
    if not 0 <= given.share <= 100 or not 0 < given.part <= 100 or given.minutes <= 0:
        print("--share and --part are per cent, --minutes more than 0", file=sys.stderr)
        return 2
    try:
        with tempfile.TemporaryDirectory() as folder:
            run(Path(folder), given)
    except (ProgramFailed, NotAnswered, ValueError, OSError) as error:
        print(f"The benchmark broke: {error}", file=sys.stderr)
        return 1
    return 0


@dataclass(frozen=True, slots=True)
class Played:
    """A set-up that was measured. `about`: machine, command and date; `remarks`: what has to be known beside it."""

    about: str
    figures: Figures
    remarks: list[str]


def run(folder: Path, given: argparse.Namespace) -> None:
    """Measures and prints each set-up that is wanted, and keeps the figures in a file."""
    about, measured = "", []
    for one in played(folder, given):
        print(tables.printed(one.figures, one.remarks), flush=True)
        about = one.about
        measured.append({**one.figures.plain(), "remarks": one.remarks})
    given.result.parent.mkdir(exist_ok=True)
    given.result.write_text(as_json({"about": about, "setups": measured}), encoding="utf-8")


def in_short(folder: Path) -> Played:
    """What `SHORT` comes to. Errors: ProgramFailed, NotAnswered."""
    given = _read(SHORT.split())
    given.state = folder / "state"
    (one,) = played(folder, given)
    return one


def played(folder: Path, given: argparse.Namespace) -> Iterator[Played]:
    """Each set-up that is wanted, one after the other; prints first what is played."""
    say("The people …")
    country = Country(given.schools, given.students, given.state)
    try:
        random = Random(given.seed)  # noqa: S311 -- draws a load that can be had again
        drawn = week(country, given.share / 100, given.minutes * 60, random, times=given.times)
        chosen = [one for one in drawn if random.random() < given.part / 100]
        wishes = [one for one in chosen if one.intent.name in given.intents]
        about = _about(given, country, wishes)
        print(about)
        for name in given.setups.split(","):
            say(f"{setups.TITLES[name]} …")
            figures = asyncio.run(_measured(name, folder / name, country, wishes, given))
            wanted = sum(one.students for one in wishes) / (given.minutes * 60)
            yield Played(about, figures, list(tables.remarks(figures, wanted_writes=wanted, writes=given.writes)))
    finally:
        country.close()


async def _measured(
    name: str, folder: Path, country: Country, wishes: list[Wanted], given: argparse.Namespace
) -> Figures:
    size = ("--schools", str(given.schools), "--students", str(given.students))
    options = (*size, "--latency", str(given.latency), "--state", str(given.state), "--all-limits")
    settings = {"PASSWORD_WRITES_PER_SECOND": str(given.writes)}
    random, figures = Random(given.seed), Figures(name)  # noqa: S311 -- same
    with setups.started(name, folder, options, settings) as setup:
        async with Teams() as teams:
            play = Play(setup, country, teams, Words(), random, figures)
            if given.alone:
                some = one_by_one(country, random, given.alone)
                await play.alone([several for several in some if several[0].intent.name in given.intents])
            await play.all(wishes, given.minutes * 60, drain=given.drain)
    return figures


def _about(given: argparse.Namespace, country: Country, wishes: list[Wanted]) -> str:
    """Machine, command and date."""
    counted = {intent: sum(one.intent is intent for one in wishes) for intent in Intent}
    wished = ", ".join(f"{count} × {intent}" for intent, count in counted.items())
    command = f"python -m benchmarks.national {given.command}"
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {command.strip()}\n{machine}\n"
        f"{len(country.schools)} schools, {given.students} students, {given.share:g} % forgot,"
        f" {given.part:g} % of a week in {given.minutes:g} minutes; Graph at {given.latency:g} ms\n"
        f"{len(wishes)} wishes: {wished}"
    )


def _read(arguments: list[str]) -> argparse.Namespace:
    given = _parser().parse_args(arguments)
    given.command = shlex.join(arguments)
    return given


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.national",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--schools", type=int, default=60, help="up to 2300 (default 60)")
    parser.add_argument("--students", type=int, default=18_000, help="up to 700000 (default 18000)")
    parser.add_argument("--minutes", type=float, default=4.0, help="into which the week is squeezed (default 4)")
    parser.add_argument("--share", type=float, default=3.0, help="per cent who forgot: 3, 10, 25 (default 3)")
    parser.add_argument(
        "--part",
        type=float,
        default=100.0,
        help="per cent of the week that comes; 15: its busiest hour (default 100)",
    )
    parser.add_argument("--times", type=float, default=1.0, help="as many of everything but passwords (default 1)")
    parser.add_argument(
        "--setups", type=_setups, default="sqlite,postgres", help="sqlite, postgres or both (default)"
    )
    parser.add_argument("--latency", type=float, default=100.0, help="of Graph, in milliseconds (default 100)")
    parser.add_argument(
        "--writes",
        type=int,
        default=18,
        help="PASSWORD_WRITES_PER_SECOND (default 18: Graph takes 20, moves included)",
    )
    parser.add_argument(
        "--intents",
        type=_intents,
        default=frozenset(Intent.__members__),
        metavar="NAMES",
        help=f"some of {','.join(Intent.__members__).lower()} (default: all)",
    )
    parser.add_argument("--drain", type=float, default=60.0, help="seconds to wait after the last (default 60)")
    parser.add_argument(
        "--alone", type=int, default=3, help="how many of each intent are measured alone, 0: none (default 3)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--result", type=Path, default=RESULT, help="a file for the figures, as JSON")
    parser.add_argument(
        "--state", type=Path, default=stack.ROOT / "var" / "national", help="where the generated tenant is kept"
    )
    return parser


def _setups(text: str) -> str:
    if unknown := set(text.split(",")) - set(setups.TITLES):
        raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))}")
    return text


def _intents(text: str) -> frozenset[str]:
    wanted = frozenset(text.upper().split(","))
    if unknown := wanted - set(Intent.__members__):
        raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))}")
    return wanted


def say(text: str) -> None:
    """A word for whoever waits."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
