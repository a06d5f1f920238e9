"""What is to stand in the end, as the administrator says it on the command line."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

DEPLOY = Path(__file__).resolve().parents[1]
PASSWORD_ADMINISTRATOR = "966707d0-3269-4727-9be2-8c3a10f19b9d"  # noqa: S105 -- a role's template id
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,63}")
_SCHOOL = re.compile(r"[0-9]{6,7}")
_RESOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,62}")


@dataclass(frozen=True, slots=True)
class Identity:
    """One app registration. `unique`: the alternate key by which a later run finds it again."""

    key: str
    unique: str
    display: str
    folder: str

    @property
    def option(self) -> str:
        """By which an app that was registered by hand is named."""
        return f"--{self.key}-app-id"


BOT = Identity("bot", "edu-accounts-bot", "Ел. профили – бот", "files")
READER = Identity("reader", "edu-accounts-reader", "Ел. профили – четене", "files")
WRITER = Identity("writer", "edu-accounts-writer", "Ел. профили – запис", "worker-files")
IDENTITIES = (BOT, READER, WRITER)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`units`: administrative units in which the writer is given Password Administrator; `everywhere`: in the tenant.
    `subscription`, `group`: where the Azure bot is registered; "" leaves it to the checklist. `schools`: codes whose
    OneDrive sites the reader may look into, on `sites_host` under `domain`. `folder`: where key files go. `adopted`:
    application ids of apps that were registered by hand, by the key of the identity.
    """

    tenant: str
    host: str
    folder: Path
    domain: str = "edu.mon.bg"
    everywhere: bool = False
    units: tuple[str, ...] = ()
    subscription: str = ""
    group: str = ""
    location: str = "westeurope"
    bot_name: str = "edu-accounts-bot"
    schools: tuple[str, ...] = ()
    sites_host: str = ""
    adopted: Mapping[str, str] = field(default_factory=dict)

    def faults(self) -> Iterator[str]:
        """What is wrong, in words for the command line."""
        for name, value, form in (
            ("--tenant", self.tenant, _GUID),
            ("--host", self.host, _HOST),
            ("--domain", self.domain, _HOST),
            ("--subscription", self.subscription, _GUID),
            ("--resource-group", self.group, _RESOURCE),
            ("--bot-name", self.bot_name, _RESOURCE),
            ("--sites-host", self.sites_host, _HOST),
            *(("--password-role-unit", unit, _GUID) for unit in self.units),
            *(("--school", code, _SCHOOL) for code in self.schools),
            *((one.option, self.adopted.get(one.key, ""), _GUID) for one in IDENTITIES),
        ):
            if (value or name in {"--tenant", "--host"}) and not form.fullmatch(value):
                yield f"{name}: {'missing' if not value else 'not of this form'}"
        if len(named := [one for one in self.adopted.values() if one]) != len(set(named)):
            yield f"{', '.join(one.option for one in IDENTITIES)}: one app is named twice"
        if bool(self.subscription) != bool(self.group):
            yield "--subscription, --resource-group: both or neither"
        if self.schools and not self.sites_host:
            yield "--sites-host: the OneDrive host of the tenant, such as contoso-my.sharepoint.com"

    def certificate(self, identity: Identity) -> Path:
        """The PEM file of an identity."""
        return self.folder / identity.folder / f"{identity.key}.pem"

    def site_of(self, code: str) -> str:
        """The last part of the address of a school account's OneDrive."""
        return f"{code}@{self.domain}".replace("@", "_").replace(".", "_")


@cache
def graph_app_id() -> str:
    """The application id of Microsoft Graph."""
    found: str = _permissions_file()["resource"]["appId"]
    return found


def permissions(identity: Identity) -> dict[str, str]:
    """The application permissions of an identity: name → id, from deploy/permissions.json. The bot has none."""
    if identity is BOT:
        return {}
    return {one["name"]: one["id"] for one in _permissions_file()[identity.key]["permissions"]}


@cache
def _permissions_file() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DEPLOY / "permissions.json").read_text(encoding="utf-8"))
    return found
