"""A director gives a whole class temporary passwords: what is pressed → what is shown, set, kept."""

import json
import re
from collections import deque
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import Pressed, Reply
from bot.core.errors import DirectoryBusy, DirectoryForbidden, DirectoryUnavailable, StoreUnavailable
from bot.core.passwords.model import ALARM, PROGRESS, Stage
from bot.core.people.model import AccountState, Person
from cards.checked import MOST_BYTES
from cards.password_class import MOST_STUDENTS
from tests.conversations.bot import (
    DIRECTOR,
    LIPA,
    OTHER_DIRECTOR,
    STRANGER,
    STUDENT,
    TEACHER,
    TENANT,
    UTRO,
    Bot,
    button_of,
    buttons,
    nodes,
    person,
    prefilled,
    row_titles,
    shown,
)

YOUNG, FIFTEEN = "4549070385", "4141011020"
ANNA = person(41, "Анна Пробна Първа", YOUNG, LIPA)
BOYAN = person(42, "Боян Пробен Втори", "4642144284", LIPA)
VASIL = person(43, "Васил Пробен Трети", FIFTEEN, LIPA, grade="9")
GANKA = person(44, "Ганка Пробна Спряна", "", LIPA, state=AccountState.DISABLED)
ELSEWHERE = person(45, "Дамян Пробен Чужд", "", UTRO)
CLASS = (ANNA, BOYAN, VASIL, GANKA, ELSEWHERE)


async def listed(bot: Bot, class_: str = "5 б") -> Reply:
    start = await bot.says(DIRECTOR, "парола")
    classes = await bot.presses(DIRECTOR, start, "Цяла паралелка")
    return await bot.presses(DIRECTOR, classes, class_)


async def asked(bot: Bot, *people: Person, **inputs: str) -> Reply:
    """What the form of the class answers: „Желаете ли да продължите?“, or that they are being made."""
    if people:
        inputs["students"] = ",".join(one.id for one in people)
    inputs = {"recipient": "student", "identity": "true"} | inputs
    return await bot.presses(DIRECTOR, await listed(bot), "Създаване на паролите", **inputs)


async def sure(bot: Bot, *people: Person, **inputs: str) -> Reply:
    """„Желаете ли да продължите?“: their passwords are in use, and would end."""
    in_use(bot, *people)
    reply = await asked(bot, *people, **inputs)
    assert "Желаете ли да продължите" in shown(reply)
    return reply


async def begun(bot: Bot, *people: Person, **inputs: str) -> Reply:
    reply = await asked(bot, *people, **inputs)
    return await bot.presses(DIRECTOR, reply, "Потвърждаване") if "Потвърждаване" in buttons(reply) else reply


async def finished(bot: Bot, *people: Person) -> Reply:
    card = await begun(bot, *people)
    await bot.work()
    return await bot.presses(DIRECTOR, card, "Обновяване")


def leaks(bot: Bot) -> list[Reply]:
    return [
        reply
        for reply in bot.heard
        if any(password in str(reply.card) + (reply.text or "") for password in bot.room.passwords)
    ]


async def test_from_the_word_to_the_slips():
    bot = Bot(people=CLASS)

    card = await listed(bot)
    assert prefilled(card)["students"] == "person-41,person-42,person-43,person-44", "never given one"

    running = await asked(bot, ANNA, BOYAN)
    assert "Готови: 0 от 2" in shown(running)
    assert len(bot.room.queue.of(PROGRESS)) == 1
    await bot.work(1)
    assert "Готови: 1 от 2" in shown(await bot.presses(DIRECTOR, running, "Обновяване"))
    await bot.work()
    done = await bot.presses(DIRECTOR, running, "Обновяване")
    assert "Готови: 2 от 2" in shown(done)
    assert "14:00" in shown(done), "how long the slips can be had"

    offer = await bot.presses(DIRECTOR, done, "Отпечатване на бележките")
    assert [node["url"] for node in nodes(offer.card) if node.get("type") == "Action.OpenUrl"] == [
        "https://bot.example.bg/slips/token-1"
    ]
    sheet = await bot.room.collect("token-1", TENANT)
    assert sheet is not None
    assert [slip.name for slip in sheet.slips] == [ANNA.name, BOYAN.name]
    assert sheet.pin in shown(offer)
    assert leaks(bot) == []
    assert "Готови: 2 от 2" in shown(await bot.presses(DIRECTOR, offer, "Обратно"))


