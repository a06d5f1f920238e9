"""A teacher of two schools whom one director trusts: the other one, who could set the teacher's password, gains nothing."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.conversation import Reply
from bot.core.actors.deputies import Deputy
from bot.core.actors.model import RoleFacts
from bot.core.people.free_text import FreeText
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.transfers.model import State
from tests.conversations.bot import (
    CATALOG,
    DIRECTOR,
    EGN_MOVED,
    EGN_OWN,
    LIPA,
    OTHER_DIRECTOR,
    PEOPLE,
    RUO,
    TENANT,
    UTRO,
    Bot,
    row_of,
    row_titles,
    shown,
)
from tests.fakes_transfers import anybody
from tests.unit.core.test_transfer_policy import TODAY

SHARED, USERNAME = "shared", "sh.u@edu.mon.bg"
WORKS = Person(SHARED, "Обща Пробна Учителка", USERNAME, Kind.TEACHER, AccountState.ACTIVE, (LIPA, UTRO), teams=())
AT_UTRO = replace(WORKS, schools=(UTRO,))
ELSEWHERE = CATALOG.speak("bg")("refusal-decides-elsewhere")
KNOWN_ELSEWHERE = CATALOG.speak("bg")("refusal-password-elsewhere")


def with_teacher(person: Person = WORKS) -> Bot:
    """The directors of both schools, and a teacher of both."""
    bot = Bot(people=(*PEOPLE, person))
    bot.roles.facts[SHARED] = RoleFacts(
        SHARED, exists=True, enabled=True, name=person.name, username=USERNAME, education_role=Kind.TEACHER,
        schools=person.schools,
    )  # fmt: skip
    return bot


@pytest.fixture
def bot() -> Bot:
    return with_teacher()


async def form_of_authority(bot: Bot, who: str) -> Reply:
    listed = await bot.presses(who, await bot.says(who, "искания"), "Упълномощени лица")
    return await bot.presses(
        who, await bot.presses(who, listed, "Упълномощаване на колега"), "Търсене", typed=USERNAME
    )


async def authorises(bot: Bot, who: str, form: Reply | None = None, *, days: int = 30) -> Reply:
    day = {"order_date": TODAY.isoformat(), "until": (TODAY + timedelta(days=days)).isoformat()}
    return await bot.presses(who, form or await form_of_authority(bot, who), "Упълномощаване", order="РД-1", **day)


async def asks_for_password(bot: Bot, who: str) -> Reply:
    """Up to the account of the teacher, or why there is none."""
    return await bot.presses(who, await bot.says(who, "парола"), "Търсене", kind="username", typed=USERNAME)


async def sets_password(bot: Bot, who: str) -> Reply:
    sure = await bot.presses(who, await asks_for_password(bot, who), "Напред", recipient="teacher", identity="true")
    return await bot.presses(who, sure, "Потвърждаване")


async def asks_for_student(bot: Bot) -> None:
    form = await bot.presses(
        DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=EGN_MOVED
    )
    await bot.presses(DIRECTOR, form, "Изпращане на искането", basis="application", to_class="5 б")
    await bot.moves.work()


def state(bot: Bot) -> State:
    (transfer,) = bot.moves.transfers.rows.values()
    return transfer.state


def sent_to(bot: Bot, who: str) -> list[Reply]:
    return [reply for chat, _, reply in bot.moves.messenger.sent if chat == f"chat-{who}"]


async def test_a_director_cannot_become_another_schools_deputy_by_the_teachers_password(bot):
    """The acts of an attack: ask for a student of the other school, set its deputy's password, approve as the deputy."""
    await authorises(bot, OTHER_DIRECTOR)
    await asks_for_student(bot)

    refused = await asks_for_password(bot, DIRECTOR)

    assert ELSEWHERE in shown(refused)
    assert bot.room.passwords == set()
    assert state(bot) is State.REQUESTED


