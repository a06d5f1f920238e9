"""Asking for the account of a student who moves, and deciding about it: every step, in Bulgarian, by the wrong people too."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import Reply
from bot.core.actors.model import Actor, Role
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.people.model import AccountState, Kind, School
from bot.core.transfers.model import CARRY_OUT, Basis, State
from bot.core.transfers.request import Sent, TransferWish
from tests.conversations.bot import (
    DIRECTOR,
    EGN_MOVED,
    EGN_NOBODY,
    EGN_OWN,
    LIPA,
    OTHER_DIRECTOR,
    PEOPLE,
    RUO,
    STRANGER,
    TEACHER,
    TENANT,
    UTRO,
    Bot,
    buttons,
    nodes,
    person,
    prefilled,
    row_of,
    shown,
)
from tests.conversations.test_transfer_messages import NAME, asked, only, sent_to

APPROVE = "Одобряване"
MORE = tuple(
    person(200 + number, f"Друга {letter} Пробна", egn, UTRO)
    for number, (letter, egn) in enumerate(
        {"Първа": "4349043741", "Втора": "4549070385", "Трета": "4642144284"}.items()
    )
)
THIRD = School("school-3", "2990003", "ОУ „Трети звън“", "Варна", "Варна")
CROWD = (*(one for one in PEOPLE if one.identifier not in {more.identifier for more in MORE}), *MORE)


@pytest.fixture
def bot():
    return Bot()


async def card_of_decider(bot: Bot) -> Reply:
    """The other director's card of the request that the first one has made."""
    await asked(bot)
    await bot.moves.work()
    return sent_to(bot, OTHER_DIRECTOR)[0]


async def find(bot: Bot, typed: str, **inputs: str) -> Reply:
    return await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", typed=typed, **inputs)


# Asking


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (EGN_OWN, "Ученикът вече е във Вашето училище"),
        (EGN_NOBODY, "профилът му се създава от МОН"),
        ("4146054047", "Невалиден ЕГН"),
        ("", "Моля, въведете"),
        ("4742080922", "Не е намерен ученик"),
    ],
)
async def test_a_student_for_whom_nothing_can_be_asked_is_refused_with_what_to_do(bot, typed, said):
    reply = await find(bot, typed)

    assert said in shown(reply)
    assert not bot.moves.transfers.rows


async def test_a_name_alone_is_not_enough(bot):
    form = await bot.says(DIRECTOR, "ново искане")

    assert list(prefilled(form)) == ["kind", "typed"]
    reply = await bot.presses(DIRECTOR, form, "Търсене", kind="egn", typed=NAME)
    assert NAME not in shown(reply)
    assert not bot.moves.transfers.rows


async def test_one_without_a_school_is_sent_to_the_ministry():
    lost = replace(PEOPLE[1], schools=())
    bot = Bot(people=(*PEOPLE[:1], lost, *PEOPLE[2:]))

    assert "няма кого да попитаме" in shown(await find(bot, EGN_MOVED))


async def test_the_classes_of_the_students_grade_are_offered_first():
    first_grade = [replace(one, teams=("Музика - 1 а - ООП",), grade="1") for one in PEOPLE if one.id == "person-7"]
    bot = Bot(people=(*(one for one in PEOPLE if one.id != "person-7"), *first_grade))
    form = await find(bot, EGN_MOVED)
    (choices,) = (part["choices"] for part in nodes(form.card) if part.get("id") == "to_class")
    assert [choice["value"] for choice in choices] == ["5 б", "1 а"]


async def test_what_the_form_lacks_is_said_and_nothing_typed_is_lost(bot):
    form = await find(bot, EGN_MOVED)
    assert NAME in shown(form)
    assert EGN_MOVED not in shown(form)
    no_class = await bot.presses(
        DIRECTOR, form, "Изпращане на искането", basis="application", note="Моля, бързо.", to_class=""
    )
    assert "Моля, изберете паралелката" in shown(no_class)
    assert prefilled(no_class)["note"] == "Моля, бързо."
    in_the_future = await bot.presses(
        DIRECTOR, no_class, "Изпращане на искането", to_class="5 б", certificate_date="2027-01-01", certificate="12"
    )
    assert "не може да бъде в бъдещето" in shown(in_the_future)
    assert prefilled(in_the_future)["certificate"] == "12"
    assert not bot.moves.transfers.rows

    await bot.presses(DIRECTOR, in_the_future, "Изпращане на искането", certificate_date="2026-11-20")
    assert (only(bot).asked.certificate, only(bot).asked.note) == ("12", "Моля, бързо.")


