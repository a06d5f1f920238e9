"""A card as JSON values, and what the house refuses of it."""

import json
from collections.abc import Mapping
from typing import Any

import orjson
from adaptivecards.baseobject import BareObject

MOST_BYTES = 24 * 1024
MOST_ACTIONS = 6
_ONLY_JSON = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


class CardError(ValueError):
    """A card that must not leave the house: the code that builds it is wrong."""


def checked(card: BareObject) -> dict[str, Any]:
    """The whole card as JSON values. Errors: CardError when it breaks a rule of the house."""
    parts: list[dict[str, Any]] = []
    values = _values(card, parts)
    _check(values, parts)
    return values


def _values(part: BareObject, parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The part and what is in it as dictionaries; every element and action is also added to `parts`."""
    values: dict[str, Any] = dict(part.render())
    for key, value in values.items():
        if isinstance(value, str):  # most are, and they stay as they are
            continue
        if isinstance(value, list):
            values[key] = [_values(item, parts) if isinstance(item, BareObject) else item for item in value]
        elif isinstance(value, BareObject):
            values[key] = _values(value, [])  # the action of a refresh is no button
    if "type" in values:
        parts.append(values)
    return values


def _check(card: Mapping[str, Any], parts: list[dict[str, Any]]) -> None:
    if not card["fallbackText"].strip():
        raise CardError("a card says something to a client too old for it")
    if not card["lang"]:
        raise CardError("a card names its language")
    actions = [part for part in parts if part["type"].startswith("Action.")]
    if len(actions) > MOST_ACTIONS:
        raise CardError(f"{len(actions)} actions on one card; a person can oversee {MOST_ACTIONS}")
    inputs = [part for part in parts if part["type"].startswith("Input.")]
    if any(not part.get("label") or not part.get("id") for part in inputs):
        raise CardError("every input has an id and a label")
    ids = [part["id"] for part in parts if "id" in part]
    if len(ids) != len(set(ids)):
        raise CardError("two parts of the card have one id")
    _check_actions(actions, {part["id"] for part in inputs}, set(ids))
    # Teams counts the characters of a message as UTF-16 (format-your-bot-messages, "Message size").
    if (size := 2 * _characters(card)) > MOST_BYTES:
        raise CardError(f"a card of {size} bytes; the house allows {MOST_BYTES}")


def _characters(card: Mapping[str, Any]) -> int:
    """How many characters the card has as JSON."""
    try:
        return len(orjson.dumps(card, option=_ONLY_JSON).decode())
    except orjson.JSONEncodeError:  # also half of a surrogate pair, which json lets pass
        try:
            return len(json.dumps(card, ensure_ascii=False, separators=(",", ":")))
        except TypeError as error:
            raise CardError(f"a card holds JSON values only: {error}") from None


def _check_actions(actions: list[dict[str, Any]], typed: set[str], ids: set[str]) -> None:
    for action in actions:
        # The client merges the inputs into the action's data: an input of the same name would overwrite the seal.
        if not typed.isdisjoint(action.get("data", ())):
            raise CardError("an input has the name of something the button carries")
        if not ids.issuperset(action.get("targetElements", ())):
            raise CardError("a button shows or hides what is not there")