def in_use(bot: Bot, *people: Person, days: int = 10) -> None:
    """They have signed in for long, with a password that this bot has never seen."""
    for one in people:
        facts = bot.room.accounts.accounts[one.id]
        assert facts.created_at is not None
        changed = facts.created_at + timedelta(days=days)
        bot.room.accounts.accounts[one.id] = replace(facts, password_changed_at=changed)


async def test_on_the_first_day_two_presses_end_nobodys_password():
    """The bot has no row at all; half of the class have used their accounts for years."""
    bot = Bot(people=CLASS)
    in_use(bot, ANNA, VASIL)

    card = await listed(bot)
    assert prefilled(card)["students"] == "person-42,person-44"
    assert "Анна Пробна Първа – сменена на 04.10.2026 г., неизвестно от кого" in shown(card)
    assert "Предварително са отбелязани само тези, чиято парола никой не е сменял" in shown(card)
    assert "собственика" not in shown(card)

    assert prefilled(card).get("recipient", "") == "", "a recipient is chosen, and not found chosen"
    missing = await bot.presses(DIRECTOR, card, "Създаване на паролите", identity="true")
    assert "посочете на кого ще предадете" in shown(missing)

    confirm = await bot.presses(DIRECTOR, card, "Създаване на паролите", recipient="student", identity="true")
    assert GANKA.name in shown(confirm), "her account is not active: she is left out"
    assert "работ" not in shown(confirm)
    await bot.presses(DIRECTOR, confirm, "Потвърждаване")
    assert [one.asked.person for one in bot.room.made] == [BOYAN.id]


async def test_what_ends_no_password_in_use_and_leaves_nobody_out_is_not_asked_twice():
    bot = Bot(people=CLASS)
    card = await listed(bot)
    assert "досегашните им пароли ще спрат да действат" in shown(card)
    ticked = {"students": "person-41,person-42", "recipient": "student", "identity": "true"}

    running = await bot.presses(DIRECTOR, card, "Създаване на паролите", **ticked)

    assert "Готови: 0 от 2" in shown(running)
    bot.clock.move(minutes=1)
    again = await bot.presses(DIRECTOR, card, "Създаване на паролите", **ticked | {"students": "person-43"})
    assert "Този формуляр вече е използван" in shown(again), "one form makes one job, and it is said"
    assert "Готови: 0 от 2" in shown(again)
    assert [one.asked.person for one in bot.room.made] == ["person-41", "person-42"]


async def test_who_is_ticked_beside_one_that_failed_is_not_said_to_have_reached_the_limit():
    """The form is pressed again for the one that failed, and for another."""
    bot = Bot(people=CLASS)
    bot.room.accounts.fail_next = deque([DirectoryForbidden("x")])
    card = await listed(bot)
    ticked = {"recipient": "student", "identity": "true"}
    await bot.presses(DIRECTOR, card, "Създаване на паролите", students=ANNA.id, **ticked)
    await bot.work()
    bot.clock.move(minutes=1)
    both = f"{ANNA.id},{BOYAN.id}"
    again = await bot.presses(DIRECTOR, card, "Създаване на паролите", students=both, **ticked)
    assert "Този формуляр вече е използван" in shown(again)
    assert "достигнат е допустимият брой" not in shown(again)


@pytest.mark.parametrize(
    "why", ["in use", "not known", "given and not yet changed", "being made", "left out", "not in the class"]
)
async def test_whatever_is_new_to_the_director_is_asked_first(why):
    bot = Bot(people=CLASS)
    chosen = [ANNA, BOYAN]
    accounts = bot.room.accounts.accounts
    if why == "in use":
        in_use(bot, ANNA)
    elif why == "not known":
        accounts[ANNA.id] = replace(accounts[ANNA.id], created_at=None)
    elif why == "given and not yet changed":
        done = await finished(bot, ANNA)
        await bot.presses(DIRECTOR, done, "Отпечатване на бележките")
        await bot.room.collect("token-1", TENANT)
    elif why == "being made":
        await begun(bot, ANNA)
    else:
        chosen.append(GANKA if why == "left out" else ELSEWHERE)
    before = len(bot.room.made)

    reply = await asked(bot, *chosen)

    assert "Желаете ли да продължите" in shown(reply)
    assert len(bot.room.made) == before


