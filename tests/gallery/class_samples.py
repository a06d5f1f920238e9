"""The cards of the passwords of a class in every state."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from cards.actions import Button
from cards.class_pick import class_pick_card
from cards.class_progress import class_progress_card
from cards.class_students import MOST_STUDENTS, StudentChoice, class_students_card
from tests.gallery.sample import APOSTROPHE, LONGEST_NAME, SCHOOL, Sample, buttons, press

CLASSES = tuple(f"{grade} {letter}" for grade in range(1, 13) for letter in "абвг")
STATUSES = ("never", "given", "changed", "expired", "unseen", "ready", "replaced", "running", "doubtful", "unknown")
NAMES = ("Иво Пробен Образцов", "Калина Примерова Образцова", APOSTROPHE, LONGEST_NAME, "Ян Ли")


def _student(number, name, status, under_14=None):
    return StudentChoice(
        str(UUID(int=number)),
        name,
        status,
        under_14,
        ticked=status == "never",
        status_at="24.11.2026 г." if status == "changed" else "",
    )


CLASS = tuple(
    _student(number, NAMES[number % 5], "never" if number % 3 else STATUSES[number % 10], True)
    for number in range(26)
)
MIXED = tuple(
    _student(number, NAMES[number % 5], STATUSES[number % 10], (True, False, None)[number % 3])
    for number in range(10)
)
OLDER = tuple(_student(number, NAMES[number % 5], "never", under_14=False) for number in range(4))
LARGEST = tuple(
    replace(
        _student(number, f"{LONGEST_NAME} младши от Примерово", "doubtful", under_14=number == 0 or None), ticked=True
    )
    for number in range(MOST_STUDENTS)
)


def _pick(*, problem="", classes=CLASSES):
    def build(t, said):
        return class_pick_card(
            t,
            pick=press("class.students"),
            classes=classes,
            school=SCHOOL,
            problem=said(problem) if problem else "",
            buttons=buttons(said, "back"),
        )

    return build


def _students(students, *, problem="", notice="", class_="5 б", **fields):
    def build(t, said):
        view = partial(
            class_students_card,
            submit=press("class.choose", name=class_),
            class_=class_,
            students=students,
            problem=said(problem) if problem else "",
            notice=said(notice) if notice else "",
        )
        return view(t, buttons=buttons(said, "back"), **fields)

    return build


def _progress(
    done, left, failed=(), *, cancelled=0, state="running", offers=(), waits="", printable=0, until="", **fields
):
    def build(t, said):
        view = partial(
            class_progress_card,
            class_="5 б",
            total=done + left + len(failed) + cancelled,
            done=done,
            left=left,
            cancelled=cancelled,
            failed=tuple((name, said(reason)) for name, reason in failed),
            state=state,
            waits=said(waits) if waits else "",
            printable=printable,
            printable_until=said(until) if until else "",
            at=said("hour"),
            buttons=buttons(said, *offers),
        )
        return view(t, **fields)

    return build


_SIX = tuple(
    zip(
        (*NAMES, "Мира Образцова"),
        ("no-answer", "protected", "no-answer", "no-answer", "third", "third"),
        strict=True,
    )
)
_ALL = tuple((f"{LONGEST_NAME} {number}", ("no-answer", "protected", "third")[number % 3]) for number in range(40))

SAMPLES = (
    Sample("class-pick", _pick()),
    Sample("class-pick-problem", _pick(problem="none-ticked", classes=("5 б",))),
    Sample("class-students", _students(CLASS)),
    Sample("class-students-mixed", _students(MIXED, recipient="parent", identity=True, problem="age14")),
    Sample("class-students-older", _students(OLDER, problem="none-ticked", class_="11 в")),
    Sample("class-students-largest", _students(LARGEST, notice="first-forty")),
    Sample("class-progress-begun", _progress(0, 26, offers=("refresh", "stop"))),
    Sample("class-progress-running", _progress(12, 13, _SIX[:1], offers=("refresh", "stop"))),
    Sample(
        "class-progress-moving",
        _progress(12, 13, _SIX[:1], offers=("refresh", "stop"), moves=True, recipient="student"),
    ),
    Sample("class-progress-waiting", _progress(12, 14, waits="throttled", offers=("refresh", "stop"))),
    Sample("class-progress-cancelling", _progress(12, 2, cancelled=12, state="cancelling", offers=("refresh",))),
    Sample(
        "class-progress-finished",
        _progress(26, 0, state="finished", printable=26, until="hour", offers=("slips",)),
    ),
    Sample(
        "class-progress-failures",
        _progress(20, 0, _SIX, state="finished", printable=20, until="hour", offers=("slips", "again")),
    ),
    Sample("class-progress-gone", _progress(20, 0, _SIX[:2], cancelled=4, state="finished", offers=("again",))),
    Sample("class-progress-all-failed", _progress(0, 0, _ALL, state="finished", offers=("again",))),
)


def hostile(text: str) -> tuple[Sample, ...]:
    """The cards with this text wherever something from outside can stand."""
    offered = (Button("A", press("class.progress")),)
    pick = partial(
        class_pick_card,
        pick=press("class.students"),
        classes=(text, "5 б"),
        school=text,
        problem=text,
        buttons=offered,
    )
    students = partial(
        class_students_card,
        submit=press("class.choose"),
        class_=text,
        students=tuple(replace(student, name=text) for student in MIXED),
        recipient=text,
        problem=text,
        notice=text,
        buttons=offered,
    )
    progress = partial(
        class_progress_card,
        class_=text,
        total=3,
        done=1,
        left=0,
        cancelled=0,
        failed=((text, text), ("Ян Ли", text)),
        state="finished",
        waits=text,
        printable=1,
        printable_until=text,
        at=text,
        notice=text,
    )
    return (
        Sample("class-pick", lambda t, _: pick(t)),
        Sample("class-students", lambda t, _: students(t)),
        Sample("class-progress", lambda t, _: progress(t, buttons=offered)),
    )
