"""Schools on a card: always with what tells two of one name apart."""

from dataclasses import dataclass

from cards.lines import aside, fact
from cards.strict import RichTextBlock
from cards.words import Translate, data, mixes_alphabets, without_numbers


@dataclass(frozen=True, slots=True)
class Place:
    """A school: name, НЕИСПУО code and town, as the directory has them."""

    name: str
    code: str
    town: str


def place(label: str, school: Place, t: Translate) -> tuple[RichTextBlock, ...]:
    """The school on one line, with a warning where its name mixes alphabets (it may be a look-alike)."""
    name = without_numbers(data(school.name))
    words = ", ".join(filter(None, (name, data(school.town))))
    code = t("card-transfer-code", code=data(school.code)) if school.code else ""
    line = fact(label, " · ".join(filter(None, (words, code))))
    if mixes_alphabets(school.name):
        return line, aside(t("card-result-mixed-letters"))
    return (line,)
