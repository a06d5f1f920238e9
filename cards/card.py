"""A whole card: its lines, how it is put together, and why none fails for what somebody wrote or how much there is.

A card function that is refused by the strict layer (checked.py) says less instead: with shorter texts where the size
was all that was wrong, otherwise a plain word with the ways that lead on. The log gets the card's name and the
reason, without a word of data. The function itself stays strict under `inspect.unwrap`, and the suite fails a test in
which a card says less (tests/conftest.py).
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec

from adaptivecards.baseobject import Element

from cards.actions import Button, offered
from cards.checked import MOST_ACTIONS, MOST_BYTES, NOTHING, CardError, CardTooLarge, size_of, tell_rows_apart
from cards.strict import Card, Container, RichTextBlock, Strict, TextBlock, TextRun
from cards.words import TextOf, data, plain, prose, shortened

Mood = Literal["plain", "good", "attention"]

log = logging.getLogger(__name__)

CardJson = dict[str, Any]
"""A card as it is sent."""

View = ParamSpec("View")
"""The keyword parameters of a card function: its view model."""

_SHORTER = (120, 60, 30)
"""Characters of each text, tried in this order."""

WAYS = ("buttons", "cancel", "new_search", "by_class", "begins", "only")
"""Parameters of cards with buttons that lead on. What confirms is not among them: nobody agrees to what is not
said.
"""


def heading(text: str) -> TextBlock:
    """The card's title. Screen readers jump to it."""
    return TextBlock(plain(text) or NOTHING, style="heading", size="large", weight="bolder")


def sentence(text: str) -> TextBlock:
    """A text of the card's own, without data in it."""
    return TextBlock(text)


def line(text: str, **properties: object) -> RichTextBlock:
    """A line of its own."""
    return RichTextBlock(TextRun(text), **properties)


def bold(text: str, **properties: object) -> RichTextBlock:
    """A line in bold."""
    return RichTextBlock(TextRun(text, weight="bolder"), **properties)


def paragraphs_of(*texts: str) -> tuple[RichTextBlock, ...]:
    """Texts handed to the card ready made. Empty ones are left out, line breaks part paragraphs."""
    return tuple(line(cleaned) for text in texts for part in text.splitlines() if (cleaned := prose(part)))


def aside(text: str, spacing: str = "small") -> RichTextBlock:
    """A remark of lesser weight."""
    return RichTextBlock(TextRun(prose(text), is_subtle=True), spacing=spacing)


def fact(label: str, value: str) -> RichTextBlock:
    """A label and what somebody else wrote, on one line; a dash for nothing. A FactSet would read the value as
    Markdown.
    """
    text = data(value) or NOTHING
    return RichTextBlock(TextRun(f"{data(label)}: ", weight="bolder"), TextRun(text), spacing="small")


def copyable(label: str, value: str) -> tuple[RichTextBlock, RichTextBlock]:
    """A value to be copied: alone on its line, in letters that cannot be confused, and nothing added to it."""
    return (
        bold(label, spacing="medium"),
        RichTextBlock(TextRun(data(value) or NOTHING, font_type="monospace", size="medium"), spacing="small"),
    )


def large(value: str) -> RichTextBlock:
    """A value to be read from the screen and typed elsewhere: large, upright, no two letters alike."""
    return RichTextBlock(
        TextRun(data(value), font_type="monospace", size="extraLarge", weight="bolder"), spacing="small"
    )


def box(title: str, text: str, style: str) -> Container:
    """A message that stands out by its frame and by its first words, not by colour alone."""
    title_line = (bold(prose(title)),) if title else ()
    return Container(*title_line, *paragraphs_of(text), style=style)


def framed(texts: tuple[str, ...], mood: Mood) -> tuple[RichTextBlock, ...] | tuple[Container, ...]:
    """Paragraphs, in a frame where they say that something went well or wants attention."""
    told = paragraphs_of(*texts)
    return (Container(*told, style=mood),) if told and mood != "plain" else told


def notice_box(text: str) -> tuple[Container, ...]:
    """What is to be known, if anything is."""
    return (box("", text, "emphasis"),) if text else ()


def problem_box(text: str, t: TextOf) -> tuple[Container, ...]:
    """What is to be corrected before the form is sent again, if anything is."""
    return (box(t("card-form-problem"), text, "attention"),) if text else ()


def attention_box(text: str, t: TextOf) -> tuple[Container, ...]:
    """What is to be seen to, if anything is."""
    return (box(t("card-password-attention"), text, "attention"),) if text else ()


def card(t: TextOf, title: str, *body: Element, actions: tuple[Strict, ...], fallback: str = "") -> CardJson:
    """The finished card under this title. `fallback` is what a client too old for it shows, if not the title.

    Raises CardError when it breaks a rule of the house.
    """
    whole = Card(heading(title), *body, lang=t("card-lang"), fallback_text=fallback or title, actions=actions)
    return whole.to_dict()


def never_fails(
    build: Callable[Concatenate[TextOf, View], CardJson],
) -> Callable[Concatenate[TextOf, View], CardJson]:
    """The card function, made to answer whatever its parameters hold. It raises no CardError."""

    @wraps(build)
    def built(t: TextOf, /, *args: View.args, **view: View.kwargs) -> CardJson:
        try:
            return build(t, *args, **view)
        except CardTooLarge as error:
            if _shorten(error.card):
                log.warning("%s is too large and its texts are cut", build.__name__)
                return error.card
            reason = error.reason
        except CardError as error:
            reason = error.reason
        log.error("%s says less: %s", build.__name__, reason)
        return _less(t, view)

    return built


def _shorten(card: dict[str, Any]) -> bool:
    """Cuts the texts of the card until it is small enough; whether that could be done. What is to be copied stays."""
    for longest in _SHORTER:
        _cut(card, longest)
        tell_rows_apart(card)
        if size_of(card) <= MOST_BYTES:
            return True
    return False


def _cut(part: object, longest: int) -> None:
    if isinstance(part, list):
        for item in part:
            _cut(item, longest)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "data":
                continue
            if key == "selectAction":  # what a row is called is as long as what it shows
                value["title"] = shortened(value["title"], longest)
            elif not isinstance(value, str):
                _cut(value, longest)
            elif _may_be_cut(part, key):
                part[key] = shortened(value, longest)


def _may_be_cut(part: dict[str, Any], key: str) -> bool:
    run = part.get("type") == "TextRun" and key == "text" and part.get("fontType") != "monospace"
    choice = "type" not in part and key == "title"
    return run or choice


def _less(t: TextOf, view: Mapping[str, object]) -> CardJson:
    title = t("card-less-title")
    body = paragraphs_of(t("card-less"), t("card-less-way"))
    ways = tuple(_ways(view))[:MOST_ACTIONS]
    try:
        return card(t, title, *body, actions=offered(*ways))
    except CardError:  # the buttons carry too much, or what is no JSON
        return card(t, title, *body, actions=())


def _ways(view: Mapping[str, object]) -> Iterator[Button]:
    for name in WAYS:
        held = view.get(name, ())
        for button in held if isinstance(held, tuple) else (held,):
            if isinstance(button, Button) and button.style == "default":
                yield Button(button.title if button.title.strip() else NOTHING, button.press)
