"""Lists of accounts on both engines: the promises, what is written when little changed, what goes, what lies in clear."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.core.accounts.model import Looked, Week
from bot.core.audit import AuditEntry
from bot.core.lists.kept import ElsewhereAccount, KeptAccountList, ListSource, Resolved, taken_in
from bot.core.lists.model import ColumnMeaning
from bot.core.people.model import School
from bot.database.account_boards import NOT_LOOKED_AT
from bot.database.engine import Database
from tests.integration.database.conftest import MovableClock
from tests.integration.database.owner import as_owner
from tests.promises.lists_promises import OTHER, SCHOOL, ListPromises, ListStore, listed, read, take
from tests.promises.store import NOW


@pytest.fixture
def store(database: Database, clock: MovableClock) -> ListStore:
    async def entries() -> list[AuditEntry]:
        return [one.entry async for one in database.audit.entries(datetime(1980, 1, 1, tzinfo=UTC))]

    return ListStore(database.account_lists, database.queue, clock, entries)


class TestStoredLists(ListPromises):
    pass


async def test_a_corrected_list_writes_only_the_rows_that_changed(store: ListStore, database: Database):
    await take(store, read(*(listed(number) for number in range(1, 9))))
    said: list[str] = []
    event.listen(
        database.connections._engine,
        "before_cursor_execute",
        lambda *given: said.extend([given[2]] * (len(given[3]) if given[5] else 1)),
    )
    await take(store, read(*(listed(number) for number in range(1, 8)), listed(8, class_="5 в")))

    touched = [one.split()[0] for one in said if "listed_person" in one and not one.startswith("SELECT")]
    assert touched == ["UPDATE"]


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE account_list SET detail = resolved WHERE school = 'school'",
        "UPDATE account_list SET resolved = detail WHERE school = 'school'",
        (
            "UPDATE listed_person SET detail = (SELECT resolved FROM account_list WHERE school = 'school')"
            " WHERE key = (SELECT key FROM listed_person WHERE school = 'school' ORDER BY key LIMIT 1)"
        ),
    ],
)
async def test_a_list_that_does_not_open_is_none_until_it_is_written_anew(
    store: ListStore, database_url: str, spoil: str, caplog: pytest.LogCaptureFixture
):
    """All of it: one row less, and the account that two rows are about would be somebody's."""
    people = [listed(number) for number in range(1, 5)]
    kept = await take(store, read(*people))
    resolved = Resolved(NOW + timedelta(1), {"v1:1": ("id",)})
    await store.lists.change_list(SCHOOL, lambda _: replace(kept, mark="folder", resolved=resolved))
    await store.lists.change_list(OTHER, lambda _: replace(kept, school=OTHER))
    await as_owner(database_url, spoil)
    assert await store.lists.list_of(SCHOOL) is None
    assert "the list of accounts of school school does not open" in caplog.text
    await store.lists.remember_columns(SCHOOL, {"a" * 32: (ColumnMeaning.NAME,)}, NOW, ())

    before: list[object] = []

    def anew(kept: KeptAccountList | None) -> KeptAccountList:
        before.append(kept)
        return taken_in(kept, read(*people[:2]), SCHOOL, ListSource.FOLDER, NOW)[0]

    after = await store.lists.change_list(SCHOOL, anew)
    assert before == [None]
    assert await store.lists.list_of(SCHOOL) == after
    assert after.rows == tuple(people[:2])
    assert await store.lists.list_of(OTHER) == replace(kept, school=OTHER)


async def test_what_was_looked_at_and_uploaded_before_the_summer_is_there_in_september(
    store: ListStore, database: Database, clock: MovableClock
):
    clock.now = datetime(2027, 6, 30, 12, tzinfo=UTC)
    await take(store, read(listed(1)))
    looked = Looked(School(SCHOOL, "", ""), clock(), ())
    await database.boards.keep(looked, (), lambda *_: (Week("2027-06-28", 0, 0, 0), ()))
    await database.purge(datetime(2027, 9, 15, 12, tzinfo=UTC))
    assert await database.account_lists.list_of(SCHOOL) is not None
    assert (await database.boards.kept(SCHOOL)).at == looked.at


