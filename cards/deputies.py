"""Authorised persons: who is, whom to authorise, by which order."""

from dataclasses import dataclass, field
from typing import Any, Literal

from cards.account_lines import more, shown
from cards.actions import Button, Press, form_button, offered
from cards.checked import NOTHING
from cards.inputs import DateInput, TextInput, is_day
from cards.lines import aside, copyable, fact, heading, notice_box, paragraphs_of, problem_box, sentence
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate, data

MOST_ROWS = 10
Field = Literal["order", "order_date", "until"]


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """Somebody authorised: by which order, until when."""

    name: str = field(repr=False)
    order: str
    until: str


@total
def deputy_list_card(
    t: Translate,
    *,
    rows: tuple[DeputyRow, ...],
    school: str,
    notice: str = "",
    buttons: tuple[Button, ...] = (),
    page_note: str = "",
) -> dict[str, Any]:
    """Those authorised now, and the way to authorise somebody. `page_note` says which part is shown. No inputs."""
    title = t("card-deputy-title")
    return Card(
        heading(title),
        fact(t("card-school"), school),
        *notice_box(notice),
        sentence(t("card-deputy-what")),
        *(paragraphs_of(t("card-deputy-none")) if not rows else ()),
        *(_row(row, t) for row in rows[:MOST_ROWS]),
        *more(len(rows) - MOST_ROWS, t),
        *([aside(page_note, "medium")] if page_note else []),
        lang=t("card-lang"),
        fallback_text=title,
        actions=offered(*buttons),
    ).to_dict()


@total
def deputy_find_card(
    t: Translate,
    *,
    find: Press,
    school: str,
    typed: str = "",
    problem: str = "",
    notice: str = "",
    buttons: tuple[Button, ...] = (),
) -> dict[str, Any]:
    """Whom? By name or username, in the own school. Input: `typed`."""
    title = t("card-deputy-find-title")
    return Card(
        heading(title),
        fact(t("card-school"), school),
        *notice_box(notice),
        *problem_box(problem, t),
        TextInput(
            "typed",
            t("card-deputy-typed"),
            value=typed,
            missing=t("card-deputy-typed-missing"),
            max_length=100,
        ),
        aside(t("card-deputy-typed-hint")),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(form_button(t("card-form-search"), find), *offered(*buttons)),
    ).to_dict()


@total
def deputy_form_card(
    t: Translate,
    *,
    submit: Press,
    name: str,
    username: str,
    school: str,
    today: str,
    latest: str,
    order: str = "",
    order_date: str = "",
    until: str = "",
    problem: str = "",
    concerns: Field | None = None,
    buttons: tuple[Button, ...] = (),
) -> dict[str, Any]:
    """By which order, until when. Dates are written YYYY-MM-DD. Inputs: `order`, `order_date`, `until`."""
    title = t("card-deputy-find-title")

    def said(place: Field) -> tuple[Container, ...]:
        return problem_box(problem if (concerns or "order") == place else "", t)

    return Card(
        heading(title),
        Container(
            RichTextBlock(TextRun(shown(name), weight="bolder", size="medium")),
            *copyable(t("card-result-username"), username),
            fact(t("card-school"), school),
        ),
        sentence(t("card-deputy-what")),
        *said("order"),
        TextInput(
            "order", t("card-deputy-order"), value=order, missing=t("card-deputy-order-missing"), max_length=40
        ),
        *said("order_date"),
        DateInput(
            "order_date",
            t("card-deputy-order-date"),
            value=order_date if is_day(order_date) else "",
            latest=today,
            missing=t("card-deputy-order-date-missing"),
        ),
        *said("until"),
        DateInput(
            "until",
            t("card-deputy-until"),
            value=until if is_day(until) else "",
            earliest=today,
            latest=latest,
            missing=t("card-deputy-until-missing"),
        ),
        aside(t("card-deputy-until-why")),
        aside(t("card-form-logged"), "medium"),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(form_button(t("card-deputy-authorise"), submit), *offered(*buttons)),
    ).to_dict()


def _row(row: DeputyRow, t: Translate) -> Container:
    return Container(
        RichTextBlock(TextRun(shown(row.name), weight="bolder")),
        aside(t("card-deputy-row", order=data(row.order) or NOTHING, until=data(row.until)), "none"),
        separator=True,
        spacing="small",
    )
