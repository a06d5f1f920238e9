"""Класове for a director: looking for a class or a teacher, what is flagged, the table, the upload, the answer."""

import re
from dataclasses import replace

import pytest

from bot.announcer.speaking import Chat
from bot.conversation import Pressed, Said
from bot.core.class_links.cases import NEWS, CaseStage, Matter
from bot.core.class_links.expected import Fault, RosterFault
from bot.core.class_links.one_time_links import LinkPage
from bot.core.class_links.ports import KeptList
from bot.dialogs.class_links.one_link import question
from bot.presser import Presser
from bot.seals import Holder
from tests.conversations.bot import (
    CATALOG,
    DIRECTOR,
    OTHER_DIRECTOR,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    Bot,
    button_of,
    buttons,
    nodes,
    shown,
)
from tests.conversations.link_room import row, there
from tests.conversations.test_link_conversation import card_text, listed, opened, row_of, rows_of


@pytest.fixture
def bot() -> Bot:
    return Bot()


async def looked_for(bot, words):
    overview = await bot.says(DIRECTOR, "класове")
    return await bot.presses(DIRECTOR, overview, "Търсене", find=words)


@pytest.mark.parametrize(
    ("words", "there", "absent"),
    [
        ("химия", ("Химия",), ("Физика", "Биология")),
        ("ХИМИЯ 5", ("Химия",), ("Физика",)),
        ("104", ("Химия",), ("Физика",)),
        ("v.g", ("Биология",), ("Химия",)),
        ("няма такъв", ("Няма класни стаи за показване",), ("Химия",)),
    ],
)
async def test_a_class_or_a_teacher_is_found(bot, words, there, absent):
    text = card_text(await looked_for(bot, words))
    assert f"търсене „{words}“" in text
    for one in there:
        assert one in text
    for one in absent:
        assert one not in text


SCHOOL = {
    "2051": ("Математика - 5 а - ООП", "a.b"),
    "2052": ("Музика - 5а - ООП", "v.g"),
    "2053": ("Чужд език - 5 а, 5 б - ООП", "a.b"),
    "2054": ("Класен час 5А", "a.b"),
    "2055": ("Химия - 12 б - ООП", "a.b"),
    "2056": ("Алгебра - 11 а - ПП", "a.b"),
    "2057": ("Музика - 5 б - ООП", "v.g"),
    "2058": ("Биология - 9 а - Модул 2", "g.d"),
    "3905": ("История - 10 в - ООП", "a.b"),
}
OF_5A = {"2051", "2052", "2053", "2054"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        *((words, OF_5A) for words in ("5а", "5 а", "5А", "5A", "5 А клас", "пети а", "V а", "от 5а", "5-а")),
        ("5 б", {"2053", "2057"}),
        ("12б", {"2055"}),
        ("9 а", {"2058"}),
        ("8 а", set()),
        ("5 клас", {*OF_5A, "2057"}),
        ("музика 5а", {"2052"}),
        ("5а музика", {"2052"}),
        ("МУЗИКА", {"2052", "2057"}),
        ("музик", {"2052", "2057"}),
        ("muzika 5a", {"2052"}),
        ("модул 2", {"2058"}),
        ("Ivan Petrov", {"2058"}),
        ("иван", {"2058"}),
        ("И. Петров", {"2058"}),
        ("V. Petrov", set()),
        ("петров 9а", {"2058"}),
        ("v.g", {"2052", "2057"}),
        ("v.g 5а", {"2052"}),
        ("2055", {"2055"}),
        ("№ 2055", {"2055"}),
        ("390", set()),
        ("12 а", set()),
    ],
)
async def test_a_class_is_looked_for_as_it_is_said_and_not_letter_by_letter(bot, words, found):
    """The title, the row's number, the teacher's name and username each by words of their own."""
    kept = bot.links.lists.kept["2990001"]
    rows = tuple(replace(row(number, ""), title=title, teachers=(who,)) for number, (title, who) in SCHOOL.items())
    listed = replace(kept.list, classes=rows, names={"g.d": "Иван Петров", "a.b": "Ана Бонева"})
    bot.links.lists.kept["2990001"] = replace(kept, list=listed)
    bot.links.classes.classes.clear()
    names = rows_of(await looked_for(bot, words))
    assert {number for number, (title, _) in SCHOOL.items() if any(title in name for name in names)} == found


