"""A link to the slips works for a short time and the lease of its first use, for its director only; a lost answer loses nothing."""

import asyncio
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.actors.model import Role
from bot.core.decision import Reason
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.passwords.model import BURN, Failure, Refused, Stage, Timing
from bot.core.passwords.slips import SlipOffer, SlipSheet, SlipTokens
from bot.core.people.free_text import free_text
from tests.fakes import NOON
from tests.unit.core.classroom import ANA, CHAT, CLASS, IVO, OURS, TENANT, THEIRS, Classroom, password_of, student

EVERYBODY = ("student-1", "student-2", "student-3")


async def printed_room(*, timing: Timing | None = None) -> Classroom:
    """Three passwords are ready."""
    room = Classroom([student(number) for number in range(1, 4)], timing=timing)
    await room.begun(*EVERYBODY)
    await room.work()
    return room


async def offered(room: Classroom, **what: str) -> SlipOffer:
    offer = await room.offer(ANA, CHAT, **(what or {"job": "job-1"}))
    assert isinstance(offer, SlipOffer), offer
    return offer


def reason_of(answer: object) -> Reason | None:
    assert isinstance(answer, Refused), answer
    return answer.decision.denied_because


# Tokens and PINs.


def test_a_pin_is_twelve_digits_that_follow_from_key_and_token():
    tokens = SlipTokens(b"k" * 32, lambda: "x")
    pins = [tokens.pin(f"{number:043}") for number in range(3_000)]
    assert all(re.fullmatch(r"[0-9]{12}", pin, re.ASCII) for pin in pins)
    assert len(set(pins)) == len(pins)
    assert tokens.pin("a") == SlipTokens(b"k" * 32, lambda: "y").pin("a")
    assert tokens.pin("a") != SlipTokens(b"l" * 32, lambda: "y").pin("a")
    for place in range(12):
        counts = Counter(pin[place] for pin in pins)
        assert len(counts) == 10
        assert max(counts.values()) < 420, "each digit about 300 times at each place"


def test_the_key_is_not_in_what_it_prints_of_itself():
    assert "kkkk" not in repr(SlipTokens(b"k" * 32, lambda: "x"))


def test_digest_and_pin_tell_nothing_of_each_other():
    tokens = SlipTokens(b"k" * 32, lambda: "x")
    digest = tokens.digest("a" * 43)
    assert len(digest) == 32
    assert str(int.from_bytes(digest, "big") % 10**12) != tokens.pin("a" * 43)
    assert tokens.digest("pin|a") != tokens.digest("a")
    tokens.digest("\ud800")  # whatever a request brings


# Offering.


async def test_a_link_is_offered_for_ten_minutes_and_neither_token_nor_pin_is_kept():
    room = await printed_room()
    offer = await offered(room)
    assert (offer.until, offer.count) == (NOON + timedelta(minutes=10), 3)
    kept = repr(room.operations.links) + repr(room.audit.entries) + repr(room.queue.rows)
    for secret in (offer.token, offer.pin, *(password_of(person) for person in EVERYBODY)):
        assert secret not in kept
        assert secret not in repr(offer)
    (entry,) = room.audit.of("password.slips-offered")
    assert (entry.actor, entry.subject, entry.detail) == ("ana", OURS.id, {"job": "job-1", "slips": "3"})


async def test_a_single_reset_has_its_slip_too():
    room = await printed_room()
    one = (await room.operations.of_job("job-1"))[0]
    offer = await offered(room, operation=one.asked.id)
    assert offer.count == 1
    sheet = await room.collect(offer.token, TENANT)
    assert sheet is not None
    assert [slip.name for slip in sheet.slips] == [one.asked.name]
    (entry,) = room.audit.of("password.slips-offered")
    assert (entry.subject, entry.outcome) == (one.asked.person, "allowed")
    assert entry.detail == {
        "operation": one.asked.id,
        "recipient": "student",
        "ground": "owner",
        "school": OURS.id,
        "job": "job-1",
        "slips": "1",
    }


async def test_only_what_can_be_shown_now_is_counted():
    room = Classroom([student(number) for number in range(1, 4)])
    await room.begun(*EVERYBODY)
    await room.work(most=2, failing={"student-1": (Failure.FORBIDDEN, "")})
    assert (await offered(room)).count == 1


