"""What the checks look at (the settings, the tenant through the transports of the bot, what is known so far) and what
they find, without wording: the words are in the `.ftl` files beside this module.
"""

import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

import aiohttp

from bot.core.people.model import School
from bot.graph.inquiries import GraphInquiries
from bot.graph.options import GraphOptions
from bot.graph.tokens import MsalTokens
from bot.graph.transport import GraphTransport
from bot.runtime.doctor.claims import Claims
from bot.runtime.now import utc_now
from bot.runtime.options import graph_options, teams_options, writer_options
from bot.runtime.settings import Settings
from bot.teams.credentials import ConnectorToken
from bot.teams.edge import open_session
from bot.teams.options import TeamsOptions

_NOTHING: Mapping[str, str] = MappingProxyType({})

REQUESTS_PER_SECOND = 10.0
"""Beside a bot that works, and far below every limit."""
PAGE_SECONDS = 20.0
"""A page of 500 people may take so long before it counts as no answer."""
TOKEN_SECONDS = 4.0

Token = Callable[[], Awaitable[str]]


class Status(StrEnum):
    """How it is. A warning without a way to mend it is a difference that the bot copes with."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text and its arguments, in no language yet."""

    text_id: str
    args: Mapping[str, str | int] = field(default_factory=dict)


def said(text_id: str, /, **args: str | int) -> Phrase:
    """A text of this doctor's. That each exists and takes these arguments is tested by reading the code."""
    return Phrase(text_id, args)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `settings` are the variables to set, with their values."""

    status: Status
    asked: Phrase
    came: Phrase
    meaning: Phrase
    mend: Phrase | None = None
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def to_mend(self) -> bool:
        """Whether somebody has something to do."""
        return self.status is Status.FAIL or (self.status is Status.WARN and self.mend is not None)


def good(asked: Phrase, came: Phrase, meaning: Phrase) -> Finding:
    """As it should be."""
    return Finding(status=Status.OK, asked=asked, came=came, meaning=meaning)


def differs(
    asked: Phrase, came: Phrase, meaning: Phrase, mend: Phrase | None = None, settings: Mapping[str, str] = _NOTHING
) -> Finding:
    """Other than with other tenants, or less than there could be."""
    return Finding(status=Status.WARN, asked=asked, came=came, meaning=meaning, mend=mend, settings=dict(settings))


def wrong(
    asked: Phrase, came: Phrase, meaning: Phrase, mend: Phrase, settings: Mapping[str, str] = _NOTHING
) -> Finding:
    """Something does not work until it is mended."""
    return Finding(status=Status.FAIL, asked=asked, came=came, meaning=meaning, mend=mend, settings=dict(settings))


def skipped(asked: Phrase, why: Phrase) -> Finding:
    """Not looked at."""
    return Finding(status=Status.SKIPPED, asked=asked, came=said("came-nothing"), meaning=why)


def worst(findings: tuple[Finding, ...]) -> Status:
    """The status of a whole check; skipped only where nothing was looked at."""
    order = (Status.FAIL, Status.WARN, Status.OK, Status.SKIPPED)
    return next((status for status in order if any(one.status is status for one in findings)), Status.SKIPPED)


@dataclass(frozen=True, slots=True)
class Outside:
    """What is no setting, and another only in tests: clocks, the port of Teams, how the bot's token is had."""

    connector_token: Callable[[TeamsOptions], Token] = ConnectorToken
    teams: Callable[[TeamsOptions], TeamsOptions] = lambda options: options
    channel_port: int = 443
    clock: Callable[[], datetime] = utc_now
    monotonic: Callable[[], float] = time.monotonic


@dataclass(slots=True)
class Known:
    """What earlier checks found, for later ones. Of people: ids and usernames, which are never shown."""

    reader: Claims | None = None
    schools: tuple[School, ...] = ()
    school: School | None = None
    """One that has people."""
    account_id: str = ""
    """The account of a school."""
    people: tuple[dict[str, object], ...] = ()
    """A page of the people of `school`, as they came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """`trust` verifies Graph and the authority, `session` is the one that the Teams edge would use."""

    settings: Settings
    graph: GraphOptions
    teams: TeamsOptions
    outside: Outside
    session: aiohttp.ClientSession
    trust: ssl.SSLContext | bool
    reader_tokens: MsalTokens
    reader: GraphInquiries
    writer_tokens: MsalTokens | None
    writer: GraphInquiries | None
    write_transport: GraphTransport | None
    school_code: str = ""
    """Of the school that was named, which is looked at before others."""
    known: Known = field(default_factory=Known)


@asynccontextmanager
async def examination(settings: Settings, outside: Outside, school_code: str = "") -> AsyncIterator[Examination]:
    """Opens what asks; no database, no port. Errors: ValueError and OSError of options that cannot work."""
    patient = _patient(graph_options(settings))
    teams = outside.teams(teams_options(settings))
    trust = ssl.create_default_context(cafile=patient.ca_file) if patient.ca_file else True
    async with open_session(teams) as session:
        tokens = _tokens(patient)
        writer_tokens, write_transport, writer = None, None, None
        if settings.works:
            writing = _patient(writer_options(settings))
            writer_tokens = _tokens(writing)
            write_transport = GraphTransport(session, writer_tokens, writing)
            writer = GraphInquiries(write_transport, writing, outside.monotonic)
        yield Examination(
            settings=settings,
            graph=patient,
            teams=teams,
            outside=outside,
            session=session,
            trust=trust,
            reader_tokens=tokens,
            reader=GraphInquiries(GraphTransport(session, tokens, patient), patient, outside.monotonic),
            writer_tokens=writer_tokens,
            writer=writer,
            write_transport=write_transport,
            school_code=school_code,
        )


def _patient(options: GraphOptions) -> GraphOptions:
    made = replace(
        options,
        deadline=PAGE_SECONDS,
        attempt_timeout=PAGE_SECONDS,
        sweep_deadline=max(PAGE_SECONDS, options.sweep_deadline),
        requests_per_second=REQUESTS_PER_SECOND,
    )
    made.check()
    return made


def _tokens(options: GraphOptions) -> MsalTokens:
    """Asked in a thread that nothing can end: it must not wait as long as a page may."""
    return MsalTokens(replace(options, attempt_timeout=TOKEN_SECONDS, deadline=TOKEN_SECONDS))
