"""Several requests at once: the question with the check of each, and what became of each."""

from dataclasses import replace

from cards.account_lines import by_reason, more, shown
from cards.actions import Button, offered
from cards.card import CardJson, card, never_fails
from cards.lines import aside, bold, line, paragraphs_of
from cards.strict import Container
from cards.words import TextOf, prose

MOST_ROWS = 20


@never_fails
def transfer_many_card(
    t: TextOf,
    *,
    title: str,
    lead: str,
    list_title: str,
    rows: tuple[tuple[str, str], ...],
    left_out: tuple[tuple[str, str], ...] = (),
    confirm: Button | None = None,
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """`title`, `lead` and `list_title` are ready words; `rows` are (title, detail), both data; `left_out` are (title,
    why in words). Without `confirm` it is a report. No inputs.
    """
    confirms = (replace(confirm, style="positive"),) if confirm is not None else ()
    return card(
        t,
        title,
        *paragraphs_of(lead),
        *([_rows(list_title, rows, t)] if rows else []),
        *([by_reason(t("card-transfer-many-left-out", count=len(left_out)), left_out, t)] if left_out else []),
        *([aside(t("card-form-logged"), "medium")] if confirms else []),
        actions=offered(*confirms, *buttons),
    )


def _rows(list_title: str, rows: tuple[tuple[str, str], ...], t: TextOf) -> Container:
    lines = [bold(prose(list_title))]
    for title, detail in rows[:MOST_ROWS]:
        lines.append(line(f"• {shown(title)}", spacing="small"))
        if detail:
            lines.append(aside(shown(detail), "none"))
    lines += more(len(rows) - MOST_ROWS, t)
    return Container(*lines, separator=True, spacing="medium")
