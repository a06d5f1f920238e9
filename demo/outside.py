"""A page of the demo: what others do outside the bot (the register at night, a teacher in Teams), at a button."""

import json
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_HOST = "127.0.0.1"


class Outside:
    """The page, from now until `stop`."""

    def __init__(self, tenant: Mapping[str, Any]) -> None:
        self._simulator = f"{tenant['graph']}/_simulator"
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
        self._ask("POST", f"links/{key}")

    def _ask(self, method: str, path: str) -> Any:
        request = urllib.request.Request(f"{self._simulator}/{path}", method=method)  # noqa: S310 -- the simulator's
        with urllib.request.urlopen(request, context=self._trust, timeout=30) as answer:  # noqa: S310 -- as above
            return json.load(answer)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._send(200, _page(outside.links()))

            def do_POST(self) -> None:
                own = {outside.address, outside.address.replace(_HOST, "localhost")}
                if self.headers.get("Origin") not in own:
                    self._send(403, "")
                    return
                try:
                    outside.happen(self.path.rpartition("/")[2])
                except urllib.error.HTTPError as error:
                    self._send(error.code, "")
                    return
                self.send_response(303)
                self.send_header("Location", "/")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class's name
                """Nothing: the terminal belongs to the demo's own words."""

            def _send(self, status: int, text: str) -> None:
                raw = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

        return Handler


def _page(links: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"<tr><td>{escape(str(one['name']))}</td><td>{escape(str(one['externalId']))}</td><td>"
        + (
            f'<form method="post" action="/{escape(one["key"])}"><button>{escape(one["outside"])}</button></form>'
            if one["outside"]
            else ""
        )
        + "</td></tr>"
        for one in links
    )
    return (
        '<!DOCTYPE html><html lang="bg"><meta charset="utf-8"><title>Извън бота</title>'
        "<style>body{font:1rem/1.4 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        "td{padding:.3rem .6rem;border-bottom:1px solid #ddd}button{font:inherit}</style>"
        "<h1>Извън бота</h1><p>Какво правят другите: нощната синхронизация на НЕИСПУО, екипът за помощ, учителят в "
        "Teams. После в разговора с бота: „Провери сега“.</p>"
        f"<table>{rows}</table></html>"
    )
