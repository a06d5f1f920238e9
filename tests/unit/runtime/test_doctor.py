"""The doctor's words, what it prints, and how it reads tokens and permissions: without any tenant."""

import ast
import base64
import json
import re
from pathlib import Path

import pytest

from bot.runtime.doctor import checks as listed
from bot.runtime.doctor.checks import checks
from bot.runtime.doctor.claims import Claims, claims_of
from bot.runtime.doctor.examination import (
    Finding,
    Phrase,
    Status,
    differs,
    good,
    said,
    skipped,
    worst,
    wrong,
)
from bot.runtime.doctor.permissions import PermissionsUnreadable, wanted
from bot.runtime.doctor.run import doctor
from bot.runtime.doctor.telling import Report, Telling
from bot.runtime.settings import Settings
from bot.texts.catalog import LANGUAGES, Catalog

ROOM = Path(listed.__file__).parent
NOT_SAID = {
    "label-asked", "label-came", "label-meaning", "label-mend", "summary", "summary-settings", "summary-good",
    "summary-mend", "summary-interrupted", "reset-confirm", "reset-unconfirmed",
}  # fmt: skip
"""What is printed beside findings."""
SAME = {
    "came-words", "came-versions", "asked-get", "asked-batch", "tenant-id-asked", "pages-asked", "drive-asked",
    "app-asked",
}  # fmt: skip
"""What needs no words."""
TERMS = {"ЕГН", "ЛНЧ", "НЕИСПУО", "служебен", "номер"}
"""Of the register, which have no English name."""
ASKED, CAME, MEANING, MEND = said("settings-asked"), said("came-read"), said("settings-right"), said("network-mend")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.load(ROOM)


def calls() -> list[tuple[str, str, frozenset[str]]]:
    """Every `said(…)` of the code: its place, its text, its arguments."""
    found = []
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said":
                text = node.args[0]
                assert isinstance(text, ast.Constant), f"{path.name}:{node.lineno}: the text is written out"
                names = frozenset(str(keyword.arg) for keyword in node.keywords)
                found.append((f"{path.name}:{node.lineno}", str(text.value), names))
    return found


def test_every_text_exists_with_its_arguments_and_none_is_dead(catalog: Catalog) -> None:
    used = calls()
    assert len(used) > 200
    assert [where for where, text, _ in used if not catalog.resolves(text)] == []
    assert [where for where, text, names in used if catalog.variables(text) != names] == []
    assert catalog.ids - {text for _, text, _ in used} == NOT_SAID


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_of_its_language_and_polite(catalog: Catalog, language: str) -> None:
    voice = catalog.speak(language)
    for text_id in catalog.ids:
        text = voice(text_id, **dict.fromkeys(catalog.variables(text_id), 1))
        ours, theirs = set(re.findall("[а-яА-Я]{2,}", text)), re.findall("[a-z]{2,}", text)
        assert text_id in SAME or (ours if language == "bg" else theirs and ours <= TERMS), (text_id, text)
        assert "!" not in text, text_id
        assert not re.search(r"\bви\b|\bвас\b|\bваш", text), f"{text_id}: „Вие“ has a capital"


def test_there_are_21_checks_in_their_order() -> None:
    made = checks()
    assert [one.number for one in made] == list(range(1, 22))
    assert len({one.name for one in made}) == 21
    assert all(0 < one.seconds <= 30 for one in made)


def test_what_fails_always_says_how_to_mend_it() -> None:
    """The type asks for it; a warning may be a difference that the bot copes with."""
    assert wrong(ASKED, CAME, MEANING, MEND).to_mend
    assert differs(ASKED, CAME, MEANING, MEND).to_mend
    assert not differs(ASKED, CAME, MEANING).to_mend
    assert not good(ASKED, CAME, MEANING).to_mend
    assert not skipped(ASKED, MEANING).to_mend


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ((good(ASKED, CAME, MEANING), skipped(ASKED, MEANING)), 0),
        ((differs(ASKED, CAME, MEANING),), 0),
        ((differs(ASKED, CAME, MEANING, MEND), good(ASKED, CAME, MEANING)), 1),
        ((wrong(ASKED, CAME, MEANING, MEND),), 1),
    ],
)
def test_the_exit_code_says_whether_something_is_to_be_mended(findings: tuple[Finding, ...], code: int) -> None:
    assert Report({"settings": findings}).code == code
    assert Report({"settings": findings}, interrupted=True).code == 2


