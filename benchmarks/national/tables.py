"""The figures of a week as text."""

from collections.abc import Iterator, Sequence

from benchmarks.national.chat import PATIENCE, TURN_SECONDS
from benchmarks.national.demand import Intent
from benchmarks.national.run import Figures
from benchmarks.national.setups import TITLES
from benchmarks.national.usage import percentile
from benchmarks.tables import table

LEAST_FOR_A_SLOPE = 600.0
"""Seconds; before, memory grows because the bot is getting warm."""
_BUSY = 0.85
"""Of a core: a stand-in that works so much is what is measured, and not the bot."""


def of_week(figures: Figures) -> str:
    """Turns and wishes by intent."""
    head = ("intent", "wished", "fulfilled", "turns", "p50 s", "p99 s", "until done p50", "p99", "later", "failed")
    rows = []
    for intent in Intent:
        tally = figures.tallies.get(intent)
        if tally is None:
            continue
        times = (percentile(tally.turns, 0.5), percentile(tally.turns, 0.99))
        whole = (percentile(tally.whole, 0.5), percentile(tally.whole, 0.99))
        rows.append(
            (
                intent.value,
                str(tally.begun),
                str(len(tally.whole)),
                str(len(tally.turns)),
                *(f"{value:.2f}" for value in (*times, *whole)),
                str(tally.followed),
                str(tally.failed.total()),
            )
        )
    return table(head, rows)


def of_intents(figures: Figures) -> str:
    """What one wish costs."""
    areas = ("education", "identity", "teams", "files")
    head = ("one alone", "turns", "Graph requests", "items", *(f"{area} units" for area in areas), "CPU ms", "a turn")
    rows = [
        (
            intent.value,
            f"{cost.turns:.1f}",
            f"{cost.requests:.1f}",
            f"{cost.items:.1f}",
            *(f"{cost.units.get(area, 0):.1f}" for area in areas),
            f"{cost.cpu_ms:.0f}",
            f"{cost.cpu_ms / cost.turns:.1f}" if cost.turns else "–",
        )
        for intent, cost in figures.alone.items()
    ]
    return table(head, rows)


def of_whole(figures: Figures) -> str:
    """The set-up as a whole."""
    turns, graph, memory = figures.turns, figures.graph, figures.memory
    if graph is None or memory is None or not turns:
        return "\nnothing was measured"
    everything = [value for tally in figures.tallies.values() for value in tally.turns]
    failed, long = figures.failed, figures.seconds >= LEAST_FOR_A_SLOPE
    shares = ", ".join(
        f"{name} {seconds / figures.seconds:.0%}" for name, seconds in figures.cpu.items() if name != "all"
    )
    rows = [
        ("turns a second", f"{turns / figures.seconds:.1f}"),
        ("p50, p99 of all turns", f"{percentile(everything, 0.5):.2f} s, {percentile(everything, 0.99):.2f} s"),
        (f"answered after more than {PATIENCE:.0f} s", f"{sum(value > PATIENCE for value in everything)}"),
        ("wishes not fulfilled: failed, still going on", f"{failed.total()}, {figures.unfinished}"),
        ("… of these with an apology", str(failed["apology"])),
        ("CPU of the bot for each turn, work behind it included", f"{figures.bots_cpu / turns * 1000:.1f} ms"),
        ("Graph requests, items of batches counted", f"{graph.items} ({graph.items / figures.seconds:.0f} a second)"),
        ("… of which answered 429", f"{graph.throttled} ({graph.throttled / max(1, graph.items):.1%})"),
        ("… resource units", ", ".join(f"{area} {units}" for area, units in graph.units.items() if units)),
        ("changes of accounts sent", f"{graph.passwords} ({graph.passwords / figures.seconds:.1f} a second)"),
        ("memory of the bot: start, median, end", f"{memory.start:.0f}, {memory.median:.0f}, {memory.end:.0f} MB"),
        ("… slope over the second half", f"{memory.slope:+.0f} MB an hour" if long else "too short to tell"),
        ("cores used", shares),
        ("other work on the machine", f"{figures.other_work:.1f} cores"),
    ]
    return table((TITLES[figures.setup], ""), rows)


def remarks(figures: Figures, *, wanted_writes: float, writes: float) -> Iterator[str]:
    """What has to be known before the figures are believed."""
    minutes = figures.offered_seconds / 60
    if wanted_writes > writes:
        yield (
            f"Too much: {wanted_writes:.1f} passwords a second were asked for and {writes:.0f} are allowed; they need"
            f" {wanted_writes * minutes / writes:.0f} minutes instead of {minutes:.0f}."
        )
    yield from _too_much(figures)
    yield from _of_the_load(figures)
    for intent, tally in figures.tallies.items():
        for kind, count in tally.failed.most_common(5):
            yield f"{intent}: {count} × {kind}"


def _too_much(figures: Figures) -> Iterator[str]:
    """That the bot could not keep up."""
    begun = sum(tally.begun for tally in figures.tallies.values())
    if begun and figures.unfinished > begun / 100:
        yield f"Too much: {figures.unfinished} of {begun} wishes were not over when the waiting ended."
    slow = percentile([value for tally in figures.tallies.values() for value in tally.turns], 0.99)
    if slow > PATIENCE:
        yield f"Too much: one turn in a hundred took longer than {PATIENCE:.0f} s (given up at {TURN_SECONDS:.0f} s)."


def _of_the_load(figures: Figures) -> Iterator[str]:
    """What else than the bot the figures may come from."""
    begun = sum(tally.begun for tally in figures.tallies.values())
    if (busy := sum(tally.busy for tally in figures.tallies.values())) > begun / 10:
        yield (
            f"{busy} of {begun} wishes began late, their person being busy with another: fewer came at a time than"
            " were drawn. More schools, or more minutes, come closer to people."
        )
    if (late := percentile(figures.late, 0.99)) > 0.1:
        yield f"The load itself was late, by {late:.2f} s at p99: part of the times above is its own."
    if figures.cpu.get("simulator", 0.0) > _BUSY * figures.seconds:
        yield "The pretend tenant was the narrowest place: it worked without pause, and the times above are its own."
    if figures.other_work > 0.1:
        yield f"The machine had other work meanwhile: {figures.other_work:.1f} cores."


def printed(figures: Figures, said: Sequence[str]) -> str:
    """All of it."""
    parts = [of_whole(figures), of_week(figures), *([of_intents(figures)] if figures.alone else [])]
    return "\n".join(parts) + "\n\n" + "\n".join(f"- {each}" for each in said)
