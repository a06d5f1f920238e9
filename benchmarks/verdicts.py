"""The aims, and whether this run met them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.account_lists import ROWS, ListFigures
from benchmarks.national.chat import PATIENCE
from benchmarks.national.run import Figures
from benchmarks.passwords import LATENCY, PasswordFigures
from benchmarks.starting import Start
from benchmarks.transfers import TransferFigures
from benchmarks.turns import TurnCost


@dataclass(frozen=True, slots=True)
class Verdict:
    """One aim: what was measured beside what is wanted."""

    aim: str
    measured: str
    met: bool


def verdicts(
    turns: Mapping[str, TurnCost],
    calls: Mapping[str, float],
    intents: Mapping[str, int],
    starts: Sequence[Start],
    *,
    passwords: PasswordFigures,
    transfers: TransferFigures,
    lists: ListFigures,
    week: Figures,
) -> list[Verdict]:
    """The aims in the order they are promised."""
    ours = turns["help"].cpu_ms
    of_slack, of_stock = ours / turns["slack"].cpu_ms, turns["botbuilder"].cpu_ms / ours
    of_raw = calls["this bot's directory"] / calls["raw aiohttp + json"]
    start = next(start for start in starts if start.name == "this bot")
    waited = max((seconds for tally in week.tallies.values() for seconds in tally.turns), default=0.0)
    begun = sum(tally.begun for tally in week.tallies.values())
    left = week.failed.total() + week.unfinished
    lookup, memory = intents["look-up by ЕГН, role known"], turns["lookup"].memory_mb
    return [
        Verdict("a help turn costs at most 1.2 × slack-bolt's echo", f"{of_slack:.2f} ×", of_slack <= 1.2),
        Verdict("… and is at least 8 × cheaper than stock botbuilder's", f"{of_stock:.1f} ×", of_stock >= 8),
        Verdict("a Graph call costs at most 3 × raw aiohttp", f"{of_raw:.2f} ×", of_raw <= 3),
        Verdict("a look-up is 3 Graph requests: who asks, who is meant, their classes", f"{lookup}", lookup <= 3),
        Verdict("listening within 1.2 s", f"{start.seconds:.2f} s", start.seconds <= 1.2),
        Verdict(
            f"a password is ready within 2 s of the confirmation, Graph taking {LATENCY} ms",
            f"{passwords.slowest_seconds:.2f} s at most",
            passwords.slowest_seconds < 2,
        ),
        Verdict(
            f"{transfers.open} open requests cost under 2 % of a core",
            f"{transfers.waiting_share:.2%}",
            transfers.waiting_share < 0.02,
        ),
        Verdict(
            f"a decision is carried out within 2 s of the press, Graph taking {LATENCY} ms",
            f"{transfers.slowest_seconds:.2f} s at most",
            transfers.slowest_seconds < 2,
        ),
        Verdict(
            f"a list of {ROWS} rows is read within 3 s",
            f"{lists.seconds:.2f} s, {lists.seconds / lists.only_cells:.1f} × openpyxl's cells alone",
            lists.seconds < 3,
        ),
        Verdict("… and others are answered within 100 ms", f"{1000 * lists.pause:.0f} ms at most", lists.pause < 0.1),
        Verdict(
            f"of {begun} wishes in a school week all are fulfilled",
            f"{left} were not",
            begun > 0 and not left,
        ),
        Verdict(
            f"… and all turns are answered within {PATIENCE:.0f} s", f"{waited:.1f} s at most", waited < PATIENCE
        ),
        Verdict("at most 140 MB after the load", f"{memory:.0f} MB", memory <= 140),
    ]