async def test_a_search_for_nothing_finds_everything(bot):
    text = card_text(await looked_for(bot, "   "))
    assert "Всички класни стаи" in text
    assert "Физика" in text


@pytest.mark.parametrize("way", ["found", "state", "page", "teacher"])
async def test_back_to_the_list_is_the_list_one_came_from(bot, way):
    """Filter and page, however many cards lie between."""
    overview = await bot.says(DIRECTOR, "класове")
    match way:
        case "found":
            some = await bot.presses(DIRECTOR, overview, "Търсене", find="химия")
        case "state":
            some = await bot.presses(DIRECTOR, overview, row_of(overview, "Липсват ученици"))
        case "page":
            some = await bot.presses(DIRECTOR, await listed(bot, DIRECTOR), "Следващи")
        case _:
            some = await bot.presses(DIRECTOR, await opened(bot, DIRECTOR, "Химия"), "Класните стаи на учителя")
    rows = list(rows_of(some))
    assert rows
    link = await bot.presses(DIRECTOR, some, rows[-1])
    checked = await bot.presses(DIRECTOR, link, "Проверка сега")
    named = checked
    if "Имена на липсващите ученици" in buttons(checked):
        named = await bot.presses(DIRECTOR, checked, "Имена на липсващите ученици")
    for card in (link, checked, named):
        back = await bot.presses(DIRECTOR, card, "Към списъка")
        assert list(rows_of(back)) == rows
        assert card_text(back).split("\n")[0] == card_text(some).split("\n")[0]


async def test_what_was_opened_from_no_list_leads_to_the_overview(bot):
    asked = await opened(bot, TEACHER, "Химия")
    await bot.presses(TEACHER, asked, "Въпрос до директора")
    (case,) = bot.links.cases.cases.values()
    presser = Presser(Holder.of(bot.turn(DIRECTOR, Said(""))), bot.clock(), bot.responder._sealer, {})
    reference, t = bot.turn(DIRECTOR, Said("")).reference, CATALOG.speak("bg")
    chat = Chat(reference=reference, language="bg", t=t, presser=presser)
    link = await bot.presses(DIRECTOR, question(chat, case, None), "Преглед на класната стая")
    assert "Химия" in card_text(link)
    back = await bot.presses(DIRECTOR, link, "Към обобщението")
    assert row_of(back, "Липсват ученици")


async def test_from_a_link_to_all_links_of_its_teacher(bot):
    link = await opened(bot, DIRECTOR, "Биология")
    text = card_text(await bot.presses(DIRECTOR, link, "Класните стаи на учителя"))
    assert "Биология" in text
    assert "Химия" not in text


ALIKE = ("ivan.petrov", "ivan.petrov2", "stoyan.ivan.petrov", "petrov", "i" * 63 + "a", "i" * 63 + "b")
"""The last two are as long as Entra lets a username be."""


@pytest.mark.parametrize("teacher", ALIKE)
async def test_all_links_of_a_teacher_are_nobody_elses_however_alike_the_usernames(bot, teacher):
    """НЕИСПУО numbers equal names, so that one username is often a part of another."""
    names = ALIKE
    kept = bot.links.lists.kept["2990001"]
    rows = tuple(row(f"20{place}", f"Предмет {place}", teacher=name) for place, name in enumerate(names))
    bot.links.lists.kept["2990001"] = replace(kept, list=replace(kept.list, classes=(*kept.list.classes, *rows)))
    place = names.index(teacher)

    link = await opened(bot, DIRECTOR, f"Предмет {place}")
    text = card_text(await bot.presses(DIRECTOR, link, "Класните стаи на учителя"))

    assert f"класни стаи на {teacher}" in text
    assert [one for one in range(len(names)) if f"Предмет {one}" in text] == [place]


