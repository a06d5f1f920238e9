"""The only place where the edges meet: settings in, a bot that can answer out. Closes everything it opened."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.announcer.speaking import Speaking
from bot.announcer.urgency import CONCURRENCY, by_urgency
from bot.conversation import ConversationReference
from bot.core.actors.recognise import RecogniseActor
from bot.core.calendar import WorkCalendar
from bot.core.clock import MachineClock, SteadyClock, day_in_sofia, sofia
from bot.core.oversight.people_shown import RecordPeopleShown
from bot.core.passwords.slips import SlipTokens
from bot.core.tasks import TaskHandler
from bot.core.transfers.model import Clocks
from bot.database.engine import Database
from bot.database.experts import StoredDeciders
from bot.database.keys import DatabaseKeys
from bot.dialogs import DIALOGS
from bot.dialogs.dialog import Service, entries_of, services_of
from bot.dialogs.parts import Parts, WorkerParts
from bot.documents.account_list_reading import ReadAccountLists
from bot.documents.children import ReadingChildren
from bot.documents.reading import ReadRosters
from bot.graph.accounts import GraphAccounts, GraphPlacements
from bot.graph.class_links import GraphClassLinks
from bot.graph.directory import GraphDirectory
from bot.graph.enrolments import GraphClassWriter, GraphEnrolments
from bot.graph.installer import GraphInstaller
from bot.graph.list_folders import GraphListFolders, NoListFolders
from bot.graph.options import GraphOptions
from bot.graph.own_classes import GraphOwnClasses
from bot.graph.probing import Probing
from bot.graph.role_scopes import RoleScopes
from bot.graph.rosters import GraphRosters
from bot.graph.school_accounts import GraphSchoolAccounts
from bot.graph.school_files import GraphSchoolFiles, NoFiles
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from bot.graph.ways import SAFE, TenantWays
from bot.graph.writer import GraphWriter
from bot.late_answers import SendLateAnswer
from bot.responder import Responder
from bot.router import Router
from bot.runtime.certificates import Certificates, certificate_files
from bot.runtime.days_off import DaysFileError, DaysOff
from bot.runtime.keys import master_key
from bot.runtime.logs import new_reference
from bot.runtime.now import utc_now
from bot.runtime.offices import Offices
from bot.runtime.options import (
    accounts_timing,
    ask_limits,
    graph_options,
    intake_limits,
    limits,
    teams_options,
    timing,
    writer_options,
)
from bot.runtime.reaching import ReachPerson
from bot.runtime.schools import places_of
from bot.runtime.self_installation import SelfInstallation
from bot.runtime.settings import Settings, SettingsError
from bot.runtime.task_worker import TaskWorker
from bot.seals import Sealer
from bot.teams.edge import TeamsEdge, open_teams
from bot.texts.catalog import Catalog

_IN_BACKGROUND = 4
"""Tasks that nobody waits for, done at once by one process: a look at a large school takes some seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningBot:
    """The running parts that web and worker need. `workers` is empty in a process that carries out no tasks."""

    settings: Settings
    clock: SteadyClock
    catalog: Catalog
    teams: TeamsEdge
    database: Database
    transport: GraphTransport
    services: tuple[Service[Any], ...]
    workers: tuple[TaskWorker, ...]
    installing: SelfInstallation | None
    """None where nothing is installed."""
    probing: Probing
    days: DaysOff
    certificates: Certificates
    offices: Offices | None
    """None where nothing is told to anybody."""


