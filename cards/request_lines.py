"""Lines about a transfer request: its student, and its schools with what tells two of one name apart."""

from dataclasses import dataclass, field
from typing import Literal

from adaptivecards.baseobject import Element

from cards.account_lines import class_pair, is_masked, name_line, shown
from cards.card import aside, bold, fact
from cards.rows import facts
from cards.strict import RichTextBlock
from cards.words import TextOf, data, mixes_alphabets, without_numbers


@dataclass(frozen=True, slots=True)
class SchoolView:
    """A school: name, НЕИСПУО code and town, as the directory has them."""

    name: str
    code: str
    town: str


@dataclass(frozen=True, slots=True)
class AboutRequest:
    """What every card of a request says of it. Without a `name` the student is not shown."""

    number: int
    receiving: SchoolView
    releasing: SchoolView
    name: str = field(default="", repr=False)
    class_: str = ""
    masked: str = ""
    to_class: str = ""


def school_lines(label: str, school: SchoolView, t: TextOf) -> tuple[RichTextBlock, ...]:
    """The school on one line, with a warning where its name mixes alphabets (it may be a look-alike)."""
    name = without_numbers(data(school.name))
    words = ", ".join(filter(None, (name, data(school.town))))
    code = t("card-transfer-code", code=data(school.code)) if school.code else ""
    line = fact(label, " · ".join(filter(None, (words, code))))
    if mixes_alphabets(school.name):
        return line, aside(t("card-result-mixed-letters"))
    return (line,)


def about_lines(
    about: AboutRequest, t: TextOf, *, other: Literal["receiving", "releasing", "both"]
) -> tuple[Element, ...]:
    """Whom it is about, where the person may know that, and the school on the `other` side: what is looked at before
    anything is done. Raises CardError when the number is not masked.
    """
    student: tuple[Element, ...] = (bold(request_number(about.number, t)),)
    if about.name:
        pairs = (class_pair(about.class_, t), (t("card-transfer-masked"), is_masked(about.masked)))
        student = (name_line(about.name), *facts(*pairs))
    return (
        *student,
        *(school_lines(t("card-transfer-to"), about.receiving, t) if other != "releasing" else ()),
        *(school_lines(t("card-transfer-from"), about.releasing, t) if other != "receiving" else ()),
    )


def more_lines(about: AboutRequest, t: TextOf) -> tuple[Element, ...]:
    """The number of the request, and both its schools by their full names."""
    return (
        *facts(
            (t("card-transfer-number-label"), str(about.number)),
            (t("card-transfer-class-there"), shown(about.to_class) if about.to_class else ""),
        ),
        *school_lines(t("card-transfer-receiving"), about.receiving, t),
        *school_lines(t("card-transfer-releasing"), about.releasing, t),
    )


def request_number(number: int, t: TextOf) -> str:
    """„Искане № 12“: what a request is called where nothing personal may stand."""
    return t("card-transfer-number", number=str(number))
