"""The request: for whom, from which school, into which class, on what ground."""

from typing import Any, Literal

from cards.account_lines import class_fact, shown
from cards.actions import Button, Press, form_button, offered
from cards.inputs import ChoiceInput, DateInput, TextInput, is_day, merged
from cards.lines import aside, fact, heading, problem_box
from cards.places import Place, place
from cards.strict import Card, Container, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate, data

MOST_CLASSES = 100
_MOST_SCHOOLS = 15
_LONGEST_CLASS = 36
Field = Literal["releasing", "to_class", "basis", "certificate_date"]


@total
def transfer_form_card(
    t: Translate,
    *,
    submit: Press,
    name: str,
    class_: str,
    masked: str,
    schools: tuple[tuple[str, Place], ...],
    own_school: str,
    classes: tuple[str, ...],
    latest_date: str,
    releasing: str = "",
    to_class: str = "",
    basis: str = "",
    basis_text: str = "",
    certificate: str = "",
    certificate_date: str = "",
    note: str = "",
    disabled: bool = False,
    problem: str = "",
    concerns: Field | None = None,
    buttons: tuple[Button, ...] = (),
) -> dict[str, Any]:
    """Inputs: `releasing`, `to_class`, `basis`, `basis_text`, `certificate`, `certificate_date`, `note`.

    `schools` are (id, school) the student attends: one is shown, of several one is chosen. `classes` are those of
    the school that asks; where it has none known, none is asked for. What was entered is given back; a `problem` is
    said above the input it `concerns`. Dates are written YYYY-MM-DD.
    """
    title = t("card-transfer-form-title")

    def said(place: Field | None) -> tuple[Container, ...]:
        return problem_box(problem if concerns == place else "", t)

    return Card(
        heading(title),
        Container(
            RichTextBlock(TextRun(shown(name), weight="bolder", size="medium")),
            *([class_fact(class_, t)] if class_ else []),
            fact(t("card-transfer-masked"), masked),
            *(place(t("card-transfer-releasing"), schools[0][1], t) if len(schools) == 1 else ()),
            fact(t("card-transfer-receiving"), own_school),
            *([aside(t("card-transfer-disabled"))] if disabled else []),
            spacing="medium",
        ),
        *said(None),
        *((*said("releasing"), _school_asked(schools, releasing, t)) if len(schools) > 1 else ()),
        *((*said("to_class"), _class(classes, to_class, t)) if classes else ()),
        *said("basis"),
        _basis(basis, t),
        TextInput("basis_text", t("card-transfer-basis-text"), value=basis_text, max_length=200),
        TextInput("certificate", t("card-transfer-certificate"), value=certificate, max_length=40),
        *said("certificate_date"),
        DateInput(
            "certificate_date",
            t("card-transfer-certificate-date"),
            value=certificate_date if is_day(certificate_date) else "",
            latest=latest_date,
            impossible=t("card-transfer-certificate-impossible"),
        ),
        aside(t("card-transfer-certificate-why")),
        TextInput("note", t("card-transfer-note"), value=note, max_length=300, is_multiline=True),
        aside(t("card-transfer-note-why")),
        aside(t("card-form-logged"), "medium"),
        lang=t("card-lang"),
        fallback_text=title,
        actions=(form_button(t("card-transfer-send"), submit), *offered(*buttons)),
    ).to_dict()


def _school_asked(schools: tuple[tuple[str, Place], ...], releasing: str, t: Translate) -> ChoiceInput:
    choices = merged(
        [(key, ", ".join(filter(None, map(data, (one.name, one.town, one.code))))) for key, one in schools],
        _MOST_SCHOOLS,
    )
    return ChoiceInput(
        "releasing",
        t("card-transfer-which-school"),
        choices,
        value=releasing if releasing in dict(choices) else "",
        missing=t("card-transfer-which-school-missing"),
        style="expanded",
    )


def _class(classes: tuple[str, ...], to_class: str, t: Translate) -> Container:
    names = dict(merged([(name, name) for one in classes if (name := data(one)[:_LONGEST_CLASS])], MOST_CLASSES))
    # In a container of its own: see class_pick.py.
    return Container(
        ChoiceInput(
            "to_class",
            t("card-transfer-to-class"),
            tuple(names.items()),
            value=to_class if to_class in names else "",
            missing=t("card-transfer-to-class-missing"),
            placeholder=t("card-class-pick-placeholder"),
            style="compact",
        )
    )


def _basis(basis: str, t: Translate) -> ChoiceInput:
    choices = [
        ("application", t("card-transfer-basis-application")),
        ("enrolled", t("card-transfer-basis-enrolled")),
        ("other", t("card-transfer-basis-other")),
    ]
    return ChoiceInput(
        "basis",
        t("card-transfer-basis"),
        choices,
        value=basis if basis in dict(choices) else "",
        missing=t("card-transfer-basis-missing"),
        style="expanded",
    )
