"""Who says or presses what, and what comes back: never a dead end, never more than they may see."""

import itertools
from dataclasses import replace

import pytest

from bot.conversation import Pressed, Reply, Scope
from bot.core.errors import DirectoryForbidden, DirectoryUnavailable
from tests.conversations.bot import (
    DEPUTY,
    DIRECTOR,
    DISABLED,
    EGN_MOVED,
    EGN_OWN,
    LIPA,
    LOST,
    OTHER_DIRECTOR,
    PEOPLE,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    Bot,
    button_of,
    buttons,
    prefilled,
    shown,
)
from tests.conversations.walk import APOLOGY

SERVICES = [
    "Потребителско име",
    "Временна парола",
    "Искания",
    "Още…",
]
REQUESTS = ["Ново искане", "Изпратени: 0", "Приключени: 0", "Упълномощени лица"]
LIKELIEST = [*SERVICES[:2], "Помощ"]
TEACHERS = ["Класни стаи в Teams", "Моята паралелка", "Помощ"]
OWN_CLASS_FIRST = ["Моята паралелка", "Класни стаи в Teams", "Помощ"]
"""Where the refusal speaks of it."""
DEPUTIES = ["Искания", "Класни стаи в Teams", "Помощ"]
TO_DO = [
    "Екипи без собственик: 1",
    "Липсва в Teams: 1",
    "Има класна стая, но учителят не е неин собственик: 1",
    "Липсват ученици: 1",
    "Още е в Teams, но вече не е в НЕИСПУО: 1",
    "Екипът не е активиран за учениците: 1",
    "За сигнал до НЕИСПУО: 1",
]
OWN = [
    "Математика - 5 а - ООП, Изчаква създаване",
    "История - 5 а - ООП, Грешка при създаване – Екипът за помощ на НЕИСПУО",
    "Музика - 5 а - ООП, Липсва в Teams – Директорът или администраторът на училището",
    (
        "Химия - 5 а - ООП, Има класна стая, но учителят не е неин собственик – Директорът или администраторът на "
        "училището · Екипът няма собственик"
    ),
    "География - 5 а - ООП, Екипът не е активиран за учениците – Учителят",
    "Физика - 5 а - ООП, Липсват ученици – Директорът или администраторът на училището",
    "Руски език - 5 а - ООП, Още е в Teams, но вече не е в НЕИСПУО – Директорът или администраторът на училището",
    "Български език - 5 а - ООП, Синхронизиран",
]
AT_A_GLANCE = ["Проверка сега", "Таблица (Excel)", "Качване на класните стаи", "Преминаване към Classroom"]
NOT_DIRECTORS = (TEACHER, STUDENT, RUO, STRANGER, DISABLED, LOST)


