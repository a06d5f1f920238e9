"""A director looks for a username: what is typed and pressed → what is shown."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from stdnum.bg import egn

from bot.conversation import Pressed, Reply
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.people.model import Kind
from bot.core.usernames.model import LookupLimits
from bot.seals import Holder
from tests.conversations.bot import (
    DIRECTOR,
    DISABLED,
    EGN_MOVED,
    EGN_NOBODY,
    EGN_OWN,
    EGN_TWICE,
    LIPA,
    LNCH_OWN,
    OTHER_DIRECTOR,
    PEOPLE,
    REASONS,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    TENANT,
    UTRO,
    Bot,
    button_of,
    buttons,
    person,
    prefilled,
    row_titles,
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

    assert "натиснете основанието" in shown(elsewhere)
    assert [title for title in buttons(elsewhere) if title in REASONS.values()] == [
        "Преместен ученик",
        "Забравено потребителско име",
        "Друго основание",
        "Търсене",
    ]
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
        ("egn", "ип01234567", "не прилича на потребителско име"),
        ("egn", "Иван 4146054046", "само от цифри"),
        ("name", "4146054046", "поне две букви"),
        ("name", "5а", "поне две букви"),
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

    assert row_titles(choice) == ["Мария Друга Еднаква", "Мария Едина Еднаква"]
    assert "7 а" in shown(choice)
    assert "ab00000007@edu.mon.bg" in shown(choice)

    reply = await bot.presses(DIRECTOR, choice, "Мария Друга Еднаква")

    assert "ab00000007@edu.mon.bg" in shown(reply)
    again = await bot.presses(DIRECTOR, reply, "Към списъка")
    assert shown(again) == shown(choice)
    assert "ab00000006" in shown(await bot.presses(DIRECTOR, again, "Мария Едина Еднаква"))


async def test_nobody_is_meant_by_a_list_without_rows_of_its_own():
    """A press of another release's list has only an input; what stands in it is not read."""
    bot = Bot()
    await bot.says(DIRECTOR, "справка")
    holder, ids = Holder(DIRECTOR, TENANT, f"chat-{DIRECTOR}"), {"people": "person-6,person-7"}
    data = bot.responder._sealer.seal("lookup.pick", holder, bot.clock(), timedelta(minutes=5), ids=ids)

    reply = await bot.responder(bot.turn(DIRECTOR, Pressed("lookup.pick", {**data, "choice": "person-6"})))

    assert "Не е избран човек от списъка" in shown(reply or Reply(text=""))
    assert bot.directory.calls == []


@pytest.mark.parametrize("change", [{"place": "1"}, {"people": "person-2,person-2"}, {"place": "7"}, {}])
async def test_a_row_that_was_changed_opens_nothing(change):
    bot = Bot()
    choice = await bot.looks_up(kind="name", typed="Мария Еднаква")
    row = button_of(choice, "Мария Друга Еднаква")
    row["data"]["action"]["ids"] = {**row["data"]["action"]["ids"], **change} if change else {}

    reply = await bot.presses(DIRECTOR, choice, "Мария Друга Еднаква")

    assert reply.refused
    assert "ab00000" not in shown(reply)


TWINS = (
    person(61, "Мария Пробна Двойна", "", LIPA),
    person(62, "Мария Пробна Двойна", "", LIPA),
    person(63, "Мария Пробна Двойна", "", LIPA, teams=("Музика - 7 а - ООП",), grade="7"),
    person(64, "Мария Пробна Двойна", "", LIPA, kind=Kind.TEACHER, teams=(), grade=""),
)


@pytest.mark.parametrize("word", ["справка", "парола"])
async def test_people_of_one_name_are_told_apart_by_class_and_then_by_username(word):
    bot = Bot(people=(*PEOPLE, *TWINS))

    choice = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, word), "Търсене", typed="Мария Двойна")

    assert row_titles(choice) == [
        "Мария Пробна Двойна · 5 б клас · ab00000061@edu.mon.bg",
        "Мария Пробна Двойна · 5 б клас · ab00000062@edu.mon.bg",
        "Мария Пробна Двойна · 7 а клас",
        "Мария Пробна Двойна · учител",
    ]
    opened = await bot.presses(DIRECTOR, choice, row_titles(choice)[1])
    assert "ab00000062@edu.mon.bg" in shown(opened)
    assert shown(await bot.presses(DIRECTOR, opened, "Към списъка")) == shown(choice)