async def test_an_identifier_in_the_note_is_not_kept(bot):
    form = await find(bot, EGN_MOVED)
    note = f"ЕГН {EGN_MOVED}, моля"
    await bot.presses(DIRECTOR, form, "Изпращане на искането", basis="application", to_class="5 б", note=note)

    assert EGN_MOVED not in only(bot).asked.note
    assert "моля" in only(bot).asked.note


async def test_the_same_press_twice_is_one_request_and_another_one_is_told_its_number(bot):
    form = await find(bot, EGN_MOVED)
    for _ in range(2):
        reply = await bot.presses(DIRECTOR, form, "Изпращане на искането", basis="application", to_class="5 б")
        assert "Искане № 1 е изпратено" in shown(reply)

    assert "№ 1" in shown(await find(bot, EGN_MOVED))
    assert len(bot.moves.transfers.rows) == 1


async def test_what_is_typed_on_a_form_that_was_sent_is_not_said_to_be_sent(bot):
    form = await find(bot, EGN_MOVED)
    filled = {"basis": "application", "to_class": "5 б"}
    await bot.presses(DIRECTOR, form, "Изпращане на искането", **filled, note="Моля, бързо.")
    other = await bot.presses(DIRECTOR, form, "Изпращане на искането", **filled, note="Родителите са съгласни.")
    assert "е изпратено" not in shown(other)
    assert "вече има активно искане за този ученик – № 1" in shown(other)
    assert only(bot).asked.note == "Моля, бързо."


@pytest.mark.parametrize(("who", "title"), [(DIRECTOR, "Оттегляне на искането"), (OTHER_DIRECTOR, APPROVE)])
async def test_a_form_whose_request_has_ended_since_is_not_said_to_be_sent(bot, who, title):
    form = await find(bot, EGN_MOVED)
    filled = {"basis": "application", "to_class": "5 б"}
    await bot.presses(DIRECTOR, form, "Изпращане на искането", **filled)
    await bot.moves.work()
    card = sent_to(bot, who)[0]
    for _ in range(2):
        card = await bot.presses(who, card, title)
    assert not only(bot).open

    again = await bot.presses(DIRECTOR, form, "Изпращане на искането", **filled)
    assert "Сега нищо не беше изпратено" in shown(again)
    assert "искане № 1" in shown(again)
    assert buttons(again)[:2] == ["Към искането", "Друг ученик"]


async def test_when_microsoft_does_not_answer_the_form_can_be_sent_again(bot):
    form = await find(bot, EGN_MOVED)
    bot.moves.roster.fail_reads_with = DirectoryUnavailable("503")
    refused = await bot.presses(DIRECTOR, form, "Изпращане на искането", basis="application", to_class="5 б")
    assert refused.refused
    assert not bot.moves.transfers.rows
    bot.moves.roster.fail_reads_with = None
    await bot.presses(DIRECTOR, form, "Изпращане на искането", basis="application", to_class="5 б")
    assert only(bot).state is State.REQUESTED


@pytest.mark.parametrize("who", [TEACHER, STRANGER, RUO])
async def test_who_is_no_director_asks_for_nothing(bot, who):
    reply = await bot.says(who, "ново искане")

    assert "Търсене" not in buttons(reply)


async def test_a_lookup_leads_to_a_request(bot):
    found = await bot.looks_up(typed=EGN_MOVED, purpose="moved")
    form = await bot.presses(DIRECTOR, found, "Искане за профила")

    assert NAME in shown(form)
    assert "Изпращане на искането" in buttons(form)


