r"""Reads the error bodies of the Bot Connector, which come in several forms.

Documented or reported forms: `{"error": {"code", "message", "innerHttpError": {"body"}}}` (Connector REST reference),
`{"code", "message"}` (microsoft/BotFramework-Services#339), `{"errorCode": 209, "message": "{\"subCode\": …}"}`
(learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages), `{"error": "…"}`.
The case of the names varies. The text is searched for two known sentences; it is never logged or kept.
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
"""Codes for answers that give a number only (the example of "send proactive messages")."""
_VAGUE = frozenset({"", "BadArgument", "Forbidden", "Unknown"})
_DEEPEST = 4

_ELSEWHERE = re.compile(r"wrong geo|different region", re.IGNORECASE)
"""The person's data is in another region than the address that was used (microsoft/BotFramework-Services#339,
microsoft/botbuilder-js#3280); `InvalidBotApiHost` says the same of government clouds.
"""
_NO_SUCH_MESSAGE = re.compile(r"not a known activity id", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RefusalWords:
    """The channel's error code and its sentence; each empty when it gave none."""

    code: str = ""
    text: str = ""


def refusal_of(method: str, status: int, body: bytes, retry_after: float | None) -> SendRefused:
    """The error for a refusal (a status below 500) to send, change or delete a message."""
    said = words_in(body)
    kind = SendRefused
    if status in {403, 404} and said.code in BLOCKED_CODES:
        kind = SendBlocked
    elif status in {400, 403} and (said.code == "InvalidBotApiHost" or _ELSEWHERE.search(said.text)):
        kind = WrongAddress
    elif method in {"PUT", "DELETE"} and _message_gone(status, said):
        kind = MessageGone
    return kind(status, said.code, retry_after)


def words_in(body: bytes) -> RefusalWords:
    """Code and sentence of an error body; both empty for HTML, no body, or anything else a gateway may send."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return RefusalWords()
    return _words_of(value, 0)


def _message_gone(status: int, said: RefusalWords) -> bool:
    """The channel answers 403 ServiceError for a message that the person deleted
    (microsoft/BotFramework-Services#269), and 400 for one that is too old (MicrosoftDocs/msteams-docs#399). 404
    without a code is a gateway's.
    """
    if status == 403:
        return said.code == "ServiceError"
    return (status == 404 and bool(said.code)) or (status == 400 and _NO_SUCH_MESSAGE.search(said.text) is not None)


def _words_of(value: object, depth: int) -> RefusalWords:
    if depth > _DEEPEST:
        return RefusalWords()
    if isinstance(value, str):
        return _words_in_text(value, depth)
    if not isinstance(value, dict):
        return RefusalWords()
    fields = {str(name).lower(): each for name, each in value.items()}
    text = next((said for name in _TEXTS if isinstance(said := fields.get(name), str)), "")
    found = RefusalWords(_code(fields), text)
    inner = [_words_of(fields[name], depth + 1) for name in ("error", "innerhttperror", "body") if name in fields]
    if text.lstrip().startswith("{"):
        inner.append(_words_in_text(text, depth + 1))
    for each in inner:
        if each.code and (found.code in _VAGUE or each.code in BLOCKED_CODES):
            found = RefusalWords(each.code, each.text or found.text)
        elif each.text and not found.text:
            found = RefusalWords(found.code, each.text)
    return found if found.code else RefusalWords(_numbered(fields), found.text)


def _words_in_text(text: str, depth: int) -> RefusalWords:
    if text.lstrip().startswith("{"):
        try:
            return _words_of(json.loads(text), depth)
        except (ValueError, RecursionError):
            return RefusalWords("", text)
    return RefusalWords(text) if _CODE.fullmatch(text) else RefusalWords("", text)


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
