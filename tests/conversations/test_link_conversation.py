"""Класове: what a teacher and a director are shown, and what they can have done."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.class_links.cases import NEWS, CaseStage, Matter, Platform
from bot.core.class_links.expected import Fault, RosterFault
from bot.core.class_links.model import ClassPart
from bot.core.class_links.ports import KeptList
from bot.core.errors import DirectoryForbidden
from bot.core.people.free_text import FreeText
from bot.texts.moments import moment
from tests.conversations.bot import (
    DIRECTOR,
    LIPA,
    OTHER_DIRECTOR,
    STRANGER,
    STUDENT,
    TEACHER,
    UTRO,
    Bot,
    buttons,
    nodes,
    shown,
)
from tests.conversations.link_room import STUDENTS, there


@pytest.fixture
def bot() -> Bot:
    return Bot()


def rows_of(reply):
    """What a screen reader calls each row of a card → its press."""
    actions = [node["selectAction"] for node in nodes(reply.card) if "selectAction" in node]
    return {one["title"]: one for one in actions if one["type"] == "Action.Execute"}


def row_of(reply, title):
    """The name of the first row that begins with these words. StopIteration: there is none."""
    return next(name for name in rows_of(reply) if name.startswith(title))


def card_text(reply):
    """What can be read, each line of a card on one line."""
    lines = ["".join(run["text"] for run in node["inlines"]) for node in nodes(reply.card) if "inlines" in node]
    return "\n".join([*lines, shown(reply)])


async def listed(bot, who, what="Всички класни стаи"):
    """The own list, or the one that this button or row of the overview opens."""
    reply = await bot.says(who, "класове")
    return reply if who != DIRECTOR else await bot.presses(who, reply, what)


async def opened(bot, who, title):
    reply = await listed(bot, who)
    while True:
        try:
            return await bot.presses(who, reply, row_of(reply, title))
        except StopIteration:
            reply = await bot.presses(who, reply, "Следващи")


async def test_a_teacher_sees_the_own_links_and_nobody_elses(bot):
    text = card_text(await bot.says(TEACHER, "класове"))

    for subject in ("Български език", "Математика", "Музика", "Химия", "Физика", "История", "География"):
        assert f"{subject} - 5 а - ООП" in text
    assert "Руски език" in text
    assert "Биология" not in text
    assert "Списък на НЕИСПУО от 20.09.2026" in text


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Български", ("Синхронизиран", "Всичко е наред")),
        ("Математика", ("Изчаква създаване", "Предстои нощната синхронизация", "Никой")),
        (
            "Музика",
            ("Липсва в Teams", "разпределението на часовете", "Директорът или администраторът"),
        ),
        ("Химия", ("не е собственик", "Попитайте директора")),
        ("Физика", ("Липсват ученици", "2 от 3")),
        ("История", ("Грешка при създаване", "Подайте сигнал", "106")),
        ("География", ("не е активиран", "Учителят", "Активиране")),
        ("Руски", ("вече не е в НЕИСПУО",)),
    ],
)
async def test_each_link_says_state_cause_who_and_what_is_next(bot, title, words):
    text = card_text(await opened(bot, TEACHER, title))

    for word in words:
        assert word in text


async def test_a_teacher_can_have_nothing_mended(bot):
    for title in ("Музика", "Химия", "Физика"):
        titles = buttons(await opened(bot, TEACHER, title))
        assert "Въпрос до директора" in titles
        assert not [one for one in titles if "Добавяне" in one or "Създаване на класната стая" in one]


async def test_a_director_sees_the_school_at_a_glance(bot):
    text = card_text(await bot.says(DIRECTOR, "класове"))

    assert "СУ „Сребърна липа“" in text
    assert "Липсват ученици: 1" in text
    assert "За сигнал до НЕИСПУО: 1" in text
    assert "в ред: 2" in text
    assert "Синхронизиран" not in text, "a state in which nothing is to be done has no line of its own"
    assert "Дублирана" not in text, "nor has one in which nothing is"


async def test_names_of_missing_students_only_when_asked_for(bot):
    link = await opened(bot, DIRECTOR, "Физика")
    assert "Ученик 1" not in json.dumps(link.card, ensure_ascii=False)

    asked = card_text(await bot.presses(DIRECTOR, link, "Имена на липсващите ученици"))
    assert "Ученик 1" in asked
    assert "Ученик 2" in asked
    assert "Ученик 0" not in asked


async def mend(bot, title, button):
    link = await opened(bot, DIRECTOR, title)
    text = card_text(link)
    assert "Данните идват от НЕИСПУО" in text
    assert "В НЕИСПУО проверете" in text
    assert not bot.links.classes.writes
    return link, await bot.presses(DIRECTOR, link, button)


async def test_a_missing_owner_is_added_once_however_often_it_is_pressed(bot):
    sure, begun = await mend(bot, "Химия", "Добавяне като собственик")
    assert "a.b ще стане собственик и член на „Химия - 5 а - ООП“." in card_text(sure), "what follows is said before"
    again = await bot.presses(DIRECTOR, sure, "Добавяне като собственик")
    other, _ = await mend(bot, "Химия", "Добавяне като собственик")
    await bot.links.work()
    await bot.links.work()

    assert "Изпълнява се" in card_text(begun)
    assert "Изпълнява се" in card_text(again)
    assert bot.links.classes.writes == [("add-teachers", "class-104", "teacher")]
    (case,) = bot.links.cases.cases.values()
    assert (case.matter, case.stage) == (Matter.ADD_OWNER, CaseStage.DONE)
    assert [entry.outcome for entry in bot.links.cases.entries] == ["requested", "done"]
    assert "Синхронизиран" in card_text(await opened(bot, DIRECTOR, "Химия"))
    # The old question still stands in the chat: what it would do is done.
    late = await bot.presses(DIRECTOR, other, "Добавяне като собственик")
    assert "Класната стая вече е в друго състояние" in card_text(late)


async def test_a_new_owner_becomes_a_member_too(bot):
    """Office asks for both; the directory makes nobody a member who is made an owner."""
    bot.links.classes.classes["class-104"] = there("104", "Химия", owners=frozenset(), members=frozenset(STUDENTS))
    await mend(bot, "Химия", "Добавяне като собственик")
    await bot.links.work()

    teacher = ("class-104", "teacher")
    assert bot.links.classes.writes == [("add-teachers", *teacher), ("add-members", *teacher)]
    assert "Синхронизиран" in card_text(await opened(bot, DIRECTOR, "Химия"))


async def test_an_owner_who_is_no_member_is_not_in_order_and_is_added_by_the_director(bot):
    bot.links.classes.classes["class-104"] = there("104", "Химия", members=frozenset(STUDENTS))
    assert "не е сред членовете" in card_text(await opened(bot, DIRECTOR, "Химия"))
    asked, _ = await mend(bot, "Химия", "Добавяне като член")
    assert "a.b ще стане и член на „Химия - 5 а - ООП“." in card_text(asked)
    await bot.links.work()

    assert bot.links.classes.writes == [("add-members", "class-104", "teacher")]
    assert "Синхронизиран" in card_text(await opened(bot, DIRECTOR, "Химия"))


async def test_where_members_are_not_told_an_owner_is_not_said_to_be_none(bot):
    bot.links.classes.classes["class-104"] = there("104", "Химия", members=None)
    assert "не е сред членовете" not in card_text(await opened(bot, DIRECTOR, "Химия"))


async def test_what_was_opened_long_ago_is_asked_again_before_it_is_mended(bot):
    link = await opened(bot, DIRECTOR, "Химия")
    bot.clock.move(minutes=11)
    again = await bot.presses(DIRECTOR, link, "Добавяне като собственик")
    assert "Минаха повече от десет минути" in card_text(again)
    assert not bot.links.cases.cases
    await bot.presses(DIRECTOR, again, "Добавяне като собственик")
    assert [case.matter for case in bot.links.cases.cases.values()] == [Matter.ADD_OWNER]


@pytest.mark.parametrize(
    ("group", "title", "button"),
    [
        ("Има класна стая", "Химия", "Добавяне като собственик"),
        ("Липсват ученици", "Физика", "Добавяне на учениците"),
        ("Липсва в Teams", "Музика", "Създаване на класната стая"),
    ],
)
async def test_a_link_is_mended_by_three_presses_from_the_overview_and_the_list_is_kept(bot, group, title, button):
    overview = await bot.says(DIRECTOR, "класове")
    some = await bot.presses(DIRECTOR, overview, row_of(overview, group))
    link = await bot.presses(DIRECTOR, some, row_of(some, title))
    done = await bot.presses(DIRECTOR, link, button)
    assert "Изпълнява се" in card_text(done)

    back = await bot.presses(DIRECTOR, done, "Към списъка")
    assert list(rows_of(back)) == list(rows_of(some))
    see = await bot.presses(DIRECTOR, done, "Преглед на класната стая")
    assert list(rows_of(await bot.presses(DIRECTOR, see, "Към списъка"))) == list(rows_of(some))


async def test_of_a_classroom_without_a_team_the_team_is_announced_and_no_second_classroom(bot):
    one = next(one for one in bot.links.classes.classes.values() if "Физика" in one.title)
    bot.links.classes.classes[one.id] = replace(one, has_team=False, created=bot.clock() - timedelta(days=9))

    card = await opened(bot, DIRECTOR, "Физика")

    assert "Създаване на екипа" in buttons(card)
    assert "Създаване на класната стая" not in buttons(card)
    text = card_text(card)
    assert f"Към класната стая „{one.title}“ ще бъде създаден екип с учителя и учениците от списъка." in text
    assert "Ще бъде създаден екип" not in text
    done = await bot.presses(DIRECTOR, card, "Създаване на екипа")
    assert "Изпълнява се" in card_text(done)
    await bot.links.work()
    assert [each[0] for each in bot.links.classes.writes if each[0] == "create"] == []
    assert bot.links.classes.classes[one.id].has_team
    assert ("add-members", one.id, *(f"id-{each}" for each in STUDENTS[1:])) in bot.links.classes.writes


async def test_missing_students_are_added(bot):
    await mend(bot, "Физика", "Добавяне на учениците")
    await bot.links.work()

    assert bot.links.classes.writes == [("add-members", "class-105", *(f"id-{one}" for one in STUDENTS[1:]))]
    assert "Синхронизиран" in card_text(await opened(bot, DIRECTOR, "Физика"))


async def test_a_missing_class_is_created_with_its_owner_before_its_team(bot):
    bot.links.classes.too_new = 1
    await mend(bot, "Музика", "Създаване на класната стая")
    with pytest.raises(Exception, match="group-too-new"):
        await bot.links.work()
    await bot.links.work()

    kinds = [write[0] for write in bot.links.classes.writes]
    assert kinds.count("create") == 1
    assert kinds.index("add-teachers") < kinds.index("make-team")
    text = card_text(await opened(bot, DIRECTOR, "Музика"))
    assert "Създаден" in text or "не е активиран" in text


async def test_what_changed_meanwhile_is_not_mended(bot):
    await mend(bot, "Химия", "Добавяне като собственик")
    kept = bot.links.lists.kept["2990001"]
    rows = tuple(one for one in kept.list.classes if one.id != "104")
    bot.links.lists.kept["2990001"] = replace(kept, list=replace(kept.list, classes=rows))
    await bot.links.work()

    assert not bot.links.classes.writes
    (case,) = bot.links.cases.cases.values()
    assert case.stage is CaseStage.FAILED


async def test_a_teacher_asks_and_the_directors_answer_comes_back(bot):
    link = await opened(bot, TEACHER, "Музика")
    sent = await bot.presses(TEACHER, link, "Въпрос до директора")
    again = await bot.presses(TEACHER, link, "Въпрос до директора")

    assert "Директорът ще получи съобщение" in card_text(sent)
    assert card_text(again) == card_text(sent)
    (case,) = bot.links.cases.cases.values()
    assert [task.kind for task in bot.links.cases.tasks] == [NEWS] * 2, "to the directors, and whether it reached one"
    assert (case.matter, case.actor, case.class_id) == (Matter.QUESTION, TEACHER, "103")


async def test_a_teacher_of_two_schools_asks_the_director_of_the_one_the_class_is_of(bot):
    """Of the two only one has a list: the other's classes cannot be in it."""
    bot.roles.facts[TEACHER] = replace(bot.roles.facts[TEACHER], schools=(LIPA, UTRO))
    bot.links.lists.kept[UTRO.code] = KeptList(bot.clock() + timedelta(days=1), None, (RosterFault(Fault.NO_FILES),))
    bot.links.classes.schools |= {one: frozenset({UTRO.id}) for one in ("class-199", "class-299")}
    bot.links.classes.classes["class-299"] = there("299", "Латински език", has_team=False)
    assert "вече не е в НЕИСПУО" not in card_text(await opened(bot, TEACHER, "Руски"))

    link = await opened(bot, TEACHER, "Латински")
    assert "Директорът ще получи съобщение" in card_text(await bot.presses(TEACHER, link, "Въпрос до директора"))
    (case,) = bot.links.cases.cases.values()
    assert (case.school, case.class_id) == (UTRO, "299")

    bot.links.classes.schools["class-298"] = frozenset({LIPA.id, UTRO.id})
    bot.links.classes.classes["class-298"] = there("298", "Гръцки език", has_team=False)
    bot.clock.move(minutes=6)
    link = await opened(bot, TEACHER, "Гръцки")
    refused = await bot.presses(TEACHER, link, "Въпрос до директора")
    assert "Не може да се установи в кое училище е тази класна стая" in card_text(refused)
    assert "Към списъка" in buttons(refused)
    assert len(bot.links.cases.cases) == 1


