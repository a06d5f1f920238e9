"""What is kept from one start to the next is what would be worked out, and never what was worked out of something else."""

import ast
import re
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

import bot
from bot import kept as module
from bot.graph import describing
from bot.kept import kept
from bot.runtime.keep import keep
from bot.texts import catalog


class Maker:
    """Makes a value, and counts."""

    def __init__(self, value: object = ("a", "б")) -> None:
        self.value = value
        self.times = 0

    def __call__(self) -> object:
        self.times += 1
        return self.value


def read(value: Any) -> tuple[str, ...]:
    return tuple(item.upper() for item in value)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(module, "FOLDER", tmp_path / "folder")
    return tmp_path / "folder"


def test_the_second_start_works_nothing_out() -> None:
    make = Maker()

    assert [kept("x", ["1", b"2"], make, read) for _ in range(3)] == [("A", "Б")] * 3
    assert make.times == 1


@pytest.mark.parametrize("made_of", [["1"], ["1", "3"], ["12"], ["", "12"], ["1", "2", ""], ["2", "1"]])
def test_what_is_made_of_something_else_is_worked_out_again(made_of: list[str]) -> None:
    kept("x", ["1", "2"], Maker(), read)
    make = Maker(["c"])

    assert kept("x", made_of, make, read) == ("C",)
    assert kept("x", made_of, make, read) == ("C",)
    assert make.times == 1


def test_two_names_are_two_things() -> None:
    kept("x", ["1"], Maker(), read)

    assert kept("y", ["1"], Maker(["c"]), read) == ("C",)
    assert kept("x", ["1"], Maker(["d"]), read) == ("A", "Б")


@pytest.mark.parametrize(
    "held", [b"", b"{", b"[]", b"null", b"1", b'{"digest": "x", "value": []}', b'{"value": 1}', b"\xff\xfe"]
)
def test_a_file_that_holds_something_else_is_passed_over(folder: Path, held: bytes) -> None:
    folder.mkdir()
    (folder / "x.json").write_bytes(held)
    make = Maker()

    assert kept("x", ["1"], make, read) == ("A", "Б")
    assert kept("x", ["1"], make, read) == ("A", "Б")
    assert make.times == 1


@pytest.mark.parametrize("value", [None, 5, [5], {"a": 1}.get("b")])
def test_a_value_that_cannot_be_read_is_passed_over(folder: Path, value: object) -> None:
    kept("x", ["1"], Maker(), read)
    held = orjson.loads((folder / "x.json").read_bytes())
    (folder / "x.json").write_bytes(orjson.dumps({**held, "value": value}))

    assert kept("x", ["1"], Maker(), read) == ("A", "Б")


def test_what_cannot_be_worked_out_is_an_error_each_time_and_nothing_is_kept(folder: Path) -> None:
    def fails() -> object:
        raise LookupError("no")

    for _ in range(2):
        with pytest.raises(LookupError):
            kept("x", ["1"], fails, read)
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_to_is_no_fault(folder: Path) -> None:
    folder.write_text("no folder")

    assert kept("x", ["1"], Maker(), read) == ("A", "Б")


def test_nothing_is_kept_where_python_keeps_no_bytecode(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    kept("x", ["1"], Maker(), read)

    assert not folder.exists()


def test_no_half_of_it_stays_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept("x", ["1"], Maker(), read)

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    kept("y", ["1"], Maker(), read)

    assert [one.name for one in folder.iterdir()] == ["x.json"]


def test_others_may_read_it(folder: Path) -> None:
    """An image is built by root and run by somebody else."""
    kept("x", ["1"], Maker(), read)

    assert (folder / "x.json").stat().st_mode & 0o777 == 0o644


@pytest.mark.long
def test_all_that_a_start_keeps_is_worked_out_for_an_image(folder: Path) -> None:
    describing._builders.cache_clear()
    catalog._own.cache_clear()

    keep()

    kept_ahead = {one.stem.partition("-")[0] for one in folder.iterdir()}
    asked_for = set[str]()
    for file in Path(bot.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "kept":
                asked_for.update(re.findall(r"^f?'(\w+)", ast.unparse(node.args[0])))
    assert asked_for == kept_ahead == {"texts", "builders", "holidays"}
