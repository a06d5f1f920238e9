"""Which row of a sheet has the heads, and what its columns mean; or the question when nobody can tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from bot.core.lists.model import ColumnMeaning, ColumnQuestion, Columns, ListedAt
from bot.core.lists.policy import tells_who
from bot.documents.account_list_cells import Cells
from bot.documents.account_list_guess import CellShape, Judging, guessed, names_somebody, shape_of, shapes, shown
from bot.documents.account_list_heads import are_heads, fingerprint, may_be_people_page, meanings, shown_head

M = ColumnMeaning
Rows = Sequence[tuple[int, Cells]]
KNOW_BY = frozenset({M.USERNAME, M.IDENTIFIER})
_NAMED_BY = frozenset({M.NAME, M.FIRST, M.LAST})
_TITLES = 40
"""Rows above which the heads must stand."""
_SHOWN = 5
_SUM = re.compile(r"(?:общо|всичко|сума|сбор|total|брой)\b.*", re.IGNORECASE)
_PERSONS = frozenset({CellShape.NAME, CellShape.WORD, CellShape.USERNAME, CellShape.IDENTIFIER})
_TELLING = frozenset({CellShape.USERNAME, CellShape.IDENTIFIER})
OF_ROWS = frozenset({CellShape.USERNAME, CellShape.IDENTIFIER, CellShape.CLASS, CellShape.NUMBER, CellShape.SCHOOL})
"""What stands in no head."""


@dataclass(frozen=True, slots=True)
class SheetOf:
    """Where a sheet comes from, and by what it is judged. `answers`: columns told before, by fingerprint."""

    file: str
    school_code: str
    by: Judging
    answers: dict[str, Columns]


@dataclass(frozen=True, slots=True)
class Below:
    """The rows below the heads; `start` is the place of the first of them. `class_known`: a title names the class."""

    rows: Rows = field(repr=False)
    start: int
    heads: Cells = field(repr=False)
    sheet: str
    class_known: bool


def known_heads(whole: Rows, by: Judging) -> tuple[int, int, Cells]:
    """How many rows stand above the heads, the place of the first row below them, and the heads: empty if no row has
    heads that are known.
    """
    for place, (_, cells) in enumerate(whole[:_TITLES]):
        if not _are_heads(cells, by):
            continue
        heads, start = cells, place + 1
        if start < len(whole) and _are_heads(whole[start][1], by):  # heads of two rows
            heads, start = _over(cells, whole[start][1]), start + 1
        if place and sum(map(bool, whole[place - 1][1])) > 1:
            heads = _over(whole[place - 1][1], heads)
        return place, start, heads
    return 0, 0, []


def _are_heads(cells: Cells, by: Judging) -> bool:
    """A row about somebody may have „ученик“ and a password in it that is called one."""
    return are_heads(meanings(cells)) and not _TELLING & {shape_of(cell, by) for cell in cells}


def _over(upper: Cells, lower: Cells) -> Cells:
    return [low or up for up, low in zip_longest(upper, lower, fillvalue="")]


def first_row(whole: Rows, by: Judging) -> tuple[int, Cells]:
    """Without a head that is known: where the table begins, and its heads if its first row has some."""
    filled = [sum(bool(cell) for cell in cells) for _, cells in whole]
    usual = sorted(filled)[len(filled) // 2]
    start = next((place for place, count in enumerate(filled) if 2 * count > usual), 0)
    first = whole[start][1]
    told = [shape_of(cell, by) for cell in first]
    below = [shape_of(cell, by) for cell in whole[start + 1][1]] if start + 1 < len(whole) else []
    somebody = any(
        shape is CellShape.NAME and names_somebody(cell, like_below=under is shape)
        for cell, shape, under in zip_longest(first, told, below)
    )
    return (start, []) if somebody or set(told) & OF_ROWS or told == below else (start + 1, first)


def columns_of(below: Below, of: SheetOf) -> Columns | ColumnQuestion | None:
    """What each column means; the question when that must be told first; None when there is nobody to ask about."""
    body = _usual([cells for _, cells in below.rows[below.start :]])
    width = max((len(cells) for cells in (*body, below.heads)), default=0)
    heads = [*below.heads, *[""] * (width - len(below.heads))] if below.heads else []
    told = shapes(body, width, of.by)
    mark = fingerprint(heads, told, of.file, of.school_code)
    if (answer := of.answers.get(mark)) is not None and tells_who(answer):
        return answer
    found = guessed(_known(heads, told) if heads else (None,) * width, told, body)
    columns = tuple(one or M.NOTHING for one in found)
    if _suffices(columns, class_known=below.class_known) and not _in_doubt(found, told):
        return columns
    if len(body) < 2 or width < 2 or not _PERSONS & set(told):
        return None
    place = ListedAt(of.file, below.sheet, below.rows[below.start][0])
    samples = tuple(_sample(row, found, of.by) for row in body[:_SHOWN])
    return ColumnQuestion(place, mark, tuple(map(shown_head, heads or [""] * width)), found, samples)


def _known(heads: Cells, told: Sequence[CellShape]) -> Sequence[ColumnMeaning | None]:
    """What the heads say. What may be the register's own number is no identifier, unless it can be a person's."""
    if not may_be_people_page(heads):
        return meanings(heads)
    return [
        M.NOTHING if one is M.IDENTIFIER and shape is not CellShape.IDENTIFIER else one
        for one, shape in zip(meanings(heads), told, strict=True)
    ]


def is_sum(cells: Cells) -> bool:
    """Whether the row is the sum of those above."""
    return any(_SUM.fullmatch(cell) for cell in [cell for cell in cells if cell][:2])


def _usual(rows: Sequence[Cells]) -> list[Cells]:
    """Without sums, titles and notes between the others."""
    filled = sorted(sum(map(bool, cells)) for cells in rows)
    usual = filled[len(filled) // 2] if filled else 0
    return [cells for cells in rows if 2 * sum(map(bool, cells)) > usual and not is_sum(cells)]


def _suffices(columns: Columns, *, class_known: bool) -> bool:
    there = set(columns)
    return bool(KNOW_BY & there) or (bool(_NAMED_BY & there) and (class_known or M.CLASS in there))


def _in_doubt(found: Sequence[ColumnMeaning | None], told: Sequence[CellShape]) -> bool:
    """Whether somebody must say who is meant: usernames or names stand in two columns, and no head tells which."""
    names = bool(_NAMED_BY & {one for one in found if one})
    for there, shape in ((M.USERNAME in found, CellShape.USERNAME), (names, CellShape.NAME)):
        free = sum(one is None and told[place] is shape for place, one in enumerate(found))
        if not there and free > 1:
            return True
    return False


def _sample(row: Cells, found: Sequence[ColumnMeaning | None], by: Judging) -> tuple[str, ...]:
    """A row as it may be shown."""
    cells = [*row, *[""] * len(found)]
    return tuple("" if one is M.SECRET else shown(cell, by) for one, cell in zip(found, cells, strict=False))