async def test_nobody_asks_about_what_is_in_order_or_the_own_to_do_or_what_nobody_can_hasten(bot):
    bot.links.classes.unread = frozenset({"103"})
    for title in ("Български", "География", "Математика", "Музика"):
        assert "Въпрос до директора" not in buttons(await opened(bot, TEACHER, title))
    for title in ("История", "Химия"):
        assert "Въпрос до директора" in buttons(await opened(bot, TEACHER, title))


async def test_a_question_about_what_by_now_waits_for_the_night_is_not_sent(bot):
    link = await opened(bot, TEACHER, "Музика")
    kept = bot.links.lists.kept["2990001"]
    rows = tuple(replace(one, status="Изчаква създаване") if one.id == "103" else one for one in kept.list.classes)
    bot.links.lists.kept["2990001"] = replace(kept, list=replace(kept.list, classes=rows))
    bot.clock.move(minutes=6)
    assert "Класната стая вече е в друго състояние" in card_text(
        await bot.presses(TEACHER, link, "Въпрос до директора")
    )
    assert not bot.links.cases.cases


async def test_no_moment_that_is_over_is_something_to_wait_for(bot):
    made = bot.clock() - timedelta(hours=23, minutes=58)
    bot.links.classes.classes["class-103"] = there("103", "Музика", created=made, owners=frozenset())
    link = await opened(bot, TEACHER, "Музика")
    assert "Проверете отново след" in card_text(link)
    bot.clock.move(minutes=3)  # what was read is still remembered
    assert "Проверете отново след 2" not in card_text(await opened(bot, TEACHER, "Музика"))


