"""No number that may belong to a living person stands anywhere in the project (ADR 0016)."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from tests.architecture.tree import ROOT, tracked

LOCKS = {"requirements.txt", "requirements-dev.txt", "package-lock.json"}
"""Their hexadecimal sums contain every run of digits there is."""
RUN = re.compile(r"(?<![0-9A-Za-z.])[0-9]{9,10}(?![0-9A-Za-z])")
WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6)
LIVING = range(1910, 2037)
"""Years of birth somebody alive may have, or will have before this code is read for the last time."""


def test_no_identifier_in_the_project_may_be_a_living_persons() -> None:
    read = 0
    found = []
    for path in tracked():
        if path.name in LOCKS:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        read += 1
        found += [f"{path.relative_to(ROOT)}:{line}" for line in living(text)]
    assert read > 200
    assert found == [], "use an ЕГН with a birth in 2037–2056"


@pytest.mark.parametrize(
    ("year", "noticed"), [(1909, False), (1910, True), (1999, True), (2008, True), (2036, True), (2037, False)]
)
def test_the_search_notices_such_a_number(year: int, noticed: bool) -> None:
    number = made_up(year)
    for text in (number, f"ЕГН{number},", f'x = "{number}"', f"one\n{number}"):
        assert bool(list(living(text))) is noticed


def test_the_search_notices_one_that_lost_its_zero() -> None:
    assert list(living(f"\n{made_up(2008).lstrip('0')}")) == [2]
    assert list(living(f"12345{made_up(2008)}")) == []


def living(text: str) -> Iterator[int]:
    """The lines with a well-formed ЕГН of somebody who may be alive, also one without its leading zero."""
    for found in RUN.finditer(text):
        number = found.group().zfill(10)
        born = birth_year(number)
        if born in LIVING and int(number[9]) == check_digit(number):
            yield text.count("\n", 0, found.start()) + 1


def birth_year(number: str) -> int | None:
    year, month, day = int(number[:2]), int(number[2:4]), int(number[4:6])
    for added, century in ((0, 1900), (20, 1800), (40, 2000)):
        try:
            return date(century + year, month - added, day).year
        except ValueError:
            continue
    return None


def check_digit(number: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False)) % 11 % 10


def made_up(year: int) -> str:
    """A well-formed ЕГН of the second of January; put together here, so that none is written down."""
    month = 1 if year < 2000 else 41
    front = f"{year % 100:02}{month:02}02" + "000"
    return f"{front}{check_digit(front)}"