async def test_who_comes_back_from_the_question_finds_what_was_ticked():
    bot = Bot(people=CLASS)
    question = await sure(bot, ANNA, VASIL)

    back = await bot.presses(DIRECTOR, question, "Отказ")

    assert prefilled(back) == {"students": "person-41,person-43", "recipient": "student", "identity": "true"}
    assert bot.room.made == []


async def test_a_class_can_be_typed_where_a_person_is_looked_for():
    for typed in ("5б", "5 б", "V б", "пети б", "от 5б клас"):
        bot = Bot(people=CLASS)
        start = await bot.says(DIRECTOR, "парола")

        card = await bot.presses(DIRECTOR, start, "Търсене", typed=typed)

        assert "Отбележете учениците" in shown(card), typed
        assert prefilled(card)["students"]
    bot = Bot(people=CLASS, prints=False)
    closed = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "парола"), "Търсене", typed="5б")
    assert "отпечатването не е включено" in shown(closed)


@pytest.mark.parametrize(
    "text", ["временни пароли за 5б", "временни пароли за цялата паралелка 5 б", "пароли за пети б клас"]
)
async def test_a_sentence_about_a_class_fills_its_class_in_and_names_no_student(text):
    bot = Bot(people=CLASS)

    form = await bot.says(DIRECTOR, text)

    assert prefilled(form)["typed"] == "5 б"
    assert not any(one.name in str(form.card) for one in CLASS), "it is a message, which is kept"
    card = await bot.presses(DIRECTOR, form, "Търсене")
    assert [one.name in shown(card) for one in CLASS] == [True, True, True, True, False]


@pytest.mark.parametrize("text", ["пароли за паралелка", "временни пароли за цяла паралелка", "парола за класа"])
async def test_who_speaks_of_a_class_and_not_which_is_asked_which(text):
    bot = Bot(people=CLASS)

    pick = await bot.says(DIRECTOR, text)

    assert row_titles(pick) == ["5 б"]
    assert "Отбележете учениците" in shown(await bot.presses(DIRECTOR, pick, "5 б"))


@pytest.mark.parametrize(
    "text", ["парола за ученик от класа", "паролата на Анна Първа от класа", "парола за ип01234567"]
)
async def test_who_speaks_of_somebody_in_a_class_gets_the_form(text):
    assert "typed" in prefilled(await Bot(people=CLASS).says(DIRECTOR, text))


async def test_from_words_to_the_slips_in_five_presses_with_that_of_the_page():
    bot = Bot(people=CLASS)
    form = await bot.says(DIRECTOR, "пароли за 5б")

    card = await bot.presses(DIRECTOR, form, "Търсене")
    ticked = {"students": "person-41,person-42", "recipient": "student", "identity": "true"}
    running = await bot.presses(DIRECTOR, card, "Създаване на паролите", **ticked)
    await bot.work()
    done = await bot.presses(DIRECTOR, running, "Обновяване")  # by itself, where the message moves
    offer = await bot.presses(DIRECTOR, done, "Отпечатване на бележките")

    assert [node["url"] for node in nodes(offer.card) if node.get("type") == "Action.OpenUrl"], "the fourth"
    assert await bot.room.collect("token-1", TENANT), "and the fifth, on the page"


async def test_of_many_classes_one_is_chosen_from_a_list():
    grades = tuple(
        person(200 + n, f"Ученик {n} Пробен", "", LIPA, grade=str(n), teams=(f"Музика - {n} а - ООП",))
        for n in range(1, 12)
    )
    bot = Bot(people=grades)
    pick = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "парола"), "Цяла паралелка")

    assert row_titles(pick) == []
    assert "изберете паралелка" in shown(await bot.presses(DIRECTOR, pick, "Напред"))
    assert "Ученик 7 Пробен" in shown(await bot.presses(DIRECTOR, pick, "Напред", **{"class": "7 а"}))
    ten = Bot(people=grades[:10])
    few = await ten.presses(DIRECTOR, await ten.says(DIRECTOR, "парола"), "Цяла паралелка")
    assert row_titles(few) == [f"{n} а" for n in range(1, 11)]


async def test_two_of_one_name_in_a_class_are_told_apart_wherever_they_are_named():
    twins = (ANNA, replace(BOYAN, name=ANNA.name), VASIL)
    bot = Bot(people=twins)
    card = await listed(bot)
    assert f"{ANNA.name} · {ANNA.username} – " in shown(card)
    assert f"{ANNA.name} · {BOYAN.username} – " in shown(card)
    assert f"{VASIL.name} – " in shown(card)

    question = await asked(bot, *twins, recipient="parent")
    assert VASIL.username not in shown(question)
    bot.room.accounts.fail_next = deque([DirectoryForbidden("x")])
    done = await finished(bot, ANNA, twins[1])
    (failed,) = [one for one in bot.room.made if one.stage is Stage.FAILED]
    assert f"{ANNA.name} · {failed.asked.username}" in shown(done)


