"""A list of class links, of a teacher or of a school."""

from dataclasses import dataclass, field

from cards.account_lines import shown
from cards.actions import Button, Execute, Press, form_button, offered
from cards.card import CardJson, card, never_fails
from cards.inputs import listed, merged
from cards.lines import aside, bold, box, line, paragraphs_of, problem_box
from cards.strict import Container
from cards.words import TextOf, data, prose

MOST_ROWS = 8


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
