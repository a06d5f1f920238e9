"""What a sample is, and the text from outside that every card has to withstand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cards.actions import Button, Press
from cards.words import TextOf
from tests.gallery.words import WORDS

HOSTILE = (
    "[Вход](https://evil.example)",
    "<at>Директор</at>",
    "{{DATE(2026-11-23T06:08:39Z,LONG)}}",
    "\u202eвонавИ \u2066нави\u2069",
    "Зло" + "\u0301" * 10_000,
    "**важно** _курсив_ `код` # заглавие",
    "<script>alert(1)</script>",
    "Иван\u200b\u00ad\ufeffов\x00\x1b[31m",
    "ред\nвтори\r\nред\u2028трети",
    "дълго" * 200,
)

Said = Callable[[str], str]
"""A sample's own words in the language of the card."""


@dataclass(frozen=True)
class Sample:
    """One card in one state."""

    name: str
    build: Callable[[TextOf, Said], dict[str, Any]]

    def card(self, t: TextOf) -> dict[str, Any]:
        """The card in the language of `t`."""
        column = 0 if t("card-lang") == "bg" else 1
        return self.build(t, lambda name: WORDS[name][column])


def press(verb: str = "lookup.search", **ids: str) -> Press:
    """A press as large as a sealed one."""
    action = {"verb": verb, "ids": ids, "version": 0, "nonce": "n" * 22, "expires": 1_800_000_000}
    return Press(verb, {"action": action, "seal": "s" * 43})


def buttons(said: Said, *names: str) -> tuple[Button, ...]:
    """Buttons with these words, each of an operation."""
    return tuple(Button(said(name), press("password.state", operation="f" * 64)) for name in names)


SCHOOL = "СУ „Свети Климент“, гр. Примерово"
LONGEST_NAME = "Александър-Константин Димитров Образцов-Примерски"
APOSTROPHE = "Д'Артанян О’Образцов-Примерски"