async def test_who_directs_both_schools_has_asked_the_office_and_not_the_other_school(bot):
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], schools=(LIPA, UTRO))
    await bot.says(RUO, "помощ")

    answer = await asked(bot)
    await bot.moves.work()

    assert "Искане № 1 е изпратено направо до РУО: по него решава само РУО." in shown(answer)
    assert f"изпратено до {UTRO.name}" not in shown(answer)
    assert only(bot).state is State.ESCALATED
    assert sent_to(bot, OTHER_DIRECTOR) == []
    assert [APPROVE in buttons(one) for one in sent_to(bot, RUO)] == [True]


# Deciding


async def test_approval_asks_once_and_a_second_press_is_told_who_and_when(bot):
    card = await card_of_decider(bot)
    sure = await bot.presses(OTHER_DIRECTOR, card, APPROVE)
    assert only(bot).state is State.REQUESTED
    assert NAME in shown(sure)
    assert "СУ „Сребърна липа“" in shown(sure)
    first = await bot.presses(OTHER_DIRECTOR, sure, APPROVE)
    assert "Одобрихте искането" in shown(first)
    for again in (sure, card):
        late = await bot.presses(OTHER_DIRECTOR, again, APPROVE)
        assert "на 23.11.2026 г., 12:00 ч." in shown(late)
        assert APPROVE not in buttons(late)

    assert [one.action for one in bot.ledger.audit.entries].count("transfer.decided") == 1
    assert len(bot.moves.queue.of(CARRY_OUT)) == 1


@pytest.mark.parametrize("over", [True, False])
async def test_in_summer_the_classroom_is_not_said_to_be_gone(bot, over):
    """Its teams are there, and nobody is to join them any more; there is nothing to check in НЕИСПУО."""
    sure = await bot.presses(OTHER_DIRECTOR, await card_of_decider(bot), APPROVE)
    await bot.presses(OTHER_DIRECTOR, sure, APPROVE)
    roster = bot.moves.roster
    chosen = [team.id for owner, team in roster.teams.values() if owner == "school-1" and " 5 б " in team.name]
    assert chosen
    roster.ended |= set(chosen)
    if not over:
        roster.teams = {key: one for key, one in roster.teams.items() if key not in chosen}
    await bot.moves.work()
    await bot.moves.wait(minutes=30)

    assert only(bot).state is State.DONE
    for who in (DIRECTOR, OTHER_DIRECTOR):
        ended = await bot.presses(who, await bot.says(who, "искания"), "Приключени: 1")
        said = shown(await bot.presses(who, ended, row_of(ended)))
        assert ("Учебната година на избраната паралелка е приключила" in said) is over
        assert ("вече няма екипи в Teams" in said) is not over


async def test_whoever_decides_after_a_withdrawal_decides_nothing(bot):
    card = await card_of_decider(bot)
    sure = await bot.presses(OTHER_DIRECTOR, card, APPROVE)
    own = await bot.presses(DIRECTOR, sent_to(bot, DIRECTOR)[0], "Оттегляне на искането")
    await bot.presses(DIRECTOR, own, "Оттегляне на искането")
    late = await bot.presses(OTHER_DIRECTOR, sure, APPROVE)

    assert "Искането вече е оттеглено – Директор Едно, на 23.11.2026 г., 12:00 ч. Нищо не е променено." in shown(late)
    assert "вече е решено" not in shown(late)
    assert only(bot).state is State.WITHDRAWN
    await bot.moves.work()
    assert not bot.moves.roster.writes


async def test_what_has_changed_meanwhile_is_shown_before_it_is_decided(bot):
    card = await card_of_decider(bot)
    sure = await bot.presses(OTHER_DIRECTOR, card, APPROVE)
    await bot.moves.wait(minutes=5)
    bot.moves.transfers.rows = {
        key: replace(row, version=row.version + 1) for key, row in bot.moves.transfers.rows.items()
    }
    moved_on = await bot.presses(OTHER_DIRECTOR, sure, APPROVE)

    assert "нищо не е направено" in shown(moved_on)
    assert only(bot).state is State.REQUESTED
    assert APPROVE in buttons(moved_on)


@pytest.mark.parametrize("who", [DIRECTOR, TEACHER, STRANGER, RUO])
async def test_a_card_works_for_nobody_but_its_holder(bot, who):
    card = await card_of_decider(bot)
    for title in (APPROVE, "Отхвърляне"):
        reply = await bot.presses(who, card, title)
        assert NAME not in shown(reply)
    assert only(bot).state is State.REQUESTED