@pytest.mark.parametrize(
    ("who", "says", "sees", "offers"),
    [
        (DIRECTOR, "справка", "Търсене по", ["Търсене", "Преместен ученик"]),
        (DIRECTOR, "СПРАВКА за потребителско име", "Търсене по", ["Търсене", "Преместен ученик"]),
        (DIRECTOR, "spravka", "Търсене по", ["Търсене", "Преместен ученик"]),
        (DIRECTOR, "username lookup", "Търсене по", ["Търсене", "Преместен ученик"]),
        (DIRECTOR, "помощ", "Сребърна липа", [*SERVICES, "English"]),
        (DIRECTOR, "help", "Сребърна липа", [*SERVICES, "English"]),
        (DIRECTOR, "абракадабра", "Не Ви разбрах", LIKELIEST),
        (DIRECTOR, "", "Не Ви разбрах", LIKELIEST),
        (DIRECTOR, "парола", "Намерете ученика или учителя", ["Търсене", "Цяла паралелка"]),
        (DIRECTOR, "временна парола", "Сребърна липа", ["Търсене", "Цяла паралелка"]),
        (DIRECTOR, "класове", "СУ „Сребърна липа“", [*TO_DO, "Търсене", "Всички класни стаи", *AT_A_GLANCE]),
        (TEACHER, "класове", "Класни стаи", [*OWN, "Проверка сега"]),
        (STUDENT, "класове", "класния си ръководител", ["Помощ"]),
        (
            RUO,
            "класове",
            "Класните стаи се виждат от учителите и от директора",
            ["Искания", "Училищата в областта", "Помощ"],
        ),
        (STRANGER, "класове", "Услугите са за директори, учители и експерти", ["Помощ"]),
        (LOST, "класове", "не е намерено", ["Помощ"]),
        (DIRECTOR, "искания", "Няма искания, които очакват", REQUESTS),
        (DIRECTOR, "искане", "Няма искания, които очакват", REQUESTS),
        (DIRECTOR, "ново искане", "Номер на ученика", ["Търсене", "Искания"]),
        (DIRECTOR, "преместен ученик", "Номер на ученика", ["Търсене", "Искания"]),
        (DIRECTOR, "Искане за преместен ученик", "Номер на ученика", ["Търсене", "Искания"]),
        (TEACHER, "искания", "упълномощено от него лице", TEACHERS),
        (TEACHER, "искане", "Исканията за профили на преместени ученици изпраща директорът", TEACHERS),
        (DEPUTY, "искания", "упълномощено от него лице", TEACHERS),
        (STUDENT, "искания", "класния си ръководител", ["Помощ"]),
        (RUO, "искания", "Няма просрочени искания", ["Помощ"]),
        (RUO, "искане", "Няма просрочени искания", ["Помощ"]),
        (RUO, "ново искане", "нямат достъп чрез бота до лични данни", ["Искания", "Училищата в областта", "Помощ"]),
        (RUO, "помощ", "просрочените искания", ["Искания", "Училищата в областта", "English"]),
        (STRANGER, "искания", "Услугите са за директори, учители и експерти", ["Помощ"]),
        (LOST, "искане", "не е намерено", ["Помощ"]),
        (TEACHER, "временна парола", "„Моята паралелка“ → ученика → „Искане на парола“", OWN_CLASS_FIRST),
        (STUDENT, "забравих си паролата", "класния си ръководител", ["Помощ"]),
        (
            RUO,
            "временна парола",
            "нямат достъп чрез бота до лични данни",
            ["Искания", "Училищата в областта", "Помощ"],
        ),
        (STRANGER, "временна парола", "Ако сте учител, обърнете се към директора", ["Помощ"]),
        (DISABLED, "временна парола", "не е активен", ["Помощ"]),
        (LOST, "временна парола", "не е намерено", ["Помощ"]),
        (DIRECTOR, "език", "На какъв език", ["Български", "English"]),
        (TEACHER, "справка", "потребителските имена дава директорът", OWN_CLASS_FIRST),
        (TEACHER, "помощ", "дава директорът на училището", [*TEACHERS[:2], "English"]),
        (TEACHER, "помощ", "Отворете teams.microsoft.com", [*TEACHERS[:2], "English"]),
        (STUDENT, "справка", "класния си ръководител", ["Помощ"]),
        (STUDENT, "помощ", "класния си ръководител", ["English"]),
        (RUO, "справка", "нямат достъп чрез бота до лични данни", ["Искания", "Училищата в областта", "Помощ"]),
        (STRANGER, "справка", "Ако сте директор, влезте", ["Помощ"]),
        (STRANGER, "здравейте", "за директори", ["Помощ", "English"]),
        (DISABLED, "справка", "не е активен", ["Помощ"]),
        (LOST, "справка", "не е намерено", ["Помощ"]),
    ],
)
async def test_table(who, says, sees, offers):
    reply = await Bot().says(who, says)

    assert sees in shown(reply)
    assert buttons(reply) == offers


async def test_a_deputy_is_told_for_whom_they_decide_as_long_as_they_do():
    bot = Bot()
    decides = f"отправени до {LIPA.name}"
    assert decides not in shown(await bot.says(DEPUTY, "помощ"))
    assert buttons(await bot.says(DEPUTY, "абракадабра")) == TEACHERS

    bot.appoint()

    told = await bot.says(DEPUTY, "помощ")
    assert decides in shown(told)
    assert buttons(told)[0] == "Искания", "what they are authorised for comes first"
    assert buttons(await bot.says(DEPUTY, "абракадабра")) == DEPUTIES


