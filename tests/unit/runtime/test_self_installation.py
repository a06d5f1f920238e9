"""A package that names the wrong application is told at the start, not by silence."""

import logging

import pytest

from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.graph.installer import MayInstall
from bot.runtime.self_installation import REFUSED, UNSEEN, SelfInstallation


def looking(person, *answers):
    """`person` is whom it asks about, `answers` what Graph says, one after the other."""
    told = iter(answers)
    asked = []

    async def somebody():
        if isinstance(person, Exception):
            raise person
        return person

    async def ask(person_id):
        asked.append(person_id)
        answer = next(told)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return SelfInstallation(somebody, ask), asked


@pytest.mark.parametrize(("state", "words"), [(MayInstall.REFUSED, REFUSED), (MayInstall.UNSEEN, UNSEEN)])
async def test_what_is_wrong_is_told_in_plain_words_each_time(caplog, state, words):
    one, asked = looking("director", state, state)

    await one.look()
    await one.look()

    assert one.state is state
    assert [(record.levelno, record.message) for record in caplog.records] == [(logging.CRITICAL, words)] * 2
    assert "GRAPH_WRITER_CLIENT_ID" in words
    assert asked == ["director", "director"]


async def test_what_is_right_is_told_once_and_what_was_mended_too(caplog):
    caplog.set_level(logging.INFO)
    one, _ = looking("director", MayInstall.ALLOWED, MayInstall.ALLOWED, MayInstall.REFUSED, MayInstall.ALLOWED)
    for _ in range(4):
        await one.look()

    assert one.state is MayInstall.ALLOWED
    assert [record.levelno for record in caplog.records] == [logging.INFO, logging.CRITICAL, logging.INFO]


async def test_before_anybody_has_written_nobody_is_asked_about():
    one, asked = looking("")
    await one.look()

    assert (one.state, asked) == (MayInstall.UNKNOWN, [])


@pytest.mark.parametrize("error", [DirectoryUnavailable("down"), StoreUnavailable("down")])
async def test_a_failure_leaves_what_is_known(error):
    one, _ = looking("director", MayInstall.REFUSED, error)
    await one.look()
    await one.look()
    assert one.state is MayInstall.REFUSED

    other, _ = looking(error)
    await other.look()
    assert other.state is MayInstall.UNKNOWN