@asynccontextmanager
async def built(settings: Settings) -> AsyncIterator[RunningBot]:
    """Everything built and open; closed again at the end, in reverse order."""
    async with AsyncExitStack() as stack:
        key = master_key(Path(settings.key_file), may_make=not settings.real_tenant)
        teams = teams_options(settings)
        teams.check()
        graph = _checked(graph_options(settings, await asyncio.to_thread(places_of, settings)))
        catalog = Catalog.load().with_support(settings.support)
        machine = MachineClock(utc_now)
        clock = SteadyClock(machine.now, elapsed_seconds)
        database = await Database.open(settings.database_url, DatabaseKeys.derive(key), clock)
        stack.push_async_callback(database.close)
        clock.resume(await database.high_water.read())
        await database.place_transfers(graph.places, clock())
        session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        transport = GraphTransport(session, MsalTokens(graph), graph, ways=TenantWays(graph, SAFE))
        sealer = Sealer(derived(key, "card-seal/v1"), lambda: secrets.token_urlsafe(12))
        slip_tokens = SlipTokens(derived(key, "slip-link/v1"), lambda: secrets.token_urlsafe(32))
        days = await days_of(settings)
        parts = _parts(
            settings=settings,
            database=database,
            clock=clock,
            catalog=catalog,
            transport=transport,
            graph=graph,
            slip_tokens=slip_tokens,
            calendar=calendar_of(settings, days),
        )
        services = services_of(DIALOGS, parts)
        responder = Responder(
            tenant_id=settings.tenant_id,
            catalog=catalog,
            router=Router(catalog, DIALOGS),
            sealer=sealer,
            recognise=parts.actors,
            services=services,
            preferences=database.preferences,
            conversations=database.conversations,
            directors=database.directors,
            experts=database.experts,
            record_shown=RecordPeopleShown(database.audit, clock),
            tasks=database.queue,
            clock=clock,
            new_reference=new_reference,
        )
        edge = await stack.enter_async_context(
            open_teams(teams, answer=responder, seen=database.seen, clock=machine, new_reference=new_reference)
        )
        workers: tuple[TaskWorker, ...] = ()
        installing = None
        if settings.works:
            writing = _checked(writer_options(settings))
            write = GraphTransport(session, MsalTokens(writing), writing)
            scopes = RoleScopes(transport, write.tokens)
            reach = ReachPerson(edge.connector, partial(anywhere, database), database.conversations.remember)
            installer = GraphInstaller(write, writing, settings.teams_app_catalog_id, reach)
            if settings.teams_app_catalog_id and settings.app_id:
                ask = partial(installer.may_install, manifest_id=settings.teams_app_id or settings.app_id)
                installing = SelfInstallation(database.conversations.anybody, ask)
            worker_parts = WorkerParts(
                common=parts,
                speaking=Speaking(
                    actors=parts.actors,
                    reference=lambda object_id: reference_of(database, object_id),
                    messages=database.messages,
                    messenger=edge.connector,
                    preferences=database.preferences,
                    catalog=catalog,
                    clock=clock,
                    rate_limit=database.rate_limit,
                    sealer=sealer,
                    entries=entries_of(DIALOGS),
                    new_reference=new_reference,
                ),
                rate_limit=database.rate_limit,
                writes_per_second=float(settings.password_writes_per_second),
                below=secrets.randbelow,
                account_writer=GraphWriter(write, machine, scopes),
                enrolment_writer=GraphEnrolments(write, writing, scopes),
                class_writer=GraphClassWriter(write, writing),
                installer=installer,
            )
            handlers = [task for service in services for task in service.tasks(worker_parts)]
            late = SendLateAnswer(worker_parts.speaking, responder.later)
            workers = (
                *_workers(database, clock, handlers),
                TaskWorker(database.queue, (late,), clock, concurrency=late.concurrency),
            )
        for worker in workers:
            database.queue.tell(worker.expect)
        if workers:
            await database.queue.add([task for service in services for task in service.dialog.starts(clock())])
        yield RunningBot(
            settings=settings,
            clock=clock,
            catalog=catalog,
            teams=edge,
            database=database,
            transport=transport,
            services=services,
            workers=workers,
            installing=installing,
            probing=Probing(transport, graph, machine.now),
            days=days,
            certificates=Certificates.read(certificate_files(settings), utc_now),
            offices=Offices(settings.regional_offices.values(), parts.deciders, partial(has_the_app, database))
            if settings.works
            else None,
        )


