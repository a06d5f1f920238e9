"""Checks 2 to 6: Entra, the channel's keys, the bot's token, the way to Teams, and our own pages from outside."""

import asyncio
import ssl

from bot.graph.failures import date_in
from bot.runtime.doctor.claims import claims_of
from bot.runtime.doctor.examination import Examination, Finding, Phrase, differs, good, said, skipped, wrong
from bot.runtime.doctor.looking import SECONDS, Fetched, failure_of, look
from bot.teams.credentials import CredentialsUnavailable
from bot.teams.keys import KeysUnavailable, SigningKeys
from bot.teams.tokens import CHANNEL, LEEWAY

_FAILURES = {
    "certificate": said("came-certificate"),
    "slow": said("came-slow"),
    "refused": said("came-refused"),
    "unreachable": said("came-unreachable"),
}


def came_of(seen: Fetched) -> Phrase:
    """What came, in words."""
    return _FAILURES[seen.failed] if seen.failed else said("came-status", status=seen.status)


async def authority(room: Examination) -> tuple[Finding, ...]:
    """The tenant as Entra knows it, and whether two clocks agree."""
    tenant = room.settings.tenant_id
    url = f"{room.settings.graph_authority.rstrip('/')}/{tenant}/v2.0/.well-known/openid-configuration"
    asked = said("asked-get", request="/{TENANT_ID}/v2.0/.well-known/openid-configuration")
    seen = await look(room.session, url, room.trust)
    issuer = seen.document.get("issuer")
    if seen.failed or seen.status >= 500:
        return (wrong(asked, came_of(seen), said("authority-silent"), said("network-mend")),)
    if seen.status != 200 or not isinstance(issuer, str):
        return (wrong(asked, came_of(seen), said("authority-unknown"), said("authority-unknown-mend")),)
    if tenant.lower() not in issuer.lower():
        return (wrong(asked, came_of(seen), said("authority-other"), said("authority-unknown-mend")),)
    return (good(asked, came_of(seen), said("authority-right")), _clock(room, seen))


def _clock(room: Examination, seen: Fetched) -> Finding:
    asked, ours = said("authority-clock-asked"), room.outside.clock()
    theirs = date_in(seen.headers)
    if theirs is None:
        return skipped(asked, said("authority-clock-unknown"))
    seconds = round(abs((ours - theirs).total_seconds()))
    came = said("came-seconds", seconds=seconds)
    if seconds > LEEWAY:
        return wrong(asked, came, said("authority-clock"), said("authority-clock-mend"))
    return good(asked, came, said("authority-clock-right"))


async def channel(room: Examination) -> tuple[Finding, ...]:
    """The keys with which Teams signs what it sends us."""
    asked = said("asked-get", request=room.teams.openid_metadata_url)
    if not room.teams.authenticates:
        return (skipped(asked, said("skipped-development")),)
    keys = SigningKeys(room.session, room.teams.openid_metadata_url)
    try:
        count = await keys.endorsing(CHANNEL)
    except KeysUnavailable:
        return (wrong(asked, said("came-no-keys"), said("channel-unread"), said("network-mend")),)
    if not count:
        return (wrong(asked, said("came-count", count=0), said("channel-none"), said("channel-none-mend")),)
    return (good(asked, said("came-count", count=count), said("channel-right")),)


async def bot_token(room: Examination) -> tuple[Finding, ...]:
    """Who the bot is to Teams."""
    asked = said("bot-token-asked")
    if not room.settings.app_id:
        return (skipped(asked, said("skipped-development")),)
    try:
        found = claims_of(await room.outside.connector_token(room.teams)())
    except CredentialsUnavailable as error:
        came = said("came-words", words=error.error)
        return (wrong(asked, came, said("bot-token-refused"), said("bot-token-refused-mend")),)
    if found is None:
        return (differs(asked, said("came-read"), said("bot-token-unread")),)
    if found.tenant != room.settings.tenant_id.lower():
        came = said("came-tenant", tenant=found.tenant)
        return (wrong(asked, came, said("bot-token-tenant"), said("bot-token-tenant-mend")),)
    if found.application != room.settings.app_id.lower():
        came = said("came-application", application=found.application)
        return (wrong(asked, came, said("bot-token-other"), said("bot-token-other-mend")),)
    return (good(asked, said("came-read"), said("bot-token-right")),)


async def egress(room: Examination) -> tuple[Finding, ...]:
    """Whether what we say can reach Teams."""
    if room.teams.development:
        return (skipped(said("egress-asked", host="smba.trafficmanager.net"), said("skipped-development")),)
    return tuple([await _handshake(room, host) for host in room.teams.service_hosts])


async def _handshake(room: Examination, host: str) -> Finding:
    asked = said("egress-asked", host=host)
    trust = ssl.create_default_context(cafile=room.teams.ca_file)
    try:
        async with asyncio.timeout(SECONDS):
            _, writer = await asyncio.open_connection(host, room.outside.channel_port, ssl=trust)
            writer.close()
    except (OSError, TimeoutError) as error:
        came = _FAILURES[failure_of(error)]
        meaning = said("egress-certificate") if failure_of(error) == "certificate" else said("egress-closed")
        return wrong(asked, came, meaning, said("egress-mend", host=host))
    return good(asked, said("came-handshake"), said("egress-right"))


_PAGES = (
    ("/api/messages", 405, said("pages-messages"), said("pages-proxy-mend", path="/api/messages")),
    ("/slips/x", 410, said("pages-slips"), said("pages-proxy-mend", path="/slips/")),
    ("/links/table/x", 410, said("pages-links"), said("pages-proxy-mend", path="/links/")),
    ("/links/accounts/x", 410, said("pages-links"), said("pages-proxy-mend", path="/links/")),
    ("/privacy", 200, said("pages-told"), said("pages-told-mend", path="/privacy")),
    ("/terms", 200, said("pages-told"), said("pages-told-mend", path="/terms")),
)
"""The address, what a bot that is reached answers there, what else it means, and what to do."""


async def pages(room: Examination) -> tuple[Finding, ...]:
    """Our own addresses as others reach them: a proxy that drops one makes a service dead and says nothing."""
    base = room.settings.public_url.rstrip("/")
    if not base:
        mend = said("pages-none-mend") if room.settings.real_tenant else None
        return (differs(said("pages-asked"), said("came-none"), said("pages-none"), mend),)
    findings = []
    for path, expected, meaning, mend in _PAGES:
        asked = said("asked-get", request=f"{{PUBLIC_URL}}{path}")
        seen = await look(room.session, base + path)
        if seen.failed == "certificate":
            return (wrong(asked, came_of(seen), said("pages-certificate"), said("pages-certificate-mend")),)
        if seen.failed:
            return (wrong(asked, came_of(seen), said("pages-unreached"), said("pages-unreached-mend")),)
        right = seen.status == expected
        findings.append(
            good(asked, came_of(seen), said("pages-right")) if right else wrong(asked, came_of(seen), meaning, mend)
        )
    return tuple(findings)