@pytest.mark.parametrize("who", NOT_DIRECTORS)
async def test_who_is_no_director_cannot_press_a_directors_button_either(who):
    bot = Bot()
    form = await bot.says(DIRECTOR, "справка")
    button = button_of(form, "Търсене")
    stolen = {**button["data"], "kind": "egn", "typed": EGN_OWN, "purpose": "moved"}

    reply = await bot.responder(bot.turn(who, Pressed(button["verb"], stolen)))

    assert reply is not None
    assert reply.refused
    assert "друг потребител" in shown(reply)
    assert bot.directory.calls == []


async def test_rights_are_read_again_by_a_press_of_the_same_second():
    bot = Bot()
    form = await bot.says(DIRECTOR, "справка")
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], enabled=False)

    reply = await bot.presses(DIRECTOR, form, "Търсене", typed=EGN_OWN)

    assert "не е активен" in shown(reply)
    assert bot.directory.calls == []


SCRIPT = ["справка", "помощ", "english", EGN_OWN, "смени паролата", "@@@", "", "<at>bot</at> справка"]


@pytest.mark.parametrize("scope", [Scope.GROUP, Scope.CHANNEL])
@pytest.mark.parametrize("who", [DIRECTOR, TEACHER, STRANGER])
async def test_in_a_group_or_channel_there_is_one_constant_answer(who, scope):
    bot = Bot()

    answers = {shown(await bot.says(who, text, scope=scope)) for text in SCRIPT}

    assert len(answers) == 1
    assert "личен" in answers.pop()
    assert bot.roles.calls == []
    assert bot.directory.calls == []
    assert bot.conversations.known == set()
    assert await bot.installs(who, scope=scope) is None


async def test_a_press_in_a_channel_is_refused_before_its_seal_is_looked_at():
    bot = Bot()
    form = await bot.says(DIRECTOR, "справка")

    reply = await bot.presses_elsewhere(DIRECTOR, form, "Търсене", {"scope": Scope.CHANNEL}, typed=EGN_OWN)

    assert reply.refused
    assert bot.directory.calls == []


async def test_another_tenant_gets_one_constant_answer_and_nothing_is_kept():
    bot = Bot()

    answers = {shown(await bot.says(DIRECTOR, text, tenant_id="elsewhere")) for text in SCRIPT}

    assert answers == {shown(await bot.says(STRANGER, "помощ", tenant_id="elsewhere"))}
    assert bot.roles.calls == []
    assert bot.conversations.known == set()


@pytest.mark.parametrize("who", [DIRECTOR, TEACHER, STUDENT, RUO, STRANGER])
@pytest.mark.parametrize(
    "text", [EGN_OWN, f"намери {EGN_OWN} моля", "ЕГН 41 46 05 40 46", "смени парола на 4146054046"]
)
async def test_an_identifier_in_the_chat_is_not_repeated_and_the_way_to_delete_it_is_told(who, text, caplog):
    caplog.set_level("DEBUG")
    bot = Bot()

    reply = await bot.says(who, text)

    assert "изтрийте го" in shown(reply)
    assert EGN_OWN not in str(reply)
    assert EGN_OWN not in str(reply.card)
    assert ("Търсене" in buttons(reply)) == (who == DIRECTOR)
    assert ("Цяла паралелка" in buttons(reply)) == (who == DIRECTOR and "парола" in text), "the form that was meant"
    assert ("във формуляра" in shown(reply)) == (who == DIRECTOR), "nobody is sent to a form they cannot open"
    assert EGN_OWN not in caplog.text
    assert EGN_OWN not in str(bot.ledger.audit.entries)
    assert bot.directory.calls == []


async def test_language_is_switched_by_word_and_button_and_remembered():
    bot = Bot()

    assert "The language is now English" in shown(await bot.says(DIRECTOR, "english"))
    menu = await bot.says(DIRECTOR, "помощ")
    assert "Username lookup" in buttons(menu)
    assert "The language" not in shown(await bot.says(TEACHER, "помощ"))

    assert "Езикът е сменен на български" in shown(await bot.presses(DIRECTOR, menu, "Български"))
    assert "Потребителско име" in buttons(await bot.says(DIRECTOR, "help"))


