"""Checks 8 to 11: the tenant, its domain, its schools, and the account of a school."""

import re
from collections.abc import Mapping, Sequence

from bot.core.errors import DirectoryMisunderstood
from bot.core.people.model import School
from bot.graph import reading
from bot.graph.identities import is_school_code
from bot.graph.inquiries import InquiryAnswer
from bot.graph.options import GraphOptions
from bot.runtime.doctor.examination import Examination, Finding, Phrase, differs, good, said, skipped, wrong
from bot.runtime.options import graph_options

_SCHOOLS = 5
_NEVER = 2147483647
_ROLE_OF_A_SCHOOL = "0"
_BARE = re.compile(r"[1-9][0-9]{5,9}")


def asked_of(heard: InquiryAnswer) -> Phrase:
    """The request, without values."""
    return said("asked-get", request=heard.request)


def came_of(heard: InquiryAnswer) -> Phrase:
    """The answer, or the refusal with Graph's code."""
    if heard.good:
        return said("came-answer", milliseconds=heard.milliseconds)
    return said("came-refusal", status=heard.status, code=heard.code)


def refused(heard: InquiryAnswer) -> Finding:
    """What may have been refused for want of a permission, or not be there at all."""
    return wrong(asked_of(heard), came_of(heard), said("graph-refused"), said("graph-refused-mend"))


async def organization(room: Examination) -> tuple[Finding, ...]:
    """Whether the domain of the accounts is of this tenant."""
    heard = await room.reader.ask(room.reader.calls.organization)
    if not heard.records:
        return (refused(heard),)
    found, tenant, domain = heard.records[0], room.settings.tenant_id.lower(), room.settings.account_domain
    domains = found.get("verifiedDomains")
    names = {
        str(one.get("name")).lower()
        for one in (domains if isinstance(domains, list) else ())
        if isinstance(one, Mapping)
    }
    asked, came = asked_of(heard), came_of(heard)
    if str(found.get("id")).lower() != tenant:
        return (wrong(asked, came, said("tenant-other"), said("tenant-other-mend")),)
    if domain.lower() not in names:
        return (wrong(asked, came, said("tenant-domain", domain=domain), said("tenant-domain-mend")),)
    findings = [good(asked, came, said("tenant-right", domain=domain))]
    if found.get("onPremisesSyncEnabled") is True:
        findings.append(differs(asked, came, said("tenant-synchronised")))
    return tuple(findings)


async def domain(room: Examination) -> tuple[Finding, ...]:
    """Whether a password of Entra's is asked for at sign-in at all."""
    name = room.settings.account_domain
    heard = await room.reader.ask(lambda: room.reader.calls.domain(name))
    kind = heard.record.get("authenticationType")
    if not isinstance(kind, str):
        return (refused(heard),)
    if kind.lower() != "managed":
        came = said("came-words", words=kind)
        return (wrong(asked_of(heard), came, said("domain-federated"), said("domain-federated-mend")),)
    findings = [good(asked_of(heard), said("came-words", words=kind), said("domain-right"))]
    days = heard.record.get("passwordValidityPeriodInDays")
    if isinstance(days, int) and 0 < days < _NEVER:
        findings.append(differs(asked_of(heard), said("came-count", count=days), said("domain-expires")))
    return tuple(findings)


async def schools(room: Examination) -> tuple[Finding, ...]:
    """Some schools: how their code is written, and whether they say where they are."""
    heard = await room.reader.ask(lambda: room.reader.calls.schools(_SCHOOLS))
    if not heard.good:
        return (refused(heard),)
    options = graph_options(room.settings)  # without the file of schools: what the directory itself says of places
    found = []
    for record in heard.records:
        try:
            found.append(reading.school(record, options))
        except DirectoryMisunderstood:
            continue
    room.known.schools = tuple(one for one in found if is_school_code(one.code))
    asked, unknown = asked_of(heard), await _named(room, options)
    if not room.known.schools:
        return (wrong(asked, said("came-count", count=len(found)), said("school-none"), said("school-none-mend")),)
    written = [str(record.get("schoolNumber")) for record in heard.records]
    bare = all(_BARE.fullmatch(one) for one in written)
    form = said("school-bare") if bare else said("school-zero")
    return (
        good(asked, came_of(heard), form) if bare else differs(asked, came_of(heard), form),
        *unknown,
        _places(room, asked),
        await _in_two_forms(room, room.known.schools[0]),
    )


