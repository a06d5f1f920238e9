"""Who is signed in: read from the directory, remembered for a minute at most, never guessed."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.core.actors.deputies import look_whether_left
from bot.core.actors.model import Actor, Role, RoleFacts
from bot.core.actors.policy import recognise, role_of, school_code_of
from bot.core.actors.ports import Deputies, RoleSource
from bot.core.clock import Clock
from bot.core.errors import DirectoryMisunderstood
from bot.core.memory import Memory
from bot.core.people.model import School
from bot.core.tasks import Tasks

_MOST_ACTORS = 10_000
_MOST_SCHOOLS = 5_000

LIFETIME = timedelta(seconds=60)
"""How long the directory's word is taken again: what was withdrawn there still opens a menu or an empty form for so
long. Details of people are shown to an actor asked for again only (`fresh`).
"""


class RecogniseActor:
    """Recognises the signed-in person by Entra object id.

    - What the directory says is remembered for `lifetime` (rights withdrawn there are gone after that). What the bot
      itself decides, who is authorised to act for a school, is read on every call: ended by whichever replica, it is
      over with the next press.
    - It fails closed: an error of the directory is the caller's error and is not remembered.
    - Several questions about one person at the same moment are one request.
    """

    def __init__(
        self,
        roles: RoleSource,
        clock: Clock,
        lifetime: timedelta = LIFETIME,
        *,
        deputies: Deputies,
        tasks: Tasks,
        regions: Mapping[str, str],
    ) -> None:
        """`deputies` tells who may decide in a director's place, and whoever is found to have left the school that
        authorised them becomes one of the `tasks`; `regions`: see `policy.region_of`.
        """
        self._deputies = deputies
        self._tasks = tasks
        self._regions = {key.casefold(): region for key, region in regions.items()}
        self._roles = roles
        self._clock = clock
        self._actors: Memory[tuple[str, str], Actor] = Memory(lifetime, _MOST_ACTORS)
        self._schools: Memory[str, School] = Memory(lifetime, _MOST_SCHOOLS)
        self._asking: dict[tuple[str, str], asyncio.Future[Actor | None]] = {}

    async def __call__(self, object_id: str, tenant_id: str) -> Actor:
        """The person as an actor. Errors: DirectoryError and its kinds, StoreUnavailable."""
        return await self._authorised(await self._remembered((tenant_id, object_id)))

    async def _remembered(self, key: tuple[str, str]) -> Actor:
        while True:
            known = self._actors.get(key, self._clock())
            if known is not None:
                return known
            asked = self._asking.get(key)
            if asked is None:
                return await self._ask(key)
            # Shielded: who gives up waiting does not take the answer away from the others.
            answer = await asyncio.shield(asked)
            if answer is not None:
                return answer

    async def fresh(self, object_id: str, tenant_id: str) -> Actor:
        """The person as an actor, asked now whatever is remembered; for what must not rest on an old answer. It is
        remembered in its place. Errors: DirectoryError and its kinds, StoreUnavailable.
        """
        asked_at = self._clock()
        actor = await self._read(object_id, tenant_id)
        self._actors.put((tenant_id, object_id), actor, asked_at)
        return await self._authorised(actor)

    async def _ask(self, key: tuple[str, str]) -> Actor:
        asked_at = self._clock()
        asking: asyncio.Future[Actor | None] = asyncio.get_running_loop().create_future()
        self._asking[key] = asking
        try:
            tenant_id, object_id = key
            actor = await self._read(object_id, tenant_id)
        except Exception as error:
            asking.set_exception(error)
            asking.exception()  # nobody may be waiting, and that is no "exception never retrieved"
            raise
        else:
            self._actors.put(key, actor, asked_at)
            asking.set_result(actor)
            return actor
        finally:
            del self._asking[key]
            if not asking.done():  # the asker was cancelled: one of those waiting asks again
                asking.set_result(None)

    async def _read(self, object_id: str, tenant_id: str) -> Actor:
        facts = await self._roles.role_facts(object_id)
        if facts.object_id.casefold() != object_id.casefold():
            raise DirectoryMisunderstood(code="OtherPerson")
        school = None
        if role_of(facts) is Role.DIRECTOR:
            school = await self._school(facts)
        return recognise(facts, tenant_id, school, self._regions)

    async def _authorised(self, actor: Actor) -> Actor:
        """The actor with what a director has authorised them to at this moment."""
        if actor.role is not Role.TEACHER:
            return actor
        now, schools = self._clock(), {school.id: school for school in actor.works_at}
        held = await self._deputies.of_person(actor.object_id, now)
        # An authority for a school the teacher has left is worth nothing.
        left = [look_whether_left(one, now) for one in held if one.school not in schools]
        if left:
            await self._tasks.add(left)
        deputy_of = next((schools[one.school] for one in held if one.school in schools), None)
        return replace(actor, deputy_of=deputy_of)

    async def _school(self, facts: RoleFacts) -> School | None:
        code = school_code_of(facts)
        if code is None:
            return None
        named = next((school for school in facts.schools if school.code.lstrip("0") == code), None)
        known = named or self._schools.get(code, self._clock())
        if known is not None:
            return known
        asked_at = self._clock()
        found = await self._roles.school_by_code(code)
        if found is not None:
            self._schools.put(code, found, asked_at)
        return found
