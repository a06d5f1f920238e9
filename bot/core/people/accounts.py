"""Which of a person's several accounts is the current one."""

from collections.abc import Sequence

from bot.core.people.model import AccountState, Person

_ORDER = (AccountState.ACTIVE, AccountState.BEING_CREATED, AccountState.DISABLED)


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
