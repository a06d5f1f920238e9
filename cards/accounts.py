"""A school's accounts: how far their handing over is, who is in which state, and one person's."""

from dataclasses import dataclass, field

from cards.account_lines import name_line, shown
from cards.actions import Button, Press, offered
from cards.card import CardJson, aside, bold, box, card, fact, line, never_fails, notice_box, paragraphs_of
from cards.charts import Share, progress, proportions
from cards.rows import Row, facts, rows
from cards.words import TextOf, data, prose, shortened

MOST_CLASSES = 8
MOST_BESIDE = 5
"""Classes on a card of their own, and beside the views of the school."""
MOST_VIEWS = 7
MOST_PEOPLE = 8
MOST_WEEKS = 8
_LONGEST_CLASS, _LONGEST_TOLD, _LONGEST_ASIDE = 40, 120, 200
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class PartRow:
    """Part of a school: a class or a view. `title` and `told` are ready words; `style` is a container's."""

    title: str
    told: str
    press: Press
    style: str = "default"


@never_fails
def accounts_board_card(
    t: TextOf,
    *,
    school: str,
    lead: str,
    shares: tuple[Share, ...],
    told: tuple[str, ...] = (),
    notice: str = "",
    views: tuple[PartRow, ...] = (),
    classes: tuple[PartRow, ...] = (),
    page_note: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """`lead`: how many of how many, and of when; `told`: what else is to be known, in ready words; `notice`: that
    what is shown is old. No inputs.
    """
    return card(
        t,
        t("accounts-title"),
        *([fact(t("card-school"), school)] if school else []),
        *paragraphs_of(lead),
        *proportions(t("accounts-title"), *shares),
        *(box("", one, "warning") for one in (notice,) if one),
        *(aside(shortened(one, _LONGEST_ASIDE)) for one in told[:_MOST_TOLD] if one),
        *rows(*map(part_row, views[:MOST_VIEWS])),
        *([bold(t("accounts-classes"), spacing="medium")] if classes else []),
        *rows(*map(part_row, classes[: MOST_BESIDE if views else MOST_CLASSES])),
        *([aside(page_note, "medium")] if page_note else []),
        actions=offered(*buttons),
    )


def part_row(part: PartRow) -> Row:
    """The row that opens it."""
    title, told = shortened(shown(part.title), _LONGEST_CLASS), shortened(prose(part.told), _LONGEST_TOLD)
    return Row(title, (told,), part.press, ", ".join(filter(None, (title, told))), part.style)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of a list. `name` and `class_` are data, `state` ready words; `style` is a container's."""

    name: str = field(repr=False)
    class_: str = field(repr=False)
    state: str
    press: Press
    style: str = "default"


@never_fails
def accounts_people_card(
    t: TextOf,
    *,
    title: str,
    lead: str,
    people: tuple[PersonRow, ...],
    heading: str = "",
    next_step: str = "",
    notice: str = "",
    page_note: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """`title`: what the list is of; `lead`: how many, and of when; `heading`: "" for that of accounts; `next_step`:
    what is to be done about all of them. All are ready words. No inputs.
    """
    return card(
        t,
        heading or t("accounts-title"),
        bold(data(title)),
        *([aside(lead)] if lead else []),
        *(box("", one, "warning") for one in (notice,) if one),
        *paragraphs_of(next_step if people else t("accounts-nobody")),
        *rows(*map(_person, people[:MOST_PEOPLE])),
        *([aside(page_note, "medium")] if page_note else []),
        actions=offered(*buttons),
    )


def _person(one: PersonRow) -> Row:
    name, state = shown(one.name), prose(one.state)
    class_ = shortened(shown(one.class_), _LONGEST_CLASS) if one.class_ else ""
    line_ = " · ".join(filter(None, (class_, state)))
    return Row(name, (line_,), one.press, f"{name}, {line_}", one.style)


@never_fails
def accounts_person_card(
    t: TextOf,
    *,
    name: str,
    state: str,
    about: tuple[tuple[str, str], ...],
    who: str,
    next_step: str,
    heading: str = "",
    style: str = "default",
    notice: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """`state`, `who` (must act), `next_step` and `heading` ("" for an account) are ready words, `about` is (label,
    value) in order. No inputs.
    """
    return card(
        t,
        heading or t("accounts-title-one"),
        name_line(name),
        *notice_box(notice),
        box(state, "", style),
        *facts(*about),
        *([fact(t("accounts-who"), who)] if who else []),
        *paragraphs_of(next_step),
        actions=offered(*buttons),
    )


@dataclass(frozen=True, slots=True)
class WeekShown:
    """One week: how many were handed over, how many were left, and both in words."""

    handed: int
    left: int
    words: str


@never_fails
def accounts_weeks_card(
    t: TextOf, *, school: str, weeks: tuple[WeekShown, ...], buttons: tuple[Button, ...] = ()
) -> CardJson:
    """The last weeks, the newest first, each with a bar below its words. No inputs."""
    some = weeks[-MOST_WEEKS:]
    return card(
        t,
        t("accounts-weeks-title"),
        *([fact(t("card-school"), school)] if school else []),
        *paragraphs_of(t("accounts-weeks-about") if some else t("accounts-weeks-none")),
        *(
            part
            for week in reversed(some)
            for part in (
                line(prose(week.words), spacing="medium"),
                *progress(Share(week.handed, "good"), Share(week.left, "emphasis")),
            )
        ),
        actions=offered(*buttons),
    )
