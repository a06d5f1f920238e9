"""The port `SchoolFiles` over Microsoft Graph: the folder in the OneDrive of the school's own account."""

from collections.abc import Iterator, Mapping

from bot.core.class_links.expected import Fault, RosterFault
from bot.core.class_links.ports import RosterFiles
from bot.core.errors import DirectoryUnavailable
from bot.core.people.model import School
from bot.graph.downloads import NotHad
from bot.graph.school_drive import SchoolFolder, mark_of

NAMES = frozenset(
    {
        "orgs.csv",
        "users.csv",
        "roles.csv",
        "classes.csv",
        "enrollments.csv",
        "courses.csv",
        "academicsessions.csv",
        "manifest.csv",
        "statuses.csv",
    }
)
"""What is fetched: the files of School Data Sync v2.1 and OneRoster 1.1 that we read. Others may hold more than we
should have (demographics).
"""

_FAULTS = {NotHad.TOO_LARGE: Fault.TOO_LARGE, NotHad.LOCKED: Fault.LOCKED, NotHad.REFUSED: Fault.REFUSED}
_MOST_NAMED = 3


class GraphSchoolFiles(SchoolFolder):
    """The lists of classes."""

    async def export_of(self, school: School, known: str) -> RosterFiles | None:
        """See `SchoolFiles`. One request for each 200 files of the folder and two for each file that is fetched; none
        of these when nothing has changed. What was fetched is compared with the folder as it is then.
        """
        found = await self._found(school)
        if found is None:
            return None
        site, page = found
        listed = await self._files(site, page, _wanted)
        if not listed:
            return None
        mark, dated = mark_of(listed), max(one.changed for one in listed.values())
        if mark == known:
            return RosterFiles({}, dated, mark)
        fetched = await self._fetched(site, listed, _wanted)
        if fetched is None:
            raise DirectoryUnavailable("files-changing")
        return RosterFiles(fetched.files, dated, mark, tuple(_faults(fetched.not_had)))


def _wanted(name: str) -> str:
    return name.lower() if name.lower() in NAMES else ""


def _faults(not_had: Mapping[str, NotHad]) -> Iterator[RosterFault]:
    for why, fault in _FAULTS.items():
        if names := [name for name, other in not_had.items() if other is why]:
            yield RosterFault(fault, ", ".join(names[:_MOST_NAMED]))


class NoFiles:
    """`SchoolFiles` where no folder is configured: there are no lists."""

    async def export_of(self, school: School, known: str) -> RosterFiles | None:  # noqa: ARG002 -- the port's shape
        """None."""
        return None
