"""One message of one key: intended, sent, recorded; what is in doubt is sent again, what is recorded is not."""

import asyncio
import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.announcer.speaking import LONGEST_WAIT, DeliveryOutcome, Doubt, WaitsForAddress
from bot.announcer.urgency import Urgency, by_urgency
from bot.conversation import Reply
from bot.core.accounts.beside import BESIDE
from bot.core.accounts.look import LOOK, ROUND, WEEKLY
from bot.core.actors.deputies import LOOK as DEPUTY_LOOK
from bot.core.actors.deputies import ROUND as DEPUTY_ROUND
from bot.core.class_links.cases import LIST, MEND, NUDGE, REMIND
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.lists.arrive import ARRIVE
from bot.core.lists.resolve import RESOLVE
from bot.core.passwords.model import ALARM, BURN, EXPIRE, RESET, SETTLE
from bot.core.tasks import TryAgain, code_of
from bot.core.transfers.model import CARRY_OUT, CLOCK, RECHECK, REMINDER
from bot.core.usernames.alarm import ALARM_NEWS
from bot.seals import Holder
from bot.sending import MessageGone, NotSent, SendBlocked, SendInDoubt, SendRefused, TooLarge
from tests.conversations.bot import Bot
from tests.unit.announcer.room import DEPUTY, Kept, Room, reference

TO = reference("deputy")
REPLY = Reply(text="Готови: 1")


@pytest.fixture
def room():
    return Room()


async def deliver(room, shown="1", **more):
    return await room.speaking.deliver("progress:job-1", TO, REPLY, shown, **more)


async def test_intended_before_it_is_sent_and_recorded_after(room, monkeypatch):
    order = []
    for where, name in ((room.messages, "intend"), (room.messenger, "send"), (room.messages, "sent")):
        real = getattr(where, name)

        def noted(*given, name=name, real=real):
            order.append(name)
            return real(*given)

        monkeypatch.setattr(where, name, noted)

    assert await deliver(room) is DeliveryOutcome.DELIVERED

    assert order == ["intend", "send", "sent"]
    assert room.messages.rows["progress:job-1"] == Kept("a:deputy", "message-1", "sent", "1")


async def test_the_same_state_is_said_once_and_another_one_updates_it(room):
    assert await deliver(room) is DeliveryOutcome.DELIVERED
    assert await deliver(room) is DeliveryOutcome.DELIVERED
    assert await deliver(room, "2") is DeliveryOutcome.DELIVERED
    assert await deliver(room, "2") is DeliveryOutcome.DELIVERED

    assert room.messenger.calls == ["send", "update"]
    assert room.messages.rows["progress:job-1"].shown == "2"


async def test_an_intent_without_an_end_is_sent_again(room):
    """Whoever wrote it down was killed before or after sending: nobody knows."""
    await room.messages.intend("progress:job-1", "a:deputy")

    assert await deliver(room) is DeliveryOutcome.DELIVERED

    assert room.messenger.calls == ["send"]


async def test_what_one_worker_is_sending_another_does_not_send(room):
    """A second task about the same card falls due while the first one's sending is repeated after a 429."""
    began, goes_on, sending = asyncio.Event(), asyncio.Event(), room.messenger.send

    async def slow(*given):
        began.set()
        await goes_on.wait()
        return await sending(*given)

    room.messenger.send = slow
    first = asyncio.create_task(deliver(room))
    await began.wait()
    room.clock.move(seconds=9)
    for _ in range(2):
        with pytest.raises(TryAgain) as later:
            await deliver(room)
        assert (later.value.after, later.value.failed) == (timedelta(seconds=2), False)
    goes_on.set()

    assert await first is DeliveryOutcome.DELIVERED
    assert await deliver(room) is DeliveryOutcome.DELIVERED
    assert room.messenger.calls == ["send"]
    assert room.messages.rows["progress:job-1"].shown == "1"


async def test_what_a_killed_worker_was_sending_is_sent_again(room):
    room.messenger.faults.append(asyncio.CancelledError())
    with pytest.raises(asyncio.CancelledError):
        await deliver(room)

    with pytest.raises(TryAgain):
        await deliver(room)
    room.clock.move(seconds=15)

    assert await deliver(room) is DeliveryOutcome.DELIVERED
    assert room.messenger.calls == ["send", "send"]


