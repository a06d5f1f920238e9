from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from bot.core.transfers.model import State, Transfer
from bot.core.transfers.ports import Kept, Released
from bot.database.engine import Database
from bot.database.rights import ALTERED
from bot.database.transfer_tables import transfer
from tests.fakes_transfers import unlimited
from tests.integration.database.owner import as_owner
from tests.promises.store import NOW
from tests.promises.transfers_promises import OURS, THEIRS, THIRD, asked_for, deadlines, kept_at_first, verdict

MONTH = timedelta(days=30)


async def approved(database: Database, id_: str, at: datetime) -> Transfer:
    """A request of OURS to THEIRS; the release lasts a month."""
    asked = asked_for(id_, at=at)
    asking = await database.transfers.submit(asked, deadlines(at), State.REQUESTED, kept_at_first, unlimited)
    assert isinstance(asking, Transfer)
    released = Kept(release=Released(asked.person, asked.receiving.id, at + MONTH))
    changed = replace(asking, state=State.APPROVED, verdict=verdict(at=at), started_at=at)
    written = await database.transfers.change(asking, changed, released)
    assert written is not None
    return written


async def test_a_student_is_released_to_one_school_by_one_school_for_a_time(database: Database):
    await approved(database, "request", NOW)
    releases, person = database.releases, "person-1"

    assert await releases.released_by(person, OURS.id, NOW) == THEIRS.id
    assert await releases.released_by(person, OURS.id, NOW + MONTH - timedelta(milliseconds=1)) == THEIRS.id
    assert await releases.released_by(person, OURS.id, NOW + MONTH) is None
    assert await releases.released_by(person, OURS.id, NOW - timedelta(milliseconds=1)) is None
    assert await releases.released_by(person, THIRD.id, NOW) is None
    assert await releases.released_by("another", OURS.id, NOW) is None


async def test_a_newer_release_takes_the_place_of_the_one_before(database: Database, database_url: str):
    first = await approved(database, "first", NOW)
    await database.transfers.change(first, replace(first, state=State.DONE, ended_at=NOW), Kept())
    await approved(database, "second", NOW + MONTH)

    assert await database.releases.released_by("person-1", OURS.id, NOW + MONTH) == THEIRS.id
    assert await as_owner(database_url, "SELECT request FROM release") == [("second",)]


async def test_a_request_that_somebody_turned_to_another_school_releases_nobody(database: Database):
    await approved(database, "request", NOW)
    await database.connections.run(lambda connection: connection.execute(update(transfer).values(releasing=THIRD.id)))

    assert await database.releases.released_by("person-1", OURS.id, NOW) is None
    said = [one.entry.action async for one in database.audit.entries(NOW - MONTH)]
    assert said.count(ALTERED) == 1


async def test_a_release_whose_request_is_gone_releases_nobody(database: Database):
    await approved(database, "request", NOW)
    await database.connections.run(lambda connection: connection.execute(delete(transfer)))

    assert await database.releases.released_by("person-1", OURS.id, NOW) is None


async def test_releases_that_ended_long_ago_are_purged(database: Database, database_url: str):
    first = await approved(database, "request", NOW)
    await database.transfers.change(first, replace(first, state=State.DONE, ended_at=NOW), Kept())

    await database.purge(NOW + 2 * MONTH)
    assert await as_owner(database_url, "SELECT request FROM release") == [("request",)]
    await database.purge(NOW + 2 * MONTH + timedelta(seconds=1))
    assert await as_owner(database_url, "SELECT request FROM release") == []