async def test_working_passwords_that_are_ticked_by_hand_are_counted_before_they_end():
    bot = Bot(people=CLASS)
    in_use(bot, ANNA, VASIL)
    facts = bot.room.accounts.accounts[BOYAN.id]
    bot.room.accounts.accounts[BOYAN.id] = replace(facts, created_at=None)

    assert prefilled(await listed(bot))["students"] == "person-44"
    one = shown(await asked(bot, ANNA))
    assert "Паролата на 1 от избраните ученици е сменяна и с нея може да се влиза: и тя ще спре да действа." in one
    both = shown(await asked(bot, ANNA, BOYAN, VASIL))
    assert (
        "Паролите на 2 от избраните ученици са сменяни и с тях може да се влиза: и те ще спрат да действат." in both
    )
    assert "За 1 от избраните ученици не се знае дали паролата е сменяна." in both


async def test_who_was_given_one_is_not_ticked():
    bot = Bot(people=CLASS)
    await finished(bot, ANNA)

    card = await listed(bot)

    assert "person-41" not in prefilled(card)["students"].split(",")
    assert "person-42" in prefilled(card)["students"].split(",")


async def printed(bot: Bot, *people: Person) -> None:
    done = await finished(bot, *people)
    await bot.presses(DIRECTOR, done, "Отпечатване на бележките")
    assert await bot.room.collect("token-1", TENANT)


async def test_slips_whose_time_is_over_go_on_working_and_two_presses_do_not_end_them():
    """On the fourth day, where unused passwords are not replaced."""
    bot = Bot(people=(ANNA, BOYAN, VASIL))
    await printed(bot, ANNA, BOYAN)
    bot.clock.move(hours=73)

    card = await listed(bot)

    assert prefilled(card)["students"] == "person-43"
    words = shown(card)
    assert f"{ANNA.name} – с минал срок, но още действа" in words
    assert "изтекла" not in words
    question = await asked(bot, ANNA, VASIL)
    assert "Желаете ли да продължите" in shown(question)
    assert len(bot.room.made) == 2
    await bot.presses(DIRECTOR, question, "Потвърждаване")
    assert len(bot.room.made) == 4


async def test_who_cannot_have_one_is_left_out_with_the_reason():
    bot = Bot(people=CLASS)

    confirm = await asked(bot, ANNA, VASIL, GANKA, ELSEWHERE, recipient="parent")

    words = shown(confirm)
    assert "Ще бъде създадена 1 временна парола" in words
    assert "навършил 14 години" in words
    assert "не е активен" in words
    assert "Човек, който не е в паралелката" in words
    assert ELSEWHERE.name not in words, "of who is not in the class nothing is told"
    await bot.presses(DIRECTOR, confirm, "Потвърждаване")
    assert [one.asked.person for one in bot.room.made] == [ANNA.id]


async def test_when_nobody_can_have_one_nothing_is_confirmed():
    bot = Bot(people=CLASS)

    reply = await asked(bot, VASIL, GANKA, recipient="parent")

    assert "На никого от избраните" in shown(reply)
    assert VASIL.name in shown(reply)
    assert "Потвърждаване" not in buttons(reply)
    assert "Отбележете учениците" in shown(await bot.presses(DIRECTOR, reply, "Обратно"))
    assert bot.room.made == []


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        ({"students": ""}, "отбележете поне един ученик"),
        ({"students": " , ,"}, "отбележете поне един ученик"),
        ({"students": "x" * 65}, "отбележете поне един ученик"),
        ({"recipient": ""}, "посочете на кого ще предадете"),
        ({"recipient": "teacher"}, "посочете на кого ще предадете"),
        ({"identity": "false"}, "уверили в самоличността"),
        ({"students": ",".join(f"id-{number}" for number in range(41))}, "най-много 40 ученици"),
    ],
)
async def test_what_is_missing_is_said_on_the_card_and_the_ticks_stay(inputs, says):
    bot = Bot(people=CLASS)

    reply = await asked(bot, **({"students": "person-42"} | inputs))

    assert says in shown(reply)
    assert "Потвърждаване" not in buttons(reply)
    assert "Създаване на паролите" in buttons(reply), "the same card"
    assert prefilled(reply)["students"] == ("" if "students" in inputs else "person-42")
    assert prefilled(reply)["identity"] == ("false" if "identity" in inputs else "true")
    assert bot.room.made == []


