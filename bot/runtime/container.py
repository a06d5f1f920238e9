"""The only place where the edges meet: settings in, a bot that can answer out. Closes everything it opened."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import aiohttp
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.announcer.speaking import Speaking
from bot.conversation import ConversationReference
from bot.core.actors.recognise import RecogniseActor
from bot.core.calendar import WorkCalendar
from bot.core.class_links.errands import RunErrand
from bot.core.clock import SteadyClock
from bot.core.oversight.people_shown import RecordPeopleShown
from bot.core.passwords.slips import CollectSlips, SlipTokens
from bot.core.usernames.find import FindUsername
from bot.database.engine import Database
from bot.database.experts import StoredDeciders
from bot.database.keys import DatabaseKeys
from bot.dialogs.lookup.dialog import LookupDialog
from bot.dialogs.password.dialog import PasswordDialog
from bot.dialogs.requests.deputies import DeputyTalk
from bot.dialogs.requests.dialog import RequestsDialog
from bot.dialogs.transfer.dialog import TransferDialog
from bot.graph.accounts import GraphAccounts
from bot.graph.class_links import GraphClassLinks
from bot.graph.directory import GraphDirectory
from bot.graph.enrolments import GraphEnrolments
from bot.graph.installer import GraphInstaller
from bot.graph.link_writer import GraphClassWriter
from bot.graph.options import GraphOptions
from bot.graph.placements import GraphPlacements
from bot.graph.probing import Probing
from bot.graph.rosters import GraphRosters
from bot.graph.school_files import GraphSchoolFiles
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from bot.graph.ways import SAFE, TenantWays
from bot.graph.writer import GraphWriter
from bot.responder import Responder
from bot.router import Router
from bot.runtime.class_links import LinkParts, NoFiles
from bot.runtime.crew import Crew
from bot.runtime.days_off import DaysFileError, DaysOff
from bot.runtime.elapsed import elapsed_seconds
from bot.runtime.keys import master_key
from bot.runtime.logs import new_reference
from bot.runtime.options import graph_options, limits, teams_options, writer_options
from bot.runtime.passwords import Passwords
from bot.runtime.schools import places_of
from bot.runtime.self_installation import SelfInstallation
from bot.runtime.settings import Settings, SettingsError
from bot.runtime.slip_pages import slip_address
from bot.runtime.speakers import speaking_crews
from bot.runtime.transfers import TransferParts
from bot.seals import Sealer
from bot.teams.edge import TeamsEdge, open_teams
from bot.texts.catalog import Catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The running parts that web and worker need. `crews` is empty in a process that carries out no tasks."""

    settings: Settings
    clock: SteadyClock
    catalog: Catalog
    teams: TeamsEdge
    database: Database
    transport: GraphTransport
    collect: CollectSlips
    run: RunErrand
    crews: tuple[Crew, ...]
    installing: SelfInstallation | None
    """None where nothing is installed."""
    probing: Probing


def utc_now() -> datetime:
    """The present moment as the machine has it: for what was signed elsewhere. All else is given the steady clock."""
    return datetime.now(UTC)  # noqa: TID251 -- the clock itself


