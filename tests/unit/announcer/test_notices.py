"""Who is told of a password, and who is not: asked anew, once each, and never the password itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.errors import DirectoryBusy, DirectoryForbidden, DirectoryUnavailable
from bot.core.passwords.model import ALARM, NOTICE, Failure, Stage
from bot.core.passwords.reveal import ReportTheft
from bot.core.passwords.secret import Secret
from bot.core.tasks import TryAgain
from bot.sending import NotSent, SendBlocked, SendInDoubt, SendRefused, TooLarge
from tests.unit.announcer.room import ASKED, JOB, ONE, OURS, TEACHER, THEIRS, Room, reference, words
from tests.unit.bot.operations import operation

WORDS = {
    "set": "Създадена е временна парола",
    "alarm": "Опит за достъп",
    "replaced": "Неизползваната временна парола вече не действа",
    "job": "за паралелка",
}


@pytest.fixture
def room():
    return Room()


def about(what, room):
    """The payload of a notice of this sort, as the core writes it down."""
    at = {"at": room.clock().isoformat()} if what == "alarm" else {}
    return {"job": JOB.id} | at if what == "job" else {"operation": "operation-1"} | at


@pytest.mark.parametrize("what", WORDS)
@pytest.mark.parametrize("to", ["director", "deputy"])
async def test_a_director_of_the_school_is_told_once(room, what, to):
    room.job(operation(id="operation-2", job="job-1"))
    room.tell(what, to, **about(what, room))

    await room.to_the_end()
    room.run_again()
    await room.to_the_end()

    assert list(room.received) == [to]
    (told,) = room.received[to]
    assert WORDS[what] in told
    assert set(room.statuses) == {"done"}


@pytest.mark.parametrize(
    ("in_doubt", "words"),
    [
        (False, ("Временната парола не е създадена", "Досегашната парола не е променена", "Поискана на")),
        (True, ("Не е сигурно дали паролата е сменена", "Възможно е досегашната парола вече да не действа")),
    ],
)
async def test_who_asked_is_told_that_it_was_given_up_and_what_became_of_the_old_one(room, in_doubt, words):
    room.operations.operations["operation-1"] = operation(
        stage=Stage.FAILED, set_at=None, failure=Failure.UNAVAILABLE, in_doubt=in_doubt
    )
    room.tell("given-up", "director")

    await room.to_the_end()

    (told,) = room.received["director"]
    assert all(one in told for one in (*words, "не беше изпълнена навреме", "напишете „парола“"))
    assert list(room.received) == ["director"]


async def test_of_a_class_that_was_given_up_it_is_told_how_many_and_where_their_names_stand(room):
    failed = {"stage": Stage.FAILED, "set_at": None, "failure": Failure.UNAVAILABLE, "job": "job-1"}
    room.job(*(operation(id=f"operation-{n}", **failed) for n in (2, 3)), operation(id="operation-4", job="job-1"))
    room.tell("given-up", "director", job="job-1")

    await room.to_the_end()

    (told,) = room.received["director"]
    assert "2 от поисканите временни пароли не бяха създадени" in told
    assert "по-нагоре в разговора" in told
    assert "Иво" not in told


async def test_who_did_it_is_said_by_the_name_the_directory_has(room):
    room.tell("set", "deputy")

    await room.to_the_end()

    assert "Директор Едно" in room.received["deputy"][0]


@pytest.mark.parametrize(
    "now",
    [
        Actor("deputy", "tenant", Role.NONE),
        Actor("deputy", "tenant", Role.TEACHER),
        Actor("deputy", "tenant", Role.STUDENT),
        Actor("deputy", "tenant", Role.REGIONAL_OFFICE, OURS),
        Actor("deputy", "tenant", Role.DIRECTOR, THEIRS),
        Actor("deputy", "tenant", Role.DIRECTOR, None),
        Actor("deputy", "tenant", Role.DIRECTOR, OURS, enabled=False),
    ],
)
@pytest.mark.parametrize("what", WORDS)
async def test_who_is_no_director_of_the_school_any_more_learns_nothing(room, what, now):
    room.job(operation(id="operation-2", job="job-1"))
    room.actors.actors["deputy"] = now
    room.tell(what, "deputy", **about(what, room))

    await room.to_the_end()

    assert room.messenger.calls == []
    assert room.statuses == ["done"]


async def test_who_has_not_installed_the_app_is_passed_over_without_asking_the_directory(room):
    del room.references["deputy"]
    room.tell("set", "deputy")

    await room.to_the_end()

    assert room.messenger.calls == []
    assert room.actors.calls == []
    assert room.statuses == ["done"]


@pytest.mark.parametrize("gone", [{"operation": "operation-9"}, {"job": "job-9"}])
async def test_what_is_known_no_more_is_not_told(room, gone):
    room.tell("set", "deputy", **gone)

    await room.to_the_end()

    assert room.messenger.calls == []
    assert room.statuses == ["done"]


# The class teacher.


async def test_the_class_teacher_is_told_once_however_often_it_is_run(room):
    room.tell("set", "class-teacher")

    for _ in range(3):
        await room.to_the_end()
        room.run_again()
    await room.to_the_end()

    assert list(room.received) == ["teacher"]
    (told,) = room.received["teacher"]
    assert "Ваш ученик" in told
    assert "Иво Пробен Образцов" in told


async def test_each_of_several_class_teachers_is_told(room):
    room.rosters.teachers["person-1"] = ("teacher", "second")
    room.actors.actors["second"] = replace(TEACHER, object_id="second")
    room.references["second"] = reference("second")
    room.tell("set", "class-teacher")

    await room.to_the_end()

    assert {one: len(told) for one, told in room.received.items()} == {"teacher": 1, "second": 1}


async def test_where_there_is_no_class_teacher_nobody_is_told(room):
    room.rosters.teachers.clear()
    room.tell("set", "class-teacher")

    await room.to_the_end()

    assert room.messenger.calls == []
    assert room.statuses == ["done"]


@pytest.mark.parametrize("spelled", ["director", "DIRECTOR"])
async def test_a_class_teacher_who_did_it_is_not_told_as_one(room, spelled):
    room.rosters.teachers["person-1"] = (spelled,)
    room.actors.actors[spelled] = Actor(spelled, "tenant", Role.TEACHER)
    room.references[spelled] = reference(spelled)
    room.tell("set", "class-teacher")

    await room.to_the_end()

    assert room.messenger.calls == []


@pytest.mark.parametrize(
    "now",
    [
        Actor("teacher", "tenant", Role.NONE),
        Actor("teacher", "tenant", Role.STUDENT),
        Actor("teacher", "tenant", Role.DIRECTOR, OURS),
        replace(TEACHER, enabled=False),
        replace(TEACHER, works_at=(THEIRS,)),
    ],
)
async def test_who_is_no_teacher_any_more_is_not_told_as_one(room, now):
    room.actors.actors["teacher"] = now
    room.tell("set", "class-teacher")

    await room.to_the_end()

    assert room.messenger.calls == []


async def test_a_teacher_is_not_told_what_a_director_is(room):
    """The class teacher's own name among the receivers makes nobody a director."""
    room.tell("set", "teacher")

    await room.to_the_end()

    assert room.messenger.calls == []


