"""Texts kept from one start to the next say what the files say, and never what they said before."""

import sys
from pathlib import Path

import pytest

from bot import kept as kept_module
from bot.kept import kept
from bot.texts import catalog as module
from bot.texts.catalog import LANGUAGES, Catalog, Files, Texts
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


class Kept:
    """The texts of files as a start gets them; counts how often they were read."""

    def __init__(self) -> None:
        self.reads = 0

    def __call__(self, given: Files) -> Texts:
        def make() -> object:
            self.reads += 1
            return module._frozen(module._read(given))

        return kept("texts", module._made_of(given), make, module._thawed)


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(kept_module, "FOLDER", tmp_path)
    return Kept()


def test_the_second_start_parses_nothing_and_says_the_same(start: Kept) -> None:
    fresh, again = Catalog(module._read(files())), Catalog(start(files()))
    again = Catalog(start(files()))

    assert start.reads == 1
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
def test_what_has_changed_is_read_again(start: Kept, changed: Files) -> None:
    start(files())

    assert start(changed) == module._read(changed)
    assert start(changed) == module._read(changed)
    assert start.reads == 2


def test_a_fault_in_a_file_stops_every_start(start: Kept) -> None:
    start(files())

    for _ in range(2):
        with pytest.raises(TextError, match="not Fluent"):
            start(files(english="hello = { $name\n"))


@pytest.mark.long
def test_every_text_of_the_bot_is_the_same_from_what_is_kept(start: Kept) -> None:
    here = Path(module.__file__).parent
    own = module._files(here, here.parent / "dialogs")
    read = module._read(own)

    start(own)
    held = start(own)

    assert start.reads == 1
    assert held == read
    first, second = Catalog(read), Catalog(held)
    for language in LANGUAGES:
        said, again = first.speak(language), second.speak(language)
        for text_id, text in sorted(read[language].items(), key=lambda each: each[0], reverse=True):
            for number in (1, 2):
                given: dict[str, str | int] = {
                    name: number if name in text.counts else f"<{name}>" for name in text.variables
                }
                assert again(text_id, **given) == said(text_id, **given)
