"""Passwords for a class: who is allowed, who is not and why; written once; followed, stopped, tried again."""

import asyncio
import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.decision import Decision, Reason
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.handover.model import Ground, Recipient
from bot.core.passwords.class_lists import ClassList
from bot.core.passwords.follow import Progress
from bot.core.passwords.job_verdicts import JobVerdicts
from bot.core.passwords.model import (
    NOTICE,
    PROGRESS,
    RESET,
    Failure,
    Form,
    Job,
    NewOperation,
    Refused,
    Stage,
    Timing,
)
from bot.core.passwords.ports import Newest
from bot.core.passwords.request_many import MadeBefore, ManyChecked
from bot.core.people.model import AccountState, Kind
from tests.fakes import NOON
from tests.fakes_passwords import FakeOperations
from tests.unit.core.classroom import ANA, CHAT, CLASS, IVO, OURS, THEIRS, Classroom, student

FOURTEEN = date(NOON.year - 14 + 30, NOON.month, NOON.day)
"""Born so that the fourteenth birthday is today."""
YOUNG = FOURTEEN + timedelta(days=1)


def reason_of(answer: object) -> Reason | None:
    assert isinstance(answer, Refused), answer
    return answer.decision.denied_because


def operation_id(job: str, person: str) -> str:
    return hashlib.sha256(f"{job}\0{person}".encode()).hexdigest()


def judged(checked: object) -> dict[str, Reason | None]:
    assert isinstance(checked, ManyChecked), checked
    return dict.fromkeys((one.id for one in checked.allowed), None) | {one.id: why for one, why in checked.refused}


# Who may.


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"role": Role.TEACHER, "school": None}, Reason.TEACHER),
        ({"role": Role.STUDENT, "school": None}, Reason.STUDENT),
        ({"role": Role.NONE, "school": None}, Reason.STRANGER),
        ({"enabled": False}, Reason.ACCOUNT_DISABLED),
        ({"school": None}, Reason.SCHOOL_UNKNOWN),
        ({"school": THEIRS}, Reason.SCHOOL_CHANGED),
    ],
)
async def test_who_is_not_this_schools_director_now_is_refused_whatever_was_remembered(change, reason):
    room = Classroom([student(1)])
    room.actors.actors["ana"] = replace(ANA, **change)
    assert reason_of(await room.many.check(ANA, room.wish("student-1"))) is reason
    assert reason_of(await room.many(ANA, room.wish("student-1"))) is reason
    assert room.rosters.calls == []
    assert room.operations.operations == {}
    assert room.queue.rows == {}
    (entry,) = room.audit.entries  # of the press that asked; looking asked for nothing
    assert (entry.actor, entry.action, entry.subject, entry.outcome) == ("ana", "password.job", OURS.id, "denied")
    assert entry.detail == {"job": "job-1", "chosen": "1", "reason": reason}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"recipient": None}, Reason.NO_RECIPIENT),
        ({"recipient": None, "identity": False}, Reason.NO_RECIPIENT),
        ({"recipient": Recipient.TEACHER}, Reason.ONLY_OWNER),
        ({"recipient": Recipient.TEACHER, "identity": False}, Reason.ONLY_OWNER),
        ({"identity": False}, Reason.IDENTITY_NOT_ATTESTED),
        ({"recipient": Recipient.PARENT, "identity": False}, Reason.IDENTITY_NOT_ATTESTED),
        ({"school": THEIRS.id}, Reason.SCHOOL_CHANGED),
    ],
)
async def test_a_wish_that_lacks_something_is_refused_as_a_whole(change, reason):
    room = Classroom([student(1)])
    assert reason_of(await room.many.check(ANA, room.wish("student-1", **change))) is reason
    assert reason_of(await room.many(ANA, room.wish("student-1", **change))) is reason
    assert room.operations.operations == {}


@pytest.mark.parametrize("call", ["check", "__call__"])
async def test_a_role_that_cannot_be_read_stops_it(call):
    room = Classroom([student(1)])
    room.actors.fail_next.append(DirectoryUnavailable())
    with pytest.raises(DirectoryUnavailable):
        await getattr(room.many, call)(ANA, room.wish("student-1"))
    assert room.operations.operations == {}


async def test_a_class_that_cannot_be_read_stops_it():
    room = Classroom([student(1)])
    room.rosters.fail_with = DirectoryUnavailable()
    with pytest.raises(DirectoryUnavailable):
        await room.many(ANA, room.wish("student-1"))
    assert room.operations.operations == {}


