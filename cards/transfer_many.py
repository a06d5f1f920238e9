"""Several requests at once: the question with the check of each, and what became of each."""

from dataclasses import dataclass, field, replace
from typing import Any

from cards.account_lines import by_reason, more, shown
from cards.actions import Button, offered
from cards.lines import aside, heading, paragraphs
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate, prose

MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class TransferMany:
    """`title`, `lead` and `list_title` are ready words; `rows` are (title, detail), both data; `left_out` are (title,
    why in words). Without `confirm` it is a report.
    """

    title: str
    lead: str
    list_title: str
    rows: tuple[tuple[str, str], ...] = field(repr=False)
    left_out: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    confirm: Button | None = None
    buttons: tuple[Button, ...] = ()


@total
def transfer_many_card(card: TransferMany, t: Translate) -> dict[str, Any]:
    """No inputs."""
    confirm = (replace(card.confirm, style="positive"),) if card.confirm is not None else ()
    return Card(
        heading(card.title),
        *paragraphs(card.lead),
        *([_rows(card, t)] if card.rows else []),
        *(
            [by_reason(t("card-transfer-many-left-out", count=len(card.left_out)), card.left_out, t)]
            if card.left_out
            else []
        ),
        *([aside(t("card-form-logged"), "medium")] if confirm else []),
        lang=t("card-lang"),
        fallback_text=card.title,
        actions=offered(*confirm, *card.buttons),
    ).to_dict()


def _rows(card: TransferMany, t: Translate) -> Container:
    lines = [RichTextBlock(TextRun(prose(card.list_title), weight="bolder"))]
    for title, detail in card.rows[:MOST_ROWS]:
        lines.append(RichTextBlock(TextRun(f"• {shown(title)}"), spacing="small"))
        if detail:
            lines.append(RichTextBlock(TextRun(shown(detail), is_subtle=True), spacing="none"))
    lines += more(len(card.rows) - MOST_ROWS, t)
    return Container(*lines, separator=True, spacing="medium")
