"""The figures of all schools of the country, in one statement, against what was written row by row."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, event, insert

from bot.core.oversight.figures import SchoolFigures
from bot.core.transfers.model import CLOSED, OPEN, UNDER_WAY, State
from bot.database.account_tables import account_week
from bot.database.engine import Database
from bot.database.transfer_tables import transfer

MONDAY = date(2026, 9, 14)
LATE = {State.OVERDUE, State.ESCALATED}


def request(number: int, releasing: str, state: State) -> dict[str, object]:
    return {
        "id": f"request-{number}", "at": 1, "actor": "director", "tenant": "tenant", "receiving": "elsewhere",
        "releasing": releasing, "region": "варна", "person": f"person-{number}", "office_only": 0, "detail": b"-",
        "state": state.value, "version": 1, "remind_at": 1, "overdue_at": 1, "escalate_at": 1, "expire_at": 1,
        "returned": 0, "remark": "", "ended_at": 1 if state in CLOSED else None,
        "decided_by": "somebody", "decided_as": "releasing", "decided_at": 1, "verdict": b"-", "started_at": 1,
        "problem": "missing" if state is State.NEEDS_ATTENTION else None,
    }  # fmt: skip


async def test_one_statement_tells_the_figures_of_the_country(database: Database):
    chance = random.Random(2300)
    schools = [f"school-{number}" for number in range(2_300)]
    weeks: list[dict[str, object]] = []
    newest: dict[str, tuple[str, int, int]] = {}
    for school in schools:
        for back in range(chance.choice((0, 1, 3))):
            of = chance.randint(0, 1_500)
            handed = chance.randint(0, of)
            monday = (MONDAY - timedelta(weeks=back)).isoformat()
            weeks.append({"school": school, "monday": monday, "handed": handed, "whole": of, "used": 0})
            if back == 0:
                newest[school] = (monday, handed, of)
    requests, waiting = [], defaultdict[str, Counter[bool]](Counter)
    for number in range(3_000):
        school, state = chance.choice(schools), chance.choice(sorted(OPEN | UNDER_WAY | CLOSED))
        requests.append(request(number, school, State(state)))
        if state in OPEN:
            waiting[school][state in LATE] += 1

    def fill(connection):
        connection.execute(insert(account_week), weeks)
        connection.execute(insert(transfer), requests)

    await database.connections.run(fill)
    statements: list[str] = []

    def asked(connection: Connection) -> Mapping[str, SchoolFigures]:
        def seen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            statements.append(statement)

        event.listen(connection, "before_cursor_execute", seen)
        found = database.figures.figures.within(connection, schools)
        event.remove(connection, "before_cursor_execute", seen)
        return found

    figures = await database.connections.run(asked)

    assert len(statements) == 1
    expected = {}
    for school in {*newest, *waiting}:
        week, handed, of = newest.get(school, ("", 0, 0))
        late = waiting[school][True]
        expected[school] = SchoolFigures(week, handed, of, waiting[school].total(), late)
    assert figures == expected


async def test_of_other_schools_nothing_is_told(database: Database):
    weeks = [{"school": f"school-{n}", "monday": "2026-09-14", "handed": 1, "whole": 2, "used": 0} for n in (1, 2)]
    await database.connections.run(lambda connection: connection.execute(insert(account_week), weeks))

    assert await database.figures.figures(["school-2", "nowhere"]) == {"school-2": SchoolFigures("2026-09-14", 1, 2)}
    assert await database.figures.figures([]) == {}
