"""A director hands the accounts of a class over: slips, протокол, who signed, a mistake taken back; groups."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import Pressed, Reply, Said
from bot.core.accounts.papers import MOST_LINES, MOST_SHEETS
from bot.core.accounts.ports import Reversal
from bot.core.actors.model import RoleFacts
from bot.core.errors import DirectoryForbidden
from bot.core.handover.model import Ground, Recipient
from bot.core.people.model import Kind, Person
from bot.dialogs.accounts.handing import MOST_AT_ONCE
from bot.presser import FORM_LIFETIME
from bot.seals import Holder, Sealer
from cards.closing import MOST_SIGNERS
from tests.conversations.bot import (
    DIRECTOR,
    LIPA,
    TENANT,
    UTRO,
    Bot,
    buttons,
    nodes,
    person,
    prefilled,
    row_of,
    row_titles,
    shown,
)

SECOND = "second-director"
YOUNG, FIFTEEN = "4549070385", "4141011020"
OF_1A = ("Математика - 1 а - ООП", "Музика - 1 а - ООП")
ANNA = person(41, "Анна Пробна Първа", YOUNG, LIPA)
BOYAN = person(42, "Боян Пробен Втори", "4642144284", LIPA)
VASIL = person(43, "Васил Пробен Трети", FIFTEEN, LIPA)
GALYA = person(44, "Галя Пробна Най-малка", "4742080922", LIPA, teams=OF_1A, grade="1")
TEACHER = person(45, "Рада Вихрова", "", LIPA, kind=Kind.TEACHER, teams=())
ELSEWHERE = person(46, "Дамян Пробен Чужд", "", UTRO)
SCHOOL = (ANNA, BOYAN, VASIL, GALYA, TEACHER, ELSEWHERE)
CLASS = (ANNA, BOYAN, VASIL)


def school(*more: object) -> Bot:
    bot = Bot(people=(*SCHOOL, *more))  # type: ignore[arg-type]
    bot.roles.facts[SECOND] = RoleFacts(
        SECOND, exists=True, enabled=True, name="Директор Две", username="2990001@edu.mon.bg", extension_role="0"
    )
    return bot


async def listed(bot: Bot, row: str = "5 б", who: str = DIRECTOR) -> Reply:
    board = await bot.says(who, "профили")
    return await bot.presses(who, board, row_of(board, row))


async def printed(bot: Bot, *, who: str = DIRECTOR, row: str = "5 б", students: str = "") -> Reply:
    """The passwords of a class are made and its slips collected; what was answered when they were asked for."""
    form = await bot.presses(who, await listed(bot, row, who), "Бележки с пароли")
    ticked = {"students": students} if students else {}
    answer = await bot.presses(who, form, "Създаване на паролите", recipient="student", identity="true", **ticked)
    if "Потвърждаване" in buttons(answer):
        answer = await bot.presses(who, answer, "Потвърждаване")
    await bot.work()
    done = await bot.presses(who, answer, "Обновяване")
    offer = await bot.presses(who, done, "Отпечатване на бележките")
    token = link_of(offer).rpartition("/")[2]
    assert await bot.room.collect(token, TENANT) is not None
    bot.clock.move(minutes=5)
    return answer


def link_of(reply: Reply) -> str:
    (url,) = [node["url"] for node in nodes(reply.card) if node.get("type") == "Action.OpenUrl"]
    return str(url)


def receipts(bot: Bot) -> dict[str, tuple[Recipient, Ground]]:
    return {one.person: (one.recipient, one.ground) for one in bot.accounts.store.receipts.values()}


async def signers(bot: Bot) -> Reply:
    return await bot.presses(DIRECTOR, await listed(bot), "Отбелязване на подписалите")


# The slips.


async def test_from_the_class_to_its_slips_to_the_protocol_to_everybody_has_signed():
    bot = school()
    form = await bot.presses(DIRECTOR, await listed(bot), "Бележки с пароли")
    assert prefilled(form)["students"] == ",".join(one.id for one in CLASS), "whoever has not used theirs is ticked"
    await printed(bot)

    card = await signers(bot)
    assert prefilled(card)["signed"] == "", "nobody is ticked"
    assert all(one.name in shown(card) for one in CLASS)
    noted = await bot.presses(DIRECTOR, card, "Всички подписаха (3)", recipient="owner")
    assert "Записано е предаване на 3 профила." in shown(noted)
    assert "Няма непредадени профили." in shown(noted)
    assert receipts(bot) == {one.id: (Recipient.STUDENT, Ground.OWNER) for one in CLASS}

    again = await bot.presses(DIRECTOR, card, "Всички подписаха (3)", recipient="owner")
    assert "Записано е предаване" in shown(again), "the same press, delivered twice, is the same receipts"
    assert len(bot.accounts.store.receipts) == 3
    board = await bot.says(DIRECTOR, "профили")
    assert "предадени 3 от 3" in row_of(board, "5 б")


async def test_whose_first_password_was_handed_over_on_paper_is_not_ticked_for_another():
    """On a school's first day everybody is ticked, as nobody is known to have received anything."""
    bot = school()
    card = await bot.presses(DIRECTOR, await signers(bot), "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    assert "Записано е предаване" in shown(card)

    form = await bot.presses(DIRECTOR, await listed(bot), "Бележки с пароли")
    assert prefilled(form)["students"] == f"{BOYAN.id},{VASIL.id}"
    assert f"{ANNA.name} – не е давана; първата парола е предадена" in shown(form)
    answer = await bot.presses(
        DIRECTOR, form, "Създаване на паролите", recipient="student", identity="true", students=ANNA.id
    )
    assert "Потвърждаване" in buttons(answer), "it would end, so it is asked about"
    alone = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "парола"), "Търсене", kind="egn", typed=YOUNG)
    assert "не е давана; първата парола е предадена" in shown(alone)

    (receipt,) = bot.accounts.store.receipts.values()
    taken_back = Reversal("back", receipt.id, bot.clock(), DIRECTOR, LIPA.id, ANNA.id, "сгрешен ред")
    assert await bot.accounts.store.reverse(taken_back, ())
    form = await bot.presses(DIRECTOR, await listed(bot), "Бележки с пароли")
    assert prefilled(form)["students"] == ",".join(one.id for one in CLASS)


