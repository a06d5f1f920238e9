r"""Reading what the Bot Connector says when it refuses: one reader for every form its error bodies have.

Documented or reported forms: `{"error": {"code", "message", "innerHttpError": {"body"}}}` (Connector REST reference),
`{"code", "message"}` (microsoft/BotFramework-Services#339), `{"errorCode": 209, "message": "{\"subCode\": …}"}`
(learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages), `{"error": "…"}`.
The names' case varies. The text is looked at for two known sentences and is never logged or kept.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.sending import BLOCKED_CODES, MessageGone, SendBlocked, SendRefused, WrongAddress

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_NAMES = ("subcode", "code", "errorsubcode")
_TEXTS = ("message", "error_description", "details")
_NUMBERS = {209: "MessageWritesBlocked"}
"""What stands for a code where a number is all there is (the example of "send proactive messages")."""
_VAGUE = frozenset({"", "BadArgument", "Forbidden", "Unknown"})
_DEEPEST = 4

_ELSEWHERE = re.compile(r"wrong geo|different region", re.IGNORECASE)
"""The person's data is in another region than the address that was used (microsoft/BotFramework-Services#339,
microsoft/botbuilder-js#3280); `InvalidBotApiHost` says the same of government clouds.
"""
_NO_SUCH_MESSAGE = re.compile(r"not a known activity id", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """The channel's word for why, empty when it gave none, and its sentence."""

    code: str = ""
    text: str = ""


def refusal_of(method: str, status: int, body: bytes, retry_after: float | None) -> SendRefused:
    """What a refusal (a status below 500) means for the message that was to be sent, changed or deleted."""
    said = said_in(body)
    kind = SendRefused
    if status in {403, 404} and said.code in BLOCKED_CODES:
        kind = SendBlocked
    elif status in {400, 403} and (said.code == "InvalidBotApiHost" or _ELSEWHERE.search(said.text)):
        kind = WrongAddress
    elif method in {"PUT", "DELETE"} and _message_gone(status, said):
        kind = MessageGone
    return kind(status, said.code, retry_after)


def said_in(body: bytes) -> Said:
    """What the body of an error says; nothing for HTML, no body, or anything else a gateway may send."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return Said()
    return _said(value, 0)


def _message_gone(status: int, said: Said) -> bool:
    """A message the person has deleted answers with 403 ServiceError (microsoft/BotFramework-Services#269), one that
    is too old with 400 (MicrosoftDocs/msteams-docs#399).
    """
    if status == 403:
        return said.code == "ServiceError"
    return status == 404 or (status == 400 and _NO_SUCH_MESSAGE.search(said.text) is not None)


def _said(value: object, depth: int) -> Said:
    if depth > _DEEPEST:
        return Said()
    if isinstance(value, str):
        return _said_in_text(value, depth)
    if not isinstance(value, dict):
        return Said()
    fields = {str(name).lower(): each for name, each in value.items()}
    text = next((said for name in _TEXTS if isinstance(said := fields.get(name), str)), "")
    found = Said(_code(fields), text)
    inner = [_said(fields[name], depth + 1) for name in ("error", "innerhttperror", "body") if name in fields]
    if text.lstrip().startswith("{"):
        inner.append(_said_in_text(text, depth + 1))
    for each in inner:
        if each.code and (found.code in _VAGUE or each.code in BLOCKED_CODES):
            found = Said(each.code, each.text or found.text)
        elif each.text and not found.text:
            found = Said(found.code, each.text)
    return found if found.code else Said(_numbered(fields), found.text)


def _said_in_text(text: str, depth: int) -> Said:
    if text.lstrip().startswith("{"):
        try:
            return _said(json.loads(text), depth)
        except (ValueError, RecursionError):
            return Said("", text)
    return Said(text) if _CODE.fullmatch(text) else Said("", text)


def _code(fields: Mapping[str, object]) -> str:
    for name in _NAMES:
        value = fields.get(name)
        # Microsoft's own table writes `Bad Argument`.
        code = value.replace(" ", "") if isinstance(value, str) else ""
        if _CODE.fullmatch(code) and not code.isdecimal():
            return code
    return ""


def _numbered(fields: Mapping[str, object]) -> str:
    number = fields.get("errorcode", fields.get("code"))
    if isinstance(number, str) and number.isascii() and number.isdecimal() and len(number) < 10:
        number = int(number)
    return _NUMBERS.get(number, "") if isinstance(number, int) else ""
