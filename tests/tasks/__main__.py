"""Thirteen tasks of the people whom the bot serves, played in the browser: what each takes, beside what it may take.

`python -m tests.tasks [--only username,slips] [--language bg] [--out out/tasks]` (make walk). Counts words, presses and
what is filled in; measures each card at 320 pixels; pictures at 320 and 640. Writes tasks.md and tasks.json and
returns 1 when a task takes more than it may.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright

from demo import cast, stack
from demo.processes import ProgramFailed, stop_all
from demo.workplace import workplace
from tests.e2e.playground import launch
from tests.e2e.walk import Room
from tests.tasks.person import NARROW, GaveUp, Taken
from tests.tasks.wanted import SCREEN, TASKS, Stage, Task

OUT = Path(__file__).resolve().parents[2] / "out" / "tasks"
ALLOWED = {"LOOKUPS_OTHER_PER_DAY": "1000", "LOOKUPS_OWN_PER_DAY": "1000"}


@dataclass(frozen=True, slots=True)
class Played:
    """A task in one language. `trouble`: why it was not finished."""

    task: Task
    language: str
    taken: Taken
    trouble: str

    @property
    def missed(self) -> tuple[str, ...]:
        """What of the goal was missed."""
        goal, taken = self.task.goal, self.taken
        found = [self.trouble.splitlines()[0]] if self.trouble else []
        if taken.presses > goal.presses:
            found.append(f"{taken.presses} presses instead of {goal.presses}")
        if taken.words > goal.words:
            found.append(f"{taken.words} words instead of {goal.words}")
        if goal.filled is not None and taken.fields + taken.choices > goal.filled:
            found.append(f"{taken.fields + taken.choices} filled in instead of {goal.filled}")
        first = taken.cards[0].first if taken.cards else None
        if goal.seen and (first is None or first > SCREEN):
            found.append(f"first button at {first} px, below the first screen ({SCREEN})")
        found += [
            f"cut off at {NARROW} px on {card.name}: {' / '.join(card.cut).replace(chr(10), ' ')[:80]}"
            for card in taken.cards
            if card.cut
        ]
        return tuple(found)

    def told(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "task": self.task.name,
            "language": self.language,
            **self.taken.told(),
            "trouble": self.trouble,
            "missed": self.missed,
        }

    def row(self) -> str:
        """As the table has it."""
        taken, cards = self.taken, self.taken.cards
        first, tallest = (cards[0] if cards else None), max((card.height for card in cards), default=0)
        cells = (
            self.task.wanted,
            self.language,
            self.task.was,
            str(self.task.goal.presses),
            str(taken.presses),
            str(taken.words),
            str(taken.fields),
            str(taken.choices),
            str(taken.answers),
            f"{first.first} / {first.lines}" if first else "",
            f"{max((card.first or 0 for card in cards), default=0)}",
            str(tallest),
            "; ".join(self.missed) or "yes",
        )
        return f"| {' | '.join(cells)} |"


HEAD = (
    "| task | language | was | presses at most | presses | words | inputs | choices | answers "
    "| first button of the first card (px / lines above) | lowest first button (px) | tallest (px) | reached |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def play(tasks: Sequence[Task], language: str, folder: Path, out: Path, browser: Any, *, late: bool) -> list[Played]:
    """Plays them in the product, started for them."""
    settings = stack.without_patience(folder) if late else {}
    standing = stack.start(folder, simulator_options=("--links",), more_settings={**settings, **ALLOWED})
    programs = list(standing.programs)
    played: list[Played] = []
    try:
        people = cast.read_people(standing.tenant)
        room = Room(folder, standing, cast.choose(people), people, browser, programs)
        for task in tasks:
            stage = Stage(room, language, out)
            played.append(_played(task, stage))
            stage.close()
            stop_all(programs[len(standing.programs) :])
            del programs[len(standing.programs) :]
            print(played[-1].row(), flush=True)
    finally:
        stop_all(programs)
    return played


def _played(task: Task, stage: Stage) -> Played:
    stage.task, trouble = task.name, ""
    for old in stage.pictures.glob(f"{task.name}-{stage.language}-*.png"):
        old.unlink()
    try:
        task.play(stage)
    except (GaveUp, BrowserError, AssertionError) as error:
        trouble = f"{type(error).__name__}: {error}"
        for number, client in enumerate(stage.clients, start=1):
            client.page.screenshot(path=stage.pictures / f"{task.name}-{stage.language}-failed-{number}.png")
    taken = stage.persons[0].taken if stage.persons else Taken()
    return Played(task, stage.language, taken, trouble)


def main() -> int:
    """0 when every goal is reached."""
    parser = argparse.ArgumentParser(prog="python -m tests.tasks", description=__doc__)
    parser.add_argument("--only", default=",".join(task.name for task in TASKS), help="tasks, with commas between")
    parser.add_argument("--language", default="bg,en")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    out = given.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    chosen = [task for task in TASKS if task.name in given.only.split(",")]
    played: list[Played] = []
    began = time.monotonic()
    print(HEAD)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for language in given.language.split(","):
            for late in (False, True):
                if some := [task for task in chosen if task.late == late]:
                    with workplace(OUT.parent / "tasks-run") as folder:
                        played += play(some, language, folder, out, browser, late=late)
        browser.close()
    played.sort(key=lambda one: (TASKS.index(one.task), one.language))
    rows = "\n".join(one.row() for one in played)
    (out / "tasks.md").write_text(f"{HEAD}\n{rows}\n", encoding="utf-8")
    told = json.dumps([one.told() for one in played], ensure_ascii=False, indent=1)
    (out / "tasks.json").write_text(told + "\n", encoding="utf-8")
    missed = [one for one in played if one.missed]
    print(f"{len(played) - len(missed)} of {len(played)} as they should be; {time.monotonic() - began:.0f} s; {out}")
    for one in missed:
        print(f"  {one.task.name} ({one.language}): {'; '.join(one.missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ProgramFailed, FileNotFoundError) as error:
        sys.exit(str(error))
