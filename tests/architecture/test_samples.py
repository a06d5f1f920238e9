"""The samples of the dialogs are for the gallery: no product code imports them, and the image has none."""

import ast
from collections.abc import Iterator

import pytest

from bot.dialogs import FOLDERS
from tests.architecture.tree import ROOT
from tests.gallery.samples import SAMPLES


def imported(source: str) -> Iterator[str]:
    """Every dotted name that an import statement may mean."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=module, names=names):
                yield from (f"{module or ''}.{name.name}" for name in names)


def takes_samples(source: str) -> bool:
    return any("samples" in name.split(".") for name in imported(source))


def test_no_product_code_imports_samples():
    product = [ROOT / "app.py", *(ROOT / "bot").rglob("*.py"), *(ROOT / "cards").rglob("*.py")]

    assert len(product) > 300
    assert [path for path in product if takes_samples(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "line",
    [
        "import bot.dialogs.help.samples",
        "from bot.dialogs.help import samples",
        "from bot.dialogs.help.samples import SAMPLES",
        "from . import samples as s",
        "def f():\n    from .samples import SAMPLES",
    ],
)
def test_an_import_of_samples_would_be_seen(line):
    assert takes_samples(line)


def test_the_image_has_no_samples():
    left_out = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()

    assert left_out.index("**/samples.py") > left_out.index("!bot")


def test_every_sample_has_a_name_of_its_own_and_every_folder_with_samples_is_a_dialog():
    names = [sample.name for sample in SAMPLES]

    assert sorted(names) == sorted(set(names))
    assert {path.parent.name for path in (ROOT / "bot").rglob("samples.py")} <= set(FOLDERS)
