"""What the audit log keeps of a look-up: who asked, why, and whose account was shown. No identifier, no name."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.actors.model import Actor
from bot.core.audit import AuditEntry
from bot.core.decision import Decision
from bot.core.people.model import Person
from bot.core.usernames.model import Outcome, Purpose, Reach

LOOKUP = "username.lookup"
ALARM = "username.alarm"


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks what, when and why. `by` is the kind of identifier, `username`, `name` or `choice`; `alias` stands for
    what was asked: a pseudonym, or the object id of a choice.
    """

    actor: Actor
    at: datetime
    by: str
    alias: str
    reach: Reach
    purpose: Purpose | None


def lookup_entry(
    question: Question,
    reach: Reach,
    outcome: Outcome,
    subject: str = "",
    accounts: tuple[Person, ...] = (),
    *,
    count: int = 0,
) -> AuditEntry:
    """A look-up that was charged to the budget of `reach`. `subject` is the shown account's object id, if one was;
    `count` says how many there were where none was shown.
    """
    schools = sorted({school.id for account in accounts for school in account.schools})
    detail = {**_asked(question, reach), "accounts": str(count or len(accounts)), "schools": ",".join(schools)}
    return _entry(question, LOOKUP, subject or question.alias, outcome.value, detail)


def denied_entry(question: Question, decision: Decision) -> AuditEntry:
    """A look-up the budget did not allow."""
    detail = {**_asked(question, question.reach), "reason": str(decision.denied_because)}
    return _entry(question, LOOKUP, question.alias, "denied", detail)


def alarm_entry(question: Question, misses: int, schools: int, until: datetime) -> AuditEntry:
    """The miss with which a pause begins. The subject is the director who is missing; `schools`: how many schools
    those that were found between the misses attend; `until`: when the pause ends.
    """
    detail = {"misses": str(misses), "schools": str(schools), "until": until.isoformat()}
    return _entry(question, ALARM, question.actor.object_id, "raised", detail)


def _entry(question: Question, action: str, subject: str, outcome: str, detail: dict[str, str]) -> AuditEntry:
    return AuditEntry(question.at, question.actor.object_id, action, subject, outcome, detail)


def _asked(question: Question, reach: Reach) -> dict[str, str]:
    return {
        "by": question.by,
        "reach": reach.value,
        "purpose": question.purpose.kind.value if question.purpose else "",
        "purpose_text": question.purpose.text if question.purpose else "",
    }
