"""Whose account a listed person has, as far as the directory must be asked: by number in the school, by username
outside it.

A list could be made up to try usernames of the whole country. So outside the school few are asked for in an hour,
however many lists are sent at once, each once a week, for some weeks after its list came (who has left by then is not
followed for ever), and what is found counts only where two words of the name and most of those listed agree; which
school it is, is not kept. They are charged and recorded before the directory is
asked: what a run that ended did not answer is asked again and not charged again.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.audit import AuditEntry
from bot.core.clock import Clock
from bot.core.lists.kept import ElsewhereAccount, KeptAccountList, Resolved
from bot.core.lists.model import ListedPerson
from bot.core.lists.ports import KeptLists, ListedPeople
from bot.core.lists.record import elsewhere_entry, found_entry
from bot.core.people.identifiers import IdentifierKind
from bot.core.people.model import AccountState, Kind, Person, School
from bot.core.people.spelling import folds, words
from bot.core.people.usernames import after_renaming, before_renaming
from bot.core.pseudonyms import Pseudonyms
from bot.core.tasks import NewTask, Task, TaskHandler

RESOLVE = "lists.resolve"
"""Task kind. Payload: `school`."""
MOST_ASKED = 40
"""Usernames of one school that are asked for within `ASKED_WITHIN`; the others follow."""
ASKED_WITHIN = timedelta(hours=1)
ASKED_AGAIN = timedelta(days=7)
ASKED_FOR = timedelta(days=60)
"""After a file came, those whom it names and the school has not: what is found is not kept for longer either."""

_ENABLED = {AccountState.ACTIVE: True, AccountState.DISABLED: False, AccountState.BEING_CREATED: None}
_TEN = 10


def resolving(school: School, now: datetime) -> NewTask:
    """The task that resolves a list which has just come."""
    return _again(school.id, now.isoformat(), now)


def _again(school: str, key: str, at: datetime) -> NewTask:
    return NewTask(RESOLVE, f"{school}:{key}", at, {"school": school})


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveList(TaskHandler):
    """Does RESOLVE."""

    lists: KeptLists
    people: ListedPeople
    pseudonyms: Pseudonyms
    clock: Clock

    kind = RESOLVE
    in_background = True
    most_failures = 6
    first_pause = timedelta(seconds=30)

    async def carry_out(self, task: Task) -> None:
        """See `TaskHandler`."""
        school = task.payload["school"]
        now = self.clock()  # a list that comes from now on is resolved by its own task
        kept = await self.lists.list_of(school)
        if kept is None:
            return
        if not kept.people:
            await self._forget(kept, now)
            return
        here = await self.people.people_of_school(School(school, "", ""))
        numbers = await asyncio.to_thread(self._numbers, kept.people, here)
        new = [one for one in kept.people if now - kept.came_at(one.place.file) < ASKED_FOR]
        usernames = [name for one in unknown(new, here, numbers) for name in one.usernames]
        names = tuple(dict.fromkeys(usernames))
        asking, waiting = await self._charged(kept, names, now)
        found = [one for name in asking if (one := await self.people.find_by_username(name)) is not None]
        listed = {name: one for one in kept.people for name in one.usernames}
        elsewhere = {
            person.username.lower(): _account(person)
            for person in found
            if (row := listed.get(person.username.lower())) is not None
            and not person.attends(school)
            and person.kind is Kind.STUDENT  # nobody asks another school for a teacher, nor is told of one
            and _same_person(row.name, person.name)
        }
        entries = (found_entry(now, school, found=len(elsewhere)),) if elsewhere else ()
        next_hour = now + ASKED_WITHIN
        later = (_again(school, f"{next_hour:%Y-%m-%dT%H}", next_hour),) if waiting else ()

        def told(latest: KeptAccountList | None) -> KeptAccountList:
            after = latest or kept
            before = after.resolved or Resolved(now)
            asked = _recent(before, now)
            known = {one.username.lower(): one for one in before.elsewhere if one.username.lower() in asked}
            every = tuple({**known, **elsewhere}.values())
            newer = before.at > now  # another run, of a later list, was faster
            return replace(
                after,
                resolved=Resolved(
                    before.at if newer else now, before.numbers if newer else numbers, asked, every, waiting
                ),
            )

        await self.lists.change_list(school, told, entries, later)

    async def _forget(self, kept: KeptAccountList, now: datetime) -> None:
        """Nobody is listed any more: nor is it kept for long who was asked for."""
        if kept.resolved is None or len(_recent(kept.resolved, now)) == len(kept.resolved.asked):
            return

        def forgotten(latest: KeptAccountList | None) -> KeptAccountList:
            after = latest or kept
            before = after.resolved or Resolved(now)
            return replace(after, resolved=replace(before, asked=_recent(before, now)))

        await self.lists.change_list(kept.school, forgotten)

    async def _charged(self, kept: KeptAccountList, names: Sequence[str], now: datetime) -> tuple[Sequence[str], int]:
        """Whom to ask for: charged in the school's turn, so that runs at the same time have one budget. And how many
        wait for another hour.
        """
        if not names:
            return (), 0
        asking: list[str] = []
        waiting = 0
        entries: list[AuditEntry] = []

        def charged(latest: KeptAccountList | None) -> KeptAccountList:
            nonlocal waiting
            after = latest or kept
            # Nothing was answered yet: so it is of before anything was asked.
            before = after.resolved or Resolved(min(after.at, now) - timedelta(seconds=1))
            # Also names that are in no list any more: whoever sends them again has not waited.
            recent = _recent(before, now)
            left = MOST_ASKED - sum(now - at < ASKED_WITHIN for at in recent.values())
            wanted = [name for name in names if name not in recent]
            new = wanted[: max(0, left)]
            unanswered = [name for name in names if name in recent and recent[name] > before.at]
            asking[:] = (*unanswered, *new)
            waiting = len(wanted) - len(new)
            entries[:] = [elsewhere_entry(now, kept.school, asked=len(new))] if new else []
            asked = {**recent, **dict.fromkeys(new, now)}
            return replace(after, resolved=replace(before, asked=asked, waiting=len(asking) + waiting))

        await self.lists.change_list(kept.school, charged, entries)
        return asking, waiting

    def _numbers(self, listed: Sequence[ListedPerson], here: Iterable[Person]) -> Mapping[str, tuple[str, ...]]:
        wanted = {number for one in listed for number in one.identifiers}
        found: dict[str, tuple[str, ...]] = {}
        if not wanted:
            return found
        for person in here:
            for digits in {person.identifier, person.identifier.zfill(_TEN)} if person.identifier else ():
                for kind in IdentifierKind:
                    mark = self.pseudonyms.of(kind.value, digits)
                    if mark in wanted:
                        found[mark] = tuple(dict.fromkeys((*found.get(mark, ()), person.id)))
        return found


def unknown(
    listed: Iterable[ListedPerson], here: Iterable[Person], numbers: Mapping[str, object]
) -> list[ListedPerson]:
    """Those of the list who have a username and whom nothing shows to have an account in the school."""
    own = {one.username.lower() for one in here}
    renamed = {after_renaming(name) for name in own}
    return [
        one
        for one in listed
        if one.usernames
        and not any(number in numbers for number in one.identifiers)
        and not any(name in own or (before_renaming(name) or "") in renamed for name in one.usernames)
    ]


def _recent(resolved: Resolved, now: datetime) -> dict[str, datetime]:
    """When each was asked for, of those that are not asked for again yet."""
    return {name: at for name, at in resolved.asked.items() if now - at < ASKED_AGAIN}


def _same_person(listed: str, known: str) -> bool:
    """Whether two words of the names agree, in whatever letters, and most of those listed: a cell may hold all the
    common names there are. A name of one word is none to go by.
    """
    others = [folds(word) for word in words(known)]
    some = set(words(listed))
    alike = sum(any(folds(word) & other for other in others) for word in some)
    return alike > 1 and 2 * alike > len(some)


def _account(person: Person) -> ElsewhereAccount:
    return ElsewhereAccount(person.id, person.name, person.username, _ENABLED[person.state])
