"""A director finds a person's username."""

from dataclasses import dataclass, field
from datetime import tzinfo
from hmac import compare_digest

from bot.core.actors.model import Actor
from bot.core.actors.permits import may_look_up
from bot.core.clock import sofia
from bot.core.people.identifiers import read_as_written
from bot.core.ports import AuditLog, Clock, Directory, LookupLedger, Pseudonyms
from bot.core.usernames.charge import Charge
from bot.core.usernames.model import Answer, ByIdentifier, Denied, LookupLimits, Purpose, Query, Unreadable
from bot.core.usernames.policy import reach_of, stated
from bot.core.usernames.record import Question
from bot.core.usernames.search import SearchPeople, SearchTerm, read


@dataclass(frozen=True, slots=True, kw_only=True)
class FindUsername:
    """Finds the accounts of one person, for a director.

    - Without a stated reason only their school exists: who is elsewhere and who is nowhere get the same answer by
      the same calls.
    - The budget is charged before the directory is asked and settled before the answer is given, so that parallel
      presses cannot overrun it and no answer goes unrecorded.
    - One look-up leaves one audit entry, also when it is denied by the budget or the directory fails.
    """

    directory: Directory
    ledger: LookupLedger
    audit: AuditLog
    pseudonyms: Pseudonyms
    clock: Clock
    limits: LookupLimits
    domain: str
    admit_synthetic: bool = False
    zone: tzinfo = field(default_factory=sofia)

    async def __call__(self, actor: Actor, query: Query, purpose: Purpose | None, operation: str) -> Answer:
        """The answer. `operation` identifies the press: the same press delivered twice is charged once.

        Errors: DirectoryError and its kinds (charged to nobody), StoreUnavailable (nothing was shown).
        """
        permit = may_look_up(actor)
        if not permit.allowed or actor.school is None:
            return Denied(permit)
        now = self.clock()
        asked = read(query, now.astimezone(self.zone).date(), self.domain, self.admit_synthetic)
        if isinstance(asked, Unreadable):
            asked = self._as_written(query, asked)
        if isinstance(asked, Unreadable):
            return asked
        purpose = stated(purpose)
        question = Question(actor, now, asked.by, self._alias(asked), reach_of(query, purpose), purpose)
        charge = Charge(self.ledger, self.audit, self.limits, question, operation)
        decision = await charge.reserve(self.zone)
        if not decision.allowed:
            return Denied(decision)
        try:
            answer = await SearchPeople(self.directory, self.limits)(asked, actor.school, question.reach)
        except BaseException:  # also when the turn's time is over: nobody pays for a look-up that was not answered
            await charge.fail()
            raise
        await charge.settle(answer)
        return answer

    def _as_written(self, query: Query, unreadable: Unreadable) -> SearchTerm | Unreadable:
        """A number that breaks a rule of its kind, as some issued ones do: read when it comes once more."""
        number = read_as_written(unreadable.problem) if unreadable.problem is not None else None
        if number is None or not isinstance(query, ByIdentifier):
            return unreadable
        mark = self.pseudonyms.of(f"as-written-{number.kind.value}", number.digits)
        if compare_digest(mark.encode(), query.again.encode("utf-8", "surrogatepass")):
            return SearchTerm(number.kind.value, number.digits, number)
        return Unreadable(unreadable.problem, again=mark)

    def _alias(self, asked: SearchTerm) -> str:
        """What stands for the question in ledger and audit: never the identifier or name itself."""
        return asked.value if asked.by == "choice" else self.pseudonyms.of(asked.by, asked.value)
