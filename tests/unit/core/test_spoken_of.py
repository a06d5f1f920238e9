"""Whom a sentence speaks of, and how what stands in a form was plainly meant; a number is never repeated."""

import pytest

from bot.core.people.spoken_of import NOBODY, nobody_else, plain_kind, same_class, split_class, spoken_of
from tests.cost import cpu_seconds

EGN, LNCH = "4146054046", "9999999014"


@pytest.mark.parametrize(
    ("text", "name", "class_"),
    [
        ("забравих паролата на Симона Желева от 5а", "Симона Желева", "5 а"),
        ("потребителското име на Иван Петров 7б", "Иван Петров", "7 б"),
        ("нова парола за ученичката Иванка от пети а", "Иванка", "5 а"),
        ("паролата на моя ученик Иван Петров не работи", "Иван Петров", ""),
        ("Справка за Мария-Магдалена Д'Артанян", "Мария-Магдалена Д'Артанян", ""),
        ("парола Симона Желева", "Симона Желева", ""),
        ("ПАРОЛАТА НА СИМОНА ЖЕЛЕВА ОТ 5А", "СИМОНА ЖЕЛЕВА", "5 а"),
        ("password for Simona Zheleva 5a", "Simona Zheleva", "5 а"),
        ("парола за СИМОНА ЖЕЛЕВА", "СИМОНА ЖЕЛЕВА", ""),
        ("Дайте парола за Анна от 12 „б“ клас", "Анна", "12 б"),
        ("паролата на моника от V а", "моника", "5 а"),
        ("парола за симона желева 5а", "симона желева", "5 а"),
        ("парола за Симона Желева от ОУ Христо Ботев", "Симона Желева", ""),
        ("парола за Иван 5", "Иван", "5"),
        ("пароли за Имануела 5а", "Имануела", "5 а"),
        ("парола за Детелина от 5а", "Детелина", "5 а"),
        ("Мойсей 5а си забрави паролата", "Мойсей", "5 а"),
        ("парола на Нашка Новакова", "Нашка Новакова", ""),
        ("Иван от 5а си забрави паролата", "Иван", "5 а"),
        ("Мария 5а е със забравена парола", "Мария", "5 а"),
        ("parola za ivan 5a", "ivan", "5 а"),
        ("ivan ot 5a si zabravi parolata", "ivan", "5 а"),
        ("Иван Петров Георгиев 5а", "Иван Петров Георгиев", "5 а"),
        ("парола за Иван Петров Георгиев 5а", "Иван Петров Георгиев", "5 а"),
        ("майката на Иван от 5а иска паролата", "Иван", "5 а"),
        ("забравил си е паролата Иван, 5а", "Иван", "5 а"),
        ("ученикът Иван си забрави паролата", "Иван", ""),
        ("Мария Иванова забрави паролата", "Мария Иванова", ""),
        ("г-жа Иванова от 1а няма парола", "Иванова", ""),
        ("дайте на г-н Петров от 7б нова парола", "Петров", ""),
    ],
)
def test_a_person_is_named_behind_na_or_za(text, name, class_):
    said = spoken_of(text)

    assert (said.name, said.class_) == (name, class_)
    assert said.inputs == {"kind": "name", "typed": f"{name} {class_}".strip()}


@pytest.mark.parametrize(
    ("text", "class_"),
    [
        ("временни пароли за 5а", "5 а"),
        ("пароли за V а клас", "5 а"),
        ("парола за моя клас 5 Б", "5 б"),
        ("пароли за 11-г", "11 г"),
        ("паролите на 5а", "5 а"),
        ("нови пароли за 5а", "5 а"),
        ("парола за цял 5а", "5 а"),
        ("Моля за пароли на 5а", "5 а"),
        ("paroli za 5a", "5 а"),
        ("временни пароли за цялата паралелка 5 а", "5 а"),
    ],
)
def test_a_class_without_a_name_is_a_whole_class(text, class_):
    assert spoken_of(text).name == ""
    assert spoken_of(text).inputs == {"kind": "name", "typed": class_}