async def test_two_keys_are_two_messages(room):
    await deliver(room)
    await room.speaking.deliver("progress:job-2", TO, REPLY, "1")

    assert room.messenger.calls == ["send", "send"]


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize(
    ("fault", "failed", "seconds"),
    [
        (SendInDoubt(502), True, 30),
        (SendInDoubt(), True, 30),
        (NotSent("no token"), True, 30),
        (SendRefused(412, "PreconditionFailed"), True, 30),
        (SendRefused(408), True, 30),
        (SendRefused(429), False, 5),
        (SendRefused(429, retry_after=40), False, 40),
        (SendRefused(403, retry_after=7), False, 7),
    ],
)
async def test_what_may_be_tried_again_is(room, sent, fault, failed, seconds):
    if sent:
        await deliver(room, "0")
    before = dict(room.messages.rows)
    room.messenger.faults.append(fault)

    with pytest.raises(TryAgain) as later:
        await deliver(room)

    assert (later.value.failed, later.value.after) == (failed, timedelta(seconds=seconds))
    assert room.messages.rows == before or not sent
    assert await deliver(room) is DeliveryOutcome.DELIVERED
    assert room.messages.rows["progress:job-1"].shown == "1"


async def test_the_more_failures_the_longer_the_pause(room):
    waits = []
    for failures in range(8):
        room.messenger.faults.append(SendInDoubt(502))
        with pytest.raises(TryAgain) as later:
            await deliver(room, failures=failures)
        waits.append(later.value.after.total_seconds())
        room.clock.move(minutes=15)

    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize(
    "fault",
    [SendBlocked(403, "BotDisabledByAdmin"), SendBlocked(404, "ConversationNotFound"), TooLarge("over 100 KB")],
)
async def test_what_is_not_wanted_is_said_so_and_dropped(room, sent, fault):
    if sent:
        await deliver(room, "0")
    room.messenger.faults.append(fault)

    assert await deliver(room) is not DeliveryOutcome.DELIVERED


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("doubt", Doubt)
@pytest.mark.parametrize(
    "fault",
    [
        SendRefused(400, "BadArgument"),
        SendRefused(401, "BotNotRegistered"),
        SendRefused(401),
        SendRefused(403),
        SendRefused(403, "TenantNoPermission"),
        SendRefused(404),
        SendRefused(405),
        SendRefused(407),
    ],
    ids=str,
)
async def test_a_refusal_about_us_or_of_a_gateway_is_a_failure_and_no_end(room, sent, doubt, fault):
    """A registration or a tenant that was switched off, a proxy that answers in HTML: nothing is about the person."""
    if sent:
        await deliver(room, "0")
    room.messenger.faults.append(fault)

    with pytest.raises(TryAgain) as later:
        await deliver(room, doubt=doubt)

    assert (later.value.failed, later.value.why) == (True, f"refused-{fault.status}")
    assert await deliver(room, doubt=doubt) is DeliveryOutcome.DELIVERED
    assert room.messages.rows["progress:job-1"].shown == "1"
    assert len(room.messenger.sent) == 1, "no second one beside it"


async def test_a_reminder_of_which_only_the_intention_was_written_down_is_sent(room, monkeypatch):
    """The database was gone between the intention and the turn."""

    async def gone(*_):
        raise StoreUnavailable("OperationalError")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(room.speaking.rate_limit, "take", gone)
        with pytest.raises(StoreUnavailable):
            await deliver(room, doubt=Doubt.SKIP)

    assert await deliver(room, doubt=Doubt.SKIP) is DeliveryOutcome.DELIVERED
    assert len(room.messenger.sent) == 1


@pytest.mark.parametrize("fault", [SendInDoubt(502), asyncio.CancelledError()], ids=["no clear answer", "killed"])
async def test_a_reminder_that_may_have_arrived_is_not_sent_again(room, fault):
    room.messenger.faults.append(fault)
    with pytest.raises((TryAgain, asyncio.CancelledError)):
        await deliver(room, doubt=Doubt.SKIP)
    room.clock.move(minutes=30)

    assert await deliver(room, doubt=Doubt.SKIP) is DeliveryOutcome.DELIVERED
    assert room.messenger.calls == ["send"]


async def test_a_message_that_is_gone_is_forgotten_and_sent_anew(room):
    await deliver(room, "0")
    room.messenger.faults.append(MessageGone(404, "ActivityNotFoundInConversation"))

    with pytest.raises(TryAgain) as later:
        await deliver(room)

    assert (later.value.after, later.value.failed) == (timedelta(0), True)
    assert room.messages.rows == {}
    assert await deliver(room) is DeliveryOutcome.DELIVERED
    assert room.messages.rows["progress:job-1"].activity_id == "message-2"


