"""What came after an operation: a newer password of the person, and whether its handing over was noted."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, func, or_, select, tuple_

from bot.core.handover.model import Recipient
from bot.core.known import known
from bot.core.passwords.model import Afterwards, Handed, Newer, Operation
from bot.database.account_tables import account_receipt
from bot.database.operation_rows import OperationRows
from bot.database.operations_read import COUNTS
from bot.database.password_tables import password_operation
from bot.database.tables import from_milliseconds, to_milliseconds
from bot.database.transaction import transaction

_OPERATION, _RECEIPT = password_operation.c, account_receipt.c
_TAKES_BACK = account_receipt.alias("takes_back")

_LATER = (
    _OPERATION.person == bindparam("person"),
    tuple_(_OPERATION.at, _OPERATION.id) > tuple_(bindparam("at"), bindparam("operation")),
)
_NEWER = (
    select(func.coalesce(_OPERATION.set_at, _OPERATION.at).label("since"), _OPERATION.school, _OPERATION.in_doubt)
    .where(*_LATER, or_(_OPERATION.set_at.is_not(None), _OPERATION.in_doubt == 1))
    .order_by(_OPERATION.in_doubt, _OPERATION.at.desc(), _OPERATION.id.desc())
    .limit(1)
)
_NEXT_ASKED = select(func.min(_OPERATION.at)).where(*_LATER, COUNTS).scalar_subquery()
_NOTED = (
    select(_RECEIPT.at, _RECEIPT.recipient, _RECEIPT.actor, _RECEIPT.school)
    .where(
        _RECEIPT.person == bindparam("person"),
        _RECEIPT.at >= bindparam("at"),
        _RECEIPT.at < func.coalesce(_NEXT_ASKED, _RECEIPT.at + 1),
        _RECEIPT.reverses.is_(None),
        ~exists().where(_TAKES_BACK.c.reverses == _RECEIPT.id),
    )
    .order_by(_RECEIPT.at.desc(), _RECEIPT.id.desc())
    .limit(1)
)
_TAKEN_BACK = select(_RECEIPT.id).where(_RECEIPT.reverses == bindparam("operation"))


class AfterOperations(OperationRows):
    """`afterwards` of `bot.core.passwords.ports.Operations`. No row is opened: what does not open counts as well."""

    @transaction
    def afterwards(self, connection: Connection, operation: Operation) -> Afterwards:
        """See the port."""
        asked = operation.asked
        given = {"person": asked.person, "at": to_milliseconds(asked.at), "operation": asked.id}
        newer = connection.execute(_NEWER, given).first()
        noted = connection.execute(_NOTED, given).first()
        handed = None if noted is None else _handed(noted.at, noted.recipient, noted.actor, noted.school)
        taken_back = False
        if operation.handed_at is not None:
            taken_back = connection.execute(_TAKEN_BACK, {"operation": asked.id}).first() is not None
            if not taken_back and (handed is None or operation.handed_at > handed.at):
                handed = Handed(operation.handed_at, asked.recipient, asked.actor, asked.school)
        return Afterwards(
            None if newer is None else Newer(from_milliseconds(newer.since), newer.school, bool(newer.in_doubt)),
            handed,
            taken_back=taken_back,
        )


def _handed(at: int, recipient: str, actor: str, school: str) -> Handed:
    moment: datetime = from_milliseconds(at)
    return Handed(moment, known(Recipient, recipient), actor, school)
