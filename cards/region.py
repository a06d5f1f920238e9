"""The schools of a region by figures: how far they are, and which requests wait for them. No person."""

from dataclasses import dataclass, field

from adaptivecards.baseobject import Element

from cards.account_lines import shown
from cards.actions import Button, offered
from cards.card import CardJson, aside, bold, card, fact, line, never_fails, paragraphs_of
from cards.charts import Share, proportions
from cards.strict import Container
from cards.words import TextOf, data, prose, shortened

MOST_SCHOOLS = 8
"""On a page."""
_LONGEST_SCHOOL = 80


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school of a list. `name` is data, `told` are ready words, a line each; `style` is a container's."""

    name: str = field(repr=False)
    told: tuple[str, ...]
    style: str = "default"


@never_fails
def region_card(
    t: TextOf,
    *,
    region: str,
    lead: tuple[str, ...],
    shares: tuple[Share, ...],
    list_title: str,
    schools: tuple[SchoolRow, ...],
    empty: str,
    hidden_note: str = "",
    page_note: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """`lead`: the sums; `shares`: how many schools are how far; `hidden_note`: that small numbers are hidden;
    `empty`: what is said of a list of none. All ready words. No inputs.
    """
    return card(
        t,
        t("command-region"),
        fact(t("region-region"), region),
        *paragraphs_of(*lead),
        *proportions(t("region-shares"), *shares),
        bold(data(list_title), spacing="medium"),
        *(map(_school, schools[:MOST_SCHOOLS]) if schools else paragraphs_of(empty)),
        *([aside(page_note, "medium")] if page_note else []),
        *([aside(hidden_note, "medium")] if hidden_note else []),
        actions=offered(*buttons),
    )


def _school(one: SchoolRow) -> Element:
    told = (line(prose(each), spacing="none") for each in one.told if each)
    name = bold(shortened(shown(one.name), _LONGEST_SCHOOL))
    return Container(name, *told, style=one.style, spacing="small")
