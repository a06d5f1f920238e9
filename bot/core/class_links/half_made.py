"""Which class a case is about: also one that was made a moment ago, which is not known everywhere yet."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.class_links.cases import LinkCase, LinkCases, Matter
from bot.core.class_links.expected import ExpectedClass
from bot.core.class_links.model import Existing
from bot.core.class_links.ports import ClassReader
from bot.core.clock import Clock, at_earliest
from bot.core.errors import AccountMissing, DirectoryError, DirectoryMisunderstood

PATIENCE = timedelta(minutes=30)
"""A class just made is not known everywhere for 15 minutes: a team cannot be made of its group
(learn.microsoft.com/graph/api/team-put-teams), and other services answer that there is no such class.
"""

_CLOCKS_APART = timedelta(minutes=2)
_REMEMBERED = timedelta(days=400)
"""How long ago an earlier case may have made the class that this one finds half-made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindClass:
    """Errors of all calls: DirectoryError and its kinds, StoreUnavailable."""

    cases: LinkCases
    reader: ClassReader
    clock: Clock

    async def remembered(self, case: LinkCase) -> LinkCase:
        """The case with the class of the row that it, or an earlier one of the school that broke off, has made."""
        if case.made or case.matter is not Matter.CREATE:
            return case
        before = await self.cases.of_school(case.school.id, self.clock() - _REMEMBERED)
        made = next((one for one in before if one.made and one.class_id == case.class_id), case)
        return replace(case, made=made.made, made_at=made.made_at)

    async def found(self, case: LinkCase, row: ExpectedClass) -> Existing | None:
        """The class as it is now; of several with this id nobody knows which is meant. One that was made a moment ago
        is there before it is found: nothing is known of it yet.
        """
        reading = await self.reader.of_rows((case.class_id,))
        if case.class_id in reading.unread:
            raise DirectoryError("class-unread")
        found = [each for each in reading.classes if each.external_id == case.class_id]
        if len(found) > 1 or (found and case.made and found[0].id != case.made):
            raise DirectoryMisunderstood("class-twice")
        if found or not case.made:
            return found[0] if found else None
        return None if await self._is_gone(case) else new_class(case.made, row)

    async def _is_gone(self, case: LinkCase) -> bool:
        """Whether the class that was made is not there any more: not so soon after it was."""
        if self.is_young(case.made_at):
            return False
        try:
            await self.reader.schools_of(case.made)
        except AccountMissing:
            return True
        return False

    async def is_ours(self, case: LinkCase, found: Existing) -> bool:
        """A list is the school's own word, and could name another school's row. What this school's director has done
        may touch a class of this school alone, or one that the school's own case has begun to make.
        """
        try:
            schools = await self.reader.schools_of(found.id)
        except AccountMissing:  # found, and not there: not everywhere yet
            if found.id != case.made:
                raise DirectoryError("class-unread") from None
            schools = frozenset()
        if schools:
            return case.school.id in schools
        if case.matter is not Matter.CREATE:
            return False
        if found.id != case.made and found.created is None:
            raise DirectoryError("class-unread")
        return found.id == case.made or (found.created is not None and await self._may_be_ours(case, found.created))

    async def _may_be_ours(self, case: LinkCase, created: datetime) -> bool:
        """Whether it came to be while this case, or an earlier one of the school about the row, was at work: the
        answer to its making may have been lost, and with it the id.
        """
        if created >= at_earliest(case.at, self.clock) - _CLOCKS_APART:
            return True
        before = await self.cases.of_school(case.school.id, created - _CLOCKS_APART)
        return any(
            one.matter is Matter.CREATE
            and one.class_id == case.class_id
            and one.at - _CLOCKS_APART <= created <= (one.ended_at or self.clock()) + _CLOCKS_APART
            for one in before
        )

    def is_young(self, made: datetime | None) -> bool:
        """Whether a class made then (by our own time) is perhaps not known everywhere yet."""
        return made is not None and self.clock() - made < PATIENCE


def new_class(class_id: str, row: ExpectedClass) -> Existing:
    """A class that was made and has nobody yet. Whoever is in it after all is there already, which is no error."""
    return Existing(class_id, row.id, row.title, has_team=False, owners=frozenset(), members=frozenset())
