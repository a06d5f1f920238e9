"""Lists of requests: Изпратени · Получени · Приключени, and what a regional office sees."""

from dataclasses import dataclass, field
from typing import Any

from adaptivecards.baseobject import Element

from cards.account_lines import shown
from cards.actions import Button, Execute, Press, offered
from cards.inputs import ChoiceInput, ManyChoiceInput, merged
from cards.lines import aside, heading, notice_box, paragraphs_of, problem_box
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate, data, prose

MOST_ROWS = 10


@dataclass(frozen=True, slots=True)
class RowView:
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


@total
def transfer_list_card(
    t: Translate,
    *,
    title: str,
    lead: str,
    rows: tuple[RowView, ...],
    empty: str,
    opens: Press | None = None,
    pick: Press | None = None,
    page_note: str = "",
    problem: str = "",
    notice: str = "",
    buttons: tuple[Button, ...] = (),
    deeper: bool = False,
) -> dict[str, Any]:
    """Inputs: `choice` (one id), `ticked` (ids, comma separated).

    `title` and `lead` are ready words (with the counts of the lists), `page_note` says which part is shown. `opens`
    opens the chosen one, `pick` takes the ticked ones. `deeper`: see `link_list_card`.
    """
    rows = rows[:MOST_ROWS]
    tickable = tuple(row for row in rows if row.tickable) if pick is not None else ()
    actions: list[Execute] = []
    if pick is not None and tickable:
        actions.append(Execute(t("card-transfer-list-approve"), pick, style="positive", associated_inputs="auto"))
    if opens is not None and rows:
        actions.append(Execute(t("card-transfer-list-open"), opens, associated_inputs="auto"))
    inputs = _inputs(rows, tickable, t, opens=opens is not None)
    return Card(
        heading(title),
        *([aside(lead)] if lead else []),
        *notice_box(notice),
        *problem_box(problem, t),
        *(paragraphs_of(empty) if not rows else ()),
        *(_row(row, t) for row in rows),
        *([aside(page_note, "medium")] if page_note else []),
        *((Container(*inputs),) if deeper and inputs else inputs),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(*actions, *offered(*buttons)),
    ).to_dict()


def _row(row: RowView, t: Translate) -> Container:
    number = t("card-transfer-number", number=str(row.number))
    return Container(
        RichTextBlock(TextRun(f"{number}: ", weight="bolder"), TextRun(shown(row.title), weight="bolder")),
        *([RichTextBlock(TextRun(shown(row.detail)), spacing="none")] if row.detail else []),
        RichTextBlock(
            TextRun(" · ".join(filter(None, (prose(row.state), data(row.when)))), is_subtle=True), spacing="none"
        ),
        separator=True,
        spacing="small",
    )


def _inputs(
    rows: tuple[RowView, ...], tickable: tuple[RowView, ...], t: Translate, *, opens: bool
) -> tuple[Element, ...]:
    parts: list[Element] = []
    if tickable:
        choices = merged([(row.id, _choice(row, t)) for row in tickable], MOST_ROWS, several=True)
        parts.append(Container(ManyChoiceInput("ticked", t("card-transfer-list-ticked"), choices)))
    if opens and rows:
        choices = merged([(row.id, _choice(row, t)) for row in rows], MOST_ROWS)
        parts.append(
            # In a container of its own: see class_pick.py.
            Container(
                ChoiceInput(
                    "choice",
                    t("card-transfer-list-choice"),
                    choices,
                    placeholder=t("card-transfer-list-placeholder"),
                    style="compact",
                ),
                spacing="medium",
            )
        )
    return tuple(parts)


def _choice(row: RowView, t: Translate) -> str:
    return f"{t('card-transfer-number', number=str(row.number))}: {shown(row.title)}"