async def test_who_is_handed_a_newer_one_while_the_press_is_answered_is_named_and_not_noted(monkeypatch):
    bot = school()
    await printed(bot)
    card = await signers(bot)
    note, store = bot.accounts.store.note, bot.room.operations

    async def later(*args: object) -> object:
        (old,) = [one for one in bot.room.made if one.asked.person == ANNA.id]
        newer = replace(old, asked=replace(old.asked, id="newer", at=old.asked.at + timedelta(minutes=1)))
        store.operations["newer"] = newer
        store._of_person[ANNA.id].append("newer")
        return await note(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(bot.accounts.store, "note", later)
    noted = await bot.presses(DIRECTOR, card, "Всички подписаха (3)", recipient="owner")

    assert "Записано е предаване на 2 профила." in shown(noted)
    assert "Междувременно е създадена нова парола; подпис за предишна не важи." in shown(noted)
    assert f"• {ANNA.name}" in shown(noted)
    assert set(receipts(bot)) == {BOYAN.id, VASIL.id}


async def test_no_password_is_in_any_answer_of_the_whole_way():
    bot = school()
    await printed(bot)
    card = await signers(bot)
    await bot.presses(DIRECTOR, card, "Всички подписаха (3)", recipient="owner")
    papers = await bot.presses(DIRECTOR, await listed(bot, "1 а"), "Протокол")
    await bot.presses(DIRECTOR, papers, "Указания за родителите")
    said = [str(reply.card) + (reply.text or "") for reply in bot.heard]
    assert len(bot.room.passwords) == 3
    assert not [one for one in said for password in bot.room.passwords if password in one]
    identifiers = {one.identifier for one in SCHOOL if one.identifier}
    assert not [one for one in said for identifier in identifiers if identifier in one]


async def test_those_of_a_list_are_offered_together_whatever_class_they_are_of():
    bot = school()
    form = await bot.presses(DIRECTOR, await listed(bot, "Непредадени"), "Бележки с пароли")
    assert "Непредадени" in shown(form)
    assert prefilled(form)["students"] == ",".join(one.id for one in (ANNA, BOYAN, VASIL, GALYA))
    begun = await bot.presses(
        DIRECTOR, form, "Създаване на паролите", students=f"{ANNA.id},{GALYA.id},{TEACHER.id}",
        recipient="student", identity="true",
    )  # fmt: skip
    assert "Потвърждаване" in buttons(begun), "somebody who is none of those offered is left out"
    await bot.presses(DIRECTOR, begun, "Потвърждаване")
    made = {one.asked.person: one.asked.class_ for one in bot.room.made}
    assert made == {ANNA.id: "5 б", GALYA.id: "1 а"}


async def test_who_prints_the_class_that_another_director_printed_is_told_and_asked_first():
    bot = school()
    await printed(bot, students=f"{ANNA.id},{BOYAN.id}")
    form = await bot.presses(SECOND, await listed(bot, who=SECOND), "Бележки с пароли")
    everybody = ",".join(one.id for one in CLASS)
    asked = await bot.presses(
        SECOND, form, "Създаване на паролите", students=everybody, recipient="student", identity="true"
    )
    assert re.search(r"За 2 от избраните ученици вече са създадени пароли на .+ от Директор Едно", shown(asked))
    assert len(bot.room.made) == 2, "nothing yet"
    await bot.presses(SECOND, asked, "Потвърждаване")
    await bot.work()
    assert len(bot.room.made) == 5
    ended = [one for one in bot.ledger.audit.entries if one.action == "password.superseded"]
    assert [(one.actor, one.subject) for one in ended] == [(SECOND, ANNA.id), (SECOND, BOYAN.id)]


async def test_who_was_faster_meanwhile_is_told_when_it_is_confirmed():
    bot = school()
    form = await bot.presses(SECOND, await listed(bot, who=SECOND), "Бележки с пароли")
    await printed(bot)
    told = await bot.presses(SECOND, form, "Създаване на паролите", recipient="student", identity="true")
    assert "от Директор Едно" in shown(told)
    assert len(bot.room.made) == 3


async def test_where_there_is_nothing_to_be_told_any_more_nothing_is_asked(monkeypatch):
    bot = school()
    form = await bot.presses(SECOND, await listed(bot, who=SECOND), "Бележки с пароли")
    told = {"recipient": "student", "identity": "true"}
    asked = await bot.presses(SECOND, form, "Създаване на паролите", students=f"{ANNA.id},{ELSEWHERE.id}", **told)
    await printed(bot, students=ANNA.id)
    answer = await bot.presses(SECOND, asked, "Потвърждаване")
    assert "от Директор Едно" in shown(answer), "told, and asked"

    begin = bot.room.operations.begin

    async def a_day_passes(*args: object, **named: object) -> object:
        begun = await begin(*args, **named)  # type: ignore[arg-type]
        bot.clock.move(days=1)
        return begun

    monkeypatch.setattr(bot.room.operations, "begin", a_day_passes)
    answer = await bot.presses(SECOND, asked, "Потвърждаване")
    assert "Друг потребител с права на директор току-що е създал" in shown(answer)
    assert "Потвърждаване" not in buttons(answer)
    assert len(bot.room.made) == 1


async def test_reprinting_for_one_ends_the_printed_password_on_the_record():
    bot = school()
    await printed(bot)
    first = bot.room.accounts.set_calls[-3:]
    await printed(bot, students=BOYAN.id)
    assert bot.room.accounts.set_calls[-1][0] == BOYAN.id
    assert bot.room.accounts.set_calls[-1] not in first, "another password"
    (ended,) = [one for one in bot.ledger.audit.entries if one.action == "password.superseded"]
    assert (ended.subject, ended.outcome) == (BOYAN.id, "ended")


LOST = "Отбележете само учениците, чиято бележка е загубена: досегашните им пароли ще спрат да действат."


async def test_of_those_who_have_a_slip_nobody_is_ticked_and_whoever_is_ticked_is_asked_about():
    bot = school()
    await printed(bot)
    card = await signers(bot)
    await bot.presses(DIRECTOR, card, "Всички подписаха (3)", recipient="owner")
    before = len(bot.room.made)

    form = await bot.presses(DIRECTOR, await listed(bot, "Предадени, още не са ползвани"), "Бележки с пароли")

    assert all(one.name in shown(form) for one in CLASS)
    assert prefilled(form)["students"] == ""
    assert LOST in shown(form)
    assert "Предварително" not in shown(form)
    filled = {"recipient": "student", "identity": "true"}
    again = await bot.presses(DIRECTOR, form, "Създаване на паролите", **filled)
    assert LOST in shown(again)
    assert len(bot.room.made) == before
    asked = await bot.presses(DIRECTOR, again, "Създаване на паролите", students=ANNA.id, **filled)
    assert "Желаете ли да продължите?" in shown(asked)
    back = await bot.presses(DIRECTOR, asked, "Отказ")
    assert LOST in shown(back)
    assert prefilled(back)["students"] == ANNA.id
    await bot.presses(DIRECTOR, asked, "Потвърждаване")
    assert [one.asked.person for one in bot.room.made[before:]] == [ANNA.id]


async def test_nobody_is_ticked_either_whose_first_password_was_handed_over_on_paper():
    """None was given here, so the bot knows of no password that would end: the receipt tells."""
    bot = school()
    card = await signers(bot)
    await bot.presses(DIRECTOR, card, "Всички подписаха (3)", recipient="owner")

    form = await bot.presses(DIRECTOR, await listed(bot, "Предадени, още не са ползвани"), "Бележки с пароли")

    assert prefilled(form)["students"] == ""
    filled = {"students": ANNA.id, "recipient": "student", "identity": "true"}
    asked = await bot.presses(DIRECTOR, form, "Създаване на паролите", **filled)
    assert "Желаете ли да продължите?" in shown(asked)
    assert bot.room.made == []


async def test_who_waits_for_one_password_goes_before_a_class_that_was_asked_for_earlier():
    bot = school()
    form = await bot.presses(DIRECTOR, await listed(bot), "Бележки с пароли")
    await bot.presses(DIRECTOR, form, "Създаване на паролите", recipient="student", identity="true")
    bot.clock.move(minutes=5)
    bot.room.worker_is_there = False
    people = await listed(bot, "1 а")
    card = await bot.presses(DIRECTOR, people, row_of(people, GALYA.name))
    one = await bot.presses(DIRECTOR, card, "Временна парола")
    asked = await bot.presses(DIRECTOR, one, "Напред", recipient="student", identity="true")
    await bot.presses(DIRECTOR, asked, "Потвърждаване")
    await bot.work(1)
    assert [person_id for person_id, _ in bot.room.accounts.set_calls] == [GALYA.id]


async def test_of_a_long_list_those_without_a_slip_come_first():
    crowd = [
        person(900 + n, f"Множество {n:02} Пробно", f"88{n}", LIPA, teams=OF_1A) for n in range(MOST_AT_ONCE + 5)
    ]
    bot = Bot(people=tuple(crowd))
    first = await bot.presses(DIRECTOR, await listed(bot, "Непредадени"), "Бележки с пароли")
    offered = prefilled(first)["students"].split(",")
    assert offered == [one.id for one in crowd[:MOST_AT_ONCE]]
    await printed(bot, row="Непредадени")
    second = await bot.presses(DIRECTOR, await listed(bot, "Непредадени"), "Бележки с пароли")
    offered = prefilled(second)["students"].split(",")
    assert [one.id for one in crowd[MOST_AT_ONCE:]] == offered[:5]


# Papers.


async def test_the_protocol_is_offered_with_its_link_and_sheets_for_parents_only_of_the_youngest():
    bot = school()
    older = await bot.presses(DIRECTOR, await listed(bot), "Протокол")
    assert "В протокола са 3 души" in shown(older)
    assert link_of(older).startswith("https://bot.example.bg/links/papers/protocol/")
    assert "Указания за родителите" not in buttons(older)
    young = await bot.presses(DIRECTOR, await listed(bot, "1 а"), "Протокол")
    sheets = await bot.presses(DIRECTOR, young, "Указания за родителите")
    assert link_of(sheets).startswith("https://bot.example.bg/links/papers/parents/")
    back = await bot.presses(DIRECTOR, sheets, "Към списъка")
    assert GALYA.name in shown(back)


async def test_where_browsers_do_not_reach_the_bot_no_paper_is_offered():
    bot = Bot(people=SCHOOL, prints=False)
    answer = await bot.presses(DIRECTOR, await listed(bot), "Протокол")
    assert "Отпечатването не е включено" in shown(answer)


@pytest.mark.parametrize(("paper", "most"), [("Протокол", MOST_LINES), ("Указания за родителите", MOST_SHEETS)])
async def test_for_more_people_than_a_paper_has_it_is_printed_by_classes(paper, most):
    crowd = [person(900 + n, f"Множество {n} Пробно", f"88{n}", LIPA, teams=OF_1A) for n in range(most)]
    bot = Bot(people=tuple(crowd))
    answer = await listed(bot, "Непредадени")
    for button in dict.fromkeys(("Протокол", paper)):
        answer = await bot.presses(DIRECTOR, answer, button)
    assert link_of(answer)
    bot.accounts.add(LIPA, person(899, "Последно Пробно", "879", LIPA, teams=OF_1A))
    bot.accounts.store.looked.clear()
    answer = await listed(bot, "Непредадени")
    for button in dict.fromkeys(("Протокол", paper)):
        answer = await bot.presses(DIRECTOR, answer, button)
    assert f"най-много {most}" in shown(answer)
    assert "на една паралелка" in shown(answer)
    assert not [node for node in nodes(answer.card) if node.get("type") == "Action.OpenUrl"]


async def test_a_paper_is_offered_by_one_look_into_the_store(monkeypatch):
    bot = school()
    card = await listed(bot, "1 а")
    reads, kept = [], bot.accounts.store.kept

    async def counted(school_id):
        reads.append(school_id)
        return await kept(school_id)

    monkeypatch.setattr(bot.accounts.store, "kept", counted)
    assert link_of(await bot.presses(DIRECTOR, card, "Протокол"))
    assert reads == [LIPA.id]


# Who signed.


async def test_nobody_ticked_is_a_question_and_nothing_is_noted():
    bot = school()
    await printed(bot)
    answer = await bot.presses(DIRECTOR, await signers(bot), "Запис на отбелязаните", recipient="owner")
    assert "отбележете поне един човек" in shown(answer)
    assert receipts(bot) == {}


async def test_to_whom_is_asked_where_somebody_may_be_under_14():
    bot = school()
    await printed(bot)
    answer = await bot.presses(DIRECTOR, await signers(bot), "Запис на отбелязаните", signed=ANNA.id)
    assert "Моля, посочете на кого са предадени." in shown(answer)
    assert prefilled(answer)["signed"] == ANNA.id, "what was ticked stays"
    assert receipts(bot) == {}


async def test_whom_the_law_refuses_is_named_with_why_and_what_to_do():
    bot = school()
    await printed(bot)
    noted = await bot.presses(DIRECTOR, await signers(bot), "Всички подписаха (3)", recipient="parent")
    assert receipts(bot) == {one.id: (Recipient.PARENT, Ground.UNDER_14) for one in (ANNA, BOYAN)}
    assert "Не е записано за: 1" in shown(noted)
    assert VASIL.name in shown(noted)
    assert "Ученикът е навършил 14 години" in shown(noted)
    assert "Остава непредаден 1 профил." in shown(noted)
    assert buttons(noted)[:2] == ["Към останалите", "Предаване на родител (СОП)"], "what is commonest stands first"

    bot.clock.move(minutes=2)
    before = len(bot.ledger.audit.of("people.shown"))
    statement = await bot.presses(DIRECTOR, noted, "Предаване на родител (СОП)")
    assert "Удостоверявам, че ученикът е със специални образователни потребности" in shown(statement)
    assert VASIL.name in shown(statement)
    assert VASIL.id not in receipts(bot)
    (entry,) = bot.ledger.audit.of("people.shown")[before:]
    assert (entry.outcome, entry.detail["count"]) == ("class", "1"), "who is shown to whom is in the log"
    done = await bot.presses(DIRECTOR, statement, "Удостоверяване")
    assert receipts(bot)[VASIL.id] == (Recipient.PARENT, Ground.SEN)
    assert "Няма непредадени профили." in shown(done)


async def test_a_teacher_in_a_list_is_handed_their_own():
    bot = school()
    card = await bot.presses(DIRECTOR, await listed(bot, "Учители"), "Отбелязване на подписалите")
    assert "recipient" not in prefilled(card), "it goes to nobody else"
    await bot.presses(DIRECTOR, card, "Запис на отбелязаните", signed=TEACHER.id)
    assert receipts(bot) == {TEACHER.id: (Recipient.TEACHER, Ground.OWNER)}
    people = await listed(bot, "Учители")
    words = shown(await bot.presses(DIRECTOR, people, row_of(people, TEACHER.name)))
    assert "Длъжност\nУчител" in words
    assert "Паралелка" not in words, "a teacher is in none"


async def test_who_was_given_no_password_is_not_among_those_who_signed_and_that_is_said():
    bot = school()
    await printed(bot, students=f"{ANNA.id},{BOYAN.id}")
    card = await signers(bot)
    assert "Още 1 непредаден профил не е в списъка" in shown(card)
    assert VASIL.name not in shown(card)
    assert "Всички подписаха (2)" in buttons(card)


async def test_a_class_nobody_was_given_a_password_in_says_so():
    bot = school()
    card = await signers(bot)
    assert "няма отпечатана или показана временна парола" in shown(card)
    assert VASIL.name in shown(card)


async def test_passwords_that_nobody_has_seen_cannot_be_noted_as_handed_over():
    bot = school()
    form = await bot.presses(DIRECTOR, await listed(bot), "Бележки с пароли")
    await bot.presses(DIRECTOR, form, "Създаване на паролите", recipient="student", identity="true")
    await bot.work()
    card = await signers(bot)
    assert "временните пароли не са показани или отпечатани" in shown(card)
    assert buttons(card) == ["Към списъка", "Към профилите"]


async def test_who_signed_in_before_the_list_was_closed_is_noted_as_everybody_else():
    bot = school()
    await printed(bot, students=ANNA.id)
    seen_by(bot, ANNA, signed_in=bot.clock())
    card = await signers(bot)
    assert f"{ANNA.name} – вече се ползва" in shown(card)
    noted = await bot.presses(DIRECTOR, card, "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    assert "Записано е предаване на 1 профил." in shown(noted)
    assert "било записано" not in shown(noted)
    assert receipts(bot) == {ANNA.id: (Recipient.STUDENT, Ground.OWNER)}


@pytest.mark.parametrize("so", [{"enabled": False}, {"twin": True}])
async def test_who_signed_is_not_asked_where_nobody_can_be_noted(so):
    bot = school()
    await printed(bot, students=GALYA.id, row="1 а")
    papers = await bot.presses(DIRECTOR, await listed(bot, "1 а"), "Протокол")
    assert "Отбелязване на подписалите" in buttons(papers)
    seen_by(bot, GALYA, **so)
    people = await listed(bot, "1 а")
    assert not {"Отбелязване на подписалите", "Протокол"} & set(buttons(people))
    card = await bot.presses(DIRECTOR, people, row_of(people, GALYA.name))
    assert "Отбелязване на подписалите" not in buttons(card)


def seen_by(bot: Bot, one: Person, **so: object) -> None:
    """What the next look sees of one account."""
    here = bot.accounts.school.accounts
    here[LIPA.id] = tuple(replace(each, **so) if each.person == one.id else each for each in here[LIPA.id])  # type: ignore[arg-type]
    bot.accounts.store.looked.clear()


async def test_everybody_means_those_who_were_on_the_card():
    bot = school()
    await printed(bot, students=f"{ANNA.id},{BOYAN.id}")
    card = await signers(bot)
    await printed(bot, students=VASIL.id)
    answer = await bot.presses(DIRECTOR, card, "Всички подписаха (2)", recipient="owner")
    assert f"За {VASIL.name} междувременно е създадена нова парола" in shown(answer)
    assert receipts(bot) == {}
    assert set(prefilled(answer)["signed"].split(",")) == {ANNA.id, BOYAN.id}


@pytest.mark.parametrize("title", ["Всички подписаха (3)", "Запис на отбелязаните"])
async def test_a_password_that_was_printed_after_the_signed_one_is_not_noted_by_the_form_of_before(title):
    """The list was signed for the first password; somebody else has printed another for one of the class."""
    bot = school()
    await printed(bot)
    card = await signers(bot)
    await printed(bot, who=SECOND, students=BOYAN.id)
    everybody = ",".join(one.id for one in CLASS)
    answer = await bot.presses(DIRECTOR, card, title, signed=everybody, recipient="owner")
    assert f"За {BOYAN.name} междувременно е създадена нова парола" in shown(answer)
    assert receipts(bot) == {}
    ticked = prefilled(answer)["signed"]
    assert set(ticked.split(",")) == {ANNA.id, VASIL.id}
    last, answer = answer, await bot.presses(DIRECTOR, answer, "Запис на отбелязаните", signed="")
    for one in (last, answer):  # also where the form is given back for another reason
        assert "Всички подписаха" not in "".join(buttons(one))
    await bot.presses(DIRECTOR, last, "Запис на отбелязаните", signed=ticked, recipient="owner")
    assert set(receipts(bot)) == {ANNA.id, VASIL.id}
    await bot.presses(DIRECTOR, answer, "Запис на отбелязаните", signed=BOYAN.id, recipient="owner")
    assert set(receipts(bot)) == {one.id for one in CLASS}, "whoever is ticked has signed for the new one"


@pytest.mark.parametrize(("minutes", "noted"), [(5, {ANNA.id, VASIL.id}), (70, {one.id for one in CLASS})])
async def test_a_form_of_an_older_release_notes_whose_password_is_surely_not_newer(minutes, noted):
    """It says nothing of the passwords: only what was made within its lifetime may be newer."""
    bot = school()
    await printed(bot)
    bot.clock.move(hours=2)
    await printed(bot, who=SECOND, students=BOYAN.id)
    bot.clock.move(minutes=minutes)
    await bot.says(DIRECTOR, "профили")
    of_before = Sealer(b"s" * 32, lambda: "a-press-of-its-own")

    async def noting(signed: str) -> Reply:
        turn = bot.turn(DIRECTOR, Said(""))
        ids = {"of": "class:5 б", "school": LIPA.id}
        sealed = of_before.seal("accounts.closed", Holder.of(turn), bot.clock(), FORM_LIFETIME, ids=ids)
        inputs = {"signed": signed, "recipient": "owner"}
        answer = await bot.responder(bot.turn(DIRECTOR, Pressed("accounts.closed", {**sealed, **inputs})))
        assert answer is not None
        return answer

    answer = await noting(",".join(one.id for one in CLASS))
    if noted != set(receipts(bot)):
        assert f"За {BOYAN.name} междувременно е създадена нова парола" in shown(answer)
        await noting(",".join(sorted(noted)))
    assert set(receipts(bot)) == noted


async def test_those_whose_password_is_the_signed_one_are_noted_whatever_was_printed_for_others():
    bot = school()
    await printed(bot)
    card = await signers(bot)
    await printed(bot, who=SECOND, students=BOYAN.id)
    noted = await bot.presses(
        DIRECTOR, card, "Запис на отбелязаните", signed=f"{ANNA.id},{VASIL.id}", recipient="owner"
    )
    assert "Записано е предаване на 2 профила." in shown(noted)
    assert set(receipts(bot)) == {ANNA.id, VASIL.id}


@pytest.mark.parametrize("title", ["Предаване на родител (СОП)", "Удостоверяване"])
async def test_nor_is_it_noted_as_handed_to_a_parent_by_a_statement_of_before(title):
    bot = school()
    await printed(bot)
    card = await bot.presses(DIRECTOR, await signers(bot), "Всички подписаха (3)", recipient="parent")
    if title == "Удостоверяване":
        card = await bot.presses(DIRECTOR, card, "Предаване на родител (СОП)")
    await printed(bot, who=SECOND, students=VASIL.id)
    answer = await bot.presses(DIRECTOR, card, title)
    assert f"За {VASIL.name} междувременно е създадена нова парола" in shown(answer)
    assert "Удостоверявам" not in shown(answer)
    assert VASIL.id not in receipts(bot)


async def test_a_repeated_press_finds_its_receipts_where_the_list_has_them_no_more():
    bot = school()
    await printed(bot)
    card = await bot.presses(DIRECTOR, await listed(bot, "Непредадени"), "Отбелязване на подписалите")
    for _ in range(2):
        noted = await bot.presses(DIRECTOR, card, "Всички подписаха (3)", recipient="owner")
        assert "Записано е предаване на 3 профила." in shown(noted)
    assert set(receipts(bot)) == {one.id for one in CLASS}
    bot.clock.move(minutes=1)
    await printed(bot, row="1 а")
    noted = await bot.presses(DIRECTOR, card, "Всички подписаха (3)", recipient="owner")
    assert "Записано е предаване на 3 профила." in shown(noted), (
        "who was printed meanwhile is not meant, and no reason to deny it"
    )
    assert set(receipts(bot)) == {one.id for one in CLASS}


async def test_a_teacher_noted_with_a_list_is_noted_again_by_the_same_press():
    bot = school(person(48, "Иван Пробен Учител", "", LIPA, kind=Kind.TEACHER, teams=()))
    card = await bot.presses(DIRECTOR, await listed(bot, "Непредадени"), "Отбелязване на подписалите")
    for _ in range(2):
        noted = await bot.presses(DIRECTOR, card, "Всички подписаха (6)", recipient="owner")
        assert "Записано е предаване на 6 профила." in shown(noted)
        assert "Не е записано" not in shown(noted)


async def test_of_more_than_one_card_holds_it_is_said_how_many_and_all_is_not_offered():
    crowd = [person(900 + n, f"Множество {n} Пробно", f"88{n}", LIPA, teams=OF_1A) for n in range(MOST_SIGNERS + 3)]
    bot = Bot(people=tuple(crowd))
    card = await bot.presses(DIRECTOR, await listed(bot, "Непредадени"), "Отбелязване на подписалите")
    assert "и още 3" in shown(card)
    assert not [one for one in buttons(card) if one.startswith("Всички подписаха")]
    (choices,) = [node["choices"] for node in nodes(card.card) if node.get("id") == "signed"]
    ids = ",".join(one["value"] for one in choices)
    noted = await bot.presses(DIRECTOR, card, "Запис на отбелязаните", signed=ids, recipient="owner")
    rest = await bot.presses(DIRECTOR, noted, "Към останалите")
    assert "Всички подписаха (3)" in buttons(rest)


async def test_a_number_in_a_name_is_hidden_in_the_statement_of_sen():
    bot = school(person(48, f"Явор {YOUNG} Пробен", FIFTEEN, LIPA))
    await printed(bot)
    noted = await bot.presses(DIRECTOR, await signers(bot), "Всички подписаха (4)", recipient="parent")
    statement = await bot.presses(DIRECTOR, noted, "Предаване на родител (СОП)")
    assert "Явор ••• Пробен" in shown(statement)
    assert YOUNG not in shown(statement)


async def test_who_moved_away_between_is_named_and_not_noted():
    bot = school()
    await printed(bot)
    card = await signers(bot)
    bot.directory.people = [replace(one, schools=(UTRO,)) if one is BOYAN else one for one in bot.directory.people]
    noted = await bot.presses(
        DIRECTOR, card, "Запис на отбелязаните", signed=f"{ANNA.id},{BOYAN.id}", recipient="owner"
    )
    assert set(receipts(bot)) == {ANNA.id}
    assert "Вече не е във Вашето училище." in shown(noted)


@pytest.mark.parametrize("sent", ["nobody", "person-46", "x" * 5_000, ",,,", "person-41\0", "а,б"])
async def test_what_was_not_offered_is_noted_for_nobody(sent):
    bot = school()
    await printed(bot)
    await bot.presses(DIRECTOR, await signers(bot), "Запис на отбелязаните", signed=sent, recipient="owner")
    assert receipts(bot) == {}


async def test_of_two_who_close_the_same_class_the_second_writes_nothing():
    bot = school()
    await printed(bot)
    mine, theirs = (
        await signers(bot),
        await bot.presses(SECOND, await listed(bot, who=SECOND), "Отбелязване на подписалите"),
    )
    await bot.presses(DIRECTOR, mine, "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    both = f"{ANNA.id},{BOYAN.id}"
    noted = await bot.presses(SECOND, theirs, "Запис на отбелязаните", signed=both, recipient="owner")
    assert "Записано е предаване на 1 профил." in shown(noted)
    assert "За 1 профил предаването вече беше записано." in shown(noted)
    assert len(bot.accounts.store.receipts) == 2


# A mistake.


async def noted_by_mistake(bot: Bot) -> Reply:
    """The card of somebody whose handing over was noted."""
    await printed(bot)
    card = await signers(bot)
    await bot.presses(DIRECTOR, card, "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    people = await listed(bot)
    return await bot.presses(DIRECTOR, people, row_of(people, ANNA.name))


async def test_a_mistake_is_taken_back_by_a_second_record_with_a_reason():
    bot = school()
    form = await bot.presses(DIRECTOR, await noted_by_mistake(bot), "Отмяна на отбелязването")
    reason = f"Сгрешено дете. ЕГН {YOUNG}"
    answer = await bot.presses(DIRECTOR, form, "Отмяна на отбелязването", reason=reason)
    assert "Предишният запис остава" in shown(answer)
    assert "Профилът отново се брои за непредаден." in shown(answer)
    assert len(bot.accounts.store.receipts) == 1, "it is not erased"
    (kept,) = bot.accounts.store.reversals.values()
    assert kept.reason.startswith("Сгрешено дете.")
    assert YOUNG not in kept.reason
    person_card = await bot.presses(DIRECTOR, answer, "Към профила")
    assert "Отмяна на отбелязването" not in buttons(person_card)
    again = await bot.presses(DIRECTOR, form, "Отмяна на отбелязването", reason=reason)
    assert "Отбелязването е отменено" in shown(again), "the same press"
    other = await bot.presses(DIRECTOR, form, "Отмяна на отбелязването", reason="Друга причина")
    assert "то вече е отменено" in shown(other), "nothing is kept of it, and it is not said to be"
    assert len(bot.accounts.store.reversals) == 1


async def test_of_an_account_that_is_used_it_is_not_said_that_it_counts_as_not_handed_over():
    bot = school()
    await noted_by_mistake(bot)
    seen_by(bot, ANNA, signed_in=bot.clock())
    people = await listed(bot)
    card = await bot.presses(DIRECTOR, people, row_of(people, ANNA.name))
    form = await bot.presses(DIRECTOR, card, "Отмяна на отбелязването")
    answer = await bot.presses(DIRECTOR, form, "Отмяна на отбелязването", reason="Сгрешено дете")
    assert "се брои за непредаден" not in shown(answer)
    board = await bot.says(DIRECTOR, "профили")
    assert "предадени 1 от 3" in row_of(board, "5 б"), "it does not"


async def test_a_receipt_for_an_earlier_password_is_none_for_the_new_one():
    bot = school()
    await noted_by_mistake(bot)
    bot.clock.move(minutes=1)
    await printed(bot, students=ANNA.id)
    people = await listed(bot)
    card = await bot.presses(DIRECTOR, people, row_of(people, ANNA.name))
    assert "Отмяна на отбелязването" not in buttons(card)
    assert "на ученика" not in shown(card), "the old handing over is not said of the new password"
    form = await bot.presses(DIRECTOR, card, "Отбелязване на предаването")
    assert prefilled(form)["signed"] == ""
    noted = await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=ANNA.id, recipient="owner")
    assert "Записано е предаване на 1 профил." in shown(noted)
    assert ANNA.name not in shown(await signers(bot))


async def test_what_another_school_noted_is_not_taken_back_here():
    bot = school()
    card = await noted_by_mistake(bot)
    (id_, one), *_ = bot.accounts.store.receipts.items()
    bot.accounts.store.receipts[id_] = replace(one, school=UTRO.id)
    assert "Няма такова отбелязано предаване" in shown(await bot.presses(DIRECTOR, card, "Отмяна на отбелязването"))
    people = await listed(bot)
    card = await bot.presses(DIRECTOR, people, row_of(people, ANNA.name))
    assert "Предаден" in shown(card), "it was handed over all the same"
    assert "Отмяна на отбелязването" not in buttons(card)


@pytest.mark.parametrize("reason", ["", "   ", "\u200b\n"])
async def test_without_a_reason_nothing_is_taken_back(reason):
    bot = school()
    form = await bot.presses(DIRECTOR, await noted_by_mistake(bot), "Отмяна на отбелязването")
    answer = await bot.presses(DIRECTOR, form, "Отмяна на отбелязването", reason=reason)
    assert "Моля, посочете причината." in shown(answer)
    assert bot.accounts.store.reversals == {}


async def test_what_another_director_took_back_first_is_said():
    bot = school()
    card = await noted_by_mistake(bot)
    form = await bot.presses(DIRECTOR, card, "Отмяна на отбелязването")
    people = await listed(bot, who=SECOND)
    theirs = await bot.presses(SECOND, people, row_of(people, ANNA.name))
    theirs = await bot.presses(SECOND, theirs, "Отмяна на отбелязването")
    await bot.presses(SECOND, theirs, "Отмяна на отбелязването", reason="Сгрешено дете")
    answer = await bot.presses(DIRECTOR, form, "Отмяна на отбелязването", reason="И аз")
    assert "Няма такова отбелязано предаване" in shown(answer)
    assert "Няма такова отбелязано предаване" in shown(await bot.presses(DIRECTOR, card, "Отмяна на отбелязването"))


async def test_one_person_is_noted_from_their_own_card():
    bot = school()
    await printed(bot)
    people = await listed(bot)
    card = await bot.presses(DIRECTOR, people, row_of(people, BOYAN.name))
    bot.clock.move(minutes=2)
    before = len(bot.ledger.audit.of("people.shown"))
    form = await bot.presses(DIRECTOR, card, "Отбелязване на предаването")
    assert f"{BOYAN.name} – 5 б" in shown(form)
    (entry,) = bot.ledger.audit.of("people.shown")[before:]
    assert (entry.subject, entry.outcome) == (BOYAN.id, "person")
    noted = await bot.presses(DIRECTOR, form, "Запис на отбелязаните", signed=BOYAN.id, recipient="parent")
    assert receipts(bot) == {BOYAN.id: (Recipient.PARENT, Ground.UNDER_14)}
    assert f"Записано е предаване на 1 профил.\n{BOYAN.name}" in shown(noted)
    assert "Няма непредадени" not in shown(noted), "of the class nothing is known here"
    assert "Паралелка" not in shown(noted)
    again = await bot.presses(DIRECTOR, card, "Отбелязване на предаването")
    assert "За този профил няма какво да се отбележи." in shown(again)


async def test_nobody_is_attested_who_is_not_named_on_the_card():
    crowd = [person(900 + n, f"Пораснал {n:02} Пробен", FIFTEEN, LIPA, teams=OF_1A) for n in range(25)]
    bot = Bot(people=tuple(crowd))
    card = await bot.presses(DIRECTOR, await listed(bot, "1 а"), "Отбелязване на подписалите")
    noted = await bot.presses(DIRECTOR, card, "Всички подписаха (25)", recipient="parent")
    statement = await bot.presses(DIRECTOR, noted, "Предаване на родител (СОП)")
    named = [one.id for one in crowd if one.name in shown(statement)]
    assert f"учениците ({len(named)})" in shown(statement)
    await bot.presses(DIRECTOR, statement, "Удостоверяване")
    assert 0 < len(named) < 25
    assert set(receipts(bot)) == set(named)


# Groups.


async def kept(bot: Bot, name: str = "Роботика", *people: object) -> Reply:
    board = await bot.says(DIRECTOR, "профили")
    groups = await bot.presses(DIRECTOR, board, "Групи")
    form = await bot.presses(DIRECTOR, groups, "Нова група")
    ticks = await bot.presses(DIRECTOR, form, "Напред", group_name=name, **{"class": "5 б"})
    assert prefilled(ticks)["students"] == ""
    ids = ",".join(one.id for one in people or (ANNA, BOYAN))  # type: ignore[attr-defined]
    return await bot.presses(DIRECTOR, ticks, "Запазване", students=ids)


async def changing(bot: Bot, name: str = "Роботика") -> Reply:
    groups = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "профили"), "Групи")
    return await bot.presses(
        DIRECTOR, await bot.presses(DIRECTOR, groups, row_of(groups, name)), "Промяна на групата"
    )


async def test_a_group_is_kept_with_a_name_grows_by_a_class_and_is_dropped():
    bot = school()
    group = await kept(bot)
    assert "Групата е запазена." in shown(group)
    assert [title.partition(",")[0] for title in row_titles(group)] == [ANNA.name, BOYAN.name]

    form = await bot.presses(DIRECTOR, group, "Промяна на групата")
    assert prefilled(form)["group_name"] == "Роботика"
    ticks = await bot.presses(DIRECTOR, form, "Напред", **{"class": "1 а"})
    assert "В групата са и 2 ученици от други паралелки" in shown(ticks)
    group = await bot.presses(DIRECTOR, ticks, "Запазване", students=GALYA.id, group_name="Роботика и шах")
    (stored,) = [one for _, one in bot.accounts.store.kept_groups.values()]
    assert (stored.name, set(stored.people)) == ("Роботика и шах", {ANNA.id, BOYAN.id, GALYA.id})

    form = await bot.presses(DIRECTOR, group, "Промяна на групата")
    ticks = await bot.presses(DIRECTOR, form, "Напред", **{"class": "5 б"})
    assert set(prefilled(ticks)["students"].split(",")) == {ANNA.id, BOYAN.id}
    group = await bot.presses(DIRECTOR, ticks, "Запазване", students=ANNA.id)
    (stored,) = [one for _, one in bot.accounts.store.kept_groups.values()]
    assert set(stored.people) == {ANNA.id, GALYA.id}

    assert buttons(form)[-1] == "Изтриване на групата", "what is lost with a press stands last"
    sure = await bot.presses(DIRECTOR, form, "Изтриване на групата")
    assert "Роботика и шах" in shown(sure)
    gone = await bot.presses(DIRECTOR, sure, "Изтриване на групата")
    assert "Групата е изтрита." in shown(gone)
    assert bot.accounts.store.kept_groups == {}
    assert "Тази група вече не съществува." in shown(await bot.presses(DIRECTOR, group, "Промяна на групата"))


async def test_a_group_saved_twice_by_the_same_press_is_saved_and_what_another_director_changed_meanwhile_stays():
    bot = school()
    groups = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "профили"), "Групи")
    form = await bot.presses(DIRECTOR, groups, "Нова група")
    ticks = await bot.presses(DIRECTOR, form, "Напред", group_name="Роботика", **{"class": "5 б"})
    for _ in range(2):
        assert "Групата е запазена." in shown(await bot.presses(DIRECTOR, ticks, "Запазване", students=ANNA.id))
    kept_ = [one for one in bot.ledger.audit.entries if one.action == "account.group"]
    assert len(kept_) == 1

    changed = await bot.presses(DIRECTOR, ticks, "Запазване", students=BOYAN.id)
    assert "Междувременно списъкът се промени" in shown(changed)
    (stored,) = [one for _, one in bot.accounts.store.kept_groups.values()]
    assert stored.people == (ANNA.id,)


