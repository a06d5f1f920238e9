"""What an account on the board is: one pure function of what the directory says and what was handed over here.

The first line that fits decides:

| the account                                              | handed over | is            |
| -------------------------------------------------------- | ----------- | ------------- |
| is not finished by Entra                                 | –           | BEING_CREATED |
| is off                                                   | –           | OFF           |
| is one of two in use of one person                       | –           | TWO           |
| has a password of ours that was replaced                 | –           | NEW           |
| has been signed in to since its password came to be      | –           | IN_USE        |
| has a password of ours that is on its way, or may be set | –           | NEW           |
| has a password of ours that nobody has seen              | –           | NEW           |
| has a password of ours, seen and not changed since       | yes         | HANDED        |
|                                                          | no          | NEW           |
| has a password that was changed since ours was seen      | yes         | IN_USE        |
|                                                          | no          | CHANGED       |
| still has the password it was made with                  | yes         | HANDED        |
|                                                          | no          | NEW           |
| has a password changed since it was made                 | yes         | IN_USE        |
|                                                          | no          | CHANGED       |
| has a password of which the directory tells no dates     | yes         | HANDED        |
|                                                          | no          | UNTOLD        |

A handing over counts for the password it was noted for: a newer password of ours asks for one of its own. It may be
noted after the owner has changed the password: the list is signed in class and closed in the evening.
"""

from datetime import datetime, timedelta

from bot.core.accounts.model import Account, BoardRow, BoardState, BoardTiming, Ending, GivenPassword, Receipt
from bot.core.handover.changes import DOUBT_ENDS, changed_since


def state_of(row: BoardRow, timing: BoardTiming) -> BoardState:
    """The state, by the table above."""
    account = row.account
    if account.enabled is None:
        return BoardState.BEING_CREATED
    if not account.enabled:
        return BoardState.OFF
    if account.twin:
        return BoardState.TWO
    same = timedelta(minutes=timing.same_change_minutes)
    if _signed_in(account, row.given, same):
        return BoardState.IN_USE
    handed = handed_over(row)
    if row.given is not None:
        return _of_ours(account, row.given, handed=handed, same=same)
    first = has_first_password(account, timing)
    if first is None:
        return BoardState.HANDED if handed else BoardState.UNTOLD
    if first:
        return BoardState.HANDED if handed else BoardState.NEW
    return BoardState.IN_USE if handed else BoardState.CHANGED


def is_new(account: Account, now: datetime, timing: BoardTiming) -> bool:
    """Whether the account was made not long ago and has the password it was made with."""
    recent = account.created is not None and account.created > now - timedelta(days=timing.new_days)
    return recent and has_first_password(account, timing) is True


def has_first_password(account: Account, timing: BoardTiming) -> bool | None:
    """Whether the password is the one with which the account was made. None: the directory does not tell.

    Whoever creates accounts and the directory write one after the other, by different clocks.
    """
    same = timedelta(minutes=timing.same_change_minutes)
    created, changed = account.created, account.changed
    if created is None or changed is None or changed < created - same:
        return None
    return changed <= created + same


def handed_over(row: BoardRow) -> Receipt | None:
    """The receipt, if it is for the password that the account has now: nobody was handed one that nobody knows."""
    receipt, given = row.receipt, row.given
    if given is not None and given.ending is Ending.REPLACED:
        return None
    return receipt if receipt is not None and (given is None or receipt.at >= given.asked_at) else None


def _signed_in(account: Account, given: GivenPassword | None, same: timedelta) -> bool:
    """Whether somebody has since the password came to be: a sign-in of before says nothing of this one. Who changes
    it at the first sign-in has signed in just before the change.
    """
    came = account.created if given is None else given.set_at
    if account.signed_in is None or came is None or (given is not None and given.ending is Ending.REPLACED):
        return False
    since = came if account.changed is None else max(came, account.changed - same)
    return account.signed_in >= since


def _of_ours(account: Account, given: GivenPassword, *, handed: Receipt | None, same: timedelta) -> BoardState:
    """Of an account that was given a temporary password here."""
    if given.ending is Ending.REPLACED:
        return BoardState.NEW
    if given.set_at is None:
        later = given.failed and account.changed is not None and account.changed > given.asked_at + DOUBT_ENDS
        return BoardState.CHANGED if later else BoardState.NEW
    if given.ending is Ending.CHANGED or changed_since(given.set_at, given.shown_at, account.changed, same):
        return BoardState.IN_USE if handed else BoardState.CHANGED
    if given.shown_at is None:
        return BoardState.NEW
    return BoardState.HANDED if handed else BoardState.NEW