# For whom.


async def test_each_of_the_selection_is_judged_by_itself():
    room = Classroom(
        [
            student(1),
            student(2, state=AccountState.DISABLED),
            student(3, kind=Kind.OTHER),
            student(4, kind=Kind.TEACHER),
            student(5, state=AccountState.BEING_CREATED),
            student(6),
        ]
    )
    chosen = [f"student-{number}" for number in range(1, 6)]
    assert judged(await room.many.check(ANA, room.wish(*chosen, "somebody-else"))) == {
        "student-1": None,
        "student-2": Reason.ACCOUNT_OFF,
        "student-3": Reason.PROTECTED,
        "student-4": Reason.PROTECTED,
        "student-5": None,
        "somebody-else": Reason.NOT_OURS,
    }
    assert room.audit.entries == []
    assert room.operations.operations == {}


async def test_a_parent_receives_only_for_those_known_to_be_under_14():
    room = Classroom([student(1, born=YOUNG), student(2, born=FOURTEEN), student(3, born=None)])
    wish = room.wish("student-1", "student-2", "student-3", recipient=Recipient.PARENT)
    assert judged(await room.many.check(ANA, wish)) == {
        "student-1": None,
        "student-2": Reason.FOURTEEN,
        "student-3": Reason.AGE_UNKNOWN,
    }
    progress = await room.many(ANA, wish)
    assert isinstance(progress, Progress)
    assert [(one.asked.person, one.asked.recipient, one.asked.ground) for one in progress.operations] == [
        ("student-1", Recipient.PARENT, Ground.UNDER_14)
    ]


async def test_the_age_is_counted_on_the_day_of_the_confirmation():
    room = Classroom([student(1, born=YOUNG)])
    wish = room.wish("student-1", recipient=Recipient.PARENT)
    assert judged(await room.many.check(ANA, wish)) == {"student-1": None}
    room.clock.move(days=1)
    assert reason_of(await room.many(ANA, wish)) is Reason.FOURTEEN


async def test_who_left_the_class_since_the_card_was_made_gets_none():
    room = Classroom([student(1), student(2)])
    wish = room.wish("student-1", "student-2")
    await room.many.check(ANA, wish)
    room.put([student(1), student(2, schools=(THEIRS,))])
    progress = await room.many(ANA, wish)
    assert isinstance(progress, Progress)
    assert [one.asked.person for one in progress.operations] == ["student-1"]
    denied = [entry for entry in room.audit.of("password.requested") if entry.outcome == "denied"]
    assert [(entry.subject, entry.detail["reason"]) for entry in denied] == [("student-2", "not-ours")]


async def test_nonsense_in_the_place_of_ids_leaves_no_traces():
    room = Classroom([student(1)])
    nonsense = ("", "\ud800", "a\nb", "x" * 65, "Ученик", "\0")
    assert judged(await room.many.check(ANA, room.wish(*nonsense))) == {}
    assert reason_of(await room.many(ANA, room.wish(*nonsense))) is Reason.NOBODY
    assert reason_of(await room.many(ANA, room.wish())) is Reason.NOBODY
    assert room.audit.entries == []


async def test_thousands_of_ids_are_not_recorded():
    room = Classroom([student(1)])
    progress = await room.begun("student-1", *(f"guess-{number}" for number in range(5_000)))
    assert len(progress.operations) == 1
    assert len(room.audit.entries) < 30


async def test_an_id_sent_twice_counts_once():
    room = Classroom([student(1)])
    progress = await room.begun("student-1", "student-1")
    assert len(progress.operations) == 1


# What is written.


