import pytest

from bot.core.people.model import AccountState, Kind, Person
from bot.core.people.names import Match, NameIndex, keys, plain_name, rank, readable_name, search
from bot.core.people.spelling import law_latin, mon_latin

# Cyrillic, the law (ДВ 19/2009), МОН, шльокавица: written by hand, not by the code.
SPELLINGS = [
    ("Юлия", "Yulia", "Iuliia", "Juliq"),
    ("Щерев", "Shterev", "Shcherev", "6terev"),
    ("Цветан", "Tsvetan", "Tsvetan", "Cvetan"),
    ("Йоана", "Yoana", "Ioana", "Joana"),
    ("Яница", "Yanitsa", "Ianitsa", "Qnica"),
    ("Жечо", "Zhecho", "Zhecho", "Je4o"),
    ("Ъглов", "Aglov", "Aglov", "Yglov"),
    ("Гьорев", "Gyorev", "Giorev", "Gjorev"),
    ("Ньоми", "Nyomi", "Niomi", "Njomi"),
    ("Дзин", "Dzin", "Dzin", "dzin"),
    ("Кръстьо", "Krastyo", "Krastio", "Krustjo"),
    ("Айше", "Ayshe", "Aishe", "Aj6e"),
    ("Хюсеин", "Hyusein", "Hiusein", "Xjusein"),
    ("Ивайло", "Ivaylo", "Ivailo", "Ivajlo"),
    ("Мария", "Maria", "Mariia", "Mariq"),
    ("Виктория", "Viktoria", "Viktoriia", "Wiktoriq"),
    ("Исхак", "Ishak", "Ishak", "Isxak"),
    ("Пощов", "Poshtov", "Poshchov", "Po6tov"),
    ("Чушкина", "Chushkina", "Chushkina", "4u6kina"),
    ("Яйцова", "Yaytsova", "Iaitsova", "qjcova"),
    ("Бъчваров", "Bachvarov", "Bachvarov", "By4varov"),
    ("Джем", "Dzhem", "Dzhem", "Djem"),
    ("Хаджийска", "Hadzhiyska", "Hadzhiiska", "Hadjijska"),
    ("Ия", "Ia", "Iia", "Iq"),
    ("Михаил", "Mihail", "Mihail", "Mixail"),
    ("Щърбанова", "Shtarbanova", "Shcharbanova", "6turbanova"),
]


@pytest.mark.parametrize(("cyrillic", "law", "mon", "chat"), SPELLINGS)
def test_the_law_and_mon_to_the_letter(cyrillic, law, mon, chat):
    assert (law_latin(cyrillic), mon_latin(cyrillic)) == (law, mon)


@pytest.mark.parametrize(("cyrillic", "law", "mon", "chat"), SPELLINGS)
def test_every_spelling_finds_the_name(cyrillic, law, mon, chat):
    assert rank(cyrillic, cyrillic) is Match.EXACT
    for typed in (law, mon, chat, chat.upper(), law.swapcase()):
        assert rank(typed, cyrillic) is Match.FOLDED, typed


def test_different_names_do_not_all_meet():
    names = [cyrillic for cyrillic, *_ in SPELLINGS]

    met = [(one, two) for one in names for two in names if one != two and keys(one) & keys(two)]

    assert met == []


def test_the_laws_own_cases():
    assert law_latin("България") == "Bulgaria"
    assert law_latin("БЪЛГАРИЯ") == "BULGARIA"
    assert law_latin("СОФИЯ") == "SOFIA"
    assert law_latin("Илиян") == "Iliyan"
    assert law_latin("Ю. Я. ЩЕРЕВ") == "Yu. Ya. SHTEREV"
    assert law_latin("Щ") == "Sht"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Юлия Иванова Щерева", Match.EXACT),
        ("  юлия   ИВАНОВА\u00a0щерева ", Match.EXACT),
        ("„Юлия“ Иванова-Щерева", Match.EXACT),
        ("Юлия Ивaнова Щерева", Match.EXACT),  # a Latin a among Cyrillic letters
        ("Yulia Ivanova Shtereva", Match.FOLDED),
        ("Iuliia Иванова 6тереva", Match.FOLDED),
        ("Щерева Юлия", Match.WORDS),
        ("Shtereva Ivanova Yulia", Match.WORDS),
        ("Юлия", Match.WORDS),
        ("инж. Юлия Щерева", Match.WORDS),
        ("проф. д-р Юлия Щерева", Match.WORDS),
        ("Г-жа  Щерева", Match.WORDS),
        ("Инж Щерева", None),
        ("Щер Юл", Match.PREFIX),
        ("jul 6ter", Match.PREFIX),
        ("Юлия Иванова Щерева Петрова", Match.SHORTER),
        ("Юлия Юлия", None),
        ("Юлиян", None),
        ("Щерева Петрова", None),
        ("", None),
        ("---", None),
        ("4742080922", None),
    ],
)
def test_ranks(typed, expected):
    assert rank(typed, "Юлия Иванова Щерева") is expected


def test_jana_may_be_either_of_two():
    assert rank("Jana", "Жана") is Match.FOLDED
    assert rank("Jana", "Яна") is Match.FOLDED
    assert rank("Жана", "Яна") is None


@pytest.mark.parametrize("typed", ["", " ", "Ю", "4742080922", "„“", "- -", "🙂"])
def test_nothing_to_search_for(typed):
    assert not readable_name(typed)
    assert search(typed, [person(1, "Юлия Щерева")]) == ()


def test_a_title_is_no_name_and_an_initial_is_no_title():
    assert not readable_name("проф. д-р")
    assert plain_name("доц. д-р Г. Щерев") == "г щерев"
    assert plain_name("Д. Раева") == "д раева"
    assert plain_name("д-раева") == "д раева"


def person(number, name):
    return Person(str(number), name, f"ip0{number:07}@edu.mon.bg", Kind.STUDENT, AccountState.ACTIVE)


def test_search_gives_the_best_first():
    people = [
        person(1, "Иван Петров Иванов"),
        person(2, "Иван Петров"),
        person(3, "Ivan Petrov"),
        person(4, "Петрова Иванка"),
        person(5, "Иван Стоянов Петров"),
    ]

    found = search("Иван Петров", people)

    assert [one.id for one in found] == ["2", "3", "1", "5"]
    assert [one.id for one in search("Иванк Петр", people)] == ["4"]


def test_a_name_stored_with_two_of_three_words_is_found_when_nothing_fits_better():
    people = [person(1, "Иван Петров"), person(2, "Иван Стоянов")]

    assert [one.id for one in search("Иван Георгиев Петров", people)] == ["1"]


def test_hostile_text_is_harmless():
    index = NameIndex([person(1, "а" + "\u0301" * 10_000), person(2, "Юлия Щерева")])

    for typed in ("yu" * 500, "j" * 4000, "ю " * 2000, "\u202eяилЮ", "x'; drop", "\ud800"):
        assert isinstance(index.search(typed), tuple)
