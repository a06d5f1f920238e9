"""A director looks for a username: what is typed and pressed → what is shown."""

import asyncio
from datetime import UTC, datetime

import pytest
from stdnum.bg import egn

from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.people.model import Kind
from bot.core.usernames.model import LookupLimits
from tests.conversations.bot import (
    DIRECTOR,
    EGN_MOVED,
    EGN_NOBODY,
    EGN_OWN,
    EGN_TWICE,
    LIPA,
    LNCH_OWN,
    OTHER_DIRECTOR,
    PEOPLE,
    UTRO,
    Bot,
    buttons,
    person,
    prefilled,
    shown,
)


async def test_a_moved_student_is_found_by_egn_with_a_reason():
    bot = Bot()

    reply = await bot.looks_up(kind="egn", typed=EGN_MOVED, purpose="moved")

    words = shown(reply)
    assert "Мая Пробна Преместена" in words
    assert "ab00000002@edu.mon.bg" in words
    assert "ОУ „Ведро утро“" in words
    assert "2990002" in words
    assert "Варна" in words
    assert "5 б" in words
    assert "Активен" in words
    assert EGN_MOVED not in str(reply.card)
    assert words.count("43") == 0 or EGN_MOVED[:8] not in words
    assert buttons(reply) == ["Искане за профила", "Нова справка", "Помощ"]


async def test_without_a_reason_a_student_elsewhere_is_like_nobody():
    bot = Bot()

    elsewhere = await bot.looks_up(typed=EGN_MOVED)
    nobody = await bot.looks_up(typed=EGN_NOBODY)

    assert "изберете основание" in shown(elsewhere)
    assert shown(elsewhere).index("изберете основание") > shown(elsewhere).index("Въведеното не остава")
    assert shown(elsewhere) == shown(nobody)
    assert "Преместена" not in str(elsewhere.card)


async def test_the_own_school_needs_no_reason():
    reply = await Bot().looks_up(typed=EGN_OWN)

    assert "Иво Пробен Образцов" in shown(reply)
    assert "не е записан във Вашето училище" not in shown(reply)


async def test_of_several_accounts_the_current_one_is_named():
    reply = await Bot().looks_up(typed=EGN_TWICE, purpose="moved")

    words = shown(reply)
    assert "Намерени са 2 профила" in words
    assert words.index("ab00000004@") < words.index("ab00000003@")
    assert words.index("Текущ профил") < words.index("ab00000004@")
    assert "Неактивен" in words


async def test_a_person_in_two_schools_shows_both():
    both = (person(9, "Между Две Училища", "4849140605", UTRO, LIPA),)

    reply = await Bot(people=both).looks_up(typed="4849140605")

    words = shown(reply)
    assert words.index("Сребърна липа") < words.index("Ведро утро")


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("egn", "4146054047", "контролната цифра"),
        ("egn", "41460540", "въведени 8"),
        ("egn", "4", "въведена 1"),
        ("egn", "414605404О", "буквата „О“"),
        ("egn", "4190054046", "несъществуваща дата"),
        ("lnch", "9999999015", "Невалиден ЛНЧ"),
        ("lnch", "0000000000", "не е на действително лице"),
        ("service", EGN_OWN, "Този номер отговаря на ЕГН"),
        ("service", LNCH_OWN, "Този номер отговаря на ЛНЧ"),
        ("egn", LNCH_OWN, "изберете „ЛНЧ“ в полето „Търсене по“"),
        ("lnch", EGN_TWICE, "изберете „ЕГН“ в полето „Търсене по“"),
        ("username", "иван", "не прилича на потребителско име"),
        ("username", "x' or 1 eq 1", "не прилича на потребителско име"),
        ("name", "-", "поне две букви"),
        ("nonsense", "4146054046", "изберете по какво"),
        ("egn", "  ", "въведете какво"),
    ],
)
async def test_what_cannot_be_searched_is_said_plainly_and_asks_nobody(kind, typed, says):
    bot = Bot()

    reply = await bot.looks_up(kind=kind, typed=typed)

    assert says in shown(reply)
    assert prefilled(reply)["typed"] == typed.strip()
    assert bot.directory.calls == []
    assert not bot.ledger.rows


@pytest.mark.parametrize(
    "typed",
    [
        "ЕГН: 4146054046",
        "41 46 05 40 46",
        "\u200b4146054046\ufeff",
        "４１４６０５４０４６",
        "'4146054046",
        "4146054046.0",
    ],
)
async def test_what_is_pasted_with_the_number_is_cleaned(typed):
    assert "Иво Пробен Образцов" in shown(await Bot().looks_up(typed=typed))


