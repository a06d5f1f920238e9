"""What the channels send: one message of a person, in the shape of Teams and in the shape of Slack."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.rivals.slack_echo import SIGNING_SECRET

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in Teams, and where the bot's replies go."""

    tenant: str
    object_id: str
    service_url: str

    def activity(self, conversation: str, number: int, **more: object) -> bytes:
        """An activity as Teams posts it; `more` adds to or replaces its fields."""
        return json.dumps(
            {
                "type": "message",
                "id": f"activity-{number}",
                "timestamp": "2050-01-10T08:00:00.000Z",
                "serviceUrl": self.service_url,
                "channelId": "msteams",
                "from": {"id": f"29:{self.object_id}", "name": "Директор", "aadObjectId": self.object_id},
                "conversation": {"conversationType": "personal", "tenantId": self.tenant, "id": conversation},
                "recipient": {"id": "28:bot", "name": "Електронни профили"},
                "channelData": {"tenant": {"id": self.tenant}},
                "locale": "bg-BG",
                **more,
            },
            ensure_ascii=False,
        ).encode()

    def said(self, conversation: str, number: int, text: str) -> bytes:
        """A typed message."""
        return self.activity(conversation, number, text=text, textFormat="plain")

    def pressed(self, conversation: str, number: int, action: Mapping[str, object]) -> bytes:
        """A pressed button of a card (Action.Execute)."""
        value = {"action": {"type": "Action.Execute", **action}, "trigger": "manual"}
        return self.activity(conversation, number, type="invoke", name="adaptiveCard/action", value=value)


def slack_event(channel: str, number: int, text: str) -> tuple[bytes, dict[str, str]]:
    """A message event with Slack's signature headers (docs.slack.dev: verifying requests from Slack)."""
    event = {
        "type": "message",
        "channel": channel,
        "channel_type": "im",
        "user": "U1",
        "text": text,
        "ts": f"{number}.1",
    }
    body = json.dumps(
        {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": f"Ev{number}", "event": event},
        ensure_ascii=False,
    ).encode()
    moment = str(int(time.time()))
    signature = hmac.new(SIGNING_SECRET.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
    return body, {**JSON, "X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={signature}"}
