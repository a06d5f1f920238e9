"""Requests: a list of them, several at once with the check of each, and what became of each."""

from dataclasses import dataclass, field, replace

from adaptivecards.baseobject import Element

from cards.account_lines import by_reason, more, shown
from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, aside, bold, card, line, never_fails, paragraphs_of, problem_box
from cards.charts import Share, proportions
from cards.inputs import ManyChoiceInput, merged
from cards.request_lines import request_number
from cards.rows import Row, folded, row, rows
from cards.strict import ActionSet, Container
from cards.words import TextOf, data, prose

MOST_ROWS = 10

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request, which `opens` by a press. `title` and `detail` are data, `state` and `when` ready words. `tickable`:
    it may be approved with others.
    """

    id: str
    number: int
    title: str = field(repr=False)
    detail: str = field(repr=False)
    state: str
    when: str
    opens: Press
    tickable: bool = False


@never_fails
def transfer_list_card(
    t: TextOf,
    *,
    title: str,
    lead: str,
    several: tuple[RequestRow, ...],
    empty: str,
    shares: tuple[Share, ...] = (),
    begins: Button | None = None,
    pick: Press | None = None,
    only: Button | None = None,
    page_note: str = "",
    problem: str = "",
    buttons: tuple[Button, ...] = (),
    deeper: bool = False,
) -> CardJson:
    """Input: `ticked` (ids, comma separated).

    `title` and `lead` are ready words (with the counts of the lists), `page_note` says which part is shown.
    `shares` are parts of the whole list. `begins`
    stands above the list, on the first screen of a phone. `only` says what is left out of the list, and a press on it
    shows everything. `pick` takes the ticked ones. `deeper`: see `link_list_card`.
    """
    several = tuple({one.number: one for one in several}.values())[:MOST_ROWS]  # a row is called by its number
    tickable = tuple(one for one in several if one.tickable) if pick is not None else ()
    chosen = (form_button(t("card-transfer-list-approve"), pick, "default"),) if pick and tickable else ()
    ticks = _ticks(tickable, t)
    return card(
        t,
        title,
        *([aside(lead)] if lead else []),
        *proportions(t("command-requests"), *shares),
        *([ActionSet(*offered(begins))] if begins is not None else []),
        *([row(Row(only.title, (), only.press))] if only is not None else []),
        *problem_box(problem, t),
        *(paragraphs_of(empty) if not several else ()),
        *rows(*(_row(one, t) for one in several)),
        *([aside(page_note, "medium")] if page_note else []),
        *_folded_unless(bool(problem), t, *((Container(*ticks),) if deeper and ticks else ticks)),
        actions=(*chosen, *offered(*buttons)),
    )


def _row(one: RequestRow, t: TextOf) -> Row:
    state = " · ".join(filter(None, (prose(one.state), data(one.when))))
    return Row(_name(one, t), (shown(one.detail) if one.detail else "", state), one.opens)


def _ticks(tickable: tuple[RequestRow, ...], t: TextOf) -> tuple[Container, ...]:
    if not tickable:
        return ()
    choices = merged([(one.id, _name(one, t)) for one in tickable], MOST_ROWS, several=True)
    return (Container(ManyChoiceInput("ticked", t("card-transfer-list-ticked"), choices)),)


def _folded_unless(told: bool, t: TextOf, *ticks: Container) -> tuple[Element, ...]:
    """The list of names once more, to be ticked; in sight for who was told that none is."""
    return ticks if told else folded("several", t("card-transfer-list-several"), *ticks)


def _name(one: RequestRow, t: TextOf) -> str:
    return f"{request_number(one.number, t)}: {shown(one.title)}"


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
