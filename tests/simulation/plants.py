"""Bugs planted on purpose: a simulation that does not find them proves nothing.

Each is the product, or the port it stands on, with one thing left out, as somebody might leave it out.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.actors.model import Actor
from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED
from bot.core.passwords.carry_out import CarryOutReset
from bot.core.passwords.finish import FinishReset
from bot.core.passwords.lapse import EndOfLife
from bot.core.passwords.model import BURN, NOTICE, AccountFacts, Operation, Refused, SetTimes, Shown, Stage
from bot.core.passwords.ports import Entries, SlipLink
from bot.core.passwords.record import requested_entry
from bot.core.passwords.request import RequestPassword, Wish
from bot.core.passwords.reveal import RevealPassword
from bot.core.passwords.secret import Secret
from bot.core.tasks import NewTask, Task
from tests.fakes_passwords import FakeOperations, FakeQueue, TaskRow, nobody_waits
from tests.simulation.cast import ACCOUNTS, OTHER
from tests.simulation.world import Told, World

Record = Callable[[Operation, bool], tuple[Sequence[AuditEntry], Sequence[NewTask]]]


class _Remembering:
    """A directory that is asked once about everybody, and believed for ever."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._actors: dict[str, Actor] = {}
        self._facts: dict[str, AccountFacts | None] = {}

    async def fresh(self, object_id: str, tenant_id: str) -> Actor:
        if object_id not in self._actors:
            self._actors[object_id] = await self._world.directory.fresh(object_id, tenant_id)
        return self._actors[object_id]

    async def facts(self, person_id: str) -> AccountFacts | None:
        if person_id not in self._facts:
            self._facts[person_id] = await self._world.directory.facts(person_id)
        return self._facts[person_id]

    async def password_changes(self, person_ids: Sequence[str]) -> Any:
        return await self._world.directory.password_changes(person_ids)

    async def password_dates(self, person_ids: Sequence[str]) -> Any:
        return await self._world.directory.password_dates(person_ids)


class AnotherPasswordOnEachTry(World):
    """The classic: every attempt generates."""

    def make_operations(self) -> FakeOperations:
        class Forgetful(FakeOperations):
            async def candidate(
                self, task: Task, operation_id: str, propose: Callable[[], Secret], superseded: Entries | None = None
            ) -> Secret | None:
                if self.operations[operation_id].stage is Stage.REQUESTED:
                    self.secrets.pop(operation_id, None)
                return await super().candidate(task, operation_id, propose, superseded)

        return Forgetful(self.audit, self.queue, yields=True)


class AnotherPasswordAfterEveryRefusal(World):
    """A refused password is replaced also where an earlier attempt may have set it."""

    def make_handlers(self) -> Any:
        _, *others = super().make_handlers()
        return (_certain(self, _TriesAnother), *others)


class _TriesAnother(CarryOutReset):
    async def _refused(self, task: Task, operation: Operation, *, only_ours: bool) -> bool:
        return await super()._refused(task, operation, only_ours=True)


def _certain(world: World, kind: type[CarryOutReset], **changed: Any) -> CarryOutReset:
    given: dict[str, Any] = {
        "actors": world.directory,
        "reader": world.directory,
        "writer": world.directory,
        "operations": world.operations,
        "releases": world.directory,
        "deputies": world.deputies,
        "rate_limit": world.rate_limit,
        "clock": world.clock,
        "timing": world.timing,
        "writes_per_second": world.per_second,
        "below": world.rng.randrange,
        "waiting": nobody_waits,
        "admit_synthetic": True,
    }
    return kind(**(given | changed))


