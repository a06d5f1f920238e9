"""Several requests at once: the question with the check of each, and what became of each."""

from dataclasses import replace
from typing import Any

from cards.account_lines import by_reason, more, shown
from cards.actions import Button, offered
from cards.lines import aside, heading, paragraphs_of
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate, prose

MOST_ROWS = 20


@total
def transfer_many_card(
    t: Translate,
    *,
    title: str,
    lead: str,
    list_title: str,
    rows: tuple[tuple[str, str], ...],
    left_out: tuple[tuple[str, str], ...] = (),
    confirm: Button | None = None,
    buttons: tuple[Button, ...] = (),
) -> dict[str, Any]:
    """`title`, `lead` and `list_title` are ready words; `rows` are (title, detail), both data; `left_out` are (title,
    why in words). Without `confirm` it is a report. No inputs.
    """
    confirms = (replace(confirm, style="positive"),) if confirm is not None else ()
    return Card(
        heading(title),
        *paragraphs_of(lead),
        *([_rows(list_title, rows, t)] if rows else []),
        *([by_reason(t("card-transfer-many-left-out", count=len(left_out)), left_out, t)] if left_out else []),
        *([aside(t("card-form-logged"), "medium")] if confirms else []),
        lang=t("card-lang"),
        fallback_text=title,
        actions=offered(*confirms, *buttons),
    ).to_dict()


def _rows(list_title: str, rows: tuple[tuple[str, str], ...], t: Translate) -> Container:
    lines = [RichTextBlock(TextRun(prose(list_title), weight="bolder"))]
    for title, detail in rows[:MOST_ROWS]:
        lines.append(RichTextBlock(TextRun(f"• {shown(title)}"), spacing="small"))
        if detail:
            lines.append(RichTextBlock(TextRun(shown(detail), is_subtle=True), spacing="none"))
    lines += more(len(rows) - MOST_ROWS, t)
    return Container(*lines, separator=True, spacing="medium")
