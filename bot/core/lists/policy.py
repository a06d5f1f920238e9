"""What may be done with columns that somebody has told."""

from bot.core.lists.model import ColumnMeaning, Columns

_WHO = frozenset({ColumnMeaning.NAME, ColumnMeaning.LAST, ColumnMeaning.USERNAME, ColumnMeaning.IDENTIFIER})


def tells_who(columns: Columns) -> bool:
    """Whether an answer to a `ColumnQuestion` says where the people are; one that does not is asked for again."""
    return not _WHO.isdisjoint(columns)
