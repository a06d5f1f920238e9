"""Invariants I4 and I7: after a password's life no table, file or log of the database yields it, and never a name."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.core.handover.model import Ground
from bot.core.passwords.model import Failure, Stage
from bot.core.passwords.ports import SlipLink
from bot.core.tasks import Task
from bot.database import connections
from tests.integration.database.conftest import MovableClock, Open
from tests.integration.database.owner import as_owner, file_of
from tests.integration.database.passwords import store_of
from tests.promises.store import (
    DIRECTOR,
    JOB,
    NOW,
    Store,
    allow,
    new_operation,
    reveal,
    stored,
    times,
    with_candidate,
)

PASSWORDS = {
    "handed": "Zegegosa2399",
    "burned": "Vinukame7352",
    "unseen": "Tadozuri8264",
    "replaced": "Fosikuna4938",
    "successor": "Gamovide5826",
    "failed": "Ridamoke6257",
    "refused": "Kanizofe3794",
}

CONVERSATION = "a:conversation-canary"
PERSONAL = {
    "name": "Снежина Пеневска",
    "username": "sp20499@edu.mon.bg",
    "class_": "12щ",
    "conversation": CONVERSATION,
    "ground": Ground.SEN,
}
PERSON = "person-of-"
JOB_OF = replace(JOB, label="избрани от 12щ", conversation=CONVERSATION)

CANARIES = [
    canary.encode(encoding)
    for canary in (
        *PASSWORDS.values(),
        PERSONAL["name"],
        PERSONAL["username"],
        CONVERSATION,
        "Снежина",
        "Пеневска",
        "12щ",
        "избрани",
        "a:link-canary",
        '"sen"',
    )
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
]


async def _until_they_can_be_seen(store: Store) -> dict[str, Task]:
    tasks = {}
    for id_, password in PASSWORDS.items():
        if id_ == "successor":
            continue
        tasks[id_] = await with_candidate(store, id_, password, **PERSONAL, person=PERSON + id_)
        if id_ not in {"failed", "refused"}:
            await store.operations.ready(tasks[id_], id_, times(), entries=[], tasks=[])
    for id_ in ("handed", "burned"):
        (one,) = await reveal(store, id_, conversation=CONVERSATION)
        assert one.secret.reveal() == PASSWORDS[id_]
    await store.operations.begin([new_operation("in job", **PERSONAL, person="x", job="job")], allow, JOB_OF)
    link = SlipLink(b"digest", DIRECTOR, "a:link-canary", "handed", "", times().expires_at)
    await store.operations.offer_link(link, [])
    return tasks


async def _until_they_are_gone(store: Store, tasks: dict[str, Task]) -> None:
    await store.operations.fail(tasks["failed"], "failed", Failure.REFUSED, "", entries=[], tasks=[])
    assert await store.operations.refuse_candidate(tasks["refused"], "refused") == 1
    assert await store.operations.hand_over("handed", NOW, [])
    await store.operations.cancel("job", NOW, lambda _: ())
    successor = await with_candidate(store, "successor", PASSWORDS["successor"], person=PERSON + "replaced")
    assert (await stored(store, "replaced")).stage is Stage.UNSEEN
    await store.operations.ready(successor, "successor", times(), entries=[], tasks=[])
    for id_ in ("burned", "unseen", "successor"):
        assert await store.operations.burn(id_, times().unseen_until, lambda _: ())


async def _sealed(url: str) -> list[bytes]:
    return [value for row in await as_owner(url, "SELECT sealed, wrapped_key FROM secret") for value in row]


def _found(places: dict[str, bytes], canaries: list[bytes]) -> list[tuple[str, bytes]]:
    return [(name, canary) for name, content in places.items() for canary in canaries if canary in content]


def _files(url: str) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in Path(file_of(url)).parent.iterdir()}


async def _rows(url: str) -> dict[str, bytes]:
    def written(value: Any) -> bytes:
        return value if isinstance(value, bytes) else str(value).encode()

    tables = await as_owner(
        url, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    return {
        table: b"\0".join(written(value) for row in await as_owner(url, f"SELECT * FROM {table}") for value in row)  # noqa: S608
        for (table,) in tables
    }


async def test_sqlite_files_hold_neither_password_nor_name_and_in_the_end_not_even_what_hid_them(
    open_database: Open, sqlite_url: str, clock: MovableClock
):
    database = await open_database(sqlite_url)
    store = store_of(database, clock)
    tasks = await _until_they_can_be_seen(store)
    sealed = await _sealed(sqlite_url)
    assert len(sealed) == 2 * 6
    assert _found(_files(sqlite_url), CANARIES) == []
    assert len(_found(_files(sqlite_url), sealed)) >= len(sealed)  # the search can find something

    await _until_they_are_gone(store, tasks)

    assert _found(_files(sqlite_url), CANARIES + sealed) == []  # file, write-ahead log, shared memory
    await database.close()
    files = _files(sqlite_url)
    assert "bot.sqlite-wal" not in files
    assert _found(files, CANARIES + sealed) == []


async def test_postgres_rows_hold_neither_password_nor_name(
    open_database: Open, postgres_url: str, clock: MovableClock
):
    store = store_of(await open_database(postgres_url), clock)
    tasks = await _until_they_can_be_seen(store)
    sealed = await _sealed(postgres_url)
    assert _found(await _rows(postgres_url), CANARIES) == []
    assert len(_found(await _rows(postgres_url), sealed)) == len(sealed)

    await _until_they_are_gone(store, tasks)

    assert _found(await _rows(postgres_url), CANARIES + sealed) == []


async def test_what_a_kill_left_in_the_log_of_sqlite_is_gone_after_the_next_start(
    open_database: Open, sqlite_url: str, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
):
    database = await open_database(sqlite_url)
    store = store_of(database, clock)

    def killed_before_it(_: object) -> bool:
        return True

    with monkeypatch.context() as patch:
        patch.setattr(connections, "emptied", killed_before_it)
        tasks = await _until_they_can_be_seen(store)
        sealed = await _sealed(sqlite_url)
        await _until_they_are_gone(store, tasks)
        left = _files(sqlite_url)
    assert _found(left, sealed) != []
    await database.close()
    for name, content in left.items():
        (Path(file_of(sqlite_url)).parent / name).write_bytes(content)

    await open_database(sqlite_url)

    assert _found(_files(sqlite_url), sealed) == []


async def test_secrets_burned_at_once_share_one_emptying_of_the_log(
    open_database: Open, sqlite_url: str, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
):
    database = await open_database(sqlite_url)
    store = store_of(database, clock)
    for number in range(30):
        task = await with_candidate(store, f"op{number}", person=f"p{number}")
        await store.operations.ready(task, f"op{number}", times(), entries=[], tasks=[])
    times_emptied = 0
    emptied = connections.emptied

    def counted(engine: Engine) -> bool:
        nonlocal times_emptied
        times_emptied += 1
        return emptied(engine)

    monkeypatch.setattr(connections, "emptied", counted)
    burned = await asyncio.gather(
        *(store.operations.burn(f"op{number}", times().unseen_until, lambda _: ()) for number in range(30))
    )

    assert all(burned)
    assert times_emptied == 1
    assert _files(sqlite_url)["bot.sqlite-wal"] == b""
