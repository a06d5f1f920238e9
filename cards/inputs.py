"""Inputs. Each has a label that is read aloud and stays visible, unlike a placeholder."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from adaptivecards.baseobject import PropertyType

from cards.checked import NOTHING, CardError
from cards.strict import Container, StrictElement, Word
from cards.words import plain, prose

Choices = Sequence[tuple[str, str]]
"""(value, title) of each."""


def merged(choices: Choices, most: int, *, several: bool = False) -> Choices:
    """Choices out of data, at most so many: of one value the first, and none that could not come back whole.
    `several`: they are for a ManyChoiceInput.
    """
    by_value: dict[str, str] = {}
    for value, title in choices:
        if value and not (several and "," in value):
            by_value.setdefault(value, title)
    return list(by_value.items())[:most]


def known(value: str, choices: Choices, otherwise: str = "") -> str:
    """What came back from the card, if it is one of the choices."""
    return value if value in dict(choices) else otherwise


def _choices(choices: Choices) -> list[dict[str, str]]:
    """Titles are never read as Markdown, and two that look alike are told apart."""
    taken: set[str] = set()
    told: list[dict[str, str]] = []
    for value, title in choices:
        words = one = plain(title) or NOTHING
        number = 1
        while words in taken:
            number += 1
            words = f"{one} ({number})"
        taken.add(words)
        told.append({"title": words, "value": value})
    return told


def _check(choices: Choices, chosen: Collection[str]) -> list[str]:
    """The values of the choices, every one different and the chosen ones among them."""
    values = [value for value, _ in choices]
    if len(values) != len(set(values)):
        raise CardError("two choices with one value")
    if not set(chosen) <= set(values):
        raise CardError("a chosen value is not among the choices")
    return values


class _Input(StrictElement):
    """What every input has. A required input says in words what is missing."""

    label = PropertyType(type=str)
    is_required = PropertyType(type=bool, key_name="isRequired")
    error_message = PropertyType(type=str, key_name="errorMessage")

    def __init__(self, input_type: str, name: str, label: str, missing: str, **properties: object) -> None:
        if not label.strip():
            raise CardError("an input without a label")
        super().__init__(id=name, label=label, **properties)
        self.set_data("type", input_type)
        if missing:
            self.is_required = True
            self.error_message = missing


class TextInput(_Input):
    """Input.Text. `missing` makes it required and is what the client says when it is empty.

    `value` is what the person typed before, given back in the answer to a press; it is cleaned like any data.
    """

    value = PropertyType(type=str)
    placeholder = PropertyType(type=str)
    max_length = PropertyType(type=int, key_name="maxLength")
    is_multiline = PropertyType(type=bool, key_name="isMultiline")
    style = Word("text", "tel", "email")

    def __init__(
        self,
        name: str,
        label: str,
        *,
        value: str = "",
        missing: str = "",
        max_length: int = 200,
        **properties: object,
    ) -> None:
        super().__init__("Input.Text", name, label, missing, max_length=max_length, **properties)
        if value:
            self.value = prose(value)[:max_length]


class ChoiceInput(_Input):
    """Input.ChoiceSet with one answer. `choices` are (value, title); a title is never read as Markdown."""

    value = PropertyType(type=str)
    placeholder = PropertyType(type=str)
    style = Word("compact", "expanded")
    wrap = PropertyType(type=bool)
    choices = PropertyType(type=list)

    def __init__(
        self,
        name: str,
        label: str,
        choices: Choices,
        *,
        value: str = "",
        missing: str = "",
        **properties: object,
    ) -> None:
        _check(choices, [value] if value else [])
        super().__init__("Input.ChoiceSet", name, label, missing, **properties)
        self.wrap = True
        self.choices = _choices(choices)
        if value:
            self.value = value


class ManyChoiceInput(_Input):
    """Input.ChoiceSet with any number of answers, all in sight. They are sent as values separated by commas."""

    value = PropertyType(type=str)
    style = Word("expanded")
    wrap = PropertyType(type=bool)
    is_multi_select = PropertyType(type=bool, key_name="isMultiSelect")
    choices = PropertyType(type=list)

    def __init__(
        self,
        name: str,
        label: str,
        choices: Choices,
        *,
        chosen: Collection[str] = (),
        missing: str = "",
    ) -> None:
        values = _check(choices, chosen)
        if any(not value or "," in value for value in values):
            raise CardError("a value that would not come back whole: it is empty or has a comma")
        super().__init__("Input.ChoiceSet", name, label, missing, style="expanded", is_multi_select=True)
        self.wrap = True
        self.choices = _choices(choices)
        if chosen:
            self.value = ",".join(value for value in values if value in chosen)


def listed(name: str, label: str, choices: Choices, *, spacing: str = "", **properties: Any) -> Container:
    """One choice out of a list that unfolds.

    In a container of its own: where a list stands in the same place as one of the card it replaces, the web client
    goes on offering the old one's choices.
    """
    question = ChoiceInput(name, label, choices, **properties, style="compact")
    return Container(question, spacing=spacing) if spacing else Container(question)


class DateInput(_Input):
    """Input.Date. The chosen and the bounding dates are written YYYY-MM-DD; an empty one is left out.

    Bounds are advice: clients differ in keeping them, and nothing that comes back is believed. `impossible` is what
    the client says of a date beyond them; without it the button would do nothing and say nothing, or would call
    missing what was given. Without a `placeholder` an empty one asks for a date in the client's language.
    """

    value = PropertyType(type=str)
    placeholder = PropertyType(type=str)
    min = PropertyType(type=str)
    max = PropertyType(type=str)

    def __init__(
        self,
        name: str,
        label: str,
        *,
        placeholder: str,
        value: str = "",
        earliest: str = "",
        latest: str = "",
        missing: str = "",
        impossible: str = "",
    ) -> None:
        if not placeholder.strip():
            raise CardError("a date without a placeholder")
        if missing and (earliest or latest) and not impossible:
            raise CardError("nothing is said of a date beyond its bounds")
        super().__init__("Input.Date", name, label, missing, placeholder=placeholder)
        if impossible:
            self.error_message = " ".join(filter(None, (missing, impossible)))
        for key, day in (("value", value), ("min", earliest), ("max", latest)):
            if day:
                if not is_day(day):
                    raise CardError(f"{key} is no date written YYYY-MM-DD")
                self._put(key, day)
        if earliest and latest and earliest > latest:
            raise CardError("the earliest date is after the latest")


def is_day(text: str) -> bool:
    """Whether it is a date written YYYY-MM-DD."""
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class ToggleInput(_Input):
    """Input.Toggle: a statement to confirm. `title` is the statement, sent as "true" or "false"."""

    title = PropertyType(type=str)
    value = Word("true", "false")
    wrap = PropertyType(type=bool)

    def __init__(self, name: str, label: str, title: str, *, sure: bool = False, missing: str = "") -> None:
        said = "true" if sure else "false"
        super().__init__("Input.Toggle", name, label, missing, title=title, value=said)
        self.wrap = True
