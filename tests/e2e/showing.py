"""A bot that shows cards and nothing else, for what depends on how the client draws them."""

import json
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_ADAPTIVE = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press as it came: `inputs` is what the client sent along beside the press itself."""

    verb: str
    inputs: Mapping[str, Any]


class Showing:
    """The bot: answers every message with `card`, every press with the card of its verb. `pressed`: what was."""

    def __init__(self, card: Mapping[str, Any], after: Mapping[str, Mapping[str, Any]]) -> None:
        self.pressed: list[Pressed] = []
        self._card, self._after = card, after
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where a client sends activities."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/api/messages"

    def stop(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, activity: Mapping[str, Any]) -> dict[str, Any] | None:
        if activity["type"] == "invoke":
            action = activity["value"]["action"]
            verb = action["verb"]
            self.pressed.append(Pressed(verb, action.get("data") or {}))
            return {"statusCode": 200, "type": _ADAPTIVE, "value": self._after[verb]}
        if activity["type"] == "message":
            self._say(activity)
        return None

    def _say(self, to: Mapping[str, Any]) -> None:
        said = {
            "type": "message",
            "from": to["recipient"],
            "recipient": to["from"],
            "conversation": to["conversation"],
            "replyToId": to["id"],
            "attachments": [{"contentType": _ADAPTIVE, "content": self._card}],
        }
        where = f"{to['serviceUrl'].rstrip('/')}/v3/conversations/{to['conversation']['id']}/activities"
        raw, head = json.dumps(said).encode(), {"Content-Type": "application/json"}
        urllib.request.urlopen(urllib.request.Request(where, raw, head), timeout=20).close()  # noqa: S310 -- this machine

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        bot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                answer = bot._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                raw = json.dumps(answer or {}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class's name
                """Nothing."""

        return Handler
