"""Приемане: whom a school takes in, its own students and those of others."""

from dataclasses import replace

import pytest

from bot.core.clock import day_in_sofia
from bot.core.decision import Decision, Reason
from bot.core.errors import DirectoryUnavailable
from bot.core.intake.lines import lines_of_text
from bot.core.intake.model import NotTakenIn
from bot.core.intake.season import DayOfYear, Season
from bot.core.people.model import AccountState, Kind, Person
from bot.core.usernames.alarm import ALARM_NEWS
from tests.conversations.bot import (
    ALL_YEAR,
    CLOSED,
    DEPUTY,
    DIRECTOR,
    DISABLED,
    EGN_MOVED,
    EGN_NOBODY,
    EGN_OWN,
    EGN_TWICE,
    LIPA,
    PEOPLE,
    RUO,
    STUDENT,
    TEACHER,
    TENANT,
    UTRO,
    Bot,
    button_of,
    buttons,
    person,
    row_of,
    row_titles,
    shown,
)

FORM, ASK = "Ученици от други училища", "Търсене"
SEVENTH = ("Математика - 7 б - ООП",)
EIGHTH = person(801, "Осми Пробен Нов", "5044216423", UTRO, grade="7", teams=SEVENTH)
OFF = person(802, "Спрян Пробен Нов", "4950049706", UTRO, grade="7", teams=SEVENTH, state=AccountState.DISABLED)
OURS = tuple(
    person(810 + number, f"Наш Пробен {letter}", "", LIPA, grade="8", teams=("Музика - 8 а - ООП",))
    for number, letter in enumerate("абвгдежзик")
)


def room(*more: Person, season: Season = ALL_YEAR) -> Bot:
    return Bot(people=(*PEOPLE, *more), season=season)


async def asking(bot: Bot, numbers: str, grade: str = "8", who: str = DIRECTOR):
    form = await bot.presses(who, await bot.says(who, "приемане"), FORM)
    return await bot.presses(who, form, ASK, numbers=numbers, grade=grade)


def entries(bot: Bot, action: str = "intake.lookup"):
    return bot.ledger.audit.of(action)


async def test_each_line_is_answered_by_its_number_and_without_what_stood_in_it():
    bot = room(EIGHTH, OFF)
    typed = (
        f"{EIGHTH.identifier}\n\n{EGN_NOBODY}\n{OFF.identifier}\n4742080922\n{EIGHTH.identifier}\nнякой\n{EGN_MOVED}"
    )

    answer = await asking(bot, typed)

    words = shown(answer)
    assert f"Ред 1 · {EIGHTH.name}: \n{EIGHTH.username}" in words
    told = dict(zip(words.splitlines(), words.splitlines()[1:], strict=False))
    assert told["Няма такъв ученик. Моля, сверете номера с документ на ученика."] == "Редове: 3, 5"
    assert [lines for why, lines in told.items() if why.startswith("Профилът е неактивен")] == ["Ред 4"]
    assert told["Номерът вече е въведен на предишен ред."] == "Ред 6 (като ред 1)"
    assert [lines for why, lines in told.items() if why.startswith("Не е ЕГН")] == ["Ред 7"]
    assert (
        told["Паралелката на ученика показва, че приемането не е за него. Ако е преместен, изпратете искане."]
        == "Ред 8"
    )
    for hidden in (EIGHTH.identifier, EGN_NOBODY, OFF.identifier, EGN_MOVED, OFF.name, OFF.username, "Преместена"):
        assert hidden not in str(answer.card)