async def test_who_left_is_not_in_the_list_one_returns_to():
    bot = Bot(people=(*PEOPLE, *TWINS))
    choice = await bot.looks_up(typed="Мария Двойна")
    opened = await bot.presses(DIRECTOR, choice, row_titles(choice)[2])
    bot.directory.people = [one for one in bot.directory.people if one.id not in {"person-61", "person-62"}]

    again = await bot.presses(DIRECTOR, opened, "Към списъка")
    assert row_titles(again) == ["Мария Пробна Двойна · 7 а клас", "Мария Пробна Двойна · учител"]

    bot.directory.people = []
    gone = await bot.presses(DIRECTOR, opened, "Към списъка")
    assert "вече не е във Вашето училище" in shown(gone)
    assert prefilled(gone)["typed"] == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Йоана Щерева", "Йоана Пробна Щерева"),
        ("joana 6tereva", "Йоана Пробна Щерева"),
        ("ab00000005", "Йоана Пробна Щерева"),
        ("AB00000005@edu.mon.bg", "Йоана Пробна Щерева"),
        ("Мария 7а", "Мария Друга Еднаква"),
        ("мария, седми а", "Мария Друга Еднаква"),
    ],
)
@pytest.mark.parametrize("kind", ["egn", "lnch", "service", "name"])
async def test_what_was_plainly_typed_is_understood_whatever_the_kind_was_left_at(kind, typed, found):
    assert found in shown(await Bot().looks_up(kind=kind, typed=typed))


async def test_digits_alone_stay_a_number_whatever_else_they_might_be():
    bot = Bot()
    for typed in ("4146054046", "41460540", "4146054047"):
        await bot.looks_up(typed=typed)

    assert {name for name, _ in bot.directory.calls} == {"find_by_identifier"}


async def test_one_wrong_letter_offers_who_is_near_and_picks_nobody():
    bot = Bot()

    reply = await bot.looks_up(typed="Йована Щерева", purpose="moved")

    assert "Може би търсите" in shown(reply)
    assert row_titles(reply) == ["Йоана Пробна Щерева"]
    assert prefilled(reply) == {"kind": "name", "typed": "Йована Щерева"}
    assert "ab00000005@edu.mon.bg" in shown(await bot.presses(DIRECTOR, reply, "Йоана Пробна Щерева"))
    assert "Преместена" not in shown(await bot.looks_up(typed="Маа Преместена", purpose="moved"))


@pytest.mark.parametrize("service", ["справка", "парола"])
async def test_a_name_that_is_there_in_other_classes_is_not_called_unknown(service):
    """In September the classes are not known yet: then nobody of the name is in the one that was typed."""
    bot = Bot()
    form = await bot.says(DIRECTOR, service)

    reply = await bot.presses(DIRECTOR, form, "Търсене", kind="name", typed="Мария 5а")
    assert "Във Вашето училище има 2 души с такова име, но според екипите в Teams не са в 5 а клас" in shown(reply)
    assert "не е намерен" not in shown(reply)
    assert row_titles(reply) == ["Мария Друга Еднаква", "Мария Едина Еднаква"]

    reply = await bot.presses(DIRECTOR, form, "Търсене", kind="name", typed="Многолюдна 5в")
    assert "има 12 души с такова име" in shown(reply)
    assert len(row_titles(reply)) == 10
    assert "и още 2" in shown(reply)
    assert "въведете и трите имена" in shown(reply)

    reply = await bot.presses(DIRECTOR, form, "Търсене", kind="name", typed="Няматакъв 5в")
    assert "не е намерен човек с такова име" in shown(reply)


async def test_a_service_number_with_a_zero_less_is_not_shown_as_the_same_person():
    first, second = person(20, "Едно Дете Служебно", "0123456", LIPA), person(21, "Друго Дете Чуждо", "123456", LIPA)
    bot = Bot(people=(*PEOPLE, first, second))

    for one, other in ((first, second), (second, first)):
        reply = await bot.looks_up(DIRECTOR, kind="service", typed=one.identifier)
        assert one.username in shown(reply)
        assert other.username not in shown(reply)
        assert "на това лице" not in shown(reply)


ANOTHER = "може да е на друг човек. Моля, сверете името с документа"


async def test_of_a_number_that_is_there_without_its_zero_only_it_is_said_before_anything_is_done():
    lost = person(20, "Едно Дете Служебно", "123456", UTRO), person(21, "Друго Дете Чуждо", "654321", LIPA)
    bot = Bot(people=(*PEOPLE, *lost))

    assert ANOTHER in shown(await bot.looks_up(DIRECTOR, purpose="moved", kind="service", typed="0123456"))

    form = await bot.says(DIRECTOR, "парола")
    which = await bot.presses(DIRECTOR, form, "Търсене", kind="service", typed="0654321")
    assert ANOTHER in shown(which)
    assert "Временна парола" in shown(await bot.presses(DIRECTOR, which, "Друго Дете Чуждо"))

    form = await bot.says(DIRECTOR, "ново искане")
    which = await bot.presses(DIRECTOR, form, "Търсене", kind="service", typed="0123456")
    assert ANOTHER in shown(which)
    assert "Изпращане на искането" in buttons(await bot.presses(DIRECTOR, which, "Едно Дете Служебно"))