async def test_a_second_group_begun_from_the_same_list_does_not_take_the_place_of_the_first():
    bot = school()
    board = await bot.says(DIRECTOR, "профили")
    for name in ("Роботика", "Шах"):
        form = await bot.presses(DIRECTOR, await bot.presses(DIRECTOR, board, "Групи"), "Нова група")
        assert not prefilled(form).get("group_name")
        assert "Изтриване на групата" not in buttons(form)
        ticks = await bot.presses(DIRECTOR, form, "Напред", group_name=name, **{"class": "5 б"})
        await bot.presses(DIRECTOR, ticks, "Запазване", students=ANNA.id)
    assert {one.name for _, one in bot.accounts.store.kept_groups.values()} == {"Роботика", "Шах"}


async def test_a_new_group_pressed_twice_is_one():
    bot = school()
    groups = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "профили"), "Групи")
    for form in [await bot.presses(DIRECTOR, groups, "Нова група") for _ in range(2)]:
        ticks = await bot.presses(DIRECTOR, form, "Напред", group_name="Роботика", **{"class": "5 б"})
        await bot.presses(DIRECTOR, ticks, "Запазване", students=ANNA.id)
    assert len(bot.accounts.store.kept_groups) == 1


@pytest.mark.parametrize("verb", ["accounts.group-edit", "accounts.group-pick", "accounts.group-keep"])
async def test_a_press_that_says_no_group_begins_one_and_a_group_without_an_id_is_never_kept(verb):
    bot = school()
    await bot.says(DIRECTOR, "профили")
    turn = bot.turn(DIRECTOR, Said(""))
    sealer, of_school = Sealer(b"s" * 32, lambda: "a-press-of-its-own"), {"school": LIPA.id}
    sealed = sealer.seal(verb, Holder.of(turn), bot.clock(), FORM_LIFETIME, ids=of_school)
    inputs = {"group_name": "Роботика", "class": "5 б", "students": ANNA.id}
    answer = await bot.responder(bot.turn(DIRECTOR, Pressed(verb, {**sealed, **inputs})))
    assert answer is not None
    assert "Група ученици" in shown(answer) or "Групата е запазена." in shown(answer)
    assert "" not in bot.accounts.store.kept_groups


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ((BOYAN,), "1 ученик вече не е в училището и отпадна от нея."),
        ((BOYAN, VASIL), "2 ученици вече не са в училището и отпаднаха от нея."),
    ],
)
async def test_who_left_the_school_drops_out_of_a_group_when_it_is_kept(left, said):
    bot = school()
    await kept(bot, "Роботика", ANNA, *left)
    gone = {one.id for one in left}
    here = bot.accounts.school.accounts
    here[LIPA.id] = tuple(one for one in here[LIPA.id] if one.person not in gone)
    bot.clock.move(minutes=61)

    form = await changing(bot)
    ticks = await bot.presses(DIRECTOR, form, "Напред", **{"class": "1 а"})
    assert "В групата е и 1 ученик от друга паралелка" in shown(ticks), "who left does not stay"
    changed = await bot.presses(DIRECTOR, ticks, "Запазване", students=GALYA.id)

    assert f"Групата е запазена. {said}" in shown(changed)
    (stored,) = [one for _, one in bot.accounts.store.kept_groups.values()]
    assert set(stored.people) == {ANNA.id, GALYA.id}


