"""A school's class links at a glance: how many are in each state, and who must act."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cards.actions import Button, Execute, Press, offered
from cards.columns import ColumnSet, bar, legend
from cards.inputs import ChoiceInput, TextInput, merged
from cards.lines import aside, box, fact, heading, sentence
from cards.strict import Card, Container, RichTextBlock
from cards.total import total
from cards.words import Translate

_MOST_GROUPS = 40


@dataclass(frozen=True, slots=True)
class Count:
    """How many links; `label` is ready words, `style` the colour of its part of the bar."""

    label: str
    count: int
    style: str


@total
def link_overview_card(
    t: Translate,
    *,
    school: str,
    lead: str,
    states: tuple[Count, ...],
    whos: tuple[Count, ...],
    groups: tuple[tuple[str, str], ...],
    opens: Press | None,
    notices: tuple[str, ...] = (),
    warnings: tuple[str, ...] = (),
    buttons: tuple[Button, ...] = (),
) -> dict[str, Any]:
    """Inputs: `group` (the value of a list), `find` (words to look for instead).

    `groups` are the lists that can be opened: (value, label).
    """
    actions: list[Execute] = []
    inputs: list[Container] = []
    if opens is not None and groups:
        choices = merged(groups, _MOST_GROUPS)
        question = ChoiceInput("group", t("card-links-group"), choices, value=choices[0][0], style="compact")
        find = TextInput("find", t("card-links-find"), max_length=60)
        inputs.append(Container(question, find, spacing="medium"))
        actions.append(Execute(t("card-links-group-open"), opens, style="positive", associated_inputs="auto"))
    return Card(
        heading(t("links-title")),
        *([fact(t("card-school"), school)] if school else []),
        *([aside(lead)] if lead else []),
        *(box("", notice, "warning") for notice in notices),
        *(box("", warning, "attention") for warning in warnings),
        *(_bar(states, t) if states else ()),
        *([sentence(t("card-links-by-state"))] if states else []),
        *(fact(one.label, str(one.count)) for one in states),
        *([sentence(t("card-links-by-who"))] if whos else []),
        *(fact(one.label, str(one.count)) for one in whos),
        *inputs,
        lang=t("card-lang"),
        fallback_text=t("links-title"),
        actions=(*actions, *offered(*buttons)),
    ).to_dict()


def _bar(counts: Sequence[Count], t: Translate) -> tuple[ColumnSet, RichTextBlock]:
    """One part for each colour, in the order in which they come, and below it what each colour means."""
    parts: dict[str, int] = {}
    for one in counts:
        parts[one.style] = parts.get(one.style, 0) + one.count
    meanings = [(style, f"{t(f'card-links-bar-{style}')}: {count}") for style, count in parts.items()]
    return bar(*((count, style) for style, count in parts.items())), legend(*meanings)