async def test_nor_where_the_authority_is_given_while_the_question_is_open_or_the_task_waits(bot):
    sure = await bot.presses(
        DIRECTOR, await asks_for_password(bot, DIRECTOR), "Напред", recipient="teacher", identity="true"
    )
    before = bot.clock()
    await authorises(bot, OTHER_DIRECTOR)
    refused = await bot.presses(DIRECTOR, sure, "Потвърждаване")
    assert ELSEWHERE in shown(refused)
    assert not bot.room.made

    # Asked for before the authority was given, carried out after it.
    bot.deputies.rows.clear()
    bot.room.worker_is_there = False
    await sets_password(bot, DIRECTOR)
    await bot.deputies.authorise(given(UTRO.id, before), (), anybody)
    await bot.room.work()
    (operation,) = bot.room.made
    assert (operation.stage, operation.reason) == ("failed", "decides-elsewhere")
    assert bot.room.accounts.set_calls == []


def given(school: str, since: datetime) -> Deputy:
    until = since + timedelta(days=30)
    return Deputy(school, SHARED, WORKS.name, FreeText("РД-1"), date(2026, 11, 1), OTHER_DIRECTOR, since, until)


async def test_the_own_director_of_a_deputy_gives_the_password_as_before(bot):
    await authorises(bot, OTHER_DIRECTOR)
    await sets_password(bot, OTHER_DIRECTOR)
    assert len(bot.room.accounts.set_calls) == 1


async def test_an_authority_that_was_ended_or_is_for_a_school_the_teacher_has_left_closes_nothing(bot):
    await authorises(bot, OTHER_DIRECTOR)
    left = with_teacher(replace(WORKS, schools=(LIPA,)))
    left.deputies.rows = list(bot.deputies.rows)
    await sets_password(left, DIRECTOR)
    assert len(left.room.accounts.set_calls) == 1

    listed = await bot.presses(OTHER_DIRECTOR, await bot.says(OTHER_DIRECTOR, "искания"), "Упълномощени лица")
    sure = await bot.presses(OTHER_DIRECTOR, listed, "Прекратяване: Обща Учителка")
    await bot.presses(OTHER_DIRECTOR, sure, "Потвърждаване")
    await sets_password(bot, DIRECTOR)
    assert len(bot.room.accounts.set_calls) == 1


async def test_whose_password_another_director_has_just_set_is_authorised_only_after_a_new_one(bot):
    """The same acts in the other order."""
    await sets_password(bot, DIRECTOR)

    refused = await form_of_authority(bot, OTHER_DIRECTOR)
    assert KNOWN_ELSEWHERE in shown(refused)

    await sets_password(bot, OTHER_DIRECTOR)
    await authorises(bot, OTHER_DIRECTOR)
    assert [row.school for row in bot.deputies.rows] == [UTRO.id]


async def test_a_password_set_while_the_form_is_open_or_never_certainly_set_is_not_overlooked(bot):
    form = await form_of_authority(bot, OTHER_DIRECTOR)
    await sets_password(bot, DIRECTOR)
    assert KNOWN_ELSEWHERE in shown(await authorises(bot, OTHER_DIRECTOR, form))

    bot.room.worker_is_there = False
    await sets_password(bot, OTHER_DIRECTOR)
    assert KNOWN_ELSEWHERE in shown(await authorises(bot, OTHER_DIRECTOR, form))
    assert bot.deputies.rows == []
    denied = [one.detail["reason"] for one in bot.ledger.audit.of("deputy.denied")]
    assert denied == ["password-elsewhere"] * 2


async def test_a_month_later_it_is_forgotten(bot):
    await sets_password(bot, DIRECTOR)
    bot.clock.move(days=31)
    assert KNOWN_ELSEWHERE not in shown(await form_of_authority(bot, OTHER_DIRECTOR))


async def test_what_a_deputy_approves_the_director_is_told_and_by_whom():
    bot = with_teacher(AT_UTRO)
    await authorises(bot, OTHER_DIRECTOR)
    await asks_for_student(bot)
    listed = await bot.says(SHARED, "искания")
    card = await bot.presses(SHARED, listed, row_of(listed))
    before = len(sent_to(bot, OTHER_DIRECTOR))

    await bot.presses(SHARED, await bot.presses(SHARED, card, "Одобряване"), "Одобряване")
    await bot.moves.work()

    assert state(bot) is State.DONE
    (told,) = sent_to(bot, OTHER_DIRECTOR)[before:]
    assert "Решението е на Обща Пробна Учителка от името на училището" in shown(told)
    assert not any("Решението е на" in shown(one) for who in (SHARED, DIRECTOR) for one in sent_to(bot, who))
    listed = await bot.presses(OTHER_DIRECTOR, told, "Упълномощени лица")
    assert "Обща" in shown(listed)