@pytest.mark.parametrize("gone", [MessageGone(403, "ServiceError"), MessageGone(400, "BadArgument")])
async def test_a_card_that_the_person_deleted_is_replaced_by_a_new_one(room, gone):
    await deliver(room, "0")
    room.messenger.faults.append(gone)

    with pytest.raises(TryAgain):
        await deliver(room)

    assert await deliver(room) is DeliveryOutcome.DELIVERED
    assert [number for _, number, _ in room.messenger.sent] == ["message-1", "message-2"]


async def test_an_unknown_service_error_on_a_new_message_is_tried_again_a_few_times(room):
    room.messenger.faults.append(SendRefused(403, "ServiceError"))

    with pytest.raises(TryAgain) as later:
        await deliver(room)

    assert later.value.failed, "a few times, and not for ever"
    assert await deliver(room) is DeliveryOutcome.DELIVERED


EUDB = "https://eudb.example/"


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("doubt", Doubt)
async def test_a_moved_conversation_is_waited_for_ever_more_seldom_and_not_for_ever(room, sent, doubt):
    if sent:
        await deliver(room, "0")
    room.messenger.moved["a:deputy"] = EUDB
    began, waits = room.clock(), []
    before = len(room.messenger.calls)

    outcome = None
    while outcome is None:
        try:
            outcome = await deliver(room, doubt=doubt)
        except WaitsForAddress as waiting:
            waits.append(waiting.after)
            room.clock.now += waiting.after

    assert outcome is DeliveryOutcome.UNWANTED

    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(seconds=30), timedelta(minutes=10))
    assert LONGEST_WAIT < room.clock() - began < LONGEST_WAIT + timedelta(minutes=20)
    assert len(room.messenger.calls) - before == len(waits) + 1


async def test_waiting_uses_up_none_of_the_attempts_that_failures_have(room):
    room.messenger.moved["a:deputy"] = EUDB

    with pytest.raises(WaitsForAddress) as waiting:
        await deliver(room)

    assert not waiting.value.failed


@pytest.mark.parametrize("sent", [True, False])
async def test_at_the_new_address_it_arrives(room, sent):
    if sent:
        await deliver(room, "0")
    room.messenger.moved["a:deputy"] = EUDB
    with pytest.raises(WaitsForAddress):
        await deliver(room)

    there = replace(TO, service_url=EUDB)

    assert await room.speaking.deliver("progress:job-1", there, REPLY, "1") is DeliveryOutcome.DELIVERED
    assert (len(room.messenger.sent), len(room.messenger.updated)) == ((1, 1) if sent else (1, 0))


async def test_each_message_waits_its_own_time(room):
    room.messenger.moved["a:deputy"] = EUDB
    with pytest.raises(WaitsForAddress):
        await deliver(room)
    room.clock.now += LONGEST_WAIT * 2

    with pytest.raises(WaitsForAddress):
        await room.speaking.deliver("progress:job-2", TO, REPLY, "1")
    assert await deliver(room) is DeliveryOutcome.UNWANTED


async def test_a_notice_to_a_moved_person_outlasts_its_attempts(room):
    room.messenger.moved["a:deputy"] = EUDB
    room.tell("set", "deputy")
    await room.work()
    for _ in range(40):
        room.clock.now = max(room.clock.now, room.queue.next_due())
        await room.work()
    assert room.received == {}

    room.references["deputy"] = replace(reference("deputy"), service_url=EUDB)
    await room.to_the_end()

    assert list(room.received) == ["deputy"]
    assert room.statuses == ["done"]


async def test_a_conversation_that_is_not_there_is_not_tried_twice(room):
    """On the first sending: there is nothing to forget, and nowhere to go."""
    room.messenger.faults.append(SendBlocked(404, "ConversationNotFound"))

    assert await deliver(room) is DeliveryOutcome.BLOCKED


async def test_a_message_without_an_id_is_never_updated(room):
    room.messenger.ids = False

    assert await deliver(room) is DeliveryOutcome.DELIVERED
    assert await deliver(room, "2") is DeliveryOutcome.DELIVERED

    assert room.messenger.calls == ["send"]


async def test_a_stop_while_sending_leaves_the_intent(room):
    room.messenger.faults.append(asyncio.CancelledError())

    with pytest.raises(asyncio.CancelledError):
        await deliver(room)

    assert room.messages.rows["progress:job-1"].state == "intent"