async def test_every_number_leaves_an_entry_with_its_reason_and_is_charged_once():
    bot = room(EIGHTH)
    form = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "приемане"), FORM)
    typed = {"numbers": f"{EIGHTH.identifier}\n{EGN_NOBODY}", "grade": "8"}

    first = await bot.presses(DIRECTOR, form, ASK, **typed)
    again = await bot.presses(DIRECTOR, form, ASK, **typed)

    assert shown(first) == shown(again)
    assert "още 398 номера." in shown(again)
    assert [one.charged.count for one in bot.intake.rows.values()] == [2]
    assert [(one.outcome, one.detail["reason"], one.detail["grade"]) for one in entries(bot)[:2]] == [
        ("hit", "intake", "8"),
        ("not-found", "intake", "8"),
    ]
    assert entries(bot)[0].subject == EIGHTH.id
    assert EGN_NOBODY not in str(entries(bot))
    assert not bot.ledger.rows, "the budget of look-ups is another one"


NUMBERLESS = person(805, "Безномерен Пробен Ученик", "", UTRO, grade="7", teams=SEVENTH)


@pytest.mark.parametrize(
    ("typed", "whose"),
    [(EIGHTH.identifier, EIGHTH), (EGN_NOBODY, None)],
    ids=["somebody's number", "nobody's number"],
)
async def test_of_accounts_that_nobody_asked_for_no_name_is_told_and_none_is_a_hit(monkeypatch, typed, whose):
    """A directory that heeds no filter answers with everybody, those without a number too."""
    bot = room(EIGHTH, NUMBERLESS)

    async def everybody(forms):
        return tuple(bot.directory.people)

    monkeypatch.setattr(bot.directory, "find_by_identifier", everybody)
    answer = await asking(bot, typed)

    said = shown(answer)
    told = {one.id for one in bot.directory.people if one.name in said or one.username in said}
    assert told == ({whose.id} if whose else set())
    assert ("Няма такъв ученик." in said) is (whose is None)
    assert [one.charged.missed for one in bot.intake.rows.values()] == [0 if whose else 1]
    (entry,) = entries(bot)
    assert entry.outcome == ("hit" if whose else "not-found")
    assert not whose or (entry.subject, entry.detail["schools"]) == (whose.id, UTRO.id)


async def test_a_number_is_charged_before_it_is_looked_up_and_another_by_the_same_press_again(monkeypatch):
    bot = room(EIGHTH)
    form = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "приемане"), FORM)
    charged, find = [], bot.directory.find_by_identifier

    async def counted(forms):
        charged.append(sum(row.charged.count for row in bot.intake.rows.values()))
        return await find(forms)

    monkeypatch.setattr(bot.directory, "find_by_identifier", counted)
    for number in (EIGHTH.identifier, EGN_NOBODY):
        await bot.presses(DIRECTOR, form, ASK, numbers=number, grade="8")

    assert charged == [1, 2]
    assert "още 398 номера." in shown(await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "приемане"), FORM))


async def test_of_what_is_no_number_nobody_is_asked_and_nothing_is_charged():
    bot = room()

    answer = await asking(bot, "някой\nдруг")

    assert "Не е ЕГН" in shown(answer)
    assert "още 400 номера." in shown(answer)
    assert not bot.intake.rows


@pytest.mark.parametrize(
    ("state", "words"),
    [(AccountState.ACTIVE, "повече от един профил"), (AccountState.DISABLED, "Профилът е неактивен")],
)
async def test_of_two_accounts_of_one_student_neither_is_shown(state, words):
    two = [replace(EIGHTH, id=f"twice-{n}", username=f"twice{n}@edu.mon.bg", state=state) for n in range(2)]
    bot = room(*two)

    answer = await asking(bot, EIGHTH.identifier)

    assert words in shown(answer)
    assert "twice" not in shown(answer)


async def test_an_account_that_is_still_being_made_is_said_to_be():
    bot = room(replace(EIGHTH, state=AccountState.BEING_CREATED))

    assert "създава" in shown(await asking(bot, EIGHTH.identifier))


async def test_who_was_disabled_since_looks_nobody_up_whoever_the_turn_took_them_for():
    bot = room(EIGHTH)
    actor = await bot.recognise(DIRECTOR, TENANT)
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], enabled=False)
    lines = lines_of_text(EIGHTH.identifier, day_in_sofia(bot.clock()), admit_synthetic=True)

    taken = await bot.services["intake"].take(actor, "8", lines, "press")

    assert taken == NotTakenIn(Decision(Reason.ACCOUNT_DISABLED))
    assert not bot.directory.calls
    assert not bot.intake.rows