async def test_a_class_that_is_not_there_leads_on():
    bot = Bot(people=CLASS)

    typed = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "парола"), "Търсене", typed="12 ж")

    assert "не са намерени ученици" in shown(typed)
    assert "Друга паралелка" in buttons(typed)


async def test_a_school_without_classes_is_told_what_to_do():
    bot = Bot(people=(ELSEWHERE,))

    reply = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "парола"), "Цяла паралелка")

    assert "не са открити паралелки" in shown(reply)
    assert "Временна парола" in buttons(reply)


async def test_of_a_large_class_those_never_given_one_come_first():
    many = tuple(person(100 + number, f"Ученик {number:02} Пробен", "", LIPA) for number in range(45))
    bot = Bot(people=many)
    first = await listed(bot)
    assert "Общо ученици: 45. Показани са 40" in shown(first)
    ticked = prefilled(first)["students"].split(",")
    assert len(ticked) == MOST_STUDENTS

    await bot.presses(DIRECTOR, first, "Създаване на паролите", identity="true")
    for _ in range(20):
        await bot.work()
        bot.clock.move(seconds=1)
    second = await listed(bot)

    assert prefilled(second)["students"].split(",") == [one.id for one in many[40:]]
    assert all(one.stage is Stage.READY for one in bot.room.made)


async def test_a_class_of_the_largest_size_fits_on_its_cards():
    """Forty students with names as long as they come, real object ids, and every one of them a failure."""
    many = tuple(
        replace(
            person(100 + number, "Александринополита-Магдалена Константиноградска Пробна-Образцовска", "", LIPA),
            id=f"00000000-0000-4000-8000-{number:012}",
        )
        for number in range(MOST_STUDENTS)
    )
    bot = Bot(people=many)
    confirm = await sure(bot, *many)
    running = await bot.presses(DIRECTOR, confirm, "Потвърждаване")
    bot.room.accounts.fail_next = deque([DirectoryForbidden("x")] * MOST_STUDENTS)
    for _ in range(10):
        await bot.work()
        bot.clock.move(seconds=1)
    done = await bot.presses(DIRECTOR, running, "Обновяване")

    assert f"Неуспешни: {MOST_STUDENTS}" in shown(done)
    for reply in bot.heard:
        assert 2 * len(json.dumps(reply.card, ensure_ascii=False)) <= MOST_BYTES
    assert f"Ще бъдат създадени {MOST_STUDENTS}" in shown(confirm)


async def test_a_class_of_whom_all_are_left_out_fits_too():
    many = tuple(
        person(
            100 + number,
            f"Александринополита-Магдалена Константиноградска Пробна-Образцовска {number}",
            "",
            LIPA,
            state=AccountState.DISABLED,
        )
        for number in range(MOST_STUDENTS - 1)
    )
    bot = Bot(people=(*many, ANNA))

    assert f"Няма да получат парола: {MOST_STUDENTS - 1}" in shown(await asked(bot))
    assert "На никого от избраните" in shown(await asked(bot, *many))


async def test_a_double_press_is_one_job():
    bot = Bot(people=CLASS)
    confirm = await sure(bot, ANNA, BOYAN)

    first = await bot.presses(DIRECTOR, confirm, "Потвърждаване")
    second = await bot.presses(DIRECTOR, confirm, "Потвърждаване")
    await bot.work()

    assert shown(first) == shown(second)
    assert len(bot.room.operations.jobs) == 1
    assert len(bot.room.accounts.set_calls) == 2


async def test_a_card_left_standing_leads_nowhere():
    bot = Bot(people=CLASS)
    confirm = await sure(bot, ANNA)
    bot.clock.move(minutes=16)

    reply = await bot.presses(DIRECTOR, confirm, "Потвърждаване")

    assert "вече не е валиден" in shown(reply)
    assert bot.room.made == []


