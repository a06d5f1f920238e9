"""The bot's own token: from a made-up provider, and from real MSAL against a pretend Entra."""

import asyncio
import threading

import certifi
import jwt
import pytest

from bot.teams.credentials import EARLY, FRESH, PAUSE, ConnectorToken, CredentialsUnavailable
from bot.teams.options import ConfigurationError, TeamsOptions
from tests.connector import TENANT, FakeTeams
from tests.connector.certificates import identity_pem
from tests.connector.fake_teams import APP_ID, BOT_TOKEN

OPTIONS = TeamsOptions(app_id=APP_ID, tenant_id=TENANT, client_secret="made-up")


class Provider:
    """Gives numbered tokens for an hour, or what it is told to."""

    def __init__(self) -> None:
        self.built = self.asked = 0
        self.threads: set[threading.Thread] = set()
        self.answer: dict[str, object] | Exception | None = None
        self.now = 0.0

    def build(self, _: TeamsOptions):
        self.built += 1
        self.threads.add(threading.current_thread())
        return self.ask

    def ask(self) -> dict[str, object]:
        self.asked += 1
        self.threads.add(threading.current_thread())
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer or {"access_token": f"token-{self.asked}", "expires_in": 3600}

    def token(self) -> ConnectorToken:
        return ConnectorToken(OPTIONS, build=self.build, monotonic=lambda: self.now)


async def test_many_turns_at_once_ask_once_and_never_on_the_event_loop() -> None:
    provider = Provider()
    token = provider.token()

    assert set(await asyncio.gather(*(token() for _ in range(20)))) == {"token-1"}
    assert (provider.built, provider.asked) == (1, 1)
    assert threading.main_thread() not in provider.threads


async def test_a_new_token_is_asked_for_five_minutes_before_the_old_one_ends() -> None:
    provider = Provider()
    token = provider.token()
    await token()
    provider.now = 3600 - EARLY - 1
    assert await token() == "token-1"
    provider.now += 1
    assert await token() == "token-2"
    assert provider.built == 1


@pytest.mark.parametrize("answer", [{"error": "temporarily_unavailable"}, OSError("no network"), {}])
async def test_while_a_new_token_cannot_be_had_the_old_one_serves_to_its_end(answer: object) -> None:
    provider = Provider()
    token = provider.token()
    await token()
    provider.answer = answer  # type: ignore[assignment]
    provider.answer = provider.answer or {"token_type": "Bearer"}
    provider.now = 3599
    assert await token() == "token-1"
    provider.now = 3600
    with pytest.raises(CredentialsUnavailable):
        await token()


async def test_a_failure_is_not_repeated_at_once_and_is_forgotten_when_it_is_over() -> None:
    provider = Provider()
    provider.answer = {"error": "invalid_client", "error_description": "made-up secret in words"}
    token = provider.token()
    for _ in range(5):
        with pytest.raises(CredentialsUnavailable, match="invalid_client"):
            await token()
    assert provider.asked == 1

    provider.answer = None
    provider.now += PAUSE
    assert await token() == "token-2"


async def test_a_refused_token_is_replaced_by_a_new_one_of_a_new_client() -> None:
    provider = Provider()
    token = provider.token()
    first = await token()
    provider.now = FRESH

    assert token.drop(first)
    assert token.drop(first), "others were refused with it, too"
    assert set(await asyncio.gather(*(token() for _ in range(5)))) == {"token-2"}
    assert token.drop(first), "there is a newer one already"
    assert (provider.built, provider.asked) == (2, 2)


async def test_a_connector_that_refuses_every_token_does_not_send_us_to_entra_each_time() -> None:
    provider = Provider()
    token = provider.token()
    for _ in range(10):
        assert not token.drop(await token())
        provider.now += FRESH / 11

    assert provider.asked == 1


async def test_a_token_that_lives_shorter_than_we_plan_ahead_is_still_used() -> None:
    provider = Provider()
    provider.answer = {"access_token": "short", "expires_in": 60}
    token = provider.token()
    await token()
    provider.now = PAUSE - 1
    await token()

    assert provider.asked == 1


async def test_a_bug_in_the_provider_is_not_taken_for_an_outage() -> None:
    provider = Provider()
    provider.answer = KeyError("bug")
    with pytest.raises(KeyError):
        await provider.token()()


def test_without_an_app_id_there_is_no_token() -> None:
    with pytest.raises(ConfigurationError):
        ConnectorToken(TeamsOptions(development=True))


@pytest.mark.parametrize("way", ["secret", "certificate"])
async def test_msal_proves_who_the_bot_is(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", certifi.where())  # the environment does not outvote our own file
    async with FakeTeams(tls=True) as teams:
        proof = (
            {"client_secret": "made-up"}
            if way == "secret"
            else {"certificate": identity_pem(101), "client_secret": ""}
        )
        options = teams.options(authority=teams.origin, **proof)
        options.check()
        token = ConnectorToken(options)

        assert [await token(), await token()] == [BOT_TOKEN, BOT_TOKEN]

    (asked,) = teams.token_requests
    assert asked["scope"] == "https://api.botframework.com/.default"
    assert asked["grant_type"] == "client_credentials"
    if way == "secret":
        assert asked["client_secret"] == "made-up"
    else:
        claims = jwt.decode(asked["client_assertion"], options={"verify_signature": False})
        assert (claims["iss"], "client_secret" in asked) == (APP_ID, False)


async def test_an_entra_with_a_strange_certificate_is_not_asked() -> None:
    async with FakeTeams(tls=True) as teams:
        with pytest.raises(CredentialsUnavailable):
            await ConnectorToken(teams.options(authority=teams.origin, ca_file=None))()

    assert teams.token_requests == []
