"""What the audit log keeps of handing over: never a name, an identifier or a password."""

from datetime import datetime

from bot.core.accounts.model import Choices, NewReceipt
from bot.core.accounts.ports import Ask, Reversal
from bot.core.audit import AuditEntry

HANDED = "account.handed"
REVERSED = "account.handing-reversed"
CHOSEN = "account.choices"
GROUP = "account.group"
ASKED = "account.password-asked"
PAPER = "account.paper"
TABLE = "account.table"


def handed_entry(receipt: NewReceipt) -> AuditEntry:
    """Somebody says that the account was handed over."""
    detail = {
        "closing": receipt.closing,
        "school": receipt.school,
        "recipient": receipt.recipient.value,
        "ground": receipt.ground.value,
    }
    return AuditEntry(receipt.at, receipt.actor, HANDED, receipt.person, "done", detail)


def reversed_entry(reversal: Reversal) -> AuditEntry:
    """Somebody says that it was not."""
    detail = {"receipt": reversal.receipt, "school": reversal.school, "reason": reversal.reason}
    return AuditEntry(reversal.at, reversal.actor, REVERSED, reversal.person, "done", detail)


def choices_entry(at: datetime, actor: str, school: str, choices: Choices) -> AuditEntry:
    """What the director has chosen for the school."""
    detail = {
        "closers": choices.closers.value,
        "weekly": "yes" if choices.weekly else "no",
        "sentence": choices.sentence,
    }
    return AuditEntry(at, actor, CHOSEN, school, "done", detail)


def group_entry(at: datetime, actor: str, school: str, group: str, *, people: int | None) -> AuditEntry:
    """A group was kept with so many people; None: it was removed."""
    detail = {"group": group} | ({} if people is None else {"people": str(people)})
    return AuditEntry(at, actor, GROUP, school, "removed" if people is None else "kept", detail)


def asked_entry(ask: Ask) -> AuditEntry:
    """A class teacher asked the directors for a password."""
    return AuditEntry(ask.at, ask.teacher, ASKED, ask.person, "asked", {"ask": ask.id, "school": ask.school})


def paper_entry(at: datetime, actor: str, school: str, paper: str, outcome: str, *, people: int) -> AuditEntry:
    """A paper for so many people was offered, or downloaded."""
    return AuditEntry(at, actor, PAPER, school, outcome, {"paper": paper, "people": str(people)})


def table_entry(at: datetime, actor: str, school: str, outcome: str, *, people: int = 0) -> AuditEntry:
    """The board was offered as a table, or downloaded with so many people."""
    return AuditEntry(at, actor, TABLE, school, outcome, {"people": str(people)} if people else {})
