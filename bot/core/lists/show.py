"""The lists of the actor's own school, held against its accounts."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.core.lists.changes import keys_of
from bot.core.lists.hold import HeldAccount, HeldPerson, HeldState, hold
from bot.core.lists.kept import KeptAccountList
from bot.core.lists.model import ListedPerson
from bot.core.lists.ports import KeptLists


@dataclass(frozen=True, slots=True)
class SeenList:
    """`kept` None: no list was ever looked for. While `resolving`, the directory was not asked yet for those whom
    neither username nor name shows to be there.
    """

    kept: KeptAccountList | None
    people: tuple[HeldPerson, ...] = ()
    unlisted: int = 0

    @property
    def resolving(self) -> bool:
        """See above."""
        kept = self.kept
        if kept is None or not kept.people:
            return False
        return kept.resolved is None or kept.resolved.at < kept.at or kept.resolved.waiting > 0

    @property
    def counts(self) -> Mapping[HeldState, int]:
        """How many are in each state in which somebody is."""
        found = Counter(one.state for one in self.people)
        return {state: found[state] for state in HeldState if found[state]}

    def of_state(self, state: HeldState) -> tuple[HeldPerson, ...]:
        """Those in this state, in the list's order."""
        return tuple(one for one in self.people if one.state is state)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLists:
    """Asks nobody but the store. Errors: StoreUnavailable."""

    lists: KeptLists

    async def __call__(self, school_id: str, accounts: Sequence[HeldAccount]) -> SeenList:
        """`accounts`: those of the school, which whoever asks may see."""
        kept = await self.lists.list_of(school_id)
        if kept is None or not kept.people:
            return SeenList(kept)
        resolved = kept.resolved
        held = await asyncio.to_thread(  # of a large school it takes as long as others may be kept waiting
            hold,
            kept.people,
            accounts,
            numbers=resolved.numbers if resolved is not None else {},
            elsewhere=resolved.elsewhere if resolved is not None else (),
        )
        return SeenList(kept, held.people, len(held.unlisted))


def mark_of(one: ListedPerson) -> str:
    """By what a press means somebody of a list: the same while the list knows them by the same."""
    first = keys_of(one)[0]
    words = first if isinstance(first, str) else f"{one.name} {one.class_}"
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:20]