@pytest.mark.parametrize("who", [STUDENT, STRANGER])
async def test_others_have_no_links(bot, who):
    reply = await bot.says(who, "класове")

    assert "Математика" not in card_text(reply)
    assert not bot.links.classes.readings


async def test_a_director_of_another_school_sees_nothing_of_this_one(bot):
    bot.links.classes.classes = {}
    bot.links.lists.kept[UTRO.code] = KeptList(bot.clock(), None, (RosterFault(Fault.NO_FILES),))
    text = card_text(await bot.says(OTHER_DIRECTOR, "класове"))

    assert "Математика" not in text
    assert "Няма списък от НЕИСПУО" in text


async def test_a_partial_answer_says_so(bot):
    classes = bot.links.classes
    classes.classes["class-101"] = there("101", "Български език", members=None, unread=frozenset({ClassPart.MEMBERS}))
    classes.unread = frozenset({"103"})

    reply = await bot.says(TEACHER, "класове")
    assert "показаното може да е непълно" in card_text(reply)
    assert "Не е проверена докрай" in card_text(await opened(bot, TEACHER, "Български"))
    assert "Не е проверена докрай" in card_text(await opened(bot, TEACHER, "Музика"))


async def test_without_a_list_only_what_exists_is_shown_and_that_is_said(bot):
    bot.links.lists.kept["2990001"] = KeptList(bot.clock(), None, (RosterFault(Fault.NO_FILES),))
    text = card_text(await bot.says(TEACHER, "класове"))

    assert "Няма списък от НЕИСПУО" in text
    assert "„НЕИСПУО/Класове“" in text
    assert "Математика" not in text
    assert "Български език" in text


