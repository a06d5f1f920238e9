"""Checks 7 and 19: what the reader and the writer were granted, and what the release asks for."""

from bot.core.errors import DirectoryError, DirectoryUnavailable
from bot.graph.identities import is_object_id
from bot.graph.role_scopes import TENANT, scopes_of
from bot.graph.tokens import MsalTokens
from bot.runtime.doctor.check_tenant import came_of
from bot.runtime.doctor.claims import Claims, claims_of
from bot.runtime.doctor.examination import Examination, Finding, Phrase, differs, good, said, skipped, wrong
from bot.runtime.doctor.permissions import wanted

_FOR_PASSWORDS = "966707d0-3269-4727-9be2-8c3a10f19b9d"
"""The template of the directory role Password Administrator (learn.microsoft.com/entra, "Microsoft Entra built-in
roles").
"""
_OF_PASSWORDS = frozenset({_FOR_PASSWORDS})
_ENABLE, _READ = "User.EnableDisableAccount.All", "User.Read.All"


async def reader(room: Examination) -> tuple[Finding, ...]:
    """Without a token of the reader nothing of the tenant can be asked."""
    asked = said("identity-asked", identity="reader")
    claims, failed = await _claims(room.reader_tokens, room.settings.tenant_id, asked)
    room.known.reader = claims
    if claims is None:
        return failed
    return (*failed, *_granted(room, claims, asked, "reader"))


async def writer(room: Examination) -> tuple[Finding, ...]:
    """What the identity that changes accounts may."""
    asked = said("identity-asked", identity="writer")
    if room.writer_tokens is None:
        return (skipped(asked, said("skipped-web")),)
    claims, failed = await _claims(room.writer_tokens, room.settings.tenant_id, asked)
    if claims is None:
        return failed
    findings = [*failed, *_granted(room, claims, asked, "writer")]
    if _ENABLE in claims.roles and _READ not in claims.roles:
        findings.append(
            differs(asked, said("came-without", names=_READ), said("writer-enable"), said("writer-enable-mend"))
        )
    return (*findings, *await _directory_roles(room, claims))


async def _claims(tokens: MsalTokens, tenant: str, asked: Phrase) -> tuple[Claims | None, tuple[Finding, ...]]:
    try:
        claims = claims_of(await tokens.bearer())
    except DirectoryUnavailable as error:
        came = said("came-words", words=error.code)
        return None, (wrong(asked, came, said("identity-silent"), said("network-mend")),)
    except DirectoryError as error:
        came = said("came-words", words=error.code)
        return None, (wrong(asked, came, said("identity-refused"), said("identity-refused-mend")),)
    if claims is None:
        none = Claims(tenant.lower(), "", frozenset())
        return none, (differs(asked, said("came-read"), said("identity-unread")),)
    if claims.tenant != tenant.lower():
        came = said("came-tenant", tenant=claims.tenant)
        return claims, (wrong(asked, came, said("identity-tenant"), said("identity-tenant-mend")),)
    return claims, ()


def _granted(room: Examination, claims: Claims, asked: Phrase, identity: str) -> tuple[Finding, ...]:
    if not claims.application:
        return ()
    ours = wanted(identity, room.settings)
    missing, beyond = sorted(ours.needed - claims.roles), sorted(claims.roles - ours.allowed)
    findings = []
    if missing:
        came = said("came-without", names=", ".join(missing))
        findings.append(wrong(asked, came, said("identity-missing"), said("identity-missing-mend")))
    if beyond:
        came = said("came-beyond", names=", ".join(beyond))
        findings.append(wrong(asked, came, said("identity-beyond"), said("identity-beyond-mend")))
    if not findings:
        findings.append(good(asked, said("came-count", count=len(claims.roles)), said("identity-right")))
    return tuple(findings)


async def _directory_roles(room: Examination, claims: Claims) -> tuple[Finding, ...]:
    """For the whole tenant, and for administrative units: a token and `memberOf` tell only the former."""
    asked = said("writer-roles-asked")
    if room.known.reader is None or not claims.application:
        return (skipped(asked, said("skipped-reader")),)
    heard = await room.reader.ask(lambda: room.reader.calls.directory_roles(claims.application))
    if not heard.good:
        return (differs(asked, came_of(heard), said("writer-roles-unread"), said("writer-roles-unread-mend")),)
    names = {str(one.get("displayName")): str(one.get("roleTemplateId")).lower() for one in heard.records}
    strong = sorted(name for name, template in names.items() if template != _FOR_PASSWORDS)
    units: frozenset[str] = frozenset()
    if is_object_id(claims.principal):
        heard = await room.reader.ask(lambda: room.reader.accounts.role_assignments(claims.principal))
        if not heard.good:
            return (differs(asked, came_of(heard), said("writer-units-unread"), said("writer-roles-unread-mend")),)
        units = scopes_of(heard.records, _OF_PASSWORDS) - {TENANT}
        held = {str(one.get("roleDefinitionId")).lower() for one in heard.records}
        strong = strong or sorted(
            role for role in held - _OF_PASSWORDS if scopes_of(heard.records, frozenset({role}))
        )
    if strong:
        came = said("came-words", words=", ".join(strong))
        return (differs(asked, came, said("writer-roles-strong"), said("writer-roles-strong-mend")),)
    if names:
        return (good(asked, said("came-words", words=", ".join(names)), said("writer-roles-right")),)
    if units:
        return (good(asked, said("came-count", count=len(units)), said("writer-roles-units")),)
    return (good(asked, said("came-none"), said("writer-roles-none")),)
