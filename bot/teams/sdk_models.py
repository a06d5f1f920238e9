"""The SDK's models to and from JSON.

Reading is the SDK's own. Writing is ours: the SDK serialises an invoke's body a second time and fails, turns an
object it does not know into its `str()`, and takes half a millisecond for a card.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum

from botbuilder.schema import Activity
from msrest.serialization import Model

from bot.teams.parties import BadActivity


def read_model(activity: Mapping[str, object]) -> Activity:
    """The activity as the SDK's model; what the model has no field for is in `additional_properties`.

    Errors: BadActivity, where the SDK cannot read a field.
    """
    try:
        return Activity().deserialize(dict(activity))
    except Exception as error:  # noqa: BLE001 -- msrest raises whatever its parts do; the activity's content is the cause
        raise BadActivity(f"a field the SDK cannot read ({type(error).__name__})") from None


def json_of(value: object) -> object:
    """The value with every model in it as JSON; what already is JSON is returned unchanged.

    Dates become ISO 8601, enumerations their value; None fields of models are left out. Anything else stays as it is,
    so that writing it fails (`messages.written`).
    """
    match value:
        case Model():
            return _fields(value)
        case Enum():
            return json_of(value.value)
        case str() | bytes():
            return value
        case Mapping():
            return {str(key): json_of(each) for key, each in value.items()}
        case Sequence():
            return [json_of(each) for each in value]
        case datetime():
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
        case date():
            return value.isoformat()
    return _error(value) if type(value) is Exception and len(value.args) == 2 else value


def _error(error: Exception) -> object:
    """ActivityHandler puts `Exception(code, message)` where the JSON of an error belongs (a press it cannot read)."""
    code, message = error.args
    return {"code": str(code), "message": str(message)}


def _fields(model: Model) -> dict[str, object]:
    found = {
        description["key"]: json_of(value)
        for name, description in model._attribute_map.items()  # noqa: SLF001 -- how the SDK's models describe themselves
        if name != "additional_properties" and (value := getattr(model, name, None)) is not None
    }
    return {str(key): json_of(each) for key, each in (model.additional_properties or {}).items()} | found