class ShownForEver(World):
    """What was shown once can be shown again until somebody destroys it, whatever the lease says."""

    def make_operations(self) -> FakeOperations:
        class Leaseless(FakeOperations):
            async def reveal(
                self,
                operation_ids: Sequence[str],
                actor: str,
                conversation: str,
                *,
                now: datetime,
                lease_until: datetime,
                record: Record,
            ) -> tuple[Shown, ...]:
                kept = dict(self.operations)
                for id_ in operation_ids:
                    stored = kept.get(id_)
                    if stored is not None and stored.stage is Stage.SHOWN:
                        self.operations[id_] = replace(stored, lease_until=now + timedelta(days=1))
                return await super().reveal(
                    operation_ids, actor, conversation, now=now, lease_until=lease_until, record=record
                )

        return Leaseless(self.audit, self.queue, yields=True)


class ShownOnlyOnce(World):
    """Burn, then show: a lost answer loses the password."""

    def make_operations(self) -> FakeOperations:
        class Burning(FakeOperations):
            async def reveal(
                self,
                operation_ids: Sequence[str],
                actor: str,
                conversation: str,
                *,
                now: datetime,
                lease_until: datetime,
                record: Record,
            ) -> tuple[Shown, ...]:
                shown = await super().reveal(
                    operation_ids, actor, conversation, now=now, lease_until=lease_until, record=record
                )
                for one in shown:
                    del self.secrets[one.operation.asked.id]
                return shown

        return Burning(self.audit, self.queue, yields=True)


class ShownToAnybody(World):
    """Who has the operation's id has its password."""

    def make_cases(self) -> None:
        super().make_cases()
        world = self

        class Careless(RevealPassword):
            async def __call__(self, actor: Actor, conversation: str, operation_id: str) -> Any:
                operation = await self.operations.one(operation_id)
                if operation is None:
                    return None
                owner = replace(actor, object_id=operation.asked.actor)
                return await self._fetch(owner, operation.asked.conversation, operation_id) or operation

        self.reveal = Careless(
            actors=world.directory,
            operations=world.operations,
            audit=world.audit,
            clock=world.clock,
            timing=world.timing,
        )


class ShownToFormerDirectors(World):
    """The right to see it is not asked again when it is shown."""

    def make_cases(self) -> None:
        super().make_cases()
        self.reveal = RevealPassword(
            actors=_Remembering(self),
            operations=self.operations,
            audit=self.audit,
            clock=self.clock,
            timing=self.timing,
        )


class NoFence(World):
    """What a worker writes is taken from it also after another one has its task."""

    def make_queue(self) -> FakeQueue:
        class Fenceless(FakeQueue):
            def held(self, task: Task) -> TaskRow:
                return self.rows[task.id]

            def fence(self, task: Task) -> None:
                pass

        return Fenceless(self.clock, yields=True)


class OldRights(World):
    """The worker believes what was read when it first looked."""

    def make_handlers(self) -> Any:
        _, *others = super().make_handlers()
        remembering = _Remembering(self)
        return (_certain(self, CarryOutReset, actors=remembering, reader=remembering), *others)


class EverybodyReleased(World):
    """Every student counts as released to every school."""

    def make_cases(self) -> None:
        async def released_by(*_: object) -> str:
            return OTHER.id

        self.directory.released_by = released_by  # type: ignore[assignment,method-assign]  # that is the bug
        super().make_cases()


class NothingBurns(World):
    """The key is not destroyed at the end of the lease."""

    def make_handlers(self) -> Any:
        return tuple(one if one.kind != BURN else Told(BURN) for one in super().make_handlers())


class HandedOverAndKept(World):
    """Noting that it was handed over does not destroy it."""

    def make_operations(self) -> FakeOperations:
        class Keeping(FakeOperations):
            async def hand_over(self, operation_id: str, now: datetime, entries: Sequence[AuditEntry]) -> bool:
                secret = self.secrets.get(operation_id)
                did = await super().hand_over(operation_id, now, entries)
                if did and secret is not None:
                    self.secrets[operation_id] = secret
                return did

        return Keeping(self.audit, self.queue, yields=True)


