"""The SDK's models to and from JSON.

Reading is the SDK's own. Writing is ours: the SDK serialises an invoke's body a second time and fails, turns an
object it does not know into its `str()`, and takes half a millisecond for a card.
`SdkConnector` is what a hosted bot finds under `ConnectorClient` in its turn's state: calls that read members, on our
connector. TeamsActivityHandler asks for each added member (TeamsInfo.get_member). The SDK's own client would do so
with a new connection for every turn, in threads.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from botbuilder.schema import Activity, ChannelAccount, Error, ErrorResponse, ErrorResponseException
from botbuilder.schema.teams import TeamsPagedMembersResult
from msrest.serialization import Model

from bot.sending import NotSent, SendRefused
from bot.teams.outbound import Connector
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


class SdkConnector:
    """Has `conversations` only. Bots send through their TurnContext."""

    def __init__(self, connector: Connector, service_url: str) -> None:
        self.conversations = MemberCalls(connector, service_url)


class MemberCalls:
    """Names and arguments are the SDK's. Errors: ErrorResponseException where the channel refused, else SendError."""

    def __init__(self, connector: Connector, service_url: str) -> None:
        self._connector = connector
        self._service_url = service_url

    async def get_conversation_member(self, conversation_id: str, member_id: str) -> ChannelAccount:
        """One member; what Teams adds to an account (UPN, e-mail, names) is in `additional_properties`."""
        return ChannelAccount().deserialize(_object(await self._read((conversation_id, "members", member_id))))

    async def get_conversation_members(self, conversation_id: str) -> list[ChannelAccount]:
        """All members of a small conversation."""
        members = await self._read((conversation_id, "members"))
        return [ChannelAccount().deserialize(_object(member)) for member in _list(members)]

    async def get_teams_conversation_paged_members(
        self, conversation_id: str, page_size: int | None = None, continuation_token: str | None = None
    ) -> TeamsPagedMembersResult:
        """A page of members, and the token of the next page."""
        query = {"pageSize": page_size, "continuationToken": continuation_token}
        given = {name: str(value) for name, value in query.items() if value is not None}
        page = await self._read((conversation_id, "pagedmembers"), given)
        return TeamsPagedMembersResult().deserialize(_object(page))

    async def _read(self, path: tuple[str, ...], query: Mapping[str, str] | None = None) -> object:
        try:
            return await self._connector.read(self._service_url, path, query or {})
        except SendRefused as error:
            told = ErrorResponse(error=Error(code=error.code, message=str(error)))
            raise ErrorResponseException(lambda *_: told, None) from error


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotSent("no answer that could be read")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise NotSent("no answer that could be read")
    return value