def test_the_worst_finding_is_the_checks_status() -> None:
    fine, other, no = good(ASKED, CAME, MEANING), differs(ASKED, CAME, MEANING), wrong(ASKED, CAME, MEANING, MEND)
    assert worst((fine, other, no)) is Status.FAIL
    assert worst((skipped(ASKED, MEANING), fine, other)) is Status.WARN
    assert worst((skipped(ASKED, MEANING), fine)) is Status.OK
    assert worst((skipped(ASKED, MEANING),)) is Status.SKIPPED
    assert worst(()) is Status.SKIPPED


def test_nothing_secret_personal_or_of_two_lines_is_printed(catalog: Catalog) -> None:
    telling = Telling(catalog.speak("en"), ["hunter2-hunter2", "hunter2"])

    told = telling.words(Phrase("came-words", {"words": "hunter2-hunter2\n4146054046 hunter2 2990001 " + "x" * 3000}))

    assert told.startswith("••• ")
    assert "hunter2" not in told
    assert not re.search(r"\d{6}", told)
    assert "\n" not in told
    assert len(told) <= 2000
    tenant = "5a1e0000-0000-4000-8000-002990000000"
    assert tenant in telling.words(said("came-tenant", tenant=tenant))


def token(body: object) -> str:
    part = base64.urlsafe_b64encode(json.dumps(body).encode()).decode().rstrip("=")
    return f"e30.{part}.x"


@pytest.mark.parametrize(
    ("given", "claims"),
    [
        (token({"tid": "T", "appid": "A", "roles": ["b", 1]}), Claims("t", "a", frozenset({"b"}))),
        (token({"tid": "T", "azp": "A"}), Claims("t", "a", frozenset())),
        (token({}), Claims("", "", frozenset())),
        (token([]), None),
        ("opaque", None),
        ("a.b.c", None),
        ("a.\x00.c", None),
        ("", None),
    ],
)
def test_a_token_is_read_or_it_is_not(given: str, claims: Claims | None) -> None:
    assert claims_of(given) == claims


def test_what_is_wanted_follows_the_settings() -> None:
    bare = Settings(tenant_id="t")
    both = Settings(tenant_id="t", expected_lists_folder="Класове", teams_app_catalog_id="x")

    assert wanted("reader", both).needed - wanted("reader", bare).needed == {"Sites.Selected"}
    assert "Sites.Selected" in wanted("reader", bare).allowed
    assert wanted("writer", both).needed - wanted("writer", bare).needed == {
        "TeamsAppInstallation.ReadWriteSelfForUser.All"
    }
    assert all("Read" in name or name == "Sites.Selected" for name in wanted("reader", both).allowed)


@pytest.mark.parametrize("content", [None, "", "[]", '{"reader": 1}', '{"reader": {"permissions": [1]}}'])
def test_a_release_without_its_list_of_permissions_is_told(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "permissions.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(PermissionsUnreadable):
        wanted("reader", Settings(tenant_id="t"), file)


def test_the_image_holds_the_list_of_permissions() -> None:
    deploy = ROOM.parents[2] / "deploy"
    assert "COPY deploy/permissions.json ./deploy/permissions.json" in (deploy / "Dockerfile").read_text()
    assert "!deploy/permissions.json" in (deploy / "Dockerfile.dockerignore").read_text().splitlines()


async def test_settings_with_which_the_bot_would_not_start_are_told_and_the_rest_is_skipped(capsys) -> None:
    assert await doctor({"APP_PASSWORD": "hunter2"}, ["--json", "--language", "bg"]) == 1

    told = json.loads(capsys.readouterr().out)
    assert [one["status"] for one in told["checks"]] == ["fail", *["skipped"] * 20]
    assert "TENANT_ID" in told["checks"][0]["findings"][0]["came"]
    assert "hunter2" not in json.dumps(told)


async def test_unknown_options_and_help_examine_nothing(capsys) -> None:
    assert await doctor({}, ["--no-such-option"]) == 2
    assert await doctor({}, ["--language", "de"]) == 2
    assert await doctor({}, ["--school", "2990001' or"]) == 2
    assert await doctor({}, ["--help"]) == 0
    assert "APP" not in capsys.readouterr().out


@pytest.mark.parametrize("typed", ["", "yes\n", "somebody.else@edu.mon.bg\n"])
async def test_a_write_that_is_not_confirmed_is_not_made(monkeypatch, capsys, typed: str) -> None:
    monkeypatch.setattr("sys.stdin.readline", lambda: typed, raising=False)

    assert await doctor({}, ["--reset-test-account", "trial@edu.mon.bg"]) == 2

    said_ = capsys.readouterr()
    assert said_.out == ""
    assert "нищо не е направено" in said_.err