async def test_who_asked_can_only_withdraw(bot):
    await card_of_decider(bot)

    assert buttons(sent_to(bot, DIRECTOR)[0]) == ["Оттегляне на искането", "Искания"]


@pytest.mark.parametrize("words", ["", "   ", "12345", "…"])
async def test_who_chooses_another_ground_is_told_in_which_field_to_describe_it(bot, words):
    form = await bot.presses(
        DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=EGN_MOVED
    )
    filled = {"to_class": "5 б", "basis": "other", "basis_text": words}

    reply = await bot.presses(DIRECTOR, form, "Изпращане на искането", **filled)

    said = "Избрали сте „Друго“. Моля, опишете основанието с няколко думи в „Пояснение“."
    assert said in shown(reply)
    assert "посочете причина" not in shown(reply)
    assert shown(reply).index("Основание") < shown(reply).index(said) < shown(reply).index("Пояснение (само")
    assert not bot.moves.transfers.rows


@pytest.mark.parametrize("words", ["", "   ", "12345", "4251020743", "…"])
async def test_a_refusal_needs_words(bot, words):
    why = await bot.presses(OTHER_DIRECTOR, await card_of_decider(bot), "Отхвърляне")
    reply = await bot.presses(OTHER_DIRECTOR, why, "Отхвърляне", reason=words)

    assert "Моля, посочете причина с думи" in shown(reply)
    assert only(bot).state is State.REQUESTED


async def test_not_ours_with_where_is_shown_to_who_asked(bot):
    why = await bot.presses(OTHER_DIRECTOR, await card_of_decider(bot), "Не е при нас")
    await bot.presses(OTHER_DIRECTOR, why, "Не е при нас", reason="Отписан през юни", where="В чужбина")
    await bot.moves.work()

    assert only(bot).state is State.NOT_OURS
    told = "\n".join(shown(one) for one in sent_to(bot, DIRECTOR))
    assert "Отписан през юни" in told
    listed = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "искания"), "Приключени: 1")
    one = await bot.presses(DIRECTOR, listed, row_of(listed))
    assert "В чужбина" in shown(one)


async def test_microsoft_down_at_the_press_of_approval_decides_nothing_and_it_can_be_pressed_again(bot):
    sure = await bot.presses(OTHER_DIRECTOR, await card_of_decider(bot), APPROVE)
    bot.moves.roster.fail_reads_with = DirectoryUnavailable("503")
    reply = await bot.presses(OTHER_DIRECTOR, sure, APPROVE)
    assert "Одобрихте" not in shown(reply)
    assert only(bot).state is State.REQUESTED
    bot.moves.roster.fail_reads_with = None
    assert "Одобрихте искането" in shown(await bot.presses(OTHER_DIRECTOR, sure, APPROVE))


async def test_a_student_who_has_left_meanwhile_closes_the_request_at_the_press(bot):
    sure = await bot.presses(OTHER_DIRECTOR, await card_of_decider(bot), APPROVE)
    bot.moves.roster.move("person-2", "school-1")
    reply = await bot.presses(OTHER_DIRECTOR, sure, APPROVE)

    assert "Закрито – ученикът е преместен" in shown(reply)
    assert only(bot).state is State.STALE


async def test_a_card_whose_time_is_over_shows_the_request_as_it_is_now(bot):
    sure = await bot.presses(OTHER_DIRECTOR, await card_of_decider(bot), APPROVE)
    bot.clock.move(minutes=11)
    reply = await bot.presses(OTHER_DIRECTOR, sure, APPROVE)

    assert only(bot).state is State.REQUESTED
    assert NAME in shown(reply)
    assert APPROVE in buttons(reply)


async def done(bot: Bot) -> Reply:
    """The other director has approved, the student has moved: the card that says so to who asked."""
    sure = await bot.presses(OTHER_DIRECTOR, await card_of_decider(bot), APPROVE)
    await bot.presses(OTHER_DIRECTOR, sure, APPROVE)
    await bot.moves.work()
    accounts_follow(bot)
    assert only(bot).state is State.DONE
    return sent_to(bot, DIRECTOR)[-1]


