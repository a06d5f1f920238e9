"""How a transfer request lies in its row."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from bot.core.known import known, known_or_none
from bot.core.people.free_text import free_text
from bot.core.people.model import School
from bot.core.people.regions import region_key
from bot.core.transfers.model import (
    LONGEST_CERTIFICATE,
    LONGEST_NOTE,
    LONGEST_REASON,
    Appeal,
    Asked,
    Basis,
    Deadlines,
    Problem,
    Remark,
    Side,
    State,
    Transfer,
    Verdict,
)
from bot.database.keys import DatabaseKeys
from bot.database.tables import from_milliseconds, to_milliseconds

_SCHOOL = ("code", "name", "town", "region")
_WORDS = (
    "actor_name",
    "conversation",
    "name",
    "username",
    "class_",
    "masked",
    "to_class",
    "basis",
    "basis_text",
    "certificate",
    "note",
)


def asked_row(asked: Asked, keys: DatabaseKeys) -> dict[str, Any]:
    """The part of the row that does not change."""
    hidden = {name: str(getattr(asked, name)) for name in _WORDS}
    hidden["certificate_date"] = asked.certificate_date.isoformat() if asked.certificate_date else ""
    for side, school in (("receiving", asked.receiving), ("releasing", asked.releasing)):
        hidden |= {f"{side}.{name}": getattr(school, name) for name in _SCHOOL}
    return {
        "id": asked.id,
        "at": to_milliseconds(asked.at),
        "actor": asked.actor,
        "tenant": asked.tenant,
        "receiving": asked.receiving.id,
        "releasing": asked.releasing.id,
        "region": region_key(asked.releasing.region),
        "person": asked.person,
        "office_only": int(asked.office_only),
        "detail": keys.seal(hidden, "transfer", "detail", asked.id),
    }


def state_row(transfer: Transfer, keys: DatabaseKeys) -> dict[str, Any]:
    """The part of the row that changes, without the version."""
    verdict, deadlines = transfer.verdict, transfer.deadlines
    words = None
    if verdict is not None:
        hidden = {"by_name": verdict.by_name, "reason": verdict.reason, "where": verdict.where}
        hidden |= _appeal_words(transfer.appeal)
        words = keys.seal(hidden, "transfer", "verdict", transfer.id)
    return {
        "state": transfer.state.value,
        "remind_at": to_milliseconds(deadlines.remind_at),
        "overdue_at": to_milliseconds(deadlines.overdue_at),
        "escalate_at": to_milliseconds(deadlines.escalate_at),
        "expire_at": to_milliseconds(deadlines.expire_at),
        "last_reminded_at": _optional(transfer.last_reminded_at),
        "returned": transfer.returned,
        "decided_by": None if verdict is None else verdict.by,
        "decided_as": None if verdict is None else verdict.as_.value,
        "decided_at": None if verdict is None else to_milliseconds(verdict.at),
        "verdict": words,
        "started_at": _optional(transfer.started_at),
        "problem": None if transfer.problem is None else transfer.problem.value,
        "remark": transfer.remark.value,
        "ended_at": _optional(transfer.ended_at),
    }


def read_transfer(row: Row[Any], keys: DatabaseKeys) -> Transfer:
    """The request in a row. Undecipherable when a hidden part was changed or moved, NotKnownHere when another release
    wrote it.
    """
    verdict, appeal = _decided(row, keys)
    return Transfer(
        asked=_asked(row, keys),
        number=row.number,
        state=known(State, row.state),
        version=row.version,
        deadlines=Deadlines(
            remind_at=from_milliseconds(row.remind_at),
            overdue_at=from_milliseconds(row.overdue_at),
            escalate_at=from_milliseconds(row.escalate_at),
            expire_at=from_milliseconds(row.expire_at),
        ),
        last_reminded_at=_moment(row.last_reminded_at),
        verdict=verdict,
        appeal=appeal,
        returned=row.returned,
        started_at=_moment(row.started_at),
        problem=known_or_none(Problem, row.problem),
        remark=known(Remark, row.remark),
        ended_at=_moment(row.ended_at),
    )


def _asked(row: Row[Any], keys: DatabaseKeys) -> Asked:
    hidden = keys.unseal(row.detail, "transfer", "detail", row.id)
    issued = hidden["certificate_date"]
    schools = {
        side: School(id=identifier, **{name: hidden[f"{side}.{name}"] for name in _SCHOOL})
        for side, identifier in (("receiving", row.receiving), ("releasing", row.releasing))
    }
    return Asked(
        id=row.id,
        at=from_milliseconds(row.at),
        actor=row.actor,
        tenant=row.tenant,
        person=row.person,
        basis=known(Basis, hidden["basis"]),
        certificate_date=date.fromisoformat(issued) if issued else None,
        office_only=bool(row.office_only),
        receiving=schools["receiving"],
        releasing=schools["releasing"],
        actor_name=hidden["actor_name"],
        conversation=hidden["conversation"],
        name=hidden["name"],
        username=hidden["username"],
        class_=hidden["class_"],
        masked=hidden["masked"],
        to_class=hidden["to_class"],
        basis_text=free_text(hidden["basis_text"], LONGEST_NOTE),
        certificate=free_text(hidden["certificate"], LONGEST_CERTIFICATE),
        note=free_text(hidden["note"], LONGEST_NOTE),
    )


def _appeal_words(appeal: Appeal | None) -> dict[str, str]:
    """It lies with the verdict it is against: a column of its own would break the seals of all rows there are."""
    if appeal is None:
        return {}
    return {
        "appeal.by": appeal.by,
        "appeal.by_name": appeal.by_name,
        "appeal.at": str(to_milliseconds(appeal.at)),
        "appeal.against": appeal.against.value,
        "appeal.reason": appeal.reason,
    }


def _appeal(hidden: Mapping[str, str]) -> Appeal | None:
    if "appeal.by" not in hidden:
        return None
    return Appeal(
        by=hidden["appeal.by"],
        by_name=hidden["appeal.by_name"],
        at=from_milliseconds(int(hidden["appeal.at"])),
        against=known(State, hidden["appeal.against"]),
        reason=free_text(hidden["appeal.reason"], LONGEST_REASON),
    )


def _decided(row: Row[Any], keys: DatabaseKeys) -> tuple[Verdict | None, Appeal | None]:
    if row.decided_by is None:
        return None, None
    hidden = keys.unseal(row.verdict, "transfer", "verdict", row.id)
    verdict = Verdict(
        by=row.decided_by,
        by_name=hidden["by_name"],
        as_=known(Side, row.decided_as),
        at=from_milliseconds(row.decided_at),
        reason=free_text(hidden["reason"], LONGEST_REASON),
        where=free_text(hidden["where"], LONGEST_REASON),
    )
    return verdict, _appeal(hidden)


def _optional(moment: datetime | None) -> int | None:
    return None if moment is None else to_milliseconds(moment)


def _moment(value: int | None) -> datetime | None:
    return None if value is None else from_milliseconds(value)
