"""A simulator running in a thread of its own, and a plain client to it."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msal
import requests

from simulator.graph.dialect import KIND, Dialect
from simulator.people.directory_names import TEAMS_APP_ID, WRITER_CLIENT_ID
from simulator.people.model import TenantOptions
from simulator.server import Running, ServerOptions, running

TODAY = date(2026, 11, 23)
DEMO = TenantOptions(today=TODAY)
DEFAULTS = {
    "latency": 0,
    "throttle": 0,
    "errors": 0,
    "replicationLag": 0,
    "writesPer150s": 3_000,
    "writesPer5min": 18_000,
    "passwordErrorDetails": True,
    "dialect": {},
    "appNames": WRITER_CLIENT_ID,
    "manifestId": TEAMS_APP_ID,
    "siteGrants": None,
    "siteAdmins": [],
    "federated": False,
    "synchronised": False,
    "quirks": [],
}
SCOPE = ["https://graph.microsoft.com/.default"]


class Client:
    """Asks a running simulator, as `reader` unless said otherwise."""

    def __init__(self, description: dict[str, Any]) -> None:
        self.description = description
        self.base: str = description["graph"]
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = description["ca_file"]
        self._tokens: dict[str, str] = {}
        self._roster: dict[str, Any] | None = None

    def msal(self, who: str = "reader", credential: Any = None) -> msal.ConfidentialClientApplication:
        """A real MSAL application."""
        client = self.description["clients"][who]
        return msal.ConfidentialClientApplication(
            client["id"],
            client_credential=credential or client["secret"],
            authority=f"{self.description['authority']}/{self.description['tenant']}",
            instance_discovery=False,
            http_client=self.session,
        )

    def token(self, who: str = "reader") -> str:
        """An access token."""
        if who not in self._tokens:
            self._tokens[who] = self.msal(who).acquire_token_for_client(SCOPE)["access_token"]
        return self._tokens[who]

    def forget_tokens(self) -> None:
        """The next call asks for a new token."""
        self._tokens.clear()

    def get(self, path: str, who: str = "reader", version: str = "v1.0", **headers: str) -> requests.Response:
        """GET of a path with query below the version; an absolute link is taken as it is."""
        url = path if path.startswith("https://") else f"{self.base}/{version}{path}"
        sent = {"Authorization": f"Bearer {self.token(who)}"} | {
            name.replace("_", "-"): v for name, v in headers.items()
        }
        return self.session.get(url, headers=sent, timeout=20)

    def batch(self, *items: dict[str, Any], who: str = "reader", **headers: str) -> requests.Response:
        """POST /$batch."""
        sent = {"Authorization": f"Bearer {self.token(who)}"} | {
            name.replace("_", "-"): v for name, v in headers.items()
        }
        return self.session.post(f"{self.base}/v1.0/$batch", json={"requests": items}, headers=sent, timeout=20)

    def patch(self, path: str, body: Any, who: str = "writer", **headers: str) -> requests.Response:
        """PATCH of a path below v1.0."""
        return self._send("PATCH", path, body, who, headers)

    def post(self, path: str, body: Any = None, who: str = "writer", **headers: str) -> requests.Response:
        """POST to a path below v1.0."""
        return self._send("POST", path, body, who, headers)

    def put(self, path: str, body: Any = None, who: str = "writer", **headers: str) -> requests.Response:
        """PUT of a path below v1.0."""
        return self._send("PUT", path, body, who, headers)

    def delete(self, path: str, who: str = "writer", **headers: str) -> requests.Response:
        """DELETE of a path below v1.0."""
        return self._send("DELETE", path, None, who, headers)

    def set_password(self, key: str, password: str, *, force: bool = True, **headers: str) -> requests.Response:
        """As the product's worker sets one."""
        profile = {"password": password, "forceChangePasswordNextSignIn": force}
        return self.patch(f"/users/{quote(key)}", {"passwordProfile": profile}, **headers)

    def sign_in(self, username: str, password: str, new: str | None = None) -> str:
        """The outcome of an attempt at the sign-in page."""
        body = {"username": username, "password": password} | ({} if new is None else {"newPassword": new})
        outcome: str = self.admin("POST", "signin", body).json()["outcome"]
        return outcome

    def _send(self, method: str, path: str, body: Any, who: str, headers: dict[str, str]) -> requests.Response:
        sent = {"Authorization": f"Bearer {self.token(who)}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return self.session.request(method, f"{self.base}/v1.0{path}", json=body, headers=sent, timeout=20)

    def admin(self, method: str, path: str, body: Any = None) -> requests.Response:
        """A request behind Graph's back."""
        return self.session.request(method, f"{self.base}/_simulator/{path}", json=body, timeout=20)

    def reset(self) -> None:
        """As at the start."""
        self.usual_settings()
        self.admin("POST", "reset")

    def usual_settings(self) -> None:
        """It answers as at the start; who and what is in it stays."""
        given = {WRITER_CLIENT_ID: self.description["writer_roles"]}
        self.admin("POST", "settings", DEFAULTS | {"appDirectoryRoles": given})

    @property
    def roster(self) -> dict[str, Any]:
        """Everybody worth knowing."""
        if self._roster is None:
            found: dict[str, Any] = self.admin("GET", "people").json()
            self._roster = found
        return self._roster

    def case(self, key: str) -> dict[str, Any]:
        """The student planted as this case."""
        found: dict[str, Any] = next(student for student in self.roster["students"] if student["case"] == key)
        return found

    def staff(self, key: str) -> dict[str, Any]:
        """The member of staff planted as this case."""
        found: dict[str, Any] = next(person for person in self.roster["people"] if person["case"] == key)
        return found

    def find(self, identifier: str, query: str = "&$expand=schools,classes") -> list[dict[str, Any]]:
        """Accounts whose stored identifier is this, as the product's search asks."""
        path = (
            f"/education/users?$filter=student/externalId eq '{identifier}' or teacher/externalId eq '{identifier}'"
        )
        found: list[dict[str, Any]] = self.get(path + query).json()["value"]
        return found


@contextmanager
def living(
    state: Path,
    dialect: Dialect | None = None,
    tenant: TenantOptions = DEMO,
    *,
    links: bool = False,
) -> Iterator[Client]:
    """A simulator in a thread until the block is left: as kind as can be, unless said otherwise."""
    options = ServerOptions(tenant, state, dialect=dialect or KIND, links=links)
    with served(options) as client:
        yield client


@contextmanager
def served(options: ServerOptions) -> Iterator[Client]:
    """The same, with every option."""
    ready, stop = threading.Event(), asyncio.Event()
    held: list[Running] = []
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        async with running(options) as simulator:
            held.append(simulator)
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(60), "the simulator did not start"
    try:
        yield Client(held[0].description)
    finally:
        loops[0].call_soon_threadsafe(stop.set)
        thread.join(20)