async def test_two_names_of_one_service_number_are_not_called_one_person():
    people = tuple(person(20 + n, f"{name} Дете", "123456", LIPA) for n, name in enumerate(("Едно", "Друго")))

    reply = await Bot(people=people).looks_up(DIRECTOR, kind="service", typed="123456")

    assert "2 профила с този номер, но на различни имена" in shown(reply)
    assert "на това лице" not in shown(reply)


async def test_a_username_of_before_the_renaming_names_the_present_one():
    renamed = replace(person(61, "Рада Пробна Вихрова", "", LIPA), username="rv012345602@edu.mon.bg")
    alike = replace(person(62, "Рада Друга Бистра", "", LIPA), username="rb012345602@edu.mon.bg")
    away = replace(person(63, "Рада Чужда Бистра", "", UTRO), username="rz012345699@edu.mon.bg")
    bot = Bot(people=(*PEOPLE, renamed, alike, away))
    both = await bot.looks_up(kind="username", typed="R012345602")
    assert "може да са с това предишно име" in shown(both)
    assert all(username in shown(both) for username in ("rv012345602@edu.mon.bg", "rb012345602@edu.mon.bg"))
    bot.directory.people.remove(alike)
    one = await bot.looks_up(kind="username", typed="r012345602")
    assert "сегашното потребителско име е по-долу" in shown(one)
    assert "rb012345602" not in shown(one)
    elsewhere = await bot.looks_up(kind="username", typed="r012345699")
    assert "rz012345699" not in shown(elsewhere)


async def test_a_username_with_a_wrong_digit_offers_the_own_school_and_still_asks_for_the_reason():
    bot = Bot()

    reply = await bot.looks_up(typed="ab0000000")

    assert set(row_titles(reply)) >= {"Иво Пробен Образцов", "Йоана Пробна Щерева"}
    assert "ab00000002" not in str(reply.card), "of another school"
    assert "Забравено потребителско име" in buttons(reply)


async def test_one_press_on_a_reason_is_enough_after_a_search_without_one():
    bot = Bot()
    asked = await bot.looks_up(typed=EGN_MOVED)

    reply = await bot.presses(DIRECTOR, asked, "Забравено потребителско име")

    assert "ab00000002@edu.mon.bg" in shown(reply)
    entries = bot.ledger.audit.of("username.lookup")
    assert [entry.detail["purpose"] for entry in entries] == ["", "forgotten"]


@pytest.mark.parametrize("forged", ["moved", "other"])
async def test_a_reason_counts_only_where_its_own_button_was_pressed(forged):
    bot = Bot()

    form = await bot.says(DIRECTOR, "справка")

    reply = await bot.presses(DIRECTOR, form, "Търсене", typed=EGN_MOVED, purpose=forged, purpose_text="по молба")

    assert "ab00000002" not in str(reply.card)
    assert [entry.detail["purpose"] for entry in bot.ledger.audit.of("username.lookup")] == [""]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("потребителското име на Йоана Щерева от 5б", "Йоана Щерева 5 б"),
        ("справка за ученичката Йоана Щерева", "Йоана Щерева"),
        ("потребителско име на ab00000005", "ab00000005"),
        ("username of Йоана Щерева 5б", "Йоана Щерева 5 б"),
    ],
)
async def test_a_sentence_opens_the_form_with_whom_it_speaks_of(text, typed):
    bot = Bot()

    form = await bot.says(DIRECTOR, text)

    assert prefilled(form)["typed"] == typed
    assert bot.directory.calls == [], "it only opens the form"
    assert not bot.ledger.rows
    assert "Йоана Пробна Щерева" in shown(await bot.presses(DIRECTOR, form, "Търсене"))


@pytest.mark.parametrize("text", ["потребителското име на Йоана Щерева {0}", "{0} Йоана Щерева справка"])
async def test_of_a_sentence_with_a_number_nothing_is_filled_in(text):
    form = await Bot().says(DIRECTOR, text.format(EGN_OWN))

    assert prefilled(form)["typed"] == ""
    assert EGN_OWN not in str(form.card)
    assert "Щерева" not in str(form.card)


@pytest.mark.parametrize("who", [TEACHER, RUO, STUDENT, STRANGER, DISABLED])
async def test_who_may_not_look_up_gets_no_form_filled_in_or_empty(who):
    reply = await Bot().says(who, "потребителското име на Йоана Щерева от 5б")

    assert "typed" not in prefilled(reply)
    assert "Щерева" not in str(reply.card)


