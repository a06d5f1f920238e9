"""Intake's ledger and a region's schools in memory: honest stand-ins for their ports."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision
from bot.core.intake.model import Charged
from bot.core.intake.ports import Follows
from bot.core.oversight.figures import SchoolFigures
from bot.core.people.model import School
from bot.core.people.regions import region_key
from bot.core.tasks import NewTask
from tests.fakes import FakeAuditLog


@dataclass
class _Row:
    season: int
    charged: Charged


@dataclass
class FakeIntake:
    """`IntakeLedger` in memory: one lock stands for the serialised transactions."""

    audit: FakeAuditLog = field(default_factory=FakeAuditLog)
    rows: dict[tuple[str, str], _Row] = field(default_factory=dict)
    tasks: list[NewTask] = field(default_factory=list)
    fail_with: Exception | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def charges(self, school: str, season: int) -> tuple[Charged, ...]:
        await self._turn()
        return self._charges(school, season)

    async def reserve(
        self,
        school: str,
        operation: str,
        *,
        actor: str,
        at: datetime,
        season: int,
        count: int,
        judge: Callable[[Sequence[Charged]], Decision],
    ) -> Decision:
        assert actor
        async with self._lock:
            await self._turn()
            if (school, operation) in self.rows:
                return ALLOWED
            decision = judge(self._charges(school, season))
            if decision.allowed:
                self.rows[school, operation] = _Row(season, Charged(at, count))
            return decision

    async def settle(
        self,
        school: str,
        operation: str,
        charged: Charged,
        *,
        actor: str,
        season: int,
        entries: Sequence[AuditEntry],
        follows: Callable[[Sequence[Charged]], Follows],
    ) -> tuple[Charged, ...]:
        assert actor
        async with self._lock:
            await self._turn()
            row = self.rows.get((school, operation))
            first = row is None or row.charged.missed is None
            if row is None:
                row = self.rows[school, operation] = _Row(season, charged)
            elif first:
                row.charged = replace(row.charged, count=charged.count, missed=charged.missed)
            charges = self._charges(school, row.season)
            then = follows(charges) if first else Follows()
            self.audit.entries.extend((*entries, *then.entries))
            self.tasks.extend(then.tasks)
            return charges

    async def release(self, school: str, operation: str, entries: Sequence[AuditEntry]) -> None:
        async with self._lock:
            await self._turn()
            row = self.rows.get((school, operation))
            if row is not None and row.charged.missed is None:
                del self.rows[school, operation]
            self.audit.entries.extend(entries)

    def _charges(self, school: str, season: int) -> tuple[Charged, ...]:
        found = ((key[1], row) for key, row in self.rows.items() if key[0] == school and row.season == season)
        ordered = sorted(found, key=lambda one: (one[1].charged.at, one[0]))
        return tuple(row.charged for _, row in ordered)

    async def _turn(self) -> None:
        await asyncio.sleep(0)
        if self.fail_with is not None:
            raise self.fail_with


@dataclass
class FakeRegion:
    """`SchoolsOfRegion` and `Figures`."""

    schools: Sequence[School] = ()
    known: Mapping[str, SchoolFigures] = field(default_factory=dict)
    fail_with: Exception | None = None

    async def schools_of_region(self, region: str) -> tuple[School, ...]:
        await asyncio.sleep(0)
        if self.fail_with is not None:
            raise self.fail_with
        return tuple(one for one in self.schools if region_key(one.region) == region_key(region))

    async def figures(self, schools: Collection[str]) -> Mapping[str, SchoolFigures]:
        await asyncio.sleep(0)
        return {one: self.known[one] for one in schools if one in self.known}
