"""To whom an account is noted as handed over: it is asked in every grade, judged by the age, and said as it was kept."""

from dataclasses import replace
from datetime import date

import pytest

from bot.conversation import Reply
from bot.core.accounts.model import Choices, Closers
from bot.core.handover.model import Ground, Recipient
from bot.core.people.model import Person
from tests.conversations.bot import DIRECTOR, LIPA, LNCH_OWN, TEACHER, Bot, buttons, person, prefilled, row_of, shown
from tests.conversations.test_handing_over import ANNA, BOYAN, VASIL, listed, printed, receipts, school, signers
from tests.properties.strategies import egn_of

OLDER = egn_of(date(2040, 1, 10), 101)
"""Counted thirty years earlier."""


def of_class(number: int, name: str, class_: str, identifier: str) -> Person:
    teams = (f"Математика - {class_} - ООП", f"Музика - {class_} - ООП")
    return person(number, name, identifier, LIPA, teams=teams, grade=class_.partition(" ")[0])


async def form_of(bot: Bot, class_: str) -> Reply:
    """The form of those who signed, after the slips of the class were printed."""
    await printed(bot, row=class_)
    return await bot.presses(DIRECTOR, await listed(bot, class_), "Отбелязване на подписалите")


@pytest.mark.parametrize("class_", ["9 а", "10 а", "9 ЦСОП", "12 ЦСОП"])
async def test_a_parent_of_a_student_with_sen_is_noted_in_the_upper_grades(class_):
    mila = of_class(61, "Мила Пробна Голяма", class_, OLDER)
    bot = school(mila)
    form = await form_of(bot, class_)
    assert prefilled(form)["recipient"] == "", "nobody is chosen beforehand"
    asked = await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=mila.id)
    assert "Моля, посочете на кого са предадени." in shown(asked)
    refused = await bot.presses(DIRECTOR, asked, "Запис на отбелязаните", signed=mila.id, recipient="parent")
    assert "Ученикът е навършил 14 години" in shown(refused)
    assert receipts(bot) == {}
    statement = await bot.presses(DIRECTOR, refused, "Предаване на родител (СОП)")
    await bot.presses(DIRECTOR, statement, "Удостоверяване")
    assert receipts(bot) == {mila.id: (Recipient.PARENT, Ground.SEN)}


def thirteen(bot: Bot) -> Person:
    """Who is thirteen for some weeks yet, and in the ninth grade."""
    today = bot.clock().date()
    return of_class(62, "Коста Пробен Девети", "9 а", egn_of(date(today.year - 14 + 30, 12, 28), 101))


async def test_a_parent_of_a_thirteen_year_old_in_the_ninth_grade_is_noted():
    kosta = thirteen(school())
    bot = school(kosta)
    form = await form_of(bot, "9 а")
    assert prefilled(form)["recipient"] == ""
    await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=kosta.id, recipient="parent")
    assert receipts(bot) == {kosta.id: (Recipient.PARENT, Ground.UNDER_14)}


async def test_on_the_card_of_one_it_is_asked_in_the_ninth_grade_too():
    kosta = thirteen(school())
    bot = school(kosta)
    await printed(bot, row="9 а")
    people = await listed(bot, "9 а")
    one = await bot.presses(DIRECTOR, people, row_of(people, kosta.name))
    form = await bot.presses(DIRECTOR, one, "Отбелязване на предаването")
    assert prefilled(form)["recipient"] == ""
    await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=kosta.id, recipient="parent")
    assert receipts(bot) == {kosta.id: (Recipient.PARENT, Ground.UNDER_14)}


async def own_form(bot: Bot, class_: str) -> Reply:
    """The class teacher's."""
    bot.accounts.class_teacher(TEACHER, LIPA, class_)
    bot.accounts.store.chosen[LIPA.id] = Choices(Closers.CLASS_TEACHER)
    await printed(bot, row=class_)
    return await bot.presses(TEACHER, await bot.says(TEACHER, "моят клас"), "Отбелязване на подписалите")


