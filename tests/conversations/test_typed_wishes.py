"""From what somebody types to the form it opens and what „Търсене“ finds: one person's wish never ticks a class, a name
alone is offered filled in, and every title of a button opens what the button does.
"""

from collections.abc import Mapping

import pytest

from bot.conversation import Reply
from bot.dialogs import DIALOGS
from tests.conversations.bot import (
    ALL_YEAR,
    CATALOG,
    DEPUTY,
    DIRECTOR,
    LIPA,
    ROUTER,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    VERBS,
    Bot,
    buttons,
    nodes,
    person,
    prefilled,
    shown,
)

FIFTH, FIRST, SECOND = (
    {"teams": (f"Математика - {class_} - ООП", f"Музика - {class_} - ООП"), "grade": class_[0]}
    for class_ in ("5 а", "1 а", "2 б")
)
IVAN = person(61, "Иван Петров Георгиев", "", LIPA, **FIFTH)
PETAR = person(62, "Петър Пробен Други", "", LIPA, **FIFTH)
MARIA = person(63, "Мария Пробна Трета", "", LIPA, **FIFTH)
SMALL = person(64, "Рая Иванова Малка", "", LIPA, **FIRST)
OTHER = person(65, "Сава Пробен Втори", "", LIPA, **SECOND)
SCHOOL = (IVAN, PETAR, MARIA, SMALL, OTHER)

OF_ONE = {
    "Иван от 5а си забрави паролата": IVAN,
    "иван от 5а си забрави паролата": IVAN,
    "parola za ivan 5a": IVAN,
    "ivan ot 5a si zabravi parolata": IVAN,
    "парола за Иван Петров Георгиев 5а": IVAN,
    "Мария 5а е със забравена парола": MARIA,
    "майката на Мария от 5а иска паролата": MARIA,
    "временна парола за ученика Петър от 5а": PETAR,
    "нова парола за дете от 5а": None,
    "парола за 5а": None,
    "учителката на 1а си забрави паролата": None,
    "г-жа Димова от 1а няма парола": None,
    "родител на дете от 2б иска паролата": None,
    "нова парола на Иван, Петър и Мария от 5а": None,
    "пароли на Иван и Мария от 5а": None,
    "пароли за двама ученици от 5а": None,
    "пароли за новите ученици от 5а": None,
    "Иван от класа ми си забрави паролата": None,
    "едно дете от целия 5а клас е без парола": None,
    "НВО утре, Иван от 5а не си знае паролата": IVAN,
}
"""What is typed where one person is meant, or some → whom „Търсене“ finds; None where whoever asks has to say whom."""


def ticks(reply: Reply) -> list[object]:
    """The students that are ticked on a card."""
    return [node.get("value") for node in nodes(reply.card) if node.get("id") == "students"]


def others_than(one: object, reply: Reply) -> list[str]:
    return [other.name for other in SCHOOL if other is not one and other.name in shown(reply)]


@pytest.mark.parametrize(("text", "whom"), OF_ONE.items())
async def test_who_wants_a_password_for_one_person_is_never_given_a_class(text, whom):
    bot = Bot(people=SCHOOL)

    form = await bot.says(DIRECTOR, text)
    found = await bot.presses(DIRECTOR, form, "Търсене")

    assert not ticks(form)
    assert not ticks(found)
    assert "Отбележете учениците" not in shown(found)
    assert not others_than(whom, found)
    assert whom is None or whom.name in shown(found)


@pytest.mark.parametrize("text", [*OF_ONE, "паролите на 5а", "пароли за целия 5а"])
@pytest.mark.parametrize("who", [DEPUTY, TEACHER, RUO, STUDENT, STRANGER])
async def test_whoever_gives_no_passwords_is_shown_nobody_and_no_form(who, text):
    bot = Bot(people=SCHOOL)
    bot.appoint()

    reply = await bot.says(who, text)

    assert not prefilled(reply)
    assert "Търсене" not in buttons(reply)
    assert not others_than(None, reply)


@pytest.mark.parametrize(
    "text", ["пароли за 5а", "паролите на 5а", "временна парола за целия 5а", "нови пароли за паралелка 5а"]
)
async def test_who_speaks_of_a_whole_class_is_led_to_it(text):
    bot = Bot(people=SCHOOL)

    found = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, text), "Търсене")

    assert "Отбележете учениците" in shown(found)
    assert others_than(None, found) == [IVAN.name, PETAR.name, MARIA.name]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Иван 5а", "Иван 5 а"),
        ("иван 5а", "иван 5 а"),
        ("Иван Петров", "Иван Петров"),
        ("ученик Иван 5а", "Иван 5 а"),
        ("Мария Трета 5а", "Мария Трета 5 а"),
    ],
)
async def test_a_name_alone_is_offered_in_both_forms_and_nobody_is_looked_for_before_a_press(text, typed):
    bot = Bot(people=SCHOOL)

    offer = await bot.says(DIRECTOR, text)

    assert buttons(offer) == ["Потребителско име", "Временна парола", "Помощ"]
    assert "Не Ви разбрах" not in shown(offer)
    for title in buttons(offer)[:2]:
        form = await bot.presses(DIRECTOR, offer, title)
        assert prefilled(form) == {"kind": "name", "typed": typed}
        assert bot.directory.calls == []
        assert bot.ledger.audit.entries == []
        found = await bot.presses(DIRECTOR, form, "Търсене")
        assert (IVAN if "ван" in text else MARIA).name in shown(found)
        bot.directory.calls.clear()
        bot.ledger.audit.entries.clear()


