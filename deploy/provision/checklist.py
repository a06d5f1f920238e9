"""What has no API, as a list to tick, in both languages and with the values filled in."""

from collections.abc import Collection, Mapping
from pathlib import Path
from string import Template

from deploy.provision.wanted import Wanted

LANGUAGES = ("bg", "en")
_FOLDER = Path(__file__).parent
_DONE = {"bg": "направено", "en": "done"}
_BY_APPLY = {"bg": "прави го --apply", "en": "made by --apply"}
_BY_HAND = {"bg": "на ръка", "en": "by hand"}
_FIRST_WITHOUT = {"bg": "първо опитайте без нея", "en": "try without it first"}
_NOT_ASKED = {"bg": "само ако се ползва", "en": "only where it is used"}
_UNKNOWN = "…"
"""Stands for an id that is not known before the app registration is made."""


def checklist(
    language: str, wanted: Wanted, found: Mapping[str, str], *, whole: bool, made: Collection[str] = ()
) -> str:
    """The list. `whole`: every step that can be scripted stands. `made`: steps of earlier runs, which this one was
    perhaps not asked for.
    """
    done = _DONE if whole else _BY_APPLY

    def stands(asked: object, beginning: str, otherwise: Mapping[str, str]) -> str:
        before = any(step.startswith(beginning) for step in made)
        return (done if asked else _DONE if before else otherwise)[language]

    return Template((_FOLDER / f"checklist.{language}.md").read_text(encoding="utf-8")).substitute(
        tenant=wanted.tenant,
        host=wanted.host,
        bot=found.get("bot.app_id", _UNKNOWN),
        reader=found.get("reader.app_id", _UNKNOWN),
        writer=found.get("writer.app_id", _UNKNOWN),
        role=stands(wanted.everywhere or wanted.units, "directory role", _FIRST_WITHOUT),
        azure=stands(wanted.subscription, "Teams channel", _BY_HAND),
        sites=stands(wanted.schools, "site of school", _NOT_ASKED),
    )
