"""The process in which lists of accounts are read: as `bot.documents.child`, which limits it, and with the libraries
that read workbooks and numbers.
"""

import sys
from datetime import date
from typing import Any

from bot.core.lists.model import ColumnMeaning, ListUnusable
from bot.documents.account_list_answers import list_answer, list_refusal
from bot.documents.account_list_guess import Judging
from bot.documents.account_lists import read_account_lists
from bot.documents.child import brought, serve


def main(descriptor: int, memory: int, seconds: int) -> None:
    """Reads the lists that lie in the file `descriptor`, within so many bytes and seconds of CPU."""
    sys.setrecursionlimit(300)
    serve(descriptor, memory, seconds, _said)


def _said(descriptor: int, order: dict[str, Any]) -> bytes:
    try:
        return list_answer(
            read_account_lists(
                brought(descriptor, order),
                school_code=order["school"],
                by=Judging(order["domain"], date.fromisoformat(order["today"]), order["synthetic"]),
                answers={mark: tuple(map(ColumnMeaning, columns)) for mark, columns in order["columns"].items()},
            )
        )
    except ListUnusable as error:
        return list_refusal(error)