@asynccontextmanager
async def built(settings: Settings) -> AsyncIterator[Container]:
    """Everything built and open; closed again at the end, in reverse order."""
    async with AsyncExitStack() as stack:
        key = master_key(Path(settings.key_file), may_make=not settings.real_tenant)
        teams = teams_options(settings)
        teams.check()
        graph = _checked(graph_options(settings, await asyncio.to_thread(places_of, settings)))
        catalog = Catalog.load()
        clock = SteadyClock(utc_now, elapsed_seconds)
        database = await Database.open(settings.database_url, DatabaseKeys.derive(key), clock)
        stack.push_async_callback(database.close)
        clock.resume(await database.high_water.read())
        await database.place_transfers(graph.places, clock())
        session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        transport = GraphTransport(session, MsalTokens(graph), graph, ways=TenantWays(graph, SAFE))
        directory = GraphDirectory(transport, graph, clock)
        recognise = RecogniseActor(directory, clock, deputies=database.deputies, regions=settings.regional_offices)
        sealer = Sealer(derived(key, "card-seal/v1"), lambda: secrets.token_urlsafe(12))
        accounts, rosters = GraphAccounts(transport, graph), GraphRosters(transport, graph, clock, directory)
        passwords = Passwords(
            settings=settings,
            database=database,
            clock=clock,
            actors=recognise,
            reader=accounts,
            rosters=rosters,
            tokens=SlipTokens(derived(key, "slip-link/v1"), lambda: secrets.token_urlsafe(32)),
        )
        transfers = TransferParts(
            settings=settings,
            database=database,
            clock=clock,
            calendar=await calendar_of(settings),
            actors=recognise,
            directory=directory,
            placements=GraphPlacements(transport, graph, accounts, rosters),
            deciders=StoredDeciders(
                database.directors, database.deputies, database.experts, clock, settings.regional_offices
            ),
        )
        folder = settings.expected_lists_folder
        links = LinkParts(
            settings=settings,
            database=database,
            clock=clock,
            actors=recognise,
            directory=directory,
            reader=GraphClassLinks(transport, graph, clock),
            files=GraphSchoolFiles(
                transport, clock, domain=settings.account_domain, host=settings.onedrive_host, folder=folder
            )
            if folder
            else NoFiles(),
            known=transfers.deciders,
            calendar=transfers.calendar,
        )
        find = FindUsername(
            directory=directory,
            ledger=database.ledger,
            audit=database.audit,
            pseudonyms=database.pseudonyms,
            clock=clock,
            limits=limits(settings),
            domain=settings.account_domain,
            admit_synthetic=settings.admit_synthetic_identifiers,
        )
        responder = Responder(
            tenant_id=settings.tenant_id,
            catalog=catalog,
            router=Router(catalog),
            sealer=sealer,
            recognise=recognise,
            lookup=LookupDialog(find),
            password=PasswordDialog(passwords.cases(find), slip_address(settings.public_url)),
            transfer=TransferDialog(find, transfers.request()),
            requests=RequestsDialog(transfers.read(), transfers.decide(), DeputyTalk(find, transfers.authorise())),
            class_links=links.dialog(),
            preferences=database.preferences,
            conversations=database.conversations,
            directors=database.directors,
            experts=database.experts,
            record_shown=RecordPeopleShown(database.audit, clock),
            clock=clock,
            new_reference=new_reference,
        )
        edge = await stack.enter_async_context(
            open_teams(teams, answer=responder, seen=database.seen, clock=clock, new_reference=new_reference)
        )
        crews: tuple[Crew, ...] = ()
        installing = None
        if settings.works:
            writing = _checked(writer_options(settings))
            write = GraphTransport(session, MsalTokens(writing), writing)
            installer = GraphInstaller(write, writing, settings.teams_app_catalog_id)
            if settings.teams_app_catalog_id and settings.app_id:
                ask = partial(installer.may_install, app_id=settings.app_id)
                installing = SelfInstallation(database.conversations.anybody, ask)
            speaking = Speaking(
                actors=recognise,
                reference=lambda object_id: reference_of(database, object_id),
                messages=database.messages,
                messenger=edge.connector,
                preferences=database.preferences,
                catalog=catalog,
                clock=clock,
                pace=database.pace,
            )
            # Each with hands of its own: a Teams that is slow to take messages keeps no password waiting, and no news
            # an alarm.
            crews = (
                Crew(
                    database.queue,
                    (
                        *passwords.handlers(GraphWriter(write, clock)),
                        *transfers.handlers(GraphEnrolments(write, writing)),
                        *links.handlers(GraphClassWriter(write, writing)),
                    ),
                    clock,
                ),
                *speaking_crews(
                    database.queue,
                    clock,
                    (
                        *passwords.speakers(speaking, sealer),
                        *transfers.speakers(speaking, sealer, installer),
                        *links.speakers(speaking, sealer),
                        links.alarm(speaking, transfers.deciders),
                    ),
                ),
            )
        for crew in crews:
            database.queue.tell(crew.expect)
        yield Container(
            settings=settings,
            clock=clock,
            catalog=catalog,
            teams=edge,
            database=database,
            transport=transport,
            collect=passwords.collect(),
            run=links.run,
            crews=crews,
            installing=installing,
            probing=Probing(transport, graph, utc_now),
        )


async def reference_of(database: Database, object_id: str) -> ConversationReference | None:
    """Where this person can be spoken to, None when the app is not installed for the person."""
    kept = await database.conversations.of(object_id)
    return None if kept is None else ConversationReference(**asdict(kept))


async def calendar_of(settings: Settings) -> WorkCalendar:
    """When directors may be expected to answer. Errors: SettingsError."""
    try:
        days = await asyncio.to_thread(DaysOff.read, settings.school_days_file, utc_now().date())
    except DaysFileError as error:
        raise SettingsError(f"The bot cannot start:\n- SCHOOL_DAYS_FILE: {error}") from error
    opens, closes = settings.hours
    return WorkCalendar(days.is_off, day_on=days.is_on, opens=opens, closes=closes)


def derived(master: bytes, purpose: str) -> bytes:
    """A key derived from the master key for this purpose alone (HKDF, RFC 5869)."""
    return HKDF(SHA256(), 32, None, f"edu-accounts-bot/{purpose}".encode()).derive(master)


def _checked(options: GraphOptions) -> GraphOptions:
    try:
        options.check()
    except ValueError as error:  # names the option, never its value
        raise SettingsError(f"The bot cannot start: {error}") from error
    return options