@pytest.mark.parametrize(
    ("locale", "word"), [("en-GB", "Help"), ("bg", "Помощ"), (None, "Помощ"), ("de-DE", "Помощ")]
)
async def test_until_chosen_the_language_is_teams_or_bulgarian(locale, word):
    assert word in shown(await Bot().says(STRANGER, "помощ", locale=locale))


async def test_one_installation_is_greeted_once_and_again_after_removal():
    bot = Bot()

    first, second = await bot.installs(DIRECTOR), await bot.installs(DIRECTOR)
    assert first is not None
    assert "помощникът за електронните профили" in shown(first)
    assert "Потребителско име" in buttons(first)
    assert second is None

    assert await bot.removes(DIRECTOR) is None
    assert await bot.installs(DIRECTOR) is not None


async def test_when_the_role_cannot_be_read_there_are_no_rights_but_there_is_help():
    bot = Bot()
    form = await bot.says(DIRECTOR, "справка")
    bot.clock.move(minutes=6)
    bot.roles.fail_with = DirectoryUnavailable("down")

    assert "временно не е достъпна" in shown(await bot.says(DIRECTOR, "справка"))
    assert "временно не е достъпна" in shown(await bot.presses(DIRECTOR, form, "Търсене", typed=EGN_OWN))
    help_card = await bot.says(DIRECTOR, "помощ")
    assert "временно не е достъпна" in shown(help_card)
    assert buttons(help_card) == ["English"]
    assert "English" in shown(await bot.says(DIRECTOR, "english"))
    assert bot.directory.calls == []

    bot.roles.fail_with = DirectoryForbidden("Authorization_RequestDenied")
    await bot.says(DIRECTOR, "български")
    assert "съобщете на директора на училището или РУО (номер REF12345)" in shown(await bot.says(DIRECTOR, "справка"))


async def test_who_is_no_director_any_more_gets_no_form_from_an_old_menu():
    bot = Bot()
    menu = await bot.says(DIRECTOR, "помощ")
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], extension_role="5", schools=(LIPA,))
    bot.clock.move(minutes=6)

    reply = await bot.presses(DIRECTOR, menu, "Потребителско име")

    assert buttons(reply) == ["Моята паралелка", "Класни стаи в Teams", "Помощ"]
    assert "Паролите и потребителските имена дава директорът" in shown(reply)


async def test_an_expired_form_says_so_and_leads_on():
    bot = Bot()
    form = await bot.says(DIRECTOR, "справка")
    bot.clock.move(hours=2)

    reply = await bot.presses(DIRECTOR, form, "Търсене", typed=EGN_OWN)

    assert "вече не е валиден" in shown(reply)
    assert bot.directory.calls == []
    assert "Търсене по" not in shown(reply)
    assert buttons(reply) == [*SERVICES, "Помощ"]
    assert prefilled(await bot.presses(DIRECTOR, reply, "Потребителско име"))["typed"] == ""


async def test_an_old_menu_still_opens_the_form_a_month_later():
    bot = Bot()
    menu = await bot.says(DIRECTOR, "помощ")
    bot.clock.move(days=30)

    assert "Търсене по" in shown(await bot.presses(DIRECTOR, menu, "Потребителско име"))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data | {"action": {}},
        lambda data: {},
        lambda data: data | {"seal": "x"},
        lambda data: data | {"action": data["action"] | {"verb": "lookup.pick", "ids": {"people": "person-2"}}},
        lambda data: data | {"action": data["action"] | {"expires": 9**12}},
    ],
)
async def test_an_edited_card_has_no_effect(change):
    bot = Bot()
    button = button_of(await bot.says(DIRECTOR, "справка"), "Търсене")
    data = change(dict(button["data"])) | {"kind": "egn", "typed": EGN_OWN, "choice": "person-2"}

    reply = await bot.responder(bot.turn(DIRECTOR, Pressed(button["verb"], data)))

    assert reply is not None
    assert reply.refused
    assert bot.directory.calls == []


