"""What a director chooses for the school: who closes, the school's own sentence, groups of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.accounts.model import (
    LONGEST_GROUP,
    LONGEST_SENTENCE,
    MOST_GROUPS,
    MOST_IN_GROUP,
    Choices,
    Closers,
    OwnGroup,
)
from bot.core.accounts.policy import may_see_board
from bot.core.accounts.ports import SchoolChoices
from bot.core.accounts.record import choices_entry, group_entry
from bot.core.actors.model import Actor
from bot.core.actors.permits import directs
from bot.core.actors.ports import FreshActors
from bot.core.clock import Clock
from bot.core.decision import Decision
from bot.core.people.free_text import free_text
from bot.core.people.model import School


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseForSchool:
    """Errors: DirectoryError and its kinds, StoreUnavailable."""

    actors: FreshActors
    choices: SchoolChoices
    clock: Clock

    async def now(self, actor: Actor) -> Choices | Decision:
        """What the actor's school has chosen."""
        school = await _own_school(self.actors, actor)
        return school if isinstance(school, Decision) else await self.choices.choices(school.id)

    async def __call__(
        self, actor: Actor, school_id: str, *, closers: Closers, sentence: str, weekly: bool
    ) -> Choices | Decision:
        """Chooses for the school of the card, if it is still the actor's; the sentence as it was kept."""
        school = await _own_school(self.actors, actor, school_id)
        if isinstance(school, Decision):
            return school
        chosen = Choices(closers, free_text(sentence, LONGEST_SENTENCE), weekly)
        entry = choices_entry(self.clock(), actor.object_id, school.id, chosen)
        await self.choices.choose(school.id, chosen, (entry,))
        return chosen


class GroupProblem(StrEnum):
    """Why a group was not kept."""

    NAMELESS = "nameless"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepGroups:
    """Errors: DirectoryError and its kinds, StoreUnavailable."""

    actors: FreshActors
    choices: SchoolChoices
    clock: Clock

    async def all(self, actor: Actor) -> tuple[OwnGroup, ...] | Decision:
        """The groups of the actor's school."""
        school = await _own_school(self.actors, actor)
        return school if isinstance(school, Decision) else await self.choices.groups(school.id)

    async def keep(
        self, actor: Actor, school_id: str, group_id: str, name: str, people: Sequence[str]
    ) -> OwnGroup | GroupProblem | Decision:
        """Keeps it under this id, in the place of what it was, for the school of the card, if it is still the
        actor's.
        """
        school = await _own_school(self.actors, actor, school_id)
        if isinstance(school, Decision):
            return school
        group = OwnGroup(group_id, free_text(name, LONGEST_GROUP), tuple(dict.fromkeys(people)))
        if not group.name:
            return GroupProblem.NAMELESS
        if not group.people:
            return GroupProblem.EMPTY
        if len(group.people) > MOST_IN_GROUP:
            return GroupProblem.TOO_LARGE
        entry = group_entry(self.clock(), actor.object_id, school.id, group.id, people=len(group.people))
        kept = await self.choices.keep_group(school.id, group, (entry,), MOST_GROUPS)
        return group if kept else GroupProblem.TOO_MANY

    async def drop(self, actor: Actor, school_id: str, group_id: str) -> bool | Decision:
        """Removes it from the school of the card, if it is still the actor's. False when there is none."""
        school = await _own_school(self.actors, actor, school_id)
        if isinstance(school, Decision):
            return school
        entry = group_entry(self.clock(), actor.object_id, school.id, group_id, people=None)
        return await self.choices.drop_group(school.id, group_id, (entry,))


async def _own_school(actors: FreshActors, actor: Actor, school_id: str | None = None) -> School | Decision:
    """The actor's school; with `school_id` that one or none."""
    fresh = await actors.fresh(actor.object_id, actor.tenant_id)
    permit = may_see_board(fresh) if school_id is None else directs(fresh, school_id)
    return fresh.school if permit.allowed and fresh.school is not None else permit