async def test_a_job_is_written_whole_with_what_belongs_to_it_once():
    room = Classroom([student(1), student(2), student(3, state=AccountState.DISABLED)])
    await room.many(IVO, room.wish("student-3", job="earlier"))
    room.operations.seen_directors[OURS.id] = {
        "ivo": NOON - timedelta(days=399),
        "long-gone": NOON - timedelta(days=401),
        "ana": NOON - timedelta(days=3),
    }
    room.audit.entries.clear()
    progress = await room.begun("student-3", "student-2", "student-1")

    assert [one.asked.person for one in progress.operations] == ["student-1", "student-2"], "by name"
    first, second = progress.operations
    assert [first.asked.id, second.asked.id] == [operation_id("job-1", one) for one in ("student-1", "student-2")]
    assert {
        (one.asked.form, one.asked.job, one.stage, one.asked.class_, one.asked.conversation)
        for one in progress.operations
    } == {(Form.BULK, "job-1", Stage.REQUESTED, CLASS, CHAT)}
    assert (progress.job.recipient, progress.job.label, progress.job.school) == (Recipient.STUDENT, CLASS, OURS.id)
    assert [(row.key, row.payload) for row in room.queue.of(RESET)] == [
        (one.asked.id, {"operation": one.asked.id}) for one in progress.operations
    ]
    assert [(row.key, row.payload) for row in room.queue.of(PROGRESS)] == [("job-1", {"job": "job-1"})]
    assert [(row.key, row.payload) for row in room.queue.of(NOTICE)] == [
        (f"job:job-1:{to}", {"what": "job", "job": "job-1", "to": to}) for to in ("ivo", "class-teacher")
    ]
    assert [(entry.action, entry.subject, entry.outcome) for entry in room.audit.entries] == [
        ("password.job", OURS.id, "allowed"),
        ("password.requested", "student-1", "allowed"),
        ("password.requested", "student-2", "allowed"),
        ("password.requested", "student-3", "denied"),
    ]
    for entry in room.audit.entries:
        assert entry.actor == "ana"
        assert entry.detail["job"] == "job-1"
        assert entry.detail["recipient"] == "student"


async def test_the_record_holds_no_name_and_no_number():
    people = [student(1), student(2, state=AccountState.DISABLED)]
    room = Classroom(people)
    await room.begun("student-1", "student-2")
    written = repr([(entry.subject, dict(entry.detail)) for entry in room.audit.entries])
    written += repr([(row.key, row.payload) for row in room.queue.rows.values()])
    for person in people:
        for told in (person.name, person.username, person.identifier):
            assert told not in written


async def test_the_days_limit_is_judged_for_each_of_them():
    room = Classroom([student(1), student(2), student(3)])
    for number in range(2):
        await room.begun("student-1", job=f"earlier-{number}")
        await room.work()
        room.clock.move(minutes=1)
    await room.begun("student-2", job="running")
    progress = await room.begun("student-1", "student-2", "student-3")
    assert [one.asked.person for one in progress.operations] == ["student-3"]
    denied = {e.subject: e.detail for e in room.audit.entries if e.outcome == "denied"}
    assert {person: detail["reason"] for person, detail in denied.items()} == {
        "student-1": "third-reset",
        "student-2": "reset-running",
    }
    job_tasks = [row for row in room.queue.rows.values() if "job-1" in row.key]
    assert {row.kind for row in job_tasks} == {PROGRESS, NOTICE}, "they come with the first that is allowed"
    assert len([e for e in room.audit.of("password.job") if e.detail["job"] == "job-1"]) == 1


async def test_a_job_of_which_nobody_is_allowed_does_not_exist():
    room = Classroom([student(1), student(2, state=AccountState.DISABLED)])
    await room.begun("student-1", job="running")
    before = dict(room.queue.rows)
    refused = await room.many(ANA, room.wish("student-1", "student-2"))
    assert reason_of(refused) is Reason.RESET_RUNNING
    assert await room.operations.job("job-1") is None
    assert room.queue.rows == before
    assert [e.outcome for e in room.audit.of("password.requested")] == ["allowed", "denied", "denied"]
    assert len(room.audit.of("password.job")) == 1


async def test_when_the_limit_opens_again_is_told():
    room = Classroom([student(1)], timing=Timing(most_per_day=1))
    await room.begun("student-1", job="earlier")
    await room.work()
    refused = await room.many(ANA, room.wish("student-1"))
    assert isinstance(refused, Refused)
    assert refused.decision == Decision(Reason.THIRD_RESET, NOON + timedelta(days=1))


async def test_the_same_press_begins_one_job():
    room = Classroom([student(1), student(2)])
    wish = room.wish("student-1", "student-2")
    answers = await asyncio.gather(*(room.many(ANA, wish) for _ in range(5)))
    answers.append(await room.many(ANA, wish))
    assert all(isinstance(one, Progress) and len(one.operations) == 2 for one in answers)
    assert len(room.operations.operations) == 2
    assert len(room.queue.of(RESET)) == 2
    assert len(room.audit.of("password.job")) == 1
    assert len(room.audit.of("password.requested")) == 2


