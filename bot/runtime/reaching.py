"""Who has the app, and of whom it is not known where they are: the event that told it came while the database was
away, or after the copy that was put back was made, and it never comes again.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.conversation import ConversationReference
from bot.sending import SendError

log = logging.getLogger(__name__)


class ChatOpener(Protocol):
    """`bot.teams.outbound.Connector`, as far as it is needed here. Errors: SendError and its kinds."""

    async def open_personal_conversation(self, *, service_url: str, tenant_id: str, user_id: str, bot_id: str) -> str:
        """The id of the person's chat: the same each time, and only where the app is installed."""
        ...

    async def read(self, service_url: str, path: tuple[str, ...], query: dict[str, str]) -> object:
        """The JSON at this path of the conversations."""
        ...


class ReachPerson:
    """Opens a person's chat and keeps where it is. `somewhere`: any chat that is known, whose address in Teams is
    taken; `keep` is `StoredConversations.remember`. What fails is left for the next time it is asked.
    """

    def __init__(
        self,
        opens: ChatOpener,
        somewhere: Callable[[], Awaitable[ConversationReference | None]],
        keep: Callable[[ConversationReference], Awaitable[bool]],
    ) -> None:
        self._opens = opens
        self._somewhere = somewhere
        self._keep = keep

    async def __call__(self, person: str) -> None:
        """Errors: StoreUnavailable."""
        near = await self._somewhere()
        if near is None:
            log.warning("a chat cannot be opened before somebody has written to the bot")
            return
        try:
            chat = await self._opens.open_personal_conversation(
                service_url=near.service_url, tenant_id=near.tenant_id, user_id=person, bot_id=near.bot_id
            )
            members = await self._opens.read(near.service_url, (chat, "members"), {})
        except SendError as error:
            log.warning("a chat could not be opened: %s", error)
            return
        user_id = _member(members, person)
        if not user_id:
            log.warning("a chat that was opened is not said to be the person's")
            return
        await self._keep(
            ConversationReference(chat, near.service_url, near.tenant_id, near.bot_id, user_id, person.lower())
        )
        log.info("a chat was opened for somebody who has the app")


def _member(members: object, person: str) -> str:
    """The channel's id of the person among these (`aadObjectId`, or `objectId`); empty where they are not."""
    for one in members if isinstance(members, list) else ():
        if not isinstance(one, dict):
            continue
        names, user_id = (one.get("aadObjectId"), one.get("objectId")), one.get("id")
        if isinstance(user_id, str) and user_id and person.lower() in {str(name).lower() for name in names if name}:
            return user_id
    return ""
