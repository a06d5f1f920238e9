"""The request: for whom, from which school, into which class, on what ground."""

from typing import Literal

from cards.account_lines import class_fact, name_line
from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, aside, card, fact, never_fails, notice_box, problem_box
from cards.inputs import ChoiceInput, DateInput, TextInput, is_day, known, listed, merged
from cards.request_lines import SchoolView, school_lines
from cards.strict import Container
from cards.words import TextOf, data

MOST_CLASSES = 100
_MOST_SCHOOLS = 15
_LONGEST_CLASS = 36
TransferField = Literal["releasing", "to_class", "basis", "basis_text", "certificate_date"]


@never_fails
def transfer_form_card(
    t: TextOf,
    *,
    submit: Press,
    name: str,
    class_: str,
    masked: str,
    schools: tuple[tuple[str, SchoolView], ...],
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
    notice: str = "",
    concerns: TransferField | None = None,
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `releasing`, `to_class`, `basis`, `basis_text`, `certificate`, `certificate_date`, `note`.

    `schools` are (id, school) the student attends: one is shown, of several one is chosen. `classes` are those of
    the school that asks; where it has none known, none is asked for. What was entered is given back; a `problem` is
    said above the input it `concerns`; a `notice` is to be known before. Dates are written YYYY-MM-DD.
    """

    def said(place: TransferField | None) -> tuple[Container, ...]:
        return problem_box(problem if concerns == place else "", t)

    return card(
        t,
        t("card-transfer-form-title"),
        *notice_box(notice),
        Container(
            name_line(name),
            *([class_fact(class_, t)] if class_ else []),
            fact(t("card-transfer-masked"), masked),
            *(school_lines(t("card-transfer-releasing"), schools[0][1], t) if len(schools) == 1 else ()),
            fact(t("card-transfer-receiving"), own_school),
            *([aside(t("card-transfer-disabled"))] if disabled else []),
            spacing="medium",
        ),
        *said(None),
        *((*said("releasing"), _school_asked(schools, releasing, t)) if len(schools) > 1 else ()),
        *((*said("to_class"), _class(classes, to_class, t)) if classes else ()),
        *said("basis"),
        _basis(basis, t),
        *said("basis_text"),
        TextInput("basis_text", t("card-transfer-basis-text"), value=basis_text, max_length=200),
        TextInput("certificate", t("card-transfer-certificate"), value=certificate, max_length=40),
        *said("certificate_date"),
        DateInput(
            "certificate_date",
            t("card-transfer-certificate-date"),
            placeholder=t("card-date-placeholder"),
            value=certificate_date if is_day(certificate_date) else "",
            latest=latest_date,
            impossible=t("card-transfer-certificate-impossible"),
        ),
        aside(t("card-transfer-certificate-why")),
        TextInput("note", t("card-transfer-note"), value=note, max_length=300, is_multiline=True),
        aside(t("card-transfer-note-why")),
        aside(t("card-form-logged"), "medium"),
        actions=(form_button(t("card-transfer-send"), submit), *offered(*buttons)),
    )


def _school_asked(schools: tuple[tuple[str, SchoolView], ...], releasing: str, t: TextOf) -> ChoiceInput:
    choices = merged(
        [(key, ", ".join(filter(None, map(data, (one.name, one.town, one.code))))) for key, one in schools],
        _MOST_SCHOOLS,
    )
    return ChoiceInput(
        "releasing",
        t("card-transfer-which-school"),
        choices,
        value=known(releasing, choices),
        missing=t("card-transfer-which-school-missing"),
        style="expanded",
    )


def _class(classes: tuple[str, ...], to_class: str, t: TextOf) -> Container:
    names = merged([(name, name) for one in classes if (name := data(one)[:_LONGEST_CLASS])], MOST_CLASSES)
    return listed(
        "to_class",
        t("card-transfer-to-class"),
        names,
        value=known(to_class, names),
        missing=t("card-transfer-to-class-missing"),
        placeholder=t("card-class-pick-placeholder"),
    )


def _basis(basis: str, t: TextOf) -> ChoiceInput:
    choices = [
        ("application", t("card-transfer-basis-application")),
        ("enrolled", t("card-transfer-basis-enrolled")),
        ("other", t("card-transfer-basis-other")),
    ]
    return ChoiceInput(
        "basis",
        t("card-transfer-basis"),
        choices,
        value=known(basis, choices),
        missing=t("card-transfer-basis-missing"),
        style="expanded",
    )