def accounts_follow(bot: Bot) -> None:
    """Who sets a password finds the student where the moves have brought them: it is one directory."""
    facts = bot.room.accounts.accounts["person-2"]
    bot.room.accounts.put(replace(facts, person=bot.moves.roster.people["person-2"]))


async def test_after_it_is_done_who_asked_gives_a_password(bot):
    bot.moves.roster.people["person-2"] = replace(bot.moves.roster.people["person-2"], state=AccountState.DISABLED)
    card = await done(bot)
    assert bot.moves.roster.now_in("person-2") == ("school-1",)
    assert bot.moves.roster.people["person-2"].state is AccountState.ACTIVE
    assert "Профилът е предоставен" in shown(card)

    form = await bot.presses(DIRECTOR, card, "Временна парола")
    sure = await bot.presses(DIRECTOR, form, "Напред", recipient="student", identity="true")
    await bot.presses(DIRECTOR, sure, "Потвърждаване")

    assert [person for person, _ in bot.room.accounts.set_calls] == ["person-2"]
    entries = [(one.actor, one.action, one.subject, one.outcome) for one in bot.ledger.audit.entries[-2:]]
    assert entries == [
        ("director", "password.requested", "person-2", "allowed"),
        ("director", "password.set", "person-2", "done"),
    ]


async def test_of_a_student_who_has_moved_on_from_there_who_asked_gives_none(bot):
    """The release ended when the student arrived: no press of before helps."""
    card = await done(bot)
    form = await bot.presses(DIRECTOR, card, "Временна парола")
    sure = await bot.presses(DIRECTOR, form, "Напред", recipient="student", identity="true")
    bot.moves.roster.schools["school-3"] = THIRD
    bot.moves.roster.move("person-2", "school-3")
    accounts_follow(bot)
    before = len(bot.ledger.audit.entries)

    assert "не е записан във Вашето училище" in shown(await bot.presses(DIRECTOR, card, "Временна парола"))
    assert "не е записан във Вашето училище" in shown(await bot.presses(DIRECTOR, sure, "Потвърждаване"))

    assert bot.room.accounts.set_calls == []
    (entry,) = bot.ledger.audit.entries[before:]
    assert (entry.actor, entry.action, entry.subject, entry.outcome) == (
        "director",
        "password.requested",
        "person-2",
        "denied",
    )
    assert (entry.detail["reason"], entry.detail["recipient"]) == ("not-ours", "student")


# Lists


@pytest.fixture
async def crowd():
    """Three students of the other school are asked for."""
    bot = Bot(people=CROWD)
    for one in MORE:
        form = await bot.presses(
            DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=one.identifier
        )
        await bot.presses(DIRECTOR, form, "Изпращане на искането", basis="application", to_class="5 б")
    await bot.moves.work()
    return bot


async def test_lists_have_counts_and_each_side_its_own(crowd):
    theirs = await crowd.says(OTHER_DIRECTOR, "искания")
    ours = await crowd.says(DIRECTOR, "искания")

    assert "Получени: 3" in shown(theirs)
    assert "Изпратени: 0" in buttons(theirs)
    assert "Изпратени: 3" in shown(ours)
    assert "Одобряване на отбелязаните" in buttons(theirs)
    assert "Одобряване на отбелязаните" not in buttons(ours)
    for who in (TEACHER, STRANGER):
        assert "Друга" not in shown(await crowd.says(who, "искания"))


async def test_several_are_approved_at_once_each_with_the_check_of_its_own(crowd):
    ids = list(crowd.moves.transfers.rows)
    crowd.moves.roster.move("person-201", "school-1")  # gone meanwhile
    listed = await crowd.says(OTHER_DIRECTOR, "искания")
    sure = await crowd.presses(OTHER_DIRECTOR, listed, "Одобряване на отбелязаните", ticked=",".join(ids))
    assert "Ще бъдат одобрени: 2" in shown(sure)
    assert "Няма да бъдат одобрени: 1" in shown(sure)
    own = await crowd.presses(DIRECTOR, sent_to(crowd, DIRECTOR)[2], "Оттегляне на искането")
    await crowd.presses(DIRECTOR, own, "Оттегляне на искането")
    done = await crowd.presses(OTHER_DIRECTOR, sure, APPROVE)

    assert "Одобрени: 1" in shown(done)
    states = [crowd.moves.transfers.rows[one].state for one in ids]
    assert sorted(states) == sorted([State.APPROVED, State.STALE, State.WITHDRAWN])


