"""From the templates, the texts and the operator's answers to the files of the Teams app package.

The package asks for as little as there is: personal scope, no files, no resource-specific consent, no permissions.
"""

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template
from typing import Any

from bot.dialogs import DIALOGS
from bot.dialogs.described import described
from bot.dialogs.dialog import Dialog
from bot.texts.catalog import DEFAULT_LANGUAGE, Catalog, Translate

FOLDER = Path(__file__).parent
SCHEMA = "1.22"
"""Old enough for every tenant still served, new enough for what the package says."""

MOST_COMMANDS = 10
LONGEST_TITLE = 32
LONGEST_DESCRIPTION = 128
"""The limits of schemas up to 1.19; later ones allow more, but older clients cut."""

LONGEST_FULL = 4_000
"""Characters of `description.full`, in every schema."""

_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_URL = re.compile(r"https://[^\s/]+\.[^\s/]+(?:/\S*)?")
_VERSION = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}")
_DAWN_OF_ZIP = (1980, 1, 1, 0, 0, 0)


class PackageError(Exception):
    """The package cannot be built from these answers or texts. The message says why in plain words."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What differs from one installation to the next. `host` is the bot's public host name, without https://;
    `teams_app_id` the app's own id where somebody else gave it one, "" for the bot's.
    """

    app_id: str
    host: str
    version: str
    developer: str
    website_url: str
    privacy_url: str
    terms_url: str
    teams_app_id: str = ""
    writer_app_id: str = ""
    """The application that installs the app for people. Without it none can."""

    def check(self) -> None:
        """Raises PackageError naming every answer Teams would refuse."""
        faults = [
            fault
            for right, fault in (
                (_GUID.fullmatch(self.app_id), "the app id is the bot's Entra application id, a GUID"),
                (_GUID.fullmatch(self.teams_app_id or self.app_id), "the Teams app id is a GUID"),
                (
                    not self.writer_app_id or _GUID.fullmatch(self.writer_app_id),
                    "the writer's app id is the Entra application id of GRAPH_WRITER_CLIENT_ID, a GUID",
                ),
                (
                    not self.writer_app_id or self.writer_app_id.lower() != self.app_id.lower(),
                    "the writer's app id is not the bot's: what answers Teams must not be able to write",
                ),
                (_HOST.fullmatch(self.host), "the host is a public name such as bot.example.bg, without https://"),
                (_VERSION.fullmatch(self.version), "the version is three numbers such as 1.0.0"),
                (0 < len(self.developer) <= 32, "the developer's name has 1 to 32 characters"),
                *(
                    (_URL.fullmatch(url), f"the {name} page is an https address")
                    for name, url in (
                        ("website", self.website_url),
                        ("privacy", self.privacy_url),
                        ("terms", self.terms_url),
                    )
                ),
            )
            if not right
        ]
        if faults:
            raise PackageError("; ".join(faults))


def offered_commands() -> tuple[str, ...]:
    """The names of the dialogs that people are told of, in the order of the menu."""
    return tuple(dialog.name for dialog in DIALOGS if dialog.place != "nowhere")


def listed_commands(dialogs: Sequence[Dialog[Any]] = DIALOGS) -> tuple[str, ...]:
    """Those that the command list has room for, in the same order: the first that stands beside every menu (the
    help, which leads to all others), then the services from the first of the menu on, then what else stands beside.
    """
    of = {place: [one.name for one in dialogs if one.place == place] for place in ("menu", "beside")}
    wanted = [*of["beside"][:1], *of["menu"], *of["beside"][1:]][:MOST_COMMANDS]
    return tuple(one.name for one in dialogs if one.name in wanted)


def package_files(answers: Answers, catalog: Catalog) -> dict[str, bytes]:
    """The files of the package by name. Errors: PackageError."""
    answers.check()
    filled = asdict(answers) | {"teams_app_id": answers.teams_app_id or answers.app_id}
    manifest = _described(_template("manifest.json"), filled, catalog.speak(DEFAULT_LANGUAGE))
    if answers.writer_app_id:
        # Graph lets only this application install the app for a person; of `resource` it asks nothing
        # (learn.microsoft.com/microsoftteams/platform/graph-api/proactive-bots-and-messages, "Permissions").
        resource = f"api://{answers.host}/{answers.writer_app_id}"
        manifest["webApplicationInfo"] = {"id": answers.writer_app_id, "resource": resource}
    english = _described(_template("en.json"), filled, catalog.speak("en"))
    commands = listed_commands()
    manifest["bots"][0]["commandLists"][0]["commands"] = _commands(commands, catalog.speak(DEFAULT_LANGUAGE))
    for number, command in enumerate(_commands(commands, catalog.speak("en"))):
        for key, text in command.items():
            english[f"bots[0].commandLists[0].commands[{number}].{key}"] = text
    return {
        "manifest.json": _written(manifest),
        "en.json": _written(english),
        **{name: (FOLDER / name).read_bytes() for name in ("color.png", "outline.png")},
    }


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The package as Teams takes it: all files at the top. The same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DAWN_OF_ZIP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def _commands(commands: tuple[str, ...], t: Translate) -> list[dict[str, str]]:
    """A chosen command is typed into the message box as its title, so the title is what the router understands."""
    listed = []
    for command in commands:
        title, description = t(f"command-{command}"), t(f"command-{command}-hint")
        if len(title) > LONGEST_TITLE or len(description) > LONGEST_DESCRIPTION:
            raise PackageError(f"the title or description of the command {command} is too long")
        listed.append({"title": title, "description": description})
    return listed


def _described(template: dict[str, Any], answers: Mapping[str, str], t: Translate) -> dict[str, Any]:
    """The template filled in, with as many of the services in its description as there is room for."""
    services = described(DIALOGS, t)
    for room in range(len(services), -1, -1):
        filled: dict[str, Any] = _filled(template, {**answers, "services": "\n".join(services[:room])})
        full = filled["description"]["full"] if "description" in filled else filled["description.full"]
        if len(full) <= LONGEST_FULL:
            return filled
    raise PackageError("the description is too long")


def _template(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content


def _filled(value: Any, answers: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return Template(value).substitute(answers)
    if isinstance(value, list):
        return [_filled(item, answers) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, answers) for key, item in value.items()}
    return value


def _written(content: Mapping[str, object]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
