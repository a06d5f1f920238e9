"""One class link: its state, why it is so, who must act, what is next."""

from dataclasses import dataclass, field
from typing import Any

from cards.account_lines import shown
from cards.actions import Button, Execute, Press, offered
from cards.inputs import TextInput
from cards.lines import box, fact, heading, paragraphs
from cards.strict import Card, RichTextBlock, TextRun
from cards.words import Translate


@dataclass(frozen=True, slots=True)
class LinkOne:
    """`facts` are (label, value) in order, `warnings` ready words. `names`: missing students, once asked for. `mark`:
    takes where the class is in Google Classroom; `mark_title` is its button.
    """

    title: str = field(repr=False)
    facts: tuple[tuple[str, str], ...] = field(repr=False)
    warnings: tuple[str, ...] = ()
    notice: str = ""
    names: tuple[str, ...] = field(default=(), repr=False)
    mark: Press | None = None
    where: str = ""
    buttons: tuple[Button, ...] = ()


def link_one_card(card: LinkOne, t: Translate) -> dict[str, Any]:
    """Inputs: `where`, with `mark`."""
    actions: list[Execute] = []
    inputs: list[TextInput] = []
    if card.mark is not None:
        inputs.append(TextInput("where", t("link-mark-where"), value=card.where, max_length=200))
        actions.append(Execute(t("link-mark"), card.mark, style="positive", associated_inputs="auto"))
    return Card(
        heading(t("links-title-one")),
        RichTextBlock(TextRun(shown(card.title), weight="bolder", size="medium")),
        *([box("", card.notice, "emphasis")] if card.notice else []),
        *(box("", warning, "warning") for warning in card.warnings),
        *(fact(label, value) for label, value in card.facts if value),
        *([fact(t("card-links-missing"), "")] if card.names else []),
        *paragraphs(*card.names),
        *inputs,
        lang=t("card-lang"),
        fallback_text=t("links-title-one"),
        actions=(*actions, *offered(*card.buttons)),
    ).to_dict()