async def test_nothing_chosen_is_asked_for_again_on_the_same_list(crowd):
    listed = await crowd.says(OTHER_DIRECTOR, "искания")
    nothing = await crowd.presses(OTHER_DIRECTOR, listed, "Одобряване на отбелязаните", ticked="")
    assert "отбележете поне едно" in shown(nothing)


async def test_pages_of_a_long_list():
    many = tuple(person(300 + n, f"Ученик {letter} Пробен", f"88{n}", UTRO) for n, letter in enumerate("абвгдежзийк"))
    bot = Bot(people=(*PEOPLE, *many))
    for number, one in enumerate(many):
        wish = TransferWish(f"w{number}", one.id, LIPA.id, "chat", "", "5 б", Basis.APPLICATION)
        assert isinstance(await bot.moves.request(Actor(DIRECTOR, TENANT, Role.DIRECTOR, LIPA), wish), Sent)
    first = await bot.says(OTHER_DIRECTOR, "искания")
    second = await bot.presses(OTHER_DIRECTOR, first, "Следващи")

    assert "Страница 1 от 2" in shown(first)
    assert "Страница 2 от 2" in shown(second)
    on_first, on_second = ({one.name for one in many if one.name in shown(page)} for page in (first, second))
    assert (len(on_first), len(on_second)) == (6, 5)
    assert on_first | on_second == {one.name for one in many}


# Authorised persons


@pytest.fixture
def with_colleague():
    """The other school has a teacher, who opens the bot too."""
    colleague = person(9, "Вера Пробна Колежка", "4450029316", UTRO, kind=Kind.TEACHER)
    bot = Bot(people=(*PEOPLE, colleague))
    facts = bot.roles.facts[TEACHER]
    bot.roles.facts["person-9"] = replace(facts, object_id="person-9", schools=(UTRO,), username=colleague.username)
    return bot


async def sought(bot: Bot, typed: str) -> Reply:
    """The answer to the director of the other school, who looks for a colleague to be authorised."""
    deputies = await bot.presses(OTHER_DIRECTOR, await bot.says(OTHER_DIRECTOR, "искания"), "Упълномощени лица")
    form = await bot.presses(OTHER_DIRECTOR, deputies, "Упълномощаване на колега")
    return await bot.presses(OTHER_DIRECTOR, form, "Търсене", typed=typed)


async def authorised(bot: Bot, until: str = "2027-06-30", order: str = "РД-12", typed: str = "Вера Пробна") -> Reply:
    form = await sought(bot, "Вера Пробна")
    return await bot.presses(
        OTHER_DIRECTOR, form, "Упълномощаване", order=order, order_date="2026-11-02", until=until
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "въведете име или потребителско име"),
        ("В", "поне две букви от името"),
        ("вера@", "Това не прилича на потребителско име"),
        ("Няма Такава", "не е намерен учител с такова име"),
        ("ia00000001@edu.mon.bg", "не е намерен учител с такова име"),
    ],
)
async def test_a_colleague_who_is_not_found_is_looked_for_again_on_the_same_form(with_colleague, typed, said):
    reply = await sought(with_colleague, typed)

    assert said in shown(reply)
    assert prefilled(reply)["typed"] == typed
    assert "Търсене" in buttons(reply)


@pytest.mark.parametrize(
    "typed",
    [
        "В. Колегова", "Вера П. Колегова", "Колегова, В.", "В.П.Колегова", "инж. Вера Колегова", "д-р В. П. Колегова",
        "г-жа Колегова", "v.kolegova", "V.Kolegova@edu.mon.bg",
    ],
)  # fmt: skip
async def test_a_name_with_a_dot_is_a_name(typed):
    """As in the form of passwords."""
    colleague = replace(
        person(50, "Вера Пробна Колегова", "771", UTRO, kind=Kind.TEACHER), username="v.kolegova@edu.mon.bg"
    )
    bot = Bot(people=(*PEOPLE, colleague))

    form = await sought(bot, typed)

    assert "Вера Пробна Колегова" in shown(form)
    assert "Упълномощаване" in buttons(form)


