"""Class links: a list of them, a school's at a glance, one, and a teacher's question about one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cards.account_lines import more, name_line, shown
from cards.actions import Button, Execute, Press, form_button, offered
from cards.card import (
    CardJson,
    aside,
    bold,
    box,
    card,
    fact,
    line,
    never_fails,
    notice_box,
    paragraphs_of,
    problem_box,
    sentence,
)
from cards.charts import Part, StackedBar, proportions
from cards.inputs import ChoiceInput, TextInput, listed, merged
from cards.strict import Container, RichTextBlock
from cards.words import TextOf, data, prose, shortened

MOST_ROWS = 8

_MOST_GROUPS = 40

MOST_NAMES = 120
_MOST_LINES, _ROW, _LONGEST_NAME = 40, 20, 60


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link. `key` is the value of its choice; `title` and `teacher` are data, `state` and `when` ready words;
    `style` is a container's.
    """

    key: str
    title: str = field(repr=False)
    state: str
    when: str = ""
    teacher: str = field(default="", repr=False)
    style: str = "default"


@never_fails
def link_list_card(
    t: TextOf,
    *,
    about: str,
    lead: str,
    rows: tuple[LinkRow, ...],
    empty: str,
    opens: Press | None = None,
    page_note: str = "",
    problem: str = "",
    notices: tuple[str, ...] = (),
    buttons: tuple[Button, ...] = (),
    deeper: bool = False,
) -> CardJson:
    """Inputs: `choice` (the key of one link).

    `about` says what is listed, `lead` when it was checked, `notices` what must be known of the whole list.
    `deeper`: the choice stands one container deeper, so that a client that replaces the page before draws it again.
    """
    rows = rows[:MOST_ROWS]
    actions: list[Execute] = []
    choice: list[Container] = []
    if opens is not None and rows:
        actions.append(form_button(t("card-links-open"), opens))
        choices = merged([(row.key, _choice(row)) for row in rows], MOST_ROWS)
        hint = t("card-links-placeholder")
        question = listed("choice", t("card-links-choice"), choices, placeholder=hint, spacing="medium")
        choice.append(Container(question) if deeper else question)
    return card(
        t,
        t("links-title"),
        *([bold(data(about))] if about else []),
        *([aside(lead)] if lead else []),
        *(box("", notice, "warning") for notice in notices),
        *problem_box(problem, t),
        *(paragraphs_of(empty) if not rows else ()),
        *map(_row, rows),
        *([aside(page_note, "medium")] if page_note else []),
        *choice,
        actions=(*actions, *offered(*buttons)),
    )


def _row(row: LinkRow) -> Container:
    state = " · ".join(filter(None, (prose(row.state), data(row.when))))
    return Container(
        bold(shown(row.title)),
        *([line(shown(row.teacher), spacing="none")] if row.teacher else []),
        line(state, spacing="none"),
        style=row.style,
        separator=row.style == "default",
        spacing="small",
    )


def _choice(row: LinkRow) -> str:
    return " – ".join(filter(None, (shown(row.title), shown(row.teacher) if row.teacher else "")))


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
        *_bar(states, t),
        *([sentence(t("card-links-by-state"))] if states else []),
        *(fact(one.label, str(one.count)) for one in states),
        *([sentence(t("card-links-by-who"))] if whos else []),
        *(fact(one.label, str(one.count)) for one in whos),
        *inputs,
        actions=(*actions, *offered(*buttons)),
    )


def _bar(counts: Sequence[Count], t: TextOf) -> tuple[StackedBar, RichTextBlock] | tuple[()]:
    """One part for each colour, in the order in which they come."""
    parts: dict[str, int] = {}
    for one in counts:
        parts[one.style] = parts.get(one.style, 0) + one.count
    each = (Part(count, style, f"{t(f'card-links-bar-{style}')}: {count}") for style, count in parts.items())
    return proportions(t("links-title"), *each)


@never_fails
def link_one_card(
    t: TextOf,
    *,
    title: str,
    facts: tuple[tuple[str, str], ...],
    warnings: tuple[str, ...] = (),
    notice: str = "",
    names: tuple[str, ...] = (),
    mark: Press | None = None,
    where: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `where`, with `mark`.

    `facts` are (label, value) in order, `warnings` ready words. `names`: missing students, once asked for. `mark`:
    takes where the class is in Google Classroom.
    """
    actions: list[Execute] = []
    inputs: list[TextInput] = []
    if mark is not None:
        inputs.append(TextInput("where", t("link-mark-where"), value=where, max_length=200))
        actions.append(form_button(t("link-mark"), mark))
    return card(
        t,
        t("links-title-one"),
        name_line(title),
        *notice_box(notice),
        *(box("", warning, "warning") for warning in warnings),
        *(fact(label, value) for label, value in facts if value),
        *(_names(names, t) if names else ()),
        *inputs,
        actions=(*actions, *offered(*buttons)),
    )


def _names(names: tuple[str, ...], t: TextOf) -> tuple[RichTextBlock, ...]:
    """A line for each, as long as they are a class; a lecture's are told in rows, which take less room."""
    some = [shortened(shown(name), _LONGEST_NAME) for name in names[:MOST_NAMES]]
    rows = [", ".join(some[at : at + _ROW]) for at in range(0, len(some), _ROW)]
    lines = some if len(some) <= _MOST_LINES else rows
    title = bold(f"{t('card-links-missing')}:", spacing="small")
    return (title, *map(line, lines), *more(len(names) - MOST_NAMES, t))


@never_fails
def link_question_card(
    t: TextOf,
    *,
    question: str,
    facts: tuple[tuple[str, str], ...],
    settle: Press | None = None,
    decline: Press | None = None,
    note: str = "",
    problem: str = "",
    words: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `words`, while it is open.

    `settle` and `decline` take the words of the answer; None once it is answered. `facts`: (label, value).
    """
    actions: list[Execute] = []
    inputs: list[TextInput] = []
    if settle is not None and decline is not None:
        inputs.append(TextInput("words", t("link-answer-words"), value=words, max_length=400, is_multiline=True))
        actions.append(form_button(t("link-answer-settled"), settle))
        actions.append(form_button(t("link-answer-declined"), decline, "default"))
    return card(
        t,
        t("link-question-card-title"),
        *paragraphs_of(shown(question)),
        *notice_box(note),
        *problem_box(problem, t),
        *(fact(label, value) for label, value in facts if value),
        *inputs,
        actions=(*actions, *offered(*buttons)),
    )
