"""Requests: a list of them, several at once with the check of each, and what became of each."""

from dataclasses import dataclass, field, replace

from adaptivecards.baseobject import Element

from cards.account_lines import by_reason, more, shown
from cards.actions import Button, Execute, Press, form_button, offered
from cards.card import CardJson, aside, bold, card, line, never_fails, paragraphs_of, problem_box
from cards.inputs import ManyChoiceInput, listed, merged
from cards.request_lines import request_number
from cards.strict import Container, RichTextBlock, TextRun
from cards.words import TextOf, data, prose

MOST_ROWS = 10

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request. `title` and `detail` are data, `state` and `when` ready words. `tickable`: it may be approved with
    others.
    """

    id: str
    number: int
    title: str = field(repr=False)
    detail: str = field(repr=False)
    state: str
    when: str
    tickable: bool = False


@never_fails
def transfer_list_card(
    t: TextOf,
    *,
    title: str,
    lead: str,
    rows: tuple[RequestRow, ...],
    empty: str,
    opens: Press | None = None,
    pick: Press | None = None,
    page_note: str = "",
    problem: str = "",
    buttons: tuple[Button, ...] = (),
    deeper: bool = False,
) -> CardJson:
    """Inputs: `choice` (one id), `ticked` (ids, comma separated).

    `title` and `lead` are ready words (with the counts of the lists), `page_note` says which part is shown. `opens`
    opens the chosen one, `pick` takes the ticked ones. `deeper`: see `link_list_card`.
    """
    rows = rows[:MOST_ROWS]
    tickable = tuple(row for row in rows if row.tickable) if pick is not None else ()
    actions: list[Execute] = []
    if pick is not None and tickable:
        actions.append(form_button(t("card-transfer-list-approve"), pick))
    if opens is not None and rows:
        actions.append(form_button(t("card-transfer-list-open"), opens, "default"))
    inputs = _inputs(rows, tickable, t, opens=opens is not None)
    return card(
        t,
        title,
        *([aside(lead)] if lead else []),
        *problem_box(problem, t),
        *(paragraphs_of(empty) if not rows else ()),
        *(_row(row, t) for row in rows),
        *([aside(page_note, "medium")] if page_note else []),
        *((Container(*inputs),) if deeper and inputs else inputs),
        actions=(*actions, *offered(*buttons)),
    )


def _row(row: RequestRow, t: TextOf) -> Container:
    return Container(
        RichTextBlock(
            TextRun(f"{request_number(row.number, t)}: ", weight="bolder"), TextRun(shown(row.title), weight="bolder")
        ),
        *([line(shown(row.detail), spacing="none")] if row.detail else []),
        aside(" · ".join(filter(None, (prose(row.state), data(row.when)))), "none"),
        separator=True,
        spacing="small",
    )


def _inputs(
    rows: tuple[RequestRow, ...], tickable: tuple[RequestRow, ...], t: TextOf, *, opens: bool
) -> tuple[Element, ...]:
    parts: list[Element] = []
    if tickable:
        choices = merged([(row.id, _choice(row, t)) for row in tickable], MOST_ROWS, several=True)
        parts.append(Container(ManyChoiceInput("ticked", t("card-transfer-list-ticked"), choices)))
    if opens and rows:
        choices = merged([(row.id, _choice(row, t)) for row in rows], MOST_ROWS)
        hint = t("card-transfer-list-placeholder")
        parts.append(listed("choice", t("card-transfer-list-choice"), choices, placeholder=hint, spacing="medium"))
    return tuple(parts)


def _choice(row: RequestRow, t: TextOf) -> str:
    return f"{request_number(row.number, t)}: {shown(row.title)}"


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
    for title, detail in rows[:_MOST_NAMED]:
        lines.append(line(f"• {shown(title)}", spacing="small"))
        if detail:
            lines.append(aside(shown(detail), "none"))
    lines += more(len(rows) - _MOST_NAMED, t)
    return Container(*lines, separator=True, spacing="medium")
