"""The only place where the edges meet: settings in, a bot that can answer out. Closes everything it opened."""

import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.core.actors.recognise import RecogniseActor
from bot.core.usernames.find import FindUsername
from bot.core.usernames.model import Limits
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.dialogs.lookup.dialog import LookupDialog
from bot.graph.directory import GraphDirectory
from bot.graph.options import Certificate, Credential, GraphOptions, ManagedIdentity, Secret
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from bot.responder import Responder
from bot.router import Router
from bot.runtime.keys import master_key
from bot.runtime.settings import Settings, SettingsError
from bot.seals import Sealer
from bot.teams.edge import TeamsEdge, open_teams
from bot.teams.options import PUBLIC_CLOUD_HOSTS, TeamsOptions
from bot.texts.catalog import Catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The running parts that web and worker need."""

    teams: TeamsEdge
    database: Database
    transport: GraphTransport


def utc_now() -> datetime:
    """The present moment. The one clock of the process; everything else is given it."""
    return datetime.now(UTC)  # noqa: TID251 -- the clock itself


@asynccontextmanager
async def built(settings: Settings) -> AsyncIterator[Container]:
    """Everything built and open; closed again at the end, in reverse order."""
    async with AsyncExitStack() as stack:
        key = master_key(Path(settings.key_file), may_make=not settings.real_tenant)
        teams = teams_options(settings)
        teams.check()
        graph = graph_options(settings)
        try:
            graph.check()
        except ValueError as error:  # names the option, never its value
            raise SettingsError(f"The bot cannot start: {error}") from error
        catalog = Catalog.load()
        database = await Database.open(settings.database_url, DatabaseKeys.derive(key), utc_now)
        stack.push_async_callback(database.close)
        session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        transport = GraphTransport(session, MsalTokens(graph), graph)
        directory = GraphDirectory(transport, graph, utc_now)
        responder = Responder(
            tenant_id=settings.tenant_id,
            catalog=catalog,
            router=Router(catalog),
            sealer=Sealer(seal_key(key), lambda: secrets.token_urlsafe(12)),
            recognise=RecogniseActor(directory, utc_now),
            lookup=LookupDialog(
                FindUsername(
                    directory=directory,
                    ledger=database.ledger,
                    audit=database.audit,
                    pseudonyms=database.pseudonyms,
                    clock=utc_now,
                    limits=limits(settings),
                    domain=settings.account_domain,
                    admit_synthetic=settings.admit_synthetic_identifiers,
                )
            ),
            preferences=database.preferences,
            conversations=database.conversations,
            clock=utc_now,
            new_reference=lambda: secrets.token_hex(4).upper(),
        )
        edge = await stack.enter_async_context(open_teams(teams, answer=responder, seen=database.seen, clock=utc_now))
        yield Container(teams=edge, database=database, transport=transport)


def seal_key(master: bytes) -> bytes:
    """The key of the card seals, derived from the master key for this purpose alone (HKDF, RFC 5869)."""
    return HKDF(SHA256(), 32, None, b"edu-accounts-bot/card-seal/v1").derive(master)


def limits(settings: Settings) -> Limits:
    """How much a director may look up."""
    return Limits(
        own_per_day=settings.lookups_own_per_day,
        other_per_day=settings.lookups_other_per_day,
        misses_in_a_row=settings.lookups_misses_in_a_row,
        pause_minutes=settings.lookups_pause_minutes,
    )


def teams_options(settings: Settings) -> TeamsOptions:
    """The Teams edge's view of the settings."""
    return TeamsOptions(
        app_id=settings.app_id,
        app_type=settings.app_type,
        tenant_id=settings.tenant_id,
        client_secret=settings.app_password,
        certificate=_text(settings.app_certificate_file),
        development=settings.bot_development,
        service_hosts=settings.bot_service_hosts or PUBLIC_CLOUD_HOSTS,
    )


def graph_options(settings: Settings) -> GraphOptions:
    """The Graph edge's view of the settings."""
    return GraphOptions(
        tenant_id=settings.tenant_id,
        client_id=settings.graph_client_id,
        credential=_credential(settings),
        base_url=settings.graph_url,
        authority=settings.graph_authority,
        ca_file=settings.graph_ca_file or None,
        users_version="beta" if settings.graph_users_version == "beta" else "v1.0",
        expands=settings.graph_expands,
        role_extension=settings.graph_role_extension,
        identifier_extension=settings.graph_identifier_extension,
        app_roles=settings.graph_app_roles,
        app_roles_resource=settings.graph_app_roles_resource,
    )


def _credential(settings: Settings) -> Credential:
    if settings.graph_managed_identity:
        return ManagedIdentity(settings.graph_client_id)
    if settings.graph_certificate_file:
        both = _text(settings.graph_certificate_file)
        return Certificate(both, both)
    return Secret(settings.graph_client_secret)


def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8") if path else ""
