"""Authorised persons: who is, whom to authorise, by which order."""

from dataclasses import dataclass, field
from typing import Literal

from cards.account_lines import more, name_line, shown
from cards.actions import Button, Press, form_button, offered
from cards.card import (
    CardJson,
    aside,
    bold,
    card,
    copyable,
    fact,
    never_fails,
    notice_box,
    paragraphs_of,
    problem_box,
    sentence,
)
from cards.checked import NOTHING
from cards.inputs import DateInput, TextInput, is_day
from cards.strict import Container
from cards.words import TextOf, data

MOST_ROWS = 10
DeputyField = Literal["order", "order_date", "until"]


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """Somebody authorised: by which order, until when; `rests`: until when another school's authority keeps this one
    from holding, "" where none does; `away`: why the person does not decide at all, in words.
    """

    name: str = field(repr=False)
    order: str
    until: str
    rests: str = ""
    away: str = ""


@never_fails
def deputy_list_card(
    t: TextOf,
    *,
    rows: tuple[DeputyRow, ...],
    school: str,
    notice: str = "",
    buttons: tuple[Button, ...] = (),
    page_note: str = "",
) -> CardJson:
    """Those authorised now, and the way to authorise somebody. `page_note` says which part is shown. No inputs."""
    return card(
        t,
        t("card-deputy-title"),
        fact(t("card-school"), school),
        *notice_box(notice),
        sentence(t("card-deputy-what")),
        *(paragraphs_of(t("card-deputy-none")) if not rows else ()),
        *(_row(row, t) for row in rows[:MOST_ROWS]),
        *more(len(rows) - MOST_ROWS, t),
        *([aside(page_note, "medium")] if page_note else []),
        actions=offered(*buttons),
    )


@never_fails
def deputy_find_card(
    t: TextOf,
    *,
    find: Press,
    school: str,
    typed: str = "",
    problem: str = "",
    notice: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Whom? By name or username, in the director's own school. Input: `typed`."""
    return card(
        t,
        t("card-deputy-find-title"),
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
        actions=(form_button(t("card-form-search"), find), *offered(*buttons)),
    )


@never_fails
def deputy_form_card(
    t: TextOf,
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
    concerns: DeputyField | None = None,
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """By which order, until when. Dates are written YYYY-MM-DD. Inputs: `order`, `order_date`, `until`."""

    def said(place: DeputyField) -> tuple[Container, ...]:
        return problem_box(problem if (concerns or "order") == place else "", t)

    return card(
        t,
        t("card-deputy-find-title"),
        Container(
            name_line(name),
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
            placeholder=t("card-date-placeholder"),
            value=order_date if is_day(order_date) else "",
            latest=today,
            missing=t("card-deputy-order-date-missing"),
            impossible=t("card-deputy-order-date-impossible"),
        ),
        *said("until"),
        DateInput(
            "until",
            t("card-deputy-until"),
            placeholder=t("card-date-placeholder"),
            value=until if is_day(until) else "",
            earliest=today,
            latest=latest,
            missing=t("card-deputy-until-missing"),
            impossible=t("card-deputy-until-impossible"),
        ),
        aside(t("card-deputy-until-why")),
        aside(t("card-form-logged"), "medium"),
        actions=(form_button(t("card-deputy-authorise"), submit), *offered(*buttons)),
    )


def _row(row: DeputyRow, t: TextOf) -> Container:
    return Container(
        bold(shown(row.name)),
        aside(t("card-deputy-row", order=data(row.order) or NOTHING, until=data(row.until)), "none"),
        *([aside(t("card-deputy-rests", until=data(row.rests)), "none")] if row.rests and not row.away else []),
        *([aside(row.away, "none")] if row.away else []),
        separator=True,
        spacing="small",
    )
