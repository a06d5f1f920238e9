"""What the project's world is made of, as Hypothesis strategies. Every identifier is synthetic: births 2037–2056."""

from datetime import date

from hypothesis import strategies as st

from bot.core.actors.model import Actor, Role
from bot.core.people.model import AccountState, Kind, Person, School

TODAY = date(2026, 11, 23)
DOMAIN = "edu.mon.bg"
TENANT = "00000000-0000-4000-8000-000000000299"

SYNTHETIC_EGN = (
    "4146054046", "4251020743", "4349043741", "4450029316", "4549070385", "4642144284",
    "4742080922", "4849140605", "4950049706", "5044216423", "5150025902", "5250130500",
)  # fmt: skip
SYNTHETIC_LNCH = ("9999999014", "9999999025", "9999999036", "9999999047")

FIRST_NAMES = (
    "Юлия", "Цветан", "Йоана", "Яница", "Жечо", "Ньоми", "Дзин", "Кръстьо", "Айше", "Хюсеин", "Ивайло", "Мария",
    "Виктория", "Исхак", "Щерьо", "Джем", "Михаил", "Ася", "Иглика", "Ъмит", "Явор", "Ия",
)  # fmt: skip
FAMILY_NAMES = (
    "Щерев", "Ъглов", "Гьорев", "Пощов", "Хаджийска", "Жечкова", "Яйцова", "Чушкина", "Цанков", "Върбанова",
    "Кюлюмова", "Шишков", "Зидаров", "Юруков", "Бъчваров", "Дойчинова", "Мария-Тодорова",
)  # fmt: skip


def check_digit(nine: str) -> str:
    """The tenth digit of an ЕГН, from the definition of the number (not from the library the product uses)."""
    total = sum(weight * int(digit) for weight, digit in zip((2, 4, 8, 5, 10, 9, 7, 3, 6), nine, strict=True))
    return str(total % 11 % 10)


def egn_of(born: date, serial: int) -> str:
    """The ЕГН of a birth in 18xx, 19xx or 20xx with this three-digit serial."""
    month = born.month + {18: 20, 19: 0, 20: 40}[born.year // 100]
    nine = f"{born.year % 100:02}{month:02}{born.day:02}{serial:03}"
    return nine + check_digit(nine)


def birth_dates() -> st.SearchStrategy[date]:
    """Synthetic births: 2037 up to thirty years after `TODAY` less a day."""
    return st.dates(date(2037, 1, 1), date(2056, 11, 1))


def egns() -> st.SearchStrategy[str]:
    """Checksum-valid synthetic ЕГН."""
    return st.builds(egn_of, birth_dates(), st.integers(0, 999))


def lnchs() -> st.SearchStrategy[str]:
    """Checksum-valid ЛНЧ of the reserved range 9999999xxx."""
    weights = (21, 19, 17, 13, 11, 9, 7, 3, 1)

    def whole(serial: int) -> str:
        nine = f"9999999{serial:02}"
        return nine + str(sum(w * int(d) for w, d in zip(weights, nine, strict=True)) % 10)

    return st.integers(0, 98).map(whole)


def usernames() -> st.SearchStrategy[str]:
    """Student usernames with a number that begins with 0, as no real one does."""
    return st.from_regex(r"[a-z]{1,2}0[0-9]{7}", fullmatch=True).map(lambda local: f"{local}@{DOMAIN}")


def names() -> st.SearchStrategy[str]:
    """Three invented names in Cyrillic."""
    return st.builds(
        lambda first, middle, last: f"{first} {middle} {last}",
        st.sampled_from(FIRST_NAMES),
        st.sampled_from(FAMILY_NAMES),
        st.sampled_from(FAMILY_NAMES),
    )


def schools() -> st.SearchStrategy[School]:
    """Schools of the reserved codes 299xxxx."""
    return st.integers(0, 9999).map(school_of)


def school_of(number: int) -> School:
    """The school with code 299xxxx."""
    return School(id=f"school-{number}", code=f"299{number:04}", name=f"СУ „Проба {number}“", town="Пробград")


def people(at: st.SearchStrategy[School], kinds: st.SearchStrategy[Kind] | None = None) -> st.SearchStrategy[Person]:
    """People of zero to two of the schools; unique in nothing but their object id."""
    return st.builds(
        Person,
        id=st.uuids(version=4).map(str),
        name=names(),
        username=usernames(),
        kind=kinds or st.sampled_from(Kind),
        state=st.sampled_from(AccountState),
        schools=st.lists(at, max_size=2, unique=True).map(tuple),
        grade=st.sampled_from(("", "1", "5", "VIII", "12")),
        teams=st.just(("Математика - 5 б - ООП",)),
        identifier=st.sampled_from(SYNTHETIC_EGN + SYNTHETIC_LNCH),
    )


def actors(at: st.SearchStrategy[School]) -> st.SearchStrategy[Actor]:
    """Everybody who can be signed in, directors with and without a school, enabled or not."""
    return st.builds(
        Actor,
        object_id=st.uuids(version=4).map(str),
        tenant_id=st.just(TENANT),
        role=st.sampled_from(Role),
        school=st.none() | at,
        enabled=st.booleans(),
        name=names(),
    )