async def test_who_is_in_the_school_already_is_said_to_be():
    bot = room()

    assert "вече е във Вашето училище" in shown(await asking(bot, EGN_OWN, "5"))


@pytest.mark.parametrize("who", [DEPUTY, TEACHER, STUDENT, RUO, DISABLED])
async def test_nobody_but_a_director_takes_anybody_in(who):
    bot = room()
    bot.appoint()

    reply = await bot.says(who, "приемане")

    assert FORM not in buttons(reply)
    assert not bot.intake.rows


async def test_out_of_season_it_says_when_it_opens_and_asks_nobody():
    bot = room(EIGHTH, season=CLOSED)

    reply = await bot.says(DIRECTOR, "приемане")

    assert "01.06.2027" in shown(reply)
    assert FORM not in buttons(reply)


async def test_a_form_that_was_open_when_the_season_ended_looks_nobody_up():
    bot = room(EIGHTH, season=Season(DayOfYear(6, 1), DayOfYear(11, 23)))
    bot.clock.move(hours=11, minutes=30)
    form = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "приемане"), FORM)
    bot.clock.move(minutes=45)
    asked = len(bot.directory.calls)

    reply = await bot.presses(DIRECTOR, form, ASK, numbers=EIGHTH.identifier, grade="8")

    assert reply.refused
    assert len(bot.directory.calls) == asked
    (refused,) = entries(bot, "intake.refused")
    assert (refused.detail["why"], refused.detail["count"]) == (Reason.INTAKE_CLOSED, "1")


@pytest.mark.parametrize(
    ("typed", "grade", "words"),
    [
        ("", "8", "въведете ЕГН или ЛНЧ"),
        (EGN_OWN, "", "изберете къде постъпват"),
        (EGN_OWN, "7", "изберете къде постъпват"),
        (EGN_OWN, EGN_NOBODY, "изберете къде постъпват"),
        ("\n".join(str(number) for number in range(100, 131)), "8", "повече от 30"),
    ],
)
async def test_what_cannot_be_asked_leaves_the_form_and_charges_nothing(typed, grade, words):
    bot = room()

    reply = await asking(bot, typed, grade)

    assert reply.refused
    assert words in (reply.text or "")
    assert not bot.intake.rows
    assert {one.detail["grade"] for one in entries(bot, "intake.refused")} <= {"", "8"}, "no more than a grade"


async def test_a_school_that_has_spent_its_budget_asks_no_more():
    bot = room(EIGHTH)
    bot.intake.rows.clear()
    await asking(bot, EIGHTH.identifier)
    key, row = next(iter(bot.intake.rows.items()))
    bot.intake.rows[key] = type(row)(row.season, type(row.charged)(row.charged.at, 400, 0))

    reply = await asking(bot, EIGHTH.identifier)

    assert reply.refused
    assert "повече, отколкото" in (reply.text or "")
    assert "hit" not in {one.outcome for one in entries(bot)[1:]}


async def test_guessing_begins_a_pause_and_is_told():
    bot = room(EIGHTH)
    guesses = "\n".join(str(number) for number in range(10_001, 10_022))  # служебни номера

    await asking(bot, guesses)
    reply = await asking(bot, EIGHTH.identifier)

    assert reply.refused
    assert "спряно временно" in (reply.text or "")
    (told,) = bot.intake.tasks
    assert (told.kind, told.payload.get("intake")) == (ALARM_NEWS, "yes")
    (alarm,) = entries(bot, "intake.alarm")
    assert told.payload["until"] == alarm.detail["until"]
    bot.clock.move(minutes=61)
    assert EIGHTH.username in shown(await asking(bot, EIGHTH.identifier))


