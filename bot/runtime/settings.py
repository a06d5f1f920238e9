"""Every environment variable the process reads, in one place; wrong or missing ones stop it with plain words."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from urllib.parse import urlsplit

from bot.runtime.bounds import GUID, out_of_bounds
from bot.runtime.misspelt import misspelt, regions_that_are_none
from bot.runtime.parsing import host_of, hours_of, parsed, season_of
from bot.texts.support import Support

MICROSOFT_GRAPH = "https://graph.microsoft.com"
MICROSOFT_LOGIN = "https://login.microsoftonline.com"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_MOST_WRITES = 20
_SHORTEST_LIFE, _LONGEST_LIFE = 24, 168
_LONGEST_WAIT = 30
_LONGEST_SAME = 60
_LONGEST_REQUEST = 60
_TRUST = ("app_certificate_file", "graph_certificate_file", "graph_writer_certificate_file", "graph_ca_file")
_DRIVE_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_LONGEST_CONTACT = 100
"""It stands in cards, several times in a long one."""
_PHONE = re.compile(r"\+?[0-9 ()/.-]+")
_FEWEST_DIGITS = 3
"""112 is a telephone number."""
_PAGE = re.compile(r"https://(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}(?::[0-9]{1,5})?(?:[/?#][A-Za-z0-9._~/%?=&+#-]*)?")
_IDS = frozenset(
    {
        "tenant_id",
        "app_id",
        "graph_client_id",
        "graph_writer_client_id",
        "graph_app_roles_resource",
        "teams_app_id",
        "teams_app_catalog_id",
    }
)
"""Compared without case, so kept in small letters. Those who speak to us are, too (`bot/teams/inbound.py`)."""
_WHERE_TENANT = "It stands in the Entra admin centre (entra.microsoft.com), Overview, as Tenant ID (Directory ID)"


class SettingsError(Exception):
    """A setting is missing or contradicts another. The message names the variable and never shows its value."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided. docs/settings.md explains each; the names here are the variables in lower case."""

    tenant_id: str
    account_domain: str = "edu.mon.bg"

    process: str = "all"
    bot_development: bool = False
    bot_host: str = "0.0.0.0"
    bot_port: int = 3978
    bot_connections: int = 1000
    bot_connections_per_address: int = 0
    bot_idle_seconds: int = 75
    bot_upload_seconds: int = 120
    bot_service_hosts: tuple[str, ...] = ()
    public_url: str = ""
    app_id: str = ""
    app_type: str = "SingleTenant"
    app_password: str = field(default="", repr=False)
    app_certificate_file: str = ""

    operator_name: str = ""
    operator_address: str = ""
    operator_email: str = ""
    operator_phone: str = ""
    data_protection_officer: str = ""
    support_phone: str = ""
    support_email: str = ""
    support_page: str = ""

    graph_url: str = MICROSOFT_GRAPH
    graph_authority: str = MICROSOFT_LOGIN
    graph_ca_file: str = ""
    graph_client_id: str = ""
    graph_client_secret: str = field(default="", repr=False)
    graph_certificate_file: str = ""
    graph_managed_identity: bool = False
    graph_users_version: str = "auto"
    graph_expands: str = "auto"
    graph_birth_date: str = "auto"
    graph_role_extension: str = "extension_3fd591523047404483834154c3498778_NEISPUO_ROLE"
    graph_identifier_extension: str = "extension_3fd591523047404483834154c3498778_NEISPUO_ROLE_ADDITIONAL_IDENTIFIER"
    graph_attempt_seconds: int = 4
    graph_deadline_seconds: int = 8
    graph_sweep_attempt_seconds: int = 30
    graph_sweep_seconds: int = 180
    graph_page_size: int = 500
    graph_requests_per_second: int = 200
    graph_teams_requests_per_second: int = 25
    graph_app_roles: Mapping[str, str] = field(default_factory=dict)
    graph_app_roles_resource: str = ""

    graph_writer_client_id: str = ""
    graph_writer_client_secret: str = field(default="", repr=False)
    graph_writer_certificate_file: str = ""
    graph_writer_managed_identity: bool = False

    database_url: str = "sqlite:///var/bot.db"
    key_file: str = "var/keys/master.key"
    admit_synthetic_identifiers: bool = False

    lookups_own_per_day: int = 200
    lookups_other_per_day: int = 20
    lookups_misses: int = 5
    lookups_misses_within: int = 20
    lookups_pause_minutes: int = 60

    password_writes_per_second: int = 10
    password_life_hours: int = 72
    password_works_after_minutes: int = 2
    password_same_change_minutes: int = 10
    password_replace_unused: bool = False

    transfer_remind_days: int = 1
    transfer_overdue_days: int = 3
    transfer_escalate_days: int = 5
    transfer_expire_days: int = 30
    transfer_cooling_hours: int = 4
    transfer_requests_per_director: int = 80
    transfer_requests_per_school: int = 80
    transfer_requests_per_student: int = 3
    school_days_file: str = ""
    schools_file: str = ""
    working_hours: str = "8-18"
    regional_offices: Mapping[str, str] = field(default_factory=dict)
    teams_app_id: str = ""
    teams_app_catalog_id: str = ""
    expected_lists_folder: str = ""
    account_lists_folder: str = ""
    onedrive_host: str = ""
    link_remind_days: int = 3
    accounts_look_hours: int = 3
    accounts_new_days: int = 60
    intake_from: str = "06-01"
    intake_to: str = "09-14"
    intake_students_per_school: int = 400

    @property
    def hours(self) -> tuple[time, time]:
        """When a working day begins and ends. ValueError: `working_hours` has another form."""
        return hours_of(self.working_hours)

    @property
    def support(self) -> Support:
        """Where directors and experts are sent: what was named for that; if nothing was, who runs the installation,
        as the page /support tells. The two are not mixed.
        """
        named = Support(self.support_phone, self.support_email, self.support_page)
        return named if named.named else Support(self.operator_phone, self.operator_email)

    @property
    def real_tenant(self) -> bool:
        """Whether Graph or its token endpoint is anything but a program on this machine."""
        return not {host_of(self.graph_url), host_of(self.graph_authority)} <= _LOOPBACK

    @property
    def answers(self) -> bool:
        """Whether this process answers Teams."""
        return self.process in {"all", "web"}

    @property
    def works(self) -> bool:
        """Whether this process carries out tasks, and so holds the writer's credential."""
        return self.process in {"all", "worker"}

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings of an environment. Errors: SettingsError, naming every fault at once."""
        faults: list[str] = []
        values: dict[str, object] = {}
        for name, kind in cls.__annotations__.items():
            raw = environment.get(name.upper(), "").strip()
            if not raw:
                continue
            try:
                values[name] = parsed(raw, kind)
            except ValueError as error:
                faults.append(f"{name.upper()}: {error}")
        if "tenant_id" not in values:
            faults.append(f"TENANT_ID: missing (the Entra tenant the bot serves). {_WHERE_TENANT}")
            values["tenant_id"] = ""
        elif not GUID.fullmatch(str(values["tenant_id"])):
            faults.append(f"TENANT_ID: not a GUID; with a domain name everybody would be refused. {_WHERE_TENANT}")
        for name in _IDS & values.keys():
            values[name] = str(values[name]).lower()
        settings = cls(**values)  # type: ignore[arg-type]  # each value was parsed to its field's type above
        faults += misspelt(environment, {name.upper() for name in cls.__annotations__})
        faults += _contradictions(settings)
        if faults:
            raise SettingsError("The bot cannot start:\n" + "\n".join(f"- {fault}" for fault in faults))
        return settings


def _contradictions(settings: Settings) -> list[str]:
    return [
        *_teams_faults(settings),
        *_graph_faults(settings),
        *_process_faults(settings),
        *_password_faults(settings),
        *_transfer_faults(settings),
        *_support_faults(settings),
        *_other_faults(settings),
    ]


def _teams_faults(settings: Settings) -> Iterator[str]:
    if not settings.app_id and not settings.bot_development:
        yield (
            "APP_ID: missing. Without it nobody's identity can be checked, so the bot does not start; "
            "on a developer's machine set BOT_DEVELOPMENT=yes (loopback only)"
        )
    if settings.bot_development and settings.real_tenant:
        yield "BOT_DEVELOPMENT: refused together with a real tenant"
    if settings.bot_development and settings.bot_host not in _LOOPBACK:
        yield "BOT_HOST: in development the bot listens on 127.0.0.1 only"
    if settings.app_type not in {"SingleTenant", "UserAssignedMSI"}:
        yield "APP_TYPE: SingleTenant or UserAssignedMSI"
    secrets = bool(settings.app_password) + bool(settings.app_certificate_file)
    if settings.app_id and settings.app_type == "SingleTenant" and secrets != 1:
        yield "APP_PASSWORD or APP_CERTIFICATE_FILE: exactly one is needed for APP_TYPE=SingleTenant"


def _graph_faults(settings: Settings) -> Iterator[str]:
    ways = (settings.graph_client_secret, settings.graph_certificate_file, settings.graph_managed_identity)
    if sum(map(bool, ways)) != 1:
        yield "GRAPH_CLIENT_SECRET, GRAPH_CERTIFICATE_FILE or GRAPH_MANAGED_IDENTITY: exactly one is needed"
    if not settings.graph_client_id and not settings.graph_managed_identity:
        yield "GRAPH_CLIENT_ID: missing"
    if not settings.graph_attempt_seconds <= settings.graph_deadline_seconds <= settings.graph_sweep_seconds:
        yield "GRAPH_ATTEMPT_SECONDS, GRAPH_DEADLINE_SECONDS, GRAPH_SWEEP_SECONDS: none longer than the next"
    if not settings.graph_attempt_seconds <= settings.graph_sweep_attempt_seconds <= settings.graph_sweep_seconds:
        yield "GRAPH_ATTEMPT_SECONDS, GRAPH_SWEEP_ATTEMPT_SECONDS, GRAPH_SWEEP_SECONDS: none longer than the next"
    if settings.graph_users_version not in {"auto", "v1.0", "beta"}:
        yield "GRAPH_USERS_VERSION: auto, v1.0 or beta"
    if settings.graph_expands.lower() not in {"auto", "yes", "no"}:
        yield "GRAPH_EXPANDS: auto, yes or no"
    if settings.graph_birth_date not in {"auto", "no"}:
        yield "GRAPH_BIRTH_DATE: auto or no"


def _process_faults(settings: Settings) -> Iterator[str]:
    if settings.process not in {"all", "web", "worker"}:
        yield "PROCESS: all, web or worker"
        return
    ways = (
        settings.graph_writer_client_secret,
        settings.graph_writer_certificate_file,
        settings.graph_writer_managed_identity,
    )
    if settings.works:
        if sum(map(bool, ways)) != 1:
            yield (
                "GRAPH_WRITER_CLIENT_SECRET, GRAPH_WRITER_CERTIFICATE_FILE or GRAPH_WRITER_MANAGED_IDENTITY: exactly "
                "one is needed where passwords are set (PROCESS=all or worker)"
            )
        if not settings.graph_writer_client_id and not settings.graph_writer_managed_identity:
            yield "GRAPH_WRITER_CLIENT_ID: missing"
        same_id = settings.graph_writer_client_id.lower() == settings.graph_client_id.lower()
        # Without an id a managed identity is the machine's own, of which there is one.
        if same_id and (settings.graph_writer_client_id or settings.graph_writer_managed_identity):
            yield "GRAPH_WRITER_CLIENT_ID: must not be the reader's: an identity that only reads cannot be misused"
        if settings.app_id and settings.graph_writer_client_id.lower() == settings.app_id.lower():
            yield "GRAPH_WRITER_CLIENT_ID: must not be APP_ID: what answers Teams must not be able to write"
    elif any(ways) or settings.graph_writer_client_id:
        yield "GRAPH_WRITER_…: refused with PROCESS=web: what faces the internet must not be able to write"
    if settings.process != "all" and settings.database_url.startswith("sqlite"):
        yield "DATABASE_URL: a SQLite file serves one process; with PROCESS=web or worker use PostgreSQL"


def _password_faults(settings: Settings) -> Iterator[str]:
    url = urlsplit(settings.public_url) if settings.public_url and host_of(settings.public_url) else None
    loopback = url is not None and url.scheme == "http" and url.hostname in _LOOPBACK
    whole = url is not None and not (url.query or url.fragment or url.path.strip("/") or url.username)
    if settings.public_url and not (whole and url is not None and (url.scheme == "https" or loopback)):
        yield "PUBLIC_URL: https://host (on a developer's machine http://127.0.0.1:port), without a path"
    if settings.real_tenant and loopback:
        yield "PUBLIC_URL: refused together with a real tenant: nobody else can open it"
    if not 1 <= settings.password_writes_per_second <= _MOST_WRITES:
        yield f"PASSWORD_WRITES_PER_SECOND: 1 to {_MOST_WRITES} (Graph takes 3,000 in 150 s from one application)"
    if not _SHORTEST_LIFE <= settings.password_life_hours <= _LONGEST_LIFE:
        yield f"PASSWORD_LIFE_HOURS: {_SHORTEST_LIFE} to {_LONGEST_LIFE}"
    if settings.password_works_after_minutes > _LONGEST_WAIT:
        yield f"PASSWORD_WORKS_AFTER_MINUTES: at most {_LONGEST_WAIT}"
    if not 1 <= settings.password_same_change_minutes <= _LONGEST_SAME:
        yield f"PASSWORD_SAME_CHANGE_MINUTES: 1 to {_LONGEST_SAME}: who signs in for the first time may come soon"


def _transfer_faults(settings: Settings) -> Iterator[str]:
    days = [getattr(settings, f"transfer_{name}_days") for name in ("remind", "overdue", "escalate", "expire")]
    if days != sorted(days) or days[-1] > _LONGEST_REQUEST or days[-1] < 1:
        yield (
            "TRANSFER_REMIND_DAYS, TRANSFER_OVERDUE_DAYS, TRANSFER_ESCALATE_DAYS, TRANSFER_EXPIRE_DAYS: none before "
            f"the one before it, the last 1 to {_LONGEST_REQUEST}"
        )
    try:
        _ = settings.hours
    except ValueError:
        yield "WORKING_HOURS: two whole hours like 8-18, the first before the second"


def _support_faults(settings: Settings) -> Iterator[str]:
    phone, email, page = settings.support_phone, settings.support_email, settings.support_page
    digits = sum(character.isdigit() for character in phone)
    if phone and not (_PHONE.fullmatch(phone) and digits >= _FEWEST_DIGITS and len(phone) <= _LONGEST_CONTACT):
        yield "SUPPORT_PHONE: one number like 02 000 00 00: digits, blanks and + ( ) / . - only"
    if email and not (_EMAIL.fullmatch(email) and len(email) <= _LONGEST_CONTACT):
        yield "SUPPORT_EMAIL: one address like name@example.bg"
    if page and not (_PAGE.fullmatch(page) and len(page) <= _LONGEST_CONTACT):
        yield f"SUPPORT_PAGE: an address like https://example.bg/help, in Latin letters, at most {_LONGEST_CONTACT}"


def _other_faults(settings: Settings) -> Iterator[str]:
    if settings.operator_email and not _EMAIL.fullmatch(settings.operator_email):
        yield "OPERATOR_EMAIL: one address like name@example.bg"
    if settings.admit_synthetic_identifiers and settings.real_tenant:
        yield "ADMIT_SYNTHETIC_IDENTIFIERS: refused together with a real tenant"
    if settings.real_tenant and not Path(settings.key_file).is_file():
        yield "KEY_FILE: missing. With a real tenant the master key is made and kept by the operator"
    for name in (*_TRUST, "school_days_file", "schools_file"):
        # Asked without an exception: it would quote the value, and a whole PEM pasted here holds the private key.
        if getattr(settings, name) and not os.path.isfile(getattr(settings, name)):  # noqa: PTH113 -- Path.is_file raises for a long name
            yield f"{name.upper()}: there is no such file"
    yield from out_of_bounds({name: getattr(settings, name) for name in Settings.__annotations__})
    for name in ("expected_lists_folder", "account_lists_folder"):
        if getattr(settings, name) and not _DRIVE_HOST.fullmatch(settings.onedrive_host):
            yield f"ONEDRIVE_HOST: with {name.upper()} a host in small letters like contoso-my.sharepoint.com"
            break
    try:
        season_of(settings.intake_from, settings.intake_to)
    except ValueError:
        yield "INTAKE_FROM, INTAKE_TO: two days of every year like 06-01 (month-day), the first not after the second"
    yield from regions_that_are_none(settings.regional_offices)
    if settings.lookups_misses > settings.lookups_misses_within:
        yield "LOOKUPS_MISSES: at most LOOKUPS_MISSES_WITHIN"
