"""The password itself: shown in the answer to a press and in no message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cards.account_lines import person
from cards.actions import Button, offered
from cards.checked import CardError
from cards.lines import aside, box, copyable, fact, heading, large, paragraphs, sentence
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate


@dataclass(frozen=True, slots=True)
class PasswordReveal:
    """`password` is what is typed, without spaces; `grouped` the same in readable groups (`Zege gosa 2399`);
    `reading` how it is read aloud (`Зе-ге-го-са, две три девет девет`). Hours and days are ready words.
    A `problem` is to be seen to, a `notice` to be known.
    """

    name: str = field(repr=False)
    username: str = field(repr=False)
    class_: str
    recipient: str
    password: str = field(repr=False)
    grouped: str = field(repr=False)
    reading: str = field(repr=False)
    works_from: str
    expires: str
    seen_again_until: str
    buttons: tuple[Button, ...]
    problem: str = ""
    notice: str = ""


_HAND: Mapping[str, str] = {
    "student": "card-password-hand-student",
    "parent": "card-password-hand-parent",
    "teacher": "card-password-hand-teacher",
}


@total
def password_reveal_card(card: PasswordReveal, t: Translate) -> dict[str, Any]:
    """No inputs. Its fallback text holds nothing of it."""
    if card.recipient not in _HAND:
        raise CardError("no such recipient", card.recipient)
    title = t("card-password-title")
    return Card(
        heading(title),
        person(card.name, card.class_, card.username, t),
        *([box(t("card-password-attention"), card.problem, "attention")] if card.problem else []),
        Container(
            RichTextBlock(TextRun(t("card-password-value"), weight="bolder")),
            large(card.grouped),
            fact(t("card-password-reading"), card.reading),
            *copyable(t("card-password-typed"), card.password),
            style="emphasis",
            spacing="medium",
        ),
        sentence(t("card-password-how")),
        sentence(t("card-password-change")),
        fact(t("card-password-works"), card.works_from),
        fact(t("card-password-until"), card.expires),
        fact(t("card-password-again"), card.seen_again_until),
        *paragraphs(card.notice),
        sentence(t(_HAND[card.recipient])),
        aside(t("card-password-viber")),
        lang=t("card-lang"),
        fallback_text=title,
        actions=offered(*card.buttons),
    ).to_dict()