def _parts(
    *,
    settings: Settings,
    database: Database,
    clock: SteadyClock,
    catalog: Catalog,
    transport: GraphTransport,
    graph: GraphOptions,
    slip_tokens: SlipTokens,
    calendar: WorkCalendar,
) -> Parts:
    directory = GraphDirectory(transport, graph, clock)
    accounts = GraphAccounts(transport, graph, clock)
    rosters = GraphRosters(transport, graph, directory, clock)
    school_accounts = GraphSchoolAccounts(transport, graph, clock)
    folder, domain = settings.expected_lists_folder, settings.account_domain
    host, people_folder = settings.onedrive_host, settings.account_lists_folder
    children = ReadingChildren()
    return Parts(
        tenant=settings.tenant_id,
        domain=domain,
        public_url=settings.public_url,
        lists_folder=folder,
        account_lists_folder=people_folder,
        link_remind_days=settings.link_remind_days,
        admit_synthetic=settings.admit_synthetic_identifiers,
        clock=clock,
        calendar=calendar,
        sleep=asyncio.sleep,
        new_token=lambda: secrets.token_urlsafe(32),
        catalog=catalog,
        lookup_limits=limits(settings),
        ask_limits=ask_limits(settings),
        timing=timing(settings),
        clocks=Clocks(
            remind_days=settings.transfer_remind_days,
            overdue_days=settings.transfer_overdue_days,
            escalate_days=settings.transfer_escalate_days,
            expire_days=settings.transfer_expire_days,
        ),
        board_timing=accounts_timing(settings),
        look_every=timedelta(hours=settings.accounts_look_hours),
        intake_limits=intake_limits(settings),
        slip_tokens=slip_tokens,
        actors=RecogniseActor(
            directory,
            clock,
            deputies=database.deputies,
            tasks=database.queue,
            regions=settings.regional_offices,
        ),
        directory=directory,
        accounts=accounts,
        rosters=rosters,
        placements=GraphPlacements(transport, graph, accounts, rosters, clock),
        class_reader=GraphClassLinks(transport, graph, clock),
        school_files=GraphSchoolFiles(transport, clock, domain=domain, host=host, folder=folder)
        if folder
        else NoFiles(),
        list_reader=ReadRosters(domain=domain, clock=clock, zone=sofia(), children=children),
        account_list_reader=ReadAccountLists(
            domain=domain,
            clock=clock,
            zone=sofia(),
            pseudonyms=database.pseudonyms,
            children=children,
            admit_synthetic=settings.admit_synthetic_identifiers,
        ),
        list_folders=GraphListFolders(transport, clock, domain=domain, host=host, folder=people_folder)
        if people_folder
        else NoListFolders(),
        school_accounts=school_accounts,
        own_classes=GraphOwnClasses(transport, graph, clock),
        audit=database.audit,
        queue=database.queue,
        preferences=database.preferences,
        ledger=database.ledger,
        pseudonyms=database.pseudonyms,
        operations=database.operations,
        releases=database.releases,
        transfers=database.transfers,
        deciders=StoredDeciders(
            directors_seen=database.directors,
            authorised=database.deputies,
            experts_seen=database.experts,
            clock=clock,
            configured=settings.regional_offices,
            accounts=directory,
        ),
        deputies=database.deputies,
        expected_lists=database.expected_lists,
        by_hand=database.by_hand,
        link_cases=database.link_cases,
        one_time_links=database.one_time_links,
        boards=database.boards,
        receipts=database.receipts,
        school_choices=database.school_choices,
        asks=database.asks,
        account_lists=database.account_lists,
        intake=database.intake,
        schools=directory,
        figures=database.figures,
    )


def _workers(database: Database, clock: SteadyClock, handlers: Iterable[TaskHandler]) -> tuple[TaskWorker, ...]:
    """Separate ones for the directory, for what nobody waits for, and for each urgency of messages: neither
    slow Teams sends nor looks at schools delay a password, and news delay no alarm.
    """
    handlers = tuple(handlers)
    background = [one for one in handlers if one.in_background]
    return (
        TaskWorker(database.queue, background, clock, concurrency=_IN_BACKGROUND),
        *(
            TaskWorker(database.queue, some, clock)
            if urgency is None
            else TaskWorker(database.queue, some, clock, concurrency=CONCURRENCY[urgency])
            for urgency, some in by_urgency(one for one in handlers if not one.in_background).items()
        ),
    )


async def reference_of(database: Database, object_id: str) -> ConversationReference | None:
    """Where this person can be spoken to, None when the app is not installed for the person."""
    kept = await database.conversations.of(object_id)
    return None if kept is None else ConversationReference(**asdict(kept))


async def has_the_app(database: Database, object_id: str) -> bool:
    """Whether this person can be spoken to."""
    return await database.conversations.of(object_id) is not None


async def anywhere(database: Database) -> ConversationReference | None:
    """Where somebody can be spoken to, whoever it is; None before anybody has installed the app."""
    person = await database.conversations.anybody()
    return await reference_of(database, person) if person else None


async def days_of(settings: Settings) -> DaysOff:
    """On which directors need not answer. Errors: SettingsError."""
    try:
        return await asyncio.to_thread(DaysOff.read, settings.school_days_file, day_in_sofia(utc_now()))
    except DaysFileError as error:
        raise SettingsError(f"The bot cannot start:\n- SCHOOL_DAYS_FILE: {error}") from error


def calendar_of(settings: Settings, days: DaysOff) -> WorkCalendar:
    """When directors may be expected to answer."""
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


def elapsed_seconds() -> float:
    """Seconds since some moment, which no setting of the clock changes; where it can be had, with those asleep."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
