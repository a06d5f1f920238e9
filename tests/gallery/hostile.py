"""The dialogs' own screens over worlds where whatever comes from outside is one text that would like to be more.

Each folder's `samples.py` is read with that text in the place of every Bulgarian word and every address it invents:
names, schools, classes, usernames, what somebody wrote. What the bot itself says comes from the texts, as ever.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from bot.core.people.model import School
from bot.dialogs import FOLDERS
from bot.dialogs.dialog import Scene
from tests.gallery.sample import Sample
from tests.gallery.screens import OURS, sample_of, scene_of

_INVENTED = re.compile(r"[А-Яа-я]|@")
_TEAM = re.compile(r"[^-]+( - \d{1,2} [а-я] - ООП)")
"""The name of a class's team: by its end the bot knows which class it is, so only the subject is from outside."""


class _Outside(ast.NodeTransformer):
    def __init__(self, text: str) -> None:
        self._text = text

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if not isinstance(node.value, str) or not _INVENTED.search(node.value):
            return node
        team = _TEAM.fullmatch(node.value)
        return ast.copy_location(ast.Constant(self._text + team[1] if team else self._text), node)


@cache
def hostile(text: str) -> tuple[Sample, ...]:
    """Every sample of every dialog with this text wherever something from outside can stand."""
    return tuple(_of_folders(text))


def _of_folders(text: str) -> Iterator[Sample]:
    for folder in FOLDERS:
        found = find_spec(f"bot.dialogs.{folder}.samples")
        if found is not None and found.origin is not None:
            for name, screen in _world(found.name, Path(found.origin), text).SAMPLES:
                yield sample_of(name, screen, lambda language: _scene(language, text))


def _world(name: str, path: Path, text: str) -> ModuleType:
    tree = _Outside(text).visit(ast.parse(path.read_text(encoding="utf-8")))
    world = ModuleType(name)
    exec(compile(tree, str(path), "exec"), vars(world))  # noqa: S102 -- our own file
    return world


def _scene(language: str, text: str) -> Scene:
    scene = scene_of(language)
    school = School(OURS.id, text, text, text, text)
    return replace(scene, actor=replace(scene.actor, school=school, name=text, username=text))