async def test_the_own_students_hide_no_guessing():
    """Their numbers a school has: beside so many of them guesses would be fewer than half, list after list."""
    own = [person(830 + n, f"Свой Пробен {n}", str(2000 + n), LIPA, grade="8", teams=()) for n in range(15)]
    bot = room(EIGHTH, *own)
    for first in (10_001, 10_021):
        guesses = [str(first + number) for number in range(14)]
        await asking(bot, "\n".join([*(one.identifier for one in own), *guesses]))

    assert [task.kind for task in bot.intake.tasks] == [ALARM_NEWS]
    assert (await asking(bot, EIGHTH.identifier)).refused


async def test_nobody_is_charged_for_an_own_student():
    bot = room(EIGHTH)

    answer = await asking(bot, f"{EGN_OWN}\n{EIGHTH.identifier}")

    assert "още 399 номера." in shown(answer)


async def test_nobody_pays_when_the_directory_does_not_answer():
    bot = room(EIGHTH)
    form = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "приемане"), FORM)
    bot.directory.fail_with = DirectoryUnavailable("down")

    reply = await bot.presses(DIRECTOR, form, ASK, numbers=f"{EIGHTH.identifier}\n{EGN_TWICE}", grade="8")
    bot.directory.fail_with = None

    assert reply.refused
    assert not bot.intake.rows
    assert [one.outcome for one in entries(bot)] == ["failed", "failed"]
    assert EIGHTH.username in shown(await bot.presses(DIRECTOR, form, ASK, numbers=EIGHTH.identifier, grade="8"))


async def test_own_students_of_a_grade_lead_to_their_places_on_the_board():
    bot = room(*OURS)

    board = await bot.says(DIRECTOR, "профили")
    overview = await bot.presses(DIRECTOR, board, row_of(board, "Приемане"))
    listed = await bot.presses(
        DIRECTOR, overview, next(one for one in row_titles(overview) if one.startswith("VIII"))
    )

    assert "VIII клас: 10" in shown(overview)
    assert OURS[0].username in shown(listed)
    ways = [title for title in buttons(listed) if title not in row_titles(listed)]
    assert ways[:2] == [FORM, "Бележки с пароли"], "what is commonest stands first"
    slips = await bot.presses(DIRECTOR, listed, "Бележки с пароли")
    assert all(one.name in shown(slips) for one in OURS)
    more = await bot.presses(DIRECTOR, listed, "Следващи")
    assert OURS[-1].username in shown(more)
    one = await bot.presses(DIRECTOR, more, row_titles(more)[0])
    assert OURS[8].username in shown(one)


async def test_a_request_for_a_student_who_may_be_taken_in_says_so_and_leads_there():
    bot = room(EIGHTH)

    request = await bot.presses(
        DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=EIGHTH.identifier
    )

    assert "искане не е нужно" in shown(request)
    form = await bot.presses(DIRECTOR, request, "Към приемането")
    assert button_of(form, ASK)["verb"] == "intake.ask"
    answer = await bot.presses(DIRECTOR, form, ASK, numbers=EIGHTH.identifier)
    assert EIGHTH.username in shown(answer), "the grade was chosen already"


@pytest.mark.parametrize(
    ("season", "grade", "class_"),
    [(CLOSED, "7", "7 б"), (ALL_YEAR, "3", "3 а")],
    ids=["out of season", "another grade"],
)
async def test_a_request_for_anybody_else_says_nothing_of_it(season, grade, class_):
    student = person(803, "Трети Пробен", "5044216423", UTRO, grade=grade, teams=(f"Музика - {class_} - ООП",))
    bot = room(student, season=season)

    request = await bot.presses(
        DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=student.identifier
    )

    assert "Към приемането" not in buttons(request)


async def test_of_a_teachers_number_only_the_own_school_is_told():
    own, elsewhere = (
        room(person(804, "Учител Пробен Нов", "5044216423", school, kind=Kind.TEACHER)) for school in (LIPA, UTRO)
    )

    assert "Номерът не е на ученик." in shown(await asking(own, "5044216423"))
    assert "Няма такъв ученик." in shown(await asking(elsewhere, "5044216423"))
