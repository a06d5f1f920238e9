"""Checks 16 and 17: what decides whether an account is privileged, and how classes look."""

from collections.abc import Mapping, Sequence

from bot.core.errors import DirectoryMisunderstood
from bot.core.people.classes import classes_of_team
from bot.graph.inquiries import InquiryAnswer
from bot.graph.reading_accounts import is_privileged
from bot.runtime.doctor.check_tenant import asked_of, came_of, refused
from bot.runtime.doctor.examination import Examination, Finding, differs, good, said, wrong

_CLASSES = 5
Record = Mapping[str, object]


async def roles(room: Examination) -> tuple[Finding, ...]:
    """Read as the product reads it before a password is set: what it cannot read, it refuses."""
    found: list[Finding] = []
    for kind in ("student", "teacher"):
        person_id = next((str(one.get("id")) for one in room.known.people if one.get("primaryRole") == kind), "")
        if person_id:
            found.append(await _roles_of(room, person_id))
    return tuple(found)


async def _roles_of(room: Examination, person_id: str) -> Finding:
    calls = room.reader.calls
    member, scoped = await room.reader.ask_within(
        lambda: [calls.memberships(person_id), calls.scoped_roles(person_id)]
    )
    if not (member.good and scoped.good):
        return refused(scoped if member.good else member)
    try:
        is_privileged(member.records, scoped.records)
    except DirectoryMisunderstood as error:
        came = said("came-words", words=error.code)
        return wrong(asked_of(member), came, said("roles-unread"), said("roles-unread-mend"))
    return good(asked_of(member), said("came-count", count=len(member.records)), said("roles-right"))


async def classes(room: Examination) -> tuple[Finding, ...]:
    """Five classes of a school: names, rows of the register, people, groups, teams."""
    school = room.known.school
    if school is None:
        return ()
    heard = await room.reader.ask(lambda: room.reader.calls.classes_of_school(school.id, _CLASSES))
    if not heard.good:
        return (refused(heard),)
    found = heard.records
    if not found:
        return (differs(asked_of(heard), said("came-count", count=0), said("classes-none")),)
    ids = [str(one.get("id")) for one in found]
    return (
        _names(heard, found),
        _rows(heard, found),
        await _members(room, ids),
        await _groups(room, ids),
        await _teams(room, ids),
        await _unit(room, school.id),
    )


def _names(heard: InquiryAnswer, found: Sequence[Record]) -> Finding:
    read = sum(bool(classes_of_team(str(one.get("displayName")))) for one in found)
    came = said("came-share", count=read, of=len(found))
    if read:
        return good(asked_of(heard), came, said("classes-named"))
    return differs(asked_of(heard), came, said("classes-nameless"))


def _rows(heard: InquiryAnswer, found: Sequence[Record]) -> Finding:
    read = sum(bool(one.get("externalId")) for one in found)
    came = said("came-share", count=read, of=len(found))
    if read:
        return good(asked_of(heard), came, said("classes-rows"))
    return differs(asked_of(heard), came, said("classes-rowless"))


async def _members(room: Examination, ids: Sequence[str]) -> Finding:
    heard = await room.reader.ask_within(lambda: [room.reader.links.members(each) for each in ids])
    seen = sum(bool(one.records) for one in heard)
    if not all(one.good for one in heard):
        one = next(one for one in heard if not one.good)
        return wrong(asked_of(one), came_of(one), said("classes-hidden"), said("classes-hidden-mend"))
    came = said("came-share", count=seen, of=len(heard))
    if not seen:
        return wrong(asked_of(heard[0]), came, said("classes-empty"), said("classes-hidden-mend"))
    return good(asked_of(heard[0]), came, said("classes-members"))


async def _unit(room: Examination, school_id: str) -> Finding:
    """What the board of accounts is read from; without it the groups of classes serve."""
    heard = await room.reader.ask(lambda: room.reader.calls.members_of_unit(school_id, _CLASSES))
    dated = sum(bool(one.get("lastPasswordChangeDateTime")) for one in heard.records)
    if not heard.good:
        return differs(asked_of(heard), came_of(heard), said("classes-unitless"))
    came = said("came-share", count=dated, of=len(heard.records))
    if not dated:
        return differs(asked_of(heard), came, said("classes-unitless"))
    return good(asked_of(heard), came, said("classes-unit"))


async def _groups(room: Examination, ids: Sequence[str]) -> Finding:
    heard = await room.reader.ask(lambda: room.reader.links.groups(ids))
    if not heard.good:
        return refused(heard)
    whole = [
        one
        for one in heard.records
        if isinstance(one.get("resourceProvisioningOptions"), list) and isinstance(one.get("owners"), list)
    ]
    came = said("came-share", count=len(whole), of=len(ids))
    if not whole:
        return wrong(asked_of(heard), came, said("classes-groupless"), said("graph-refused-mend"))
    return good(asked_of(heard), came, said("classes-groups"))


async def _teams(room: Examination, ids: Sequence[str]) -> Finding:
    heard = await room.reader.ask_within(lambda: [room.reader.links.team(each) for each in ids])
    forbidden = next((one for one in heard if one.status in {401, 403}), None)
    if forbidden is not None:
        return refused(forbidden)
    told = sum("isMembershipLimitedToOwners" in one.record for one in heard)
    came = said("came-share", count=told, of=len(heard))
    if any(one.good for one in heard) and not told:
        return differs(asked_of(heard[0]), came, said("classes-teams-silent"))
    return good(asked_of(heard[0]), came, said("classes-teams"))
