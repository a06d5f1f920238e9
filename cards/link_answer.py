"""A teacher's question about a class link, for the director."""

from dataclasses import dataclass, field
from typing import Any

from cards.account_lines import shown
from cards.actions import Button, Execute, Press, offered
from cards.inputs import TextInput
from cards.lines import box, fact, heading, paragraphs
from cards.strict import Card
from cards.total import total
from cards.words import Translate


@dataclass(frozen=True, slots=True)
class LinkQuestion:
    """`settle` and `decline` take the words of the answer; None once it is answered. `facts`: (label, value)."""

    question: str = field(repr=False)
    facts: tuple[tuple[str, str], ...] = field(repr=False)
    settle: Press | None = None
    decline: Press | None = None
    note: str = ""
    problem: str = ""
    words: str = field(default="", repr=False)
    buttons: tuple[Button, ...] = ()


@total
def link_question_card(card: LinkQuestion, t: Translate) -> dict[str, Any]:
    """Inputs: `words`, while it is open."""
    actions: list[Execute] = []
    inputs: list[TextInput] = []
    if card.settle is not None and card.decline is not None:
        inputs.append(TextInput("words", t("link-answer-words"), value=card.words, max_length=400, is_multiline=True))
        actions.append(Execute(t("link-answer-settled"), card.settle, style="positive", associated_inputs="auto"))
        actions.append(Execute(t("link-answer-declined"), card.decline, associated_inputs="auto"))
    return Card(
        heading(t("link-question-card-title")),
        *paragraphs(shown(card.question)),
        *([box("", card.note, "emphasis")] if card.note else []),
        *([box(t("card-form-problem"), card.problem, "attention")] if card.problem else []),
        *(fact(label, value) for label, value in card.facts if value),
        *inputs,
        lang=t("card-lang"),
        fallback_text=t("link-question-card-title"),
        actions=(*actions, *offered(*card.buttons)),
    ).to_dict()
