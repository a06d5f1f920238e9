"""Whose accounts a number means, and which of a person's several accounts is the current one."""

from collections.abc import Iterable, Sequence

from bot.core.people.identifiers import Identifier, IdentifierKind
from bot.core.people.model import AccountState, Person
from bot.core.people.spelling import words

_ORDER = (AccountState.ACTIVE, AccountState.BEING_CREATED, AccountState.DISABLED)


def holders_of(number: Identifier, people: Iterable[Person]) -> list[Person]:
    """Those who hold the number: what the directory returns is checked against what was asked, and an account that
    holds another is not shown. A служебен номер without its zeros may be another person's: where somebody holds it as
    it was asked for, nobody else is meant.
    """
    holding = [one for one in people if one.identifier in number.stored_forms]
    exactly = [one for one in holding if one.identifier == number.digits]
    return exactly if exactly and number.kind is IdentifierKind.SERVICE else holding


def without_zeros(number: Identifier, holding: Sequence[Person]) -> bool:
    """Whether a служебен номер is held only without the zeros it was asked for with: it may be another one."""
    exact = any(one.identifier == number.digits for one in holding)
    return number.kind is IdentifierKind.SERVICE and bool(holding) and not exact


def of_several(number: Identifier, holding: Sequence[Person]) -> bool:
    """Whether those who hold a служебен номер are not called alike: one of them may have lost a zero."""
    return number.kind is IdentifierKind.SERVICE and len({frozenset(words(one.name)) for one in holding}) > 1


def current_of(accounts: Sequence[Person]) -> str | None:
    """The id of the account in use: the only one, or the only one that is enabled and enrolled in a school; if none
    is enabled, the only enrolled one being created. None when the facts leave a choice.
    """
    if len(accounts) == 1:
        return accounts[0].id
    for state in (AccountState.ACTIVE, AccountState.BEING_CREATED):
        in_state = [account for account in accounts if account.state is state]
        if in_state:
            enrolled = [account for account in in_state if account.schools]
            return enrolled[0].id if len(enrolled) == 1 else None
    return None


def ordered(accounts: Sequence[Person]) -> tuple[Person, ...]:
    """The accounts, the current one first, then usable before unusable, enrolled before not, by username."""
    current = current_of(accounts)
    return tuple(
        sorted(
            accounts,
            key=lambda account: (
                account.id != current,
                _ORDER.index(account.state),
                not account.schools,
                account.username,
                account.id,
            ),
        )
    )