@pytest.mark.parametrize(
    "text",
    [
        "нова парола за дете от 5а",
        "парола за ученик от 5а",
        "учителката на 1а си забрави паролата",
        "класният на 5а си забрави паролата",
        "родител на дете от 2б иска паролата",
        "едно дете от целия 5а клас е без парола",
        "детето от 5а паралелка забрави паролата",
        "пароли за новите ученици от 5а",
        "пароли за нови ученици от 5а",
        "паролите на две деца от 5а",
        "пароли на 5а без един",
        "пароли за целия 5а освен Иван",
        "пароли за 5а и 5б",
        "паролата на сина ми от 5а",
        "парола за 5а",
        "паролите на първокласниците от 1а",
        "ученикът с №12 от 5а иска парола",
        "паролите на 2 от 5а",
        "пароли на №3 и №7 от 5а",
        "нямам достъп до 7а",
        "класният на 6а иска пароли",
        "Забравена парола 5а",
        "Иван от класа ми си забрави паролата",
    ],
)
def test_where_one_person_may_be_meant_no_class_is_filled_in(text):
    assert spoken_of(text).inputs == {}
    assert not spoken_of(text).whole


_GIVEN_NAMES = (
    "Иван",
    "Вяра",
    "Ия",
    "Ема",
    "Дая",
    "Имануела",
    "Искра",
    "Детелин",
    "Момчил",
    "Класимир",
    "Виктор",
    "Смилена",
)
_OF_ONE = (
    "{} от 5а си забрави паролата",
    "пароли за {} 5а",
    "паролите на {} от 5а",
    "{} 5а пароли",
    "5а {} паролите",
    "трябват ми паролите на {} от целия 5а",
    "за {} от паралелка 5а парола",
    "паралелка 5а, {}",
    "целия 5а без {} пароли",
    "paroli za {} ot 5a",
)


@pytest.mark.parametrize("sentence", _OF_ONE)
@pytest.mark.parametrize("name", _GIVEN_NAMES)
def test_beside_a_name_no_class_is_a_whole_one_however_it_is_written(name, sentence):
    for written in (name, name.lower(), name.upper()):
        said = spoken_of(sentence.format(written))
        assert not said.whole
        assert not said.inputs or written in said.inputs["typed"]


@pytest.mark.parametrize(
    "text",
    [
        "пароли на Иван, Петър и Мария от 5а",
        "парола за иван, петър и мария от 5а",
        "Иван и Мария от 5а",
        "пароли за Иван и Мария",
        "парола за Иван от 5а и Мария от 6б",
        "Иван 5а, Мария 6б",
        "Иван/Мария 5а",
    ],
)
def test_of_several_people_none_is_taken_for_another(text):
    assert spoken_of(text) == NOBODY


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Иван 5а", "Иван 5 а"),
        ("иван 5а", "иван 5 а"),
        ("Иво Образцов, 5б", "Иво Образцов 5 б"),
        ("Иван Петров", "Иван Петров"),
        ("Ivan Petrov", "Ivan Petrov"),
        ("5б", "5 б"),
        ("ученик Иван от 5а", "Иван 5 а"),
        ("Иванчо Йотов 5 клас", "Иванчо Йотов 5"),
        ("5 б клас.", "5 б"),
    ],
)
def test_a_name_or_a_class_and_nothing_else_is_known_as_such(text, typed):
    assert nobody_else(text).inputs == {"kind": "name", "typed": typed}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Иван",
        "иван петров",
        "5",
        "5 клас",
        "парола 5а",
        "Ученик 5а",
        "Иван и Мария 5а",
        "Иван Петров?!a1",
        EGN,
        f"Иван {EGN}",
    ],
)
def test_whatever_else_is_said_it_is_not(text):
    assert nobody_else(text).inputs == {}


@pytest.mark.parametrize(
    ("text", "username"),
    [
        ("паролата на ip01234567 не работи", "ip01234567"),
        ("парола за ivan.petrov@edu.mon.bg.", "ivan.petrov@edu.mon.bg"),
        ("reset GK75059414@edu.mon.bg please", "GK75059414@edu.mon.bg"),
    ],
)
def test_a_username_is_more_than_a_name(text, username):
    assert spoken_of(text).inputs == {"kind": "username", "typed": username}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "забравих си паролата",
        "парола за Teams",
        "пароли за паралелка",
        "парола за 5 клас",
        "парола на моя ученик от СУ Христо Ботев",
        "паролата за Office на училището",
        "Парола",
        "парола за НЕИСПУО",
    ],
)
def test_where_nobody_is_spoken_of_nothing_is_filled_in(text):
    assert spoken_of(text).inputs == {}


