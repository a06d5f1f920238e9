"""Which operations and receipts have served their time: the last of an account has not, as long as a board shows its
state, which rests on it.

One statement for each reason. Joined by `or` they would be looked through row by row.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Delete, delete, exists, select, tuple_

from bot.database.account_tables import account_receipt, school_account
from bot.database.operations_read import COUNTS
from bot.database.password_tables import password_operation

RECEIPTS_KEPT = timedelta(days=400)
"""A school year and the weeks after it in which somebody may ask who was given what."""

_OPERATION, _RECEIPT = password_operation.c, account_receipt.c
_LATER_PASSWORD = password_operation.alias("later_password").c
_LATER_RECEIPT = account_receipt.alias("later_receipt").c
_BACK, _LATER_BACK = account_receipt.alias("back").c, account_receipt.alias("later_back").c

_FOLLOWED = exists().where(
    _LATER_PASSWORD.person == _OPERATION.person,
    tuple_(_LATER_PASSWORD.at, _LATER_PASSWORD.id) > tuple_(_OPERATION.at, _OPERATION.id),
    _LATER_PASSWORD.set_at.is_not(None),
)
"""By a password that was certainly set. One that may turn out not to be leaves the one before it in its place."""

_NOTED = _RECEIPT.reverses.is_(None)
_TAKEN_BACK = exists().where(_BACK.reverses == _RECEIPT.id)
_NOTED_AGAIN = exists().where(
    _LATER_RECEIPT.person == _RECEIPT.person,
    tuple_(_LATER_RECEIPT.at, _LATER_RECEIPT.id) > tuple_(_RECEIPT.at, _RECEIPT.id),
    _LATER_RECEIPT.reverses.is_(None),
    ~exists().where(_LATER_BACK.reverses == _LATER_RECEIPT.id),
)
_FOR_AN_OLDER_PASSWORD = exists().where(
    _LATER_PASSWORD.person == _RECEIPT.person,
    _LATER_PASSWORD.at > _RECEIPT.at,
    _LATER_PASSWORD.set_at.is_not(None),
)


def old_operations(before: int) -> Iterator[Delete]:
    """What removes the operations of before this time (milliseconds)."""
    old = _OPERATION.at < before
    yield delete(password_operation).where(old, ~COUNTS)
    yield delete(password_operation).where(old, _FOLLOWED)
    yield delete(password_operation).where(old, _on_no_board(_OPERATION.person, old))


def old_receipts(before: int) -> Iterator[Delete]:
    """What removes the receipts of before this time (milliseconds); and then what took back what is gone."""
    old = _RECEIPT.at < before
    for over in (_TAKEN_BACK, _NOTED_AGAIN, _FOR_AN_OLDER_PASSWORD, _on_no_board(_RECEIPT.person, old)):
        yield delete(account_receipt).where(old, _NOTED, over)
    taken_back = account_receipt.alias("taken_back").c
    yield delete(account_receipt).where(
        old,
        _RECEIPT.reverses.is_not(None),
        ~exists().where(taken_back.id == _RECEIPT.reverses),
        ~exists().where(_OPERATION.id == _RECEIPT.reverses),
    )


def _on_no_board(person: Any, old: ColumnElement[bool]) -> ColumnElement[bool]:
    """The boards are read once for all, and not for each row: they have no index by the person."""
    found: ColumnElement[bool] = person.in_(select(person).where(old).except_(select(school_account.c.person)))
    return found