async def test_students_of_no_class_can_be_in_a_group():
    nobodys = person(47, "Емил Пробен Безкласен", "", LIPA, teams=(), grade="")
    bot = school(nobodys)
    groups = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "профили"), "Групи")
    form = await bot.presses(DIRECTOR, groups, "Нова група")
    (value,) = [
        choice["value"]
        for node in nodes(form.card)
        for choice in node.get("choices", ())
        if choice["title"] == "Без паралелка"
    ]
    ticks = await bot.presses(DIRECTOR, form, "Напред", group_name="Роботика", **{"class": value})
    assert nobodys.name in shown(ticks)
    assert ANNA.name not in shown(ticks)
    nameless = await bot.presses(DIRECTOR, ticks, "Запазване", students=nobodys.id, group_name="")
    assert prefilled(nameless)["students"] == nobodys.id
    group = await bot.presses(DIRECTOR, nameless, "Запазване", students=nobodys.id, group_name="Роботика")
    assert "Групата е запазена." in shown(group)
    assert nobodys.name in shown(group)


async def test_who_is_beyond_what_a_card_of_a_class_can_offer_stays_in_a_group():
    many = [person(300 + number, f"Ученик {number:02} Пробен", "", LIPA, teams=(), grade="") for number in range(61)]
    bot = school(*many)
    await kept(bot)
    ((id_, (own, group)),) = bot.accounts.store.kept_groups.items()
    bot.accounts.store.kept_groups[id_] = (own, replace(group, people=(many[0].id, many[60].id)))
    form = await changing(bot)
    ticks = await bot.presses(DIRECTOR, form, "Напред", **{"class": "class:"})
    await bot.presses(DIRECTOR, ticks, "Запазване", students=many[1].id)
    (stored,) = [one for _, one in bot.accounts.store.kept_groups.values()]
    assert set(stored.people) == {many[1].id, many[60].id}


