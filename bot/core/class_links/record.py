"""What the audit log keeps of class links: never a name."""

from datetime import datetime

from bot.core.audit import AuditEntry
from bot.core.class_links.cases import LinkCase, Platform
from bot.core.people.model import School

WORKER = "worker"


def case_entry(case: LinkCase, at: datetime, actor: str, outcome: str) -> AuditEntry:
    """A case was opened, carried out, given up or answered."""
    detail = {"school": case.school.code, "class": case.class_id, "case": case.id}
    if case.count:
        detail["count"] = str(case.count)
    if case.trouble is not None:
        detail["trouble"] = case.trouble.value
    return AuditEntry(at, actor, f"links.{case.matter.value}", case.class_id or case.title[:60], outcome, detail)


def platform_entry(at: datetime, actor: str, school_id: str, platform: Platform) -> AuditEntry:
    """The director chose where the school's classes live."""
    return AuditEntry(at, actor, "links.platform", school_id, platform.value)


def mark_entry(at: datetime, actor: str, school_id: str, class_id: str, outcome: str) -> AuditEntry:
    """A link made by hand was marked, or the mark taken away."""
    return AuditEntry(at, actor, "links.mark", class_id, outcome, {"school": school_id})


def page_entry(
    at: datetime, actor: str, link_page: str, school: School, outcome: str, *, count: int = 0
) -> AuditEntry:
    """The table of links was offered or downloaded, a list uploaded."""
    detail = {"school": school.code} | ({"count": str(count)} if count else {})
    return AuditEntry(at, actor, f"links.{link_page}", school.id, outcome, detail)