async def test_an_answer_is_kept_for_minutes_and_asked_again_on_request(bot):
    reply = await bot.says(TEACHER, "класове")
    await bot.says(TEACHER, "класове")
    assert bot.links.classes.readings == 1

    bot.clock.now += timedelta(minutes=1)
    await bot.presses(TEACHER, reply, "Проверка сега")
    assert bot.links.classes.readings == 2
    await bot.presses(TEACHER, reply, "Проверка сега")
    assert bot.links.classes.readings == 2
    bot.clock.now += timedelta(minutes=6)
    await bot.says(TEACHER, "класове")
    assert bot.links.classes.readings == 3


async def test_a_check_of_one_link_says_when_it_was_checked_though_nothing_changed(bot):
    link = await opened(bot, TEACHER, "Музика")
    assert "Проверено: " not in card_text(link)
    bot.clock.now += timedelta(minutes=3)

    checked = await bot.presses(TEACHER, link, "Проверка сега")

    assert f"Проверено: {moment(bot.clock.now, 'bg')}" in card_text(checked)


async def test_a_school_on_google_classroom_keeps_a_register(bot):
    await to_classroom(bot)
    link = await opened(bot, TEACHER, "Музика")
    marked = await bot.presses(
        TEACHER, link, "Отбелязване като създадена", where="https://classroom.google.com/c/abc"
    )
    assert "Създадена в Classroom" in card_text(marked)
    assert "https://classroom.google.com/c/abc" in card_text(marked)
    assert "Отбелязано е: „Музика - 5 а - ООП“" in card_text(marked)
    assert "Остават: 7 от 8" in card_text(await bot.says(DIRECTOR, "класове"))

    unmarked = await bot.presses(TEACHER, marked, "Отмяна на отбелязването")
    assert "Предстои създаване" in card_text(unmarked)
    assert "Отбелязването е отменено" in card_text(unmarked)
    assert "Отбелязано е" not in card_text(unmarked), "what was undone is not said to be done"
    again = await bot.presses(TEACHER, marked, "Отмяна на отбелязването")
    assert "Отбелязването вече беше отменено" in card_text(again)
    assert [entry.action for entry in bot.links.by_hand.entries] == ["links.platform", "links.mark", "links.mark"]


