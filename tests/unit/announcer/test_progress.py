"""One message of a class that moves: no more often than it changes, until nothing is left, and in one place only."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.passwords.model import PROGRESS, Failure, Stage
from bot.core.passwords.secret import Secret
from bot.core.tasks import TryAgain
from bot.sending import MessageGone, NotSent, SendBlocked, SendInDoubt, SendRefused, TooLarge
from tests.unit.announcer.room import ASKED, JOB, THEIRS, Room, reference, texts, words
from tests.unit.bot.operations import operation


def one_of(number, stage=Stage.REQUESTED, **changes):
    name = f"Ученик {chr(0x410 + number)}"
    set_at = {} if stage is Stage.READY else {"set_at": None}
    fields = {"id": f"operation-{number}", "job": JOB.id, "person": f"person-{number}", "name": name, "stage": stage}
    return operation(**(fields | set_at | changes))


@pytest.fixture
def room():
    made = Room()
    made.job(one_of(1), one_of(2), one_of(3))
    made.add(PROGRESS, JOB.id, job=JOB.id)
    return made


async def seconds(room, count=1):
    """A worker looks once a second, for so long."""
    said = await room.work()
    for _ in range(count):
        room.clock.move(seconds=1)
        said += await room.work()
    return said


def last(room):
    return texts([*room.messenger.sent, *room.messenger.updated][-1][2])


async def test_it_moves_in_one_message_and_ends_with_the_work(room):
    await seconds(room)
    room.put(one_of(1, Stage.READY))
    await seconds(room)
    room.put(one_of(2, Stage.FAILED, failure=Failure.FORBIDDEN))
    await seconds(room)
    room.put(one_of(3, Stage.READY))
    await seconds(room, 5)

    assert room.messenger.calls == ["send", "update", "update", "update"]
    assert {(chat, number) for chat, number, _ in room.messenger.updated} == {("a:director", "message-1")}
    assert "приключи" in last(room)
    assert "Ученик В" in last(room), "who failed is named"
    assert room.statuses == ["done"]


@pytest.fixture
def begun_on_a_card():
    made = Room()
    made.job(one_of(1), one_of(2))
    made.add(PROGRESS, JOB.id, job=JOB.id, message="pressed-1")
    return made


async def test_the_message_whose_button_began_it_moves_and_no_other_is_sent(begun_on_a_card):
    room = begun_on_a_card
    await seconds(room)
    for number in (1, 2):
        room.put(one_of(number, Stage.READY))
    await seconds(room, 3)

    assert room.messenger.calls == ["update", "update"]
    assert {(chat, number) for chat, number, _ in room.messenger.updated} == {("a:director", "pressed-1")}
    assert "приключи" in last(room)
    assert room.statuses == ["done"]


async def test_a_pressed_message_that_is_gone_gives_way_to_a_new_one(begun_on_a_card):
    room = begun_on_a_card
    room.messenger.faults.append(MessageGone(404, "ActivityNotFoundInConversation"))
    await seconds(room)
    room.put(one_of(1, Stage.READY))
    await seconds(room)

    assert room.messenger.calls == ["update", "send", "update"]
    assert room.messenger.updated[-1][1] == "message-1"


async def test_a_pressed_message_that_cannot_be_changed_is_not_asked_every_second(begun_on_a_card):
    room = begun_on_a_card
    room.messenger.faults.extend([SendRefused(403)] * 100)

    await seconds(room, 30)

    assert room.messenger.calls == ["update", "update"], "twice in half a minute"
    assert room.statuses == ["ready"]


async def test_what_stands_still_is_not_sent_again_but_to_say_so(room):
    await seconds(room, 15)
    assert room.messenger.calls == ["send"]

    await seconds(room, 120)

    assert room.messenger.calls == ["send", "update"]


async def test_it_moves_at_most_once_a_second(room):
    said = await room.work()

    assert [(one.after, one.failed) for one in said if isinstance(one, TryAgain)] == [(timedelta(seconds=1), False)]


async def test_however_long_it_takes_it_is_not_given_up(room):
    await seconds(room, 300)
    before = len(room.messenger.calls)
    room.put(one_of(1, Stage.READY, set_at=room.clock()))
    await seconds(room)

    assert room.messenger.calls[before:] == ["update"]
    assert room.statuses == ["ready"]


async def test_that_microsoft_does_not_answer_is_said_and_taken_back(room):
    await seconds(room)
    room.put(one_of(1, in_doubt=True))
    await seconds(room, 3)
    assert "не отговаря" in last(room)

    room.put(one_of(1, Stage.READY))
    await seconds(room, 3)

    assert "не отговаря" not in last(room)
    assert room.messenger.calls == ["send", "update", "update"]


async def test_a_stop_is_shown_before_what_was_begun_is_done(room):
    await seconds(room)
    room.operations.jobs[JOB.id] = replace(JOB, cancelled_at=room.clock())
    await seconds(room, 3)
    assert "Спира се" in last(room)

    room.put(one_of(1, Stage.READY))
    room.put(one_of(2, Stage.CANCELLED))
    room.put(one_of(3, Stage.CANCELLED))
    await seconds(room, 3)

    assert room.messenger.calls == ["send", "update", "update"]
    assert "Спрени: 2" in last(room)


async def test_a_class_that_is_done_already_is_said_once(room):
    for number in (1, 2, 3):
        room.put(one_of(number, Stage.READY))

    await room.to_the_end()
    room.run_again()
    await room.to_the_end()

    assert room.messenger.calls == ["send"]


async def test_no_password_and_no_id_of_a_person_is_in_it(room):
    room.operations.secrets = {f"operation-{number}": Secret(f"Zegegosati234{number}") for number in (1, 2, 3)}
    await seconds(room)
    for number in (1, 2, 3):
        room.put(one_of(number, Stage.READY))
    await seconds(room, 3)

    for _, _, reply in (*room.messenger.sent, *room.messenger.updated):
        for hidden in ("Zegegosati", "person-1", "operation-1"):
            assert hidden not in words(reply)


@pytest.mark.parametrize("language", ["bg", "en"])
async def test_in_the_language_of_its_director(room, language):
    room.preferences.languages["director"] = language

    await seconds(room)

    assert {"bg": "Остават", "en": "Left"}[language] in last(room)


# Where it is not shown.


async def test_a_job_nobody_knows_is_not_shown(room):
    room.operations.jobs.clear()

    await room.to_the_end()

    assert room.messenger.calls == []
    assert room.statuses == ["done"]


@pytest.mark.parametrize("where", [None, "another chat"])
async def test_only_in_the_chat_it_was_asked_for_in(room, where):
    if where is None:
        del room.references["director"]
    else:
        room.references["director"] = replace(reference("director"), conversation_id=where)

    await room.to_the_end()

    assert room.messenger.calls == []
    assert room.statuses == ["done"]


async def test_an_app_removed_in_the_middle_ends_it(room):
    await seconds(room)
    del room.references["director"]
    room.put(one_of(1, Stage.READY))

    await room.to_the_end()

    assert room.messenger.calls == ["send"]
    assert room.statuses == ["done"]


# When the channel does not want.


@pytest.mark.parametrize(
    "fault",
    [
        SendBlocked(403, "ConversationBlockedByUser"),
        SendBlocked(404, "ConversationNotFound"),
        TooLarge("over 100 KB"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
async def test_who_does_not_want_it_is_not_asked_every_second(room, fault, first):
    if not first:
        await seconds(room)
        room.put(one_of(1, Stage.READY))
    before = len(room.messenger.calls)
    room.messenger.faults.extend([fault] * 100)

    await seconds(room, 30)

    assert len(room.messenger.calls) == before + 1
    assert room.statuses == ["done"]


async def test_a_deleted_message_is_replaced_by_a_new_one_that_moves_on(room):
    await seconds(room)
    room.put(one_of(1, Stage.READY))
    room.messenger.faults.append(MessageGone(404, "ActivityNotFoundInConversation"))
    await seconds(room)
    room.put(one_of(2, Stage.READY))
    await seconds(room)

    assert room.messenger.calls == ["send", "update", "send", "update"]
    assert room.messenger.updated[-1][1] == "message-2"


async def test_one_that_is_deleted_again_and_again_is_given_up(room):
    for number in range(30):
        room.messenger.faults.extend([None, MessageGone(404, "ActivityNotFoundInConversation")])
        room.put(one_of(1, in_doubt=bool(number % 2)))
        await seconds(room)

    assert room.messenger.calls.count("update") == 20
    assert room.statuses == ["dead"]


@pytest.mark.parametrize("fault", [SendInDoubt(503), SendInDoubt(), NotSent("no connection")])
async def test_an_update_that_may_not_have_arrived_is_repeated_with_what_is_true_then(room, fault):
    await seconds(room)
    room.put(one_of(1, Stage.READY))
    room.messenger.faults.append(fault)
    await seconds(room)
    room.put(one_of(2, Stage.READY))
    await seconds(room, 40)

    assert room.messenger.calls == ["send", "update", "update"]
    assert "Готови: 2 от 3" in last(room)


@pytest.mark.parametrize(("after", "waits"), [(None, 5), (30.0, 30)])
async def test_a_throttling_channel_gets_its_pause(room, after, waits):
    room.messenger.faults.append(SendRefused(429, retry_after=after))

    await seconds(room, waits - 1)
    assert room.messenger.calls == ["send"]
    await seconds(room)

    assert room.messenger.calls == ["send", "send"]
    assert [row.failures for row in room.queue.of(PROGRESS)] == [0]


async def test_without_an_id_it_cannot_move_and_is_not_sent_again(room):
    room.messenger.ids = False
    await seconds(room)
    for number in (1, 2, 3):
        room.put(one_of(number, Stage.READY))
        await seconds(room)

    assert room.messenger.calls == ["send"]
    assert room.statuses == ["done"]


async def test_a_store_that_is_away_ends_nothing(room):
    await seconds(room)
    room.put(one_of(1, Stage.READY))
    keep, room.operations.fail_with = room.operations.fail_with, StoreUnavailable("x")
    room.clock.move(seconds=1)
    with pytest.raises(StoreUnavailable):
        await room.work()
    room.operations.fail_with = keep
    room.clock.move(minutes=1)  # the lease ends
    await room.work()

    assert room.messenger.calls == ["send", "update"]


async def test_of_who_directs_the_school_no_more_it_is_emptied_and_moves_no_more(room):
    await seconds(room)
    room.actors.actors["director"] = replace(ASKED, school=THEIRS)
    room.put(one_of(1, Stage.FAILED, failure=Failure.DENIED, reason="school-changed"))
    await seconds(room, 3)

    assert room.messenger.calls == ["send", "update"]
    assert "Ученик" not in last(room)
    assert "вече не сте директор" in last(room)
    assert room.statuses == ["done"]


async def test_who_left_before_the_first_card_is_sent_none(room):
    room.actors.actors["director"] = replace(ASKED, enabled=False)
    await seconds(room, 3)

    assert room.messenger.calls == []
    assert room.statuses == ["done"]


async def test_who_it_is_is_read_with_every_change_and_not_with_every_second(room):
    await seconds(room, 10)
    assert len(room.actors.calls) == 1
    room.put(one_of(1, Stage.READY))
    await seconds(room, 3)
    assert len(room.actors.calls) == 2


async def test_while_the_directory_does_not_tell_who_it_is_nothing_new_is_shown(room):
    await seconds(room)
    room.actors.fail_next.extend([DirectoryUnavailable()] * 10)
    room.put(one_of(1, Stage.FAILED, failure=Failure.FORBIDDEN))
    await seconds(room, 60)
    assert room.messenger.calls == ["send"]

    await seconds(room, 20 * 60)
    assert room.messenger.calls == ["send", "update"]
