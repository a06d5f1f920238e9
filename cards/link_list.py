"""A list of class links, of a teacher or of a school."""

from dataclasses import dataclass, field
from typing import Any

from cards.account_lines import shown
from cards.actions import Button, Execute, Press, offered
from cards.inputs import ChoiceInput, merged
from cards.lines import aside, box, heading, paragraphs_of, problem_box
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate, data, prose

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


@total
def link_list_card(
    t: Translate,
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
) -> dict[str, Any]:
    """Inputs: `choice` (the key of one link).

    `about` says what is listed, `lead` when it was checked, `notices` what must be known of the whole list.
    `deeper`: the choice stands one container deeper, so that a client that replaces the page before draws it anew.
    """
    rows = rows[:MOST_ROWS]
    actions: list[Execute] = []
    choice: list[Container] = []
    if opens is not None and rows:
        actions.append(Execute(t("card-links-open"), opens, style="positive", associated_inputs="auto"))
        choices = merged([(row.key, _choice(row)) for row in rows], MOST_ROWS)
        question = ChoiceInput(
            "choice", t("card-links-choice"), choices, placeholder=t("card-links-placeholder"), style="compact"
        )
        own = Container(question, spacing="medium")  # in a container of its own: see class_pick.py
        choice.append(Container(own) if deeper else own)
    return Card(
        heading(t("links-title")),
        *([RichTextBlock(TextRun(data(about), weight="bolder"))] if about else []),
        *([aside(lead)] if lead else []),
        *(box("", notice, "warning") for notice in notices),
        *problem_box(problem, t),
        *(paragraphs_of(empty) if not rows else ()),
        *map(_row, rows),
        *([aside(page_note, "medium")] if page_note else []),
        *choice,
        lang=t("card-lang"),
        fallback_text=t("links-title"),
        actions=(*actions, *offered(*buttons)),
    ).to_dict()


def _row(row: LinkRow) -> Container:
    state = " · ".join(filter(None, (prose(row.state), data(row.when))))
    return Container(
        RichTextBlock(TextRun(shown(row.title), weight="bolder")),
        *([RichTextBlock(TextRun(shown(row.teacher)), spacing="none")] if row.teacher else []),
        RichTextBlock(TextRun(state), spacing="none"),
        style=row.style,
        separator=row.style == "default",
        spacing="small",
    )


def _choice(row: LinkRow) -> str:
    return " – ".join(filter(None, (shown(row.title), shown(row.teacher) if row.teacher else "")))