def test_what_is_logged_of_an_end_holds_no_data():
    assert code_of(TryAgain(timedelta(0), "throttled")) == "throttled"
    assert code_of(ValueError("Иво Пробен")) == "ValueError"


# Who goes first.


async def flooded(room, urgency, count=40):
    """So many wait for one person; how many went at once."""
    gone = 0
    for number in range(count):
        try:
            await room.speaking.deliver(f"news:{urgency.value}-{number}", TO, REPLY, "1", urgency=urgency)
            gone += 1
        except TryAgain:
            pass
    return gone


@pytest.mark.parametrize("urgency", [Urgency.NEWS, Urgency.REMINDER])
async def test_an_alarm_does_not_wait_behind_what_is_less_urgent(room, urgency):
    for _ in range(30):
        await flooded(room, urgency)
        room.clock.move(seconds=2)
    await flooded(room, urgency)
    before = len(room.messenger.sent)

    sent = await room.speaking.deliver("notice:alarm", TO, REPLY, "1", urgency=Urgency.ALARM)
    assert sent is DeliveryOutcome.DELIVERED

    assert len(room.messenger.sent) == before + 1


async def test_a_reminder_leaves_room_for_news(room):
    assert [await flooded(room, urgency) for urgency in reversed(Urgency)] == [4, 2, 1]


@pytest.mark.parametrize("doubt", [Doubt.RESEND, Doubt.SKIP])
async def test_a_reminder_under_a_flood_of_news_comes_all_the_same(room, doubt):
    """News enough to take every turn, for an hour; and the reminder tries again when it is told to."""
    due, tries, number = room.clock(), 1, 0
    for _ in range(1_800):
        await flooded_once(room, number)
        number += 1
        if room.clock() >= due:
            try:
                await room.speaking.deliver(
                    "link-nudge:one", TO, REPLY, "once", urgency=Urgency.REMINDER, doubt=doubt, tries=tries
                )
                break
            except TryAgain as later:
                due, tries = room.clock() + later.after, tries + 1
        room.clock.move(seconds=2)
    else:
        raise AssertionError("it waits for ever")

    assert number < 900


async def flooded_once(room, number):
    for part in range(6):
        with contextlib.suppress(TryAgain):
            await room.speaking.deliver(f"news:{number}-{part}", TO, REPLY, "1")


async def test_an_update_leaves_the_turn_of_the_person_alone(room):
    await deliver(room)
    await flooded(room, Urgency.NEWS)

    assert await deliver(room, "2") is DeliveryOutcome.DELIVERED


def test_every_handler_has_workers_of_one_urgency_and_alarms_their_own():
    handlers = Bot().handlers()
    groups = by_urgency(handlers)

    assert sorted(one.kind for group in groups.values() for one in group) == sorted(one.kind for one in handlers)
    assert {one.kind for one in groups[Urgency.ALARM]} == {ALARM, ALARM_NEWS}
    assert {one.kind for one in groups[Urgency.REMINDER]} == {REMINDER, NUDGE, WEEKLY}
    assert {one.kind for one in groups[None]} == {
        RESET,
        BURN,
        EXPIRE,
        SETTLE,
        CLOCK,
        CARRY_OUT,
        RECHECK,
        LIST,
        REMIND,
        MEND,
        ROUND,
        BESIDE,
        LOOK,
        DEPUTY_ROUND,
        DEPUTY_LOOK,
        ARRIVE,
        RESOLVE,
    }


async def test_a_receiver_has_the_language_buttons_and_place_of_its_chat_and_who_it_is_now(room):
    room.preferences.languages["deputy"] = "en"

    receiver = await room.speaking.to("deputy", "tenant")

    assert receiver is not None
    assert (receiver.language, receiver.t("command-help")) == ("en", "Help")
    assert receiver.reference == reference("deputy")
    assert receiver.actor == DEPUTY
    assert receiver.presser.holder == Holder("deputy", "tenant", "a:deputy")
    assert receiver.presser.now == room.clock()


async def test_where_the_app_is_not_installed_there_is_no_receiver_and_the_directory_is_not_asked(room):
    del room.references["deputy"]

    assert await room.speaking.to("deputy", "tenant") is None
    assert room.actors.calls == []


async def test_there_is_no_chat_with_somebody_whom_the_directory_does_not_tell(room):
    room.actors.fail_next.append(DirectoryUnavailable())

    with pytest.raises(DirectoryUnavailable):
        await room.speaking.to("deputy", "tenant")
