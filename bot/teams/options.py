"""Settings of the Teams edge: the bot's identity and the addresses of the channel."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.teams.service_urls import check_service_url, is_loopback

SINGLE_TENANT = "SingleTenant"
MANAGED_IDENTITY = "UserAssignedMSI"

PUBLIC_CLOUD_HOSTS = ("smba.trafficmanager.net",)
"""Teams' connector in the public cloud. Others are settings: GCC `smba.infra.gcc.teams.microsoft.com`, GCC High
`smba.infra.gov.teams.microsoft.us`, DoD `smba.infra.dod.teams.microsoft.us`
(learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages).
"""

_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+")


class ConfigurationError(Exception):
    """The Teams edge cannot start with these options. The message names the option and never shows its value."""


@dataclass(frozen=True, slots=True)
class TeamsOptions:
    """Options of the Teams edge; `check` says whether they can work together.

    Authentication is off in one case only: `development` and no `app_id`. In development, with or without app id, the
    bot accepts and calls loopback service URLs only and `service_hosts` is not looked at.
    """

    app_id: str = ""
    app_type: str = SINGLE_TENANT
    """`SingleTenant` (secret or certificate) or `UserAssignedMSI` (managed identity of Azure, no secret).
    Multi-tenant bots cannot be created since 2025-07-31 (learn.microsoft.com/azure/bot-service/abs-quickstart).
    """
    tenant_id: str = ""
    client_secret: str = field(default="", repr=False)
    certificate: str = field(default="", repr=False)
    """Private key and certificate of the app registration, both in one PEM text."""
    development: bool = False
    service_hosts: tuple[str, ...] = PUBLIC_CLOUD_HOSTS
    """Whole host names in lower case; no patterns."""
    openid_metadata_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    authority: str = "https://login.microsoftonline.com"
    ca_file: str | None = None
    """A PEM bundle trusted instead of the system's, for keys, tokens and connector."""

    @property
    def authenticates(self) -> bool:
        """Whether every request must carry a valid token. False on a developer's machine without app id only."""
        return bool(self.app_id) or not self.development

    def check(self) -> None:
        """Raises ConfigurationError for the first option that is missing, wrong or contradicts another."""
        if not self.app_id and not self.development:
            raise ConfigurationError(
                "app_id is missing: without it no request can be authenticated; "
                "only the development flag, which limits the bot to this machine, allows that"
            )
        if self.app_id:
            _check_identity(self)
        elif self.client_secret or self.certificate:
            raise ConfigurationError("a credential without app_id")
        if not self.development:
            _check_hosts(self.service_hosts)
        _check_url("openid_metadata_url", self.openid_metadata_url, plain_on_loopback=self.development)
        _check_url("authority", self.authority, plain_on_loopback=False)  # MSAL refuses plain http

    def check_service_url(self, url: str) -> None:
        """Raises ServiceUrlRefused unless the bot may talk to this address."""
        check_service_url(url, hosts=frozenset(self.service_hosts), loopback_only=self.development)


def _check_identity(options: TeamsOptions) -> None:
    if not _GUID.fullmatch(options.app_id):
        raise ConfigurationError("app_id is not a GUID")
    if not _GUID.fullmatch(options.tenant_id):
        raise ConfigurationError("tenant_id is missing or not a GUID")
    credentials = bool(options.client_secret) + bool(options.certificate)
    if options.app_type == MANAGED_IDENTITY:
        if credentials:
            raise ConfigurationError("app_type UserAssignedMSI needs neither client_secret nor certificate")
    elif options.app_type == SINGLE_TENANT:
        if credentials != 1:
            raise ConfigurationError("app_type SingleTenant needs either client_secret or certificate")
    else:
        raise ConfigurationError("app_type is neither SingleTenant nor UserAssignedMSI")
    if options.certificate and not (
        "PRIVATE KEY-----" in options.certificate and "BEGIN CERTIFICATE-----" in options.certificate
    ):
        raise ConfigurationError("certificate must hold the private key and the certificate as PEM")


def _check_hosts(hosts: tuple[str, ...]) -> None:
    if not hosts:
        raise ConfigurationError("service_hosts is empty: the bot could answer nobody")
    for host in hosts:
        if not _HOST.fullmatch(host) or host.rsplit(".", 1)[-1].isdigit():
            raise ConfigurationError("service_hosts must be whole host names in lower case, without port or pattern")


def _check_url(name: str, value: str, *, plain_on_loopback: bool) -> None:
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ConfigurationError(f"{name} is not an address") from error
    plain = plain_on_loopback and parts.scheme == "http" and host is not None and is_loopback(host)
    if not host or "@" in parts.netloc or not (parts.scheme == "https" or plain):
        raise ConfigurationError(f"{name} must be https")
