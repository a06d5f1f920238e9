"""`python -m tests.gallery [folder]` draws every card in both languages to `out/cards.html` and to pictures.

Fails when the renderer has something to say about a card, when a card is wider than its place, or when text from
outside is drawn as more than text.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from bot.texts.catalog import LANGUAGES, Catalog
from tests.gallery.page import Drawn, page, place
from tests.gallery.samples import HOSTILE, SAMPLES, hostile
from tools.node import npm_command

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
TOOLS = PROJECT / ".tools" / "gallery"

LOADED_WITHIN = 300_000
"""Milliseconds: hundreds of drawings, on a machine that has other things to do."""

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def renderer() -> str:
    """The renderer's JavaScript, fetched once at the version pinned in package.json."""
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]["adaptivecards"]
    package = TOOLS / "node_modules" / "adaptivecards"
    description = package / "package.json"
    if not description.exists() or json.loads(description.read_text(encoding="utf-8"))["version"] != wanted:
        TOOLS.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, TOOLS / name)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run([*npm_command(), "ci", *quiet], cwd=TOOLS, check=True)
    return (package / "dist" / "adaptivecards.min.js").read_text(encoding="utf-8")


def chromium() -> str | None:
    """The machine's Chromium; None lets Playwright look for its own."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@cache
def cards() -> tuple[Drawn, ...]:
    """Every sample in every language, then every one in a hostile world, one text after the other."""
    voices = {language: Catalog.load().speak(language) for language in LANGUAGES}
    drawn = [Drawn(sample.name, language, sample.card(voices[language])) for sample in SAMPLES for language in voices]
    for number, text in enumerate(HOSTILE):
        for sample in hostile(text)[number :: len(HOSTILE)]:
            drawn.append(Drawn(f"hostile-{number}-{sample.name}", "bg", sample.card(voices["bg"])))
    return tuple(drawn)


AT_ONCE = 100
"""Cards on a page while they are looked at: with a thousand, each takes twice as long."""

PICTURES = ((600, "light"), (320, "light"), (320, "dark"))


def main(folder: Path) -> int:
    """Draws every card in every width and theme, with pictures: the exit code."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_FLAGS))
        try:
            return draw(browser, folder)
        finally:
            browser.close()


def draw(browser: Browser, folder: Path, views: Sequence[tuple[int, str]] = PICTURES, one_in: int = 1) -> int:
    """Draws every card (or one in so many) in every width and theme, with pictures of `views`: the exit code."""
    pictures = folder / "cards"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    drawn = cards()[::one_in]
    gallery = folder / "cards.html"
    gallery.write_text(page(drawn, renderer()), encoding="utf-8")
    errors: list[str] = []
    failed: list[Error] = []

    def keep(error: Error) -> None:
        failed.append(error)

    for first in range(0, len(drawn), AT_ONCE):
        some = drawn[first : first + AT_ONCE]
        part = folder / "cards-part.html"
        part.write_text(page(some, renderer()), encoding="utf-8")
        tab = browser.new_page(viewport={"width": 1000, "height": 800})
        tab.on("pageerror", keep)
        tab.goto(part.as_uri(), timeout=LOADED_WITHIN)
        errors += tab.evaluate("window.trouble")
        for card in [one for one in some if not one.name.startswith("hostile")]:
            for width, theme in views:
                name = place(card.name, card.language, width, theme)
                tab.evaluate("showOnly", name)
                tab.locator(f'[id="{name}"]').screenshot(path=pictures / f"{name}.png")
        tab.close()
        part.unlink()
    errors += map(str, failed)
    for error in errors:
        print(error)
    print(f"{len(drawn)} cards drawn to {gallery}, pictures in {pictures}; {len(errors)} faults")
    return 1 if errors else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=PROJECT / "out")
    sys.exit(main(parser.parse_args().folder.resolve()))
