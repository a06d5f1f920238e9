"""The way in: opens the database, whichever engine it is, and offers what the rest of the bot needs of it."""

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Row, insert, select

from bot.core.clock import Clock
from bot.core.errors import StoreUnavailable
from bot.database.account_boards import StoredBoards
from bot.database.account_choices import StoredAsks, StoredSchoolChoices
from bot.database.account_lists import StoredAccountLists
from bot.database.account_receipts import StoredReceipts
from bot.database.audit import ChainedAuditLog
from bot.database.by_hand import StoredByHand
from bot.database.connections import Connections, connect_postgres, connect_sqlite
from bot.database.conversations import StoredConversations
from bot.database.deputies import StoredDeputies
from bot.database.directors import StoredDirectors
from bot.database.expected_lists import StoredExpectedLists
from bot.database.experts import StoredExperts
from bot.database.failures import CannotOpen, DatabaseInUse, WrongKey
from bot.database.high_water import StoredHighWater
from bot.database.intake import StoredIntake
from bot.database.keys import DatabaseKeys, KeyedPseudonyms
from bot.database.ledger import StoredLedger
from bot.database.link_cases import StoredLinkCases
from bot.database.lock_file import LockFile
from bot.database.messages import StoredMessages
from bot.database.one_time_links import StoredOneTimeLinks
from bot.database.operations import StoredOperations
from bot.database.preferences import StoredPreferences
from bot.database.queue import StoredQueue
from bot.database.rate_limit import StoredRateLimit
from bot.database.releases import StoredReleases
from bot.database.rights import Rights
from bot.database.schema import bring_up_to_date
from bot.database.school_figures import StoredFigures
from bot.database.sealing import SealWhatWasThere
from bot.database.seen import StoredSeenActivities
from bot.database.tables import key_check
from bot.database.transfer_places import PlaceTransfers
from bot.database.transfers import StoredTransfers
from bot.database.urls import read_url
from bot.database.vault import Vault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """An open database. `version` is the engine's, for the log and the health page (`SQLite 3.45.1`)."""

    ledger: StoredLedger
    audit: ChainedAuditLog
    preferences: StoredPreferences
    pseudonyms: KeyedPseudonyms
    conversations: StoredConversations
    directors: StoredDirectors
    seen: StoredSeenActivities
    queue: StoredQueue
    rate_limit: StoredRateLimit
    operations: StoredOperations
    messages: StoredMessages
    releases: StoredReleases
    transfers: StoredTransfers
    place_transfers: PlaceTransfers
    deputies: StoredDeputies
    experts: StoredExperts
    expected_lists: StoredExpectedLists
    link_cases: StoredLinkCases
    by_hand: StoredByHand
    one_time_links: StoredOneTimeLinks
    boards: StoredBoards
    receipts: StoredReceipts
    school_choices: StoredSchoolChoices
    asks: StoredAsks
    account_lists: StoredAccountLists
    intake: StoredIntake
    figures: StoredFigures
    high_water: StoredHighWater
    version: str
    connections: Connections
    lock: LockFile | None

    @classmethod
    async def open(cls, url: str, keys: DatabaseKeys, clock: Clock) -> Self:
        """Opens `sqlite:///file` or `postgresql://…`, migrating its tables when they are older than this release.

        CannotOpen and its kinds (DatabaseInUse, WrongKey, NewerSchema): do not start. StoreUnavailable: the server
        cannot be reached now.
        """
        parsed = read_url(url)
        lock = None
        if parsed.drivername.startswith("sqlite"):
            lock = _lock(Path(parsed.database or ""))
        connections = None
        try:
            connections = connect_sqlite(parsed) if lock else connect_postgres(parsed)
            audit = ChainedAuditLog(connections, keys)
            rights = Rights(connections, keys, audit, clock)
            conversations = StoredConversations(connections, audit, rights, clock)
            check_key = partial(_check_key, connections, keys)

            def upgraded(connection: Connection, before: str) -> None:
                check_key(connection)  # with another key nothing is sealed
                conversations.seal_older(connection, before)

            await bring_up_to_date(connections, upgraded)
            await connections.run(check_key)
            version = await connections.version()
            seen = StoredSeenActivities(connections, keys, clock)
            await seen.load()
            queue = StoredQueue(connections, keys, clock)
            await SealWhatWasThere(connections, audit, rights)(clock())
            deputies = StoredDeputies(connections, keys, audit, queue, rights=rights)
            await deputies.remember_ends(clock())
            if lock is not None:  # we are the only process: nobody else can still be at work
                await queue.release_all()
                await connections.empty_log()
        except BaseException as error:
            try:
                if connections is not None:
                    await connections.close()
            finally:
                if lock is not None:
                    lock.release()
            if lock is not None and isinstance(error, StoreUnavailable):  # a file does not come back by waiting
                raise CannotOpen(f"{parsed.database} cannot be used: {error.__cause__}") from error
            raise
        log.info("database open: %s, %s", version, parsed.render_as_string(hide_password=True))
        releases = StoredReleases(connections, rights)
        return cls(
            ledger=StoredLedger(connections, audit, queue),
            audit=audit,
            preferences=StoredPreferences(connections, clock),
            pseudonyms=KeyedPseudonyms(keys),
            conversations=conversations,
            directors=StoredDirectors(connections, clock),
            seen=seen,
            queue=queue,
            rate_limit=StoredRateLimit(connections, clock),
            operations=StoredOperations(connections, keys, audit, queue, Vault(connections, keys)),
            messages=StoredMessages(connections, clock),
            releases=releases,
            transfers=StoredTransfers(connections, keys, audit, queue, releases, deputies=deputies, rights=rights),
            place_transfers=PlaceTransfers(connections, keys, audit, rights, queue),
            deputies=deputies,
            experts=StoredExperts(connections, clock),
            expected_lists=StoredExpectedLists(connections, keys, audit),
            link_cases=StoredLinkCases(connections, keys, audit, queue),
            by_hand=StoredByHand(connections, keys, audit),
            one_time_links=StoredOneTimeLinks(connections, keys, audit, rights),
            boards=StoredBoards(connections, keys, queue, clock),
            receipts=StoredReceipts(connections, keys, audit),
            school_choices=StoredSchoolChoices(connections, keys, audit),
            asks=StoredAsks(connections, keys, audit, queue, clock),
            account_lists=StoredAccountLists(connections, keys, audit, queue, clock),
            intake=StoredIntake(connections, audit, queue),
            figures=StoredFigures(connections),
            high_water=StoredHighWater(connections, audit),
            version=version,
            connections=connections,
            lock=lock,
        )

    async def purge(self, now: datetime) -> int:
        """Removes what has served its time; returns how many rows. How long what is kept is said where it is kept."""
        removed = 0
        parts = (self.ledger, self.seen, self.queue, self.rate_limit, self.operations, self.messages, self.releases)
        for part in (
            *parts,
            self.transfers,
            self.deputies,
            self.experts,
            self.expected_lists,
            self.link_cases,
            self.by_hand,
            self.one_time_links,
            self.boards,
            self.receipts,
            self.school_choices,
            self.asks,
            self.account_lists,
            self.intake,
        ):
            removed += await part.purge(now)
        return removed

    async def close(self) -> None:
        """Writes what still waits and ends all connections. May be called twice."""
        try:
            await self.seen.flush()
        except StoreUnavailable as error:
            log.warning("activities answered last were not written: %s", error)
        finally:
            try:
                await self.connections.close()
            finally:
                if self.lock is not None:
                    self.lock.release()


def _lock(path: Path) -> LockFile:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LockFile(path.with_name(path.name + ".lock"))
    except (BlockingIOError, PermissionError) as error:
        raise DatabaseInUse(
            f"{path} is open in another process (or its folder cannot be written): a SQLite file serves one process;"
            " for several use PostgreSQL"
        ) from error
    except OSError as error:
        raise CannotOpen(f"{path.parent} cannot hold a database: {error.strerror}") from error


def _first_key(connection: Connection) -> Row[str, bytes] | None:
    return connection.execute(select(key_check.c.key_id, key_check.c.proof)).one_or_none()


def _check_key(connections: Connections, keys: DatabaseKeys, connection: Connection) -> None:
    found = _first_key(connection)
    if found is None:
        connections.serialise(connection, "first key")
        found = _first_key(connection)
    if found is None:
        connection.execute(insert(key_check).values(key_id=keys.key_id, proof=keys.proof))
    elif found.key_id != keys.key_id:
        raise WrongKey(f"the database was begun with the key {found.key_id!r}, this one is called {keys.key_id!r}")
    elif found.proof != keys.proof:
        raise WrongKey(
            f"this is not the key {keys.key_id!r} the database was begun with; nothing could be read with it"
        )
