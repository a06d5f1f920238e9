"""A refused write: what is missing is told to the operator, and the director hears whose fault it is not."""

import json
import logging
from base64 import urlsafe_b64encode
from typing import Any

import pytest

from bot.core.errors import DirectoryError, DirectoryForbidden, DirectoryUnavailable, NotGranted
from bot.core.passwords.secret import Secret
from bot.core.transfers.model import Step, StepKind
from bot.graph.missing import (
    ENABLE,
    END_SESSIONS,
    MAKE_TEAM,
    SET_PASSWORD,
    WRITE_ROSTER,
    Diagnosis,
    Granted,
    Missing,
    WriterCall,
    granted,
    in_words,
    what_is_missing,
)
from tests.unit.graph.hostile import Bench, FixedTokens, refuses, says

PASSWORD_ADMINISTRATOR = "966707d0-3269-4727-9be2-8c3a10f19b9d"
EVERYTHING = (
    "User-PasswordProfile.ReadWrite.All",
    "User.RevokeSessions.All",
    "User.EnableDisableAccount.All",
    "User.Read.All",
    "EduRoster.ReadWrite.All",
    "Group.ReadWrite.All",
)
PERSON = "11111111-7f7e-4a6c-9d53-0f2a0a4f1c11"
DENIED = "Authorization_RequestDenied"


def token(*roles: str, **claims: Any) -> str:
    body = urlsafe_b64encode(json.dumps({"roles": list(roles), **claims}).encode()).decode().rstrip("=")
    return f"e30.{body}.c2ln"


class Tokens(FixedTokens):
    """Gives this token, and after a drop the next one."""

    def __init__(self, *tokens: str) -> None:
        super().__init__()
        self.tokens = list(tokens)
        self.uses = 100

    async def bearer(self) -> str:
        self.uses -= 1
        if self.uses < 0:
            raise DirectoryUnavailable("no-token")
        return self.tokens[0]

    def drop(self, token: str) -> None:
        self.dropped.append(token)
        if len(self.tokens) > 1:
            del self.tokens[0]


def test_a_token_says_what_it_grants():
    assert granted(token("User.Read.All", wids=[PASSWORD_ADMINISTRATOR.upper()])) == Granted(
        frozenset({"User.Read.All"}), frozenset({PASSWORD_ADMINISTRATOR})
    )
    assert granted(token()) == Granted(frozenset())
    assert granted(token(oid=PERSON)) == Granted(frozenset(), principal=PERSON)
    assert granted(token(oid="somebody")) == granted(token(oid=7)) == Granted(frozenset())


@pytest.mark.parametrize(
    "odd",
    ["", "opaque", "a.b", "a.!.c", "e30.W10.x", "e30.MQ.x", token(roles="all"), "e30." + "W1" * 9_000 + ".x"],
)
def test_a_token_that_cannot_be_read_says_nothing(odd: str):
    assert granted(odd) is None


@pytest.mark.parametrize(
    ("call", "has", "protected", "missing", "lacking"),
    [
        (SET_PASSWORD, None, False, Missing.UNKNOWN, ()),
        (SET_PASSWORD, Granted(frozenset()), False, Missing.PERMISSION, ("User-PasswordProfile.ReadWrite.All",)),
        (SET_PASSWORD, Granted(frozenset()), True, Missing.PERMISSION, ("User-PasswordProfile.ReadWrite.All",)),
        (SET_PASSWORD, Granted(frozenset(EVERYTHING)), False, Missing.ROLE, ()),
        (SET_PASSWORD, Granted(frozenset(EVERYTHING)), None, Missing.ROLE, ()),
        (SET_PASSWORD, Granted(frozenset(EVERYTHING)), True, Missing.TARGET, ()),
        (
            SET_PASSWORD,
            Granted(frozenset(EVERYTHING), frozenset({PASSWORD_ADMINISTRATOR})),
            False,
            Missing.TARGET,
            (),
        ),
        (
            ENABLE,
            Granted(frozenset({"User.EnableDisableAccount.All"})),
            False,
            Missing.PERMISSION,
            ("User.Read.All",),
        ),
        (ENABLE, Granted(frozenset(EVERYTHING), frozenset({PASSWORD_ADMINISTRATOR})), False, Missing.ROLE, ()),
        (END_SESSIONS, Granted(frozenset(EVERYTHING)), False, Missing.TARGET, ()),
        (
            WRITE_ROSTER,
            Granted(frozenset({"EduRoster.Read.All"})),
            None,
            Missing.PERMISSION,
            WRITE_ROSTER.permissions,
        ),
        (MAKE_TEAM, Granted(frozenset(EVERYTHING)), None, Missing.TARGET, ()),
    ],
)
def test_what_is_missing(
    call: WriterCall, has: Granted | None, protected: bool | None, missing: Missing, lacking: Any
):
    diagnosis = what_is_missing(call, has, protected=protected)
    assert (diagnosis.missing, diagnosis.permissions) == (missing, lacking)
    words = in_words(call, diagnosis)
    assert all(name in words for name in lacking)
    assert (call.role in words) == (missing is Missing.ROLE) or not call.role