async def test_a_link_promises_no_longer_than_there_is_something_to_show():
    room = await printed_room()
    room.clock.move(minutes=115)
    offer = await offered(room)
    assert offer.until == NOON + timedelta(minutes=120)


@pytest.mark.parametrize(
    ("actor", "conversation", "what", "reason"),
    [
        (IVO, CHAT, {"job": "job-1"}, Reason.NOT_YOURS),
        (replace(ANA, tenant_id="other"), CHAT, {"job": "job-1"}, Reason.NOT_YOURS),
        (ANA, "a:other", {"job": "job-1"}, Reason.NOT_YOURS),
        (ANA, CHAT, {"job": "job-2"}, Reason.NO_OPERATION),
        (ANA, CHAT, {"operation": "none"}, Reason.NO_OPERATION),
        (ANA, CHAT, {}, Reason.NO_OPERATION),
    ],
)
async def test_slips_are_offered_to_who_asked_for_the_passwords_only(actor, conversation, what, reason):
    room = await printed_room()
    assert reason_of(await room.offer(actor, conversation, **what)) is reason
    assert room.operations.links == {}
    assert room.audit.of("password.slips-offered") == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"role": Role.TEACHER, "school": None}, Reason.TEACHER),
        ({"enabled": False}, Reason.ACCOUNT_DISABLED),
        ({"school": THEIRS}, Reason.SCHOOL_CHANGED),
    ],
)
async def test_who_is_no_longer_director_there_gets_neither_link_nor_slips(change, reason):
    room = await printed_room()
    offer = await offered(room)
    room.actors.actors["ana"] = replace(ANA, **change)
    assert reason_of(await room.offer(ANA, CHAT, job="job-1")) is reason
    assert await room.collect(offer.token, TENANT) is None
    assert {one.stage for one in room.operations.operations.values()} == {Stage.READY}
    (entry,) = room.audit.of("password.slips-collected")
    assert (entry.outcome, entry.detail["reason"]) == ("denied", str(reason))
    room.actors.actors["ana"] = ANA
    assert await room.collect(offer.token, TENANT) is None, "such a link is used up"


async def test_nothing_is_offered_when_the_passwords_cannot_be_shown_any_more():
    room = await printed_room()
    room.clock.move(minutes=120)
    assert reason_of(await room.offer(ANA, CHAT, job="job-1")) is Reason.NO_OPERATION


# Collecting.


async def test_a_number_in_a_name_is_not_on_the_slip():
    room = Classroom([student(1, name="Ученик 4549070385 Пробен")])
    await room.begun("student-1")
    await room.work()
    sheet = await room.collect((await offered(room)).token, TENANT)
    assert sheet is not None
    assert [one.name for one in sheet.slips] == ["Ученик •••••• Пробен"]


async def test_the_slips_are_collected_with_all_that_goes_on_paper():
    room = await printed_room()
    offer = await offered(room)
    room.clock.move(minutes=3)
    now = room.clock()
    sheet = await room.collect(offer.token, TENANT)
    assert isinstance(sheet, SlipSheet)
    assert sheet.pin == offer.pin
    assert sheet.school == OURS.name
    told = [(s.name, s.class_, s.username, s.password.reveal(), s.works_from, s.expires_at) for s in sheet.slips]
    assert told == [
        (
            student(number).name,
            CLASS,
            student(number).username,
            password_of(f"student-{number}"),
            NOON + timedelta(minutes=2),
            NOON + timedelta(hours=72),
        )
        for number in range(1, 4)
    ]

    operations = await room.operations.of_job("job-1")
    until = now + timedelta(seconds=120)
    assert {(one.stage, one.lease_until) for one in operations} == {(Stage.SHOWN, until)}
    assert [(row.key, row.payload, row.run_at) for row in room.queue.of(BURN)] == [
        (f"{one.asked.id}:lease", {"operation": one.asked.id}, until) for one in operations
    ]
    assert [entry.subject for entry in room.audit.of("password.shown")] == list(EVERYBODY)
    (entry,) = room.audit.of("password.slips-collected")
    assert (entry.outcome, entry.actor, entry.detail["slips"]) == ("allowed", "ana", "3")