async def test_a_class_teacher_of_the_ninth_grade_is_asked_to_whom():
    kosta = thirteen(school())
    bot = school(kosta)
    form = await own_form(bot, "9 а")
    assert prefilled(form)["recipient"] == ""
    await bot.presses(TEACHER, form, "Запис на отбелязаните", signed=kosta.id, recipient="parent")
    assert receipts(bot) == {kosta.id: (Recipient.PARENT, Ground.UNDER_14)}


# The same form, pressed again.


async def taken_back(bot: Bot, one: Person) -> None:
    people = await listed(bot)
    card = await bot.presses(DIRECTOR, people, row_of(people, one.name))
    form = await bot.presses(DIRECTOR, card, "Отмяна на отбелязването")
    await bot.presses(DIRECTOR, form, "Отмяна на отбелязването", reason="сгрешен ред")
    bot.clock.move(minutes=3)


AGAIN = "после е отменено"


async def test_what_was_taken_back_is_not_said_to_be_recorded_by_the_form_that_had_noted_it():
    bot = school()
    await printed(bot)
    form = await signers(bot)
    await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    await taken_back(bot, ANNA)

    again = await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    assert "Предаването е записано" not in shown(again)
    assert ANNA.name in shown(again)
    assert AGAIN in shown(again)
    both = f"{ANNA.id},{BOYAN.id}"
    again = await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=both, recipient="owner")
    assert "Записано е предаване на 1 профил." in shown(again)
    assert AGAIN in shown(again)
    assert len(bot.accounts.store.receipts) == 2

    anew = await bot.presses(DIRECTOR, again, "Към останалите")
    done = await bot.presses(DIRECTOR, anew, "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    assert "Записано е предаване на 1 профил." in shown(done), "she did sign after all"
    assert len(bot.accounts.store.receipts) == 3


async def test_of_everybody_who_was_taken_back_is_named():
    bot = school()
    await printed(bot)
    form = await signers(bot)
    await bot.presses(DIRECTOR, form, "Всички подписаха (3)", recipient="owner")
    await taken_back(bot, ANNA)
    again = await bot.presses(DIRECTOR, form, "Всички подписаха (3)", recipient="owner")
    assert "Записано е предаване на 2 профила." in shown(again)
    assert "Не е записано за: 1" in shown(again)
    assert AGAIN in shown(again)
    assert len(bot.accounts.store.receipts) == 3


@pytest.mark.parametrize("title", ["Запис на отбелязаните", "Всички подписаха (3)"])
async def test_another_recipient_than_the_recorded_one_is_not_said_to_be_recorded(title):
    bot = school()
    await printed(bot)
    form = await signers(bot)
    everybody = f"{ANNA.id},{BOYAN.id},{VASIL.id}"
    await bot.presses(DIRECTOR, form, title, signed=everybody, recipient="owner")
    kept = receipts(bot)
    again = await bot.presses(DIRECTOR, form, title, signed=everybody, recipient="parent")
    assert "Записано е предаване" not in shown(again)
    assert "Предаването е записано" not in shown(again)
    if title == "Запис на отбелязаните":
        assert "Вече е отбелязано предаване на друг получател" in shown(again)
    assert receipts(bot) == kept


async def test_after_the_taking_back_the_same_form_notes_the_right_recipient():
    bot = school()
    await printed(bot)
    form = await signers(bot)
    await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    await taken_back(bot, ANNA)
    done = await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=ANNA.id, recipient="parent")
    assert "Записано е предаване на 1 профил." in shown(done)
    kept = [(one.recipient, one.ground) for one in bot.accounts.store.receipts.values()]
    assert kept == [(Recipient.STUDENT, Ground.OWNER), (Recipient.PARENT, Ground.UNDER_14)]


