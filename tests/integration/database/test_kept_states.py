"""What a state on a board rests on stays as long as the account is on one; all else of a password goes after 400 days."""

from datetime import timedelta

from bot.core.accounts.model import BoardState
from bot.core.accounts.ports import Reversal
from bot.core.accounts.record import reversed_entry
from bot.core.passwords.model import Failure
from bot.database.engine import Database
from tests.integration.database.conftest import MovableClock
from tests.integration.database.owner import as_owner
from tests.integration.database.test_account_store import MADE, NOW, OTHER, account, look, note, receipt, states
from tests.promises.store import allow, new_operation, proposing, times

MINUTE = timedelta(minutes=1)
LATER = timedelta(days=401)


async def make(database: Database, id_: str, person: str, *, shown: bool = True, answered: bool = True) -> None:
    new = new_operation(id_, person=person, at=NOW)
    await database.operations.begin([new], allow)
    (task,) = await database.queue.claim(["password.reset"], 1, MINUTE)
    await database.operations.candidate(task, id_, proposing("Zegego2399"))
    if not answered:
        await database.operations.doubt(task, id_)
        await database.operations.fail(task, id_, Failure.UNAVAILABLE, "", entries=(), tasks=())
        return
    await database.operations.ready(task, id_, times(NOW), entries=[], tasks=[])
    if shown:
        seen = NOW + 5 * MINUTE
        await database.operations.reveal(
            [id_], new.actor, new.conversation, now=seen, lease_until=seen + 2 * MINUTE, record=lambda *_: ((), ())
        )


async def take_back(database: Database, id_: str, person: str) -> None:
    made = Reversal(f"back-{id_}", id_, NOW + 20 * MINUTE, "director", "school", person, "сгрешен ред")
    assert await database.receipts.reverse(made, (reversed_entry(made),))


async def rows(database_url: str) -> set[str]:
    """The ids of all operations and receipts."""
    found = await as_owner(database_url, "SELECT id FROM password_operation UNION ALL SELECT id FROM account_receipt")
    return {id_ for (id_,) in found}


async def test_time_alone_changes_no_state(database: Database, clock: MovableClock, database_url: str):
    ours = NOW + timedelta(seconds=1)
    everybody = (
        account("shown", changed=ours),
        account("unseen", changed=ours),
        account("in doubt", changed=ours),
        account("handed", changed=ours),
        account("taken back", changed=ours),
        account("signed", changed=ours),
        account("first"),
        account("first back"),
        account("untold", created=None, changed=None),
    )
    await look(database, *everybody)
    for person in ("shown", "handed", "taken back", "signed"):
        await make(database, f"op-{person}", person)
    await make(database, "op-unseen", "unseen", shown=False)
    await make(database, "op-in doubt", "in doubt", answered=False)
    for person in ("handed", "taken back"):
        assert await database.operations.hand_over(f"op-{person}", NOW + 6 * MINUTE, ())
    await take_back(database, "op-taken back", "taken back")
    clock.now = NOW + 30 * MINUTE
    late = NOW + 10 * MINUTE
    await note(database, *(receipt(person, at=late) for person in ("signed", "first", "first back", "untold")))
    await take_back(database, "press:first back", "first back")
    before = await states(database)
    assert before == {
        **dict.fromkeys(("shown", "unseen", "in doubt", "taken back", "first back"), BoardState.NEW),
        **dict.fromkeys(("handed", "signed", "first", "untold"), BoardState.HANDED),
    }

    clock.now = NOW + LATER
    await look(database, *everybody, at=clock.now)
    await database.purge(clock.now)
    await database.purge(clock.now)
    assert await states(database) == before
    kept = {f"op-{one}" for one in ("shown", "unseen", "in doubt", "handed", "taken back", "signed")}
    kept |= {"back-op-taken back", "press:signed", "press:first", "press:untold"}
    assert await rows(database_url) == kept, "and no more: what was taken back rests on nothing"


async def test_of_one_account_the_last_of_each_is_enough(database: Database, clock: MovableClock, database_url: str):
    await look(database, account("1", changed=NOW), account("2"))
    await note(database, receipt("1", "first", at=NOW - 9 * MINUTE), receipt("2", "first", at=NOW - 9 * MINUTE))
    await take_back(database, "first:2", "2")
    await note(database, receipt("2", "again", at=NOW + 25 * MINUTE))
    await make(database, "op-1", "1")
    await make(database, "op-2", "1")
    clock.now = NOW + 30 * MINUTE
    await note(database, receipt("1", "second", at=NOW + 10 * MINUTE))

    clock.now = NOW + LATER
    await look(database, account("1", changed=NOW), account("2"), at=clock.now)
    before = await states(database)
    await database.purge(clock.now)
    assert await rows(database_url) == {"op-2", "second:1", "again:2"}
    assert await states(database) == before


async def test_it_goes_with_the_account_from_the_last_board(
    database: Database, clock: MovableClock, database_url: str
):
    await look(database, account("1"), account("2"), account("3", changed=NOW))
    await note(database, receipt("1"), receipt("2"))
    await make(database, "op-3", "3")
    await database.operations.hand_over("op-3", NOW + 6 * MINUTE, ())
    await take_back(database, "op-3", "3")
    clock.now = NOW + LATER
    await look(database, account("1"), account("3", changed=NOW), at=clock.now)
    await look(database, account("1", created=MADE), at=clock.now, school=OTHER)
    await database.purge(clock.now)
    assert await rows(database_url) == {"press:1", "op-3", "back-op-3"}, "who left has none"

    clock.advance(minutes=1)
    await look(database, at=clock.now)
    await database.purge(clock.now)
    assert await rows(database_url) == {"press:1"}, "who moved is on the other's"
    assert await states(database, OTHER) == {"1": BoardState.HANDED}

    clock.advance(minutes=1)
    await look(database, at=clock.now, school=OTHER)
    await database.purge(clock.now)
    assert await rows(database_url) == set()