async def test_a_group_has_slips_protocol_and_closing_like_a_class():
    bot = school()
    group = await kept(bot)
    form = await bot.presses(DIRECTOR, group, "Бележки с пароли")
    assert "Роботика" in shown(form)
    assert prefilled(form)["students"] == f"{ANNA.id},{BOYAN.id}"
    papers = await bot.presses(DIRECTOR, group, "Протокол")
    assert "Протокол за предаване\nРоботика" in shown(papers)
    signed = await bot.presses(DIRECTOR, group, "Отбелязване на подписалите")
    assert "Група: Роботика" in shown(signed).replace("\n", "")
    back = await bot.presses(DIRECTOR, signed, "Към групата")
    assert row_titles(back) == row_titles(group)


async def test_a_group_is_spoken_of_as_one_and_what_it_is_called_is_in_no_record():
    bot = school()
    group = await kept(bot, "Роботика", ANNA, VASIL)
    form = await bot.presses(DIRECTOR, group, "Бележки с пароли")
    told = {"recipient": "parent", "identity": "true"}
    nobody = await bot.presses(DIRECTOR, form, "Създаване на паролите", students=VASIL.id, **told)
    asked = await bot.presses(DIRECTOR, form, "Създаване на паролите", students=f"{ANNA.id},{VASIL.id}", **told)
    bot.room.accounts.fail_next.append(DirectoryForbidden("x"))
    running = await bot.presses(DIRECTOR, asked, "Потвърждаване")
    await bot.work()
    failed = await bot.presses(DIRECTOR, running, "Обновяване")

    for reply, named in ((form, VASIL), (nobody, VASIL), (asked, VASIL), (failed, ANNA)):
        assert named.name in shown(reply)
        words = [word for word in shown(reply).split("\n") if word not in buttons(reply)]
        assert not [word for word in words if "аралелка" in word or "клас" in word], words
    for reply in (form, running, failed):
        assert "Група: Роботика" in shown(reply).replace("\n", "")
    entries = bot.ledger.audit.entries
    shown_once = [one.detail for one in entries if (one.action, one.outcome) == ("people.shown", "class")]
    assert shown_once == [
        {"count": "3", "class": "5 б"},
        {"count": "2"},
        {"count": "1"},  # Vasil, twice within a minute
        {"count": "1"},  # Anna
    ]
    assert not [one for one in entries if "Роботика" in (one.subject, one.outcome, *one.detail.values())]


