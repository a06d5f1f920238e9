"""Класове of a list that says from when and until when: it is as it is on the day somebody looks, not on the day it was
read. The list is read once; its file does not change any more.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.class_links.by_hand import links_by_hand
from bot.core.class_links.cases import CaseStage, Mark, Trouble
from bot.core.class_links.lists import overdue
from bot.core.class_links.model import LinkState
from bot.core.class_links.ports import UPLOADED, KeptList
from bot.core.people.free_text import FreeText
from bot.documents.rosters import read_roster
from tests.conversations.bot import DIRECTOR, LIPA, TEACHER, Bot
from tests.conversations.link_room import STUDENTS
from tests.conversations.test_link_conversation import card_text, opened

GONE = "вече не е в НЕИСПУО"


@pytest.fixture
def bot() -> Bot:
    return Bot()


def read(bot: Bot, read_on: date, *enrolments: str, mark: str = "m1") -> None:
    """The school has this list since that day. `enrolments`: class, username, role, first and last day."""
    everybody = ("a.b", "v.g", *STUDENTS)
    classes = (("101", "Български език"), ("104", "Химия"))
    files = {
        "orgs.csv": "sourcedId,name,type\n2990001,Измислено,school\n",
        "users.csv": "sourcedId,username\n" + "".join(f"{one},{one}\n" for one in everybody),
        "classes.csv": "sourcedId,orgSourcedId,title\n"
        + "".join(f"{one},2990001,{subject} - 5 а - ООП\n" for one, subject in classes),
        "enrollments.csv": "classSourcedId,userSourcedId,role,beginDate,endDate\n" + "\n".join(enrolments),
    }
    dated = datetime(read_on.year, read_on.month, read_on.day, 6, tzinfo=UTC)
    raw = {name: text.encode() for name, text in files.items()}
    listed = read_roster(raw, school_code="2990001", dated=dated, today=read_on)
    bot.links.lists.kept["2990001"] = KeptList(dated + timedelta(days=400), listed, (), mark)


YEAR = "2027-09-15,2028-06-30"
WHOLE_YEAR = [
    f"{class_id},{one},{'teacher' if one == 'a.b' else 'student'},{YEAR}"
    for class_id in ("101", "104")
    for one in ("a.b", *STUDENTS)
]


@pytest.mark.parametrize("mark", ["m1", f"{UPLOADED}m1"])
@pytest.mark.parametrize(
    ("read_on", "today"),
    [
        (date(2027, 9, 10), datetime(2027, 9, 10, 9, tzinfo=UTC)),
        (date(2027, 9, 10), datetime(2027, 9, 15, 9, tzinfo=UTC)),
        (date(2027, 9, 10), datetime(2027, 9, 28, 9, tzinfo=UTC)),
        (date(2028, 7, 1), datetime(2028, 7, 1, 9, tzinfo=UTC)),
        (date(2027, 9, 10), datetime(2028, 9, 14, 20, 59, tzinfo=UTC)),
    ],
)
async def test_a_teacher_of_the_year_is_one_before_it_begins_and_in_its_summer(bot, read_on, today, mark):
    read(bot, read_on, *WHOLE_YEAR, mark=mark)
    bot.clock.now = today
    link = card_text(await opened(bot, TEACHER, "Български"))
    assert GONE not in link
    assert "Синхронизиран" in link


TAKEN_OVER = [
    "101,a.b,teacher,2027-09-15,2028-01-31",
    "101,v.g,teacher,2028-02-01,2028-06-30",
    *(f"101,{one},student,{YEAR}" for one in STUDENTS),
]


@pytest.mark.parametrize("mark", ["m1", f"{UPLOADED}m1"])
@pytest.mark.parametrize(
    ("minute", "gone"),
    [(datetime(2028, 1, 31, 21, 59, tzinfo=UTC), False), (datetime(2028, 1, 31, 22, 0, tzinfo=UTC), True)],
)
async def test_who_was_replaced_is_expected_until_the_midnight_of_sofia(bot, minute, gone, mark):
    read(bot, date(2028, 1, 10), *TAKEN_OVER, mark=mark)
    bot.clock.now = minute
    link = card_text(await opened(bot, TEACHER, "Български"))
    assert (GONE in link) is gone


@pytest.mark.parametrize("minute", [59, 60])
async def test_who_has_left_meanwhile_is_not_made_an_owner(bot, minute):
    """The director has it mended in the last minutes of a day; the worker comes to it in the next."""
    read(
        bot,
        date(2028, 1, 10),
        "104,a.b,teacher,2027-09-15,2028-01-31",
        *(f"104,{one},student,{YEAR}" for one in STUDENTS),
    )
    bot.clock.now = datetime(2028, 1, 31, 21, 50, tzinfo=UTC)
    link = await opened(bot, DIRECTOR, "Химия")
    await bot.presses(DIRECTOR, link, "Добавяне като собственик")
    bot.clock.now += timedelta(minutes=minute - 50)
    await bot.links.work()
    (case,) = bot.links.cases.cases.values()
    wrote = [write[0] for write in bot.links.classes.writes]
    if minute < 60:
        assert (case.stage, "add-teachers" in wrote) == (CaseStage.DONE, True)
    else:
        assert (case.stage, case.trouble, wrote) == (CaseStage.FAILED, Trouble.NOT_ANY_MORE, [])


@pytest.mark.parametrize("who", [DIRECTOR, TEACHER])
@pytest.mark.parametrize("today", [datetime(2028, 9, 14, 21, 1, tzinfo=UTC), datetime(2028, 10, 30, 9, tzinfo=UTC)])
async def test_until_there_is_a_list_of_the_new_year_nobody_is_called_gone(bot, today, who):
    read(bot, date(2027, 9, 10), *WHOLE_YEAR)
    bot.clock.now = today
    link = card_text(await opened(bot, who, "Български"))
    assert GONE not in link
    assert "Синхронизиран" in link


def test_who_joins_within_the_year_is_reminded_of_a_class_made_by_hand_from_that_day(bot):
    read(bot, date(2028, 1, 10), *TAKEN_OVER)
    kept = bot.links.lists.kept["2990001"]

    def waiting(moment: datetime) -> set[str]:
        return {link.teacher for link in overdue(links_by_hand(kept.on(moment), ()), moment, 3)}

    assert waiting(datetime(2028, 1, 31, 9, tzinfo=UTC)) == {"a.b"}
    assert waiting(datetime(2028, 2, 1, 9, tzinfo=UTC)) == set()
    assert waiting(datetime(2028, 2, 3, 21, 59, tzinfo=UTC)) == set()
    assert waiting(datetime(2028, 2, 3, 22, 1, tzinfo=UTC)) == {"v.g"}


def test_what_was_made_by_hand_stays_so_after_the_year(bot):
    read(bot, date(2027, 9, 10), *WHOLE_YEAR)
    made = Mark("school-1", "101", "a.b", FreeText("клас 123"), "a.b", datetime(2027, 9, 20, tzinfo=UTC))
    kept = bot.links.lists.kept["2990001"]
    links = links_by_hand(kept.on(datetime(2028, 9, 15, 9, tzinfo=UTC)), (made,))
    assert {(link.class_id, link.teacher): link.state for link in links}["101", "a.b"] is LinkState.MADE


async def test_after_the_switch_to_classroom_nobody_is_reminded_before_the_days_that_were_said(bot):
    """The list may be months old: until the choice the classes were wanted in Teams."""
    question = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "класове"), "Преминаване към Classroom")
    assert "повече от 5 дни" in card_text(question)
    await bot.presses(DIRECTOR, question, "Потвърждаване")
    chosen = bot.clock()

    async def reminded() -> set[str]:
        return {link.teacher for link in overdue((await bot.links.read.of_school(LIPA)).links, bot.clock(), 5)}

    bot.clock.now = chosen + timedelta(hours=15)
    assert await reminded() == set()
    assert "Състояние от\n23.11.2026 г., 12:00 ч." in card_text(await opened(bot, DIRECTOR, "Химия"))
    bot.clock.now = chosen + timedelta(days=5, minutes=1)
    assert await reminded() == {"a.b", "v.g"}
