"""What is recorded of who was shown whom: first the entry, then the answer; the same by the same person once a minute."""

from typing import Any

import pytest

from bot.core.errors import StoreUnavailable
from bot.core.oversight.people_shown import RecordPeopleShown
from tests.fakes import NOON, FakeAuditLog, FakeClock

SEEN: dict[str, Any] = {
    "actor": "director",
    "kind": "class",
    "subject": "school-1",
    "class_": "5 б",
    "count": 2,
    "whom": "digest-of-some",
}


class Room:
    def __init__(self) -> None:
        self.audit, self.clock = FakeAuditLog(), FakeClock()
        self._record = RecordPeopleShown(self.audit, self.clock)

    async def shows(self, **other: Any) -> int:
        """How many entries there are, after the director was shown two of a class, or something `other`."""
        await self._record(**{**SEEN, **other})
        return len(self.audit.entries)


@pytest.fixture
def room() -> Room:
    return Room()


async def test_the_entry_says_who_was_shown_how_many_of_whose_people_and_nothing_of_which(room):
    await room.shows()

    (entry,) = room.audit.entries
    assert (entry.at, entry.actor, entry.action) == (NOON, "director", "people.shown")
    assert (entry.subject, entry.outcome, entry.detail) == ("school-1", "class", {"count": "2", "class": "5 б"})
    assert "digest" not in str(entry)


async def test_of_people_of_no_class_the_entry_names_none(room):
    await room.shows(class_="")

    assert room.audit.entries[0].detail == {"count": "2"}


async def test_what_could_not_be_written_is_not_taken_as_written(room):
    room.audit.fail_with = StoreUnavailable("disk full")
    with pytest.raises(StoreUnavailable):
        await room.shows()
    room.audit.fail_with = None

    assert await room.shows() == 1


@pytest.mark.parametrize(("seconds", "entries"), [(0, 1), (59, 1), (60, 2), (61, 2)])
async def test_the_same_by_the_same_person_is_recorded_again_after_a_minute(room, seconds, entries):
    await room.shows()
    room.clock.move(seconds=seconds)

    assert await room.shows() == entries


@pytest.mark.parametrize(
    "other",
    [
        {"actor": "teacher"},
        {"kind": "links"},
        {"subject": "school-2"},
        {"class_": "5 а"},
        {"count": 3},
        {"whom": "digest-of-others"},
    ],
    ids=lambda other: next(iter(other)),
)
async def test_another_person_who_looks_and_anything_else_that_is_seen_is_another_entry(room, other):
    await room.shows()

    assert await room.shows(**other) == 2
    assert [entry.actor for entry in room.audit.entries] == ["director", other.get("actor", "director")]
    assert "digest" not in str(room.audit.entries), "which of them it was stands in no entry"
