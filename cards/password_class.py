"""Passwords of a class: which class, which of its students and who will receive them, and how far they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cards.account_lines import by_reason, class_fact, handed_fact, more, shown, status_words
from cards.actions import Button, Press, form_button, offered
from cards.card import (
    CardJson,
    aside,
    bold,
    card,
    fact,
    never_fails,
    notice_box,
    paragraphs_of,
    problem_box,
    sentence,
)
from cards.charts import Share, progress
from cards.checked import CardError
from cards.inputs import ChoiceInput, ManyChoiceInput, ToggleInput, known, listed, merged
from cards.lookup_choices import told_apart
from cards.rows import Row, rows
from cards.strict import RichTextBlock
from cards.words import TextOf, data, shortened

MOST_CLASS_ROWS = 10
"""More are chosen from a list that unfolds."""
MOST_CLASSES = 100
"""More than the largest school has; further ones are left out."""
_LONGEST_CLASS = 36

MOST_STUDENTS = 40
_LONGEST_NAME = 50

_TITLES: Mapping[str, str] = {
    "running": "card-class-progress-running-title",
    "cancelling": "card-class-progress-cancelling-title",
    "finished": "card-class-progress-finished-title",
}


@never_fails
def class_pick_card(
    t: TextOf,
    *,
    pick: Press,
    classes: tuple[tuple[str, Press], ...],
    school: str,
    problem: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """`classes`: the name of each, and the press that opens it. Few are rows; of many one is chosen in the input
    `class` and opened by `pick`. Raises CardError when there is none: that is a notice.
    """
    # By its cleaned name: two that look alike are one choice.
    every: dict[str, Press] = {}
    for name, opens in classes:
        every.setdefault(data(name)[:_LONGEST_CLASS].rstrip(), opens)
    if 0 < len(every) <= MOST_CLASS_ROWS:
        return card(
            t,
            t("card-class-pick-title"),
            *([fact(t("card-school"), school)] if school else []),
            *problem_box(problem, t),
            *rows(*(Row(name, (), opens) for name, opens in every.items())),
            actions=offered(*buttons),
        )
    choices = merged(tuple((name, name) for name in every), MOST_CLASSES)
    if not choices:
        raise CardError("no class to pick")
    return card(
        t,
        t("card-class-pick-title"),
        *([fact(t("card-school"), school)] if school else []),
        sentence(t("card-class-pick-lead")),
        *problem_box(problem, t),
        listed(
            "class",
            t("card-class-pick-label"),
            choices,
            missing=t("card-class-pick-missing"),
            placeholder=t("card-class-pick-placeholder"),
        ),
        *more(len(every) - MOST_CLASSES, t),
        actions=(form_button(t("card-choices-continue"), pick), *offered(*buttons)),
    )


@dataclass(frozen=True, slots=True)
class StudentChoice:
    """`status` is a word of `PasswordStatus`, `status_at` the day that belongs to it; `under_14` None where it is not
    known. `username` tells two of one name apart.
    """

    id: str
    name: str = field(repr=False)
    status: str
    under_14: bool | None
    ticked: bool
    status_at: str = ""
    username: str = field(default="", repr=False)


@never_fails
def class_students_card(
    t: TextOf,
    *,
    submit: Press,
    class_: str,
    students: tuple[StudentChoice, ...],
    group: str = "",
    lost: bool = False,
    recipient: str = "",
    identity: bool = False,
    problem: str = "",
    notice: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `students` (ids, comma separated), `recipient`, `identity`. `group`: of a selection its name, in the
    place of a class. `lost`: they have slips, and only who has lost theirs is to be ticked.

    The first `MOST_STUDENTS` students are offered (a larger class is a selection of it). `recipient` is `student`
    or `parent`, which is offered only if somebody is known to be under 14, or empty: not chosen. Where there is a
    choice nothing is chosen beforehand.
    """
    if not students:
        raise CardError("no students to tick")
    some = students[:MOST_STUDENTS]
    # A parent is worth offering, and an age worth telling, only where somebody's parent may receive anything.
    parents = any(student.under_14 for student in some)
    names = told_apart(*((shortened(shown(one.name), _LONGEST_NAME), data(one.username)) for one in some))
    titles = [(one.id, _title(name, one, t, ages=parents)) for name, one in zip(names, some, strict=True)]
    choices = merged(titles, MOST_STUDENTS, several=True)
    return card(
        t,
        t("card-class-students-title" if class_ else "card-selection-title"),
        *([class_fact(class_, t)] if class_ else []),
        *([fact(t("card-closing-group"), group)] if group else []),
        *notice_box(notice),
        sentence(t("card-class-students-lost" if lost else "card-class-students-lead")),
        *problem_box(problem, t),
        ManyChoiceInput(
            "students",
            t("card-class-students-and-passwords"),
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
        actions=(form_button(t("card-class-create"), submit), *offered(*buttons)),
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


def _title(name: str, student: StudentChoice, t: TextOf, *, ages: bool) -> str:
    """„Иво Пробен Образцов – не е давана“. Joined by what is read aloud as a pause."""
    status = status_words(student.status, t, student.status_at)
    if ages and not student.under_14:
        age = t("card-class-fourteen" if student.under_14 is False else "card-class-age-unknown")
        status = f"{status}; {age}"
    return f"{name} – {status}"


@never_fails
def class_progress_card(
    t: TextOf,
    *,
    class_: str,
    group: str = "",
    total: int,
    done: int,
    left: int,
    cancelled: int,
    failed: tuple[tuple[str, str], ...],
    state: str,
    waits: str = "",
    printable: int = 0,
    printable_until: str = "",
    at: str = "",
    notice: str = "",
    buttons: tuple[Button, ...] = (),
    recipient: str = "",
    moves: bool = False,
    retry: bool = True,
) -> CardJson:
    """`failed` are (name, why in words). `cancelled` were taken back; `printable` is how many slips can be had until
    `printable_until` (words). `state`: `running`, `cancelling`, `finished`. Counts, not colours, tell the story.
    `waits`: why it stands still for the moment, in words. `recipient`: `student` or `parent`; empty: not said.
    `moves`: it is the message that updates itself, not the answer to a press. `retry`: a button offers to try the
    failed ones again. `group`: of a selection its name, in the place of a class. No inputs.
    """
    if state not in _TITLES:
        raise CardError("no such state of a job", state)
    counts = [t("card-class-progress-counts", done=done, total=total)]
    if left:
        counts.append(t("card-class-progress-left", count=left))
    if failed:
        counts.append(t("card-class-progress-failed-count", count=len(failed)))
    if cancelled:
        counts.append(t("card-class-progress-cancelled", count=cancelled))
    steps = _next(state, t, moves=moves, gone=bool(done) and not printable, retry=bool(failed) and retry)
    # A bar only where it moves or is over: one that stands still would look like work that does.
    parts = (Share(done, "good"), Share(len(failed), "attention"), Share(left + cancelled, "emphasis"))
    return card(
        t,
        t(_TITLES[state]),
        *([class_fact(class_, t)] if class_ else []),
        *([fact(t("card-closing-group"), group)] if group else []),
        *([handed_fact(recipient, t)] if recipient else []),
        *notice_box(notice),
        bold(" ".join(counts), spacing="medium"),
        *(progress(*parts) if total and (moves or state == "finished") else ()),
        *paragraphs_of(waits),
        *map(sentence, steps),
        *([_printable(printable, printable_until, t)] if printable else []),
        *([by_reason(t("card-class-progress-failed", count=len(failed)), failed, t)] if failed else []),
        *([aside(t("card-class-progress-at", at=data(at)), "medium")] if at else []),
        actions=offered(*buttons),
    )


def _next(state: str, t: TextOf, *, moves: bool, gone: bool, retry: bool) -> Iterator[str]:
    """What the director can do now. `gone`: no password can be printed any more; `retry`: the failed ones again."""
    if state == "running":
        yield t("card-class-progress-moves" if moves else "card-class-progress-running")
    elif state == "cancelling":
        yield t("card-class-progress-cancelling")
    else:
        if gone:
            yield t("card-class-progress-gone")
        if retry:
            yield t("card-class-progress-retry")


def _printable(count: int, until: str, t: TextOf) -> RichTextBlock:
    words = t("card-class-progress-printable-until", count=str(count), at=data(until)) if until else str(count)
    return fact(t("card-class-progress-printable"), words)
