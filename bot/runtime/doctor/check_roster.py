"""Checks 12 to 15: how the roster may be asked, and how much of it is filled."""

from collections.abc import Sequence

from bot.core.errors import DirectoryError
from bot.core.people.model import School
from bot.graph.inquiries import LARGE_PAGE, NOBODY, InquiryAnswer
from bot.runtime.doctor.check_tenant import asked_of, came_of, refused
from bot.runtime.doctor.examination import Examination, Finding, differs, good, said, skipped, wrong

_RELATIONS = ("schools", "classes")
_SCHOOLS = 3
_SAMPLE = 100
_SLOW = 4000
"""Milliseconds that the product waits for one answer by default."""


async def expand(room: Examination) -> tuple[Finding, ...]:
    """How many relations may be named in one $expand: on a page, on an object, on a page as large as a school."""
    asked_first = [(school, await _page(room, school, (), 10)) for school in room.known.schools[:_SCHOOLS]]
    school, small = next(((school, heard) for school, heard in asked_first if heard.records), asked_first[0])
    if not small.good:
        return (refused(small),)
    if not small.records:
        return (wrong(asked_of(small), came_of(small), said("expand-nobody"), said("expand-nobody-mend")),)
    room.known.school = school
    one = await _page(room, school, _RELATIONS[:1], 10)
    two = await _page(room, school, _RELATIONS, 10)
    person_id = str(small.records[0].get("id"))
    object_two = await room.reader.ask(lambda: room.reader.calls.person(person_id, _RELATIONS))
    most = 2 if two.good and object_two.good else 1 if one.good else 0
    return (_relations(room, most, two if most < 2 else object_two, one), *await _large(room, school, most))


async def _page(room: Examination, school: School, relations: Sequence[str], top: int) -> InquiryAnswer:
    return await room.reader.ask(lambda: room.reader.calls.people_of_school(school.id, relations, top))


def _relations(room: Examination, most: int, two: InquiryAnswer, one: InquiryAnswer) -> Finding:
    asked = said("asked-get", request=f"{two.request}?$expand=schools,classes")
    if most == 2:
        return good(asked, came_of(two), said("expand-two"))
    fixed = str(room.settings.graph_expands).lower() == "yes"
    came = came_of(two if most == 1 else one)
    meaning = said("expand-one") if most == 1 else said("expand-none")
    if fixed:
        return wrong(asked, came, meaning, said("expand-mend"), {"GRAPH_EXPANDS": "no"})
    return differs(asked, came, meaning)


async def _large(room: Examination, school: School, most: int) -> tuple[Finding, ...]:
    heard = await _page(room, school, _RELATIONS[:most], LARGE_PAGE)
    asked = said("asked-get", request=f"{heard.request}?$top={LARGE_PAGE}")
    if not heard.good:
        return (refused(heard),)
    room.known.people = tuple(dict(one) for one in heard.records)
    count = len(heard.records)
    came = said("came-page", count=count, milliseconds=heard.milliseconds)
    page = (
        differs(asked, came, said("expand-slow"))
        if heard.milliseconds >= _SLOW
        else good(asked, came, said("expand-quick"))
    )
    return (page, *await _cut(room, school, count))


async def _cut(room: Examination, school: School, people: int) -> tuple[Finding, ...]:
    """Whether an expanded relation is cut off: lists that may be longer are then asked for by themselves."""
    try:
        heard = await room.reader.ask(lambda: room.reader.calls.school_with_people(school.id))
    except DirectoryError:
        return ()
    shown = heard.record.get("users")
    if not isinstance(shown, list) or len(shown) >= people:
        return ()
    asked = said("asked-get", request=f"{heard.request}?$expand=users")
    return (differs(asked, said("came-share", count=len(shown), of=people), said("expand-cut")),)