async def test_a_repeated_press_asks_nobody_and_shows_how_far_it_is():
    room = Classroom([student(1)])
    await room.begun("student-1")
    await room.work()
    room.actors.fail_next.append(DirectoryUnavailable())
    progress = await room.begun("student-1")
    assert (progress.done, progress.left, progress.printable, progress.finished) == (1, 0, 1, True)


async def test_another_cannot_take_over_a_job_by_its_id():
    room = Classroom([student(1)])
    await room.begun("student-1")
    assert reason_of(await room.many(IVO, room.wish("student-1"))) is Reason.NOT_YOURS
    assert reason_of(await room.many(ANA, room.wish("student-1", conversation="a:other"))) is Reason.NOT_YOURS


async def test_a_store_that_fails_keeps_nothing():
    room = Classroom([student(1), student(2)])

    def die(call: str, moment: str) -> None:
        if (call, moment) == ("begin", "before"):
            raise StoreUnavailable

    room.operations.interrupt = die
    with pytest.raises(StoreUnavailable):
        await room.many(ANA, room.wish("student-1", "student-2"))
    room.operations.interrupt = None
    assert (room.operations.operations, room.operations.jobs, room.queue.rows) == ({}, {}, {})
    assert room.audit.entries == []
    assert len((await room.begun("student-1", "student-2")).operations) == 2


def test_a_transaction_tried_again_gives_the_jobs_own_work_to_the_first_allowed_of_that_try():
    def new(name: str) -> NewOperation:
        return NewOperation(
            name, NOON, "ana", "tenant", CHAT, OURS.id, name, name, "u", CLASS, True,
            Recipient.STUDENT, Ground.OWNER, Form.BULK, job="job-1",
        )  # fmt: skip

    order = [new(name) for name in ("a", "b", "c")]
    job = Job("job-1", NOON, "ana", "tenant", CHAT, OURS.id, CLASS, Recipient.STUDENT)
    room = Classroom()

    def tried(denied: set[str]) -> list[str]:
        carriers = []
        for one in order:
            past = (running,) if one.id in denied else ()
            verdict = judge(one, past)
            carriers += [one.id for task in verdict.tasks if task.kind == PROGRESS]
        return carriers

    running = asyncio.run(_running(room))
    judge = JobVerdicts(job, order, {"c": Decision(Reason.ACCOUNT_OFF)}, told=(), timing=Timing())
    assert tried({"a"}) == ["b"]
    assert tried(set()) == ["a"]
    assert tried({"a"}) == ["b"]
    assert tried({"a", "b"}) == []
    assert tried({"b"}) == ["a"]


async def _running(room: Classroom):
    room.put([student(1)])
    return (await room.begun("student-1")).operations[0]


# How far it is; stopping it.


async def test_progress_follows_from_the_stages():
    room = Classroom([student(number) for number in range(1, 7)])
    await room.begun(*(f"student-{number}" for number in range(1, 7)))
    await room.work(most=2, failing={"student-2": (Failure.FORBIDDEN, "")})
    progress = await room.read(ANA, CHAT, "job-1")
    assert isinstance(progress, Progress)
    told = (progress.done, progress.left, len(progress.failed), progress.cancelled, progress.printable)
    assert told == (1, 4, 1, 0, 1)
    assert not progress.finished


async def test_only_what_is_not_begun_is_taken_back_and_recorded_once():
    room = Classroom([student(number) for number in range(1, 4)])
    await room.begun("student-1", "student-2", "student-3")
    await room.work(most=1)
    await room.cancel(ANA, CHAT, "job-1")
    progress = await room.cancel(ANA, CHAT, "job-1")
    assert isinstance(progress, Progress)
    assert (progress.done, progress.left, progress.cancelled, progress.finished) == (1, 0, 2, True)
    assert progress.job.cancelled_at == NOON
    (entry,) = room.audit.of("password.cancelled")
    assert (entry.subject, entry.detail["job"], entry.detail["cancelled"]) == (OURS.id, "job-1", "2")


async def test_two_at_once_cancel_once():
    room = Classroom([student(1), student(2)])
    await room.begun("student-1", "student-2")
    await asyncio.gather(*(room.cancel(ANA, CHAT, "job-1") for _ in range(4)))
    assert len(room.audit.of("password.cancelled")) == 1