async def to_classroom(bot):
    overview = await bot.says(DIRECTOR, "класове")
    asked = await bot.presses(DIRECTOR, overview, "Преминаване към Classroom")
    return await bot.presses(DIRECTOR, asked, "Потвърждаване")


async def test_a_switch_says_what_follows_is_confirmed_and_has_a_way_back(bot):
    overview = await bot.says(DIRECTOR, "класове")
    asked = await bot.presses(DIRECTOR, overview, "Преминаване към Classroom")
    for words in (
        "Сега училището ползва Teams",
        "има 8 класни стаи, вече отбелязани като създадени в Google Classroom: 0",
        "притежават учителите: 2",
        "повече от 5 дни, получава напомняне",
        "„Връщане към Teams“",
    ):
        assert words in card_text(asked)
    assert not bot.links.by_hand.platforms
    cancelled = await bot.presses(DIRECTOR, asked, "Отказ")
    assert list(rows_of(cancelled)) == list(rows_of(overview))
    assert not bot.links.by_hand.platforms

    chosen = await bot.presses(DIRECTOR, asked, "Потвърждаване")
    assert bot.links.by_hand.platforms == {"school-1": Platform.CLASSROOM}
    assert "Сега училището ползва Google Classroom" in card_text(chosen)
    there = await bot.presses(DIRECTOR, chosen, "Към обобщението")
    assert "Остават: 8 от 8" in card_text(there)
    assert "Предстои създаване в Classroom: 8" in card_text(there)

    back = await bot.presses(DIRECTOR, there, "Връщане към Teams")
    for way in (back, await bot.presses(DIRECTOR, chosen, "Връщане към Teams")):
        for words in ("Сега училището ползва Google Classroom", "8 класни стаи", "нощната синхронизация"):
            assert words in card_text(way)
    await bot.presses(DIRECTOR, back, "Потвърждаване")
    assert bot.links.by_hand.platforms == {"school-1": Platform.TEAMS}
    assert [entry.outcome for entry in bot.links.by_hand.entries] == ["classroom", "teams"]


