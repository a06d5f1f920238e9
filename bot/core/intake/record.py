"""What the audit log keeps of intake: an entry for each student asked for, with the reason. No number, no name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.core.actors.model import Actor
from bot.core.audit import AuditEntry
from bot.core.decision import Decision
from bot.core.people.model import Person

ASKED = "intake.lookup"
REFUSED = "intake.refused"
ALARM = "intake.alarm"
REASON = "intake"
"""The stated reason of every look-up of intake: приемане."""


@dataclass(frozen=True, slots=True)
class IntakeQuestion:
    """Who takes in whom: into which grade of which school, in which season."""

    actor: Actor
    at: datetime
    school: str
    grade: str
    season: int


def asked_entry(
    question: IntakeQuestion,
    asked: tuple[str, str],
    outcome: str,
    *,
    accounts: Iterable[Person] = (),
    subject: str = "",
) -> AuditEntry:
    """One number or username of a list. `asked`: its kind, and what stands for it; `subject`: whose username was
    shown.
    """
    by, alias = asked
    schools = sorted({school.id for account in accounts for school in account.schools})
    detail = {**_of(question), "by": by, "schools": ",".join(schools)}
    return AuditEntry(question.at, question.actor.object_id, ASKED, subject or alias, outcome, detail)


def refused_entry(question: IntakeQuestion, count: int, decision: Decision) -> AuditEntry:
    """A list that was not looked up."""
    detail = {**_of(question), "count": str(count), "why": str(decision.denied_because)}
    return AuditEntry(question.at, question.actor.object_id, REFUSED, question.school, "denied", detail)


def guessing_entry(question: IntakeQuestion, until: datetime) -> AuditEntry:
    """The list with which a pause begins."""
    detail = {**_of(question), "until": until.isoformat()}
    return AuditEntry(question.at, question.actor.object_id, ALARM, question.actor.object_id, "raised", detail)


def _of(question: IntakeQuestion) -> dict[str, str]:
    return {
        "reason": REASON,
        "grade": question.grade,
        "season": str(question.season),
        "school": question.school,
    }
