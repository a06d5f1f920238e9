"""`python app.py restored`: what a copy cannot know is not believed after it was put back."""

import shutil
from datetime import timedelta

import pytest

from bot.core.actors.deputies import CARDS, RESTORED, Deputy
from bot.core.audit import AuditEntry
from bot.core.clock import day_in_sofia
from bot.core.decision import ALLOWED
from bot.core.one_time_links import OneTimeLink
from bot.core.people.free_text import free_text
from bot.runtime.commands import note_restoring
from tests.integration.test_confirm_clock import NOW, environment, opened

__all__ = ["environment"]
SCHOOLS = ("school-1", "school-2")


def given(school, person):
    since, until = NOW - timedelta(days=9), NOW + timedelta(days=90)
    return Deputy(school, person, "Вера Пробна", free_text("12", 40), day_in_sofia(since), "director", since, until)


@pytest.fixture
async def copy(environment, tmp_path):
    """Two schools have three authorities, and somebody a link; afterwards one authority ends and the link is used."""
    database = await opened(environment)
    for school, person in (("school-1", "one"), ("school-1", "two"), ("school-2", "three")):
        entry = AuditEntry(NOW, "director", "deputy.authorised", person, "authorised", {"school": school})
        await database.deputies.authorise(given(school, person), (entry,), lambda _: ALLOWED)
    link = OneTimeLink(
        link_page="table", actor="director", tenant="tenant", school="school-1", language="bg",
        until=NOW + timedelta(minutes=5),
    )  # fmt: skip
    await database.one_time_links.offer("token", link, ())
    await database.close()
    shutil.copy(tmp_path / "bot.db", tmp_path / "copy.db")
    database = await opened(environment)
    entry = AuditEntry(NOW, "director", "deputy.ended", "one", "ended", {"school": "school-1"})
    assert await database.deputies.end("school-1", "one", NOW, (entry,))
    await database.close()
    shutil.copy(tmp_path / "copy.db", tmp_path / "bot.db")


@pytest.mark.usefixtures("copy")
async def test_every_authority_ends_with_an_entry_and_its_school_is_told(environment, capsys):
    assert await note_restoring(environment) == 0

    assert "3" in capsys.readouterr().out
    database = await opened(environment)
    try:
        for school in SCHOOLS:
            assert await database.deputies.of_school(school, NOW) == ()
        state = await database.audit.verify()
        assert (state.intact, state.rows) == (True, 3 + 3 + 1)
        told = await database.queue.claim([RESTORED], 9, timedelta(minutes=1))
        assert sorted(task.payload["school"] for task in told) == sorted(SCHOOLS)
        looked = await database.queue.claim([CARDS], 9, timedelta(minutes=1))
        assert sorted(task.payload["person"] for task in looked) == ["one", "three", "two"]
    finally:
        await database.close()


@pytest.mark.usefixtures("copy")
async def test_a_link_that_may_have_been_used_opens_nothing(environment):
    assert await note_restoring(environment) == 0

    database = await opened(environment)
    try:
        assert await database.one_time_links.one("token", NOW) is None
    finally:
        await database.close()


async def test_where_nobody_was_authorised_it_is_recorded_all_the_same(environment):
    await (await opened(environment)).close()

    assert await note_restoring(environment) == 0

    database = await opened(environment)
    try:
        assert (await database.audit.verify()).rows == 1
    finally:
        await database.close()
