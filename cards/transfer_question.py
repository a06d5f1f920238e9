"""Questions about one request: sure? and why?"""

from dataclasses import dataclass, field, replace
from typing import Any

from adaptivecards.baseobject import Element

from cards.account_lines import class_fact, shown
from cards.actions import Button, Execute, Press, offered
from cards.inputs import TextInput
from cards.lines import aside, box, fact, heading, paragraphs
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


@dataclass(frozen=True, slots=True)
class TransferConfirm:
    """`title`, `question` and `notes` are ready words."""

    about: About
    title: str
    question: str
    confirm: Button
    cancel: Button
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TransferReason:
    """`title`, `lead` and the labels are ready words; `reason` and `where` give back what was entered."""

    about: About
    title: str
    lead: str
    label: str
    submit_title: str
    submit: Press
    reason: str = field(default="", repr=False)
    where_label: str = ""
    where: str = field(default="", repr=False)
    problem: str = ""
    destructive: bool = False
    buttons: tuple[Button, ...] = ()


@total
def transfer_confirm_card(card: TransferConfirm, t: Translate) -> dict[str, Any]:
    """No inputs."""
    return Card(
        heading(card.title),
        *paragraphs(card.question),
        _about(card.about, t),
        *(aside(note, "medium") for note in card.notes),
        aside(t("card-form-logged"), "medium"),
        lang=t("card-lang"),
        fallback_text=t("card-transfer-number", number=str(card.about.number)),
        actions=offered(replace(card.confirm, style="positive"), card.cancel),
    ).to_dict()


@total
def transfer_reason_card(card: TransferReason, t: Translate) -> dict[str, Any]:
    """Inputs: `reason` (required), and `where` when it has a label."""
    where = [TextInput("where", card.where_label, value=card.where, max_length=200)] if card.where_label else []
    send = Execute(
        card.submit_title,
        card.submit,
        style="destructive" if card.destructive else "positive",
        associated_inputs="auto",
    )
    return Card(
        heading(card.title),
        *paragraphs(card.lead),
        _about(card.about, t),
        *([box(t("card-form-problem"), card.problem, "attention")] if card.problem else []),
        TextInput(
            "reason",
            card.label,
            value=card.reason,
            missing=t("card-transfer-reason-missing"),
            max_length=300,
            is_multiline=True,
        ),
        *where,
        aside(t("card-transfer-no-numbers")),
        aside(t("card-form-logged")),
        lang=t("card-lang"),
        fallback_text=t("card-transfer-number", number=str(card.about.number)),
        actions=(send, *offered(*card.buttons)),
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