async def test_someone_who_left_the_school_after_being_offered_is_not_shown():
    bot = Bot()
    choice = await bot.looks_up(kind="name", typed="Мария Еднаква")
    bot.directory.people = [one for one in PEOPLE if one.id != "person-7"] + [
        person(7, "Мария Друга Еднаква", "4642144284", UTRO)
    ]

    reply = await bot.presses(DIRECTOR, choice, "Мария Друга Еднаква")

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
    assert "опишете го с няколко думи" in shown(reply)
    assert len(bot.directory.calls) == 1, "without words only the own school was searched"

    for no_words in (EGN_MOVED, "12", "…"):
        reply = await bot.presses(DIRECTOR, reply, "Друго основание", purpose_text=no_words)
        assert "опишете го с няколко думи" in shown(reply)
        assert "натиснете основанието" not in shown(reply)

    reply = await bot.presses(DIRECTOR, reply, "Друго основание", purpose_text="проверка по молба на родител")
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

    assert "учител · ab00000020@edu.mon.bg" in words
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

    first = await bot.presses(DIRECTOR, form, "Преместен ученик", typed=EGN_MOVED)
    second = await bot.presses(DIRECTOR, form, "Преместен ученик", typed=EGN_MOVED)

    assert shown(first) == shown(second)
    assert len(bot.ledger.rows[DIRECTOR]) == 1


@pytest.mark.parametrize("error", [DirectoryUnavailable("x"), StoreUnavailable()])
async def test_an_outage_loses_nothing_that_was_typed(error):
    bot = Bot()
    form = await bot.says(DIRECTOR, "справка")
    (bot.directory if isinstance(error, DirectoryUnavailable) else bot.ledger).fail_with = error

    reply = await bot.presses(DIRECTOR, form, "Преместен ученик", typed=EGN_MOVED)

    assert "временно не е достъп" in shown(reply)
    assert prefilled(reply)["typed"] == EGN_MOVED

    bot.directory.fail_with = bot.ledger.fail_with = None
    assert "Мая" in shown(await bot.presses(DIRECTOR, reply, "Преместен ученик"))


async def test_an_outage_while_the_role_is_read_again_leaves_the_form_where_it_is():
    bot = Bot()
    form = await bot.says(DIRECTOR, "справка")
    bot.clock.move(minutes=6)
    bot.roles.fail_with = DirectoryUnavailable("x")

    reply = await bot.presses(DIRECTOR, form, "Преместен ученик", typed=EGN_MOVED)

    assert reply.refused  # an error leaves the pressed card as it is, whereas any card would replace it
    assert reply.card is None
    assert "временно не е достъпна" in shown(reply)
    assert bot.directory.calls == []


async def test_a_directory_that_does_not_answer_costs_nothing_but_patience():
    bot = Bot(LookupLimits(misses=2), patience=0.3)
    form = await bot.says(DIRECTOR, "справка")
    bot.directory.answer = asyncio.Event()

    for typed in (EGN_MOVED, EGN_NOBODY, EGN_TWICE):
        reply = await bot.presses(DIRECTOR, form, "Преместен ученик", typed=typed)
        assert reply.refused
        assert "Нищо не е изгубено" in shown(reply)

    bot.directory.answer.set()
    assert "Мая" in shown(await bot.presses(DIRECTOR, form, "Преместен ученик", typed=EGN_MOVED))
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
    assert [entry.outcome for entry in entries] == ["miss", "hit", "miss", "hit"]
    assert entries[1].subject == "person-2"
    written = str(entries)
    for secret in (EGN_MOVED, EGN_NOBODY, "Мая", "Щерева"):
        assert secret not in written


async def test_the_form_says_what_to_press_for_a_student_of_another_school():
    """„Търсене“ looks in the own school alone; the reason beside it is a search, too."""
    bot = Bot()
    hint = "Ако ученикът е от друго училище, вместо „Търсене“ натиснете бутона с основанието."

    form = await bot.says(DIRECTOR, "справка")
    again = await bot.presses(DIRECTOR, form, "Търсене", kind="egn", typed="4742080922")

    for reply in (form, again):
        assert {"Търсене", "Преместен ученик"} <= set(buttons(reply))
        assert hint in shown(reply)


async def test_an_odd_number_with_a_reason_is_searched_for_by_the_same_button_once_more():
    bot = Bot()
    form = await bot.says(DIRECTOR, "справка")

    told = await bot.presses(DIRECTOR, form, "Преместен ученик", kind="lnch", typed="9999999010")

    assert "натиснете същия бутон още веднъж" in shown(told)
    assert "натиснете „Търсене“" not in shown(told)
    found = await bot.presses(DIRECTOR, told, "Преместен ученик")
    assert "още веднъж" not in shown(found)
