"""The recipient gate over all births and days, against ages counted another way."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.core.decision import Decision, Reason
from bot.core.handover.model import Ground, Handing, Recipient
from bot.core.handover.policy import may_receive, under_14
from bot.core.people.births import birthday, known_birth
from bot.core.people.classes import grade_of
from bot.core.people.model import AccountState, Kind, Person
from tests.properties.strategies import egn_of, lnchs

SOFIA = ZoneInfo("Europe/Sofia")
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
CLOCK_CHANGES = st.sampled_from(
    [
        date(2026, 3, 29),
        date(2026, 10, 25),
        date(2027, 3, 28),
        date(2027, 10, 31),
        date(2028, 3, 26),
        date(2028, 10, 29),
    ]
)
LEAP_DAYS = st.sampled_from([date(year, 2, 29) for year in (2008, 2012, 2016, 2020, 2024)])


def age(born: date, day: date) -> int:
    """Whole years, counted by comparing month and day; somebody born on 29 February has the 28th in common years."""
    leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
    turns = (2, 28) if (born.month, born.day) == (2, 29) and not leap else (born.month, born.day)
    return day.year - born.year - ((day.month, day.day) < turns)


def near_fourteen() -> st.SearchStrategy[tuple[date, date]]:
    """A birth and a day within three days of the 14th birthday, often 29 February or a day the clocks change."""
    days = DAYS | CLOCK_CHANGES
    by_day = st.builds(
        lambda day, shift: (day.replace(year=day.year - 14, day=min(day.day, 28)) + timedelta(days=shift), day),
        days,
        st.integers(-3, 3),
    )
    by_birth = st.builds(
        lambda born, shift: (born, date(born.year + 14, 2, 28) + timedelta(days=shift)), LEAP_DAYS, st.integers(-3, 3)
    )
    return by_day | by_birth


PAIRS = near_fourteen() | st.tuples(st.dates(date(1980, 1, 1), date(2050, 12, 31)), DAYS)


@settings(max_examples=2000)
@given(PAIRS)
@example((date(2012, 2, 29), date(2026, 2, 27)))
@example((date(2012, 2, 29), date(2026, 2, 28)))
def test_under_14_is_an_age_below_14(pair):
    born, day = pair

    assert under_14(born, day) == (age(born, day) < 14)


@settings(max_examples=1500)
@given(
    PAIRS,
    st.none() | st.sampled_from(Recipient),
    st.sampled_from(Kind),
    st.booleans(),
    st.tuples(st.booleans(), st.booleans()),
)
def test_the_gate(pair, recipient, kind, known, attested):
    born, day = pair
    sen, identity = attested
    birth = born if known else None

    answer = may_receive(kind, recipient, birth=birth, today=day, sen=sen, identity=identity)

    if isinstance(answer, Handing):
        assert identity
        assert answer.recipient is recipient
    match (kind.value, recipient and recipient.value):
        case (_, None):
            assert answer == Decision(Reason.NO_RECIPIENT)
        case ("student", "student") | ("teacher", "teacher"):
            assert answer == (
                Handing(recipient, Ground.OWNER) if identity else Decision(Reason.IDENTITY_NOT_ATTESTED)
            )
        case ("student", "parent"):
            years = age(born, day)
            child = known and 0 <= years <= 13
            if child or sen:
                ground = Ground.UNDER_14 if child else Ground.SEN
                allowed = Handing(Recipient.PARENT, ground)
                assert answer == (allowed if identity else Decision(Reason.IDENTITY_NOT_ATTESTED))
            elif not known:
                assert answer == Decision(Reason.AGE_UNKNOWN)
            elif years < 0 or years > 30:
                assert answer == Decision(Reason.BIRTH_IMPLAUSIBLE)
            elif years < 30:
                assert answer == Decision(Reason.FOURTEEN)
            else:
                assert isinstance(answer, Decision)  # within the thirtieth year: the table of cases says which
        case _:
            assert answer == Decision(Reason.ONLY_OWNER)


@settings(max_examples=500)
@given(near_fourteen(), st.integers(0, 5000))
def test_nobody_gets_younger(pair, later):
    born, day = pair
    assume(not under_14(born, day))

    assert not under_14(born, day + timedelta(days=later))


@settings(max_examples=500)
@given(st.dates(date(2008, 1, 1), date(2016, 12, 31)), st.booleans())
def test_the_day_begins_at_midnight_in_sofia(born, before):
    """Two hours or three before it does in UTC, also on the days when the clocks change."""
    turns = birthday(born, 14)
    midnight = datetime.combine(turns, time.min, SOFIA).astimezone(UTC)
    moment = midnight - timedelta(microseconds=1) if before else midnight

    assert under_14(born, moment.astimezone(SOFIA).date()) is before
    assert under_14(born, moment.date())  # by UTC a parent would still be given it for hours


@settings(max_examples=500)
@given(st.dates(date(2037, 1, 1), date(2056, 12, 31)), st.integers(0, 999), st.sampled_from(("", "1", "7", "XII")))
def test_a_known_birth_is_the_one_the_number_says_or_none(born, serial, grade):
    digits = egn_of(born, serial)
    person = Person("o", "Ия", "i01234567@edu.mon.bg", Kind.STUDENT, AccountState.ACTIVE, (), grade, None, digits)

    as_written = known_birth(person, date(2026, 11, 23), admit_synthetic=False, grade=grade_of(person).number)
    counted = known_birth(person, date(2026, 11, 23), admit_synthetic=True, grade=grade_of(person).number)

    assert as_written in {born, None}
    assert counted in {birthday(born, -30), None}


@given(lnchs(), st.sampled_from(("", "1", "7", "XII")), st.booleans())
def test_a_foreigners_number_tells_no_birth(digits, grade, admit):
    person = Person("o", "Ия", "i01234567@edu.mon.bg", Kind.STUDENT, AccountState.ACTIVE, (), grade, None, digits)

    assert known_birth(person, date(2026, 11, 23), admit, grade=grade_of(person).number) is None
