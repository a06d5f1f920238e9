"""The Bot Connector as a client: send, update, delete, open a personal conversation.

Which answers are worth a repeat: "Status codes from bot conversational APIs" in
learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages.
A message that may have been delivered is never sent again from here.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import aiohttp
import orjson
from yarl import URL

from bot.conversation import ConversationReference, Reply
from bot.sending import MessageGone, NotSent, SendInDoubt, SendRefused, TooLarge
from bot.teams.connector_errors import refusal_of
from bot.teams.credentials import CredentialsUnavailable
from bot.teams.messages import activity_json, addressed, encoded, reply_activity
from bot.teams.options import ConfigurationError, TeamsOptions
from bot.teams.service_urls import ServiceUrlRefused

TokenSource = Callable[[], Awaitable[str]]
"""Returns the bot's access token for the connector. Errors: CredentialsUnavailable."""

DEADLINE = 10.0
"""Seconds for one call with all its retries: Teams allows 15 for the whole turn."""
MAX_PAUSE = 4.0
"""The longest Retry-After, in seconds, that a call waits for; a longer one ends it."""

_PAUSES = (0.5, 1.0, 2.0)
_CONNECT_TIMEOUT = 3.0
_MAX_ANSWER = 1024 * 1024
"""Bytes of an answer that are read; a page of 500 members has some 250 KB."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Repeats:
    """Which statuses are retried, and whether a broken or refused connection is."""

    statuses: frozenset[int]
    connection: bool


_SEND = _Repeats(frozenset({412, 429}), connection=False)
_REPEATABLE = _Repeats(frozenset({412, 429, 502, 503, 504}), connection=True)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes
    retry_after: float | None
    token: str = field(default="", repr=False)
    """The access token that was used."""


def never(_: str) -> bool:
    """For a token source that has no other token."""
    return False


class Connector:
    """Sends on one shared session. Every address is checked right before the token is sent there; redirects are not
    followed.

    A call that is answered 401 had no effect: it is made once more if `drop(token)` says that there is another token.
    Errors of all calls: SendRefused and its kinds, SendInDoubt, NotSent, TooLarge (all SendError).
    """

    def __init__(
        self,
        options: TeamsOptions,
        session: aiohttp.ClientSession,
        token: TokenSource | None,
        *,
        drop: Callable[[str], bool] = never,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        if options.app_id and token is None:
            raise ConfigurationError("app_id without credentials")
        self._options = options
        self._session = session
        self._token = token
        self._drop = drop
        self._sleep = sleep
        self._monotonic = monotonic

    async def send(self, reference: ConversationReference, reply: Reply, *, reply_to: str | None = None) -> str:
        """Sends a message into a known conversation; returns its id, empty when the channel gave none."""
        message = activity_json(addressed(reply_activity(reply), reference))
        return await self.post_message(reference.service_url, reference.conversation_id, message, reply_to=reply_to)

    async def update(self, reference: ConversationReference, activity_id: str, reply: Reply) -> None:
        """Replaces a message sent earlier."""
        message = activity_json(addressed(reply_activity(reply), reference))
        await self.put_message(reference.service_url, reference.conversation_id, activity_id, message)

    async def open_personal_conversation(self, *, service_url: str, tenant_id: str, user_id: str, bot_id: str) -> str:
        """The id of the personal conversation with this person (their channel id or Entra object id).

        The app must be installed for the person; the same conversation is given every time.
        """
        body = {
            "bot": {"id": bot_id},
            "members": [{"id": user_id}],
            "isGroup": False,
            "tenantId": tenant_id,
            "channelData": {"tenant": {"id": tenant_id}},
        }
        conversation_id = _id_in((await self._call("POST", service_url, (), body, _SEND)).body)
        if not conversation_id:
            raise SendInDoubt(200)
        return conversation_id

    async def post_message(
        self, service_url: str, conversation_id: str, message: Mapping[str, object], *, reply_to: str | None = None
    ) -> str:
        """Sends a ready message; returns its id, empty when the channel gave none."""
        path = (conversation_id, "activities", *([reply_to] if reply_to else []))
        return _id_in((await self._call("POST", service_url, path, message, _SEND)).body)

    async def put_message(
        self, service_url: str, conversation_id: str, activity_id: str, message: Mapping[str, object]
    ) -> None:
        """Replaces a message with a ready one."""
        path = (conversation_id, "activities", activity_id)
        await self._call("PUT", service_url, path, {**message, "id": activity_id}, _REPEATABLE)

    async def delete_message(self, service_url: str, conversation_id: str, activity_id: str) -> None:
        """Deletes a message. No error when it is gone, or when the client cannot delete (501)."""
        try:
            await self._call("DELETE", service_url, (conversation_id, "activities", activity_id), None, _REPEATABLE)
        except MessageGone:
            return
        except SendInDoubt as error:
            if error.status != 501:
                raise

    async def read(self, service_url: str, path: tuple[str, ...], query: Mapping[str, str]) -> object:
        """The JSON at this path below `v3/conversations`. Errors: SendRefused and its kinds, NotSent."""
        try:
            answer = await self._call("GET", service_url, path, None, _REPEATABLE, query=query)
            value: object = json.loads(answer.body)
        except (SendInDoubt, ValueError, RecursionError) as error:
            raise NotSent("no answer that could be read") from error  # a read may always be repeated
        return value

    async def _call(
        self,
        method: str,
        service_url: str,
        path: tuple[str, ...],
        body: Mapping[str, object] | None,
        repeats: _Repeats,
        *,
        query: Mapping[str, str] | None = None,
    ) -> _Answer:
        url = self._url(service_url, path, query)
        data = None if body is None else encoded(body)
        ends, renewed = self._monotonic() + DEADLINE, False
        for pause in (*_PAUSES, None):
            fault: NotSent | SendInDoubt | None = None
            answer: _Answer | None = None
            try:
                answer = await self._attempt(method, url, data, ends - self._monotonic())
                if answer.status == 401 and not renewed and self._drop(answer.token):
                    renewed = True
                    _log.info("%s to the connector is repeated with a new token", method)
                    answer = await self._attempt(method, url, data, ends - self._monotonic())
            except (NotSent, SendInDoubt) as error:
                fault = error
            if answer is not None and answer.status < 300:
                return answer
            repeat = repeats.connection if answer is None else answer.status in repeats.statuses
            wait = pause if answer is None or answer.retry_after is None else answer.retry_after
            left = ends - self._monotonic()
            if not repeat or pause is None or wait is None or wait > MAX_PAUSE or wait >= left:
                raise fault or _failure(method, answer)
            _log.info("%s to the connector is repeated after %s", method, answer.status if answer else "no answer")
            await self._sleep(wait)
        raise AssertionError("unreachable: the last round returns or raises")

    async def _attempt(self, method: str, url: URL, data: bytes | None, seconds: float) -> _Answer:
        headers = {"Accept": "application/json"}
        if data is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        token = ""
        if self._token is not None:
            try:
                token = await self._token()
                headers["Authorization"] = f"Bearer {token}"
            except CredentialsUnavailable as error:
                raise NotSent("no access token for the connector") from error
        timeout = aiohttp.ClientTimeout(total=max(seconds, 0.001), connect=min(max(seconds, 0.001), _CONNECT_TIMEOUT))
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, allow_redirects=False, timeout=timeout
            ) as response:
                return _Answer(response.status, await _body(response), _pause_asked(response.headers), token)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent("no connection to the connector") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SendInDoubt from error

    def _url(self, service_url: str, path: tuple[str, ...], query: Mapping[str, str] | None) -> URL:
        try:
            self._options.check_service_url(service_url)
        except ServiceUrlRefused as error:
            raise NotSent(f"service URL refused: {error}") from error
        if any(part in {"", ".", ".."} for part in path):
            raise NotSent("an id that is no id")
        segments = "/".join(quote(part, safe="") for part in ("v3", "conversations", *path))
        asked = f"?{urlencode(query)}" if query else ""
        return URL(f"{service_url.rstrip('/')}/{segments}{asked}", encoded=True)


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """The answer, cut at `_MAX_ANSWER`. The status is known by now, so a connection that breaks changes nothing."""
    body = b""
    try:
        while not response.content.at_eof() and len(body) < _MAX_ANSWER:
            body += await response.content.read(_MAX_ANSWER - len(body))
    except (aiohttp.ClientError, TimeoutError, OSError):
        return b""
    return body


def _failure(method: str, answer: _Answer | None) -> SendInDoubt | SendRefused | TooLarge:
    if answer is None or answer.status >= 500:
        return SendInDoubt(answer.status if answer else None)
    if answer.status == 413:
        return TooLarge("the channel says so")
    return refusal_of(method, answer.status, answer.body, answer.retry_after)


def _object_in(body: bytes) -> Mapping[str, object]:
    """The JSON object of an answer; empty for HTML, an empty body or anything else a gateway may send."""
    try:
        value = orjson.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _id_in(body: bytes) -> str:
    found = _object_in(body).get("id")
    return found if isinstance(found, str) else ""


def _pause_asked(headers: Mapping[str, str]) -> float | None:
    """Retry-After in seconds; None when absent or a date."""
    value = headers.get("Retry-After", "").strip()
    return float(value) if value.isascii() and value.isdigit() and len(value) <= 6 else None
