"""The figures as text."""

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.passwords import LATENCY, PasswordFigures
from benchmarks.starting import Start
from benchmarks.transfers import TransferFigures
from benchmarks.turns import TurnCost
from benchmarks.verdicts import Verdict

NOTE = """The bots of the Bot Framework family, ours too, run without the channel's token here; checking one (RS256)
would add about 0.2 ms to each. slack-bolt checks its signature (HMAC). Figures are
this machine's; the ratios carry over."""


def turn_table(costs: Iterable[TurnCost], stock_ms: float) -> str:
    """CPU per turn."""
    rows = [
        (
            cost.name,
            f"{cost.cpu_ms:.2f}",
            f"{stock_ms / cost.cpu_ms:.1f} ×",
            f"{cost.per_second:.0f}",
            f"{cost.memory_mb:.0f}",
            f"±{cost.spread / 2:.0%}",
        )
        for cost in costs
    ]
    return table(("turn", "CPU ms", "cheaper than stock", "turns/s", "MB", "rounds differ"), rows)


def call_table(calls: Mapping[str, float]) -> str:
    """CPU per Graph call."""
    floor = calls["raw aiohttp + json"]
    rows = [(name, f"{value:.3f}", f"{value / floor:.2f} ×") for name, value in calls.items()]
    return table(("one Graph call (a person with schools and classes)", "CPU ms", "of raw"), rows)


def intent_table(counted: Mapping[str, int]) -> str:
    """Requests to Graph per intent."""
    return table(("intent", "Graph requests"), [(name, str(count)) for name, count in counted.items()])


def start_table(starts: Sequence[Start]) -> str:
    """Start to listening."""
    rows = [(start.name, f"{start.seconds:.2f}", f"{start.memory_mb:.0f}") for start in starts]
    return table(("start", "s until listening", "MB then"), rows)


def password_table(figures: PasswordFigures) -> str:
    """Passwords: one person's wait, and the throughput of classes."""
    rows = [
        (f"one person, from confirm to ready, Graph at {LATENCY} ms", f"{figures.ready_seconds:.2f} s"),
        ("… the slowest", f"{figures.slowest_seconds:.2f} s"),
        (
            f"classes at once, {figures.set_in_classes} passwords, 20 writes a second allowed",
            f"{figures.per_minute:.0f} a minute",
        ),
        ("… answered 429 by the published limits", f"{figures.refused}"),
        ("… CPU of the bot for each, conversation and database included", f"{figures.cpu_ms:.1f} ms"),
    ]
    return table(("temporary passwords", ""), rows)


def transfer_table(figures: TransferFigures) -> str:
    """Transfer requests: what waiting costs, and how long a decision takes."""
    rows = [
        ("the bot with nothing to do, of a core", f"{figures.idle_share:.2%}"),
        (f"… with {figures.open} open requests, in working hours", f"{figures.waiting_share:.2%}"),
        (f"from the press of approval to done, Graph at {LATENCY} ms", f"{figures.done_seconds:.2f} s"),
        ("… the slowest", f"{figures.slowest_seconds:.2f} s"),
    ]
    return table(("transfer requests", ""), rows)


def verdict_table(found: Sequence[Verdict]) -> str:
    """Aims and verdicts."""
    rows = [(one.aim, one.measured, "met" if one.met else "MISSED") for one in found]
    return table(("aim", "measured", "verdict"), rows) + f"\n\n{NOTE}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as they need; the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    text = "\n".join(
        "  ".join(
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )
    return f"\n{text}"