async def test_what_is_stopped_keeps_what_is_done():
    bot = Bot(people=CLASS)
    running = await begun(bot, ANNA, BOYAN)
    await bot.work(1)

    stopped = await bot.presses(DIRECTOR, running, "Спиране")
    assert "Спирането е прието" in shown(stopped)
    again = await bot.presses(DIRECTOR, running, "Спиране")
    await bot.work()

    assert shown(again) == shown(stopped)
    assert sorted(one.stage.value for one in bot.room.made) == ["cancelled", "ready"]
    done = await bot.presses(DIRECTOR, running, "Обновяване")
    assert "Спрени: 1" in shown(done)
    assert "Отпечатване на бележките" in buttons(done)
    assert "Спиране" not in buttons(done)


async def test_those_that_failed_are_named_with_the_reason_and_tried_again():
    bot = Bot(people=CLASS)
    bot.room.accounts.fail_next = deque([DirectoryForbidden("x")])

    card = await finished(bot, ANNA, BOYAN)
    assert "не позволява на бота" in shown(card)
    (failed,) = [one for one in bot.room.made if one.stage is Stage.FAILED]
    assert failed.asked.name in shown(card)

    retried = await bot.presses(DIRECTOR, card, "Нов опит за ученици без парола")
    assert shown(await bot.presses(DIRECTOR, card, "Нов опит за ученици без парола")) == shown(retried), "one new job"
    assert "Отпечатване на бележките" in buttons(retried), "what did not fail can still be printed"
    assert "Нов опит за ученици без парола" not in buttons(retried)
    await bot.work()
    done = await bot.presses(DIRECTOR, retried, "Към новия опит")

    assert "Готови: 1 от 1" in shown(done)
    assert "Нов опит за ученици без парола" not in buttons(done)
    assert bot.room.made[-1].asked.person == failed.asked.person
    assert len(bot.room.made) == 3


async def test_where_nothing_can_be_printed_the_new_attempt_takes_the_cards_place():
    bot = Bot(people=CLASS)
    bot.room.accounts.fail_next = deque([DirectoryForbidden("x")])

    retried = await bot.presses(DIRECTOR, await finished(bot, ANNA), "Нов опит за ученици без парола")

    assert "Готови: 0 от 1" in shown(retried)
    assert "Към новия опит" not in buttons(retried)


async def test_what_was_denied_is_not_offered_again():
    bot = Bot(people=CLASS)
    running = await begun(bot, ANNA)
    bot.room.accounts.put(replace(bot.room.accounts.accounts[ANNA.id], privileged=True))
    await bot.work()

    done = await bot.presses(DIRECTOR, running, "Обновяване")

    assert "не може да бъде сменена чрез бота" in shown(done)
    assert "Нов опит за ученици без парола" not in buttons(done)
    assert bot.room.accounts.set_calls == []


async def test_the_days_limit_leaves_some_out_and_says_so():
    bot = Bot(people=CLASS)
    await finished(bot, ANNA)
    await finished(bot, ANNA)

    some = await begun(bot, ANNA, BOYAN)
    assert "За 1 от избраните парола не се създава" in shown(some)
    assert "0 от 1" in shown(some)

    nobody = await begun(bot, ANNA)
    assert "24.11.2026 г., 12:00 ч." in shown(nobody)


async def test_while_microsoft_is_silent_the_card_says_why_it_stands():
    bot = Bot(people=CLASS)
    running = await begun(bot, ANNA)
    bot.room.accounts.fail_next = deque([DirectoryUnavailable("x")])
    await bot.work()

    assert "не отговаря в момента" in shown(await bot.presses(DIRECTOR, running, "Обновяване"))


async def test_while_microsoft_takes_no_more_the_card_says_why_it_stands():
    """A class throttled in its middle: nothing is in doubt, nothing failed, and for minutes nothing moves."""
    bot = Bot(people=CLASS)
    running = await begun(bot, ANNA, BOYAN)
    bot.room.accounts.fail_next = deque([None, DirectoryBusy(120.0)])
    await bot.work()
    moving = await bot.presses(DIRECTOR, running, "Обновяване")
    assert "Microsoft" not in shown(moving)
    bot.clock.move(seconds=20)

    still = await bot.presses(DIRECTOR, running, "Обновяване")

    assert "Готови: 1 от 2" in shown(still)
    assert "Microsoft приема ограничен брой промени наведнъж" in shown(still)
    bot.clock.move(seconds=100)
    await bot.work()
    done = await bot.presses(DIRECTOR, running, "Обновяване")
    assert "Готови: 2 от 2" in shown(done)
    assert "Microsoft" not in shown(done)
    assert len(bot.room.accounts.set_calls) == 2 + 1, "one refused request, no other before its time"


