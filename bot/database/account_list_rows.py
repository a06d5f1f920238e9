"""How what lists say lies in its rows, in clear: sealing is for the store. A word that another release wrote is only
not named where it explains, and NotKnownHere where it decides.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from bot.core.known import known
from bot.core.lists.kept import ElsewhereAccount, FolderTrouble, KeptAccountList, Resolved
from bot.core.lists.model import (
    BadListRow,
    ListedAt,
    ListedPerson,
    ListFault,
    ListFileFault,
    ListFileNote,
    ListNote,
    ListRemark,
    ListRowFault,
)
from bot.core.people.model import Kind

Word = TypeVar("Word", bound=StrEnum)


def written_person(one: ListedPerson) -> dict[str, str]:
    """Somebody of a list."""
    return {
        "name": one.name,
        "class": one.class_,
        "usernames": json.dumps(one.usernames),
        "numbers": json.dumps(one.identifiers),
        "kind": one.kind.value,
        "file": one.place.file,
        "sheet": one.place.sheet,
        "row": str(one.place.row),
        "remarks": " ".join(one.remarks),
    }


def person_of(hidden: Mapping[str, str]) -> ListedPerson:
    """The same, read."""
    return ListedPerson(
        name=hidden["name"],
        class_=hidden["class"],
        usernames=tuple(json.loads(hidden["usernames"])),
        identifiers=tuple(json.loads(hidden["numbers"])),
        kind=known(Kind, hidden["kind"]),
        place=ListedAt(hidden["file"], hidden["sheet"], int(hidden["row"])),
        remarks=tuple(_named(ListRemark, hidden["remarks"].split())),
    )


def detail_of(kept: KeptAccountList) -> dict[str, Any]:
    """All of a list but its rows and what was resolved."""
    return {
        "bad": [[one.place.file, one.place.sheet, one.place.row, one.why.value] for one in kept.bad],
        "bad_rows": kept.bad_rows,
        "faults": [[one.fault.value, one.file] for one in kept.faults],
        "notes": [[one.note.value, one.file, one.sheet, one.count] for one in kept.notes],
        "from_folder": sorted(kept.from_folder),
        "order": list(kept.order),
        "came": {file: at.isoformat() for file, at in kept.came.items()},
        "asked": kept.asked,
        "trouble": "" if kept.trouble is None else kept.trouble.value,
        "mark": kept.mark,
    }


def kept_of(
    school: str,
    detail: Mapping[str, Any],
    rows: Sequence[ListedPerson],
    *,
    at: datetime,
    dated: datetime,
    checked_at: datetime | None,
    resolved: Resolved | None,
) -> KeptAccountList:
    """The same, read."""
    reasons, faults, notes = set(ListRowFault), set(ListFault), set(ListNote)
    return KeptAccountList(
        school=school,
        at=at,
        dated=dated,
        rows=tuple(rows),
        order=tuple(detail.get("order", ())),
        bad=tuple(
            BadListRow(ListedAt(file, sheet, row), ListRowFault(why))
            for file, sheet, row, why in detail["bad"]
            if why in reasons
        ),
        bad_rows=detail["bad_rows"],
        faults=tuple(ListFileFault(ListFault(fault), file) for fault, file in detail["faults"] if fault in faults),
        notes=tuple(
            ListFileNote(ListNote(note), file, sheet, count)
            for note, file, sheet, count in detail["notes"]
            if note in notes
        ),
        from_folder=frozenset(detail["from_folder"]),
        asked=detail["asked"],
        checked_at=checked_at,
        trouble=known(FolderTrouble, detail["trouble"]) if detail["trouble"] else None,
        mark=detail["mark"],
        resolved=resolved,
        came={file: datetime.fromisoformat(at) for file, at in detail.get("came", {}).items()},
    )


def written_resolved(one: Resolved) -> dict[str, Any]:
    """What the directory said."""
    return {
        "at": one.at.isoformat(),
        "numbers": {number: list(ids) for number, ids in one.numbers.items()},
        "asked": {name: at.isoformat() for name, at in one.asked.items()},
        "elsewhere": [[each.person, each.name, each.username, each.enabled] for each in one.elsewhere],
        "waiting": one.waiting,
    }


def read_resolved(written: Mapping[str, Any]) -> Resolved:
    """The same, read."""
    return Resolved(
        datetime.fromisoformat(written["at"]),
        {number: tuple(ids) for number, ids in written["numbers"].items()},
        {name: datetime.fromisoformat(at) for name, at in written["asked"].items()},
        tuple(ElsewhereAccount(*each) for each in written["elsewhere"]),
        written.get("waiting", 0),
    )


def _named(kind: type[Word], words: Sequence[str]) -> list[Word]:
    every = set(kind)
    return [kind(word) for word in words if word in every]
