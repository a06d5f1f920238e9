"""National identifiers that belong to nobody.

- ЕГН: births 2037–2056 (month + 40), which nobody living has; they are counted as born 30 years earlier.
- ЛНЧ: `9999999xxx` and `0999999xxx`, far outside what has been allotted, with a true check digit.
- служебен номер: seven digits beginning with `00`, or ten digits that fail both other checks (НЕИСПУО demands that).

A lost leading zero. Years 37–56 never begin with a zero, and an ЕГН that does begins with a birth of 1900–1909 or
2000–2009: somebody may own it. So the accounts whose stored number lost its zero are an ЛНЧ of the `0999999xxx` kind
(ten digits, stored as nine: what a director sees when Excel ate the zero) and a служебен номер (`0012345` → `12345`).
"""

# ruff: noqa: SIM905 -- lists of words are read as words

from datetime import date, timedelta

FIRST_BIRTH_YEAR, LAST_BIRTH_YEAR = 2037, 2056
COUNTED_EARLIER = 30
"""Years by which a synthetic birth is counted earlier."""

DOCUMENTED = frozenset(
    "4146054046 4251020743 4349043741 4450029316 4549070385 4642144284 "
    "4742080922 4849140605 4950049706 5044216423 5150025902 5250130500".split()
)
"""Numbers used as examples elsewhere. No account has one, so they can be looked for and not found."""

_EGN_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6)
_LNCH_WEIGHTS = (21, 19, 17, 13, 11, 9, 7, 3, 1)
_PAIRS = 450  # serial numbers 000–899 for the many; 900–999 stay free for the planted cases
_SLOTS = 365 * _PAIRS
_STRIDE = 61_543  # prime to 365 × 450, so that counting through it meets every slot once


def egn(birth: date, serial: int) -> str:
    """The ЕГН of this (synthetic) birth with the three-digit serial number; even is male, odd female."""
    if not FIRST_BIRTH_YEAR <= birth.year <= LAST_BIRTH_YEAR or not 0 <= serial <= 999:
        raise ValueError("not a synthetic birth")
    body = f"{birth.year % 100:02d}{birth.month + 40:02d}{birth.day:02d}{serial:03d}"
    return body + str(_egn_check(body))


def lnch(body: str) -> str:
    """The ЛНЧ with these nine digits."""
    return body + str(_lnch_check(body))


def is_egn_shaped(number: str) -> bool:
    """Whether length and check digit fit an ЕГН (the date is not looked at)."""
    return len(number) == 10 and str(_egn_check(number)) == number[9]


def is_lnch(number: str) -> bool:
    """Whether it is a well-formed ЛНЧ."""
    return len(number) == 10 and str(_lnch_check(number)) == number[9]


def kind_of(number: str) -> str:
    """`egn`, `lnch` or `service`, of one of *our* identifiers."""
    if is_egn_shaped(number) and 37 <= int(number[:2]) <= 56 and 41 <= int(number[2:4]) <= 52:
        return "egn"
    return "lnch" if is_lnch(number) else "service"


def counted_birth(number: str) -> date | None:
    """The birth an ЕГН of ours counts as (30 years earlier); None for the other kinds. 29 February becomes 28."""
    if kind_of(number) != "egn":
        return None
    return years_earlier(date(2000 + int(number[:2]), int(number[2:4]) - 40, int(number[4:6])), COUNTED_EARLIER)


def years_earlier(day: date, years: int) -> date:
    """The same day `years` before (after, if negative); 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def service_number(index: int) -> str:
    """The служебен номер with this index (0 … 99 999): seven digits, so neither ЕГН nor ЛНЧ."""
    if not 0 <= index <= 99_999:
        raise ValueError("service numbers ran out")
    return f"00{index:05d}"


class EgnAllotter:
    """Hands out different ЕГН, scattered over the days of a year. The order of calls decides who gets which."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, bool], int] = {}

    def next(self, year: int, *, female: bool) -> str:
        """A number nobody has got yet, of a birth in this year (moved into 2037–2056 if outside)."""
        year = min(max(year, FIRST_BIRTH_YEAR), LAST_BIRTH_YEAR)
        while True:
            counter = self._taken.get((year, female), 0)
            if counter >= _SLOTS:
                raise ValueError(f"more people than numbers in {year}")
            self._taken[year, female] = counter + 1
            slot = counter * _STRIDE % _SLOTS
            # 2041 has no 29 February: every day drawn exists 30 years earlier too.
            day = date(2041, 1, 1) + timedelta(days=slot % 365)
            number = egn(day.replace(year=year), slot // 365 * 2 + female)
            if number not in DOCUMENTED:
                return number


def lnch_numbers() -> tuple[str, ...]:
    """Every ЛНЧ of the `9999999xxx` range, those named in the documentation first."""
    return tuple(lnch(f"9999999{middle:02d}") for middle in (1, 2, 3, 4, 0, *range(5, 100)))


def _egn_check(digits: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(_EGN_WEIGHTS, digits, strict=False)) % 11 % 10


def _lnch_check(digits: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(_LNCH_WEIGHTS, digits, strict=False)) % 10
