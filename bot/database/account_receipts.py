"""Who was handed their account, and what was a mistake."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from bot.core.accounts.model import BoardRow, NewReceipt, ReceiptOutcome
from bot.core.accounts.ports import Reversal
from bot.core.audit import AuditEntry
from bot.core.handover.model import Ground, Recipient
from bot.database.account_boards import SCHOOL_TURN
from bot.database.account_rows import STANDS, seen_rows
from bot.database.account_tables import account_receipt
from bot.database.audit import ChainedAuditLog
from bot.database.connections import Connections
from bot.database.kept_states import RECEIPTS_KEPT, old_receipts
from bot.database.keys import DatabaseKeys, Undecipherable
from bot.database.operations_read import AT_ONCE
from bot.database.password_tables import password_operation
from bot.database.tables import to_milliseconds
from bot.database.transaction import transaction

_RECEIVED = (
    select(account_receipt.c.person)
    .where(account_receipt.c.person.in_(bindparam("persons", expanding=True)), STANDS)
    .distinct()
)


class StoredReceipts:
    """`bot.core.accounts.ports.Receipts`. Errors: StoreUnavailable."""

    def __init__(self, connections: Connections, keys: DatabaseKeys, audit: ChainedAuditLog) -> None:
        self._connections = connections
        self._keys = keys
        self._audit = audit

    @transaction
    def note(
        self,
        connection: Connection,
        new: Sequence[NewReceipt],
        judge: Callable[[BoardRow], ReceiptOutcome],
        entry: Callable[[NewReceipt], AuditEntry],
    ) -> Mapping[str, ReceiptOutcome]:
        """See the port."""
        if not new:
            return {}
        (school,) = {one.school for one in new}
        self._connections.serialise(connection, SCHOOL_TURN, school)
        persons = [one.person for one in new]
        # Nor may one be noted meanwhile on the card of the password, or a newer password be set.
        self._connections.serialise_each(connection, "person", persons)
        here = {row.account.person: row for _, row in seen_rows(connection, self._keys, school, new[0].at, persons)}
        known = set(
            connection.execute(
                select(account_receipt.c.id).where(account_receipt.c.id.in_([one.id for one in new]))
            ).scalars()
        )
        back = set(
            connection.execute(
                select(account_receipt.c.reverses).where(account_receipt.c.reverses.in_(sorted(known)))
            ).scalars()
        )
        noted: dict[str, ReceiptOutcome] = {}
        done: list[NewReceipt] = []
        for one in {each.id: each for each in new}.values():
            if one.id in known:
                noted[one.person] = ReceiptOutcome.TAKEN_BACK if one.id in back else ReceiptOutcome.DONE
            elif one.person not in here:
                noted[one.person] = ReceiptOutcome.GONE
            else:
                noted[one.person] = judge(here[one.person])
                if noted[one.person] is ReceiptOutcome.DONE:
                    done.append(one)
        if done:
            connection.execute(insert(account_receipt), [self._row(one) for one in done])
            self._audit.append_in(connection, [entry(one) for one in done])
        return noted

    def _row(self, one: NewReceipt) -> dict[str, object]:
        return {
            "id": one.id,
            "school": one.school,
            "person": one.person,
            "at": to_milliseconds(one.at),
            "actor": one.actor,
            "recipient": one.recipient.value,
            "reverses": None,
            "detail": self._nothing(one.id),
        }

    def _nothing(self, receipt_id: str) -> bytes:
        """Ground and reason stand in the audit log; nothing else reads them."""
        return self._keys.seal({}, "account_receipt", "detail", receipt_id)

    @transaction
    def reverse(self, connection: Connection, reversal: Reversal, entries: Sequence[AuditEntry]) -> bool:
        """See the port."""
        self._connections.serialise(connection, SCHOOL_TURN, reversal.school)
        before = connection.execute(
            select(account_receipt.c.id).where(account_receipt.c.reverses == reversal.receipt)
        ).scalar()
        if before is not None:
            return bool(before == reversal.id)
        noted = select(account_receipt.c.id).where(
            account_receipt.c.id == reversal.receipt,
            account_receipt.c.school == reversal.school,
            account_receipt.c.person == reversal.person,
            account_receipt.c.reverses.is_(None),
        )
        handed = select(password_operation.c.id).where(
            password_operation.c.id == reversal.receipt,
            password_operation.c.school == reversal.school,
            password_operation.c.person == reversal.person,
            password_operation.c.handed_at.is_not(None),
        )
        if connection.execute(noted.union(handed)).first() is None:
            return False
        connection.execute(
            insert(account_receipt).values(
                id=reversal.id,
                school=reversal.school,
                person=reversal.person,
                at=to_milliseconds(reversal.at),
                actor=reversal.actor,
                recipient=None,
                reverses=reversal.receipt,
                detail=self._nothing(reversal.id),
            )
        )
        self._audit.append_in(connection, entries)
        return True

    @transaction
    def received(self, connection: Connection, person_ids: Collection[str]) -> Collection[str]:
        """See the port."""
        wanted = sorted(set(person_ids))
        found: set[str] = set()
        for start in range(0, len(wanted), AT_ONCE):
            found.update(connection.execute(_RECEIVED, {"persons": wanted[start : start + AT_ONCE]}).scalars())
        return frozenset(found)

    @transaction
    def made_for_parents(
        self, connection: Connection, school_id: str, person_ids: Collection[str], now: datetime
    ) -> Mapping[str, datetime]:
        """See the port. One whose row was changed is none of them."""
        rows = seen_rows(connection, self._keys, school_id, now, person_ids, spoilt=set())
        given = {
            row.operation: (row.person, seen.given.asked_at)
            for row, seen in rows
            if seen.given is not None and (row.handed_to, row.handed_school) == (Recipient.PARENT, school_id)
        }
        wanted = select(password_operation.c.id, password_operation.c.detail)
        found = {}
        for one in connection.execute(wanted.where(password_operation.c.id.in_(sorted(given)))):
            try:
                ground = self._keys.unseal(one.detail, "password_operation", "detail", one.id)["ground"]
            except Undecipherable:
                continue
            if ground == Ground.UNDER_14:
                person, asked_at = given[one.id]
                found[person] = asked_at
        return found

    @transaction
    def purge(self, connection: Connection, now: datetime) -> int:
        """Removes receipts, and what took them back, after as long as those of temporary passwords; how many."""
        old = to_milliseconds(now - RECEIPTS_KEPT)
        return sum(connection.execute(statement).rowcount for statement in old_receipts(old))
