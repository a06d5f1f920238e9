"""Questions about one request: sure? and why?"""

from dataclasses import dataclass, field, replace
from typing import Any

from adaptivecards.baseobject import Element

from cards.account_lines import class_fact, shown
from cards.actions import Button, Execute, Press, offered
from cards.inputs import TextInput
from cards.lines import aside, fact, heading, paragraphs_of, problem_box
from cards.places import Place, place
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate


@dataclass(frozen=True, slots=True)
class About:
    """The request a question is about. Without a `name` the student is not shown."""

    number: int
    receiving: Place
    releasing: Place
    name: str = field(default="", repr=False)
    class_: str = ""
    masked: str = ""
    to_class: str = ""


@total
def transfer_confirm_card(
    t: Translate,
    *,
    about: About,
    title: str,
    question: str,
    confirm: Button,
    cancel: Button,
    notes: tuple[str, ...] = (),
) -> dict[str, Any]:
    """`title`, `question` and `notes` are ready words. No inputs."""
    return Card(
        heading(title),
        *paragraphs_of(question),
        _about(about, t),
        *(aside(note, "medium") for note in notes),
        aside(t("card-form-logged"), "medium"),
        lang=t("card-lang"),
        fallback_text=t("card-transfer-number", number=str(about.number)),
        actions=offered(replace(confirm, style="positive"), cancel),
    ).to_dict()


@total
def transfer_reason_card(
    t: Translate,
    *,
    about: About,
    title: str,
    lead: str,
    label: str,
    submit_title: str,
    submit: Press,
    reason: str = "",
    where_label: str = "",
    where: str = "",
    problem: str = "",
    destructive: bool = False,
    buttons: tuple[Button, ...] = (),
) -> dict[str, Any]:
    """Inputs: `reason` (required), and `where` when it has a label. Both give back what was entered.

    `title`, `lead` and the labels are ready words.
    """
    send = Execute(
        submit_title,
        submit,
        style="destructive" if destructive else "positive",
        associated_inputs="auto",
    )
    return Card(
        heading(title),
        *paragraphs_of(lead),
        _about(about, t),
        *problem_box(problem, t),
        TextInput(
            "reason",
            label,
            value=reason,
            missing=t("card-transfer-reason-missing"),
            max_length=300,
            is_multiline=True,
        ),
        *([TextInput("where", where_label, value=where, max_length=200)] if where_label else []),
        aside(t("card-transfer-no-numbers")),
        aside(t("card-form-logged")),
        lang=t("card-lang"),
        fallback_text=t("card-transfer-number", number=str(about.number)),
        actions=(send, *offered(*buttons)),
    ).to_dict()


def _about(about: About, t: Translate) -> Container:
    lines: list[Element] = []
    if about.name:
        lines.append(RichTextBlock(TextRun(shown(about.name), weight="bolder", size="medium")))
        if about.class_:
            lines.append(class_fact(about.class_, t))
        if about.masked:
            lines.append(fact(t("card-transfer-masked"), about.masked))
    lines.append(fact(t("card-transfer-number-label"), str(about.number)))
    lines += place(t("card-transfer-receiving"), about.receiving, t)
    if about.to_class:
        lines.append(fact(t("card-transfer-class-there"), shown(about.to_class)))
    lines += place(t("card-transfer-releasing"), about.releasing, t)
    return Container(*lines, spacing="medium")
