"""Lists of requests: Изпратени · Получени · Приключени, and what a regional office sees."""

from dataclasses import dataclass, field

from adaptivecards.baseobject import Element

from cards.account_lines import shown
from cards.actions import Button, Execute, Press, form_button, offered
from cards.card import CardJson, card, never_fails
from cards.inputs import ManyChoiceInput, listed, merged
from cards.lines import aside, line, paragraphs_of, problem_box
from cards.request_lines import request_number
from cards.strict import Container, RichTextBlock, TextRun
from cards.words import TextOf, data, prose

MOST_ROWS = 10


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