@pytest.mark.parametrize(
    ("name", "students", "said"),
    [
        ("", "person-41", "Моля, напишете име на групата."),
        (" \u200b", "person-41", "Моля, напишете име на групата."),
        ("Клуб", "", "Моля, отбележете поне един ученик."),
        ("Клуб", "person-46,nobody", "Моля, отбележете поне един ученик."),
    ],
)
async def test_a_group_needs_a_name_and_somebody_of_the_class(name, students, said):
    bot = school()
    board = await bot.says(DIRECTOR, "профили")
    form = await bot.presses(DIRECTOR, await bot.presses(DIRECTOR, board, "Групи"), "Нова група")
    ticks = await bot.presses(DIRECTOR, form, "Напред", group_name="x", **{"class": "5 б"})
    answer = await bot.presses(DIRECTOR, ticks, "Запазване", students=students, group_name=name)
    assert said in shown(answer)
    assert bot.accounts.store.kept_groups == {}


async def test_a_group_that_was_dropped_meanwhile_is_said_to_be_gone():
    bot = school()
    group = await kept(bot)
    bot.accounts.store.kept_groups.clear()
    for press in ("Протокол", "Отбелязване на подписалите"):
        assert "вече не съществува" in shown(await bot.presses(DIRECTOR, group, press))