async def test_a_class_without_owner_or_with_a_student_as_owner_is_flagged_and_can_be_listed(bot):
    classes = bot.links.classes.classes
    classes["class-107"] = replace(classes["class-107"], owners=frozenset({"a.b", "ab12345671"}))
    overview = await bot.says(DIRECTOR, "класове")
    text = card_text(overview)
    assert "Екипи с ученик сред собствениците: 1" in text
    assert "Екипи без собственик: 1" in text
    flagged = card_text(await bot.presses(DIRECTOR, overview, row_of(overview, "Екипи с ученик")))
    assert "География" in flagged
    assert "Химия" not in flagged
    without = card_text(await bot.presses(DIRECTOR, overview, row_of(overview, "Екипи без собственик")))
    assert "Химия" in without
    assert "География" not in without
    one = card_text(await opened(bot, DIRECTOR, "География"))
    assert "ученик е собственик" in one


async def test_the_colours_of_the_bar_are_explained_and_their_numbers_are_those_of_all_links(bot):
    overview = await bot.says(DIRECTOR, "класове")
    (colours,) = (line for line in card_text(overview).splitlines() if line.startswith("●") and "изчакват" in line)
    numbers = [int(number) for number in re.findall(r"(?:в ред|за довършване|не работят|изчакват): (\d+)", colours)]
    assert len(numbers) == colours.count("●") > 1
    seen = await bot.links.read(await bot.recognise(DIRECTOR, "tenant-of-the-ministry"))
    assert sum(numbers) == len(seen.links)


async def test_the_overview_says_what_must_be_done_by_whom_and_opens_each_by_one_press(bot):
    overview = await bot.says(DIRECTOR, "класове")
    text = card_text(overview)
    whos = ["Директорът или администраторът на училището", "Учителят", "Екипът за помощ на НЕИСПУО"]
    places = [text.index(who) for who in whos]
    assert places == sorted(places), "what is the director's to do comes first"
    told = {}
    for name in rows_of(overview):
        some = await bot.presses(DIRECTOR, overview, name)
        told[name] = len(rows_of(some))
    assert told == {name: int(number) for name in told for number in re.findall(r": (\d+)", name)}
    assert len(told) == 7, "too many to say of each what is to be done"
    assert "добавяне на учениците" not in text
    del bot.links.classes.classes["class-107"]
    await bot.presses(DIRECTOR, overview, "Проверка сега")
    bot.clock.move(minutes=6)
    fewer = rows_of(await bot.says(DIRECTOR, "класове"))
    assert {name.rpartition(", ")[2] for name in fewer} >= {
        "добавяне на учителя като собственик",
        "добавяне на учениците",
        "подаване на сигнал в НЕИСПУО с номера на реда",
    }


async def test_where_all_is_well_that_is_said_and_no_state_is_counted(bot):
    kept = bot.links.lists.kept["2990001"]
    rows = tuple(one for one in kept.list.classes if one.id in {"101", "108"})
    bot.links.lists.kept["2990001"] = replace(kept, list=replace(kept.list, classes=rows))
    bot.links.classes.classes = {one: bot.links.classes.classes[one] for one in ("class-101", "class-108")}
    overview = await bot.says(DIRECTOR, "класове")
    assert "В момента от никого не се очаква действие." in card_text(overview)
    assert not rows_of(overview)


async def test_a_flag_is_not_denied_by_a_link_that_is_in_order(bot):
    classes = bot.links.classes.classes
    classes["class-101"] = replace(classes["class-101"], owners=frozenset({"a.b", "ab12345671"}))
    listed = await looked_for(bot, "български")
    assert "ученик е собственик" in card_text(listed)
    one = card_text(await opened(bot, DIRECTOR, "Български"))
    assert "ученик е собственик" in one
    assert "Всичко е наред" not in one
    assert "Не е необходимо действие" not in one


