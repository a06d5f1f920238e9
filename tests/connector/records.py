"""What a test looks at after a delivery, and how the connector can misbehave."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

CARD = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True)
class Sent:
    """A message the bot sent: `body` is the activity as it came over the wire."""

    id: str
    conversation_id: str
    reply_to: str | None
    body: Mapping[str, Any]

    @property
    def text(self) -> str | None:
        return self.body.get("text")

    @property
    def card(self) -> dict[str, Any] | None:
        attachments = self.body.get("attachments") or []
        return attachments[0]["content"] if attachments and attachments[0]["contentType"] == CARD else None


@dataclass(frozen=True)
class Exchange:
    """What one delivery led to: the HTTP answer, and the messages the bot sent meanwhile."""

    status: int
    raw: bytes
    headers: Mapping[str, str]
    sent: tuple[Sent, ...]

    @property
    def body(self) -> Any:
        """The invoke response; None when the answer has no body."""
        return json.loads(self.raw) if self.raw else None

    @property
    def card(self) -> dict[str, Any] | None:
        """The card the person now sees: of the invoke response, or of the last message."""
        if self.raw:
            return self.body["value"] if self.body["type"] == CARD else None
        return self.sent[-1].card if self.sent else None

    @property
    def text(self) -> str | None:
        """The text the person now sees: of the invoke response (a notice or an error), or of the last message."""
        if self.raw:
            value = self.body["value"]
            return value if isinstance(value, str) else value.get("message")
        return self.sent[-1].text if self.sent else None

    @property
    def refused(self) -> bool:
        """Whether the invoke was answered with an error."""
        return bool(self.raw) and self.body["type"] == "application/vnd.microsoft.error"


@dataclass
class Fault:
    """How the connector misbehaves once. `delivered`: the message arrives although the answer says otherwise."""

    status: int = 502
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    delivered: bool = False
    drop: bool = False
    delay: float = 0.0


def actions_of(card: Mapping[str, Any] | None, *, title: str | None = None, verb: str | None = None) -> list[dict]:
    """The actions of a card, wherever in it they stand, that have this title or verb."""
    found = [each for each in _objects(card) if str(each.get("type", "")).startswith("Action.")]
    return [each for each in found if title in {None, each.get("title")} and verb in {None, each.get("verb")}]


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from _objects(child)
    elif isinstance(value, list):
        for child in value:
            yield from _objects(child)