@pytest.mark.parametrize(
    ("actor", "conversation", "job", "reason"),
    [
        (IVO, CHAT, "job-1", Reason.NOT_YOURS),
        (replace(ANA, tenant_id="other"), CHAT, "job-1", Reason.NOT_YOURS),
        (ANA, "a:other", "job-1", Reason.NOT_YOURS),
        (ANA, CHAT, "job-2", Reason.NO_OPERATION),
        (ANA, CHAT, "", Reason.NO_OPERATION),
    ],
)
async def test_a_job_is_its_directors_in_its_conversation_only(actor, conversation, job, reason):
    room = Classroom([student(1)])
    await room.begun("student-1")
    assert reason_of(await room.read(actor, conversation, job)) is reason
    assert reason_of(await room.cancel(actor, conversation, job)) is reason
    assert reason_of(await room.many.again(actor, conversation, job, "job-3")) is reason
    operation = await room.operations.one(operation_id("job-1", "student-1"))
    assert operation is not None
    assert operation.stage is Stage.REQUESTED
    assert room.audit.of("password.cancelled") == []


# Again.


async def test_those_that_failed_are_tried_again_in_the_same_way():
    room = Classroom([student(number, born=YOUNG) for number in range(1, 5)])
    await room.begun(*(f"student-{number}" for number in range(1, 5)), recipient=Recipient.PARENT)
    await room.work(
        failing={
            "student-2": (Failure.UNAVAILABLE, ""),
            "student-3": (Failure.DENIED, Reason.PROTECTED.value),
            "student-4": (Failure.REFUSED, ""),
        }
    )
    progress = await room.many.again(ANA, CHAT, "job-1", "job-2")
    assert isinstance(progress, Progress)
    assert progress.job.id == "job-2"
    assert [(one.asked.person, one.asked.recipient, one.asked.ground) for one in progress.operations] == [
        ("student-2", Recipient.PARENT, Ground.UNDER_14),
        ("student-4", Recipient.PARENT, Ground.UNDER_14),
    ]
    repeated = await room.many.again(ANA, CHAT, "job-1", "job-2")
    assert repeated == progress


async def test_an_old_card_does_not_undo_what_a_newer_one_did():
    room = Classroom([student(1), student(2)])
    await room.begun("student-1", "student-2")
    await room.work(failing={"student-1": (Failure.UNAVAILABLE, ""), "student-2": (Failure.UNAVAILABLE, "")})
    room.clock.move(minutes=1)
    await room.many.again(ANA, CHAT, "job-1", "job-2")
    await room.work(failing={"student-2": (Failure.UNAVAILABLE, "")})
    room.clock.move(minutes=1)

    progress = await room.many.again(ANA, CHAT, "job-1", "job-3")

    assert isinstance(progress, Progress)
    assert [one.asked.person for one in progress.operations] == ["student-2"]


async def test_trying_again_is_judged_again():
    room = Classroom([student(1, born=YOUNG)])
    await room.begun("student-1", recipient=Recipient.PARENT)
    await room.work(failing={"student-1": (Failure.UNAVAILABLE, "")})
    room.actors.actors["ana"] = replace(ANA, school=THEIRS)
    assert reason_of(await room.many.again(ANA, CHAT, "job-1", "job-2")) is Reason.SCHOOL_CHANGED
    room.actors.actors["ana"] = ANA
    room.clock.move(days=1)
    assert reason_of(await room.many.again(ANA, CHAT, "job-1", "job-2")) is Reason.FOURTEEN


async def test_there_is_nothing_to_try_again_where_nothing_failed():
    room = Classroom([student(1), student(2)])
    await room.begun("student-1", "student-2")
    await room.work(failing={"student-2": (Failure.DENIED, Reason.NOT_OURS.value)})
    assert reason_of(await room.many.again(ANA, CHAT, "job-1", "job-2")) is Reason.NO_OPERATION
    assert await room.operations.job("job-2") is None


# Another director has made some for the same class.


@pytest.fixture
async def two_printers() -> tuple[Classroom, datetime]:
    room = Classroom([student(number) for number in (1, 2, 3)])
    await printed(room, ANA, "student-1", "student-2", job="job-1")
    return room, room.operations.jobs["job-1"].at


async def printed(room: Classroom, who: Actor, *persons: str, job: str) -> None:
    progress = await room.many(who, room.wish(*persons, job=job))
    assert isinstance(progress, Progress), progress
    await room.work()


