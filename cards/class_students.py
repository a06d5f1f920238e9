"""The students of a class, to be ticked, and who will receive their passwords."""

from dataclasses import dataclass, field

from cards.account_lines import class_fact, more, shown, status_words
from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, card, never_fails
from cards.checked import CardError
from cards.inputs import ChoiceInput, ManyChoiceInput, ToggleInput, known, merged
from cards.lines import aside, notice_box, problem_box, sentence
from cards.words import TextOf, shortened

MOST_STUDENTS = 40
_LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class StudentChoice:
    """`status` is a word of `PasswordStatus`, `status_at` the day that belongs to it; `under_14` None where it is not
    known.
    """

    id: str
    name: str = field(repr=False)
    status: str
    under_14: bool | None
    ticked: bool
    status_at: str = ""


@never_fails
def class_students_card(
    t: TextOf,
    *,
    submit: Press,
    class_: str,
    students: tuple[StudentChoice, ...],
    recipient: str = "",
    identity: bool = False,
    problem: str = "",
    notice: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `students` (ids, comma separated), `recipient`, `identity`.

    The first `MOST_STUDENTS` students are offered (a larger class is a selection of it). `recipient` is `student`
    or `parent`, which is offered only if somebody is known to be under 14, or empty: not chosen. Where there is a
    choice nothing is chosen beforehand.
    """
    if not students:
        raise CardError("no students to tick")
    some = students[:MOST_STUDENTS]
    # A parent is worth offering, and an age worth telling, only where somebody's parent may receive anything.
    parents = any(student.under_14 for student in some)
    titles = [(student.id, _title(student, t, ages=parents)) for student in some]
    choices = merged(titles, MOST_STUDENTS, several=True)
    return card(
        t,
        t("card-class-students-title"),
        *([class_fact(class_, t)] if class_ else []),
        *notice_box(notice),
        sentence(t("card-class-students-lead")),
        *problem_box(problem, t),
        ManyChoiceInput(
            "students",
            t("card-class-students-label"),
            choices,
            chosen={student.id for student in some if student.ticked} & dict(choices).keys(),
            missing=t("card-class-students-missing"),
        ),
        *more(len(students) - len(some), t),
        _recipient(recipient, t, parents=parents),
        *([aside(t("card-class-sen"))] if parents else []),
        ToggleInput(
            "identity",
            t("card-password-identity"),
            t("card-class-identity-statement"),
            sure=identity,
            missing=t("card-class-identity-missing"),
        ),
        aside(t("card-password-viber"), "medium"),
        aside(t("card-form-logged")),
        actions=(form_button(t("card-choices-continue"), submit), *offered(*buttons)),
    )


def _recipient(recipient: str, t: TextOf, *, parents: bool) -> ChoiceInput:
    choices = [("student", t("card-class-to-student"))]
    if parents:
        choices.append(("parent", t("card-class-to-parent")))
    return ChoiceInput(
        "recipient",
        t("card-class-recipient"),
        choices,
        value=known(recipient, choices) if parents else "student",
        missing=t("card-password-recipient-missing"),
        style="expanded",
        spacing="large",
    )


def _title(student: StudentChoice, t: TextOf, *, ages: bool) -> str:
    """„Иво Пробен Образцов – не е давана“. Joined by what is read aloud as a pause."""
    status = status_words(student.status, t, student.status_at)
    if ages and not student.under_14:
        age = t("card-class-fourteen" if student.under_14 is False else "card-class-age-unknown")
        status = f"{status}; {age}"
    return f"{shortened(shown(student.name), _LONGEST_NAME)} – {status}"
