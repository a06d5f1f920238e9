"""docs/guide-transcript.md belongs to the guide as it is: the same steps, every command, nothing of the machine or of a person."""

import re

import pytest

from tests.architecture.tree import ROOT
from tests.guide.reading import steps_of

PAGE = (ROOT / "docs" / "guide-transcript.md").read_text(encoding="utf-8")
STEPS = {number: step for number, step in steps_of(ROOT / "docs" / "guide.en.md").items() if number}
_FILLED_IN = re.compile(
    r"TENANT_ID|HOST_NAME|USERNAME|ANCHOR|FILE\.dump|'APP_ID'|TENANT-my|\bCODE\b|…|(?<=_CLIENT_ID=)ID|\"\$\w+\""
)
_RUN = re.compile(r"^\$ (.+)$", re.MULTILINE)


def sections() -> dict[int, str]:
    parts = re.split(r"^## (\d+)\. ", PAGE, flags=re.MULTILINE)
    return {int(number): text for number, text in zip(parts[1::2], parts[2::2], strict=True)}


def test_it_has_the_steps_of_the_guide() -> None:
    titles = re.findall(r"^## (\d+)\. (.+)$", PAGE, re.MULTILINE)

    assert [(int(number), title) for number, title in titles] == [(one.number, one.title) for one in STEPS.values()]


@pytest.mark.parametrize("number", STEPS)
def test_every_command_of_a_step_is_in_it(number: int) -> None:
    run = _RUN.findall(sections()[number])

    for command in STEPS[number].commands:
        wanted = ".*".join(map(re.escape, _FILLED_IN.split(command)))
        wanted = wanted.replace(re.escape(' --apply"'), r'.* --apply"')
        assert any(re.match(wanted, one) for one in run), command


def test_it_ends_in_a_doctor_with_nothing_to_mend_and_a_chat_that_works() -> None:
    last = PAGE.rpartition("run --rm worker doctor")[2]

    assert "There is nothing to mend." in last
    for hoped in ("Одобрихте искането", "ученикът вече е във Вашето училище", "Искане, отнесено към РУО"):
        assert hoped in last, hoped
    assert "`must-change`" in PAGE


def test_no_password_is_shown_or_read_aloud() -> None:
    aloud = re.findall(r"Чете се:\s*\n\s*(.*)", PAGE)

    assert aloud
    assert set(aloud) == {"•••••"}
    assert not re.search(r"\b[DFGKMRSTVZ][a-z]+ ?[a-z]* ?[2-9]{3,4}\b", PAGE)


def test_nothing_of_the_machine_and_no_secret_is_in_it() -> None:
    for found in (
        r"(?<![\w/])/(?:tmp|root|home|work|usr|var/folders)\b",
        r"\b\d{10}\b",
        "BEGIN ",
        "eyJ",
        r"127\.0\.0\.1:\d{5}",
    ):
        assert re.findall(found, PAGE) == [], found
