from dataclasses import replace

import pytest

from bot.teams.options import ConfigurationError, TeamsOptions
from bot.teams.service_urls import ServiceUrlRefused, check_service_url, is_loopback

HOSTS = frozenset({"smba.trafficmanager.net"})
GUID = "b07b07b0-0000-4000-8000-000000000007"
GOOD = TeamsOptions(app_id=GUID, tenant_id=GUID, client_secret="made-up")
PEM = "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----"


@pytest.mark.parametrize(
    "url",
    ["https://smba.trafficmanager.net", "https://smba.trafficmanager.net/", "https://smba.trafficmanager.net/emea/"],
)
def test_teams_own_address_is_accepted(url: str) -> None:
    check_service_url(url, hosts=HOSTS, loopback_only=False)
    with pytest.raises(ServiceUrlRefused):
        check_service_url(url, hosts=HOSTS, loopback_only=True)


@pytest.mark.parametrize(
    "url", ["http://localhost:56150/_connector", "http://127.0.0.1:1/", "https://127.9.9.9/", "http://[::1]:8080/x/"]
)
def test_this_machine_is_accepted_in_development_only(url: str) -> None:
    check_service_url(url, hosts=HOSTS, loopback_only=True)
    with pytest.raises(ServiceUrlRefused):
        check_service_url(url, hosts=HOSTS, loopback_only=False)


@pytest.mark.parametrize(
    "url",
    ["https://smba.trafficmanager.net/" + "a" * 500, "https://[::1", "https://smba.trafficmanager.net:x/", "\n"],
)
def test_what_is_no_address_is_refused_and_never_an_error_of_another_kind(url: str) -> None:
    for loopback_only in (True, False):
        with pytest.raises(ServiceUrlRefused) as caught:
            check_service_url(url, hosts=HOSTS, loopback_only=loopback_only)
        assert url not in str(caught.value)


@pytest.mark.parametrize(
    "host", ["localhost.evil.tld", "127.0.0.1.evil.tld", "2130706433", "0x7f000001", "0.0.0.0", ""]
)
def test_what_only_looks_like_this_machine_is_not(host: str) -> None:
    assert not is_loopback(host)


# Options


@pytest.mark.parametrize(
    "options",
    [
        GOOD,
        replace(GOOD, client_secret="", certificate=PEM),
        replace(GOOD, client_secret="", app_type="UserAssignedMSI"),
        replace(GOOD, development=True),
        replace(GOOD, development=True, openid_metadata_url="http://127.0.0.1:9/x"),
        TeamsOptions(development=True),
    ],
)
def test_options_that_can_work(options: TeamsOptions) -> None:
    options.check()


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (TeamsOptions(), "app_id"),
        (TeamsOptions(app_id="my-bot"), "app_id"),
        (TeamsOptions(development=True, client_secret="x"), "app_id"),
        (replace(GOOD, app_id=GUID + "\n"), "app_id"),
        (replace(GOOD, tenant_id=""), "tenant_id"),
        (replace(GOOD, tenant_id="a/../b"), "tenant_id"),
        (replace(GOOD, tenant_id="edu.mon.bg"), "tenant_id"),
        (replace(GOOD, app_type="MultiTenant"), "app_type"),
        (replace(GOOD, app_type=""), "app_type"),
        (replace(GOOD, client_secret=""), "client_secret"),
        (replace(GOOD, certificate=PEM), "client_secret"),
        (replace(GOOD, app_type="UserAssignedMSI"), "client_secret"),
        (replace(GOOD, client_secret="", certificate="-----BEGIN CERTIFICATE-----"), "certificate"),
        (replace(GOOD, service_hosts=()), "service_hosts"),
        (replace(GOOD, service_hosts=("*.trafficmanager.net",)), "service_hosts"),
        (replace(GOOD, service_hosts=("https://smba.trafficmanager.net",)), "service_hosts"),
        (replace(GOOD, service_hosts=("smba.trafficmanager.net:443",)), "service_hosts"),
        (replace(GOOD, service_hosts=("SMBA.trafficmanager.net",)), "service_hosts"),
        (replace(GOOD, service_hosts=("127.0.0.1",)), "service_hosts"),
        (replace(GOOD, service_hosts=("localhost",)), "service_hosts"),
        (replace(GOOD, service_hosts=("smba.trafficmanager.net", "")), "service_hosts"),
        (replace(GOOD, openid_metadata_url="http://login.botframework.com/x"), "openid_metadata_url"),
        (replace(GOOD, openid_metadata_url="http://127.0.0.1/x"), "openid_metadata_url"),
        (replace(GOOD, openid_metadata_url="https://[x"), "openid_metadata_url"),
        (replace(GOOD, authority="http://127.0.0.1", development=True), "authority"),
        (replace(GOOD, authority="https://a@login.microsoftonline.com"), "authority"),
    ],
)
def test_options_that_cannot_work_are_named_and_their_values_are_not_shown(options: TeamsOptions, named: str) -> None:
    with pytest.raises(ConfigurationError, match=named) as caught:
        options.check()
    assert "made-up" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "on"),
    [
        (GOOD, True),
        (replace(GOOD, development=True), True),
        (TeamsOptions(development=True), False),
        (TeamsOptions(), True),
    ],
)
def test_authentication_is_off_in_one_case_only(options: TeamsOptions, on: bool) -> None:
    assert options.authenticates is on


def test_secrets_are_not_shown_when_options_are_printed() -> None:
    shown = repr(replace(GOOD, certificate=PEM))
    assert "made-up" not in shown
    assert "PRIVATE" not in shown
