"""Names of other alphabets, in both directions: typed in one script, stored in the other."""

import pytest

from bot.core.people.model import AccountState, Kind, Person
from bot.core.people.names import Match, NameIndex, rank, search

# Latin as in the person's passport or on a keyboard without marks; Cyrillic as in a Bulgarian register.
TURKISH = [
    ("Gökhan", "Гьокхан"), ("Gokhan", "Гьокхан"), ("Ömer", "Йомер"), ("Ömer", "Юмер"), ("Ömer", "Омер"),
    ("Omer", "Йомер"), ("Özgür", "Йозгюр"), ("Ozgur", "Йозгюр"), ("Gül", "Гюл"), ("Gul", "Гюл"), ("Ümit", "Юмит"),
    ("Ümit", "Умит"), ("Şükrü", "Шюкрю"), ("Şükrü", "Шукри"), ("Çetin", "Четин"), ("Erdoğan", "Ердоган"),
    ("Erdoğan", "Ердоан"), ("Tuğba", "Туба"), ("Yıldız", "Йълдъз"), ("IŞIK", "Ъшък"), ("Işık", "Ишик"),
    ("İBRAHİM", "Ибрахим"), ("Kâmil", "Кямил"), ("Lâle", "Лале"), ("Cemile", "Джемиле"), ("Hüseyin", "Хюсеин"),
    ("Huseyin", "Хюсеин"), ("Hacı", "Хаджъ"), ("Hacı", "Хаджи"),
]  # fmt: skip
OTHERS = [
    ("Mohammed", "Мохамед"), ("Hassan", "Хасан"), ("Baghdasaryan", "Багдасарян"), ("Gevorgyan", "Геворгян"),
    ("Ștefan", "Штефан"), ("Țepeș", "Цепеш"), ("Ţepeş", "Цепеш"), ("Brâncuși", "Бранкуши"), ("Ludmiła", "Лудмила"),
    ("Łucja", "Лукжа"), ("Čović", "Чович"), ("Đorđe", "Джордже"), ("Müller", "Мюлер"), ("Björn", "Бьорн"),
    ("Trần", "Тран"), ("Đặng Thị Hương", "Данг Тхи Хуонг"), ("Lǐ Míng", "Ли Минг"), ("Zoë", "Зое"),
]  # fmt: skip
LOST_MARKS = [
    ("Sukru", "Шюкрю"), ("Cetin", "Четин"), ("Yildiz", "Йълдъз"), ("Erdogan", "Ердоан"), ("Isik", "Ъшък"),
    ("Fatimah", "Фатима"), ("Youssef", "Юсеф"), ("Hryhorii", "Григорий"), ("Zhang", "Джанг"), ("Wang", "Уанг"),
    ("Hovhannes", "Ованес"), ("Nguyễn", "Нгуен"), ("Phạm", "Фам"), ("Łukasz", "Лукаш"),
]  # fmt: skip
CYRILLIC = [
    ("Євген", "Евген"), ("Євгенія", "Евгения"), ("Їжакевич", "Ижакевич"), ("Ґалаґан", "Галаган"), ("Олексій", "Олексий"),
    ("Iрина", "Ирина"), ("В’ячеслав", "Вячеслав"), ("Ольга", "Олга"), ("Игорь", "Игор"), ("Алёна", "Альона"),
    ("Алёна", "Алена"), ("Фёдор", "Федор"), ("Крылов", "Крилов"), ("Эдуард", "Едуард"), ("Татьяна", "Татяна"),
    ("Јован", "Йован"), ("Љубица", "Любица"), ("Ѓорѓи", "Гьорги"), ("Анна", "Ана"),
]  # fmt: skip


@pytest.mark.parametrize(("latin", "cyrillic"), TURKISH + OTHERS)
def test_both_directions(latin, cyrillic):
    assert rank(latin, cyrillic) is Match.FOLDED
    assert rank(cyrillic, latin) is Match.FOLDED
    assert rank(latin.upper(), cyrillic) in (Match.FOLDED, Match.WIDE)


@pytest.mark.parametrize(("typed", "cyrillic"), LOST_MARKS)
def test_letters_that_lost_their_marks_count_when_nothing_else_fits(typed, cyrillic):
    assert rank(typed, cyrillic) is Match.WIDE
    assert [one.name for one in search(typed, [person(1, cyrillic), person(2, "Иван")])] == [cyrillic]


@pytest.mark.parametrize(("one", "other"), CYRILLIC)
def test_cyrillic_of_other_languages(one, other):
    assert rank(one, other) in (Match.EXACT, Match.FOLDED)
    assert rank(other, one) in (Match.EXACT, Match.FOLDED)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Гьорев", "Горев"),
        ("Мира", "Мара"),
        ("Шимеон", "Симеон"),
        ("Иван", "Аван"),
        ("Жана", "Джана"),
        ("Туба", "Тугба"),
    ],
)
def test_what_differs_in_bulgarian_stays_different(one, other):
    assert rank(one, other) is None


@pytest.mark.parametrize(("typed", "not_found"), [("Mira", "Мара"), ("Simeon", "Шимеон"), ("Ganka", "Анка")])
def test_nothing_wide_beside_a_name_that_fits(typed, not_found):
    fits = {"Mira": "Мира", "Simeon": "Симеон", "Ganka": "Ганка"}[typed]

    assert [one.name for one in search(typed, [person(1, not_found), person(2, fits)])] == [fits]


def test_gorev_may_have_lost_its_dots():
    assert [one.name for one in search("Gorev", [person(1, "Гьорев"), person(2, "Горев")])] == ["Горев", "Гьорев"]


def test_a_long_name_of_many_readings_is_read_in_bounded_time():
    index = NameIndex([person(1, "Юлия Щерева")])

    assert index.search(" ".join(letters * 12 for letters in ("jucx", "oogs", "quyi", "wshi", "czsz"))) == ()


def person(number, name):
    return Person(str(number), name, f"ip0{number:07}@edu.mon.bg", Kind.STUDENT, AccountState.ACTIVE)