class OlderOnesStayAlive(World):
    """A new password does not destroy the older one that may still be shown."""

    def make_operations(self) -> FakeOperations:
        class Unrelated(FakeOperations):
            async def candidate(
                self, task: Task, operation_id: str, propose: Callable[[], Secret], superseded: Entries | None = None
            ) -> Secret | None:
                before, secrets = dict(self.operations), dict(self.secrets)
                found = await super().candidate(task, operation_id, propose)  # and says nothing of it
                self.operations |= {
                    one: was for one, was in before.items() if was.stage in {Stage.READY, Stage.SHOWN}
                }
                self.secrets = secrets | self.secrets
                return found

        return Unrelated(self.audit, self.queue, yields=True)


class SetIsNotRecorded(World):
    """The password is set, and the audit log does not say so."""

    def make_operations(self) -> FakeOperations:
        class Silent(FakeOperations):
            async def ready(
                self,
                task: Task,
                operation_id: str,
                times: SetTimes,
                *,
                entries: Sequence[AuditEntry],
                tasks: Sequence[NewTask],
                revoked: bool = False,
                superseded: Entries | None = None,
            ) -> bool:
                return await super().ready(
                    task, operation_id, times, entries=(), tasks=tasks, revoked=revoked, superseded=superseded
                )

        return Silent(self.audit, self.queue, yields=True)


class FailedForCertain(World):
    """Whatever could not be finished is said to have failed, as if nothing could have been set."""

    def make_handlers(self) -> Any:
        class Certain(FinishReset):
            async def _may_be_set(self, task: Task, operation: Operation) -> bool:
                return False

        class Sure(CarryOutReset):
            @property
            def _finish(self) -> FinishReset:
                return Certain(
                    reader=self.reader,
                    operations=self.operations,
                    clock=self.clock,
                    timing=self.timing,
                    waiting=self.waiting,
                )

        _, *others = super().make_handlers()
        return (_certain(self, Sure), *others)


class DoubtIsForgotten(World):
    """That a request was not clearly answered is not written down."""

    def make_operations(self) -> FakeOperations:
        class Sure(FakeOperations):
            async def doubt(self, task: Task, operation_id: str) -> None:
                pass

        return Sure(self.audit, self.queue, yields=True)


class CancelledUnderWay(World):
    """A job is cancelled with what has already been sent."""

    def make_operations(self) -> FakeOperations:
        class Rash(FakeOperations):
            async def cancel(self, job_id: str, now: datetime, entries: Callable[[int], Sequence[AuditEntry]]) -> int:
                for one in self._job_operations(job_id):
                    if one.stage is Stage.REQUESTED:
                        self.secrets.pop(one.asked.id, None)
                return await super().cancel(job_id, now, entries)

        return Rash(self.audit, self.queue, yields=True)


class UsedLinksStay(World):
    """A link to slips that was used goes on working beside a newer one."""

    def make_operations(self) -> FakeOperations:
        class Generous(FakeOperations):
            async def offer_link(self, link: SlipLink, entries: Sequence[AuditEntry]) -> None:
                used = [kept for kept in self.links.values() if kept.used and kept.open]
                await super().offer_link(link, entries)
                for kept in used:
                    kept.open = True

        return Generous(self.audit, self.queue, yields=True)


class EveryPressBegins(World):
    """A press that is delivered twice begins two operations."""

    def make_cases(self) -> None:
        super().make_cases()
        once, tokens = self.request, self._new_token

        async def press(actor: Actor, wish: Wish) -> Operation | Refused:
            return await once(actor, replace(wish, operation=wish.operation + tokens()))

        self.request = press  # type: ignore[assignment]  # it is called and nothing else


class NoDayLimit(World):
    """Any number of resets in a day."""

    def make_cases(self) -> None:
        super().make_cases()
        RequestUnlimited.use(self)


class RequestUnlimited(RequestPassword):
    def _judge(self, new: Any, past: Sequence[Operation]) -> Any:
        verdict = super()._judge(new, [])
        return replace(verdict, decision=ALLOWED, entries=(requested_entry(new, ALLOWED),))

    @classmethod
    def use(cls, world: World) -> None:
        world.request = cls(
            actors=world.directory,
            reader=world.directory,
            operations=world.operations,
            releases=world.directory,
            deputies=world.deputies,
            audit=world.audit,
            clock=world.clock,
            timing=world.timing,
            admit_synthetic=True,
        )


