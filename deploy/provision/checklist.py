"""What has no API, as a list to tick, in both languages and with the values filled in."""

from collections.abc import Mapping
from pathlib import Path
from string import Template

from deploy.provision.wanted import Wanted

LANGUAGES = ("bg", "en")
_FOLDER = Path(__file__).parent
_DONE = {"bg": "направено", "en": "done"}
_BY_HAND = {"bg": "на ръка", "en": "by hand"}
_FIRST_WITHOUT = {"bg": "първо опитайте без нея", "en": "try without it first"}
_NOT_ASKED = {"bg": "само ако се ползва", "en": "only where it is used"}
_UNKNOWN = "…"
"""Stands for an id that is not known before the app registration is made."""


def checklist(language: str, wanted: Wanted, found: Mapping[str, str], *, whole: bool) -> str:
    """The list. `whole`: every step that can be scripted stands."""
    done = _DONE if whole else _BY_HAND
    return Template((_FOLDER / f"checklist.{language}.md").read_text(encoding="utf-8")).substitute(
        tenant=wanted.tenant,
        host=wanted.host,
        bot=found.get("bot.app_id", _UNKNOWN),
        reader=found.get("reader.app_id", _UNKNOWN),
        writer=found.get("writer.app_id", _UNKNOWN),
        role=(done if wanted.everywhere or wanted.units else _FIRST_WITHOUT)[language],
        azure=(done if wanted.subscription else _BY_HAND)[language],
        sites=(done if wanted.schools else _NOT_ASKED)[language],
    )
