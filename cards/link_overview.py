"""A school's class links at a glance: how many are in each state, and who must act."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.actions import Button, Execute, Press, form_button, offered
from cards.card import CardJson, card, never_fails
from cards.columns import ColumnSet, bar, legend
from cards.inputs import ChoiceInput, TextInput, merged
from cards.lines import aside, box, fact, sentence
from cards.strict import Container, RichTextBlock
from cards.words import TextOf

_MOST_GROUPS = 40


@dataclass(frozen=True, slots=True)
class Count:
    """How many links; `label` is ready words, `style` the colour of its part of the bar."""

    label: str
    count: int
    style: str


@never_fails
def link_overview_card(
    t: TextOf,
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
) -> CardJson:
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
        actions.append(form_button(t("card-links-group-open"), opens))
    return card(
        t,
        t("links-title"),
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
        actions=(*actions, *offered(*buttons)),
    )


def _bar(counts: Sequence[Count], t: TextOf) -> tuple[ColumnSet, RichTextBlock]:
    """One part for each colour, in the order in which they come, and below it what each colour means."""
    parts: dict[str, int] = {}
    for one in counts:
        parts[one.style] = parts.get(one.style, 0) + one.count
    meanings = [(style, f"{t(f'card-links-bar-{style}')}: {count}") for style, count in parts.items()]
    return bar(*((count, style) for style, count in parts.items())), legend(*meanings)
