"""How accounts and what is known of their handing over lie in their rows. One statement reads a school whole."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, or_, select

from bot.core.accounts.model import Account, BoardRow, Ending, GivenPassword, Receipt
from bot.core.accounts.ports import ASK_LIVES
from bot.core.handover.changes import CLOCKS_DIFFER, DOUBT_ENDS
from bot.core.handover.model import Recipient
from bot.core.known import known
from bot.core.passwords.model import Stage
from bot.core.people.model import Kind
from bot.database.account_tables import account_ask, account_look, account_receipt, school_account
from bot.database.keys import DatabaseKeys, Undecipherable
from bot.database.operations_read import COUNTS, counts
from bot.database.password_tables import password_operation
from bot.database.tables import from_milliseconds, to_milliseconds

log = logging.getLogger(__name__)

_OPERATION, _RECEIPT, _ASK = password_operation.c, account_receipt.c, account_ask.c
_OF = school_account.c.person

_TAKEN_BACK = account_receipt.alias("taken_back")


def _newest(table: Any, person: Any, *wanted: Any) -> Any:
    """The id of the newest row of this person: a look into the index by person and time."""
    return (
        select(table.c.id)
        .where(person, *wanted)
        .order_by(table.c.at.desc(), table.c.id.desc())
        .limit(1)
        .correlate(school_account, account_look)
        .scalar_subquery()
    )


_ANSWER = password_operation.alias("answer")
ANSWERED = (
    select(_ANSWER.c.id)
    .where(
        _ANSWER.c.person == _ASK.person,
        _ANSWER.c.school == _ASK.school,
        _ANSWER.c.at >= _ASK.at,
        counts(_ANSWER.c),
    )
    .correlate(account_ask)
    .exists()
)
"""Of a question: its own school has asked for a password since. What another one does answers nothing."""

STANDS = _RECEIPT.reverses.is_(None) & ~exists().where(_TAKEN_BACK.c.reverses == _RECEIPT.id)
_HANDED_BACK = account_receipt.alias("handed_back")

_MILLISECOND = timedelta(milliseconds=1)
_MAY_BE_SET = or_(
    _OPERATION.stage != Stage.FAILED,
    school_account.c.changed.is_(None),
    school_account.c.changed >= _OPERATION.at - CLOCKS_DIFFER // _MILLISECOND,
    account_look.c.at.is_(None),
    account_look.c.at <= _OPERATION.at + DOUBT_ENDS // _MILLISECOND,
)
"""Not of one that was never clearly answered and, as the look has shown, never set: when no attempt can have an
effect any more the directory dated the last change before all of them. Then the one before it counts, or none.
"""

SCHOOL_ROWS = (
    select(
        school_account,
        _OPERATION.id.label("operation"),
        _OPERATION.at.label("asked_at"),
        _OPERATION.stage,
        _OPERATION.set_at,
        _OPERATION.shown_at,
        _OPERATION.handed_at,
        _OPERATION.ending,
        _OPERATION.recipient.label("handed_to"),
        _OPERATION.school.label("handed_school"),
        _HANDED_BACK.c.id.label("handed_back"),
        _RECEIPT.id.label("receipt"),
        _RECEIPT.at.label("receipt_at"),
        _RECEIPT.recipient.label("receipt_to"),
        _RECEIPT.school.label("receipt_school"),
        _ASK.at.label("ask_at"),
    )
    .select_from(school_account)
    .outerjoin(account_look, account_look.c.school == school_account.c.school)
    .outerjoin(
        password_operation,
        _OPERATION.id == _newest(password_operation, _OPERATION.person == _OF, COUNTS, _MAY_BE_SET),
    )
    .outerjoin(_HANDED_BACK, _HANDED_BACK.c.reverses == _OPERATION.id)
    .outerjoin(account_receipt, _RECEIPT.id == _newest(account_receipt, _RECEIPT.person == _OF, STANDS))
    .outerjoin(
        account_ask,
        _ASK.id
        == _newest(
            account_ask,
            _ASK.person == _OF,
            _ASK.school == school_account.c.school,
            _ASK.at > bindparam("asked_since"),
            ~ANSWERED,
        ),
    )
    .where(school_account.c.school == bindparam("school"))
)
_SOME = SCHOOL_ROWS.where(_OF.in_(bindparam("persons", expanding=True)))


def seen_rows(
    connection: Connection,
    keys: DatabaseKeys,
    school: str,
    now: datetime,
    persons: Iterable[str] | None = None,
    *,
    accounts: Mapping[str, Account] | None = None,
    spoilt: set[str] | None = None,
) -> list[tuple[Row[Any], BoardRow]]:
    """The accounts of a school with their rows, of these persons or of all. `accounts`: what was just written, which
    need not be opened again. Undecipherable when one does not open, unless there is a place for those `spoilt`.
    """
    given: dict[str, Any] = {"school": school, "asked_since": to_milliseconds(now - ASK_LIVES)}
    if persons is None:
        found = connection.execute(SCHOOL_ROWS, given)
    else:
        found = connection.execute(_SOME, given | {"persons": list(persons)})
    known = accounts or {}
    rows = []
    for row in found:
        if (account := known.get(row.person)) is None:
            account = read_account(row, keys) if spoilt is None else opened_account(row, keys)
        if account is not None:
            rows.append((row, read_row(row, account)))
        elif spoilt is not None:
            spoilt.add(row.person)
    return rows


def place(school: str, person: str) -> str:
    """What the sealed part of an account's row is bound to."""
    return f"{school} {person}"


