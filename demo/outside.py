"""A page of the demo: what others do outside the bot (the register at night, a teacher in Teams), at a button."""

import io
import json
import ssl
import threading
import urllib.error
import urllib.request
import zipfile
from collections.abc import Mapping
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_HOST = "127.0.0.1"


class Outside:
    """The page, from now until `stop`. `school`: the code of the one whose list can be taken away."""

    def __init__(self, tenant: Mapping[str, Any], school: str) -> None:
        self._simulator = f"{tenant['graph']}/_simulator"
        self._school = school
        self._trust = ssl.create_default_context(cafile=tenant["ca_file"])
        self._server = ThreadingHTTPServer((_HOST, 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{_HOST}:{self._server.server_address[1]}"

    def stop(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()

    def links(self) -> list[dict[str, Any]]:
        """The planted links with what can happen to them."""
        found: list[dict[str, Any]] = self._ask("GET", "links")["links"]
        return found

    def happen(self, key: str) -> None:
        """It happens. Errors: urllib.error.HTTPError."""
        match key:
            case "list-gone" | "list-there":
                self._ask("POST", f"lists/{self._school}", {"there": key == "list-there"})
            case "some-fail":
                fault = {
                    "match": "^GET /education/classes/[{]class[}]/members$",
                    "fault": "429;retry-after=900",
                    "times": 3,
                }
                self._ask("POST", "faults", fault)
            case _:
                self._ask("POST", f"links/{key}")

    def listed(self) -> tuple[bool, bytes]:
        """Whether the list lies in the school's folder, and the list itself as a package."""
        told = self._ask("GET", f"lists/{self._school}")
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in told["files"].items():
                package.writestr(name, text)
        return bool(told["there"]), written.getvalue()

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        raw = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._simulator}/{path}", raw, method=method)  # noqa: S310 -- the simulator's
        with urllib.request.urlopen(request, context=self._trust, timeout=30) as answer:  # noqa: S310 -- as above
            return json.load(answer)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                there, package = outside.listed()
                if self.path == "/list.zip":
                    self._send(200, package, "application/zip")
                else:
                    self._send(200, _page(outside.links(), outside._school, there=there).encode())

            def do_POST(self) -> None:
                own = {outside.address, outside.address.replace(_HOST, "localhost")}
                if self.headers.get("Origin") not in own:
                    self._send(403, b"")
                    return
                try:
                    outside.happen(self.path.rpartition("/")[2])
                except urllib.error.HTTPError as error:
                    self._send(error.code, b"")
                    return
                self.send_response(303)
                self.send_header("Location", "/")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class's name
                """Nothing: the terminal belongs to the demo's own words."""

            def _send(self, status: int, raw: bytes, kind: str = "text/html; charset=utf-8") -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

        return Handler


def _page(links: list[dict[str, Any]], school: str, *, there: bool) -> str:
    rows = "".join(
        f"<tr><td>{escape(str(one['name']))}</td><td>{escape(str(one['externalId']))}</td>"
        f"<td>{_button(one['key'], one['outside']) if one['outside'] else ''}</td></tr>"
        for one in links
    )
    lists = _button("list-gone", "Без списък в OneDrive") if there else _button("list-there", "Със списък в OneDrive")
    return (
        '<!DOCTYPE html><html lang="bg"><meta charset="utf-8"><title>Извън бота</title>'
        "<style>body{font:1rem/1.4 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        "td{padding:.3rem .6rem;border-bottom:1px solid #ddd}button{font:inherit}form{display:inline}</style>"
        "<h1>Извън бота</h1><p>Какво правят другите: нощната синхронизация на НЕИСПУО, екипът за помощ, учителят в "
        "Teams. После в разговора с бота: „Проверка сега“.</p>"
        f"<table>{rows}</table>"
        f'<p>Училище {escape(school)}: {lists} <a href="/list.zip">Списъкът като архив</a>, за да бъде качен</p>'
        f"<p>{_button('some-fail', 'Microsoft не отговаря на част от следващите въпроси')}</p></html>"
    )


def _button(key: str, title: str) -> str:
    return f'<form method="post" action="/{escape(key)}"><button>{escape(title)}</button></form>'
