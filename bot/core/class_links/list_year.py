"""Of which school year a list is: a class that is made of one of its rows is of that year, and so long it gives its
teacher rights (docs/adr/0079).
"""

from collections.abc import Sequence
from datetime import date

from bot.core.class_links.expected import ExpectedClass, ExpectedList
from bot.core.class_links.ports import ClassReader
from bot.core.clock import day_in_sofia
from bot.core.people.classes import classes_of_team

_CHANGES = 7
"""From July on schools enter the rows of the next year."""

_ASKED = 20
"""Rows whose classes are looked at: one class has about as many."""


async def day_of(listed: ExpectedList, row: ExpectedClass, reader: ClassReader) -> date:
    """A day of the school year that the row is of. When a list was written (or only brought here) does not tell it in
    summer and autumn, while a school changes its year; the classes that its rows have already do, those of the same
    class first, and in doubt the oldest. Errors: DirectoryError and its kinds.
    """
    day = day_in_sofia(listed.dated)
    asked = _others(listed, row)[:_ASKED]
    if not asked:
        return day
    reading = await reader.of_rows([one.id for one in asked])
    latest = day.year - (day.month < _CHANGES)
    years = {one.external_id: one.year for one in reading.classes if one.year is not None and one.year <= latest}
    alike = [years[one.id] for one in asked if one.id in years and _is_alike(one, row)]
    told = alike or list(years.values())
    return date(min(told), 12, 31) if told else day


def _others(listed: ExpectedList, row: ExpectedClass) -> Sequence[ExpectedClass]:
    return sorted((one for one in listed.classes if one.id != row.id), key=lambda one: not _is_alike(one, row))


def _is_alike(one: ExpectedClass, other: ExpectedClass) -> bool:
    return not set(classes_of_team(one.title)).isdisjoint(classes_of_team(other.title))