async def test_a_class_alone_is_offered_where_there_are_classes():
    bot = Bot(people=SCHOOL)

    offer = await bot.says(DIRECTOR, "5а")

    assert buttons(offer) == ["Временна парола", "Помощ"]
    form = await bot.presses(DIRECTOR, offer, "Временна парола")
    assert prefilled(form)["typed"] == "5 а"
    assert bot.directory.calls == []


@pytest.mark.parametrize("who", [DEPUTY, TEACHER, RUO, STUDENT, STRANGER])
@pytest.mark.parametrize("text", ["Иван 5а", "Мария Петрова", "5а"])
async def test_nobody_else_is_offered_a_name(who, text):
    bot = Bot(people=SCHOOL)
    bot.appoint()

    reply = await bot.says(who, text)

    assert not {"Потребителско име", "Временна парола"} & set(buttons(reply))
    assert "Иван" not in str(reply.card)
    assert "Мария" not in str(reply.card)


async def test_a_number_is_offered_nowhere():
    reply = await Bot(people=SCHOOL).says(DIRECTOR, "Иван 4146054046 5а")

    assert "4146054046" not in str(reply.card)
    assert prefilled(reply).get("typed", "") == ""


@pytest.mark.parametrize(
    "text", ["профили", "нови профили", "състояние на профилите в областта", "справка за областта"]
)
async def test_accounts_are_to_the_regional_office_the_schools_of_the_region(text):
    bot = Bot()

    reply = await bot.says(RUO, text)

    assert "Училищата в областта" in shown(reply)
    assert "Не е възможно" not in shown(reply)


@pytest.mark.parametrize("text", ["имам нов ученик", "записахме нов ученик"])
async def test_for_a_new_student_the_ways_of_both_are_offered(text):
    assert buttons(await Bot().says(DIRECTOR, text)) == ["Профили", "Искания", "Помощ"]


OWNER = {verb: dialog.name for dialog in DIALOGS for verb in dialog.handlers}
NEED_WHAT_WAS_TYPED = frozenset(
    {"lookup.search", "password.find", "transfer.find", "links.group", "deputy.search", "intake.ask"}
)
"""Buttons of forms: they search for what stands in the form."""
NO_SERVICES = frozenset({"Обновяване", "Отказ"})
"""What shows the same card as it is now, and what is answered by a courtesy when typed."""


def opening(reply: Reply) -> Mapping[str, str]:
    """The buttons of a card that open something by themselves: title → verb. One with a number in it is a row."""
    found = [node for node in nodes(reply.card) if node.get("type") == "Action.Execute"]
    return {
        node["title"].partition(", ")[0]: node["verb"]  # the rest is what stands beside it in its row
        for node in found
        if not set(node["data"]["action"]["ids"]) - {"list"}
        and node["verb"] not in NEED_WHAT_WAS_TYPED | {"requests.list"}
        and node["title"] not in NO_SERVICES
    }


async def titles(who: str) -> Mapping[str, str]:
    """Of the first card of each service this person may use, and of those behind its buttons."""
    bot = Bot(season=ALL_YEAR)
    bot.appoint()
    t = CATALOG.speak("bg")
    found: dict[str, str] = {}
    for dialog in DIALOGS:
        bot.preferences.languages.clear()
        first = await bot.says(who, t(f"command-{dialog.name}"))
        for title, verb in opening(first).items():
            found[title] = verb
        for node in (one for one in nodes(first.card) if one.get("type") == "Action.Execute"):
            if node["title"].partition(", ")[0] in opening(first):
                bot.preferences.languages.clear()
                found |= opening(await bot.presses(who, first, node["title"]))
    return found


@pytest.mark.parametrize("who", [DIRECTOR, DEPUTY, TEACHER, RUO, STUDENT])
async def test_every_title_of_a_button_that_opens_something_is_understood_when_typed(who):
    """It opens the service of the button; a title that several services have offers them."""
    said = await titles(who)
    assert set(said.values()) <= set(VERBS)

    lost = {}
    for title, verb in said.items():
        heard = ROUTER.hear(title)
        if heard.name != OWNER[verb] and OWNER[verb] not in heard.likely:
            lost[title] = (verb, heard.name, heard.likely)

    assert not lost