async def test_a_lost_zero_is_offered_back_in_the_field():
    # Births of 1800–1809 stand for those of 2000–2009: they begin with zero and are nobody's any more.
    whole = next(f"012309001{last}" for last in range(10) if egn.is_valid(f"012309001{last}"))
    bot = Bot()
    bot.clock.now = datetime(1820, 1, 1, 10, tzinfo=UTC)

    reply = await bot.looks_up(typed=whole[1:])

    assert "пропусната нула" in shown(reply)
    assert prefilled(reply)["typed"] == whole
    assert whole not in shown(reply)
    assert bot.directory.calls == []

    await bot.presses(DIRECTOR, reply, "Търсене")
    assert bot.directory.calls == [("find_by_identifier", (whole[1:], whole))]


async def test_several_of_one_name_are_offered_with_class_and_the_chosen_one_is_shown():
    bot = Bot()
    choice = await bot.looks_up(kind="name", typed="maria ednakva")

    assert "Мария Едина Еднаква" in shown(choice)
    assert "7 а" in shown(choice)

    reply = await bot.presses(DIRECTOR, choice, "Напред", choice="person-7")

    assert "ab00000007@edu.mon.bg" in shown(reply)


@pytest.mark.parametrize("chosen", ["person-2", "", "person-6,person-7", "nobody"])
async def test_nobody_can_be_chosen_who_was_not_offered(chosen):
    bot = Bot()
    choice = await bot.looks_up(kind="name", typed="Мария Еднаква")
    calls = list(bot.directory.calls)

    reply = await bot.presses(DIRECTOR, choice, "Напред", choice=chosen)

    assert "Не е избран човек от списъка" in shown(reply)
    assert bot.directory.calls == calls


async def test_someone_who_left_the_school_after_being_offered_is_not_shown():
    bot = Bot()
    choice = await bot.looks_up(kind="name", typed="Мария Еднаква")
    bot.directory.people = [one for one in PEOPLE if one.id != "person-7"] + [
        person(7, "Мария Друга Еднаква", "4642144284", UTRO)
    ]

    reply = await bot.presses(DIRECTOR, choice, "Напред", choice="person-7")

    assert "ab00000007" not in str(reply.card)
    assert "вече не е във Вашето училище" in shown(reply)


@pytest.mark.parametrize(
    "typed", ["Йоана Щерева", "Yoana Shtereva", "Ioana Shchereva", "joana 6tereva", "ЙОАНА  ЩЕРЕВА"]
)
async def test_a_name_is_found_in_every_spelling(typed):
    assert "Йоана Пробна Щерева" in shown(await Bot().looks_up(kind="name", typed=typed))


async def test_too_many_of_a_name_ask_for_more():
    reply = await Bot().looks_up(kind="name", typed="Многолюдна")

    assert "12 души" in shown(reply)
    assert "Пробна" not in shown(reply)


async def test_a_name_elsewhere_is_not_found_even_with_a_reason():
    reply = await Bot().looks_up(kind="name", typed="Мая Преместена", purpose="moved")

    assert "Ученик от друго училище се търси само по ЕГН" in shown(reply)
    assert "ab00000002" not in str(reply.card)


async def test_a_teacher_of_another_school_is_shown_to_nobody():
    assert "ab00000008" not in str((await Bot().looks_up(typed="4742080922", purpose="moved")).card)


async def test_other_as_a_reason_needs_words():
    bot = Bot()

    reply = await bot.looks_up(typed=EGN_MOVED, purpose="other", purpose_text=" ")
    assert "опишете основанието" in shown(reply)
    assert bot.directory.calls == []

    reply = await bot.presses(DIRECTOR, reply, "Търсене", purpose_text="проверка по молба на родител")
    assert "Мая Пробна Преместена" in shown(reply)


async def test_a_username_of_nobody_is_not_spoken_of_as_a_number():
    words = shown(await Bot().looks_up(kind="username", typed="zz09999999", purpose="moved"))

    assert "с това потребителско име" in words
    assert "вида на номера" not in words


async def test_a_teacher_among_the_found_is_called_one():
    people = (
        *PEOPLE,
        person(20, "Мария Трета Еднаква", "4742080922", LIPA, kind=Kind.TEACHER),
    )

    words = shown(await Bot(people=people).looks_up(kind="name", typed="Мария Еднаква"))

    assert "Мария Трета Еднаква · учител · СУ" in words
    assert words.count("учител ·") == 1