async def test_who_makes_passwords_for_the_same_class_within_a_day_is_told_by_whom_and_when(two_printers):
    room, begun_at = two_printers
    room.clock.move(hours=23, minutes=59)
    wish = room.wish("student-1", "student-2", "student-3", job="job-2")
    checked = await room.many.check(IVO, wish)
    assert isinstance(checked, ManyChecked)
    assert checked.before == MadeBefore("Ана", begun_at, 2)
    own = await room.many.check(ANA, wish)
    assert isinstance(own, ManyChecked)
    assert own.before is None, "whoever printed them knows"

    # Not told (a card from before): only whom it does not concern.
    progress = await room.many(IVO, wish)
    assert isinstance(progress, Progress)
    assert [one.asked.person for one in progress.operations] == ["student-3"]
    denied = [one.detail["reason"] for one in room.audit.entries if one.outcome == "denied"]
    assert denied == [Reason.GIVEN_BY_ANOTHER] * 2

    told = await room.many(IVO, replace(wish, job="job-3", persons=("student-1",), knows=checked.before.at))
    assert isinstance(told, Progress)
    assert [one.asked.person for one in told.operations] == ["student-1"]


async def test_a_day_later_nobody_is_told(two_printers):
    room, _ = two_printers
    room.clock.move(days=1)
    checked = await room.many.check(IVO, room.wish("student-1", job="job-2"))
    assert isinstance(checked, ManyChecked)
    assert checked.before is None
    assert isinstance(await room.many(IVO, room.wish("student-1", job="job-2")), Progress)


async def test_what_was_made_after_the_telling_is_told_too(two_printers):
    room, begun_at = two_printers
    room.clock.move(minutes=5)
    await printed(room, ANA, "student-3", job="job-2")
    wish = room.wish("student-1", "student-3", job="job-3", knows=begun_at)
    progress = await room.many(IVO, wish)
    assert isinstance(progress, Progress)
    assert [one.asked.person for one in progress.operations] == ["student-1"]


async def test_of_two_who_print_the_same_class_at_once_one_makes_each_password():
    room = Classroom([student(1), student(2)])
    both = ("student-1", "student-2")
    looked = [await room.many.check(one, room.wish(*both)) for one in (ANA, IVO)]
    assert [one.before for one in looked if isinstance(one, ManyChecked)] == [None, None]
    answers = await asyncio.gather(
        room.many(ANA, room.wish(*both, job="job-1")), room.many(IVO, room.wish(*both, job="job-2"))
    )
    made = [one for one in answers if isinstance(one, Progress)]
    assert len(made) == 1
    assert len(made[0].operations) == len(room.operations.operations) == 2
    (refused,) = [one for one in answers if isinstance(one, Refused)]
    assert refused.decision.denied_because is Reason.RESET_RUNNING
    await room.work()
    slower = IVO if made[0].job.actor == ANA.object_id else ANA
    looked = [await room.many.check(slower, room.wish(*both, job="job-3"))]
    assert [one.before is not None for one in looked if isinstance(one, ManyChecked)] == [True], "and is told then"


async def test_whoever_went_on_after_being_told_tries_the_failed_again_without_being_asked(two_printers):
    room, begun_at = two_printers
    room.clock.move(minutes=5)
    both = ("student-1", "student-2")
    assert isinstance(await room.many(IVO, room.wish(*both, job="job-2", knows=begun_at)), Progress)
    await room.work(failing={"student-2": (Failure.UNAVAILABLE, "")})

    again = await room.many.again(IVO, CHAT, "job-2", "job-3")

    assert isinstance(again, Progress), again
    assert [one.asked.person for one in again.operations] == ["student-2"]


async def test_whose_newer_one_cannot_be_read_is_not_tried_again_and_the_others_are():
    room = Classroom([student(1), student(2)])
    both = ("student-1", "student-2")
    await room.begun(*both)
    await room.work(failing=dict.fromkeys(both, (Failure.UNAVAILABLE, "")))
    room.clock.move(minutes=5)
    await room.begun("student-1", job="job-2")
    room.operations.of_another_release.add(operation_id("job-2", "student-1"))

    again = await room.many.again(ANA, CHAT, "job-1", "job-3")

    assert isinstance(again, Progress), again
    assert [one.asked.person for one in again.operations] == ["student-2"]


