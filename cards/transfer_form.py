"""The request: for whom, from which school, into which class, on what ground."""

from dataclasses import dataclass, field
from typing import Any, Literal

from adaptivecards.baseobject import Element

from cards.account_lines import class_fact, shown
from cards.actions import Button, Press, offered, submit
from cards.inputs import ChoiceInput, DateInput, TextInput, is_day, merged
from cards.lines import aside, box, fact, heading
from cards.places import Place, place
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate, data

MOST_CLASSES = 100
_MOST_SCHOOLS = 15
_LONGEST_CLASS = 36
Field = Literal["releasing", "to_class", "basis", "certificate_date"]


@dataclass(frozen=True, slots=True)
class TransferForm:
    """`schools` are (id, school) the student attends: one is shown, of several one is chosen. `classes` are those of
    the school that asks; where it has none known, none is asked for. What was entered is given back; a `problem` is
    said above the input it `concerns`. Dates are written YYYY-MM-DD.
    """

    submit: Press
    name: str = field(repr=False)
    class_: str
    masked: str
    schools: tuple[tuple[str, Place], ...]
    own_school: str
    classes: tuple[str, ...]
    latest_date: str
    releasing: str = ""
    to_class: str = ""
    basis: str = ""
    basis_text: str = field(default="", repr=False)
    certificate: str = ""
    certificate_date: str = ""
    note: str = field(default="", repr=False)
    disabled: bool = False
    problem: str = ""
    concerns: Field | None = None
    buttons: tuple[Button, ...] = ()


@total
def transfer_form_card(card: TransferForm, t: Translate) -> dict[str, Any]:
    """Inputs: `releasing`, `to_class`, `basis`, `basis_text`, `certificate`, `certificate_date`, `note`."""
    title = t("card-transfer-form-title")
    return Card(
        heading(title),
        _student(card, t),
        *_said(card, None, t),
        *_school_asked(card, t),
        *_class(card, t),
        *_basis(card, t),
        *_certificate(card, t),
        TextInput("note", t("card-transfer-note"), value=card.note, max_length=300, is_multiline=True),
        aside(t("card-transfer-note-why")),
        aside(t("card-form-logged"), "medium"),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(submit(t("card-transfer-send"), card.submit), *offered(*card.buttons)),
    ).to_dict()


def _student(card: TransferForm, t: Translate) -> Container:
    lines: list[Element] = [RichTextBlock(TextRun(shown(card.name), weight="bolder", size="medium"))]
    if card.class_:
        lines.append(class_fact(card.class_, t))
    lines.append(fact(t("card-transfer-masked"), card.masked))
    if len(card.schools) == 1:
        lines += place(t("card-transfer-releasing"), card.schools[0][1], t)
    lines.append(fact(t("card-transfer-receiving"), card.own_school))
    if card.disabled:
        lines.append(aside(t("card-transfer-disabled")))
    return Container(*lines, spacing="medium")


def _school_asked(card: TransferForm, t: Translate) -> tuple[Element, ...]:
    if len(card.schools) < 2:
        return ()
    choices = merged(
        [(key, ", ".join(filter(None, map(data, (one.name, one.town, one.code))))) for key, one in card.schools],
        _MOST_SCHOOLS,
    )
    return (
        *_said(card, "releasing", t),
        ChoiceInput(
            "releasing",
            t("card-transfer-which-school"),
            choices,
            value=card.releasing if card.releasing in dict(choices) else "",
            missing=t("card-transfer-which-school-missing"),
            style="expanded",
        ),
    )


def _class(card: TransferForm, t: Translate) -> tuple[Element, ...]:
    if not card.classes:
        return ()
    names = dict(merged([(name, name) for one in card.classes if (name := data(one)[:_LONGEST_CLASS])], MOST_CLASSES))
    return (
        *_said(card, "to_class", t),
        # In a container of its own: see class_pick.py.
        Container(
            ChoiceInput(
                "to_class",
                t("card-transfer-to-class"),
                tuple(names.items()),
                value=card.to_class if card.to_class in names else "",
                missing=t("card-transfer-to-class-missing"),
                placeholder=t("card-class-pick-placeholder"),
                style="compact",
            )
        ),
    )


def _basis(card: TransferForm, t: Translate) -> tuple[Element, ...]:
    choices = [
        ("application", t("card-transfer-basis-application")),
        ("enrolled", t("card-transfer-basis-enrolled")),
        ("other", t("card-transfer-basis-other")),
    ]
    return (
        *_said(card, "basis", t),
        ChoiceInput(
            "basis",
            t("card-transfer-basis"),
            choices,
            value=card.basis if card.basis in dict(choices) else "",
            missing=t("card-transfer-basis-missing"),
            style="expanded",
        ),
        TextInput("basis_text", t("card-transfer-basis-text"), value=card.basis_text, max_length=200),
    )


def _certificate(card: TransferForm, t: Translate) -> tuple[Element, ...]:
    return (
        TextInput("certificate", t("card-transfer-certificate"), value=card.certificate, max_length=40),
        *_said(card, "certificate_date", t),
        DateInput(
            "certificate_date",
            t("card-transfer-certificate-date"),
            value=card.certificate_date if is_day(card.certificate_date) else "",
            latest=card.latest_date,
            impossible=t("card-transfer-certificate-impossible"),
        ),
        aside(t("card-transfer-certificate-why")),
    )


def _said(card: TransferForm, where: Field | None, t: Translate) -> tuple[Container, ...]:
    here = card.problem and card.concerns == where
    return (box(t("card-form-problem"), card.problem, "attention"),) if here else ()