async def test_of_a_class_its_teacher_learns_the_number_and_no_name(room):
    failed = operation(id="operation-3", job="job-1", stage=Stage.FAILED, failure=Failure.FORBIDDEN)
    waiting = operation(id="operation-4", job="job-1", stage=Stage.REQUESTED)
    room.job(operation(id="operation-2", job="job-1"), failed, waiting)
    room.tell("job", "class-teacher", job=JOB.id)

    await room.to_the_end()

    (told,) = room.received["teacher"]
    assert "Иво" not in told
    assert "5 б" in told
    assert " 2 " in told


async def test_of_a_class_the_first_of_whom_has_left_its_teacher_is_told(room):
    room.job(*(operation(id=f"operation-{number}", person=f"person-{number}", job="job-1") for number in (2, 3, 4)))
    room.rosters.teachers = {"person-3": ("teacher",)}
    room.tell("job", "class-teacher", job=JOB.id)

    await room.to_the_end()

    (told,) = room.received["teacher"]
    assert " 3 " in told


async def test_a_class_is_asked_for_its_teacher_once_and_a_selection_once_for_each_class(room):
    of_selection(room, *(f"{number % 5 + 1} а" for number in range(2, 42)))
    another_teacher(room, "second")
    room.rosters.teachers = {
        f"person-{number}": ("second", "SECOND") if number % 5 == 0 else ("teacher",) for number in range(2, 42)
    }
    room.tell("job", "class-teacher", job=JOB.id)

    await room.to_the_end()

    assert len(room.rosters.calls) == 5
    assert " 32 " in room.received["teacher"][0]
    (told,) = room.received["second"]
    assert " 8 " in told


