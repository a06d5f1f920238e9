"""Reading lists of accounts in a child process that can be killed. See docs/adr/0048 and docs/adr/0072."""

import asyncio
import logging
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from importlib.util import find_spec
from pathlib import Path

from bot.core.class_links.expected import RosterUnusable
from bot.core.clock import Clock
from bot.core.lists.model import AccountList, Columns, ListFault, ListFileFault, ListUnusable
from bot.core.lists.ports import ListUpload
from bot.core.pseudonyms import Pseudonyms
from bot.documents.account_list_answers import list_taken
from bot.documents.account_list_people import check_list_sizes, list_fault
from bot.documents.answers import Unlikely
from bot.documents.children import ReadingChildren, SentForm

log = logging.getLogger(__name__)

_ROOT = str(Path(__file__).parents[2])
_LIBRARIES = ("python_calamine", "stdnum")
_START = """
import sys
count = int(sys.argv[1])
sys.path[:0] = sys.argv[2 : 2 + count]
from bot.documents.account_list_child import main
main(*map(int, sys.argv[2 + count :]))
"""
_MOST_ANSWERS = 40
"""Columns that were told, of one school."""


def program() -> tuple[str, ...]:
    """As `children.PROGRAM`, and where the two libraries lie. What lies beside them is imported by nobody."""
    places = [_ROOT, *dict.fromkeys(filter(None, map(_place, _LIBRARIES)))]
    return (sys.executable, "-I", "-S", "-c", _START, str(len(places)), *places)


def _place(library: str) -> str:
    found = find_spec(library)
    return str(Path(found.origin).parents[1]) if found and found.origin else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAccountLists:
    """`AccountListReader`; one for the process. `zone`: in which a day begins. `children`: shared with the other
    readers, as few are read at once.
    """

    domain: str
    clock: Clock
    zone: tzinfo
    pseudonyms: Pseudonyms
    children: ReadingChildren
    admit_synthetic: bool = False
    program: Sequence[str] = ()

    async def read(
        self,
        files: Mapping[str, bytes] | ListUpload,
        *,
        school_code: str,
        dated: datetime,
        columns: Mapping[str, Columns],
    ) -> AccountList:
        """See the port. Errors: ListUnusable, also with BUSY, TOO_SLOW, TOO_MUCH_MEMORY and BROKEN."""
        told = list(columns.items())[-_MOST_ANSWERS:]
        order = {
            "school": school_code,
            "domain": self.domain,
            "today": self.clock().astimezone(self.zone).date().isoformat(),
            "synthetic": self.admit_synthetic,
            "columns": {mark: list(meanings) for mark, meanings in told},
        }
        if not isinstance(files, ListUpload):
            check_list_sizes(files)
        brought = SentForm(files.content, files.media_type) if isinstance(files, ListUpload) else files
        try:
            said = await self.children.said(brought, order, self.program or program())
        except RosterUnusable as error:
            raise _as_list(error) from error
        try:
            return await asyncio.to_thread(list_taken, said, school_code, dated, self.pseudonyms.of)
        except Unlikely:
            log.warning("the child that reads lists of accounts gave no likely answer")
            raise ListUnusable(ListFileFault(ListFault.BROKEN)) from None


def _as_list(error: RosterUnusable) -> ListUnusable:
    return ListUnusable(*map(list_fault, error.faults))
