"""A card as JSON values, and what the house refuses of it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

import orjson
from adaptivecards.baseobject import BareObject

from cards.words import readable

MOST_BYTES = 24 * 1024
MOST_ACTIONS = 6
MOST_ROWS = 15
"""Rows of a list that open by a press, beside the buttons; with what is folded."""
NOTHING = "–"
"""Stands where a text has nothing to read in it: a button or a choice without a title cannot be met."""

_OF_MACHINES = frozenset(
    {
        "$schema", "associatedInputs", "color", "fallback", "fontType", "height", "horizontalAlignment", "id", "lang",
        "max", "min", "minHeight", "size", "spacing", "style", "targetElements", "type", "url", "userIds", "verb",
        "version", "verticalContentAlignment", "weight", "width",
    }
)  # fmt: skip
"""Properties nobody reads: words of the schema, names, addresses. `value` too, unless a person typed it."""

_JUDGED = ("Action.", "Input.")
"""Types of which there are rules, beside all parts that have an id or open by a press."""
_NEVER_EMPTY = frozenset({"title", "label", "fallbackText"})
_ONLY_JSON = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


class CardError(ValueError):
    """A card that must not leave the house. `reason` says why without a word of data; `given` what was given
    instead, which may be data and belongs in no log.
    """

    def __init__(self, reason: str, given: object = None) -> None:
        super().__init__(reason if given is None else f"{reason}: {given!r}")
        self.reason = reason


class CardTooLarge(CardError):
    """Nothing is wrong with the card but its size."""

    def __init__(self, size: int, card: dict[str, Any]) -> None:
        super().__init__(f"a card of {size} bytes; the house allows {MOST_BYTES}")
        self.card = card


class Rendered(BareObject):  # type: ignore[misc]  # adaptivecards ships no types
    """An element whose values are made once and stand in many cards: nobody changes them."""

    def __init__(self, element: BareObject) -> None:
        super().__init__()
        self.parts: list[dict[str, Any]] = []
        self.values = _values(element, self.parts)


def checked(card: BareObject) -> dict[str, Any]:
    """The whole card as JSON values, every text in it cleaned, whoever put it there.

    Errors: CardError when it breaks a rule of the house.
    """
    parts: list[dict[str, Any]] = []
    values = _values(card, parts)
    rows = [part["selectAction"] for part in parts if "selectAction" in part]
    _tell_apart(rows)
    _check(values, parts, rows)
    return values


def tell_rows_apart(card: object) -> None:
    """No two rows of a card are called alike, whatever the data: a screen reader says nothing else of them."""
    _tell_apart(_opened_by(card))


def _tell_apart(rows: Iterable[dict[str, Any]]) -> None:
    named: Counter[str] = Counter()
    for action in rows:
        named[action["title"]] += 1
        if (place := named[action["title"]]) > 1:
            action["title"] = f"{action['title']} ({place})"


def _opened_by(part: object) -> Iterator[dict[str, Any]]:
    """What opens each row, in the order of the rows."""
    if isinstance(part, list):
        for item in part:
            yield from _opened_by(item)
    elif isinstance(part, dict):
        if "selectAction" in part:
            yield part["selectAction"]
        for key in ("body", "items", "columns"):
            yield from _opened_by(part.get(key))


def size_of(card: Mapping[str, Any]) -> int:
    """Bytes. Teams counts the characters of a message as UTF-16 (format-your-bot-messages, "Message size")."""
    return 2 * _characters(card)


def _values(part: BareObject, parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The part and what is in it as dictionaries. Those of which `_check` has a rule are also added to `parts`."""
    if isinstance(part, Rendered):
        parts.extend(part.parts)
        return part.values
    values: dict[str, Any] = dict(part.render())
    kind = values.get("type", "")
    for key, value in values.items():
        if isinstance(value, BareObject):
            # The action of a refresh or of a row is no button; what is drawn instead of an element is drawn alone.
            values[key] = _values(value, [])
        elif value is True or value is False or key in _OF_MACHINES:
            continue
        elif isinstance(value, str):
            values[key] = _text(kind, key, value)
        elif isinstance(value, list):
            values[key] = [
                _values(item, parts) if isinstance(item, BareObject) else _item(item, kind, key) for item in value
            ]
    if kind and ("id" in values or "selectAction" in values or kind.startswith(_JUDGED)):
        parts.append(values)
    return values


def _item(item: object, kind: str, key: str) -> object:
    """What stands in a list and is no part: the choice of an input, or bare words."""
    if isinstance(item, dict):
        return {
            name: value if name in _OF_MACHINES or not isinstance(value, str) else _text(kind, name, value)
            for name, value in item.items()
        }
    return _text(kind, key, item) if isinstance(item, str) else item


def _text(kind: str, key: str, text: str) -> str:
    if key == "value" and kind != "Input.Text":
        return text
    cleaned = readable(kind, key, text)
    return cleaned or (NOTHING if text and key in _NEVER_EMPTY else "")


def _check(card: dict[str, Any], parts: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    if not card["fallbackText"].strip():
        raise CardError("a card says something to a client too old for it")
    if not card["lang"]:
        raise CardError("a card names its language")
    actions = [part for part in parts if part["type"].startswith("Action.")]
    if len(actions) > MOST_ACTIONS:
        raise CardError(f"{len(actions)} actions on one card; a person can oversee {MOST_ACTIONS}")
    if len(rows) > MOST_ROWS:
        raise CardError(f"{len(rows)} rows on one card; a person can oversee {MOST_ROWS}")
    inputs = [part for part in parts if part["type"].startswith("Input.")]
    if any(not part.get("label") or not part.get("id") for part in inputs):
        raise CardError("every input has an id and a label")
    ids = [part["id"] for part in parts if "id" in part]
    if len(ids) != len(set(ids)):
        raise CardError("two parts of the card have one id")
    _check_actions([*actions, *rows], {part["id"] for part in inputs}, set(ids))
    if (size := size_of(card)) > MOST_BYTES:
        raise CardTooLarge(size, deepcopy(card))  # its texts are cut, and what is rendered once is no one card's


def _characters(card: Mapping[str, Any]) -> int:
    """How many characters the card has as JSON."""
    try:
        return len(orjson.dumps(card, option=_ONLY_JSON).decode())
    except orjson.JSONEncodeError:  # also half of a surrogate pair, which json lets pass
        try:
            return len(json.dumps(card, ensure_ascii=False, separators=(",", ":")))
        except TypeError as error:
            raise CardError("a card holds JSON values only", str(error)) from None


def _check_actions(actions: list[dict[str, Any]], typed: set[str], ids: set[str]) -> None:
    for action in actions:
        # The client merges the inputs into the action's data: an input of the same name would overwrite the seal.
        if not typed.isdisjoint(action.get("data", ())):
            raise CardError("an input has the name of something the button carries")
        if not ids.issuperset(action.get("targetElements", ())):
            raise CardError("a button shows or hides what is not there")