async def test_where_no_student_of_a_class_has_a_class_teacher_few_are_asked(room):
    room.job(
        *(operation(id=f"operation-{number}", person=f"person-{number}", job="job-1") for number in range(2, 42))
    )
    room.rosters.teachers = {}
    room.tell("job", "class-teacher", job=JOB.id)

    await room.to_the_end()

    assert len(room.rosters.calls) == 3
    assert room.messenger.calls == []


# A selection: people of several classes, under a name that is the director's own.

GROUP = replace(JOB, label="Трудните", selected=True)


def of_selection(room, *classes):
    """A job of so many students, each of the class said, under the name of a group."""
    room.job(
        *(
            operation(id=f"operation-{number}", person=f"person-{number}", job=JOB.id, class_=class_, name=f"Ученик {number}")
            for number, class_ in enumerate(classes, start=2)
        )
    )  # fmt: skip
    room.operations.jobs[JOB.id] = GROUP


def another_teacher(room, object_id):
    room.actors.actors[object_id] = replace(TEACHER, object_id=object_id)
    room.references[object_id] = reference(object_id)


async def test_of_a_selection_each_class_teacher_learns_of_their_own_pupils_alone(room):
    of_selection(room, "5 а", "5 а", "6 в")
    another_teacher(room, "second")
    room.rosters.teachers = {"person-2": ("teacher",), "person-3": ("TEACHER",), "person-4": ("second",)}
    room.tell("job", "class-teacher", job=JOB.id)

    for _ in range(2):
        await room.to_the_end()
        room.run_again()
    await room.to_the_end()

    assert sorted(room.received) == ["second", "teacher"]
    for who, count, class_, other in (("teacher", " 2 ", "5 а", "6 в"), ("second", " 1 ", "6 в", "5 а")):
        (told,) = room.received[who]
        assert count in told
        assert class_ in told
        for hidden in (other, "Трудните", "Ученик", " 3 "):
            assert hidden not in told


async def test_of_a_grade_whose_teams_name_no_class_each_class_teacher_learns_of_their_own_pupils(room):
    of_selection(room, "5", "5", "5")
    room.operations.jobs[JOB.id] = replace(JOB, label="5")
    another_teacher(room, "second")
    room.rosters.teachers = {"person-2": ("teacher",), "person-3": ("second",), "person-4": ("second",)}
    room.tell("job", "class-teacher", job=JOB.id)

    await room.to_the_end()

    assert sorted(room.received) == ["second", "teacher"]
    assert " 1 " in room.received["teacher"][0]
    assert " 2 " in room.received["second"][0]


async def test_of_a_selection_a_class_teacher_of_two_classes_is_told_once_of_both(room):
    of_selection(room, "5 а", "6 в")
    room.rosters.teachers = {"person-2": ("teacher",), "person-3": ("teacher",)}
    room.tell("job", "class-teacher", job=JOB.id)

    await room.to_the_end()

    (told,) = room.received["teacher"]
    assert " 2 " in told
    assert "5 а, 6 в" in told


async def test_of_pupils_none_of_whom_gets_a_password_the_class_teacher_is_told_nothing(room):
    of_selection(room, "5 а", "6 в")
    room.operations.operations["operation-2"] = replace(
        room.operations.operations["operation-2"], stage=Stage.FAILED, failure=Failure.FORBIDDEN
    )
    room.rosters.teachers = {"person-2": ("teacher",)}
    room.tell("job", "class-teacher", job=JOB.id)

    await room.to_the_end()

    assert room.messenger.calls == []
    assert set(room.statuses) == {"done"}


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("what", ["job", "alarm"])
async def test_a_director_reads_of_a_selection_as_of_a_group_and_of_no_class(room, what, language):
    of_selection(room, "5 а", "6 в")
    room.preferences.languages = {"director": language}
    room.tell(what, "director", **about("job", room), at=room.clock().isoformat())

    await room.to_the_end()

    (told,) = room.received["director"]
    assert ("Група" if language == "bg" else "Group") in told
    assert "Трудните" in told
    for of_class in ("паралелка", "Паралелка", "class"):
        assert of_class not in told