async def test_housekeeping_erases_what_ended_with_its_rows_and_nothing_else(
    store: ListStore, database: Database, database_url: str, clock: MovableClock
):
    """Also where nobody looks at the list again, and also what does not open; the folder's mark stays, so that last
    year's files in it are not read once more.
    """

    async def left() -> dict[str, int]:
        rows = await as_owner(database_url, "SELECT school, count(*) FROM listed_person GROUP BY school")
        return dict(rows)

    clock.now = june = datetime(2027, 6, 30, 12, tzinfo=UTC)
    last = await take(store, replace(read(listed(1), listed(2)), dated=june))
    resolved = Resolved(june, {"v1:1": ("id-1",)}, {}, (ElsewhereAccount("x", "x", listed(2).usernames[0], None),))

    def is_kept(one: KeptAccountList) -> Callable[[KeptAccountList | None], KeptAccountList]:
        return lambda _: one

    for school in (OTHER, "spoilt", "both"):
        one = replace(last, school=school, mark="seen", resolved=resolved)
        await database.account_lists.change_list(school, is_kept(one))
    await as_owner(database_url, "UPDATE account_list SET detail = resolved WHERE school = 'spoilt'")
    clock.now = july = datetime(2027, 7, 1, 12, tzinfo=UTC)
    await take(store, replace(read(listed(3, "нова.csv")), dated=july), school="both")
    older = replace(last, school="older", came={})  # as the release before kept it
    await database.account_lists.change_list("older", lambda _: older)
    for school in (SCHOOL, OTHER, "spoilt", "both", "older"):
        await database.boards.keep(
            Looked(School(school, "", ""), datetime(2027, 9, 14, 12, tzinfo=UTC), ()),
            (),
            lambda *_: (Week("2027-09-13", 0, 0, 0), ()),
        )

    await database.purge(datetime(2027, 9, 14, 20, tzinfo=UTC))
    assert await left() == {SCHOOL: 2, OTHER: 2, "spoilt": 2, "both": 3, "older": 2}
    clock.now = datetime(2027, 9, 14, 22, tzinfo=UTC)
    await database.purge(clock())
    assert await left() == {"both": 1}
    kept = await database.account_lists.list_of(OTHER)
    assert kept is not None
    assert (kept.rows, kept.mark, kept.resolved) == ((), "seen", Resolved(june))
    both = await database.account_lists.list_of("both")
    assert both is not None
    assert (both.files, both.dated) == (("нова.csv",), july)
    clock.now = datetime(2028, 9, 15, 12, tzinfo=UTC)
    await database.purge(clock())
    assert await left() == {}


async def test_a_list_goes_with_the_board_of_the_school(store: ListStore, database: Database, clock: MovableClock):
    clock.now = NOW
    school = School(SCHOOL, "", "")
    await take(store, read(listed(1)))
    await database.account_lists.remember_columns(SCHOOL, {"a" * 32: (ColumnMeaning.NAME,)}, NOW, ())
    clock.advance(days=NOT_LOOKED_AT.days - 1)
    await database.boards.keep(Looked(school, clock(), ()), (), lambda *_: (Week("2026-11-09", 0, 0, 0), ()))
    clock.advance(days=2)
    await database.purge(clock())
    assert await database.account_lists.list_of(SCHOOL) is not None
    clock.advance(days=NOT_LOOKED_AT.days)
    await database.purge(clock())
    assert await database.account_lists.list_of(SCHOOL) is None
    assert await database.account_lists.columns_of(SCHOOL) != {}
    clock.advance(days=400)
    await database.purge(clock())
    assert await database.account_lists.columns_of(SCHOOL) == {}


async def test_no_name_class_username_number_or_file_lies_in_clear(
    store: ListStore, database: Database, database_url: str
):
    marks = ("Canary-name", "7 ъ", "canary-upn@edu.mon.bg", "v1:canary", "canary-file.xlsx", "elsewhere-canary")
    name, class_, username, number, file, elsewhere = marks
    one = listed(1, file, name=name, class_=class_, usernames=(username,), identifiers=(number,))
    kept, _ = taken_in(None, read(one), SCHOOL, ListSource.UPLOAD, NOW)
    found = ElsewhereAccount("id", elsewhere, elsewhere, enabled=True)
    resolved = Resolved(NOW + timedelta(1), {number: ("id",)}, {username: NOW}, (found,))
    await database.account_lists.change_list(SCHOOL, lambda _: replace(kept, resolved=resolved))
    dump = []
    tables = ("account_list", "listed_person", "list_columns", "audit", "task")
    for statement in map("SELECT * FROM {}".format, tables):
        rows = await as_owner(database_url, statement)
        dump += [bytes(cell) if isinstance(cell, memoryview) else cell for row in rows for cell in row]
    written = b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in dump)
    assert [mark for mark in marks if mark.encode() in written] == []
    assert await store.lists.list_of(SCHOOL) == replace(kept, resolved=resolved)
