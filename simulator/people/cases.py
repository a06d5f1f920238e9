"""The planted cases: one student (or account) for every situation a director can meet. Same handles at any size."""

# ruff: noqa: SIM905 -- lists of words are read as words

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from simulator.people import usernames
from simulator.people.identifiers import (
    COUNTED_EARLIER,
    FIRST_BIRTH_YEAR,
    LAST_BIRTH_YEAR,
    egn,
    is_lnch,
    lnch,
    lnch_numbers,
    years_earlier,
)
from simulator.people.model import STUDENT, Account, Homeroom, TenantOptions
from simulator.people.names import Name
from simulator.people.population import FIRST_PLANTED, birth_year

_LNCH = lnch_numbers()
_ZERO_LNCH = (lnch("099999901"), lnch("099999902"))
_ORPHAN = 0  # "no school"


@dataclass(frozen=True, slots=True)
class Case:
    """A planted account and why it is there. `identifier` is the person's true one, with its leading zero."""

    key: str
    account: Account
    identifier: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """`school` and `grade` give the class whose teams the account is in; `enrolled` the schools Graph reports,
    when they differ. `number` is an identifier that is not an ЕГН; `like` the case whose person this also is.
    `years_old` counts from today, `days` later or earlier.
    """

    key: str
    name: str
    school: int
    grade: int
    enrolled: tuple[int, ...] | None = None
    number: str = ""
    stored: str = ""
    like: str = ""
    years_old: int | None = None
    days: int = 0
    also_lnch: bool = False
    enabled: bool = True
    ready: bool = True


_PLANS = (
    # Moved students, as the director of school 1 (2990001) meets them.
    _Plan("moved", "Щилиян Юлиянов Щерев", 2, 6),
    _Plan("moved-other-region", "Калина Огнянова Ямбулова", 4, 9),
    _Plan("moved-teams-behind", "Деян Цветанов Чакъров", 1, 7, enrolled=(2,)),
    _Plan("moved-half-done", "Симона Пламенова Желева", 1, 5, enrolled=(1, 2)),
    _Plan("moved-no-school", "Борис Емилов Шопов", _ORPHAN, 8, enrolled=()),
    _Plan("moved-into-own", "Рая Красимирова Танева", 1, 6),
    # Accounts.
    _Plan("disabled", "Тодор Живков Узунов", 1, 8, enabled=False),
    _Plan("disabled-elsewhere", "Елена Асенова Филчева", 3, 10, enabled=False),
    _Plan("being-created", "Ива Тодорова Ламбрева", 1, 1, ready=False),
    _Plan("being-created-elsewhere", "Петър Илиев Гогов", 5, 1, ready=False),
    _Plan("several-old-disabled", "Мартин Стоянов Кацаров", 3, 9, enabled=False),
    _Plan("several-new-enabled", "Мартин Стоянов Кацаров", 1, 9, like="several-old-disabled"),
    _Plan("several-both-enabled", "Никол Ангелова Жечева", 1, 7),
    _Plan("several-both-enabled-twin", "Никол Ангелова Жечева", 4, 7, like="several-both-enabled"),
    _Plan("several-one-school", "Явор Кирилов Бакалов", 1, 10),
    _Plan("several-one-school-twin", "Явор Кирилов Бакалов", 1, 10, like="several-one-school", enabled=False),
    # Identifiers.
    _Plan("lost-zero-service", "Христо Методиев Парушев", 1, 4, number="0012345", stored="12345"),
    _Plan("lost-zero-lnch", "Дария Олегова Коваленко", 1, 6, number=_ZERO_LNCH[0], stored=_ZERO_LNCH[0][1:]),
    _Plan("lost-zero-lnch-elsewhere", "Максим Сергеев Мороз", 4, 5, number=_ZERO_LNCH[1], stored=_ZERO_LNCH[1][1:]),
    _Plan("kept-zero-service", "Злата Миленова Тошкова", 1, 2, number="0012346"),
    _Plan("lnch-1", "Ани Арамова Папазян", 1, 5, number=_LNCH[0]),
    _Plan("lnch-2", "Юсуф Халилов Хасан", 2, 4, number=_LNCH[1]),
    _Plan("lnch-3", "Олена Петрова Шевченко", 1, 11, number=_LNCH[2]),
    _Plan("lnch-4", "Тарас Иванов Бондар", 5, 2, number=_LNCH[3]),
    _Plan("service-7", "Лейла Каримова Сафи", 1, 3, number="0054321"),
    _Plan("service-10", "Омар Фаридов Сафи", 1, 8, number="9999999015"),
    _Plan("egn-also-lnch", "Зорница Деянова Мутафчиева", 1, 6, also_lnch=True),  # under fourteen all the year
    # Age: a password is handed to a parent only before the fourteenth birthday.
    _Plan("fourteen-today", "Момчил Руменов Кюркчиев", 1, 8, years_old=14),
    _Plan("fourteen-tomorrow", "Жасмина Емилова Абаджиева", 1, 8, years_old=14, days=1),
    _Plan("fourteen-yesterday", "Спас Митков Жабленов", 1, 8, years_old=14, days=-1),
    _Plan("first-grader", "Ния Калинова Сарафова", 1, 1),
    _Plan("twelfth-grader", "Виктор Михаилов Обретенов", 1, 12),
    # Names.
    _Plan("namesake-1", "Гергана Живкова Дзивгова", 1, 3),
    _Plan("namesake-2", "Гергана Живкова Дзивгова", 1, 7),
    _Plan("namesake-3", "Гергана Живкова Дзивгова", 1, 7),
    _Plan("name-yu-sht", "Юлиян Щерьов Щерев", 1, 5),
    _Plan("name-nyo", "Ньоми Агопова Хачикян", 1, 4),
    _Plan("name-gyo", "Гьоре Илиев Гьорев", 1, 6),
    _Plan("name-final-iya", "Цецилия Асенова Чакърова", 1, 9),
    _Plan("name-turkish", "Джемиле Мехмедова Юсуфова", 1, 10),
    _Plan("name-roma", "Сийка Ангелова Демирева", 1, 2),
    _Plan("name-no-middle", "Хуан Запрянов", 1, 11),
    _Plan("name-apostrophe", "Патрик Шонов О'Конър", 1, 5),
    _Plan("name-hyphen", "Анна-Мария Йорданова Вълчева-Хаджиева", 1, 12),
    _Plan("name-long", "Александрина-Антоанета Константинова Мутафчиева-Фурнаджиева", 1, 3),
    # Twelve of one given name: more than a card can offer.
    *(
        _Plan(f"many-{index + 1}", f"Ростислав {middle} {family}", 1, 1 + index)
        for index, (middle, family) in enumerate(
            zip(
                "Ангелов Борисов Василев Георгиев Димитров Емилов Живков Захариев Иванов Калинов Митев Ненов".split(),
                "Пеев Радев Събев Тенев Урумов Цонев Шишков Юнаков Евтимов Лечев Геров Недков".split(),
                strict=True,
            )
        )
    ),
)  # fmt: skip