# Language, and what is in none of them.


@pytest.mark.parametrize(
    ("chosen", "locale", "said"),
    [
        (None, "bg-BG", "Създадена е временна парола"),
        (None, "en-GB", "A temporary password was created"),
        ("en", "bg-BG", "A temporary password was created"),
        ("bg", "en-GB", "Създадена е временна парола"),
        (None, None, "Създадена е временна парола"),
    ],
)
async def test_in_the_language_of_who_receives_it(room, chosen, locale, said):
    if chosen:
        room.preferences.languages["deputy"] = chosen
    room.references["deputy"] = reference("deputy", locale)
    room.tell("set", "deputy")

    await room.to_the_end()

    assert said in room.received["deputy"][0]


@pytest.mark.parametrize("language", ["bg", "en"])
async def test_no_notice_holds_a_password_an_identifier_or_a_ground(room, language):
    room.operations.secrets["operation-1"] = room.operations.secrets["operation-2"] = Secret("Zegegosati2345")
    room.preferences.languages = dict.fromkeys(("director", "deputy", "teacher"), language)
    room.job(operation(id="operation-2", job="job-1"))
    for what in WORDS:
        for to in ("director", "deputy", "class-teacher"):
            room.tell(what, to, **about(what, room))

    await room.to_the_end()

    assert len(room.messenger.sent) == 2 * len(WORDS) + len(WORDS)
    for _, _, reply in room.messenger.sent:
        said = words(reply)
        for hidden in ("Zegegosati", "2345", "operation-1", "operation-2", "person-1", "СОП"):
            assert hidden not in said
        assert "Action." not in said, "a message that stays offers nothing that does not"


# Another's card.


@pytest.mark.parametrize("kind", ["operation", "job"])
async def test_the_owner_is_told_of_a_press_on_a_card_and_when_it_was(room, kind):
    room.job(operation(id="operation-2", job="job-1"))
    theft = ReportTheft(operations=room.operations, clock=room.clock)
    given = {"operation_id": "operation-1"} if kind == "operation" else {"job_id": "job-1"}
    for _ in range(3):
        await theft("stranger", "press", **given)
    room.clock.move(hours=3)  # the worker was away

    await room.to_the_end()

    assert list(room.received) == ["director"]
    (told,) = room.received["director"]
    assert "Опит за достъп" in told
    assert ("5 б" if kind == "job" else "Иво Пробен Образцов") in told
    assert "12:00" in told
    assert "15:00" not in told
    assert "Директор Едно" not in told, "who pressed is in the audit log, and the owner is no witness of it"


async def test_an_alarm_of_a_class_is_no_notice_of_a_class(room):
    room.job(operation(id="operation-2", job="job-1"))
    room.tell("alarm", "director", **about("job", room), at=room.clock().isoformat())

    await room.to_the_end()

    assert "Създават се" not in room.received["director"][0]


# When the channel or the directory does not want.


@pytest.mark.parametrize(
    "fault", [SendInDoubt(502), SendInDoubt(), NotSent("no connection"), SendRefused(412), SendRefused(401)]
)
@pytest.mark.parametrize(("what", "hours"), [("set", 8), ("alarm", 12)])
async def test_what_may_not_have_arrived_is_sent_again_and_not_for_ever(room, fault, what, hours):
    room.messenger.faults.extend([fault] * 100)
    given = {"what": what, "to": "director", "operation": ONE.asked.id, "at": room.clock().isoformat()}
    room.add(ALARM if what == "alarm" else NOTICE, "told", **given)

    said = await room.to_the_end()

    assert len(room.messenger.calls) < 100
    assert room.statuses == ["dead"]
    waits = [one.after for one in said if isinstance(one, TryAgain)]
    assert waits == sorted(waits), "longer each time"
    assert sum(waits[:-1], timedelta()) > timedelta(hours=hours), "an outage of a morning loses none"