def account_row(school: str, account: Account, keys: DatabaseKeys) -> dict[str, Any]:
    """The row of an account."""
    hidden = {"name": account.name, "username": account.username, "class": account.class_}
    return {
        "school": school,
        "person": account.person,
        "kind": account.kind.value,
        "enabled": None if account.enabled is None else int(account.enabled),
        "twin": int(account.twin),
        "created": _number(account.created),
        "changed": _number(account.changed),
        "signed_in": _number(account.signed_in),
        "detail": keys.seal(hidden, "school_account", "detail", place(school, account.person)),
    }


def read_account(row: Row[Any], keys: DatabaseKeys) -> Account:
    """The account in a row. Undecipherable when its hidden part was changed or moved, NotKnownHere when another
    release wrote it.
    """
    hidden = keys.unseal(row.detail, "school_account", "detail", place(row.school, row.person))
    return Account(
        person=row.person,
        name=hidden["name"],
        username=hidden["username"],
        kind=known(Kind, row.kind),
        class_=hidden["class"],
        enabled=None if row.enabled is None else bool(row.enabled),
        created=_moment(row.created),
        changed=_moment(row.changed),
        twin=bool(row.twin),
        signed_in=_moment(row.signed_in),
    )


def opened_account(row: Row[Any], keys: DatabaseKeys) -> Account | None:
    """The same for who has it written anew where it does not open: None."""
    try:
        return read_account(row, keys)
    except Undecipherable:
        log.error("the account of %s in school %s does not open: its row was changed", row.person, row.school)  # noqa: TRY400 -- that is all there is to know
        return None


def read_row(row: Row[Any], account: Account) -> BoardRow:
    """The account with the newest of what is known of it."""
    given = None if row.operation is None else _given(row)
    receipts = []
    if row.receipt is not None:
        to = known(Recipient, row.receipt_to)
        receipts.append(Receipt(row.receipt, from_milliseconds(row.receipt_at), to, row.receipt_school))
    if row.handed_at is not None and not row.handed_back:
        to = known(Recipient, row.handed_to)
        receipts.append(Receipt(row.operation, from_milliseconds(row.handed_at), to, row.handed_school))
    newest = max(receipts, key=lambda one: one.at, default=None)
    return BoardRow(account, given, newest, _moment(row.ask_at))


def _given(row: Row[Any]) -> GivenPassword:
    return GivenPassword(
        asked_at=from_milliseconds(row.asked_at),
        set_at=_moment(row.set_at),
        shown_at=_moment(row.shown_at),
        ending=known(Ending, row.ending),
        failed=known(Stage, row.stage) is Stage.FAILED,
        elsewhere=row.handed_school != row.school,
    )


def _moment(value: int | None) -> datetime | None:
    return None if value is None else from_milliseconds(value)


def _number(value: datetime | None) -> int | None:
    return None if value is None else to_milliseconds(value)
