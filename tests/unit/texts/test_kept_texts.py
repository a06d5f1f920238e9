"""Texts kept from one start to the next say what the files say, and never what they said before."""

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from bot.texts import catalog as catalog_module
from bot.texts.catalog import LANGUAGES, Catalog
from bot.texts.kept import Files, KeptText, Texts, kept
from bot.texts.source import TextError

SHAPES = (
    "hello = Hello, { $name }.\n"
    "plain = Plainly\n"
    "left = { $count ->\n    [one] One is left of { hello }\n   *[other] { $count } are left. { -bot }\n}\n"
    "# A remark\n-bot = the bot, { -house }\n-house = at home\n"
    "long =\n    First line { $name }\n\n    and { hello }, { deep }\n"
    "deep = { long-tail } { -bot }\n"
    "long-tail = { $name }{ $name }\n"
    'odd = { "  " }{ $name } { "{" }\n'
)


def files(english: str = SHAPES, bulgarian: str = SHAPES) -> Files:
    return {"bg": {"bg/a.ftl": bulgarian}, "en": {"en/a.ftl": english}}


class Reader:
    """Reads as the catalog does, and counts."""

    def __init__(self) -> None:
        self.reads = 0

    def __call__(self, given: Files) -> Texts:
        self.reads += 1
        return catalog_module._read(given)


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture(autouse=True)
def _keeps_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def test_the_second_start_reads_no_fluent_and_says_the_same(tmp_path: Path, reader: Reader) -> None:
    first = kept(files(), reader, tmp_path / "kept" / "texts.json")
    second = kept(files(), reader, tmp_path / "kept" / "texts.json")

    assert reader.reads == 1
    assert second == first
    fresh, again = Catalog(first), Catalog(second)
    for language in LANGUAGES:
        says, says_again = fresh.speak(language), again.speak(language)
        for text_id in sorted(fresh.ids, reverse=True):  # those that refer to others come before what they refer to
            args: dict[str, str | int] = {"count": 3, "name": "Ана"}
            given = {name: args[name] for name in fresh.variables(text_id)}
            assert says_again(text_id, **given) == says(text_id, **given)
    assert again.speak("en")("left", count=1, name="Ана") == "One is left of Hello, Ана."
    assert again.speak("en")("left", count=2, name="Ана") == "2 are left. the bot, at home"
    assert again.speak("en")("odd", name="x") == "  x {"


@pytest.mark.parametrize(
    "changed",
    [
        files(english=SHAPES.replace("Plainly", "Otherwise")),
        {**files(), "bg": {"bg/b.ftl": SHAPES}},
        {"bg": {"bg/a.ftl": SHAPES.replace("plain = Plainly\n", ""), "bg/z.ftl": "plain = Plainly\n"}, "en": {"en/a.ftl": SHAPES}},
    ],
    ids=["a-word", "a-name", "another-file"],
)  # fmt: skip
def test_what_has_changed_is_read_again(tmp_path: Path, reader: Reader, changed: Files) -> None:
    kept(files(), reader, tmp_path / "texts.json")

    texts = kept(changed, reader, tmp_path / "texts.json")

    assert reader.reads == 2
    assert texts == catalog_module._read(changed)
    assert kept(changed, reader, tmp_path / "texts.json") == texts
    assert reader.reads == 2


def test_a_fault_in_a_file_stops_every_start(tmp_path: Path, reader: Reader) -> None:
    kept(files(), reader, tmp_path / "texts.json")

    for _ in range(2):
        with pytest.raises(TextError, match="not Fluent"):
            kept(files(english="hello = { $name\n"), reader, tmp_path / "texts.json")


@pytest.mark.parametrize(
    "held",
    [b"", b"{", b"[]", b"null", b'{"digest": "x", "texts": {}}', b'{"digest": 1}', b"\xff\xfe"],
)
def test_a_file_that_holds_something_else_is_passed_over(tmp_path: Path, reader: Reader, held: bytes) -> None:
    (tmp_path / "texts.json").write_bytes(held)

    assert kept(files(), reader, tmp_path / "texts.json") == catalog_module._read(files())
    assert reader.reads == 1


@pytest.mark.parametrize(
    "texts", [{"bg": {"hello": ["name"]}}, {"bg": []}, [], {"bg": {"hello": [1, [], True, "", ""]}}]
)
def test_a_file_of_another_form_is_passed_over(tmp_path: Path, reader: Reader, texts: object) -> None:
    kept(files(), reader, tmp_path / "texts.json")
    held = orjson.loads((tmp_path / "texts.json").read_bytes())
    (tmp_path / "texts.json").write_bytes(orjson.dumps({**held, "texts": texts}))

    assert kept(files(), reader, tmp_path / "texts.json") == catalog_module._read(files())


def test_a_folder_that_cannot_be_written_to_is_no_fault(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "folder").write_text("no folder")

    assert kept(files(), reader, tmp_path / "folder" / "texts.json") == catalog_module._read(files())


def test_nothing_is_kept_where_python_keeps_no_bytecode(
    tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    kept(files(), reader, tmp_path / "texts.json")

    assert list(tmp_path.iterdir()) == []


def test_no_half_of_it_stays_behind(tmp_path: Path, reader: Reader) -> None:
    kept(files(), reader, tmp_path / "texts.json")

    assert [one.name for one in tmp_path.iterdir()] == ["texts.json"]


def test_every_text_of_the_bot_is_the_same_from_what_is_kept(tmp_path: Path, reader: Reader) -> None:
    here = Path(catalog_module.__file__).parent
    own = catalog_module._files(here, here.parent / "dialogs")
    first = Catalog(kept(own, reader, tmp_path / "texts.json"))
    second = Catalog(kept(own, reader, tmp_path / "texts.json"))

    assert reader.reads == 1
    for language in LANGUAGES:
        said, again = first.speak(language), second.speak(language)
        for text_id in first.ids:
            for number in (1, 2):
                counted = _kept_text(first, language, text_id).counts
                given: dict[str, str | int] = {
                    name: number if name in counted else f"<{name}>" for name in first.variables(text_id)
                }
                assert again(text_id, **given) == said(text_id, **given)


def _kept_text(catalog: Catalog, language: str, text_id: str) -> KeptText:
    return catalog._texts[language][text_id]


def test_a_process_of_the_bot_keeps_them_for_the_next(tmp_path: Path) -> None:
    """As production starts: what the first process wrote, the second takes, and its files have not changed."""
    script = (
        "import sys; import bot.texts.kept as k; from pathlib import Path; k.kept.__defaults__ = (Path(sys.argv[1]),);"
        "from bot.texts.catalog import Catalog; Catalog.load()"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    file, written = tmp_path / "texts.json", []
    for _ in range(2):
        subprocess.run([sys.executable, "-c", script, str(file)], check=True, env=environment, timeout=60)
        written.append(file.stat().st_ino)

    assert len(set(written)) == 1
    assert file.stat().st_size > 100_000
