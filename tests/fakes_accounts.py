"""Accounts of schools in memory: honest stand-ins for looks at the directory, for the board's store and class teachers."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.core.accounts.model import (
    Account,
    BoardRow,
    Choices,
    Ending,
    GivenPassword,
    Looked,
    NewReceipt,
    OwnGroup,
    Receipt,
    ReceiptOutcome,
    Week,
)
from bot.core.accounts.ports import ASK_LIVES, Ask, KeptBoard, OwnClass, Reversal, Settle
from bot.core.audit import AuditEntry
from bot.core.decision import Decision
from bot.core.handover.changes import CLOCKS_DIFFER, DOUBT_ENDS
from bot.core.handover.model import Ground, Recipient
from bot.core.passwords.model import Operation, Stage
from bot.core.people.model import School
from bot.core.tasks import NewTask, Task
from tests.fakes import FakeAuditLog, FakeClock
from tests.fakes_passwords import FakeOperations, FakeQueue


class FakeSchoolAccounts:
    """`SchoolAccounts` and `OwnClasses`: the accounts of each school by its id, the own classes by the teacher's.
    `read` may give the accounts anew at each look; `looks` counts them.
    """

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.accounts: dict[str, tuple[Account, ...]] = {}
        self.read: Callable[[Account], Account] = lambda account: account
        self.own: dict[str, tuple[OwnClass, ...]] = {}
        self.looks = 0
        self.fail_with: Exception | None = None

    async def look(self, school: School) -> Looked:
        await asyncio.sleep(0)
        if self.fail_with is not None:
            raise self.fail_with
        self.looks += 1
        return Looked(school, self.clock(), tuple(map(self.read, self.accounts.get(school.id, ()))))

    async def own_classes(self, teacher: str, schools: Sequence[School]) -> tuple[OwnClass, ...]:
        await asyncio.sleep(0)
        if self.fail_with is not None:
            raise self.fail_with
        ids = {school.id for school in schools}
        return tuple(one for one in self.own.get(teacher, ()) if one.school.id in ids)


class FakeAccountStore:
    """`Boards`, `Receipts`, `SchoolChoices` and `Asks`, beside the operations of temporary passwords."""

    def __init__(self, clock: FakeClock, audit: FakeAuditLog, queue: FakeQueue, operations: FakeOperations) -> None:
        self.clock, self.audit, self.queue, self.operations = clock, audit, queue, operations
        self.looked: dict[str, Looked] = {}
        self.weeks: dict[str, dict[str, Week]] = {}
        self.told_at: dict[tuple[str, str], datetime] = {}
        self.receipts, self.reversals = operations.receipts, operations.reversals
        self.chosen: dict[str, Choices] = {}
        self.kept_groups: dict[str, tuple[str, OwnGroup]] = {}
        self.asked: dict[str, Ask] = {}
        self.directors: dict[str, datetime] = {}
        """When a director came from each school, the last time."""

    async def kept(self, school_id: str) -> KeptBoard:
        await asyncio.sleep(0)
        looked = self.looked.get(school_id)
        if looked is None:
            return KeptBoard(None)
        weeks = sorted(self.weeks.get(school_id, {}).values(), key=lambda week: week.monday)
        return KeptBoard(looked.at, self._rows(school_id, looked.accounts, self.clock(), looked.at), tuple(weeks))

    async def keep(self, looked: Looked, fresh: Sequence[str], settle: Settle, task: Task | None = None) -> bool:
        await asyncio.sleep(0)
        if task is not None:
            self.queue.fence(task)
        school = looked.school.id
        before = self.looked.get(school)
        newer = before is None or looked.at > before.at
        if newer:
            here = {one.person for one in looked.accounts}
            untold = [one for one in fresh if one in here and (school, one) not in self.told_at]
            week, tasks = settle(untold, self._rows(school, looked.accounts, looked.at, looked.at))
            gone = {one.person for one in before.accounts} - here if before else set()
            for person in gone:
                self.told_at.pop((school, person), None)
            self.told_at |= {(school, person): looked.at for person in untold}
            self.looked[school] = looked
            self.weeks.setdefault(school, {})[week.monday] = week
            self.queue.write(tasks)
        if task is not None:
            self.queue.finish(task)
        return newer

    async def due(self, before: datetime, directors_since: datetime) -> tuple[str, ...]:
        await asyncio.sleep(0)
        never = datetime.min.replace(tzinfo=before.tzinfo)
        looked = {school: one.at for school, one in self.looked.items()}
        due = [
            (looked.get(school, never), school)
            for school, seen in self.directors.items()
            if seen >= directors_since and looked.get(school, never) <= before
        ]
        return tuple(school for _, school in sorted(due))

    async def told(self, school_id: str, at: datetime) -> tuple[BoardRow, ...]:
        kept = await self.kept(school_id)
        return tuple(row for row in kept.rows if self.told_at.get((school_id, row.account.person)) == at)

    async def note(
        self,
        new: Sequence[NewReceipt],
        judge: Callable[[BoardRow], ReceiptOutcome],
        entry: Callable[[NewReceipt], AuditEntry],
    ) -> Mapping[str, ReceiptOutcome]:
        await asyncio.sleep(0)
        noted: dict[str, ReceiptOutcome] = {}
        done: list[NewReceipt] = []
        rows = {row.account.person: row for one in new[:1] for row in self._here(one.school, one.at)}
        for one in {each.id: each for each in new}.values():
            if one.id in self.receipts:
                back = one.id in self.reversals
                noted[one.person] = ReceiptOutcome.TAKEN_BACK if back else ReceiptOutcome.DONE
            elif one.person not in rows:
                noted[one.person] = ReceiptOutcome.GONE
            else:
                noted[one.person] = judge(rows[one.person])
                done += [one] if noted[one.person] is ReceiptOutcome.DONE else []
        self._record([entry(one) for one in done])
        self.receipts |= {one.id: one for one in done}
        return noted

    async def reverse(self, reversal: Reversal, entries: Sequence[AuditEntry]) -> bool:
        await asyncio.sleep(0)
        if (before := self.reversals.get(reversal.receipt)) is not None:
            return before.id == reversal.id
        about = (reversal.school, reversal.person)
        receipt = self.receipts.get(reversal.receipt)
        operation = self.operations.operations.get(reversal.receipt)
        noted = receipt is not None and (receipt.school, receipt.person) == about
        handed = (
            operation is not None
            and operation.handed_at is not None
            and (operation.asked.school, operation.asked.person) == about
        )
        if not noted and not handed:
            return False
        self._record(entries)
        self.reversals[reversal.receipt] = reversal
        return True

    async def received(self, person_ids: Collection[str]) -> Collection[str]:
        await asyncio.sleep(0)
        wanted = set(person_ids)
        standing = (one for one in self.receipts.values() if one.id not in self.reversals)
        return frozenset(one.person for one in standing if one.person in wanted)

    async def made_for_parents(
        self, school_id: str, person_ids: Collection[str], now: datetime
    ) -> Mapping[str, datetime]:
        await asyncio.sleep(0)
        on_board = {row.account.person: row.given for row in self._here(school_id, now)}
        return {
            person: given.asked_at
            for person in person_ids
            if (given := on_board.get(person)) is not None
            for one in self._of(person)
            if (one.asked.at, one.asked.school) == (given.asked_at, school_id)
            and (one.asked.recipient, one.asked.ground) == (Recipient.PARENT, Ground.UNDER_14)
        }

    async def choices(self, school_id: str) -> Choices:
        await asyncio.sleep(0)
        return self.chosen.get(school_id, Choices())

    async def choose(self, school_id: str, choices: Choices, entries: Sequence[AuditEntry]) -> None:
        await asyncio.sleep(0)
        self._record(entries)
        self.chosen[school_id] = choices

    async def groups(self, school_id: str) -> tuple[OwnGroup, ...]:
        await asyncio.sleep(0)
        mine = [group for school, group in self.kept_groups.values() if school == school_id]
        return tuple(sorted(mine, key=lambda group: (group.name.casefold(), group.id)))

    async def keep_group(self, school_id: str, group: OwnGroup, entries: Sequence[AuditEntry], most: int) -> bool:
        others = [one for one in await self.groups(school_id) if one.id != group.id]
        if len(others) >= most or self.kept_groups.get(group.id, (school_id, group))[0] != school_id:
            return False
        self._record(entries)
        self.kept_groups[group.id] = (school_id, group)
        return True

    async def drop_group(self, school_id: str, group_id: str, entries: Sequence[AuditEntry]) -> bool:
        await asyncio.sleep(0)
        if self.kept_groups.get(group_id, ("", None))[0] != school_id:
            return False
        self._record(entries)
        del self.kept_groups[group_id]
        return True

    async def ask(
        self,
        new: Ask,
        judge: Callable[[Sequence[datetime]], Decision],
        entries: Sequence[AuditEntry],
        tasks: Sequence[NewTask],
    ) -> Ask | Decision:
        await asyncio.sleep(0)
        for known in self.asked.values():
            mine = known.id == new.id and known.teacher == new.teacher
            same = (known.school, known.person) == (new.school, new.person) and self._open(known, new.at)
            if mine or same:
                return known
        asked = (one.at for one in self.asked.values() if one.teacher == new.teacher)
        decision = judge(sorted(at for at in asked if at > new.at - timedelta(days=1)))
        if not decision.allowed:
            return decision
        self._record(entries)
        self.asked[new.id] = new
        self.queue.write(tasks)
        return new

    async def one(self, ask_id: str) -> tuple[Ask, bool] | None:
        await asyncio.sleep(0)
        found = self.asked.get(ask_id)
        return None if found is None else (found, self._open(found, self.clock()))

    async def answered(self, ask: Ask) -> bool:
        await asyncio.sleep(0)
        return self._answered(ask)

    async def answered_by(self, person: str, school: str, at: datetime) -> tuple[str, ...]:
        await asyncio.sleep(0)
        here = [one for one in self.asked.values() if (one.person, one.school) == (person, school)]
        found = [one for one in here if at - ASK_LIVES < one.at <= at]
        return tuple(one.id for one in sorted(found, key=lambda one: (one.at, one.id)))

    def _open(self, ask: Ask, now: datetime) -> bool:
        return ask.at > now - ASK_LIVES and not self._answered(ask)

    def _answered(self, ask: Ask) -> bool:
        own = [one for one in self._of(ask.person) if one.asked.school == ask.school]
        return any(one.counts and one.asked.at >= ask.at for one in own)

    def _record(self, entries: Sequence[AuditEntry]) -> None:
        if self.audit.fail_with is not None:
            raise self.audit.fail_with
        self.audit.entries.extend(entries)

    def rows(self, school: str) -> tuple[BoardRow, ...]:
        """The school as it was looked at last, with what is known now."""
        return self._here(school, self.clock())

    def _here(self, school: str, now: datetime) -> tuple[BoardRow, ...]:
        looked = self.looked.get(school)
        return () if looked is None else self._rows(school, looked.accounts, now, looked.at)

    def _rows(
        self, school: str, accounts: Iterable[Account], now: datetime, seen_at: datetime
    ) -> tuple[BoardRow, ...]:
        return tuple(self._row(school, account, now, seen_at) for account in accounts)

    def _row(self, school: str, account: Account, now: datetime, seen_at: datetime) -> BoardRow:
        counting = [one for one in self._of(account.person) if one.counts and not _never_set(one, account, seen_at)]
        newest = max(counting, key=lambda one: (one.asked.at, one.asked.id), default=None)
        taken_back = set(self.reversals)
        stand = [one for one in self.receipts.values() if one.person == account.person and one.id not in taken_back]
        last = max(stand, key=lambda one: (one.at, one.id), default=None)
        receipts = [Receipt(last.id, last.at, last.recipient, last.school)] if last else []
        if newest and newest.handed_at is not None and newest.asked.id not in taken_back:
            to = Recipient(newest.asked.recipient)
            receipts.append(Receipt(newest.asked.id, newest.handed_at, to, newest.asked.school))
        given = None if newest is None else _given(newest, school)
        asked = [
            one.at
            for one in self.asked.values()
            if (one.school, one.person) == (school, account.person) and self._open(one, now)
        ]
        receipt = max(receipts, key=lambda one: one.at, default=None)
        return BoardRow(account, given, receipt, max(asked, default=None))

    def _of(self, person: str) -> list[Operation]:
        return [one for one in self.operations.operations.values() if one.asked.person == person]


def _never_set(one: Operation, account: Account, seen_at: datetime) -> bool:
    if one.stage is not Stage.FAILED or account.changed is None:
        return False
    return account.changed < one.asked.at - CLOCKS_DIFFER and seen_at > one.asked.at + DOUBT_ENDS


def _given(one: Operation, school: str) -> GivenPassword:
    return GivenPassword(
        one.asked.at,
        one.set_at,
        one.shown_at,
        Ending(one.ending),
        failed=one.stage is Stage.FAILED,
        elsewhere=one.asked.school != school,
    )
