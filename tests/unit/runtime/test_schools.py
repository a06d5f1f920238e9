"""SCHOOLS_FILE at start, what is said without it, and the command that makes it."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.people.model import School
from bot.runtime.options import graph_options, writer_options
from bot.runtime.schools import make_schools, places_of
from bot.runtime.settings import Settings, SettingsError
from tests.unit.documents.test_register import EXPECTED, HEADS, ROWS, TITLES, text, workbook
from tests.unit.runtime.test_settings import LOCAL

ROOT = Path(__file__).parents[3]
BARE = School("a1", "2990001", "СУ „Липа“")


def settings(path: object = "") -> Settings:
    return Settings.read(LOCAL | {"SCHOOLS_FILE": str(path)})


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "schools.csv"
    path.write_text("code,name,town,region\n2990001,СУ „Липа“,Варна,Варна\n2990002,ОУ,Девня,\n", encoding="utf-8")
    return path


def test_the_file_tells_every_reader_where_schools_are(file, caplog):
    with caplog.at_level(logging.INFO):
        places = places_of(settings(file))

    assert graph_options(settings(file), places).places.completed(BARE).region == "Варна"
    assert "2 schools" in caplog.messages[-1]
    assert "no region for 1 schools" in caplog.messages[0]


def test_without_it_the_log_says_once_what_will_not_work(caplog):
    with caplog.at_level(logging.INFO):
        places = places_of(settings())

    assert places.completed(BARE) == BARE
    (said,) = caplog.messages
    assert "regional offices see no requests" in said
    assert "no towns" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"code,name,town,region\n2990001,A,B,Narnia\n", "row 2: `region`"),
        (b"", "first row"),
        (b"x" * (8 * 1024 * 1024 + 1), "bytes"),
    ],
    ids=["region", "empty", "large"],
)
def test_a_wrong_file_stops_the_start_and_names_the_row(tmp_path, content, said):
    path = tmp_path / "schools.csv"
    path.write_bytes(content)

    with pytest.raises(SettingsError) as error:
        places_of(settings(path))

    assert "SCHOOLS_FILE: " in str(error.value)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("change", "named"),
    [({"SCHOOLS_FILE": "/nowhere/schools.csv"}, "SCHOOLS_FILE"), ({"GRAPH_BIRTH_DATE": "yes"}, "GRAPH_BIRTH_DATE")],
)
def test_the_settings_are_checked(change, named):
    with pytest.raises(SettingsError, match=named):
        Settings.read(LOCAL | change)


@pytest.mark.parametrize(("value", "believed"), [("", True), ("auto", True), ("no", False)])
def test_the_directorys_date_of_birth_can_be_left_alone(value, believed):
    chosen = Settings.read(LOCAL | {"GRAPH_BIRTH_DATE": value})
    assert graph_options(chosen).birth_dates == writer_options(chosen).birth_dates == believed


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("register.xlsx", workbook(*TITLES, HEADS, *ROWS)),
        ("register.csv", text(*TITLES, HEADS, *ROWS).encode("cp1251")),
    ],
    ids=["workbook", "text"],
)
def test_the_command_makes_the_file_that_the_bot_reads(tmp_path, name, content, capfd):
    register, out = tmp_path / name, tmp_path / "schools.csv"
    register.write_bytes(content)

    assert make_schools(register, out) == 0

    assert len(places_of(settings(out))) == len(EXPECTED)
    assert places_of(settings(out)).completed(BARE).region == "Варна"
    assert f"{len(EXPECTED)} schools" in capfd.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "schools.csv"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.xlsx", "out.csv"], "nowhere.xlsx"),
        (["register.csv", "out.csv"], "Населено място"),
        (["good.csv", "no/folder/out.csv"], "No such file"),
    ],
)
def test_what_it_cannot_do_it_says_and_writes_nothing(tmp_path, monkeypatch, arguments, said, capfd):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "register.csv").write_text("Училище;Адрес\nА;Б\n")
    (tmp_path / "good.csv").write_text(text(HEADS, *ROWS), encoding="utf-8")

    assert make_schools(*map(Path, arguments)) == 2

    assert said in capfd.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["good.csv", "register.csv"]


def test_a_register_that_takes_all_memory_ends_the_child_and_nothing_else(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr("bot.runtime.schools._MEMORY", 40 * 1024 * 1024)
    register = tmp_path / "register.csv"
    register.write_bytes(b'"' + b"a" * 20_000_000)

    assert make_schools(register, tmp_path / "out.csv") == 2
    assert "memory" in capfd.readouterr().err


def test_it_needs_no_settings_and_is_one_command(tmp_path):
    register = tmp_path / "register.csv"
    register.write_text(text(HEADS, *ROWS), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), "schools", str(register), str(tmp_path / "out.csv")],
        env={}, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfcode;name;town;region")
