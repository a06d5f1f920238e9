"""A class teacher's own class: which of several, who of it has something missing, and one student."""

from dataclasses import dataclass, field

from cards.account_lines import class_fact, name_line, shown
from cards.actions import Button, Press, offered
from cards.card import CardJson, aside, card, fact, never_fails, paragraphs_of, sentence
from cards.charts import Share, proportions
from cards.rows import Row, rows
from cards.strict import Container
from cards.words import TextOf, prose, shortened

MOST_PUPILS = 8
"""Rows on one card."""
MOST_CLASSES = 10
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A student. `name` is data, `state` ready words, `style` a container's."""

    name: str = field(repr=False)
    state: str
    press: Press
    style: str = "default"


@never_fails
def own_class_card(
    t: TextOf,
    *,
    class_: str,
    pupils: tuple[PupilRow, ...],
    counts: tuple[Share, ...],
    lead: str,
    at: str = "",
    school: str = "",
    page_note: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """How many are in which state (`counts`, words with the number), `lead` about those below, each opened by a
    press; `at` says of when it is. No inputs.
    """
    return card(
        t,
        t("own-title"),
        class_fact(class_, t),
        *([fact(t("card-school"), school)] if school else []),
        *([aside(at)] if at else []),
        *proportions(t("own-title"), *counts),
        *paragraphs_of(lead),
        *rows(*map(_row, pupils[:MOST_PUPILS])),
        *([aside(page_note, "medium")] if page_note else []),
        actions=offered(*buttons),
    )


def _row(one: PupilRow) -> Row:
    name, state = shortened(shown(one.name), _LONGEST_NAME), prose(one.state)
    return Row(name, (state,), one.press, f"{name}, {state}", one.style)


@never_fails
def own_classes_card(t: TextOf, *, classes: tuple[tuple[str, str, Press], ...]) -> CardJson:
    """Which of several: the name of each, what else there is to say of it (ready words), the press that opens it."""
    several = (
        Row(shown(name), (prose(more),), press, f"{shown(name)}, {prose(more)}") for name, more, press in classes
    )
    return card(
        t,
        t("own-title"),
        sentence(t("own-pick-lead")),
        *rows(*list(several)[:MOST_CLASSES]),
        actions=(),
    )


@never_fails
def own_pupil_card(
    t: TextOf,
    *,
    name: str,
    class_: str,
    state: str,
    next_steps: tuple[str, ...],
    follows: tuple[str, ...] = (),
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """One student: how far it is, what is to be done and by whom; `follows` says what comes of the press that asks.
    All but the name and the class are ready words. No inputs.
    """
    return card(
        t,
        t("own-pupil-title"),
        Container(name_line(name), class_fact(class_, t), spacing="medium"),
        fact(t("account-state"), state),
        *paragraphs_of(*next_steps),
        *map(aside, follows),
        actions=offered(*buttons),
    )
