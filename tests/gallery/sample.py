"""What a sample is, and the text from outside that every card has to withstand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cards.actions import Press
from cards.words import TextOf

HOSTILE = (
    "[Вход](https://evil.example)",
    "<at>Директор</at>",
    "{{DATE(2026-11-23T06:08:39Z,LONG)}}",
    "\u202eвонавИ \u2066нави\u2069",
    "Зло" + "\u0301" * 1_000,
    "**важно** _курсив_ `код` # заглавие",
    "<script>alert(1)</script>",
    "Иван\u200b\u00ad\ufeffов\x00\x1b[31m",
    "ред\nвтори\r\nред\u2028трети",
    "дълго" * 200,
)


@dataclass(frozen=True)
class Sample:
    """One card in one state."""

    name: str
    card: Callable[[TextOf], dict[str, Any]]
    """The card in the language of the texts."""


def press(verb: str = "lookup.search", **ids: str) -> Press:
    """A press as large as a sealed one."""
    action = {"verb": verb, "ids": ids, "version": 0, "nonce": "n" * 22, "expires": 1_800_000_000}
    return Press(verb, {"action": action, "seal": "s" * 43})
