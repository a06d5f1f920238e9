"""The package `adaptivecards`, made strict.

Version 0.4.1 takes an unknown keyword for an attribute and forgets it, fixes the schema version at 1.2, has no
inputs, no actions and no heading, and leaves objects inside what it calls rendered. Here an unknown keyword or word
is an error, the version is 1.5 (what Teams draws), and a card that breaks a rule of the house is refused when built.
"""

from collections.abc import Mapping
from typing import Any

from adaptivecards import adaptivecard, containers, elements
from adaptivecards.baseobject import BareObject, Element, PropertyType

from cards.checked import CardError, checked

VERSION = "1.5"


class Word(PropertyType):  # type: ignore[misc]  # adaptivecards ships no types
    """A property that takes one of a few words of the schema."""

    def __init__(self, *words: str, key_name: str | None = None) -> None:
        super().__init__(type=str, key_name=key_name)
        self.words = frozenset(words)


class Strict(BareObject):  # type: ignore[misc]  # adaptivecards ships no types
    """What every part of a card has: only known properties, each of the right kind. They are written, not read."""

    _known: Mapping[str, PropertyType] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls._known = {
            name: member
            for owner in reversed(cls.__mro__)
            for name, member in vars(owner).items()
            if isinstance(member, PropertyType)
        }

    def __init__(self, **properties: object) -> None:
        super().__init__()
        for name, value in properties.items():
            self._put(name, value)

    def __setattr__(self, name: str, value: object) -> None:
        if name == "_data":
            object.__setattr__(self, name, value)
        else:
            self._put(name, value)

    def _begin(self, properties: Mapping[str, object], kind: str) -> None:
        """What the package's three levels of `__init__` do for an element, at a third of their cost."""
        object.__setattr__(self, "_data", {"type": kind})
        for name, value in properties.items():
            self._put(name, value)

    def _put(self, name: str, value: object) -> None:
        known = self._known.get(name)
        if known is None:
            raise CardError(f"{type(self).__name__} has no property {name!r}")
        if not isinstance(value, known.type):
            raise CardError(f"{name} is a {known.type.__name__}, not {type(value).__name__}")
        if isinstance(known, Word) and value not in known.words:
            raise CardError(f"{name} is one of {sorted(known.words)}", value)
        self._data[known.key_name] = value


SPACING = ("none", "small", "default", "medium", "large", "extraLarge", "padding")
COLOR = ("default", "dark", "light", "accent", "good", "warning", "attention")
SIZE = ("default", "small", "medium", "large", "extraLarge")
WEIGHT = ("default", "lighter", "bolder")
FONT = ("default", "monospace")
STYLE = ("default", "emphasis", "good", "attention", "warning", "accent")


class StrictElement(Strict, Element):  # type: ignore[misc]  # adaptivecards ships no types
    """An element of a card's body."""

    spacing = Word(*SPACING)
    height = Word("auto", "stretch")
    fallback = Word("drop")
    id = PropertyType(type=str)
    separator = PropertyType(type=bool)
    is_visible = PropertyType(type=bool, key_name="isVisible")

    def __init__(self, **properties: object) -> None:
        self._begin(properties, self.element_type)


class TextBlock(StrictElement, elements.TextBlock):  # type: ignore[misc]  # adaptivecards ships no types
    """Words of our own, always wrapped. Clients read Markdown here, so signs of it become look-alikes."""

    style = Word("default", "heading")
    size = Word(*SIZE)
    weight = Word(*WEIGHT)
    color = Word(*COLOR)

    def __init__(self, text: str, **properties: object) -> None:
        super().__init__(**properties)
        self.text = text
        self.wrap = True


class TextRun(Strict, elements.TextRun):  # type: ignore[misc]  # adaptivecards ships no types
    """A run of text in which no client reads Markdown."""

    size = Word(*SIZE)
    weight = Word(*WEIGHT)
    color = Word(*COLOR)
    font_type = Word(*FONT, key_name="fontType")
    is_subtle = PropertyType(type=bool, key_name="isSubtle")

    def __init__(self, text: str, **properties: object) -> None:
        self._begin(properties, self.element_type)
        self._put("text", text)


class RichTextBlock(StrictElement, elements.RichTextBlock):  # type: ignore[misc]  # adaptivecards ships no types
    """A line of runs; it always wraps."""

    def __init__(self, *inlines: TextRun, **properties: object) -> None:
        super().__init__(**properties)
        self._put("inlines", list(inlines))


class Container(StrictElement, containers.Container):  # type: ignore[misc]  # adaptivecards ships no types
    """Elements that belong together."""

    style = Word(*STYLE)

    def __init__(self, *items: Element, **properties: object) -> None:
        super().__init__(**properties)
        self.items = list(items)


class ActionSet(StrictElement, containers.ActionSet):  # type: ignore[misc]  # adaptivecards ships no types
    """Buttons inside the body."""

    def __init__(self, *actions: Strict, **properties: object) -> None:
        super().__init__(**properties)
        self.actions = list(actions)


class Refresh(Strict):
    """How a client may fetch the present state of a card by itself.

    At most 60 channel ids (`29:…`); an empty list means only when the person asks
    (learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views).
    """

    action = PropertyType(type=BareObject)
    user_ids = PropertyType(type=list, key_name="userIds")

    def __init__(self, action: Strict, user_ids: list[str]) -> None:
        if len(user_ids) > 60:
            raise CardError("a card refreshes by itself for at most 60 people")
        super().__init__(action=action, user_ids=user_ids)


class Card(Strict, adaptivecard.AdaptiveCard):  # type: ignore[misc]  # adaptivecards ships no types
    """A whole card. `fallback_text` is what a client too old for it shows; it must hold nothing personal."""

    refresh = PropertyType(type=Refresh)

    def __init__(
        self,
        *body: Element,
        lang: str,
        fallback_text: str,
        actions: tuple[Strict, ...] = (),
        refresh: Refresh | None = None,
    ) -> None:
        super().__init__()
        self.set_data("version", VERSION)
        self.lang = lang
        self.fallback_text = fallback_text
        self.body = list(body)
        if actions:
            self.actions = list(actions)
        if refresh is not None:
            self.refresh = refresh

    def to_dict(self) -> dict[str, Any]:
        """The card as JSON values. Raises CardError when it breaks a rule of the house."""
        return checked(self)