@pytest.mark.parametrize("first", [True, False], ids=["the first of the class", "the last"])
async def test_of_whose_past_something_cannot_be_read_is_given_none_and_the_job_begins_with_the_others(first):
    """What came between the look and the writing."""
    room = Classroom([student(number) for number in (1, 2, 3)])
    strange = "student-1" if first else "student-3"

    class Slow(FakeOperations):
        async def newest(self, person_ids: Collection[str]) -> Newest:
            return Newest({}, frozenset())

    store = Slow(room.audit, room.queue)
    many = replace(room.many, operations=store, students=replace(room.students, operations=store))
    assert isinstance(await many(ANA, room.wish(strange, job="job-0")), Progress)
    store.of_another_release.add(operation_id("job-0", strange))

    progress = await many(ANA, room.wish("student-1", "student-2", "student-3"))

    assert isinstance(progress, Progress), progress
    others = {"student-1", "student-2", "student-3"} - {strange}
    assert {one.asked.person for one in progress.operations} == others
    denied = [(one.subject, one.detail["reason"]) for one in room.audit.entries if one.outcome == "denied"]
    assert denied == [(strange, Reason.NOT_READABLE)]
    assert [one.subject for one in room.audit.entries if one.action == "password.job"] == [OURS.id] * 2
    assert {row.key for row in room.queue.of(PROGRESS)} == {"job-0", "job-1"}


@pytest.mark.parametrize(("most", "work", "reason"), [(1, True, "third-reset"), (2, False, "reset-running")])
async def test_who_could_not_be_given_one_anyway_is_not_a_question(most, work, reason):
    room = Classroom([student(1)], timing=Timing(most_per_day=most))
    assert isinstance(await room.many(ANA, room.wish("student-1", job="job-1")), Progress)
    if work:
        await room.work()

    refused = await room.many(IVO, room.wish("student-1", job="job-2"))

    assert reason_of(refused) == reason


async def test_that_another_director_was_faster_is_said_whoever_is_first_in_the_class(two_printers):
    room, _ = two_printers
    room.put([student(0, state=AccountState.DISABLED), student(1), student(2)])

    refused = await room.many(IVO, room.wish("student-0", "student-1", "student-2", job="job-2"))

    assert reason_of(refused) is Reason.GIVEN_BY_ANOTHER


# A selection: a group of the school's own, or people of several classes.


async def test_a_selection_is_of_the_school_and_each_slip_has_the_class_of_its_owner():
    own = [student(number, teams=(f"Музика - {class_} - ООП",)) for number, class_ in ((1, "5 а"), (2, "6 в"))]
    gone = student(3, schools=(THEIRS,))
    room = Classroom([*own, gone])
    everybody = ("student-1", "student-2", "student-3", "nobody")
    listed = await room.students(ANA, "Роботика", everybody)
    assert isinstance(listed, ClassList)
    assert [row.person.id for row in listed.rows] == ["student-1", "student-2"]

    wish = room.wish(*everybody, class_name="Роботика", among=everybody)
    assert judged(await room.many.check(ANA, wish)) == {
        "student-1": None, "student-2": None, "student-3": Reason.NOT_OURS, "nobody": Reason.NOT_OURS,
    }  # fmt: skip
    progress = await room.many(ANA, wish)
    assert isinstance(progress, Progress)
    assert (progress.job.label, [one.asked.class_ for one in progress.operations]) == ("Роботика", ["5 а", "6 в"])


async def test_whom_a_selection_was_not_offered_for_is_refused():
    room = Classroom([student(1), student(2)])
    wish = room.wish("student-1", "student-2", class_name="Роботика", among=("student-1",))
    assert judged(await room.many.check(ANA, wish)) == {"student-1": None, "student-2": Reason.NOT_OURS}


async def test_the_failed_of_a_selection_are_tried_again_as_a_selection():
    room = Classroom([student(1, teams=("Музика - 5 а - ООП",)), student(2, teams=("Музика - 6 в - ООП",))])
    both = ("student-1", "student-2")
    await room.begun(*both, class_name="Роботика", among=both)
    await room.work(failing={"student-2": (Failure.UNAVAILABLE, "")})
    again = await room.many.again(ANA, CHAT, "job-1", "job-2")
    assert isinstance(again, Progress)
    assert [(one.asked.person, one.asked.class_) for one in again.operations] == [("student-2", "6 в")]
    assert again.job.label == "Роботика"