async def test_a_group_begun_for_another_school_is_kept_for_none():
    bot = school()
    board = await bot.says(DIRECTOR, "профили")
    form = await bot.presses(DIRECTOR, await bot.presses(DIRECTOR, board, "Групи"), "Нова група")
    ticks = await bot.presses(DIRECTOR, form, "Напред", group_name="Хор", **{"class": "5 б"})
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], username="2990002@edu.mon.bg")
    answer = await bot.presses(DIRECTOR, ticks, "Запазване", students=ANNA.id)
    assert "вече е друго" in shown(answer)
    assert bot.accounts.store.kept_groups == {}


async def test_a_group_of_a_school_one_directs_no_more_is_not_said_to_be_deleted():
    bot = school()
    sure = await bot.presses(DIRECTOR, await changing_of(await kept(bot), bot), "Изтриване на групата")
    facts = bot.roles.facts[DIRECTOR]
    bot.roles.facts[DIRECTOR] = replace(facts, username="2990002@edu.mon.bg")
    assert "вече е друго" in shown(await bot.presses(DIRECTOR, sure, "Изтриване на групата"))
    assert len(bot.accounts.store.kept_groups) == 1


async def test_a_group_that_somebody_else_has_deleted_is_said_to_be_gone():
    bot = school()
    sure = await bot.presses(DIRECTOR, await changing_of(await kept(bot), bot), "Изтриване на групата")
    bot.accounts.store.kept_groups.clear()
    answer = shown(await bot.presses(DIRECTOR, sure, "Изтриване на групата"))
    assert "Тази група вече не съществува." in answer
    assert "Групата е изтрита." not in answer


