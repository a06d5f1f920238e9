"""How well typed words are understood, printed in every run: on the sets that words were mended by, and on what was held out.

Every set was looked at after it was first measured, and words and weights were mended by it: what this test prints is
how little was lost since, not how well strangers will be understood. That is told by the figures at first sight, each
taken after the set was written and before anything was mended by it:

                 understood               without lines of earlier sets     `none` lines that opened something
    examiner     499 of 524 = 95.2 %      410 of 435 = 94.3 %               11 of 142
    examiner_2   314 of 339 = 92.6 %      279 of 304 = 91.8 %                6 of 111
    examiner_3   242 of 259 = 93.4 %      226 of 243 = 93.0 %                6 of  93
    examiner_4   228 of 242 = 94.2 %      216 of 230 = 93.9 %                8 of  84
    examiner_5   117 of 121 = 96.7 %      111 of 115 = 96.5 %                4 of  78
    unseen                                260 of 282 = 92.2 %               13 of 135
    unseen_2                              138 of 156 = 88.5 %               16 of  97
     … after mending by `unseen` alone    141 of 156 = 90.4 %               12 of  97
    unseen_3, after mending by both        82 of  84 = 97.6 %                2 of  53
    unseen_4, after mending by all three   85 of  88 = 96.6 %                7 of  67
    walked, of which half was known    47 of 110 = 42.7 %                9 of  31
     … before its own mending         105 of 110 = 95.5 %                1 of  31

`walked` was gathered where the router failed, and 60 lines like it were invented before it was asked again. Since then
passwords of a class that is named („паролите на 9а клас“) and intake („прием в първи клас“) are wishes, not nonsense; in
the lists tuned on such lines were moved, in those held out they still count as nonsense.

Three lines (one each in `examiner_2`, `unseen`, `unseen_2`) mean „Моята паралелка“ since there is that service; the
figures above counted them as class links or new accounts. No list was written for that service before its words.

`held_out` is by the author of the lists of words; the `examiner` sets are by one other person, the `none` lines on
purpose near the words of the services. `kept_back` is a third of all of these; the `unseen` sets are by a fourth hand.
Whoever adds a set measures it first and writes the figures here.
"""

import json
import re
from pathlib import Path

import pytest

from bot.dialogs import DIALOGS
from bot.router import Router
from bot.texts.catalog import Catalog
from tests.unit.router.utterances import (
    COMMANDS,
    HELD_OUT,
    TUNED_ON,
    Lines,
    Route,
    none_opened,
    opened,
    read,
    understood,
)

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[3].parent / "shared" / "facts" / "utterances.json"


@pytest.fixture(scope="module")
def router() -> Router:
    return Router(Catalog.load(), DIALOGS)


@pytest.mark.parametrize(
    "path", [SHARED, *(HERE / f"{name}.json" for name in (*TUNED_ON, "kept_back"))], ids=lambda path: path.stem
)
def test_people_are_understood(router: Router, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the project (folder `shared`)")
    lines: Lines = json.loads(path.read_text(encoding="utf-8"))
    said = {intent: command for intent, command in COMMANDS.items() if intent in lines}
    assert COMMANDS.keys() - said.keys() <= {"intake", "own_class", "region"}, (
        "services that are younger than most of the lists"
    )
    shares = {
        intent: sum(router.hear(line).name == command for line in lines[intent]) / len(lines[intent])
        for intent, command in said.items()
    }
    opens = opened(route_of(router), lines, "none")

    right, total = understood(route_of(router), lines)
    with capsys.disabled():
        print(
            f"\n{path.name}: {right} of {total} = {right / total:.1%}; none: {len(opens)} of {len(lines['none'])} opened"
        )
        for intent, share in shares.items():
            print(f"  {intent:13} of {len(lines[intent]):3} = {share:.1%}")
    assert right / total >= 0.9
    assert len(opens) / len(lines["none"]) <= 0.02, opens
    assert min(shares.values()) >= 0.8


def test_what_was_held_out_is_understood(router: Router, capsys: pytest.CaptureFixture[str]) -> None:
    """96 % of the wishes, and no more than 2 % of the nonsense opens anything. What must not be offered never is."""
    route = route_of(router)
    right, total = (
        sum(figures) for figures in zip(*(understood(route, read(name)) for name in HELD_OUT), strict=True)
    )
    opens, nonsense = (
        sum(figures) for figures in zip(*(none_opened(route, read(name)) for name in HELD_OUT), strict=True)
    )

    with capsys.disabled():
        print(f"\nheld out: {right} of {total} = {right / total:.1%}; nonsense: {opens} of {nonsense} opened")
    assert right / total >= 0.96
    assert opens / nonsense <= 0.02
    assert not {name: found for name in HELD_OUT if (found := opened(route, read(name), "vetoed"))}


def test_what_is_held_out_is_in_no_other_list() -> None:
    """Lines alike but for case and marks are the same line."""
    tuned = {key_of(line) for name in TUNED_ON for lines in read(name).values() for line in lines}
    held_out = {key_of(line) for name in HELD_OUT for lines in read(name).values() for line in lines}

    assert not tuned & held_out
    assert sorted(path.stem for path in HERE.glob("*.json")) == sorted((*TUNED_ON, *HELD_OUT))


def route_of(router: Router) -> Route:
    return lambda text: router.hear(text).name


def key_of(line: str) -> str:
    return re.sub(r"[\W_]+", " ", line.casefold()).strip() or line


def test_no_line_is_expected_to_mean_two_things() -> None:
    meant: dict[str, set[str]] = {}
    for path in HERE.glob("*.json"):
        for intent, lines in json.loads(path.read_text(encoding="utf-8")).items():
            for line in lines:
                meant.setdefault(line.casefold(), set()).add(intent)

    assert not {line: intents for line, intents in meant.items() if len(intents) > 1}
