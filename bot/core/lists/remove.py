"""A director takes a file out of the school's lists: the wrong one was sent, or it is not needed any more."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from bot.core.actors.model import Actor
from bot.core.actors.permits import directs
from bot.core.actors.ports import FreshActors
from bot.core.audit import AuditEntry
from bot.core.clock import Clock
from bot.core.decision import Decision
from bot.core.lists.kept import KeptAccountList, without
from bot.core.lists.ports import KeptLists
from bot.core.lists.record import list_entry


class Removal(StrEnum):
    """What became of it."""

    DONE = "done"
    GONE = "gone"
    """It is not there, or another has come in its place."""
    IN_FOLDER = "in-folder"
    """It lies in the school's folder, from which it would come again."""


def file_mark(kept: KeptAccountList, file: str) -> str:
    """By what a press means a file: another one that comes under its name is not meant."""
    words = f"{file}\n{kept.came_at(file).isoformat()}"
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def file_of(kept: KeptAccountList | None, mark: str) -> str | None:
    """The file of this mark."""
    if kept is None:
        return None
    return next((one for one in kept.removable if file_mark(kept, one) == mark), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveFile:
    """Errors: DirectoryError and its kinds, StoreUnavailable."""

    actors: FreshActors
    lists: KeptLists
    clock: Clock

    async def __call__(self, actor: Actor, school_id: str, mark: str) -> Removal | Decision:
        """Out of the lists of the card's school, if it is still the actor's, with all that it alone told."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = directs(fresh, school_id)
        if not permit.allowed:
            return permit
        seen = await self.lists.list_of(school_id)
        if seen is None or file_of(seen, mark) is None:
            return Removal.GONE
        entries: list[AuditEntry] = []
        removal = Removal.GONE

        def removed(latest: KeptAccountList | None) -> KeptAccountList:
            nonlocal removal
            kept = latest or seen
            file = file_of(kept, mark)
            entries.clear()
            if file is None:
                removal = Removal.GONE
                return kept
            if file in kept.from_folder:
                removal = Removal.IN_FOLDER
                return kept
            removal = Removal.DONE
            people = sum(one.place.file == file for one in kept.rows)
            entries.append(list_entry(self.clock(), fresh.object_id, school_id, "removed", people=people))
            return without(kept, {file})

        await self.lists.change_list(school_id, removed, entries)
        return removal
