"""Groups of a school's own: the list of them, a name and a class to choose from, who of the class is in it."""

from collections.abc import Collection

from cards.account_lines import class_fact, more, shown
from cards.accounts import PartRow
from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, aside, bold, card, fact, never_fails, notice_box, paragraphs_of, problem_box
from cards.checked import CardError
from cards.closing import Signer
from cards.inputs import ManyChoiceInput, TextInput, known, listed, merged
from cards.rows import Row, rows
from cards.words import TextOf, data, prose, shortened

MOST_GROUPS_SHOWN = 8
MOST_OF_CLASS = 60
_MOST_CLASSES = 100
_LONGEST_CLASS, _LONGEST_NAME = 36, 50


def class_value(name: str) -> str:
    """What comes back of a class that was chosen from the list: two that look alike are one choice."""
    return data(name)[:_LONGEST_CLASS].rstrip()


@never_fails
def groups_card(
    t: TextOf, *, groups: tuple[PartRow, ...], page_note: str = "", notice: str = "", buttons: tuple[Button, ...] = ()
) -> CardJson:
    """The groups, each a row. No inputs."""
    return card(
        t,
        t("groups-title"),
        *paragraphs_of(notice, "" if groups else t("groups-none")),
        *rows(*(_row(part) for part in groups[:MOST_GROUPS_SHOWN])),
        *([aside(page_note, "medium")] if page_note else []),
        actions=offered(*buttons),
    )


def _row(part: PartRow) -> Row:
    title, told = shortened(shown(part.title), _LONGEST_NAME), prose(part.told)
    return Row(title, (told,), part.press, f"{title}, {told}", part.style)


@never_fails
def group_form_card(
    t: TextOf,
    *,
    submit: Press,
    classes: tuple[tuple[str, str], ...],
    group: str = "",
    name: str = "",
    class_: str = "",
    longest: int,
    problem: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `group_name`, `class`: from which class students are taken next; `classes` are (value, name). `group`:
    what the one that is changed is called now, nothing of a new one. Raises CardError without classes.
    """
    choices = merged([(value, class_value(name)) for value, name in classes], _MOST_CLASSES)
    if not choices:
        raise CardError("no class to choose from")
    return card(
        t,
        t("groups-form-title"),
        *([fact(t("card-closing-group"), group)] if group else []),
        *problem_box(problem, t),
        TextInput("group_name", t("groups-name"), value=name, missing=t("groups-name-missing"), max_length=longest),
        listed(
            "class",
            t("groups-class"),
            choices,
            value=known(class_value(class_), choices),
            missing=t("card-class-pick-missing"),
            placeholder=t("card-class-pick-placeholder"),
        ),
        actions=(form_button(t("card-choices-continue"), submit), *offered(*buttons)),
    )


@never_fails
def group_people_card(
    t: TextOf,
    *,
    submit: Press,
    name: str,
    class_: str,
    people: tuple[Signer, ...],
    ticked: Collection[str],
    longest: int,
    others: int = 0,
    gone: int = 0,
    problem: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `group_name`, `students` (ids, comma separated). `others`: so many of other classes are in the group,
    and stay; `gone`: so many have left the school and drop out.
    """
    some = people[:MOST_OF_CLASS]
    choices = merged(
        [(one.id, shortened(shown(one.name), _LONGEST_NAME)) for one in some], MOST_OF_CLASS, several=True
    )
    if not choices:
        raise CardError("nobody to choose")
    return card(
        t,
        t("groups-form-title"),
        class_fact(class_, t),
        *([aside(t("groups-others", count=others))] if others else []),
        *notice_box(t("groups-will-leave", count=gone) if gone else ""),
        *problem_box(problem, t),
        TextInput("group_name", t("groups-name"), value=name, missing=t("groups-name-missing"), max_length=longest),
        ManyChoiceInput(
            "students", t("card-class-students-label"), choices, chosen=set(ticked) & dict(choices).keys()
        ),
        *more(len(people) - len(some), t),
        actions=(form_button(t("groups-keep"), submit), *offered(*buttons)),
    )


@never_fails
def group_card(
    t: TextOf,
    *,
    name: str,
    told: str,
    people: tuple[PartRow, ...],
    notice: str = "",
    page_note: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """One group: its people with their state, each a row. No inputs."""
    return card(
        t,
        t("groups-title"),
        fact(t("card-closing-group"), name),
        *([bold(prose(notice))] if notice else []),
        *paragraphs_of(told),
        *rows(*(_row(part) for part in people)),
        *([aside(page_note, "medium")] if page_note else []),
        actions=offered(*buttons),
    )
