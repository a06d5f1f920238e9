"""The accounts of the schools for the conversations: what the directory says of them, as it is at each look."""

from collections.abc import Iterable
from dataclasses import replace

from bot.core.accounts.model import Account
from bot.core.accounts.ports import OwnClass
from bot.core.people.classes import class_of
from bot.core.people.model import AccountState, Kind, Person, School
from tests.conversations.password_room import MADE, PasswordRoom
from tests.fakes_accounts import FakeAccountStore, FakeSchoolAccounts

_ENABLED = {AccountState.ACTIVE: True, AccountState.DISABLED: False}


class AccountRoom:
    """`school` is everybody's accounts and the own classes, `store` what is kept of them. Passwords that are set in
    the password room are seen by the next look.
    """

    def __init__(self, passwords: PasswordRoom, people: Iterable[Person]) -> None:
        self.school = FakeSchoolAccounts(passwords.clock)
        self.school.read = self._as_it_is
        self.store = FakeAccountStore(passwords.clock, passwords._audit, passwords.queue, passwords.operations)
        self._facts = passwords.accounts.accounts
        for person in people:
            for school in person.schools:
                self.add(school, person)

    def add(self, school: School, *people: Person) -> None:
        """They are in the school from the next look on."""
        here = self.school.accounts.get(school.id, ())
        self.school.accounts[school.id] = (*here, *map(_account, people))

    def class_teacher(self, teacher: str, school: School, *classes: str) -> None:
        """Whose „Час на класа“ it is; of none: of no class any more."""
        self.school.own[teacher] = tuple(OwnClass(school, name) for name in classes)

    def _as_it_is(self, account: Account) -> Account:
        facts = self._facts.get(account.person)
        if facts is None:
            return account
        return replace(account, created=facts.created_at, changed=facts.password_changed_at)


def _account(person: Person) -> Account:
    class_ = class_of(person) if person.kind is Kind.STUDENT else ""
    return Account(
        person=person.id,
        name=person.name,
        username=person.username,
        kind=person.kind,
        class_=class_,
        enabled=_ENABLED.get(person.state),
        created=MADE,
        changed=MADE,
    )