async def test_a_form_of_a_group_of_another_school_offers_nobody():
    bot = school()
    form = await changing_of(await kept(bot), bot)
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], username="2990002@edu.mon.bg")
    assert "вече е друго" in shown(await bot.presses(DIRECTOR, form, "Напред", **{"class": "5 б"}))


async def test_the_list_of_groups_counts_who_is_in_the_school():
    bot = school()
    await kept(bot, "Роботика", ANNA, BOYAN)
    leaves(bot, BOYAN)
    groups = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "профили"), "Групи")
    assert "Ученици: 1" in row_of(groups, "Роботика")


async def test_who_drops_out_is_said_before_and_nobody_does_whom_the_card_did_not_speak_of():
    bot = school()
    await kept(bot, "Роботика", ANNA, BOYAN)
    ticks = await bot.presses(DIRECTOR, await changing(bot), "Напред", **{"class": "1 а"})
    leaves(bot, BOYAN)
    changed = await bot.presses(DIRECTOR, ticks, "Запазване", students=GALYA.id)
    assert "Междувременно списъкът се промени" in shown(changed)
    assert "1 ученик от групата вече не е в училището. При запазване отпада от нея." in shown(changed)
    assert prefilled(changed)["students"] == GALYA.id
    (stored,) = [one for _, one in bot.accounts.store.kept_groups.values()]
    assert set(stored.people) == {ANNA.id, BOYAN.id}, "nothing yet"
    await bot.presses(DIRECTOR, changed, "Запазване", students=GALYA.id)
    (stored,) = [one for _, one in bot.accounts.store.kept_groups.values()]
    assert set(stored.people) == {ANNA.id, GALYA.id}


async def test_who_comes_into_the_class_of_a_card_is_not_taken_for_unticked():
    bot = school()
    await kept(bot, "Роботика", ANNA)
    ticks = await bot.presses(DIRECTOR, await changing(bot), "Напред", **{"class": "1 а"})
    seen_by(bot, ANNA, class_="1 а")
    changed = await bot.presses(DIRECTOR, ticks, "Запазване", students=GALYA.id)
    assert "Междувременно списъкът се промени" in shown(changed)
    (stored,) = [one for _, one in bot.accounts.store.kept_groups.values()]
    assert stored.people == (ANNA.id,)


async def test_a_stale_press_that_began_a_group_says_which_one_it_opens():
    bot = school()
    groups = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "профили"), "Групи")
    form = await bot.presses(DIRECTOR, groups, "Нова група")
    assert "Група:" not in shown(form).replace("\n", "")
    ticks = await bot.presses(DIRECTOR, form, "Напред", group_name="Роботика", **{"class": "5 б"})
    await bot.presses(DIRECTOR, ticks, "Запазване", students=ANNA.id)
    stale = await bot.presses(DIRECTOR, groups, "Нова група")
    assert "Група: Роботика" in shown(stale).replace("\n", "")


async def changing_of(group: Reply, bot: Bot) -> Reply:
    return await bot.presses(DIRECTOR, group, "Промяна на групата")


def leaves(bot: Bot, one: Person) -> None:
    """The next look does not see them."""
    here = bot.accounts.school.accounts
    here[LIPA.id] = tuple(each for each in here[LIPA.id] if each.person != one.id)
    bot.accounts.store.looked.clear()


async def test_a_name_that_holds_an_identifier_is_kept_without_it():
    bot = school()
    await kept(bot, f"Клуб {YOUNG}")
    (stored,) = [one for _, one in bot.accounts.store.kept_groups.values()]
    assert YOUNG not in stored.name
    assert stored.name.startswith("Клуб")
