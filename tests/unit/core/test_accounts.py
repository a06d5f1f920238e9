import pytest

from bot.core.people.accounts import current_of, ordered
from bot.core.people.model import AccountState, Kind, Person
from tests.properties.strategies import school_of

ACTIVE, DISABLED, CREATING = AccountState.ACTIVE, AccountState.DISABLED, AccountState.BEING_CREATED


def account(name, state, enrolled):
    schools = (school_of(1),) if enrolled else ()
    return Person(name, "Юлия", f"{name}@edu.mon.bg", Kind.STUDENT, state, schools)


@pytest.mark.parametrize(
    ("states", "current"),
    [
        ([(DISABLED, False)], "a"),
        ([(DISABLED, True), (ACTIVE, True)], "b"),
        ([(ACTIVE, True), (ACTIVE, False)], "a"),
        ([(CREATING, True), (ACTIVE, True)], "b"),
        ([(DISABLED, True), (CREATING, True)], "b"),
        ([(ACTIVE, True), (ACTIVE, True)], None),
        ([(ACTIVE, False), (DISABLED, True)], None),
        ([(ACTIVE, False), (CREATING, True)], None),
        ([(DISABLED, True), (DISABLED, True)], None),
        ([(CREATING, True), (CREATING, True)], None),
        ([(CREATING, False), (DISABLED, True)], None),
        ([], None),
    ],
)
def test_the_current_account(states, current):
    accounts = [account("abc"[place], *state) for place, state in enumerate(states)]

    assert current_of(accounts) == current
    assert current_of(accounts[::-1]) == current


def test_the_current_account_is_first_and_the_order_does_not_depend_on_the_directory():
    accounts = [account("d", DISABLED, True), account("c", CREATING, False), account("b", ACTIVE, True)]

    assert [one.id for one in ordered(accounts)] == ["b", "c", "d"]
    assert ordered(accounts[::-1]) == ordered(accounts)
