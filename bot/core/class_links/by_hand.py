"""Google Classroom: links are made by hand, and who has made one says so here."""

from collections.abc import Sequence
from datetime import datetime, time

from bot.core.class_links.cases import Mark
from bot.core.class_links.expected import ExpectedClass, ExpectedList
from bot.core.class_links.model import Link, LinkState
from bot.core.clock import sofia

LONGEST_WHERE = 200
"""Characters of a class code or address."""


def links_by_hand(
    expected: ExpectedList | None,
    marks: Sequence[Mark],
    *,
    of_teacher: str | None = None,
    chosen: datetime | None = None,
) -> tuple[Link, ...]:
    """Every expected link, made or to be made, sorted by title. `chosen`: when the school chose Google Classroom."""
    if expected is None:
        return ()
    made = {(mark.class_id, mark.teacher): mark for mark in marks}
    links = [
        Link(
            class_id=row.id,
            title=row.title,
            teacher=teacher,
            state=LinkState.MADE if (mark := made.get((row.id, teacher))) is not None else LinkState.TO_BE_MADE,
            since=mark.at if mark is not None else _since(expected, row, teacher, chosen),
            status=mark.where if mark is not None else "",
            students=len(row.students),
        )
        for row in expected.classes
        for teacher in row.teachers or ("",)
        if of_teacher in {None, teacher}
    ]
    return tuple(sorted(links, key=lambda link: (link.title, link.class_id, link.teacher)))


def _since(expected: ExpectedList, row: ExpectedClass, teacher: str, chosen: datetime | None) -> datetime:
    """From when on the teacher could have made it: before the school's choice it was wanted in Teams."""
    joined = row.joined.get(teacher)
    first = None if joined is None else datetime.combine(joined, time(), sofia())
    return max(filter(None, (expected.dated, first, chosen)))
