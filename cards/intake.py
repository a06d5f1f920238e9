"""Students whom a school takes in: its own of a grade, and what is said of a list of others."""

from dataclasses import dataclass, field

from adaptivecards.baseobject import Element

from cards.account_lines import shown
from cards.accounts import PartRow
from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, aside, bold, box, card, fact, line, never_fails, notice_box, paragraphs_of
from cards.inputs import ChoiceInput, TextInput, known, merged
from cards.rows import Row, rows
from cards.strict import Container, RichTextBlock, TextRun
from cards.words import TextOf, data, prose, shortened

MOST_STUDENTS = 8
"""On a page of a list."""
MOST_LINES = 30
"""Of a list that was asked for."""
MOST_PARTS = 12
MOST_REASONS = 8
"""Why lines have no username."""
_MOST_GRADES = 6
"""To choose from; intake is into four."""
_LONGEST_REASON = 300
_LONGEST_TYPED = 2_000
_LONGEST_NAME = 60
_LONGEST_USERNAME = 80


@never_fails
def intake_card(
    t: TextOf,
    *,
    school: str,
    lead: str,
    grades: tuple[PartRow, ...],
    notice: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """`lead`: who is taken in without a request, and until when; `grades`: the school's own students by grade, in
    ready words. No inputs.
    """
    return card(
        t,
        t("intake-title"),
        *([fact(t("card-school"), school)] if school else []),
        *paragraphs_of(lead),
        *(box("", one, "warning") for one in (notice,) if one),
        *([bold(t("intake-own"), spacing="medium")] if grades else paragraphs_of(t("intake-own-none"))),
        *rows(*map(_part, grades[:MOST_PARTS])),
        actions=offered(*buttons),
    )


def _part(part: PartRow) -> Row:
    title, told = shortened(shown(part.title), _LONGEST_NAME), prose(part.told)
    return Row(title, (told,), part.press, ", ".join(filter(None, (title, told))), part.style)


@dataclass(frozen=True, slots=True)
class IntakeStudent:
    """A student of the own school: data, but for `state`, which are ready words; `style` is a container's."""

    name: str = field(repr=False)
    class_: str
    username: str = field(repr=False)
    state: str
    press: Press
    style: str = "default"


@never_fails
def intake_students_card(
    t: TextOf,
    *,
    title: str,
    lead: str,
    students: tuple[IntakeStudent, ...],
    page_note: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """`title`: the grade; `lead`: how many, how far they are, and of when. All ready words. No inputs."""
    return card(
        t,
        t("intake-title"),
        bold(data(title)),
        *([aside(lead)] if lead else []),
        *(() if students else paragraphs_of(t("intake-nobody"))),
        *rows(*map(_student, students[:MOST_STUDENTS])),
        *([aside(page_note, "medium")] if page_note else []),
        actions=offered(*buttons),
    )


def _student(one: IntakeStudent) -> Row:
    name, state = shown(one.name), prose(one.state)
    line_ = " · ".join(filter(None, (shown(one.class_) if one.class_ else "", state)))
    return Row(name, (one.username[:_LONGEST_USERNAME], line_), one.press, f"{name}, {line_}", one.style)


@never_fails
def intake_form_card(
    t: TextOf,
    *,
    ask: Press,
    grades: tuple[tuple[str, str], ...],
    lead: str,
    grade: str = "",
    left: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `grade` (one of `grades`), `numbers` (one to a line). What is entered is given back by no card. `left`:
    how many more may be asked for, in ready words.
    """
    choices = merged(grades, _MOST_GRADES)
    return card(
        t,
        t("intake-form-title"),
        *paragraphs_of(lead),
        ChoiceInput(
            "grade",
            t("intake-form-grade"),
            choices,
            value=known(grade, choices),
            missing=t("refusal-intake-grade"),
            placeholder=t("intake-form-grade-choose"),
            style="compact",
        ),
        TextInput(
            "numbers",
            t("intake-form-numbers"),
            missing=t("intake-form-missing"),
            max_length=_LONGEST_TYPED,
            is_multiline=True,
        ),
        aside(t("intake-form-hint")),
        *([aside(left)] if left else []),
        aside(t("intake-form-logged"), "medium"),
        actions=(form_button(t("intake-form-ask"), ask), *offered(*buttons)),
    )


@dataclass(frozen=True, slots=True)
class IntakeFound:
    """A student of a list. `line` and `state` are ready words (which line; "" for an account in use)."""

    line: str
    name: str = field(repr=False)
    username: str = field(repr=False)
    state: str = ""


@never_fails
def intake_answer_card(
    t: TextOf,
    *,
    title: str,
    found: tuple[IntakeFound, ...],
    left_out: tuple[tuple[str, str], ...],
    left: str,
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """`left_out`: why, and which lines, in ready words: a line is told by its number, never by what stands in it.
    No inputs.
    """
    return card(
        t,
        title,
        *notice_box("" if found else t("intake-found-nobody")),
        *map(_found, found[:MOST_LINES]),
        *_left_out(left_out, t),
        *(paragraphs_of(t("intake-found-next")) if found else ()),
        *([aside(left, "medium")] if left else []),
        actions=offered(*buttons),
    )


def _found(one: IntakeFound) -> RichTextBlock:
    state = f" · {shortened(prose(one.state), _LONGEST_NAME)}" if one.state else ""
    return RichTextBlock(
        TextRun(f"{shortened(prose(one.line), _LONGEST_NAME)} · {shortened(shown(one.name), _LONGEST_NAME)}: "),
        TextRun(data(one.username[:_LONGEST_USERNAME]), font_type="monospace", weight="bolder"),
        *([TextRun(state)] if state else []),
        separator=True,
        spacing="small",
    )


def _left_out(left_out: tuple[tuple[str, str], ...], t: TextOf) -> tuple[Element, ...]:
    if not left_out:
        return ()
    told = [bold(t("intake-left-out"))]
    for why, lines in left_out[:MOST_REASONS]:
        told += (
            line(shortened(prose(why), _LONGEST_REASON)),
            aside(shortened(prose(lines), _LONGEST_REASON), "none"),
        )
    return (Container(*told, separator=True, spacing="medium"),)
