"""`make new-dialog NAME=journal` begins a service: its folder, its line in `DIALOGS`, a row in README and CHANGELOG.

`python -m tools.new_dialog NAME --count` makes it in a copy of the tree and says which existing files that touched.
"""

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINES = "bot/dialogs/__init__.py"
NAME = re.compile(r"[a-z][a-z]*(?:-[a-z]+)*")
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".tools", ".*_cache", ".hypothesis", "__pycache__", "var", "out", "build", "node_modules"
)

FACE = '''"""{title_bg}: what the service does, in one sentence."""

from bot.conversation import Reply
from bot.core.actors.permits import may_look_up
from bot.dialogs.dialog import Dialog, Scene
from bot.dialogs.{folder}.recognised import RECOGNISED
from bot.dialogs.{folder}.screens import first


async def _open(_: None, scene: Scene) -> Reply:
    return first(scene)


DIALOG = Dialog(
    name="{name}",
    may=may_look_up,
    opens="{name}.open",
    handlers={{"{name}.open": _open}},
    recognised=RECOGNISED,
    build_web=lambda _: None,
)
'''
RECOGNISED = '''"""The words the service is recognised by."""

from bot.router.recognised import Recognised

RECOGNISED = Recognised(
    rules={{
        "{name}": 4,
    }},
)
'''
SCREENS = '''"""What the service shows."""

from bot.conversation import Reply
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import help_button
from cards.notice import notice_card


def first(scene: Scene) -> Reply:
    """The first card."""
    title, words = scene.t("command-{name}"), scene.t("{name}-start")
    return Reply(card=notice_card(scene.t, title=title, paragraphs=(words,), buttons=help_button(scene)))
'''
WORDS = {
    "bg": """command-{name} = {title}
command-{name}-hint = Показва какво прави услугата {title}.
command-{name}-word = {word}
command-{name}-example = {word}, моля

{name}-start = Тук ще видите услугата.

words-{name} = {known}
""",
    "en": """command-{name} = {title}
command-{name}-hint = Shows what the service {title} does.
command-{name}-word = {word}
command-{name}-example = {word}, please

{name}-start = The service will be shown here.

words-{name} = {known}
""",
}
SAMPLES = '''"""Small worlds for the gallery (`make cards`): each calls a real screen."""

from bot.dialogs.{folder}.screens import first

SAMPLES = (("{name}", first),)
'''
TEST = '''"""{title}: what a director meets."""

import pytest

from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import CATALOG, DIRECTOR, STUDENT, Bot, shown


@pytest.mark.parametrize("language", LANGUAGES)
async def test_typed_it_opens_its_first_card(language):
    bot, t = Bot(), CATALOG.speak(language)

    reply = await bot.says(DIRECTOR, t("command-{name}-word"), locale=f"{{language}}-BG")

    assert t("{name}-start") in shown(reply)


async def test_whoever_may_not_use_it_reads_why():
    bot, t = Bot(), CATALOG.speak("bg")

    reply = await bot.says(STUDENT, t("command-{name}-word"))

    assert t("{name}-start") not in shown(reply)
    assert t("refusal-student") in shown(reply)
'''


class Refused(Exception):
    """The name cannot be taken. The message says why."""


def main(arguments: list[str]) -> int:
    """Exit code 0, or 2 with a line on standard error."""
    parser = argparse.ArgumentParser(prog="python -m tools.new_dialog", description=__doc__)
    parser.add_argument("name", help="small letters, words joined by hyphens: journal, school-report")
    parser.add_argument("--title", default="", help="what people read on the button, in Bulgarian")
    parser.add_argument("--title-en", default="", help="the same in English")
    parser.add_argument("--word", default="", help="what people type, in Bulgarian")
    parser.add_argument("--count", action="store_true", help="in a copy of the tree: which existing files it touches")
    asked = parser.parse_args(arguments)
    english = asked.title_en or asked.name.replace("-", " ").capitalize()
    titles = {"bg": asked.title or english, "en": english}
    try:
        if not asked.count:
            touched = make(ROOT, asked.name, titles, asked.word or titles["bg"].casefold())
        else:
            with tempfile.TemporaryDirectory(prefix="new-dialog-") as folder:
                copy = Path(folder) / "tree"
                shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
                touched = make(copy, asked.name, titles, asked.word or titles["bg"].casefold())
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    print(f"made bot/dialogs/{_folder(asked.name)}/ and tests/conversations/test_{_folder(asked.name)}.py")
    print(f"{len(touched)} existing files touched:", *touched, sep="\n  ")
    return 0


def make(root: Path, name: str, titles: dict[str, str], word: str) -> tuple[str, ...]:
    """Makes the service in this tree; the existing files that were touched. Errors: Refused, before anything is."""
    folder = _folder(name)
    place, test = root / "bot" / "dialogs" / folder, root / "tests" / "conversations" / f"test_{folder}.py"
    if not NAME.fullmatch(name):
        raise Refused(f"{name!r} is no name: small letters, words joined by hyphens")
    if place.exists() or place.with_suffix(".py").exists() or test.exists():
        raise Refused(f"there is a {folder} already")
    changed = {
        "bot/dialogs/__init__.py": _line_before(
            root / "bot/dialogs/__init__.py", '    "help",\n', f'    "{folder}",\n'
        ),
        "README.md": _line_before(root / "README.md", "| `помощ`", f"| `{word}` | {titles['en']} |\n"),
        "CHANGELOG.md": _line_before(root / "CHANGELOG.md", "### Added\n", f"- {titles['en']}.\n", behind=2),
    }
    place.mkdir()
    fields = {"name": name, "folder": folder, "title_bg": titles["bg"]}
    (place / "__init__.py").write_text(FACE.format(**fields), encoding="utf-8")
    (place / "recognised.py").write_text(RECOGNISED.format(**fields), encoding="utf-8")
    (place / "screens.py").write_text(SCREENS.format(**fields), encoding="utf-8")
    (place / "samples.py").write_text(SAMPLES.format(**fields), encoding="utf-8")
    for language, words in WORDS.items():
        said = word if language == "bg" else titles["en"].casefold()
        known = ", ".join(dict.fromkeys(f"{one}*" for one in (said, titles[language].casefold())))
        text = words.format(name=name, title=titles[language], word=said, known=known)
        (place / f"{language}.ftl").write_text(text, encoding="utf-8")
    test.write_text(TEST.format(name=name, title=titles["en"]), encoding="utf-8")
    for path, text in changed.items():
        (root / path).write_text(text, encoding="utf-8")
    return tuple(changed)


def _folder(name: str) -> str:
    return name.replace("-", "_")


def _line_before(path: Path, mark: str, line: str, *, behind: int = 0) -> str:
    """The file's text with the line before the first line that begins so (`behind`: so many lines after it)."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next((number for number, one in enumerate(lines) if one.startswith(mark)), None)
    if at is None:
        raise Refused(f"{path.name} has no line that begins with {mark.strip()!r}")
    return "".join((*lines[: at + behind], line, *lines[at + behind :]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