async def test_the_same_link_gives_the_same_slips_again_within_the_lease_of_its_first_use_and_then_no_more():
    room = await printed_room()
    offer = await offered(room)
    room.clock.move(minutes=3)
    begun = room.clock()
    first = await room.collect(offer.token, TENANT)
    for _ in range(2):
        room.clock.move(seconds=59)
        assert await room.collect(offer.token, TENANT) == first
    assert first is not None
    assert first.pin == offer.pin

    until = begun + timedelta(seconds=120)
    assert {one.lease_until for one in room.operations.operations.values()} == {until}
    assert [row.run_at for row in room.queue.of(BURN)] == [until] * 3
    entries = [*room.audit.of("password.slips-collected"), *room.audit.of("password.slips-collected-again")]
    assert [(one.outcome, one.actor, one.detail) for one in entries] == [
        ("allowed", "ana", {"job": "job-1", "slips": "3"})
    ] * 3
    assert len(room.audit.of("password.slips-collected")) == 1
    assert len(room.audit.of("password.shown")) == 3
    assert len(room.audit.of("password.shown-again")) == 6

    room.clock.now = until
    assert await room.collect(offer.token, TENANT) is None
    assert len(room.audit.of("password.slips-collected-again")) == 2


async def test_a_link_used_in_its_last_second_answers_for_the_whole_lease():
    room = await printed_room()
    offer = await offered(room)
    room.clock.now = offer.until - timedelta(seconds=1)
    first = await room.collect(offer.token, TENANT)
    room.clock.move(seconds=119)
    assert first is not None
    assert await room.collect(offer.token, TENANT) == first


async def test_after_the_lease_the_link_is_over_also_for_passwords_that_were_set_later():
    room = Classroom([student(number) for number in range(1, 4)])
    await room.begun(*EVERYBODY)
    await room.work(most=1)
    offer = await offered(room)
    first = await room.collect(offer.token, TENANT)
    room.clock.move(seconds=60)
    await room.work(most=1)
    again = await room.collect(offer.token, TENANT)
    room.clock.move(seconds=60)
    await room.work()
    assert [sheet and len(sheet.slips) for sheet in (first, again)] == [1, 2]
    assert await room.collect(offer.token, TENANT) is None
    assert (await offered(room)).count == 2


async def test_the_right_is_read_anew_each_time_and_who_has_lost_it_has_lost_the_link():
    room = await printed_room()
    offer = await offered(room)
    assert await room.collect(offer.token, TENANT) is not None
    room.actors.actors["ana"] = replace(ANA, school=THEIRS)
    for _ in range(2):
        assert await room.collect(offer.token, TENANT) is None
    (entry,) = room.audit.of("password.slips-collected-again")
    assert (entry.outcome, entry.detail["reason"]) == ("denied", str(Reason.SCHOOL_CHANGED))
    room.actors.actors["ana"] = ANA
    assert await room.collect(offer.token, TENANT) is None
    assert room.audit.of("password.shown-again") == []


async def test_a_lost_file_is_fetched_again_by_a_new_link_within_the_lease():
    room = await printed_room()
    first = await room.collect((await offered(room)).token, TENANT)
    room.clock.move(seconds=60)
    offer = await offered(room)
    assert offer.until == NOON + timedelta(seconds=120)
    again = await room.collect(offer.token, TENANT)
    assert first is not None
    assert again is not None
    assert again.slips == first.slips
    assert len(room.audit.of("password.shown")) == 3
    assert len(room.audit.of("password.shown-again")) == 3
    assert len(room.queue.of(BURN)) == 3
    assert {one.lease_until for one in room.operations.operations.values()} == {NOON + timedelta(seconds=120)}


async def test_after_the_lease_there_is_nothing():
    room = await printed_room()
    await room.collect((await offered(room)).token, TENANT)
    room.clock.move(seconds=119)
    offer = await offered(room)
    room.clock.move(seconds=1)
    assert await room.collect(offer.token, TENANT) is None
    assert reason_of(await room.offer(ANA, CHAT, job="job-1")) is Reason.NO_OPERATION


