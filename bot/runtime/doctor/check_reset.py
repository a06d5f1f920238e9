"""Check 21, the only one that writes, and only when it was asked for by name: a password of a test account.

Nobody learns the password, so the account must be one that nobody needs. It is judged first as the product would.
"""

import secrets

from bot.core.clock import MachineClock
from bot.core.errors import AccountMissing, DirectoryError, DirectoryForbidden, DirectoryMisunderstood
from bot.core.passwords.generator import generate
from bot.core.passwords.model import Form
from bot.graph.identities import is_username
from bot.graph.inquiries import InquiryAnswer
from bot.graph.reading_accounts import is_privileged
from bot.graph.transport import GraphTransport
from bot.graph.writer import GraphWriter
from bot.runtime.doctor.claims import claims_of
from bot.runtime.doctor.examination import Examination, Finding, good, said, skipped, wrong

_PERMISSION = "User-PasswordProfile.ReadWrite.All"


async def reset(room: Examination, username: str) -> tuple[Finding, ...]:
    """`username` is empty unless somebody asked for the write and confirmed it."""
    asked = said("reset-asked")
    if not username:
        return (skipped(asked, said("reset-unasked")),)
    transport = room.write_transport
    if transport is None:
        return (skipped(asked, said("skipped-web")),)
    if not is_username(username) or not username.lower().endswith(f"@{room.settings.account_domain.lower()}"):
        return (wrong(asked, said("came-nothing"), said("reset-foreign"), said("reset-foreign-mend")),)
    (heard,) = await room.reader.ask_within(lambda: [room.reader.calls.account_by_username(username, _facts(room))])
    person_id = str(heard.record.get("id", ""))
    if not person_id:
        came = said("came-refusal", status=heard.status, code=heard.code)
        return (wrong(asked, came, said("reset-nobody"), said("reset-foreign-mend")),)
    extension = room.settings.graph_role_extension
    if heard.record.get("onPremisesSyncEnabled") or (extension and heard.record.get(extension) is not None):
        return (wrong(asked, said("came-nothing"), said("reset-ordinary"), said("reset-foreign-mend")),)
    calls = room.reader.calls
    member, scoped, person, schools = await room.reader.ask_within(
        lambda: [
            calls.memberships(person_id),
            calls.scoped_roles(person_id),
            calls.person(person_id, ()),
            calls.schools_of(person_id),
        ]
    )
    if not _nobodys(person, schools):
        return (wrong(asked, said("came-nothing"), said("reset-ordinary"), said("reset-foreign-mend")),)
    try:
        privileged = not (member.good and scoped.good) or is_privileged(member.records, scoped.records)
    except DirectoryMisunderstood:
        privileged = True
    if privileged:
        return (wrong(asked, said("came-nothing"), said("reset-privileged"), said("reset-foreign-mend")),)
    return (await _write(room, transport, person_id),)


def _nobodys(person: InquiryAnswer, schools: InquiryAnswer) -> bool:
    """Whether the roster knows nothing of this account. Graph may show every account of the tenant there, those of no
    school with the role `none` (learn.microsoft.com/graph/api/resources/educationuser: "a user in the system").
    """
    if person.status == 404:
        return True
    role = person.record.get("primaryRole")
    return person.good and role in {None, "none"} and not schools.records and (schools.good or schools.status == 404)


def _facts(room: Examination) -> tuple[str, ...]:
    return ("onPremisesSyncEnabled", *filter(None, (room.settings.graph_role_extension,)))


async def _write(room: Examination, transport: GraphTransport, person_id: str) -> Finding:
    asked = said("reset-asked")
    password = generate(Form.STAFF, secrets.randbelow)
    try:
        await GraphWriter(transport, MachineClock(room.outside.clock)).set_password(person_id, password, many=True)
    except DirectoryForbidden as error:
        came = said("came-refusal", status=403, code=error.code)
        granted = claims_of(await room.writer_tokens.bearer()) if room.writer_tokens is not None else None
        if granted is not None and _PERMISSION not in granted.roles:
            return wrong(asked, came, said("reset-unpermitted"), said("reset-unpermitted-mend"))
        return wrong(asked, came, said("reset-roleless"), said("reset-roleless-mend"))
    except AccountMissing as error:
        came = said("came-refusal", status=404, code=error.code)
        return wrong(asked, came, said("reset-nobody"), said("reset-foreign-mend"))
    except DirectoryError as error:
        return wrong(asked, said("came-words", words=error.code), said("reset-doubtful"), said("network-mend"))
    return good(asked, said("came-done"), said("reset-right"))
