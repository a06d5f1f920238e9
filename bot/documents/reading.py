"""Reading lists of classes in a child process that can be killed. See docs/adr/0020 and docs/adr/0048."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from bot.core.class_links.expected import ExpectedList, Fault
from bot.core.class_links.ports import UploadedForm
from bot.core.clock import Clock
from bot.core.people.free_text import free_text
from bot.core.people.identifier_traces import hold_identifier
from bot.documents.answers import Unlikely, taken
from bot.documents.children import PROGRAM, ReadingChildren, ReadingLimits, SentForm, unusable
from bot.documents.rosters import check_sizes

log = logging.getLogger(__name__)

__all__ = ["PROGRAM", "ReadRosters", "ReadingLimits"]


class ReadRosters:
    """`RosterReader`; one for the process. `zone`: in which a day begins. `children`: shared with other readers."""

    def __init__(
        self,
        *,
        domain: str,
        clock: Clock,
        zone: tzinfo,
        limits: ReadingLimits | None = None,
        program: Sequence[str] = PROGRAM,
        children: ReadingChildren | None = None,
    ) -> None:
        self._domain = domain
        self._clock = clock
        self._zone = zone
        self._children = children or ReadingChildren(limits, program)

    async def read(
        self, files: Mapping[str, bytes] | UploadedForm, *, school_code: str, dated: datetime
    ) -> ExpectedList:
        """See the port. Errors: RosterUnusable, also with BUSY, TOO_SLOW, TOO_MUCH_MEMORY and BROKEN."""
        order = {
            "school": school_code,
            "dated": dated.isoformat(),
            "domain": self._domain,
            "today": self._clock().astimezone(self._zone).date().isoformat(),
        }
        if not isinstance(files, UploadedForm):
            check_sizes(files)
        brought = SentForm(files.content, files.media_type) if isinstance(files, UploadedForm) else files
        said = await self._children.said(brought, order)
        try:
            return await asyncio.to_thread(_taken, said, school_code, dated)
        except Unlikely:
            log.warning("the child that reads lists gave no likely answer")
            raise unusable(Fault.BROKEN) from None


def _taken(said: bytes, school_code: str, dated: datetime) -> ExpectedList:
    """The list as it may be kept and shown: it is a text of somebody else's, like what people type. Errors: those of
    `taken`.
    """
    read = taken(said, school_code, dated)
    classes = tuple(
        replace(row, title=free_text(row.title, len(row.title))) if hold_identifier(row.title) else row
        for row in read.classes
    )
    names = {one: free_text(name, len(name)) if hold_identifier(name) else name for one, name in read.names.items()}
    return replace(read, classes=classes, names=names)