async def _named(room: Examination, options: GraphOptions) -> tuple[Finding, ...]:
    """Puts the school that was named before the others."""
    if not room.school_code:
        return ()
    bare, calls = room.school_code.lstrip("0"), room.reader.calls
    heard = await room.reader.ask(lambda: calls.school_named(bare))
    if not heard.records:
        heard = await room.reader.ask(lambda: calls.school_named(bare.zfill(7)))
    if not heard.records:
        came = said("came-count", count=0) if heard.good else came_of(heard)
        return (wrong(asked_of(heard), came, said("school-unknown"), said("school-unknown-mend")),)
    named = reading.school(heard.records[0], options)
    room.known.schools = (named, *(one for one in room.known.schools if one.id != named.id))
    return ()


def _places(room: Examination, asked: Phrase) -> Finding:
    known = [one for one in room.known.schools if one.region and one.town]
    came = said("came-share", count=len(known), of=len(room.known.schools))
    if len(known) == len(room.known.schools):
        return good(asked, came, said("school-placed"))
    if room.settings.schools_file:
        return good(asked, came, said("school-placed-by-file"))
    return differs(
        asked,
        came,
        said("school-placeless"),
        said("school-placeless-mend"),
        {"SCHOOLS_FILE": "/run/files/schools.csv"},
    )


async def _in_two_forms(room: Examination, school: School) -> Finding:
    heard = await room.reader.ask(lambda: room.reader.calls.schools_by_code(school.code))
    asked = said("asked-get", request=f"{heard.request}?$filter=schoolNumber eq … or schoolNumber eq …")
    if heard.records:
        return good(asked, came_of(heard), said("school-or"))
    if heard.good:
        return wrong(asked, said("came-count", count=0), said("school-lost"), said("school-lost-mend"))
    return differs(asked, came_of(heard), said("school-or-refused"))


async def account(room: Examination) -> tuple[Finding, ...]:
    """The account with which a director signs in: its extensions say who a director is."""
    wanted = [one for one in (room.settings.graph_role_extension, room.settings.graph_identifier_extension) if one]
    codes = [one.code for one in room.known.schools]
    heard = await room.reader.ask_within(
        lambda: [
            room.reader.calls.account_by_username(f"{code}@{room.settings.account_domain}", wanted) for code in codes
        ]
    )
    asked = asked_of(heard[0])
    if not wanted:
        return (skipped(asked, said("account-unasked")),)
    if any(one.status == 400 for one in heard):
        one = next(one for one in heard if one.status == 400)
        return (wrong(asked, came_of(one), said("account-unregistered"), said("account-extension-mend")),)
    there = [one for one in heard if one.good]
    if not there and any(one.status in {401, 403} for one in heard):
        return (refused(heard[0]),)
    if not there:
        return (wrong(asked, came_of(heard[0]), said("account-none"), said("account-none-mend")),)
    room.known.account_id = str(there[0].record.get("id"))
    role, identifier = room.settings.graph_role_extension, room.settings.graph_identifier_extension
    with_role = [one for one in there if str(one.record.get(role)) == _ROLE_OF_A_SCHOOL]
    came = said("came-share", count=len(with_role), of=len(there))
    if not with_role:
        return (wrong(asked, came, said("account-roleless"), said("account-extension-mend")),)
    if identifier and not any(one.record.get(identifier) for one in with_role):
        return (wrong(asked, came, said("account-schoolless"), said("account-extension-mend")),)
    room.known.account_id = str(with_role[0].record.get("id"))
    return (good(asked, came, said("account-right")), *_called(asked, with_role, room), *await _in_roster(room))


def _called(asked: Phrase, accounts: Sequence[InquiryAnswer], room: Examination) -> tuple[Finding, ...]:
    """How many of the accounts bear the name of a school that was looked at; the rest a person's, or none."""
    names = [str(one.record.get("displayName")) for one in accounts]
    of_schools = sum(any(school.is_called(name) for school in room.known.schools) for name in names)
    came = said("came-share", count=of_schools, of=len(names))
    return (differs(asked, came, said("account-named-as-school")),) if of_schools else ()


async def _in_roster(room: Examination) -> tuple[Finding, ...]:
    """Directors need not be in the roster; what the bot says of them then comes from the directory alone."""
    heard = await room.reader.ask(lambda: room.reader.calls.person(room.known.account_id, ()))
    return () if heard.good else (differs(asked_of(heard), came_of(heard), said("account-outside")),)
