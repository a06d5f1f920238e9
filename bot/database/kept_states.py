"""Which operations and receipts have served their time: the last of an account has not, as long as a board shows its
state, which rests on it.

One statement for each reason. Joined by `or` they would be looked through row by row.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Delete, delete, select, tuple_

from bot.database.account_tables import account_receipt, school_account
from bot.database.operations_read import COUNTS
from bot.database.password_tables import password_operation

RECEIPTS_KEPT = timedelta(days=400)
"""A school year and the weeks after it in which somebody may ask who was given what."""

_OPERATION, _RECEIPT = password_operation.c, account_receipt.c
_LATER_PASSWORD, _LATER_RECEIPT = password_operation.alias("later_password"), account_receipt.alias("later_receipt")
_BACK = account_receipt.alias("back")


def _there_is(row: Any, *wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """As `exists`, but certainly by a look into an index for each row. Of that PostgreSQL makes a join, and without
    figures about the tables one that compares each row with every other.
    """
    return select(row.c.id).where(*wanted).limit(1).scalar_subquery().is_not(None)


def _set_later(of: Any, *later: ColumnElement[bool]) -> ColumnElement[bool]:
    """A later password of the person was certainly set. One that may turn out not to be ends nothing."""
    set_ = _LATER_PASSWORD.c.set_at.is_not(None)
    return _there_is(_LATER_PASSWORD, _LATER_PASSWORD.c.person == of.person, set_, *later)


def old_operations(before: int) -> Iterator[Delete]:
    """What removes the operations of before this time (milliseconds)."""
    old, later = _OPERATION.at < before, _LATER_PASSWORD.c
    followed = _set_later(_OPERATION, tuple_(later.at, later.id) > tuple_(_OPERATION.at, _OPERATION.id))
    for over in (~COUNTS, followed, _on_no_board(_OPERATION.person, old)):
        yield delete(password_operation).where(old, over)


def old_receipts(before: int) -> Iterator[Delete]:
    """What removes the receipts of before this time (milliseconds); and then what took back what is gone. What has a
    recipient takes nothing back: asked so, no index of what does is mistaken for the shorter way.
    """
    old, later = _RECEIPT.at < before, _LATER_RECEIPT.c
    taken_back = _there_is(_BACK, _BACK.c.reverses == _RECEIPT.id)
    noted_again = _there_is(
        _LATER_RECEIPT,
        later.person == _RECEIPT.person,
        tuple_(later.at, later.id) > tuple_(_RECEIPT.at, _RECEIPT.id),
        later.recipient.is_not(None),
        ~_there_is(_BACK, _BACK.c.reverses == later.id),
    )
    for_an_older = _set_later(_RECEIPT, _LATER_PASSWORD.c.at > _RECEIPT.at)
    for over in (taken_back, noted_again, for_an_older, _on_no_board(_RECEIPT.person, old)):
        yield delete(account_receipt).where(old, _RECEIPT.recipient.is_not(None), over)
    receipt_stays = _there_is(_LATER_RECEIPT, later.id == _RECEIPT.reverses)
    operation_stays = _there_is(_LATER_PASSWORD, _LATER_PASSWORD.c.id == _RECEIPT.reverses)
    yield delete(account_receipt).where(old, _RECEIPT.reverses.is_not(None), ~receipt_stays, ~operation_stays)


def _on_no_board(person: Any, old: ColumnElement[bool]) -> ColumnElement[bool]:
    """The boards are read once for all, and not for each row: they have no index by the person."""
    found: ColumnElement[bool] = person.in_(select(person).where(old).except_(select(school_account.c.person)))
    return found