async def test_a_link_dies_after_its_time():
    room = await printed_room()
    offer = await offered(room)
    room.clock.now = offer.until
    assert await room.collect(offer.token, TENANT) is None
    room.clock.now = offer.until - timedelta(microseconds=1)
    assert await room.collect(offer.token, TENANT) is not None


async def test_a_new_link_puts_an_end_to_the_old_one():
    room = await printed_room()
    old, new = await offered(room), await offered(room)
    assert old.token != new.token
    assert old.pin != new.pin
    assert await room.collect(old.token, TENANT) is None
    assert await room.collect(new.token, TENANT) is not None
    newest = await offered(room)
    assert await room.collect(new.token, TENANT) is None, "its PIN is no longer the one in the chat"
    assert await room.collect(newest.token, TENANT) is not None


async def test_a_link_means_nothing_in_another_tenant_or_with_another_token():
    room = await printed_room()
    offer = await offered(room)
    assert await room.collect(offer.token, "other") is None
    for token in ("", offer.token[:-1], offer.token + "0", offer.token.replace("0", "1", 1), "\ud800"):
        assert await room.collect(token, TENANT) is None
    assert await room.collect(offer.token, TENANT) is not None


async def test_of_many_presses_at_once_each_gets_the_same_file_and_there_is_one_set_of_leases():
    room = await printed_room()
    offer = await offered(room)
    first, *others = await asyncio.gather(*(room.collect(offer.token, TENANT) for _ in range(10)))
    assert first is not None
    assert others == [first] * 9
    assert first.pin == offer.pin
    assert len(room.audit.of("password.slips-collected")) == 1
    assert len(room.audit.of("password.slips-collected-again")) == 9
    assert len(room.audit.of("password.shown")) == 3
    assert len(room.audit.of("password.shown-again")) == 27
    assert len(room.queue.of(BURN)) == 3


async def test_a_directory_that_does_not_answer_costs_nobody_the_link():
    room = await printed_room()
    offer = await offered(room)
    room.actors.fail_next.extend([DirectoryUnavailable(), DirectoryUnavailable()])
    for _ in range(2):
        with pytest.raises(DirectoryUnavailable):
            await room.collect(offer.token, TENANT)
    assert {one.stage for one in room.operations.operations.values()} == {Stage.READY}
    assert room.audit.of("password.slips-collected") == []
    assert await room.collect(offer.token, TENANT) is not None


@pytest.mark.parametrize("call", ["use_link", "reveal"])
@pytest.mark.parametrize("moment", ["before", "after"])
async def test_dying_at_any_commit_leaves_the_link_good(call, moment):
    room = await printed_room()
    offer = await offered(room)

    def die(at: str, when: str) -> None:
        if (at, when) == (call, moment):
            raise StoreUnavailable

    room.operations.interrupt = die
    with pytest.raises(StoreUnavailable):
        await room.collect(offer.token, TENANT)
    room.operations.interrupt = None
    sheet = await room.collect(offer.token, TENANT)
    assert sheet is not None
    assert len(sheet.slips) == 3
    assert len(room.audit.of("password.shown")) == 3


async def test_what_became_stale_since_the_link_is_left_out():
    room = await printed_room()
    offer = await offered(room)
    one = (await room.operations.of_job("job-1"))[1]
    await room.operations.reveal(
        [one.asked.id], "ana", CHAT, now=NOON, lease_until=NOON + timedelta(seconds=120), record=lambda *_: ((), ())
    )
    await room.operations.hand_over(one.asked.id, NOON, ())
    sheet = await room.collect(offer.token, TENANT)
    assert sheet is not None
    assert [slip.password.reveal() for slip in sheet.slips] == [password_of("student-1"), password_of("student-3")]


async def test_a_sheet_does_not_show_itself():
    room = await printed_room()
    offer = await offered(room)
    sheet = await room.collect(offer.token, TENANT)
    assert sheet is not None
    shown = repr(sheet)
    for secret in (offer.pin, *(password_of(person) for person in EVERYBODY), *(s.name for s in sheet.slips)):
        assert secret not in shown


async def test_the_schools_own_sentence_stands_on_the_sheet():
    room = await printed_room()
    room.sentence = free_text("Кабинет 12", 300)
    sheet = await room.collect((await offered(room)).token, TENANT)
    assert sheet is not None
    assert sheet.sentence == "Кабинет 12"