PLANTED_STUDENTS = len(_PLANS)


def plant(options: TenantOptions, homerooms: dict[int, tuple[Homeroom, ...]]) -> Iterator[Case]:
    """The cases for this day. `homerooms` are the classes of each school."""
    identifiers: dict[str, str] = {}
    used: set[str] = set()
    for index, plan in enumerate(_PLANS):
        homeroom = _nearest(homerooms[plan.school], plan.grade) if plan.school else None
        grade = homeroom.grade if homeroom else plan.grade
        name = _name(plan.name)
        if plan.like:
            identifier = identifiers[plan.like]
        else:
            identifier = plan.number or _egn(plan, name, _counted_birth(options, plan, grade, index), used)
        identifiers[plan.key] = identifier
        used.add(identifier)
        enrolled = plan.enrolled if plan.enrolled is not None else (plan.school,)
        account = Account(
            number=FIRST_PLANTED + index,
            role=STUDENT,
            name=name,
            upn=usernames.student_username(name, FIRST_PLANTED + index),
            external_id=plan.stored or identifier,
            schools=enrolled,
            homeroom=homeroom.number if homeroom else None,
            grade=grade,
            enabled=plan.enabled,
            ready=plan.ready,
        )
        yield Case(plan.key, account, identifier)


def _counted_birth(options: TenantOptions, plan: _Plan, grade: int, index: int) -> date:
    if plan.years_old is not None:
        day = options.today + timedelta(days=plan.days)
        if plan.days > 0 and (day.month, day.day) == (2, 29):  # 28 February would be a birthday of today
            day += timedelta(days=1)
        return years_earlier(day, plan.years_old)
    return date(birth_year(options.school_year, grade), 1, 1) + timedelta(days=index * 5 % 365)


def _egn(plan: _Plan, name: Name, counted: date, used: set[str]) -> str:
    birth = years_earlier(counted, -COUNTED_EARLIER)
    # A clock far off would lead out of the years nobody has; the number matters more than the age.
    birth = birth.replace(year=min(max(birth.year, FIRST_BIRTH_YEAR), LAST_BIRTH_YEAR))
    # One number in ten is also a ЛНЧ, but not on every day; only a case without a fixed age may be born later.
    for serial in range(900 + name.female, 1000, 2):
        for day in range(1 if plan.years_old is not None else 20):
            number = egn(birth + timedelta(days=day), serial)
            if number not in used and is_lnch(number) == plan.also_lnch:
                return number
    raise ValueError(f"no number for {plan.key} on {birth}")


def _nearest(homerooms: tuple[Homeroom, ...], grade: int) -> Homeroom:
    return min(homerooms, key=lambda homeroom: (abs(homeroom.grade - grade), homeroom.number))


def _name(full: str) -> Name:
    given, *middle, family = full.split()
    return Name(given, " ".join(middle), family, female=_is_female(given, " ".join(middle)))


def _is_female(given: str, middle: str) -> bool:
    return middle.endswith("а") if middle else given[-1] in "ая"
