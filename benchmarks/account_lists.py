"""A list of a large school: how long it takes beside another reader that only goes through its cells, and how long
others wait meanwhile. `python -m benchmarks.account_lists` measures this alone.
"""

import asyncio
import io
import statistics
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from openpyxl import load_workbook
from xlsxwriter import Workbook

from bot.database.keys import DatabaseKeys, KeyedPseudonyms
from bot.documents.account_list_reading import ReadAccountLists
from bot.documents.children import ReadingChildren

ROWS = 4_000
_TRIES = 5
_TICK = 0.005
_HEADS = (
    "Име",
    "Идентификатор",
    "Потребителско име",
    "Първоначална парола",
    "Одобрен ЛОД",
    "Подписан ЛОД",
    "Паралелка",
)
_NUMBERS = ("4146054046", "4251020743", "4349043741", "9999999014", "9999999025")
"""Synthetic ones; a list that repeats them would be one of five people, so most rows have a service number."""


@dataclass(frozen=True, slots=True)
class ListFigures:
    """`seconds`: the median from the file to the list, a process's start included; `pause`: the longest time the loop
    did not come round beyond its tick. `only_cells`: openpyxl, read-only, going through the cells.
    """

    seconds: float
    only_cells: float
    pause: float


async def measure() -> ListFigures:
    """Errors: RuntimeError when not everybody was read."""
    raw = _workbook()
    reader = ReadAccountLists(
        domain="edu.mon.bg",
        clock=lambda: datetime.now(UTC),
        zone=UTC,
        pseudonyms=KeyedPseudonyms(DatabaseKeys.derive(b"b" * 32)),
        children=ReadingChildren(),
        admit_synthetic=True,
    )
    took, pauses = [], []
    for _ in range(_TRIES):
        pause: list[float] = [0.0]
        async with asyncio.TaskGroup() as group:
            others = group.create_task(_others(pause))
            began = time.perf_counter()
            found = await reader.read(
                {"5 б клас.xlsx": raw}, school_code="2990001", dated=datetime.now(UTC), columns={}
            )
            took.append(time.perf_counter() - began)
            others.cancel()
        if len(found.people) != ROWS:
            raise RuntimeError(f"{len(found.people)} people of {ROWS} were read")
        pauses.append(pause[0])
    return ListFigures(statistics.median(took), statistics.median(_cells(raw) for _ in range(3)), max(pauses))


async def _others(pause: list[float]) -> None:
    with suppress(asyncio.CancelledError):
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_TICK)
            pause[0] = max(pause[0], time.perf_counter() - before - _TICK)


def _workbook() -> bytes:
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Ученици")
        sheet.write_row(0, 0, _HEADS)
        for row in range(ROWS):
            number = _NUMBERS[row] if row < len(_NUMBERS) else f"77{row:06}"
            name = f"Ученик {'абвгдежзик'[row % 10] * 5}ов {'абвгдежзик'[row // 10 % 10] * 7}ски"
            class_ = f"{row % 12 + 1} {'абвг'[row % 4]}"
            sheet.write_row(row + 1, 0, (name, number, f"uc{row:08}", f"Parola{row}", True, False, class_))
    return written.getvalue()


def _cells(raw: bytes) -> float:
    began = time.perf_counter()
    book = load_workbook(io.BytesIO(raw), read_only=True)
    count = sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))
    if count < ROWS:
        raise RuntimeError("the list cannot be gone through")
    return time.perf_counter() - began


if __name__ == "__main__":
    print(asyncio.run(measure()))
    sys.exit(0)
