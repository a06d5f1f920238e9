"""How well typed words are understood, measured on seven sets and printed in every run.

Every set was looked at after it was first measured, and words and weights were mended by it: what this test prints is
how little was lost since, not how well strangers will be understood. That is told by the figures at first sight, each
taken after the set was written and before anything was mended by it:

                 understood               without lines of earlier sets     `none` lines that opened something
    examiner     499 of 524 = 95.2 %      410 of 435 = 94.3 %               11 of 142
    examiner_2   314 of 339 = 92.6 %      279 of 304 = 91.8 %                6 of 111
    examiner_3   242 of 259 = 93.4 %      226 of 243 = 93.0 %                6 of  93
    examiner_4   228 of 242 = 94.2 %      216 of 230 = 93.9 %                8 of  84
    examiner_5   117 of 121 = 96.7 %      111 of 115 = 96.5 %                4 of  78

`held_out` is by the author of the lists of words; the `examiner` sets are by one other person, the `none` lines on
purpose near the words of the services. Whoever adds a set measures it first and writes the figures here.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.dialogs import DIALOGS
from bot.router import Router
from bot.texts.catalog import Catalog

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[3].parent / "shared" / "facts" / "utterances.json"

COMMANDS = {
    "lookup": "lookup",
    "reset": "password",
    "transfer": "transfer",
    "pending": "requests",
    "new_accounts": "new-accounts",
    "class_links": "class-links",
    "help": "help",
    "language": "language",
}
HARMLESS = {None, "help"}


@pytest.fixture(scope="module")
def router() -> Router:
    return Router(Catalog.load(), DIALOGS)


@pytest.mark.parametrize("path", [SHARED, *sorted(HERE.glob("*.json"))], ids=lambda path: path.stem)
def test_people_are_understood(router: Router, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the project (folder `shared`)")
    lines: Mapping[str, Sequence[str]] = json.loads(path.read_text(encoding="utf-8"))
    understood = {
        intent: sum(router.hear(line).name == command for line in lines[intent])
        for intent, command in COMMANDS.items()
    }
    opened = {line: heard for line in lines["none"] if (heard := router.hear(line).name) not in HARMLESS}

    total, right = sum(len(lines[intent]) for intent in COMMANDS), sum(understood.values())
    with capsys.disabled():
        print(
            f"\n{path.name}: {right} of {total} = {right / total:.1%}; none: {len(opened)} of {len(lines['none'])} opened"
        )
        for intent, count in understood.items():
            print(f"  {intent:13}{count:4} of {len(lines[intent]):3} = {count / len(lines[intent]):.1%}")
    assert right / total >= 0.9
    assert len(opened) / len(lines["none"]) <= 0.02, opened
    assert min(count / len(lines[intent]) for intent, count in understood.items()) >= 0.8


def test_no_line_is_expected_to_mean_two_things() -> None:
    meant: dict[str, set[str]] = {}
    for path in HERE.glob("*.json"):
        for intent, lines in json.loads(path.read_text(encoding="utf-8")).items():
            for line in lines:
                meant.setdefault(line.casefold(), set()).add(intent)

    assert not {line: intents for line, intents in meant.items() if len(intents) > 1}
