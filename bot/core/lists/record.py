"""What the audit log keeps of lists of accounts: never a name, an identifier or a username."""

from collections.abc import Mapping
from datetime import datetime

from bot.core.audit import AuditEntry

WORKER = "worker"
LIST = "account.list"
COLUMNS = "account.list-columns"
ELSEWHERE = "account.listed-elsewhere"


def list_entry(at: datetime, actor: str, school: str, outcome: str, *, people: int = 0) -> AuditEntry:
    """The page was offered; a list came by it, or from the folder."""
    return AuditEntry(at, actor, LIST, school, outcome, {"people": str(people)} if people else {})


def columns_entry(at: datetime, actor: str, school: str, told: Mapping[str, object]) -> AuditEntry:
    """Somebody told what stands in columns."""
    return AuditEntry(at, actor, COLUMNS, school, "told", {"tables": ",".join(sorted(told))[:400]})


def elsewhere_entry(at: datetime, school: str, *, asked: int) -> AuditEntry:
    """Usernames that a list has and the school has not are asked for."""
    return AuditEntry(at, WORKER, ELSEWHERE, school, "asked", {"asked": str(asked)})


def found_entry(at: datetime, school: str, *, found: int) -> AuditEntry:
    """Of so many of these the account is known to be in use or off elsewhere."""
    return AuditEntry(at, WORKER, ELSEWHERE, school, "found", {"found": str(found)})