async def test_where_nobody_is_reminded_a_switch_promises_no_reminders(bot):
    object.__setattr__(bot.links.use_cases, "remind_days", 0)
    asked = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "класове"), "Преминаване към Classroom")
    assert "Напомняния на учителите не се изпращат" in card_text(asked)
    assert "получава напомняне" not in card_text(asked)


async def test_a_teacher_does_not_choose_the_platform_and_marks_no_others_link(bot):
    link = await opened(bot, TEACHER, "Музика")
    assert "Преминаване към Classroom" not in buttons(link)
    bot.links.by_hand.platforms["school-1"] = Platform.CLASSROOM
    bot.clock.now += timedelta(minutes=10)

    text = card_text(await bot.says(TEACHER, "класове"))
    assert "Биология" not in text


@pytest.mark.parametrize("done", [True, False])
async def test_a_second_press_on_a_mend_that_is_over_says_what_became_of_it(bot, done):
    sure, _ = await mend(bot, "Химия", "Добавяне като собственик")
    if not done:
        bot.links.classes.error = DirectoryForbidden("x")
    await bot.links.work()
    bot.clock.move(minutes=5)
    again = card_text(await bot.presses(DIRECTOR, sure, "Добавяне като собственик"))
    assert "Изпълнява се" not in again
    assert ("Учителят е собственик и член на „Химия - 5 а - ООП“." in again) is done
    assert ("Действието не е изпълнено" in again) is not done
    assert len([write for write in bot.links.classes.writes if write[0] == "add-teachers"]) == int(done)


async def test_a_second_press_on_a_question_that_was_answered_shows_the_answer(bot):
    link = await opened(bot, TEACHER, "Музика")
    await bot.presses(TEACHER, link, "Въпрос до директора")
    (case,) = bot.links.cases.cases.values()
    ended = {"stage": CaseStage.DECLINED, "ended_at": bot.clock(), "by": DIRECTOR, "by_name": "Директор Едно"}
    await bot.links.cases.end(replace(case, answer=FreeText("Слят час."), **ended), (), ())
    again = card_text(await bot.presses(TEACHER, link, "Въпрос до директора"))
    assert "Изпратено е" not in again
    for words in ("Остава без промяна", "Слят час.", "Отговори Директор Едно."):
        assert words in again
