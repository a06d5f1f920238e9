"""docs/tenant.md: every difference of a real tenant has a place where it is settled, or a check that tells."""

import re

from bot.runtime.doctor.checks import checks
from simulator.graph.dialect import PARTS
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "tenant.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\d)\. [^\n]+\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
SETTLED = re.compile(
    r"`[\w/]+\.(?:py|json|ftl|md)`|`[A-Z]+(?:_[A-Z]+)+`|ADR \d{4}|text `|guide,? step|SECURITY\.md|`make |`[\w/]+/`"
)


def rows(section: str) -> list[list[str]]:
    """The cells of each row, without the heads."""
    lines = [line for line in SECTIONS[section].splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def numbers(text: str) -> set[int]:
    """Checks that a cell names."""
    return {int(one) for one in re.findall(r"\b(\d{1,2})\b", text) if int(one) <= 21}


def test_every_request_is_there_and_has_a_check() -> None:
    requests = rows("1")

    assert [int(one[0]) for one in requests] == list(range(1, 26))
    assert all(numbers(one[-1]) for one in requests)
    assert [one[0] for one in requests if not SETTLED.search(one[3]) and "paged as" not in one[3]] == []


def test_every_row_is_settled_or_is_a_check() -> None:
    for section in "2345":
        found = rows(section)
        assert len(found) > 9, section
        for row in found:
            checked = re.search(r"checks? \d|^\d", row[-1]) is not None
            elsewhere = row[-1].startswith("– (")
            assert checked or elsewhere or SETTLED.search(" ".join(row[1:])), row


def test_every_check_is_named_and_every_switch_of_the_pretend_tenant_too() -> None:
    named = {number for section in "145" for row in rows(section) for number in numbers(" ".join(row[1:]))}
    switches = set(re.findall(r"`--([a-z-]+)`", PAGE))

    assert {one.number for one in checks()} - named == set()
    assert {name.replace("_", "-") for name in PARTS} - switches == set()
