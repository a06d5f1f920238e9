"""A class teacher's own class: names and states alone, asking the directors for a password, and closing the hand-over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.accounts.ask import ASKED, OVER
from bot.core.accounts.policy import MOST_ASKS
from bot.core.accounts.ports import OwnClass
from bot.core.errors import DirectoryUnavailable
from bot.core.passwords.model import Stage
from bot.core.people.model import Kind
from bot.core.tasks import Task
from tests.conversations.bot import (
    DEPUTY,
    DIRECTOR,
    LIPA,
    OTHER_DIRECTOR,
    PEOPLE,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    UTRO,
    Bot,
    buttons,
    person,
    row_of,
    row_titles,
    shown,
)
from tests.conversations.own_class_room import CLASS, OwnClassRoom
from tests.conversations.passwords import password_in
from tests.conversations.test_class_conversation import begun

CHILD = "Мария Едина Еднаква"
NEIGHBOUR = "Мария Друга Еднаква"
"""Of another class of the same school."""


@pytest.fixture
def room():
    return OwnClassRoom()


async def pages(room, card):
    """The names on all pages of a class that begins with this card, as they stand there."""
    names = []
    while True:
        names += [title.partition(",")[0] for title in row_titles(card)]
        if "Следващи" not in buttons(card):
            return names
        card = await room.bot.presses(TEACHER, card, "Следващи")


async def test_the_own_class_is_names_and_states_page_by_page(room):
    card = await room.opened()
    names = await pages(room, card)
    own = [one.name for one in PEOPLE if one.attends(LIPA.id) and CLASS in " ".join(one.teams or ())]
    assert sorted(names) == sorted(own)
    assert NEIGHBOUR not in names
    assert all(title.endswith("не е предаден") for title in row_titles(card))
    assert "не е предаден: 16" in shown(await room.opened())


@pytest.mark.parametrize("who", [STUDENT, RUO, STRANGER, DIRECTOR])
async def test_whom_it_does_not_concern_is_told_so_and_shown_nobody(room, who):
    said = shown(await room.opened(who))
    assert not [one.name for one in PEOPLE if one.name in said]


async def test_who_is_no_class_teacher_reads_one_plain_line_that_says_whom_to_ask(room):
    for who in (DEPUTY, TEACHER):
        room.bot.accounts.class_teacher(TEACHER, LIPA)
        card = await room.opened(who)
        assert "класния ръководител" in shown(card)
        assert "обърнете се към директора" in shown(card)
        assert not row_titles(card)


async def test_a_teachers_menu_offers_it_beside_the_classrooms_and_asks_the_directory_only_when_pressed(room):
    room.bot.accounts.school.fail_with = DirectoryUnavailable()
    menu = await room.bot.says(TEACHER, "здравейте")
    assert buttons(menu)[:2] == ["Класни стаи в Teams", "Моята паралелка"]
    room.bot.accounts.school.fail_with = None
    assert row_titles(await room.bot.presses(TEACHER, menu, "Моята паралелка"))


async def test_of_several_own_classes_one_is_chosen():
    room = OwnClassRoom("5 б", "7 а")
    which = await room.opened()
    assert [title.partition(",")[0] for title in row_titles(which)] == ["5 б", "7 а"]
    card = await room.bot.presses(TEACHER, which, row_titles(which)[1])
    assert [title.partition(",")[0] for title in row_titles(card)] == [NEIGHBOUR]
    again = await room.bot.presses(TEACHER, card, "Друга паралелка")
    assert row_titles(again) == row_titles(which)


async def test_of_two_schools_classes_of_one_name_the_chosen_one_shows_its_own_schools_children_alone(room):
    bot = room.bot
    bot.roles.facts[TEACHER] = replace(bot.roles.facts[TEACHER], schools=(LIPA, UTRO))
    bot.accounts.school.own[TEACHER] = (OwnClass(LIPA, CLASS), OwnClass(UTRO, CLASS))
    which = await room.opened()
    assert [(LIPA.name in one, UTRO.name in one) for one in row_titles(which)] == [(True, False), (False, True)]

    for title, school, other in zip(row_titles(which), (LIPA, UTRO), (UTRO, LIPA), strict=True):
        card = await bot.presses(TEACHER, which, title)
        assert school.name in shown(card)
        assert other.name not in shown(card)
        pupils = [one for one in PEOPLE if one.attends(school.id) and one.kind is Kind.STUDENT]
        assert sorted(await pages(room, card)) == sorted(
            one.name for one in pupils if CLASS in " ".join(one.teams or ())
        )


async def test_of_an_empty_class_among_several_it_is_not_said_that_all_is_well():
    room = OwnClassRoom(CLASS, "12 я")
    several = await room.opened()
    assert "няма ученици" in row_of(several, "12 я")


async def test_a_class_with_nobody_and_one_where_all_is_well_say_so(room):
    room.bot.accounts.class_teacher(TEACHER, LIPA, "12 я")
    assert "още няма ученици" in shown(await room.opened())
    room.bot.accounts.class_teacher(TEACHER, LIPA, "7 а")
    now = room.bot.clock()
    room.bot.accounts.store.looked.clear()
    room.bot.accounts.school.read = lambda one: replace(one, changed=now, created=now - timedelta(days=9))
    card = await room.opened()
    assert "Не е необходимо действие" in shown(card)
    assert NEIGHBOUR not in shown(card)
    everybody = await room.bot.presses(TEACHER, card, "Цялата паралелка")
    assert row_titles(everybody) == [f"{NEIGHBOUR}, паролата е сменена"]
    assert "Не е необходимо действие" in shown(
        await room.bot.presses(TEACHER, everybody, "Само с предстоящо действие")
    )


async def test_a_password_asked_for_is_a_card_for_the_director_that_leads_to_this_student(room):
    sent = await room.asked(CHILD)
    assert "Искането е изпратено" in shown(sent)
    await room.work()
    (card,) = room.sent_to(DIRECTOR)
    assert CHILD in shown(card)
    assert "класен ръководител на 5 б" in shown(card)
    assert buttons(card) == ["Временна парола"]
    person_card = await room.bot.presses(DIRECTOR, card, "Временна парола")
    assert CHILD in shown(person_card)
    assert "На кого" in shown(person_card)
    assert not room.sent_to(OTHER_DIRECTOR)
    assert "парола е поискана" in shown(await room.opened())
    assert "Искане на парола" not in buttons(await room.pupil(CHILD))


async def test_the_card_closes_itself_when_the_password_is_there_and_the_teacher_is_told(room):
    await room.asked(CHILD)
    await room.work()
    card = room.sent_to(DIRECTOR)[0]
    form = await room.bot.presses(DIRECTOR, card, "Временна парола")
    sure = await room.bot.presses(DIRECTOR, form, "Напред", recipient="student", identity="true")
    assert "Поискана е парола" in shown(room.now_shows()), "nothing is set yet"
    done = await room.bot.presses(DIRECTOR, sure, "Потвърждаване")
    await room.work()
    now = room.now_shows()
    assert "Исканата парола е създадена" in shown(now)
    assert buttons(now) == []
    told = [one for one in room.sent_to(TEACHER) if CHILD in shown(one)]
    assert len(told) == 1, "once: class teachers are told of a single password anyway"
    revealed = await room.bot.presses(DIRECTOR, done, "Показване на паролата")
    password = password_in(room.bot, revealed)
    assert all(password not in str(one.card) for one in (*room.sent_to(TEACHER), *room.sent_to(DIRECTOR)))
    await room.wait(days=15)
    assert "Исканата парола е създадена" in shown(room.now_shows()), "it does not lapse as well"
    assert not [one for one in room.sent_to(TEACHER) if "изтече" in shown(one)]


async def test_pressed_twice_and_by_another_card_it_is_one_question(room):
    first, second = await room.pupil(CHILD), await room.pupil(CHILD)
    sent = await room.bot.presses(TEACHER, first, "Искане на парола")
    again = await room.bot.presses(TEACHER, first, "Искане на парола")
    other = await room.bot.presses(TEACHER, second, "Искане на парола")
    await room.work()
    assert len(room.sent_to(DIRECTOR)) == 1
    assert shown(again) == shown(sent), "the same press"
    assert "Паролата вече е поискана" in shown(other)


async def test_a_question_that_nobody_answers_lapses_in_every_chat(room):
    await room.asked(CHILD)
    await room.wait(days=14, minutes=1)
    now = room.now_shows()
    assert "изтече" in shown(now)
    assert buttons(now) == []
    (told,) = room.sent_to(TEACHER)
    assert "можете да поискате отново" in shown(told)


async def test_a_card_that_comes_after_the_end_closes_itself(room, monkeypatch):
    """The question ends while the directory is asked who the director is: what ends it finds no card."""
    await room.asked(CHILD)
    store, messages = room.bot.accounts.store, room.bot.moves.messages
    ((ask, _),) = [await store.one(one) for one in store.asked]
    tell, intend = room._handlers[ASKED], messages.intend
    ended: list[str] = []

    async def late(key, conversation):
        if not ended:
            ended.append(key)
            monkeypatch.setattr(store, "_open", lambda *_: False)
            await tell.carry_out(Task(99, ASKED, "x", {"ask": ask.id, "ended": OVER, "to": DIRECTOR}, 1))
            assert room.sent_to(DIRECTOR) == []
        return await intend(key, conversation)

    monkeypatch.setattr(messages, "intend", late)
    await room.work()

    assert CHILD in shown(room.sent_to(DIRECTOR)[0])
    assert "изтече" in shown(room.now_shows())
    assert buttons(room.now_shows()) == []


async def test_where_no_director_can_be_reached_the_teacher_is_told_so(room):
    room.bot.moves.without_app.add(DIRECTOR)
    await room.asked(CHILD)
    await room.wait(minutes=2)
    assert room.bot.moves.installer.asked[0] == DIRECTOR
    assert room.sent_to(TEACHER) == []
    await room.wait(minutes=6)
    (told,) = room.sent_to(TEACHER)
    assert "Директорът още не е уведомен" in shown(told)
    assert CHILD in shown(told)
    room.bot.moves.without_app.clear()
    await room.wait(minutes=11)
    assert len(room.sent_to(DIRECTOR)) == 1
    assert len(room.sent_to(TEACHER)) == 1


async def test_of_several_directors_one_who_can_be_reached_is_enough(room):
    room.bot.moves.deciders.of_school[LIPA.id] = (DIRECTOR, "gone", OTHER_DIRECTOR)
    room.bot.moves.without_app.add("gone")
    await room.asked(CHILD)
    await room.wait(minutes=10)
    assert len(room.sent_to(DIRECTOR)) == 1
    assert room.sent_to(OTHER_DIRECTOR) == [], "directs another school"
    assert room.sent_to(TEACHER) == []


async def test_the_card_of_who_directs_the_school_no_more_names_nobody(room):
    await room.asked(CHILD)
    await room.work()
    facts = room.bot.roles.facts[DIRECTOR]
    room.bot.roles.facts[DIRECTOR] = replace(facts, extension_role="")
    await room.wait(days=14, minutes=1)
    assert "не се отнася" in shown(room.now_shows())
    assert CHILD not in shown(room.now_shows())


async def answered(room):
    """The director makes passwords for several of the class."""
    child = next(one for one in PEOPLE if one.name == CHILD)
    assert "Готови: 0 от 1" in shown(await begun(room.bot, child))
    await room.bot.work()
    await room.work()


async def over(room):
    await room.wait(days=14, minutes=1)


async def unreached(room):
    room.bot.moves.without_app.add(DIRECTOR)
    await room.wait(minutes=6)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (answered, "Исканата парола е създадена"),
        (over, "Искането за парола изтече"),
        (unreached, "Директорът още не е уведомен"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
async def test_who_is_the_class_teacher_no_more_is_told_nothing_of_what_became_of_the_question(ends, said):
    for teachers, told in (((TEACHER,), True), (("second",), False)):
        room = OwnClassRoom()
        await room.asked(CHILD)
        room.bot.room.rosters.teachers["person-6"] = teachers
        await ends(room)
        heard = "\n".join(map(shown, room.sent_to(TEACHER)))
        assert (said in heard, CHILD in heard, bool(heard)) == (told, told, told)


async def test_a_class_teacher_asks_for_a_whole_class_within_a_day_and_no_more():
    crowd = tuple(person(900 + n, f"Множество {n:02} Пробно", f"88{n}", LIPA) for n in range(MOST_ASKS + 1))
    room = OwnClassRoom(bot=Bot(people=crowd))
    answers = [await room.asked(one.name) for one in crowd]
    answer = answers[-1]
    assert "Вече сте попитали директора" in shown(answer)
    assert len(room.bot.accounts.store.asked) == MOST_ASKS


async def test_who_is_class_teacher_no_more_between_card_and_press_is_refused_every_button(room):
    room.lets_class_teachers_close()
    cards = [await room.opened(), await room.pupil(CHILD)]
    cards.append(await room.bot.presses(TEACHER, cards[0], "Отбелязване на подписалите"))
    room.bot.accounts.class_teacher(TEACHER, LIPA)
    before = len(room.bot.ledger.audit.entries)
    for card in cards:
        for title in {*buttons(card), *row_titles(card)}:
            answer = await room.bot.presses(TEACHER, card, title, signed="person-6", recipient="owner")
            assert "само за класния ръководител" in shown(answer), title
            assert CHILD not in shown(answer)
    assert len(room.bot.ledger.audit.entries) == before
    assert not room.bot.accounts.store.asked
    assert not room.bot.accounts.store.receipts


async def test_a_student_who_has_left_the_class_between_card_and_press_is_asked_for_by_nobody(room):
    card = await room.pupil(CHILD)
    room.bot.accounts.class_teacher(TEACHER, LIPA, "7 а")
    answer = await room.bot.presses(TEACHER, card, "Искане на парола")
    assert CHILD not in shown(answer)
    assert NEIGHBOUR in shown(answer), "the class there is now"
    assert not room.bot.accounts.store.asked


async def test_a_question_not_confirmed_for_long_is_shown_as_it_is_now(room):
    card = await room.pupil(CHILD)
    room.bot.clock.move(minutes=11)
    again = await room.bot.presses(TEACHER, card, "Искане на парола")
    assert "Искане на парола" in buttons(again)
    assert not room.bot.accounts.store.asked


async def test_only_the_director_decides_whether_class_teachers_close(room):
    card = await room.opened()
    assert "Отбелязване на подписалите" not in buttons(card)
    room.lets_class_teachers_close()
    form = await room.bot.presses(TEACHER, await room.opened(), "Отбелязване на подписалите")
    room.bot.accounts.store.chosen.clear()
    answer = await room.bot.presses(TEACHER, form, "Запис на отбелязаните", signed="person-6", recipient="owner")
    assert "отбелязва от директора" in shown(answer)
    assert not room.bot.accounts.store.receipts


async def test_who_signed_is_ticked_and_nobody_beforehand(room):
    room.lets_class_teachers_close()
    form = await room.bot.presses(TEACHER, await room.opened(), "Отбелязване на подписалите")
    assert "Моля, отбележете" in shown(
        await room.bot.presses(TEACHER, form, "Запис на отбелязаните", recipient="owner")
    )
    assert "на кого са предадени" in shown(
        await room.bot.presses(TEACHER, form, "Запис на отбелязаните", signed="person-6")
    )
    ticked = {"signed": "person-6,person-7,person-2", "recipient": "owner"}
    await room.bot.presses(TEACHER, form, "Запис на отбелязаните", **ticked)
    done = await room.bot.presses(TEACHER, form, "Запис на отбелязаните", **ticked)
    assert list(room.bot.accounts.store.receipts) == [
        f"{one.closing}:person-6" for one in room.bot.accounts.store.receipts.values()
    ]
    assert "Записано е предаване на 1 профил" in shown(done)
    assert "Остават непредадени 15 профила" in shown(done)
    assert NEIGHBOUR not in shown(done), "of another class not even the name"
    assert "Мая" not in shown(done), "nor of another school"
    after = await room.bot.presses(TEACHER, done, "Към паралелката")
    assert [one for one in row_titles(after) if one.startswith(CHILD)] == []


async def test_everybody_signed_means_those_who_stood_on_the_card(room):
    room.lets_class_teachers_close()
    form = await room.bot.presses(TEACHER, await room.opened(), "Отбелязване на подписалите")
    room.bot.clock.move(hours=2)
    room.bot.accounts.add(LIPA, person(800, "Новак Пробен Дошъл", "991", LIPA))
    form = await room.bot.presses(TEACHER, await room.opened(), "Отбелязване на подписалите")
    room.bot.accounts.add(LIPA, person(801, "Втори Пробен Дошъл", "992", LIPA))
    room.bot.clock.move(minutes=59)
    room.bot.accounts.store.looked.clear()
    changed = await room.bot.presses(TEACHER, form, "Всички подписаха (17)", recipient="owner")
    assert "нищо не е записано" in shown(changed)
    assert not room.bot.accounts.store.receipts
    done = await room.bot.presses(TEACHER, changed, "Всички подписаха (18)", recipient="owner")
    assert len(room.bot.accounts.store.receipts) == 16, "who is on no roster yet is told of"
    assert "Не е записано за: 2" in shown(done)


@pytest.mark.parametrize("title", ["Всички подписаха (2)", "Запис на отбелязаните"])
async def test_a_password_printed_after_the_list_was_signed_is_not_noted_by_the_form_of_before(room, title):
    room.lets_class_teachers_close()
    own = [one for one in PEOPLE if one.name in {CHILD, "Иво Пробен Образцов"}]
    for child in own:
        await printed_for(room, child)
    form = await room.bot.presses(TEACHER, await room.opened(), "Отбелязване на подписалите")
    await printed_for(room, own[0])
    both = ",".join(one.id for one in own)
    changed = await room.bot.presses(TEACHER, form, title, signed=both, recipient="owner")
    assert f"За {own[0].name} междувременно е създадена нова парола" in shown(changed)
    assert own[1].name not in shown(changed).partition("междувременно")[0]
    assert not room.bot.accounts.store.receipts
    last, changed = changed, await room.bot.presses(TEACHER, changed, "Запис на отбелязаните", signed="")
    for one in (last, changed):  # also where the form is given back for another reason
        assert "Всички подписаха" not in "".join(buttons(one))
    await room.bot.presses(TEACHER, last, "Запис на отбелязаните", signed=own[1].id, recipient="owner")
    assert {one.person for one in room.bot.accounts.store.receipts.values()} == {own[1].id}
    await room.bot.presses(TEACHER, changed, "Запис на отбелязаните", signed=own[0].id, recipient="owner")
    assert {one.person for one in room.bot.accounts.store.receipts.values()} == {one.id for one in own}


async def printed_for(room, child):
    """The director has a password made for the child, and it was seen."""
    bot = room.bot
    made = await given_by(room, DIRECTOR, child)
    at = bot.clock()
    shown_ = await bot.room.operations.reveal(
        [made.asked.id], DIRECTOR, made.asked.conversation, now=at, lease_until=at + timedelta(minutes=2),
        record=lambda *_: ((), ()),
    )  # fmt: skip
    assert len(shown_) == 1
    bot.clock.move(minutes=5)


async def test_who_was_given_no_password_or_uses_an_account_of_long_ago_has_signed_for_nothing(room):
    """One of the class has changed a password that nobody noted, a year ago; then the director prints for another."""
    room.lets_class_teachers_close()
    bot = room.bot
    given, old = bot.accounts.school.accounts[LIPA.id][0], "Многолюдна а Пробна"
    now = bot.clock()
    read = bot.accounts.school.read

    def changed(account):
        seen = read(account)
        return (
            replace(seen, created=now - timedelta(days=900), changed=now - timedelta(days=400))
            if seen.name == old
            else seen
        )

    bot.accounts.school.read = changed
    form = await bot.presses(TEACHER, await room.opened(), "Отбелязване на подписалите")
    assert "няма отпечатана или показана временна парола" in shown(form)
    assert CHILD in shown(form)
    assert old not in shown(form)

    await given_password(room, given.person)
    form = await bot.presses(TEACHER, await room.opened(), "Отбелязване на подписалите")
    assert given.name in shown(form)
    assert CHILD not in shown(form)
    assert old not in shown(form)
    assert "Още 14 непредадени профила не са в списъка" in shown(form)
    assert not [one for one in buttons(form) if one.startswith("Всички подписаха")]


async def given_password(room, person_id):
    """The director makes a temporary password and has seen it."""
    bot = room.bot
    people = await bot.presses(DIRECTOR, board := await bot.says(DIRECTOR, "профили"), row_of(board, CLASS))
    while not [one for one in row_titles(people) if one.startswith(name_of(bot, person_id))]:
        people = await bot.presses(DIRECTOR, people, "Следващи")
    card = await bot.presses(DIRECTOR, people, row_of(people, name_of(bot, person_id)))
    form = await bot.presses(DIRECTOR, card, "Временна парола")
    sure = await bot.presses(DIRECTOR, form, "Напред", recipient="student", identity="true")
    done = await bot.presses(DIRECTOR, sure, "Потвърждаване")
    assert password_in(bot, await bot.presses(DIRECTOR, done, "Показване на паролата"))


def name_of(bot, person_id):
    (one,) = [one for one in bot.accounts.school.accounts[LIPA.id] if one.person == person_id]
    return one.name


async def test_the_own_classes_of_one_school_are_read_together(monkeypatch):
    room = OwnClassRoom("5 б", "7 а")
    reads = []
    kept = room.bot.accounts.store.kept

    async def counted(school_id):
        reads.append(school_id)
        return await kept(school_id)

    await room.opened()
    monkeypatch.setattr(room.bot.accounts.store, "kept", counted)
    await room.opened()
    assert reads == [LIPA.id]


async def test_a_number_in_a_name_reaches_no_message_about_a_password():
    number = "4549070385"
    room = OwnClassRoom(bot=Bot(people=(person(901, f"Дете {number} Пробно", "", LIPA),)))
    await room.asked("Дете")
    await room.wait(days=14, minutes=1)
    said = [*room.bot.heard, *room.sent_to(DIRECTOR), room.now_shows(), *room.sent_to(TEACHER)]
    assert len([one for one in said if "Дете •••" in shown(one)]) >= 4
    assert not [one for one in said if number in shown(one)]


async def test_a_parent_of_whom_the_law_does_not_let_is_refused_without_holding_up_the_others(room):
    room.lets_class_teachers_close()
    form = await room.bot.presses(TEACHER, await room.opened(), "Отбелязване на подписалите")
    ticked = {"signed": "person-6,person-5", "recipient": "parent", "sen": "true"}
    done = await room.bot.presses(TEACHER, form, "Запис на отбелязаните", **ticked)
    assert "Записано е предаване на 1 профил" in shown(done)
    assert "Йоана Пробна Щерева" in shown(done)
    assert "отбелязва го директорът" in shown(done), "what is attested of health is the director's"


async def test_a_class_teacher_is_never_shown_a_username_a_number_or_a_password(room):
    """Every verb of the service pressed by every way, and all that was said searched."""
    room.lets_class_teachers_close()
    await room.asked(CHILD)
    await room.work()
    for title in ("Цялата паралелка", "Отбелязване на подписалите"):
        card = await room.opened()
        if title in buttons(card):
            await room.bot.presses(TEACHER, card, title, recipient="parent")
    said = "\n".join(f"{shown(one)}\n{one.card}" for one in (*room.bot.heard, *room.sent_to(TEACHER)))
    for one in PEOPLE:
        assert one.username not in said
        assert not one.identifier or one.identifier not in said
    assert "@edu.mon.bg" not in said
    assert NEIGHBOUR not in said
    assert UTRO.name not in said


# A question, and the school that it was asked at.


def moved(room, schools):
    """The child whom a password was asked for is a student of these schools now, as the directory has it."""
    bot = room.bot
    facts = next(one for one in bot.room.accounts.accounts.values() if one.person.name == CHILD)
    child = replace(facts.person, schools=schools)
    bot.room.accounts.accounts[child.id] = replace(facts, person=child)
    bot.directory.people = [child if one.id == child.id else one for one in bot.directory.people]
    return child


async def given_by(room, who, child):
    """This director has a password made for the child."""
    bot = room.bot
    found = await bot.presses(who, await bot.says(who, "парола"), "Търсене", kind="egn", typed=child.identifier)
    sure = await bot.presses(who, found, "Напред", recipient="student", identity="true")
    await bot.presses(who, sure, "Потвърждаване")
    return bot.room.made[-1]


async def test_a_password_of_the_new_school_does_not_answer_what_was_asked_at_the_former_one(room):
    await room.asked(CHILD)
    await room.work()
    made = await given_by(room, OTHER_DIRECTOR, moved(room, (UTRO,)))
    assert (made.asked.school, made.stage) == (UTRO.id, Stage.READY)
    await room.work()
    assert "Поискана е парола" in shown(room.now_shows())
    assert "Исканата парола е създадена" not in shown(room.now_shows())
    assert not [one for one in room.sent_to(TEACHER) if "Исканата парола" in shown(one)]

    await room.wait(days=14, minutes=1)
    assert "Искането за парола изтече" in shown(room.now_shows())


async def test_the_question_about_a_student_of_two_schools_stays_open_where_it_was_asked(room):
    await room.asked(CHILD)
    await room.work()
    child = moved(room, (LIPA, UTRO))
    await given_by(room, OTHER_DIRECTOR, child)
    await room.work()
    assert "Поискана е парола" in shown(room.now_shows())
    assert "парола е поискана" in shown(await room.opened())

    room.bot.clock.move(hours=1)
    await given_by(room, DIRECTOR, child)
    await room.work()
    assert "Исканата парола е създадена" in shown(room.now_shows())
    assert "парола е поискана" not in shown(await room.opened())


async def test_what_the_own_school_has_answered_does_not_lapse_when_another_has_given_a_newer_one(room):
    await room.asked(CHILD)
    await room.work()
    child = moved(room, (LIPA, UTRO))
    await given_by(room, DIRECTOR, child)
    await room.work()
    await room.wait(days=2)
    await given_by(room, OTHER_DIRECTOR, child)
    await room.work()
    await room.wait(days=15)
    assert "Исканата парола е създадена" in shown(room.now_shows())