async def test_slips_can_be_had_for_two_hours_and_then_not():
    bot = Bot(people=CLASS)
    done = await finished(bot, ANNA)
    bot.clock.move(minutes=110)

    again = await bot.presses(DIRECTOR, done, "Обновяване")
    assert "Отпечатване на бележките" in buttons(again)
    bot.clock.move(minutes=10)
    late = await bot.presses(DIRECTOR, again, "Обновяване")

    assert "Отпечатване на бележките" not in buttons(late)
    assert "Няма временна парола" in shown(await bot.presses(DIRECTOR, again, "Отпечатване на бележките"))


async def test_without_an_address_of_its_own_the_bot_begins_no_class():
    """Nobody could read what was set."""
    bot = Bot(people=CLASS, prints=False)

    said = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "парола"), "Цяла паралелка")

    assert "отпечатването не е включено" in shown(said)
    assert "Временна парола" in buttons(said)


async def test_a_colleague_cannot_press_it():
    bot = Bot(people=CLASS)
    running = await begun(bot, ANNA)

    for title in ("Обновяване", "Спиране"):
        reply = await bot.presses(OTHER_DIRECTOR, running, title)
        assert reply.refused
    assert bot.room.made[0].stage is Stage.REQUESTED


@pytest.mark.parametrize(
    ("title", "verb"),
    [
        ("Обновяване", "class.progress"),
        ("Спиране", "class.cancel"),
        ("Отпечатване на бележките", "password.slips"),
        ("Нов опит за ученици без парола", "class.retry"),
    ],
)
@pytest.mark.parametrize("who", [OTHER_DIRECTOR, TEACHER, STUDENT, STRANGER])
async def test_another_persons_press_is_refused_recorded_and_told(title, verb, who):
    bot = Bot(people=CLASS)
    bot.room.accounts.fail_next = deque([DirectoryForbidden("x")])
    running = await begun(bot, ANNA, BOYAN)
    card = running
    if title != "Спиране":
        await bot.work()
        card = await bot.presses(DIRECTOR, running, "Обновяване")
    made, links = bot.room.made, dict(bot.room.operations.links)

    reply = await bot.presses(who, card, title)

    assert reply.refused
    assert "друг потребител" in shown(reply)
    (alarm,) = bot.ledger.audit.of("password.alarm")
    (job,) = bot.room.operations.jobs
    assert (alarm.actor, alarm.detail["job"], alarm.detail["verb"]) == (who, job, verb)
    told = [row.payload for row in bot.room.queue.of(ALARM)]
    assert [(one["to"], one["job"]) for one in told] == [(DIRECTOR, job)]
    assert (bot.room.made, bot.room.operations.links) == (made, links), "and nothing came of it"


@pytest.mark.parametrize("title", ["Цяла паралелка", "Създаване на паролите"])
async def test_a_press_that_leads_to_no_password_yet_raises_no_alarm(title):
    bot = Bot(people=CLASS)
    card = await bot.says(DIRECTOR, "парола") if title == "Цяла паралелка" else await listed(bot)

    assert (await bot.presses(OTHER_DIRECTOR, card, title)).refused
    assert bot.ledger.audit.of("password.alarm") == []


async def test_a_role_withdrawn_a_moment_ago_counts_at_once():
    bot = Bot(people=CLASS)
    confirm = await sure(bot, ANNA)
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], extension_role="5", schools=(LIPA,))

    reply = await bot.presses(DIRECTOR, confirm, "Потвърждаване")

    assert "дава директорът" in shown(reply)
    assert bot.room.made == []


async def test_another_school_than_the_cards_is_refused():
    bot = Bot(people=CLASS)
    confirm = await sure(bot, ANNA)
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], username="2990002@edu.mon.bg")

    reply = await bot.presses(DIRECTOR, confirm, "Потвърждаване")

    assert "Училището, за което отговаряте" in shown(reply)
    assert bot.room.made == []


@pytest.mark.parametrize("where", ["rosters", "operations"])
async def test_an_outage_leaves_the_card_where_it_is(where):
    bot = Bot(people=CLASS)
    confirm = await sure(bot, ANNA)
    broken = bot.room.rosters if where == "rosters" else bot.room.operations
    broken.fail_with = DirectoryUnavailable("x") if where == "rosters" else StoreUnavailable()

    assert (await bot.presses(DIRECTOR, confirm, "Потвърждаване")).refused

    broken.fail_with = None
    assert "Готови: 0 от 1" in shown(await bot.presses(DIRECTOR, confirm, "Потвърждаване"))
    assert len(bot.room.operations.jobs) == 1


