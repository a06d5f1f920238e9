"""Names to combine. Every person made of them is invented; any likeness to somebody is chance."""

# ruff: noqa: SIM905 -- lists of words are read as words

from dataclasses import dataclass
from random import Random

MALE = (
    "Александър Георги Мартин Димитър Иван Никола Калоян Виктор Борис Даниел Теодор Стефан Кристиян Михаил Петър "
    "Християн Николай Симеон Божидар Самуил Антон Йордан Васил Павел Константин Любомир Огнян Радослав Светослав "
    "Тихомир Филип Цветан Чавдар Явор Юлиян Щерьо Гьоре Жельо Живко Захари Илия Кирил Лъчезар Момчил Пламен Румен "
    "Спас Тодор Христо Асен Благой Веселин Деян Емил Красимир Мехмед Али Ахмед Исмаил Мустафа Емре Селим Метин "
    "Кеворк Агоп Харутюн Гарабед Рашко Ангел Митко Сашо Асенчо Йосиф"
).split()
FEMALE = (
    "Виктория Мария Александра Никол Габриела Рая Дария Йоана София Ива Симона Теодора Калина Елена Божидара Анна "
    "Кристина Моника Десислава Петя Радостина Стефания Таня Христина Цветелина Яна Юлияна Ньоми Жасмина Женя Щилияна "
    "Ралица Боряна Василена Гергана Диляна Емилия Жана Зорница Илияна Красимира Лилия Магдалена Невена Оля Пламена "
    "Румяна Снежана Теменуга Фани Айше Фатме Емине Джемиле Мевлюде Зейнеб Севда Есра Ани Сирануш Мари Татевик Росица "
    "Ангелина Сийка Златка Иглика Ясена Цецилия Ния"
).split()
_FATHERS = (
    "Александър Георги Димитър Иван Никола Петър Николай Стоян Христо Тодор Васил Ангел Красимир Пламен Румен "
    "Любомир Огнян Радослав Светослав Емил Юлиян Цветан Чавдар Живко Илия Кирил Асен Веселин Митко Йордан Щерьо "
    "Михаил Борис Стефан Мехмед Ахмед Исмаил Мустафа Селим Метин Кеворк Агоп Гарабед Деян Захари Момчил Калин"
).split()
_SURNAMES = (
    "Петров Димитров Щерев Гьорев Желев Дзивгов Цеков Жечев Юруков Ямбулов Чолаков Шишков Ангелов Аргиров Бояджиев "
    "Вълчев Геров Делчев Ерменков Железов Зографов Икономов Йорданов Калчев Лечев Маринов Недков Орешков Пеев Радев "
    "Събев Танев Узунов Филчев Хаджиев Цонев Чакъров Шопов Щилиянов Юнаков Янакиев Абаджиев Бакалов Вангелов "
    "Гогов Драганов Евтимов Жабленов Златев Илчев Кюркчиев Любенов Минчев Нейков Обретенов Пашов Русев Сарафов Тенев "
    "Халилов Юсуфов Ибрахимов Реджебов Мехмедов Сюлейманов Османов Хасанов Асенчев Демирев Кючуков Алексов Сашев "
    "Дочев Жеков Запрянов Кацаров Ламбрев Мутафчиев Ников Парушев Рачев Стаматов Тошков Урумов Фурнаджиев Цанков"
).split()
_UNINFLECTED = "Хачикян Гарабедян Чолакян Папазян Мехмед Хюсеин Ахмед Кехая".split()


@dataclass(frozen=True, slots=True)
class Name:
    """Given, middle (father's; may be empty) and family name, in Bulgarian."""

    given: str
    middle: str
    family: str
    female: bool

    @property
    def full(self) -> str:
        """As written in a school register."""
        return " ".join(part for part in (self.given, self.middle, self.family) if part)


def draw(random: Random, *, female: bool) -> Name:
    """A name by chance. The first names of the list come more often, as in life."""
    given = FEMALE if female else MALE
    share = random.random()
    return Name(
        given=given[int(share * share * len(given))],
        middle=patronymic(_FATHERS[int(random.random() * len(_FATHERS))], female=female),
        family=_family(random, female=female),
        female=female,
    )


def patronymic(father: str, *, female: bool) -> str:
    """The middle name from the father's: Иван → Иванов(а), Георги → Георгиев(а), Петър → Петров(а)."""
    match father[-1]:
        case "й":
            stem = father[:-1] + "ев"
        case "и":
            stem = father + "ев"
        case "я":
            stem = father[:-1] + "ев"
        case "а" | "о":
            stem = father[:-2] + "ев" if father.endswith("ьо") else father[:-1] + "ов"
        case "р" if father.endswith("ър"):
            stem = father[:-2] + "ров"
        case _:
            stem = father + "ов"
    return stem + "а" if female else stem


def _family(random: Random, *, female: bool) -> str:
    if random.random() < 0.05:
        return _UNINFLECTED[int(random.random() * len(_UNINFLECTED))]
    family = _SURNAMES[int(random.random() * len(_SURNAMES))]
    if female:
        family += "а"
        if random.random() < 0.02:
            other = _SURNAMES[int(random.random() * len(_SURNAMES))] + "а"
            return family if other == family else f"{family}-{other}"
    return family
