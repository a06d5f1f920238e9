"""What a hosted bot finds under `ConnectorClient` in its turn's state: calls that read members, on our connector.

TeamsActivityHandler asks for each added member (TeamsInfo.get_member). The SDK's own client would do so with a new
connection for every turn, in threads.
"""

from collections.abc import Mapping
from typing import Any

from botbuilder.schema import ChannelAccount, Error, ErrorResponse, ErrorResponseException
from botbuilder.schema.teams import TeamsPagedMembersResult

from bot.sending import NotSent, SendRefused
from bot.teams.outbound import Connector


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