async def test_a_teacher_without_a_list_is_not_sent_to_bring_one(bot):
    bot.links.lists.kept["2990001"] = KeptList(bot.clock(), None)
    link = await opened(bot, TEACHER, "Български")
    assert "Качете списъка" not in card_text(link)
    assert "Поискайте" not in card_text(link)


async def test_a_question_about_a_class_without_a_row_finds_the_class_again(bot):
    classes = bot.links.classes.classes
    classes["class-199"] = replace(classes["class-199"], external_id="")
    link = await opened(bot, TEACHER, "Руски")
    await bot.presses(TEACHER, link, "Въпрос до директора")
    (case,) = bot.links.cases.cases.values()
    assert (case.class_id, case.teacher) == ("class-199", "a.b")


@pytest.mark.parametrize(
    ("button", "link_page"), [("Таблица (Excel)", LinkPage.TABLE), ("Качване на класните стаи", LinkPage.LIST)]
)
async def test_what_the_chat_cannot_carry_has_an_address_for_ten_minutes(bot, button, link_page):
    offer = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "класове"), button)

    (link,) = [node["url"] for node in nodes(offer.card) if node.get("type") == "Action.OpenUrl"]
    assert link == f"https://bot.example.bg/links/{link_page.value}/token-1"
    assert "Адресът е само за Вас и може да бъде използван веднъж, до 12:10 ч." in shown(offer)
    kept = bot.links.one_time_links.links["token-1"]
    assert (kept.link_page, kept.actor, kept.school, kept.language) == (link_page, DIRECTOR, "school-1", "bg")
    (entry,) = bot.links.one_time_links.entries
    assert (entry.action, entry.outcome, entry.actor) == (f"links.{link_page.value}", "offered", DIRECTOR)


@pytest.mark.parametrize("words", ["таблица с класните стаи", "класни стаи ексел", "classrooms excel"])
async def test_a_table_that_is_typed_for_is_offered_at_once_and_to_directors_only(bot, words):
    offer = await bot.says(DIRECTOR, words)
    assert [node["url"] for node in nodes(offer.card) if node.get("type") == "Action.OpenUrl"]
    assert "Търсене" in buttons(await bot.presses(DIRECTOR, offer, "Към обобщението"))
    assert rows_of(await bot.says(TEACHER, words))
    without = Bot(prints=False)
    assert "Търсене" in buttons(await without.says(DIRECTOR, words))


async def test_who_lost_the_role_since_is_offered_nothing(bot):
    overview = await bot.says(DIRECTOR, "класове")
    bot.roles.facts[DIRECTOR] = type(bot.roles.facts[TEACHER])(DIRECTOR, exists=True, enabled=False)
    bot.clock.move(minutes=30)
    reply = await bot.presses(DIRECTOR, overview, "Таблица (Excel)")
    assert not [node for node in nodes(reply.card or {}) if node.get("type") == "Action.OpenUrl"]
    assert bot.links.one_time_links.links == {}


@pytest.mark.parametrize("who", [TEACHER, STUDENT, RUO, STRANGER, OTHER_DIRECTOR])
@pytest.mark.parametrize(
    "button",
    ["Търсене", "Всички класни стаи", "Таблица (Excel)", "Качване на класните стаи", "Преминаване към Classroom"],
)
async def test_a_directors_buttons_are_nobody_elses(bot, who, button):
    overview = await bot.says(DIRECTOR, "класове")
    stolen = button_of(overview, button)
    readings = bot.links.classes.readings

    reply = await bot.responder(bot.turn(who, Pressed(stolen["verb"], {**stolen["data"], "find": ""})))

    assert reply is not None
    assert reply.refused
    assert "Химия" not in shown(reply)
    assert bot.links.classes.readings == readings
    assert bot.links.one_time_links.links == {}