async def test_the_selection_cannot_be_changed_behind_the_confirmation():
    bot = Bot(people=CLASS)
    button = button_of(await sure(bot, ANNA), "Потвърждаване")
    data = button["data"] | {"students": "person-43", "persons": "person-43", "recipient": "parent"}

    await bot.responder(bot.turn(DIRECTOR, Pressed(button["verb"], data)))

    assert [one.asked.person for one in bot.room.made] == [ANNA.id]


@pytest.mark.parametrize("value", [None, 7, [], {}, "x" * 100_000, "\ud800", "\0", "person-41,\ud800"])
@pytest.mark.parametrize("name", ["class", "students", "recipient", "identity"])
async def test_inputs_of_any_shape_never_break_anything(name, value):
    bot = Bot(people=CLASS)
    classes = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "парола"), "Цяла паралелка")
    in_use(bot, ANNA)
    for card, title in ((classes, "5 б"), (await listed(bot), "Създаване на паролите")):
        button = button_of(card, title)
        data = button["data"] | {"class": "5 б", "students": "person-41", "identity": "true", name: value}
        reply = await bot.responder(bot.turn(DIRECTOR, Pressed(button["verb"], data)))

        assert reply is not None
        assert "REF12345" not in shown(reply)
    assert bot.room.made == []


async def pressed_on(bot: Bot, message: str, card: Reply, title: str, **inputs: str) -> Reply:
    """A press on a card of which the channel tells in which message it stands."""
    return await bot.presses_elsewhere(DIRECTOR, card, title, {"pressed_on": message}, **inputs)


async def test_the_card_that_began_a_class_goes_on_showing_it():
    bot = Bot(people=CLASS)
    ticked = {"students": "person-41", "recipient": "student", "identity": "true"}

    running = await pressed_on(bot, "message-7", await listed(bot), "Създаване на паролите", **ticked)

    assert "Това съобщение се обновява само" in shown(running)
    assert "по-долу" not in shown(running)
    (task,) = bot.room.queue.of(PROGRESS)
    assert task.payload["message"] == "message-7"
    assert task.run_at > bot.clock(), "behind the answer"
    again = await pressed_on(bot, "message-7", running, "Обновяване")
    assert "Това съобщение се обновява само" in shown(again)
    assert "Това съобщение се обновява само" not in shown(
        await bot.presses(DIRECTOR, await begun(bot, BOYAN), "Обновяване")
    )


async def test_a_new_attempt_takes_the_message_over_unless_slips_hang_on_it():
    for people, taken in (((ANNA,), "message-7"), ((ANNA, BOYAN), "")):
        bot = Bot(people=CLASS)
        bot.room.accounts.fail_next = deque([DirectoryForbidden("x")])
        done = await finished(bot, *people)

        retried = await pressed_on(bot, "message-7", done, "Нов опит за ученици без парола")

        tasks = bot.room.queue.of(PROGRESS)
        assert [task.payload.get("message", "") for task in tasks] == ["", taken]
        assert ("отделно съобщение по-долу" in shown(retried)) == (not taken)
        assert ("Това съобщение се обновява само" in shown(retried)) == bool(taken)


async def test_in_english_nothing_of_the_bots_own_is_bulgarian():
    bot = Bot(people=CLASS)
    await bot.says(DIRECTOR, "english")
    start = await bot.says(DIRECTOR, "password")
    classes = await bot.presses(DIRECTOR, start, "A whole class")
    card = await bot.presses(DIRECTOR, classes, "5 б")
    confirm = await bot.presses(DIRECTOR, card, "Create the passwords", recipient="student", identity="true")
    bot.room.accounts.fail_next = deque([DirectoryForbidden("x")])
    running = await bot.presses(DIRECTOR, confirm, "Confirm")
    stopped = await bot.presses(DIRECTOR, running, "Stop")
    await bot.work()
    done = await bot.presses(DIRECTOR, running, "Refresh")

    theirs = [LIPA.name, "5 б", *(one.name for one in CLASS)]
    for reply in (classes, card, confirm, running, stopped, done):
        words = shown(reply)
        for own in theirs:
            words = words.replace(own, "")
        assert not re.search("[а-яА-Я]", words), words