async def test_the_budget_for_other_schools_ends_politely_and_opens_at_midnight():
    bot = Bot(LookupLimits(other_per_day=2))
    for _ in range(2):
        await bot.looks_up(typed=EGN_MOVED, purpose="moved")

    reply = await bot.looks_up(typed=EGN_MOVED, purpose="moved")
    assert "24.11.2026 г., 00:00 ч." in shown(reply)
    assert "ab00000002" not in str(reply.card)
    assert "Помощ" in buttons(reply)
    assert ".." not in shown(reply)
    assert "Иво" in shown(await bot.looks_up(typed=EGN_OWN))

    bot.clock.move(hours=15)
    assert "Мая" in shown(await bot.looks_up(typed=EGN_MOVED, purpose="moved"))


async def test_misses_pause_for_an_hour_and_a_colleague_is_not_affected():
    bot = Bot(LookupLimits(misses=3))
    for _ in range(3):
        assert "Не е намерен" in shown(await bot.looks_up(typed=EGN_NOBODY, purpose="moved"))

    assert "13:00 ч." in shown(await bot.looks_up(typed=EGN_MOVED, purpose="moved"))
    assert "Иво" in shown(await bot.looks_up(OTHER_DIRECTOR, typed=EGN_OWN, purpose="moved"))

    bot.clock.move(hours=1)
    assert "Мая" in shown(await bot.looks_up(typed=EGN_MOVED, purpose="moved"))


async def test_a_double_press_is_one_lookup():
    bot = Bot()
    form = await bot.says(DIRECTOR, "справка")

    first = await bot.presses(DIRECTOR, form, "Търсене", typed=EGN_MOVED, purpose="moved")
    second = await bot.presses(DIRECTOR, form, "Търсене", typed=EGN_MOVED, purpose="moved")

    assert shown(first) == shown(second)
    assert len(bot.ledger.rows[DIRECTOR]) == 1


@pytest.mark.parametrize("error", [DirectoryUnavailable("x"), StoreUnavailable()])
async def test_an_outage_loses_nothing_that_was_typed(error):
    bot = Bot()
    form = await bot.says(DIRECTOR, "справка")
    (bot.directory if isinstance(error, DirectoryUnavailable) else bot.ledger).fail_with = error

    reply = await bot.presses(DIRECTOR, form, "Търсене", typed=EGN_MOVED, purpose="moved")

    assert "временно не е достъп" in shown(reply)
    assert prefilled(reply) | {"purpose": "moved", "typed": EGN_MOVED} == prefilled(reply)

    bot.directory.fail_with = bot.ledger.fail_with = None
    assert "Мая" in shown(await bot.presses(DIRECTOR, reply, "Търсене"))


async def test_an_outage_while_the_role_is_read_again_leaves_the_form_where_it_is():
    bot = Bot()
    form = await bot.says(DIRECTOR, "справка")
    bot.clock.move(minutes=6)
    bot.roles.fail_with = DirectoryUnavailable("x")

    reply = await bot.presses(DIRECTOR, form, "Търсене", typed=EGN_MOVED, purpose="moved")

    assert reply.refused  # an error leaves the pressed card as it is, whereas any card would replace it
    assert reply.card is None
    assert "временно не е достъпна" in shown(reply)
    assert bot.directory.calls == []


async def test_a_directory_that_does_not_answer_costs_nothing_but_patience():
    bot = Bot(LookupLimits(misses=2), patience=0.3)
    form = await bot.says(DIRECTOR, "справка")
    bot.directory.answer = asyncio.Event()

    for typed in (EGN_MOVED, EGN_NOBODY, EGN_TWICE):
        reply = await bot.presses(DIRECTOR, form, "Търсене", typed=typed, purpose="moved")
        assert reply.refused
        assert "Нищо не е изгубено" in shown(reply)

    bot.directory.answer.set()
    assert "Мая" in shown(await bot.presses(DIRECTOR, form, "Търсене", typed=EGN_MOVED, purpose="moved"))
    assert [entry.outcome for entry in bot.ledger.audit.of("username.lookup")] == [
        "failed",
        "failed",
        "failed",
        "hit",
    ]


async def test_every_lookup_leaves_one_audit_entry_without_identifier_or_name():
    bot = Bot()
    await bot.looks_up(typed=EGN_MOVED, purpose="other", purpose_text=f"за {EGN_MOVED} по молба")
    await bot.looks_up(typed=EGN_NOBODY, purpose="moved")
    await bot.looks_up(kind="name", typed="Йоана Щерева")

    entries = bot.ledger.audit.of("username.lookup")
    assert [entry.outcome for entry in entries] == ["hit", "miss", "hit"]
    assert entries[0].subject == "person-2"
    written = str(entries)
    for secret in (EGN_MOVED, EGN_NOBODY, "Мая", "Щерева"):
        assert secret not in written