THIRD, OF_THIRD = School("school-3", "2990003", "ПГ „Ясен ден“", "Русе", "Русе"), "third-director"


async def test_a_deputy_of_one_of_two_schools_sees_and_decides_what_that_one_is_asked_alone(bot):
    """A third school asks both for a student. The deputy's card of the other school's is a genuine one, of before."""
    bot.roles.schools.append(THIRD)
    bot.roles.facts[OF_THIRD] = replace(bot.roles.facts[DIRECTOR], object_id=OF_THIRD, username="2990003@edu.mon.bg")
    for student in (EGN_OWN, EGN_MOVED):
        form = await bot.presses(
            OF_THIRD, await bot.says(OF_THIRD, "ново искане"), "Търсене", kind="egn", typed=student
        )
        await bot.presses(OF_THIRD, form, "Изпращане на искането", basis="application", to_class="8 а")
    of_lipa, of_utro = bot.moves.transfers.rows.values()
    await authorises(bot, DIRECTOR)
    listed = await bot.says(SHARED, "искания")
    former = await bot.presses(SHARED, listed, row_of(listed))
    sure = await bot.presses(SHARED, former, "Одобряване")
    assert of_lipa.asked.name in shown(sure)
    assert of_utro.asked.name not in shown(listed)
    assert await bot.parts.deputies.end(LIPA.id, SHARED, bot.clock(), ())
    await authorises(bot, OTHER_DIRECTOR)

    listed = await bot.says(SHARED, "искания")
    assert [one[:10] for one in row_titles(listed) if one.startswith("Искане №")] == ["Искане № 2"]
    assert of_utro.asked.name in shown(listed)
    for card in (former, sure):
        assert of_lipa.asked.name not in shown(await bot.presses(SHARED, card, "Одобряване"))
    assert bot.moves.transfers.rows[of_lipa.id] == of_lipa
    denied = [one for one in bot.ledger.audit.entries if one.outcome == "denied"]
    assert [(one.actor, one.action, one.subject) for one in denied] == [(SHARED, "transfer.denied", of_lipa.id)]

    opened = await bot.presses(SHARED, listed, row_of(listed))
    await bot.presses(SHARED, await bot.presses(SHARED, opened, "Одобряване"), "Одобряване")
    decided = bot.moves.transfers.rows[of_utro.id]
    assert decided.state is State.APPROVED
    assert (decided.verdict.by, decided.asked.releasing.id) == (SHARED, UTRO.id)


async def test_of_an_own_decision_nobody_is_told(bot):
    await asks_for_student(bot)
    sure = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Одобряване")
    await bot.presses(OTHER_DIRECTOR, sure, "Одобряване")
    await bot.moves.work()
    assert state(bot) is State.DONE
    assert len(sent_to(bot, OTHER_DIRECTOR)) == 1


async def test_what_the_office_approves_the_director_is_told_too(bot):
    await bot.says(RUO, "помощ")
    await asks_for_student(bot)
    await bot.moves.wait(days=8)
    why = await bot.presses(RUO, sent_to(bot, RUO)[0], "Одобряване")
    await bot.presses(RUO, why, "Одобряване", reason="Срокът изтече")
    await bot.moves.work()
    told = shown(sent_to(bot, OTHER_DIRECTOR)[-1])
    assert "Решението е на РУО" in told
    assert "упълномощили" not in told


DECIDES_ELSEWHERE = "Този колега вече е упълномощен да решава в друго училище до 23.12.2026 г."


