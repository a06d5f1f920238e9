"""`python -m benchmarks` (make bench): one run, one machine, ratios. Bots on core 0, load and stand-ins on core 1.

The absolute figures are this machine's; the ratios are what is promised. Ends with 1 only when something broke.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from benchmarks import account_lists, intents, passwords, starting, transfers, turns
from benchmarks.channel import Channel
from benchmarks.contenders import Contender, OurBot, rival
from benchmarks.cost import on_core
from benchmarks.national.__main__ import in_short
from benchmarks.national.chat import NotAnswered
from benchmarks.national.tables import of_week, of_whole
from benchmarks.starting import Start
from benchmarks.tables import (
    call_table,
    intent_table,
    password_table,
    start_table,
    transfer_table,
    turn_table,
    verdict_table,
)
from benchmarks.turns import TurnCost
from benchmarks.verdicts import verdicts
from demo import cast, stack
from demo.processes import Program, ProgramFailed, free_port

RESULT = stack.ROOT / "out" / "bench.json"
WITHOUT_BUDGET = {"LOOKUPS_OWN_PER_DAY": "1000000", "LOOKUPS_OTHER_PER_DAY": "1000000"}


def main() -> int:
    """0 when everything was measured, whatever the figures; 1 when something broke."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--turns", type=int, default=400, help="turns per round (a quarter for the slowest)")
    given = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            run(Path(folder), given.rounds, given.turns)
    except (ProgramFailed, NotAnswered, RuntimeError, OSError) as error:
        print(f"The benchmark broke: {error!r}", file=sys.stderr)
        return 1
    return 0


def run(folder: Path, rounds: int, per_round: int) -> None:
    """Measures everything, and prints each table as soon as its figures are there."""
    say("Graph calls …")
    calls = graph_calls(folder, rounds, per_round // 2)
    print(call_table(calls), flush=True)
    say("Turns …")
    costs, counted, starts = asyncio.run(bots(folder, rounds, per_round))
    print(turn_table(costs.values(), costs["botbuilder"].cpu_ms))
    print(intent_table(counted))
    print(start_table(starts), flush=True)
    say("Passwords …")
    set_ = asyncio.run(passwords.measure(folder / "passwords"))
    print(password_table(set_), flush=True)
    say("Transfer requests …")
    moved = asyncio.run(transfers.measure(folder / "transfers"))
    print(transfer_table(moved), flush=True)
    say("Lists of accounts …")
    lists = asyncio.run(account_lists.measure())
    say("A school week, in short …")
    week = in_short(folder / "week").figures
    print(of_whole(week), of_week(week), sep="\n", flush=True)
    found = verdicts(costs, calls, counted, starts, passwords=set_, transfers=moved, lists=lists, week=week)
    print(verdict_table(found))
    RESULT.parent.mkdir(exist_ok=True)
    result = {
        "turns": {name: asdict(cost) for name, cost in costs.items()},
        "graph_calls_ms": calls,
        "graph_requests": counted,
        "starts": [asdict(start) for start in starts],
        "passwords": asdict(set_),
        "transfers": asdict(moved),
        "account_lists": asdict(lists),
        "school_week": week.plain(),
        "verdicts": [asdict(one) for one in found],
    }
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def graph_calls(folder: Path, rounds: int, calls: int) -> dict[str, float]:
    """CPU milliseconds per Graph call: the client on core 0, the stand-in for Graph on core 1."""
    with on_core(1):
        stub = Program(
            "the stand-in for Graph",
            [sys.executable, "-m", "benchmarks.stub_graph"],
            log=folder / "graph.log",
            cwd=stack.ROOT,
            env=stack.clean_environment(),
        )
    try:
        address = json.loads(stub.wait_for_line(lambda line: stack.has(line, "listening"), seconds=30))["listening"]
        command = [sys.executable, "-m", "benchmarks.graph_calls", address, str(rounds), str(calls)]
        with on_core(0):
            run = subprocess.run(command, cwd=stack.ROOT, capture_output=True, text=True, check=False)
    finally:
        stub.stop()
    if run.returncode:
        raise RuntimeError(run.stderr)
    measured: dict[str, float] = json.loads(run.stdout)
    return measured


async def bots(folder: Path, rounds: int, per_round: int) -> tuple[dict[str, TurnCost], dict[str, int], list[Start]]:
    """Turns, Graph requests and starts of every bot."""
    async with Channel() as channel:
        with ExitStack() as running:
            with on_core(0):
                slow = per_round // 4
                rivals = {
                    "botbuilder": rival("botbuilder", channel, folder, turns=slow),
                    "agents": rival("agents", channel, folder, turns=per_round),
                    "slack": rival("slack", channel, folder, turns=per_round),
                    "slack-shared": rival("slack", channel, folder, turns=per_round, shared_session=True),
                }
                for contender in rivals.values():
                    if contender.program:
                        running.callback(contender.program.stop)
                standing = stack.start(folder / "ours", more_settings=WITHOUT_BUDGET)
                for program in standing.programs:
                    running.callback(program.stop)
            with on_core(1):
                bot = OurBot(standing, channel, cast.read_people(standing.tenant))
                counted = await intents.measure(bot)
                contenders: dict[str, Contender] = {
                    **rivals,
                    "help": bot.help_turn(per_round),
                    "lookup": bot.lookup_turn(slow),
                }
                measured = await turns.measure(tuple(contenders.values()), rounds=rounds)
            say("Starts …")
            starts = start_times(standing, folder)
    return dict(zip(contenders, measured, strict=True)), counted, starts


def start_times(standing: stack.Stack, folder: Path) -> list[Start]:
    """Start to listening: ours with an empty database, and a stock botbuilder bot beside it."""
    settings = stack.bot_settings(standing.tenant, folder / "start", port=free_port())
    (folder / "start").mkdir()
    environment = {**stack.clean_environment(), **settings}
    with on_core(0):
        return [
            starting.measure("this bot", [sys.executable, "app.py"], environment, tries=5),
            starting.measure(
                "botbuilder 4.17.1, stock, echo",
                [sys.executable, "-m", "benchmarks.rivals.botbuilder_echo"],
                stack.clean_environment(),
                tries=5,
            ),
        ]


def say(text: str) -> None:
    """A word for whoever waits."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
