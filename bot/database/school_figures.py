"""What is counted of schools for their regional office: in one statement, and of nobody in particular."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, case, func, literal, select, union_all

from bot.core.oversight.figures import SchoolFigures
from bot.core.transfers.model import OPEN, State
from bot.database.account_tables import account_week
from bot.database.connections import Connections
from bot.database.transaction import transaction
from bot.database.transfer_tables import transfer

_LATE = (State.OVERDUE.value, State.ESCALATED.value)

_NEWEST = account_week.alias("newest")


def _number(value: int) -> Any:
    return literal(value, Integer)


_ACCOUNTS = select(
    account_week.c.school,
    account_week.c.monday.label("week"),
    account_week.c.handed,
    account_week.c.whole,
    _number(0).label("open"),
    _number(0).label("late"),
).where(
    account_week.c.school.in_(bindparam("schools", expanding=True)),
    account_week.c.monday
    == select(func.max(_NEWEST.c.monday)).where(_NEWEST.c.school == account_week.c.school).scalar_subquery(),
)
_REQUESTS = (
    select(
        transfer.c.releasing.label("school"),
        literal("").label("week"),
        _number(0).label("handed"),
        _number(0).label("whole"),
        func.count().label("open"),
        func.sum(case((transfer.c.state.in_(_LATE), 1), else_=0)).label("late"),
    )
    .where(
        transfer.c.releasing.in_(bindparam("schools", expanding=True)),
        transfer.c.state.in_(sorted(OPEN)),
    )
    .group_by(transfer.c.releasing)
)
_BOTH = union_all(_ACCOUNTS, _REQUESTS).subquery()
_FIGURES = select(
    _BOTH.c.school,
    func.max(_BOTH.c.week).label("week"),
    func.sum(_BOTH.c.handed).label("handed"),
    func.sum(_BOTH.c.whole).label("whole"),
    func.sum(_BOTH.c.open).label("open"),
    func.sum(_BOTH.c.late).label("late"),
).group_by(_BOTH.c.school)


class StoredFigures:
    """`bot.core.oversight.ports.Figures`: the newest week of each school, and the requests it is asked. Errors:
    StoreUnavailable.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @transaction
    def figures(self, connection: Connection, schools: Collection[str]) -> Mapping[str, SchoolFigures]:
        """See the port."""
        if not schools:
            return {}
        found = connection.execute(_FIGURES, {"schools": list(schools)})
        return {
            row.school: SchoolFigures(row.week, int(row.handed), int(row.whole), int(row.open), int(row.late))
            for row in found
        }