async def test_the_titles_of_the_director_are_those_of_all_services():
    found = await titles(DIRECTOR)

    assert {
        "Упълномощени лица", "Групи", "Настройки", "Цяла паралелка", "Преминаване към Classroom", "Качване на класните стаи",
        "Предаване по седмици", "Ученици от други училища", "Таблица (Excel)", "Ново искане",
    } <= set(found)  # fmt: skip


@pytest.mark.parametrize("title", ["Качване на списък", "качване на списък", "Upload a list"])
async def test_what_two_buttons_were_called_still_leads_to_both(title):
    assert set(ROUTER.hear(title).likely) == {"class-links", "account-lists"}


async def test_no_two_pages_to_upload_to_have_a_button_of_one_name():
    verbs = await titles(DIRECTOR)
    assert verbs["Качване на класните стаи"] == "links.upload"
    assert "Качване на списък" not in verbs
    assert CATALOG.speak("bg")("listed-upload") == "Качване на списък с профили"


@pytest.mark.parametrize(
    ("title", "shows"),
    [
        ("Упълномощени лица", "Упълномощаване на колега"),
        ("Групи", "Нова група"),
        ("Настройки", "Настройки за предаването"),
        ("Протокол", "Електронни профили"),
        ("Указания за родителите", "Електронни профили"),
        ("Цяла паралелка", "5 а"),
        ("Преминаване към Classroom", "Преминаване към Google Classroom?"),
        ("Бележки с пароли", "Електронни профили"),
    ],
)
async def test_a_typed_title_does_what_the_button_does(title, shows):
    reply = await Bot(people=SCHOOL).says(DIRECTOR, title)

    assert shows in shown(reply)


@pytest.mark.parametrize(
    ("who", "shows"), [(RUO, "Всички училища в областта"), (DIRECTOR, "Не Ви разбрах"), (STUDENT, "Не Ви разбрах")]
)
async def test_a_title_of_several_services_opens_the_only_one_of_them_that_somebody_has(who, shows):
    reply = await Bot().says(who, "Таблица (Excel)")

    assert shows in shown(reply)
    assert who != DIRECTOR or buttons(reply)[:2] == ["Профили", "Класни стаи в Teams"]


@pytest.mark.parametrize("who", [DEPUTY, TEACHER, RUO, STUDENT, STRANGER])
async def test_a_typed_title_gives_nobody_what_is_the_directors(who):
    bot = Bot(people=SCHOOL, season=ALL_YEAR)
    bot.appoint()
    offered = set(await titles(who))

    for title in set(await titles(DIRECTOR)) - offered:
        reply = await bot.says(who, title)
        assert reply.card is not None, title
        assert not others_than(None, reply), title
        assert not prefilled(reply) or who in {DEPUTY, TEACHER}, title


async def test_whoever_asks_politely_for_help_with_a_password_is_given_the_form_filled_in():
    bot = Bot(people=SCHOOL)

    form = await bot.says(DIRECTOR, "Здравейте! Нужна ми е помощ за парола на Иван Петров от 5 А клас, благодаря!")

    assert prefilled(form) == {"kind": "name", "typed": "Иван Петров 5 а"}
    assert IVAN.name in shown(await bot.presses(DIRECTOR, form, "Търсене"))


OF_A_SUBJECT = (
    "аз съм учител по английски език", "преподавам английски език", "преподавам английски", "английски език",
    "учител по английски език съм", "групите по английски език", "Български език и литература", "Български език",
    "часовете по английски език", "английски език не е активиран", "втора група английски език", "чужд език",
    "Английски език (втори чужд език)", "къде е английски език", "къде са ми часовете по английски език", "чужди езици",
    "паролата за английски език", "СИП английски", "ИУЧ английски език", "I teach English", "English teacher", "Немски език",
)  # fmt: skip


@pytest.mark.parametrize("text", OF_A_SUBJECT)
async def test_a_sentence_about_a_subject_does_not_change_the_language(text):
    bot = Bot()

    reply = await bot.says(TEACHER, text)

    assert bot.preferences.languages == {}
    assert "The language is now English" not in shown(reply)


@pytest.mark.parametrize(
    ("text", "first", "speaks"),
    [
        ("бихте ли говорили на английски", "English", "Classrooms"),
        ("не говоря английски", "Български", "Класни стаи"),
        ("чете ли се на български", "Български", "Класни стаи"),
    ],
)
async def test_a_wish_for_a_language_is_asked_back_with_that_language_first(text, first, speaks):
    bot = Bot()

    question = await bot.says(TEACHER, text)

    assert bot.preferences.languages == {}
    assert buttons(question)[0] == first
    assert len(buttons(question)) == 2
    await bot.presses(TEACHER, question, first)
    assert speaks in shown(await bot.says(TEACHER, "класни стаи"))


@pytest.mark.parametrize("text", ["English", "in English please!", "на английски", "искам на английски"])
async def test_a_language_asked_for_in_so_many_words_is_set_at_once(text):
    bot = Bot()

    assert "The language is now English" in shown(await bot.says(TEACHER, text))
    assert bot.preferences.languages == {TEACHER: "en"}
