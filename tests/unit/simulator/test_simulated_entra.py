"""Tokens, with the real MSAL: who gets one, and what Graph says to one it does not take."""

from pathlib import Path
from time import time

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.unit.simulator.living import SCOPE, Client

ME = "/users/2990001@edu.mon.bg?$select=id"


def ask(graph: Client, token: str) -> requests.Response:
    return graph.session.get(f"{graph.base}/v1.0{ME}", headers={"Authorization": token}, timeout=20)


def test_a_secret_gets_a_token_with_the_applications_permissions(graph: Client):
    answer = graph.msal().acquire_token_for_client(SCOPE)
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3599)
    claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
    assert "EduRoster.Read.All" in claims["roles"]
    assert not any("Write" in role for role in claims["roles"])
    assert claims["tid"] == graph.description["tenant"]
    assert ask(graph, f"Bearer {answer['access_token']}").status_code == 200


def test_a_certificate_gets_one_too_and_somebody_elses_does_not(graph: Client):
    def credential(who: str) -> dict[str, str]:
        pem = Path(graph.description["clients"][who]["certificate_file"]).read_text()
        key, certificate = pem.split("-----BEGIN CERTIFICATE-----")
        return {"private_key": key, "public_certificate": "-----BEGIN CERTIFICATE-----" + certificate}

    assert "access_token" in graph.msal(credential=credential("reader")).acquire_token_for_client(SCOPE)
    refused = graph.msal(credential=credential("writer")).acquire_token_for_client(SCOPE)
    assert refused["error"] == "invalid_client"
    assert refused["error_codes"] == [700027]


def test_a_wrong_secret_is_aadsts7000215(graph: Client):
    refused = graph.msal(credential="wrong").acquire_token_for_client(SCOPE)
    assert (refused["error"], refused["error_codes"]) == ("invalid_client", [7000215])
    assert refused["error_description"].startswith("AADSTS7000215: Invalid client secret provided.")
    assert "wrong" not in refused["error_description"]


def form(graph: Client, **changed: str) -> requests.Response:
    client = graph.description["clients"]["reader"]
    fields = {
        "grant_type": "client_credentials",
        "client_id": client["id"],
        "client_secret": client["secret"],
        "scope": SCOPE[0],
    }
    tenant = changed.pop("tenant", graph.description["tenant"])
    return graph.session.post(f"{graph.base}/{tenant}/oauth2/v2.0/token", data={**fields, **changed}, timeout=20)


@pytest.mark.parametrize(
    ("changed", "status", "error", "code"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
        ({"client_id": "5a1e0000-0000-4000-8000-0000000000ff"}, 400, "unauthorized_client", 700016),
        ({"client_secret": ""}, 401, "invalid_client", 7000218),
        ({"scope": "User.Read"}, 400, "invalid_scope", 70011),
        ({"tenant": "11111111-1111-4111-8111-111111111111"}, 400, "invalid_tenant", 90002),
    ],
)
def test_refusals_of_the_token_endpoint(graph: Client, changed, status, error, code):
    answer = form(graph, **changed)
    assert (answer.status_code, answer.json()["error"], answer.json()["error_codes"]) == (status, error, [code])


def test_the_tenant_has_a_name_and_discovery_points_home(graph: Client):
    assert form(graph, tenant="edu.mon.bg").status_code == 200
    discovered = graph.session.get(f"{graph.base}/common/discovery/instance", timeout=20).json()
    configuration = graph.session.get(discovered["tenant_discovery_endpoint"], timeout=20).json()
    assert configuration["token_endpoint"].startswith(graph.base)
    keys = graph.session.get(configuration["jwks_uri"], timeout=20).json()["keys"]
    token = graph.token()
    claims = jwt.decode(token, jwt.PyJWK(keys[0]).key, algorithms=["RS256"], audience="https://graph.microsoft.com")
    assert claims["iss"] == configuration["issuer"]


def test_an_unknown_tenant_stops_msal_at_discovery(graph: Client):
    graph.description = {**graph.description, "tenant": "nowhere.example"}
    try:
        with pytest.raises(ValueError, match="authority"):
            graph.msal()
    finally:
        graph.description = {**graph.description, "tenant": "5a1e0000-0000-4000-8000-002990000000"}


def test_tokens_graph_does_not_take(graph: Client):
    good = graph.token()
    claims = jwt.decode(good, options={"verify_signature": False})
    foreign = rsa.generate_private_key(65537, 2048)
    head, body, signature = good.split(".")
    bad = {
        "": "Access token is empty.",
        "Basic abc": "Access token is empty.",
        "Bearer ": "Access token is empty.",
        "Bearer abc": "IDX14100",
        f"Bearer {jwt.encode(claims, foreign, algorithm='RS256')}": "Invalid signature",
        f"Bearer {jwt.encode(claims, '', algorithm='none')}": "Invalid signature",
        f"Bearer {head}.{body}.{signature[:-4]}AAAA": "Invalid signature",
        f"Bearer {jwt.encode({**claims, 'exp': int(time()) - 5}, foreign, algorithm='RS256')}": "validation",
    }
    for header, message in bad.items():
        answer = ask(graph, header)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "InvalidAuthenticationToken"), header
        assert message in answer.json()["error"]["message"]
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_expired_token_is_refused_and_a_new_one_works(graph: Client):
    graph.admin("POST", "settings", {"tokenLifetime": -1})
    short = graph.msal().acquire_token_for_client(SCOPE)["access_token"]
    graph.admin("POST", "settings", {"tokenLifetime": 3599})
    answer = ask(graph, f"Bearer {short}")
    assert answer.status_code == 401
    assert "expired" in answer.json()["error"]["message"]
    assert ask(graph, f"Bearer {graph.token()}").status_code == 200


def test_revoked_tokens_stop_at_once(graph: Client):
    before = graph.token()
    assert ask(graph, f"Bearer {before}").status_code == 200
    graph.admin("POST", "tokens/revoke")
    graph.forget_tokens()
    assert ask(graph, f"Bearer {before}").status_code == 401
    assert ask(graph, f"Bearer {graph.token()}").status_code == 200


def test_a_call_without_its_permission_is_403(graph: Client):
    answer = graph.get("/users/2990001@edu.mon.bg/appRoleAssignments", who="writer")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "Authorization_RequestDenied")
    assert graph.get("/users/2990001@edu.mon.bg/appRoleAssignments").status_code == 200


def test_only_the_simulators_own_authority_vouches_for_it(graph: Client):
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{graph.base}/common/discovery/instance", timeout=20, verify=True)
