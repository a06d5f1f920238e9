"""What Graph's JSON says of classes: their groups, members and teams. A part of an unknown form is unread."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.core.class_links.model import ClassPart, Existing
from bot.core.errors import DirectoryError
from bot.graph import reading
from bot.graph.batch import Answer
from bot.graph.paging import page_value
from bot.graph.reading_accounts import moment
from bot.graph.school_years import KnownClass


def existing(one: KnownClass) -> Existing:
    """A class of which only what names it was asked. A year that cannot be read is none."""
    return Existing(id=one.id, external_id=one.external_id, title=one.title, year=one.year or None)


def groups(answers: Iterable[Answer | None]) -> Mapping[str, Mapping[str, object]]:
    """Groups by id, in small letters. One that is in no answer is unread."""
    found: dict[str, Mapping[str, object]] = {}
    for answer in answers:
        try:
            groups = [reading.thing(record, "group") for record in page_value(value_of(answer))]
        except DirectoryError:
            continue
        found |= {reading.text(group.get("id")).lower(): group for group in groups}
    return found


def usernames(answer: Answer | None) -> frozenset[str] | None:
    """Usernames of a whole list. A list with a second page is none of a class's: it is not taken for the whole."""
    try:
        body = reading.thing(value_of(answer), "members")
        return None if "@odata.nextLink" in body else _names(page_value(body))
    except DirectoryError:
        return None


def _names(records: Iterable[object]) -> frozenset[str]:
    people = (reading.thing(record, "person") for record in records)
    names = (reading.text(person.get("userPrincipalName")).partition("@")[0].lower() for person in people)
    return frozenset(filter(None, names))


def detailed(
    each: Existing,
    groups: Mapping[str, Mapping[str, object]],
    members: frozenset[str] | None,
    team: Answer | None,
) -> Existing:
    """The class with what was told of it; what was not is unread."""
    known = replace(_with_group(each, groups.get(each.id.lower(), {})), members=members)
    unread = {ClassPart.MEMBERS} if members is None else set()
    if known.has_team is None:
        unread.add(ClassPart.GROUP)
    there = _is_there(team)
    if there is not False:
        # The group learns of its team later than the team is there, and must not deny one that was read.
        has_team = True if there else known.has_team or None
        archived, activated = _team(team)
        known = replace(known, has_team=has_team, archived=archived, activated=activated)
        if archived is None or activated is None:
            unread.add(ClassPart.TEAM)
    elif known.has_team is not False:
        unread.add(ClassPart.TEAM)  # for minutes a new team is known to its group alone
    return replace(known, unread=frozenset(unread))


def _with_group(each: Existing, group: Mapping[str, object]) -> Existing:
    options, owners = group.get("resourceProvisioningOptions"), group.get("owners")
    if not isinstance(options, list) or not isinstance(owners, list):
        return each
    try:
        created, names = moment(group.get("createdDateTime")), _names(owners)
    except DirectoryError:
        return each
    return replace(each, has_team="Team" in options, created=created, owners=names)


def _is_there(team: Answer | None) -> bool | None:
    """Whether there is a team of this id. None: it was not told."""
    try:
        return None if team is None else team.found() is not None
    except DirectoryError:
        return None


def _team(answer: Answer | None) -> tuple[bool | None, bool | None]:
    """Archived, and activated. Neither is known of a team that did not answer."""
    try:
        team = reading.thing(value_of(answer), "team")
    except DirectoryError:
        return None, None
    archived, limited = team.get("isArchived"), team.get("isMembershipLimitedToOwners")
    return (
        archived if isinstance(archived, bool) else None,
        (not limited) if isinstance(limited, bool) else None,
    )


def value_of(answer: Answer | None) -> object:
    """The body. Errors: DirectoryError and its kinds; for no answer too."""
    if answer is None:
        raise DirectoryError("no-answer")
    return answer.value()
