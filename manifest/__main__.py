"""`python -m manifest --app-id … --host …` builds the Teams app package; `python -m manifest icons` draws its icons.

The answers may also come from the environment: APP_ID, APP_HOST, GRAPH_WRITER_CLIENT_ID,
APP_DEVELOPER, APP_WEBSITE_URL, APP_PRIVACY_URL, APP_TERMS_URL.
With neither app id nor host it builds an example, whose name says that it is one.
"""

import argparse
import json
import os
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from bot import VERSION
from bot.texts.catalog import Catalog
from manifest.build import (
    FOLDER,
    MOST_COMMANDS,
    Answers,
    PackageError,
    listed_commands,
    offered_commands,
    package_files,
    zipped,
)
from manifest.judge import faults

PROJECT = Path(__file__).parents[1]
EXAMPLE_APP_ID = "00000000-0000-4000-8000-000000000000"
EXAMPLE_HOST = "bot.example.com"


def main(arguments: list[str], environment: Mapping[str, str]) -> int:
    """Builds; returns the exit code: 0 built, 1 refused by Microsoft's schemas, 2 wrong answers."""
    asked = _parser(environment).parse_args(arguments)
    if asked.what == "icons":
        from manifest.icons import write_icons  # noqa: PLC0415 -- Pillow is needed for drawing only

        write_icons(FOLDER)
        return 0
    example = not asked.app_id and not asked.host
    if example:
        asked.app_id, asked.host = EXAMPLE_APP_ID, EXAMPLE_HOST
        asked.out = asked.out.with_name(f"{asked.out.stem}-example.zip")
    site = f"https://{asked.host}"
    answers = Answers(
        app_id=asked.app_id,
        host=asked.host,
        version=asked.version,
        developer=asked.developer,
        website_url=asked.website or f"{site}/",
        privacy_url=asked.privacy or f"{site}/privacy",
        terms_url=asked.terms or f"{site}/terms",
        writer_app_id=asked.writer_app_id,
        teams_app_id=asked.teams_app_id,
    )
    try:
        files = package_files(answers, Catalog.load())
    except PackageError as error:
        _say(f"not built: {error}")
        return 2
    objections = faults(files)
    if objections:
        _say("not built, Microsoft's schemas object:", *objections)
        return 1
    package = zipped(files)
    before = "" if example else _version_of_another(asked.out, package)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_bytes(package)
    judged = "valid by Microsoft's schemas"
    if objections is None:
        judged = "NOT checked: Microsoft's schemas are not in ../shared/schemas/teams-manifest"
    if example:
        _say(
            f"built {asked.out}: {judged}", "an example only: for a real one give --app-id and --host (--help tells)"
        )
        return 0
    if not answers.writer_app_id:
        _say("without --writer-app-id (GRAPH_WRITER_CLIENT_ID) the bot cannot install itself for anybody")
    if untold := [one for one in offered_commands() if one not in listed_commands()]:
        _say(f"the command list has room for {MOST_COMMANDS}: not in it are {', '.join(untold)}")
    if before and _number(before) >= _number(answers.version):
        _say(
            f"the package that lay there was another one of version {before}: Teams takes an update only with a"
            f" higher version (--version {_after(before)})"
        )
    _say(
        f"built {asked.out}, version {answers.version}: {judged}",
        "these pages must open without signing in before the app is offered to people:",
        *(f"  {url}" for url in (answers.website_url, answers.privacy_url, answers.terms_url)),
    )
    return 0


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    given = environment.get
    parser = argparse.ArgumentParser(prog="python -m manifest", description="Builds the Teams app package.")
    parser.add_argument("what", nargs="?", choices=("package", "icons"), default="package")
    parser.add_argument("--app-id", default=given("APP_ID", ""), help="the bot's Entra application id")
    parser.add_argument(
        "--writer-app-id",
        default=given("GRAPH_WRITER_CLIENT_ID", ""),
        help="the writer's Entra application id: the only one that may install the app for people",
    )
    parser.add_argument(
        "--teams-app-id", default=given("TEAMS_APP_ID", ""), help="the Teams app's id; default: the app id"
    )
    parser.add_argument("--host", default=given("APP_HOST", ""), help="the bot's public host name")
    parser.add_argument("--developer", default=given("APP_DEVELOPER", "Електронни профили"), help="who offers it")
    parser.add_argument("--website", default=given("APP_WEBSITE_URL", ""), help="default: https://HOST/")
    parser.add_argument("--privacy", default=given("APP_PRIVACY_URL", ""), help="default: https://HOST/privacy")
    parser.add_argument("--terms", default=given("APP_TERMS_URL", ""), help="default: https://HOST/terms")
    parser.add_argument(
        "--version", default=VERSION, help="default: the project's; an update needs a higher one than before"
    )
    parser.add_argument("--out", type=Path, default=PROJECT / "build" / "edu-accounts.zip")
    return parser


def _version_of_another(path: Path, package: bytes) -> str:
    """The version of the package that lies there, "" where there is none, or this very one."""
    if not path.is_file() or path.read_bytes() == package:
        return ""
    try:
        with zipfile.ZipFile(path) as held:
            version = str(json.loads(held.read("manifest.json"))["version"])
            return version if _number(version) else ""
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return ""


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _after(version: str) -> str:
    *first, last = _number(version)
    return ".".join(map(str, (*first, last + 1)))


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