class OwnersPasswordReplaced(World):
    """At the end of its life a password is replaced without asking whether its owner has changed it."""

    def make_handlers(self) -> Any:
        class Blind(EndOfLife):
            async def _change(self, task: Task, operation: Operation) -> datetime | None:
                return None

        carry, burn, _, *others = super().make_handlers()
        end = Blind(
            reader=self.directory,
            writer=self.directory,
            operations=self.operations,
            queue=self.queue,
            rate_limit=self.rate_limit,
            clock=self.clock,
            timing=self.timing,
            writes_per_second=self.per_second,
            below=self.rng.randrange,
        )
        return carry, burn, end, *others


class ClaimedIsDone(World):
    """A task is struck off the list when it is begun, so that a killed worker's is never done."""

    def make_queue(self) -> FakeQueue:
        class Optimistic(FakeQueue):
            async def claim(self, kinds: Collection[str], most: int, lease: timedelta) -> tuple[Task, ...]:
                return await super().claim(kinds, most, timedelta(days=36_500))

        return Optimistic(self.clock, yields=True)


class PasswordInANotice(World):
    """The password is put where a message is made of it."""

    def make_operations(self) -> FakeOperations:
        class Chatty(FakeOperations):
            async def ready(
                self,
                task: Task,
                operation_id: str,
                times: SetTimes,
                *,
                entries: Sequence[AuditEntry],
                tasks: Sequence[NewTask],
                revoked: bool = False,
                superseded: Entries | None = None,
            ) -> bool:
                told = self.secrets[operation_id].reveal() if operation_id in self.secrets else ""
                chatty = [
                    replace(one, payload={**one.payload, "text": told}) if one.kind == NOTICE else one
                    for one in tasks
                ]
                return await super().ready(
                    task, operation_id, times, entries=entries, tasks=chatty, revoked=revoked, superseded=superseded
                )

        return Chatty(self.audit, self.queue, yields=True)


class IdentifierInTheAudit(World):
    """The audit log names people by their national identifiers."""

    def make_operations(self) -> FakeOperations:
        identifiers = {one.person.id: one.person.identifier for one in ACCOUNTS}

        class Telling(FakeOperations):
            def _end(self, call: str, entries: Any = (), tasks: Any = ()) -> None:
                told = [
                    replace(one, detail={**one.detail, "egn": identifiers.get(one.subject, "")}) for one in entries
                ]
                super()._end(call, told, tasks)

        return Telling(self.audit, self.queue, yields=True)


PLANTS: dict[type[World], set[str]] = {
    AnotherPasswordOnEachTry: {"I2", "I6"},
    AnotherPasswordAfterEveryRefusal: {"I2", "I6"},
    ShownForEver: {"I3"},
    ShownOnlyOnce: {"I3"},
    ShownToAnybody: {"I3", "I10"},
    ShownToFormerDirectors: {"I3"},
    NoFence: {"I2", "I6", "I9"},
    OldRights: {"I1", "I5"},
    EverybodyReleased: {"I5"},
    NothingBurns: {"I4"},
    HandedOverAndKept: {"I4"},
    OlderOnesStayAlive: {"I2"},
    SetIsNotRecorded: {"I6"},
    FailedForCertain: {"I6"},
    DoubtIsForgotten: {"I2", "I6"},
    CancelledUnderWay: {"I6", "I10"},
    UsedLinksStay: {"I3"},
    EveryPressBegins: {"I6"},
    NoDayLimit: {"I1"},
    OwnersPasswordReplaced: {"I1"},
    ClaimedIsDone: {"I4", "I9"},
    PasswordInANotice: {"I4"},
    IdentifierInTheAudit: {"I7"},
}
"""What is planted, and the invariants by which it may be found."""