async def test_mending_what_a_teacher_asked_for_answers_the_question(bot):
    link = await opened(bot, TEACHER, "Химия")
    await bot.presses(TEACHER, link, "Въпрос до директора")
    other = await opened(bot, TEACHER, "Музика")
    await bot.presses(TEACHER, other, "Въпрос до директора")
    mine = await opened(bot, DIRECTOR, "Химия")
    await bot.presses(DIRECTOR, mine, "Добавяне като собственик")

    await bot.links.work()

    cases = {(case.matter, case.class_id): case for case in bot.links.cases.cases.values()}
    asked = cases[Matter.QUESTION, "104"]
    assert (asked.stage, asked.by, asked.by_name) == (CaseStage.DONE, DIRECTOR, "Директор Едно")
    assert cases[Matter.QUESTION, "103"].stage is CaseStage.OPEN
    news = [task.key for task in bot.links.cases.tasks if task.kind == NEWS]
    assert f"{asked.id}:answered" in news
    assert f"{cases[Matter.ADD_OWNER, '104'].id}:ended" in news


async def test_mending_what_another_teacher_waited_for_leaves_the_question_open(bot):
    """Two teach the class: the students whom the one missed make the other no owner."""
    kept = bot.links.lists.kept["2990001"]
    rows = tuple(replace(one, teachers=("a.b", "v.g")) if one.id == "104" else one for one in kept.list.classes)
    bot.links.lists.kept["2990001"] = replace(kept, list=replace(kept.list, classes=rows))
    people = frozenset({"v.g"})
    bot.links.classes.classes["class-104"] = there("104", "Химия", owners=people, members=people)
    await bot.presses(TEACHER, await opened(bot, TEACHER, "Химия"), "Въпрос до директора")
    found = await looked_for(bot, "химия")
    name = next(one for one in rows_of(found) if "v.g" in one)
    link = await bot.presses(DIRECTOR, found, name)
    await bot.presses(DIRECTOR, link, "Добавяне на учениците")

    await bot.links.work()

    cases = {case.matter: case for case in bot.links.cases.cases.values()}
    assert cases[Matter.ADD_STUDENTS].stage is CaseStage.DONE
    assert cases[Matter.QUESTION].stage is CaseStage.OPEN
    mine = next(one for one in rows_of(found) if "a.b" in one)
    await bot.presses(DIRECTOR, await bot.presses(DIRECTOR, found, mine), "Добавяне като собственик")
    await bot.links.work()
    assert bot.links.cases.cases[cases[Matter.QUESTION].id].stage is CaseStage.DONE


async def test_a_question_that_was_answered_is_asked_again_on_the_next_day(bot):
    """Each question is a card in every director's chat."""
    link = await opened(bot, TEACHER, "Химия")
    await bot.presses(TEACHER, link, "Въпрос до директора")
    (case,) = bot.links.cases.cases.values()
    await bot.links.cases.end(replace(case, stage=CaseStage.DECLINED, ended_at=bot.clock(), by=DIRECTOR), (), ())
    told = len([task for task in bot.links.cases.tasks if task.kind == NEWS])

    for _ in range(5):
        again = await bot.presses(TEACHER, await opened(bot, TEACHER, "Химия"), "Въпрос до директора")
        assert "Вече сте попитали директора" in shown(again)
    assert len([task for task in bot.links.cases.tasks if task.kind == NEWS]) == told

    bot.clock.move(days=1)
    await bot.presses(TEACHER, await opened(bot, TEACHER, "Химия"), "Въпрос до директора")
    assert len([task for task in bot.links.cases.tasks if task.kind == NEWS]) == 2 * told


async def test_a_director_reads_which_teacher_it_is_by_name(bot):
    kept = bot.links.lists.kept["2990001"]
    names = {**kept.list.names, "a.b": "Ана Бонева"}
    bot.links.lists.kept["2990001"] = replace(kept, list=replace(kept.list, names=names))
    link = await opened(bot, DIRECTOR, "Химия")
    assert "Учител\nАна Бонева" in card_text(link)
    assert "Потребителско име\na.b" in card_text(link)
    assert "Ана Бонева ще стане собственик и член на „Химия - 5 а - ООП“." in card_text(link)
    assert "Ана Бонева" in card_text(await looked_for(bot, "бонева"))