async def test_a_class_teacher_is_told_the_same_of_the_own_form():
    bot = school()
    form = await own_form(bot, "5 б")
    await bot.presses(TEACHER, form, "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    other = await bot.presses(TEACHER, form, "Запис на отбелязаните", signed=ANNA.id, recipient="parent")
    assert "Предаването е записано" not in shown(other)
    assert "Вече е отбелязано предаване на друг получател" in shown(other)
    same = await bot.presses(TEACHER, form, "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    assert "Записано е предаване на 1 профил" in shown(same), "the same press"
    await taken_back(bot, ANNA)
    again = await bot.presses(TEACHER, form, "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    assert "Предаването е записано" not in shown(again)
    assert AGAIN in shown(again)
    assert len(bot.accounts.store.receipts) == 1


# A day of birth that no number tells.


OLENA = of_class(63, "Олена Пробна Втора", "2 б", LNCH_OWN)


async def given_with_birth(bot: Bot, recipient: str = "parent", birth: str = "2018-05-05") -> None:
    """A password whose owner's day of birth the director has stated; it was shown."""
    people = await listed(bot, "2 б")
    one = await bot.presses(DIRECTOR, people, row_of(people, OLENA.name))
    form = await bot.presses(DIRECTOR, one, "Временна парола")
    asked = await bot.presses(DIRECTOR, form, "Напред", recipient=recipient, birth=birth, identity="true")
    made = await bot.presses(DIRECTOR, asked, "Потвърждаване")
    await bot.presses(DIRECTOR, made, "Показване на паролата")
    bot.clock.move(minutes=5)


async def test_a_parent_who_was_given_the_password_for_the_stated_age_is_noted_for_that_password():
    bot = school(OLENA)
    await given_with_birth(bot)
    form = await bot.presses(DIRECTOR, await listed(bot, "2 б"), "Отбелязване на подписалите")
    done = await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=OLENA.id, recipient="parent")
    assert "Записано е предаване на 1 профил." in shown(done)
    assert receipts(bot) == {OLENA.id: (Recipient.PARENT, Ground.UNDER_14)}


async def test_so_does_her_class_teacher():
    bot = school(OLENA)
    await given_with_birth(bot)
    bot.accounts.class_teacher(TEACHER, LIPA, "2 б")
    bot.accounts.store.chosen[LIPA.id] = Choices(Closers.CLASS_TEACHER)
    form = await bot.presses(TEACHER, await bot.says(TEACHER, "моят клас"), "Отбелязване на подписалите")
    await bot.presses(TEACHER, form, "Запис на отбелязаните", signed=OLENA.id, recipient="parent")
    assert receipts(bot) == {OLENA.id: (Recipient.PARENT, Ground.UNDER_14)}


@pytest.mark.parametrize("newer", [False, True], ids=["the only one", "a newer one"])
async def test_a_password_that_was_not_for_the_parent_leads_to_the_day_of_birth(newer):
    bot = school(OLENA)
    if newer:
        await given_with_birth(bot)
        bot.clock.move(days=2)
    await given_with_birth(bot, "student")
    form = await bot.presses(DIRECTOR, await listed(bot, "2 б"), "Отбелязване на подписалите")
    refused = await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=OLENA.id, recipient="parent")
    assert receipts(bot) == {}
    assert "Възрастта не е известна" in shown(refused)
    assert "посочва датата на раждане" in shown(refused)
    ways = buttons(refused)
    assert ways.index("Към профила") < ways.index("Предаване на родител (СОП)"), (
        "nobody is led to attest health first"
    )
    card = await bot.presses(DIRECTOR, refused, "Към профила")
    assert "Временна парола" in buttons(card)


# A password that was replaced because nobody had used it.


async def test_who_was_handed_a_password_that_was_replaced_is_not_shown_as_somebody_who_has_it():
    bot = school()
    await printed(bot)
    form = await signers(bot)
    await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    operations = bot.room.operations.operations
    for made in [one for one in operations.values() if one.asked.person in {ANNA.id, BOYAN.id}]:
        operations[made.asked.id] = replace(made, ending="replaced", ended_at=bot.clock())

    people = await listed(bot)
    card = await bot.presses(DIRECTOR, people, row_of(people, ANNA.name))
    assert "Не е предаден" in shown(card)
    assert "на ученика" not in shown(card)
    assert "Срокът на временната парола изтече и тя вече не действа." in shown(card)
    assert not {"Отмяна на отбелязването", "Отбелязване на предаването"} & set(buttons(card))

    refused = await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=BOYAN.id, recipient="owner")
    assert "тя вече не действа" in shown(refused), "and not that nobody has seen it"
    assert "още не е показана" not in shown(refused)
