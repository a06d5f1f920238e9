"""Settings that cannot work are refused at start, by name and without their value."""

from dataclasses import replace
from typing import Any

import pytest

from bot.graph.options import Certificate, ClientSecret, ManagedIdentity
from tests.unit.graph.hostile import options

GOOD = options("https://graph.microsoft.com")
ROLE = "0b5e2a52-7f7e-4a6c-9d53-0f2a0a4f1c11"


def test_the_ordinary_settings_work():
    GOOD.check()
    replace(GOOD, credential=ManagedIdentity(), client_id="").check()
    replace(GOOD, base_url="http://127.0.0.1:8080", authority="https://127.0.0.1:8081").check()
    replace(GOOD, app_roles={ROLE: "RegionalOffice"}, app_roles_resource=ROLE).check()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "http://graph.microsoft.com"),
        ("base_url", "https://graph.microsoft.com/v1.0"),
        ("base_url", "https://user@graph.microsoft.com"),
        ("base_url", "graph.microsoft.com"),
        ("base_url", ""),
        ("authority", "http://127.0.0.1:8081"),
        ("authority", "https://login.microsoftonline.com/common"),
        ("tenant_id", ""),
        ("tenant_id", "a/b"),
        ("client_id", ""),
        ("credential", ClientSecret("")),
        ("credential", Certificate("x", "y")),
        ("users_version", "v2.0"),
        ("role_extension", "NEISPUO_ROLE"),
        ("identifier_extension", "extension_1_x,mail"),
        ("app_roles", {"x": "RegionalOffice"}),
        ("deadline", 1.0),
        ("attempt_timeout", 0.0),
        ("sweep_deadline", 1.0),
        ("sweep_attempt_timeout", 1.0),
        ("sweep_attempt_timeout", 500.0),
        ("page_size", 1000),
        ("page_size", 0),
        ("requests_per_second", 5000.0),
    ],
)
def test_settings_that_cannot_work(name: str, value: Any):
    with pytest.raises(ValueError, match="Graph option") as caught:
        replace(GOOD, **{name: value}).check()
    if isinstance(value, str) and value:
        assert value not in str(caught.value)


def test_app_roles_without_the_application_that_defines_them_are_refused():
    with pytest.raises(ValueError, match="app_roles_resource"):
        replace(GOOD, app_roles={ROLE: "RegionalOffice"}).check()


@pytest.mark.parametrize(
    "credential", [ClientSecret("hush-hush"), Certificate("hush-hush", "hush-hush", "hush-hush")]
)
def test_a_credential_does_not_show_itself(credential: Any):
    assert "hush" not in repr(credential) + repr(replace(GOOD, credential=credential))