@pytest.mark.parametrize(
    ("outside", "protected", "works", "missing"),
    [
        (True, False, False, Missing.UNIT),
        (True, False, True, Missing.UNIT),
        (True, True, False, Missing.TARGET),
        (False, False, False, Missing.ROLE),
        (None, False, True, Missing.TARGET),
    ],
)
def test_an_account_outside_the_units_of_the_writers_role_is_told_from_one_that_is_protected(
    *, outside: bool | None, protected: bool, works: bool, missing: Missing
):
    has = Granted(frozenset(EVERYTHING))
    diagnosis = what_is_missing(SET_PASSWORD, has, protected=protected, works=works, outside=outside)
    assert diagnosis.missing is missing
    lacking = what_is_missing(SET_PASSWORD, Granted(frozenset()), works=works, outside=outside)
    assert lacking.missing is Missing.PERMISSION


def test_every_verdict_has_words_of_its_own():
    words = [in_words(SET_PASSWORD, Diagnosis(each, ("X.Y.All",))) for each in Missing]
    assert len(set(words)) == len(Missing)


def with_tokens(bench: Bench, *tokens: str) -> Tokens:
    made = Tokens(*tokens)
    bench.tokens = made
    return made


@pytest.mark.parametrize(
    ("has", "raised", "told"),
    [
        (token(*EVERYTHING[1:]), NotGranted, "does not grant User-PasswordProfile.ReadWrite.All"),
        (token(*EVERYTHING), NotGranted, "Password Administrator"),
        (token(*EVERYTHING, wids=[PASSWORD_ADMINISTRATOR]), DirectoryForbidden, "protected"),
    ],
)
async def test_a_refused_password_says_what_is_missing(
    bench: Bench, caplog: pytest.LogCaptureFixture, has: str, raised: type[DirectoryError], told: str
):
    with_tokens(bench, has)
    bench.graph.will(refuses(403, DENIED))
    with pytest.raises(DirectoryError) as caught, caplog.at_level(logging.ERROR):
        await bench.writer().set_password(PERSON, Secret("dobavi-4713"), many=False)
    assert type(caught.value) is raised
    (line,) = [record.getMessage() for record in caplog.records if record.name == "bot.graph.missing"]
    assert told in line
    assert PERSON not in line
    assert has not in line


async def test_a_permission_that_was_given_since_is_in_the_next_token(bench: Bench):
    old, new = token(), token(*EVERYTHING)
    tokens = with_tokens(bench, old, new)
    bench.graph.will(refuses(403, DENIED), refuses(403, DENIED), says(b"", 204))
    writer = bench.writer()
    with pytest.raises(NotGranted):
        await writer.set_password(PERSON, Secret("dobavi-4713"), many=False)
    assert tokens.dropped == [old]
    tokens.tokens.insert(0, old)
    with pytest.raises(NotGranted):
        await writer.set_password(PERSON, Secret("dobavi-4713"), many=False)
    assert tokens.dropped == [old]  # once a minute: a class of thirty asks for no thirty tokens
    tokens.tokens.remove(old)
    await writer.set_password(PERSON, Secret("dobavi-4713"), many=False)


async def test_a_role_that_was_given_since_is_in_the_next_token(bench: Bench):
    old, new = token(*EVERYTHING), token(*EVERYTHING, wids=[PASSWORD_ADMINISTRATOR])
    tokens = with_tokens(bench, old, new)
    bench.graph.will(refuses(403, DENIED), says(b"", 204))
    writer = bench.writer()
    with pytest.raises(NotGranted):
        await writer.set_password(PERSON, Secret("dobavi-4713"), many=False)
    assert tokens.dropped == [old]
    await writer.set_password(PERSON, Secret("dobavi-4713"), many=False)


async def test_what_came_back_about_the_write_stands_whatever_becomes_of_the_token(bench: Bench):
    with_tokens(bench, token()).uses = 1
    bench.graph.will(refuses(403, DENIED))
    with pytest.raises(DirectoryForbidden):
        await bench.writer().set_password(PERSON, Secret("dobavi-4713"), many=False)


async def test_what_was_done_to_others_is_refused_for_this_one(bench: Bench):
    with_tokens(bench, token(*EVERYTHING))
    bench.graph.will(says(b"", 204), refuses(403, DENIED))
    writer = bench.writer()
    await writer.set_password(PERSON, Secret("dobavi-4713"), many=False)
    with pytest.raises(DirectoryForbidden) as caught:
        await writer.set_password(PERSON, Secret("dobavi-4713"), many=False)
    assert type(caught.value) is DirectoryForbidden


async def test_an_account_that_may_not_be_enabled_says_why(bench: Bench, caplog: pytest.LogCaptureFixture):
    with_tokens(bench, token("User.EnableDisableAccount.All", "EduRoster.ReadWrite.All"))
    bench.graph.will(refuses(403, DENIED))
    with caplog.at_level(logging.ERROR):
        (outcome,) = await bench.enrolments().carry_out(PERSON, [Step(StepKind.ENABLE, PERSON)])
    assert type(outcome.error) is NotGranted
    assert "does not grant User.Read.All" in caplog.text


async def test_nothing_is_called_what_it_is_not(bench: Bench):
    """An empty body has no content type, and aiohttp gives it none."""
    bench.graph.will(says({"value": True}))
    await bench.writer().revoke_sessions(PERSON)
    (seen,) = bench.graph.seen
    assert "Content-Type" not in seen.headers