async def test_what_was_typed_stays_when_the_directory_does_not_answer(with_colleague):
    with_colleague.directory.fail_with = DirectoryUnavailable()
    reply = await sought(with_colleague, "Вера Пробна")

    assert "Услугата на Microsoft временно не е достъпна" in shown(reply)
    assert prefilled(reply)["typed"] == "Вера Пробна"


async def test_of_several_colleagues_one_is_chosen_by_username():
    colleagues = [person(9 + n, "Вера Пробна Колежка", f"77{n}", UTRO, kind=Kind.TEACHER) for n in range(2)]
    bot = Bot(people=(*PEOPLE, *colleagues))
    which = await sought(bot, "Вера Пробна")
    row = f"Вера Пробна Колежка · учител · {colleagues[1].username}"
    form = await bot.presses(OTHER_DIRECTOR, which, row, choice="person-2")

    assert all(one.username in shown(which) for one in colleagues)
    assert colleagues[1].username in shown(form)
    assert "Упълномощаване" in buttons(form)


async def test_an_authorised_colleague_decides_and_looks_nobody_up(with_colleague):
    bot = with_colleague
    assert "Вера Пробна Колежка е упълномощен(а) до 30.06.2027" in shown(await authorised(bot))
    await asked(bot)
    bot.moves.deciders.for_school["school-2"] = ("person-9",)
    await bot.moves.work()
    card = sent_to(bot, "person-9")[0]
    sure = await bot.presses("person-9", card, APPROVE)
    assert "Одобрихте искането" in shown(await bot.presses("person-9", sure, APPROVE))
    assert only(bot).verdict.by == "person-9"

    assert "Търсене" not in buttons(await bot.says("person-9", "справка"))
    assert "Търсене" not in buttons(await bot.says("person-9", "ново искане"))


@pytest.mark.parametrize("order", ["РД-10-1345/2026", "№ РД-15-1234/2025", "15-1234/2026", "РД 01-0123/2026"])
async def test_the_number_of_the_order_is_kept_as_it_was_typed(with_colleague, order):
    listed = await authorised(with_colleague, order=order)

    assert f"Заповед {order} / 02.11.2026" in shown(listed)
    assert with_colleague.deputies.rows[-1].order == order
    (given,) = with_colleague.ledger.audit.of("deputy.authorised")
    assert given.detail["order"] == order


async def test_a_number_of_the_order_that_would_not_be_kept_is_asked_for_again(with_colleague):
    """Otherwise nobody could say afterwards by which order."""
    bot = with_colleague

    again = await authorised(bot, order="РД-4742080922")
    assert "Така номерът на заповедта няма да остане видим" in shown(again)
    assert prefilled(again)["order"] == "РД-••••••"
    assert "Така номерът" in shown(await bot.presses(OTHER_DIRECTOR, again, "Упълномощаване"))
    assert not bot.deputies.rows

    listed = await bot.presses(OTHER_DIRECTOR, again, "Упълномощаване", order="РД-12-345/2026")
    assert "Заповед РД-12-345/2026" in shown(listed)


async def test_an_authorisation_that_has_ended_decides_nothing(with_colleague):
    bot = with_colleague
    listed = await authorised(bot)
    await asked(bot)
    bot.moves.deciders.for_school["school-2"] = ("person-9",)
    await bot.moves.work()
    card = sent_to(bot, "person-9")[0]
    sure = await bot.presses("person-9", card, APPROVE)
    ending = await bot.presses(OTHER_DIRECTOR, listed, "Прекратяване: Вера Колежка")
    assert "Вера Пробна Колежка повече няма да може да решава" in shown(ending)
    assert ending.people is not None
    ended = await bot.presses(OTHER_DIRECTOR, ending, "Потвърждаване")
    assert "Упълномощаването е прекратено" in shown(ended)
    for pressed in (sure, card):
        assert NAME not in shown(await bot.presses("person-9", pressed, APPROVE))
    assert only(bot).state is State.REQUESTED
    again = await bot.presses(OTHER_DIRECTOR, listed, "Прекратяване: Вера Колежка")
    assert "Упълномощаването вече беше прекратено" in shown(again)
    assert "Потвърждаване" not in buttons(again)