async def test_a_verb_that_is_not_the_seals_is_refused():
    bot = Bot()
    button = button_of(await bot.says(DIRECTOR, "справка"), "Търсене")

    for verb in ("lookup.pick", "help", "password.reset", ""):
        reply = await bot.responder(bot.turn(DIRECTOR, Pressed(verb, button["data"])))
        assert reply is not None
        assert reply.refused, verb


async def test_a_card_copied_into_another_conversation_is_refused():
    bot = Bot()
    form = await bot.says(DIRECTOR, "справка")

    reply = await bot.presses_elsewhere(
        DIRECTOR, form, "Търсене", {"conversation_id": "chat-elsewhere"}, typed=EGN_OWN
    )

    assert reply.refused


async def test_a_client_that_refreshes_by_itself_has_no_effect():
    bot = Bot()
    button = button_of(await bot.says(DIRECTOR, "справка"), "Търсене")
    data = button["data"] | {"kind": "egn", "typed": EGN_OWN}

    reply = await bot.responder(bot.turn(DIRECTOR, Pressed(button["verb"], data, automatic=True)))

    assert reply is not None
    assert reply.refused
    assert bot.directory.calls == []


@pytest.mark.parametrize("value", [None, 7, [], {}, "x" * 100_000, "\ud800", "\0"])
@pytest.mark.parametrize("name", ["kind", "typed", "purpose", "purpose_text", "choice"])
async def test_inputs_of_any_shape_never_break_anything(name, value):
    bot = Bot()
    button = button_of(await bot.says(DIRECTOR, "справка"), "Търсене")
    data = button["data"] | {"kind": "username", "typed": "ab00000001", name: value}

    reply = await bot.responder(bot.turn(DIRECTOR, Pressed(button["verb"], data)))

    assert reply is not None
    assert "REF12345" not in shown(reply)


async def test_a_bug_is_an_apology_with_a_reference_and_the_log_has_the_same(caplog):
    bot = Bot()
    bot.directory.fail_with = ZeroDivisionError(EGN_OWN)

    reply = await bot.looks_up(typed=EGN_OWN)

    assert APOLOGY in shown(reply)
    assert EGN_OWN not in shown(reply)
    assert "REF12345" in caplog.text


async def test_failures_speak_the_chosen_language_too():
    bot = Bot()
    await bot.says(DIRECTOR, "english")
    form = await bot.says(DIRECTOR, "lookup")
    bot.directory.fail_with = ZeroDivisionError()

    assert "Something went wrong" in shown(await bot.presses(DIRECTOR, form, "Search", typed=EGN_OWN))


@pytest.mark.parametrize("question", ["На кого мога да дам паролата", "Може ли да дам профила на родителя"])
@pytest.mark.parametrize("who", [DIRECTOR, TEACHER])
async def test_who_asks_to_whom_an_account_may_be_given_is_told(who, question):
    assert "не е навършил 14 години" in shown(await Bot().says(who, question))


async def test_what_a_person_sees_of_others_needs_a_right_whoever_asks_whatever_way():
    """Every person × every way to ask × every identifier: nothing of anybody is in an answer to one without rights."""
    names = [one.name for one in PEOPLE] + [one.username for one in PEOPLE]
    for who, identifier in itertools.product(NOT_DIRECTORS, (EGN_OWN, EGN_MOVED)):
        bot = Bot()
        replies: list[Reply] = [
            await bot.says(who, text) for text in ("справка", identifier, f"справка {identifier}", "помощ")
        ]
        assert not any(name in str(reply.card) for name in names for reply in replies)
        assert bot.directory.calls == []


async def test_another_director_sees_a_student_only_with_a_reason():
    bot = Bot()

    assert "Иво" not in str((await bot.looks_up(OTHER_DIRECTOR, typed=EGN_OWN)).card)
    assert "Иво" in shown(await bot.looks_up(OTHER_DIRECTOR, typed=EGN_OWN, purpose="forgotten"))


async def test_whoever_comes_as_a_director_is_noted_for_the_notices_of_the_school():
    bot = Bot()

    for who in (DIRECTOR, OTHER_DIRECTOR, *NOT_DIRECTORS):
        await bot.says(who, "помощ")

    assert bot.directors.noted == [("school-1", DIRECTOR), ("school-2", OTHER_DIRECTOR)]