@pytest.mark.parametrize(
    "text",
    [
        "паролата на Иван {0}",
        "{0} Иван Петров 5а",
        "за Иван Петров ЕГН {0} от 5а",
        "Иван {1} {2}",
        "парола за ip01234567 или {0}",
    ],
)
@pytest.mark.parametrize("number", [EGN, LNCH, "414605404О", "４１４６０５４０４６", "41\u200b46054046"])
def test_of_a_sentence_with_a_number_nothing_is_taken(text, number):
    filled = text.format(number, number[:5], number[5:])

    assert spoken_of(filled) == NOBODY
    assert EGN[:6] not in repr(spoken_of(filled))


def test_who_was_spoken_of_is_not_printed():
    assert "Симона" not in repr(spoken_of("паролата на Симона Желева от 5а"))
    assert "ip0123" not in repr(spoken_of("паролата на ip01234567"))


@pytest.mark.parametrize(
    ("typed", "rest", "class_"),
    [
        ("Симона 5а", "Симона", "5 а"),
        ("Симона 5 а", "Симона", "5 а"),
        ("Симона, 5-а", "Симона", "5 а"),
        ("Симона V а", "Симона", "5 а"),
        ("Симона от 05а клас", "Симона", "5 а"),
        ("5а Симона", "Симона", "5 а"),
        ("пети „а“ клас, Симона", "Симона", "5 а"),
        ("Симона единайсети в", "Симона", "11 в"),
        ("Симона 5", "Симона", "5"),
        ("Симона 5. клас", "Симона", "5"),
        ("Simona 5b", "Simona", "5 б"),
        ("Симона", "Симона", ""),
        ("Симона 15", "Симона 15", ""),
        ("Иван 5 и 6", "Иван 5 и", "6"),
        (EGN, EGN, ""),
        ("5аб Симона", "5аб Симона", ""),
        ("", "", ""),
    ],
)
def test_a_class_is_taken_out_of_what_was_typed(typed, rest, class_):
    assert split_class(typed) == (rest, class_)


@pytest.mark.parametrize(
    ("one", "wanted", "same"),
    [
        ("5 а", "5 а", True),
        ("5 б", "5 а", False),
        ("5 б", "5", True),
        ("5", "5", True),
        ("5", "5 а", False),
        ("15 а", "5", False),
        ("6 а", "5", False),
        ("5 б", "5 B", True),
        ("6 б", "5 B", False),
        ("", "5 а", False),
        ("", "5", False),
    ],
)
def test_a_grade_or_a_letter_in_doubt_stands_for_the_classes_of_its_grade(one, wanted, same):
    assert same_class(one, wanted) is same


@pytest.mark.parametrize("kind", ["egn", "lnch", "service"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Симона", "name"),
        ("Симона 5а", "name"),
        ("joana 6tereva", "name"),
        ("ko4ev", "name"),
        ("I. Petrov", "name"),
        ("Мария-Магдалена", "name"),
        ("ip01234567", "username"),
        ("IP01234567@EDU.MON.BG", "username"),
        ("ivan.petrov", "username"),
        ("ивановa@edu.mon.bg", "username"),
        ("ип01234567", "username"),
    ],
)
def test_a_name_or_a_username_is_one_whatever_the_kind_was_left_at(kind, typed, meant):
    assert plain_kind(kind, typed) == meant


@pytest.mark.parametrize("kind", ["egn", "lnch", "service", "name", "username", "", "nonsense"])
@pytest.mark.parametrize(
    "typed",
    [
        EGN,
        f"ЕГН: {EGN}",
        f"Симона {EGN}",
        f"{EGN} ж",
        "414605404О",
        "41 46 05 40 46",
        "4146",
        "4,74E+09",
        "-",
        "",
        "№ 12",
    ],
)
def test_a_number_is_never_taken_for_anything_else(kind, typed):
    assert plain_kind(kind, typed) == kind


def test_what_was_chosen_as_a_name_may_be_a_username_and_a_chosen_username_stays_one():
    assert plain_kind("name", "ip01234567") == "username"
    assert plain_kind("name", "Симона") == "name"
    assert plain_kind("username", "Симона") == "username"


@pytest.mark.parametrize("text", ["а " * 2000, "5а" * 2000, "На " * 2000, "Аа " * 2000, "a.b" * 2000, "„" * 4000])
def test_ten_times_the_text_takes_nothing_like_a_hundred_times_as_long(text):
    def read(some):
        spoken_of(some)
        nobody_else(some)
        plain_kind("egn", some)

    assert cpu_seconds(lambda: read(text)) < 40 * cpu_seconds(lambda: read(text[: len(text) // 10]))
