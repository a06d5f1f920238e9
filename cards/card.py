"""A whole card: how it is put together, and why none fails for what somebody wrote or for how much there is of it.

A card function that is refused by the strict layer (checked.py) says less instead: with shorter texts where the size
was all that was wrong, otherwise a plain word with the ways that lead on. The log gets the card's name and the
reason, without a word of data. The function itself stays strict under `inspect.unwrap`, and the suite fails a test in
which a card says less (tests/conftest.py).
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from adaptivecards.baseobject import Element

from cards.actions import Button, offered
from cards.checked import MOST_ACTIONS, MOST_BYTES, NOTHING, CardError, CardTooLarge, size_of
from cards.lines import heading, paragraphs_of
from cards.strict import Card, Strict
from cards.words import TextOf, shortened

log = logging.getLogger(__name__)

CardJson = dict[str, Any]
"""A card as it is sent."""

View = ParamSpec("View")
"""The keyword parameters of a card function: its view model."""

_SHORTER = (120, 60, 30)
"""Characters of each text, tried in this order."""

WAYS = ("buttons", "cancel", "new_search", "by_class")
"""Parameters of cards with buttons that lead on. What confirms is not among them: nobody agrees to what is not
said.
"""


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
            if not isinstance(value, str):
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
