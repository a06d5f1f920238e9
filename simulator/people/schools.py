"""Schools with names no school has, and their classes. Codes are 299xxxx, which НЕИСПУО has not given out."""

# ruff: noqa: SIM905 -- lists of words are read as words

from collections.abc import Iterator

from simulator.people.model import Homeroom, School, TenantOptions

_KINDS = (("СУ", 1, 12, 14), ("ОУ", 1, 7, 8), ("ПГ", 8, 12, 8))  # name, grades, weight
_FIRST = (
    ("Сребърна липа", "Пловдив", "Пловдив"),
    ("Ведро утро", "Пловдив", "Пловдив"),
    ("Медно колело", "Асеновград", "Пловдив"),
    ("Синя котва", "Варна", "Варна"),
    ("Слънчев мост", "Провадия", "Варна"),
    ("Бял маяк", "Варна", "Варна"),
)
_ADJECTIVES = (
    "Сребърна Златна Синя Бяла Зелена Медна Тиха Ясна Звездна Горска Морска Речна Планинска Слънчева Лунна Утринна "
    "Вечерна Пъстра Крилата Стара Нова Висока Дълбока Северна Южна Източна Западна Каменна Кристална Ледена Пролетна "
    "Есенна Лятна Зимна Снежна Росна Ветровита Чудна Приказна Вълшебна"
).split()
_NOUNS = (
    "липа котва поляна пътека камбана врата планета порта кула ладия лодка мрежа нива орбита палитра песен роза "
    "стрела струна сърна топола флейта химера цигулка черга шевица ябълка ивица кошница лейка мелница надежда "
    "обител перла радуга скала тераса фурна хралупа чешма шапка"
).split()
_TOWNS = (
    ("Благоевград", "Благоевград"), ("Петрич", "Благоевград"), ("Бургас", "Бургас"), ("Айтос", "Бургас"),
    ("Варна", "Варна"), ("Девня", "Варна"), ("Велико Търново", "Велико Търново"), ("Свищов", "Велико Търново"),
    ("Видин", "Видин"), ("Враца", "Враца"), ("Мездра", "Враца"), ("Габрово", "Габрово"), ("Севлиево", "Габрово"),
    ("Добрич", "Добрич"), ("Балчик", "Добрич"), ("Кърджали", "Кърджали"), ("Момчилград", "Кърджали"),
    ("Кюстендил", "Кюстендил"), ("Дупница", "Кюстендил"), ("Ловеч", "Ловеч"), ("Троян", "Ловеч"),
    ("Монтана", "Монтана"), ("Лом", "Монтана"), ("Пазарджик", "Пазарджик"), ("Велинград", "Пазарджик"),
    ("Перник", "Перник"), ("Плевен", "Плевен"), ("Левски", "Плевен"), ("Пловдив", "Пловдив"), ("Карлово", "Пловдив"),
    ("Разград", "Разград"), ("Исперих", "Разград"), ("Русе", "Русе"), ("Бяла", "Русе"), ("Силистра", "Силистра"),
    ("Сливен", "Сливен"), ("Котел", "Сливен"), ("Смолян", "Смолян"), ("Девин", "Смолян"), ("София", "София-град"),
    ("Самоков", "София-област"), ("Ботевград", "София-област"), ("Стара Загора", "Стара Загора"),
    ("Казанлък", "Стара Загора"), ("Търговище", "Търговище"), ("Попово", "Търговище"), ("Хасково", "Хасково"),
    ("Харманли", "Хасково"), ("Шумен", "Шумен"), ("Нови пазар", "Шумен"), ("Ямбол", "Ямбол"), ("Елхово", "Ямбол"),
)  # fmt: skip
_LETTERS = "абвгдежзийклмнопрстуфхцч"


def plan_schools(options: TenantOptions) -> Iterator[School]:
    """The schools in order of their codes. About 25 students a class; a school of twelve grades is the larger one."""
    total = max(options.schools, round(options.students / 25))
    weights = [_KINDS[index % 3][3] for index in range(options.schools)]
    spare, whole, sofar = total - options.schools, sum(weights), 0
    for index, weight in enumerate(weights):
        kind, lowest, highest, _ = _KINDS[index % 3]
        first = index + spare * sofar // whole
        sofar += weight
        name, town, region = _named(index)
        yield School(
            number=index + 1,
            code=str(2_990_001 + index),
            name=f"{kind} „{name}“",
            town=town,
            region=region,
            lowest_grade=lowest,
            highest_grade=highest,
            first_homeroom=first + 1,
            homerooms=index + 1 + spare * sofar // whole - first,
        )


def homerooms_of(school: School) -> tuple[Homeroom, ...]:
    """The classes of a school, lowest grade first, the grades as even as the number of classes allows."""
    span = school.highest_grade - school.lowest_grade + 1
    places = sorted((index % span, index // span) for index in range(school.homerooms))
    return tuple(
        Homeroom(
            number=school.first_homeroom + index,
            school=school.number,
            grade=school.lowest_grade + grade,
            letter=_LETTERS[letter] if letter < len(_LETTERS) else f"{letter + 1}",
        )
        for index, (grade, letter) in enumerate(places)
    )


def _named(index: int) -> tuple[str, str, str]:
    if index < len(_FIRST):
        return _FIRST[index]
    town, region = _TOWNS[index % len(_TOWNS)]
    noun, turn = index % len(_NOUNS), index // len(_NOUNS)
    return f"{_ADJECTIVES[turn % len(_ADJECTIVES)]} {_NOUNS[noun]}", town, region
