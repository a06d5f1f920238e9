"""Buttons. What a button means is sealed by whoever offers it; a card only carries it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from adaptivecards.baseobject import PropertyType

from cards.checked import CardError
from cards.strict import Strict, Word

Style = Literal["default", "positive", "destructive"]
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost"})


@dataclass(frozen=True, slots=True)
class Press:
    """A sealed action: `verb` says what a press means, `data` is carried to the bot unchanged."""

    verb: str
    data: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a dialog offers it. `title` is translated; its meaning never rests on `style` (colour) alone."""

    title: str
    press: Press
    style: Style = "default"


class _Action(Strict):
    """What every action has. None falls back to Action.Submit: that would put what was typed into a message."""

    title = PropertyType(type=str)
    tooltip = PropertyType(type=str)
    id = PropertyType(type=str)
    style = Word("default", "positive", "destructive")

    def __init__(self, action_type: str, title: str, **properties: object) -> None:
        if not title.strip():
            raise CardError("a button without a title")
        self._begin({"title": title, **properties}, action_type)


class Execute(_Action):
    """Action.Execute: an invoke to the bot. Inputs are sent along unless `associated_inputs` is `none`."""

    verb = PropertyType(type=str)
    data = PropertyType(type=dict)
    associated_inputs = Word("auto", "none", key_name="associatedInputs")

    def __init__(self, title: str, press: Press, **properties: object) -> None:
        super().__init__("Action.Execute", title, verb=press.verb, data=dict(press.data), **properties)


class ToggleVisibility(_Action):
    """Action.ToggleVisibility: shows what is hidden and hides what is shown, without asking the bot."""

    target_elements = PropertyType(type=list, key_name="targetElements")

    def __init__(self, title: str, target_elements: list[str], **properties: object) -> None:
        super().__init__("Action.ToggleVisibility", title, target_elements=target_elements, **properties)


class OpenUrl(_Action):
    """Action.OpenUrl: https; on a developer's machine also its own http address (127.0.0.1 or localhost)."""

    url = PropertyType(type=str)

    def __init__(self, title: str, url: str, **properties: object) -> None:
        if not _opens(url):
            raise CardError("a card opens https addresses only")
        super().__init__("Action.OpenUrl", title, url=url, **properties)


def form_button(title: str, press: Press, style: Style = "positive") -> Execute:
    """The button of a form: sends the inputs after the client has checked them."""
    return _execute(title, press, style, "auto")


def offered(*buttons: Button) -> tuple[Execute, ...]:
    """Buttons that lead elsewhere: they send no inputs and are not held up by an empty required one."""
    return tuple(_execute(button.title, button.press, button.style, "none") for button in buttons)


def row_action(title: str, press: Press) -> Execute:
    """What a press on a row means; `title` is what a screen reader calls the row."""
    return _execute(title, press, "default", "none")


def _execute(title: str, press: Press, style: Style, inputs: str) -> Execute:
    if style == "default":
        return Execute(title, press, associated_inputs=inputs)
    return Execute(title, press, style=style, associated_inputs=inputs)


def _opens(url: str) -> bool:
    # What readers of addresses disagree on (white space, a backslash, a name before the host) is no address of ours.
    if not url.isascii() or not url.isprintable() or any(character in url for character in " \\@"):
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in _THIS_MACHINE))
