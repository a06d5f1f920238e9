"""What is said about passwords unasked: whom it is about, who did it, what to do; never a ground, never a password."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.announcer.speaking import Chat
from bot.conversation import PeopleShown, Reply, Shows
from bot.core.handover.model import Ground, Recipient
from bot.core.passwords.follow import Progress
from bot.core.passwords.model import Failure, Job, Stage
from bot.dialogs.password import news
from bot.dialogs.password.progress import progress_reply
from bot.presser import Presser
from bot.seals import Holder, Sealer
from bot.texts.catalog import LANGUAGES, Catalog
from tests.conversations.bot import buttons, shown
from tests.unit.announcer.room import reference
from tests.unit.bot.operations import NOW, changed, operation

CATALOG = Catalog.load()
JOB = Job("job-1", NOW, "director", "tenant", "chat", "school-1", "5 б", Recipient.PARENT)
GROUP = replace(JOB, label="Роботика", selected=True)
DONE = operation(job="job-1")
FAILED = operation(
    id="operation-2",
    job="job-1",
    name="Мая Пробна",
    stage=Stage.FAILED,
    set_at=None,
    failure=Failure.FORBIDDEN,
)


def chat(language: str) -> Chat:
    numbers = itertools.count(1)
    sealer = Sealer(b"k" * 32, lambda: f"nonce-{next(numbers)}")
    presser = Presser(Holder("director", "tenant", "chat"), NOW, sealer, {})
    return Chat(reference=reference("director"), language=language, t=CATALOG.speak(language), presser=presser)


SPOKEN: dict[str, Callable[[Chat], Reply]] = {
    "set": lambda to: news.set_notice(to, operation(), "Директор Едно"),
    "own": lambda to: news.set_notice(to, operation(), "Директор Едно", own=True),
    "revoked": lambda to: news.set_notice(to, operation(revoke=True, revoked=True), ""),
    "not-revoked": lambda to: news.set_notice(to, operation(revoke=True), ""),
    "alarm": lambda to: news.alarm_notice(to, operation(), NOW),
    "alarm-class": lambda to: news.job_alarm_notice(to, JOB, NOW),
    "replaced": lambda to: news.replaced_notice(to, operation(ended_at=NOW)),
    "given-up": lambda to: news.given_up_notice(to, operation(stage=Stage.FAILED, failure=Failure.UNAVAILABLE)),
    "given-up-class": lambda to: news.job_given_up_notice(to, Progress(JOB, (DONE, FAILED))),
    "job": lambda to: news.job_notice(to, Progress(JOB, (DONE, FAILED)), "Директор Едно"),
    "teacher": lambda to: news.class_teacher_notice(to, name="Иво Пробен", class_="5 б"),
    "teachers": lambda to: news.class_teacher_notice(to, name="", class_="5 б", count=12),
    "progress": lambda to: progress_reply(to, Progress(JOB, (DONE, FAILED)), slips=True, moves=True),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", SPOKEN)
def test_each_is_a_card_that_says_whom_it_is_about(what, language):
    words = shown(SPOKEN[what](chat(language)))

    assert "Иво Пробен" in words or "5 б" in words
    assert ".." not in words


@pytest.mark.parametrize(("recipient", "says"), [("student", "лично на всеки ученик"), ("parent", "на родителите")])
def test_of_the_passwords_of_several_it_is_said_who_makes_them_and_who_receives_them(recipient, says):
    job = replace(JOB, recipient=Recipient(recipient))
    words = shown(news.job_notice(chat("bg"), Progress(job, (DONE, FAILED)), "Директор Едно")).replace("\n", "")

    assert "Създават се от: Директор Едно" in words
    assert f"Ще бъдат предадени: {says}" in words
    assert "Създадена от" not in words


@pytest.mark.parametrize(("count", "says"), [(1, "Досегашната му парола спира"), (2, "Досегашните им пароли спират")])
def test_a_class_teacher_reads_of_one_student_as_of_one(count, says):
    words = shown(news.class_teacher_notice(chat("bg"), name="", class_="5 б", count=count))

    assert says in words
    assert words.count("Досегашн") == 1


@pytest.mark.parametrize(
    ("job", "said", "recorded"), [(JOB, "Паралелка: 5 б", "5 б"), (GROUP, "Група: Роботика", "")]
)
def test_how_far_a_selection_is_says_group_and_the_record_names_no_class(job, said, recorded):
    reply = progress_reply(chat("bg"), Progress(job, (DONE, FAILED)), slips=True, moves=True)

    assert said in shown(reply).replace("\n", "")
    assert ("Друга паралелка" in buttons(reply), "Пароли за паралелка" in buttons(reply)) == (
        (True, False) if job is JOB else (False, True)
    )
    assert reply.people == PeopleShown.several(Shows.CLASS, "school-1", [FAILED.asked.person], recorded)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["set", "own"])
def test_the_lasting_receipt_says_who_for_whom_when_and_until_when(what, language):
    words = shown(SPOKEN[what](chat(language)))

    for said in ("Директор Едно", "Иво Пробен Образцов", "ab00000001@edu.mon.bg", "12:00", "26"):
        assert said in words


def test_whoever_asked_for_it_gets_a_receipt_and_the_other_directors_a_warning():
    own, others = (shown(SPOKEN[what](chat("bg"))) for what in ("own", "set"))

    assert "разписка" in own
    assert "Ако не сте я поискали Вие" in own
    assert "отговаряте за училището" not in own
    assert "разписка" not in others
    assert "Ако това Ви изненадва" in others


def test_a_revoked_access_is_told_and_an_unknown_name_left_out():
    words = shown(SPOKEN["revoked"](chat("bg")))

    assert "Достъпът от всички устройства е прекратен." in words
    assert "не можа" not in words
    assert "Създадена от" not in words


@pytest.mark.parametrize("own", [True, False])
def test_an_access_that_could_not_be_ended_is_told_as_such(own):
    words = shown(news.set_notice(chat("bg"), operation(revoke=True), "", own=own))

    assert "достъпът от другите устройства не можа да бъде прекратен" in words
    assert "обърнете се към директора на училището или РУО" in words
    assert "от всички устройства" not in words
    plain = shown(news.set_notice(chat("bg"), operation(), "", own=own))
    assert "устройства" not in plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ground_of_a_handing_over_is_in_none(language):
    to = chat(language)
    sen = operation(recipient=Recipient.PARENT, ground=Ground.SEN)
    young = changed(sen, ground=Ground.UNDER_14)

    assert shown(news.set_notice(to, sen, "")) == shown(news.set_notice(to, young, ""))


def test_the_moving_card_of_a_class_offers_what_can_be_done_now():
    running = operation(stage=Stage.REQUESTED, job="job-1")

    def offered(progress: Progress, *, slips: bool = True) -> list[str]:
        return buttons(progress_reply(chat("bg"), progress, slips=slips, moves=True))

    assert offered(Progress(JOB, (DONE, running))) == ["Обновяване", "Спиране"]
    stopping = replace(JOB, cancelled_at=NOW)
    assert offered(Progress(stopping, (DONE, running))) == ["Обновяване"]
    finished = Progress(JOB, (DONE, FAILED))
    again = "Нов опит за ученици без парола"
    assert offered(finished) == ["Отпечатване на бележките", again, "Обновяване", "Друга паралелка"]
    assert offered(finished, slips=False) == [again, "Обновяване", "Друга паралелка"]


def test_what_can_be_printed_is_counted_by_the_hour():
    shown_once = operation(
        id="operation-3", stage=Stage.SHOWN, shown_at=NOW, lease_until=NOW + timedelta(seconds=120)
    )
    over = operation(id="operation-4", unseen_until=NOW)

    words = shown(progress_reply(chat("bg"), Progress(JOB, (DONE, shown_once, over)), slips=True, moves=True))

    assert "2, до 12:02" in words or "2 – до 12:02" in words
