"""Who is told that identifiers are being guessed from a director's account, and of what."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.actors.directors import WhoDirects
from bot.core.actors.model import Actor, Role
from bot.core.errors import DirectoryUnavailable
from bot.core.people.model import School
from bot.core.usernames.alarm import alarm
from bot.dialogs.lookup.alarm import TellOfGuessing
from bot.texts.moments import moment
from tests.fakes import FakeDirectory
from tests.fakes_placements import FakeDeciders
from tests.unit.announcer.room import ASKED, DEPUTY, OURS, THEIRS, Room, reference, texts

SCHOOL = School(OURS.id, OURS.code, OURS.name, "Пловдив", "Пловдив")
GUESSING = Actor(ASKED.object_id, "tenant", Role.DIRECTOR, SCHOOL, name=ASKED.name)
EXPERT = Actor("expert", "tenant", Role.REGIONAL_OFFICE, region="Пловдив", name="Експерт Пловдив")
ELSEWHERE = Actor("expert-2", "tenant", Role.REGIONAL_OFFICE, region="Варна")
OTHER = Actor("other", "tenant", Role.DIRECTOR, THEIRS, name="Директор Три")
PAUSE = timedelta(minutes=90)
EVERYBODY = (GUESSING, DEPUTY, EXPERT, ELSEWHERE, OTHER)


@pytest.fixture
def room():
    room = Room()
    room.actors.actors |= {one.object_id: one for one in EVERYBODY}
    room.references |= {one.object_id: reference(one.object_id) for one in EVERYBODY}
    deciders = FakeDeciders(directors={OURS.id: ("director", "deputy", "other")})
    deciders.of_region["Пловдив"] = ("expert", "expert-2")
    directors = WhoDirects(
        actors=room.actors, known=deciders, accounts=FakeDirectory(), clock=room.clock, domain="edu.mon.bg"
    )
    telling = TellOfGuessing(room.speaking, directors=directors, experts=deciders, queue=room.queue)
    room.handlers = {telling.kind: telling}
    return room


def raised(room, *, office=False, intake=False):
    room.queue.write([alarm(GUESSING, room.clock(), room.clock() + PAUSE, office=office, intake=intake)])


def said(room):
    return {to.removeprefix("a:"): texts(reply) for to, _, reply in room.messenger.sent}


async def test_the_account_itself_and_every_director_of_its_school_are_told(room):
    raised(room, office=False)
    await room.work()

    told = said(room)
    assert set(told) == {"director", "deputy"}
    assert "от Вашия профил" in told["director"]
    assert "от профила на Директор Едно" in told["deputy"]


async def test_the_experts_of_the_region_are_told_of_the_school_and_of_nobody_in_it(room):
    raised(room, office=True)
    await room.work()

    told = said(room)
    assert set(told) == {"director", "deputy", "expert"}
    assert SCHOOL.name in told["expert"]
    assert GUESSING.name not in told["expert"]


async def test_everybody_is_told_until_when_it_is_as_long_as_the_operator_has_it(room):
    raised(room, office=True)
    await room.work()

    until = moment(room.clock() + PAUSE, "bg")
    assert [f"спряно до {until}" in words for words in said(room).values()] == [True] * 3
    assert not [words for words in said(room).values() if "един час" in words]


async def test_what_a_release_before_wrote_down_was_for_an_hour(room):
    task = alarm(GUESSING, room.clock(), room.clock() + PAUSE)
    before = {key: value for key, value in task.payload.items() if key != "until"}
    room.queue.write([replace(task, payload=before)])
    await room.work()

    assert f"спряно до {moment(room.clock() + timedelta(hours=1), 'bg')}" in said(room)["director"]


async def test_in_intake_it_is_the_school_that_has_to_wait_and_no_account(room):
    raised(room, intake=True)
    await room.work()

    told = said(room)
    until = moment(room.clock() + PAUSE, "bg")
    assert set(told) == {"director", "deputy"}
    for words in told.values():
        assert f"Приемането е спряно за всички директори на училището до {until}" in words
        assert "от този профил е спряно" not in words
        assert "в други училища" not in words
    assert "от Вашия профил" in told["director"]
    assert f"от профила на {GUESSING.name}" in told["deputy"]


async def test_of_intake_is_told_although_look_ups_were_told_of_within_the_hour(room):
    raised(room)
    raised(room, intake=True)
    await room.work()

    assert sorted(to for to, *_ in room.messenger.sent) == ["a:deputy", "a:deputy", "a:director", "a:director"]


async def test_whoever_has_become_somebody_else_meanwhile_is_told_nothing(room):
    raised(room, office=True)
    (task,) = await room.queue.claim(tuple(room.handlers), 1, room.speaking.clock() - room.speaking.clock())
    await room.handlers[task.kind].carry_out(task)
    await room.queue.done(task)
    room.actors.actors["deputy"] = Actor("deputy", "tenant", Role.TEACHER)
    room.actors.actors["expert"] = Actor("expert", "tenant", Role.REGIONAL_OFFICE, region="Варна")

    await room.work()

    assert set(said(room)) == {"director"}


@pytest.mark.parametrize(
    "since",
    [Actor(ASKED.object_id, "tenant", Role.NONE, enabled=False), Actor(ASKED.object_id, "tenant", Role.TEACHER)],
)
async def test_an_account_that_was_ended_at_once_is_told_of_all_the_same(room, since):
    raised(room, office=True)
    room.actors.actors[ASKED.object_id] = since
    await room.work()

    assert set(said(room)) - {"director"} == {"deputy", "expert"}
    assert SCHOOL.name in said(room)["expert"]


async def test_whoever_was_told_within_the_hour_is_not_told_again_because_the_office_is(room):
    raised(room, office=False)
    await room.work()
    raised(room, office=True)
    await room.work()

    assert sorted(to for to, *_ in room.messenger.sent) == ["a:deputy", "a:director", "a:expert"]


async def test_several_misses_at_once_are_one_message_an_hour(room):
    for _ in range(5):
        raised(room, office=False)
    await room.work()
    room.run_again()
    await room.work()

    assert len(room.messenger.sent) == 2
    room.clock.move(hours=1)
    raised(room, office=False)
    await room.work()
    assert len(room.messenger.sent) == 4


async def test_an_outage_of_the_directory_only_delays_it(room):
    raised(room, office=False)
    room.actors.fail_next.extend([DirectoryUnavailable("x")] * 5)

    await room.to_the_end()

    assert set(said(room)) == {"director", "deputy"}


async def test_nothing_of_what_was_asked_is_in_task_or_message(room):
    raised(room, office=True)
    await room.work()

    kept = json.dumps([dict(row.payload) for row in room.queue.rows.values()], ensure_ascii=False)
    assert set(json.loads(kept)[0]) == {
        "actor",
        "tenant",
        "school",
        "code",
        "name",
        "region",
        "at",
        "until",
        "office",
    }
