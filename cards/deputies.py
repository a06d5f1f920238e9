"""Authorised persons: who is, whom to authorise, by which order."""

from dataclasses import dataclass, field
from typing import Any, Literal

from cards.account_lines import more, shown
from cards.actions import Button, Press, offered, submit
from cards.checked import NOTHING
from cards.inputs import DateInput, TextInput, is_day
from cards.lines import aside, box, copyable, fact, heading, paragraphs, sentence
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


@dataclass(frozen=True, slots=True)
class DeputyList:
    """Those authorised now, and the way to authorise somebody. `page_note` says which part is shown."""

    rows: tuple[DeputyRow, ...]
    school: str
    notice: str = ""
    buttons: tuple[Button, ...] = ()
    page_note: str = ""


@dataclass(frozen=True, slots=True)
class DeputyFind:
    """Whom? By name or username, in the own school."""

    find: Press
    school: str
    typed: str = field(default="", repr=False)
    problem: str = ""
    notice: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class DeputyForm:
    """By which order, until when. Dates are written YYYY-MM-DD."""

    submit: Press
    name: str = field(repr=False)
    username: str
    school: str
    today: str
    latest: str
    order: str = ""
    order_date: str = ""
    until: str = ""
    problem: str = ""
    concerns: Field | None = None
    buttons: tuple[Button, ...] = ()


@total
def deputy_list_card(card: DeputyList, t: Translate) -> dict[str, Any]:
    """No inputs."""
    title = t("card-deputy-title")
    return Card(
        heading(title),
        fact(t("card-school"), card.school),
        *([box("", card.notice, "emphasis")] if card.notice else []),
        sentence(t("card-deputy-what")),
        *(paragraphs(t("card-deputy-none")) if not card.rows else ()),
        *(_row(row, t) for row in card.rows[:MOST_ROWS]),
        *more(len(card.rows) - MOST_ROWS, t),
        *([aside(card.page_note, "medium")] if card.page_note else []),
        lang=t("card-lang"),
        fallback_text=title,
        actions=offered(*card.buttons),
    ).to_dict()


@total
def deputy_find_card(card: DeputyFind, t: Translate) -> dict[str, Any]:
    """Input: `typed`."""
    title = t("card-deputy-find-title")
    return Card(
        heading(title),
        fact(t("card-school"), card.school),
        *([box("", card.notice, "emphasis")] if card.notice else []),
        *([box(t("card-form-problem"), card.problem, "attention")] if card.problem else []),
        TextInput(
            "typed",
            t("card-deputy-typed"),
            value=card.typed,
            missing=t("card-deputy-typed-missing"),
            max_length=100,
        ),
        aside(t("card-deputy-typed-hint")),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(submit(t("card-form-search"), card.find), *offered(*card.buttons)),
    ).to_dict()


@total
def deputy_form_card(card: DeputyForm, t: Translate) -> dict[str, Any]:
    """Inputs: `order`, `order_date`, `until`."""
    title = t("card-deputy-find-title")
    return Card(
        heading(title),
        Container(
            RichTextBlock(TextRun(shown(card.name), weight="bolder", size="medium")),
            *copyable(t("card-result-username"), card.username),
            fact(t("card-school"), card.school),
        ),
        sentence(t("card-deputy-what")),
        *_said(card, "order", t),
        TextInput(
            "order", t("card-deputy-order"), value=card.order, missing=t("card-deputy-order-missing"), max_length=40
        ),
        *_said(card, "order_date", t),
        DateInput(
            "order_date",
            t("card-deputy-order-date"),
            value=card.order_date if is_day(card.order_date) else "",
            latest=card.today,
            missing=t("card-deputy-order-date-missing"),
        ),
        *_said(card, "until", t),
        DateInput(
            "until",
            t("card-deputy-until"),
            value=card.until if is_day(card.until) else "",
            earliest=card.today,
            latest=card.latest,
            missing=t("card-deputy-until-missing"),
        ),
        aside(t("card-deputy-until-why")),
        aside(t("card-form-logged"), "medium"),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(submit(t("card-deputy-authorise"), card.submit), *offered(*card.buttons)),
    ).to_dict()


def _row(row: DeputyRow, t: Translate) -> Container:
    return Container(
        RichTextBlock(TextRun(shown(row.name), weight="bolder")),
        aside(t("card-deputy-row", order=data(row.order) or NOTHING, until=data(row.until)), "none"),
        separator=True,
        spacing="small",
    )


def _said(card: DeputyForm, where: Field, t: Translate) -> tuple[Container, ...]:
    here = card.problem and (card.concerns or "order") == where
    return (box(t("card-form-problem"), card.problem, "attention"),) if here else ()
