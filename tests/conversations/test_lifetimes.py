"""How long a press is obeyed: what begins something lives for minutes, however long the card stands in the chat."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.conversation import Reply
from bot.core.class_links.cases import Platform
from bot.core.errors import DirectoryForbidden
from bot.core.tasks import Task
from bot.core.transfers.model import State
from tests.conversations import passwords
from tests.conversations import test_class_conversation as of_class
from tests.conversations import test_handing_over as handing
from tests.conversations import test_link_several as several
from tests.conversations.bot import (
    ALL_YEAR,
    CATALOG,
    DIALOG_NAMES,
    DIRECTOR,
    EGN_MOVED,
    EGN_OWN,
    LIPA,
    OTHER_DIRECTOR,
    RUO,
    TEACHER,
    VERBS,
    Bot,
    button_of,
    buttons,
    nodes,
    row_of,
    shown,
)
from tests.conversations.copies import copied
from tests.conversations.lives import ACTS, LIVES, kind_of
from tests.conversations.own_class_room import OwnClassRoom
from tests.conversations.test_link_conversation import opened
from tests.conversations.test_roles_read_anew import kept, pressed, world
from tests.conversations.test_shared_teacher import authorises, form_of_authority, with_teacher
from tests.conversations.test_transfer_messages import asked, only, sent_to
from tests.fakes_lists import list_naming
from tests.gallery.samples import SAMPLES
from tests.gallery.screens import NOW

EXPIRED = "вече не е валиден (изтекъл срок)"
OLDER = {"requests.open", "new-accounts.open"}
"""On no card any more: of older releases, and of typed words."""


def presses(card: Mapping[str, Any] | None, now: float) -> Iterator[tuple[str, str, timedelta]]:
    """Of each press of a card: its verb, its kind, and how long it lives from now on."""
    parts = nodes(card)
    typed = any(str(node.get("type")).startswith("Input.") for node in parts)
    for node in parts:
        if node.get("type") == "Action.Execute":
            action = node["data"]["action"]
            life = timedelta(seconds=action["expires"] - now)
            yield node["verb"], kind_of(node["verb"], action["ids"], typed=typed), life


def too_long(card: Mapping[str, Any] | None, now: float) -> list[tuple[str, timedelta]]:
    """Of which no life is known, too."""
    return [(kind, life) for _, kind, life in presses(card, now) if life > LIVES.get(kind, timedelta(0))]


def test_what_is_written_of_a_verb_is_of_one_there_is():
    assert {kind.partition("(")[0] for kind in LIVES} == set(VERBS)


async def test_what_is_no_act_changes_nothing():
    """Else it would live as long as what only opens something."""
    bot, ids = await world()
    await bot.says(DIRECTOR, "класове")  # a school is watched from the first look on
    acts = {kind.partition("(")[0] for kind in ACTS}
    for who in (DIRECTOR, TEACHER, RUO):
        for verb in set(VERBS) - acts:
            there = copied(bot)
            before = changed(there)
            await pressed(there, who, verb, ids)
            assert changed(there) == before, (who, verb)


def test_no_press_of_any_screen_lives_longer_than_it_may():
    now, seen = NOW.timestamp(), set[str]()
    for sample in SAMPLES:
        card = sample.card(CATALOG.speak("bg"))
        assert not too_long(card, now), sample.name
        seen |= {verb for verb, _, _ in presses(card, now)}
    assert set(VERBS) - seen == OLDER | {"lookup.listed", "password.listed", "accounts.group-dropped"}


async def test_nor_does_one_of_the_answers_that_presses_lead_to():
    bot, ids = await world()
    seen = set[str]()
    for who in (DIRECTOR, TEACHER):
        for act in (*VERBS, *DIALOG_NAMES):
            there = copied(bot)
            words = CATALOG.speak("bg")(f"command-{act}") if act in DIALOG_NAMES else ""
            reply = await (there.says(who, words) if words else pressed(there, who, act, ids))
            assert not too_long(reply.card, there.clock().timestamp()), (who, act)
            seen |= {verb for verb, _, _ in presses(reply.card, 0)}
    assert len(seen) > 70
    assert {"password.listed", "accounts.group-dropped"} <= seen


@dataclass(frozen=True)
class Act:
    """A press with an effect, on the card it stands on."""

    bot: Bot
    who: str
    card: Reply
    title: str
    typed: Mapping[str, str] = field(default_factory=dict)


async def confirm_password() -> Act:
    bot = Bot(people=passwords.ALL)
    return Act(bot, DIRECTOR, await passwords.asked(bot), "Потвърждаване")


async def reveal() -> Act:
    bot = Bot(people=passwords.ALL)
    return Act(bot, DIRECTOR, await passwords.ready(bot), "Показване на паролата")


async def slip() -> Act:
    return replace(await reveal(), title="Отпечатване на бележка")


async def handed() -> Act:
    bot = Bot(people=passwords.ALL)
    return Act(bot, DIRECTOR, await passwords.revealed(bot), "Отбелязване като предадена")


async def choose_class() -> Act:
    bot = Bot(people=of_class.CLASS)
    typed = {"students": f"{of_class.ANNA.id},{of_class.BOYAN.id}", "recipient": "student", "identity": "true"}
    return Act(bot, DIRECTOR, await of_class.listed(bot), "Създаване на паролите", typed)


async def confirm_class() -> Act:
    bot = Bot(people=of_class.CLASS)
    return Act(bot, DIRECTOR, await of_class.sure(bot, of_class.ANNA, of_class.BOYAN), "Потвърждаване")


async def cancel_class() -> Act:
    bot = Bot(people=of_class.CLASS)
    return Act(bot, DIRECTOR, await of_class.begun(bot, of_class.ANNA, of_class.BOYAN), "Спиране")


async def slips_of_class() -> Act:
    bot = Bot(people=of_class.CLASS)
    return Act(bot, DIRECTOR, await of_class.finished(bot, of_class.ANNA), "Отпечатване на бележките")


async def retry_class() -> Act:
    bot = Bot(people=of_class.CLASS)
    bot.room.accounts.fail_next.append(DirectoryForbidden("x"))
    done = await of_class.finished(bot, of_class.ANNA, of_class.BOYAN)
    return Act(bot, DIRECTOR, done, "Нов опит за ученици без парола")


async def received() -> tuple[Bot, Reply]:
    """A request, and the card of who decides about it."""
    bot = Bot()
    await bot.says(RUO, "помощ")
    await asked(bot)
    await bot.moves.work()
    return bot, sent_to(bot, OTHER_DIRECTOR)[0]


async def approve() -> Act:
    bot, card = await received()
    return Act(bot, OTHER_DIRECTOR, await bot.presses(OTHER_DIRECTOR, card, "Одобряване"), "Одобряване")


async def refuse() -> Act:
    bot, card = await received()
    form = await bot.presses(OTHER_DIRECTOR, card, "Отхвърляне")
    return Act(bot, OTHER_DIRECTOR, form, "Отхвърляне", {"reason": "Още е при нас."})


async def approve_several() -> Act:
    bot, _ = await received()
    listed, ids = await bot.says(OTHER_DIRECTOR, "искания"), ",".join(bot.moves.transfers.rows)
    sure = await bot.presses(OTHER_DIRECTOR, listed, "Одобряване на отбелязаните", ticked=ids)
    return Act(bot, OTHER_DIRECTOR, sure, "Одобряване")


async def try_again() -> Act:
    bot, _ = await received()
    bot.moves.transfers.rows[only(bot).id] = replace(only(bot), state=State.NEEDS_ATTENTION)
    listed = await bot.says(DIRECTOR, "искания")
    return Act(bot, DIRECTOR, await bot.presses(DIRECTOR, listed, row_of(listed)), "Нов опит")


async def open_for_office() -> Act:
    bot, _ = await received()
    await bot.moves.wait(days=8)
    form = await bot.presses(RUO, sent_to(bot, RUO)[0], "Показване на данните")
    return Act(bot, RUO, form, "Показване на данните", {"reason": "Жалба от родител"})


async def request() -> Act:
    bot = Bot()
    form = await bot.presses(
        DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=EGN_MOVED
    )
    return Act(bot, DIRECTOR, form, "Изпращане на искането", {"basis": "application", "to_class": "5 б"})


async def authorise() -> Act:
    bot = with_teacher()
    typed = {"order": "РД-1", "order_date": "2026-11-02", "until": "2027-06-30"}
    return Act(bot, DIRECTOR, await form_of_authority(bot, DIRECTOR), "Упълномощаване", typed)


async def end_authority() -> Act:
    bot = with_teacher()
    sure = await bot.presses(DIRECTOR, await authorises(bot, DIRECTOR), "Прекратяване: Обща Учителка")
    return Act(bot, DIRECTOR, sure, "Потвърждаване")


async def look_up() -> Act:
    bot = Bot()
    return Act(bot, DIRECTOR, await bot.says(DIRECTOR, "справка"), "Търсене", {"kind": "egn", "typed": EGN_OWN})


async def take_in() -> Act:
    bot = Bot(season=ALL_YEAR)
    form = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "приемане"), "Ученици от други училища")
    return Act(bot, DIRECTOR, form, "Търсене", {"numbers": EGN_MOVED, "grade": "5"})


async def choose_for_school() -> Act:
    bot = Bot()
    form = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "профили"), "Настройки")
    return Act(bot, DIRECTOR, form, "Запазване", {"closers": "class-teacher"})


async def signers(*, everybody: bool = False) -> Act:
    bot = handing.school()
    await handing.printed(bot)
    typed = {"recipient": "owner"} | ({} if everybody else {"signed": handing.ANNA.id})
    title = "Всички подписаха (3)" if everybody else "Запис на отбелязаните"
    return Act(bot, DIRECTOR, await handing.signers(bot), title, typed)


async def everybody_signed() -> Act:
    return await signers(everybody=True)


async def attest() -> Act:
    bot = handing.school()
    await handing.printed(bot)
    noted = await bot.presses(DIRECTOR, await handing.signers(bot), "Всички подписаха (3)", recipient="parent")
    return Act(bot, DIRECTOR, await bot.presses(DIRECTOR, noted, "Предаване на родител (СОП)"), "Удостоверяване")


async def take_back() -> Act:
    bot = handing.school()
    form = await bot.presses(DIRECTOR, await handing.noted_by_mistake(bot), "Отмяна на отбелязването")
    return Act(bot, DIRECTOR, form, "Отмяна на отбелязването", {"reason": "Сгрешено дете."})


async def keep_group() -> Act:
    bot = handing.school()
    groups = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "профили"), "Групи")
    form = await bot.presses(DIRECTOR, groups, "Нова група")
    ticks = await bot.presses(DIRECTOR, form, "Напред", group_name="Роботика", **{"class": "5 б"})
    return Act(bot, DIRECTOR, ticks, "Запазване", {"students": handing.ANNA.id})


async def drop_group() -> Act:
    bot = handing.school()
    form = await handing.changing_of(await handing.kept(bot), bot)
    return Act(bot, DIRECTOR, await bot.presses(DIRECTOR, form, "Изтриване на групата"), "Изтриване на групата")


async def remove_file() -> Act:
    bot = Bot()
    bot.kept_lists.kept[LIPA.id] = list_naming(LIPA, (), "Нова Пробна Ученичка")
    files = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "списък от мон"), "Файлове")
    return Act(bot, DIRECTOR, await bot.presses(DIRECTOR, files, row_of(files, "5 б клас.xlsx")), "Премахване")


async def ask_for_password() -> Act:
    room = OwnClassRoom()
    return Act(room.bot, TEACHER, await room.pupil("Мария Едина Еднаква"), "Искане на парола")


async def own_signers(*, everybody: bool = False) -> Act:
    room = OwnClassRoom()
    room.lets_class_teachers_close()
    form = await room.bot.presses(TEACHER, await room.opened(), "Отбелязване на подписалите")
    typed = {"recipient": "owner"} | ({} if everybody else {"signed": "person-6"})
    return Act(room.bot, TEACHER, form, "Всички подписаха (16)" if everybody else "Запис на отбелязаните", typed)


async def everybody_of_the_own_class() -> Act:
    return await own_signers(everybody=True)


async def mend_link() -> Act:
    bot = Bot()
    return Act(bot, DIRECTOR, await opened(bot, DIRECTOR, "Химия"), "Добавяне като собственик")


async def ask_about_link() -> Act:
    bot = Bot()
    return Act(bot, TEACHER, await opened(bot, TEACHER, "Музика"), "Въпрос до директора")


async def answer_about_link() -> Act:
    """The card of a question, as the director was sent it."""
    act = await ask_about_link()
    await act.bot.presses(act.who, act.card, act.title)
    news, _ = act.bot.links.cases.tasks
    teller = next(one for one in act.bot.handlers() if one.kind == news.kind)
    await teller.carry_out(Task(1, news.kind, news.key, {**news.payload, "to": DIRECTOR}, 1))
    return Act(act.bot, DIRECTOR, sent_to(act.bot, DIRECTOR)[0], "Решено е")


async def in_classroom() -> Bot:
    bot = Bot()
    bot.links.by_hand.platforms[LIPA.id] = Platform.CLASSROOM
    return bot


async def mark_link() -> Act:
    bot = await in_classroom()
    return Act(bot, TEACHER, await opened(bot, TEACHER, "Музика"), "Отбелязване като създадена")


async def unmark_link() -> Act:
    act = await mark_link()
    return replace(act, card=await act.bot.presses(act.who, act.card, act.title), title="Отмяна на отбелязването")


async def mark_several() -> Act:
    bot = await in_classroom()
    card = await several.to_tick(bot, DIRECTOR)
    return Act(bot, DIRECTOR, card, several.CHOSEN, {"several": several.every(card)})


async def unmark_several() -> Act:
    act = await mark_several()
    return Act(act.bot, act.who, await act.bot.presses(act.who, act.card, act.title, **act.typed), several.UNDO)


async def mark_rest() -> Act:
    bot = await in_classroom()
    sure = await bot.presses(DIRECTOR, await several.to_tick(bot, DIRECTOR), "Отбелязване на всички (8)")
    return Act(bot, DIRECTOR, sure, "Потвърждаване")


async def change_platform() -> Act:
    bot = Bot()
    asked_ = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "класове"), "Преминаване към Classroom")
    return Act(bot, DIRECTOR, asked_, "Потвърждаване")


async def change_language() -> Act:
    bot = Bot()
    return Act(bot, DIRECTOR, await bot.says(DIRECTOR, "език"), "English")


WAYS: Mapping[str, tuple[Callable[[], Awaitable[Act]], str]] = {
    "password.confirm": (confirm_password, "Показване на паролата"),
    "password.reveal": (reveal, "Чете се"),
    "password.slips": (slip, "ПИН код"),
    "password.slips(class)": (slips_of_class, "ПИН код"),
    "password.handed": (handed, "Предаването е отбелязано"),
    "class.choose": (choose_class, "Готови: 0 от 2"),
    "class.confirm": (confirm_class, "Готови: 0 от 2"),
    "class.cancel": (cancel_class, "Спирането е прието"),
    "class.retry": (retry_class, "Готови: 1 от 2"),
    "request.do": (approve, "Одобрихте искането"),
    "request.do(reason)": (refuse, "Искането е отхвърлено"),
    "request.ask": (try_again, "Изпълнението започна отново"),
    "requests.approve": (approve_several, "Одобрени: 1"),
    "request.revealed": (open_for_office, "Данните са показани"),
    "transfer.submit": (request, "Искане № 1 е изпратено"),
    "deputy.authorise": (authorise, "е упълномощен(а) до"),
    "deputy.ended": (end_authority, "Упълномощаването е прекратено"),
    "lookup.search": (look_up, "Иво Пробен Образцов"),
    "intake.ask": (take_in, "Мая Пробна Преместена"),
    "accounts.choose": (choose_for_school, "Изборът е запазен."),
    "accounts.closed": (signers, "Записано е предаване на 1 профил"),
    "accounts.closed-all": (everybody_signed, "Записано е предаване на 3 профила"),
    "accounts.attested": (attest, "Записано е предаване на 1 профил"),
    "accounts.reversed": (take_back, "Отбелязването е отменено"),
    "accounts.group-keep": (keep_group, "Групата е запазена"),
    "accounts.group-dropped": (drop_group, "Групата е изтрита"),
    "listed.removed": (remove_file, "Файлът е премахнат"),
    "own.ask": (ask_for_password, "Искането е изпратено"),
    "own.closed": (own_signers, "Записано е предаване на 1 профил"),
    "own.closed-all": (everybody_of_the_own_class, "Записано е предаване на 16 профила"),
    "link.do": (mend_link, "Изпълнява се"),
    "link.question": (ask_about_link, "Директорът ще получи съобщение"),
    "link.answer": (answer_about_link, "Отговорът е изпратен"),
    "link.mark": (mark_link, "Създадена в Classroom"),
    "link.unmark": (unmark_link, "Отбелязването е отменено"),
    "links.mark-chosen": (mark_several, "Отбелязани са 8"),
    "links.unmark-these": (unmark_several, "Отново предстои създаване"),
    "links.mark-rest-do": (mark_rest, "Отбелязани са 8"),
    "links.platform-set": (change_platform, "Сега училището ползва Google Classroom"),
    "language.set": (change_language, "English"),
}
"""Kind of press → the way to it, and what is said when it had its effect."""

AGAIN = {
    "link.do": "Минаха повече от десет минути",
    "own.ask": "Искане на парола",
    "password.handed": "Паролата вече е показана",
}
"""Instead of only that it is too old: what the card stood for, as it is now."""


def everything(bot: Bot) -> str:
    """What a press may change: nothing that says only who was shown what."""
    return repr((kept(bot), bot.ledger.rows, bot.preferences.languages))


def changed(bot: Bot) -> str:
    """Of everything, what is more than who looked at whom, what was missing then, and which address was offered."""
    there: Any = copied(bot)
    there.ledger.rows.clear()
    there.links.cases = there.links.one_time_links = SimpleNamespace()
    return everything(there)


def addresses(reply: Reply) -> list[str]:
    """What is fetched with a browser, once."""
    return [node["url"] for node in nodes(reply.card) if node.get("type") == "Action.OpenUrl"]


def test_every_kind_with_an_effect_is_pressed():
    assert set(WAYS) == set(ACTS)


DENIES = ("ищо не е променено", "ищо не е направено", "ищо не е записано", "ищо не е изпратено")
CONFIRMS = "потвърдете отново"


@pytest.mark.parametrize("kind", WAYS)
async def test_of_a_press_that_had_its_effect_it_is_not_said_later_that_there_was_none(kind):
    """Its answer was lost, or it stands on a second device, too."""
    way, says = WAYS[kind]
    act = await way()
    assert says in shown(await act.bot.presses(act.who, act.card, act.title, **act.typed))
    await act.bot.work()
    act.bot.clock.now += LIVES[kind] + timedelta(seconds=1)

    late = await act.bot.presses(act.who, act.card, act.title, **act.typed)

    assert not [words for words in DENIES if words in shown(late)]
    assert CONFIRMS not in shown(late) or act.title in buttons(late)


async def test_what_was_mended_is_not_asked_to_be_confirmed_again():
    act = await mend_link()
    await act.bot.presses(act.who, act.card, act.title)
    await act.bot.links.work()
    act.bot.clock.now += LIVES["link.do"] + timedelta(seconds=1)

    late = await act.bot.presses(act.who, act.card, act.title)

    assert "Минаха повече от десет минути" in shown(late)
    assert CONFIRMS not in shown(late)
    assert act.title not in buttons(late)


@pytest.mark.parametrize("kind", WAYS)
async def test_a_press_has_its_effect_a_second_before_its_time_is_over_and_none_a_second_after(kind):
    way, says = WAYS[kind]
    act = await way()
    button = button_of(act.card, act.title)
    assert kind == kind_of(button["verb"], button["data"]["action"]["ids"], typed="reason" in act.typed)

    for seconds, works in ((-1, True), (1, False)):
        bot = copied(act.bot)
        bot.clock.now += LIVES[kind] + timedelta(seconds=seconds)
        before = everything(bot)
        reply = await bot.presses(act.who, act.card, act.title, **act.typed)
        assert (everything(bot) != before or bool(addresses(reply))) is works
        assert (says in shown(reply)) is works, shown(reply)
        assert works or AGAIN.get(kind, EXPIRED) in shown(reply)