async def test_a_twin_is_better_than_none(room):
    room.messenger.faults.append(SendInDoubt(504))
    room.messenger.arrives = True
    room.tell("set", "deputy")

    await room.to_the_end()

    assert len(room.received["deputy"]) == 2
    assert room.statuses == ["done"]


@pytest.mark.parametrize("after", [None, 0.0, 2.0, 90.0])
async def test_a_throttling_channel_is_waited_for_and_that_is_no_failure(room, after):
    room.messenger.faults.extend([SendRefused(429, retry_after=after)] * 8)
    room.tell("set", "deputy")

    said = await room.to_the_end()

    assert [(one.after.total_seconds(), one.failed) for one in said if one] == [(after or 5.0, False)] * 8
    assert len(room.received["deputy"]) == 1


@pytest.mark.parametrize(
    "fault",
    [
        SendBlocked(403, "ConversationBlockedByUser"),
        SendBlocked(403, "BotNotInConversationRoster"),
        SendBlocked(404, "ConversationNotFound"),
        TooLarge("over 100 KB"),
    ],
)
async def test_what_nobody_wants_is_dropped_at_once(room, fault, caplog):
    room.messenger.faults.extend([fault] * 3)
    room.tell("set", "deputy")

    await room.to_the_end()

    assert room.messenger.calls == ["send"]
    assert room.statuses == ["done"]
    assert "deputy" not in caplog.text
    assert "Иво" not in caplog.text


async def test_a_message_without_an_id_was_sent_all_the_same(room):
    room.messenger.ids = False
    room.tell("set", "deputy")

    await room.to_the_end()
    room.run_again()
    await room.to_the_end()

    assert room.messenger.calls == ["send"]


@pytest.mark.parametrize("where", ["directory", "rosters"])
async def test_a_directory_that_is_away_for_minutes_loses_no_notice(room, where):
    if where == "directory":
        room.actors.fail_next.extend([DirectoryUnavailable("x")] * 4)
        room.tell("set", "deputy")
    else:
        room.rosters.fail_with = DirectoryUnavailable("x")
        room.tell("set", "class-teacher")
        await room.work()
        room.rosters.fail_with = None

    said = await room.to_the_end()

    assert sum(map(len, room.received.values())) == 1
    if where == "directory":
        waits = [one.after for one in said if isinstance(one, TryAgain)]
        assert sum(waits, timedelta()) >= timedelta(minutes=10)


async def test_a_throttling_directory_is_waited_for_as_long_as_it_asks(room):
    room.actors.fail_next.extend([DirectoryBusy(17)] * 9)
    room.tell("set", "deputy")

    said = await room.to_the_end()

    assert [(one.after.total_seconds(), one.failed) for one in said if one] == [(17, False)] * 9
    assert len(room.received["deputy"]) == 1


async def test_a_right_that_cannot_be_read_is_no_right_and_ends(room):
    room.actors.fail_next.extend([DirectoryForbidden("x")] * 100)
    room.tell("set", "deputy")

    await room.to_the_end()

    assert room.messenger.calls == []
    assert [(row.status, row.last_error) for row in room.queue.rows.values()] == [("dead", "DirectoryForbidden")]


async def test_a_worker_killed_after_sending_leaves_a_declared_twin(room, monkeypatch):
    class Killed(BaseException):
        pass

    kept = room.messages.sent

    async def killed(*_):
        raise Killed

    monkeypatch.setattr(room.messages, "sent", killed)
    room.tell("set", "deputy")
    with pytest.raises(Killed):
        await room.work()
    monkeypatch.setattr(room.messages, "sent", kept)
    room.clock.move(minutes=1)  # the lease of the dead one ends

    await room.to_the_end()
    room.run_again()
    await room.to_the_end()

    assert len(room.received["deputy"]) == 2


async def test_the_tasks_that_find_class_teachers_have_keys_of_their_own(room):
    """One for the director „deputy“ and one for the class teacher „deputy“ do not swallow each other."""
    room.rosters.teachers["person-1"] = ("deputy",)
    room.tell("set", "deputy")
    room.tell("set", "class-teacher")

    await room.to_the_end()

    assert len({row.key for row in room.queue.of(NOTICE)}) == 3
    assert len(room.received["deputy"]) == 1
    assert ASKED.object_id not in room.received