async def test_who_authorised_whom_and_who_ended_it_stand_in_the_audit_log_once_each(with_colleague):
    bot = with_colleague
    listed = await authorised(bot)
    bot.clock.move(minutes=5)
    ending = await bot.presses(OTHER_DIRECTOR, listed, "Прекратяване: Вера Колежка")
    for _ in range(2):
        await bot.presses(OTHER_DIRECTOR, ending, "Потвърждаване")

    (given,), (ended,) = (bot.ledger.audit.of(f"deputy.{act}") for act in ("authorised", "ended"))
    assert (given.actor, given.subject, given.outcome) == (OTHER_DIRECTOR, "person-9", "authorised")
    assert given.detail == {"school": UTRO.id, "order": "РД-12", "until": "2027-07-01T00:00:00+03:00"}
    assert (ended.actor, ended.subject, ended.outcome) == (OTHER_DIRECTOR, "person-9", "ended")
    assert ended.detail == {"school": UTRO.id}
    assert ended.at - given.at == timedelta(minutes=5)
    assert not bot.ledger.audit.of("deputy.denied")


async def test_an_authority_that_cannot_be_recorded_is_neither_given_nor_ended(with_colleague):
    bot = with_colleague
    form = await sought(bot, "Вера Пробна")
    filled = {"order": "РД-12", "order_date": "2026-11-02", "until": "2027-06-30"}
    bot.ledger.audit.fail_with = StoreUnavailable("disk full")
    assert (await bot.presses(OTHER_DIRECTOR, form, "Упълномощаване", **filled)).refused
    bot.ledger.audit.fail_with = None
    assert (await bot.recognise("person-9", TENANT)).deputy_of is None
    assert not bot.deputies.rows

    listed = await bot.presses(OTHER_DIRECTOR, form, "Упълномощаване", **filled)
    ending = await bot.presses(OTHER_DIRECTOR, listed, "Прекратяване: Вера Колежка")
    bot.ledger.audit.fail_with = StoreUnavailable("disk full")
    assert (await bot.presses(OTHER_DIRECTOR, ending, "Потвърждаване")).refused
    bot.ledger.audit.fail_with = None
    assert (await bot.recognise("person-9", TENANT)).deputy_of == UTRO


@pytest.mark.parametrize(
    ("name", "on_button"),
    [
        ("Вера Пробна Колежка", "Вера Колежка"),
        ("Вера Колежка", "Вера Колежка"),
        ("Людмила Пробна Александрова", "Л. Александрова"),
        ("Александър-Константин Образцов-Примерски", "А. Образцов-Пр…"),
        ("Вера", "Вера"),
    ],
)
async def test_a_button_names_whose_authority_it_ends_on_one_line_of_a_phone(bot, name, on_button):
    bot.appoint()
    bot.deputies.rows[-1] = replace(bot.deputies.rows[-1], name=name)

    listed = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "искания"), "Упълномощени лица")

    assert f"Прекратяване: {on_button}" in buttons(listed)
    assert f"{name} повече няма" in shown(await bot.presses(DIRECTOR, listed, f"Прекратяване: {on_button}"))


@pytest.mark.parametrize(
    ("until", "order", "said"),
    [("2026-11-22", "РД-12", "срокът не може да е минал"), ("2027-06-30", "", "въведете номера на заповедта")],
)
async def test_an_order_that_cannot_be_right_is_corrected_on_the_form(with_colleague, until, order, said):
    reply = await authorised(with_colleague, until=until, order=order)

    assert said in shown(reply)
    assert prefilled(reply)["order_date"] == "2026-11-02"


async def test_an_authorisation_ends_with_the_school_year(with_colleague):
    assert "31.08.2027" in shown(await authorised(with_colleague, until="2030-01-01"))
    with_colleague.clock.now += timedelta(days=300)
    listed = await with_colleague.says("person-9", "искания")
    assert "Получени" not in shown(listed)
