"""`deploy/permissions.json` as the doctor needs it: what each identity is to have been granted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.runtime.settings import Settings

FILE = Path(__file__).resolve().parents[3] / "deploy" / "permissions.json"

_ONLY_WITH: Mapping[str, tuple[str, ...]] = {
    "Sites.Selected": ("expected_lists_folder", "account_lists_folder"),
    "TeamsAppInstallation.ReadWriteSelfForUser.All": ("teams_app_catalog_id",),
}
"""Permissions of what an operator may leave out, and the settings any of which turns it on."""
_BESIDE: Mapping[str, frozenset[str]] = {
    "reader": frozenset({"Member.Read.Hidden", "AuditLog.Read.All"}),
    "writer": frozenset({"User.Read.All"}),
}
"""What some tenants ask for besides; harmless where they do not."""


class PermissionsUnreadable(Exception):
    """The file of the release is not there or not whole."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`needed` is to be there, nothing but `allowed` may be."""

    needed: frozenset[str]
    allowed: frozenset[str]


def wanted(identity: str, settings: Settings, file: Path = FILE) -> Wanted:
    """For `reader` or `writer`, under these settings. Errors: PermissionsUnreadable."""
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))[identity]["permissions"]
        names = frozenset(str(one["name"]) for one in listed)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PermissionsUnreadable(type(error).__name__) from None
    off = {name for name, any_of in _ONLY_WITH.items() if not any(getattr(settings, one) for one in any_of)}
    return Wanted(names - off, names | _BESIDE[identity])
