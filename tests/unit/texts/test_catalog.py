"""The loader: every way a text could come out wrong is an error, at start-up if it can be known there."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts.catalog import LANGUAGES, Catalog, language_of
from bot.texts.source import TextError

GOOD = {
    "bg": (
        "hello = Здравейте, { $name }.\n"
        "plain = Просто\n"
        "left = { $count ->\n    [one] Остава { $count } профил.\n   *[other] Остават { $count } профила.\n}\n"
        "-bot = ботът\nabout = Това е { -bot }.\ndeep = { hello } { about }\n"
    ),
    "en": (
        "hello = Hello, { $name }.\n"
        "plain = Plainly\n"
        "left = { $count ->\n    [one] { $count } account is left.\n   *[other] { $count } accounts are left.\n}\n"
        "-bot = the bot\nabout = This is { -bot }.\ndeep = { hello } { about }\n"
    ),
}


def loaded(folder: Path, bg: str = "", en: str = "") -> Catalog:
    for language, extra in {"bg": bg, "en": en}.items():
        (folder / language).mkdir(parents=True)
        (folder / language / "good.ftl").write_text(GOOD[language], encoding="utf-8")
        if extra:
            (folder / language / "extra.ftl").write_text(extra, encoding="utf-8")
    return Catalog.load(folder)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return loaded(tmp_path)


def test_a_text_speaks_its_language(catalog: Catalog) -> None:
    assert catalog.speak("bg")("hello", name="Мария") == "Здравейте, Мария."
    assert catalog.speak("en")("hello", name="Мария") == "Hello, Мария."
    assert catalog.speak("bg")("plain") == "Просто"
    assert catalog.speak("bg")("deep", name="Ана") == "Здравейте, Ана. Това е ботът."


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("bg", 1, "Остава 1 профил."),
        ("bg", 0, "Остават 0 профила."),
        ("bg", 2, "Остават 2 профила."),
        ("bg", 21, "Остават 21 профила."),
        ("bg", 1234567, "Остават 1234567 профила."),
        ("bg", -3, "Остават -3 профила."),
        ("en", 1, "1 account is left."),
        ("en", 11, "11 accounts are left."),
        ("en", 12345, "12345 accounts are left."),
    ],
)
def test_numbers_choose_the_plural_and_are_printed_plainly(
    catalog: Catalog, language: str, count: int, expected: str
) -> None:
    assert catalog.speak(language)("left", count=count) == expected


@settings(deadline=None)
@given(st.text(max_size=200))
def test_values_stand_in_the_text_as_they_are(tmp_path_factory: pytest.TempPathFactory, value: str) -> None:
    catalog = Catalog.load(_good_folder(tmp_path_factory))

    assert catalog.speak("en")("hello", name=value) == f"Hello, {value}."


_folders: dict[str, Path] = {}


def _good_folder(factory: pytest.TempPathFactory) -> Path:
    if "good" not in _folders:
        _folders["good"] = factory.mktemp("texts")
        loaded(_folders["good"])
    return _folders["good"]


def test_a_text_may_be_called_as_a_plural_form_is(tmp_path: Path) -> None:
    extra = "many = { $two }\n"

    assert loaded(tmp_path, bg=extra, en=extra).speak("bg")("many", two="2") == "2"


@pytest.mark.parametrize(
    ("bg", "en", "says"),
    [
        ("това не е флуент\n", "", "not Fluent"),
        ("x = Здравей { $име }\n", "x = Hello { $name }\n", "not Fluent"),
        ("x = Здравей { $name\n", "x = Hello { $name }\n", "not Fluent"),
        ("x = само тук\n", "", "only one of"),
        ("", "x = only here\n", "only one of"),
        ("x = Здравей { $nmae }\n", "x = Hello { $name }\n", "different variables"),
        ("x = Здравей\n", "x = Hello { $name }\n", "different variables"),
        ("plain = Пак\n", "", "defined twice"),
        ("-bot = Пак\n", "", "defined twice"),
        ("x = { missing }\n", "x = there\n", "does not exist"),
        ("x = { -missing }\n", "x = there\n", "does not exist"),
        ("x = { $n ->\n  [one] { missing }\n *[other] много\n}\n", "x = { $n }\n", "does not exist"),
        ("x = { y }\ny = { x }\n", "x = 1\ny = 2\n", "refers to itself"),
        ("x = { x }\n", "x = 1\n", "refers to itself"),
        ("-x = { -x }\nz = { -x }\n", "z = 1\n", "refers to itself"),
        ("x = { NUMBER($n) }\n", "x = { $n }\n", "calls NUMBER"),
        ('x = { DATETIME($n, month: "long") }\n', "x = { $n }\n", "calls DATETIME"),
        ("x = { NOSUCH($n) }\n", "x = { $n }\n", "calls NOSUCH"),
        ("x = Да\n    .label = Не\n", "x = Yes\n", "no attributes"),
        ("x =\n    .label = Не\n", "x = Yes\n", "must have a value"),
        ("-t = { $n }\nx = { -t }\n", "x = 1\n", "cannot have variables"),
        ("x = { $n ->\n  [few] { $n } мъки\n *[other] { $n }\n}\n", "x = { $n }\n", "plural form"),
    ],
)
def test_a_faulty_file_stops_the_start(tmp_path: Path, bg: str, en: str, says: str) -> None:
    with pytest.raises(TextError, match=says):
        loaded(tmp_path, bg=bg, en=en)


def test_a_fault_in_english_stops_the_start_too(tmp_path: Path) -> None:
    with pytest.raises(TextError, match=r"en/extra\.ftl: not Fluent"):
        loaded(tmp_path, en="not fluent at all\n")


def test_a_language_without_files_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "bg").mkdir()
    (tmp_path / "bg" / "a.ftl").write_text("x = 1\n", encoding="utf-8")

    with pytest.raises(TextError, match="language en"):
        Catalog.load(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text_id", "args", "says"),
    [
        ("nothing", {}, "no such text"),
        ("-bot", {}, "no such text"),
        ("hello", {}, r"missing arguments \['name'\]"),
        ("hello", {"nmae": "Ана"}, r"missing arguments \['name'\], superfluous arguments \['nmae'\]"),
        ("hello", {"name": "Ана", "age": 5}, r"superfluous arguments \['age'\]"),
        ("plain", {"name": "Ана"}, r"superfluous arguments \['name'\]"),
        ("left", {"count": "5"}, "cannot be a str"),
        ("left", {"count": True}, "cannot be a bool"),
        ("hello", {"name": None}, "cannot be a NoneType"),
        ("hello", {"name": 1.5}, "cannot be a float"),
    ],
)
def test_a_wrong_call_raises(catalog: Catalog, language: str, text_id: str, args: dict, says: str) -> None:
    with pytest.raises(TextError, match=says):
        catalog.speak(language)(text_id, **args)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_longer_than_a_text_can_take_is_cut(catalog: Catalog, language: str) -> None:
    """A name from the directory may have ten thousand marks on one letter: that is no reason to say nothing."""
    said = catalog.speak(language)("hello", name="я" * 3000)
    assert "я" * 999 + "…" in said
    assert "я" * 1000 not in said


def test_the_catalog_knows_its_texts(catalog: Catalog) -> None:
    assert catalog.resolves("hello")
    assert not catalog.resolves("-bot")
    assert not catalog.resolves("")
    assert catalog.ids == {"hello", "plain", "left", "about", "deep"}
    assert catalog.variables("deep") == {"name"}
    with pytest.raises(TextError, match="no such language"):
        catalog.speak("de")


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        (None, "bg"), ("", "bg"), ("bg-BG", "bg"), ("BG", "bg"), ("en-US", "en"), ("en", "en"), ("EN_gb", "en"),
        ("de-DE", "bg"), ("english", "bg"), ("-en", "bg"), ("../en", "bg"),
    ],
)  # fmt: skip
def test_the_language_of_a_locale_is_bulgarian_unless_known(locale: str | None, expected: str) -> None:
    assert language_of(locale) == expected