async def test_links_alike_are_told_apart_by_their_teachers(bot):
    """Also by who hears the list read: a row is one button, and its name is all that is read of it."""
    kept = bot.links.lists.kept["2990001"]
    rows = (row("301", "Химия", teacher="g.d"), row("302", "Химия", teacher="d.g"))
    names = {**kept.list.names, "g.d": "Гана Дойнова", "d.g": "Дойна Ганева"}
    bot.links.lists.kept["2990001"] = replace(
        kept, list=replace(kept.list, classes=(*kept.list.classes, *rows), names=names)
    )
    found = list(rows_of(await looked_for(bot, "химия")))
    assert len(found) == 3
    for name in ("a.b", "Гана Дойнова", "Дойна Ганева"):
        assert [one for one in found if one.startswith(f"Химия - 5 а - ООП, {name}")]


async def test_where_no_folder_is_configured_none_is_named():
    bot = Bot(folder="")
    bot.links.lists.kept["2990001"] = KeptList(bot.clock(), None, (RosterFault(Fault.NO_FILES),))
    text = card_text(await bot.says(DIRECTOR, "класове"))
    assert "Няма списък от НЕИСПУО" in text
    assert "В папката" not in text
    assert "Качване на класните стаи" in text


async def test_what_nobody_waits_for_has_no_empty_hands(bot):
    """Where nobody must act the list does not say that nobody must act."""
    text = card_text(await looked_for(bot, "математика"))
    assert "Изчаква създаване" in text
    assert "Никой" not in text


@pytest.mark.parametrize(
    ("fault", "says"), [(Fault.REFUSED, "Microsoft не позволява да бъде прочетен"), (Fault.LOCKED, "е заключен")]
)
async def test_a_file_of_the_list_that_cannot_be_had_is_named(bot, fault, says):
    kept = bot.links.lists.kept["2990001"]
    bot.links.lists.kept["2990001"] = replace(kept, faults=(RosterFault(fault, "users.csv"),))
    text = card_text(await bot.says(DIRECTOR, "класове"))
    assert says in text
    assert "users.csv" in text


@pytest.mark.parametrize("fault", [Fault.NO_FILES, Fault.FORBIDDEN, Fault.UNREACHABLE])
@pytest.mark.parametrize("pages", [True, False])
async def test_where_no_list_came_the_upload_is_the_next_step_if_there_is_a_page_for_it(fault, pages):
    bot = Bot(prints=pages)
    bot.links.lists.kept["2990001"] = KeptList(bot.clock(), None, (RosterFault(fault),))
    reply = await bot.says(DIRECTOR, "класове")
    assert ("качете с бутона „Качване на класните стаи“" in card_text(reply)) is pages
    assert ("Качване на класните стаи" in buttons(reply)) is pages


@pytest.mark.parametrize("button", ["Таблица (Excel)", "Качване на класните стаи"])
async def test_a_card_from_before_the_pages_were_switched_off_leads_back_to_the_list(bot, button):
    overview = await bot.says(DIRECTOR, "класове")
    without = Bot(prints=False)
    reply = await without.presses(DIRECTOR, overview, button)
    assert not [node for node in nodes(reply.card) if node.get("type") == "Action.OpenUrl"]
    assert buttons(reply) == ["Към обобщението"]
    assert without.links.one_time_links.entries == []


async def test_a_director_of_another_school_by_now_switches_neither(bot):
    """Between the question and the press the register has moved them."""
    question = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "класове"), "Преминаване към Classroom")
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], username="2990002@edu.mon.bg")
    refused = await bot.presses(DIRECTOR, question, "Потвърждаване")
    assert bot.links.by_hand.platforms == {}
    assert bot.links.by_hand.entries == []
    assert "Изборът е запазен" not in shown(refused)
    anew = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "класове"), "Преминаване към Classroom")
    await bot.presses(DIRECTOR, anew, "Потвърждаване")
    assert set(bot.links.by_hand.platforms) == {"school-2"}
