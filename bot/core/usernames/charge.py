"""One look-up in the ledger: reserved before the directory is asked, settled before the answer is given."""

from collections.abc import Iterator, Sequence
from datetime import timedelta, tzinfo
from hashlib import sha256

from bot.core.audit import AuditEntry, AuditLog
from bot.core.decision import Decision
from bot.core.ports import LookupLedger
from bot.core.tasks import NewTask
from bot.core.usernames.alarm import alarm
from bot.core.usernames.model import Answer, Attempt, Found, LookupLimits, NotFound, Outcome, Reach, Several, TooMany
from bot.core.usernames.policy import judge, last_outside, misses_among, schools_among
from bot.core.usernames.record import Question, alarm_entry, denied_entry, lookup_entry


class Charge:
    """What one question costs its director. `operation` identifies the press that asked it."""

    def __init__(
        self, ledger: LookupLedger, audit: AuditLog, limits: LookupLimits, question: Question, operation: str
    ) -> None:
        if not operation:
            raise ValueError("without an operation id a repeated press would be charged as a new one")
        self._ledger = ledger
        self._audit = audit
        self._limits = limits
        self._question = question
        # What is asked belongs to the id: otherwise one press, resent with other inputs, would look up for free.
        asked = f"{operation}\0{question.by}\0{question.reach}\0{question.alias}"
        self._operation = sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()
        self._before: tuple[Attempt, ...] | None = None
        self._own_is_spent = False

    async def reserve(self, zone: tzinfo) -> Decision:
        """Charges the look-up, or says why not; a denial is in the audit log when this returns."""
        at, reach = self._question.at, self._question.reach

        def within_budget(attempts: Sequence[Attempt]) -> Decision:
            self._before = last_outside(attempts, self._limits.misses_within - 1)
            self._own_is_spent = not judge(attempts, Reach.OWN, at, self._limits, zone).allowed
            return judge(attempts, reach, at, self._limits, zone)

        decision = await self._ledger.reserve(self._actor_id, self._operation, reach, at, within_budget)
        if not decision.allowed:
            await self._audit.append(denied_entry(self._question, decision))
        return decision

    async def fail(self) -> None:
        """The directory gave no answer: charged to nobody, recorded all the same."""
        reach = self._question.reach
        entry = lookup_entry(self._question, reach, Outcome.FAILED)
        await self._ledger.settle(self._actor_id, self._operation, reach, Outcome.FAILED, (entry,))

    async def settle(self, answer: Answer) -> None:
        """What the look-up came to, with its audit entry, and the alarm if it begins a pause: recorded, and told to
        whom it concerns, in the same transaction.
        """
        reach = self._final_reach(answer)
        tasks: list[NewTask] = []
        schools: frozenset[str] = frozenset()
        match answer:
            case Found(accounts, current=current):
                subject = current or accounts[0].id
                entries = [lookup_entry(self._question, reach, Outcome.HIT, subject, accounts)]
                schools = frozenset(school.id for account in accounts for school in account.schools)
            case Several(people):
                entries = [lookup_entry(self._question, reach, Outcome.HIT, accounts=people)]
            case TooMany(count):
                entries = [lookup_entry(self._question, reach, Outcome.HIT, count=count)]
            case _:
                near = answer.near if isinstance(answer, NotFound) else ()
                entries = [lookup_entry(self._question, reach, Outcome.MISS, accounts=near)]
                for entry, task in self._alarm(reach):
                    entries.append(entry)
                    tasks.append(task)
        outcome = Outcome(entries[0].outcome)
        await self._ledger.settle(
            self._actor_id, self._operation, reach, outcome, entries, schools=schools, tasks=tasks
        )

    @property
    def _actor_id(self) -> str:
        return self._question.actor.object_id

    def _alarm(self, reach: Reach) -> Iterator[tuple[AuditEntry, NewTask]]:
        if reach is not Reach.OTHER or self._before is None:
            return
        misses = misses_among(self._before) + 1
        if misses < self._limits.misses:
            return
        schools = len(schools_among(self._before))
        actor, at = self._question.actor, self._question.at
        office = schools >= self._limits.schools_for_office
        until = at + timedelta(minutes=self._limits.pause_minutes)
        yield alarm_entry(self._question, misses, schools, until), alarm(actor, at, until, office=office)

    def _final_reach(self, answer: Answer) -> Reach:
        """Who turned out to be of their school is charged to its budget, as long as that has room: otherwise a
        stated reason would be a way around it.
        """
        school = self._question.actor.school
        if not isinstance(answer, Found) or school is None or self._own_is_spent:
            return self._question.reach
        own = all(account.attends(school.id) for account in answer.accounts)
        return Reach.OWN if own else self._question.reach
