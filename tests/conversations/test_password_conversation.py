"""A director asks for one temporary password: who it is for, who may receive it, whose it may be."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.conversation import Pressed, Reply, Scope
from bot.core.errors import (
    DirectoryBusy,
    DirectoryForbidden,
    DirectoryUnavailable,
    StoreUnavailable,
)
from bot.core.handover.model import Ground, Recipient
from bot.core.passwords.model import Stage
from bot.core.people.model import AccountState, Kind
from tests.conversations.bot import (
    DIRECTOR,
    DISABLED,
    EGN_MOVED,
    EGN_NOBODY,
    EGN_OWN,
    LIPA,
    LNCH_OWN,
    LOST,
    PEOPLE,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
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
from tests.conversations.passwords import (
    ALL,
    CHILD,
    FIFTEEN,
    YOUNG,
    asked,
    found,
    leaks,
    nothing_happened,
    only,
    password_in,
    ready,
    revealed,
)


async def test_from_the_word_to_the_receipt():
    bot = Bot(people=ALL)

    card = await found(bot)
    assert CHILD in shown(card)
    assert "не е давана" in shown(card)
    assert "5 б" in shown(card)

    confirm = await bot.presses(DIRECTOR, card, "Напред", recipient="student", identity="true")
    assert f"за {CHILD}, 5 б клас" in shown(confirm)
    assert nothing_happened(bot)

    made = await bot.presses(DIRECTOR, confirm, "Потвърждаване")
    assert "Ще бъде показана за кратко" in shown(made)
    assert only(bot).stage is Stage.READY
    assert not any(password in str(made.card) for password in bot.room.passwords)

    seen = await bot.presses(DIRECTOR, made, "Показване на паролата")
    password = password_in(bot, seen)
    assert bot.room.accounts.passwords["person-6"] == password
    assert f"{password[:4]} {password[4:8]} {password[8:]}" in shown(seen)
    assert "12:02 ч." in shown(seen), "works from, and can be seen again until"
    assert "26.11.2026 г., 12:00 ч." in shown(seen), "three days"
    assert "лично на ученика" in shown(seen)

    receipt = await bot.presses(DIRECTOR, seen, "Отбелязване като предадена")
    assert "Предаването е отбелязано" in shown(receipt)
    assert "лично ученикът" in shown(receipt)
    assert "Директор Едно" in shown(receipt)
    assert "23.11.2026 г., 12:00 ч." in shown(receipt)
    assert only(bot).handed_at == bot.clock.now
    assert not bot.room.operations.secrets, "its key is destroyed with the handing over"
    assert leaks(bot) == []


async def test_before_a_working_password_ends_the_confirmation_says_since_when_it_works():
    bot = Bot(people=ALL)
    assert "може да се влиза" not in shown(await asked(bot)), (
        "of a password nobody has changed there is nothing to say"
    )
    facts = bot.room.accounts.accounts["person-6"]
    assert facts.created_at is not None
    changed = facts.created_at + timedelta(days=10)
    bot.room.accounts.accounts["person-6"] = replace(facts, password_changed_at=changed)

    card = await found(bot)
    assert "не е давана" not in shown(card)
    assert "сменена на 04.10.2026 г., 13:00 ч., неизвестно от кого" in shown(card)

    confirm = await bot.presses(DIRECTOR, card, "Напред", recipient="student", identity="true")
    assert (
        "Сегашната парола е сменена на 04.10.2026 г., 13:00 ч., неизвестно от кого, и с нея може да се влиза."
        in shown(confirm)
    )
    assert nothing_happened(bot)

    bot.room.accounts.accounts["person-6"] = replace(facts, created_at=None)
    assert "не се знае дали е сменяна" in shown(await found(bot))


async def test_the_reading_is_in_cyrillic_and_in_words():
    reply = await revealed(Bot(people=ALL))

    reading = shown(reply).partition("Чете се")[2]
    assert re.search(r"[А-Я][а-я](-[а-я]{2}){3}, [а-я]+ [а-я]+ [а-я]+ [а-я]+", reading)


async def test_a_look_up_leads_to_the_password_of_who_is_ours():
    bot = Bot(people=ALL)

    ours = await bot.looks_up(typed=YOUNG)
    elsewhere = await bot.looks_up(typed=EGN_MOVED, purpose="moved")

    assert buttons(ours)[0] == "Временна парола"
    assert CHILD in shown(await bot.presses(DIRECTOR, ours, "Временна парола"))
    assert "Временна парола" not in buttons(elsewhere)
    assert "може да бъде сменена от директора на училището" in shown(elsewhere)


async def test_a_look_up_of_several_accounts_offers_a_password_for_each_that_one_can_open():
    twice = (
        person(1, "Две Сметки Пробни", "4349043741", LIPA),
        person(2, "Две Сметки Пробни", "4349043741", LIPA),
        person(3, "Две Сметки Пробни", "4349043741", LIPA, state=AccountState.DISABLED),
    )

    reply = await Bot(people=twice).looks_up(typed="4349043741")

    assert [title for title in buttons(reply) if "арола" in title] == [
        "Парола за ab00000001",
        "Парола за ab00000002",
    ]


async def test_of_several_accounts_in_the_own_school_one_is_chosen():
    twice = (
        person(1, "Две Сметки Пробни", "4349043741", LIPA),
        person(2, "Две Сметки Пробни", "4349043741", LIPA),
    )
    bot = Bot(people=twice)

    choice = await found(bot, "4349043741")
    assert "ab00000001@" in shown(choice)
    assert "ab00000002@" in shown(choice)

    card = await bot.presses(DIRECTOR, choice, row_titles(choice)[1])
    assert "ab00000002@edu.mon.bg" in shown(card)
    assert "ab00000001@edu.mon.bg" not in shown(card)


async def test_of_several_people_of_one_name_one_is_chosen():
    bot = Bot(people=ALL)

    choice = await found(bot, "Мария Еднаква", kind="name")
    assert "5 б клас" in shown(choice)
    assert "7 а клас" in shown(choice)

    assert "7 а" in shown(await bot.presses(DIRECTOR, choice, "Мария Друга Еднаква"))
    for wrong in ("", "person-2", "x" * 300):
        reply = await bot.presses(DIRECTOR, choice, "Мария Друга Еднаква", choice=wrong)
        assert "ab00000007" in shown(reply), "only the seal says who is meant"


@pytest.mark.parametrize(
    ("typed", "kind"), [("Мария 7а", "egn"), ("ab00000007", "egn"), ("Мария Друга Еднаква", "lnch")]
)
async def test_a_name_or_username_is_understood_whatever_the_kind_was_left_at(typed, kind):
    assert "Мария Друга Еднаква" in shown(await found(Bot(people=ALL), typed, kind=kind))


async def test_one_wrong_letter_offers_who_is_near_and_a_press_opens_the_card():
    bot = Bot(people=ALL)

    near = await found(bot, "Мариа Едноква", kind="egn")

    assert row_titles(near) == ["Мария Друга Еднаква", "Мария Едина Еднаква"]
    assert prefilled(near) == {"kind": "name", "typed": "Мариа Едноква"}
    assert "ab00000007@edu.mon.bg" in shown(await bot.presses(DIRECTOR, near, "Мария Друга Еднаква"))
    assert row_titles(await found(bot, "4642144285")) == [], "for a number nobody is near"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("забравих паролата на Мария Еднаква от 7а", "Мария Еднаква 7 а"),
        ("нова парола за ученичката Мария Еднаква", "Мария Еднаква"),
        ("паролата на ab00000007 не работи", "ab00000007"),
        ("паролата на мария от 7а", "мария 7 а"),
    ],
)
async def test_a_sentence_opens_the_form_with_whom_it_speaks_of_and_does_nothing(text, typed):
    bot = Bot(people=ALL)

    form = await bot.says(DIRECTOR, text)

    assert prefilled(form)["typed"] == typed
    assert bot.directory.calls == []
    assert nothing_happened(bot)
    assert "Мария Друга Еднаква" in shown(await bot.presses(DIRECTOR, form, "Търсене"))


@pytest.mark.parametrize("who", [TEACHER, RUO, STUDENT, STRANGER])
async def test_a_sentence_gives_nobody_a_form_who_has_none(who):
    reply = await Bot(people=ALL).says(who, "забравих паролата на Мария Еднаква от 7а")

    assert "typed" not in prefilled(reply)
    assert "Еднаква" not in str(reply.card)


@pytest.mark.parametrize("text", ["паролата на Мария 4642144284 от 7а", "паролата на Мария 4642 144 284 от 7а"])
async def test_of_a_sentence_with_a_number_nothing_is_filled_in(text):
    form = await Bot(people=ALL).says(DIRECTOR, text)

    assert prefilled(form)["typed"] == ""
    assert "4642" not in str(form.card)


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("egn", "4146054047", "контролната цифра"),
        ("egn", "41460540", "въведени 8"),
        ("username", "иван", "не прилича на потребителско име"),
        ("name", "-", "поне две букви"),
        ("nonsense", YOUNG, "изберете по какво"),
        ("egn", "  ", "въведете какво"),
        ("egn", EGN_MOVED, "Във Вашето училище няма човек с тези данни"),
        ("egn", EGN_NOBODY, "Във Вашето училище няма човек с тези данни"),
        ("username", "ab00000002", "Във Вашето училище няма човек с тези данни"),
        ("name", "Непознат Човек", "не е намерен човек с такова име"),
        ("name", "Многолюдна", "Намерени са 12 души"),
    ],
)
async def test_who_is_not_found_is_said_plainly_and_nothing_typed_is_lost(kind, typed, says):
    bot = Bot(people=ALL)

    reply = await found(bot, typed, kind)

    assert says in shown(reply)
    assert prefilled(reply)["typed"] == typed.strip()
    assert bot.room.accounts.calls == []
    assert "Търсене" in buttons(reply)


async def test_who_is_elsewhere_and_who_is_nowhere_get_one_answer():
    bot = Bot(people=ALL)

    assert shown(await found(bot, EGN_MOVED)) == shown(await found(bot, EGN_NOBODY))


@pytest.mark.parametrize("error", [DirectoryUnavailable("x"), DirectoryBusy(1.0), StoreUnavailable()])
async def test_an_outage_while_searching_loses_nothing_that_was_typed(error):
    bot = Bot(people=ALL)
    start = await bot.says(DIRECTOR, "парола")
    (bot.ledger if isinstance(error, StoreUnavailable) else bot.directory).fail_with = error

    reply = await bot.presses(DIRECTOR, start, "Търсене", typed=YOUNG)
    assert prefilled(reply)["typed"] == YOUNG

    bot.directory.fail_with = bot.ledger.fail_with = None
    assert CHILD in shown(await bot.presses(DIRECTOR, reply, "Търсене"))


# Who may receive it.


@pytest.mark.parametrize(
    ("typed", "inputs", "says"),
    [
        (YOUNG, {"recipient": ""}, "посочете на кого ще предадете"),
        (YOUNG, {"recipient": "teacher"}, "лично на собственика"),
        (YOUNG, {"recipient": "grandmother"}, "посочете на кого ще предадете"),
        (YOUNG, {"identity": "false"}, "уверили в самоличността"),
        (YOUNG, {"identity": "1"}, "уверили в самоличността"),
        (FIFTEEN, {"recipient": "parent"}, "Ученикът е навършил 14 години. Паролата се предава лично на него."),
        (FIFTEEN, {"recipient": "parent", "birth": "2020-01-01"}, "навършил 14 години"),
        (LNCH_OWN, {"recipient": "parent"}, "въведете датата на раждане"),
        (LNCH_OWN, {"recipient": "parent", "birth": "вчера"}, "въведете датата на раждане"),
        (LNCH_OWN, {"recipient": "parent", "birth": "2020-W01-1"}, "въведете датата на раждане"),
        (
            LNCH_OWN,
            {"recipient": "parent", "birth": "2027-01-01"},
            "не е възможна за ученик. Моля, проверете я или предайте",
        ),
        (
            LNCH_OWN,
            {"recipient": "parent", "birth": "1970-01-01"},
            "не е възможна за ученик. Моля, проверете я или предайте",
        ),
        (LNCH_OWN, {"recipient": "parent", "birth": "2012-11-23"}, "навършил 14 години"),
    ],
)
async def test_what_is_missing_is_said_on_the_card_and_what_was_chosen_stays(typed, inputs, says):
    bot = Bot(people=ALL)
    kind = "lnch" if typed == LNCH_OWN else "egn"

    reply = await asked(bot, typed, kind, **inputs)

    assert says in shown(reply)
    assert "Потвърждаване" not in buttons(reply)
    assert "Напред" in buttons(reply), "the same card"
    assert prefilled(reply)["identity"] == ("false" if "identity" in inputs else "true")
    if inputs.get("recipient") in {"parent", "student"}:
        assert prefilled(reply)["recipient"] == inputs["recipient"]
    assert nothing_happened(bot)


@pytest.mark.parametrize("today", [datetime(2028, 2, 28, 10, tzinfo=UTC), datetime(2028, 2, 29, 10, tzinfo=UTC)])
async def test_the_earliest_birth_that_the_form_takes_is_possible(today):
    bot = Bot(people=ALL)
    bot.clock.now = today
    form = await found(bot, LNCH_OWN, "lnch")
    (birth,) = (node for node in nodes(form.card) if node.get("id") == "birth")
    reply = await bot.presses(DIRECTOR, form, "Напред", recipient="parent", identity="true", birth=birth["min"])
    assert "Ученикът е навършил 14 години. Паролата се предава лично на него." in shown(reply)


@pytest.mark.parametrize(
    ("typed", "inputs", "ground"),
    [
        (YOUNG, {"recipient": "student"}, Ground.OWNER),
        (YOUNG, {"recipient": "parent"}, Ground.UNDER_14),
        (FIFTEEN, {"recipient": "student"}, Ground.OWNER),
        (FIFTEEN, {"recipient": "parent", "sen": "true"}, Ground.SEN),
        (LNCH_OWN, {"recipient": "student"}, Ground.OWNER),
        (LNCH_OWN, {"recipient": "parent", "birth": "2012-11-24"}, Ground.UNDER_14),
        (LNCH_OWN, {"recipient": "parent", "sen": "true"}, Ground.SEN),
    ],
)
async def test_who_may_receive_it_is_kept_with_the_ground(typed, inputs, ground):
    bot = Bot(people=ALL)

    await ready(bot, typed, "lnch" if typed == LNCH_OWN else "egn", **inputs)

    assert only(bot).asked.ground is ground
    assert only(bot).asked.recipient is Recipient(inputs["recipient"])


async def test_whether_special_needs_are_asked_about_depends_on_the_age():
    bot = Bot(people=ALL)

    young, grown, unknown = await found(bot), await found(bot, FIFTEEN), await found(bot, LNCH_OWN, "lnch")

    assert "sen" not in prefilled(young)
    assert "birth" not in prefilled(young)
    assert "sen" in prefilled(grown)
    assert "birth" not in prefilled(grown)
    assert {"sen", "birth"} <= set(prefilled(unknown))


async def test_the_ground_of_special_needs_is_in_no_notice_and_no_receipt():
    bot = Bot(people=ALL)
    made = await ready(bot, FIFTEEN, recipient="parent", sen="true")
    seen = await bot.presses(DIRECTOR, made, "Показване на паролата")
    receipt = await bot.presses(DIRECTOR, seen, "Отбелязване като предадена")

    assert "родител на ученика" in shown(receipt)
    assert "СОП" not in shown(receipt) + shown(made)


async def test_a_teachers_password_goes_to_the_teacher():
    bot = Bot(people=ALL)

    card = await found(bot, "Ели Учителка", "name")
    assert "Лично на учителя" in shown(card)
    assert "Специални образователни потребности" not in shown(card)
    made = await bot.presses(
        DIRECTOR, await bot.presses(DIRECTOR, card, "Напред", recipient="teacher", identity="true"), "Потвърждаване"
    )

    assert "Временната парола е създадена" in shown(made)
    assert only(bot).asked.recipient is Recipient.TEACHER


async def test_a_compromised_account_is_signed_out_everywhere():
    bot = Bot(people=ALL)

    confirm = await asked(bot, compromised="true")
    assert "от всички устройства" in shown(confirm)
    await bot.presses(DIRECTOR, confirm, "Потвърждаване")

    assert bot.room.accounts.revoked == ["person-6"]


async def test_a_sign_out_that_was_done_is_told_on_every_card():
    bot = Bot(people=ALL)

    for card in await to_the_receipt(bot, compromised="true"):
        assert "Достъпът от всички устройства е прекратен." in shown(card)
        assert "не можа" not in shown(card)


async def test_a_sign_out_that_was_refused_is_told_on_every_card_beside_the_password():
    bot = Bot(people=ALL)
    bot.room.accounts.fail_next.extend([None, DirectoryForbidden()])

    for card in await to_the_receipt(bot, compromised="true"):
        assert "достъпът от другите устройства не можа да бъде прекратен" in shown(card)
        assert "от всички устройства" not in shown(card)
        assert any(node.get("style") == "attention" for node in nodes(card.card) if node.get("type") == "Container")
    assert bot.room.accounts.revoked == []


async def test_of_devices_nothing_is_said_unless_it_was_asked_for():
    bot = Bot(people=ALL)

    for card in await to_the_receipt(bot):
        assert "устройства" not in shown(card)


async def to_the_receipt(bot: Bot, **inputs: str) -> list[Reply]:
    """Ready, shown, handed over."""
    made = await ready(bot, **inputs)
    seen = await bot.presses(DIRECTOR, made, "Показване на паролата")
    return [made, seen, await bot.presses(DIRECTOR, seen, "Отбелязване като предадена")]


# Whose password it may be.


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"privileged": True}, "не може да бъде сменена чрез бота"),
        ({"guest": True}, "не може да бъде сменена чрез бота"),
        ({"synchronised": True}, "не може да бъде сменена чрез бота"),
        ({"extension_role": "0"}, "не може да бъде сменена чрез бота"),
        ({"person": replace(PEOPLE[5], state=AccountState.DISABLED)}, "не е активен"),
        ({"person": replace(PEOPLE[5], schools=(UTRO,))}, "не е записан във Вашето училище"),
        ({"person": replace(PEOPLE[5], kind=Kind.OTHER)}, "не може да бъде сменена чрез бота"),
    ],
)
async def test_an_account_out_of_reach_is_refused_before_and_after_the_question(change, says):
    early, late = Bot(people=ALL), Bot(people=ALL)
    early.room.accounts.put(replace(early.room.accounts.accounts["person-6"], **change))

    at_once = await found(early)
    assert says in shown(at_once)
    assert buttons(at_once) == [
        "Потребителско име",
        "Временна парола",
        "Искания",
        "Още…",
        "Помощ",
    ]
    assert nothing_happened(early)

    confirm = await asked(late)
    late.room.accounts.put(replace(late.room.accounts.accounts["person-6"], **change))
    assert says in shown(await late.presses(DIRECTOR, confirm, "Потвърждаване"))
    assert nothing_happened(late)


async def test_an_account_that_is_gone_is_said_so():
    bot = Bot(people=ALL)
    card = await found(bot)
    del bot.room.accounts.accounts["person-6"]

    reply = await bot.presses(DIRECTOR, card, "Напред", recipient="student", identity="true")

    assert "вече не съществува" in shown(reply)


@pytest.mark.parametrize("who", [TEACHER, STUDENT, RUO, STRANGER, DISABLED, LOST])
async def test_nobody_but_a_director_gets_as_far_as_a_card(who):
    bot = Bot(people=ALL)

    for text in ("парола", "временна парола", "нова парола за ученик"):
        reply = await bot.says(who, text)
        others = {"Искания", "Класни стаи в Teams", "Моята паралелка", "Училищата в областта"}
        assert [one for one in buttons(reply) if one not in others] == ["Помощ"]
    assert bot.directory.calls == []
    assert bot.room.accounts.calls == []


@pytest.mark.parametrize("scope", [Scope.GROUP, Scope.CHANNEL])
async def test_in_a_group_there_is_one_constant_answer(scope):
    bot = Bot(people=ALL)
    confirm = await asked(bot)

    said = await bot.says(DIRECTOR, "парола", scope=scope)
    pressed = await bot.presses_elsewhere(DIRECTOR, confirm, "Потвърждаване", {"scope": scope})

    assert shown(said) == shown(pressed)
    assert pressed.refused
    assert nothing_happened(bot)


async def test_a_role_withdrawn_a_moment_ago_counts_at_once():
    bot = Bot(people=ALL)
    confirm = await asked(bot)
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], extension_role="5", schools=(LIPA,))

    reply = await bot.presses(DIRECTOR, confirm, "Потвърждаване")

    assert "дава директорът на училището" in shown(reply)
    assert nothing_happened(bot)


async def test_another_school_than_the_cards_is_refused():
    bot = Bot(people=ALL)
    confirm = await asked(bot)
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], username="2990002@edu.mon.bg")

    reply = await bot.presses(DIRECTOR, confirm, "Потвърждаване")

    assert "Училището, за което отговаряте, вече е друго" in shown(reply)
    assert nothing_happened(bot)


async def test_a_role_that_cannot_be_read_leaves_the_card_and_nothing_is_done():
    bot = Bot(people=ALL)
    confirm = await asked(bot)
    bot.roles.fail_with = DirectoryUnavailable("x")

    reply = await bot.presses(DIRECTOR, confirm, "Потвърждаване")
    assert reply.refused
    assert nothing_happened(bot)

    bot.roles.fail_with = None
    assert "е създадена" in shown(await bot.presses(DIRECTOR, confirm, "Потвърждаване"))


# Once.


async def test_a_double_press_is_one_password_and_one_answer():
    bot = Bot(people=ALL)
    confirm = await asked(bot)

    first = await bot.presses(DIRECTOR, confirm, "Потвърждаване")
    second = await bot.presses(DIRECTOR, confirm, "Потвърждаване")

    assert shown(first) == shown(second)
    assert len(bot.room.made) == 1
    assert len(bot.room.accounts.set_calls) == 1


@pytest.mark.parametrize("title", ["Напред", "Потвърждаване"])
async def test_a_card_left_standing_leads_nowhere(title):
    bot = Bot(people=ALL)
    card = await found(bot) if title == "Напред" else await asked(bot)
    bot.clock.move(minutes=16)

    reply = await bot.presses(DIRECTOR, card, title, recipient="student", identity="true")

    assert "вече не е валиден" in shown(reply)
    assert "Временна парола" in buttons(reply), "a way forward"
    assert nothing_happened(bot)


async def test_a_password_left_standing_is_not_shown_to_the_next_at_the_desk():
    bot = Bot(people=ALL)
    made = await ready(bot)
    bot.clock.move(minutes=16)

    reply = await bot.presses(DIRECTOR, made, "Показване на паролата")

    assert "вече не е валиден" in shown(reply)
    assert only(bot).stage is Stage.READY
    again = await found(bot)
    state = await bot.presses(DIRECTOR, again, "Към създадената парола")
    assert "Чете се" in shown(await bot.presses(DIRECTOR, state, "Показване на паролата"))


async def test_the_third_within_a_day_says_when_it_opens_again():
    bot = Bot(people=ALL)
    await ready(bot)
    bot.clock.move(hours=1)
    await ready(bot)

    reply = await ready(bot)

    assert "24.11.2026 г., 12:00 ч." in shown(reply)
    assert "Обратно" in buttons(reply)
    assert len(bot.room.made) == 2
    bot.clock.move(hours=23)
    assert "е създадена" in shown(await ready(bot))


async def test_while_one_is_being_made_there_is_no_second_but_a_way_to_the_first():
    bot = Bot(people=ALL)
    bot.room.worker_is_there = False
    waiting = await ready(bot)
    assert "се създава" in shown(waiting)

    second = await ready(bot)
    assert "вече се създава" in shown(second)
    card = await bot.presses(DIRECTOR, second, "Обратно")
    await bot.work()
    state = await bot.presses(DIRECTOR, card, "Към паролата, която се създава")

    assert "Показване на паролата" in buttons(state)
    assert len(bot.room.made) == 1


# Language, form, anything at all.


async def test_in_english_nothing_of_the_bots_own_is_bulgarian():
    bot = Bot(people=ALL)
    await bot.says(DIRECTOR, "english")
    start = await bot.says(DIRECTOR, "password")
    card = await bot.presses(DIRECTOR, start, "Search", typed=YOUNG)
    confirm = await bot.presses(DIRECTOR, card, "Continue", recipient="student", identity="true")
    made = await bot.presses(DIRECTOR, confirm, "Confirm")
    seen = await bot.presses(DIRECTOR, made, "Show the password")
    check = await bot.presses(DIRECTOR, seen, "Check whether it works")
    hidden = await bot.presses(DIRECTOR, seen, "Hide the password")
    receipt = await bot.presses(DIRECTOR, seen, "Mark as handed over")

    theirs = [LIPA.name, CHILD, "Директор Едно", "5 б"]
    for reply in (start, card, confirm, made, seen, check, hidden, receipt):
        words = shown(reply)
        for own in theirs:
            words = words.replace(own, "")
        assert not re.search("[а-яА-Я]", words), words
    reading = shown(seen).partition("Read")[2]
    assert re.search(r"[A-Z][a-z](-[a-z]{2}){3}, [a-z]+ [a-z]+ [a-z]+ [a-z]+", reading)


async def test_no_sentence_ends_twice():
    bot = Bot(people=ALL)
    seen = await revealed(bot)
    for title in ("Проверка дали действа", "Скриване на паролата", "Отпечатване на бележка"):
        await bot.presses(DIRECTOR, seen, title)
    bot.clock.move(minutes=5)
    await bot.presses(DIRECTOR, seen, "Скриване на паролата")
    await bot.presses(DIRECTOR, await asked(bot), "Потвърждаване")
    await bot.presses(DIRECTOR, await asked(bot), "Потвърждаване")

    for reply in bot.heard:
        assert ".." not in shown(reply)
        assert not any(first == second == "." for first, second in pairwise(shown(reply)))


@pytest.mark.parametrize("value", [None, 7, [], {}, "x" * 100_000, "\ud800", "\0", "true,false", "2015-02-30"])
@pytest.mark.parametrize("name", ["recipient", "birth", "sen", "identity", "compromised"])
async def test_inputs_of_any_shape_never_break_anything(name, value):
    bot = Bot(people=ALL)
    button = button_of(await found(bot, LNCH_OWN, "lnch"), "Напред")
    data = button["data"] | {"recipient": "parent", "identity": "true", "birth": "2015-02-03", name: value}

    reply = await bot.responder(bot.turn(DIRECTOR, Pressed(button["verb"], data)))

    assert reply is not None
    assert "REF12345" not in shown(reply)
    assert nothing_happened(bot)


async def test_no_choice_can_be_slipped_in_behind_the_confirmation():
    bot = Bot(people=ALL)
    button = button_of(await asked(bot, FIFTEEN, recipient="student"), "Потвърждаване")
    data = button["data"] | {"recipient": "parent", "sen": "true", "person": "person-2"}

    await bot.responder(bot.turn(DIRECTOR, Pressed(button["verb"], data)))

    assert only(bot).asked.recipient is Recipient.STUDENT
    assert only(bot).asked.person == "person-30"


async def test_every_step_leaves_its_line_in_the_audit_and_none_holds_a_password_or_a_number():
    bot = Bot(people=ALL)
    seen = await revealed(bot)
    await bot.presses(DIRECTOR, seen, "Отбелязване като предадена")
    bot.clock.move(minutes=40)
    await bot.work()

    actions = [entry.action for entry in bot.ledger.audit.entries]
    assert [actions.count(name) for name in ("password.requested", "password.set", "password.shown")] == [1, 1, 1]
    assert actions.count("password.handed") == 1
    written = str(bot.ledger.audit.entries)
    assert not [password for password in bot.room.passwords if password in written]
    assert YOUNG not in written
    assert EGN_OWN not in written


async def test_nothing_is_forgotten_between_the_lease_and_its_end():
    """The key is destroyed although nobody presses anything any more."""
    bot = Bot(people=ALL)
    await revealed(bot)
    assert bot.room.operations.secrets
    bot.clock.now += timedelta(seconds=bot.room.timing.lease_seconds)
    await bot.work()

    assert not bot.room.operations.secrets
    assert only(bot).stage is Stage.CLOSED