async def filled(room: Examination) -> tuple[Finding, ...]:
    """Of a hundred students, how many have a grade and an identifier. Answered from what check 12 brought."""
    students = [one for one in room.known.people if one.get("primaryRole") == "student"][:_SAMPLE]
    asked = said("filled-asked")
    if not students:
        return (skipped(asked, said("filled-nobody")),)
    parts = [part if isinstance(part := one.get("student"), dict) else {} for one in students]
    with_grade = sum(bool(part.get("grade")) for part in parts)
    with_identifier = sum(bool(part.get("externalId")) for part in parts)
    grade = said("came-share", count=with_grade, of=len(students))
    identifier = said("came-share", count=with_identifier, of=len(students))
    findings = [
        good(asked, grade, said("filled-grade"))
        if with_grade == len(students)
        else differs(asked, grade, said("filled-gradeless"))
    ]
    if not with_identifier:
        findings.append(wrong(asked, identifier, said("filled-nameless"), said("filled-nameless-mend")))
    elif with_identifier < len(students):
        findings.append(differs(asked, identifier, said("filled-some")))
    else:
        findings.append(good(asked, identifier, said("filled-identifier")))
    return tuple(findings)


async def by_identifier(room: Examination) -> tuple[Finding, ...]:
    """On which version a person is found by identifier, asked with digits that nobody has."""
    calls = room.reader.calls
    (stable, several) = await room.reader.ask_within(
        lambda: [calls.by_identifier([NOBODY], "v1.0"), calls.by_identifier([NOBODY, f"0{NOBODY}"], "v1.0")]
    )
    (beta, several_beta) = await room.reader.ask_within(
        lambda: [calls.by_identifier([NOBODY], "beta"), calls.by_identifier([NOBODY, f"0{NOBODY}"], "beta")]
    )
    asked = said(
        "asked-batch", request="GET /v1.0/education/users, /beta/education/users?$filter=student/externalId eq …"
    )
    if any(one.records for one in (stable, several, beta, several_beta)):
        came = said("came-count", count=max(len(one.records) for one in (stable, several, beta, several_beta)))
        return (wrong(asked, came, said("filter-ignored"), said("filter-ignored-mend")),)
    came = said("came-versions", stable=stable.status, beta=beta.status)
    if not stable.good and not beta.good:
        return (wrong(asked, came, said("filter-none"), said("filter-none-mend")),)
    findings = [_version(room, stable=stable.good, beta=beta.good)]
    both = several if stable.good else several_beta
    if not both.good:
        findings.append(differs(asked, came_of(both), said("filter-or-refused")))
    return tuple(findings)


def _version(room: Examination, *, stable: bool, beta: bool) -> Finding:
    asked = said(
        "asked-batch", request="GET /v1.0/education/users, /beta/education/users?$filter=student/externalId eq …"
    )
    came = said("came-versions", stable=200 if stable else 400, beta=200 if beta else 400)
    right = "v1.0" if stable else "beta"
    chosen = room.settings.graph_users_version
    if chosen == "auto" or (chosen == "v1.0" and stable) or (chosen == "beta" and beta):
        return good(asked, came, said("filter-right", version=right if chosen == "auto" else chosen))
    meaning = said("filter-other", version=right)
    return wrong(asked, came, meaning, said("filter-other-mend"), {"GRAPH_USERS_VERSION": right})


async def by_username(room: Examination) -> tuple[Finding, ...]:
    """Whether the roster knows people by username as it does by id."""
    name = str(room.known.people[0].get("userPrincipalName"))
    (heard,) = await room.reader.ask_within(lambda: [room.reader.calls.person_by_username(name)])
    asked = said("asked-batch", request="GET /v1.0/education/users/{userPrincipalName}")
    if str(heard.record.get("id")).lower() == str(room.known.people[0].get("id")).lower():
        return (good(asked, came_of(heard), said("username-right")),)
    if heard.good:
        return (wrong(asked, came_of(heard), said("username-other"), said("username-other-mend")),)
    return (differs(asked, came_of(heard), said("username-refused")),)