async def test_who_decides_for_one_school_is_not_authorised_by_another_meanwhile(bot):
    """What the first director has given holds, and the second is told at once; not which school it is."""
    await authorises(bot, DIRECTOR)

    refused = await form_of_authority(bot, OTHER_DIRECTOR)

    assert DECIDES_ELSEWHERE in shown(refused)
    assert LIPA.name not in shown(refused)
    assert (await bot.recognise(SHARED, TENANT)).deputy_of == LIPA


async def test_nor_where_the_first_one_was_faster_while_the_form_was_open(bot):
    form = await form_of_authority(bot, OTHER_DIRECTOR)
    await authorises(bot, DIRECTOR)

    refused = await authorises(bot, OTHER_DIRECTOR, form)

    assert DECIDES_ELSEWHERE in shown(refused)
    assert LIPA.name not in shown(refused)
    assert [row.school for row in bot.deputies.rows] == [LIPA.id]
    (denied,) = bot.ledger.audit.of("deputy.denied")
    assert (denied.actor, denied.subject, denied.detail) == (OTHER_DIRECTOR, SHARED, {"reason": "deputy-elsewhere"})


async def test_the_same_school_may_prolong_what_it_has_given_and_another_follows_when_it_is_over(bot):
    await authorises(bot, DIRECTOR)
    bot.clock.move(days=1)
    assert "е упълномощен(а) до" in shown(await authorises(bot, DIRECTOR, days=31))
    assert DECIDES_ELSEWHERE.replace("23.12", "24.12") in shown(await form_of_authority(bot, OTHER_DIRECTOR))

    bot.clock.move(days=31)
    assert "е упълномощен(а) до" in shown(await authorises(bot, OTHER_DIRECTOR, days=60))
    assert (await bot.recognise(SHARED, TENANT)).deputy_of == UTRO


async def test_an_authority_of_a_school_the_teacher_has_left_keeps_no_other_from_giving_one(bot):
    await authorises(bot, DIRECTOR)
    left = with_teacher(AT_UTRO)
    left.deputies.rows = list(bot.deputies.rows)

    assert "е упълномощен(а) до" in shown(await authorises(left, OTHER_DIRECTOR))
    assert (await left.recognise(SHARED, TENANT)).deputy_of == UTRO


async def test_of_two_authorities_of_before_the_newer_holds_and_the_other_school_reads_so(bot):
    """As an older release has given them. When the newer one is over, the older holds again, and is shown so."""
    rests = "Не решава при Вас до края на 22.12.2026 г."
    await bot.deputies.authorise(given(LIPA.id, bot.clock()), (), anybody)
    bot.clock.move(minutes=5)
    newer = replace(given(UTRO.id, bot.clock()), until=datetime.fromisoformat("2026-12-23T00:00:00+02:00"))
    await bot.deputies.authorise(newer, (), anybody)

    of_lipa, of_utro = [await list_of(bot, who) for who in (DIRECTOR, OTHER_DIRECTOR)]
    assert (await bot.recognise(SHARED, TENANT)).deputy_of == UTRO
    assert rests in shown(of_lipa)
    assert UTRO.name not in shown(of_lipa)
    assert "Не решава при Вас" not in shown(of_utro)

    await bot.presses(OTHER_DIRECTOR, await bot.presses(OTHER_DIRECTOR, of_utro, ENDING), "Потвърждаване")
    assert (await bot.recognise(SHARED, TENANT)).deputy_of == LIPA
    assert rests not in shown(await list_of(bot, DIRECTOR))


ENDING = "Прекратяване: Обща Учителка"


async def list_of(bot: Bot, who: str) -> Reply:
    return await bot.presses(who, await bot.says(who, "искания"), "Упълномощени лица")


async def test_of_two_directors_who_authorise_at_once_the_second_is_told_of_the_first(bot):
    forms = {who: await form_of_authority(bot, who) for who in (DIRECTOR, OTHER_DIRECTOR)}

    replies = await asyncio.gather(*(authorises(bot, who, form) for who, form in forms.items()))

    assert sorted("е упълномощен(а) до" in shown(one) for one in replies) == [False, True]
    assert sum(DECIDES_ELSEWHERE in shown(one) for one in replies) == 1
    assert len(bot.deputies.rows) == 1
